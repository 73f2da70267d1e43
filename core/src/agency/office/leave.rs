//! Those who leave: deleting a person, and tidying up what is over.

use time::Duration;

use super::{Office, managers, of_party};
use crate::agency::identity::changes::OBJECTION;
use crate::agency::identity::enrol;
use crate::agency::identity::{contacts, links, names, passwords};
use crate::agency::kernel::{Act, Agency, Source, Tracked, run, system};
use crate::error::Result;
use crate::finding::{Params, params};
use crate::id::{AccountId, PartyId};
use crate::store::{Query, Record, record};
use crate::words::{EventKind, MessageKind, MessageState};

/// How long a token that is over is kept: long enough to say so.
const KEPT: Duration = Duration::days(1);
/// How long the codes of a contact, and many wrong codes at one, are counted:
/// the year that the bound on guessing speaks of (E4).
const YEAR: Duration = Duration::days(366);
/// Counts of so many failures are kept for that year.
const MANY: u32 = 1_000;
/// How many rows are tidied up in one piece.
const PIECE: u64 = 1_000;

/// What is shown in the place of a deleted person's name.
const NOBODY: &str = "(deleted)";

impl Office {
    /// Deletes a person or an organization: names, contacts, password and
    /// answers go; ties, links and grants end, those of their data among them;
    /// waiting messages go. The history
    /// stays (H), and the username is never given to another (U4). An account
    /// that belongs to another party too stays theirs. Of an account manager
    /// only support may.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`; `manager.last` for the last
    /// account manager.
    pub fn delete_party(&self, party: PartyId) -> Result<()> {
        self.act("delete_party", |act| {
            let mut party = enrol::party(act, party)?;
            end_ties(act, party.id)?;
            for mut application in act.find(&act.all().is(record::Application::family, party.id))? {
                NOBODY.clone_into(&mut application.family_name);
            }
            for mut invitation in act.find(&act.all().is(record::Invitation::party, party.id))? {
                delete_all(act, act.all().is(record::Message::invitation, invitation.id))?;
                invitation.superseded_at = invitation.superseded_at.or(Some(act.now));
                invitation.contact.clear();
            }
            delete_all(act, act.all().is(record::Decision::party, party.id))?;
            let mut accounts: Vec<AccountId> = Vec::new();
            for mut link in links::of_party(act, party.id)? {
                links::end(act, &mut link);
                if !accounts.contains(&link.account) {
                    accounts.push(link.account);
                }
            }
            let mut details = of_party(&party);
            for id in accounts {
                let account = act.account(id)?;
                let others: Vec<PartyId> = links::of_account(act, id)?
                    .iter()
                    .filter(|link| link.ends_at.is_none())
                    .map(|link| link.party)
                    .collect();
                match others.first() {
                    Some(other) => leave_to(act, account, &party, *other)?,
                    None => {
                        // The agency's own history holds where this one ends.
                        details.insert("account".to_owned(), id.to_string().into());
                        delete_account(act, account)?;
                    }
                }
            }
            act.agency_event(EventKind::PartyDeleted, details)?;
            forget_merged(act, party.id)?;
            forget(&mut party);
            party.deleted_at = Some(act.now);
            Ok(())
        })
    }
}

/// Ends ties and grants: those of a party, and those of what is theirs, which another
/// was granted.
pub(super) fn end_ties(act: &Act<'_>, party: PartyId) -> Result<()> {
    let ties = act.all().or_is(record::Tie::who, party).or_is(record::Tie::of, party);
    for mut tie in act.find(&ties)? {
        if tie.ends_at.is_none_or(|ends| ends > act.now) {
            tie.ends_at = Some(act.now.max(tie.begins_at));
            tie.enrols_at = None;
        }
    }
    let applications = act.find::<record::Application>(&act.all().is(record::Application::family, party))?;
    let theirs = applications.iter().map(|application| application.id.0).chain([party.0]);
    let grants = act.all().or_is(record::Grant::party, party).or_among(record::Grant::of, theirs);
    for mut grant in act.find::<record::Grant>(&grants)? {
        if grant.ends_at.is_none_or(|ends| ends > act.now) {
            grant.ends_at = Some(act.now.max(grant.begins_at));
        }
    }
    Ok(())
}

/// An account that is another party's login too stays theirs, and goes by
/// their name; what it had because of the one who leaves ends, as by unlink.
fn leave_to(
    act: &mut Act<'_>,
    mut account: Tracked<record::Account>,
    party: &record::Party,
    other: PartyId,
) -> Result<()> {
    account.epoch += 1;
    act.event(&mut account, EventKind::Unlinked, params([("name", party.display_name.as_str().into())]));
    if account.display_name == party.display_name
        && let Some(other) = act.by_id::<record::Party>(other.0)?
    {
        enrol::name_after(&mut account, &other);
    }
    contacts::notify(act, &account, MessageKind::LinkChanged)
}

fn delete_account(act: &mut Act<'_>, mut account: Tracked<record::Account>) -> Result<()> {
    managers::leave(act, &mut account, "delete_party")?;
    let id = account.id;
    act.forgive(&mut account)?;
    act.all_counted(id)?.into_iter().for_each(Tracked::delete);
    delete_all(act, act.all().is(record::Answer::account, id))?;
    delete_all(act, act.all().is(record::OldAnswer::account, id))?;
    delete_all(act, act.all().is(record::ContactChange::account, id))?;
    delete_all(act, act.all().is(record::OldPassword::account, id))?;
    delete_all(act, act.all().is(record::Token::account, id))?;
    delete_all(act, act.all().is(record::Message::account, id))?;
    contacts::end_codes(act, id)?;
    delete_all(act, act.all().is(record::Contact::account, id))?;
    names::retire(act, &mut account)?;
    passwords::gone(act, &mut account)?;
    act.event(&mut account, EventKind::Deleted, Params::new());
    account.epoch += 1;
    account.deleted_at = Some(act.now);
    NOBODY.clone_into(&mut account.display_name);
    (account.first_name, account.last_name) = (None, None);
    (account.password_set_at, account.password_expires_at) = (None, None);
    (account.written_to, account.note) = (None, None);
    (account.staged_at, account.reminded_at) = (None, None);
    Ok(())
}

/// Deletes all rows that fit.
fn delete_all<R: Record>(act: &Act<'_>, query: Query<R>) -> Result<()> {
    act.find(&query)?.into_iter().for_each(Tracked::delete);
    Ok(())
}

/// Those who were merged into someone were the same person (A6).
fn forget_merged(act: &Act<'_>, into: PartyId) -> Result<()> {
    for mut merged in act.find::<record::Party>(&act.all().is(record::Party::merged_into, into))? {
        forget_merged(act, merged.id)?;
        forget(&mut merged);
        merged.merge = None;
    }
    Ok(())
}

fn forget(party: &mut record::Party) {
    NOBODY.clone_into(&mut party.display_name);
    party.name_key.clear();
    party.roles.clear();
    (party.first_name, party.middle_name) = (None, None);
    (party.last_name, party.nickname) = (None, None);
    (party.email, party.email_canonical) = (None, None);
    (party.phone, party.phone_e164) = (None, None);
    party.external_id = None;
}

impl Agency {
    /// Removes what is over and of no more use: tokens a day after their end,
    /// counts of failures and codes when no rule looks at them any more, sent,
    /// abandoned and withdrawn messages after `message_days`, changes of contacts
    /// to which nobody can object any more and answers of before them. Refusals that no
    /// history tells yet are told first. How many rows lists have is
    /// [counted anew](crate::store::Store::recount). To be called now and then, from a job
    /// of the host's. Says how many rows went.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn tidy(&self, message_days: u32) -> Result<u64> {
        let (mut removed, mut kept_counts, mut kept_books) = (0, 0, 0);
        loop {
            let (over, counts, books) = run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
                let over = tokens(act)? + messages(act, message_days)? + networks(act)? + changes(act)?;
                Ok((over, counts(act, kept_counts)?, books(act, kept_books)?))
            })?;
            removed += over + counts.gone + books.gone;
            kept_counts += counts.kept;
            kept_books += books.kept;
            if over + counts.gone + counts.kept + books.gone + books.kept == 0 {
                self.shared.store.recount(self.id)?;
                return Ok(removed);
            }
        }
    }
}

/// What became of the rows of a piece. The next one begins behind those that
/// were kept.
struct Piece {
    gone: u64,
    kept: u64,
}

/// Deletes these, and says how many there were.
fn gone<R: Record>(found: Vec<Tracked<R>>) -> u64 {
    let count = found.len() as u64;
    found.into_iter().for_each(Tracked::delete);
    count
}

fn tokens(act: &Act<'_>) -> Result<u64> {
    let over = act.all().before(record::Token::expires_at, act.now.saturating_sub(KEPT));
    Ok(gone(act.find::<record::Token>(&over.page(0, PIECE))?))
}

fn messages(act: &Act<'_>, days: u32) -> Result<u64> {
    let over = act
        .all()
        .among(record::Message::state, [MessageState::Sent, MessageState::Abandoned, MessageState::Withdrawn])
        .before(record::Message::closed_at, act.now.saturating_sub(Duration::days(days.into())));
    Ok(gone(act.find::<record::Message>(&over.page(0, PIECE))?))
}

fn networks(act: &Act<'_>) -> Result<u64> {
    let over = act.all().before(record::SourceCount::touched_at, act.now.saturating_sub(KEPT));
    Ok(gone(act.find::<record::SourceCount>(&over.page(0, PIECE))?))
}

/// Changes of contacts, and answers of before: as long as someone may object. One
/// that somebody objected to stays until the office has decided.
fn changes(act: &Act<'_>) -> Result<u64> {
    let over = act.all().before(record::ContactChange::expires_at, act.now.saturating_sub(KEPT));
    let undecided = act.all::<record::Contact>().null(record::Contact::objected_at, false);
    let over = over.found(record::ContactChange::contact, undecided, record::Contact::id, false);
    let old = act.all().before(record::OldAnswer::replaced_at, act.now.saturating_sub(OBJECTION + KEPT));
    Ok(gone(act.find::<record::ContactChange>(&over.page(0, PIECE))?)
        + gone(act.find::<record::OldAnswer>(&old.page(0, PIECE))?))
}

fn counts(act: &mut Act<'_>, behind: u64) -> Result<Piece> {
    let over = act
        .all()
        .before(record::Throttle::touched_at, act.now.saturating_sub(KEPT))
        .by(record::Throttle::touched_at, false)
        .page(behind, PIECE);
    let mut piece = Piece { gone: 0, kept: 0 };
    for mut counted in act.find::<record::Throttle>(&over)? {
        if let Some(id) = counted.account.filter(|_| !counted.refusals.is_empty())
            && let Some(mut account) = act.by_id::<record::Account>(id.0)?
        {
            act.tell_refusals(&mut account, &mut counted);
        }
        let stays = match counted.account {
            // An account keeps its failures until its user has come: a hundred
            // in a row close it, however slowly they come (E4).
            Some(_) => counted.failures > 0,
            None => counted.failures >= MANY && counted.touched_at >= act.now.saturating_sub(YEAR),
        };
        if stays {
            piece.kept += 1;
        } else {
            counted.delete();
            piece.gone += 1;
        }
    }
    Ok(piece)
}

fn books(act: &Act<'_>, behind: u64) -> Result<Piece> {
    let over = act
        .all()
        .before(record::CodeBook::touched_at, act.now.saturating_sub(KEPT))
        .by(record::CodeBook::touched_at, false)
        .page(behind, PIECE);
    let (over, stay): (Vec<_>, Vec<_>) = act
        .find::<record::CodeBook>(&over)?
        .into_iter()
        .partition(|book| book.codes.is_spent(act.now) || book.touched_at < act.now.saturating_sub(YEAR));
    Ok(Piece { kept: stay.len() as u64, gone: gone(over) })
}
