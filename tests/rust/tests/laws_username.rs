//! Laws of usernames (rules U1 to U6) over real-looking and random names.

use std::collections::BTreeSet;

use carekey::name::PersonName;
use carekey::policy::{UsernamePolicy, UsernameScheme};
use carekey::username::{
    NameRequest, Taken, Usernames, canonical, check_contact, check_email, check_phone, check_staff_name, skeleton,
};
use proptest::prelude::*;

/// Names as rosters have them, few enough to clash, and any text at all.
fn a_person() -> impl Strategy<Value = PersonName> {
    let first = prop_oneof![
        8 => prop::sample::select(vec!["John", "Jane", "Joan", "J", "Máire", "Łukasz", "Jo Ann", "Мария", "深", "Bartholomew"]),
        1 => prop::sample::select(vec!["", " ", "'", "👑"]),
    ]
    .prop_map(str::to_owned);
    let last = prop_oneof![
        8 => prop::sample::select(vec![
            "Smith", "Smyth", "O'Brien-Lee", "van der Berg", "Müller", "García Márquez", "Srnith", "Wolfeschlegelsteinhausen", "X",
        ]),
        1 => prop::sample::select(vec!["", "...", "@"]),
    ]
    .prop_map(str::to_owned);
    let middle = prop::option::of(prop::sample::select(vec!["Q", "Grace", "É.", ""]).prop_map(str::to_owned));
    let listed = (first, middle, last).prop_map(|(first, middle, last)| PersonName {
        first: Some(first),
        middle,
        last: Some(last),
        nickname: None,
    });
    let any = (any::<Option<String>>(), any::<Option<String>>(), any::<Option<String>>())
        .prop_map(|(first, middle, last)| PersonName { first, middle, last, nickname: None });
    prop_oneof![6 => listed, 1 => any]
}

fn a_policy() -> impl Strategy<Value = UsernamePolicy> {
    let pattern = prop::sample::select(vec![
        "{prefix}{first:1}{last}",
        "{first}.{last}",
        "{last}{first:1}",
        "{first:1}.{middle:1}.{last:4}",
        "x-{last}_{first:2}",
        "{first}",
    ]);
    (pattern, 8_u32..=20).prop_map(|(pattern, staff_max_length)| UsernamePolicy {
        staff_pattern: pattern.to_owned(),
        staff_max_length,
        ..UsernamePolicy::default()
    })
}

fn staff(people: &[PersonName]) -> Vec<NameRequest<'_>> {
    (1..).zip(people).map(|(line, name)| NameRequest::new(line, UsernameScheme::Staff, name)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_canonical_form_is_its_own(text in any::<String>(), country in prop::sample::select(vec!["US", "MX", "DE", "IT", "ZZ", ""])) {
        let once = canonical(&text, country);
        prop_assert_eq!(canonical(&once, country), once);
    }

    #[test]
    fn the_canonical_form_of_what_looks_like_a_name_is_its_own(
        text in "[ ]?[a-zA-Zß0İ1+.é\u{301}µſ\u{ad}ᾳ]{0,6}@?[a-zA-Zß.。İ\u{ad}ẞﬀ-]{0,8}[ ]?",
    ) {
        let once = canonical(&text, "US");
        prop_assert_eq!(canonical(&once, "US"), once);
    }

    #[test]
    fn the_canonical_form_of_digits_is_its_own(
        text in "[+]?[0-9 ()./-]{3,18}",
        country in prop::sample::select(vec!["US", "MX", "AR", "DE", "IT", "BR", "FR"]),
        other in prop::sample::select(vec!["US", "MX", "AR", "DE", "IT", "BR", "FR"]),
    ) {
        let once = canonical(&text, country);
        prop_assert_eq!(canonical(&once, country), once.clone());
        if once.starts_with('+') && check_phone(&once, country).value.is_some() {
            prop_assert_eq!(canonical(&once, other), once);
        }
    }

    #[test]
    fn a_skeleton_is_its_own_and_has_no_case(text in any::<String>()) {
        let canonical = canonical(&text, "US");
        let once = skeleton(&canonical);
        prop_assert_eq!(skeleton(&once), once.clone());
        prop_assert_eq!(skeleton(&once.to_uppercase().to_lowercase()), skeleton(&once.to_lowercase()));
    }

    #[test]
    fn what_a_contact_check_admits_is_what_sign_in_looks_up(text in any::<String>()) {
        if let Some(email) = check_email(&text).value {
            prop_assert_eq!(canonical(&text, "US"), email.canonical);
        }
        if let Some(contact) = check_contact(&text, "US").value {
            prop_assert_eq!(canonical(&text, "US"), contact.canonical());
        }
    }

    #[test]
    fn an_address_is_admitted_in_canonical_form_too(
        local in "[a-zA-Z0-9.éßİ_+-]{1,12}", domain in "[a-zA-Z0-9éü-]{1,8}", top in "(com|NET|example|рф)",
    ) {
        let typed = format!("{local}@{domain}.{top}");
        if let Some(email) = check_email(&typed).value {
            prop_assert_eq!(canonical(&typed, "US"), email.canonical.clone());
            prop_assert_eq!(check_email(&email.canonical).value.map(|again| again.canonical), Some(email.canonical));
        }
    }

    #[test]
    fn a_name_is_read_without_loss_of_order_or_a_panic(text in any::<String>()) {
        if let Some(name) = PersonName::parse(&text).value {
            prop_assert!(name.last.is_some());
            prop_assert_eq!(PersonName::parse(&text).value.unwrap().key(), name.key());
        }
    }

    #[test]
    fn a_name_shown_first_name_first_is_the_same_name(first in "[A-Z][a-z]{2,8}", last in "(van |de la |O')?[A-Z][a-z]{3,9}") {
        let comma = PersonName::parse(&format!("{last}, {first}")).value.unwrap();
        let plain = PersonName::parse(&comma.display()).value.unwrap();
        prop_assert_eq!(comma, plain);
    }

    #[test]
    fn every_name_given_out_can_be_used_and_is_given_once(
        policy in a_policy(), people in prop::collection::vec(a_person(), 1..40), taken in prop::collection::vec("[a-z]{1,3}|jsmith[2-9]?", 0..6),
    ) {
        let used: Taken = taken.iter().collect();
        let mut names = Usernames::new(&policy, "7", "US", used.clone()).unwrap();
        let requests = staff(&people);
        let verdicts = names.check_all(&requests);
        let mut given = BTreeSet::new();
        for (request, verdict) in requests.iter().zip(&verdicts) {
            prop_assert_eq!(verdict.pass(), !carekey::has_errors(&verdict.findings));
            let distinct: BTreeSet<_> = verdict.suggestions.iter().collect();
            prop_assert_eq!(distinct.len(), verdict.suggestions.len());
            for name in verdict.username.iter().chain(&verdict.suggestions) {
                prop_assert_eq!(check_staff_name(name, policy.staff_max_length).value, Some(name.clone()));
                prop_assert_eq!(&canonical(name, "US"), name);
                prop_assert_eq!(used.find(name), None);
            }
            if let Some(name) = &verdict.username {
                prop_assert!(given.insert(skeleton(name)), "{} twice", name);
            }
            // The first suggestions of all rows can be accepted together.
            if let Some(best) = verdict.suggestions.first() {
                let accepted = names.accept(request, best);
                prop_assert_eq!(accepted.username.as_ref(), Some(best));
                prop_assert!(given.insert(skeleton(best)), "{} twice", best);
            }
        }
        for verdict in &verdicts {
            for name in &verdict.suggestions {
                prop_assert!(!verdicts.iter().any(|other| other.username.as_ref() == Some(name)));
            }
        }
    }

    #[test]
    fn the_same_rows_in_the_same_order_get_the_same_verdicts(policy in a_policy(), people in prop::collection::vec(a_person(), 1..20)) {
        let run = || {
            let mut names = Usernames::new(&policy, "104", "US", Taken::new()).ok()?;
            Some(names.check_all(&staff(&people)))
        };
        prop_assert_eq!(run(), run());
    }
}

#[test]
fn every_character_has_a_stable_canonical_form_and_skeleton() {
    for c in '\0'..=char::MAX {
        for text in [c.to_string(), format!("a{c}"), format!("{c}\u{345}\u{301}"), format!("a@{c}b.com")] {
            let once = canonical(&text, "US");
            assert_eq!(canonical(&once, "US"), once, "{c:?} in {text:?}");
            let seen = skeleton(&once);
            assert_eq!(skeleton(&seen), seen, "{c:?} in {text:?}");
        }
    }
}
