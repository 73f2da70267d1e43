//! First logins, one of each kind, as a host would run them: links, codes and
//! passwords come from claimed messages only.

use carekey::account::State;
use carekey::agency::{
    ApplicationRow, CreateReport, Invitee, NewApplication, NewParty, NewTie, Redeemed, RowOutcome, Whose,
};
use carekey::invitation::OnlineAccount;
use carekey::password::questions::Answer;
use carekey::roster::Preview;
use carekey::words::MessageKind;
use carekey::{
    AccountId, Agency, Credentials, Locale, Method, NewPassword, Office, PartyId, Resource, Role, Secret, Session,
    SignIn, Source, Stage, TieKind,
};
use time::Duration;

use crate::Outcome;
use crate::clock::Clock;
use crate::host::{Host, Letter};
use crate::show::{self, done, refused, say};

/// What the people of this example choose, and what they try first.
const GOOD: &str = "Porch+Lantern-62";
const WEAK: &str = "spring";
pub const ANSWERS: [Answer<'static>; 3] = [
    Answer { question: "first_pet", answer: "Biscuit" },
    Answer { question: "first_school", answer: "Lincoln Elementary" },
    Answer { question: "first_boss", answer: "Rosalind" },
];

/// Someone of the roster.
struct Person {
    party: PartyId,
    account: Option<AccountId>,
    name: String,
    email: String,
}

/// Those who were walked through, for the parts that follow.
#[derive(Default)]
pub struct Walked {
    pub caregiver: Option<AccountId>,
    pub client: Option<AccountId>,
    pub staff: Option<AccountId>,
    pub family: Option<AccountId>,
}

pub struct Story<'a> {
    pub agency: &'a Agency,
    pub office: &'a Office,
    pub clock: &'a Clock,
    pub host: Host<'a>,
    pub preview: &'a Preview,
    pub report: &'a CreateReport,
}

/// How someone comes: shown in the history, never decided upon.
fn source() -> Source {
    Source::new("203.0.113.7, portal")
}

fn typed(password: &Secret) -> NewPassword<'_> {
    NewPassword { new: password, confirm: password }
}

/// Why something was refused, in a line each.
fn say_refused(what: &str, error: &carekey::Error) {
    if error.findings.is_empty() {
        refused(format!("{what}: {} ({})", error.message(Locale::English), error.code));
    } else {
        refused(format!("{what}:"));
    }
    for finding in &error.findings {
        say(format!("    {} ({})", finding.message(Locale::English), finding.code));
    }
}

impl Story<'_> {
    /// The first person of a role who has not come in yet and of whose line
    /// `also` is true.
    fn someone(&self, role: Role, also: impl Fn(u64) -> bool) -> Outcome<Option<Person>> {
        let first = State::of(Stage::first(self.agency.settings()?.policy.enrolment.scheme(role)), false);
        for (check, row) in self.preview.rows().iter().zip(&self.report.rows) {
            let (Some(party), Some(email)) = (row.party, &check.email) else { continue };
            let plain =
                check.row.role == Some(role) && check.same_as.is_none() && check.row.preferred != Some(Method::Sms);
            if !plain || matches!(row.outcome, RowOutcome::Failed | RowOutcome::Waiting) || !also(row.line) {
                continue;
            }
            let party = self.agency.party(party)?;
            let state = party.account.map(|account| self.office.user(account)).transpose()?.map(|user| user.state);
            if state.is_none_or(|state| state == first) {
                let (name, email) = (party.display_name, email.typed.clone());
                return Ok(Some(Person { party: party.id, account: party.account, name, email }));
            }
        }
        say(format!("There is nobody left on this roster for it: {}.", show::role(Some(role)).to_lowercase()));
        Ok(None)
    }

    /// The first message of an account; sent again where an earlier run of
    /// this example read it.
    fn first_letter(&mut self, person: &Person, kind: MessageKind) -> Outcome<Letter> {
        if let Some(letter) = self.host.letter(kind, &person.email)? {
            return Ok(letter);
        }
        match person.account {
            Some(account) => drop(self.office.send_again(account)?),
            None => self.office.reinvite(Invitee::Party(person.party), Some(Method::Email))?,
        }
        Ok(self.host.letter(kind, &person.email)?.ok_or("the message did not come")?)
    }

    fn sign_in(&self, username: &str, password: &Secret) -> carekey::Result<SignIn> {
        self.agency.sign_in(&Credentials { username, password, remember: false, device: None }, &source())
    }

    /// Goes on from a sign-in to a session, saying what is asked on the way.
    fn go_on(&self, mut answer: SignIn, told: bool) -> Outcome<Session> {
        let good = Secret::from(GOOD);
        let tell = |text: &str| {
            if told {
                done(text)
            }
        };
        loop {
            answer = match answer {
                SignIn::Granted(session) => {
                    tell("signed in");
                    return Ok(session);
                }
                SignIn::ChangePassword(step) => {
                    tell("asked to choose a password, and chose one");
                    self.agency.choose_password(&step.token, typed(&good), &source())?
                }
                SignIn::SetQuestions(step) => {
                    tell("asked for three security questions, and answered them");
                    self.agency.set_questions(&step.token, &ANSWERS, &source())?
                }
                SignIn::Refused => return Err("the sign-in was refused".into()),
            }
        }
    }

    /// S0: activation link, password, three questions.
    pub fn caregiver(&mut self) -> Outcome<Option<AccountId>> {
        say("A caregiver, by activation link");
        let Some(person) = self.someone(Role::Caregiver, |_| true)? else { return Ok(None) };
        let letter = self.first_letter(&person, MessageKind::Activation)?;
        let link = letter.link().ok_or("the message has no link")?;
        let username = self.agency.activation(link.reveal())?;
        done(format!("{} opened the link; it shows the username {username}", person.name));
        let (weak, good) = (Secret::from(WEAK), Secret::from(GOOD));
        if let Err(error) = self.agency.activate(link.reveal(), typed(&weak), &source()) {
            say_refused("a weak password", &error);
        }
        let state = self.agency.activate(link.reveal(), typed(&good), &source())?;
        done(format!("chose a good one; the account is in the state {state}"));
        if let Err(error) = self.agency.activate(link.reveal(), typed(&good), &source()) {
            say_refused("the same link again", &error);
        }
        self.go_on(self.sign_in(&username, &good)?, true)?;
        self.go_on(self.sign_in(&username.to_uppercase(), &good)?, false)?;
        done("and signed in to the app with the same account");
        println!();
        Ok(person.account)
    }

    /// S1: a one-time password, good for nothing but choosing one's own.
    pub fn client(&mut self) -> Outcome<Option<AccountId>> {
        say("A client, by one-time password");
        let account = self.by_password(Role::Client, |_| true)?;
        println!();
        Ok(account)
    }

    /// S2: a generated username and a forced change; if possible one whose
    /// plain name was taken.
    pub fn office_member(&mut self, accepted: &[u64]) -> Outcome<Option<AccountId>> {
        say("A member of the office, by generated username and forced change");
        let suggested = |line| accepted.is_empty() || accepted.binary_search(&line).is_ok();
        let account = self.by_password(Role::OfficeStaff, suggested)?;
        println!();
        Ok(account)
    }

    fn by_password(&mut self, role: Role, also: impl Fn(u64) -> bool) -> Outcome<Option<AccountId>> {
        let Some(person) = self.someone(role, also)? else { return Ok(None) };
        let account = self.registered(&person, true)?;
        Ok(Some(account))
    }

    /// From the registration message to a session.
    fn registered(&mut self, person: &Person, told: bool) -> Outcome<AccountId> {
        let account = person.account.ok_or("there is no account")?;
        let letter = self.first_letter(person, MessageKind::Registration)?;
        let password = letter.password().ok_or("the message has no password")?;
        let username = self.office.user(account)?.username;
        if told {
            done(format!("{} read the message: username {username}, and a one-time password", person.name));
        }
        self.go_on(self.sign_in(&username, &password)?, told)?;
        if told && matches!(self.sign_in(&username, &password)?, SignIn::Refused) {
            refused("the one-time password again: not accepted, and the answer does not say why");
        }
        Ok(account)
    }

    /// S3: link and code for 14 days; and an application linked to the same
    /// account.
    pub fn family(&mut self) -> Outcome<Option<AccountId>> {
        say("A family, by invitation");
        let Some(person) = self.someone(Role::Family, |_| true)? else { return Ok(None) };
        let letter = self.first_letter(&person, MessageKind::Invitation)?;
        let (link, code) = (letter.link().ok_or("no link")?, letter.code().ok_or("no code")?);
        let seen = self.agency.look_at_invitation(link.reveal())?;
        done(format!("{} opened the link: {}, good until {}", person.name, seen.agency, show::moment(seen.expires_at)));
        let slip: String = code.reveal().chars().rev().collect();
        if let Err(error) = self.agency.redeem_code(&slip, &person.email, None, &source()) {
            say_refused("a slip in the code, found without asking the store", &error);
        }
        let (account, session) = self.redeem(&code, &person.email)?;
        if let Err(error) = self.agency.redeem_code(code.reveal(), &person.email, None, &source()) {
            say_refused("the same code again", &error);
        }
        let number = format!("A-{:04}", self.office.applications(None, 0, u64::MAX >> 1)?.len() + 1);
        let new = NewApplication { number: number.clone(), family: person.party, submitted_at: None };
        let application = self.office.add_application(&new)?.application;
        let letter = self.host.letter(MessageKind::Invitation, &person.email)?.ok_or("no invitation came")?;
        let code = letter.code().ok_or("no code")?;
        let redeemed = self.agency.redeem_code(code.reveal(), &number, Some(session.token.reveal()), &source())?;
        if let Redeemed::Linked { username, .. } = redeemed {
            done(format!("application {number} linked to the same account, {username}"));
        }
        let decision = self.agency.can_see(account, Resource::Application, application)?;
        done(format!("sees it: {}", because(&decision)));
        println!();
        Ok(Some(account))
    }

    /// Redeems a code for a new account, and goes on to a session.
    fn redeem(&self, code: &Secret, with: &str) -> Outcome<(AccountId, Session)> {
        match self.agency.redeem_code(code.reveal(), with, None, &source())? {
            Redeemed::NewAccount { account, username, step } => {
                done(format!("redeemed the code: a new account, {username}"));
                let answer = self.agency.choose_password(&step.token, typed(&Secret::from(GOOD)), &source())?;
                Ok((account, self.go_on(answer, true)?))
            }
            Redeemed::Linked { account, username } => {
                done(format!("redeemed the code: linked to the account there is, {username}"));
                Ok((account, self.go_on(self.sign_in(&username, &Secret::from(GOOD))?, true)?))
            }
            // Never met with a family that is new; a portal asks them to sign in
            // and redeems again, with the session.
            Redeemed::SignInFirst => Err("the contact of a new family has an account".into()),
        }
    }

    /// S3: a code that lapsed, a second one, and the link taken away again.
    pub fn lapsed(&mut self) -> Outcome<()> {
        say("A second family, whose code lapses");
        let Some(person) = self.someone(Role::Family, |_| true)? else { return Ok(()) };
        let old = self.first_letter(&person, MessageKind::Invitation)?.code().ok_or("no code")?;
        let item = Invitee::Party(person.party);
        if let Err(error) = self.office.invite(item, None) {
            say_refused("the office invites again", &error);
        }
        self.clock.forward(Duration::days(14) + Duration::hours(1));
        done("fourteen days pass");
        if let Err(error) = self.agency.redeem_code(old.reveal(), &person.email, None, &source()) {
            say_refused(&format!("{} enters the code", person.name), &error);
        }
        self.office.reinvite(item, Some(Method::Email))?;
        done("the office reinvites: fourteen new days, a new code");
        let letter = self.host.letter(MessageKind::Invitation, &person.email)?.ok_or("no invitation came")?;
        if let Err(error) = self.agency.redeem_code(old.reveal(), &person.email, None, &source()) {
            say_refused("the old code", &error);
        }
        let (_, session) = self.redeem(&letter.code().ok_or("no code")?, &person.email)?;
        self.office.unlink(item)?;
        done("the office unlinks: access ends at once, the account stays");
        if let Err(error) = self.agency.session(session.token.reveal()) {
            say_refused("the session", &error);
        }
        println!();
        Ok(())
    }

    /// The applications, as the office finds them (S3).
    pub fn applications(&self) -> Outcome<()> {
        let rows = self.office.applications(None, 0, 5)?;
        if rows.is_empty() {
            return Ok(());
        }
        let lines = rows.into_iter().map(|row: ApplicationRow| {
            let online = match row.online_account {
                OnlineAccount::Linked(username) => username,
                OnlineAccount::Action(action) => format!("[{}]", action.as_str()),
            };
            [row.number, row.family_name, show::moment(row.submitted_at), online]
        });
        show::table(["Application", "Family", "Submitted", "Online account"], lines, &[]);
        Ok(())
    }

    /// V: who sees what of a client with an emergency contact, a payer and a
    /// community, and why, both ways round.
    pub fn visibility(&mut self, walked: &Walked) -> Outcome<()> {
        let Some(client) = walked.client else {
            say("No client was walked through, so there is nothing to see.");
            return Ok(());
        };
        let user = self.office.user(client)?;
        let party = user.party.ok_or("the client has no party")?;
        let mut viewers = vec![("Client", client)];
        let ties = [
            ("Emergency contact", Role::EmergencyContact, TieKind::EmergencyContact),
            ("Payer", Role::Payer, TieKind::Payer),
            ("Community", Role::Community, TieKind::Community),
        ];
        for (title, role, kind) in ties {
            if let Some(account) = self.tied(party, role, kind)? {
                viewers.push((title, account));
            }
        }
        let others = [("Caregiver", walked.caregiver), ("Office", walked.staff), ("Family", walked.family)];
        viewers.extend(others.into_iter().filter_map(|(title, account)| Some((title, account?))));

        let resources = [
            Resource::Dashboard,
            Resource::Invoices,
            Resource::Calendar,
            Resource::ServicePlan,
            Resource::MessageOwner,
        ];
        println!();
        say(format!("What they see of {}", user.display_name));
        let mut lines = Vec::new();
        for (title, viewer) in &viewers {
            let mut line = vec![(*title).to_owned()];
            for resource in resources {
                let of = if resource == Resource::MessageOwner { Whose::Own } else { Whose::Party(party) };
                let decision = self.agency.can_see(*viewer, resource, of)?;
                let scope = decision.scope.map_or("–".to_owned(), |scope| scope.as_str().replace('_', " "));
                line.push(scope);
            }
            lines.push(line.try_into().unwrap_or_default());
        }
        let header: [&str; 6] = ["", "Dashboard", "Invoices", "Calendar", "Service plan", "Message owner"];
        show::table(header, lines, &[]);

        println!();
        say("Why");
        let mut lines = Vec::new();
        for (title, viewer) in viewers.iter().take(4) {
            for resource in [Resource::Invoices, Resource::ServicePlan] {
                let decision = self.agency.can_see(*viewer, resource, party)?;
                let answer = if decision.allowed { "yes" } else { "no" };
                let what = resource.as_str().replace('_', " ");
                lines.push([(*title).to_owned(), what, answer.to_owned(), because(&decision)]);
            }
        }
        show::table(["Who", "What", "", "Because"], lines, &[]);

        println!();
        say(format!("The other way round: who sees the invoices of {}", user.display_name));
        for (account, decision) in self.agency.seen_by(Resource::Invoices, party)? {
            done(format!("{}: {}", self.office.user(account)?.display_name, because(&decision)));
        }
        if let Some((title, account)) = viewers.get(1) {
            println!();
            say(format!("And everything that the {} sees", title.to_lowercase()));
            for sight in self.agency.sees(*account)? {
                let whose = match sight.of {
                    Whose::Party(id) => format!("of {}", self.agency.party(id)?.display_name),
                    _ => "their own".to_owned(),
                };
                done(format!("{} {whose}", sight.resource.as_str().replace('_', " ")));
            }
        }
        Ok(())
    }

    /// Ties someone of that role to the client, and walks them through their
    /// first login. Where the roster has nobody, the office adds someone.
    fn tied(&mut self, client: PartyId, role: Role, kind: TieKind) -> Outcome<Option<AccountId>> {
        let words = show::role(Some(role)).to_lowercase();
        let person = match self.someone(role, |_| true)? {
            Some(person) => person,
            None => {
                let email = format!("{}@example.com", role.as_str().replace('_', "."));
                let added = NewParty {
                    name: format!("Harbor, {}", show::role(Some(role))),
                    email: Some(email.clone()),
                    roles: [Role::Contact].into(),
                    ..NewParty::default()
                };
                let party = self.office.add_party(&added)?.party;
                Person { party, account: None, name: added.name, email }
            }
        };
        let tie = NewTie { kind, who: person.party, of: client, begins_at: None, ends_at: None, reference: None };
        let tied = match self.office.relate(&tie) {
            Ok(tied) => tied,
            Err(error) => {
                say_refused(&format!("{} as the {words}", person.name), &error);
                return Ok(None);
            }
        };
        let enrolled = tied.enrolled.and_then(|enrolled| enrolled.account);
        let Some(account) = enrolled.or(person.account) else { return Ok(None) };
        self.registered(&Person { account: Some(account), ..person }, false)?;
        let name = self.office.user(account)?.display_name;
        done(format!("{name} is now the {words} of the client, and has signed in"));
        Ok(Some(account))
    }
}

fn because(decision: &carekey::visibility::Decision) -> String {
    let reasons: Vec<String> = decision.because.iter().map(|reason| reason.message(Locale::English)).collect();
    reasons.join("; ")
}
