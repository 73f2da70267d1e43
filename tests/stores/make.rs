//! Makes a store of an earlier release, with all that a migration must carry.
//! `make ADDRESS KEPT.json`: see the README beside it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use carekey::agency::*;
use carekey::invitation::{InvitationCode, LinkToken};
use carekey::password::questions::Answer;
use carekey::roster::Roster;
use carekey::words::*;
use carekey::*;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, macros::datetime};

const KEY: [u8; 32] = [7; 32];
const START: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);
const GOOD: &str = "Lantern#47 tide";
const OTHER: &str = "Quiet!93 meadow";
const ELSEWHERE: &str = "Copper!84 mist";
/// It has a word of the agency's name in it: the policy asks for another.
const UNFIT: &str = "Harbor!84 mist";
const BCRYPT: &str = "$2b$06$abcdefghijklmnopqrstuuYDSizZ9U3etZ5PjNA4dcAbCh.QyUoUu";
const BCRYPT_OLD: &str = "$2b$06$ABCDEFGHIJKLMNOPQRSTUuo5uH1OWNt.M7mn.Fkh5cOZ2PSsEE6Ry";
const SSHA: &str = "{SSHA}EYLgFT6O98GcHef0GTeAW+2F00xzYWx0c2FsdA==";

#[derive(Clone, Debug)]
struct Mail {
    to: String,
    body: String,
}

impl Mail {
    fn link(&self) -> String {
        let mut words = self.body.split_whitespace();
        words.find(|w| w.starts_with("https://") && LinkToken::parse(w).value.is_some()).expect("a link").to_owned()
    }
    fn code(&self) -> String {
        let mut words = self.body.split_whitespace().filter(|w| w.len() == 11 && w.as_bytes()[5] == b'-');
        words.find(|w| InvitationCode::parse(w).value.is_some()).expect("a code").to_owned()
    }
    fn digits(&self) -> String {
        let mut words = self.body.split_whitespace();
        words.find(|w| w.len() >= 6 && w.bytes().all(|b| b.is_ascii_digit())).expect("digits").to_owned()
    }
    fn password(&self) -> String {
        self.body.lines().find_map(|l| l.strip_prefix("Temporary password: ")).expect("a password").to_owned()
    }
}

#[derive(Clone, Debug)]
struct Someone {
    party: Option<PartyId>,
    account: AccountId,
    username: String,
}

struct Maker {
    agency: Agency,
    clock: ManualClock,
    people: BTreeMap<String, Value>,
}

fn answers() -> [Answer<'static>; 3] {
    [
        Answer { question: "first_pet", answer: "Rex the Second" },
        Answer { question: "first_school", answer: "St. Mary's" },
        Answer { question: "childhood_street", answer: "Elm" },
    ]
}

fn source() -> Source {
    Source::new("203.0.113.7")
}

fn support() -> Actor {
    Actor::Support("Pat Long".to_owned())
}

impl Maker {
    fn office(&self) -> Office {
        self.agency.acting_as(support())
    }

    fn step(&self) {
        self.clock.advance(Duration::seconds(7));
    }

    /// Sends all that waits.
    fn mail(&self) -> Vec<Mail> {
        let claimed = self.agency.outbox().claim(1_000).unwrap();
        let mut mail = Vec::new();
        for m in &claimed {
            self.agency.outbox().sent(m).unwrap();
            mail.push(Mail { to: m.address.clone(), body: m.body.reveal().to_owned() });
        }
        mail
    }

    fn mail_to(&self, to: &str) -> Mail {
        let mail = self.mail();
        mail.iter().rev().find(|m| m.to == to).unwrap_or_else(|| panic!("no mail to {to}: {mail:?}")).clone()
    }

    fn sign_in(&self, username: &str, password: &str, remember: bool) -> SignIn {
        let password = Secret::from(password);
        self.agency.sign_in(&Credentials { username, password: &password, remember, device: None }, &source()).unwrap()
    }

    /// Answers the questions where they are due.
    fn through(&self, answer: SignIn) -> Session {
        match answer {
            SignIn::Granted(session) => session,
            SignIn::SetQuestions(step) => {
                match self.agency.set_questions(&step.token, &answers(), &source()).unwrap() {
                    SignIn::Granted(session) => session,
                    other => panic!("{other:?}"),
                }
            }
            other => panic!("{other:?}"),
        }
    }

    fn choose(&self, step: &Step, password: &str) -> Session {
        let password = Secret::from(password);
        let new = NewPassword { new: &password, confirm: &password };
        let answer = self.agency.choose_password(&step.token, new, &source()).unwrap();
        self.through(answer)
    }

    fn new(&self, name: &str, role: Role, email: Option<&str>, phone: Option<&str>) -> NewParty {
        NewParty {
            name: name.to_owned(),
            roles: [role].into(),
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
            ..NewParty::default()
        }
    }

    fn org(&self, name: &str, role: Role, email: &str) -> NewParty {
        NewParty { kind: PartyKind::Organization, ..self.new(name, role, Some(email), None) }
    }

    fn party(&self, new: &NewParty) -> PartyId {
        self.step();
        self.office().add_party(new).unwrap().party
    }

    /// A caregiver whose activation waits in the outbox.
    fn invited(&self, new: &NewParty) -> Someone {
        let party = self.party(new);
        let enrolled = self.office().create_account(party, Role::Caregiver, None).unwrap();
        Someone { party: Some(party), account: enrolled.account.unwrap(), username: enrolled.username.unwrap() }
    }

    fn caregiver(&self, name: &str, email: &str) -> Someone {
        let who = self.invited(&self.new(name, Role::Caregiver, Some(email), None));
        let mail = self.mail_to(email);
        self.activate(&mail.link(), GOOD);
        let answer = self.sign_in(&who.username, GOOD, false);
        self.through(answer);
        who
    }

    fn activate(&self, link: &str, password: &str) {
        let password = Secret::from(password);
        self.agency.activate(link, NewPassword { new: &password, confirm: &password }, &source()).unwrap();
    }

    /// Changes the temporary password that was sent there.
    fn finish(&self, username: &str, email: &str) -> Session {
        let mail = self.mail_to(email);
        let SignIn::ChangePassword(step) = self.sign_in(username, &mail.password(), false) else { panic!() };
        self.choose(&step, GOOD)
    }

    fn client(&self, name: &str, email: &str) -> Someone {
        self.step();
        let added = self.office().add_party(&self.new(name, Role::Client, Some(email), None)).unwrap();
        let enrolled = added.enrolled.unwrap();
        let who = Someone {
            party: Some(added.party),
            account: enrolled.account.unwrap(),
            username: enrolled.username.unwrap(),
        };
        self.finish(&who.username, email);
        who
    }

    fn keep(&mut self, key: &str, who: &Someone, password: Option<&str>, more: Value) {
        let mut value = json!({
            "party": who.party.map(|p| p.to_string()), "account": who.account.to_string(),
            "username": who.username, "password": password,
        });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.people.insert(key.to_owned(), value);
    }

    fn roster(&self, csv: &str) -> Vec<Someone> {
        self.step();
        let preview = self.office().preview(Roster::from_csv(csv.as_bytes()).unwrap()).unwrap();
        let report = self.office().create(&preview, None, &mut |_| ControlFlow::Continue(())).unwrap();
        report
            .rows
            .iter()
            .map(|row| Someone {
                party: row.party,
                account: row.account.unwrap_or_else(|| panic!("{row:?}")),
                username: self.office().user(row.account.unwrap()).unwrap().username,
            })
            .collect()
    }

    fn tie(&self, kind: TieKind, who: PartyId, of: PartyId, begins: Option<OffsetDateTime>) -> Tied {
        self.step();
        self.office().relate(&NewTie { kind, who, of, begins_at: begins, ends_at: None, reference: None }).unwrap()
    }

    fn of(&self, tied: &Tied, party: PartyId) -> Someone {
        let enrolled = tied.enrolled.as_ref().unwrap();
        Someone { party: Some(party), account: enrolled.account.unwrap(), username: enrolled.username.clone().unwrap() }
    }

    fn fail(&self, username: &str, times: usize) {
        for _ in 0..times {
            let _ = self.sign_in(username, "Wrong!11 guess", false);
            self.clock.advance(Duration::minutes(16));
        }
    }

    fn redeemed(&self, redeemed: Redeemed, party: PartyId) -> Someone {
        let Redeemed::NewAccount { account, username, step } = redeemed else { panic!("{redeemed:?}") };
        self.choose(&step, GOOD);
        Someone { party: Some(party), account, username }
    }
}

fn ms(at: OffsetDateTime) -> i64 {
    (at.unix_timestamp_nanos() / 1_000_000) as i64
}

#[allow(clippy::too_many_lines)]
fn main() {
    let mut args = std::env::args().skip(1);
    let (address, file) = (args.next().unwrap(), args.next().unwrap());
    let clock = ManualClock::new(START);
    let directory = Directory::open_with(&address, &KEY, clock.clone()).unwrap();
    let mut settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    settings.policy.password.history = 5;
    settings.owner_email = Some("owner@harbor.example.com".to_owned());
    let agency = directory.create_agency(settings, &support()).unwrap();
    let mut other = AgencySettings::new("105", "Cove Care", "https://cove.example.com");
    other.policy.questions.count = 0;
    let other = directory.create_agency(other, &support()).unwrap();
    let mut m = Maker { agency: agency.clone(), clock: clock.clone(), people: BTreeMap::new() };

    // Texts of the agency's own.
    let text = message::Text {
        subject: Some("Hello {name}".to_owned()),
        body: "Hello {name}, come to {link} within {valid}.".to_owned(),
    };
    m.office().set_text(MessageKind::Activation, Method::Email, Locale::English, Some(&text)).unwrap();

    // The office.
    m.step();
    let staff = |first: &str, last: &str, email: &str| NewStaff {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: Some(email.to_owned()),
        phone: Some("+1 519 672 1843".to_owned()),
        username: None,
    };
    let added = m.office().add_manager(&staff("Mara", "Gold", "mara.gold@example.com")).unwrap();
    let mara = Someone { party: None, account: added.account.unwrap(), username: added.username.unwrap() };
    m.finish(&mara.username, "mara.gold@example.com");
    m.keep("manager", &mara, Some(GOOD), json!({"email": "mara.gold@example.com"}));
    m.step();
    let added =
        m.office().create_staff_account(&staff("Felicia", "Conner", "felicia.conner@example.com"), None).unwrap();
    let mut felicia = Someone { party: None, account: added.account.unwrap(), username: added.username.unwrap() };
    m.finish(&felicia.username, "felicia.conner@example.com");
    let record = m.party(&m.new("Felicia Conner", Role::OfficeStaff, None, None));
    m.agency.acting_as(Actor::Account(mara.account)).link_account(felicia.account, record).unwrap();
    felicia.party = Some(record);
    m.step();
    let typed = Secret::from("Typed!62 stone");
    let new = NewPassword { new: &typed, confirm: &typed };
    let added = m.office().create_staff_account(&staff("Tess", "Long", "tess.long@example.com"), Some(new)).unwrap();
    let tess = Someone { party: None, account: added.account.unwrap(), username: added.username.unwrap() };
    m.keep("typed", &tess, Some("Typed!62 stone"), json!({"email": "tess.long@example.com"}));
    m.step();
    let added = m.office().create_staff_account(&staff("Hana", "Gone", "hana.gone@example.com"), None).unwrap();
    let mut hana = Someone { party: None, account: added.account.unwrap(), username: added.username.unwrap() };
    m.finish(&hana.username, "hana.gone@example.com");
    let record = m.party(&m.new("Hana Gone", Role::OfficeStaff, None, None));
    m.office().link_account(hana.account, record).unwrap();
    hana.party = Some(record);

    // Caregivers.
    let ana = m.caregiver("Ana Ruiz", "Ana.Ruiz@Example.com");
    let session = m.through(m.sign_in(&ana.username, GOOD, false));
    let (now, next) = (Secret::from(GOOD), Secret::from(OTHER));
    m.agency
        .change_password(session.token.reveal(), &now, NewPassword { new: &next, confirm: &next }, &source())
        .unwrap();
    m.mail();
    let sms = NewParty {
        preferred: Some(Method::Sms),
        ..m.new("Sam Field", Role::Caregiver, Some("sam.field@example.com"), Some("+15196720101"))
    };
    let sam = m.invited(&sms);
    let mail = m.mail_to("+15196720101");
    m.keep("invited_by_sms", &sam, None, json!({"link": mail.link(), "to": "+15196720101"}));
    let ida = m.invited(&m.new("Ida West", Role::Caregiver, Some("ida.west@example.com"), None));
    let mail = m.mail_to("ida.west@example.com");
    m.keep("invited_sent", &ida, None, json!({"link": mail.link(), "to": "ida.west@example.com"}));
    // The office corrects an address after the link went to the wrong one.
    let tod = m.roster("Role,Name,Email,External ID\nCaregiver,Tod Moor,tod.more@example.com,E-1\n").remove(0);
    let mail = m.mail_to("tod.more@example.com");
    let again = m.roster("Role,Name,Email,External ID\nCaregiver,Tod Moor,tod.moor@example.com,E-1\n").remove(0);
    assert_eq!(tod.account, again.account);
    m.mail();
    m.keep(
        "corrected",
        &again,
        None,
        json!({"link": mail.link(), "to": "tod.more@example.com", "email": "tod.moor@example.com"}),
    );

    // Clients, and who is tied to them.
    let carl = m.client("Carl Beck", "carl.beck@example.com");
    let of = carl.party.unwrap();
    let tied = |m: &Maker, new: NewParty, kind, begins| {
        let party = m.party(&new);
        let tied = m.tie(kind, party, of, begins);
        let who = m.of(&tied, party);
        let email = new.email.clone().unwrap();
        m.finish(&who.username, &email);
        (who, tied.tie)
    };
    let contact = |m: &Maker, name: &str, email: &str| m.new(name, Role::Contact, Some(email), None);
    let later = START + Duration::days(10);
    let (eve, _) = tied(&m, contact(&m, "Eve Hale", "eve.hale@example.com"), TieKind::EmergencyContact, None);
    let (ed, ended) = tied(&m, contact(&m, "Ed Past", "ed.past@example.com"), TieKind::EmergencyContact, None);
    m.step();
    m.office().end_tie(ended, None).unwrap();
    // Who is enrolled when the tie begins.
    let party = m.party(&contact(&m, "Ema Soon", "ema.soon@example.com"));
    assert!(m.tie(TieKind::EmergencyContact, party, of, Some(later)).enrolled.is_none());
    let (fund, _) = tied(&m, m.org("Trust Fund", Role::Organization, "trust@example.com"), TieKind::Payer, None);
    let (past, ended) = tied(&m, m.org("Past Pay", Role::Organization, "past.pay@example.com"), TieKind::Payer, None);
    m.step();
    m.office().end_tie(ended, None).unwrap();
    let party = m.party(&m.org("Next Pay", Role::Organization, "next.pay@example.com"));
    assert!(m.tie(TieKind::Payer, party, of, Some(later)).enrolled.is_none());
    // A caregiver who is an emergency contact too, and one who was.
    let kay = m.caregiver("Kay Moss", "kay.moss@example.com");
    m.tie(TieKind::EmergencyContact, kay.party.unwrap(), of, None);
    let kim = m.caregiver("Kim Dale", "kim.dale@example.com");
    let tie = m.tie(TieKind::EmergencyContact, kim.party.unwrap(), of, None).tie;
    m.step();
    m.office().end_tie(tie, None).unwrap();
    // Whom the roster made an emergency contact, with no tie yet.
    m.mail();
    let rob = m.roster("Role,Name,Email\nEmergency contact,Rob Made,rob.made@example.com\n").remove(0);
    m.finish(&rob.username, "rob.made@example.com");

    // Families: two parents with two applications, one account with two
    // families, one that is a client besides.
    let family = |m: &Maker, name: &str, email: &str, phone: Option<&str>| {
        m.party(&m.new(name, Role::Family, Some(email), phone))
    };
    let apply = |m: &Maker, number: &str, family: PartyId| {
        m.step();
        m.office()
            .add_application(&NewApplication { number: number.to_owned(), family, submitted_at: None })
            .unwrap()
            .application
    };
    let berg = family(&m, "Berg, Nils", "nils.berg@example.com", Some("+15196720202"));
    let f1 = apply(&m, "F-1", berg);
    let mail = m.mail_to("nils.berg@example.com");
    let father = m.redeemed(m.agency.redeem_link(&mail.link(), None, &source()).unwrap(), berg);
    let f2 = apply(&m, "F-2", berg);
    m.mail();
    m.step();
    m.office().reinvite(Invitee::Application(f2), Some(Method::Sms)).unwrap();
    let mail = m.mail_to("+15196720202");
    let mother = m.redeemed(m.agency.redeem_code(&mail.code(), "+15196720202", None, &source()).unwrap(), berg);
    let olsen = family(&m, "Olsen, Per", "per.olsen@example.com", None);
    m.step();
    m.office().invite(Invitee::Party(olsen), None).unwrap();
    let mail = m.mail_to("per.olsen@example.com");
    let per = m.redeemed(m.agency.redeem_link(&mail.link(), None, &source()).unwrap(), olsen);
    let lund = family(&m, "Lund, Per", "lund@example.com", None);
    m.step();
    m.office().invite(Invitee::Party(lund), None).unwrap();
    let mail = m.mail_to("lund@example.com");
    let session = m.through(m.sign_in(&per.username, GOOD, false));
    let linked = m.agency.redeem_link(&mail.link(), Some(session.token.reveal()), &source()).unwrap();
    assert!(matches!(linked, Redeemed::Linked { .. }));
    let dahl = family(&m, "Dahl, Nora", "nora.dahl@example.com", None);
    let f3 = apply(&m, "F-3", dahl);
    let mail = m.mail_to("nora.dahl@example.com");
    let nora = m.redeemed(m.agency.redeem_link(&mail.link(), None, &source()).unwrap(), dahl);
    m.step();
    m.office().set_roles(dahl, &[Role::Family, Role::Client].into()).unwrap();
    // One that was unlinked: the account stays.
    let holm = family(&m, "Holm, Siv", "siv.holm@example.com", None);
    let f4 = apply(&m, "F-4", holm);
    let mail = m.mail_to("siv.holm@example.com");
    let siv = m.redeemed(m.agency.redeem_link(&mail.link(), None, &source()).unwrap(), holm);
    m.step();
    m.office().unlink(Invitee::Application(f4)).unwrap();
    // Outstanding: one that was sent.
    let vik = family(&m, "Vik, Leif", "leif.vik@example.com", None);
    let f5 = apply(&m, "F-5", vik);
    let sent = m.mail_to("leif.vik@example.com");

    // The office sees some of it.
    m.step();
    m.office().grant(felicia.party.unwrap(), Resource::Invoices, Some(of.0), Some(START + Duration::days(365)), None).unwrap();
    m.office()
        .grant(felicia.party.unwrap(), Resource::Application, Some(f1.0), Some(START + Duration::days(30)), None)
        .unwrap();

    // From other systems.
    let imported = m.roster(&format!(
        "Role,Name,Email,Password hash\nCaregiver,Ola Salt,ola.salt@example.com,{SSHA}\n\
         Caregiver,Bo Crypt,bo.crypt@example.com,{BCRYPT}\nCaregiver,Al Bee,al.bee@example.com,{BCRYPT_OLD}\n"
    ));
    // Changed once: what came is among the old ones.
    m.mail();
    let session = m.through(m.sign_in(&imported[2].username, ELSEWHERE, false));
    let (now, next) = (Secret::from(ELSEWHERE), Secret::from(GOOD));
    m.agency
        .change_password(session.token.reveal(), &now, NewPassword { new: &next, confirm: &next }, &source())
        .unwrap();
    m.through(m.sign_in(&imported[2].username, GOOD, false));

    // Those who left.
    let gus = m.roster("Role,Name,Email,External ID\nCaregiver,Gus Gone,gus.first@example.net,E-2\n").remove(0);
    let mail = m.mail_to("gus.first@example.net");
    m.activate(&mail.link(), GOOD);
    let moved = m.roster("Role,Name,Email,External ID\nCaregiver,Gus Gone,gus.gone@example.net,E-2\n").remove(0);
    assert_eq!(gus.account, moved.account);
    m.mail();
    m.step();
    m.office().delete_party(gus.party.unwrap()).unwrap();
    let deleted_at = clock.now();
    m.step();
    m.office().delete_party(hana.party.unwrap()).unwrap();

    // Disabled, locked, failing.
    let dora = m.caregiver("Dora Down", "dora.down@example.com");
    m.step();
    m.agency.acting_as(Actor::Account(mara.account)).disable(dora.account).unwrap();
    m.office().set_note(dora.account, "Left in spring").unwrap();
    let lou = m.caregiver("Lou Lock", "lou.lock@example.com");
    let two = m.caregiver("Two Times", "two.times@example.com");
    m.fail(&two.username, 2);
    m.fail(&lou.username, 5);
    let reset = m.caregiver("Ruth Reset", "ruth.reset@example.com");
    let typed = Secret::from("Again!62 stone");
    m.step();
    m.office().reset_password(reset.account, NewPassword { new: &typed, confirm: &typed }).unwrap();
    m.keep("reset", &reset, Some("Again!62 stone"), json!({"email": "ruth.reset@example.com"}));

    // What came with version 5: two records of one person, who represents a
    // client, a grant with its reason, a code on paper.
    let pia = m.caregiver("Pia Lane", "pia.lane@example.com");
    let twin = m.party(&m.new("Pia Layne", Role::Contact, None, None));
    m.step();
    m.office().merge_parties(pia.party.unwrap(), twin).unwrap();
    let greta = m.client("Greta Ward", "greta.ward@example.com");
    let gil = m.party(&m.new("Gil Ward", Role::Contact, Some("gil.ward@example.com"), None));
    m.step();
    let represents = NewTie {
        kind: TieKind::PersonalRepresentative,
        who: gil,
        of: greta.party.unwrap(),
        begins_at: None,
        ends_at: Some(START + Duration::days(200)),
        reference: Some("Probate 12-88".to_owned()),
    };
    m.agency.acting_as(Actor::Account(mara.account)).relate(&represents).unwrap();
    let until = Some(START + Duration::days(90));
    let plan = Some(greta.party.unwrap().0);
    m.office().grant(felicia.party.unwrap(), Resource::ServicePlan, plan, until, Some("on call")).unwrap();
    let rask = family(&m, "Rask, Tove", "tove.rask@example.com", None);
    m.step();
    let printed = m.office().print_code(Invitee::Party(rask), None).unwrap();
    let of_5 = json!({
        "merged": {"kept": pia.party.unwrap().to_string(), "gone": twin.to_string()},
        "representative": {"who": gil.to_string(), "of": greta.party.unwrap().to_string(), "reference": "Probate 12-88"},
        "grant": {"to": felicia.party.unwrap().to_string(), "of": greta.party.unwrap().to_string(), "reason": "on call"},
        "printed": {"code": printed.code.reveal(), "contact": "tove.rask@example.com"},
    });

    // What came with version 6: one's own contact, changed and answered
    // otherwise by a thief; another whose change waits.
    let vera = m.caregiver("Vera Lund", "vera.lund@example.com");
    let theirs = m.through(m.sign_in(&vera.username, GOOD, false));
    let (session, good) = (theirs.token.reveal(), Secret::from(GOOD));
    m.agency.change_contact(session, &good, Method::Email, "thief@example.net", &source()).unwrap();
    let mail = m.mail();
    let link = |to: &str| mail.iter().find(|mail| mail.to == to).expect("a mail").link();
    let (confirm, object) = (link("thief@example.net"), link("vera.lund@example.com"));
    m.step();
    let username = m.agency.confirm_contact(&confirm, &source()).unwrap();
    assert_eq!(username, "thief@example.net");
    m.step();
    let otherwise = [
        Answer { question: "first_pet", answer: "Scoundrel" },
        Answer { question: "first_school", answer: "Nowhere Hall" },
        Answer { question: "childhood_street", answer: "Alley Nine" },
    ];
    m.agency.change_questions(session, &good, &otherwise, &source()).unwrap();
    m.mail();
    let iris = m.caregiver("Iris Vale", "iris.vale@example.com");
    let hers = m.through(m.sign_in(&iris.username, GOOD, false));
    m.agency
        .change_contact(hers.token.reveal(), &good, Method::Email, "iris.new@example.com", &source())
        .unwrap();
    let waits = m.mail_to("iris.new@example.com");
    let of_6 = json!({
        "objects": {"account": vera.account.to_string(), "link": object,
            "email": "vera.lund@example.com", "thief": "thief@example.net"},
        "waits": {"account": iris.account.to_string(), "link": waits.link(),
            "email": "iris.new@example.com", "password": GOOD},
    });

    // What is under way when the file is closed.
    m.mail();
    let rita = m.caregiver("Rita Code", "rita.code@example.com");
    let nils = m.caregiver("Neil Step", "neil.step@example.com");
    let rolf = m.caregiver("Rolf Wait", "rolf.wait@example.com");
    let live = m.through(m.sign_in(&ana.username, OTHER, false));
    let remembered = m.through(m.sign_in(&ana.username, OTHER, true));

    let eves = m.through(m.sign_in(&eve.username, GOOD, false));
    m.mail();
    let recovery = m.agency.recover(&rita.username, &source()).unwrap();
    let mail = m.mail_to("rita.code@example.com");
    m.keep(
        "code",
        &rita,
        Some(GOOD),
        json!({"token": recovery.token.reveal(), "code": mail.digits(), "email": "rita.code@example.com"}),
    );
    let recovery = m.agency.recover(&nils.username, &source()).unwrap();
    let mail = m.mail_to("neil.step@example.com");
    let asked = m.agency.recovery_code(&recovery.token, &mail.digits(), &source()).unwrap();
    let step = m.agency.recovery_answers(&asked.token, &answers(), &source()).unwrap();
    m.keep("new_password", &nils, Some(GOOD), json!({"token": step.token.reveal(), "email": "neil.step@example.com"}));
    m.agency.recover(&rolf.username, &source()).unwrap();
    m.keep("code_waits", &rolf, Some(GOOD), json!({"email": "rolf.wait@example.com"}));
    let carls = m.through(m.sign_in(&carl.username, GOOD, false));
    m.agency.message_owner(carls.token.reveal(), &Secret::from("Please call me about Monday."), &source()).unwrap();
    m.step();
    let ivo = m.invited(&m.new("Ivo Stone", Role::Caregiver, Some("ivo.stone@example.com"), None));
    m.keep("invited_waits", &ivo, None, json!({"to": "ivo.stone@example.com"}));
    m.step();
    let added = m.office().add_party(&m.new("Cora Lind", Role::Client, Some("cora.lind@example.com"), None)).unwrap();
    let enrolled = added.enrolled.unwrap();
    let cora =
        Someone { party: Some(added.party), account: enrolled.account.unwrap(), username: enrolled.username.unwrap() };
    m.keep("temporary_waits", &cora, None, json!({"to": "cora.lind@example.com"}));
    let wait = family(&m, "Wade, Lotte", "lotte.wade@example.com", None);
    m.office().invite(Invitee::Party(wait), None).unwrap();
    m.step();
    m.office().reinvite(Invitee::Party(wait), None).unwrap();
    let f6 = apply(&m, "F-6", wait);
    // Of the locked one: a session from before, and the last failure.
    let lous = {
        // Five failures were counted; none wait by now.
        let session = m.through(m.sign_in(&lou.username, GOOD, false));
        for _ in 0..5 {
            let _ = m.sign_in(&lou.username, "Wrong!11 guess", false);
        }
        session
    };

    m.keep(
        "caregiver",
        &ana,
        Some(OTHER),
        json!({
            "old_password": GOOD, "email": "Ana.Ruiz@Example.com",
            "session": live.token.reveal(), "remembered": remembered.token.reveal(),
        }),
    );
    m.keep("client", &carl, Some(GOOD), json!({"email": "carl.beck@example.com"}));
    m.keep("staff", &felicia, Some(GOOD), json!({"email": "felicia.conner@example.com"}));
    m.keep("contact", &eve, Some(GOOD), json!({"email": "eve.hale@example.com", "session": eves.token.reveal()}));
    m.keep("contact_ended", &ed, Some(GOOD), json!({"email": "ed.past@example.com"}));
    m.keep("payer", &fund, Some(GOOD), json!({"email": "trust@example.com"}));
    m.keep("payer_ended", &past, Some(GOOD), json!({"email": "past.pay@example.com"}));
    m.keep("caregiver_contact", &kay, Some(GOOD), json!({"email": "kay.moss@example.com"}));
    m.keep("caregiver_was_contact", &kim, Some(GOOD), json!({"email": "kim.dale@example.com"}));
    m.keep("made_contact", &rob, Some(GOOD), json!({"email": "rob.made@example.com"}));
    m.keep("father", &father, Some(GOOD), json!({"email": "nils.berg@example.com", "application": f1.to_string()}));
    m.keep("mother", &mother, Some(GOOD), json!({"phone": "+15196720202", "application": f2.to_string()}));
    m.keep(
        "two_families",
        &per,
        Some(GOOD),
        json!({"email": "per.olsen@example.com", "parties": [olsen.to_string(), lund.to_string()]}),
    );
    m.keep(
        "family_client",
        &nora,
        Some(GOOD),
        json!({"email": "nora.dahl@example.com", "application": f3.to_string()}),
    );
    m.keep("unlinked", &siv, Some(GOOD), json!({"email": "siv.holm@example.com"}));
    m.keep("ssha", &imported[0], Some(ELSEWHERE), json!({"hash": SSHA, "email": "ola.salt@example.com"}));
    m.keep("bcrypt", &imported[1], Some(UNFIT), json!({"hash": BCRYPT, "email": "bo.crypt@example.com"}));
    m.keep(
        "old_bcrypt",
        &imported[2],
        Some(GOOD),
        json!({"hash": BCRYPT_OLD, "old_password": ELSEWHERE, "email": "al.bee@example.com"}),
    );
    m.keep(
        "deleted",
        &moved,
        None,
        json!({"emails": ["gus.first@example.net", "gus.gone@example.net"], "at": ms(deleted_at)}),
    );
    m.keep("deleted_staff", &hana, None, json!({}));
    m.keep("disabled", &dora, Some(GOOD), json!({"email": "dora.down@example.com"}));
    m.keep("locked", &lou, Some(GOOD), json!({"email": "lou.lock@example.com", "session": lous.token.reveal()}));
    m.keep("failing", &two, Some(GOOD), json!({"email": "two.times@example.com", "failures": 2}));

    // The other agency.
    let cove = Maker { agency: other.clone(), clock: clock.clone(), people: BTreeMap::new() };
    let ben = cove.caregiver("Ben Cove", "ben.cove@example.com");

    // What every account sees, and what the lists say.
    let mut sees = Vec::new();
    let mut histories = BTreeMap::new();
    let parties: Vec<PartyId> = agency.find_parties("", 0, 1_000).unwrap().iter().map(|p| p.id).collect();
    let everyone = m.office().users(&UserQuery { show_disabled: true, limit: 1_000, ..UserQuery::default() }).unwrap();
    let users: Vec<Value> = everyone
        .users
        .iter()
        .map(|u| {
            json!({"account": u.account.to_string(), "username": u.username, "display_name": u.display_name,
                "state": u.state.as_str(), "is_manager": u.is_manager, "note": u.note,
                "party": u.party.map(|p| p.to_string())})
        })
        .collect();
    for user in &everyone.users {
        histories.insert(user.account.to_string(), agency.history(user.account).unwrap().len());
        agency.verify_history(user.account).unwrap();
        for resource in Resource::ALL {
            let mut ask = |of: String, whose: Whose| {
                if agency.can_see(user.account, *resource, whose).unwrap().allowed {
                    sees.push(format!("{} {resource} {of}", user.account));
                }
            };
            ask("own".to_owned(), Whose::Own);
            for party in &parties {
                ask(party.to_string(), Whose::Party(*party));
            }
            for application in [f1, f2, f3, f4, f5, f6] {
                ask(application.to_string(), Whose::Application(application));
            }
        }
    }
    agency.verify_agency_history().unwrap();
    let applications: Vec<Value> = m
        .office()
        .applications(None, 0, 100)
        .unwrap()
        .iter()
        .map(|a| json!({"id": a.id.to_string(), "number": a.number, "online": format!("{:?}", a.online_account)}))
        .collect();
    let kept = json!({
        "made_by": env!("MADE_BY"),
        "key": "32 bytes of 7",
        "agency": "104",
        "now": ms(clock.now()),
        "people": m.people,
        "other": {"agency": "105", "username": ben.username, "password": GOOD, "account": ben.account.to_string()},
        "invitations": {
            "sent": {"link": sent.link(), "code": sent.code(), "contact": "leif.vik@example.com", "application": f5.to_string()},
            "waits": {"contact": "lotte.wade@example.com", "party": wait.to_string(), "application": f6.to_string()},
            "unlinked": {"application": f4.to_string()},
        },
        "family": berg.to_string(),
        "users": users,
        "applications": applications,
        "sees": sees,
        "histories": histories,
        "agency_history": agency.agency_history().unwrap().len(),
        "template": "Hello {name}, come to {link} within {valid}.",
        "tie_begins": ms(later),
        "of_5": of_5,
        "of_6": of_6,
    });
    std::fs::write(file, serde_json::to_string_pretty(&kept).unwrap() + "\n").unwrap();
}
