//! Names of people and of the office staff (U3).

use carekey::name::PersonName;
use carekey::policy::{UsernamePolicy, UsernameScheme};
use carekey::username::{NameRequest, StaffPattern, Taken, Usernames, canonical, check_staff_name};

use super::{consistent, has, parts, text, well_formed};
use carekey::Code;

/// What may not stand in a Windows logon name.
const FORBIDDEN: &str = r#""/\[]:;|=,+*?<>@"#;

/// The bytes are a name.
pub fn person_name(data: &[u8]) {
    let text = text(data);
    let read = PersonName::parse(&text);
    consistent(&read);
    let Some(name) = read.value else { return };
    assert!(name.last.is_some() && !name.display().is_empty());
    let all = [&name.first, &name.middle, &name.last, &name.nickname];
    for part in all.into_iter().flatten() {
        assert!(!part.is_empty() && part.trim() == part && !part.contains(char::is_control), "{name:?}");
    }
    // Case and blanks make no other person.
    let blanks: String = text.chars().flat_map(|c| if c == ' ' { vec![' ', ' '] } else { vec![c] }).collect();
    if blanks.chars().count() <= 200 {
        assert_eq!(PersonName::parse(&format!(" {blanks}\t")).value.map(|name| name.key()), Some(name.key()));
    }
    let stored = serde_json::to_string(&name).expect("a name can be stored");
    assert_eq!(serde_json::from_str::<PersonName>(&stored).expect("and read"), name);
}

/// Five lines: a pattern, a prefix, the most characters, a typed username,
/// and a name.
pub fn staff_name(data: &[u8]) {
    let [pattern, prefix, limit, typed, name] = parts(data);
    let limit: u32 = limit.parse().unwrap_or(20);
    let read = check_staff_name(&typed, limit);
    consistent(&read);
    if let Some(name) = &read.value {
        assert_logon_name(name, limit);
        assert_eq!(check_staff_name(name, limit).value.as_ref(), Some(name));
    }
    let read = StaffPattern::parse(&pattern);
    consistent(&read);
    let name = PersonName::parse(&name).value.unwrap_or_default();
    let policy = UsernamePolicy { staff_pattern: pattern, staff_max_length: limit, ..UsernamePolicy::default() };
    let Ok(mut usernames) = Usernames::new(&policy, &prefix, "US", Taken::default()) else { return };
    let pattern = read.value.expect("a pattern that is accepted");
    let made = pattern.name_for(&prefix.to_ascii_lowercase(), &name, limit);
    consistent(&made);
    // The names of a policy within its range: the plain one, then suggestions.
    if !(4..=64).contains(&limit) {
        return;
    }
    assert!(made.value.is_some() || !has(&made.findings, Code::UsernameTooLong), "{:?}", made.findings);
    let mut seen = std::collections::BTreeSet::new();
    for line in 1..=4 {
        let request = NameRequest::new(line, UsernameScheme::Staff, &name);
        let mut verdict = usernames.check(&request);
        well_formed(&verdict.findings);
        if let Some(first) = verdict.suggestions.first().cloned() {
            verdict = usernames.accept(&request, &first);
            assert!(verdict.pass(), "{first}: {:?}", verdict.findings);
        }
        let none_left = has(&verdict.findings, Code::UsernameNoneFree);
        assert!(verdict.pass() || none_left || made.value.is_none(), "{:?}", verdict.findings);
        if let Some(username) = verdict.username {
            assert_logon_name(&username, limit);
            assert!(seen.insert(canonical(&username, "US")), "{username} twice");
        }
    }
}

fn assert_logon_name(name: &str, limit: u32) {
    assert!(!name.is_empty() && name.is_ascii() && name.len() <= limit as usize, "{name}");
    assert!(!name.contains(|c: char| FORBIDDEN.contains(c) || c.is_control() || c.is_ascii_uppercase()), "{name}");
    assert!(!name.ends_with('.'), "{name}");
}
