//! Who the ends of a tie are (C4): parties that the agency knows. Nobody is
//! made by a roster of ties. One pass over those known, by hash maps.

use std::collections::HashMap;

use super::TieRosterRow;
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::name::{Form, Likeness, PersonName};
use crate::roster::known::{Identifiers, Known, first_of_each, is_contact};
use crate::roster::who::{Who, WhoDecision, digest};
use crate::username::{canonical, check_email, check_phone};

/// Of how many parties a row says that an end may be one of them.
const SHOWN: usize = 10;
/// Of how many that have one contact or one name it is looked who fits.
const LOOKED_AT: usize = 100;

/// Who an end is.
#[derive(Debug, Clone, Default)]
pub(super) struct End {
    /// The one it is, where that is certain.
    pub(super) party: Option<PartyId>,
    /// Whom it may be.
    pub(super) maybe: Vec<PartyId>,
    /// Why it is not certain, and what is wrong with what names it.
    pub(super) findings: Vec<Finding>,
    /// What a decision on it is kept under, where it is not certain by itself.
    pub(super) said: Option<String>,
}

/// What a row says of one of its ends.
struct Named<'r> {
    field: &'static str,
    text: Option<&'r str>,
    name: Option<&'r str>,
    email: (&'static str, Option<&'r str>),
    phone: (&'static str, Option<&'r str>),
}

/// Those known, by what they are named by.
struct Index<'a> {
    by_party: HashMap<PartyId, usize>,
    ids: Identifiers<'a>,
    by_contact: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<Form<'a>, Vec<usize>>,
    by_both: HashMap<(&'a str, Form<'a>), Vec<usize>>,
    by_ends: HashMap<Form<'a>, Vec<usize>>,
    /// Those who were merged into someone, by the place of that one (A6).
    merged: HashMap<usize, Vec<usize>>,
}

/// Who the ends of each row are: `who`, then `of`.
pub(super) fn identify(
    rows: &[TieRosterRow],
    known: &[Known],
    decisions: &[WhoDecision],
    country: &str,
) -> Vec<[End; 2]> {
    let names: Vec<Likeness> = known.iter().map(|party| Likeness::of(&party.name_key)).collect();
    let index = Index::of(known, &names);
    let decided: HashMap<&str, PartyId> = decisions
        .iter()
        .filter_map(|kept| match kept.who {
            Who::Same(party) => Some((kept.said.as_str(), party)),
            Who::Another => None,
        })
        .collect();
    let end = |named: &Named<'_>| {
        let mut end = index.find(named, (known, &names), country);
        let kept = end.said.as_deref().and_then(|said| decided.get(said));
        if let Some(party) = kept.filter(|party| index.by_party.contains_key(party)) {
            end.decide(*party);
        }
        end
    };
    rows.iter().map(|row| named(row).each_ref().map(end)).collect()
}

/// What a row says of its ends.
fn named(row: &TieRosterRow) -> [Named<'_>; 2] {
    let who = Named {
        field: "who",
        text: row.who.as_deref(),
        name: row.who_name.as_deref(),
        email: ("who_email", row.who_email.as_deref()),
        phone: ("who_phone", row.who_phone.as_deref()),
    };
    let of = Named {
        field: "of",
        text: row.of.as_deref(),
        name: row.of_name.as_deref(),
        email: ("of_email", row.of_email.as_deref()),
        phone: ("of_phone", row.of_phone.as_deref()),
    };
    [who, of]
}

impl End {
    /// It is that party, as someone decided.
    pub(super) fn decide(&mut self, party: PartyId) {
        self.party = Some(party);
        self.maybe.clear();
        let open = [Code::RosterMaybeSame, Code::RosterAmbiguous, Code::PartyNotFound];
        self.findings.retain(|finding| !open.contains(&finding.code));
    }
}

/// Both ways to write what may be a person's name or an organization's.
fn likenesses(text: &str) -> Vec<Likeness> {
    let person = PersonName::parse(text).value;
    let organization = PersonName { last: Some(text.trim().to_owned()), ..PersonName::default() };
    let mut both: Vec<Likeness> =
        person.into_iter().chain([organization]).map(|name| Likeness::of(&name.key())).collect();
    both.dedup();
    both
}

/// What is certain of an end, or not.
enum Fit {
    Certain(usize),
    /// It may be one of these: the name alone says so, or what names it
    /// contradicts itself.
    Maybe(Vec<usize>),
    Nobody,
}

impl<'a> Index<'a> {
    fn of(known: &'a [Known], names: &'a [Likeness]) -> Self {
        let first = first_of_each(known);
        let mut index = Self {
            by_party: HashMap::new(),
            ids: Identifiers::of(known, &first),
            by_contact: HashMap::new(),
            by_name: HashMap::new(),
            by_both: HashMap::new(),
            by_ends: HashMap::new(),
            merged: HashMap::new(),
        };
        for (place, first) in first.iter().enumerate().filter(|(place, first)| place != *first) {
            index.merged.entry(*first).or_default().push(place);
        }
        // Who was merged into another is that one, by what they were known by (A6).
        for ((party, name), place) in known.iter().zip(names).zip(first) {
            index.by_party.insert(party.party, place);
            for contact in party.contacts().filter(|contact| is_contact(contact)) {
                put(index.by_contact.entry(contact).or_default(), place);
                name.stored().for_each(|name| put(index.by_both.entry((contact, name)).or_default(), place));
            }
            name.stored().for_each(|name| put(index.by_name.entry(name).or_default(), place));
            put(index.by_ends.entry(name.ends()).or_default(), place);
        }
        index
    }

    fn find(&self, named: &Named<'_>, known: (&[Known], &[Likeness]), country: &str) -> End {
        let mut end = End::default();
        let mut contacts = Vec::new();
        let mut wrong = |field: &str, findings: Vec<Finding>| {
            let errors = findings.into_iter().filter(Finding::is_error);
            end.findings.extend(errors.map(|finding| Finding { field: field.to_owned(), ..finding }));
        };
        if let (field, Some(text)) = named.email {
            let email = check_email(text);
            wrong(field, email.findings);
            contacts.extend(email.value.map(|email| email.canonical));
        }
        if let (field, Some(text)) = named.phone {
            let phone = check_phone(text, country);
            wrong(field, phone.findings);
            contacts.extend(phone.value.map(|phone| phone.e164));
        }
        let said: Vec<Option<&str>> = [Some("tie"), named.text, named.name]
            .into_iter()
            .chain([contacts.first(), contacts.get(1)].map(|contact| contact.map(String::as_str)))
            .collect();
        let digest = digest(said, 1);
        let (certain, maybe) = match self.fit(named, &mut contacts, known, country) {
            None => return end,
            Some(Fit::Certain(place)) => (Some(place), Vec::new()),
            Some(Fit::Maybe(places)) => (None, places),
            Some(Fit::Nobody) => (None, Vec::new()),
        };
        let of = |place: &usize| known.0.get(*place);
        end.party = certain.as_ref().and_then(of).map(|party| party.party);
        if end.party.is_some() {
            return end;
        }
        end.maybe = maybe.iter().filter_map(of).map(|party| party.party).take(SHOWN).collect();
        end.said = Some(digest);
        end.findings.push(match (maybe.first().and_then(of), maybe.len()) {
            (None, _) => Finding::new(Code::PartyNotFound, named.field),
            (Some(only), 1) => Finding::new(Code::RosterMaybeSame, named.field)
                .with("name", only.display_name.as_str())
                .with("party", only.party.to_string()),
            (Some(_), _) => Finding::new(Code::RosterAmbiguous, named.field),
        });
        end
    }

    /// Whom the texts fit; nothing where there is none.
    fn fit(
        &self,
        named: &Named<'_>,
        contacts: &mut Vec<String>,
        (known, names): (&[Known], &[Likeness]),
        country: &str,
    ) -> Option<Fit> {
        let told = named.name.is_some() || !contacts.is_empty();
        if let Some(id) = named.text.and_then(|text| uuid::Uuid::try_parse(text).ok()) {
            return Some(self.by_party.get(&PartyId(id)).map_or(Fit::Nobody, |place| Fit::Certain(*place)));
        }
        let contact = named.text.map(|text| canonical(text, country)).filter(|text| is_contact(text));
        let holder = named.text.and_then(|text| self.ids.holder(text));
        let agrees = |place: usize| {
            let name = named.name.map(likenesses).unwrap_or_default();
            let mut all = [place].into_iter().chain(self.merged.get(&place).into_iter().flatten().copied());
            all.any(|place| {
                let by_name = names.get(place).is_some_and(|own| name.iter().any(|name| own.agrees(name)));
                let mut contacts_of = known.get(place).into_iter().flat_map(Known::contacts);
                by_name || contacts_of.any(|own| contacts.iter().any(|contact| contact == own))
            })
        };
        if let Some(holder) = holder {
            // Digits may be one's identifier and the phone of another.
            let others = contact.iter().flat_map(|contact| self.with_contact(contact)).filter(|other| *other != holder);
            let others: Vec<usize> = others.take(SHOWN).collect();
            return Some(match others.is_empty() {
                false => Fit::Maybe([holder].into_iter().chain(others).collect()),
                true if !told || agrees(holder) => Fit::Certain(holder),
                true => Fit::Maybe(vec![holder]),
            });
        }
        // What is no contact and stands beside a name is an identifier that
        // nobody has.
        let strange = contact.is_none() && named.text.is_some() && named.name.is_some();
        let name = named.name.or(named.text.filter(|_| contact.is_none()));
        contacts.extend(contact);
        if name.is_none() && contacts.is_empty() {
            return None;
        }
        let names_said: Vec<Likeness> = name.map(likenesses).unwrap_or_default();
        let sought = || names_said.iter().flat_map(Likeness::sought);
        let mut agreeing = Vec::new();
        for contact in contacts.iter() {
            if name.is_none() {
                self.with_contact(contact).take(SHOWN).for_each(|place| put(&mut agreeing, place));
            }
            for name in sought() {
                let both = self.by_both.get(&(contact.as_str(), name)).into_iter().flatten();
                both.take(SHOWN).for_each(|place| put(&mut agreeing, *place));
            }
        }
        let identified = |place: &usize| known.get(*place).is_some_and(|party| party.identifier().is_some());
        if let [only] = agreeing.as_slice()
            && !(strange && identified(only))
        {
            return Some(Fit::Certain(*only));
        }
        if agreeing.is_empty() {
            let by_name = sought().filter_map(|name| self.by_name.get(&name)).flatten().copied().take(SHOWN);
            let alike = names_said.iter().flat_map(|name| {
                let ends = self.by_ends.get(&name.ends()).into_iter().flatten().take(LOOKED_AT);
                ends.copied().filter(|place| names.get(*place).is_some_and(|own| own.resembles(name)))
            });
            let by_contact = contacts.iter().flat_map(|contact| self.with_contact(contact).take(SHOWN));
            by_name.chain(alike).chain(by_contact).take(LOOKED_AT).for_each(|place| put(&mut agreeing, place));
        }
        Some(if agreeing.is_empty() { Fit::Nobody } else { Fit::Maybe(agreeing) })
    }

    fn with_contact(&self, contact: &str) -> impl Iterator<Item = usize> + use<'_, 'a> {
        self.by_contact.get(contact).into_iter().flatten().copied()
    }
}

/// Takes in a place once.
fn put(places: &mut Vec<usize>, place: usize) {
    if places.last() != Some(&place) && (places.len() > LOOKED_AT || !places.contains(&place)) {
        places.push(place);
    }
}
