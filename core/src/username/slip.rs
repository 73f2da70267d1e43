//! Slips of the finger in well-known mail domains (rule U1).

use strsim::osa_distance;

/// Domains in which most people have their mail, the commonest first: the
/// first that fits is the one suggested.
const WELL_KNOWN: &[&str] = &[
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "aol.com",
    "icloud.com",
    "comcast.net",
    "msn.com",
    "live.com",
    "verizon.net",
    "att.net",
    "sbcglobal.net",
    "bellsouth.net",
    "cox.net",
    "charter.net",
    "earthlink.net",
    "optonline.net",
    "ymail.com",
    "rocketmail.com",
    "protonmail.com",
    "hotmail.es",
    "yahoo.es",
    "outlook.es",
    "yahoo.com.mx",
    "hotmail.com.mx",
    "hotmail.co.uk",
    "yahoo.co.uk",
    "googlemail.com",
];

/// Domains that are one step from a well-known one and mean themselves.
const THEMSELVES: &[&str] =
    &["cloud.com", "email.com", "fmail.com", "mail.com", "tmail.com", "umail.com", "xmail.com", "zmail.com"];

/// The well-known domain that was meant, where the typed one (in ASCII) is
/// one wrong, missing, doubled or swapped letter away from it and is not a
/// known one itself.
///
/// A name of four letters or fewer has too many honest neighbours
/// (`live.com`, `love.com`); there only the ending is looked at.
pub(super) fn meant_domain(domain: &str) -> Option<&'static str> {
    if WELL_KNOWN.contains(&domain) || THEMSELVES.contains(&domain) {
        return None;
    }
    WELL_KNOWN.iter().copied().find(|known| is_slip(domain, known))
}

fn is_slip(domain: &str, known: &str) -> bool {
    domain.len().abs_diff(known.len()) <= 1
        && is_near(domain, known)
        && (name_of(known).len() > 4 || name_of(domain) == name_of(known))
        && osa_distance(domain, known) == 1
}

/// Whether all but two letters are the same from the start or from the end:
/// so it is with every slip, and nearly nothing else has to be compared.
fn is_near(one: &str, other: &str) -> bool {
    let start = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let end = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    start + end + 2 >= one.len().max(other.len())
}

fn name_of(domain: &str) -> &str {
    domain.split_once('.').map_or(domain, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_domain_is_listed_in_vain() {
        for domain in THEMSELVES {
            assert!(WELL_KNOWN.iter().any(|known| is_slip(domain, known)), "{domain} needs no place in the list");
            assert_eq!(meant_domain(domain), None);
        }
        for known in WELL_KNOWN {
            assert_eq!(meant_domain(known), None);
        }
    }
}
