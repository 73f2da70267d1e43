//! Account managers and the office's list of users (A1 to A4).

use time::{Duration, OffsetDateTime};

use super::Office;
use super::act::{self, Act};
use super::enrol::{self, Enrolled, First, check_one, describe, notify};
use super::steps::NewPassword;
use crate::account::{State, Throttle};
use crate::description::{AdministrativeAct, Description};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Params, has_errors, params};
use crate::id::{AccountId, PartyId};
use crate::name::PersonName;
use crate::password::{Change, Person};
use crate::policy::EnrolmentScheme;
use crate::store::{Select, Test, record};
use crate::text_enum::text_enum;
use crate::username::{NameRequest, check_email, check_phone};
use crate::words::{EventKind, MessageKind, Role};

/// A member of the office staff whose account is made before their staff
/// record (A2), or who becomes an account manager (A1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewStaff {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail; an account manager needs one.
    pub email: Option<String>,
    /// Phone; an account manager needs one.
    pub phone: Option<String>,
    /// A username that someone typed, in place of the generated one.
    pub username: Option<String>,
}

text_enum! {
    /// The columns by which the list of users can be sorted (A3).
    pub enum UserColumn {
        /// First and last name.
        DisplayName = "display_name",
        /// Given name.
        FirstName = "first_name",
        /// Family name.
        LastName = "last_name",
        /// The logon name.
        Username = "username",
        /// Enabled or disabled.
        Status = "status",
        /// The last sign-in.
        LastLogon = "last_logon",
        /// When the account was created.
        Created = "created",
        /// The last administrative act.
        Description = "description",
    }
}

/// What the list of users shows (A3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserQuery {
    /// Only those whose display, first, last or user name contains it.
    pub filter: Option<String>,
    /// Disabled ones too.
    pub show_disabled: bool,
    /// Only accounts that are not linked to a staff record yet (A2).
    pub unlinked_only: bool,
    /// The column to sort by.
    pub sort: UserColumn,
    /// The other way round.
    pub descending: bool,
    /// How many to leave out first.
    pub offset: u64,
    /// How many at the most.
    pub limit: u64,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self {
            filter: None,
            show_disabled: false,
            unlinked_only: false,
            sort: UserColumn::DisplayName,
            descending: false,
            offset: 0,
            limit: 100,
        }
    }
}

/// One user of the list (A3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The account.
    pub account: AccountId,
    /// The party it is linked to.
    pub party: Option<PartyId>,
    /// First and last name.
    pub display_name: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// The logon name.
    pub username: String,
    /// Where the account stands.
    pub state: State,
    /// Whether it is an account manager.
    pub is_manager: bool,
    /// The last sign-in.
    pub last_logon: Option<OffsetDateTime>,
    /// When the account was created.
    pub created: OffsetDateTime,
    /// Since when it is disabled.
    pub disabled: Option<OffsetDateTime>,
    /// The last administrative act and by whom.
    pub description: Option<Description>,
    /// A free note (A5).
    pub note: Option<String>,
}

/// A page of the list of users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPage {
    /// The users, in the order asked for.
    pub users: Vec<User>,
    /// How many fit the query, on all pages.
    pub found: u64,
    /// How many accounts of the agency are not disabled.
    pub active: u64,
}

impl Office {
    /// The list of users (A3).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn users(&self, query: &UserQuery) -> Result<UserPage> {
        self.acting("users")?;
        let all = || Select::of::<record::Account>(self.agency.id).and("deleted_at", Test::Null(true));
        let mut select = all();
        if let Some(text) = query.filter.as_deref().filter(|text| !text.is_empty()) {
            for column in ["display_name", "first_name", "last_name", "username"] {
                select = select.or(column, Test::Contains(text.to_owned()));
            }
        }
        if !query.show_disabled {
            select = select.and("disabled_at", Test::Null(true));
        }
        if query.unlinked_only {
            select = select.and("party", Test::Null(true));
        }
        let column = match query.sort {
            UserColumn::DisplayName => "display_key",
            UserColumn::FirstName => "first_name",
            UserColumn::LastName => "last_name",
            UserColumn::Username => "username_canonical",
            UserColumn::Status => "disabled_at",
            UserColumn::LastLogon => "last_sign_in_at",
            UserColumn::Created => "created_at",
            UserColumn::Description => "description",
        };
        let shared = &self.agency.shared;
        let found = shared.store.count(&select)?;
        let active = shared.store.count(&all().and("disabled_at", Test::Null(true)))?;
        let page = select.by(column, query.descending).by("display_key", false).page(query.offset, query.limit);
        let users = act::read::<record::Account>(shared, &page)?.into_iter().map(shown).collect();
        Ok(UserPage { users, found, active })
    }

    /// One user.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `account.not_found`.
    pub fn user(&self, account: AccountId) -> Result<User> {
        self.acting("user")?;
        let found: Option<record::Account> = act::get(&self.agency.shared, self.agency.id, account.0)?;
        found.map(shown).ok_or_else(|| Error::not_found(Code::AccountNotFound))
    }

    /// Makes an account for someone of the office before their staff record
    /// (A2), with a temporary password: generated, or typed twice (P8).
    ///
    /// # Errors
    ///
    /// The findings about names, username and password.
    pub fn create_staff_account(&self, new: &NewStaff, typed: Option<NewPassword<'_>>) -> Result<Enrolled> {
        self.act("create_staff_account", |act| staff_account(act, new, typed, false))
    }

    /// Links an account that came before its staff record to that record (A2).
    ///
    /// # Errors
    ///
    /// `account.already_linked`, `account.exists` where the party has another
    /// account; `account.not_found`, `party.not_found`.
    pub fn link_account(&self, account: AccountId, party: PartyId) -> Result<()> {
        self.act("link_account", |act| {
            let mut account = act.account(account)?;
            let mut party = enrol::party(act, party)?;
            if account.party.is_some() {
                return Err(Finding::new(Code::AccountAlreadyLinked, "account").into());
            }
            if party.account.is_some() {
                return Err(Finding::new(Code::AccountExists, "party").into());
            }
            account.party = Some(party.id);
            party.account = Some(account.id);
            act.event(&mut account, EventKind::AccountLinked, params([("name", party.display_name.as_str().into())]));
            describe(act, &mut account, AdministrativeAct::Linked);
            act.update(&mut account);
            act.update(&mut party);
            Ok(())
        })
    }

    /// Makes a new account and an account manager of it (A1). Only support
    /// does; the limit of the policy holds under parallel attempts.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.limit`, `manager.name_missing`,
    /// `email.missing`, `phone.missing`, and the findings about the username.
    pub fn add_manager(&self, new: &NewStaff) -> Result<Enrolled> {
        self.support_act("add_manager", |act| {
            make_room(act)?;
            staff_account(act, new, None, true)
        })
    }

    /// Makes an account manager of an account that is there already (A1).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.limit`, `manager.already`,
    /// `account.not_found`, `account.disabled`.
    pub fn promote(&self, account: AccountId) -> Result<()> {
        self.support_act("promote", |act| {
            let mut account = act.account(account)?;
            if account.manager_since.is_some() {
                return Err(Finding::new(Code::ManagerAlready, "account").into());
            }
            if account.disabled_at.is_some() {
                return Err(Finding::new(Code::AccountDisabled, "account").into());
            }
            make_room(act)?;
            become_manager(act, &mut account);
            act.update(&mut account);
            Ok(())
        })
    }

    /// Ends someone's being an account manager (A1); the account stays.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.not`, `manager.last`, `account.not_found`.
    pub fn remove_manager(&self, account: AccountId) -> Result<()> {
        self.support_act("remove_manager", |act| {
            let mut account = act.account(account)?;
            if account.manager_since.is_none() {
                return Err(Finding::new(Code::ManagerNot, "account").into());
            }
            keep_one(act, &account)?;
            step_down(act, &mut account);
            act.update(&mut account);
            Ok(())
        })
    }

    /// Hands a manager's place to another account, in one act: the number
    /// stays the same, so it works at the limit and for the last one (A1).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.not`, `manager.already`,
    /// `account.not_found`, `account.disabled`.
    pub fn hand_over(&self, from: AccountId, to: AccountId) -> Result<()> {
        self.support_act("hand_over", |act| {
            let mut from = act.account(from)?;
            let mut to = act.account(to)?;
            if from.manager_since.is_none() {
                return Err(Finding::new(Code::ManagerNot, "from").into());
            }
            if to.manager_since.is_some() {
                return Err(Finding::new(Code::ManagerAlready, "to").into());
            }
            if to.disabled_at.is_some() {
                return Err(Finding::new(Code::AccountDisabled, "to").into());
            }
            step_down(act, &mut from);
            become_manager(act, &mut to);
            act.update(&mut from);
            act.update(&mut to);
            Ok(())
        })
    }

    /// Disables an account: its sessions and begun steps end at once, time
    /// and manager are kept (A4).
    ///
    /// # Errors
    ///
    /// `account.disabled` where it is; `manager.last`; `account.not_found`.
    pub fn disable(&self, account: AccountId) -> Result<()> {
        self.act("disable", |act| {
            let mut account = act.account(account)?;
            if account.disabled_at.is_some() {
                return Err(Finding::new(Code::AccountDisabled, "account").into());
            }
            if account.manager_since.is_some() {
                keep_one(act, &account)?;
            }
            account.disabled_at = Some(act.now);
            account.epoch += 1;
            act.event(&mut account, EventKind::Disabled, Params::new());
            describe(act, &mut account, AdministrativeAct::Disabled);
            act.update(&mut account);
            Ok(())
        })
    }

    /// Enables an account again, in the stage it had (A4).
    ///
    /// # Errors
    ///
    /// `account.not_disabled`, `account.not_found`.
    pub fn enable(&self, account: AccountId) -> Result<()> {
        self.act("enable", |act| {
            let mut account = act.account(account)?;
            if account.disabled_at.is_none() {
                return Err(Finding::new(Code::AccountNotDisabled, "account").into());
            }
            account.disabled_at = None;
            act.event(&mut account, EventKind::Enabled, Params::new());
            describe(act, &mut account, AdministrativeAct::Enabled);
            act.update(&mut account);
            Ok(())
        })
    }

    /// Resets a password to one that the manager typed twice: sessions end,
    /// and its user must change it at the next sign-in (A4, P8).
    ///
    /// # Errors
    ///
    /// The findings about the password; `account.not_found`.
    pub fn reset_password(&self, account: AccountId, password: NewPassword<'_>) -> Result<()> {
        self.act("reset_password", |act| {
            let mut account = act.account(account)?;
            let hash = typed_password(act, &account, password)?;
            let hours = act.policy().temporary_password.lifetime_hours;
            account.password = Some(hash);
            account.password_set_at = Some(act.now);
            account.password_expires_at = Some(act.now + Duration::hours(hours.into()));
            account.stage = crate::Stage::PasswordDue;
            account.epoch += 1;
            // Failures were guesses at the password of before, and a reset is
            // the one way out for an account that they have closed (E4).
            Throttle::default().keep(&mut account);
            act.event(&mut account, EventKind::PasswordReset, Params::new());
            describe(act, &mut account, AdministrativeAct::PasswordReset);
            notify(act, &account, MessageKind::PasswordChanged)?;
            act.update(&mut account);
            Ok(())
        })
    }

    /// Sends the activation link, or the username with a new temporary
    /// password, once more; what was sent before is dead.
    ///
    /// # Errors
    ///
    /// `account.active`, `account.disabled`, `account.not_found`.
    pub fn send_again(&self, account: AccountId) -> Result<Enrolled> {
        self.act("send_again", |act| {
            let mut account = act.account(account)?;
            if account.disabled_at.is_some() {
                return Err(Finding::new(Code::AccountDisabled, "account").into());
            }
            if matches!(account.stage, crate::Stage::Active | crate::Stage::QuestionsDue) {
                return Err(Finding::new(Code::AccountActive, "account").into());
            }
            account.epoch += 1;
            Throttle::default().keep(&mut account);
            act.event(&mut account, EventKind::EnrolmentSent, Params::new());
            describe(act, &mut account, AdministrativeAct::SentAgain);
            let hand_over = enrol::first_message(act, &mut account, First::Send(None))?;
            act.update(&mut account);
            Ok(Enrolled { account: Some(account.id), hand_over, ..Enrolled::default() })
        })
    }

    /// Writes a free note on an account (A5); an empty one takes it away.
    ///
    /// # Errors
    ///
    /// `text.too_long` over 500 characters; `account.not_found`.
    pub fn set_note(&self, account: AccountId, note: &str) -> Result<()> {
        const LIMIT: usize = 500;
        self.act("set_note", |act| {
            let note = note.trim();
            let length = note.chars().count();
            if length > LIMIT {
                let finding = Finding::new(Code::TextTooLong, "note").with("limit", LIMIT).with("length", length);
                return Err(finding.into());
            }
            let mut account = act.account(account)?;
            account.note = Some(note.to_owned()).filter(|note| !note.is_empty());
            act.event(&mut account, EventKind::NoteChanged, Params::new());
            describe(act, &mut account, AdministrativeAct::NoteChanged);
            act.update(&mut account);
            Ok(())
        })
    }
}

fn shown(account: record::Account) -> User {
    User {
        account: account.id,
        party: account.party,
        display_name: account.display_name,
        first_name: account.first_name,
        last_name: account.last_name,
        username: account.username,
        state: State::of(account.stage, account.disabled_at.is_some()),
        is_manager: account.manager_since.is_some(),
        last_logon: account.last_sign_in_at,
        created: account.created_at,
        disabled: account.disabled_at,
        description: account.description,
        note: account.note,
    }
}

/// The account managers of the agency that are not disabled.
fn managers(act: &Act<'_>) -> Result<Vec<record::Account>> {
    act.find(&act.of::<record::Account>().and("manager_since", Test::Null(false)).and("deleted_at", Test::Null(true)))
}

/// Whether there is room for one more manager. Two such acts at once both
/// write the agency, so the later one counts again.
fn make_room(act: &Act<'_>) -> Result<()> {
    let limit = act.policy().account_managers;
    if managers(act)?.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
        return Err(Finding::new(Code::ManagerLimit, "account").with("limit", limit).into());
    }
    Ok(())
}

/// An agency keeps at least one manager who can act.
pub(crate) fn keep_one(act: &mut Act<'_>, leaving: &record::Account) -> Result<()> {
    let others = managers(act)?.into_iter().filter(|other| other.id != leaving.id && other.disabled_at.is_none());
    if others.count() == 0 {
        return Err(Finding::new(Code::ManagerLast, "account").into());
    }
    // Two managers leaving at once both write the agency: the later counts again.
    act.guard_agency();
    Ok(())
}

fn become_manager(act: &mut Act<'_>, account: &mut record::Account) {
    account.manager_since = Some(act.now);
    act.event(account, EventKind::ManagerAdded, Params::new());
    act.agency_event(EventKind::ManagerAdded, params([("name", account.display_name.as_str().into())]));
    describe(act, account, AdministrativeAct::ManagerAdded);
}

fn step_down(act: &mut Act<'_>, account: &mut record::Account) {
    account.manager_since = None;
    act.event(account, EventKind::ManagerRemoved, Params::new());
    act.agency_event(EventKind::ManagerRemoved, params([("name", account.display_name.as_str().into())]));
    describe(act, account, AdministrativeAct::ManagerRemoved);
}

/// Checks a temporary password that a manager typed twice, and hashes it.
fn typed_password(act: &mut Act<'_>, account: &record::Account, password: NewPassword<'_>) -> Result<String> {
    typed_for(act, &account.display_name, Some(&account.username), password)
}

/// The same, for an account that is still to be made.
pub(crate) fn typed_for(
    act: &mut Act<'_>,
    name: &str,
    username: Option<&str>,
    password: NewPassword<'_>,
) -> Result<String> {
    let person = Person { names: &[name], username, agency: Some(&act.agency.name), ..Person::default() };
    let change = Change {
        new: password.new.reveal(),
        confirm: password.confirm.reveal(),
        current_matches: None,
        same_as_current: false,
        reused: false,
    };
    let findings = act.policy().password.check_change(&change, &person);
    if has_errors(&findings) {
        return Err(Error::invalid(findings));
    }
    let cost = act.policy().password.cost;
    act.shared.hasher(act.agency.id, cost, act.keys).hash(change.new, act.rng)
}

fn staff_account(act: &mut Act<'_>, new: &NewStaff, typed: Option<NewPassword<'_>>, manager: bool) -> Result<Enrolled> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = PersonName { first: some(&new.first_name), last: some(&new.last_name), ..PersonName::default() };
    let mut findings = Vec::new();
    if manager && (name.first.is_none() || name.last.is_none()) {
        findings.push(Finding::new(Code::ManagerNameMissing, "name"));
    }
    let email = new.email.as_deref().filter(|text| !text.trim().is_empty());
    let phone = new.phone.as_deref().filter(|text| !text.trim().is_empty());
    if manager && email.is_none() {
        findings.push(Finding::new(Code::EmailMissing, "email"));
    }
    if manager && phone.is_none() {
        findings.push(Finding::new(Code::PhoneMissing, "phone"));
    }
    let email = email.map(check_email);
    let phone = phone.map(|phone| check_phone(phone, &act.agency.country));
    let verdict = check_one(
        act,
        &NameRequest {
            line: 0,
            scheme: act.policy().username.scheme(Role::OfficeStaff),
            name: &name,
            username: new.username.as_deref(),
            email: new.email.as_deref(),
            phone: new.phone.as_deref(),
            own: None,
            earlier: &[],
        },
    )?;
    findings.extend(verdict.findings);
    let (Some(username), Some(canonical), false) = (&verdict.username, &verdict.canonical, has_errors(&findings))
    else {
        return Err(Error::invalid(findings));
    };
    let mut account = enrol::blank_account(act, username, canonical, EnrolmentScheme::TemporaryPassword);
    account.display_name = name.display();
    account.display_key = name.key();
    account.first_name = name.first;
    account.last_name = name.last;
    account.email = email.and_then(|email| email.value).map(|email| email.typed);
    account.phone_e164 = phone.and_then(|phone| phone.value).map(|phone| phone.e164);
    let hash = typed.map(|password| typed_password(act, &account, password)).transpose()?;
    if manager {
        enrol::begin_account(act, &mut account)?;
        become_manager(act, &mut account);
    }
    let first = hash.as_deref().map_or(First::Send(None), First::Typed);
    Ok(Enrolled { findings, ..enrol::finish_account(act, account, first)? })
}
