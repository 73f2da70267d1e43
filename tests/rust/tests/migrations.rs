//! Stores that earlier releases wrote, opened by this one. The files are in
//! `tests/stores`, each with what must hold of it (see the README there).
//!
//! Nobody loses a way in, and nobody gains one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use carekey::agency::{AgencySettings, AgencyState, Asks, Invitee, ManualClock, Redeemed, UserQuery};
use carekey::password::questions::Answer;
use carekey::store::{PostgresStore, Query, Record, Select, SqliteStore, Store, Test, record};
use carekey::words::{LinkAct, MessageKind, MessageState};
use carekey::{
    AccountId, Actor, Agency, ApplicationId, Code, Credentials, Directory, ErrorKind, Method, NewPassword, Office,
    PartyId, Resource, Role, Secret, SignIn, Source,
};
use carekey_tests::desk::{KEY, answers, code_in, digits_in, link_in, password_in, support};
use carekey_tests::postgres::Schema;
use serde_json::Value;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

/// A password that nobody had.
const NEW: &str = "Fresh!38 orchard";

/// Where a copy of a kept store is.
enum Place {
    File(TempDir),
    Schema(Schema),
}

/// A copy of a kept store, and what must hold of it.
struct Kept {
    place: Place,
    facts: Value,
    clock: ManualClock,
}

fn stores() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../stores")
}

impl Kept {
    fn of(name: &str) -> Self {
        let facts = std::fs::read_to_string(stores().join(format!("{name}.json"))).expect("what must hold");
        let facts: Value = serde_json::from_str(&facts).expect("JSON");
        let now = OffsetDateTime::from_unix_timestamp_nanos(i128::from(facts["now"].as_i64().unwrap()) * 1_000_000);
        let place = if name.ends_with(".sql") {
            let schema = Schema::new();
            let dump = std::fs::read_to_string(stores().join(name)).expect("the dump");
            schema.tool().batch_execute(&dump).expect("the tables of before");
            Place::Schema(schema)
        } else {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::copy(stores().join(name), folder.path().join("agency.db")).expect("a copy");
            Place::File(folder)
        };
        Self { place, facts, clock: ManualClock::new(now.expect("a moment")) }
    }

    fn file(&self) -> PathBuf {
        let Place::File(folder) = &self.place else { panic!("a file") };
        folder.path().join("agency.db")
    }

    fn address(&self) -> String {
        match &self.place {
            Place::File(_) => format!("sqlite:{}", self.file().display()),
            Place::Schema(schema) => schema.address(),
        }
    }

    fn open(&self) -> Directory {
        Directory::open_with(&self.address(), &KEY, self.clock.clone()).expect("the directory")
    }

    fn agency(&self) -> Agency {
        self.open().agency("104").expect("the agency")
    }

    /// Takes the tables to this release and no more: the process died before
    /// the pass with the key.
    fn migrate_only(&self) {
        match &self.place {
            Place::File(_) => drop(SqliteStore::open(&self.file()).expect("a store")),
            Place::Schema(schema) => drop(PostgresStore::open(&schema.address()).expect("a store")),
        }
    }

    fn who(&self, key: &str) -> &Value {
        let who = &self.facts["people"][key];
        assert!(who.is_object(), "{key}");
        who
    }

    fn account(&self, key: &str) -> AccountId {
        AccountId(text(self.who(key), "account").parse().expect("an id"))
    }

    fn party(&self, key: &str) -> PartyId {
        PartyId(text(self.who(key), "party").parse().expect("an id"))
    }

    /// All rows as text, so that two moments can be compared.
    fn rows(&self) -> Vec<String> {
        match &self.place {
            Place::File(_) => {
                let file = rusqlite::Connection::open(self.file()).expect("the file");
                let mut names = file
                    .prepare(
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
                    )
                    .unwrap();
                let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
                let mut rows = Vec::new();
                for name in names {
                    let mut all = file.prepare(&format!("SELECT * FROM \"{name}\" ORDER BY 1, 2")).unwrap();
                    let columns = all.column_count();
                    let mut found = all.query([]).unwrap();
                    while let Some(row) = found.next().unwrap() {
                        let values: Vec<rusqlite::types::Value> = (0..columns).map(|at| row.get(at).unwrap()).collect();
                        rows.push(format!("{name} {values:?}"));
                    }
                }
                rows
            }
            Place::Schema(schema) => {
                let mut tool = schema.tool();
                let names = tool
                    .query("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1", &[])
                    .unwrap();
                let mut rows = Vec::new();
                for name in names {
                    let name: String = name.get(0);
                    let all = format!("SELECT row_to_json(it)::text FROM \"{name}\" AS it ORDER BY 1");
                    rows.extend(
                        tool.query(&all, &[]).unwrap().iter().map(|row| format!("{name} {}", row.get::<_, String>(0))),
                    );
                }
                rows
            }
        }
    }
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_else(|| panic!("{name} in {of}"))
}

fn office(agency: &Agency) -> Office {
    agency.acting_as(support())
}

fn source() -> Source {
    Source::new("198.51.100.20")
}

fn sign_in(agency: &Agency, username: &str, password: &str) -> SignIn {
    let password = Secret::from(password);
    let credentials = Credentials { username, password: &password, remember: false, device: None };
    agency.sign_in(&credentials, &source()).expect("an answer")
}

fn set_new<T>(set: impl FnOnce(NewPassword<'_>) -> carekey::Result<T>) -> T {
    let password = Secret::from(NEW);
    set(NewPassword { new: &password, confirm: &password }).expect("a new password")
}

/// What was claimed: kind, address, text.
fn claim(agency: &Agency) -> Vec<(MessageKind, String, String)> {
    let claimed = agency.outbox().claim(1_000).expect("a claim");
    claimed.iter().map(|it| (it.kind, it.address.clone(), it.body.reveal().to_owned())).collect()
}

/// Recovers by a code to that address.
fn recover(agency: &Agency, username: &str, to: &str) -> Option<carekey::agency::Recovery> {
    let begun = agency.recover(username, &source()).expect("a recovery");
    let mail = claim(agency);
    let (_, _, body) = mail.iter().find(|(kind, address, _)| *kind == MessageKind::RecoveryCode && address == to)?;
    Some(agency.recovery_code(&begun.token, &digits_in(body).expect("a code"), &source()).expect("the right code"))
}

fn passwords_open_what_they_did(kept: &Kept) {
    let agency = kept.agency();
    for (key, who) in kept.facts["people"].as_object().unwrap() {
        let Some(password) = who["password"].as_str() else { continue };
        let answer = sign_in(&agency, text(who, "username"), password);
        let right = match key.as_str() {
            "disabled" | "locked" => matches!(answer, SignIn::Refused),
            "typed" | "reset" => matches!(answer, SignIn::ChangePassword(_)),
            "ssha" => matches!(answer, SignIn::SetQuestions(_)),
            // It has a word of the agency's name in it, which another system let
            // pass (P7).
            "bcrypt" => matches!(answer, SignIn::ChangePassword(_)),
            _ => matches!(answer, SignIn::Granted(_)),
        };
        assert!(right, "{key}: {answer:?}");
        assert!(matches!(sign_in(&agency, text(who, "username"), "Wrong!11 guess"), SignIn::Refused), "{key}");
    }
    // Renewed by that, it opens the same again.
    for (key, wants_questions) in [("ssha", true), ("bcrypt", false)] {
        let who = kept.who(key);
        let answer = sign_in(&agency, text(who, "username"), text(who, "password"));
        assert_eq!(matches!(answer, SignIn::SetQuestions(_)), wants_questions, "{key}: {answer:?}");
        assert!(!matches!(answer, SignIn::Refused), "{key}");
    }
    let other = &kept.facts["other"];
    let agency = kept.open().agency(text(other, "agency")).unwrap();
    assert!(matches!(sign_in(&agency, text(other, "username"), text(other, "password")), SignIn::Granted(_)));
    // The password of one agency opens nothing in the other.
    let ana = kept.who("caregiver");
    assert!(matches!(sign_in(&agency, text(ana, "username"), text(ana, "password")), SignIn::Refused));
}

/// What was not allowed, is not renewed.
fn what_other_systems_made_rests_sealed(kept: &Kept) {
    passwords_open_what_they_did(kept);
    let sealed = |rows: Vec<String>| rows.iter().filter(|row| row.contains("$carekey-sealed$")).count();
    assert_eq!(sealed(kept.rows()), 2, "that of bcrypt, and one of the past");
}

fn passwords_of_the_past_stay_barred(kept: &Kept) {
    let agency = kept.agency();
    for (key, old) in [("caregiver", "old_password"), ("caregiver", "password"), ("old_bcrypt", "old_password")] {
        let who = kept.who(key);
        let SignIn::Granted(session) = sign_in(&agency, text(who, "username"), text(who, "password")) else {
            panic!("{key}")
        };
        let (current, next) = (Secret::from(text(who, "password")), Secret::from(text(who, old)));
        let new = NewPassword { new: &next, confirm: &next };
        let error = agency.change_password(session.token.reveal(), &current, new, &source()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid, "{key} {old}");
        let codes: Vec<Code> = error.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&Code::PasswordReused) || codes.contains(&Code::PasswordSameAsCurrent), "{codes:?}");
    }
}

fn failures_go_on(kept: &Kept) {
    let agency = kept.agency();
    let (lou, two) = (kept.who("locked"), kept.who("failing"));
    assert!(matches!(sign_in(&agency, text(lou, "username"), text(lou, "password")), SignIn::Refused));
    // A session from before is live: a lock refuses passwords alone (E4).
    assert!(agency.session(text(lou, "session")).is_ok());
    // Two failures were counted: the third, fourth and fifth make five.
    for _ in 0..3 {
        assert!(matches!(sign_in(&agency, text(two, "username"), "Wrong!11 guess"), SignIn::Refused));
    }
    assert!(matches!(sign_in(&agency, text(two, "username"), text(two, "password")), SignIn::Refused));
    kept.clock.advance(Duration::minutes(16));
    for who in [lou, two] {
        assert!(matches!(sign_in(&agency, text(who, "username"), text(who, "password")), SignIn::Granted(_)));
    }
}

fn sessions_are_live_as_long_as_they_were(kept: &Kept) {
    let agency = kept.agency();
    let (ana, eve) = (kept.who("caregiver"), kept.who("contact"));
    let party = kept.party("caregiver");
    for (who, session) in [(ana, "session"), (ana, "remembered"), (eve, "session")] {
        let found = agency.session(text(who, session)).expect("live");
        assert_eq!(found.account.to_string(), text(who, "account"));
        assert_eq!(found.party.map(|party| party.to_string()).as_deref(), who["party"].as_str());
    }
    assert_eq!(agency.session(text(ana, "session")).unwrap().parties, [party]);
    kept.clock.advance(Duration::minutes(20));
    assert_eq!(agency.session(text(ana, "session")).unwrap_err().code, Code::SessionEnded);
    kept.clock.advance(Duration::days(29));
    assert!(agency.session(text(ana, "remembered")).is_ok());
    kept.clock.advance(Duration::days(1));
    assert_eq!(agency.session(text(ana, "remembered")).unwrap_err().code, Code::SessionEnded);
}

fn activation_links_are_good_and_prove_what_they_went_to(kept: &Kept) {
    let agency = kept.agency();
    let mail = claim(&agency);
    let waited = mail.iter().find(|(_, to, _)| to == "ivo.stone@example.com").expect("it waits still");
    // In the agency's own words.
    assert!(waited.2.starts_with("Hello Ivo Stone, come to https://"), "{}", waited.2);
    let waited = link_in(&waited.2).expect("a link");
    for key in ["invited_sent", "invited_by_sms", "invited_waits", "corrected"] {
        let who = kept.who(key);
        let link = who["link"].as_str().unwrap_or(&waited).to_owned();
        assert_eq!(agency.activation(&link).unwrap(), text(who, "username"), "{key}");
        set_new(|new| agency.activate(&link, new, &source()));
        assert!(matches!(sign_in(&agency, text(who, "username"), NEW), SignIn::SetQuestions(_)), "{key}");
        assert_eq!(agency.activation(&link).unwrap_err().code, Code::StepRefused, "{key}");
        // Where the link went to a wrong address, nobody has shown the right
        // one to be theirs: the office helps.
        let to = who["email"].as_str().unwrap_or_else(|| text(who, "to"));
        let recovered = recover(&agency, text(who, "username"), to);
        assert_eq!(recovered.is_some(), key != "corrected", "{key}");
    }
}

fn temporary_passwords_are_good_and_prove_what_they_went_to(kept: &Kept) {
    let agency = kept.agency();
    let cora = kept.who("temporary_waits");
    let mail = claim(&agency);
    let (_, _, body) = mail.iter().find(|(_, to, _)| to == text(cora, "to")).expect("it waits still");
    let password = password_in(body).expect("a password");
    let SignIn::ChangePassword(step) = sign_in(&agency, text(cora, "username"), password.reveal()) else { panic!() };
    let answer = set_new(|new| agency.choose_password(&step.token, new, &source()));
    assert!(matches!(answer, SignIn::SetQuestions(_)));
    assert!(recover(&agency, text(cora, "username"), text(cora, "to")).is_some());
}

fn recoveries_go_to_where_they_did(kept: &Kept) {
    let agency = kept.agency();
    let active = [
        "manager",
        "caregiver",
        "client",
        "staff",
        "contact",
        "contact_ended",
        "payer",
        "father",
        "mother",
        "ssha",
        "unlinked",
        "locked",
        "code",
        "family_client",
        "two_families",
    ];
    claim(&agency);
    for key in active {
        let who = kept.who(key);
        let to = who["email"].as_str().unwrap_or_else(|| text(who, "phone"));
        let next = recover(&agency, text(who, "username"), to).unwrap_or_else(|| panic!("{key}: no code to {to}"));
        let step = match next.asks {
            // No questions were set by whoever was imported.
            Asks::NewPassword => next,
            _ => agency.recovery_answers(&next.token, &answers(), &source()).expect("the right answers"),
        };
        assert_eq!(step.asks, Asks::NewPassword, "{key}");
        set_new(|new| agency.finish_recovery(&step.token, new, &source()));
        assert!(!matches!(sign_in(&agency, text(who, "username"), NEW), SignIn::Refused), "{key}");
    }
    for key in ["disabled", "typed", "reset", "invited_sent"] {
        let who = kept.who(key);
        agency.recover(text(who, "username"), &source()).unwrap();
        assert!(claim(&agency).iter().all(|(kind, ..)| *kind != MessageKind::RecoveryCode), "{key}");
    }
    let wrong = [Answer { question: "first_pet", answer: "Tom the First" }, answers()[1], answers()[2]];
    let ana = kept.who("bcrypt");
    let next = recover(&agency, text(ana, "username"), text(ana, "email")).expect("a code");
    assert!(agency.recovery_answers(&next.token, &wrong, &source()).is_err());
}

fn a_recovery_under_way_goes_on_at_its_last_step_or_is_begun_anew(kept: &Kept) {
    let agency = kept.agency();
    let (rita, neil, rolf) = (kept.who("code"), kept.who("new_password"), kept.who("code_waits"));
    let token = Secret::from(text(neil, "token"));
    set_new(|new| agency.finish_recovery(&token, new, &source()));
    assert!(matches!(sign_in(&agency, text(neil, "username"), NEW), SignIn::Granted(_)));
    // A code of before is counted nowhere any more: it opens nothing, and the
    // message that holds one is not sent.
    let token = Secret::from(text(rita, "token"));
    let error = agency.recovery_code(&token, text(rita, "code"), &source()).unwrap_err();
    assert_eq!(error.code, Code::RecoveryRefused);
    assert!(claim(&agency).iter().all(|(_, to, _)| to != text(rolf, "email")));
    assert!(recover(&agency, text(rolf, "username"), text(rolf, "email")).is_some());
}

fn invitations_are_good_once(kept: &Kept) {
    let agency = kept.agency();
    let sent = &kept.facts["invitations"]["sent"];
    let seen = agency.look_at_invitation(text(sent, "link")).expect("good still");
    assert_eq!(seen.application.as_deref(), Some("F-5"));
    let redeemed = agency.redeem_code(text(sent, "code"), text(sent, "contact"), None, &source()).unwrap();
    let Redeemed::NewAccount { account, .. } = redeemed else { panic!("{redeemed:?}") };
    assert!(agency.redeem_link(text(sent, "link"), None, &source()).is_err());
    let application = ApplicationId(text(sent, "application").parse().unwrap());
    let seen = agency.seen_by(Resource::Application, application).unwrap();
    assert!(seen.iter().all(|(who, _)| *who == account));
    // Of two that wait for one family, the first is dead and not sent.
    let waits = &kept.facts["invitations"]["waits"];
    let mail = claim(&agency);
    let mail: Vec<_> = mail.iter().filter(|(_, to, _)| to == text(waits, "contact")).collect();
    assert_eq!(mail.len(), 2, "one for the family, one for its application");
    for (_, _, body) in &mail {
        assert!(agency.look_at_invitation(&link_in(body).unwrap()).is_ok());
    }
    // Cancelling one withdraws what waits of it: it is known by its invitation.
    let party = PartyId(text(waits, "party").parse().unwrap());
    office(&agency).cancel_invitation(Invitee::Party(party)).unwrap();
    let dead = mail.iter().filter(|(_, _, body)| agency.look_at_invitation(&link_in(body).unwrap()).is_err());
    let dead: Vec<_> = dead.collect();
    assert_eq!(dead.len(), 1);
    let code = code_in(&dead[0].2).expect("a code");
    assert!(agency.redeem_code(&code, text(waits, "contact"), None, &source()).is_err());
}

fn an_invitation_to_a_known_contact_asks_to_sign_in_first(kept: &Kept) {
    let agency = kept.agency();
    let per = kept.who("two_families");
    let office = office(&agency);
    let party = PartyId(text(&kept.facts, "family").parse().unwrap());
    let new = carekey::agency::NewApplication { number: "F-9".to_owned(), family: party, submitted_at: None };
    claim(&agency);
    office.add_application(&new).unwrap();
    let mail = claim(&agency);
    let link = mail.iter().find_map(|(_, _, body)| link_in(body)).expect("an invitation");
    let redeemed = agency.redeem_link(&link, None, &source()).unwrap();
    assert!(matches!(redeemed, Redeemed::SignInFirst), "{redeemed:?}");
    let SignIn::Granted(session) = sign_in(&agency, text(per, "username"), text(per, "password")) else { panic!() };
    let redeemed = agency.redeem_link(&link, Some(session.token.reveal()), &source()).unwrap();
    assert!(matches!(redeemed, Redeemed::Linked { .. }));
}

/// What there was to be seen when the kept stores were written.
const RESOURCES: [Resource; 7] = [
    Resource::Dashboard,
    Resource::Invoices,
    Resource::Calendar,
    Resource::ServicePlan,
    Resource::MessageOwner,
    Resource::Application,
    Resource::Profile,
];

/// `account resource whose` of all that is allowed.
fn allowed(kept: &Kept, agency: &Agency) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    let parties = agency.find_parties("", 0, 1_000).unwrap();
    for user in kept.facts["users"].as_array().unwrap() {
        let account = AccountId(text(user, "account").parse().unwrap());
        // Before version 5 there were fewer resources.
        let known: &[Resource] = if kept.facts["of_5"].is_null() { &RESOURCES } else { Resource::ALL };
        for resource in known.iter().copied() {
            let mut ask = |of: String, whose: carekey::agency::Whose| {
                if agency.can_see(account, resource, whose).unwrap().allowed {
                    allowed.insert(format!("{account} {resource} {of}"));
                }
            };
            ask("own".to_owned(), carekey::agency::Whose::Own);
            for party in &parties {
                ask(party.id.to_string(), party.id.into());
            }
            for application in kept.facts["applications"].as_array().unwrap() {
                let id = ApplicationId(text(application, "id").parse().unwrap());
                ask(id.to_string(), id.into());
            }
        }
    }
    allowed
}

fn everyone_sees_what_they_saw(kept: &Kept) {
    let agency = kept.agency();
    let now = allowed(kept, &agency);
    let before: BTreeSet<String> =
        kept.facts["sees"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect();
    // The second parent of a family was linked to an application and shown nothing:
    // now they see what they redeemed (C5).
    let (mother, family) = (kept.who("mother"), text(&kept.facts, "family"));
    let (account, application) = (text(mother, "account"), text(mother, "application"));
    let mut theirs = [
        format!("application {application}"),
        "application own".to_owned(),
        format!("dashboard {family}"),
        "dashboard own".to_owned(),
        format!("profile {family}"),
    ]
    .map(|what| format!("{account} {what}"));
    theirs.sort();
    assert_eq!(now.difference(&before).collect::<Vec<_>>(), theirs.iter().collect::<Vec<_>>());
    // The role that a tie conveys is there while the tie is in force (R), and with it
    // what it opens to whoever has it.
    let lost: BTreeSet<String> = before.difference(&now).cloned().collect();
    let mut over = BTreeSet::new();
    for (key, resource) in [
        ("contact_ended", "message_owner"),
        ("contact_future", "message_owner"),
        ("caregiver_was_contact", "message_owner"),
        ("payer_ended", "dashboard"),
        ("payer_future", "dashboard"),
    ] {
        let (account, party) = (kept.account(key), kept.party(key));
        over.extend([format!("{account} {resource} own"), format!("{account} {resource} {party}")]);
    }
    assert_eq!(lost, over);
}

fn everyone_sees_the_same(kept: &Kept) {
    let before = kept.facts["sees"].as_array().unwrap();
    let before: BTreeSet<String> = before.iter().map(|line| line.as_str().unwrap().to_owned()).collect();
    let now = allowed(kept, &kept.agency());
    let (lost, gained): (Vec<_>, Vec<_>) = (before.difference(&now).collect(), now.difference(&before).collect());
    assert!(lost.is_empty() && gained.is_empty(), "lost: {lost:?}, gained: {gained:?}");
}

fn roles_by_tie_last_as_long_as_the_tie(kept: &Kept) {
    let agency = kept.agency();
    let has = |key: &str, role: Role| agency.party(kept.party(key)).unwrap().roles.contains(&role);
    let contact = Role::EmergencyContact;
    assert!(has("contact", contact) && has("caregiver_contact", contact) && has("payer", Role::Payer));
    assert!(!has("contact_ended", contact) && !has("contact_future", contact));
    assert!(!has("payer_ended", Role::Payer) && !has("payer_future", Role::Payer));
    assert!(!has("caregiver_was_contact", contact) && has("caregiver_was_contact", Role::Caregiver));
    // What the office made someone, with no tie, stays.
    assert!(has("made_contact", contact));
    assert!(agency.party(kept.party("contact")).unwrap().conveyed.contains(&contact));
    let client = kept.party("client");
    let sees = |key: &str| agency.can_see(kept.account(key), Resource::Invoices, client).unwrap().allowed;
    assert!(sees("contact") && sees("payer") && sees("staff"));
    assert!(!sees("contact_ended") && !sees("contact_future") && !sees("payer_future"));
    let begins = kept.facts["tie_begins"].as_i64().unwrap() - kept.facts["now"].as_i64().unwrap();
    kept.clock.advance(Duration::milliseconds(begins));
    assert!(has("contact_future", contact) && has("payer_future", Role::Payer));
    assert!(sees("contact_future") && sees("payer_future"));
    // Those had their account when the tie was made: nobody is enrolled twice.
    let before = agency.party(kept.party("contact_future")).unwrap().accounts;
    claim(&agency);
    assert_eq!(agency.party(kept.party("contact_future")).unwrap().accounts, before);
}

fn links_are_those_that_were(kept: &Kept) {
    let agency = kept.agency();
    let family = agency.party(PartyId(text(&kept.facts, "family").parse().unwrap())).unwrap();
    let parents = [kept.account("father"), kept.account("mother")];
    assert_eq!(family.accounts.iter().copied().collect::<BTreeSet<_>>(), parents.into_iter().collect());
    let per = kept.who("two_families");
    let SignIn::Granted(session) = sign_in(&agency, text(per, "username"), text(per, "password")) else { panic!() };
    let parties: Vec<String> =
        agency.session(session.token.reveal()).unwrap().parties.iter().map(ToString::to_string).collect();
    let expected: Vec<&str> = per["parties"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(parties, expected, "that which it was made for comes first");
    let siv = kept.who("unlinked");
    let SignIn::Granted(session) = sign_in(&agency, text(siv, "username"), text(siv, "password")) else { panic!() };
    assert_eq!(agency.session(session.token.reveal()).unwrap().parties, []);
    // One parent's link ends, the other's stays.
    let (father, mother) = (kept.who("father"), kept.who("mother"));
    let [f1, f2] = [father, mother].map(|it| ApplicationId(text(it, "application").parse().unwrap()));
    office(&agency).unlink(Invitee::Application(f1)).unwrap();
    let sees =
        |key: &str, of: ApplicationId| agency.can_see(kept.account(key), Resource::Application, of).unwrap().allowed;
    assert!(!sees("father", f1) && sees("mother", f2));
}

/// The rows of one record, of the agency.
fn records<R: Record>(kept: &Kept, agency: &Agency) -> Vec<R> {
    let select = Select::all::<R>(agency.id());
    let found = match &kept.place {
        Place::File(_) => SqliteStore::open(&kept.file()).unwrap().find(&select),
        Place::Schema(schema) => PostgresStore::open(&schema.address()).unwrap().find(&select),
    };
    found.unwrap().into_iter().map(|row| R::from_row(row).unwrap()).collect()
}

fn links_say_by_which_act(kept: &Kept) {
    let agency = kept.agency();
    let links: Vec<record::Link> = records(kept, &agency);
    let of = |key: &str| {
        let mut mine: Vec<&record::Link> = links.iter().filter(|link| link.account == kept.account(key)).collect();
        mine.sort_by_key(|link| link.since);
        mine
    };
    for (key, act, by) in [
        ("caregiver", LinkAct::Enrolled, "Pat Long"),
        ("staff", LinkAct::Linked, "Mara Gold"),
        ("father", LinkAct::Redeemed, "Nils Berg"),
        ("two_families", LinkAct::Redeemed, "Per Olsen"),
    ] {
        let link = of(key)[0];
        assert_eq!((link.act, link.by.as_str(), link.ends_at), (act, by, None), "{key}");
    }
    let sole = |key: &str| of(key).iter().map(|link| (link.application.is_some(), link.sole)).collect::<Vec<_>>();
    let application = |key: &str| text(kept.who(key), "application").parse().unwrap();
    assert_eq!(sole("caregiver"), [(false, Some(kept.party("caregiver").0))]);
    assert_eq!(sole("father"), [(true, Some(application("father")))]);
    assert_eq!(sole("mother"), [(true, Some(application("mother")))]);
    assert_eq!(sole("two_families"), [(false, None), (false, None)]);
    let mut both = sole("family_client");
    both.sort();
    assert_eq!(both, [(false, Some(kept.party("family_client").0)), (true, Some(application("family_client")))]);
    for key in ["deleted", "deleted_staff", "unlinked", "manager", "typed"] {
        assert!(of(key).is_empty(), "{key}");
    }
}

fn contacts_are_proven_where_codes_went(kept: &Kept) {
    let agency = kept.agency();
    let contacts: Vec<record::Contact> = records(kept, &agency);
    let accounts: Vec<record::Account> = records(kept, &agency);
    let of = |key: &str| {
        let id = kept.account(key);
        let mut mine: Vec<(Method, &str, bool, bool)> = contacts
            .iter()
            .filter(|contact| contact.account == id)
            .map(|contact| {
                assert_eq!(contact.canonical, carekey::username::canonical(&contact.address, "US"));
                let account = accounts.iter().find(|account| account.id == id).unwrap();
                let written_to = account.written_to == Some(contact.id);
                (contact.method, contact.address.as_str(), contact.proven_at.is_some(), written_to)
            })
            .collect();
        mine.sort();
        mine
    };
    assert_eq!(of("caregiver"), [(Method::Email, "Ana.Ruiz@Example.com", true, true)]);
    let staff =
        [(Method::Email, "felicia.conner@example.com", true, true), (Method::Sms, "+15196721843", false, false)];
    assert_eq!(of("staff"), staff);
    let sms = [(Method::Email, "sam.field@example.com", false, false), (Method::Sms, "+15196720101", false, true)];
    assert_eq!(of("invited_by_sms"), sms);
    assert_eq!(of("corrected"), [(Method::Email, "tod.moor@example.com", false, false)]);
    assert_eq!(of("mother"), [(Method::Sms, "+15196720202", true, true)]);
    assert_eq!(of("ssha"), [(Method::Email, "ola.salt@example.com", true, true)]);
    assert_eq!(of("disabled"), [(Method::Email, "dora.down@example.com", true, true)]);
    assert_eq!(of("deleted"), []);
}

fn of_names_of_those_deleted_digests_stay(kept: &Kept) {
    let agency = kept.agency();
    let used: Vec<record::UsedName> = records(kept, &agency);
    let of = |key: &str| used.iter().filter(|used| used.account == kept.account(key)).collect::<Vec<_>>();
    let at = kept.who("deleted")["at"].as_i64().map(i128::from).unwrap() * 1_000_000;
    assert_eq!(of("deleted").len(), 2);
    for used in of("deleted") {
        // Of what a later one deleted, there is a digest of the name itself as well.
        let is_digest = |text: &str| text.is_empty() || text.starts_with("$digest$");
        assert!(is_digest(&used.canonical) && used.skeleton.starts_with("$digest$"));
        assert_eq!(used.retired_at.map(OffsetDateTime::unix_timestamp_nanos), Some(at), "it was then");
    }
    let staff = of("deleted_staff");
    assert_eq!(staff[0].canonical, text(kept.who("deleted_staff"), "username"));
    assert!(staff[0].retired_at.is_some() && of("caregiver")[0].retired_at.is_none());
}

fn lists_say_what_they_said(kept: &Kept) {
    let agency = kept.agency();
    let office = office(&agency);
    let query = UserQuery { show_disabled: true, limit: 1_000, ..UserQuery::default() };
    let users = office.users(&query).unwrap().users;
    let before = kept.facts["users"].as_array().unwrap();
    assert_eq!(users.len(), before.len());
    let shown: Vec<&str> = users.iter().map(|user| user.display_name.as_str()).collect();
    assert!(shown.is_sorted(), "by name, companies among people (A4): {shown:?}");
    for before in before {
        let account = text(before, "account");
        let user = users.iter().find(|user| user.account.to_string() == account).expect(account);
        assert_eq!(user.username, text(before, "username"));
        assert_eq!(user.display_name, text(before, "display_name"));
        assert_eq!(user.state.as_str(), text(before, "state"), "{}", user.username);
        assert_eq!(Some(user.is_manager), before["is_manager"].as_bool());
        assert_eq!(user.note.as_deref(), before["note"].as_str());
        assert_eq!(user.party.map(|it| it.to_string()).as_deref(), before["party"].as_str(), "{}", user.username);
    }
    let applications = office.applications(None, 0, 100).unwrap();
    let before = kept.facts["applications"].as_array().unwrap();
    assert_eq!(applications.len(), before.len());
    for (row, before) in applications.iter().zip(before) {
        assert_eq!(row.number, text(before, "number"));
        assert_eq!(format!("{:?}", row.online_account), text(before, "online"), "{}", row.number);
    }
    // The manager manages as before.
    agency.acting_as(Actor::Account(kept.account("manager"))).enable(kept.account("disabled")).unwrap();
    let dora = kept.who("disabled");
    assert!(matches!(sign_in(&agency, text(dora, "username"), text(dora, "password")), SignIn::Granted(_)));
}

fn histories_verify(kept: &Kept) {
    let agency = kept.agency();
    for (account, lines) in kept.facts["histories"].as_object().unwrap() {
        let account = AccountId(account.parse().unwrap());
        agency.verify_history(account).unwrap();
        assert_eq!(agency.history(account).unwrap().len() as u64, lines.as_u64().unwrap());
    }
    for key in ["deleted", "deleted_staff"] {
        agency.verify_history(kept.account(key)).unwrap();
    }
    agency.verify_agency_history().unwrap();
    assert_eq!(agency.agency_history().unwrap().len() as u64, kept.facts["agency_history"].as_u64().unwrap());
    kept.open().agency("105").unwrap().verify_agency_history().unwrap();
}

/// Whoever begins to follow is given the lines of before, each once and after
/// the one that its history has before it (H).
fn the_feed_has_the_lines_of_before(kept: &Kept) {
    let agency = kept.agency();
    let query = carekey::agency::FeedQuery { limit: 7, ..Default::default() };
    let mut seen: std::collections::BTreeMap<_, Vec<carekey::history::Line>> = Default::default();
    for found in query.lines(&office(&agency)) {
        let found = found.unwrap();
        let lines = seen.entry(found.account).or_default();
        let is_next = lines.last().is_none_or(|last| last.sequence + 1 == found.line.sequence);
        assert!(is_next || found.account.is_none(), "{found:?}");
        lines.push(found.line);
    }
    let own = seen.remove(&None).unwrap();
    assert_eq!(own.len() as u64, kept.facts["agency_history"].as_u64().unwrap());
    for (account, lines) in &seen {
        assert_eq!(agency.history(account.unwrap()).unwrap(), *lines);
    }
    let histories = kept.facts["histories"].as_object().unwrap();
    assert!(histories.keys().all(|id| seen.contains_key(&Some(AccountId(id.parse().unwrap())))));
}

fn a_history_of_before_that_is_removed_is_missed(kept: &Kept) {
    let agency = kept.agency();
    let gone = kept.account("disabled").0;
    match &kept.place {
        Place::File(_) => {
            let file = rusqlite::Connection::open(kept.file()).unwrap();
            let id = gone.as_bytes().as_slice();
            file.execute("DELETE FROM event WHERE subject = ?1", [id]).unwrap();
            file.execute("DELETE FROM account WHERE id = ?1", [id]).unwrap();
        }
        Place::Schema(schema) => {
            let id = gone.to_string();
            let sql = format!("DELETE FROM event WHERE subject = '{id}'; DELETE FROM account WHERE id = '{id}'");
            schema.tool().batch_execute(&sql).unwrap();
        }
    }
    assert_eq!(agency.verify_agency_history().unwrap_err().code, Code::HistoryRemoved);
}

fn names_of_those_deleted_stay_taken(kept: &Kept) {
    let agency = kept.agency();
    let office = office(&agency);
    for email in kept.who("deleted")["emails"].as_array().unwrap() {
        let new = carekey_tests::desk::new_person("Gus Again", Role::Caregiver, email.as_str().unwrap());
        let party = office.add_party(&new).unwrap().party;
        let error = office.create_account(party, Role::Caregiver, None).unwrap_err();
        assert!(error.findings.iter().any(|finding| finding.code == Code::UsernameRetired), "{error:?}");
    }
    assert!(matches!(sign_in(&agency, "gus.gone@example.net", "Lantern#47 tide"), SignIn::Refused));
    let gone = text(kept.who("deleted_staff"), "username");
    let staff =
        carekey::agency::NewStaff { username: Some(gone.to_owned()), ..carekey_tests::desk::new_staff("Hal", "Gone") };
    assert!(office.create_staff_account(&staff, None).is_err());
}

fn a_second_opening_changes_nothing(kept: &Kept) {
    drop(kept.open());
    let once = kept.rows();
    kept.clock.advance(Duration::hours(1));
    drop(kept.open());
    assert_eq!(kept.rows(), once);
}

fn what_was_broken_off_is_finished(kept: &Kept) {
    kept.migrate_only();
    let between = kept.rows();
    assert!(between.iter().any(|row| row.contains(text(kept.who("ssha"), "hash"))), "it takes the key to seal");
    let agency = kept.agency();
    agency.verify_agency_history().unwrap();
    assert!(kept.rows().iter().all(|row| !row.contains(text(kept.who("ssha"), "hash"))));
    let lou = kept.who("locked");
    assert!(matches!(sign_in(&agency, text(lou, "username"), text(lou, "password")), SignIn::Refused));
    assert!(agency.session(text(kept.who("caregiver"), "session")).is_ok());
}

fn processes_that_open_it_together_bring_it_up_once(kept: &Kept) {
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(kept.open()));
        }
    });
    let agency = kept.agency();
    agency.verify_agency_history().unwrap();
    passwords_open_what_they_did(kept);
}

fn another_key_is_refused(kept: &Kept) {
    let before = kept.rows();
    let opened = Directory::open_with(&kept.address(), &[8; 32], kept.clock.clone());
    assert_eq!(opened.err().map(|error| error.code), Some(Code::KeyWrong));
    assert_eq!(kept.rows(), before);
}

fn messages_say_what_they_carry(kept: &Kept) {
    let agency = kept.agency();
    let withdrawn = office(&agency).messages(Some(MessageState::Withdrawn), 0, 100).unwrap();
    let mut withdrawn: Vec<(MessageKind, String)> =
        withdrawn.into_iter().map(|message| (message.kind, message.address)).collect();
    withdrawn.sort_by_key(|(kind, to)| (kind.as_str(), to.clone()));
    let expected = [
        (MessageKind::Invitation, "lotte.wade@example.com".to_owned()),
        (MessageKind::RecoveryCode, "rolf.wait@example.com".to_owned()),
    ];
    assert_eq!(withdrawn, expected);
    let waiting: Vec<MessageKind> =
        office(&agency).messages(Some(MessageState::Waiting), 0, 100).unwrap().iter().map(|it| it.kind).collect();
    assert!(waiting.contains(&MessageKind::MessageOwner) && waiting.contains(&MessageKind::Registration));
    // What a message carries is dead in its time, and it is not sent then.
    kept.clock.advance(Duration::days(40));
    assert!(claim(&agency).iter().all(|(kind, ..)| *kind == MessageKind::MessageOwner));
}

fn what_was_merged_granted_and_printed_is_there(kept: &Kept) {
    let (agency, of) = (kept.agency(), &kept.facts["of_5"]);
    let office = office(&agency);
    let party = |of: &Value, name: &str| PartyId(text(of, name).parse().expect("an id"));
    let merged = &of["merged"];
    assert_eq!(office.party_file(party(merged, "gone"), None).unwrap_err().code, Code::PartyMerged);
    office.split_party(party(merged, "gone")).expect("what was merged is split");

    let represents = &of["representative"];
    let file = office.party_file(party(represents, "of"), None).unwrap();
    let tie = file.ties.iter().find(|tie| tie.who == party(represents, "who")).expect("the tie");
    assert_eq!(tie.reference.as_deref(), represents["reference"].as_str());

    let given = &of["grant"];
    let grants = office.grants(party(given, "to"), None).unwrap();
    let reasons: Vec<Option<&str>> = grants.iter().map(|grant| grant.reason.as_deref()).collect();
    assert!(reasons.contains(&given["reason"].as_str()), "{reasons:?}");

    let printed = &of["printed"];
    let redeemed = agency.redeem_code(text(printed, "code"), text(printed, "contact"), None, &source()).unwrap();
    assert!(matches!(redeemed, Redeemed::NewAccount { .. }), "{redeemed:?}");
}

/// A thief's change of a contact and of the answers is undone by the owner's
/// objection of before, and a change that waited is confirmed (C3).
fn own_contacts_under_way_go_on(kept: &Kept) {
    let (agency, of) = (kept.agency(), &kept.facts["of_6"]);
    let objects = &of["objects"];
    agency.object_to_contact(text(objects, "link"), &source()).expect("good for 30 days");
    let account = AccountId(text(objects, "account").parse().unwrap());
    assert_eq!(office(&agency).user(account).unwrap().username, text(objects, "email"));
    let next = recover(&agency, text(objects, "email"), text(objects, "email")).expect("a code to the owner");
    let step = agency.recovery_answers(&next.token, &answers(), &source()).expect("the owner's answers");
    assert_eq!(step.asks, Asks::NewPassword);
    assert!(recover(&agency, text(objects, "email"), text(objects, "thief")).is_none());

    let waits = &of["waits"];
    assert_eq!(agency.confirm_contact(text(waits, "link"), &source()).unwrap(), text(waits, "email"));
    assert!(matches!(sign_in(&agency, text(waits, "email"), text(waits, "password")), SignIn::Granted(_)));
}

/// One stays suspended until it is resumed, its export of before verifies;
/// the code of one that is gone is given to nobody (A9).
fn agencies_that_ended_stay_so(kept: &Kept, name: &str) {
    let (directory, of) = (kept.open(), &kept.facts["of_7"]);
    let (suspended, gone) = (text(of, "suspended"), text(of, "gone"));
    let rows = directory.agency_rows().unwrap();
    let row = |code: &str| rows.iter().find(|row| row.code == code).expect("a row");
    assert_eq!((row(suspended).state, row(gone).state), (AgencyState::Suspended, AgencyState::Deleted));
    assert_eq!(row(suspended).reason.as_deref(), of["reason"].as_str());
    let settings = AgencySettings::new(gone, "Another", "https://another.example.com");
    assert_eq!(directory.create_agency(settings, &support()).err().unwrap().code, Code::AgencyDeleted);

    let file = stores().join(format!("{name}.jsonl"));
    let export = carekey::agency::verify_export_at(&file, &KEY).expect("the export of before");
    assert_eq!(export.agency, suspended);
    directory.resume_agency(suspended, &support()).expect("it opens again");
    let agency = directory.agency(suspended).unwrap();
    assert!(matches!(sign_in(&agency, text(of, "username"), text(of, "password")), SignIn::Granted(_)));
    directory.suspend_agency(suspended, "Again", &support()).unwrap();
    // What happened since is not in it.
    let refused = directory.delete_agency_by(suspended, &file, &support()).unwrap_err();
    assert_eq!(refused.code, Code::AgencyNotExported);
}

macro_rules! of_store {
    ($module:ident $store:literal $attribute:tt $($name:ident)+) => {
        mod $module { $( #[test] #$attribute fn $name() { super::$name(&super::Kept::of($store)); } )+ }
    };
}

/// Versions in which the contact of a party was that of its account: what had
/// to be made of that.
macro_rules! before_contacts {
    ($($name:ident),+ $(,)?) => {
        of_store! { version_1 "v1.db" [cfg(all())] $($name)+ }
        of_store! { version_2 "v2.db" [cfg(all())] $($name)+ }
        of_store! { version_2_on_postgres "v2.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
    };
}

macro_rules! since_contacts {
    ($($name:ident),+ $(,)?) => {
        of_store! { version_3 "v3.db" [cfg(all())] $($name)+ }
        of_store! { version_3_on_postgres "v3.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
        of_store! { version_4 "v4.db" [cfg(all())] $($name)+ }
        of_store! { version_4_on_postgres "v4.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
        of_store! { version_5 "v5.db" [cfg(all())] $($name)+ }
        of_store! { version_5_on_postgres "v5.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
        of_store! { version_6 "v6.db" [cfg(all())] $($name)+ }
        of_store! { version_6_on_postgres "v6.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
        of_store! { version_7 "v7.db" [cfg(all())] $($name)+ }
        of_store! { version_7_on_postgres "v7.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
        of_store! { version_8 "v8.db" [cfg(all())] $($name)+ }
        of_store! { version_8_on_postgres "v8.sql" [ignore = "needs a PostgreSQL server"] $($name)+ }
    };
}

/// What lists say how many there are of, in each agency: as if it were counted.
fn totals_are_those_of_the_rows(kept: &Kept) {
    drop(kept.open());
    let store: Box<dyn Store> = match &kept.place {
        Place::File(_) => Box::new(SqliteStore::open(&kept.file()).expect("a store")),
        Place::Schema(schema) => Box::new(PostgresStore::open(&schema.address()).expect("a store")),
    };
    let mut counted = 0;
    for agency in store.find(Query::agencies().select()).expect("agencies") {
        let here = record::Agency::from_row(agency).expect("an agency").id;
        for table in record::TABLES.iter().filter(|table| table.totals.is_some()) {
            let all = Query::<record::Agency>::all(here);
            let all = Select { table, ..all.select().clone() };
            let there = all.clone().and("deleted_at", Test::Null(true));
            let selects = if table.position("deleted_at").is_some() { vec![all, there] } else { vec![all] };
            for select in selects {
                let rows = store.find(&select).expect("rows").len() as u64;
                assert_eq!(store.count(&select).expect("a count"), rows, "{}", table.name);
                counted += rows;
            }
        }
    }
    assert!(counted > 20, "{counted}");
}

before_contacts! {
    totals_are_those_of_the_rows,
    passwords_open_what_they_did,
    what_other_systems_made_rests_sealed,
    passwords_of_the_past_stay_barred,
    failures_go_on,
    sessions_are_live_as_long_as_they_were,
    activation_links_are_good_and_prove_what_they_went_to,
    temporary_passwords_are_good_and_prove_what_they_went_to,
    recoveries_go_to_where_they_did,
    a_recovery_under_way_goes_on_at_its_last_step_or_is_begun_anew,
    invitations_are_good_once,
    an_invitation_to_a_known_contact_asks_to_sign_in_first,
    everyone_sees_what_they_saw,
    roles_by_tie_last_as_long_as_the_tie,
    links_are_those_that_were,
    links_say_by_which_act,
    contacts_are_proven_where_codes_went,
    of_names_of_those_deleted_digests_stay,
    lists_say_what_they_said,
    histories_verify,
    the_feed_has_the_lines_of_before,
    a_history_of_before_that_is_removed_is_missed,
    names_of_those_deleted_stay_taken,
    a_second_opening_changes_nothing,
    what_was_broken_off_is_finished,
    processes_that_open_it_together_bring_it_up_once,
    another_key_is_refused,
    messages_say_what_they_carry,
}

since_contacts! {
    totals_are_those_of_the_rows,
    passwords_open_what_they_did,
    passwords_of_the_past_stay_barred,
    failures_go_on,
    sessions_are_live_as_long_as_they_were,
    temporary_passwords_are_good_and_prove_what_they_went_to,
    invitations_are_good_once,
    an_invitation_to_a_known_contact_asks_to_sign_in_first,
    everyone_sees_the_same,
    links_are_those_that_were,
    lists_say_what_they_said,
    histories_verify,
    the_feed_has_the_lines_of_before,
    a_history_of_before_that_is_removed_is_missed,
    a_second_opening_changes_nothing,
    processes_that_open_it_together_bring_it_up_once,
    another_key_is_refused,
}

of_store! { of_version_5 "v5.db" [cfg(all())] what_was_merged_granted_and_printed_is_there }
of_store! {
    of_version_5_on_postgres "v5.sql" [ignore = "needs a PostgreSQL server"]
    what_was_merged_granted_and_printed_is_there
}

of_store! { of_version_6 "v6.db" [cfg(all())] what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on }
of_store! {
    of_version_6_on_postgres "v6.sql" [ignore = "needs a PostgreSQL server"]
    what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on
}

of_store! { of_version_7 "v7.db" [cfg(all())] what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on }
of_store! {
    of_version_7_on_postgres "v7.sql" [ignore = "needs a PostgreSQL server"]
    what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on
}

of_store! { of_version_8 "v8.db" [cfg(all())] what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on }
of_store! {
    of_version_8_on_postgres "v8.sql" [ignore = "needs a PostgreSQL server"]
    what_was_merged_granted_and_printed_is_there own_contacts_under_way_go_on
}

#[test]
fn agencies_that_ended() {
    for name in ["v7.db", "v8.db"] {
        agencies_that_ended_stay_so(&Kept::of(name), name);
    }
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn agencies_that_ended_on_postgres() {
    for name in ["v7.sql", "v8.sql"] {
        agencies_that_ended_stay_so(&Kept::of(name), name);
    }
}

/// All bytes of a file and of what lies beside it.
fn bytes(kept: &Kept) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = kept.file();
    let mut files: Vec<_> = std::fs::read_dir(folder.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn another_key_changes_not_a_byte() {
    for name in ["v1.db", "v2.db", "v3.db", "v4.db", "v5.db", "v6.db", "v7.db", "v8.db"] {
        let kept = Kept::of(name);
        let before = bytes(&kept);
        let opened = Directory::open_with(&kept.address(), &[8; 32], kept.clock.clone());
        assert_eq!(opened.err().map(|error| error.code), Some(Code::KeyWrong));
        assert!(bytes(&kept) == before, "{name}");
    }
}

fn count(hay: &[u8], needle: &str) -> usize {
    hay.windows(needle.len()).filter(|window| window.eq_ignore_ascii_case(needle.as_bytes())).count()
}

fn holds(hay: &[u8], needle: &str) -> bool {
    count(hay, needle) > 0
}

/// Not in a row, not in a page that is free again, not in the log. Lines of a
/// history stay as they were written (H): they alone may say a name of before.
#[test]
fn nothing_plain_is_left_of_other_systems_hashes_and_of_those_deleted() {
    for name in ["v1.db", "v2.db"] {
        let kept = Kept::of(name);
        let hashes = ["ssha", "bcrypt", "old_bcrypt"].map(|key| text(kept.who(key), "hash").to_owned());
        let emails: Vec<String> = kept.who("deleted")["emails"]
            .as_array()
            .unwrap()
            .iter()
            .map(|email| email.as_str().unwrap().to_owned())
            .collect();
        let found = |needle: &str| bytes(&kept).iter().any(|(_, bytes)| holds(bytes, needle));
        assert!(hashes.iter().chain(&emails).all(|needle| found(needle)), "{name}: it was there before");
        drop(kept.open());
        for hash in &hashes {
            assert!(!found(hash), "{name}: {hash}");
            // Nor what is left of one that was overwritten in part.
            assert!(!found(&hash[hash.len() - 20..]), "{name}: the end of {hash}");
        }
        for email in &emails {
            let rows: Vec<String> = kept.rows().into_iter().filter(|row| holds(row.as_bytes(), email)).collect();
            assert!(rows.iter().all(|row| row.starts_with("event ")), "{name}: {email}");
            let in_rows: usize = rows.iter().map(|row| count(row.as_bytes(), email)).sum();
            let in_file: usize = bytes(&kept).iter().map(|(_, bytes)| count(bytes, email)).sum();
            assert_eq!(in_file, in_rows, "{name}: {email}");
        }
    }
}
