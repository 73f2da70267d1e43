//! The form in which names are compared, and the one that shows which look
//! alike (rule U6).

use std::borrow::Cow;
use std::sync::LazyLock;

use caseless::Caseless;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use unicode_normalization::UnicodeNormalization;

use super::phone;

/// The canonical form of a typed username: what sign-in looks up and what
/// must be unique in an agency (rule U6).
///
/// An e-mail address is folded to one case and its domain is brought to IDNA
/// ASCII form (UTS 46). A phone number becomes E.164, read with the agency's
/// `country` (ISO 3166-1, two capital letters) where it names none. All else
/// is brought to NFC and folded to one case, after the ideas of PRECIS
/// (RFC 8265, UsernameCaseMapped). Blanks around it are dropped.
///
/// Nothing is refused here: what is no username is simply never found. The
/// canonical form of a canonical form is itself, whatever the text.
///
/// ```
/// use carekey::username::canonical;
///
/// assert_eq!(canonical(" AESquirrel@Bücher.example", "US"), "aesquirrel@xn--bcher-kva.example");
/// assert_eq!(canonical("(212) 555-0142", "US"), "+12125550142");
/// assert_eq!(canonical("104FConner", "US"), "104fconner");
/// ```
pub fn canonical(typed: &str, country: &str) -> String {
    let typed = typed.trim();
    if let Some((local, domain)) = typed.rsplit_once('@') {
        return format!("{}@{}", fold(local), fold_domain(domain)).trim().to_owned();
    }
    match phone::read(typed, country) {
        Ok(e164) => e164,
        Err(_) => fold(typed),
    }
}

/// What a name looks like: two names with one skeleton are taken for each
/// other (UTS 39, section 4), here without regard to case, since an `O` in a
/// skeleton may stem from a zero. Of an address with a domain of other letters it
/// is that of these letters, which are what is shown.
///
/// Expects the [`canonical`] form. The result is for comparing, not for
/// showing.
///
/// ```
/// use carekey::username::skeleton;
///
/// assert_eq!(skeleton("104fconner"), skeleton("lo4fconner"));
/// assert_ne!(skeleton("104fconner"), skeleton("104fcanner"));
/// // The `a` of the first is Cyrillic.
/// assert_eq!(skeleton("sue@xn--exmple-4nf.com"), skeleton("sue@example.com"));
/// ```
pub fn skeleton(canonical: &str) -> String {
    match as_shown(canonical) {
        Some(shown) => any_skeleton(&shown),
        None => plain_skeleton(canonical).unwrap_or_else(|| any_skeleton(canonical)),
    }
}

/// The skeletons by which a name may rest in a store: its own, and what earlier
/// releases took for it, that of the ASCII form of its domain.
#[cfg(feature = "engine")]
pub(crate) fn skeletons(canonical: &str) -> Vec<String> {
    let earlier = as_shown(canonical).map(|_| any_skeleton(canonical));
    core::iter::once(skeleton(canonical)).chain(earlier).collect()
}

/// An address whose domain is not what is shown: what people look at is its letters,
/// and not their ASCII form.
fn as_shown(canonical: &str) -> Option<String> {
    let (local, domain) = canonical.rsplit_once('@').filter(|(_, domain)| is_encoded(domain))?;
    let (shown, read) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    read.ok().map(|()| format!("{local}@{shown}"))
}

/// Whether it may have letters of other scripts.
fn is_encoded(domain: &str) -> bool {
    domain.as_bytes().windows(4).any(|four| four == b"xn--")
}

/// One letter, or two.
type Stands = (char, Option<char>);

/// What stands for each letter of ASCII in a skeleton, where that is one or two
/// of them: letters of ASCII neither combine nor are ordered anew, so that each
/// of a text has its own. Written down by [`any_skeleton`], letter by letter.
static PLAIN: LazyLock<Vec<Option<Stands>>> = LazyLock::new(|| {
    let of = |byte: u8| {
        let skeleton = any_skeleton(char::from(byte).encode_utf8(&mut [0; 4]));
        let mut chars = skeleton.chars();
        let (first, second) = (chars.next()?, chars.next());
        (skeleton.is_ascii() && chars.next().is_none()).then_some((first, second))
    };
    (0..128).map(of).collect()
});

/// The skeleton of a text of such letters, which most names are.
fn plain_skeleton(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 4);
    for byte in text.bytes() {
        let (first, second) = (*PLAIN.get(usize::from(byte))?)?;
        out.push(first);
        out.extend(second);
    }
    Some(out)
}

/// The skeleton of any text, by the tables of Unicode.
fn any_skeleton(canonical: &str) -> String {
    let mut now = canonical.to_owned();
    // Folding may leave a letter that has a prototype of its own. Few rounds
    // settle it; the bound is there for data that is yet to come.
    for _ in 0..4 {
        let prototypes: String = unicode_security::skeleton(&now).collect();
        let next = fold(&prototypes);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

/// NFC and one case (Unicode, definition D145).
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { any_fold(text) }
}

fn any_fold(text: &str) -> String {
    text.nfd().default_case_fold().nfc().collect()
}

/// A domain in IDNA ASCII form, if it has one.
pub(super) fn domain_to_ascii(domain: &str) -> Option<Cow<'_, str>> {
    Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify).ok()
}

/// A domain in IDNA ASCII form; one that has none is folded like other text.
fn fold_domain(domain: &str) -> Cow<'_, str> {
    domain_to_ascii(domain).unwrap_or_else(|| {
        let folded = fold(domain);
        let ascii = domain_to_ascii(&folded).map(Cow::into_owned);
        Cow::Owned(ascii.unwrap_or(folded))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The short ways of ASCII are the long ones, for any text.
        #[test]
        fn the_short_way_is_the_long_way(text in "[ -~]{0,24}|[\\x00-\\x7f]{0,12}|\\PC{0,8}|[a-z0-9é\u{130}ﬁ\u{307}mw|%]{0,12}") {
            prop_assert_eq!(skeleton(&text), any_skeleton(&text));
            prop_assert_eq!(fold(&text), any_fold(&text));
        }
    }

    #[test]
    fn most_of_ascii_has_a_short_way() {
        let letters = ('a'..='z').chain('0'..='9').chain("@.+-_'".chars()).collect::<String>();
        assert_eq!(plain_skeleton(&letters), Some(any_skeleton(&letters)));
    }
}
