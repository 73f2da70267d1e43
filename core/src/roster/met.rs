//! Whom of those known the rows of a roster may mean at all (C4): of many people
//! beside few rows nearly nobody is, and nobody else is gone into.

use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::identify::Traits;
use super::known::Known;
use super::row::without_zeros;
use super::who::{Who, WhoDecision};
use super::{RosterRow, each};
use crate::id::PartyId;
use crate::name::Likeness;
use crate::words::Role;

/// How many people there are for each row where it pays to look who is met.
const MANY: usize = 4;

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
    let said = Said::by(rows, traits, decisions);
    let met = each::map(known, |party| said.of(party));
    let parties = known.iter().zip(met).filter_map(|(party, met)| met.then_some(party.party));
    let parties: HashSet<PartyId, RandomState> = parties.collect();
    Some(known.iter().filter(|party| parties.contains(&party.party)).cloned().collect())
}

/// Who is on no row, in the order of those known: of the few who are met those of
/// whom that was found, and all others in a role of the roster.
pub(super) fn gone(known: &[Known], few: &[Known], found: &[PartyId], spoken: &BTreeSet<Role>) -> Vec<PartyId> {
    let met: HashSet<PartyId, RandomState> = few.iter().map(|party| party.party).collect();
    let found: HashSet<PartyId, RandomState> = found.iter().copied().collect();
    let mut told = HashSet::with_capacity_and_hasher(known.len(), RandomState::default());
    let is_gone = |party: &&Known| match met.contains(&party.party) {
        true => found.contains(&party.party),
        false => !party.roles.is_disjoint(spoken),
    };
    let firsts = known.iter().filter(|party| told.insert(party.party));
    firsts.filter(is_gone).map(|party| party.party).collect()
}

/// What rows say of whom they mean. More may be found in it than was said, since it
/// holds no texts but what they hash to; nothing less.
struct Said {
    hasher: RandomState,
    texts: HashSet<u64, RandomState>,
    decided: HashSet<PartyId, RandomState>,
}

impl Said {
    fn by(rows: &[RosterRow], traits: &[Traits], decisions: &[WhoDecision]) -> Self {
        let hasher = RandomState::default();
        let mut texts = HashSet::default();
        for (row, told) in rows.iter().zip(traits) {
            let id = row.external_id.as_deref().map(without_zeros);
            texts.extend(told.contacts().chain(id).map(|text| hasher.hash_one(text)));
            texts.extend(told.name.iter().flat_map(words).map(|text| hasher.hash_one(text.as_str())));
        }
        let decided = decisions.iter().filter_map(|decision| match decision.who {
            Who::Same(party) => Some(party),
            Who::Another => None,
        });
        Self { hasher, texts, decided: decided.collect() }
    }

    /// Whether something of it is of that party.
    fn of(&self, party: &Known) -> bool {
        let has = |text: &str| self.texts.contains(&self.hasher.hash_one(text));
        self.decided.contains(&party.party)
            || party.contacts().any(has)
            || party.identifier().is_some_and(|id| has(without_zeros(id)))
            || words(&Likeness::of(&party.name_key)).iter().any(|text| has(text))
    }
}

/// A name so that all have it who may have one with it: its ends, and its words.
fn words(name: &Likeness) -> [String; 2] {
    let [first, last] = name.plain_ends();
    [format!("{first}|{last}"), name.plainest()]
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
