//! Rows that only a name ties to someone known (C4): those that are paired
//! all the same, and those that wait for a decision.

use std::collections::{HashMap, HashSet};

use super::RosterRow;
use super::identify::{Identity, Index, Traits, other_id};
use super::known::Known;
use super::who::Who;
use crate::finding::{Code, Finding};
use crate::name::{Form, Likeness};
use crate::words::Role;

/// Of how many people a row says that it may be about them.
const SHOWN: usize = 10;
/// Of how many people with the same words in their name, or the same first and
/// last one, it is looked whether the rest fits.
const LOOKED_AT: usize = 100;

/// Pairs, in order, rows that say nothing but a name with those who are known
/// by nothing but that name in that role, where the rows are no fewer: nothing
/// contradicts it, and there is nothing to hand over. For the rows that are
/// `sound`, or for those that are not.
pub(super) fn pair(
    rows: &[RosterRow],
    known: &[Known],
    (traits, names): (&[Traits], &[Likeness]),
    sound: bool,
    out: &mut [Identity],
    seen: &mut HashSet<usize>,
) {
    if known.is_empty() {
        return;
    }
    let mut free: HashMap<(&str, Role), Vec<usize>> = HashMap::new();
    for (place, (party, name)) in known.iter().zip(names).enumerate() {
        if !seen.contains(&place) && party.is_bare() {
            for role in &party.roles {
                free.entry((name.as_str(), *role)).or_default().push(place);
            }
        }
    }
    let mut wanting: HashMap<(&str, Role), Vec<usize>> = HashMap::new();
    let mut order = Vec::new();
    for (at, ((row, told), identity)) in rows.iter().zip(traits).zip(out.iter()).enumerate() {
        let fit = identity.is_open() && told.bare && told.sound == sound;
        if let (true, Some(name), Some(role)) = (fit, &told.name, row.role) {
            let group = wanting.entry((name.as_str(), role)).or_default();
            if group.is_empty() {
                order.push((name.as_str(), role));
            }
            group.push(at);
        }
    }
    for key in order {
        let (Some(places), Some(group)) = (free.get(&key), wanting.get(&key)) else { continue };
        // Someone with two roles may have been found by the other meanwhile.
        let places: Vec<usize> = places.iter().copied().filter(|place| !seen.contains(place)).collect();
        if group.len() < places.len() {
            continue;
        }
        for (at, place) in group.iter().zip(places) {
            seen.insert(place);
            if let Some(identity) = out.get_mut(*at) {
                (identity.known, identity.decided) = (Some(place), None);
            }
        }
    }
}

/// Some of those known, of whom it cannot be told whom a row is about.
#[derive(Default)]
pub(super) struct Group {
    all: Vec<usize>,
    /// Those without an identifier.
    unidentified: Vec<usize>,
}

impl Group {
    /// Takes in the one at that place, once where it comes twice in a row.
    pub(super) fn add(&mut self, known: &[Known], place: usize) {
        if self.all.last() == Some(&place) {
            return;
        }
        self.all.push(place);
        if known.get(place).is_some_and(|party| party.identifier().is_none()) {
            self.unidentified.push(place);
        }
    }

    /// Those of whom a row may be that has an identifier itself, or none:
    /// whoever has another one is another person.
    pub(super) fn of(&self, identified: bool) -> &[usize] {
        if identified { &self.unidentified } else { &self.all }
    }
}

/// People who are on no row, by the contacts of the rows that are open: who has
/// a contact and half of the name may be called otherwise now.
struct Kin<'a> {
    by_contact: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Kin<'a> {
    fn of(
        rows: &[RosterRow],
        known: &'a [Known],
        (traits, names): (&'a [Traits], &[Likeness]),
        seen: &HashSet<usize>,
        out: &[Identity],
    ) -> Self {
        let open = rows.iter().zip(traits).zip(out).filter(|((row, _), identity)| is_person(row) && identity.is_open());
        let asked: HashSet<&str> = open.flat_map(|((_, told), _)| told.contacts()).collect();
        let mut by_contact: HashMap<&str, Vec<usize>> = HashMap::new();
        let unseen = known.iter().enumerate().take(names.len()).filter(|(place, _)| !seen.contains(place));
        for (place, party) in unseen.filter(|(_, party)| !party.deleted && !party.unrecorded && has_first_name(party)) {
            for contact in party.contacts().filter(|contact| asked.contains(contact)) {
                let places = by_contact.entry(contact).or_default();
                if places.len() < LOOKED_AT && places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self { by_contact }
    }

    fn of_row(&self, row: &RosterRow, told: &Traits) -> impl Iterator<Item = usize> {
        let contacts = told.contacts().filter(|_| is_person(row));
        contacts.filter_map(|contact| self.by_contact.get(contact)).flatten().copied()
    }
}

fn is_person(row: &RosterRow) -> bool {
    row.organization.is_none() && row.name.first.is_some()
}

/// Whether the key of their name has a first one: organizations have none.
fn has_first_name(known: &Known) -> bool {
    known.name_key.split('|').next().is_some_and(|first| !first.is_empty())
}

/// Asks of every row that is open still whether it is about one of those who
/// have its name, or its identifier. Gives back all who may be meant.
pub(super) fn ask(
    rows: &[RosterRow],
    known: &[Known],
    (traits, names): (&[Traits], &[Likeness]),
    index: &Index<'_>,
    seen: &HashSet<usize>,
    out: &mut [Identity],
) -> HashSet<usize> {
    if known.is_empty() || !out.iter().any(Identity::is_open) {
        return HashSet::new();
    }
    let mut groups: HashMap<Form<'_>, Group> = HashMap::new();
    let mut alike: HashMap<[String; 2], Group> = HashMap::new();
    let mut spelled: HashMap<String, Group> = HashMap::new();
    for (place, name) in names.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        for name in name.stored() {
            groups.entry(name).or_default().add(known, place);
        }
        alike.entry(name.plain_ends()).or_default().add(known, place);
        spelled.entry(name.plainest()).or_default().add(known, place);
    }
    let kin = Kin::of(rows, known, (traits, names), seen, out);
    let mut meant = HashSet::new();
    let mut asked: HashSet<(Form<'_>, bool)> = HashSet::new();
    for ((row, told), identity) in rows.iter().zip(traits).zip(out) {
        let (Some(name), Some(_)) = (&told.name, row.role) else { continue };
        if !identity.is_open() || identity.decided == Some(Who::Another) {
            continue;
        }
        let identified = row.external_id.is_some();
        let holder =
            row.external_id.as_deref().and_then(|id| index.ids.holder(id)).filter(|place| !seen.contains(place));
        let moved = identity.moved.filter(|place| !seen.contains(place));
        let namesakes =
            name.sought().into_iter().filter_map(|name| groups.get(&name)).flat_map(|group| group.of(identified));
        let sharers = name.sought().into_iter().flat_map(|name| index.sharers(told, name, identified));
        let mut candidates: Vec<usize> = Vec::new();
        let ends = alike.get(&name.plain_ends()).into_iter().flat_map(|group| group.of(identified)).take(LOOKED_AT);
        let words = spelled.get(&name.plainest()).into_iter().flat_map(|group| group.of(identified)).take(LOOKED_AT);
        let resembling =
            ends.chain(words).copied().filter(|place| names.get(*place).is_some_and(|other| other.resembles(name)));
        let returned = told.contacts().filter_map(|contact| index.former.get(contact).copied());
        let all = holder.into_iter().chain(moved).chain(namesakes.copied()).chain(sharers).chain(resembling);
        let kin = kin.of_row(row, told).filter(|place| names.get(*place).is_some_and(|other| other.is_kin(name)));
        let all = all.chain(returned).chain(kin);
        for place in all {
            let other = ![moved, holder].contains(&Some(place)) && other_id(row, known.get(place));
            if candidates.len() < SHOWN && !candidates.contains(&place) && !other {
                candidates.push(place);
            }
            if candidates.len() == SHOWN {
                break;
            }
        }
        let parties: Vec<&Known> = candidates.iter().filter_map(|place| known.get(*place)).collect();
        let Some(first) = parties.first() else { continue };
        let list = parties.iter().map(|known| known.party.to_string()).collect::<Vec<_>>().join(", ");
        let finding = match first.deleted {
            true => Finding::new(Code::RosterReturned, "row"),
            false => Finding::new(Code::RosterMaybeSame, "row").with("name", first.display_name.as_str()),
        };
        identity.finding = Some(Box::new(finding.with("party", list)));
        identity.maybe = parties.iter().map(|known| known.party).collect();
        // All of the name may be meant, also those who are not shown.
        meant.extend(candidates.iter().copied());
        for name in name.sought() {
            if asked.insert((name, identified)) {
                meant.extend(groups.get(&name).into_iter().flat_map(|group| group.of(identified)).copied());
            }
        }
    }
    meant
}
