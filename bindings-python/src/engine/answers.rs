//! Written by core/surface from the core: change it there, not here.

use crate::arg::{Id, Moment, Word};
use crate::record::record;

record! {
    /// One thing of the access review.
    row ReviewItem from carekey::agency::ReviewItem as row {
        /// Why it stands here.
        kind: Word<carekey::agency::ReviewKind> = Word(row.kind),
        /// The account it is about.
        account: Option<Id> = row.account.map(|id| Id(id.0)),
        /// The parties it is about: one, or all that share something.
        parties: Vec<Id> = row.parties.into_iter().map(|id| Id(id.0)).collect(),
        /// The application, for an invitation to one.
        application: Option<Id> = row.application.map(|id| Id(id.0)),
        /// The names, as they are shown.
        names: Vec<String> = row.names,
        /// Since when: created, lapsed, last used.
        since: Option<Moment> = row.since.map(Moment),
    }
}

record! {
    /// A tie as the office lists it.
    row TieRow from carekey::agency::TieRow as row {
        /// The tie.
        tie: Id = Id(row.tie.0),
        /// What ``who`` is to ``of``.
        kind: Word<carekey::TieKind> = Word(row.kind),
        /// The one who has the part.
        who: Id = Id(row.who.0),
        /// Their name, as it is shown.
        who_name: String = row.who_name,
        /// The one whose relationship it is.
        of: Id = Id(row.of.0),
        /// Their name, as it is shown.
        of_name: String = row.of_name,
        /// From when.
        begins_at: Moment = Moment(row.begins_at),
        /// Until when; the moment itself is outside.
        ends_at: Option<Moment> = row.ends_at.map(Moment),
    }
}

record! {
    /// One party of the bulk window (S0).
    row WindowRow from carekey::agency::WindowRow as row {
        /// The party.
        party: Id = Id(row.party.0),
        /// Person or company, as it is shown.
        display_name: String = row.display_name,
        /// The username, where there is an account.
        username: Option<String> = row.username,
        /// E-mail, as it was typed.
        email: Option<String> = row.email,
        /// Cell, as it was typed.
        phone: Option<String> = row.phone,
        /// The account: whether it exists already.
        account: Option<Id> = row.account.map(|id| Id(id.0)),
        /// The account's status.
        state: Option<Word<carekey::account::State>> = row.state.map(Word),
        /// The account's free note.
        note: Option<String> = row.note,
    }
}
