//! Who a row is about (C4): someone the agency knows, someone on an earlier
//! line, or someone new. One pass over each list, by hash maps.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::contacts::Contacts;
use super::known::{Identifiers, Known, first_of_each};
use super::namesakes::{self, Group};
use super::repeated::{Noted, Repeated};
use super::row::without_zeros;
use super::who::{Who, WhoDecision, digest};
use super::{RosterRow, each};
use crate::finding::{Code, Finding, has_errors};
use crate::id::PartyId;
use crate::name::{Form, Likeness, PersonName, address};
use crate::username::canonical;
use crate::words::Role;

/// What of a row tells whom it is about.
pub(super) struct Traits {
    /// Nothing for a row without a name: it is about nobody.
    pub(super) name: Option<Likeness>,
    /// How its title addresses them, where that tells two of one name apart.
    address: Option<&'static str>,
    username: Option<String>,
    pub(super) contacts: Contacts,
    /// Whether the row says nothing but a name.
    pub(super) bare: bool,
    /// Whether the row could pass, as far as can be seen here.
    pub(super) sound: bool,
    /// Its identifier and each of its contacts, as they were noted.
    noted: [Option<Noted>; 4],
}

impl Traits {
    pub(super) fn of(row: &RosterRow, country: &str) -> Self {
        let name = row.called();
        let contacts = Contacts::of(row, country);
        Self {
            name: (*name != PersonName::default()).then(|| Likeness::of(&name.key())),
            address: addressed(row),
            username: row.username.as_deref().map(|text| canonical(text, country)),
            bare: [&row.external_id, &row.username, &row.email, &row.phone].into_iter().all(Option::is_none),
            sound: !has_errors(&row.findings) && contacts.is_sound(),
            contacts,
            noted: [None; 4],
        }
    }

    fn own(&self) -> [Option<&str>; 3] {
        [self.username.as_deref(), self.contacts.email(), self.contacts.phone()]
    }

    /// The same, each of them once.
    fn once(&self) -> [Option<&str>; 3] {
        let [username, email, phone] = self.own();
        [username, email.filter(|_| email != username), phone.filter(|_| phone != username && phone != email)]
    }

    /// Each of its contacts once, the username among them.
    pub(super) fn contacts(&self) -> impl Iterator<Item = &str> {
        self.once().into_iter().flatten()
    }

    /// Notes what others may say too.
    pub(super) fn noted_in(mut self, row: &RosterRow, repeated: &Repeated) -> Self {
        let [username, email, phone] = self.once();
        let texts = [row.external_id.as_deref(), username, email, phone];
        self.noted = texts.map(|text| text.map(|text| repeated.note(text)));
        self
    }

    /// Whether one of its contacts is theirs.
    fn has_contact_of(&self, party: &Known) -> bool {
        self.contacts().any(|contact| party.contacts().any(|own| own == contact))
    }

    /// Whether it gives another e-mail or phone than all of theirs.
    fn contradicts(&self, party: &Known) -> bool {
        let other = |own: Option<&str>, like: fn(&str) -> bool| {
            let mut theirs = party.contacts().filter(|contact| like(contact)).peekable();
            own.is_some_and(|own| theirs.peek().is_some() && theirs.all(|contact| contact != own))
        };
        other(self.contacts.email(), |contact| contact.contains('@'))
            || other(self.contacts.phone(), |contact| contact.starts_with('+'))
    }

    /// All that it says of who it is about: what two rows have alike that say
    /// the same.
    fn all<'a>(&'a self, row: &'a RosterRow) -> [Option<&'a str>; 7] {
        let name = self.name.as_ref().map(Likeness::as_str);
        let [username, email, phone] = self.own();
        [row.role.map(|role| role.as_str()), row.external_id.as_deref(), name, username, email, phone, self.address]
    }

    /// Under which titles those are that it may be one with.
    fn addresses(&self) -> &[Option<&'static str>] {
        match self.address {
            Some("sir") => &[Some("sir"), None],
            Some(_) => &[Some("madam"), None],
            None => &[None, Some("sir"), Some("madam")],
        }
    }

    /// What a decision on it is kept under.
    fn said(&self, row: &RosterRow, occurrence: u64) -> String {
        let [said @ .., address] = self.all(row);
        digest(said.into_iter().chain(address.map(Some)), occurrence)
    }
}

/// How the title before a name addresses somebody: it was set aside.
fn addressed(row: &RosterRow) -> Option<&'static str> {
    let titles = row.findings.iter().filter(|finding| finding.code == Code::NameSetAside);
    titles.filter_map(|finding| finding.params.get("text")).find_map(|title| address(&title.to_string()))
}

/// Which of the texts of a row others may have too.
struct Shared {
    id: bool,
    /// Of its contacts, each once.
    contacts: [bool; 3],
    /// Whether there is one that no other has.
    alone: bool,
}

impl Shared {
    fn of(told: &Traits, repeated: &Repeated) -> Self {
        let shared = told.noted.map(|text| text.is_some_and(|text| repeated.may_have(text)));
        let alone = told.noted.iter().zip(shared).any(|(text, shared)| text.is_some() && !shared);
        let [id, contacts @ ..] = shared;
        Self { id, contacts, alone }
    }
}

/// Whom a row is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Identity {
    /// Where in the list of those known.
    pub(super) known: Option<usize>,
    /// The earlier row about the same person, in another role.
    pub(super) same_as: Option<usize>,
    /// Why it cannot be told, or is one row too many.
    pub(super) finding: Option<Box<Finding>>,
    /// Whom it may be about: the first few.
    pub(super) maybe: Vec<PartyId>,
    /// Of the rows that say the same as it, which it is, counted from 1; 0 where
    /// something certain tells whom it is about.
    occurrence: u64,
    /// What a decision on it is kept under, where there is one, or one to take.
    pub(super) said: Option<String>,
    /// What was decided on it.
    pub(super) decided: Option<Who>,
    /// Who has its name and a contact, and another identifier.
    pub(super) moved: Option<usize>,
    /// Whether someone else has its identifier.
    pub(super) taken_id: bool,
}

impl Identity {
    /// Whether nothing has told yet whom the row is about.
    pub(super) fn is_open(&self) -> bool {
        self.known.is_none() && self.same_as.is_none() && self.finding.is_none()
    }
}

/// Whom each row is about, and who has left.
pub(super) struct Identities {
    pub(super) rows: Vec<Identity>,
    pub(super) gone: Vec<PartyId>,
}

/// By what someone is known again: the identifier, or a contact and the name.
type Key<'a> = (&'a str, Option<Form<'a>>);

/// All that is known under a key: one, or too many to tell.
enum Fit {
    One(usize),
    Several(Group),
}

/// Tells for each row whom it is about, and who is on none, or only on lines
/// that say that they have left.
///
/// By what is certain: the identifier, but for zeros that a spreadsheet took
/// from its front, together with the name, or with a contact where the name is
/// nobody else's, else the name together with a contact (username, e-mail,
/// phone). Then by what was decided. Rows that say nothing but the name are paired in order
/// with those who are known by nothing but the name, where they are no fewer,
/// so that the same roster again makes nothing twice. Whatever else has the
/// name of someone known, or the identifier alone, waits:
/// `roster.maybe_same`. So does a row whose name and contact several have,
/// whether or not other rows are about them, one whose name and contact are
/// someone's with another identifier, one whose name is someone's but for a
/// middle part, and one that has a contact and half of the name of someone who
/// is on no row. One that nobody known can be meant by, and whose contact was
/// that of someone deleted, waits too: `roster.returned` (U4).
///
/// It is `roster.ambiguous` where the name with one contact is someone's, and
/// with another contact, or the identifier, someone else's, be they known or on
/// earlier lines.
///
/// Two rows about one person in one role: `roster.repeated_row` on the later.
/// In two roles, the later adds its role to the person of the earlier. Rows
/// of one name that share neither identifier nor contact are two people, and so
/// are those of which one alone has a suffix, and those whose titles are of a man
/// and of a woman: where both are one's who is known, both wait.
pub(super) fn identify(
    rows: &[RosterRow],
    traits: &[Traits],
    repeated: &Repeated,
    known: &[Known],
    decisions: &[WhoDecision],
) -> Identities {
    let names: Vec<Likeness> = each::map(known, |known| Likeness::of(&known.name_key));
    let first_places = first_of_each(known);
    let same = |place: usize| first_places.get(place).copied().unwrap_or(place);
    // Those who were merged into someone, by the place of that one (A6).
    let mut merged: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, first) in first_places.iter().enumerate().filter(|(place, first)| place != *first) {
        merged.entry(*first).or_default().push(place);
    }
    let all_of = |place: usize| [place].into_iter().chain(merged.get(&place).into_iter().flatten().copied());
    let index = Index::of(known, &names, &first_places);
    // Whether the one at that place has another identifier than the row.
    let other = |row: &RosterRow, place: usize| {
        let held = row.external_id.as_deref().and_then(|id| index.ids.holder(id)) == Some(place);
        other_id(row, known.get(place)) && !(held && merged.contains_key(&place))
    };
    let nearly = nearly(rows, traits, known, &index, &other);
    let contested = contested(traits, &index);
    let decided: HashMap<&str, Who> = decisions.iter().map(|kept| (kept.said.as_str(), kept.who)).collect();
    let mut out = vec![Identity::default(); rows.len()];
    // The first row about each person, by what is certain about it; and the
    // lines that give that person further roles.
    let mut first_by_key: HashMap<(Key<'_>, Option<&str>), usize> = HashMap::new();
    // How each person of several rows is addressed, by the first of them.
    let mut address_by_first: HashMap<usize, &str> = HashMap::new();
    let mut first_by_known: HashMap<usize, usize> = HashMap::new();
    let mut line_by_role: HashMap<(usize, Role), u64> = HashMap::new();
    let mut occurrences: HashMap<[Option<&str>; 7], u64> = HashMap::new();
    // What one row alone says is looked for in no other.
    let shared = each::map(traits, |told| Shared::of(told, repeated));
    // Whoever may be meant is not gone.
    let mut torn: HashSet<usize> = HashSet::new();

    for (at, ((row, told), shared)) in rows.iter().zip(traits).zip(shared).enumerate() {
        let (Some(name), Some(role)) = (&told.name, row.role) else { continue };
        let Some(identity) = out.get_mut(at) else { continue };
        let holder = row.external_id.as_deref().and_then(|id| index.ids.holder(id));
        let confirmed = holder.filter(|place| {
            let agrees = |place: usize| known.get(place).is_some_and(|party| told.has_contact_of(party));
            all_of(*place).any(|place| names.get(place).is_some_and(|known| known.agrees(name)))
                // A column of names that was sorted alone brings everyone's own identifier and contact.
                || all_of(*place).any(agrees) && !index.is_of_other(&names, name, same(*place))
        });
        let exact = index.fits(told, name.exact()).chain(nearly.get(&at).copied());
        let fits: Vec<usize> = exact.filter(|place| !other(row, *place) && !contested.contains(place)).collect();
        let agreeing = name.sought().into_iter().flat_map(|name| index.fits(told, name));
        let moved: Vec<usize> = agreeing.filter(|place| other(row, *place)).collect();
        // Name and contact are someone's who has another identifier: it may
        // have been given anew, or they are two of one household.
        identity.moved = moved.first().copied().filter(|place| moved.iter().all(|other| other == place));
        // The username may be one's, the e-mail another's: nobody is to get
        // what is the other's. An identifier that agrees is beyond doubt.
        let surest = holder.or(fits.first().copied());
        if confirmed.is_none() && fits.iter().any(|place| Some(*place) != surest) {
            torn.extend(fits.into_iter().chain(holder));
            identity.finding = Some(Box::new(Finding::new(Code::RosterAmbiguous, "row")));
            continue;
        }
        let mut certain = confirmed.or(fits.first().copied());
        if certain.is_none() {
            identity.occurrence = 1;
            if !shared.alone {
                let occurrence = occurrences.entry(told.all(row)).or_insert(0);
                *occurrence += 1;
                identity.occurrence = *occurrence;
            }
            if !decided.is_empty() {
                let said = told.said(row, identity.occurrence);
                identity.decided = decided.get(said.as_str()).copied();
                identity.said = Some(said);
            }
            if let Some(Who::Same(party)) = identity.decided {
                let place = index.by_party.get(&party).copied();
                certain = place.filter(|place| !other(row, *place) || identity.moved == Some(*place));
                if certain.is_none() {
                    identity.decided = None;
                }
            }
        }
        identity.known = certain;
        // Who has left in one role may be there in another: that line is of its own.
        if row.findings.iter().any(|finding| finding.code == Code::RosterLeft) {
            continue;
        }

        let may_be = |first: usize| {
            let place = out.get(first).and_then(|identity| identity.known);
            let id = |row: &'_ RosterRow| row.external_id.as_deref().map(without_zeros).map(str::to_owned);
            let address = address_by_first.get(&first).copied();
            let (first, own) = (rows.get(first).and_then(id), id(row));
            !differ(place.as_ref(), certain.as_ref())
                && !differ(first.as_ref(), own.as_ref())
                && (own.is_some() && first == own || !differ(address, told.address))
        };
        let id = row.external_id.as_deref().filter(|_| shared.id).map(|id| (id, None));
        let shared = || told.own().into_iter().zip(shared.contacts).filter_map(|(own, shared)| own.filter(|_| shared));
        let contacts = |name| shared().map(move |contact| (contact, Some(name)));
        let by_contacts =
            contacts(name.exact()).flat_map(|key| told.addresses().iter().map(move |address| (key, *address)));
        let by_keys = id.map(|key| (key, None)).into_iter().chain(by_contacts);
        let mut by_keys = by_keys.filter_map(|key| first_by_key.get(&key).copied()).filter(|first| may_be(*first));
        let by_id = id.and_then(|key| first_by_key.get(&(key, None)).copied());
        let by_key = by_keys.next();
        let torn_in_file = by_id.is_none() && by_keys.any(|other| Some(other) != by_key);
        let first = certain.and_then(|place| first_by_known.get(&place).copied()).or(by_key);
        let Some(identity) = out.get_mut(at) else { continue };
        if certain.is_none() && torn_in_file {
            identity.finding = Some(Box::new(Finding::new(Code::RosterAmbiguous, "row")));
            continue;
        }
        let root = first.unwrap_or(at);
        if first.is_some() {
            let own = rows.get(root).filter(|first| first.role == Some(role)).map(|first| first.line);
            match own.or_else(|| line_by_role.get(&(root, role)).copied()) {
                Some(line) => {
                    identity.finding = Some(Box::new(Finding::new(Code::RosterRepeatedRow, "row").with("line", line)));
                }
                None => {
                    identity.same_as = first;
                    line_by_role.insert((root, role), row.line);
                }
            }
        }
        // An identifier that came with two names tells no more than that.
        let root_name = traits.get(root).and_then(|first| first.name.as_ref());
        if root_name.is_some_and(|first| first.agrees(name)) {
            if let Some(place) = certain {
                first_by_known.entry(place).or_insert(root);
                if let Some(identity) = out.get_mut(root) {
                    identity.known.get_or_insert(place);
                }
            }
            // A row that is one too many is not taken in, nor what it says.
            let repeated = out.get(at).is_some_and(|identity| identity.finding.is_some());
            let own = contacts(name.exact()).map(|key| (key, told.address));
            for key in id.map(|key| (key, None)).into_iter().chain(own).filter(|_| !repeated) {
                first_by_key.entry(key).or_insert(root);
            }
            if let Some(address) = told.address {
                address_by_first.entry(root).or_insert(address);
            }
        }
    }

    let mut seen: HashSet<usize> = out.iter().filter_map(|identity| identity.known).collect();
    // Rows that fail anyway come last, so that they take nobody's place.
    for sound in [true, false] {
        namesakes::pair(rows, known, (traits, &names), sound, &mut out, &mut seen);
    }
    // Whoever is one by now is meant by what either was known by.
    let mut lines: HashMap<(usize, Role), u64> = HashMap::new();
    for (row, identity) in rows.iter().zip(&mut out) {
        let Some(place) = identity.known.map(same) else { continue };
        identity.known = Some(place);
        if merged.contains_key(&place)
            && let (Some(role), None, None) = (row.role, &identity.finding, identity.same_as)
        {
            match lines.get(&(place, role)) {
                Some(line) => {
                    identity.finding = Some(Box::new(Finding::new(Code::RosterRepeatedRow, "row").with("line", *line)));
                }
                None => drop(lines.insert((place, role), row.line)),
            }
        }
    }
    let by_then: Vec<usize> = seen.iter().copied().map(same).collect();
    seen.extend(by_then);
    torn.extend(namesakes::ask(rows, known, (traits, &names), &index, &seen, &mut out));
    seen.extend(torn);
    // A later row is about whomever the first one turned out to be about.
    for at in 0..out.len() {
        let first = out.get(at).and_then(|identity| identity.same_as);
        if let Some(place) = first.and_then(|first| out.get(first)).map(|first| first.known)
            && let Some(identity) = out.get_mut(at)
        {
            identity.known = place;
        }
    }
    for ((row, told), identity) in rows.iter().zip(traits).zip(&mut out) {
        if identity.said.is_none() && !identity.maybe.is_empty() && identity.occurrence > 0 {
            identity.said = Some(told.said(row, identity.occurrence));
        }
    }
    for (row, identity) in rows.iter().zip(&mut out).filter(|(_, it)| it.finding.is_none() && it.same_as.is_none()) {
        let holder = row.external_id.as_deref().and_then(|id| index.ids.exactly(id));
        // Who was decided to be someone else keeps the identifier they had.
        let decided = identity.known.is_some() && identity.known == identity.moved;
        identity.taken_id = holder.is_some() && holder != identity.known;
        if holder.is_some() && holder != identity.known && !decided {
            identity.finding = Some(Box::new(Finding::new(Code::PartyExists, "external_id")));
        }
    }

    let spoken: BTreeSet<Role> = rows.iter().filter_map(|row| row.role).collect();
    let mut there = HashSet::new();
    let mut departed = HashSet::new();
    for (row, identity) in rows.iter().zip(&out) {
        let left = row.findings.iter().any(|finding| finding.code == Code::RosterLeft);
        let places = if left { &mut departed } else { &mut there };
        places.extend(identity.known);
    }
    // Whom the file says to have left, on each of their lines, has.
    departed.retain(|place| !there.contains(place));
    let left = known.iter().enumerate().filter(|(place, _)| same(*place) == *place).filter(|(place, party)| {
        (!seen.contains(place) || departed.contains(place)) && !party.roles.is_disjoint(&spoken)
    });
    Identities { gone: left.map(|(_, party)| party.party).collect(), rows: out }
}

/// The rows that have one's name and a contact, but for a suffix that only one
/// of both has: they are about that one where no other row is, and none of the
/// contacts is another. A father and a son share a phone, and seldom the rest.
fn nearly(
    rows: &[RosterRow],
    traits: &[Traits],
    known: &[Known],
    index: &Index<'_>,
    other: &impl Fn(&RosterRow, usize) -> bool,
) -> HashMap<usize, usize> {
    let mut nearly: HashMap<usize, usize> = HashMap::new();
    // By the place of somebody known: the name of the rows, where it is one.
    let mut suitors: HashMap<usize, Option<&Likeness>> = HashMap::new();
    for (at, (row, told)) in rows.iter().zip(traits).enumerate() {
        let Some(name) = &told.name else { continue };
        let [exact, near] = name.sought();
        let Some(place) = index.fits(told, near).find(|place| !other(row, *place)) else { continue };
        let contradicted = known.get(place).is_some_and(|party| told.contradicts(party));
        if contradicted || index.fits(told, exact).next().is_some() {
            continue;
        }
        nearly.insert(at, place);
        let suitor = suitors.entry(place).or_insert(Some(name));
        *suitor = suitor.filter(|first| *first == name);
    }
    if suitors.is_empty() {
        return nearly;
    }
    for (row, told) in rows.iter().zip(traits) {
        let Some(name) = &told.name else { continue };
        let holder = row.external_id.as_deref().and_then(|id| index.ids.holder(id));
        for place in index.fits(told, name.exact()).chain(holder) {
            let near = suitors.get(&place).is_some_and(|suitor| *suitor == Some(name));
            if !near && let Some(suitor) = suitors.get_mut(&place) {
                *suitor = None;
            }
        }
    }
    nearly.retain(|_, place| suitors.get(place).is_some_and(Option::is_some));
    nearly
}

/// Those known whose name and contact a man has and a woman too, on rows of one
/// file, as their titles say: who of them it is, nothing tells.
fn contested(traits: &[Traits], index: &Index<'_>) -> HashSet<usize> {
    let mut addressed: HashMap<usize, &str> = HashMap::new();
    let mut contested = HashSet::new();
    for told in traits {
        let (Some(name), Some(address)) = (&told.name, told.address) else { continue };
        for place in index.fits(told, name.exact()) {
            if *addressed.entry(place).or_insert(address) != address {
                contested.insert(place);
            }
        }
    }
    contested
}

/// Those known, by what is certain about them.
pub(super) struct Index<'a> {
    by_party: HashMap<PartyId, usize>,
    pub(super) ids: Identifiers<'a>,
    by_contact: HashMap<Key<'a>, Fit>,
    /// Whose a name is, where it is one's: for the few rows that ask.
    called: OnceCell<HashMap<Form<'a>, Option<usize>>>,
    first: &'a [usize],
    /// Those who were deleted, by what was theirs (U4).
    pub(super) former: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    fn of(known: &'a [Known], names: &'a [Likeness], first: &'a [usize]) -> Self {
        let mut by_party = HashMap::new();
        let mut by_contact: HashMap<Key<'_>, Fit> = HashMap::new();
        let mut former = HashMap::new();
        for ((party, name), place) in known.iter().zip(names).zip(first.iter().copied()) {
            by_party.insert(party.party, place);
            if party.deleted {
                former.extend(party.contacts().map(|contact| (contact, place)));
                continue;
            }
            for contact in party.contacts() {
                for name in name.stored() {
                    by_contact
                        .entry((contact, Some(name)))
                        .and_modify(|fit| fit.add(known, place))
                        .or_insert(Fit::One(place));
                }
            }
        }
        Self { by_party, ids: Identifiers::of(known, first), by_contact, called: OnceCell::new(), first, former }
    }

    /// Each who alone has this name and one of the row's contacts.
    fn fits<'s>(&'s self, told: &'s Traits, name: Form<'s>) -> impl Iterator<Item = usize> + use<'s, 'a> {
        told.contacts().filter_map(move |contact| match self.by_contact.get(&(contact, Some(name))) {
            Some(Fit::One(place)) => Some(*place),
            _ => None,
        })
    }

    /// Whether somebody else than the one at that place has that very name.
    fn is_of_other(&self, names: &'a [Likeness], name: &Likeness, place: usize) -> bool {
        let called = self.called.get_or_init(|| {
            let mut called = HashMap::with_capacity(names.len());
            for (name, place) in names.iter().zip(self.first) {
                let one = called.entry(name.exact()).or_insert(Some(*place));
                *one = one.filter(|one| one == place);
            }
            called
        });
        called.get(&name.exact()).is_some_and(|one| *one != Some(place))
    }

    /// Those who have this name and one of the row's contacts, where they are
    /// several. No more are gone through than are taken.
    pub(super) fn sharers<'s>(
        &'s self,
        told: &'s Traits,
        name: Form<'s>,
        identified: bool,
    ) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let fits = told.contacts().filter_map(move |contact| self.by_contact.get(&(contact, Some(name))));
        fits.filter_map(move |fit| match fit {
            Fit::One(_) => None,
            Fit::Several(group) => Some(group.of(identified)),
        })
        .flatten()
        .copied()
    }
}

impl Fit {
    fn add(&mut self, known: &[Known], place: usize) {
        match self {
            Self::One(first) if *first == place => {}
            Self::One(first) => {
                let mut group = Group::default();
                for place in [*first, place] {
                    group.add(known, place);
                }
                *self = Self::Several(group);
            }
            Self::Several(group) => group.add(known, place),
        }
    }
}

/// Whether both have an identifier, and not the same.
pub(super) fn other_id(row: &RosterRow, known: Option<&Known>) -> bool {
    let own = row.external_id.as_deref().map(without_zeros);
    differ(own, known.and_then(Known::identifier).map(without_zeros))
}

/// Whether both are given, and not the same.
fn differ<T: PartialEq + ?Sized>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
