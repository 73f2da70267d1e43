//! The office: what managers, support and the host's jobs do.

use carekey::agency::{HistoryRange, Invitee, PartyEdit, Sending, Staged, UserColumn, UserQuery};
use carekey::message::Text as Template;
use carekey::{AccountId, ApplicationId, Locale, Method, PartyId, Source};
use pyo3::prelude::*;

use super::directory::Open;
use super::progress::{Listener, Watch};
use super::results::{BatchRow, UserPage, WindowGroup};
use super::roster::{CreateReport, Preview, roster};
use super::settings::AgencySettings;
use super::{Agency, Typed};
use crate::answers::{self, DoneRow, HistoryExport, NewGrant, NewTie, Rendered, SentRow, Trimmed, User};
use crate::arg::{Count, Edited, FilePath, Flag, Id, Many, Moment, Object, Text, Word, text, word};
use crate::error::run;
use crate::over::Over;
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
    pub(crate) sending: Sending,
}

impl Office {
    pub(super) fn get(&self, py: Python<'_>) -> PyResult<carekey::Office> {
        Ok(self.agency.get(py)?.acting_as(self.actor.clone()).from(self.source.clone()).sending(self.sending))
    }

    pub(super) fn pages<R: Row, Core: Over<R> + Send + Sync + 'static>(
        &self,
        size: Count,
        begin: impl Fn(&carekey::Office) -> carekey::agency::Each<Core> + Send + Sync + 'static,
    ) -> PagesOf<R> {
        let (actor, source) = (self.actor.clone(), self.source.clone());
        let handle = Self { agency: self.agency.clone(), actor, source, sending: self.sending };
        PagesOf::new(size.0, move |py| Ok(begin(&handle.get(py)?)))
    }
}

impl Office {
    /// Does something to many, and tells how far it is.
    pub(super) fn many(
        &self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        act: impl FnOnce(&carekey::Office, &mut Tell<'_>) -> carekey::Result<Vec<carekey::agency::DoneRow>> + Send,
    ) -> PyResult<TableOf<DoneRow>> {
        let office = self.get(py)?;
        let mut watch = Watch::new(Listener::of(progress)?);
        let done = run(py, || act(&office, &mut |progress| watch.tell(progress)));
        watch.result(done).map(Table::of)
    }
}

/// How a long act tells how far it is.
pub(super) type Tell<'a> = dyn FnMut(carekey::agency::Progress) -> std::ops::ControlFlow<()> + 'a;

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

    /// Edits a party (A6). What is left out stays as it is; ``None`` clears it. A
    /// contact that is corrected is followed up (C2): what was sent to the old one
    /// is dead, and is sent again where its user had not come yet; where they had,
    /// they are asked to confirm the new one, and the owner of the old one is
    /// told. The account that was made for the party goes by its name and
    /// language; of other accounts nothing changes.
    ///
    /// What is so already is no change; where nothing is one, nothing is written.
    ///
    /// Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
    /// ``party.exists`` for an external identifier of another party, or with the
    /// findings about name, e-mail, phone, and the username where it follows.
    #[pyo3(signature = (party, *, name = Edited::Kept, nickname = Edited::Kept, email = Edited::Kept,
        phone = Edited::Kept, preferred = Edited::Kept, locale = Edited::Kept, external_id = Edited::Kept),
        text_signature = "($self, party, *, name=..., nickname=..., email=..., phone=..., preferred=..., locale=..., \
        external_id=...)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn edit_party(
        &self,
        py: Python<'_>,
        party: Id,
        name: Edited<Text>,
        nickname: Edited<Text>,
        email: Edited<Text>,
        phone: Edited<Text>,
        preferred: Edited<Word<Method>>,
        locale: Edited<Word<Locale>>,
        external_id: Edited<Text>,
    ) -> PyResult<answers::Edited> {
        let office = self.get(py)?;
        let text = |text: Text| text.0;
        let edit = PartyEdit {
            name: name.edit(text),
            nickname: nickname.edit(text),
            email: email.edit(text),
            phone: phone.edit(text),
            preferred: preferred.edit(|word| word.0),
            locale: locale.edit(|word| word.0),
            external_id: external_id.edit(text),
        };
        run(py, || office.edit_party(PartyId(party.0), &edit)).map(Over::over)
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

    /// Sends those who wait their first message, now (I10): a table of
    /// :class:`SentRow`, one for each, the accounts first. Who waits no longer
    /// has ``enrolment.not_staged``, so running it again sends nothing twice.
    ///
    /// A party stands for its account; of a family that has none, it is sent its
    /// invitation. ``progress`` is told as that of :meth:`create`; where it
    /// returns False, the rows that were not reached say ``act.cancelled``.
    #[pyo3(signature = (*, accounts = Many(Vec::new()), parties = Many(Vec::new()), progress: "Progress | None" = None),
        text_signature = "($self, *, accounts=(), parties=(), progress=None)")]
    fn send_staged(
        &self,
        py: Python<'_>,
        accounts: Many<Id>,
        parties: Many<Id>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TableOf<SentRow>> {
        let office = self.get(py)?;
        let accounts = accounts.0.into_iter().map(|id| Staged::Account(AccountId(id.0)));
        let parties = parties.0.into_iter().map(|id| Staged::Party(PartyId(id.0)));
        let items: Vec<Staged> = accounts.chain(parties).collect();
        let mut watch = Watch::new(Listener::of(progress)?);
        let done = run(py, || office.send_staged(&items, &mut |progress| watch.tell(progress)));
        watch.result(done).map(Table::of)
    }

    /// Makes many ties (R): a table of :class:`DoneRow`, one for each
    /// :class:`NewTie`. It is :meth:`relate` for each; run again, it makes none
    /// twice: one that is there has ``tie.duplicate``.
    ///
    /// ``progress`` is told as that of :meth:`create`; where it returns False,
    /// the rows that were not reached say ``act.cancelled``.
    #[pyo3(signature = (ties, *, progress: "Progress | None" = None))]
    fn relate_all(
        &self,
        py: Python<'_>,
        ties: Many<Object<NewTie>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TableOf<DoneRow>> {
        let ties: Vec<carekey::agency::NewTie> = ties.0.iter().map(|tie| tie.0.get().clone().over()).collect();
        self.many(py, progress, |office, tell| office.relate_all(&ties, tell))
    }

    /// Gives many grants (V): a table of :class:`DoneRow`, one for each
    /// :class:`NewGrant`. It is :meth:`grant` for each; run again with the same
    /// ends, it gives none twice: one that is there has ``grant.duplicate``.
    ///
    /// ``progress`` is told as that of :meth:`create`; where it returns False,
    /// the rows that were not reached say ``act.cancelled``.
    #[pyo3(signature = (grants, *, progress: "Progress | None" = None))]
    fn grant_all(
        &self,
        py: Python<'_>,
        grants: Many<Object<NewGrant>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TableOf<DoneRow>> {
        let grants: Vec<carekey::agency::NewGrant> =
            grants.0.iter().map(|grant| grant.0.get().clone().over()).collect();
        self.many(py, progress, |office, tell| office.grant_all(&grants, tell))
    }

    /// Writes out the lines of a span of time, of all histories of the agency or of one
    /// account's, into a new file of JSON lines (H). Its history says so first. The
    /// file is there whole, or not at all, and its owner alone can read it;
    /// :func:`carekey.verify_history_export` verifies it. Without ``until`` it ends now.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`NotFound`
    /// ``account.not_found``; :class:`StoreError` ``history.broken``, ``history.cut``,
    /// ``export.failed``, also where there is such a file already.
    #[pyo3(signature = (path, *, account = None, since = None, until = None))]
    fn export_history(
        &self,
        py: Python<'_>,
        path: FilePath,
        account: Option<Id>,
        since: Option<Moment>,
        until: Option<Moment>,
    ) -> PyResult<HistoryExport> {
        let office = self.get(py)?;
        let account = account.map(|id| AccountId(id.0));
        let range = HistoryRange { account, since: since.map(|at| at.0), until: until.map(|at| at.0) };
        run(py, || office.export_history_to(&range, &path.0)).map(Over::over)
    }

    /// Removes from the histories the lines that the file of an export of all of them
    /// has in it: those of before its moment, from the first on (H). In each history a
    /// checkpoint stays, so that what remains is verified as before. Killed in the
    /// middle, it goes on when it is called again with the same export. Only support
    /// does it.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed`` but for support;
    /// :class:`InvalidInput` ``history.not_exported``, ``export.malformed``;
    /// :class:`StoreError` ``history.broken``, ``history.cut``, ``export.broken``,
    /// ``export.failed``.
    #[pyo3(signature = (path))]
    fn trim_history(&self, py: Python<'_>, path: FilePath) -> PyResult<Trimmed> {
        let office = self.get(py)?;
        run(py, || office.trim_history_by(&path.0)).map(Over::over)
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
        run(py, || office.users(&query)).map(Over::over)
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
        self.pages(page, move |office| office.each_user(&query))
    }

    /// The bulk window (A5): the parties by role, a page of each.
    #[pyo3(signature = (*, offset = Count(0), limit = Count(100)), text_signature = "($self, *, offset=0, limit=100)")]
    fn window(&self, py: Python<'_>, offset: Count, limit: Count) -> PyResult<Vec<WindowGroup>> {
        let office = self.get(py)?;
        run(py, || office.window(offset.0, limit.0)).map(Over::over)
    }

    /// What a text looks like to whoever gets it: one that may be set, or without
    /// a body the one that is sent (N). It is filled in with sample values in its
    /// language; its links, codes and passwords open nothing. Nothing is written,
    /// and nobody gets it.
    ///
    /// Raises :class:`NotAllowed`, :class:`InvalidInput` with the findings:
    /// ``template.…``, as :meth:`set_text` does.
    #[pyo3(signature = (kind, method, locale, *, subject = None, body = None))]
    fn preview_text(
        &self,
        py: Python<'_>,
        kind: Word<carekey::words::MessageKind>,
        method: Word<Method>,
        locale: Word<Locale>,
        subject: Option<Text>,
        body: Option<Text>,
    ) -> PyResult<Rendered> {
        let office = self.get(py)?;
        let template = body.map(|body| Template { subject: text(subject), body: body.0 });
        run(py, || office.preview_text(kind.0, method.0, locale.0, template.as_ref())).map(Over::over)
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
}
