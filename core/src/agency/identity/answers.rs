//! The answers of an account to its security questions (Q), and those of before.

use std::collections::BTreeSet;

use super::changes::OBJECTION;
use crate::agency::kernel::{Act, Tracked};
use crate::error::Result;
use crate::id::{AccountId, PartyId, RecordId};
use crate::policy::QuestionPolicy;
use crate::relationship::Tie;
use crate::store::record;
use crate::words::Role;

/// What marks that there were no answers before.
const NONE: &str = "";

/// What the policy asks of an account (Q1): by the roles of all parties that it
/// belongs to, those that ties convey among them. An account that never belonged
/// to any is of the office staff (A2).
pub(crate) fn policy(act: &Act<'_>, account: AccountId) -> Result<QuestionPolicy> {
    let questions = &act.policy().questions;
    if questions.by_role.is_empty() {
        return Ok(questions.clone());
    }
    let links: Vec<Tracked<record::Link>> = act.find(&act.all().is(record::Link::account, account))?;
    if links.is_empty() {
        return Ok(questions.of([Role::OfficeStaff]));
    }
    let theirs: BTreeSet<PartyId> = links.iter().filter(|link| link.ends_at.is_none()).map(|link| link.party).collect();
    let parties: Vec<Tracked<record::Party>> = act.find(&act.all().among(record::Party::id, &theirs))?;
    let ties: Vec<Tracked<record::Tie>> = act.find(&act.all().among(record::Tie::who, &theirs))?;
    let ties: Vec<Tie> = ties.iter().map(|tie| tie.facts()).collect();
    let parties = parties.iter().filter(|party| party.deleted_at.is_none());
    Ok(questions.of(parties.flat_map(|party| party.facts(&ties, act.now).roles)))
}

/// Gives an account answers, each hashed with its own salt (Q3), in place of
/// those that it has.
pub(crate) fn keep(act: &mut Act<'_>, account: AccountId, answers: &[(String, String)]) -> Result<()> {
    current(act, account)?.into_iter().for_each(Tracked::delete);
    for (question, hash) in answers {
        let id = RecordId(act.new_id());
        drop(act.add(record::Answer {
            agency: act.agency.id,
            id,
            revision: 1,
            account,
            question: question.clone(),
            hash: hash.clone(),
        }));
    }
    Ok(())
}

/// Puts the answers of an account aside, since its user has others: an objection
/// brings them back (C3).
pub(crate) fn put_aside(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let mut set: Vec<(String, String)> =
        current(act, account)?.iter().map(|answer| (answer.question.clone(), answer.hash.clone())).collect();
    if set.is_empty() {
        set.push((NONE.to_owned(), String::new()));
    }
    for (question, hash) in set {
        let id = RecordId(act.new_id());
        drop(act.add(record::OldAnswer {
            agency: act.agency.id,
            id,
            revision: 1,
            account,
            question,
            hash,
            replaced_at: act.now,
        }));
    }
    Ok(())
}

/// Brings back the answers that an account had before they were changed, the
/// first time within as long as one may object: a thief may have changed them
/// more than once, and before or after the contact.
pub(crate) fn bring_back(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let mut old = act.find::<record::OldAnswer>(&act.all().is(record::OldAnswer::account, account))?;
    old.retain(|answer| act.now - answer.replaced_at < OBJECTION);
    let Some(first) = old.iter().map(|answer| answer.replaced_at).min() else { return Ok(()) };
    let set: Vec<(String, String)> = old
        .iter()
        .filter(|answer| answer.replaced_at == first && answer.question != NONE)
        .map(|answer| (answer.question.clone(), answer.hash.clone()))
        .collect();
    old.into_iter().for_each(Tracked::delete);
    keep(act, account, &set)
}

fn current(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::Answer>>> {
    act.find(&act.all().is(record::Answer::account, account))
}
