//! Written by core/surface from the core: change it there, not here.

use pyo3::prelude::*;

use crate::answers::{Added, Allowed, DoneRow, Enrolled, FeedPage, Former, GrantRow, Merged, MessageRow, Party, PartyFile, PrintedCode, ReviewItem, SessionRow, Split, StagedRow, Submitted, TextRow, TieRow, Tied, User};
use crate::arg::{Count, Flag, Id, Many, Moment, Text, Word, text};
use crate::engine::results::Application;
use crate::error::run;
use crate::over::Over;
use crate::secret::SecretArg;
use crate::table::{PagesOf, Table, TableOf};
use super::{Office, Typed, item};

#[pymethods]
impl Office {
    /// Adds an application that a family submitted, and sends its invitation by the
    /// family's preferred way (S3).
    ///
    /// Raises :class:`InvalidInput` ``application.number_missing``,
    /// ``text.too_long``, ``text.control_character``, ``application.exists``,
    /// :class:`NotFound` ``party.not_found``. Nobody to send to is no error: the
    /// findings say so (I1).
    #[pyo3(signature = (number, *, family, submitted_at = None), text_signature = "($self, number, *, family, submitted_at=None)")]
    fn add_application(&self, py: Python<'_>, number: Text, family: Id, submitted_at: Option<Moment>) -> PyResult<Submitted> {
        let office = self.get(py)?;
        let number = number.0;
        let family = family.over();
        let submitted_at = submitted_at.over();
        let new = carekey::agency::NewApplication { number, family, submitted_at };
        run(py, || office.add_application(&new)).map(Over::over)
    }

    /// The applications, found by number or family name without regard to case and
    /// marks (S3, A4), newest first, each with its Online Account column (I4).
    ///
    /// An iterator of :class:`Application` that reads page by page.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (search = None, *, page = Count(500)), text_signature = "($self, search=None, *, page=500)")]
    fn applications(&self, search: Option<Text>, page: Count) -> PagesOf<Application> {
        let search = text(search);
        self.pages(page, move |office| office.each_application(search.as_deref()))
    }

    /// The applications that a filter leaves, newest first, and how many they are:
    /// those that were never invited, those whose invitation lapses by a moment, or
    /// has (I4).
    ///
    /// An iterator of :class:`Application` that reads page by page.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (*, search = None, standing = None, invited_before = None, lapses_before = None, page = Count(500)), text_signature = "($self, *, search=None, standing=None, invited_before=None, lapses_before=None, page=500)")]
    fn applications_by(&self, search: Option<Text>, standing: Option<Word<carekey::agency::ApplicationStanding>>, invited_before: Option<Moment>, lapses_before: Option<Moment>, page: Count) -> PagesOf<Application> {
        let search = text(search);
        let standing = standing.over();
        let invited_before = invited_before.over();
        let lapses_before = lapses_before.over();
        let new = carekey::agency::ApplicationFilter { search, standing, invited_before, lapses_before };
        self.pages(page, move |office| office.each_application_by(&new))
    }

    /// The application of that number (S3).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``application.not_found``.
    fn application(&self, py: Python<'_>, number: Text) -> PyResult<Application> {
        let office = self.get(py)?;
        let number = number.0;
        run(py, || office.application(&number)).map(Over::over)
    }

    /// What the actor may do for the office of what can be delegated, and on whom,
    /// so that pages hide the rest (A7): everything on everybody for support,
    /// account managers and the host's own program; what the policy delegates to
    /// their roles for the office; nothing for all others. Every act is checked by
    /// itself all the same.
    ///
    /// A table of :class:`Allowed`.
    ///
    /// Raises :class:`StoreError`.
    fn allowed(&self, py: Python<'_>) -> PyResult<TableOf<Allowed>> {
        let office = self.get(py)?;
        run(py, || office.allowed()).map(Table::of)
    }

    /// A page of the feed: what happened in the agency after a cursor, by kind and
    /// time, in the order in which it came to be seen (H). Ask with ``next`` for
    /// the page after it, also tomorrow and from another host: every line is given
    /// once.
    ///
    /// A cursor is a text to be kept as it is. It holds in its agency, whatever the
    /// query asks for.
    ///
    /// Raises :class:`InvalidInput` ``cursor.malformed``; ``cursor.removed`` with
    /// the moment ``since`` which there are lines, where its own went with those of
    /// before: what it had not given is gone, and stands in the export;
    /// :class:`NotFound` ``cursor.not_found`` where its line is not in this agency:
    /// it is that of another one, or the store was put back to an earlier day, so
    /// that lines that were followed are not there; :class:`NotAllowed`
    /// ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (*, after = None, kinds = Many::default(), since = None, until = None, limit = Count(100)), text_signature = "($self, *, after=None, kinds=(), since=None, until=None, limit=100)")]
    fn feed(&self, py: Python<'_>, after: Option<Text>, kinds: Many<Word<carekey::words::EventKind>>, since: Option<Moment>, until: Option<Moment>, limit: Count) -> PyResult<FeedPage> {
        let office = self.get(py)?;
        let after = text(after);
        let kinds = kinds.over();
        let since = since.over();
        let until = until.over();
        let limit = limit.over();
        let new = carekey::agency::FeedQuery { after, kinds, since, until, limit };
        run(py, || office.feed(&new)).map(Over::over)
    }

    /// The file of a party (A6): the party itself with its links, ties both ways
    /// round, grants, current invitation and applications. Links, ties and grants
    /// are those in force at a moment, where one is given, otherwise all there ever
    /// were; of its names and contacts, what is written down now.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, ``party.merged``, and :class:`StoreError`.
    #[pyo3(signature = (party, *, at = None), text_signature = "($self, party, *, at=None)")]
    fn party_file(&self, py: Python<'_>, party: Id, at: Option<Moment>) -> PyResult<PartyFile> {
        let office = self.get(py)?;
        let party = party.over();
        let at = at.over();
        run(py, || office.party_file(party, at)).map(Over::over)
    }

    /// The grants of a party, both ways round: what it was granted, and what of it
    /// was granted to others (V). Those in force at a moment, where one is given;
    /// otherwise all there ever were. The latest begun come first. One for every
    /// client stands with whom it was given to alone.
    ///
    /// A table of :class:`GrantRow`.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, and :class:`StoreError`.
    #[pyo3(signature = (party, *, at = None), text_signature = "($self, party, *, at=None)")]
    fn grants(&self, py: Python<'_>, party: Id, at: Option<Moment>) -> PyResult<TableOf<GrantRow>> {
        let office = self.get(py)?;
        let party = party.over();
        let at = at.over();
        run(py, || office.grants(party, at)).map(Table::of)
    }

    /// Grants a resource to a member of the office staff: of one client or
    /// application, or of all, until a moment (V). The reason is in at most 200
    /// characters: an emergency, say. One that ends when it begins is none.
    ///
    /// Raises :class:`NotFound` ``party.not_found``, or the findings of
    /// ``check_grant``, and after them :class:`InvalidInput` ``text.too_long``,
    /// ``text.control_character``, ``grant.not_client`` where it is of a party that
    /// is no client; :class:`NotFound` ``party.not_found``, ``party.merged``,
    /// ``application.not_found`` of what it is of; :class:`InvalidInput`
    /// ``grant.duplicate`` where they have this very grant, with this end and
    /// reason, already.
    #[pyo3(signature = (party, resource, *, of = None, ends_at = None, reason = None), text_signature = "($self, party, resource, *, of=None, ends_at=None, reason=None)")]
    fn grant(&self, py: Python<'_>, party: Id, resource: Word<carekey::Resource>, of: Option<Id>, ends_at: Option<Moment>, reason: Option<Text>) -> PyResult<Id> {
        let office = self.get(py)?;
        let party = party.over();
        let resource = resource.over();
        let of = of.over();
        let ends_at = ends_at.over();
        let reason = text(reason);
        run(py, || office.grant(party, resource, of, ends_at, reason.as_deref())).map(Over::over)
    }

    /// Ends a grant, now or at a moment given; what it allowed is over then. An end
    /// only ever comes earlier by it: one that is over, or ends before that moment
    /// already, stays as it is.
    ///
    /// Raises :class:`NotFound` ``grant.not_found``, :class:`InvalidInput`
    /// ``grant.ended``, ``grant.ends_before_it_begins``, and :class:`NotFound`
    /// ``party.not_found`` where whoever had it was deleted.
    #[pyo3(signature = (grant, *, at = None), text_signature = "($self, grant, *, at=None)")]
    fn end_grant(&self, py: Python<'_>, grant: Id, at: Option<Moment>) -> PyResult<()> {
        let office = self.get(py)?;
        let grant = grant.over();
        let at = at.over();
        run(py, || office.end_grant(grant, at))
    }

    /// Invites, by the party's preferred way or by the one that is named (I1).
    ///
    /// Raises :class:`InvalidInput` ``invitation.already_sent``,
    /// ``invitation.already_linked``, ``invitation.no_contact``; :class:`NotFound`
    /// ``party.not_found``, ``application.not_found``.
    #[pyo3(signature = (*, party = None, application = None, method = None), text_signature = "($self, *, party=None, application=None, method=None)")]
    fn invite(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>, method: Option<Word<carekey::Method>>) -> PyResult<()> {
        let office = self.get(py)?;
        let item = item(py, party, application)?;
        let method = method.over();
        run(py, || office.invite(item, method))
    }

    /// Sends a new invitation: 14 new days; the earlier one dies at once (I5).
    ///
    /// Raises :class:`InvalidInput` ``invitation.never_sent``,
    /// ``invitation.already_linked``, ``invitation.no_contact``; :class:`NotFound`
    /// ``party.not_found``, ``application.not_found``.
    #[pyo3(signature = (*, party = None, application = None, method = None), text_signature = "($self, *, party=None, application=None, method=None)")]
    fn reinvite(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>, method: Option<Word<carekey::Method>>) -> PyResult<()> {
        let office = self.get(py)?;
        let item = item(py, party, application)?;
        let method = method.over();
        run(py, || office.reinvite(item, method))
    }

    /// Ends every link of a party, those of its applications among them, or of one
    /// application, at once, with every invitation by which whoever had it could
    /// come back; the accounts stay, their sessions end (I6, C5).
    ///
    /// Raises :class:`InvalidInput` ``invitation.not_linked``; :class:`NotFound`
    /// ``party.not_found``, ``application.not_found``.
    #[pyo3(signature = (*, party = None, application = None), text_signature = "($self, *, party=None, application=None)")]
    fn unlink(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<()> {
        let office = self.get(py)?;
        let item = item(py, party, application)?;
        run(py, || office.unlink(item))
    }

    /// Cancels the invitation of a party or an application that is out: its link
    /// and code are dead at once (C5). It can be sent again.
    ///
    /// Raises :class:`InvalidInput` ``invitation.never_sent`` where none is out;
    /// :class:`NotFound` ``party.not_found``, ``application.not_found``.
    #[pyo3(signature = (*, party = None, application = None), text_signature = "($self, *, party=None, application=None)")]
    fn cancel_invitation(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<()> {
        let office = self.get(py)?;
        let item = item(py, party, application)?;
        run(py, || office.cancel_invitation(item))
    }

    /// Deletes a person or an organization: names, contacts, password and answers
    /// go; ties, links and grants end, those of their data among them; waiting
    /// messages go. The history stays (H), and the username is never given to
    /// another (U4). An account that belongs to another party too stays theirs. Of
    /// an account manager only support may.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``; :class:`InvalidInput` ``manager.last`` for the last
    /// account manager.
    fn delete_party(&self, py: Python<'_>, party: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let party = party.over();
        run(py, || office.delete_party(party))
    }

    /// Makes a new account and an account manager of it (A1). Only support does;
    /// the limit of the policy holds under parallel attempts.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
    /// ``manager.limit``, ``manager.name_missing``, ``email.missing``,
    /// ``phone.missing``, and :class:`InvalidInput` with the findings about e-mail,
    /// phone and username.
    #[pyo3(signature = (*, first_name, last_name, email = None, phone = None, username = None), text_signature = "($self, *, first_name, last_name, email=None, phone=None, username=None)")]
    fn add_manager(&self, py: Python<'_>, first_name: Text, last_name: Text, email: Option<Text>, phone: Option<Text>, username: Option<Text>) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let first_name = first_name.0;
        let last_name = last_name.0;
        let email = text(email);
        let phone = text(phone);
        let username = text(username);
        let new = carekey::agency::NewStaff { first_name, last_name, email, phone, username };
        run(py, || office.add_manager(&new)).map(Over::over)
    }

    /// Makes an account manager of an account that is there already (A1).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
    /// ``manager.limit``, ``manager.already``, ``manager.name_missing``,
    /// ``email.missing``, ``phone.missing``, :class:`NotFound`
    /// ``account.not_found``, ``account.deleted``, :class:`InvalidInput`
    /// ``account.disabled``.
    fn promote(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.promote(account))
    }

    /// Ends someone's being an account manager (A1); the account stays.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
    /// ``manager.not``, ``manager.last``, :class:`NotFound` ``account.not_found``,
    /// ``account.deleted``.
    fn remove_manager(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.remove_manager(account))
    }

    /// Hands a manager's place to another account, in one act: the number stays the
    /// same, so it works at the limit and for the last one (A1).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
    /// ``manager.not``, ``manager.already``, ``manager.name_missing``,
    /// ``email.missing``, ``phone.missing``, :class:`NotFound`
    /// ``account.not_found``, ``account.deleted``, :class:`InvalidInput`
    /// ``account.disabled``; ``manager.last`` where nobody who can act would
    /// remain.
    fn hand_over(&self, py: Python<'_>, from_account: Id, to_account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let from = from_account;
        let to = to_account;
        let from = from.over();
        let to = to.over();
        run(py, || office.hand_over(from, to))
    }

    /// Makes the accounts of those who were ticked, by the scheme of a role that
    /// they have (S0); with a code, they are sent an invitation. It is
    /// ``create_account`` for each, in pieces that are each one commit. Run again,
    /// it makes and sends nothing twice: who has an account has ``account.exists``
    /// in their row, with that account; whose invitation went out,
    /// ``invitation.already_sent``.
    ///
    /// ``progress`` is told before each piece, and may stop the work: what was not
    /// reached has ``act.cancelled`` then, and can be run again.
    ///
    /// A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
    /// bar.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
    /// where nothing was reached. What is wrong with one of them stands in its row:
    /// :class:`InvalidInput` ``account.exists``, ``invitation.already_sent``,
    /// :class:`NotFound` ``party.not_found``, :class:`InvalidInput`
    /// ``party.role_missing``, and :class:`InvalidInput` with the findings about
    /// the username.
    #[pyo3(signature = (parties, role, *, progress: "Progress | None" = None), text_signature = "($self, parties, role, *, progress=None)")]
    fn create_accounts(&self, py: Python<'_>, parties: Many<Id>, role: Word<carekey::Role>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<TableOf<DoneRow>> {
        let parties: Vec<_> = parties.over();
        let role = role.over();
        self.many(py, progress, |office, tell| office.create_accounts(&parties, role, tell))
    }

    /// Disables many accounts: those who left (A4). It is ``disable`` for each, in
    /// pieces that are each one commit; run again, it does nothing twice.
    ///
    /// ``progress`` is told before each piece, and may stop the work: what was not
    /// reached has ``act.cancelled`` then, and can be run again.
    ///
    /// A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
    /// bar.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
    /// where nothing was reached. What is wrong with one of them stands in its row:
    /// :class:`InvalidInput` ``account.disabled`` where it is already;
    /// ``manager.last``; :class:`NotFound` ``account.not_found``,
    /// ``account.deleted``.
    #[pyo3(signature = (accounts, *, progress: "Progress | None" = None), text_signature = "($self, accounts, *, progress=None)")]
    fn disable_all(&self, py: Python<'_>, accounts: Many<Id>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<TableOf<DoneRow>> {
        let accounts: Vec<_> = accounts.over();
        self.many(py, progress, |office, tell| office.disable_all(&accounts, tell))
    }

    /// Sends many their activation link, or their username with a new temporary
    /// password, once more. It is ``send_again`` for each, in pieces that are each
    /// one commit.
    ///
    /// ``as_of`` is the moment at which the office looked at the list that they
    /// were chosen from: whom something was sent at that moment or since has
    /// ``enrolment.already_sent``, so that running it again sends nothing twice.
    ///
    /// ``progress`` is told before each piece, and may stop the work: what was not
    /// reached has ``act.cancelled`` then, and can be run again.
    ///
    /// A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
    /// bar.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
    /// where nothing was reached. What is wrong with one of them stands in its row:
    /// :class:`InvalidInput` ``enrolment.already_sent``, ``account.active``,
    /// ``account.disabled``, :class:`NotFound` ``account.not_found``,
    /// ``account.deleted``.
    #[pyo3(signature = (accounts, *, as_of, progress: "Progress | None" = None), text_signature = "($self, accounts, *, as_of, progress=None)")]
    fn send_again_all(&self, py: Python<'_>, accounts: Many<Id>, as_of: Moment, progress: Option<&Bound<'_, PyAny>>) -> PyResult<TableOf<DoneRow>> {
        let accounts: Vec<_> = accounts.over();
        let as_of = as_of.over();
        self.many(py, progress, |office, tell| office.send_again_all(&accounts, as_of, tell))
    }

    /// Signs many out everywhere (E5). It is ``end_sessions`` for each, in pieces
    /// that are each one commit.
    ///
    /// ``progress`` is told before each piece, and may stop the work: what was not
    /// reached has ``act.cancelled`` then, and can be run again.
    ///
    /// A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
    /// bar.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
    /// where nothing was reached. What is wrong with one of them stands in its row:
    /// :class:`NotFound` ``account.not_found``, ``account.deleted``.
    #[pyo3(signature = (accounts, *, progress: "Progress | None" = None), text_signature = "($self, accounts, *, progress=None)")]
    fn end_sessions_all(&self, py: Python<'_>, accounts: Many<Id>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<TableOf<DoneRow>> {
        let accounts: Vec<_> = accounts.over();
        self.many(py, progress, |office, tell| office.end_sessions_all(&accounts, tell))
    }

    /// Merges a party into another, since both are one person or organization (A6):
    /// its roles, ties, grants, links, applications and invitations are the other's
    /// from now on, and what the other has not written down. Ties that both have
    /// become one, unless they rest on different documents; ties between the two
    /// end. No contact of an account moves. It is in no list any more; who asks for
    /// it by its identifier is told of the other, and a roster that names it means
    /// the other. ``split_party`` undoes it.
    ///
    /// Where one of them is a personal representative or has one, support or an
    /// account manager does it, and the client is told who decides for them from
    /// now on, as by ``relate`` (V).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, ``party.merged``; :class:`InvalidInput`
    /// ``party.merge_unfit`` for a person and an organization, or for one alone;
    /// ``party.two_accounts`` where both have an account, and may have but one
    /// (C5).
    fn merge_parties(&self, py: Python<'_>, keep: Id, gone: Id) -> PyResult<Merged> {
        let office = self.get(py)?;
        let keep = keep.over();
        let gone = gone.over();
        run(py, || office.merge_parties(keep, gone)).map(Over::over)
    }

    /// What ``merge_parties`` would do. It writes nothing.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, ``party.merged``, :class:`InvalidInput`
    /// ``party.merge_unfit``, ``party.two_accounts``, as ``merge_parties``.
    fn preview_merge(&self, py: Python<'_>, keep: Id, gone: Id) -> PyResult<Merged> {
        let office = self.get(py)?;
        let keep = keep.over();
        let gone = gone.over();
        run(py, || office.preview_merge(keep, gone)).map(Over::over)
    }

    /// Splits a party again from the one that it was merged into (A6): what was
    /// moved goes back, and both are as before, but for what was ended or changed
    /// since, which ``Split.changed`` names. What came to the other since the merge
    /// stays with it. Sessions of the accounts of both end, since each has less
    /// now. Whoever of the two is left without an account, and became a client or
    /// had a tie begin that enrols while they were one, is enrolled (R).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, also for a program where
    /// one of them is a personal representative or has one (V); :class:`NotFound`
    /// ``party.not_found``; :class:`InvalidInput` ``party.not_merged``;
    /// :class:`NotFound` ``party.merged`` where the other has been merged itself:
    /// that one is to be split first. So is one that was merged later into the same
    /// party, or that joined the same ties: ``party.merged_later`` says which.
    /// :class:`InvalidInput` ``party.two_accounts`` where one of them would have
    /// several and may have but one (C5): unlink first.
    fn split_party(&self, py: Python<'_>, party: Id) -> PyResult<Split> {
        let office = self.get(py)?;
        let party = party.over();
        run(py, || office.split_party(party)).map(Over::over)
    }

    /// The messages of the agency, newest first, their secrets masked; of one
    /// state, or of all.
    ///
    /// An iterator of :class:`MessageRow` that reads page by page.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (state = None, *, page = Count(500)), text_signature = "($self, state=None, *, page=500)")]
    fn messages(&self, state: Option<Word<carekey::words::MessageState>>, page: Count) -> PagesOf<MessageRow> {
        let state = state.over();
        self.pages(page, move |office| office.each_message(state))
    }

    /// Adds a person or an organization. A client is enrolled in the same act (R,
    /// S1); others when they get the tie, the roster row or the invitation that
    /// calls for it.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
    /// ``party.exists`` for a known external identifier, or :class:`InvalidInput`
    /// with the findings about name, roles, e-mail and phone; ``text.too_long``,
    /// ``text.control_character`` of name and external identifier. That a client
    /// could not be enrolled is no error: the findings of the enrolment say why.
    #[pyo3(signature = (name, *, kind = Word(carekey::PartyKind::Person), roles, external_id = None, email = None, phone = None, preferred = None, locale = None), text_signature = "($self, name, *, kind='person', roles, external_id=None, email=None, phone=None, preferred=None, locale=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn add_party(&self, py: Python<'_>, name: Text, kind: Word<carekey::PartyKind>, roles: Many<Word<carekey::Role>>, external_id: Option<Text>, email: Option<Text>, phone: Option<Text>, preferred: Option<Word<carekey::Method>>, locale: Option<Word<carekey::Locale>>) -> PyResult<Added> {
        let office = self.get(py)?;
        let kind = kind.over();
        let name = name.0;
        let roles = roles.over();
        let external_id = text(external_id);
        let email = text(email);
        let phone = text(phone);
        let preferred = preferred.over();
        let locale = locale.over();
        let new = carekey::agency::NewParty { kind, name, roles, external_id, email, phone, preferred, locale };
        run(py, || office.add_party(&new)).map(Over::over)
    }

    /// The parties of the agency by name (A6), those that fit the filter.
    ///
    /// What a page costs beside its rows: of a role, a reading of the ties that
    /// convey one and of those who have it by them; without an account, a look
    /// through the links in force.
    ///
    /// An iterator of :class:`Party` that reads page by page.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (text = None, *, role = None, kind = None, without_account = Flag(false), page = Count(500)), text_signature = "($self, text=None, *, role=None, kind=None, without_account=False, page=500)")]
    fn parties(&self, text: Option<Text>, role: Option<Word<carekey::Role>>, kind: Option<Word<carekey::PartyKind>>, without_account: Flag, page: Count) -> PagesOf<Party> {
        let text = crate::arg::text(text);
        let role = role.over();
        let kind = kind.over();
        let without_account = without_account.over();
        let new = carekey::agency::PartyFilter { text, role, kind, without_account };
        self.pages(page, move |office| office.each_party(&new))
    }

    /// Makes the account of a party that has none, by the scheme of a role that it
    /// has; with a code, it is sent an invitation.
    ///
    /// Raises :class:`InvalidInput` ``account.exists``, :class:`NotFound`
    /// ``party.not_found``, :class:`InvalidInput` ``party.role_missing``;
    /// ``invitation.already_sent`` where one went out already, which is for
    /// ``reinvite``; or :class:`InvalidInput` with the findings about the username.
    #[pyo3(signature = (party, role, *, username = None), text_signature = "($self, party, role, *, username=None)")]
    fn create_account(&self, py: Python<'_>, party: Id, role: Word<carekey::Role>, username: Option<Text>) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let party = party.over();
        let role = role.over();
        let username = text(username);
        run(py, || office.create_account(party, role, username.as_deref())).map(Over::over)
    }

    /// Sets what a party is to the agency, beside what its ties convey. Who becomes
    /// a client by it is enrolled, and so are those whom ties of before make their
    /// emergency contact, payer or community (R).
    ///
    /// Raises :class:`NotFound` ``party.not_found``, :class:`InvalidInput`
    /// ``party.role_unfit``; ``party.two_accounts`` for a family that several
    /// accounts belong to, and that would be something else too (C5). That a client
    /// could not be enrolled is no error: the findings of the enrolment say why.
    fn set_roles(&self, py: Python<'_>, party: Id, roles: Many<Word<carekey::Role>>) -> PyResult<Option<Enrolled>> {
        let office = self.get(py)?;
        let party = party.over();
        let roles = roles.over();
        run(py, || office.set_roles(party, &roles)).map(Over::over)
    }

    /// Makes an invitation that is printed and handed over, and sends nothing
    /// (I10): 14 days as any other; the earlier one dies at once (I5). The code is
    /// redeemed together with the party's e-mail or phone, by the preferred way or
    /// the one that is named, or with the application's number (I3).
    ///
    /// Nothing was sent to that contact, so redeeming proves none (C1): once a
    /// password was chosen, its user is sent a link to confirm it. Whoever has no
    /// contact could get no username by the code (U2): ``invitation.no_contact``
    /// asks for one to be written down first.
    ///
    /// Raises :class:`InvalidInput` ``invitation.already_linked``,
    /// ``invitation.no_contact``; :class:`NotFound` ``party.not_found``,
    /// ``application.not_found``.
    #[pyo3(signature = (*, party = None, application = None, method = None), text_signature = "($self, *, party=None, application=None, method=None)")]
    fn print_code(&self, py: Python<'_>, party: Option<Id>, application: Option<Id>, method: Option<Word<carekey::Method>>) -> PyResult<PrintedCode> {
        let office = self.get(py)?;
        let item = item(py, party, application)?;
        let method = method.over();
        run(py, || office.print_code(item, method)).map(Over::over)
    }

    /// Who is deleted and had this e-mail address, phone number or username
    /// (``username.retired``, U4), so that their return is recognised. Of an
    /// address or number nothing but a keyed digest is left: whose it was only the
    /// address itself tells.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    fn former(&self, py: Python<'_>, name: Text) -> PyResult<Option<Former>> {
        let office = self.get(py)?;
        let name = name.0;
        run(py, || office.former(&name)).map(Over::over)
    }

    /// Brings back a party that was deleted (U4): it is the same one again, with
    /// the name, roles and contacts that are given now, and may have the usernames
    /// that were its own. Nothing else comes back: no account, tie, grant, link or
    /// password. A client is enrolled in the same act, as by ``add_party``; for
    /// others ``create_account`` makes a new account.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`NotFound`
    /// ``party.not_found`` also where a person would come back as an organization;
    /// ``party.merged`` for one that was merged; :class:`InvalidInput`
    /// ``party.exists`` for a party that is not deleted, or for another one's
    /// external identifier; :class:`InvalidInput` with the findings about name,
    /// roles, e-mail and phone.
    #[pyo3(signature = (*, party, kind, name, roles, external_id = None, email = None, phone = None, preferred = None, locale = None), text_signature = "($self, *, party, kind, name, roles, external_id=None, email=None, phone=None, preferred=None, locale=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn restore_party(&self, py: Python<'_>, party: Id, kind: Word<carekey::PartyKind>, name: Text, roles: Many<Word<carekey::Role>>, external_id: Option<Text>, email: Option<Text>, phone: Option<Text>, preferred: Option<Word<carekey::Method>>, locale: Option<Word<carekey::Locale>>) -> PyResult<Added> {
        let office = self.get(py)?;
        let party = party.over();
        let kind = kind.over();
        let name = name.0;
        let roles = roles.over();
        let external_id = text(external_id);
        let email = text(email);
        let phone = text(phone);
        let preferred = preferred.over();
        let locale = locale.over();
        let new = carekey::agency::NewParty { kind, name, roles, external_id, email, phone, preferred, locale };
        run(py, || office.restore_party(party, &new)).map(Over::over)
    }

    /// The access review: who has not activated, which invitations are stale, which
    /// e-mails and phones are shared, whose party has no role left, who has not
    /// signed in for ``unused_days`` (``UNUSED_DAYS`` where nobody says otherwise),
    /// who objected to a new contact, and who changed their own. Sorted by kind,
    /// then by age.
    ///
    /// A table of :class:`ReviewItem`.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (*, unused_days = Count(carekey::agency::UNUSED_DAYS.into())), text_signature = "($self, *, unused_days=UNUSED_DAYS)")]
    fn review(&self, py: Python<'_>, unused_days: Count) -> PyResult<TableOf<ReviewItem>> {
        let office = self.get(py)?;
        let unused_days = unused_days.over();
        run(py, || office.review(unused_days)).map(Table::of)
    }

    /// Where a user is signed in: their sessions and the devices that are known
    /// (E5), the latest first, sessions before devices. All of them end with
    /// ``end_sessions``.
    ///
    /// A table of :class:`SessionRow`.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``account.not_found``.
    fn sessions(&self, py: Python<'_>, account: Id) -> PyResult<TableOf<SessionRow>> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.sessions(account)).map(Table::of)
    }

    /// Who waits to be sent their first message, longest first (I10): accounts that
    /// were made to be sent to later, families that were never invited, and others
    /// who can only be invited: whose role, be it by a tie in force with a client,
    /// is enrolled by a code, or whose address is the login of somebody else, which
    /// they share. A family with applications is invited to those: it stands in the
    /// list of applications. Who is disabled waits for nothing.
    ///
    /// An iterator of :class:`StagedRow` that reads page by page.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    #[pyo3(signature = (*, page = Count(500)), text_signature = "($self, *, page=500)")]
    fn staged(&self, page: Count) -> PagesOf<StagedRow> {
        self.pages(page, move |office| office.each_staged())
    }

    /// Every text that is sent: by kind, way and language, in each language that
    /// has texts, and in those that the agency has written some in (N).
    ///
    /// A table of :class:`TextRow`.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    fn texts(&self, py: Python<'_>) -> PyResult<TableOf<TextRow>> {
        let office = self.get(py)?;
        run(py, || office.texts()).map(Table::of)
    }

    /// The text that is sent: the agency's own, or the one that ships (N).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
    fn text(&self, py: Python<'_>, kind: Word<carekey::words::MessageKind>, method: Word<carekey::Method>, locale: Word<carekey::Locale>) -> PyResult<TextRow> {
        let office = self.get(py)?;
        let kind = kind.over();
        let method = method.over();
        let locale = locale.over();
        run(py, || office.text(kind, method, locale)).map(Over::over)
    }

    /// The ties of a party, both ways round: what it is to others, and what others
    /// are to it (R). Those in force at a moment, where one is given; otherwise all
    /// there ever were. The latest begun come first.
    ///
    /// A table of :class:`TieRow`.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, ``party.merged``, and :class:`StoreError`.
    #[pyo3(signature = (party, *, at = None), text_signature = "($self, party, *, at=None)")]
    fn ties(&self, py: Python<'_>, party: Id, at: Option<Moment>) -> PyResult<TableOf<TieRow>> {
        let office = self.get(py)?;
        let party = party.over();
        let at = at.over();
        run(py, || office.ties(party, at)).map(Table::of)
    }

    /// Makes a tie: ``who`` becomes the ``kind`` of ``of`` (R). A tie that makes
    /// someone an emergency contact, payer or community of a client enrols them by
    /// policy, if they have no account yet (S1): now, or where it begins later,
    /// then.
    ///
    /// A personal representative is set by support or an account manager, and told
    /// to the client: at all contacts of their account that are proven, before the
    /// first where it is reached, or else by the contact that the office wrote down
    /// (V).
    ///
    /// One that ends when it begins is none: ``tie.ends_before_it_begins``.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``party.not_found``, or the findings of ``check_tie``, and after them
    /// :class:`InvalidInput` ``tie.reference_missing``, ``text.too_long``,
    /// ``text.control_character``. That someone could not be enrolled is no error:
    /// the findings of the enrolment say why.
    #[pyo3(signature = (kind, *, who, of, begins_at = None, ends_at = None, reference = None), text_signature = "($self, kind, *, who, of, begins_at=None, ends_at=None, reference=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn relate(&self, py: Python<'_>, kind: Word<carekey::TieKind>, who: Id, of: Id, begins_at: Option<Moment>, ends_at: Option<Moment>, reference: Option<Text>) -> PyResult<Tied> {
        let office = self.get(py)?;
        let kind = kind.over();
        let who = who.over();
        let of = of.over();
        let begins_at = begins_at.over();
        let ends_at = ends_at.over();
        let reference = text(reference);
        let new = carekey::agency::NewTie { kind, who, of, begins_at, ends_at, reference };
        run(py, || office.relate(&new)).map(Over::over)
    }

    /// Ends a tie, now or at a moment given; what it allowed is over then. An end
    /// only ever comes earlier by it: one that is over, or ends before that moment
    /// already, stays as it is.
    ///
    /// Raises :class:`NotFound` ``tie.not_found``, :class:`InvalidInput`
    /// ``tie.ended``, ``tie.ends_before_it_begins``.
    #[pyo3(signature = (tie, *, at = None), text_signature = "($self, tie, *, at=None)")]
    fn end_tie(&self, py: Python<'_>, tie: Id, at: Option<Moment>) -> PyResult<()> {
        let office = self.get(py)?;
        let tie = tie.over();
        let at = at.over();
        run(py, || office.end_tie(tie, at))
    }

    /// One user.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
    /// ``account.not_found``.
    fn user(&self, py: Python<'_>, account: Id) -> PyResult<User> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.user(account)).map(Over::over)
    }

    /// Makes an account for someone of the office before their staff record (A2),
    /// with a temporary password: generated, or typed twice (P8).
    ///
    /// Raises :class:`InvalidInput` with the findings about names, username and
    /// password.
    #[pyo3(signature = (*, first_name, last_name, email = None, phone = None, username = None, password = None, confirm = None), text_signature = "($self, *, first_name, last_name, email=None, phone=None, username=None, password=None, confirm=None)")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn create_staff_account(&self, py: Python<'_>, first_name: Text, last_name: Text, email: Option<Text>, phone: Option<Text>, username: Option<Text>, password: Option<SecretArg>, confirm: Option<SecretArg>) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let typed = password;
        let first_name = first_name.0;
        let last_name = last_name.0;
        let email = text(email);
        let phone = text(phone);
        let username = text(username);
        let typed = typed.map(|typed| Typed::of(typed, confirm));
        let new = carekey::agency::NewStaff { first_name, last_name, email, phone, username };
        run(py, || office.create_staff_account(&new, typed.as_ref().map(Typed::both))).map(Over::over)
    }

    /// Links an account that came before its staff record to that record (A2).
    ///
    /// Raises :class:`InvalidInput` ``account.already_linked``, ``account.exists``
    /// where the party has another account; :class:`NotFound`
    /// ``account.not_found``, ``account.deleted``, ``party.not_found``.
    fn link_account(&self, py: Python<'_>, account: Id, party: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        let party = party.over();
        run(py, || office.link_account(account, party))
    }

    /// Disables an account: its sessions, devices and begun steps end at once, and
    /// what waits to be sent to it with a secret; time and manager are kept (A4).
    ///
    /// Raises :class:`InvalidInput` ``account.disabled`` where it is;
    /// ``manager.last``; :class:`NotFound` ``account.not_found``,
    /// ``account.deleted``.
    fn disable(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.disable(account))
    }

    /// Enables an account again, in the stage it had (A4). A contact that was
    /// corrected meanwhile is sent its link to confirm it now (C2).
    ///
    /// Raises :class:`InvalidInput` ``account.not_disabled``, :class:`NotFound`
    /// ``account.not_found``, ``account.deleted``.
    fn enable(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.enable(account))
    }

    /// Forgets the failures of an account (A4, E4): passwords from devices that are
    /// not known are evaluated again, at once.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``account.deleted``.
    fn unlock(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.unlock(account))
    }

    /// Signs a user out everywhere (E5): all sessions of the account end, no device
    /// is known any more, and what a sign-in led to is begun again. The password
    /// stays, and so do links and codes that were sent.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``account.deleted``.
    fn end_sessions(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.end_sessions(account))
    }

    /// Resets a password to one that the manager typed twice: sessions end, what
    /// was sent before is dead, and its user must change it at the next sign-in
    /// (A4, P8). An account that waited to be sent to waits no longer (I10): this
    /// password opens it. Of the last account manager who can act only support
    /// resets it, since nobody can until they have come back (A1).
    ///
    /// Without ``confirm``, the host has compared the two.
    ///
    /// Raises :class:`InvalidInput` with the findings about the password;
    /// :class:`InvalidInput` ``manager.last``; :class:`NotFound`
    /// ``account.not_found``, ``account.deleted``.
    #[pyo3(signature = (account, password, *, confirm = None), text_signature = "($self, account, password, *, confirm=None)")]
    fn reset_password(&self, py: Python<'_>, account: Id, password: SecretArg, confirm: Option<SecretArg>) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        let password = Typed::of(password, confirm);
        run(py, || office.reset_password(account, password.both()))
    }

    /// Sends the activation link, or the username with a new temporary password,
    /// once more, by the preferred way; what was sent before is dead. An account
    /// that waits to be sent to is sent it for the first time (I10).
    ///
    /// Raises :class:`InvalidInput` ``account.active``, ``account.disabled``,
    /// :class:`NotFound` ``account.not_found``, ``account.deleted``.
    fn send_again(&self, py: Python<'_>, account: Id) -> PyResult<Enrolled> {
        let office = self.get(py)?;
        let account = account.over();
        run(py, || office.send_again(account)).map(Over::over)
    }

    /// Takes an e-mail address or a phone number from an account, because it has
    /// changed hands (C6): the account is told at its other contacts, and signs in
    /// by one of those where this one was its username. The name is free for its
    /// new owner then, who can be invited again. So is one that its user has left
    /// (C3), by which nobody can object any more then.
    ///
    /// Where the owner of the earlier contact objected to a new one (C2), this is
    /// how the office decides: it takes away the one that is not the user's. The
    /// new one taken, the earlier one stays. The earlier one taken, the new one
    /// stands, as it did, or is sent a link to confirm it where it had not; what
    /// its owner may have set since is over, further contacts too, and the user
    /// recovers.
    ///
    /// Raises :class:`NotFound` ``contact.not_found`` where the account has no such
    /// contact; :class:`InvalidInput` ``contact.last`` where it would have no
    /// username left: disable or delete it first; ``contact.objected`` where
    /// several were objected to and it is not clear which one stands: take the
    /// wrong ones first; :class:`NotFound` ``account.not_found``,
    /// ``account.deleted``.
    fn release_contact(&self, py: Python<'_>, account: Id, contact: Text) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        let contact = contact.0;
        run(py, || office.release_contact(account, &contact))
    }

    /// Writes a free note on an account (A5); an empty one takes it away.
    ///
    /// Raises :class:`InvalidInput` ``text.too_long`` over 2,000 characters,
    /// ``text.control_character`` for others than ends of lines and tabs;
    /// :class:`NotFound` ``account.not_found``, ``account.deleted``.
    fn set_note(&self, py: Python<'_>, account: Id, note: Text) -> PyResult<()> {
        let office = self.get(py)?;
        let account = account.over();
        let note = note.0;
        run(py, || office.set_note(account, &note))
    }
}
