//! Canaries through the whole interface: no password, answer, code, link or
//! token is in any debug print, display, error, list, history or export, nor
//! in the bytes of the file and its log.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

use carekey::agency::{Invitee, NewApplication, Redeemed, UserQuery};
use carekey::history::{to_csv, to_json_lines};
use carekey::invitation::{InvitationCode, LinkToken};
use carekey::password::questions::Answer;
use carekey::roster::Roster;
use carekey::words::MessageKind;
use carekey::{AccountId, Credentials, Method, Policy, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, code_in, digits_in, link_in, new_person, new_staff, password_in, twice};

carekey_tests::on_every_store! { policy(); nothing_that_is_secret_is_shown }

/// Old passwords are kept too.
fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.password.history = 5;
    policy
}

/// What was shown, and what must not be in it.
#[derive(Default)]
struct Watch {
    shown: String,
    secrets: BTreeSet<String>,
}

impl Watch {
    fn see<T: Debug>(&mut self, value: T) -> T {
        self.shown += &format!("{value:?}\n{value:#?}\n");
        value
    }

    fn error<T>(&mut self, result: carekey::Result<T>) {
        let error = result.err().expect("an error");
        self.display(&error);
        self.see(&error);
        for finding in &error.findings {
            self.shown += &finding.message(carekey::Locale::English);
            self.shown += &serde_json::to_string(finding).unwrap();
        }
    }

    fn display(&mut self, value: impl Display) {
        self.shown += &format!("{value}\n");
    }

    fn secret(&mut self, secret: &str) -> Secret {
        self.secrets.insert(secret.to_owned());
        Secret::from(secret)
    }

    /// Claims all messages, and keeps their secrets. Codes and links count in
    /// each form in which they could be written.
    fn mail(&mut self, desk: &Desk) -> Vec<carekey::Message> {
        let messages = desk.agency.outbox().claim(99).unwrap();
        for message in &messages {
            self.see(message);
            let body = message.body.reveal();
            if let Some(link) = link_in(body) {
                self.secret(LinkToken::parse(&link).value.unwrap().canonical());
            }
            if let Some(code) = code_in(body) {
                self.secret(&code);
                self.secret(InvitationCode::parse(&code).value.unwrap().canonical());
            }
            if let Some(password) = password_in(body) {
                self.secret(password.reveal());
            }
        }
        messages
    }

    fn leak(&self, place: &str, bytes: &[u8]) {
        for secret in &self.secrets {
            let found = bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()));
            assert!(!found, "{place} holds {secret:?}");
        }
    }
}

fn take(watch: &mut Watch, answer: SignIn) -> Secret {
    watch.see(&answer);
    let token = match answer {
        SignIn::Granted(session) => {
            if let Some(device) = &session.device {
                watch.secret(device.reveal());
            }
            session.token
        }
        SignIn::ChangePassword(step) | SignIn::SetQuestions(step) => step.token,
        SignIn::Refused => panic!("refused"),
    };
    watch.secret(token.reveal())
}

fn nothing_that_is_secret_is_shown(desk: &Desk) {
    let (office, agency, nowhere) = (desk.office(), &desk.agency, &Source::UNKNOWN);
    let mut watch = Watch::default();
    let first = watch.secret("Canary#1 lantern");
    let second = watch.secret("Canary#2 meadow");
    let third = watch.secret("Canary#3 harbour");
    let wrong = watch.secret("Canary#4 wrongly");
    let weak = watch.secret("canaryfive");
    let texts = ["Canary Answer Rex", "Canary Answer Marys", "Canary Answer Elm"];
    for text in texts {
        watch.secret(text);
        watch.secret(&text.to_lowercase());
    }
    let questions = ["first_pet", "first_school", "childhood_street"];
    let answers: Vec<Answer<'_>> =
        questions.iter().zip(texts).map(|(question, answer)| Answer { question, answer }).collect();
    let sign_in = |username: &str, password: &Secret| {
        agency.sign_in(&Credentials { username, password, remember: true, device: None }, nowhere).unwrap()
    };

    // A caregiver by link, with questions, a change, an old password.
    let party = office.add_party(&new_person("Sue Wright", Role::Caregiver, "sue@example.com")).unwrap().party;
    let enrolled = watch.see(office.create_account(party, Role::Caregiver, None).unwrap());
    let sue = enrolled.account.unwrap();
    let messages = watch.mail(desk);
    let link = link_in(messages[0].body.reveal()).unwrap();
    watch.see(office.messages(None, 0, 99).unwrap());
    watch.error(agency.activate(&link, twice(&weak), nowhere));
    watch.error(agency.activate(&link, carekey::NewPassword { new: &first, confirm: &second }, nowhere));
    watch.see(carekey::NewPassword { new: &first, confirm: &second });
    watch.see(agency.activate(&link, twice(&first), nowhere).unwrap());
    watch.error(agency.activate(&link, twice(&first), nowhere));
    let _ = watch.see(sign_in("sue@example.com", &wrong));
    let step = take(&mut watch, sign_in("sue@example.com", &first));
    watch.error(agency.set_questions(&step, &answers[..2], nowhere));
    let same = [answers[0], answers[0], answers[0]];
    watch.error(agency.set_questions(&step, &same, nowhere));
    let session = take(&mut watch, agency.set_questions(&step, &answers, nowhere).unwrap());
    watch.see(agency.session(session.reveal()).unwrap());
    watch.error(agency.change_password(session.reveal(), &wrong, twice(&second), nowhere));
    watch.error(agency.change_password(session.reveal(), &first, twice(&first), nowhere));
    let changed = agency.change_password(session.reveal(), &first, twice(&second), nowhere).unwrap();
    watch.see(&changed);
    watch.secret(changed.token.reveal());
    watch.error(agency.change_password(changed.token.reveal(), &second, twice(&first), nowhere));

    // Their own contact, which nobody confirms, and other questions.
    let own = changed.token.reveal();
    let change = |password, to| agency.change_contact(own, password, Method::Email, to, nowhere);
    watch.error(change(&wrong, "sue@example.net"));
    watch.error(change(&second, "nonsense"));
    watch.see(change(&second, "sue@example.net").unwrap());
    watch.see(agency.contacts(own, nowhere).unwrap());
    assert_eq!(watch.mail(desk).len(), 3, "the password; to confirm and to object");
    watch.see(change(&second, "sue@example.com").unwrap());
    let texts = ["Canary Answer Tom", "Canary Answer North", "Canary Answer Oak"];
    let others: Vec<Answer<'_>> =
        questions.iter().zip(texts).map(|(question, answer)| Answer { question, answer }).collect();
    for text in texts {
        watch.secret(text);
        watch.secret(&text.to_lowercase());
    }
    watch.error(agency.change_questions(own, &wrong, &others, nowhere));
    watch.error(agency.change_questions(own, &second, &others[..2], nowhere));
    agency.change_questions(own, &second, &others, nowhere).unwrap();
    watch.error(agency.session(session.reveal()));

    // A client by temporary password; the office's own with a typed one.
    let added = watch.see(office.add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap());
    let ann = added.enrolled.unwrap().account.unwrap();
    let messages = watch.mail(desk);
    let temporary = messages.iter().find_map(|message| password_in(message.body.reveal())).unwrap();
    let step = take(&mut watch, sign_in("ann@example.com", &temporary));
    take(&mut watch, agency.choose_password(&step, twice(&first), nowhere).unwrap());
    let staff = watch.see(office.create_staff_account(&new_staff("Felicia", "Conner"), Some(twice(&third))).unwrap());
    watch.error(office.create_staff_account(&new_staff("Frank", "Other"), Some(twice(&weak))));
    office.reset_password(staff.account.unwrap(), twice(&second)).unwrap();
    // Nobody to send to: the password is handed over.
    let unreachable = carekey::agency::NewStaff { email: None, phone: None, ..new_staff("Una", "Reachable") };
    let handed = watch.see(office.create_staff_account(&unreachable, None).unwrap());
    watch.secret(handed.hand_over.expect("to be handed over").reveal());
    let roster = Roster::from_csv(&b"Role,Name\nOffice staff,\"Roster, Rita\"\n"[..]).unwrap();
    let preview = office.preview(roster).unwrap();
    watch.see(&preview);
    let report = office.create(&preview, None, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    watch.see(&report);
    watch.secret(report.rows[0].hand_over.as_ref().expect("to be handed over").reveal());

    // A family by code and link; one that waits still.
    let family = office.add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    let new = NewApplication { number: "A-1".into(), family, submitted_at: None };
    watch.see(office.add_application(&new).unwrap());
    let messages = watch.mail(desk);
    let message = messages.iter().find(|message| code_in(message.body.reveal()).is_some()).unwrap();
    let code = code_in(message.body.reveal()).unwrap();
    watch.error(agency.redeem_code(&code, "other@example.com", None, nowhere));
    let slip = code.replace(&code[..1], if code.starts_with('7') { "8" } else { "7" });
    watch.error(agency.redeem_code(&slip, "rosa@example.com", None, nowhere));
    watch.see(agency.look_at_invitation(&link_in(message.body.reveal()).unwrap()).unwrap());
    let redeemed = watch.see(agency.redeem_code(&code, "rosa@example.com", None, nowhere).unwrap());
    let Redeemed::NewAccount { step, account: rosa, .. } = redeemed else { panic!("a new account") };
    watch.secret(step.token.reveal());
    watch.error(agency.choose_password(&step.token, twice(&weak), nowhere));
    take(&mut watch, agency.choose_password(&step.token, twice(&third), nowhere).unwrap());
    watch.error(agency.redeem_code(&code, "rosa@example.com", None, nowhere));
    let waiting = office.add_party(&new_person("Garcia, Luz", Role::Family, "luz@example.com")).unwrap().party;
    office.invite(Invitee::Party(waiting), None).unwrap();

    // A code on paper; a reminder of what waits still.
    let on_paper = office.add_party(&new_person("Garcia, Pia", Role::Family, "pia@example.com")).unwrap().party;
    let paper = watch.see(office.print_code(Invitee::Party(on_paper), None).unwrap());
    for secret in [&paper.code, &paper.link] {
        watch.secret(secret.reveal());
    }
    watch.secret(&paper.code.reveal().replace('-', ""));
    let mut settings = agency.settings().unwrap();
    settings.policy.enrolment.reminder_days = [3].into();
    office.change_settings(settings).unwrap();
    watch.mail(desk);
    desk.clock.advance(time::Duration::days(3));
    assert_eq!(agency.remind().unwrap(), 1);
    let messages = watch.mail(desk);
    let reminder = messages.iter().find(|message| message.kind == MessageKind::InvitationReminder).unwrap();
    let again = (code_in(reminder.body.reveal()), link_in(reminder.body.reveal()));
    assert!(again.0.is_some() && again.1.is_some(), "the code and the link once more");
    watch.error(agency.redeem_code(paper.code.reveal(), "other@example.com", None, nowhere));

    // A forgotten password; a contact that is corrected, confirmed, objected to.
    let begun = watch.see(agency.recover("rosa@example.com", nowhere).unwrap());
    watch.secret(begun.token.reveal());
    let messages = watch.mail(desk);
    let digits = messages.iter().find_map(|message| digits_in(message.body.reveal())).unwrap();
    watch.secret(&digits);
    watch.error(agency.recovery_code(&begun.token, "00000000", nowhere));
    let asked = watch.see(agency.recovery_code(&begun.token, &digits, nowhere).unwrap());
    watch.secret(asked.token.reveal());
    watch.error(agency.recovery_answers(&asked.token, &answers[..1], nowhere));
    let fourth = watch.secret("Canary#6 hillside");
    let finished = watch.see(agency.finish_recovery(&asked.token, twice(&fourth), nowhere).unwrap());
    watch.secret(finished.device.reveal());
    for email in ["sue@example.com", "sue.wright@example.com"] {
        let file = format!("Role,Name,Email,Phone\nCaregiver,Sue Wright,{email},212-555-0123\n");
        let preview = watch.see(office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap());
        watch.see(office.create(&preview, None, &mut |_| std::ops::ControlFlow::Continue(())).unwrap());
    }
    let links: Vec<String> = watch.mail(desk).iter().filter_map(|message| link_in(message.body.reveal())).collect();
    assert!(links.len() >= 2, "to confirm and to object");
    for link in &links {
        watch.error(agency.activate(link, twice(&third), nowhere));
        let objected = watch.see(agency.object_to_contact(link, nowhere));
        let confirmed = watch.see(agency.confirm_contact(link, nowhere));
        assert!(objected.is_err() || confirmed.is_err(), "a link is for one of the two");
    }

    // All that the office and exports show.
    watch.see(office.users(&UserQuery { show_disabled: true, ..UserQuery::default() }).unwrap());
    watch.see(office.applications(None, 0, 99).unwrap());
    watch.see(office.messages(None, 0, 99).unwrap());
    watch.see(agency.find_parties("", 0, 99).unwrap());
    watch.see(agency.settings().unwrap());
    let accounts: [AccountId; 4] = [sue, ann, staff.account.unwrap(), rosa];
    for lines in accounts.iter().map(|id| agency.history(*id).unwrap()).chain([agency.agency_history().unwrap()]) {
        watch.see(&lines);
        watch.display(to_csv(&lines).unwrap());
        watch.display(to_json_lines(&lines).unwrap());
    }
    watch.see(desk.snapshot());
    let rows = desk.snapshot();
    watch.see(rows.rows::<carekey::store::record::Account>());
    watch.see(rows.rows::<carekey::store::record::Token>());
    watch.see(rows.rows::<carekey::store::record::Invitation>());
    watch.see(rows.rows::<carekey::store::record::Message>());
    watch.see(rows.rows::<carekey::store::record::Answer>());
    watch.see(rows.rows::<carekey::store::record::Contact>());
    watch.see(rows.rows::<carekey::store::record::ContactChange>());
    watch.see(rows.rows::<carekey::store::record::OldAnswer>());
    watch.see(rows.rows::<carekey::store::record::Throttle>());
    watch.see(rows.rows::<carekey::store::record::CodeBook>());
    assert!(watch.secrets.len() >= 25, "{}", watch.secrets.len());
    watch.leak("what was shown", watch.shown.as_bytes());
    assert!(watch.shown.contains("sue@example.com"), "what was shown is what was looked at");

    // The rows themselves, in any store, before messages are sent and after.
    let row_bytes = |desk: &Desk| desk.snapshot().bytes();
    watch.leak("a row", &row_bytes(desk));
    let remaining = watch.mail(desk);
    watch.leak("a row of a claimed message", &row_bytes(desk));
    for message in &remaining {
        agency.outbox().sent(message).unwrap();
    }
    watch.leak("a row of a sent message", &row_bytes(desk));
    if let Some(folder) = desk.folder() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert!(path.extension().is_some_and(|end| end == "db-shm") || !bytes.is_empty());
            watch.leak(&path.display().to_string(), &bytes);
        }
        let file = std::fs::read(folder.join("agency.db")).unwrap();
        let log = std::fs::read(folder.join("agency.db-wal")).unwrap();
        let all = [file, log].concat();
        assert!(all.windows(15).any(|window| window == b"sue@example.com"), "the scan finds what is there");
    }
}
