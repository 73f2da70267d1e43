//! The same for many at once (A5, I9): whoever is ticked, each with a result,
//! in pieces that are each one commit, with progress and a way to stop. What is
//! done to each is the act that does it to one.

use std::ops::ControlFlow;

use time::OffsetDateTime;

use super::each::Bulk;
use super::grants::{NewGrant, grant};
use super::invite::findings_of;
use super::ties::{NewTie, relate};
use super::{Office, Progress, brought, delegated, people, users};
use crate::agency::identity::enrol::Enrolled;
use crate::agency::identity::links;
use crate::agency::kernel::Act;
use crate::error::Result;
use crate::finding::Finding;
use crate::id::{AccountId, GrantId, PartyId, TieId};
use crate::secret::Secret;
use crate::words::Role;

/// What came of one of many (A5).
#[derive(Debug, Clone, Default)]
pub struct DoneRow {
    /// The account: the one that was named, or that the party has now.
    pub account: Option<AccountId>,
    /// The party that was named; of a tie, who has the part; of a grant, to whom.
    pub party: Option<PartyId>,
    /// The tie that was made.
    pub tie: Option<TieId>,
    /// The grant that was given.
    pub grant: Option<GrantId>,
    /// The username of an account that was made, as it is shown.
    pub username: Option<String>,
    /// Whether it was done.
    pub done: bool,
    /// A temporary password that no message could carry, to be handed over.
    pub hand_over: Option<Secret>,
    /// Why not, and what else there is to say.
    pub findings: Vec<Finding>,
}

impl Office {
    /// Makes the accounts of those who were ticked, by the scheme of a role that
    /// they have (S0); with a code, they are sent an invitation. It is
    /// [`create_account`](Self::create_account) for each, in pieces that are each
    /// one commit. Run again, it makes and sends nothing twice: who has an
    /// account has `account.exists` in their row, with that account; whose
    /// invitation went out, `invitation.already_sent`.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// # let office = agency.acting_as(Actor::Support("Pat".into()));
    /// // Those of the bulk window who have none yet.
    /// for group in office.window(0, 100)? {
    ///     let ticked: Vec<_> = group.rows.iter().filter(|row| row.account.is_none()).map(|row| row.party).collect();
    ///     for row in office.create_accounts(&ticked, group.role, &mut |_| std::ops::ControlFlow::Continue(()))? {
    ///         println!("{:?}: {}", row.username, row.done);
    ///     }
    /// }
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `account.exists`,
    /// `invitation.already_sent`, `party.not_found`, `party.role_missing`, and
    /// the findings about the username.
    pub fn create_accounts(
        &self,
        parties: &[PartyId],
        role: Role,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        let named = |party: &PartyId| DoneRow { party: Some(*party), ..DoneRow::default() };
        let bring = |act: &Act<'_>, piece: &[PartyId]| brought::to_enrol(act, piece.iter().copied());
        self.many(Bulk::hashing("create_account"), parties, progress, bring, named, |act, party| {
            let made = match people::create_account(act, *party, role, None) {
                Ok(made) => made,
                Err(error) => {
                    let findings = findings_of(error, "party")?;
                    return Ok(DoneRow { account: links::account_of(act, *party)?, findings, ..named(party) });
                }
            };
            Ok(DoneRow { party: Some(*party), ..enrolled(made) })
        })
    }

    /// Disables many accounts: those who left (A4). It is
    /// [`disable`](Self::disable) for each, in pieces that are each one commit;
    /// run again, it does nothing twice.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `account.disabled`
    /// where it is already; `manager.last`; `account.not_found`,
    /// `account.deleted`.
    pub fn disable_all(
        &self,
        accounts: &[AccountId],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        self.many(Bulk::of("disable"), accounts, progress, brought::accounts, of_account, |act, account| {
            users::disable(act, *account).map(|()| DoneRow { done: true, ..of_account(account) })
        })
    }

    /// Sends many their activation link, or their username with a new temporary
    /// password, once more. It is [`send_again`](Self::send_again) for each, in
    /// pieces that are each one commit.
    ///
    /// `as_of` is the moment at which the office looked at the list that they
    /// were chosen from: whom something was sent at that moment or since has
    /// `enrolment.already_sent`, so that running it again sends nothing twice.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row:
    /// `enrolment.already_sent`, `account.active`, `account.disabled`,
    /// `account.not_found`, `account.deleted`.
    pub fn send_again_all(
        &self,
        accounts: &[AccountId],
        as_of: OffsetDateTime,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        self.many(Bulk::hashing("send_again"), accounts, progress, brought::accounts, of_account, |act, account| {
            users::send_again(act, *account, Some(as_of)).map(enrolled)
        })
    }

    /// Signs many out everywhere (E5). It is
    /// [`end_sessions`](Self::end_sessions) for each, in pieces that are each one
    /// commit.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `account.not_found`,
    /// `account.deleted`.
    pub fn end_sessions_all(
        &self,
        accounts: &[AccountId],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        self.many(Bulk::of("end_sessions"), accounts, progress, brought::accounts, of_account, |act, account| {
            users::end_sessions(act, *account).map(|()| DoneRow { done: true, ..of_account(account) })
        })
    }

    /// Makes many ties (R). It is [`relate`](Self::relate) for each, in pieces
    /// that are each one commit; run again, it makes none twice: one that is
    /// there has `tie.duplicate` in its row.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `party.not_found`, or
    /// the findings of [`check_tie`](crate::relationship::check_tie).
    pub fn relate_all(
        &self,
        ties: &[NewTie],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        let named = |new: &NewTie| DoneRow { party: Some(new.who), ..DoneRow::default() };
        self.many(Bulk::hashing("relate"), ties, progress, brought::to_relate, named, |act, new| {
            let tied = relate(act, new)?;
            let enrolled = tied.enrolled.map(enrolled).unwrap_or_default();
            Ok(DoneRow { party: Some(new.who), tie: Some(tied.tie), done: true, ..enrolled })
        })
    }

    /// Gives many grants (V). It is [`grant`](Self::grant) for each, in pieces
    /// that are each one commit; run again with the same ends, it gives none
    /// twice: one that is there has `grant.duplicate` in its row.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `party.not_found`,
    /// `grant.duplicate`, or the findings of
    /// [`check_grant`](crate::visibility::check_grant), and after them
    /// `text.too_long`, `text.control_character`.
    pub fn grant_all(
        &self,
        grants: &[NewGrant],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<DoneRow>> {
        let named = |new: &NewGrant| DoneRow { party: Some(new.party), ..DoneRow::default() };
        self.many(Bulk::of("grant"), grants, progress, brought::to_grant, named, |act, new| {
            let given = grant(act, new)?;
            Ok(DoneRow { grant: Some(given), done: true, ..named(new) })
        })
    }

    /// Does one act to each of many: what forbids one stands in its row, which
    /// `named` makes of it.
    fn many<I: Clone>(
        &self,
        bulk: Bulk<'_>,
        items: &[I],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
        bring: impl Fn(&Act<'_>, &[I]) -> Result<()>,
        named: impl Fn(&I) -> DoneRow,
        one: impl Fn(&mut Act<'_>, &I) -> Result<DoneRow>,
    ) -> Result<Vec<DoneRow>> {
        self.may_list(bulk.name())?;
        let row = |act: &mut Act<'_>, item: &I| {
            let done = delegated::asking(act, |act| one(act, item));
            done.or_else(|error| Ok(DoneRow { findings: findings_of(error, "item")?, ..named(item) }))
        };
        let pieces = self.each(bulk, items, progress, bring, row, |row| row.done);
        pieces.whole(items, |item, why| DoneRow { findings: vec![why], ..named(item) })
    }
}

fn of_account(account: &AccountId) -> DoneRow {
    DoneRow { account: Some(*account), ..DoneRow::default() }
}

fn enrolled(made: Enrolled) -> DoneRow {
    DoneRow {
        account: made.account,
        username: made.username,
        done: true,
        hand_over: made.hand_over,
        findings: made.findings,
        ..DoneRow::default()
    }
}
