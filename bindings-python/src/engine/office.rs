//! The office: what managers, support and the host's jobs do.

use std::collections::BTreeSet;

use carekey::agency::{Invitee, NewApplication, NewParty, NewStaff, NewTie, UNUSED_DAYS, UserColumn, UserQuery};
use carekey::message::Text as Template;
use carekey::{AccountId, ApplicationId, GrantId, Locale, Method, PartyId, Source, TieId};
use pyo3::prelude::*;

use super::directory::Open;
use super::progress::{Listener, Watch};
use super::results::{
    Added, Application, BatchRow, Enrolled, MessageRow, ReviewItem, Submitted, Tied, User, UserPage, WindowGroup,
};
use super::roster::{CreateReport, Preview, roster};
use super::settings::AgencySettings;
use super::{Agency, Typed};
use crate::arg::{Count, Flag, Id, Many, Moment, Object, Text, Word, text, word};
use crate::error::{run, unknown_word};
use crate::record::Row;
use crate::secret::SecretArg;
use crate::table::{PagesOf, Table, TableOf};

/// An agency with someone acting: every act is in the histories with their
/// name.
///
/// All acts raise :class:`NotAllowed` ``actor.not_allowed`` where the actor
/// may not, and the errors of the store.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Office {
    pub(crate) agency: Open<carekey::Agency>,
    pub(crate) actor: carekey::Actor,
    pub(crate) source: Source,
}

impl Office {
    fn get(&self, py: Python<'_>) -> PyResult<carekey::Office> {
        Ok(self.agency.get(py)?.acting_as(self.actor.clone()).from(self.source.clone()))
    }

    fn pages<R: Row, Core: Into<R> + Send>(
        &self,
        size: Count,
        read: impl Fn(&carekey::Office, u64, u64) -> carekey::Result<carekey::agency::ListPage<Core>>
        + Send
        + Sync
        + 'static,
    ) -> PagesOf<R> {
        let handle = Self { agency: self.agency.clone(), actor: self.actor.clone(), source: self.source.clone() };
        PagesOf::new(size.0, move |py, offset, limit| {
            let office = handle.get(py)?;
            run(py, || read(&office, offset, limit))
        })
    }
}

/// The item that is meant: a party or an application, exactly one.
fn item(py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<Invitee> {
    match (party, application) {
        (Some(party), None) => Ok(Invitee::Party(PartyId(party.0))),
        (None, Some(application)) => Ok(Invitee::Application(ApplicationId(application.0))),
        _ => Err(unknown_word(py, "what is invited", &["party", "application"])),
    }
}

#[pymethods]
impl Office {
    /// The agency.
    #[getter]
    fn agency(&self) -> Agency {
        Agency(self.agency.clone())
    }

    /// Changes the settings of the agency. Its code stays.
    ///
    /// Raises :class:`InvalidInput` with the findings about them.
    fn change_settings(&self, py: Python<'_>, settings: Object<AgencySettings>) -> PyResult<()> {
        let (office, settings) = (self.get(py)?, settings.0.get().0.clone());
        run(py, || office.change_settings(settings))
    }

    /// Adds a person or an organization. Whose role enrols them at once
    /// (clients) get their account with it (R).
    ///
    /// ``name`` is a person's name as it is written (``Wright, Sue`` or
    /// ``Sue Wright``), or an organization's.
    ///
    /// Raises :class:`InvalidInput` with the findings: ``party.exists``,
    /// ``party.role_unfit``, those of names, e-mail and phone.
    #[pyo3(signature = (name, *, roles, kind = Word(carekey::PartyKind::Person), external_id = None, email = None,
        phone = None, preferred = None, locale = None),
        text_signature = "($self, name, *, roles, kind='person', external_id=None, email=None, phone=None, preferred=None, locale=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn add_party(
        &self,
        py: Python<'_>,
        name: Text,
        roles: Many<Word<carekey::Role>>,
        kind: Word<carekey::PartyKind>,
        external_id: Option<Text>,
        email: Option<Text>,
        phone: Option<Text>,
        preferred: Option<Word<Method>>,
        locale: Option<Word<Locale>>,
    ) -> PyResult<Added> {
        let office = self.get(py)?;
        let new = NewParty {
            kind: kind.0,
            name: name.0,
            roles: roles.0.into_iter().map(|role| role.0).collect(),
            external_id: text(external_id),
            email: text(email),
            phone: text(phone),
            preferred: word(preferred),
            locale: word(locale),
        };
        run(py, || office.add_party(&new)).map(Into::into)
    }

    /// Makes the account of a party for one of its roles (E1). A ``username``
    /// of one's own is for office staff (U3).
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`.
    #[pyo3(signature = (party, role, *, username = None))]
    fn create_account(
        &self,
        py: Python<'_>,
        party: Id,
        role: Word<carekey::Role>,
        username: Option<Text>,
    ) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let username = text(username);
        run(py, || office.create_account(PartyId(party.0), role.0, username.as_deref())).map(Into::into)
    }

    /// Sets what a party is to the agency, beside what its ties convey. Who
    /// becomes a client by it is enrolled (R): what came of that, where it was.
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
    /// ``party.role_unfit``.
    fn set_roles(&self, py: Python<'_>, party: Id, roles: Many<Word<carekey::Role>>) -> PyResult<Option<Enrolled>> {
        let office = self.get(py)?;
        let roles: BTreeSet<carekey::Role> = roles.0.into_iter().map(|role| role.0).collect();
        run(py, || office.set_roles(PartyId(party.0), &roles)).map(|enrolled| enrolled.map(Into::into))
    }

    /// Ties two parties (R): ``who`` is something to ``of``.
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
    /// ``tie.unfit``, ``tie.duplicate``, ``tie.to_itself``,
    /// ``tie.ends_before_it_begins``.
    #[pyo3(signature = (kind, *, who, of, begins_at = None, ends_at = None))]
    fn relate(
        &self,
        py: Python<'_>,
        kind: Word<carekey::TieKind>,
        who: Id,
        of: Id,
        begins_at: Option<Moment>,
        ends_at: Option<Moment>,
    ) -> PyResult<Tied> {
        let office = self.get(py)?;
        let new = NewTie {
            kind: kind.0,
            who: PartyId(who.0),
            of: PartyId(of.0),
            begins_at: begins_at.map(|at| at.0),
            ends_at: ends_at.map(|at| at.0),
        };
        run(py, || office.relate(&new)).map(Into::into)
    }

    /// Ends a tie, now or at a moment.
    ///
    /// Raises :class:`NotFound` ``tie.not_found``; :class:`InvalidInput`
    /// ``tie.ended``, ``tie.ends_before_it_begins``.
    #[pyo3(signature = (tie, *, at = None))]
    fn end_tie(&self, py: Python<'_>, tie: Id, at: Option<Moment>) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.end_tie(TieId(tie.0), at.map(|at| at.0)))
    }

    /// Grants a resource to a member of the office staff (V): of one client or
    /// application (``of``), or of every client.
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
    /// ``grant.never``, ``grant.not_staff``, ``grant.unfit``.
    #[pyo3(signature = (party, resource, *, of = None, ends_at = None))]
    fn grant(
        &self,
        py: Python<'_>,
        party: Id,
        resource: Word<carekey::Resource>,
        of: Option<Id>,
        ends_at: Option<Moment>,
    ) -> PyResult<Id> {
        let office = self.get(py)?;
        let (of, ends_at) = (of.map(|of| of.0), ends_at.map(|at| at.0));
        run(py, || office.grant(PartyId(party.0), resource.0, of, ends_at)).map(|grant| Id(grant.0))
    }

    /// Ends a grant.
    ///
    /// Raises :class:`NotFound` ``grant.not_found``.
    fn end_grant(&self, py: Python<'_>, grant: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.end_grant(GrantId(grant.0)))
    }

    /// Adds an application of a family, and invites the family where the
    /// policy says so (I1).
    ///
    /// Raises :class:`InvalidInput` ``application.exists``,
    /// ``application.number_missing``; :class:`NotFound` ``party.not_found``.
    #[pyo3(signature = (number, *, family, submitted_at = None))]
    fn add_application(
        &self,
        py: Python<'_>,
        number: Text,
        family: Id,
        submitted_at: Option<Moment>,
    ) -> PyResult<Submitted> {
        let office = self.get(py)?;
        let new =
            NewApplication { number: number.0, family: PartyId(family.0), submitted_at: submitted_at.map(|at| at.0) };
        run(py, || office.add_application(&new)).map(Into::into)
    }

    /// Applications by number or family name, the newest first (I4). An
    /// iterator of :class:`Application` that reads page by page.
    #[pyo3(signature = (search = None, *, page = Count(500)), text_signature = "($self, search=None, *, page=500)")]
    fn applications(&self, search: Option<Text>, page: Count) -> PagesOf<Application> {
        let search = text(search);
        self.pages(page, move |office, offset, limit| office.applications(search.as_deref(), offset, limit))
    }

    /// Sends the first invitation of a party or of an application (I4).
    ///
    /// Raises :class:`InvalidInput` ``invitation.already_sent``,
    /// ``invitation.already_linked``, ``invitation.no_contact``.
    #[pyo3(signature = (*, party = None, application = None, method = None))]
    fn invite(
        &self,
        py: Python<'_>,
        party: Option<Id>,
        application: Option<Id>,
        method: Option<Word<Method>>,
    ) -> PyResult<()> {
        let (office, item) = (self.get(py)?, item(py, party, application)?);
        run(py, || office.invite(item, word(method)))
    }

    /// Sends another invitation; the one before is good no more (I5).
    ///
    /// Raises :class:`InvalidInput` ``invitation.never_sent``,
    /// ``invitation.already_linked``, ``invitation.no_contact``.
    #[pyo3(signature = (*, party = None, application = None, method = None))]
    fn reinvite(
        &self,
        py: Python<'_>,
        party: Option<Id>,
        application: Option<Id>,
        method: Option<Word<Method>>,
    ) -> PyResult<()> {
        let (office, item) = (self.get(py)?, item(py, party, application)?);
        run(py, || office.reinvite(item, word(method)))
    }

    /// Takes an item away from every account it is linked to, those of a
    /// party's applications among them, at once (I6, C5): the accounts stay,
    /// their sessions end, and so do the invitations that are out.
    ///
    /// Raises :class:`InvalidInput` ``invitation.not_linked``.
    #[pyo3(signature = (*, party = None, application = None))]
    fn unlink(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<()> {
        let (office, item) = (self.get(py)?, item(py, party, application)?);
        run(py, || office.unlink(item))
    }

    /// Cancels an invitation that is out: its link and code are dead at once
    /// (C5). It can be sent again.
    ///
    /// Raises :class:`InvalidInput` ``invitation.never_sent`` where none is
    /// out.
    #[pyo3(signature = (*, party = None, application = None))]
    fn cancel_invitation(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<()> {
        let (office, item) = (self.get(py)?, item(py, party, application)?);
        run(py, || office.cancel_invitation(item))
    }

    /// Does the same with many items (I9), those that are not in the state for
    /// it left out: a table of :class:`BatchRow`, one for each item.
    ///
    /// ``as_of`` is when the office looked at the list: what was done since is
    /// not done twice. ``progress`` is told as that of :meth:`create`; where it
    /// returns False, the rows that were not reached say ``act.cancelled``.
    #[pyo3(signature = (action, *, parties = Many(Vec::new()), applications = Many(Vec::new()), method = None, as_of,
        progress: "Progress | None" = None),
        text_signature = "($self, action, *, parties=(), applications=(), method=None, as_of, progress=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn batch(
        &self,
        py: Python<'_>,
        action: Word<carekey::invitation::OfficeAction>,
        parties: Many<Id>,
        applications: Many<Id>,
        method: Option<Word<Method>>,
        as_of: Moment,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TableOf<BatchRow>> {
        let office = self.get(py)?;
        let parties = parties.0.into_iter().map(|id| Invitee::Party(PartyId(id.0)));
        let applications = applications.0.into_iter().map(|id| Invitee::Application(ApplicationId(id.0)));
        let items: Vec<Invitee> = parties.chain(applications).collect();
        let mut watch = Watch::new(Listener::of(progress)?);
        let done =
            run(py, || office.batch(action.0, &items, word(method), as_of.0, &mut |progress| watch.tell(progress)));
        watch.result(done).map(Table::of)
    }

    /// Holds a roster against the agency: a verdict, findings and suggestions
    /// for every row (B). It writes nothing. ``source`` is a :class:`Roster`,
    /// or anything that :meth:`Roster.read` takes.
    #[pyo3(signature = (source: "Roster | RosterSource"))]
    fn preview(&self, py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<Preview> {
        let (office, roster) = (self.get(py)?, roster(source)?);
        run(py, || office.preview(roster)).map(Preview::of)
    }

    /// Creates what a preview let pass: parties, accounts, first messages and
    /// their histories, in pieces that are each whole. It can be run again
    /// after a crash or with next month's roster.
    ///
    /// An ``initial_password`` is given to all office staff as their temporary
    /// password (S2). ``progress`` is called with ``(done, total)``, or is a
    /// tqdm bar. Where it returns False, the work stops between two pieces, and
    /// the report holds what was committed until then (``stopped``). An
    /// exception of it, or Ctrl-C, stops the work too and comes out here, in
    /// place of the report; what was committed stays.
    #[pyo3(signature = (preview, *, initial_password = None, confirm = None, progress: "Progress | None" = None))]
    fn create(
        &self,
        py: Python<'_>,
        preview: Object<Preview>,
        initial_password: Option<SecretArg>,
        confirm: Option<SecretArg>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<CreateReport> {
        let office = self.get(py)?;
        let preview = preview.0.get().with(|preview| preview.clone());
        let initial = initial_password.map(|password| Typed::of(password, confirm));
        let mut watch = Watch::new(Listener::of(progress)?);
        let done = run(py, || {
            office.create(&preview, initial.as_ref().map(Typed::both), &mut |progress| watch.tell(progress))
        });
        watch.result(done).map(CreateReport::of)
    }

    /// A page of the list of users (A3).
    #[pyo3(signature = (*, filter = None, show_disabled = Flag(false), unlinked_only = Flag(false), sort = None, descending = Flag(false),
        offset = Count(0), limit = None),
        text_signature = "($self, *, filter=None, show_disabled=False, unlinked_only=False, sort=None, descending=False, offset=0, limit=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn users(
        &self,
        py: Python<'_>,
        filter: Option<Text>,
        show_disabled: Flag,
        unlinked_only: Flag,
        sort: Option<Word<UserColumn>>,
        descending: Flag,
        offset: Count,
        limit: Option<Count>,
    ) -> PyResult<UserPage> {
        let office = self.get(py)?;
        let standard = UserQuery::default();
        let query = UserQuery {
            filter: text(filter),
            show_disabled: show_disabled.0,
            unlinked_only: unlinked_only.0,
            sort: word(sort).unwrap_or(standard.sort),
            descending: descending.0,
            offset: offset.0,
            limit: limit.map_or(standard.limit, |limit| limit.0),
        };
        let page = run(py, || office.users(&query))?;
        Ok(UserPage { found: page.found, active: page.active, users: Table::of(page.users) })
    }

    /// All users that a filter finds, as an iterator of :class:`User` that
    /// reads page by page (A3).
    #[pyo3(signature = (*, filter = None, show_disabled = Flag(false), unlinked_only = Flag(false), sort = None, descending = Flag(false),
        page = Count(500)),
        text_signature = "($self, *, filter=None, show_disabled=False, unlinked_only=False, sort=None, descending=False, page=500)")]
    fn each_user(
        &self,
        filter: Option<Text>,
        show_disabled: Flag,
        unlinked_only: Flag,
        sort: Option<Word<UserColumn>>,
        descending: Flag,
        page: Count,
    ) -> PagesOf<User> {
        let sort = word(sort).unwrap_or(UserQuery::default().sort);
        let query = UserQuery {
            filter: text(filter),
            show_disabled: show_disabled.0,
            unlinked_only: unlinked_only.0,
            sort,
            descending: descending.0,
            ..UserQuery::default()
        };
        self.pages(page, move |office, offset, limit| {
            let page = office.users(&UserQuery { offset, limit, ..query.clone() })?;
            Ok(carekey::agency::ListPage { rows: page.users, found: page.found })
        })
    }

    /// One user.
    ///
    /// Raises :class:`NotFound` ``account.not_found``.
    fn user(&self, py: Python<'_>, account: Id) -> PyResult<User> {
        let office = self.get(py)?;
        run(py, || office.user(AccountId(account.0))).map(Into::into)
    }

    /// Makes an account of the office staff without a staff record (A2). Its
    /// name is made from the person's (U3) unless one is given. A password
    /// typed here is its temporary password; otherwise one is sent.
    ///
    /// Raises :class:`InvalidInput` with the findings about name, contact and
    /// password.
    #[pyo3(signature = (*, first_name, last_name, email = None, phone = None, username = None, password = None,
        confirm = None))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn create_staff_account(
        &self,
        py: Python<'_>,
        first_name: Text,
        last_name: Text,
        email: Option<Text>,
        phone: Option<Text>,
        username: Option<Text>,
        password: Option<SecretArg>,
        confirm: Option<SecretArg>,
    ) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let new = staff(first_name, last_name, email, phone, username);
        let typed = password.map(|password| Typed::of(password, confirm));
        run(py, || office.create_staff_account(&new, typed.as_ref().map(Typed::both))).map(Into::into)
    }

    /// Links an account of the office staff to its staff record (A2).
    ///
    /// Raises :class:`NotFound`; :class:`InvalidInput`
    /// ``account.already_linked``.
    fn link_account(&self, py: Python<'_>, account: Id, party: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.link_account(AccountId(account.0), PartyId(party.0)))
    }

    /// Adds an account manager (A1). Only support does, and no more than the
    /// policy allows.
    ///
    /// Raises :class:`InvalidInput` ``manager.limit``,
    /// ``manager.name_missing`` and others.
    #[pyo3(signature = (*, first_name, last_name, email = None, phone = None, username = None))]
    fn add_manager(
        &self,
        py: Python<'_>,
        first_name: Text,
        last_name: Text,
        email: Option<Text>,
        phone: Option<Text>,
        username: Option<Text>,
    ) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let new = staff(first_name, last_name, email, phone, username);
        run(py, || office.add_manager(&new)).map(Into::into)
    }

    /// Makes an account an account manager (A1). Only support does.
    ///
    /// Raises :class:`InvalidInput` ``manager.limit``, ``manager.already``.
    fn promote(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.promote(AccountId(account.0)))
    }

    /// Takes an account manager away (A1). Only support does.
    ///
    /// Raises :class:`InvalidInput` ``manager.not``, ``manager.last``.
    fn remove_manager(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.remove_manager(AccountId(account.0)))
    }

    /// Hands an account manager's part over to another account (A1).
    ///
    /// Raises :class:`InvalidInput` ``manager.not``, ``manager.already``.
    fn hand_over(&self, py: Python<'_>, from_account: Id, to_account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.hand_over(AccountId(from_account.0), AccountId(to_account.0)))
    }

    /// Disables an account (A4): its sessions and devices end, nobody signs in
    /// to it.
    ///
    /// Raises :class:`InvalidInput` ``account.disabled``, ``manager.last``.
    fn disable(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.disable(AccountId(account.0)))
    }

    /// Enables an account again (A4).
    ///
    /// Raises :class:`InvalidInput` ``account.not_disabled``.
    fn enable(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.enable(AccountId(account.0)))
    }

    /// Forgets the failures of an account (A4, E4): passwords from devices that
    /// are not known are evaluated again, at once.
    ///
    /// Raises :class:`NotFound` ``account.not_found``.
    fn unlock(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.unlock(AccountId(account.0)))
    }

    /// Signs a user out everywhere (E5): all sessions of the account end, no
    /// device is known any more, and what a sign-in led to is begun again. The
    /// password stays, and so do links and codes that were sent.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``account.deleted``.
    fn end_sessions(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.end_sessions(AccountId(account.0)))
    }

    /// Takes an e-mail address or a phone number from an account, because it
    /// has changed hands (C6): the account is told at its other contacts, and
    /// signs in by one of those where this one was its username. It is free for
    /// its new owner then, who can be invited again.
    ///
    /// Raises :class:`NotFound` ``contact.not_found`` where the account has no
    /// such contact; :class:`InvalidInput` ``contact.last`` where it would have
    /// no username left.
    fn release_contact(&self, py: Python<'_>, account: Id, contact: Text) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.release_contact(AccountId(account.0), &contact.0))
    }

    /// Gives an account a temporary password (A4), to be handed over in
    /// person; its sessions end.
    ///
    /// Raises :class:`InvalidInput` with the findings about the password.
    #[pyo3(signature = (account, password, *, confirm = None))]
    fn reset_password(
        &self,
        py: Python<'_>,
        account: Id,
        password: SecretArg,
        confirm: Option<SecretArg>,
    ) -> PyResult<()> {
        let office = self.get(py)?;
        let typed = Typed::of(password, confirm);
        run(py, || office.reset_password(AccountId(account.0), typed.both()))
    }

    /// Sends the first message of an account once more: a new link or a new
    /// temporary password; the one before is good no more.
    ///
    /// Raises :class:`InvalidInput` ``account.active``.
    fn send_again(&self, py: Python<'_>, account: Id) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        run(py, || office.send_again(AccountId(account.0))).map(Into::into)
    }

    /// Sets the free note of an account (A5).
    fn set_note(&self, py: Python<'_>, account: Id, note: Text) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.set_note(AccountId(account.0), &note.0))
    }

    /// The bulk window (A5): the parties by role, a page of each.
    #[pyo3(signature = (*, offset = Count(0), limit = Count(100)), text_signature = "($self, *, offset=0, limit=100)")]
    fn window(&self, py: Python<'_>, offset: Count, limit: Count) -> PyResult<Vec<WindowGroup>> {
        let office = self.get(py)?;
        let groups = run(py, || office.window(offset.0, limit.0))?;
        let group = |group: carekey::agency::WindowGroup| WindowGroup {
            role: Word(group.role),
            total: group.total,
            rows: Table::of(group.rows),
        };
        Ok(groups.into_iter().map(group).collect())
    }

    /// The access review (A5): what an office should look at from time to
    /// time. A table of :class:`ReviewItem`.
    #[pyo3(signature = (*, unused_days = Count(UNUSED_DAYS.into())), text_signature = "($self, *, unused_days=UNUSED_DAYS)")]
    fn review(&self, py: Python<'_>, unused_days: Count) -> PyResult<TableOf<ReviewItem>> {
        let office = self.get(py)?;
        let days = u32::try_from(unused_days.0).unwrap_or(u32::MAX);
        run(py, || office.review(days)).map(Table::of)
    }

    /// The messages of the agency, the newest first, without their secrets
    /// (N). An iterator of :class:`MessageRow` that reads page by page.
    #[pyo3(signature = (state = None, *, page = Count(500)), text_signature = "($self, state=None, *, page=500)")]
    fn messages(&self, state: Option<Word<carekey::words::MessageState>>, page: Count) -> PagesOf<MessageRow> {
        let state = word(state);
        self.pages(page, move |office, offset, limit| office.messages(state, offset, limit))
    }

    /// Sets the agency's own text of a message (N); without a body, the
    /// shipped one holds again.
    ///
    /// Raises :class:`InvalidInput` with the findings: ``template.…``.
    #[pyo3(signature = (kind, method, locale, *, subject = None, body = None))]
    fn set_text(
        &self,
        py: Python<'_>,
        kind: Word<carekey::words::MessageKind>,
        method: Word<Method>,
        locale: Word<Locale>,
        subject: Option<Text>,
        body: Option<Text>,
    ) -> PyResult<()> {
        let office = self.get(py)?;
        let template = body.map(|body| Template { subject: text(subject), body: body.0 });
        run(py, || office.set_text(kind.0, method.0, locale.0, template.as_ref()))
    }

    /// Deletes a party: what is personal goes, histories stay without names
    /// (H).
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
    /// ``manager.last``.
    fn delete_party(&self, py: Python<'_>, party: Id) -> PyResult<()> {
        let office = self.get(py)?;
        run(py, || office.delete_party(PartyId(party.0)))
    }
}

fn staff(
    first_name: Text,
    last_name: Text,
    email: Option<Text>,
    phone: Option<Text>,
    username: Option<Text>,
) -> NewStaff {
    NewStaff {
        first_name: first_name.0,
        last_name: last_name.0,
        email: text(email),
        phone: text(phone),
        username: text(username),
    }
}
