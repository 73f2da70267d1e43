//! The office's list of users, and what it does with one (A2 to A5).

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use super::managers::keep_one;
use super::{Office, delegated};
use crate::account::State;
use crate::agency::doors::NewPassword;
use crate::agency::identity::changes;
use crate::agency::identity::enrol::{self, Enrolled, First};
use crate::agency::identity::{contacts, links, names, passwords};
use crate::agency::kernel::listing::sought;
use crate::agency::kernel::{Act, Each, ListPage, Place, Tracked, get, now, tokens};
use crate::description::Description;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Params, has_errors, params};
use crate::id::{AccountId, PartyId};
use crate::name::PersonName;
use crate::password::{Change, Person};
use crate::policy::EnrolmentScheme;
use crate::remark;
use crate::roster::{NAME_LIMIT, NOTE_LIMIT};
use crate::store::{Col, Query, record};
use crate::text_enum::text_enum;
use crate::username::{NameRequest, check_email, check_phone};
use crate::words::{ActorKind, EventKind, LinkAct, MessageKind, Method, Purpose, Role};

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
    /// Only those whose display, first, last or user name has each of its words
    /// in it, whatever their order, case and marks: `Conner, Felicia` finds
    /// Felicia Conner, and `munoz` Ana Muñoz (A4).
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
    /// The first party it is linked to.
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
    /// By whom, whatever was done to it since; nothing for an account that was
    /// disabled before carekey kept it.
    pub disabled_by: Option<String>,
    /// The last administrative act and by whom.
    pub description: Option<Description>,
    /// A free note (A5).
    pub note: Option<String>,
    /// Since when its first message waits to be sent (I10).
    pub staged: Option<OffsetDateTime>,
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
        let shared = &self.agency.shared;
        let all = self.all_users()?;
        let ListPage { rows, found } =
            ListPage::read(shared, self.found_users(&all, query), query.offset, query.limit)?;
        // Of all there are, fewer are disabled: those are counted.
        let are_all = query.filter.as_deref().is_none_or(|filter| sought(filter).is_empty()) && !query.unlinked_only;
        let disabled = |none| all.clone().null(record::Account::disabled_at, none);
        let active = match (are_all, query.show_disabled) {
            (true, false) => found,
            (true, true) => found.saturating_sub(shared.store.count(disabled(false).select())?),
            (false, _) => shared.store.count(disabled(true).select())?,
        };
        let users = self.shown_users(rows)?;
        Ok(UserPage { users, found, active })
    }

    /// All of [`users`](Self::users), one after the other; of the query its offset
    /// and limit do not count.
    pub fn each_user(&self, query: &UserQuery) -> Each<User> {
        let asked = (self.clone(), UserQuery { offset: 0, limit: 0, ..query.clone() });
        let read = |(office, query): &(Self, UserQuery), place: &mut Place| {
            let parts = office.found_users(&office.all_users()?, query);
            office.shown_users(place.next(&office.agency.shared, parts)?)
        };
        Each::of(asked, read, |(office, query)| Ok(office.users(query)?.found))
    }

    /// The accounts that the actor may list: all, or those within reach of
    /// delegated work (A7).
    fn all_users(&self) -> Result<Query<record::Account>> {
        let within = self.may_list("users")?;
        let (id, now) = (self.agency.id, now(&self.agency.shared)?);
        let all = Query::<record::Account>::all(id).null(record::Account::deleted_at, true);
        let Some(roles) = within else { return Ok(all) };
        let of = |parties| links::in_force(Query::all(id)).found(record::Link::party, parties, record::Party::id, true);
        let (have, beyond) = (delegated::having(id, &roles, now), delegated::beyond(id, &roles, now));
        Ok(all
            .null(record::Account::manager_since, true)
            .found(record::Account::id, of(have), record::Link::account, true)
            .found(record::Account::id, of(beyond), record::Link::account, false))
    }

    /// Those of them that a query finds, in its order: parts that come one after
    /// the other.
    fn found_users(&self, all: &Query<record::Account>, query: &UserQuery) -> Vec<Query<record::Account>> {
        let id = self.agency.id;
        let mut select = all.clone();
        for word in sought(query.filter.as_deref().unwrap_or_default()) {
            select = select.contains(record::Account::search, &word);
        }
        if !query.show_disabled {
            select = select.null(record::Account::disabled_at, true);
        }
        if query.unlinked_only {
            let linked = links::in_force(Query::all(id));
            select = select.found(record::Account::id, linked, record::Link::account, false);
        }
        let down = query.descending;
        let by_name = |select: Query<record::Account>| select.by(record::Account::sort_display, false);
        match query.sort {
            UserColumn::DisplayName => vec![select.by(record::Account::sort_display, down)],
            UserColumn::FirstName => vec![by_name(select.by(record::Account::sort_first, down))],
            UserColumn::LastName => vec![by_name(select.by(record::Account::sort_last, down))],
            UserColumn::Username => vec![select.by(record::Account::username_canonical, down)],
            UserColumn::Created => vec![by_name(select.by(record::Account::created_at, down))],
            UserColumn::Status if !query.show_disabled => vec![by_name(select)],
            UserColumn::Status => apart(select, record::Account::disabled_at, down),
            UserColumn::LastLogon => apart(select, record::Account::last_sign_in_at, down),
            UserColumn::Description => apart(select, record::Account::description, down),
        }
    }

    /// One user.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `account.not_found`.
    pub fn user(&self, account: AccountId) -> Result<User> {
        self.may_of("user", |act| delegated::account(act, account).map(drop))?;
        let found: Option<record::Account> = get(&self.agency.shared, self.agency.id, account.0)?;
        let found = self.shown_users(found.into_iter().collect())?.pop();
        found.ok_or_else(|| Error::not_found(Code::AccountNotFound))
    }

    fn shown_users(&self, accounts: Vec<record::Account>) -> Result<Vec<User>> {
        let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
        let mut parties: BTreeMap<AccountId, PartyId> = BTreeMap::new();
        for link in links::of_accounts(&self.agency.shared, self.agency.id, &ids)? {
            parties.entry(link.account).or_insert(link.party);
        }
        Ok(accounts.into_iter().map(|account| shown(parties.get(&account.id).copied(), account)).collect())
    }

    /// Makes an account for someone of the office before their staff record
    /// (A2), with a temporary password: generated, or typed twice (P8).
    ///
    /// # Errors
    ///
    /// The findings about names, username and password.
    pub fn create_staff_account(&self, new: &NewStaff, typed: Option<NewPassword<'_>>) -> Result<Enrolled> {
        let name = staff_name(new).display();
        let hash = typed.map(|password| self.typed_password(&name, new.username.as_deref(), password)).transpose()?;
        self.act("create_staff_account", |act| {
            let (_, enrolled) = staff_account(act, new, hash.as_deref(), false)?;
            Ok(enrolled)
        })
    }

    /// Links an account that came before its staff record to that record (A2).
    ///
    /// # Errors
    ///
    /// `account.already_linked`, `account.exists` where the party has another
    /// account; `account.not_found`, `account.deleted`, `party.not_found`.
    pub fn link_account(&self, account: AccountId, party: PartyId) -> Result<()> {
        self.act("link_account", |act| {
            let mut account = delegated::account(act, account)?;
            let mut party = delegated::party(act, party)?;
            if !links::of_account(act, account.id)?.is_empty() {
                return Err(Finding::new(Code::AccountAlreadyLinked, "account").into());
            }
            if !links::of_party(act, party.id)?.is_empty() {
                return Err(Finding::new(Code::AccountExists, "party").into());
            }
            links::make(act, account.id, &party, None, LinkAct::Linked)?;
            party.touch();
            act.event(&mut account, EventKind::AccountLinked, params([("name", party.display_name.as_str().into())]));
            Ok(())
        })
    }

    /// Disables an account: its sessions, devices and begun steps end at once,
    /// and what waits to be sent to it with a secret; time and manager are kept
    /// (A4).
    ///
    /// # Errors
    ///
    /// `account.disabled` where it is; `manager.last`; `account.not_found`,
    /// `account.deleted`.
    pub fn disable(&self, account: AccountId) -> Result<()> {
        self.act("disable", |act| disable(act, account))
    }

    /// Enables an account again, in the stage it had (A4). A contact that was
    /// corrected meanwhile is sent its link to confirm it now (C2).
    ///
    /// # Errors
    ///
    /// `account.not_disabled`, `account.not_found`, `account.deleted`.
    pub fn enable(&self, account: AccountId) -> Result<()> {
        self.act("enable", |act| {
            let mut account = delegated::account(act, account)?;
            if account.disabled_at.is_none() {
                return Err(Finding::new(Code::AccountNotDisabled, "account").into());
            }
            (account.disabled_at, account.disabled_by) = (None, None);
            act.event(&mut account, EventKind::Enabled, Params::new());
            changes::ask_what_waited(act, &account)
        })
    }

    /// Forgets the failures of an account (A4, E4): passwords from devices that
    /// are not known are evaluated again, at once.
    ///
    /// # Errors
    ///
    /// `account.not_found`, `account.deleted`.
    pub fn unlock(&self, account: AccountId) -> Result<()> {
        self.act("unlock", |act| {
            let mut account = delegated::account(act, account)?;
            act.forgive(&mut account)?;
            act.event(&mut account, EventKind::Unlocked, Params::new());
            Ok(())
        })
    }

    /// Signs a user out everywhere (E5): all sessions of the account end, no
    /// device is known any more, and what a sign-in led to is begun again. The
    /// password stays, and so do links and codes that were sent.
    ///
    /// # Errors
    ///
    /// `account.not_found`, `account.deleted`.
    pub fn end_sessions(&self, account: AccountId) -> Result<()> {
        self.act("end_sessions", |act| end_sessions(act, account))
    }

    /// Resets a password to one that the manager typed twice: sessions end,
    /// what was sent before is dead, and its user must change it at the next
    /// sign-in (A4, P8). An account that waited to be sent to waits no longer
    /// (I10): this password opens it. Of the last account manager who can act only
    /// support resets it, since nobody can until they have come back (A1).
    ///
    /// # Errors
    ///
    /// The findings about the password; `manager.last`; `account.not_found`,
    /// `account.deleted`.
    pub fn reset_password(&self, account: AccountId, password: NewPassword<'_>) -> Result<()> {
        let known: Option<record::Account> = get(&self.agency.shared, self.agency.id, account.0)?;
        self.may_of("reset_password", |act| delegated::account(act, account).map(drop))?;
        let known = known.filter(|known| known.deleted_at.is_none());
        let hash = match &known {
            Some(known) => self.typed_password(&known.display_name, Some(&known.username), password)?,
            None => String::new(),
        };
        self.act("reset_password", |act| {
            let mut account = delegated::account(act, account)?;
            if account.manager_since.is_some() && act.acting.kind != ActorKind::Support {
                keep_one(act, &account)?;
            }
            let hours = act.policy().temporary_password.lifetime_hours;
            passwords::renewed(act, &mut account, &hash)?;
            account.password_set_at = Some(act.now);
            account.password_expires_at = Some(act.now.saturating_add(Duration::hours(hours.into())));
            account.stage = crate::Stage::PasswordDue;
            account.staged_at = None;
            contacts::end_what_was_sent(act, &mut account)?;
            // Failures were guesses at the password of before, and a reset is
            // the one way out for an account that they have closed (E4).
            act.forgive(&mut account)?;
            act.event(&mut account, EventKind::PasswordReset, Params::new());
            contacts::notify(act, &account, MessageKind::PasswordChanged)
        })
    }

    /// Sends the activation link, or the username with a new temporary
    /// password, once more, by the preferred way; what was sent before is dead.
    /// An account that waits to be sent to is sent it for the first time (I10).
    ///
    /// # Errors
    ///
    /// `account.active`, `account.disabled`, `account.not_found`,
    /// `account.deleted`.
    pub fn send_again(&self, account: AccountId) -> Result<Enrolled> {
        self.act("send_again", |act| send_again(act, account, None))
    }

    /// Takes an e-mail address or a phone number from an account, because it
    /// has changed hands (C6): the account is told at its other contacts, and
    /// signs in by one of those where this one was its username. The name is
    /// free for its new owner then, who can be invited again. So is one that its
    /// user has left (C3), by which nobody can object any more then.
    ///
    /// Where the owner of the earlier contact objected to a new one (C2), this is
    /// how the office decides: it takes away the one that is not the user's. The
    /// new one taken, the earlier one stays. The earlier one taken, the new
    /// one stands, as it did, or is sent a link to confirm it where it had not;
    /// what its owner may have set since is over, further contacts too, and the user
    /// recovers.
    ///
    /// # Errors
    ///
    /// `contact.not_found` where the account has no such contact;
    /// `contact.last` where it would have no username left: disable or delete
    /// it first; `contact.objected` where several were objected to and it is not
    /// clear which one stands: take the wrong ones first; `account.not_found`,
    /// `account.deleted`.
    pub fn release_contact(&self, account: AccountId, contact: &str) -> Result<()> {
        self.act("release_contact", |act| {
            let mut account = delegated::account(act, account)?;
            let canonical = crate::username::canonical(contact, &act.agency.country);
            release_contact(act, &mut account, &canonical)
        })
    }

    /// Writes a free note on an account (A5); an empty one takes it away.
    ///
    /// # Errors
    ///
    /// `text.too_long` over 2,000 characters, `text.control_character` for others
    /// than ends of lines and tabs; `account.not_found`, `account.deleted`.
    pub fn set_note(&self, account: AccountId, note: &str) -> Result<()> {
        self.act("set_note", |act| {
            let note = remark::lines(note, "note", NOTE_LIMIT).map_err(Error::invalid)?;
            let mut account = delegated::account(act, account)?;
            account.note = note;
            act.event(&mut account, EventKind::NoteChanged, Params::new());
            Ok(())
        })
    }

    /// Checks a temporary password that a manager typed twice, and hashes it:
    /// before the act that sets it.
    pub(super) fn typed_password(
        &self,
        name: &str,
        username: Option<&str>,
        password: NewPassword<'_>,
    ) -> Result<String> {
        let record = self.agency.record()?;
        check(
            password,
            &Person { names: &[name], username, agency: Some(&record.name), ..Person::default() },
            &record,
        )?;
        let keys = self.agency.keys();
        let hasher = self.agency.hasher(&record, &keys);
        hasher.hash(password.new.reveal(), &mut *self.agency.shared.environment.randomness()?)
    }

    /// Checks a temporary password that a manager typed twice for whomever.
    pub(super) fn check_typed(&self, password: NewPassword<'_>) -> Result<()> {
        let record = self.agency.record()?;
        check(password, &Person { agency: Some(&record.name), ..Person::default() }, &record)
    }
}

fn check(password: NewPassword<'_>, person: &Person<'_>, agency: &record::Agency) -> Result<()> {
    let change = Change {
        new: password.new.reveal(),
        confirm: password.confirm.reveal(),
        current_matches: None,
        same_as_current: false,
        reused: false,
    };
    let findings = agency.policy.password.check_change(&change, person);
    if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// Takes a contact from an account.
fn release_contact(act: &mut Act<'_>, account: &mut Tracked<record::Account>, canonical: &str) -> Result<()> {
    let (gone, left): (Vec<_>, Vec<_>) =
        contacts::of(act, account.id)?.into_iter().partition(|contact| contact.canonical == canonical);
    let is_name = account.username_canonical == canonical;
    // One that its user has left can be objected by as long: the office may end that.
    let is_left = changes::is_left(act, account.id, canonical)?;
    if gone.is_empty() && !is_name && !is_left {
        return Err(Finding::new(Code::ContactNotFound, "contact").into());
    }
    // Of two, of which one's owner objected to the other, this decides.
    let disputed = changes::disputed(act, account.id, canonical)?;
    if !disputed.is_empty() {
        drop((gone, left));
        return changes::decide_for(act, account, &disputed, canonical);
    }
    if is_name {
        let other = contacts::proven(&left, None).map(|contact| contact.address.clone());
        let other = other.ok_or_else(|| Error::from(Finding::new(Code::ContactLast, "contact")))?;
        names::rename(act, account, &other)?;
    }
    names::release(act, account.id, canonical)?;
    changes::decided(act, account.id, canonical)?;
    // What was sent to one that was objected to is over already.
    if is_name || gone.iter().any(|contact| contact.objected_at.is_none()) {
        contacts::end_what_was_sent(act, account)?;
    }
    let method = gone.first().map_or_else(|| changes::by_look(canonical), |contact| contact.method);
    for contact in gone {
        if account.written_to == Some(contact.id) {
            account.written_to = None;
        }
        contact.delete();
    }
    act.event(account, EventKind::ContactReleased, params([("method", method.as_str().into())]));
    for contact in contacts::told(account, &left, None) {
        act.post(contacts::to_account(account, MessageKind::ContactChanged, contact, &[]))?;
    }
    Ok(())
}

/// Disables one account.
pub(super) fn disable(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let mut account = delegated::account(act, account)?;
    if account.disabled_at.is_some() {
        return Err(Finding::new(Code::AccountDisabled, "account").into());
    }
    if account.manager_since.is_some() {
        keep_one(act, &account)?;
    }
    account.disabled_at = Some(act.now);
    account.disabled_by = Some(act.acting.name.clone());
    contacts::end_what_was_sent(act, &mut account)?;
    act.event(&mut account, EventKind::Disabled, Params::new());
    Ok(())
}

/// Signs one user out everywhere.
pub(super) fn end_sessions(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let mut account = delegated::account(act, account)?;
    for purpose in [Purpose::Session, Purpose::Device, Purpose::ChangePassword, Purpose::SetQuestions] {
        tokens::end_all(act, account.id, purpose)?;
    }
    act.event(&mut account, EventKind::SessionsEnded, Params::new());
    Ok(())
}

/// Sends one account its first message once more; of many, unless it was sent
/// at the moment at which the office looked at them, or since.
pub(super) fn send_again(act: &mut Act<'_>, account: AccountId, as_of: Option<OffsetDateTime>) -> Result<Enrolled> {
    let mut account = delegated::account(act, account)?;
    if account.disabled_at.is_some() {
        return Err(Finding::new(Code::AccountDisabled, "account").into());
    }
    if account.stage.has_come() {
        return Err(Finding::new(Code::AccountActive, "account").into());
    }
    // Stores keep milliseconds: of the very moment, it was sent since.
    if let (Some(as_of), Some(sent)) = (as_of, sent_at(act, &account)?)
        && crate::time_ms(sent) >= crate::time_ms(as_of)
    {
        return Err(Finding::new(Code::EnrolmentAlreadySent, "account").into());
    }
    account.stage = crate::Stage::first(account.enrolment);
    (account.password, account.password_expires_at) = (None, None);
    contacts::end_what_was_sent(act, &mut account)?;
    act.forgive(&mut account)?;
    act.event(&mut account, EventKind::EnrolmentSent, Params::new());
    let hand_over = send_first(act, &mut account)?;
    Ok(Enrolled { account: Some(account.id), hand_over, ..Enrolled::default() })
}

/// When an account that is not active yet was last sent what it is sent first:
/// its link, or a temporary password.
fn sent_at(act: &Act<'_>, account: &record::Account) -> Result<Option<OffsetDateTime>> {
    if account.staged_at.is_some() {
        return Ok(None);
    }
    let links = act.all().is(record::Token::account, account.id).is(record::Token::purpose, Purpose::Activation);
    let links = act.find::<record::Token>(&links)?;
    Ok(links.iter().map(|link| link.created_at).chain(account.password_set_at).max())
}

/// Sends what an account that is not active yet is sent first, by the way that
/// its party prefers, to the contacts that it has.
pub(super) fn send_first(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<Option<crate::Secret>> {
    let contacts = contacts::of(act, account.id)?;
    let party = links::of_account(act, account.id)?.first().map(|link| link.party);
    let party = party.map(|party| act.by_id::<record::Party>(party.0)).transpose()?.flatten();
    let preferred = party.and_then(|party| party.preferred);
    enrol::first_message(act, account, &contacts, First::Send(preferred))
}

/// The same where nobody waits for what comes of it: of whom no message can reach,
/// no password is made that nobody would know; they wait for the office to send it
/// (I10). Whether anything was sent.
pub(super) fn send_unattended(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<bool> {
    let can_be_reached = contacts::of(act, account.id)?.iter().any(|contact| contact.objected_at.is_none());
    if can_be_reached {
        act.event(account, EventKind::EnrolmentSent, Params::new());
        send_first(act, account)?;
    } else {
        account.stage = crate::Stage::first(account.enrolment);
        (account.password, account.password_expires_at) = (None, None);
        account.staged_at = Some(act.now);
    }
    Ok(can_be_reached)
}

fn shown(party: Option<PartyId>, account: record::Account) -> User {
    User {
        account: account.id,
        party,
        display_name: account.display_name,
        first_name: account.first_name,
        last_name: account.last_name,
        username: account.username,
        state: State::of(account.stage, account.disabled_at.is_some()),
        is_manager: account.manager_since.is_some(),
        last_logon: account.last_sign_in_at,
        created: account.created_at,
        disabled: account.disabled_at,
        disabled_by: account.disabled_by,
        description: account.description,
        note: account.note,
        staged: account.staged_at,
    }
}

/// Those whose column is null, by name, before those where it is not, or behind
/// them where it descends: each kind is a list of its own.
fn apart<T>(
    select: Query<record::Account>,
    column: Col<record::Account, Option<T>>,
    down: bool,
) -> Vec<Query<record::Account>> {
    let by_name = |select: Query<record::Account>| select.by(record::Account::sort_display, false);
    let nulls = by_name(select.clone().null(column, true));
    let others = by_name(select.null(column, false).by(column, down));
    if down { vec![others, nulls] } else { vec![nulls, others] }
}

fn staff_name(new: &NewStaff) -> PersonName {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    PersonName { first: some(&new.first_name), last: some(&new.last_name), ..PersonName::default() }
}

/// Makes an account of the office staff, before there is a record of them.
pub(super) fn staff_account(
    act: &mut Act<'_>,
    new: &NewStaff,
    typed: Option<&str>,
    manager: bool,
) -> Result<(Tracked<record::Account>, Enrolled)> {
    let name = staff_name(new);
    let mut findings = remark::all([("first_name", &*new.first_name), ("last_name", &*new.last_name)], NAME_LIMIT);
    let email = new.email.as_deref().filter(|text| !text.trim().is_empty());
    let phone = new.phone.as_deref().filter(|text| !text.trim().is_empty());
    if manager {
        findings.extend(super::managers::fit(&name, email.is_some(), phone.is_some()));
    }
    let email = email.map(check_email);
    let phone = phone.map(|phone| check_phone(phone, &act.agency.country));
    let verdict = names::check_one(
        act,
        &NameRequest {
            username: new.username.as_deref(),
            email: new.email.as_deref(),
            phone: new.phone.as_deref(),
            ..NameRequest::new(0, act.policy().username.scheme(Role::OfficeStaff), &name)
        },
        None,
    )?;
    findings.extend(verdict.findings);
    let (Some(username), Some(canonical), false) = (&verdict.username, &verdict.canonical, has_errors(&findings))
    else {
        return Err(Error::invalid(findings));
    };
    let mut account = enrol::blank_account(act, username, canonical, EnrolmentScheme::TemporaryPassword);
    account.display_name = name.display();
    account.first_name = name.first;
    account.last_name = name.last;
    let mut account = act.add(account);
    let stored = [
        (Method::Email, email.and_then(|email| email.value).map(|email| email.typed)),
        (Method::Sms, phone.and_then(|phone| phone.value).map(|phone| phone.e164)),
    ];
    let contacts: Vec<_> = stored
        .into_iter()
        .filter_map(|(method, address)| Some(contacts::add(act, account.id, method, &address?, false)))
        .collect();
    enrol::begin(act, &mut account, None)?;
    let first = typed.map_or(First::Send(None), First::Typed);
    let hand_over = enrol::send_or_stage(act, &mut account, &contacts, first)?;
    let enrolled = Enrolled {
        account: Some(account.id),
        username: Some(account.username.clone()),
        hand_over,
        findings,
        invitation: None,
    };
    Ok((account, enrolled))
}
