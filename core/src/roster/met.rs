//! Whom of those known the rows of a roster may mean at all (C4): of many people
//! beside few rows nearly nobody is, and nobody else is gone into.

use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

#[cfg(feature = "engine")]
use super::Roster;
use super::identify::Traits;
use super::known::Known;
use super::row::without_zeros;
use super::who::{Who, WhoDecision};
use super::{RosterRow, each};
use crate::id::PartyId;
use crate::name::Likeness;
use crate::words::Role;

/// How many people there are for each row where it pays to look who is met.
pub(crate) const MANY: usize = 4;

/// Those who may be meant, where they are few of those known: all whom a row and
/// they have a contact in common, the identifier, or the words of the name in some
/// order; whom somebody decided upon; and whoever is one party with one of them.
pub(super) fn few(
    rows: &[RosterRow],
    traits: &[Traits],
    known: &[Known],
    decisions: &[WhoDecision],
) -> Option<Vec<Known>> {
    if known.len() / MANY < rows.len() {
        return None;
    }
    let meant = Meant::by(rows, traits, decisions);
    let met = each::map(known, |party| meant.is(party));
    let parties = known.iter().zip(met).filter_map(|(party, met)| met.then_some(party.party));
    let parties: HashSet<PartyId, RandomState> = parties.collect();
    Some(known.iter().filter(|party| parties.contains(&party.party)).cloned().collect())
}

/// Of those in a role of the roster, in their order, who is on no row: of the few who
/// are met those of whom that was found, and all others.
pub(super) fn gone(in_role: impl IntoIterator<Item = PartyId>, few: &[Known], found: &[PartyId]) -> Vec<PartyId> {
    let met: HashSet<PartyId, RandomState> = few.iter().map(|party| party.party).collect();
    let found: HashSet<PartyId, RandomState> = found.iter().copied().collect();
    let is_gone = |party: &PartyId| found.contains(party) || !met.contains(party);
    in_role.into_iter().filter(is_gone).collect()
}

/// Those known who are in one of these roles, each once.
pub(super) fn in_role(known: &[Known], roles: &BTreeSet<Role>) -> Vec<PartyId> {
    let mut told: HashSet<PartyId, RandomState> =
        HashSet::with_capacity_and_hasher(known.len(), RandomState::default());
    let firsts = known.iter().filter(|party| told.insert(party.party));
    firsts.filter(|party| !party.roles.is_disjoint(roles)).map(|party| party.party).collect()
}

/// What rows say of whom they mean. More may be found in it than was said, since it
/// holds no texts but what they hash to; nothing less.
pub(crate) struct Meant {
    hasher: RandomState,
    texts: HashSet<u64, RandomState>,
    /// The words of all names, each in its plainest spelling.
    words: HashSet<u64, RandomState>,
    decided: HashSet<PartyId, RandomState>,
}

impl Meant {
    /// What the rows of a roster say, and what was decided of them.
    #[cfg(feature = "engine")]
    pub(crate) fn by_roster<'a>(
        roster: &Roster,
        country: &str,
        decisions: impl IntoIterator<Item = &'a WhoDecision>,
    ) -> Self {
        let traits = each::map(roster.rows(), |row| Traits::of(row, country));
        Self::by(roster.rows(), &traits, decisions)
    }

    fn by<'a>(rows: &[RosterRow], traits: &[Traits], decisions: impl IntoIterator<Item = &'a WhoDecision>) -> Self {
        let hasher = RandomState::default();
        let mut texts = HashSet::default();
        // Of a name of one word the other end is none.
        let mut words = HashSet::from_iter([hasher.hash_one("")]);
        for (row, told) in rows.iter().zip(traits) {
            let id = row.external_id.as_deref().map(without_zeros);
            texts.extend(told.contacts().chain(id).map(|text| hasher.hash_one(text)));
            let Some(name) = &told.name else { continue };
            let plainest = name.plainest();
            words.extend(plainest.split(' ').map(|word| hasher.hash_one(word)));
            texts.extend([ends(&name.plain_ends()), plainest].iter().map(|text| hasher.hash_one(text.as_str())));
        }
        let decided = decisions.into_iter().filter_map(|decision| match decision.who {
            Who::Same(party) => Some(party),
            Who::Another => None,
        });
        Self { hasher, texts, words, decided: decided.collect() }
    }

    /// Whether something of it is of that party.
    fn is(&self, party: &Known) -> bool {
        self.has_decided(party.party)
            || party.contacts().any(|contact| self.has_contact(contact))
            || party.identifier().is_some_and(|id| self.has_id(id))
            || self.has_name(&party.name_key)
    }

    /// Whether somebody decided that a row is about that party.
    pub(crate) fn has_decided(&self, party: PartyId) -> bool {
        self.decided.contains(&party)
    }

    /// Whether a row has that username, address or number, in canonical form.
    pub(crate) fn has_contact(&self, contact: &str) -> bool {
        self.has(contact)
    }

    /// Whether a row has that identifier, but for zeros in front.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.has(without_zeros(id))
    }

    /// Whether a row has a name that is like the one of that key.
    fn has_name(&self, key: &str) -> bool {
        let name = Likeness::of(key);
        let both = name.plain_ends();
        // Of nearly nobody a row has both words.
        both.iter().all(|word| self.words.contains(&self.hasher.hash_one(word.as_str())))
            && (self.has(&ends(&both)) || self.has(&name.plainest()))
    }

    /// The same of many.
    #[cfg(feature = "engine")]
    pub(crate) fn have_names(&self, keys: &[&str]) -> Vec<bool> {
        each::map(keys, |key| self.has_name(key))
    }

    fn has(&self, text: &str) -> bool {
        self.texts.contains(&self.hasher.hash_one(text))
    }
}

/// The ends of a name as one text, which those have in common that differ between them.
/// All of its words are the other one, of those in another order.
fn ends([first, last]: &[String; 2]) -> String {
    format!("{first}|{last}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::preview::Judged;
    use super::super::verdict::judge_among;
    use super::*;
    use crate::name::PersonName;
    use crate::policy::Policy;
    use crate::roster::{Roster, RowCheck};
    use crate::username::{Taken, Usernames};

    /// Somebody of few names, contacts and identifiers, so that many have one alike.
    fn person() -> impl Strategy<Value = [String; 4]> {
        let name = prop::sample::select(vec![
            "Ana Ruiz",
            "Ana Maria Ruiz",
            "Ruiz Ana",
            "Ana Ruiz Jr.",
            "Bea Müller",
            "Bea Mueller",
            "Bea Ruiz",
            "Cy Poe",
        ]);
        let mail = prop::sample::select(vec!["", "a@example.com", "b@example.com", "c@example.com"]);
        let phone = prop::sample::select(vec!["", "+15125550101", "+15125550102"]);
        let id = prop::sample::select(vec!["", "7", "007", "8", "N/A"]);
        (name, mail, phone, id).prop_map(|(name, mail, phone, id)| [name, mail, phone, id].map(str::to_owned))
    }

    fn known(number: u128, [name, mail, phone, id]: &[String; 4], role: Role) -> Known {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        serde_json::from_value(serde_json::json!({
            "party": PartyId(uuid::Uuid::from_u128(number)),
            "name_key": PersonName::parse(name).value.unwrap().key(),
            "display_name": name,
            "roles": [role],
            "external_id": some(id),
            "email_canonical": some(mail),
            "phone_e164": some(phone),
        }))
        .unwrap()
    }

    fn judged(file: &str, known: &[Known], decisions: &[WhoDecision], few: bool) -> (Vec<RowCheck>, Vec<PartyId>) {
        let policy = Policy::default();
        let usernames = Usernames::new(&policy.username, "104", "US", Taken::new()).unwrap();
        let rows = Roster::from_csv(file.as_bytes()).unwrap().rows().to_vec();
        let among = if few { super::few } else { |_: &_, _: &_, _: &_, _: &_| None };
        let Judged { rows, gone, .. } = judge_among(among, rows, known, decisions, usernames, &policy, "US");
        (rows, gone)
    }

    proptest! {
        #[test]
        fn few_rows_beside_many_people_are_judged_as_beside_all(
            rows in prop::collection::vec((person(), any::<bool>()), 1..4),
            people in prop::collection::vec((person(), any::<bool>(), 0..3_u128), 12..40),
            decided in prop::option::of(0..40_usize),
        ) {
            let role = |client| if client { Role::Client } else { Role::Caregiver };
            let mut file = "Name,Email,Phone,ID,Role\n".to_owned();
            for ([name, mail, phone, id], client) in &rows {
                file.push_str(&format!("{name},{mail},{phone},{id},{}\n", role(*client)));
            }
            // Some were merged into another: they are the same party.
            let of = |at: usize, merged: u128| if merged == 2 { 1 + at as u128 / 2 } else { 1 + at as u128 };
            let known: Vec<Known> = people
                .iter()
                .enumerate()
                .map(|(at, (person, client, merged))| known(of(at, *merged), person, role(*client)))
                .collect();
            let first = judged(&file, &known, &[], false);
            let same = decided.and_then(|at| known.get(at)).map_or(Who::Another, |party| Who::Same(party.party));
            let waiting = first.0.iter().filter_map(|row| row.undecided());
            let decisions: Vec<WhoDecision> =
                waiting.map(|said| WhoDecision { said: said.to_owned(), who: same }).collect();
            for decisions in [&[][..], &decisions] {
                let (all, gone) = judged(&file, &known, decisions, false);
                let (few, gone_of_few) = judged(&file, &known, decisions, true);
                prop_assert_eq!(format!("{few:?}"), format!("{all:?}"));
                prop_assert_eq!(gone_of_few, gone);
            }
        }
    }
}
