//! No English word stands in what is said in another language (N): in Spanish,
//! which ships, and in Polish, which is a file that the tests have.
//!
//! English is what the English file says, with the stable words by which the
//! API calls things, and the little words that any English has. What is between
//! backquotes is code: it is the same in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use carekey::password::questions::Question;
use carekey::policy::{Argon2Cost, HashingLimits, Policy};
use carekey::roster::{Roster, RosterRow};
use carekey::username::{Taken, Usernames};
use carekey::{Code, Finding, Locale, Method, Param, Params, PartyKind, Resource, Role, TieKind};
use carekey_tests::case_files;
use serde_json::Value;

/// Words of the English file that may stand in Spanish, and why.
const ALSO_SPANISH: [(&str, &str); 10] = [
    ("a active color error factor no personal plan roles supervisor use", "Spanish has the same word"),
    ("hexadecimal", "and this one"),
    ("bytes hash hashes", "Spanish has no other word in use"),
    ("csv ip json sms utf", "names of standards"),
    ("iso", "as in ISO 3166-1"),
    ("windows", "as in Windows-1252"),
    ("kib mib", "units"),
    ("abc z", "as in a-z"),
    ("en es", "the tags of languages are words in Spanish"),
    ("carekey", "its own name"),
];

/// How addresses begin: no words.
const ADDRESSES: [&str; 4] = ["https://", "memory:", "postgres://", "sqlite:"];

/// Words of the English file that may stand in Polish, and why.
const ALSO_POLISH: [(&str, &str); 6] = [
    (
        "a abc data do go operator plan problem profil program role status system ten to we z",
        "Polish has the same word",
    ),
    ("online", "and uses this one"),
    ("csv ip json sms utf iso windows kib mib", "as in Spanish"),
    ("e mail", "as in e-mail"),
    ("link", "Polish has no other word in use"),
    ("carekey", "its own name"),
];

/// Little words, and others that a text of the future is likely to bring.
const ENGLISH: &str = "after again against all already also an and any are as at be because been before between both \
    but by can cannot could did do does done each either else every few for from given had has have how if in into is \
    it its just last least less many may more most must neither never new next none nor not nothing now of off old on \
    one only or other our out over own please same shall she should since so some something such than that the their \
    them then there these they this those through to too two under until up upon very was we were what when where \
    whether which while who whom whose why will with within without would yes yet you your array boolean child false \
    field file integer key list missing number object optional required setting string true unknown value wrong";

/// The texts of a language, as the core has them, its messages among them.
fn file(language: &str) -> Value {
    let read = |name: String| -> Value {
        let path = project().join("core/src/texts").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).expect("a file of texts")).expect("JSON")
    };
    let mut texts = read(format!("{language}.json"));
    texts["messages"] = read(format!("{language}.messages.json"));
    texts
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project")
}

/// The words of a text, without its placeholders and what is code.
fn words(text: &str) -> BTreeSet<String> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let prose = ADDRESSES.iter().fold(prose, |prose, begin| prose.replace(begin, " "));
    let mut out = String::new();
    for (at, part) in prose.split(['{', '}']).enumerate() {
        // Between braces, only the words that go by a number are text.
        let said = if at % 2 == 0 { part } else { part.split_once(':').map_or("", |(_, words)| words) };
        for form in said.split('|') {
            out.push_str(form.split_once('=').map_or(form, |(_, form)| form));
            out.push(' ');
        }
    }
    out.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Everything that stands in a file: its texts, and with `words` its stable words.
fn strings(value: &Value, stable: bool, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| strings(value, stable, out)),
        Value::Object(fields) => {
            for (name, value) in fields {
                if stable {
                    out.push(name.clone());
                }
                strings(value, stable, out);
            }
        }
        _ => {}
    }
}

struct English {
    locale: Locale,
    words: BTreeSet<String>,
}

impl English {
    /// What may not be said in the other languages, one by one.
    fn all() -> [Self; 2] {
        let polish = std::fs::read(project().join("tests/languages/pl.json")).expect("a file");
        let polish = Locale::load(&polish).expect("a whole language");
        [Self::but(Locale::Spanish, &ALSO_SPANISH), Self::but(polish, &ALSO_POLISH)]
    }

    fn but(locale: Locale, also: &[(&str, &str)]) -> Self {
        let mut texts = vec![ENGLISH.to_owned()];
        strings(&file("en"), true, &mut texts);
        let mut english: BTreeSet<String> = texts.iter().flat_map(|text| words(text)).collect();
        for word in also.iter().flat_map(|(list, _)| list.split(' ')) {
            english.remove(word);
        }
        Self { locale, words: english }
    }

    /// The English words of a text.
    fn within(&self, text: &str) -> Vec<String> {
        words(text).into_iter().filter(|word| self.words.contains(word)).collect()
    }

    fn none_within(&self, text: &str) {
        assert_eq!(self.within(text), Vec::<String>::new(), "{text}");
    }
}

/// The sources in a folder, or the one in a file.
fn sources(place: &str) -> Vec<String> {
    let (mut places, mut out) = (vec![project().join(place)], Vec::new());
    while let Some(place) = places.pop() {
        if place.is_dir() {
            places.extend(std::fs::read_dir(place).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else if place.extension().is_some_and(|end| end == "rs" || end == "js") {
            out.push(std::fs::read_to_string(place).expect("a source"));
        }
    }
    out
}

/// What stands between quotes right behind a piece of source.
fn behind(place: &str, marks: &[&str]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for source in sources(place) {
        for rest in marks.iter().flat_map(|mark| source.split(mark).skip(1)) {
            out.extend(rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    out
}

/// The last thing between quotes on every line that calls one of those.
fn last_given(place: &str, calls: &[&str], quote: char) -> BTreeSet<String> {
    let of = |source: String| {
        let lines = source.lines().filter(|line| calls.iter().any(|call| line.contains(call)));
        let last = lines.filter_map(|line| line.split(quote).skip(1).step_by(2).last().map(str::to_owned));
        last.collect::<Vec<_>>()
    };
    sources(place).into_iter().flat_map(of).collect()
}

/// All that the bindings say they expect.
fn expected() -> BTreeSet<String> {
    let mut out = last_given("bindings-node/lib", &["wrongType("], '\'');
    out.extend(last_given("bindings-node/src", &["malformed("], '"'));
    out.extend(behind("bindings-node/src/border/read.rs", &["=> "]));
    out.extend(last_given("bindings-python/src", &["wrong_type("], '"'));
    out.extend(behind("bindings-python/src", &["let expected = "]));
    out
}

/// The words that a parameter can be; nothing where it can be anything: a name,
/// an address, a number.
fn closed(code: Code, param: &str) -> Option<BTreeSet<String>> {
    fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<BTreeSet<String>> {
        Some(words.into_iter().map(str::to_owned).collect())
    }
    let about = code.as_str().split('.').next().unwrap_or_default();
    match (about, param) {
        ("party" | "policy" | "visible" | "hidden" | "grant", "role") => of(Role::ALL.iter().map(|word| word.as_str())),
        (_, "resource") => of(Resource::ALL.iter().map(|word| word.as_str())),
        (_, "tie") | ("tie", "kind") => of(TieKind::ALL.iter().map(|word| word.as_str())),
        ("party", "kind") => of(PartyKind::ALL.iter().map(|word| word.as_str())),
        ("invitation", "method") => of(Method::ALL.iter().map(|word| word.as_str())),
        ("tie", "end") => of(["who", "of"]),
        ("password", "what") => of(["name", "username", "email", "agency"]),
        ("hash", "parameter") => of(["cost", "iterations", "memory", "rounds", "m", "t", "p", "r", "n*r*p"]),
        ("roster", "column") if code == Code::RosterColumnMissing => of(["Role", "Name"]),
        ("departure", "value") => of(["questions"]),
        (_, "setting") => Some(settings().into_iter().map(|finding| finding.params["setting"].to_string()).collect()),
        ("actor", "act") => {
            Some(behind("core/src/agency", &["act(", "may(", "not_allowed(", "&mut account, ", "with(\"act\","]))
        }
        ("input", "argument") => of(["this value", "what is asked for", "what is invited", "unusedDays", "options"]),
        ("input", "expected") => {
            let expected = expected();
            Some(expected.iter().cloned().chain(expected.iter().map(|takes| format!("{takes}, not int"))).collect())
        }
        _ => None,
    }
}

/// Findings on every setting that there is anything to say about.
fn settings() -> Vec<Finding> {
    fn set(value: &mut Value, to: u32) {
        match value {
            Value::Number(_) => *value = to.into(),
            Value::Bool(_) => *value = (to == 0).into(),
            Value::Object(fields) => fields.values_mut().for_each(|value| set(value, to)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for to in [0, u32::MAX] {
        let mut policy = serde_json::to_value(Policy::default()).expect("JSON");
        set(&mut policy, to);
        policy["recovery"]["method"] = "questions".into();
        let policy: Policy = serde_json::from_value(policy).expect("a policy");
        out.extend(policy.findings());
        out.extend(policy.departures());
    }
    let dear = Argon2Cost { memory_kib: u32::MAX, passes: u32::MAX, lanes: u32::MAX };
    out.extend(HashingLimits::default().findings(&dear));
    out.retain(|finding| finding.params.contains_key("setting"));
    out
}

/// Every code with params, wherever it stands in a case.
fn in_cases(value: &Value, out: &mut Vec<(Code, Params)>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| in_cases(value, out)),
        Value::Object(fields) => {
            let code = fields.get("code").and_then(Value::as_str).and_then(|code| code.parse().ok());
            let params = fields.get("params").and_then(|params| serde_json::from_value(params.clone()).ok());
            out.extend(code.map(|code| (code, params.unwrap_or_default())));
            fields.values().for_each(|value| in_cases(value, out));
        }
        _ => {}
    }
}

/// The finding in that language, with a number in place of what can be anything.
fn said(locale: Locale, code: Code, params: &Params, closed: &BTreeMap<&str, BTreeSet<String>>) -> String {
    let value = |name: &&'static str| {
        let given = params.get(*name).filter(|_| closed.contains_key(name)).cloned();
        (name.to_string(), given.unwrap_or(Param::Number(2)))
    };
    let params = code.params().iter().map(value).collect();
    Finding { params, ..Finding::new(code, "field") }.message(locale)
}

#[test]
fn no_finding_in_another_language_has_an_english_word() {
    let all = English::all();
    let mut cases = Vec::new();
    for (_, file) in case_files() {
        for case in &file.cases {
            in_cases(&case.given, &mut cases);
            in_cases(&case.expect, &mut cases);
        }
    }
    assert!(cases.len() > 1000, "the cases have findings");
    for code in Code::ALL {
        let closed: BTreeMap<&str, BTreeSet<String>> =
            code.params().iter().filter_map(|name| Some((*name, closed(*code, name)?))).collect();
        assert!(closed.values().all(|words| !words.is_empty()), "{code}");
        for (name, words) in &closed {
            for word in words {
                let params = Params::from([((*name).to_owned(), Param::from(word.as_str()))]);
                all.iter().for_each(|english| english.none_within(&said(english.locale, *code, &params, &closed)));
            }
        }
        for (_, params) in cases.iter().filter(|(found, _)| found == code) {
            all.iter().for_each(|english| english.none_within(&said(english.locale, *code, params, &closed)));
        }
    }
}

#[test]
fn no_other_text_in_another_language_has_an_english_word() {
    let [spanish, polish] = English::all();
    no_other_text(&spanish, file("es"));
    let mut texts: Value =
        serde_json::from_str(&std::fs::read_to_string(project().join("tests/languages/pl.json")).expect("a file"))
            .expect("JSON");
    texts["names"].take();
    no_other_text(&polish, texts);
}

fn no_other_text(english: &English, file: Value) {
    let locale = english.locale;
    let mut texts = Vec::new();
    strings(&file, false, &mut texts);
    texts.extend(Question::ALL.iter().map(|question| question.text(locale).to_owned()));
    assert!(texts.len() > 500, "the file has texts");

    // The files that are written: titles, results and problems.
    let rows = serde_json::json!([
        { "role": "office_staff", "name": { "first": "Ana", "last": "Ruiz" }, "already_created": true },
        { "role": "caregiver", "name": { "first": "Eva", "last": "Gil" }, "preferred": "email" },
        { "name": {} },
    ]);
    let rows: Vec<RosterRow> = serde_json::from_value(rows).expect("rows");
    let policy = Policy::default();
    let names = Usernames::new(&policy.username, "104", "US", Taken::default()).expect("a policy");
    let preview = Roster::from_rows(rows).preview(&[], &[], names, &policy, "US");
    let (mut all, mut failed) = (Vec::new(), Vec::new());
    preview.write_all(&mut all, locale).expect("memory can be written");
    preview.write_failed(&mut failed, locale).expect("memory can be written");
    texts.extend([all, failed].map(|written| String::from_utf8(written).expect("UTF-8")));
    for text in &texts {
        english.none_within(text);
    }
}

#[test]
fn every_word_that_calls_and_bindings_use_is_in_the_files() {
    for language in ["en", "es"] {
        let known = file(language);
        let expected = expected();
        assert!(expected.len() > 30, "{expected:?}");
        for phrase in expected {
            assert!(known["expected"].get(&phrase).is_some(), "{language} cannot say {phrase:?}");
        }
        for act in closed(Code::ActorNotAllowed, "act").expect("acts") {
            assert!(known["acts"].get(&act).is_some(), "{language} cannot say {act:?}");
        }
        for finding in settings() {
            let setting = finding.params["setting"].to_string();
            assert!(known["settings"].get(&setting).is_some(), "{language} cannot say {setting:?}");
        }
    }
}

#[test]
fn an_english_word_is_found() {
    let [english, _] = English::all();
    for (text, found) in [
        ("el rol caregiver no corresponde a organization", vec!["caregiver", "organization"]),
        ("unusedDays debe ser a whole number from 0", vec!["from", "number", "whole"]),
        ("session.idle_minutes debe estar entre 1 y 10080", vec!["idle", "minutes", "session"]),
        ("el hash pide memory por encima de 10", vec!["memory"]),
        ("hay {n:way|ways} de {office_staff}", vec!["way"]),
        ("el rol `caregiver` no existe", vec![]),
    ] {
        assert_eq!(english.within(text), found, "{text}");
    }
    for (word, _) in ALSO_SPANISH.iter().flat_map(|(list, why)| list.split(' ').map(move |word| (word, why))) {
        assert!(english.within(word).is_empty());
    }
}
