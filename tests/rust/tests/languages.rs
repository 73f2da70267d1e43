//! A further language is a file (N): it is loaded whole or not at all, its words
//! go by the numbers of its language, and it is one like those that ship.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use carekey::agency::{AdministrativeAct, Description, NewParty, RowOutcome};
use carekey::message::{moment, shipped, span};
use carekey::password::questions::Question;
use carekey::policy::Policy;
use carekey::roster::Roster;
use carekey::store::MemoryStore;
use carekey::username::{Taken, Usernames};
use carekey::words::MessageKind;
use carekey::{Actor, AgencySettings, Code, Directory, ErrorKind, Finding, Locale, Method, Param, Role};
use serde_json::{Map, Value};
use time::Duration;
use time::macros::datetime;

static POLISH: LazyLock<Locale> = LazyLock::new(|| Locale::load(&bytes(&file())).expect("a whole language"));

/// The file that the tests have.
fn file() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../languages/pl.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn bytes(file: &Value) -> Vec<u8> {
    serde_json::to_vec(file).expect("JSON")
}

/// What is wrong with a file: where and what.
fn wrong(file: &Value) -> Vec<(String, Code)> {
    let error = Locale::load(&bytes(file)).expect_err("a file with a fault");
    assert_eq!(error.kind, ErrorKind::Invalid);
    error.findings.into_iter().map(|finding| (finding.field, finding.code)).collect()
}

/// The place of every text of the file, as keys.
fn places(file: &Value) -> Vec<Vec<String>> {
    fn within(value: &Value, place: &[String], out: &mut Vec<Vec<String>>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    within(value, &[place, std::slice::from_ref(name)].concat(), out);
                }
            }
            Value::String(_) if place.len() > 1 => out.push(place.to_vec()),
            _ => {}
        }
    }
    let mut out = Vec::new();
    within(file, &[], &mut out);
    out
}

/// The section that has a text.
fn section<'a>(file: &'a mut Value, place: &[String]) -> &'a mut Map<String, Value> {
    let (_, sections) = place.split_last().expect("a place");
    let section = sections.iter().try_fold(file, |value, name| value.get_mut(name));
    section.and_then(Value::as_object_mut).expect("a section")
}

fn polish(code: Code, params: &[(&str, Param)]) -> String {
    let finding =
        params.iter().fold(Finding::new(code, "field"), |finding, (name, value)| finding.with(name, value.clone()));
    finding.message(*POLISH)
}

#[test]
fn each_text_that_is_missing_or_too_many_is_named() {
    let whole = file();
    let places = places(&whole);
    assert!(places.len() > 500, "the file has texts");
    for place in &places {
        let mut lacking = whole.clone();
        let name = place.last().expect("a name");
        let text = section(&mut lacking, place).remove(name).expect("a text");
        assert_eq!(wrong(&lacking), [(place.join("."), Code::LanguageTextMissing)]);
        let mut other = whole.clone();
        section(&mut other, place).insert(format!("{name}_of_old"), text);
        assert_eq!(wrong(&other), [(format!("{}_of_old", place.join(".")), Code::LanguageTextUnknown)]);
    }
    // All at once, and sections too.
    let mut lacking = whole;
    lacking.as_object_mut().expect("an object").remove("moments");
    lacking["messages"].as_object_mut().expect("an object").remove("activation");
    let found = wrong(&lacking);
    assert!(found.contains(&("moments.pattern".to_owned(), Code::LanguageTextMissing)));
    assert_eq!(found.len(), 16 + 3);
}

#[test]
fn a_text_that_lost_what_it_speaks_of_is_named() {
    let whole = file();
    for place in places(&whole) {
        let name = place.last().expect("a name");
        let mut lacking = whole.clone();
        let section = section(&mut lacking, &place);
        let text = section[name].as_str().expect("a text").to_owned();
        section.insert(name.clone(), "tekst".into());
        let speaks: BTreeSet<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next())
            .map(|field| field.split(':').next().unwrap_or(field))
            .chain(text.contains('*').then_some("*"))
            .collect();
        if speaks.is_empty() {
            continue;
        }
        let error = Locale::load(&bytes(&lacking)).expect_err("a text that lost something");
        let missing: BTreeSet<String> = error
            .findings
            .iter()
            .inspect(|finding| {
                assert_eq!(finding.field, place.join("."));
                assert!(matches!(finding.code, Code::LanguageParameterMissing | Code::TemplateNoSecret), "{finding:?}");
            })
            .map(|finding| finding.params["name"].to_string())
            .collect();
        assert_eq!(missing, speaks.into_iter().map(str::to_owned).collect(), "{text}");
    }
}

#[test]
fn other_faults_of_a_text_are_named() {
    let cases = [
        ("/findings/name.missing", "  ", Code::TemplateEmpty),
        ("/findings/name.missing", "brakuje {what}", Code::TemplateUnknownField),
        ("/findings/history.cut", "{found:one=wiersz|many=wierszy} {expected}", Code::LanguageFormMissing),
        ("/findings/history.cut", "{found:wiersz|wierszy} {expected}", Code::LanguageFormMissing),
        ("/messages/recovery_code/sms", "{agency}, {valid}, {code}, {name}", Code::MessageNotFound),
        ("/messages/recovery_code/sms", "{agency}, {valid}, {code}, {page}", Code::TemplateUnknownField),
        ("/messages/recovery_code/subject", "{agency}: {code}", Code::TemplateSecretInSubject),
        ("/messages/recovery_code/subject", "{agency}\u{7}", Code::TextControlCharacter),
    ];
    for (place, text, code) in cases {
        let mut file = file();
        *file.pointer_mut(place).expect("a text") = text.into();
        match code {
            // A message may speak of all that it has.
            Code::MessageNotFound => assert!(Locale::load(&bytes(&file)).is_ok()),
            _ => assert!(wrong(&file).iter().all(|(_, found)| *found == code), "{text}: {:?}", wrong(&file)),
        }
    }
    let mut file = file();
    file["findings"]["history.cut"] = "{found:wiersz|wierszy} {expected}".into();
    let error = Locale::load(&bytes(&file)).expect_err("two forms are too few");
    let lacking: Vec<String> = error.findings.iter().map(|finding| finding.params["category"].to_string()).collect();
    assert_eq!(lacking, ["few", "many"]);
}

#[test]
fn what_is_no_file_of_a_further_language_is_refused() {
    for broken in ["", "{", "[]", r#"{"language": "pl"}"#, r#"{"language": "pl", "messages": {}, "findings": "no"}"#] {
        let error = Locale::load(broken.as_bytes()).expect_err("no such file");
        assert_eq!(error.code, Code::LanguageMalformed, "{broken}");
    }
    for (tag, meant) in [("en", None), ("es", None), ("", None), ("polski", None), ("und", None), ("PL", Some("pl"))] {
        let mut file = file();
        file["language"] = tag.into();
        let error = Locale::load(&bytes(&file)).expect_err("no such tag");
        assert_eq!(error.code, Code::LanguageTag, "{tag}");
        assert_eq!(error.findings[0].suggestion.as_deref(), meant);
    }
}

#[test]
fn words_go_by_the_numbers_of_the_language() {
    let cases = [
        (0, "historia ma 0 wierszy"),
        (1, "historia ma 1 wiersz,"),
        (2, "historia ma 2 wiersze"),
        (5, "historia ma 5 wierszy"),
        (12, "historia ma 12 wierszy"),
        (22, "historia ma 22 wiersze"),
        (112, "historia ma 112 wierszy"),
    ];
    for (found, says) in cases {
        let said = polish(Code::HistoryCut, &[("found", Param::Number(found)), ("expected", Param::Number(3))]);
        assert!(said.starts_with(says), "{said}");
    }
    assert_eq!(span(Duration::days(14), *POLISH), "14 dni");
    assert_eq!(span(Duration::hours(22), *POLISH), "22 godziny");
    assert_eq!(span(Duration::hours(24), *POLISH), "24 godziny");
    assert_eq!(span(Duration::hours(5), *POLISH), "5 godzin");
    assert_eq!(span(Duration::minutes(1), *POLISH), "1 minuta");
    assert_eq!(moment(datetime!(2026-11-02 09:05 UTC), *POLISH), "2 listopada 2026, godz. 09:05 UTC");
    // Others: one alone, all alike, and six.
    let forms = |tag: &str, text: &str| {
        let mut file = file();
        file["language"] = tag.into();
        file["names"] = [tag].as_slice().into();
        for place in places(&file.clone()) {
            let name = place.last().expect("a name").clone();
            let section = section(&mut file, &place);
            let said = section[&name].as_str().expect("a text");
            let plain: String = said
                .split('{')
                .map(|part| match part.split_once(':') {
                    Some((name, rest)) if rest.contains('}') && name.chars().all(|c| c.is_ascii_lowercase()) => {
                        format!("{{{name}}}{}", rest.split_once('}').expect("an end").1)
                    }
                    _ => format!("{{{part}"),
                })
                .collect();
            section.insert(name, plain.strip_prefix('{').unwrap_or(&plain).into());
        }
        file["findings"]["history.cut"] = format!("{text} {{expected}}").into();
        let locale = Locale::load(&bytes(&file)).expect("a whole language");
        [0, 1, 2, 3, 11, 100].map(|found| {
            let finding = Finding::new(Code::HistoryCut, "history").with("found", found).with("expected", "");
            finding.message(locale).trim().to_owned()
        })
    };
    assert_eq!(forms("fr", "{found:une|des}"), ["une", "une", "des", "des", "des", "des"]);
    assert_eq!(forms("ja", "{found:#}"), ["0", "1", "2", "3", "11", "100"]);
    assert_eq!(forms("ar", "{found:zero=z|one=o|two=t|few=f|many=m|other=x}"), ["z", "o", "t", "f", "m", "x"]);
}

#[test]
fn everything_is_said_in_it() {
    let polish = *POLISH;
    assert_eq!((polish.as_str(), polish.to_string().parse()), ("pl", Ok(polish)));
    assert_eq!(serde_json::from_value::<Locale>("pl".into()).expect("a locale"), polish);
    assert!(!Locale::ALL.contains(&polish), "those that ship");
    let none = serde_json::from_value::<Locale>("de".into()).expect_err("a language without texts");
    assert!(["`en`", "`es`", "`pl`"].iter().all(|known| none.to_string().contains(known)), "{none}");
    assert_eq!(RowOutcome::Created.label(polish), "Konto utworzone");
    let description = Description { act: AdministrativeAct::Disabled, by: "Felicia Conner".to_owned() };
    assert_eq!(description.text(polish), "wyłączone przez Felicia Conner");
    assert!(Question::ALL.iter().all(|question| question.text(polish).ends_with('?')));
    assert_eq!(
        shipped(MessageKind::Activation, Method::Email, polish).subject.as_deref(),
        Some("Aktywuj swoje konto: {agency}")
    );
    assert_eq!(
        self::polish(Code::PartyRoleUnfit, &[("kind", "person".into()), ("role", "payer".into())]),
        "rola „płatnik” nie pasuje do rodzaju „osoba”"
    );
    assert_eq!(
        carekey::Error::from(Finding::new(Code::NameMissing, "name")).message(polish),
        "dane naruszają zasady w 1 miejscu"
    );
}

#[test]
fn a_roster_is_written_and_read_in_it() {
    let polish = *POLISH;
    let sheet = "Rola;Imię;Nazwisko;E-mail;Preferowany kontakt;Język;Konto już utworzone\n\
        Opiekun;Ana;Ruiz;ana@example.com;e-mail;polski;nie\n\
        personel biura;Jan;Kot;;SMS;pl;tak\n";
    let roster = Roster::from_csv(sheet.as_bytes()).expect("a roster");
    let policy = Policy::default();
    let names = || Usernames::new(&policy.username, "104", "US", Taken::default()).expect("a policy");
    let preview = roster.preview(&[], &[], names(), &policy, "US");
    let read = |preview: &carekey::roster::Preview| -> Vec<_> {
        preview
            .rows()
            .iter()
            .map(|row| (row.row.role, row.row.preferred, row.row.locale, row.row.already_created))
            .collect()
    };
    let rows = read(&preview);
    assert_eq!(rows[0], (Some(Role::Caregiver), Some(Method::Email), Some(polish), Some(false)));
    assert_eq!(rows[1], (Some(Role::OfficeStaff), Some(Method::Sms), Some(polish), Some(true)));
    let made = Roster::from_rows(preview.rows().iter().map(|row| row.row.clone()).collect());
    let mut written = Vec::new();
    made.preview(&[], &[], names(), &policy, "US").write_all(&mut written, polish).expect("memory can be written");
    let again = Roster::from_csv(written.as_slice()).expect("a roster").preview(&[], &[], names(), &policy, "US");
    assert_eq!(read(&again), rows);
}

#[test]
fn people_get_messages_in_it() {
    let polish = *POLISH;
    let directory =
        Directory::with(MemoryStore::new(), &[7; 32], carekey::agency::SystemEnvironment).expect("a directory");
    let settings = AgencySettings { locale: polish, ..AgencySettings::new("104", "Dom", "https://dom.example.com") };
    let agency = directory.create_agency(settings, &Actor::Support("Pat".to_owned())).expect("an agency");
    assert_eq!(agency.settings().expect("settings").locale, polish);
    let office = agency.acting_as(Actor::Support("Pat".to_owned()));
    let party = NewParty {
        name: "Ana Ruiz".to_owned(),
        roles: [Role::Caregiver].into(),
        email: Some("ana@example.com".to_owned()),
        ..NewParty::default()
    };
    let added = office.add_party(&party).expect("a party");
    office.create_account(added.party, Role::Caregiver, None).expect("an account");
    let messages = agency.outbox().claim(10).expect("messages");
    assert_eq!(messages[0].subject.as_deref(), Some("Aktywuj swoje konto: Dom"));
    assert!(messages[0].body.reveal().contains("Ważność linku: 14 dni."), "{}", messages[0].body.reveal());
    // Its own text in the place of the one of the file.
    let text = carekey::message::Text { subject: None, body: "{link}".to_owned() };
    office.set_text(MessageKind::Activation, Method::Sms, polish, Some(&text)).expect("a text");
}
