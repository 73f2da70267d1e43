//! What messages tell (N, S0, S1): every owner is written to, and once; where
//! people sign in, also where a message is older than its text; and a text that
//! is tried holds nothing that opens anything.

use carekey::invitation::{InvitationCode, LinkToken};
use carekey::words::{MessageKind, MessageState};
use carekey::{Code, Locale, Method, Secret, Source};
use carekey_tests::desk::{Desk, GOOD, new_person, quick};

fn set_owners(desk: &Desk, one: Option<&str>, more: &[&str]) {
    let mut settings = desk.agency.settings().unwrap();
    settings.owner_email = one.map(str::to_owned);
    settings.owner_emails = more.iter().map(|email| (*email).to_owned()).collect();
    desk.office().change_settings(settings.clone()).unwrap();
    assert_eq!(desk.agency.settings().unwrap(), settings);
}

#[test]
fn every_owner_is_written_to_once() {
    let desk = Desk::sqlite(quick());
    let ann = desk.client("Ann Client", "ann@example.com");
    let session = desk.session(&ann.username, GOOD);
    let told = || {
        desk.mail();
        let sent = desk.agency.message_owner(session.token.reveal(), &Secret::from("Hello"), &Source::UNKNOWN);
        sent.map(|()| {
            let mail = desk.mail();
            assert!(mail.iter().all(|mail| mail.body.reveal().contains("Hello")));
            let mut to: Vec<String> = mail.into_iter().map(|mail| mail.to).collect();
            to.sort();
            to
        })
        .map_err(|error| error.code)
    };
    assert_eq!(told(), Err(Code::EmailMissing));
    set_owners(&desk, None, &["bea@example.com", "cy@example.com"]);
    assert_eq!(told().unwrap(), ["bea@example.com", "cy@example.com"]);
    set_owners(&desk, Some("owner@example.com"), &[]);
    assert_eq!(told().unwrap(), ["owner@example.com"]);
    set_owners(&desk, Some("owner@example.com"), &["bea@example.com", "Owner@EXAMPLE.com", "bea@example.com"]);
    assert_eq!(told().unwrap(), ["bea@example.com", "owner@example.com"]);
}

#[test]
fn settings_of_before_are_read() {
    let desk = Desk::memory(quick());
    let mut settings = serde_json::to_value(desk.agency.settings().unwrap()).unwrap();
    let fields = settings.as_object_mut().unwrap();
    fields.insert("owner_email".to_owned(), "owner@example.com".into());
    assert!(fields.remove("owner_emails").is_some() && fields.remove("time_zone").is_some());
    let read: carekey::AgencySettings = serde_json::from_value(settings).unwrap();
    assert_eq!((read.owner_email.as_deref(), read.owner_emails.len()), (Some("owner@example.com"), 0));
    assert_eq!(read.time_zone, None);
}

#[test]
fn a_message_that_waited_since_before_says_where_people_sign_in() {
    let desk = Desk::sqlite(quick());
    desk.office().add_party(&new_person("Ann Client", carekey::Role::Client, "ann@example.com")).unwrap();
    let raw = rusqlite::Connection::open(desk.file()).unwrap();
    let changed = raw.execute("UPDATE message SET params = json_remove(params, '$.portal')", ()).unwrap();
    assert_eq!(changed, 1);
    let shown = &desk.office().messages(Some(MessageState::Waiting), 0, 9).unwrap()[0];
    assert!(shown.body.contains("https://portal.example.com/sign-in") && !shown.body.contains('{'), "{}", shown.body);
    let mail = desk.one_mail();
    assert!(mail.body.reveal().contains("https://portal.example.com/sign-in"));
    assert!(!mail.body.reveal().contains('{'));
}

#[test]
fn what_a_sample_holds_opens_nothing() {
    let desk = Desk::memory(quick());
    let before = desk.snapshot();
    for row in desk.office().texts().unwrap() {
        assert!(!row.own);
        let shown = desk.office().preview_text(row.kind, row.method, row.locale, None).unwrap();
        let text = format!("{} {}", shown.subject.unwrap_or_default(), shown.body.reveal());
        assert!(!text.contains('{'), "{} {} {}: {text}", row.kind, row.method, row.locale);
        for word in text.split_whitespace().map(|word| word.trim_end_matches('.')) {
            if let Some((_, token)) = word.split_once('#').filter(|(before, _)| before.contains("://")) {
                assert!(LinkToken::parse(word).value.is_none() && token == "SAMPLE", "{word}");
            }
            assert!(!word.contains('-') || InvitationCode::parse(word).value.is_none(), "{word}");
        }
        assert_eq!(desk.office().text(row.kind, row.method, row.locale).unwrap(), row);
    }
    assert_eq!(desk.snapshot(), before, "nothing is written");
    let code = desk.office().preview_text(MessageKind::Invitation, Method::Sms, Locale::English, None).unwrap();
    assert!(code.body.reveal().contains("SAMPL-E0000"));
}
