//! The office's part: the agency, its first account manager, and its lists.

use carekey::agency::{NewStaff, UserQuery};
use carekey::words::{MessageKind, MessageState};
use carekey::{
    AccountId, Actor, Agency, AgencySettings, Credentials, Directory, Locale, NewPassword, Office, Secret, SignIn,
    Source,
};

use crate::Outcome;
use crate::clock::Clock;
use crate::host::Host;
use crate::show::{self, done, say};

const SUPPORT: &str = "Pat Long";
const MANAGER: &str = "dana.whitfield@example.com";
const PASSWORD: &str = "Quiet/Meadow-31";

/// The agency of the example, made by support where it is not there yet.
pub fn agency(directory: &Directory, clock: &Clock) -> Outcome<Agency> {
    if let Some(agency) = directory.agencies()?.into_iter().find(|agency| agency.code() == "104") {
        done(format!("found the agency {}", agency.settings()?.name));
        // An earlier run let time pass: go on from there.
        let newest = agency.acting_as(support()).messages(None, 0, 1)?.into_iter().next();
        if let Some(message) = newest {
            let ahead = message.created_at - carekey::agency::Environment::now(clock);
            clock.forward(ahead.max(time::Duration::ZERO) + time::Duration::seconds(1));
        }
        return Ok(agency);
    }
    let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    let agency = directory.create_agency(settings, &support())?;
    done("support made the agency Harbor Home Care: staff names begin with 104");
    Ok(agency)
}

fn support() -> Actor {
    Actor::Support(SUPPORT.to_owned())
}

/// The office, with its first account manager acting (A1): added by support,
/// and signed in by the one-time password of the registration message.
pub fn manager(agency: &Agency, host: &mut Host<'_>) -> Outcome<Office> {
    let office = agency.acting_as(support());
    let query = UserQuery { filter: Some("Whitfield".to_owned()), ..UserQuery::default() };
    if let Some(found) = office.users(&query)?.users.into_iter().find(|user| user.is_manager) {
        done(format!("{} acts as account manager", found.display_name));
        return Ok(agency.acting_as(Actor::Account(found.account)));
    }
    let added = office.add_manager(&NewStaff {
        first_name: "Dana".to_owned(),
        last_name: "Whitfield".to_owned(),
        email: Some(MANAGER.to_owned()),
        phone: Some("404-555-0131".to_owned()),
        username: None,
    })?;
    let account = added.account.ok_or("the manager has no account")?;
    let username = added.username.ok_or("the manager has no username")?;
    let letter = host.letter(MessageKind::Registration, MANAGER)?.ok_or("the registration message did not come")?;
    let password = letter.password().ok_or("the message has no password")?;
    let source = Source::new("198.51.100.4, office");
    let credentials = Credentials { username: &username, password: &password, remember: false, device: None };
    let mut answer = agency.sign_in(&credentials, &source)?;
    let chosen = Secret::from(PASSWORD);
    loop {
        answer = match answer {
            SignIn::ChangePassword(step) => {
                agency.choose_password(&step.token, NewPassword { new: &chosen, confirm: &chosen }, &source)?
            }
            SignIn::SetQuestions(step) => agency.set_questions(&step.token, &crate::story::ANSWERS, &source)?,
            SignIn::Granted(_) => break,
            SignIn::Refused => return Err("the manager's sign-in was refused".into()),
        }
    }
    done(format!("support added an account manager, Dana Whitfield ({username})"));
    done("she signed in by her one-time password, and acts from here on");
    Ok(agency.acting_as(Actor::Account(account)).from(source))
}

/// The newest messages that wait, and one of each sort in full.
pub fn messages(office: &Office) -> Outcome<()> {
    let waiting = office.messages(Some(MessageState::Waiting), 0, 200)?;
    let lines = waiting.iter().take(6).map(|row| {
        let (kind, method) = (row.kind.as_str().replace('_', " "), row.method.as_str().to_owned());
        [kind, method, row.address.clone(), row.subject.clone().unwrap_or_default(), show::moment(row.due_at)]
    });
    show::table(["Message", "By", "To", "Subject", "Due"], lines, &[]);
    for kind in [MessageKind::Registration, MessageKind::Invitation] {
        if let Some(row) = waiting.iter().find(|row| row.kind == kind) {
            println!();
            show::letter(&row.body);
        }
    }
    Ok(())
}

/// The list of users (A3).
pub fn users(office: &Office) -> Outcome<()> {
    let page = office.users(&UserQuery { limit: 12, ..UserQuery::default() })?;
    let shown = page.users.len();
    let lines = page.users.into_iter().map(|user| {
        let last = user.last_logon.map_or("never".to_owned(), |at| at.date().to_string());
        let state = user.state.as_str().replace('_', " ");
        let description = user.description.map_or_else(String::new, |description| description.text(Locale::English));
        [user.display_name, user.username, state, last, description]
    });
    show::table(["Display name", "Username", "Status", "Last logon", "Description"], lines, &[]);
    let number = |count: u64| show::count(usize::try_from(count).unwrap_or(usize::MAX));
    say(format!("{shown} of {} users; {} are not disabled", number(page.found), number(page.active)));
    Ok(())
}

/// The history of an account, and that it is as it was written (H).
pub fn history(agency: &Agency, account: Option<AccountId>) -> Outcome<()> {
    let Some(account) = account else {
        say("Nobody was walked through.");
        return Ok(());
    };
    let lines = agency.history(account)?.into_iter().map(|line| {
        let details: Vec<String> = line.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let who = format!("{} ({})", line.actor_name, line.actor.as_str());
        [line.sequence.to_string(), show::moment(line.at), line.kind.as_str().to_owned(), who, details.join(", ")]
    });
    show::table(["", "When", "What", "Who", "Details"], lines, &[0]);
    agency.verify_history(account)?;
    done("verified: no line was changed, removed or cut off");
    agency.verify_agency_history()?;
    done(format!("verified: nor in the agency's own history, {}", agency.settings().map(|it| it.name)?));
    Ok(())
}
