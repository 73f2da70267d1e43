//! More canaries: what recovery, typed passwords, imported hashes, messages to
//! the owner and the keys themselves must not leave behind; and what someone
//! has who holds a copy of the file and not the key. (Everything else that is
//! secret is looked for in `secrets.rs`.)

use std::collections::HashSet;
use std::fmt::Debug;
use std::ops::ControlFlow;

use carekey::agency::{Asks, Invitee};
use carekey::history::{to_csv, to_json_lines};
use carekey::invitation::{InvitationCode, LinkToken};
use carekey::password::questions::Answer;
use carekey::policy::RecoveryMethod;
use carekey::roster::Roster;
use carekey::store::{Select, record};
use carekey::{AccountId, AgencyId, Code, Directory, Policy, RecordId, Role, Secret, SignIn, Source};
use carekey_tests::desk::{
    Clock, Desk, GOOD, KEY, OTHER, Room, new_person, new_staff, open_file, password_in, quick, sign_in, twice,
};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What was shown, and what must be in none of it.
#[derive(Default)]
struct Watch {
    shown: String,
    secrets: Vec<String>,
}

impl Watch {
    fn see<T: Debug>(&mut self, value: T) -> T {
        self.shown += &format!("{value:?}\n{value:#?}\n");
        value
    }

    fn error<T: Debug>(&mut self, result: carekey::Result<T>) {
        let error = result.expect_err("an error");
        self.shown += &format!("{error}\n");
        self.see(&error);
    }

    fn secret(&mut self, secret: impl Into<String>) -> Secret {
        let secret = secret.into();
        self.secrets.push(secret.clone());
        Secret::from(secret)
    }

    fn leak(&self, place: &str, bytes: &[u8]) {
        let hay = Hay::new(bytes);
        for secret in &self.secrets {
            assert!(!hay.holds(secret.as_bytes()), "{place} holds {secret:?}");
        }
    }
}

/// Bytes in which much is looked for: what their windows begin with is known.
struct Hay {
    bytes: Vec<u8>,
    beginnings: HashSet<[u8; BEGINNING]>,
}

const BEGINNING: usize = 8;

impl Hay {
    fn new(bytes: &[u8]) -> Self {
        let bytes = bytes.to_ascii_lowercase();
        let beginnings = bytes.windows(BEGINNING).map(|window| window.try_into().unwrap()).collect();
        Self { bytes, beginnings }
    }

    /// Whether it holds these bytes, in any case, or as hexadecimal or base64.
    fn holds(&self, what: &[u8]) -> bool {
        use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
        let encoded = [&HEXLOWER, &BASE64_NOPAD, &BASE64URL_NOPAD].map(|form| form.encode(what).into_bytes());
        encoded.into_iter().chain([what.to_vec()]).any(|form| {
            let form = form.to_ascii_lowercase();
            let beginning = form.first_chunk::<BEGINNING>().expect("long enough to be looked for");
            self.beginnings.contains(beginning) && self.bytes.windows(form.len()).any(|window| window == form)
        })
    }
}

/// The bytes of the file, its log and its index of the log.
fn files(desk: &Desk) -> Vec<u8> {
    let folder = desk.folder().expect("a desk on a file");
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    bytes
}

fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.password.history = 3;
    policy
}

#[test]
fn recovery_typed_passwords_imported_hashes_and_messages_leave_nothing() {
    let desk = Desk::sqlite(policy());
    let (office, agency, nowhere) = (desk.office(), &desk.agency, &Source::UNKNOWN);
    let mut settings = agency.settings().unwrap();
    settings.owner_email = Some("owner@example.com".to_owned());
    office.change_settings(settings).unwrap();
    let mut watch = Watch::default();

    // Recovery, with wrong codes and wrong answers on the way.
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    let wrong = watch.secret("Canary wrong answer");
    for length in 0..2 {
        let begun = watch.see(agency.recover("sue@example.com", nowhere).unwrap());
        watch.secret(begun.token.reveal());
        let mail = desk.one_mail();
        let digits = watch.secret(mail.digits());
        watch.see(&mail);
        watch.error(agency.recovery_code(&begun.token, "00000000", nowhere));
        let step = watch.see(agency.recovery_code(&begun.token, digits.reveal(), nowhere).unwrap());
        assert!(matches!(step.asks, Asks::Questions(_)));
        watch.secret(step.token.reveal());
        let wrong = Answer { question: "first_pet", answer: wrong.reveal() };

        watch.error(agency.recovery_answers(&step.token, &[wrong], nowhere));
        let last = agency.recovery_answers(&step.token, &carekey_tests::desk::answers(), nowhere).unwrap();
        watch.secret(watch_token(&last));
        let weak = watch.secret("canaryweak");
        watch.error(agency.finish_recovery(&last.token, twice(&weak), nowhere));
        let new = watch.secret(format!("Canary#{length} recovered"));
        watch.see(agency.finish_recovery(&last.token, twice(&new), nowhere).unwrap());
        desk.mail();
    }
    watch.see(agency.recover("nobody@example.com", nowhere).unwrap());

    // Typed by a manager, twice: of the office, reset, and for a roster.
    let typed = watch.secret("Canary#91 typed");
    let staff = watch.see(office.create_staff_account(&new_staff("Felicia", "Conner"), Some(twice(&typed))).unwrap());
    let again = watch.secret("Canary#92 reset");
    office.reset_password(staff.account.unwrap(), twice(&again)).unwrap();
    let roster = Roster::from_csv(&b"Role,Name,Email\nOffice staff,\"Roster, Rita\",rita@example.com\n"[..]).unwrap();
    let preview = watch.see(office.preview(roster).unwrap());
    let initial = watch.secret("Canary#93 initial");
    let done = office.create(&preview, Some(twice(&initial)), &mut |_| ControlFlow::Continue(())).unwrap();
    watch.see(&done);
    desk.mail();

    // A hash of another system: neither it nor its password is shown, and it
    // is gone from the rows with the first sign-in.
    let foreign = "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC";
    let password = watch.secret("abcdefghijklmnopqrstuvwxyz");
    let file = format!("Role,Name,Email,Password hash\nCaregiver,\"Import, Ida\",ida@example.com,{foreign}\n");
    let preview = watch.see(office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap());
    let done = watch.see(office.create(&preview, None, &mut |_| ControlFlow::Continue(())).unwrap());
    let ida = done.rows[0].account.expect("an account");
    // A hash from elsewhere is sealed before it rests (P5).
    assert!(!Hay::new(&desk.snapshot().bytes()).holds(foreign.as_bytes()));
    let answer = watch.see(sign_in(agency, "ida@example.com", password.reveal()));
    // It was never good enough here: it opens its change and nothing else.
    assert!(matches!(answer, SignIn::ChangePassword(_)), "{answer:?}");
    assert!(!Hay::new(&desk.snapshot().bytes()).holds(foreign.as_bytes()), "renewed");
    assert!(!Hay::new(watch.shown.as_bytes()).holds(foreign.as_bytes()), "a foreign hash is shown");

    // What a client writes to the owner.
    let client = office.add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap();
    let temporary = desk.mail().iter().find_map(|mail| password_in(mail.body.reveal())).unwrap();
    let SignIn::ChangePassword(step) = desk.sign_in("ann@example.com", temporary.reveal()) else { panic!("a step") };
    let good = Secret::from(GOOD);
    let SignIn::SetQuestions(step) = agency.choose_password(&step.token, twice(&good), nowhere).unwrap() else {
        panic!("questions")
    };
    let SignIn::Granted(session) = agency.set_questions(&step.token, &carekey_tests::desk::answers(), nowhere).unwrap()
    else {
        panic!("granted")
    };
    let text = watch.secret("Canary text: my pills are late again");
    agency.message_owner(session.token.reveal(), &text, nowhere).unwrap();
    let long = watch.secret("Canary long text ".repeat(300));
    watch.error(agency.message_owner(session.token.reveal(), &long, nowhere));
    watch.see(office.messages(None, 0, 99).unwrap());

    // All that is shown, and all that rests: before it is sent and after.
    let accounts: [AccountId; 3] = [sue.account, staff.account.unwrap(), ida];
    let ann = client.enrolled.unwrap().account.unwrap();
    for lines in accounts.iter().chain([&ann]).map(|id| agency.history(*id).unwrap()) {
        watch.see(&lines);
        watch.shown += &to_csv(&lines).unwrap();
        watch.shown += &to_json_lines(&lines).unwrap();
    }
    watch.see(desk.directory.agencies().unwrap().len());
    watch.leak("the file", &files(&desk));
    let sent = watch.see(desk.mail());
    assert!(sent.iter().any(|mail| mail.body.reveal().contains(text.reveal())), "the owner gets it");
    watch.see(office.messages(None, 0, 99).unwrap());
    watch.leak("the file, later", &files(&desk));
    watch.leak("what was shown", watch.shown.as_bytes());
    assert!(watch.secrets.len() > 15 && watch.shown.contains("recovery.refused"));

    // No key is there: not the host's, nor any that is made from it.
    let hay = Hay::new(&files(&desk));
    assert!(!hay.holds(&KEY));
    for purpose in ["pepper", "digest", "outbox", "history"] {
        assert!(!hay.holds(&sub_key(&KEY, agency.id(), purpose)), "{purpose}");
    }
    let fingerprint = sub_key(&KEY, AgencyId(uuid::Uuid::nil()), "fingerprint");
    assert!(hay.holds(&fingerprint), "the derivation here is the engine's");
}

fn watch_token(begun: &carekey::agency::Recovery) -> String {
    begun.token.reveal().to_owned()
}

/// The key of one use of an agency, as the architecture has it.
fn sub_key(key: &[u8], agency: AgencyId, purpose: &str) -> [u8; 32] {
    let info = [b"carekey/1/", purpose.as_bytes(), b"/", agency.0.as_bytes()].concat();
    let mut out = [0; 32];
    Hkdf::<Sha256>::new(None, key).expand(&info, &mut out).unwrap();
    out
}

fn hmac(key: &[u8], fields: &[&[u8]], framed: bool) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).unwrap();
    for field in fields {
        if framed {
            mac.update(&(field.len() as u64).to_be_bytes());
        }
        mac.update(field);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Secrets of each sort, still good, on a file.
struct Live {
    desk: Desk,
    account: AccountId,
    invitation: (InvitationCode, LinkToken),
    activation: LinkToken,
    temporary: Secret,
    session: Secret,
    begun: carekey::agency::Recovery,
    digits: String,
}

fn live() -> Live {
    let mut policy = policy();
    policy.questions.count = 0;
    let desk = Desk::sqlite(policy);
    let office = desk.office();
    let family = office.add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    office.invite(Invitee::Party(family), None).unwrap();
    let mail = desk.one_mail();
    let parsed = |link: &str| LinkToken::parse(link).value.unwrap();
    let invitation = (InvitationCode::parse(&mail.code()).value.unwrap(), parsed(&mail.link()));
    let party = office.add_party(&new_person("Ida Invited", Role::Caregiver, "ida@example.com")).unwrap().party;
    office.create_account(party, Role::Caregiver, None).unwrap();
    let activation = parsed(&desk.one_mail().link());
    office.add_party(&new_person("Tom Temporary", Role::Client, "tom@example.com")).unwrap();
    let temporary = desk.one_mail().password();
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let session = desk.session("sue@example.com", GOOD).token;
    let begun = desk.agency.recover("sue@example.com", &Source::UNKNOWN).unwrap();
    let digits = desk.one_mail().digits();
    // One more that waits to be sent, sealed.
    let luz = office.add_party(&new_person("Garcia, Luz", Role::Family, "luz@example.com")).unwrap().party;
    office.invite(Invitee::Party(luz), None).unwrap();
    Live { desk, account: sue.account, invitation, activation, temporary, session, begun, digits }
}

/// Whoever knows a code and holds the file cannot even recognise it there: no
/// digest that can be made without the key stands in it. So codes cannot be
/// tried out against a copy, however few there are.
#[test]
fn no_digest_in_the_file_can_be_made_without_the_key() {
    let live = live();
    let account = live.account.to_string();
    let snapshot = live.desk.snapshot();
    let book = snapshot.rows::<carekey::store::record::CodeBook>().into_iter().next().expect("a book of codes");
    let book_id = book.id.to_string();
    let texts = |fields: &[&str]| -> Vec<String> { fields.iter().map(|field| (*field).to_owned()).collect() };
    let known = [
        texts(&["invitation code", live.invitation.0.canonical()]),
        texts(&["invitation link", live.invitation.1.canonical()]),
        texts(&["token", "activation", live.activation.canonical()]),
        texts(&["token", "session", live.session.reveal()]),
        texts(&["token", "recovery_code", live.begun.token.reveal()]),
        texts(&["recovery code", &book_id, &live.digits]),
        texts(&["temporary password", &account, live.temporary.reveal()]),
    ];
    let hay = Hay::new(&[files(&live.desk), live.desk.snapshot().bytes()].concat());
    let mut tried = 0;
    for fields in &known {
        let all: Vec<&[u8]> = fields.iter().map(|field| field.as_bytes()).collect();
        let secret = &all[all.len() - 1..];
        for (fields, framed) in [(&all[..], true), (&all[..], false), (secret, true), (secret, false)] {
            let joined: Vec<u8> = fields.concat();
            let mut digests = vec![Sha256::digest(&joined).to_vec()];
            for key in [&b""[..], &[0; 32], &[0; 64], live.desk.agency.id().0.as_bytes(), b"carekey", b"104"] {
                digests.push(hmac(key, fields, framed));
            }
            for digest in digests {
                assert!(!hay.holds(&digest), "{fields:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 150);
    // With the key it is there: the digests here are made as the engine's are.
    let key = sub_key(&KEY, live.desk.agency.id(), "digest");
    // The token of a recovery is sealed, and rests nowhere.
    for fields in known[..6].iter().filter(|fields| fields[1] != "recovery_code") {
        let fields: Vec<&[u8]> = fields.iter().map(|field| field.as_bytes()).collect();
        assert!(hay.holds(&hmac(&key, &fields, true)), "{:?}", String::from_utf8_lossy(fields[0]));
    }
}

/// A copy of the file, opened with another key.
#[test]
fn a_copy_does_not_open_with_another_key() {
    let live = live();
    let file = live.desk.file();
    let before = live.desk.snapshot();
    for at in 0..32 {
        let mut other = KEY;
        other[at] ^= 1;
        let store = carekey::store::SqliteStore::open(&file).unwrap();
        let opened = Directory::with(store, &other, Room::new(Clock::new(), 3));
        assert_eq!(opened.err().expect("refused").code, Code::KeyWrong);
    }
    assert_eq!(live.desk.snapshot(), before);
}

/// Also with the mark of the key taken out, another key opens nothing: no
/// message, no code, no link, no session, no password; and no history holds.
#[test]
fn a_copy_whose_mark_was_taken_out_gives_nothing_away() {
    let live = live();
    let desk = &live.desk;
    let raw = rusqlite::Connection::open(desk.file()).unwrap();
    assert_eq!(raw.execute("DELETE FROM setting", []).unwrap(), 1);
    let store = carekey::store::SqliteStore::open(&desk.file()).unwrap();
    let thief = Directory::with(store, &[8; 32], Room::new(Clock::new(), 3)).unwrap();
    let agency = thief.agency("104").unwrap();
    let nowhere = &Source::UNKNOWN;
    let code = |error: carekey::Error| error.code;

    // What cannot be opened is given up, not shown.
    assert!(agency.outbox().claim(99).map_err(code).unwrap().is_empty());
    assert_eq!(agency.verify_history(live.account).map_err(code).unwrap_err(), Code::HistoryBroken);
    assert_eq!(agency.verify_agency_history().map_err(code).unwrap_err(), Code::HistoryBroken);
    let (invitation, link) = (live.invitation.0.grouped(), live.invitation.1.canonical());
    let redeemed = agency.redeem_code(invitation.reveal(), "rosa@example.com", None, nowhere);
    assert_eq!(redeemed.map_err(code).unwrap_err(), Code::InvitationRefused);
    assert_eq!(agency.look_at_invitation(link).map_err(code).unwrap_err(), Code::InvitationRefused);
    assert_eq!(agency.redeem_link(link, None, nowhere).map_err(code).unwrap_err(), Code::InvitationRefused);
    let other = Secret::from(OTHER);
    let activated = agency.activate(live.activation.canonical(), twice(&other), nowhere);
    assert_eq!(activated.map_err(code).unwrap_err(), Code::StepRefused);
    assert_eq!(agency.session(live.session.reveal()).map_err(code).unwrap_err(), Code::SessionEnded);
    let step = agency.recovery_code(&live.begun.token, &live.digits, nowhere);
    assert_eq!(step.map_err(code).unwrap_err(), Code::RecoveryRefused);
    assert!(matches!(sign_in(&agency, "tom@example.com", live.temporary.reveal()), SignIn::Refused));
    assert!(matches!(sign_in(&agency, "sue@example.com", GOOD), SignIn::Refused), "not without the pepper");
    drop((thief, agency));

    // With the right key everything is still good.
    raw.execute("DELETE FROM setting", []).unwrap();
    let agency = open_file(&desk.file(), Clock::new(), 4).agency("104").unwrap();
    agency.session(live.session.reveal()).unwrap();
    agency.look_at_invitation(link).unwrap();
    assert!(agency.recovery_code(&live.begun.token, &live.digits, nowhere).is_ok());
    // All but what the thief's claim gave up.
    assert_eq!(agency.outbox().claim(99).unwrap().len(), 0);
}

/// People type a password where a name is asked. What is counted of a name that
/// nobody has is told apart by no digest that can be made without the key: the
/// same, typed at two agencies, has nothing in common.
#[test]
fn what_is_typed_leaves_no_digest_that_can_be_made_without_the_key() {
    for method in [RecoveryMethod::Code, RecoveryMethod::Questions] {
        let mut policy = Policy::default();
        policy.recovery.method = method;
        let desk = Desk::memory(policy);
        let there = desk.another("105");
        desk.cheap_hashes();
        let source = Source::new("203.0.113.7");
        let elsewhere = Desk::memory(quick());
        let party = elsewhere.office().add_party(&new_person("Else, Where", Role::Family, "else@example.com")).unwrap();
        elsewhere.office().invite(Invitee::Party(party.party), None).unwrap();
        let code = elsewhere.one_mail().code();
        let ids = |agency: &carekey::Agency| -> Vec<RecordId> {
            let password = Secret::from("wrong");
            let typed = carekey::Credentials { username: OTHER, password: &password, remember: false, device: None };
            assert!(matches!(agency.sign_in(&typed, &source).unwrap(), SignIn::Refused));
            let begun = agency.recover(OTHER, &source).unwrap();
            let refused = match &begun.asks {
                Asks::Questions(_) => agency.recovery_answers(&begun.token, &[], &source),
                _ => agency.recovery_code(&begun.token, "00000000", &source),
            };
            assert_eq!(refused.unwrap_err().code, Code::RecoveryRefused);
            assert_eq!(agency.redeem_code(&code, OTHER, None, &source).unwrap_err().code, Code::InvitationRefused);
            let of = agency.id();
            let counted: Vec<record::Throttle> = desk.read(&Select::all::<record::Throttle>(of));
            let networks: Vec<record::SourceCount> = desk.read(&Select::all::<record::SourceCount>(of));
            let books: Vec<record::CodeBook> = desk.read(&Select::all::<record::CodeBook>(of));
            let counted = counted.iter().map(|row| row.id).chain(networks.iter().map(|row| row.id));
            counted.chain(books.iter().map(|row| row.id)).collect()
        };
        let (here, there) = (ids(&desk.agency), ids(&there));
        // The name, its code or its questions, what was given with a code, the network.
        assert_eq!((here.len(), there.len()), (4, 4));
        assert!(here.iter().all(|id| !there.contains(id)), "{here:?} and {there:?}");
    }
}
