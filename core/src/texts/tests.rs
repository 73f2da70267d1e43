//! What ships is whole: every text is there, in every language, and speaks of
//! nothing that it does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::{Section, Texts, said};
use crate::account::State;
use crate::finding::{Code, Locale};
use crate::invitation::{OfficeAction, Standing};
use crate::password::questions::Question;
use crate::policy::OfficeAct;
use crate::roster::{RowAction, RowState};
use crate::words::{ActorKind, EventKind, MessageKind, MessageState, Method, PartyKind, Resource, Role, TieKind};

const FILES: [(Locale, &str); 2] =
    [(Locale::English, include_str!("en.json")), (Locale::Spanish, include_str!("es.json"))];

const MESSAGES: [(Locale, &str); 2] =
    [(Locale::English, include_str!("en.messages.json")), (Locale::Spanish, include_str!("es.messages.json"))];

/// Texts that both languages say alike: names of the API, what is no word, and
/// words that Spanish has too.
const ALIKE: [&str; 4] = ["/expected/32 bytes", "/expected/hexadecimal", "/methods/sms", "/ticks/no"];

/// Every text of a file by the path to it.
fn flat(file: &str) -> BTreeMap<String, String> {
    let texts: Texts = serde_json::from_str(file).unwrap();
    let within = |(section, texts): (String, BTreeMap<String, String>)| {
        texts.into_iter().map(move |(word, text)| (format!("/{section}/{word}"), text))
    };
    texts.into_iter().flat_map(within).collect()
}

/// What stands between braces in a template.
fn placeholders(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

#[test]
fn every_file_reads_and_all_have_the_same_texts() {
    let [english, spanish] = [0, 1].map(|language| {
        let mut texts = flat(FILES[language].1);
        texts.extend(flat(MESSAGES[language].1));
        texts
    });
    let paths = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(paths(&english), paths(&spanish));
    assert!(english.values().chain(spanish.values()).all(|text| !text.trim().is_empty()));
    let alike: Vec<&str> =
        english.iter().filter(|(path, text)| spanish[*path] == **text).map(|(path, _)| path.as_str()).collect();
    assert_eq!(alike, ALIKE);
}

fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    words.into_iter().collect()
}

#[test]
fn every_stable_word_has_its_text_and_no_text_is_of_none() {
    for (_, file) in FILES {
        let texts: Texts = serde_json::from_str(file).unwrap();
        assert_eq!(of(texts.keys().map(String::as_str)), of(Section::ALL.iter().map(|section| section.name())));
        let has = |section: Section| of(texts[section.name()].keys().map(String::as_str));
        assert_eq!(has(Section::Findings), of(Code::ALL.iter().map(|code| code.as_str())));
        assert_eq!(has(Section::Questions), of(Question::ALL.iter().map(|question| question.id)));
        assert_eq!(has(Section::Roles), of(Role::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Resources), of(Resource::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Ties), of(TieKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::PartyKinds), of(PartyKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Methods), of(Method::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::States), of(RowState::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Actions), of(RowAction::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Parties), of(PartyKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Channels), of(Method::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::AccountStates), of(State::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Standings), of(Standing::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Events), of(EventKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Actors), of(ActorKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::MessageKinds), of(MessageKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::MessageStates), of(MessageState::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has(Section::Locales), of(Locale::ALL.iter().map(|word| word.as_str())));
        let acts: BTreeSet<&str> = of(OfficeAct::ALL.iter().map(|word| word.as_str()));
        assert!(acts.is_subset(&has(Section::Acts)));
        assert!(of(OfficeAction::ALL.iter().map(|word| word.as_str())).is_subset(&has(Section::Acts)));
        let months = (1..=12).map(|month| format!("month.{month}"));
        let moments: BTreeSet<String> = months.chain(["pattern", "day", "hour", "minute"].map(str::to_owned)).collect();
        assert_eq!(texts["moments"].keys().cloned().collect::<BTreeSet<_>>(), moments);
    }
}

#[test]
fn every_message_has_its_parts() {
    for (_, file) in MESSAGES {
        let texts: Texts = serde_json::from_str(file).unwrap();
        assert!(texts.keys().eq(BTreeSet::from_iter(MessageKind::ALL.iter().map(|kind| kind.as_str()))));
        for (kind, parts) in texts {
            assert!(parts.keys().eq(["email", "sms", "subject"]), "{kind}");
        }
    }
}

#[cfg(feature = "engine")]
#[test]
fn every_act_and_every_outcome_has_its_text() {
    use crate::agency::{AdministrativeAct, AgencyState, ApplicationStanding, ReviewKind, RowOutcome, SessionKind};
    use crate::roster::TieOutcome;

    let rows = RowOutcome::ALL.iter().map(|word| word.as_str());
    let words: BTreeSet<&str> = rows.chain(TieOutcome::ALL.iter().map(|word| word.as_str())).collect();
    for (_, file) in FILES {
        let texts: Texts = serde_json::from_str(file).unwrap();
        let (outcomes, descriptions) = (&texts["outcomes"], &texts["descriptions"]);
        assert!(outcomes.keys().eq(words.iter()));
        let has = |section: &str| of(texts[section].keys().map(String::as_str));
        assert_eq!(has("reviews"), of(ReviewKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has("sessions"), of(SessionKind::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has("agency_states"), of(AgencyState::ALL.iter().map(|word| word.as_str())));
        assert_eq!(has("application_standings"), of(ApplicationStanding::ALL.iter().map(|word| word.as_str())));
        assert!(descriptions.keys().eq(BTreeSet::from_iter(AdministrativeAct::ALL.iter().map(|word| word.as_str()))));
        for (act, text) in descriptions {
            assert_eq!(placeholders(text), ["by"], "{act}");
        }
    }
}

#[test]
fn a_text_speaks_only_of_what_it_has() {
    for (locale, _) in FILES {
        for code in Code::ALL {
            let template = code.template(locale);
            assert!(!template.ends_with('.'), "{code}: {template}");
            for field in placeholders(template) {
                let (name, words) = field.split_once(':').unwrap_or((field, "="));
                assert!(code.params().contains(&name), "{code} says {{{name}}} without having it");
                let forms: Vec<&str> = super::plural::forms(words).map(|(category, _)| category).collect();
                assert!(words == "=" || forms == ["one", "other"], "{code}: {template}");
            }
        }
        for kind in MessageKind::ALL {
            for method in Method::ALL {
                let text = crate::message::shipped(*kind, *method, locale);
                assert_eq!(crate::message::check_template(*kind, *method, &text), [], "{kind} by {method}");
            }
        }
        assert_eq!(
            BTreeSet::from_iter(placeholders(super::find(Section::Moments, "pattern", locale))),
            BTreeSet::from(["clock", "day", "month", "year"])
        );
    }
}

#[test]
fn a_word_is_said_as_its_set_says_it() {
    let english = |set, word: &str| said(set, word, Locale::English);
    let spanish = |set, word: &str| said(set, word, Locale::Spanish);
    assert_eq!(english(Section::Roles, "office_staff"), "office staff");
    assert_eq!(spanish(Section::Roles, "office_staff"), "personal de oficina");
    assert_eq!(spanish(Section::Roles, "boss"), "boss", "of no set");
    assert_eq!(spanish(Section::Arguments, "unusedDays"), "`unusedDays`");
    assert_eq!(spanish(Section::Expected, "text (str), not int"), "texto (`str`), no `int`");
    assert_eq!(english(Section::Expected, "Policy, not int"), "Policy, not int");
}

#[cfg(feature = "engine")]
#[test]
fn a_language_that_nobody_loaded_is_kept_and_said_in_english() {
    let locale = Locale::stored("pt-BR").unwrap();
    assert_eq!((locale.as_str(), Locale::stored("pt-BR")), ("pt-BR", Some(locale)));
    assert!("pt-BR".parse::<Locale>().is_err(), "nobody can ask for it");
    assert_eq!(said(Section::Roles, "office_staff", locale), "office staff");
    assert_eq!(crate::message::span(time::Duration::minutes(1), locale), "1 minute");
    assert_eq!(super::message("activation", "subject", locale), "Activate your account with {agency}");
    assert_eq!(Locale::stored("es"), Some(Locale::Spanish));
    assert_eq!(["pt_BR", "PT", "", "und", "not a tag"].map(Locale::stored), [None; 5]);
}
