//! Who a row is about: someone the agency knows, someone on an earlier line,
//! or someone new. One pass over each list, by hash maps.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::RosterRow;
use crate::finding::{Code, Finding, Locale, has_errors};
use crate::id::{AccountId, PartyId};
use crate::username::{canonical, check_email, check_phone};
use crate::words::{Method, Role};

/// What the agency knows of a party: enough to know it again and to see what
/// a roster would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The party.
    pub party: PartyId,
    /// Its login, where it has one.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Whether an invitation was sent to it, from which its login comes (E1).
    #[serde(default)]
    pub invited: bool,
    /// How the host knows it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Its name as [`PersonName::key`](crate::name::PersonName::key) gives it.
    pub name_key: String,
    /// Its name as it is shown.
    pub display_name: String,
    /// What it is called.
    #[serde(default)]
    pub nickname: Option<String>,
    /// What it is to the agency.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    /// The username of its login, in canonical form.
    #[serde(default)]
    pub username_canonical: Option<String>,
    /// In canonical form.
    #[serde(default)]
    pub email_canonical: Option<String>,
    /// In E.164.
    #[serde(default)]
    pub phone_e164: Option<String>,
    /// How it wants to be written to.
    #[serde(default)]
    pub preferred: Option<Method>,
    /// The language of its messages.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// The note of its login.
    #[serde(default)]
    pub note: Option<String>,
}

impl Known {
    /// Whether nothing but the name tells who it is.
    fn is_bare(&self) -> bool {
        [&self.external_id, &self.email_canonical, &self.phone_e164].into_iter().all(Option::is_none)
    }
}

/// What of a row tells whom it is about.
struct Traits {
    /// Nothing for a row without a name: it is about nobody.
    name: Option<String>,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

impl Traits {
    fn of(row: &RosterRow, country: &str) -> Self {
        let name = row.party_name();
        Self {
            name: (name != crate::name::PersonName::default()).then(|| name.key()),
            username: row.username.as_deref().map(|text| canonical(text, country)),
            email: row.email.as_deref().and_then(|text| check_email(text).value).map(|email| email.canonical),
            phone: row.phone.as_deref().and_then(|text| check_phone(text, country).value).map(|phone| phone.e164),
        }
    }

    /// Whether the row could pass, as far as can be seen here.
    fn is_sound(&self, row: &RosterRow) -> bool {
        let read = |text: &Option<String>, value: &Option<String>| text.is_none() || value.is_some();
        !has_errors(&row.findings) && read(&row.email, &self.email) && read(&row.phone, &self.phone)
    }
}

/// Whether a row says nothing but a name.
fn is_bare(row: &RosterRow) -> bool {
    [&row.external_id, &row.username, &row.email, &row.phone].into_iter().all(Option::is_none)
}

/// Whom a row is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Identity {
    /// Where in the list of those known.
    pub(super) known: Option<usize>,
    /// The earlier row about the same person, in another role.
    pub(super) same_as: Option<usize>,
    /// Why it cannot be told, or is one row too many.
    pub(super) finding: Option<Finding>,
}

/// Whom each row is about, and who is on none.
pub(super) struct Identities {
    pub(super) rows: Vec<Identity>,
    pub(super) gone: Vec<PartyId>,
}

/// The trait by which people are told apart who have the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    Id,
    Username,
    Email,
    Phone,
}

type Key<'a> = (By, &'a str, &'a str);

/// All that is known under a key: one, or too many to tell.
#[derive(Clone, Copy)]
enum Fit {
    One(usize),
    Several,
}

/// Tells for each row whom it is about.
///
/// First by what is certain: the identifier, else the name together with the
/// username, the e-mail or the phone. Then, among those left, by the name
/// alone within the role, and only where that leaves no choice:
///
/// - rows that say nothing but the name, and no fewer of them than there are
///   known by nothing but the name: in order, so that the same roster again
///   makes nothing twice;
/// - one row and one known are left, and do not contradict each other: it is
///   they;
/// - only rows that say nothing but the name are left, and no fewer than are
///   known: in order;
/// - otherwise `roster.ambiguous`.
///
/// It is ambiguous too where the name with one trait is someone's, and with
/// another trait someone else's.
///
/// Two rows about one person in one role: `roster.repeated_row` on the later.
/// In two roles, the later adds its role to the person of the earlier.
pub(super) fn identify(rows: &[RosterRow], known: &[Known], country: &str) -> Identities {
    let traits: Vec<Traits> = rows.iter().map(|row| Traits::of(row, country)).collect();
    let index = index(known);
    let mut out = vec![Identity::default(); rows.len()];
    // The first row about each person, by what is certain about it.
    let mut first_by_key: HashMap<Key<'_>, usize> = HashMap::new();
    let mut first_by_known: HashMap<usize, usize> = HashMap::new();
    let mut line_by_role: HashMap<(usize, Role), u64> = HashMap::new();
    // Whoever may be meant is not gone.
    let mut torn: HashSet<usize> = HashSet::new();

    for (at, (row, told)) in rows.iter().zip(&traits).enumerate() {
        let (Some(name), Some(role)) = (told.name.as_deref(), row.role) else { continue };
        let keys = keys(row, told, name);
        let mut fits = keys.iter().filter_map(|key| match index.get(key) {
            Some(Fit::One(place)) if !other_id(row, known.get(*place)) => Some((key.0, *place)),
            _ => None,
        });
        let surest = fits.next();
        let certain = surest.map(|(_, place)| place);
        // The username may be one's, the e-mail another's: nobody is to get
        // what is the other's. An identifier is beyond doubt.
        let others: Vec<usize> = fits.map(|(_, place)| place).filter(|place| Some(*place) != certain).collect();
        if surest.is_some_and(|(by, _)| by != By::Id) && !others.is_empty() {
            torn.extend(others.into_iter().chain(certain));
            if let Some(identity) = out.get_mut(at) {
                identity.finding = Some(Finding::new(Code::RosterAmbiguous, "row"));
            }
            continue;
        }
        let may_be = |first: usize| {
            let place = out.get(first).and_then(|identity| identity.known);
            let id = rows.get(first).and_then(|row| row.external_id.as_deref());
            !differ(place.as_ref(), certain.as_ref()) && !differ(id, row.external_id.as_deref())
        };
        let by_key = || keys.iter().find_map(|key| first_by_key.get(key).copied().filter(|first| may_be(*first)));
        let first = certain.and_then(|place| first_by_known.get(&place).copied()).or_else(by_key);
        let Some(identity) = out.get_mut(at) else { continue };
        identity.known = certain;
        let root = first.unwrap_or(at);
        if first.is_some() {
            match line_by_role.get(&(root, role)) {
                Some(line) => {
                    identity.finding = Some(Finding::new(Code::RosterRepeatedRow, "row").with("line", *line));
                }
                None => identity.same_as = first,
            }
        }
        line_by_role.entry((root, role)).or_insert(row.line);
        // An identifier that came with two names tells no more than that.
        if traits.get(root).is_some_and(|first| first.name.as_deref() == Some(name)) {
            if let Some(place) = certain {
                first_by_known.entry(place).or_insert(root);
                if let Some(identity) = out.get_mut(root) {
                    identity.known.get_or_insert(place);
                }
            }
            for key in keys {
                first_by_key.entry(key).or_insert(root);
            }
        }
    }

    let mut seen: HashSet<usize> = out.iter().filter_map(|identity| identity.known).collect();
    // Rows that fail anyway come last, so that they take nobody's place.
    for sound in [true, false] {
        by_name(rows, known, &traits, sound, &mut out, &mut seen);
    }
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

    let spoken: BTreeSet<Role> = rows.iter().filter_map(|row| row.role).collect();
    let left =
        known.iter().enumerate().filter(|(place, party)| !seen.contains(place) && !party.roles.is_disjoint(&spoken));
    Identities { gone: left.map(|(_, party)| party.party).collect(), rows: out }
}

/// The certain keys of a row, the surest first.
fn keys<'a>(row: &'a RosterRow, traits: &'a Traits, name: &'a str) -> Vec<Key<'a>> {
    let id = row.external_id.as_deref().map(|id| (By::Id, id, ""));
    let named = [(By::Username, &traits.username), (By::Email, &traits.email), (By::Phone, &traits.phone)];
    let named = named.into_iter().filter_map(|(by, value)| Some((by, value.as_deref()?, name)));
    id.into_iter().chain(named).collect()
}

fn index(known: &[Known]) -> HashMap<Key<'_>, Fit> {
    let mut index = HashMap::new();
    for (place, party) in known.iter().enumerate() {
        let name = party.name_key.as_str();
        let keys = [
            (By::Id, &party.external_id, ""),
            (By::Username, &party.username_canonical, name),
            (By::Email, &party.email_canonical, name),
            (By::Phone, &party.phone_e164, name),
        ];
        for (by, value, name) in keys {
            if let Some(value) = value.as_deref() {
                index.entry((by, value, name)).and_modify(|fit| *fit = Fit::Several).or_insert(Fit::One(place));
            }
        }
    }
    index
}

/// The second pass: the name alone, among those whom no row is about yet, for
/// the rows that are `sound` or for those that are not.
fn by_name(
    rows: &[RosterRow],
    known: &[Known],
    traits: &[Traits],
    sound: bool,
    out: &mut [Identity],
    seen: &mut HashSet<usize>,
) {
    let mut free: HashMap<(&str, Role), Vec<usize>> = HashMap::new();
    for (place, party) in known.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        for role in &party.roles {
            free.entry((party.name_key.as_str(), *role)).or_default().push(place);
        }
    }
    let mut wanting: HashMap<(&str, Role), Vec<usize>> = HashMap::new();
    let mut order = Vec::new();
    for (at, (row, traits)) in rows.iter().zip(traits).enumerate() {
        let open = out.get(at).is_some_and(|it| it.known.is_none() && it.same_as.is_none() && it.finding.is_none());
        if let (true, Some(name), Some(role)) =
            (open && traits.is_sound(row) == sound, traits.name.as_deref(), row.role)
        {
            let group = wanting.entry((name, role)).or_default();
            if group.is_empty() {
                order.push((name, role));
            }
            group.push(at);
        }
    }
    for key in order {
        let (Some(places), Some(group)) = (free.get(&key), wanting.get(&key)) else { continue };
        // Someone with two roles may have been found by the other meanwhile.
        let mut places: Vec<usize> = places.iter().copied().filter(|place| !seen.contains(place)).collect();
        let mut group = group.clone();
        let is_bare_row = |at: &usize| rows.get(*at).is_some_and(is_bare);
        let is_bare_party = |place: &usize| known.get(*place).is_some_and(Known::is_bare);
        // A new identifier is not one of those that have another.
        if places.iter().all(|place| known.get(*place).is_some_and(|party| party.external_id.is_some())) {
            group.retain(|at| rows.get(*at).is_some_and(|row| row.external_id.is_none()));
        }
        let mut pairs = Vec::new();
        let bare_parties = places.iter().filter(|place| is_bare_party(place)).count();
        if group.iter().filter(|at| is_bare_row(at)).count() >= bare_parties {
            let (bare, others) = group.iter().partition::<Vec<usize>, _>(|at| is_bare_row(at));
            let (bare_places, other_places) = places.iter().partition::<Vec<usize>, _>(|place| is_bare_party(place));
            let left = bare.iter().skip(bare_parties).chain(&others).copied().collect();
            pairs.extend(bare.into_iter().zip(bare_places));
            (group, places) = (left, other_places);
        }
        match (places.as_slice(), group.as_slice()) {
            ([], _) | (_, []) => {}
            ([place], [at]) => {
                if !contradicts(rows.get(*at), traits.get(*at), known.get(*place)) {
                    pairs.push((*at, *place));
                }
            }
            _ if group.len() >= places.len() && group.iter().all(is_bare_row) => {
                pairs.extend(group.into_iter().zip(places));
            }
            _ => {
                // Whoever may be meant is not gone.
                seen.extend(places);
                for at in group {
                    if let Some(identity) = out.get_mut(at) {
                        identity.finding = Some(Finding::new(Code::RosterAmbiguous, "row"));
                    }
                }
            }
        }
        for (at, place) in pairs {
            seen.insert(place);
            if let Some(identity) = out.get_mut(at) {
                identity.known = Some(place);
            }
        }
    }
}

/// Whether both have an identifier, and not the same.
fn other_id(row: &RosterRow, known: Option<&Known>) -> bool {
    differ(row.external_id.as_deref(), known.and_then(|known| known.external_id.as_deref()))
}

/// Whether both are given, and not the same.
fn differ<T: PartialEq + ?Sized>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Whether a row and someone of the same name are not the same person: the
/// identifiers differ, or neither e-mail nor phone agree although both have
/// both. (One of them alone may have changed.)
fn contradicts(row: Option<&RosterRow>, traits: Option<&Traits>, known: Option<&Known>) -> bool {
    let (Some(row), Some(traits), Some(known)) = (row, traits, known) else { return true };
    other_id(row, Some(known))
        || (differ(traits.email.as_ref(), known.email_canonical.as_ref())
            && differ(traits.phone.as_ref(), known.phone_e164.as_ref()))
}
