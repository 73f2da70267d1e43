//! Written by core/surface from the core: change it there, not here.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arg::{Bytes, Count, Flag, Id, Many, Moment, Named, Object, Text, Whole, Word};
use crate::engine::outbox::Message;
use crate::engine::results::{Application, Details, Mac};
use crate::engine::roster::Who;
use crate::engine::settings::{AgencySettings, Policy};
use crate::engine::sight::Reason;
use crate::finding::{Finding, ParamArg};
use crate::over::Over;
use crate::record::record;
use crate::rules::visibility::Viewer;
use crate::rules::written::{Head, Invitation, Throttle, TokenLife};
use crate::secret::{Secret, SecretArg};

record! {
    /// What came of adding someone.
    Added from carekey::agency::Added as core {
        /// The party.
        party: Id = core.party.over(),
        /// Its enrolment, where its role enrols it (R): clients, at once.
        enrolled: Option<Enrolled> = core.enrolled.over(),
    }
}

record! {
    /// What an export of an agency has in it (A9).
    AgencyExport from carekey::agency::AgencyExport as core {
        /// The code of the agency.
        agency: String = core.agency.over(),
        /// Since when it was suspended then, if it was.
        suspended_at: Option<Moment> = core.suspended_at.over(),
        /// The SHA-256 of all bytes, in hexadecimal, as ``sha256sum`` says it.
        sha256: String = core.sha256.over(),
        /// How many rows are in it; how many of each table its last line says.
        rows: u64 = core.rows.over(),
    }
}

record! {
    /// An agency as its directory knows it, whatever its state (A9).
    AgencyRow from carekey::agency::AgencyRow as core {
        /// The code by which the directory knows it.
        code: String = core.code.over(),
        /// Its name.
        name: String = core.name.over(),
        /// How it stands.
        state: Word<carekey::agency::AgencyState> = core.state.over(),
        /// Since when it stands so: created, suspended, being deleted, deleted.
        since: Moment = core.since.over(),
        /// Who suspended or deleted it.
        by: Option<String> = core.by.over(),
        /// Why it was suspended.
        reason: Option<String> = core.reason.over(),
        /// The SHA-256 of the export that the deletion rests on, in hexadecimal.
        export: Option<String> = core.export.over(),
    }
}

record! {
    /// What somebody may do for the office, and on whom (A7).
    row Allowed from carekey::agency::Allowed as core {
        /// The act.
        act: Word<carekey::policy::OfficeAct> = core.act.over(),
        /// On people who have no other roles than these.
        roles: Vec<Word<carekey::Role>> = core.roles.over(),
    }
}

record! {
    /// The last administrative act on an account, and by whom (A3).
    Description from carekey::agency::Description as core {
        /// What was done.
        act: Word<carekey::agency::AdministrativeAct> = core.act.over(),
        /// The name of who did it, as it was then.
        by: String = core.by.over(),
    }
}

record! {
    /// What came of one of many (A5).
    row DoneRow from carekey::agency::DoneRow as core {
        /// The account: the one that was named, or that the party has now.
        account: Option<Id> = core.account.over(),
        /// The party that was named; of a tie, who has the part; of a grant, to
        /// whom.
        party: Option<Id> = core.party.over(),
        /// The tie that was made.
        tie: Option<Id> = core.tie.over(),
        /// The grant that was given.
        grant: Option<Id> = core.grant.over(),
        /// The username of an account that was made, as it is shown.
        username: Option<String> = core.username.over(),
        /// Whether it was done.
        done: bool = core.done.over(),
        /// A temporary password that no message could carry, to be handed over.
        hand_over: Option<Secret> = core.hand_over.over(),
        /// Why not, and what else there is to say.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// What came of editing a party.
    Edited from carekey::agency::Edited as core {
        /// What is otherwise now; None where all was so already.
        changes: Vec<Change> = core.changes.over(),
        /// Whether what had been sent to the old contact went out again, to the new
        /// one (C2).
        sent_again: bool = core.sent_again.over(),
        /// What else there is to say: ``contact.to_be_confirmed`` of each contact
        /// that waits for its user (C2), where no invitation could go out again,
        /// and what the checks warn of.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// What came of enrolling someone.
    Enrolled from carekey::agency::Enrolled as core {
        /// The new account; None where the scheme makes it later (families, when
        /// they redeem their code) or where the findings forbid it.
        account: Option<Id> = core.account.over(),
        /// The username, as it is shown.
        username: Option<String> = core.username.over(),
        /// The invitation that was sent (families).
        invitation: Option<Id> = core.invitation.over(),
        /// A temporary password that no message could carry, to be handed over in
        /// person.
        hand_over: Option<Secret> = core.hand_over.over(),
        /// Why there is no account or no message, and what else there is to say.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// A line of the feed (H).
    row FeedLine from carekey::agency::FeedLine as core {
        /// The account whose history it is in; None for the agency's own.
        account: Option<Id> = core.account.over(),
        /// From where what came after this line is asked for.
        cursor: String = core.cursor.over(),
        /// Whose history it is: an account's, or the agency's own.
        subject: Id = core.line.subject.over(),
        /// 1 for the first line, without gaps.
        sequence: i64 = core.line.sequence.over(),
        /// When.
        at: Moment = core.line.at.over(),
        /// What.
        kind: Word<carekey::words::EventKind> = core.line.kind.over(),
        /// What sort of actor.
        actor: Word<carekey::words::ActorKind> = core.line.actor.over(),
        /// The actor's account.
        actor_account: Option<Id> = core.line.actor_account.over(),
        /// The actor's name as it was then.
        actor_name: String = core.line.actor_name.over(),
        /// Before, after, and what else there is to say.
        details: Details = core.line.details.over(),
        /// From where: an address or a device.
        source: Option<String> = core.line.source.over(),
        /// The keyed hash of this line and the one before, 32 bytes.
        mac: Mac = core.line.mac.over(),
    }
}

record! {
    /// A page of the feed (H).
    FeedPage from carekey::agency::FeedPage as core {
        /// The lines, in the order in which they came to be seen.
        lines: Vec<FeedLine> = core.lines.over(),
        /// From where what came after is asked for: after the last line here or,
        /// where no more fit, after all that were there, those that did not fit
        /// too.
        next: String = core.next.over(),
        /// Whether more fit already.
        more: bool = core.more.over(),
    }
}

record! {
    /// Someone who was deleted, as far as anything is left to say.
    row Former from carekey::agency::Former as core {
        /// The party that they were.
        party: Id = core.party.over(),
        /// When they were deleted.
        deleted_at: Moment = core.deleted_at.over(),
    }
}

record! {
    /// A grant as the office lists it.
    row GrantRow from carekey::agency::GrantRow as core {
        /// The grant.
        grant: Id = core.grant.over(),
        /// To whom.
        to: Id = core.to.over(),
        /// Their name, as it is shown.
        to_name: String = core.to_name.over(),
        /// What.
        resource: Word<carekey::Resource> = core.resource.over(),
        /// The client or the application whose it is; None for every one.
        of: Option<Id> = core.of.over(),
        /// The client's name, as it is shown, or the application's number.
        of_name: Option<String> = core.of_name.over(),
        /// From when.
        begins_at: Moment = core.begins_at.over(),
        /// Until when; the moment itself is outside. Nothing only where the grant
        /// was given before every one had an end.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// Why it was given.
        reason: Option<String> = core.reason.over(),
    }
}

record! {
    /// What an export of histories has in it (H).
    HistoryExport from carekey::agency::HistoryExport as core {
        /// The code of the agency.
        agency: String = core.agency.over(),
        /// Whose history it is; None for all, the agency's own among them.
        account: Option<Id> = core.account.over(),
        /// From which moment on; None for from the first line that was there.
        since: Option<Moment> = core.since.over(),
        /// Before which moment.
        until: Moment = core.until.over(),
        /// The SHA-256 of all bytes, in hexadecimal, as ``sha256sum`` says it.
        sha256: String = core.sha256.over(),
        /// How many lines are in it.
        lines: u64 = core.lines.over(),
        /// How many lines of these histories had been removed before it was made.
        removed: u64 = core.removed.over(),
    }
}

record! {
    /// An invitation as the office sees it: never what it says.
    InvitationRow from carekey::agency::InvitationRow as core {
        /// The invitation.
        invitation: Id = core.invitation.over(),
        /// How it went.
        method: Word<carekey::Method> = core.method.over(),
        /// Where to, in canonical form.
        contact: String = core.contact.over(),
        /// From when on it is dead.
        expires_at: Moment = core.expires_at.over(),
        /// Where it stands.
        standing: Word<carekey::invitation::Standing> = core.standing.over(),
    }
}

record! {
    /// What someone who opened an invitation's link is shown. Looking uses nothing
    /// up (I7).
    InvitationView from carekey::agency::InvitationView as core {
        /// The agency's name.
        agency: String = core.agency.over(),
        /// The application's number, where it is for one.
        application: Option<String> = core.application.over(),
        /// Until when it is good.
        expires_at: Moment = core.expires_at.over(),
    }
}

record! {
    /// A link as the office lists it (C5).
    row LinkRow from carekey::agency::LinkRow as core {
        /// The link.
        link: Id = core.link.over(),
        /// The account.
        account: Id = core.account.over(),
        /// Its username, as it is shown.
        username: String = core.username.over(),
        /// The application, where the link is for one alone.
        application: Option<Id> = core.application.over(),
        /// That application's number.
        number: Option<String> = core.number.over(),
        /// Since when.
        since: Moment = core.since.over(),
        /// Until when; the moment itself is outside.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// By which act it came to be.
        act: Word<carekey::words::LinkAct> = core.act.over(),
        /// Who did it, as their name was then.
        by: String = core.by.over(),
    }
}

record! {
    /// What a merge does, or did.
    Merged from carekey::agency::Merged as core {
        /// The party that has everything now.
        party: Id = core.party.over(),
        /// The roles that it had not.
        roles: Vec<Word<carekey::Role>> = core.roles.over(),
        /// What it had not and got, by name: ``nickname``, ``email``, ``phone``,
        /// ``preferred``, ``language``, ``external_id``, ``invitation``.
        given: Vec<String> = core.given.over(),
        /// The ties that moved to it, those that were joined among them.
        ties: Vec<Id> = core.ties.over(),
        /// Of these, those that both had: one has the time of both now, and these
        /// none.
        joined: Vec<Id> = core.joined.over(),
        /// The ties between the two, which are over.
        ended: Vec<Id> = core.ended.over(),
        /// The grants that moved, and those of the other's data.
        grants: Vec<Id> = core.grants.over(),
        /// The links that moved to it.
        links: Vec<Id> = core.links.over(),
        /// The applications that moved to it.
        applications: Vec<Id> = core.applications.over(),
        /// The invitations that moved to it.
        invitations: Vec<Id> = core.invitations.over(),
        /// The invitations, of either, that are dead: there is an account, or one
        /// is enough.
        cancelled: Vec<Id> = core.cancelled.over(),
    }
}

record! {
    /// A message as the office sees it: its secrets masked.
    row MessageRow from carekey::agency::MessageRow as core {
        /// Its identifier.
        id: Id = core.id.over(),
        /// What it says.
        kind: Word<carekey::words::MessageKind> = core.kind.over(),
        /// How it goes.
        method: Word<carekey::Method> = core.method.over(),
        /// Where to.
        address: String = core.address.over(),
        /// The subject of a mail.
        subject: Option<String> = core.subject.over(),
        /// The text, with ``•••`` for each secret.
        body: String = core.body.over(),
        /// Where it stands.
        state: Word<carekey::words::MessageState> = core.state.over(),
        /// How often it was tried.
        tries: u32 = core.tries.over(),
        /// When it was put here.
        created_at: Moment = core.created_at.over(),
        /// When it may be claimed next.
        due_at: Moment = core.due_at.over(),
        /// When it was sent or abandoned.
        closed_at: Option<Moment> = core.closed_at.over(),
    }
}

record! {
    /// A grant to be given.
    NewGrant from carekey::agency::NewGrant as core {
        /// To whom: a member of the office staff.
        party: Id = core.party.over(),
        /// What.
        resource: Word<carekey::Resource> = core.resource.over(),
        /// Of which client or application; None for every one.
        of: Option<Id> = core.of.over(),
        /// Until when; the moment itself is outside. Every grant has an end.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// Why, in at most 200 characters.
        reason: Option<String> = core.reason.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (party, resource, *, of = None, ends_at = None, reason = None), text_signature = "(party, resource, *, of=None, ends_at=None, reason=None)")]
        fn new(party: Id, resource: Word<carekey::Resource>, of: Option<Id>, ends_at: Option<Moment>, reason: Option<Text>) -> Self {
            Self { party: party.over(), resource: resource.over(), of: of.over(), ends_at: ends_at.over(), reason: reason.over() }
        }
    }
}

impl Over<carekey::agency::NewGrant> for NewGrant {
    fn over(self) -> carekey::agency::NewGrant {
        carekey::agency::NewGrant { party: self.party.over(), resource: self.resource.over(), of: self.of.over(), ends_at: self.ends_at.over(), reason: self.reason.over() }
    }
}

record! {
    /// A tie to be made: ``who`` becomes the ``kind`` of ``of``.
    NewTie from carekey::agency::NewTie as core {
        /// What ``who`` is to ``of``.
        kind: Word<carekey::TieKind> = core.kind.over(),
        /// The one who has the part: the emergency contact, the payer …
        who: Id = core.who.over(),
        /// The one whose relationship it is: the client, as a rule.
        of: Id = core.of.over(),
        /// From when; ``None`` for now.
        begins_at: Option<Moment> = core.begins_at.over(),
        /// Until when; the moment itself is outside.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// The document that it rests on, in at most 200 characters: what a
        /// personal representative is one by (V).
        reference: Option<String> = core.reference.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (kind, *, who, of, begins_at = None, ends_at = None, reference = None), text_signature = "(kind, *, who, of, begins_at=None, ends_at=None, reference=None)")]
        fn new(kind: Word<carekey::TieKind>, who: Id, of: Id, begins_at: Option<Moment>, ends_at: Option<Moment>, reference: Option<Text>) -> Self {
            Self { kind: kind.over(), who: who.over(), of: of.over(), begins_at: begins_at.over(), ends_at: ends_at.over(), reference: reference.over() }
        }
    }
}

impl Over<carekey::agency::NewTie> for NewTie {
    fn over(self) -> carekey::agency::NewTie {
        carekey::agency::NewTie { kind: self.kind.over(), who: self.who.over(), of: self.of.over(), begins_at: self.begins_at.over(), ends_at: self.ends_at.over(), reference: self.reference.over() }
    }
}

record! {
    /// A contact of one's own account (C1).
    row OwnContact from carekey::agency::OwnContact as core {
        /// E-mail or SMS.
        method: Word<carekey::Method> = core.method.over(),
        /// The address, or the number in E.164.
        address: String = core.address.over(),
        /// Since when it is shown to be the user's: recovery codes and notices go
        /// to such ones alone.
        proven_at: Option<Moment> = core.proven_at.over(),
        /// Until when it waits to be confirmed, where it does: it takes the place
        /// of the one of its kind then.
        confirm_until: Option<Moment> = core.confirm_until.over(),
        /// When the owner of the earlier one objected to it: it waits for the
        /// office.
        objected_at: Option<Moment> = core.objected_at.over(),
    }
}

record! {
    /// The same, as its user sees it (E5).
    row OwnSession from carekey::agency::OwnSession as core {
        /// By which it is ended; it is no token.
        id: Id = core.id.over(),
        /// A session, or a device.
        kind: Word<carekey::agency::SessionKind> = core.kind.over(),
        /// Since when: the sign-in.
        since: Moment = core.since.over(),
        /// When it was last used: of a session to 15 seconds, of a remembered one
        /// to an hour; of a device its last sign-in.
        last_used_at: Moment = core.last_used_at.over(),
        /// When it ends at the latest.
        until: Moment = core.until.over(),
        /// From where it began, as the host worded it.
        source: Option<String> = core.source.over(),
        /// Whether it is a session that is remembered, used or not.
        remembered: bool = core.remembered.over(),
        /// The device that a session began at, while that is known.
        device: Option<Id> = core.device.over(),
        /// Whether it is the session that asks, or the device that this began at.
        current: bool = core.current.over(),
    }
}

record! {
    /// A party as the agency knows it.
    row Party from carekey::agency::Party as core {
        /// Its identifier.
        id: Id = core.id.over(),
        /// Person or organization.
        kind: Word<carekey::PartyKind> = core.kind.over(),
        /// The name as it is shown.
        display_name: String = core.display_name.over(),
        /// Given name.
        first_name: Option<String> = core.first_name.over(),
        /// Second given name or its initial.
        middle_name: Option<String> = core.middle_name.over(),
        /// Family name; the whole name of a person who has one name.
        last_name: Option<String> = core.last_name.over(),
        /// What it is called.
        nickname: Option<String> = core.nickname.over(),
        /// What it is to the agency now: what the office made it, and what its ties
        /// in force convey.
        roles: Vec<Word<carekey::Role>> = core.roles.over(),
        /// Those of its roles that nothing but ties in force conveys: they end with
        /// them.
        conveyed: Vec<Word<carekey::Role>> = core.conveyed.over(),
        /// How the host knows it.
        external_id: Option<String> = core.external_id.over(),
        /// E-mail, as it was typed.
        email: Option<String> = core.email.over(),
        /// Phone, in E.164.
        phone: Option<String> = core.phone.over(),
        /// How it wants to be written to, where it said so.
        preferred: Option<Word<carekey::Method>> = core.preferred.over(),
        /// Its language, where that is not the agency's.
        locale: Option<Word<carekey::Locale>> = core.locale.over(),
        /// When the agency came to know it.
        created_at: Moment = core.created_at.over(),
        /// Its login: of a family that several have, the first.
        account: Option<Id> = core.account.over(),
        /// All its logins, those that are linked to an application of it among them
        /// (C5).
        accounts: Vec<Id> = core.accounts.over(),
    }
}

record! {
    /// All that the office knows of a party.
    PartyFile from carekey::agency::PartyFile as core {
        /// The party; its conveyed roles are those of the moment that was asked
        /// for, or of now.
        party: Party = core.party.over(),
        /// Which accounts belong to it and to its applications (C5), the latest
        /// first.
        links: Vec<LinkRow> = core.links.over(),
        /// What it is to others, and what others are to it (R), the latest begun
        /// first.
        ties: Vec<TieRow> = core.ties.over(),
        /// What it may see beyond the matrix (V), the latest begun first.
        grants: Vec<GrantRow> = core.grants.over(),
        /// Its current invitation, as it stands now.
        invitation: Option<InvitationRow> = core.invitation.over(),
        /// Its applications, the newest first (I4).
        applications: Vec<Application> = core.applications.over(),
    }
}

record! {
    /// An invitation on paper: what is printed, and handed over (I10). It is shown
    /// once: what is stored of it are keyed digests.
    PrintedCode from carekey::agency::PrintedCode as core {
        /// The invitation.
        invitation: Id = core.invitation.over(),
        /// The code, in groups.
        code: Secret = core.code.over(),
        /// The link, for a square that a phone reads.
        link: Secret = core.link.over(),
        /// What is asked for together with the code: the party's e-mail or phone as
        /// the office has it. It becomes the username (U2).
        contact: String = core.contact.over(),
        /// The application's number, which is asked for in its place.
        application: Option<String> = core.application.over(),
        /// From when on it is dead; the moment itself is outside.
        expires_at: Moment = core.expires_at.over(),
    }
}

record! {
    /// A recovery that is over: a new password is set, and nobody is signed in by
    /// it.
    Recovered from carekey::agency::Recovered as core {
        /// Where the account stands.
        state: Word<carekey::account::State> = core.state.over(),
        /// The token by which the device that it was done at is known from now on:
        /// to be kept there, and given with the sign-in that comes next, which no
        /// stranger can keep waiting then (E4). It opens nothing.
        device: Secret = core.device.over(),
        /// Until when it is good.
        device_expires_at: Moment = core.device_expires_at.over(),
    }
}

record! {
    /// One thing of the access review.
    row ReviewItem from carekey::agency::ReviewItem as core {
        /// Why it stands here.
        kind: Word<carekey::agency::ReviewKind> = core.kind.over(),
        /// The account it is about.
        account: Option<Id> = core.account.over(),
        /// The parties it is about: one, or all that share something.
        parties: Vec<Id> = core.parties.over(),
        /// The application, for an invitation to one.
        application: Option<Id> = core.application.over(),
        /// The names, as they are shown.
        names: Vec<String> = core.names.over(),
        /// The contacts it is about: of an objection the new one and the earlier
        /// ones of the account, one of which the office takes away; of an own
        /// contact the party's and the account's.
        contacts: Vec<String> = core.contacts.over(),
        /// Since when: created, lapsed, last used.
        since: Option<Moment> = core.since.over(),
    }
}

record! {
    /// What came of one row of a roster.
    row RowResult from carekey::agency::RowResult as core {
        /// The line of the row.
        line: u64 = core.line.over(),
        /// What came of it.
        outcome: Word<carekey::agency::RowOutcome> = core.outcome.over(),
        /// The party, where there is one.
        party: Option<Id> = core.party.over(),
        /// The account, where there is one.
        account: Option<Id> = core.account.over(),
        /// The username, as it is shown.
        username: Option<String> = core.username.over(),
        /// A temporary password that no message could carry, to be handed over.
        hand_over: Option<Secret> = core.hand_over.over(),
        /// Why it failed, and what else there is to say.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// What came of sending to one who waited (I10).
    row SentRow from carekey::agency::SentRow as core {
        /// The account that was sent to.
        account: Option<Id> = core.account.over(),
        /// The party that was named, or that the account was made for.
        party: Option<Id> = core.party.over(),
        /// The username of the account, as it is shown.
        username: Option<String> = core.username.over(),
        /// Whether it was done.
        done: bool = core.done.over(),
        /// A temporary password that no message could carry, to be handed over.
        hand_over: Option<Secret> = core.hand_over.over(),
        /// Why not, and what else there is to say.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// A session that was granted. The tokens go to the user and nowhere else.
    Session from carekey::agency::Session as core {
        /// Whose it is.
        account: Id = core.account.over(),
        /// 256 random bits in base64url; only a digest is kept.
        token: Secret = core.token.over(),
        /// When it ends at the latest.
        expires_at: Moment = core.expires_at.over(),
        /// Whether it is remembered (E5): what keeps its token outlives the
        /// browser.
        remembered: bool = core.remembered.over(),
        /// Where the user came from a device that was not known: the token by which
        /// it will be, to be kept there until ``device_expires_at`` and given with
        /// the next sign-in (E4). It opens nothing.
        device: Option<Secret> = core.device.over(),
        /// Until when a token of the device is good, new or known: longer with each
        /// sign-in.
        device_expires_at: Moment = core.device_expires_at.over(),
    }
}

record! {
    /// A session that is live, or a device that is known (E5), as the office sees
    /// it. Nothing of it opens anything.
    row SessionRow from carekey::agency::SessionRow as core {
        /// By which it is ended; it is no token.
        id: Id = core.id.over(),
        /// A session, or a device.
        kind: Word<carekey::agency::SessionKind> = core.kind.over(),
        /// Since when: the sign-in.
        since: Moment = core.since.over(),
        /// When it was last used: of a session to 15 seconds, of a remembered one
        /// to an hour; of a device its last sign-in.
        last_used_at: Moment = core.last_used_at.over(),
        /// When it ends at the latest.
        until: Moment = core.until.over(),
        /// From where it began, as the host worded it.
        source: Option<String> = core.source.over(),
        /// Whether it is a session that is remembered, used or not.
        remembered: bool = core.remembered.over(),
        /// The device that a session began at, while that is known.
        device: Option<Id> = core.device.over(),
    }
}

record! {
    /// Who a session belongs to.
    SignedIn from carekey::agency::SignedIn as core {
        /// The account.
        account: Id = core.account.over(),
        /// The first party that the account is linked to, where it is (A2).
        party: Option<Id> = core.party.over(),
        /// All parties that it is linked to (C5).
        parties: Vec<Id> = core.parties.over(),
        /// The username, as it is shown.
        username: String = core.username.over(),
        /// The name, as it is shown.
        display_name: String = core.display_name.over(),
        /// Whether it is an account manager (A1).
        is_manager: bool = core.is_manager.over(),
        /// When the session ends at the latest.
        expires_at: Moment = core.expires_at.over(),
    }
}

record! {
    /// What a split did.
    Split from carekey::agency::Split as core {
        /// The party that is there again.
        party: Id = core.party.over(),
        /// The one that it had been merged into.
        of: Id = core.of.over(),
        /// What moved back: ties, grants, links, applications and invitations.
        moved: Vec<Id> = core.moved.over(),
        /// What is not as it was before the merge: ties, grants, links and
        /// invitations that were ended since, or that the merge had ended for good;
        /// and the party itself, where it has lost a role that was taken away
        /// since, or where what is written down of both was corrected since, which
        /// stays with the other one.
        changed: Vec<Id> = core.changed.over(),
    }
}

record! {
    /// One line of the list of those who wait to be sent something (I10).
    row StagedRow from carekey::agency::StagedRow as core {
        /// The account; None for a family, whose account comes with its invitation.
        account: Option<Id> = core.account.over(),
        /// The party; None for an account that came before its staff record (A2).
        party: Option<Id> = core.party.over(),
        /// As it is shown.
        display_name: String = core.display_name.over(),
        /// Since when it waits.
        since: Moment = core.since.over(),
    }
}

record! {
    /// A step that was begun: whoever holds the token may take it, once.
    Step from carekey::agency::Step as core {
        /// 256 random bits in base64url; only a digest is kept.
        token: Secret = core.token.over(),
        /// Until when it can be taken.
        expires_at: Moment = core.expires_at.over(),
    }
}

record! {
    /// What came of adding an application.
    Submitted from carekey::agency::Submitted as core {
        /// The application.
        application: Id = core.application.over(),
        /// Whether its invitation was sent, and if not why (S3, I1).
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// A text as it is sent.
    row TextRow from carekey::agency::TextRow as core {
        /// Of which kind of message.
        kind: Word<carekey::words::MessageKind> = core.kind.over(),
        /// By which way.
        method: Word<carekey::Method> = core.method.over(),
        /// In which language.
        locale: Word<carekey::Locale> = core.locale.over(),
        /// The subject of an e-mail; an SMS has none.
        subject: Option<String> = core.text.subject.over(),
        /// The text itself, plain, with its line breaks.
        body: String = core.text.body.over(),
        /// Whether it is the agency's own, in the place of the one that ships.
        own: bool = core.own.over(),
    }
}

record! {
    /// What came of one row of a roster of ties.
    row TieResult from carekey::agency::TieResult as core {
        /// The line of the row.
        line: u64 = core.line.over(),
        /// What came of it.
        outcome: Word<carekey::roster::TieOutcome> = core.outcome.over(),
        /// The tie, where there is one.
        tie: Option<Id> = core.tie.over(),
        /// The one who has the part, where that is certain.
        who: Option<Id> = core.who.over(),
        /// The one whose relationship it is, where that is certain.
        of: Option<Id> = core.of.over(),
        /// The account that was made for ``who``, where the tie enrolled them.
        account: Option<Id> = core.account.over(),
        /// Their username, as it is shown.
        username: Option<String> = core.username.over(),
        /// A temporary password that no message could carry, to be handed over.
        hand_over: Option<Secret> = core.hand_over.over(),
        /// Why it failed, and what else there is to say: also why ``who`` could not
        /// be enrolled, which keeps no tie from being made.
        findings: Vec<Finding> = core.findings.over(),
    }
}

record! {
    /// A tie as the office lists it.
    row TieRow from carekey::agency::TieRow as core {
        /// The tie.
        tie: Id = core.tie.over(),
        /// What ``who`` is to ``of``.
        kind: Word<carekey::TieKind> = core.kind.over(),
        /// The one who has the part.
        who: Id = core.who.over(),
        /// Their name, as it is shown.
        who_name: String = core.who_name.over(),
        /// The one whose relationship it is.
        of: Id = core.of.over(),
        /// Their name, as it is shown.
        of_name: String = core.of_name.over(),
        /// From when.
        begins_at: Moment = core.begins_at.over(),
        /// Until when; the moment itself is outside.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// The document that it rests on.
        reference: Option<String> = core.reference.over(),
    }
}

record! {
    /// What came of making a tie.
    Tied from carekey::agency::Tied as core {
        /// The tie.
        tie: Id = core.tie.over(),
        /// The enrolment of ``who``, where the tie makes them one whom the policy
        /// enrols (R): emergency contacts, payers, communities.
        enrolled: Option<Enrolled> = core.enrolled.over(),
    }
}

record! {
    /// What was removed of an agency's histories (H).
    Trimmed from carekey::agency::Trimmed as core {
        /// Before which moment the lines were.
        until: Moment = core.until.over(),
        /// How many lines were removed by this call.
        lines: u64 = core.lines.over(),
    }
}

record! {
    /// One user of the list (A3).
    row User from carekey::agency::User as core {
        /// The account.
        account: Id = core.account.over(),
        /// The first party it is linked to.
        party: Option<Id> = core.party.over(),
        /// First and last name.
        display_name: String = core.display_name.over(),
        /// Given name.
        first_name: Option<String> = core.first_name.over(),
        /// Family name.
        last_name: Option<String> = core.last_name.over(),
        /// The logon name.
        username: String = core.username.over(),
        /// Where the account stands.
        state: Word<carekey::account::State> = core.state.over(),
        /// Whether it is an account manager.
        is_manager: bool = core.is_manager.over(),
        /// The last sign-in.
        last_logon: Option<Moment> = core.last_logon.over(),
        /// When the account was created.
        created: Moment = core.created.over(),
        /// Since when it is disabled.
        disabled: Option<Moment> = core.disabled.over(),
        /// By whom, whatever was done to it since; None for an account that was
        /// disabled before carekey kept it.
        disabled_by: Option<String> = core.disabled_by.over(),
        /// The last administrative act and by whom.
        description: Option<Description> = core.description.over(),
        /// A free note (A5).
        note: Option<String> = core.note.over(),
        /// Since when its first message waits to be sent (I10).
        staged: Option<Moment> = core.staged.over(),
    }
}

record! {
    /// One party of the bulk window (S0).
    row WindowRow from carekey::agency::WindowRow as core {
        /// The party.
        party: Id = core.party.over(),
        /// Person or company, as it is shown.
        display_name: String = core.display_name.over(),
        /// The username, where there is an account.
        username: Option<String> = core.username.over(),
        /// E-mail, as it was typed.
        email: Option<String> = core.email.over(),
        /// Cell, as it was typed.
        phone: Option<String> = core.phone.over(),
        /// The account: whether it exists already.
        account: Option<Id> = core.account.over(),
        /// The account's status.
        state: Option<Word<carekey::account::State>> = core.state.over(),
        /// The account's free note.
        note: Option<String> = core.note.over(),
        /// Since when the account's first message waits to be sent (I10).
        staged: Option<Moment> = core.staged.over(),
    }
}

record! {
    /// One line of a history. It never holds a password, a code, a token or an
    /// answer.
    row Line from carekey::history::Line as core {
        /// Whose history it is: an account's, or the agency's own.
        subject: Id = core.subject.over(),
        /// 1 for the first line, without gaps.
        sequence: i64 = core.sequence.over(),
        /// When.
        at: Moment = core.at.over(),
        /// What.
        kind: Word<carekey::words::EventKind> = core.kind.over(),
        /// What sort of actor.
        actor: Word<carekey::words::ActorKind> = core.actor.over(),
        /// The actor's account.
        actor_account: Option<Id> = core.actor_account.over(),
        /// The actor's name as it was then.
        actor_name: String = core.actor_name.over(),
        /// Before, after, and what else there is to say.
        details: Details = core.details.over(),
        /// From where: an address or a device.
        source: Option<String> = core.source.over(),
        /// The keyed hash of this line and the one before, 32 bytes.
        mac: Mac = core.mac.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (subject, *, at, kind, actor, actor_name, actor_account = None, details = Named(Vec::new()), source = None, sequence = Whole(0), mac = Bytes(Vec::new())), text_signature = "(subject, *, at, kind, actor, actor_name, actor_account=None, details={}, source=None, sequence=0, mac=b'')")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(subject: Id, at: Moment, kind: Word<carekey::words::EventKind>, actor: Word<carekey::words::ActorKind>, actor_name: Text, actor_account: Option<Id>, details: Named<ParamArg>, source: Option<Text>, sequence: Whole, mac: Bytes) -> Self {
            Self { subject: subject.over(), sequence: sequence.over(), at: at.over(), kind: kind.over(), actor: actor.over(), actor_account: actor_account.over(), actor_name: actor_name.over(), details: details.over(), source: source.over(), mac: mac.over() }
        }
    }
}

impl Over<carekey::history::Line> for Line {
    fn over(self) -> carekey::history::Line {
        carekey::history::Line { subject: self.subject.over(), sequence: self.sequence.over(), at: self.at.over(), kind: self.kind.over(), actor: self.actor.over(), actor_account: self.actor_account.over(), actor_name: self.actor_name.over(), details: self.details.over(), source: self.source.over(), mac: self.mac.over() }
    }
}

record! {
    /// What the texts of a kind of message can speak of.
    Fields from carekey::message::Fields as core {
        /// What may stand anywhere, and may be left out.
        params: Vec<String> = core.params.over(),
        /// What must stand in the body, and may not stand in the subject. It is
        /// sealed while the message waits, and removed once it is sent.
        secrets: Vec<String> = core.secrets.over(),
    }
}

record! {
    /// A stable word, and how people call it.
    Label from carekey::message::Label as core {
        /// The word of the API.
        word: String = core.word.over(),
        /// What a page shows.
        label: String = core.label.over(),
    }
}

record! {
    /// A message as it is sent.
    Rendered from carekey::message::Rendered as core {
        /// The subject of an e-mail, on one line, without secrets.
        subject: Option<String> = core.subject.over(),
        /// The text, secrets included.
        body: Secret = core.body.over(),
    }
}

record! {
    /// The name of a person. Whoever has one name has it as ``last``.
    ///
    /// >>> from carekey.username import PersonName
    /// >>> name = PersonName.parse("Taming,  Sue (Sue W)").require()
    /// >>> name.first, name.last, name.nickname, name.display()
    /// ('Sue', 'Taming', 'Sue W', 'Sue Taming')
    PersonName from carekey::name::PersonName as core {
        /// The first name.
        first: Option<String> = core.first.over(),
        /// The middle name or names, or their initials.
        middle: Option<String> = core.middle.over(),
        /// The last name, with its particles (``van der``) and its suffix
        /// (``Jr.``).
        last: Option<String> = core.last.over(),
        /// What the person is called; no username is made from it.
        nickname: Option<String> = core.nickname.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (*, first = None, middle = None, last = None, nickname = None), text_signature = "(*, first=None, middle=None, last=None, nickname=None)")]
        fn new(first: Option<Text>, middle: Option<Text>, last: Option<Text>, nickname: Option<Text>) -> Self {
            Self { first: first.over(), middle: middle.over(), last: last.over(), nickname: nickname.over() }
        }
    }
}

impl Over<carekey::name::PersonName> for PersonName {
    fn over(self) -> carekey::name::PersonName {
        carekey::name::PersonName { first: self.first.over(), middle: self.middle.over(), last: self.last.over(), nickname: self.nickname.over() }
    }
}

record! {
    /// What hashing holds of the memory of the process, in KiB.
    HashingMemory from carekey::password::HashingMemory as core {
        /// The most that all hashes together may hold.
        limit_kib: u64 = core.limit_kib.over(),
        /// What the hashes hold that are being computed.
        taken_kib: u64 = core.taken_kib.over(),
        /// What is kept for the next ones.
        kept_kib: u64 = core.kept_kib.over(),
        /// The most that was ever held at a time: above the limit only where a
        /// single hash was, or the limit was lowered since.
        most_kib: u64 = core.most_kib.over(),
        /// How many hashes wait for memory.
        waiting: u64 = core.waiting.over(),
    }
}

record! {
    /// What a password may not be made of: whose it is, and of which agency.
    /// Everything may be missing.
    Person {
        /// The person's names: each whole (``Felicia Conner``) or in parts.
        names: Vec<String>,
        /// The username.
        username: Option<String>,
        /// The e-mail address.
        email: Option<String>,
        /// The agency's name.
        agency: Option<String>,
    }
    methods {
        #[new]
        #[pyo3(signature = (*, names = Many(Vec::new()), username = None, email = None, agency = None), text_signature = "(*, names=(), username=None, email=None, agency=None)")]
        fn new(names: Many<Text>, username: Option<Text>, email: Option<Text>, agency: Option<Text>) -> Self {
            Self { names: names.over(), username: username.over(), email: email.over(), agency: agency.over() }
        }
    }
}

record! {
    /// One rule of a policy, and whether a password meets it.
    RuleCheck from carekey::password::RuleCheck as core {
        /// The code of the finding if the rule is not met.
        code: Word<carekey::Code> = core.code.over(),
        /// Whether the password meets it.
        met: bool = core.met.over(),
        /// The finding, with its text and parameters: what is wrong where the rule
        /// is not met, and what would be where it is.
        finding: Finding = core.finding.over(),
    }
}

record! {
    /// What comparing a password with a stored hash gave.
    Verified from carekey::password::Verified as core {
        /// Whether it is the password.
        matches: bool = core.matches.over(),
        /// Whether to hash the password anew and store that: it matches, and the
        /// stored hash is another system's, weaker than the policy, above what the
        /// operator allows, or without the pepper. Never set where it does not
        /// match, nor where the scheme looks at a part of a password and this one
        /// is longer (bcrypt: 72 bytes), for the rest is not known to be right.
        renew: bool = core.renew.over(),
    }
}

record! {
    /// What the rules need to know of a party.
    PartyFacts from carekey::relationship::PartyFacts as core {
        /// Which one.
        id: Id = core.id.over(),
        /// Person or organization.
        kind: Word<carekey::PartyKind> = core.kind.over(),
        /// What it is to the agency.
        roles: Vec<Word<carekey::Role>> = core.roles.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (id, *, roles = Many(Vec::new()), kind = Word(carekey::PartyKind::Person)), text_signature = "(id, *, roles=(), kind='person')")]
        fn new(id: Id, roles: Many<Word<carekey::Role>>, kind: Word<carekey::PartyKind>) -> Self {
            Self { id: id.over(), kind: kind.over(), roles: roles.over() }
        }
    }
}

impl Over<carekey::relationship::PartyFacts> for PartyFacts {
    fn over(self) -> carekey::relationship::PartyFacts {
        carekey::relationship::PartyFacts { id: self.id.over(), kind: self.kind.over(), roles: self.roles.over() }
    }
}

record! {
    /// From a moment, and until one or open-ended (rule R).
    Period from carekey::relationship::Period as core {
        /// From this moment on, itself included.
        begins_at: Moment = core.begins_at.over(),
        /// Until this moment, itself excluded; None for no end.
        ends_at: Option<Moment> = core.ends_at.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (begins_at, ends_at = None), text_signature = "(begins_at, ends_at=None)")]
        fn new(begins_at: Moment, ends_at: Option<Moment>) -> Self {
            Self { begins_at: begins_at.over(), ends_at: ends_at.over() }
        }
    }
}

impl Over<carekey::relationship::Period> for Period {
    fn over(self) -> carekey::relationship::Period {
        carekey::relationship::Period { begins_at: self.begins_at.over(), ends_at: self.ends_at.over() }
    }
}

record! {
    /// A typed, dated, directed tie: ``who`` is the ``kind`` of ``of``.
    Tie from carekey::relationship::Tie as core {
        /// What ``who`` is to ``of``.
        kind: Word<carekey::TieKind> = core.kind.over(),
        /// The one who has the part: the emergency contact, the payer.
        who: Id = core.who.over(),
        /// The one whose relationship it is: the client, as a rule.
        of: Id = core.of.over(),
        /// From this moment on, itself included.
        begins_at: Moment = core.period.begins_at.over(),
        /// Until this moment, itself excluded; None for no end.
        ends_at: Option<Moment> = core.period.ends_at.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (kind, *, who, of, begins_at, ends_at = None), text_signature = "(kind, *, who, of, begins_at, ends_at=None)")]
        fn new(kind: Word<carekey::TieKind>, who: Id, of: Id, begins_at: Moment, ends_at: Option<Moment>) -> Self {
            Self { kind: kind.over(), who: who.over(), of: of.over(), begins_at: begins_at.over(), ends_at: ends_at.over() }
        }
    }
}

impl Over<carekey::relationship::Tie> for Tie {
    fn over(self) -> carekey::relationship::Tie {
        carekey::relationship::Tie { kind: self.kind.over(), who: self.who.over(), of: self.of.over(), period: carekey::relationship::Period { begins_at: self.begins_at.over(), ends_at: self.ends_at.over() } }
    }
}

record! {
    /// One thing that a row says otherwise than the agency knows it.
    Change from carekey::roster::Change as core {
        /// ``name``, ``nickname``, ``roles``, ``username``, ``email``, ``phone``,
        /// ``preferred``, ``language``, ``external_id`` or ``note``: a list of
        /// changes is in this order.
        field: String = core.field.over(),
        /// As the agency knows it.
        before: Option<String> = core.before.over(),
        /// As the row says it.
        after: Option<String> = core.after.over(),
    }
}

record! {
    /// What the agency knows of a party: enough to know it again and to see what a
    /// roster would change.
    Known from carekey::roster::Known as core {
        /// The party.
        party: Id = core.party.over(),
        /// Its login, where it has one.
        account: Option<Id> = core.account.over(),
        /// Whether its login is active: its user has come (E2). A contact that the
        /// office corrects is then confirmed by its user first (C1).
        active: bool = core.active.over(),
        /// Whether its login was made for another party, and this one was linked to
        /// it (I8): what the office writes of this one changes nothing in it (C2).
        joined: bool = core.joined.over(),
        /// Whether it is no party yet, but a login that was made before its record
        /// (A2): ``party`` is then the identifier of the login.
        unrecorded: bool = core.unrecorded.over(),
        /// Whether it was deleted (U4): nothing is left of it but that the names of
        /// ``own_names`` were its own.
        deleted: bool = core.deleted.over(),
        /// Whether an invitation was sent to it, from which its login comes (E1).
        invited: bool = core.invited.over(),
        /// How the host knows it.
        external_id: Option<String> = core.external_id.over(),
        /// Its name as ``PersonName.key`` gives it.
        name_key: String = core.name_key.over(),
        /// Its name as it is shown.
        display_name: String = core.display_name.over(),
        /// What it is called.
        nickname: Option<String> = core.nickname.over(),
        /// What it is to the agency.
        roles: Vec<Word<carekey::Role>> = core.roles.over(),
        /// The username of its login, in canonical form.
        username_canonical: Option<String> = core.username_canonical.over(),
        /// The usernames that its login had before, in canonical form (U4).
        own_names: Vec<String> = core.own_names.over(),
        /// What the office wrote down, in canonical form.
        email_canonical: Option<String> = core.email_canonical.over(),
        /// What the office wrote down, in E.164.
        phone_e164: Option<String> = core.phone_e164.over(),
        /// The e-mail address of its login, in canonical form (C1).
        account_email: Option<String> = core.account_email.over(),
        /// The phone number of its login, in E.164 (C1).
        account_phone: Option<String> = core.account_phone.over(),
        /// How it wants to be written to.
        preferred: Option<Word<carekey::Method>> = core.preferred.over(),
        /// The language of its messages.
        locale: Option<Word<carekey::Locale>> = core.locale.over(),
        /// The note of its login.
        note: Option<String> = core.note.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (party, *, name_key, display_name, account = None, active = Flag(false), joined = Flag(false), unrecorded = Flag(false), deleted = Flag(false), invited = Flag(false), external_id = None, nickname = None, roles = Many(Vec::new()), username_canonical = None, own_names = Many(Vec::new()), email_canonical = None, phone_e164 = None, account_email = None, account_phone = None, preferred = None, locale = None, note = None), text_signature = "(party, *, name_key, display_name, account=None, active=False, joined=False, unrecorded=False, deleted=False, invited=False, external_id=None, nickname=None, roles=(), username_canonical=None, own_names=(), email_canonical=None, phone_e164=None, account_email=None, account_phone=None, preferred=None, locale=None, note=None)")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(party: Id, name_key: Text, display_name: Text, account: Option<Id>, active: Flag, joined: Flag, unrecorded: Flag, deleted: Flag, invited: Flag, external_id: Option<Text>, nickname: Option<Text>, roles: Many<Word<carekey::Role>>, username_canonical: Option<Text>, own_names: Many<Text>, email_canonical: Option<Text>, phone_e164: Option<Text>, account_email: Option<Text>, account_phone: Option<Text>, preferred: Option<Word<carekey::Method>>, locale: Option<Word<carekey::Locale>>, note: Option<Text>) -> Self {
            Self { party: party.over(), account: account.over(), active: active.over(), joined: joined.over(), unrecorded: unrecorded.over(), deleted: deleted.over(), invited: invited.over(), external_id: external_id.over(), name_key: name_key.over(), display_name: display_name.over(), nickname: nickname.over(), roles: roles.over(), username_canonical: username_canonical.over(), own_names: own_names.over(), email_canonical: email_canonical.over(), phone_e164: phone_e164.over(), account_email: account_email.over(), account_phone: account_phone.over(), preferred: preferred.over(), locale: locale.over(), note: note.over() }
        }
    }
}

impl Over<carekey::roster::Known> for Known {
    fn over(self) -> carekey::roster::Known {
        carekey::roster::Known { party: self.party.over(), account: self.account.over(), active: self.active.over(), joined: self.joined.over(), unrecorded: self.unrecorded.over(), deleted: self.deleted.over(), invited: self.invited.over(), external_id: self.external_id.over(), name_key: self.name_key.over(), display_name: self.display_name.over(), nickname: self.nickname.over(), roles: self.roles.over(), username_canonical: self.username_canonical.over(), own_names: self.own_names.over(), email_canonical: self.email_canonical.over(), phone_e164: self.phone_e164.over(), account_email: self.account_email.over(), account_phone: self.account_phone.over(), preferred: self.preferred.over(), locale: self.locale.over(), note: self.note.over() }
    }
}

record! {
    /// What a file has to choose from, where it does not say itself how it is to be
    /// read: what a page asks an office, before and after it is told.
    Outline from carekey::roster::Outline as core {
        /// The sheets of a workbook, in its order; of a text, none.
        sheets: Vec<String> = core.sheets.over(),
        /// The titles of the header, in the order of the file, blank ones left out;
        /// none while it has to be told which sheet is meant. Where no line has
        /// those of a roster, the likeliest.
        titles: Vec<Titled> = core.titles.over(),
    }
}

record! {
    /// One person or organization of a roster. A blank says nothing: it never takes
    /// away what the agency knows.
    row RosterRow from carekey::roster::RosterRow as core {
        /// The line of the file on which it begins, counted from 1.
        line: u64 = core.line.over(),
        /// What the party is to the agency.
        role: Option<Word<carekey::Role>> = core.role.over(),
        /// The first name.
        first: Option<String> = core.name.first.over(),
        /// The middle name or names, or their initials.
        middle: Option<String> = core.name.middle.over(),
        /// The last name, with its particles (``van der``) and its suffix
        /// (``Jr.``).
        last: Option<String> = core.name.last.over(),
        /// What the person is called; no username is made from it.
        nickname: Option<String> = core.name.nickname.over(),
        /// The organization's name, or the one that the person belongs to.
        organization: Option<String> = core.organization.over(),
        /// As it was typed.
        username: Option<String> = core.username.over(),
        /// As it was typed.
        email: Option<String> = core.email.over(),
        /// As it was typed.
        phone: Option<String> = core.phone.over(),
        /// How they want to be written to.
        preferred: Option<Word<carekey::Method>> = core.preferred.over(),
        /// The language of their messages.
        locale: Option<Word<carekey::Locale>> = core.locale.over(),
        /// How the host knows them.
        external_id: Option<String> = core.external_id.over(),
        /// The password hash that another system had for them (P7). It is taken
        /// over with a new account, and renewed when they first sign in. What says
        /// that there is no password is none (``hash.unusable``).
        password_hash: Option<Secret> = core.password_hash.over(),
        /// A free note.
        note: Option<String> = core.note.over(),
        /// What the file says of an account. Information only: what counts is what
        /// the agency knows.
        already_created: Option<bool> = core.already_created.over(),
        /// What was found when it was read.
        findings: Vec<Finding> = core.findings.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (*, line = Count(0), role = None, first = None, middle = None, last = None, nickname = None, organization = None, username = None, email = None, phone = None, preferred = None, locale = None, external_id = None, password_hash = None, note = None, already_created = None), text_signature = "(*, line=0, role=None, first=None, middle=None, last=None, nickname=None, organization=None, username=None, email=None, phone=None, preferred=None, locale=None, external_id=None, password_hash=None, note=None, already_created=None)")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(line: Count, role: Option<Word<carekey::Role>>, first: Option<Text>, middle: Option<Text>, last: Option<Text>, nickname: Option<Text>, organization: Option<Text>, username: Option<Text>, email: Option<Text>, phone: Option<Text>, preferred: Option<Word<carekey::Method>>, locale: Option<Word<carekey::Locale>>, external_id: Option<Text>, password_hash: Option<SecretArg>, note: Option<Text>, already_created: Option<Flag>) -> Self {
            Self { line: line.over(), role: role.over(), first: first.over(), middle: middle.over(), last: last.over(), nickname: nickname.over(), organization: organization.over(), username: username.over(), email: email.over(), phone: phone.over(), preferred: preferred.over(), locale: locale.over(), external_id: external_id.over(), password_hash: password_hash.over(), note: note.over(), already_created: already_created.over(), findings: Default::default() }
        }
    }
}

impl Over<carekey::roster::RosterRow> for RosterRow {
    fn over(self) -> carekey::roster::RosterRow {
        carekey::roster::RosterRow { line: self.line.over(), role: self.role.over(), organization: self.organization.over(), username: self.username.over(), email: self.email.over(), phone: self.phone.over(), preferred: self.preferred.over(), locale: self.locale.over(), external_id: self.external_id.over(), password_hash: self.password_hash.over(), note: self.note.over(), already_created: self.already_created.over(), findings: Default::default(), name: carekey::name::PersonName { first: self.first.over(), middle: self.middle.over(), last: self.last.over(), nickname: self.nickname.over() } }
    }
}

record! {
    /// How many rows there are of each kind. The last five add up to the first.
    Summary from carekey::roster::Summary as core {
        /// All rows.
        rows: usize = core.rows.over(),
        /// Pass, and make an account.
        create: usize = core.create.over(),
        /// Pass, and change something.
        update: usize = core.update.over(),
        /// Pass, and change nothing.
        unchanged: usize = core.unchanged.over(),
        /// Wait for a decision.
        waiting: usize = core.waiting.over(),
        /// Fail.
        failed: usize = core.failed.over(),
    }
}

record! {
    /// One tie of a roster: ``who`` is the ``kind`` of ``of``. Each end is named by
    /// one text or more.
    row TieRosterRow from carekey::roster::TieRosterRow as core {
        /// The line of the file on which it begins, counted from 1.
        line: u64 = core.line.over(),
        /// The one who has the part, by an identifier, an external id, an e-mail
        /// address, a phone number or a name.
        who: Option<String> = core.who.over(),
        /// The name of the one who has the part.
        who_name: Option<String> = core.who_name.over(),
        /// Their e-mail address, as it was typed.
        who_email: Option<String> = core.who_email.over(),
        /// Their phone number, as it was typed.
        who_phone: Option<String> = core.who_phone.over(),
        /// What ``who`` is to ``of``.
        kind: Option<Word<carekey::TieKind>> = core.kind.over(),
        /// The one whose relationship it is, named as ``who`` is.
        of: Option<String> = core.of.over(),
        /// The name of the one whose relationship it is.
        of_name: Option<String> = core.of_name.over(),
        /// Their e-mail address, as it was typed.
        of_email: Option<String> = core.of_email.over(),
        /// Their phone number, as it was typed.
        of_phone: Option<String> = core.of_phone.over(),
        /// From when; None for the tie that is there, or else from now.
        begins_at: Option<Moment> = core.begins_at.over(),
        /// Until when, the moment itself outside; None says nothing of its end.
        ends_at: Option<Moment> = core.ends_at.over(),
        /// The document that it rests on, of a tie that is made.
        reference: Option<String> = core.reference.over(),
        /// What was found when it was read.
        findings: Vec<Finding> = core.findings.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (*, line = Count(0), who = None, who_name = None, who_email = None, who_phone = None, kind = None, of = None, of_name = None, of_email = None, of_phone = None, begins_at = None, ends_at = None, reference = None), text_signature = "(*, line=0, who=None, who_name=None, who_email=None, who_phone=None, kind=None, of=None, of_name=None, of_email=None, of_phone=None, begins_at=None, ends_at=None, reference=None)")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(line: Count, who: Option<Text>, who_name: Option<Text>, who_email: Option<Text>, who_phone: Option<Text>, kind: Option<Word<carekey::TieKind>>, of: Option<Text>, of_name: Option<Text>, of_email: Option<Text>, of_phone: Option<Text>, begins_at: Option<Moment>, ends_at: Option<Moment>, reference: Option<Text>) -> Self {
            Self { line: line.over(), who: who.over(), who_name: who_name.over(), who_email: who_email.over(), who_phone: who_phone.over(), kind: kind.over(), of: of.over(), of_name: of_name.over(), of_email: of_email.over(), of_phone: of_phone.over(), begins_at: begins_at.over(), ends_at: ends_at.over(), reference: reference.over(), findings: Default::default() }
        }
    }
}

impl Over<carekey::roster::TieRosterRow> for TieRosterRow {
    fn over(self) -> carekey::roster::TieRosterRow {
        carekey::roster::TieRosterRow { line: self.line.over(), who: self.who.over(), who_name: self.who_name.over(), who_email: self.who_email.over(), who_phone: self.who_phone.over(), kind: self.kind.over(), of: self.of.over(), of_name: self.of_name.over(), of_email: self.of_email.over(), of_phone: self.of_phone.over(), begins_at: self.begins_at.over(), ends_at: self.ends_at.over(), reference: self.reference.over(), findings: Default::default() }
    }
}

record! {
    /// A title of a file, and what it is read as.
    Titled from carekey::roster::Titled as core {
        /// The title, cut to 64 characters: enough to say what it means.
        title: String = core.title.over(),
        /// What the column is read as; None where it is passed over.
        column: Option<Word<carekey::roster::RosterColumn>> = core.column.over(),
    }
}

record! {
    /// A decision as it is kept, so that it is asked once. Once ``Office.create``
    /// has made the other person, the new party is what holds: keep that in place
    /// of ``another``.
    WhoDecision from carekey::roster::WhoDecision as core {
        /// Which rows it is about: 64 hexadecimal digits.
        said: String = core.said.over(),
        /// What was decided.
        who: Who = core.who.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (said, who), text_signature = "(said, who)")]
        fn new(said: Text, who: Who) -> Self {
            Self { said: said.over(), who: who.over() }
        }
    }
}

impl Over<carekey::roster::WhoDecision> for WhoDecision {
    fn over(self) -> carekey::roster::WhoDecision {
        carekey::roster::WhoDecision { said: self.said.over(), who: self.who.over() }
    }
}

record! {
    /// An e-mail address that can be used as a username and written to.
    Email from carekey::username::Email as core {
        /// As it was typed, without the blanks around it, in NFC: what is shown and
        /// written to.
        typed: String = core.typed.over(),
        /// In canonical form: what is compared.
        canonical: String = core.canonical.over(),
    }
}

record! {
    /// One row that wants a username. A blank text counts as none.
    NameRequest {
        /// The line of the row: what other rows are told, and by which the batch
        /// knows the row again.
        line: u64,
        /// How the username comes about.
        scheme: Word<carekey::policy::UsernameScheme>,
        /// The person.
        name: PersonName,
        /// The username, where the row gives one.
        username: Option<String>,
        /// The e-mail address, where the row gives one.
        email: Option<String>,
        /// The phone number, where the row gives one.
        phone: Option<String>,
        /// The name in canonical form that this person has already. It is never a
        /// clash, and a staff member who asks for no other keeps it.
        own: Option<String>,
        /// The names in canonical form that this person had before: they may come
        /// back to one of them, also where it was retired (rule U4).
        earlier: Vec<String>,
    }
    methods {
        #[new]
        #[pyo3(signature = (line, scheme, name, *, username = None, email = None, phone = None, own = None, earlier = Many(Vec::new())), text_signature = "(line, scheme, name, *, username=None, email=None, phone=None, own=None, earlier=())")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(line: Count, scheme: Word<carekey::policy::UsernameScheme>, name: Object<PersonName>, username: Option<Text>, email: Option<Text>, phone: Option<Text>, own: Option<Text>, earlier: Many<Text>) -> Self {
            Self { line: line.over(), scheme: scheme.over(), name: name.0.get().clone(), username: username.over(), email: email.over(), phone: phone.over(), own: own.over(), earlier: earlier.over() }
        }
    }
}

record! {
    /// Pass or fail for one row.
    NameVerdict from carekey::username::NameVerdict as core {
        /// The username as it is shown, if the row passes.
        username: Option<String> = core.username.over(),
        /// The username in canonical form, if the row passes.
        canonical: Option<String> = core.canonical.over(),
        /// The e-mail address, where one was given and can be used.
        email: Option<Email> = core.email.over(),
        /// The phone number, where one was given and can be used.
        phone: Option<Phone> = core.phone.over(),
        /// What there is to say, by field: e-mail, phone, name, username.
        findings: Vec<Finding> = core.findings.over(),
        /// Usernames that would pass, the best first; none for a row that passes.
        suggestions: Vec<String> = core.suggestions.over(),
    }
}

record! {
    /// A phone number that can be used as a username and written to.
    Phone from carekey::username::Phone as core {
        /// As it was typed, without the blanks around it: what is shown.
        typed: String = core.typed.over(),
        /// In E.164, ``+12125550142``: what is compared and written to.
        e164: String = core.e164.over(),
    }
}

record! {
    /// A decision, with why. It is true where it allows.
    Decision from carekey::visibility::Decision as core {
        /// Whether it is seen.
        allowed: bool = core.allowed.over(),
        /// How much of it; None where it is not seen.
        scope: Option<Word<carekey::visibility::Scope>> = core.scope.over(),
        /// Where it is seen, every way that leads to it; where it is not, what
        /// forbids it or all that was missing. Never empty; in the order of the
        /// roles.
        because: Vec<Reason> = core.because.over(),
    }
}

record! {
    /// A resource that a member of the office staff may see (rule V).
    Grant from carekey::visibility::Grant as core {
        /// To whom. It counts while they are of the office staff.
        to: Id = core.to.over(),
        /// What.
        resource: Word<carekey::Resource> = core.resource.over(),
        /// The client, or for ``Application`` the application, whose it is; None
        /// for every one.
        of: Option<Id> = core.of.over(),
        /// From this moment on, itself included.
        begins_at: Moment = core.period.begins_at.over(),
        /// Until this moment, itself excluded; None for no end.
        ends_at: Option<Moment> = core.period.ends_at.over(),
    }
    methods {
        #[new]
        #[pyo3(signature = (*, to, resource, begins_at, of = None, ends_at = None), text_signature = "(*, to, resource, begins_at, of=None, ends_at=None)")]
        fn new(to: Id, resource: Word<carekey::Resource>, begins_at: Moment, of: Option<Id>, ends_at: Option<Moment>) -> Self {
            Self { to: to.over(), resource: resource.over(), of: of.over(), begins_at: begins_at.over(), ends_at: ends_at.over() }
        }
    }
}

impl Over<carekey::visibility::Grant> for Grant {
    fn over(self) -> carekey::visibility::Grant {
        carekey::visibility::Grant { to: self.to.over(), resource: self.resource.over(), of: self.of.over(), period: carekey::relationship::Period { begins_at: self.begins_at.over(), ends_at: self.ends_at.over() } }
    }
}

#[pymethods]
impl Throttle {
    /// One that was stored.
        #[new]
        #[pyo3(signature = (*, failures = Count(0), open = Count(0), open_until = None, locked_until = None), text_signature = "(*, failures=0, open=0, open_until=None, locked_until=None)")]
    fn new(failures: Count, open: Count, open_until: Option<Moment>, locked_until: Option<Moment>) -> Self {
        Self::hold(carekey::account::Throttle { failures: failures.over(), open: open.over(), open_until: open_until.over(), locked_until: locked_until.over() })
    }

    /// The fields by name, as :class:`Throttle` takes them.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        crate::record::to_dict(slf.as_any(), &["failures", "open", "open_until", "locked_until"])
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "Throttle", &["failures", "open", "open_until", "locked_until"])
    }

    /// Failures in a row.
    #[getter]
    fn failures(&self) -> u32 {
        self.look(|core| core.failures.over())
    }

    /// Attempts that were let in and are not decided yet.
    #[getter]
    fn open(&self) -> u32 {
        self.look(|core| core.open.over())
    }

    /// When the open ones count as failures.
    #[getter]
    fn open_until(&self) -> Option<Moment> {
        self.look(|core| core.open_until.over())
    }

    /// Until when further attempts are refused.
    #[getter]
    fn locked_until(&self) -> Option<Moment> {
        self.look(|core| core.locked_until.over())
    }
}

#[pymethods]
impl TokenLife {
    /// One that was stored.
        #[new]
        #[pyo3(signature = (*, expires_at, used_at, idle_ms, epoch, ended), text_signature = "(*, expires_at, used_at, idle_ms, epoch, ended)")]
    fn new(expires_at: Moment, used_at: Moment, idle_ms: Option<Whole>, epoch: Whole, ended: Flag) -> Self {
        Self::hold(carekey::account::TokenLife { expires_at: expires_at.over(), used_at: used_at.over(), idle_ms: idle_ms.over(), epoch: epoch.over(), ended: ended.over() })
    }

    /// The fields by name, as :class:`TokenLife` takes them.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        crate::record::to_dict(slf.as_any(), &["expires_at", "used_at", "idle_ms", "epoch", "ended"])
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "TokenLife", &["expires_at", "used_at", "idle_ms", "epoch", "ended"])
    }

    /// When it ends, used or not.
    #[getter]
    fn expires_at(&self) -> Moment {
        self.look(|core| core.expires_at.over())
    }

    /// When it was last used.
    #[getter]
    fn used_at(&self) -> Moment {
        self.look(|core| core.used_at.over())
    }

    /// How long it may be left unused, in milliseconds; None: as long as it lasts.
    #[getter]
    fn idle_ms(&self) -> Option<i64> {
        self.look(|core| core.idle_ms.over())
    }

    /// The account's epoch when it was made: all of an older epoch have ended.
    #[getter]
    fn epoch(&self) -> i64 {
        self.look(|core| core.epoch.over())
    }

    /// Whether it was ended.
    #[getter]
    fn ended(&self) -> bool {
        self.look(|core| core.ended.over())
    }
}

#[pymethods]
impl AgencySettings {
    /// The code by which the directory knows it: 1 to 32 letters, digits, dots,
    /// hyphens or underscores. It never changes.
    #[getter]
    fn code(&self) -> String {
        self.look(|core| core.code.clone().over())
    }

    /// Its name, as people know it.
    #[getter]
    fn name(&self) -> String {
        self.look(|core| core.name.clone().over())
    }

    /// What staff names begin with (U3): at most 8 letters or digits.
    #[getter]
    fn prefix(&self) -> String {
        self.look(|core| core.prefix.clone().over())
    }

    /// ISO 3166-1, two capital letters, for phone numbers without a country.
    #[getter]
    fn country(&self) -> String {
        self.look(|core| core.country.clone().over())
    }

    /// The language of messages to people whose language is not known.
    #[getter]
    fn locale(&self) -> Word<carekey::Locale> {
        self.look(|core| core.locale.over())
    }

    /// What links in messages begin with: ``https://…``, no query.
    #[getter]
    fn link_base(&self) -> String {
        self.look(|core| core.link_base.clone().over())
    }

    /// Where messages to the agency's owner go (S1).
    #[getter]
    fn owner_email(&self) -> Option<String> {
        self.look(|core| core.owner_email.clone().over())
    }

    /// Where they go as well, where the agency has several owners. An address that
    /// is in both gets one message.
    #[getter]
    fn owner_emails(&self) -> Vec<String> {
        self.look(|core| core.owner_emails.clone().over())
    }

    /// The time zone in which messages tell moments, by its IANA name:
    /// ``America/Toronto``. By default UTC.
    #[getter]
    fn time_zone(&self) -> Option<String> {
        self.look(|core| core.time_zone.clone().over())
    }

    /// Every number and switch.
    #[getter]
    fn policy(&self) -> Policy {
        self.look(|core| core.policy.clone().over())
    }
}

#[pymethods]
impl Message {
    /// Its identifier.
    #[getter]
    fn id(&self) -> Id {
        self.look(|core| core.id.over())
    }

    /// What it says.
    #[getter]
    fn kind(&self) -> Word<carekey::words::MessageKind> {
        self.look(|core| core.kind.over())
    }

    /// How it goes.
    #[getter]
    fn method(&self) -> Word<carekey::Method> {
        self.look(|core| core.method.over())
    }

    /// Where to: an e-mail address, its domain in ASCII form, or a phone number in
    /// E.164.
    #[getter]
    fn address(&self) -> String {
        self.look(|core| core.address.clone().over())
    }

    /// The subject of a mail.
    #[getter]
    fn subject(&self) -> Option<String> {
        self.look(|core| core.subject.clone().over())
    }

    /// The text. It may hold a link, a code or a password.
    #[getter]
    fn body(&self) -> Secret {
        self.look(|core| core.body.clone().over())
    }

    /// Which try this is, 1 for the first.
    #[getter]
    fn attempt(&self) -> u32 {
        self.look(|core| core.attempt.over())
    }

    /// Until when it is this claimer's; after that someone else may claim it.
    #[getter]
    fn leased_until(&self) -> Moment {
        self.look(|core| core.leased_until.over())
    }
}

#[pymethods]
impl Head {
    /// One that was stored.
        #[new]
        #[pyo3(signature = (length = Whole(0), mac = Bytes(Vec::new())), text_signature = "(length=0, mac=b'')")]
    fn new(length: Whole, mac: Bytes) -> Self {
        Self::hold(carekey::history::Head { length: length.over(), mac: mac.over() })
    }

    /// The fields by name, as :class:`Head` takes them.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        crate::record::to_dict(slf.as_any(), &["length", "mac"])
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "Head", &["length", "mac"])
    }

    /// How many lines there are.
    #[getter]
    fn length(&self) -> i64 {
        self.look(|core| core.length.over())
    }

    /// The keyed hash over the last line's mac and the length; empty for none.
    #[getter]
    fn mac(&self) -> Mac {
        self.look(|core| core.mac.clone().over())
    }
}

#[pymethods]
impl Invitation {
    /// One that was stored.
        #[new]
        #[pyo3(signature = (contact, method, *, issued_at, expires_at, superseded_at = None, redeemed_at = None), text_signature = "(contact, method, *, issued_at, expires_at, superseded_at=None, redeemed_at=None)")]
    fn new(contact: Text, method: Word<carekey::Method>, issued_at: Moment, expires_at: Moment, superseded_at: Option<Moment>, redeemed_at: Option<Moment>) -> Self {
        Self::hold(carekey::invitation::Invitation { contact: contact.over(), method: method.over(), issued_at: issued_at.over(), expires_at: expires_at.over(), superseded_at: superseded_at.over(), redeemed_at: redeemed_at.over() })
    }

    /// The fields by name, as :class:`Invitation` takes them.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        crate::record::to_dict(slf.as_any(), &["contact", "method", "issued_at", "expires_at", "superseded_at", "redeemed_at"])
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "Invitation", &["contact", "method", "issued_at", "expires_at", "superseded_at", "redeemed_at"])
    }

    /// Where it was sent, in canonical form.
    #[getter]
    fn contact(&self) -> String {
        self.look(|core| core.contact.clone().over())
    }

    /// How it was sent.
    #[getter]
    fn method(&self) -> Word<carekey::Method> {
        self.look(|core| core.method.over())
    }

    /// When it was issued.
    #[getter]
    fn issued_at(&self) -> Moment {
        self.look(|core| core.issued_at.over())
    }

    /// From when on it is dead; the moment itself is outside.
    #[getter]
    fn expires_at(&self) -> Moment {
        self.look(|core| core.expires_at.over())
    }

    /// When a newer one took its place, or unlink ended it.
    #[getter]
    fn superseded_at(&self) -> Option<Moment> {
        self.look(|core| core.superseded_at.over())
    }

    /// When it was redeemed.
    #[getter]
    fn redeemed_at(&self) -> Option<Moment> {
        self.look(|core| core.redeemed_at.over())
    }
}

#[pymethods]
impl Viewer {
    /// Whether the account is fully set up, and neither disabled nor deleted.
    #[getter]
    fn active(&self) -> bool {
        self.look(|core| core.active.over())
    }

    /// The parties linked to the account: one, as a rule.
    #[getter]
    fn parties(&self) -> Vec<PartyFacts> {
        self.look(|core| core.parties.clone().over())
    }

    /// The ties of these parties, as ``who``, to others.
    #[getter]
    fn ties(&self) -> Vec<Tie> {
        self.look(|core| core.ties.clone().over())
    }

    /// The grants to these parties.
    #[getter]
    fn grants(&self) -> Vec<Grant> {
        self.look(|core| core.grants.clone().over())
    }

    /// The applications linked to the account.
    #[getter]
    fn applications(&self) -> Vec<Id> {
        self.look(|core| core.applications.clone().over())
    }
}
