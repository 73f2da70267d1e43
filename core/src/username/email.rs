//! E-mail addresses (rule U1).

use std::borrow::Cow;
use std::net::Ipv4Addr;

use precis_profiles::UsernameCasePreserved;
use precis_profiles::precis_core::profile::PrecisFastInvocation;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::canonical::{domain_to_ascii, fold};
use super::mend::{self, Meant};
use super::slip::meant_domain;
use crate::finding::{Checked, Code, Finding, has_errors};

/// The most octets of an address that SMTP carries (RFC 5321 with erratum 1690).
const LIMIT: usize = 254;
/// The most octets before the `@` (RFC 5321, 4.5.3.1.1).
const LOCAL_LIMIT: usize = 64;
/// Beyond this nothing more is looked at than the length.
const READ_LIMIT: usize = 4 * LIMIT;

/// An e-mail address that can be used as a username and written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Email {
    /// As it was typed, without the blanks around it, in NFC: what is shown
    /// and written to.
    pub typed: String,
    /// In canonical form: what is compared.
    pub canonical: String,
}

/// Reads an e-mail address (rule U1).
///
/// Accepted is `local@domain` with a dot-atom before the `@`, letters of any
/// script included, and a domain name with a dot. Quoted local parts,
/// comments and display names are malformed: each gives one mailbox a second
/// spelling. So are characters that are not seen and letters of full width,
/// which no mail reaches. Where the address itself can be told, it is the
/// suggestion.
///
/// Findings, on the field `email`, in this order: `email.missing`,
/// `email.several` (two addresses and more; the first is the suggestion),
/// `email.malformed`, `email.too_long` (over 254 octets as typed or in
/// canonical form), `email.local_too_long` (over 64), `email.ip_address`,
/// `email.domain_without_dot`, `email.domain_invalid`, and the warning
/// `email.domain_slip` with the mended address as its suggestion.
///
/// ```
/// use carekey::username::check_email;
///
/// let read = check_email("Sue@gmial.com");
/// assert_eq!(read.findings[0].code.as_str(), "email.domain_slip");
/// assert_eq!(read.findings[0].suggestion.as_deref(), Some("Sue@gmail.com"));
/// assert_eq!(read.into_result()?.canonical, "sue@gmial.com");
/// # Ok::<(), carekey::Error>(())
/// ```
pub fn check_email(text: &str) -> Checked<Email> {
    let mut checked = check_one(text);
    let unread = |finding: &&mut Finding| matches!(finding.code, Code::EmailMalformed | Code::EmailDomainInvalid);
    if let Some(finding) = checked.findings.iter_mut().find(unread) {
        // Who takes a suggestion is not told to take another.
        let best = |meant: String| {
            check_one(&meant).findings.into_iter().find_map(|finding| finding.suggestion).unwrap_or(meant)
        };
        match mend::email(text, |piece| check_one(piece).value.is_some()) {
            Some(Meant::Several(count, first)) => {
                let first = best(first);
                return Checked::fail(Finding::new(Code::EmailSeveral, "email").with("count", count).suggest(first));
            }
            Some(Meant::One(address) | Meant::Extension(address)) => finding.suggestion = Some(best(address)),
            None => {}
        }
    }
    checked
}

/// An address alone.
fn check_one(text: &str) -> Checked<Email> {
    let text = text.trim();
    if text.is_empty() {
        return Checked::fail(Finding::new(Code::EmailMissing, "email"));
    }
    if text.len() > READ_LIMIT {
        return Checked::fail(too_long(Code::EmailTooLong, LIMIT, text.len()));
    }
    let typed: String = if text.is_ascii() { text.to_owned() } else { text.nfc().collect() };
    let Some((local, domain)) = typed.rsplit_once('@') else {
        return Checked::fail(Finding::new(Code::EmailMalformed, "email"));
    };
    let folded = fold(local);
    let local_length = local.len().max(folded.len());
    let mut findings = Vec::new();
    // What is too long is not looked at any closer.
    let is_name = local_length > LOCAL_LIMIT || is_username(local) && is_typed(local);
    let is_name = is_name && is_typed(domain);
    if domain.is_empty() || !is_local(local) || !is_name {
        findings.push(Finding::new(Code::EmailMalformed, "email"));
    }
    let ascii = check_domain(domain);
    let canonical = [&folded, "@", ascii.as_deref().unwrap_or(domain)].concat();
    let length = typed.len().max(canonical.len());
    if length > LIMIT {
        findings.push(too_long(Code::EmailTooLong, LIMIT, length));
    }
    if local_length > LOCAL_LIMIT {
        findings.push(too_long(Code::EmailLocalTooLong, LOCAL_LIMIT, local_length));
    }
    match &ascii {
        Err(finding) => findings.extend(finding.clone()),
        Ok(ascii) => findings.extend(meant_domain(ascii).map(|meant| {
            Finding::new(Code::EmailDomainSlip, "email")
                .with("domain", domain)
                .with("meant", meant)
                .suggest(format!("{local}@{meant}"))
        })),
    }
    let value = (!has_errors(&findings)).then_some(Email { typed, canonical });
    Checked { value, findings }
}

fn too_long(code: Code, limit: usize, length: usize) -> Finding {
    Finding::new(code, "email").with("limit", limit).with("length", length)
}

/// Whether mail can have this before its `@`, its length aside: a dot-atom
/// (RFC 5322, 3.2.3) with letters of any script (RFC 6532).
fn is_local(local: &str) -> bool {
    // Lists mark their lines so; nobody's mailbox begins with it.
    let marked = local.starts_with(['*', '#']) && local.contains(char::is_alphanumeric);
    !marked && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

/// Whether it has only what a username may have (PRECIS, RFC 8265,
/// UsernameCasePreserved): no emoji, no letters of compatibility, no mix of
/// directions.
fn is_username(local: &str) -> bool {
    local.is_ascii() || UsernameCasePreserved::enforce(local).is_ok()
}

/// Whether it has no letter of full width, which looks like another that mail
/// goes to.
fn is_typed(text: &str) -> bool {
    text.is_ascii() || !text.contains(|c| matches!(c, '\u{ff01}'..='\u{ff5e}'))
}

fn is_atext(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    }
    !c.is_control() && !c.is_whitespace() && !is_ignorable(c)
}

/// Whether the character is one that is not displayed at all (UAX 44,
/// Default_Ignorable_Code_Point): the UTS 39 skeleton drops exactly these.
pub(super) fn is_ignorable(c: char) -> bool {
    unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).next().is_none()
}

/// The domain in IDNA ASCII form, or what is wrong with it: nothing is said
/// where there is none, since the address as a whole is malformed then.
fn check_domain(domain: &str) -> Result<Cow<'_, str>, Option<Finding>> {
    if domain.is_empty() {
        return Err(None);
    }
    if domain.starts_with('[') || domain.parse::<Ipv4Addr>().is_ok() {
        return Err(Some(Finding::new(Code::EmailIpAddress, "email")));
    }
    let invalid = || Finding::new(Code::EmailDomainInvalid, "email").with("domain", domain);
    let ascii = domain_to_ascii(domain).ok_or_else(invalid)?;
    match ascii.rsplit_once('.') {
        None => Err(Some(Finding::new(Code::EmailDomainWithoutDot, "email").with("domain", domain))),
        // No top-level domain is a number; this is half an IP address.
        Some((_, top)) if top.bytes().all(|b| b.is_ascii_digit()) => Err(Some(invalid())),
        Some(_) => Ok(ascii),
    }
}
