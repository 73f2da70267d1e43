//! Codes and links (I3, N).

use carekey::invitation::{InvitationCode, LinkToken};
use carekey::message::{Page, check_link_base};

use super::{consistent, text};

/// The bytes are a code as someone typed it.
pub fn code(data: &[u8]) {
    let read = InvitationCode::parse(&text(data));
    consistent(&read);
    assert!(read.findings.len() <= 1);
    let Some(code) = read.value else { return };
    let canonical = code.canonical().to_owned();
    assert_eq!(canonical.len(), 10);
    assert!(canonical.bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b)), "{canonical}");
    for other in [canonical.clone(), code.grouped().reveal().to_owned(), canonical.to_lowercase()] {
        assert_eq!(InvitationCode::parse(&other).value.expect("a code").canonical(), canonical);
    }
    // Every single slip is told from a code, without asking a store.
    for at in 0..10 {
        let wrong: String = canonical
            .char_indices()
            .map(|(i, c)| {
                if i != at {
                    c
                } else if c == '7' {
                    '8'
                } else {
                    '7'
                }
            })
            .collect();
        assert!(InvitationCode::parse(&wrong).value.is_none(), "{canonical} and {wrong}");
    }
}

/// The bytes are a link, or a text with one.
pub fn link(data: &[u8]) {
    let read = LinkToken::parse(&text(data));
    consistent(&read);
    let Some(token) = read.value else { return };
    assert_eq!(token.canonical().len(), 32);
    assert!(token.canonical().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    let shown = Page::Invitation.link("https://portal.example.com", &token);
    assert_eq!(LinkToken::parse(shown.reveal()).value.expect("a token").canonical(), token.canonical());
}

/// The bytes are an address for links.
pub fn link_base(data: &[u8]) {
    let read = check_link_base(&text(data));
    consistent(&read);
    let Some(base) = read.value else { return };
    let here = ["http://localhost", "http://127.", "http://[::1]"].iter().any(|here| base.starts_with(here));
    assert!((base.starts_with("https://") || here) && base.is_ascii(), "{base}");
    assert!(!base.contains(['?', '#', ' ', '"', '<', '>']), "{base}");
    assert_eq!(check_link_base(&base).value.as_deref(), Some(base.as_str()));
    let token = LinkToken::parse("mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt").value.expect("a token");
    for page in Page::ALL {
        let link = page.link(&base, &token);
        assert!(link.reveal().starts_with(&base));
        assert_eq!(LinkToken::parse(link.reveal()).value.expect("a token").canonical(), token.canonical());
    }
}
