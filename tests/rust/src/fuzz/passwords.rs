//! Passwords, answers and stored hashes (P, Q).

use carekey::password::questions::normalise_answer;
use carekey::password::{HashKind, Hasher, MAX_BYTES, Person, check_hash, cost_class};
use carekey::policy::{Argon2Cost, PasswordPolicy};
use carekey::{Checked, Code, ErrorKind};

use super::{consistent, parts, text, well_formed};

/// Four lines: a username, an e-mail address, a name, and a password.
pub fn password(data: &[u8]) {
    let [username, email, name, password] = parts(data);
    let names = [name.as_str()];
    let person = Person { names: &names, username: Some(&username), email: Some(&email), agency: Some("Oak Care") };
    for policy in [PasswordPolicy::agency(), PasswordPolicy::evv_state(), PasswordPolicy::nist_800_63b_4()] {
        let checklist = policy.check(&password, &person);
        let findings = checklist.findings();
        well_formed(&findings);
        assert_eq!(checklist.passes(), findings.is_empty());
        assert_eq!(checklist.passes(), checklist.rules.iter().all(|rule| rule.met));
        if password.len() > MAX_BYTES {
            assert!(!checklist.passes());
        }
        if !password.trim().is_empty() && password == username {
            assert!(!checklist.passes() || password.chars().filter(|c| c.is_alphanumeric()).count() < 4, "{password}");
        }
    }
    let answer = normalise_answer(&password);
    assert_eq!(normalise_answer(answer.reveal()).reveal(), answer.reveal());
    assert!(!format!("{answer:?}").contains(answer.reveal()) || answer.reveal().is_empty());
}

/// The bytes are a PHC string, with or without its beginning.
pub fn phc(data: &[u8]) {
    let text = text(data);
    let stored = if text.starts_with('$') { text } else { format!("$argon2id$v=19${text}") };
    let read = stored_hash(&stored);
    if read.value.is_some() && stored.starts_with("$argon2id$") {
        assert_eq!(read.value, Some(HashKind::Argon2id));
        let [memory, passes, lanes] = ["m", "t", "p"].map(|name| parameter(&stored, name).expect("a number"));
        assert!(memory <= 1024 * 1024 && passes <= 10 && lanes <= 16, "{stored}");
        if memory <= 256 && passes * lanes <= 16 {
            verify(&stored);
        }
    }
}

/// The bytes are a hash of another system.
pub fn foreign_hash(data: &[u8]) {
    let stored = text(data);
    let read = stored_hash(&stored);
    let Some(kind) = read.value else { return };
    let number = |at: usize| stored.split('$').nth(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(u32::MAX);
    // Only what is quickly computed is.
    let quick = match kind {
        HashKind::LdapSsha | HashKind::AspnetV2 => true,
        // After `$2b$`, with what Django or Spring write before it or not.
        HashKind::Bcrypt | HashKind::BcryptSha256 => ["$04$", "$05$"].iter().any(|cost| stored.contains(cost)),
        HashKind::ShaCrypt => stored.len() < 200 && !stored.contains("rounds=") || stored.contains("rounds=1000$"),
        HashKind::Phpass => stored.as_bytes().get(3).is_some_and(|rounds| b"56789AB".contains(rounds)),
        HashKind::DjangoPbkdf2 => number(1) <= 1000,
        HashKind::Scrypt => number(1) <= 64 && number(3) <= 8 && number(4) <= 8,
        HashKind::AspnetV3 | HashKind::WerkzeugPbkdf2 | HashKind::Argon2id | HashKind::Argon2i | HashKind::Unusable => {
            false
        }
    };
    if quick {
        verify(&stored);
    }
}

fn stored_hash(stored: &str) -> Checked<HashKind> {
    let read = check_hash(stored);
    consistent(&read);
    assert!(read.findings.len() <= 1);
    if let Ok(class) = cost_class(stored) {
        assert_eq!(class.to_string().parse(), Ok(class));
    }
    if read.value.is_none() {
        // What is not recognised is refused before anything is hashed.
        let hasher = hasher();
        let error = hasher.verify(stored, "Lantern#47 tide").expect_err("no hash");
        assert_eq!((error.kind, hasher.operations()), (ErrorKind::Invalid, 0));
        assert!(matches!(error.code, Code::HashUnrecognised | Code::HashUnsupported | Code::HashOutOfBounds));
        assert_eq!(error.to_string(), format!("the input breaks the rules in 1 place [{}]", error.code));
    }
    read
}

fn verify(stored: &str) {
    let hasher = hasher();
    let verified = hasher.verify(stored, "Lantern#47 tide, and nobody has this one").expect("an answer");
    assert!(!verified.matches && !verified.renew, "{stored}");
    assert_eq!(hasher.operations(), 1);
}

fn hasher() -> Hasher {
    Hasher::new(Argon2Cost { memory_kib: 64, passes: 1, lanes: 1 }, None)
}

fn parameter(stored: &str, name: &str) -> Option<u32> {
    let mut params = stored.split('$').flat_map(|part| part.split(','));
    params.find_map(|param| param.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}
