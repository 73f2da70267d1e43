//! What a store of an earlier release still lacks when its tables are those of
//! this one, because it takes the key, or a rule, to make it: the seals of
//! imported hashes (P7), the canonical form of contacts (U6), the digests of
//! the names of those deleted (U4), where failures are counted (E4), what the
//! messages that wait carry (N), and the strands of each agency's history with
//! the names of the accounts whose histories began before (H), and by what lists
//! are searched and sorted (A4).
//!
//! The second strand is made last and in the same commit, so that an agency
//! which has it was brought up whole.

mod messages;

use super::identity::{names, passwords};
use super::kernel::act::Suspended;
use super::kernel::listing;
use super::kernel::ways::Way;
use super::kernel::{Act, Shared, Source, act, get, read, strand_id, system};
use crate::error::Result;
use crate::finding::params;
use crate::id::{AccountId, AgencyId};
use crate::store::{Query, record};
use crate::username;
use crate::words::EventKind;

/// How many accounts one line names.
const A_LINE: usize = 500;

/// Brings every agency of a directory up to this release: all but the lists in
/// one commit for each. Nothing is done the second time.
pub(super) fn upgrade(shared: &Shared) -> Result<()> {
    for agency in read(shared, &Query::agencies())? {
        // Of one that is being deleted nothing is used again (A9).
        if agency.deleting_since.is_some() {
            continue;
        }
        if get::<record::Strand>(shared, agency.id, strand_id(agency.id, 1).0)?.is_none() {
            upgrade_agency(shared, agency.id)?;
        }
        listing::relist(shared, &agency)?;
    }
    Ok(())
}

fn upgrade_agency(shared: &Shared, agency: AgencyId) -> Result<()> {
    let acting = system(&Source::UNKNOWN);
    act::run_where(shared, agency, Suspended::IsMet, &acting, |act| {
        // Another process may have been first.
        if act.by_id::<record::Strand>(strand_id(agency, 1).0)?.is_some() {
            return Ok(());
        }
        accounts(act)?;
        old_passwords(act)?;
        contacts(act)?;
        failures(act)?;
        messages::upgrade(act)?;
        histories(act)
    })
}

/// Seals what rests bare, and takes the names of those deleted away.
fn accounts(act: &mut Act<'_>) -> Result<()> {
    for mut account in act.find::<record::Account>(&act.all())? {
        if let Some(hash) = account.password.clone().filter(|stored| is_bare(stored)) {
            account.password = Some(passwords::sealed(act.keys, account.id, &hash, act.rng)?);
            // One that cannot be read costs what a hash of the policy does.
            let class = passwords::class(&hash).ok().flatten();
            account.password_class = class.map(|class| class.to_string());
            passwords::came(act, &account)?;
        }
        if account.deleted_at.is_some() {
            names::retire(act, &mut account)?;
        }
    }
    Ok(())
}

fn old_passwords(act: &mut Act<'_>) -> Result<()> {
    for mut old in act.find::<record::OldPassword>(&act.all())? {
        if is_bare(&old.password) {
            old.password = passwords::sealed(act.keys, old.account, &old.password.clone(), act.rng)?;
        }
    }
    Ok(())
}

/// Whether the hash of another system rests as it came. carekey's own are
/// under a pepper, which they name; one without comes from elsewhere.
fn is_bare(stored: &str) -> bool {
    let own = stored.starts_with("$argon2id$") && stored.contains(",keyid=");
    !own && !passwords::is_generated(stored) && !passwords::is_imported(stored)
}

fn contacts(act: &Act<'_>) -> Result<()> {
    for mut contact in act.find::<record::Contact>(&act.all())? {
        let canonical = username::canonical(&contact.address, &act.agency.country);
        if contact.canonical != canonical {
            contact.canonical = canonical;
        }
    }
    Ok(())
}

/// The failures of an account came under its own id.
fn failures(act: &Act<'_>) -> Result<()> {
    for counted in act.find::<record::Throttle>(&act.all().null(record::Throttle::account, false))? {
        let Some(account) = counted.account.filter(|account| account.0 == counted.id.0) else { continue };
        let mut place = act.counted(Way::Password(account).place(act.keys))?;
        place.keep(counted.throttle());
        counted.delete();
    }
    Ok(())
}

/// Begins the further strands, and names the accounts whose histories began
/// before, so that one which is removed from now on is missed.
fn histories(act: &mut Act<'_>) -> Result<()> {
    act.begin_strands(EventKind::HistoriesBegun, 1);
    let begun = act.find::<record::Account>(&act.all())?;
    let begun: Vec<AccountId> =
        begun.iter().filter(|account| account.history_length > 0).map(|account| account.id).collect();
    for some in begun.chunks(A_LINE) {
        let ids = act::ids(some.iter().map(|id| id.0));
        act.agency_event(EventKind::HistoriesBegun, params([("accounts", ids.into())]))?;
    }
    Ok(())
}
