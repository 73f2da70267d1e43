//! Laws of invitations (I) and messages (N), for any input.

use std::collections::{BTreeMap, BTreeSet};

use carekey::invitation::{
    Invitation, InvitationCode, InvitationSecret, LinkToken, OfficeAction, Standing, check_action, choose_method,
    next_action,
};
use carekey::message::{Page, check_link_base, check_template, fields, masked, render, retry_at, shipped};
use carekey::policy::{InvitationPolicy, OutboxPolicy};
use carekey::words::MessageKind;
use carekey::{Code, ErrorKind, Locale, Method, Param, Params, Secret};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use time::{Duration, OffsetDateTime};

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn secret(seed: u64) -> InvitationSecret {
    InvitationSecret::generate(&mut ChaCha20Rng::seed_from_u64(seed))
}

fn finding_of(text: &str) -> Option<Code> {
    InvitationCode::parse(text).findings.first().map(|finding| finding.code)
}

/// A moment of the years 2001 to 2065, to the millisecond.
fn moment() -> impl Strategy<Value = OffsetDateTime> {
    (1_000_000_000_000i64..3_000_000_000_000)
        .prop_map(|ms| OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap())
}

fn kind() -> impl Strategy<Value = MessageKind> {
    prop::sample::select(MessageKind::ALL)
}

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(Method::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_code_is_read_back_from_what_is_shown(seed: u64) {
        let code = secret(seed).code;
        for text in [code.grouped().reveal(), code.canonical(), &code.canonical().to_lowercase()] {
            let read = InvitationCode::parse(text).value.expect("its own code");
            prop_assert_eq!(read.canonical(), code.canonical());
        }
    }

    /// I3: 31 other characters at each of ten places, all of them.
    #[test]
    fn every_wrong_character_is_caught(seed: u64) {
        let code = secret(seed).code;
        for place in 0..10 {
            for wrong in ALPHABET.chars() {
                let mut typed: Vec<char> = code.canonical().chars().collect();
                if typed[place] != wrong {
                    typed[place] = wrong;
                    let typed: String = typed.iter().collect();
                    prop_assert_eq!(finding_of(&typed), Some(Code::CodeMistyped));
                }
            }
        }
    }

    /// I3: neighbours, and any other two.
    #[test]
    fn every_swap_of_two_different_characters_is_caught(seed: u64) {
        let code = secret(seed).code;
        for one in 0..10 {
            for other in one + 1..10 {
                let mut typed: Vec<char> = code.canonical().chars().collect();
                if typed[one] != typed[other] {
                    typed.swap(one, other);
                    let typed: String = typed.iter().collect();
                    prop_assert_eq!(finding_of(&typed), Some(Code::CodeMistyped));
                }
            }
        }
    }

    #[test]
    fn a_character_more_or_less_is_caught(seed: u64, place in 0usize..10, more in 0usize..32) {
        let code = secret(seed).code;
        let mut longer = code.canonical().to_owned();
        longer.insert(place, ALPHABET.chars().nth(more).unwrap());
        prop_assert_eq!(finding_of(&longer), Some(Code::CodeMalformed));
        let mut shorter = code.canonical().to_owned();
        shorter.remove(place);
        prop_assert_eq!(finding_of(&shorter), Some(Code::CodeMalformed));
    }

    /// What is read is canonical, whatever was typed.
    #[test]
    fn reading_is_total_and_canonical(text in "\\PC{0,14}") {
        let checked = InvitationCode::parse(&text);
        match checked.value {
            Some(code) => {
                prop_assert!(checked.findings.is_empty());
                let again = InvitationCode::parse(code.canonical()).value.expect("canonical");
                prop_assert_eq!(again.canonical(), code.canonical());
                prop_assert!(code.canonical().chars().all(|c| ALPHABET.contains(c)));
            }
            None => prop_assert_eq!(checked.findings.len(), 1),
        }
    }

    #[test]
    fn a_link_is_read_back_in_every_form(seed: u64, kind in kind(), tail in "[.,;:!?)>»\\s]{0,3}") {
        let token = secret(seed).link;
        let base = "https://portal.example.com/family";
        let forms = [
            token.canonical().to_owned(),
            Page::of(kind).link(base, &token).reveal().to_owned(),
            format!("{base}/x?token={}", token.canonical()),
            format!("{base}/i/{}", token.canonical()),
        ];
        for form in forms {
            let read = LinkToken::parse(&format!("{form}{tail}")).value.expect("its own link");
            prop_assert_eq!(read.canonical(), token.canonical());
        }
    }

    #[test]
    fn reading_a_link_is_total(text in "\\PC{0,80}") {
        let checked = LinkToken::parse(&text);
        prop_assert_eq!(checked.value.is_some(), checked.findings.is_empty());
    }

    #[test]
    fn no_secret_is_printed(seed: u64) {
        let secret = secret(seed);
        let printed = format!("{secret:?}");
        prop_assert!(!printed.contains(secret.code.canonical()) && !printed.contains(secret.link.canonical()));
    }

    /// I2: what is not live any more is never live again.
    #[test]
    fn standing_never_comes_back(
        issued in moment(),
        lifetime_hours in 1u32..90_000,
        first in 0i64..400_000_000_000,
        later in 0i64..400_000_000_000,
        superseded in any::<bool>(),
    ) {
        let policy = InvitationPolicy { lifetime_hours };
        let mut invitation = Invitation::issue("sue@example.com", Method::Email, &policy, issued);
        if superseded {
            invitation.supersede(issued);
        }
        let before = issued + Duration::milliseconds(first);
        let after = before + Duration::milliseconds(later);
        prop_assert!(invitation.time_left(after) <= invitation.time_left(before));
        if invitation.standing(before) != Standing::Live {
            prop_assert_eq!(invitation.standing(after), invitation.standing(before));
        }
        prop_assert_eq!(
            invitation.standing(before) == Standing::Live,
            !superseded && first < i64::from(lifetime_hours) * 3_600_000
        );
    }

    /// I7: however often it is tried, it is redeemed once.
    #[test]
    fn an_invitation_is_redeemed_once(issued in moment(), tries in prop::collection::vec(0i64..1_500_000_000, 1..8)) {
        let mut invitation = Invitation::issue("sue@example.com", Method::Email, &InvitationPolicy::default(), issued);
        let mut redeemed = 0;
        for wait in tries {
            let before = invitation.clone();
            match invitation.redeem(issued + Duration::milliseconds(wait)) {
                Ok(()) => redeemed += 1,
                Err(error) => {
                    prop_assert_eq!(error.kind, ErrorKind::Refused);
                    prop_assert_eq!(&invitation, &before);
                }
            }
        }
        prop_assert!(redeemed <= 1);
        prop_assert_eq!(redeemed == 1, invitation.redeemed_at.is_some());
    }

    #[test]
    fn an_invitation_survives_json(issued in moment(), redeemed in any::<bool>(), superseded in any::<bool>()) {
        let mut invitation = Invitation::issue("+12125550123", Method::Sms, &InvitationPolicy::default(), issued);
        if redeemed {
            invitation.redeem(issued).unwrap();
        }
        if superseded {
            invitation.supersede(issued);
        }
        let json = serde_json::to_string(&invitation).unwrap();
        prop_assert_eq!(serde_json::from_str::<Invitation>(&json).unwrap(), invitation);
    }

    /// I4: one action per item, and the check agrees with it.
    #[test]
    fn an_action_can_be_done_exactly_when_it_is_next(linked: bool, sent: bool) {
        for action in OfficeAction::ALL {
            prop_assert_eq!(check_action(*action, linked, sent).is_none(), *action == next_action(linked, sent));
        }
    }

    /// I1: what is asked for is used or nothing is; else something is sent
    /// wherever there is a contact.
    #[test]
    fn a_method_always_has_its_contact(
        preferred in prop::option::of(method()),
        asked in prop::option::of(method()),
        email in prop::option::of("[a-z@]{0,4}"),
        phone in prop::option::of("[0-9]{0,4}"),
    ) {
        let checked = choose_method(preferred, asked, email.as_deref(), phone.as_deref());
        let has = |method| match method {
            Method::Email => email.as_ref().is_some_and(|text| !text.is_empty()),
            Method::Sms => phone.as_ref().is_some_and(|text| !text.is_empty()),
        };
        let possible = asked.map_or(has(Method::Email) || has(Method::Sms), has);
        prop_assert_eq!(checked.value.is_some(), possible);
        prop_assert_eq!(checked.findings.is_empty(), possible);
        if let Some((method, contact)) = checked.value {
            prop_assert!(has(method));
            prop_assert!(asked.is_none_or(|asked| asked == method));
            prop_assert_eq!(Some(contact), if method == Method::Email { email } else { phone });
        }
    }

    /// N: no secret is in a subject or in what the office sees, even where an
    /// agency's text asks for it, and no value adds a line to a subject.
    #[test]
    fn secrets_stay_in_the_body(
        kind in kind(),
        method in method(),
        value in "\\PC{0,20}[\r\n\u{85}\u{2028}{}]{0,2}\\PC{0,5}",
        seed: u64,
    ) {
        let code = secret(seed).link;
        let names = fields(kind);
        let params: Params = names.params.iter().map(|name| ((*name).to_owned(), Param::from(value.clone()))).collect();
        let secrets: BTreeMap<String, Secret> =
            names.secrets.iter().map(|name| ((*name).to_owned(), Secret::from(code.canonical()))).collect();
        for locale in Locale::ALL {
            let mut text = shipped(kind, method, *locale);
            let all: Vec<String> = names.params.iter().chain(names.secrets).map(|name| format!("{{{name}}}")).collect();
            text.subject = Some(format!("{} {}", text.subject.unwrap_or_default(), all.join(" ")));

            let message = render(&text, &params, &secrets);
            let subject = message.subject.expect("a subject");
            prop_assert!(!subject.contains(code.canonical()));
            let breaks_a_line = subject.contains(|c: char| c.is_control() || c == '\u{2028}');
            prop_assert!(!breaks_a_line);
            prop_assert_eq!(message.body.reveal().contains(code.canonical()), !names.secrets.is_empty());

            let seen = masked(kind, &text, &params);
            prop_assert!(!seen.body.contains(code.canonical()));
            prop_assert_eq!(Some(subject), seen.subject);
            prop_assert_eq!(seen.body.contains("•••"), !names.secrets.is_empty() || value.contains("•••"));
        }
    }

    #[test]
    fn checking_and_filling_take_any_text(kind in kind(), method in method(), subject in prop::option::of("\\PC{0,40}"), body in "[a-z{}\n]{0,60}") {
        let text = carekey::message::Text { subject, body };
        check_template(kind, method, &text);
        let message = render(&text, &Params::new(), &BTreeMap::new());
        prop_assert_eq!(message.body.reveal(), &text.body);
    }

    /// N: each wait is as long as the one before or longer, and it ends.
    #[test]
    fn waits_grow_until_the_message_is_abandoned(first_retry_seconds in 1u32..=86_400, tries in 1u32..=100, now in moment()) {
        let policy = OutboxPolicy { first_retry_seconds, tries, ..OutboxPolicy::default() };
        let waits: Vec<_> = (1..=tries + 1).map_while(|failed| retry_at(&policy, failed, now)).map(|at| at - now).collect();
        prop_assert_eq!(waits.len(), tries as usize - 1);
        prop_assert!(waits.is_sorted());
        prop_assert!(waits.iter().all(|wait| *wait > Duration::ZERO && *wait <= Duration::DAY));
    }

    /// N: a base that passed passes again, unchanged.
    #[test]
    fn reading_a_base_twice_changes_nothing(host in "[a-zA-Z0-9ñé.-]{1,20}", port in prop::option::of(0u32..70_000), path in "(/[a-zA-Z0-9 %ñ.]{0,6}){0,3}") {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        if let Some(base) = check_link_base(&format!("https://{host}{port}{path}")).value {
            let again = check_link_base(&base).value;
            prop_assert_eq!(again.as_ref(), Some(&base));
            prop_assert!(base.is_ascii() && base.starts_with("https://") && !base.ends_with('/'));
        }
    }
}

#[test]
fn codes_are_spread_over_the_whole_alphabet_and_do_not_repeat() {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let mut codes = BTreeSet::new();
    let mut used: Vec<BTreeSet<char>> = vec![BTreeSet::new(); 10];
    for _ in 0..2_000 {
        let code = InvitationCode::generate(&mut rng);
        for (place, c) in code.canonical().chars().enumerate() {
            used[place].insert(c);
        }
        assert!(codes.insert(code.canonical().to_owned()));
    }
    assert!(used.iter().all(|characters| characters.len() == 32));
}

#[test]
fn the_end_of_time_is_no_overflow() {
    let last = time::macros::datetime!(9999-12-31 23:59:59 UTC);
    let invitation =
        Invitation::issue("sue@example.com", Method::Email, &InvitationPolicy { lifetime_hours: u32::MAX }, last);
    assert_eq!(invitation.standing(last), Standing::Live);
    assert!(retry_at(&OutboxPolicy::default(), 1, last).is_some());
}

/// N: every text that ships passes the check that an agency's own must pass.
#[test]
fn every_shipped_text_is_sound() {
    for kind in MessageKind::ALL {
        for method in Method::ALL {
            let texts: Vec<_> = Locale::ALL.iter().map(|locale| shipped(*kind, *method, *locale)).collect();
            for text in &texts {
                assert_eq!(check_template(*kind, *method, text), [], "{kind} {method}");
            }
            assert_ne!(texts[0], texts[1], "{kind} {method} is not translated");
        }
    }
}

/// N: an SMS has at most 320 characters with values of a usual length.
#[test]
fn an_sms_is_short() {
    let usual = |name: &str| match name {
        "agency" => "Good Hands Home Care of Springfield".to_owned(),
        "username" | "contact" => "felicia.conner@example.com".to_owned(),
        "page" => "https://portal.goodhands.example/family/invitation".to_owned(),
        "portal" => "https://portal.goodhands.example/family/sign-in".to_owned(),
        "link" => format!("https://portal.goodhands.example/family/invitation#{}", "a".repeat(32)),
        "valid" => "14 days".to_owned(),
        "password" => "Tk7#mwq2RhXe".to_owned(),
        "code" => "7K3Q0-D9WX2".to_owned(),
        "text" => "Could someone come an hour earlier on Monday? Thank you!".to_owned(),
        _ => "Felicia Conner".to_owned(),
    };
    for kind in MessageKind::ALL {
        let names = fields(*kind);
        let params = names.params.iter().map(|name| ((*name).to_owned(), Param::from(usual(name)))).collect();
        let secrets = names.secrets.iter().map(|name| ((*name).to_owned(), Secret::from(usual(name)))).collect();
        for locale in Locale::ALL {
            let body = render(&shipped(*kind, Method::Sms, *locale), &params, &secrets).body;
            let length = body.reveal().chars().count();
            assert!(length <= 320, "{kind} {locale}: {length}");
            assert!(!body.reveal().contains('{'), "{kind} {locale} has a field without a value");
        }
    }
}
