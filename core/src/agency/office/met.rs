//! What a roster of few rows is held against, beside very many people: all of them are
//! looked through where they lie, and those alone are read whom a row may mean (C4).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use time::OffsetDateTime;
use uuid::Uuid;

use super::facts::{self, Facts, Former, LinkLine, People, Retired, Rows};
use crate::agency::identity::names;
use crate::agency::kernel::{AgencyKeys, Reads, Shared, act, read, read_parts};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::{AccountId, AgencyId, PartyId};
use crate::name::PersonName;
use crate::relationship::conveys;
use crate::roster::{Find, MANY, Meant, Met, Others, Roster, WhoDecision};
use crate::store::{Column, Query, StoreError, Value, ValueRef, record};
use crate::username::Taken;
use crate::words::{Role, TieKind};

/// Beside how many people it pays to look who is meant: of fewer, all are read at once.
const FEW: u64 = 1_000;

/// Whether a roster has so few rows that nearly nobody of those there is meant.
pub(super) fn pays(roster: &Roster, people: u64) -> bool {
    people > FEW && people / MANY as u64 > roster.rows().len() as u64
}

/// What a roster is held against: whom its rows may mean, and how many others.
///
/// They are read after all were looked through: what somebody changes in between is
/// seen when the rows are created, as what they change after a preview is.
pub(super) fn load(
    shared: &Arc<Shared>,
    agency: &record::Agency,
    roster: &Roster,
    decisions: &[WhoDecision],
) -> Result<Facts> {
    let (id, now) = (agency.id, act::now(shared)?);
    let kept = facts::kept(read(shared, &Query::<record::Decision>::all(id))?);
    let meant = Meant::by_roster(roster, &agency.country, kept.iter().chain(decisions));
    let mut seen = Seen::of(shared, id, &meant, InRoles::of(shared, id, roster, now)?)?;
    let keys = shared.key.agency(id);
    let (people, former) = loop {
        let people = seen.merged.read(shared, id, &mut seen.parties, &mut seen.accounts)?.people(now);
        let former =
            former(shared, id, &keys, &seen.retired, &facts::said(roster.rows(), &people.known, &agency.country))?;
        // A name that a row says may be that of somebody who was deleted, and is there
        // again: by it, they are meant too.
        let before = seen.parties.len();
        seen.parties.extend(former.values().filter_map(|(party, _)| *party));
        if seen.parties.len() == before {
            break (people, former);
        }
    };
    let find = finding(shared, agency, seen.merged, seen.retired);
    let others = Others { in_role: seen.in_role, find };
    Ok(Facts {
        people,
        there: seen.there,
        others: Some(others),
        taken: seen.taken,
        former,
        keys,
        decisions: kept,
        agency: agency.clone(),
        limits: shared.limits,
        now,
    })
}

/// What looks for somebody whom no row means, while the store is open.
fn finding(shared: &Arc<Shared>, agency: &record::Agency, merged: Merged, retired: Retired) -> Find {
    let (shared, id, country) = (Arc::downgrade(shared), agency.id, agency.country.clone());
    Arc::new(move |party| {
        let closed = || Error::new(ErrorKind::Store, Code::StoreUnavailable).with("reason", "the store was closed");
        let shared = shared.upgrade().ok_or_else(closed)?;
        // A login without a record goes by its own identifier (A2).
        let (mut parties, mut accounts) = (Ids::from_iter([party]), Ids::from_iter([AccountId(party.0)]));
        let rows = merged.read(&shared, id, &mut parties, &mut accounts)?;
        let People { mut known, mut several, .. } = rows.people(act::now(&shared)?);
        known.retain(|known| known.party == party);
        several.retain(|id, _| *id == party);
        let keys = shared.key.agency(id);
        let mut names = facts::said(&[], &known, &country);
        names.retain(|name| names::digests(&keys, name).any(|digest| retired.0.contains_key(&digest)));
        Ok(Met { known, several, retired: names })
    })
}

/// Those of these names that were of somebody deleted.
fn former(shared: &Shared, id: AgencyId, keys: &AgencyKeys, retired: &Retired, said: &[String]) -> Result<Former> {
    if retired.0.is_empty() {
        return Ok(Former::new());
    }
    let forms = said.iter().flat_map(|name| names::digests(keys, name).chain([name.clone()]));
    let found = forms.filter_map(|form| Some((form.clone(), retired.0.get(&form)?.clone())));
    let found = Retired(found.collect());
    if found.0.is_empty() {
        return Ok(Former::new());
    }
    let accounts = found.0.values().map(|(account, _)| *account);
    let links = read_parts::<LinkLine>(shared, Query::all(id).among(record::Link::account, accounts))?;
    Ok(found.former(&links))
}

/// By ids, which carekey made itself.
type Ids<T> = HashSet<T, RandomState>;

/// Who was merged into whom (A6).
#[derive(Default)]
struct Merged(HashMap<PartyId, PartyId>);

impl Merged {
    /// Who has everything of that party by now: itself, as a rule.
    fn last(&self, party: PartyId) -> PartyId {
        // No longer than there are steps: whoever is merged is in no circle.
        let last = self.0.iter().try_fold(party, |at, _| self.0.get(&at).copied().ok_or(at));
        let (Ok(last) | Err(last)) = last;
        last
    }

    /// Reads these parties and whoever is one with them, those who have these logins,
    /// and all logins of theirs.
    fn read(
        &self,
        shared: &Shared,
        id: AgencyId,
        parties: &mut Ids<PartyId>,
        accounts: &mut Ids<AccountId>,
    ) -> Result<Rows> {
        // Of new people nobody is meant.
        if parties.is_empty() && accounts.is_empty() {
            return Ok(Rows::default());
        }
        let in_force = || Query::<record::Link>::all(id).null(record::Link::ends_at, true);
        let of_accounts = in_force().among(record::Link::account, accounts.iter());
        parties.extend(read_parts::<LinkLine>(shared, of_accounts)?.iter().map(|link| link.party));
        let ones: Ids<PartyId> = parties.iter().map(|party| self.last(*party)).collect();
        parties.extend(self.0.keys().filter(|party| ones.contains(&self.last(**party))));
        parties.extend(ones);
        let of_parties = in_force().among(record::Link::party, parties.iter());
        accounts.extend(read_parts::<LinkLine>(shared, of_parties)?.iter().map(|link| link.account));
        let mut reads = Reads::default();
        let names = Query::<record::UsedName>::all(id).among(record::UsedName::account, accounts.iter());
        let names = reads.ask(&names);
        let contacts = reads.ask_parts(Query::all(id).among(record::Contact::account, accounts.iter()));
        let logins = Query::all(id).null(record::Account::deleted_at, true);
        let logins = reads.ask_parts(logins.among(record::Account::id, accounts.iter()));
        let links = reads.ask_parts(Query::all(id).among(record::Link::account, accounts.iter()));
        let lines = reads.ask_parts(Query::all(id).among(record::Party::id, parties.iter()));
        let ties = reads.ask(&Query::<record::Tie>::all(id).among(record::Tie::who, parties.iter()));
        let mut found = reads.read(shared)?;
        Ok(Rows {
            names: found.take(&names)?,
            contacts: found.take(&contacts)?,
            accounts: found.take(&logins)?,
            links: found.take(&links)?,
            parties: found.take(&lines)?,
            ties: found.take(&ties)?,
        })
    }
}

/// What was seen of all.
struct Seen {
    there: usize,
    taken: Taken,
    retired: Retired,
    /// Whom a row may mean.
    parties: Ids<PartyId>,
    accounts: Ids<AccountId>,
    /// Who is in a role of the roster.
    in_role: Vec<PartyId>,
    merged: Merged,
}

/// The columns that are looked at, of used names, contacts, links, accounts and parties.
const LOOKED_AT: [&[&str]; 5] = [
    &["account", "canonical", "skeleton", "retired_at"],
    &["account", "canonical"],
    &["account"],
    &["id", "username_canonical", "first_name", "last_name"],
    &["id", "deleted_at", "merged_into", "roles", "name_key", "external_id", "email_canonical", "phone_e164"],
];

impl Seen {
    fn of(shared: &Shared, id: AgencyId, meant: &Meant, mut roles: InRoles) -> Result<Self> {
        let mut seen = Self {
            there: 0,
            taken: Taken::new(),
            retired: Retired::default(),
            parties: Ids::default(),
            accounts: Ids::default(),
            in_role: Vec::new(),
            merged: Merged::default(),
        };
        let [names, contacts, links, accounts, parties] = LOOKED_AT;
        let there = Query::<record::Account>::all(id).null(record::Account::deleted_at, true);
        let selects = [
            Query::<record::UsedName>::all(id).columns(names).select().clone(),
            Query::<record::Contact>::all(id).columns(contacts).select().clone(),
            Query::<record::Link>::all(id).columns(links).select().clone(),
            there.columns(accounts).select().clone(),
            Query::<record::Party>::all(id).columns(parties).select().clone(),
        ];
        let (mut linked, mut named) = (Ids::<Uuid>::default(), Named::default());
        let mut damage = Ok(());
        shared.store.look_through(&selects, &mut |place, row| match (place, row) {
            (0, &[ValueRef::Id(account), ValueRef::Text(canonical), ValueRef::Text(skeleton), retired_at]) => {
                seen.name(AccountId(account), canonical, skeleton, retired_at != ValueRef::Null, meant);
            }
            (1, &[ValueRef::Id(account), ValueRef::Text(contact)]) => seen.contact(AccountId(account), contact, meant),
            (2, &[ValueRef::Id(account)]) => drop(linked.insert(account)),
            (3, &[ValueRef::Id(account), ValueRef::Text(username), first, last]) => {
                seen.contact(AccountId(account), username, meant);
                // Without a record it goes by its own identifier (A2).
                if meant.has_decided(PartyId(account)) {
                    seen.accounts.insert(AccountId(account));
                } else if !linked.contains(&account) {
                    let part = |value: ValueRef<'_>| value.text().map(str::to_owned);
                    let name = PersonName { first: part(first), last: part(last), ..PersonName::default() };
                    named.add(Whom::Login(AccountId(account)), &name.key());
                }
            }
            (
                4,
                &[ValueRef::Id(id), deleted_at, merged_into, ValueRef::Text(words), ValueRef::Text(key), ref by @ ..],
            ) => {
                let party = PartyId(id);
                match (deleted_at, merged_into.id()) {
                    (ValueRef::Null, _) => {
                        seen.there += 1;
                        match roles.has(party, words) {
                            Ok(true) => seen.in_role.push(party),
                            Ok(false) => {}
                            Err(error) => damage = Err(error),
                        }
                    }
                    (_, Some(into)) => drop(seen.merged.0.insert(party, PartyId(into))),
                    // Nothing is left of them.
                    _ => return,
                }
                let mut by = by.iter().map(|value| value.text());
                let id = by.next().flatten().is_some_and(|id| meant.has_id(id));
                if id || meant.has_decided(party) || by.flatten().any(|contact| meant.has_contact(contact)) {
                    seen.parties.insert(party);
                } else {
                    named.add(Whom::Party(party), key);
                }
            }
            _ => damage = Err(StoreError::Damaged("a row is otherwise than its table").into()),
        })?;
        damage?;
        for whom in named.met(meant) {
            match whom {
                Whom::Party(party) => drop(seen.parties.insert(party)),
                Whom::Login(account) => drop(seen.accounts.insert(account)),
            }
        }
        Ok(seen)
    }

    fn name(&mut self, account: AccountId, canonical: &str, skeleton: &str, is_retired: bool, meant: &Meant) {
        names::take(&mut self.taken, canonical, is_retired);
        self.retired.add(skeleton, canonical, account, is_retired);
        self.contact(account, canonical, meant);
    }

    fn contact(&mut self, account: AccountId, contact: &str, meant: &Meant) {
        if meant.has_contact(contact) {
            self.accounts.insert(account);
        }
    }
}

/// Who is in a role of the roster, by what the office made them or by their ties (R).
struct InRoles {
    roles: BTreeSet<Role>,
    by_ties: Ids<PartyId>,
    /// By the roles as they rest: of very many people few are different.
    known: HashMap<String, bool>,
}

impl InRoles {
    fn of(shared: &Shared, id: AgencyId, roster: &Roster, now: OffsetDateTime) -> Result<Self> {
        let roles: BTreeSet<Role> = roster.rows().iter().filter_map(|row| row.role).collect();
        let convey = |kind: &&TieKind| conveys(**kind).is_some_and(|role| roles.contains(&role));
        let kinds: Vec<TieKind> = TieKind::ALL.iter().filter(convey).copied().collect();
        let mut by_ties = Ids::default();
        if !kinds.is_empty() {
            let ties = read(shared, &Query::<record::Tie>::all(id).among(record::Tie::kind, kinds))?;
            by_ties.extend(ties.iter().filter(|tie| tie.facts().period.in_force(now)).map(|tie| tie.who));
        }
        Ok(Self { roles, by_ties, known: HashMap::new() })
    }

    fn has(&mut self, party: PartyId, words: &str) -> Result<bool> {
        if self.by_ties.contains(&party) {
            return Ok(true);
        }
        if let Some(known) = self.known.get(words) {
            return Ok(*known);
        }
        let given = BTreeSet::<Role>::from_value(Value::Text(words.to_owned()))?;
        Ok(*self.known.entry(words.to_owned()).or_insert(!given.is_disjoint(&self.roles)))
    }
}

/// The names of those of whom nothing else tells whether a row means them: in one
/// text, so that none takes memory of its own.
#[derive(Default)]
struct Named {
    keys: String,
    whom: Vec<(Whom, usize)>,
}

enum Whom {
    Party(PartyId),
    /// A login without a record (A2).
    Login(AccountId),
}

impl Named {
    fn add(&mut self, whom: Whom, key: &str) {
        self.keys.push_str(key);
        self.whom.push((whom, self.keys.len()));
    }

    /// Those of whom a row has a name like theirs.
    fn met(self, meant: &Meant) -> impl Iterator<Item = Whom> {
        let mut rest = 0;
        let key = |(_, end): &(Whom, usize)| self.keys.get(core::mem::replace(&mut rest, *end)..*end);
        let keys: Vec<&str> = self.whom.iter().map(key).map(Option::unwrap_or_default).collect();
        let met = meant.have_names(&keys);
        self.whom.into_iter().zip(met).filter_map(|((whom, _), met)| met.then_some(whom))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::agency::{Actor, AgencySettings, Directory};
    use crate::id::{ContactId, LinkId, RecordId, TieId};
    use crate::policy::EnrolmentScheme;
    use crate::roster::{Preview, Who};
    use crate::store::Write;
    use crate::username::skeleton;
    use crate::words::{LinkAct, Method, PartyKind};

    const NAMES: [&str; 8] =
        ["Ana Ruiz", "Ana Maria Ruiz", "Ruiz Ana", "Ana Ruiz Jr.", "Bea Müller", "Bea Mueller", "Cher", "Cy Poe"];
    const CONTACTS: [&str; 7] =
        ["", "a@example.com", "b@example.com", "c@example.com", "d@example.com", "+15125550101", "+15125550102"];
    const IDS: [&str; 6] = ["", "7", "007", "8", "9", "N/A"];
    const ROLES: [Role; 5] = [Role::Client, Role::Caregiver, Role::Family, Role::OfficeStaff, Role::EmergencyContact];

    /// Somebody as an agency may have them: name, contact, identifier, role, and how
    /// they stand: there, deleted, or merged into one of the others.
    type One = (&'static str, &'static str, &'static str, Role, u8, usize);
    /// A login: its name, another contact, a retired name, whose it is and was, since
    /// when, and whether of it only a digest is left.
    type Login = (&'static str, &'static str, &'static str, [Option<usize>; 2], u8, bool);

    fn one() -> impl Strategy<Value = One> {
        (select(&NAMES[..]), select(&CONTACTS[..]), select(&IDS[..]), select(&ROLES[..]), 0..8_u8, 0..24_usize)
    }

    fn login() -> impl Strategy<Value = Login> {
        let whose = prop::option::weighted(0.8, 0..24_usize);
        let contact = || select(&CONTACTS[1..]);
        (contact(), select(&CONTACTS[..]), select(&CONTACTS[..]), [whose.clone(), whose], any::<u8>(), any::<bool>())
    }

    fn at(second: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(1_700_000_000 + second).unwrap()
    }

    fn id(kind: u128, number: usize) -> Uuid {
        Uuid::from_u128((kind << 64) + number as u128)
    }

    fn some(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// An agency of these people, logins and ties.
    fn agency(
        people: &[One],
        logins: &[Login],
        ties: &[(usize, usize, TieKind, bool)],
    ) -> (Arc<Shared>, record::Agency) {
        let directory = Directory::open("memory:", &[7; 32]).unwrap();
        let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
        let agency = directory.create_agency(settings, &Actor::Support("Pat".to_owned())).unwrap();
        let (shared, record) = (Arc::clone(&agency.shared), agency.record().unwrap());
        let of = record.id;
        let party = |number: usize| PartyId(id(1, number % people.len()));
        let mut writes = Vec::new();
        let mut ids = HashSet::new();
        for (number, (name, contact, external_id, role, state, into)) in people.iter().enumerate() {
            let parsed = PersonName::parse(name).value.unwrap();
            let is_phone = contact.starts_with('+');
            let (email, phone) = if is_phone { (None, some(contact)) } else { (some(contact), None) };
            writes.push(Write::insert(&record::Party {
                agency: of,
                id: party(number),
                revision: 1,
                kind: PartyKind::Person,
                external_id: some(external_id).filter(|id| ids.insert(id.clone())),
                roles: [*role].into(),
                display_name: parsed.display(),
                first_name: parsed.first.clone(),
                middle_name: parsed.middle.clone(),
                last_name: parsed.last.clone(),
                nickname: None,
                name_key: if *state == 1 { String::new() } else { parsed.key() },
                email: email.clone(),
                email_canonical: email,
                phone: phone.clone(),
                phone_e164: phone,
                preferred: None,
                locale: None,
                invitation: (*state == 3).then(|| crate::InvitationId(id(9, number))),
                created_at: at(0),
                deleted_at: [1, 2].contains(state).then(|| at(5)),
                sort_display: None,
                search: None,
                merged_into: (*state == 2 && party(*into) != party(number)).then(|| party(*into)),
                merge: None,
            }));
        }
        let keys = shared.key.agency(of);
        let (mut names, mut used, mut soles) = (HashSet::new(), HashSet::new(), HashSet::new());
        for (number, (name, contact, former, whose, since, is_digest)) in logins.iter().enumerate() {
            let account = AccountId(id(2, number));
            let username = if names.insert(*name) { (*name).to_owned() } else { format!("104x{number}") };
            let person = PersonName::parse(NAMES[number % NAMES.len()]).value.unwrap();
            let mut row =
                record::Account::named(of, account, &username, &username, EnrolmentScheme::ActivationLink, at(0));
            (row.first_name, row.last_name) = (person.first, person.last);
            row.deleted_at = (since % 7 == 0).then(|| at(9));
            writes.push(Write::insert(&row));
            let mut claim = |canonical: &str, retired: bool, digest: bool| {
                let left = digest.then(|| names::digests(&keys, canonical).next().unwrap());
                let skeleton = left.clone().unwrap_or_else(|| skeleton(canonical));
                if used.insert(skeleton.clone()) {
                    writes.push(Write::insert(&record::UsedName {
                        agency: of,
                        id: RecordId::derived("used name", skeleton.as_bytes()),
                        revision: 1,
                        skeleton,
                        canonical: if digest { String::new() } else { canonical.to_owned() },
                        account,
                        claimed_at: at(0),
                        retired_at: retired.then(|| at(3)),
                    }));
                }
            };
            claim(&username, false, false);
            if !former.is_empty() {
                claim(former, true, *is_digest);
            }
            if !contact.is_empty() {
                writes.push(Write::insert(&record::Contact {
                    agency: of,
                    id: ContactId(id(3, number)),
                    revision: 1,
                    account,
                    method: if contact.starts_with('+') { Method::Sms } else { Method::Email },
                    address: (*contact).to_owned(),
                    canonical: (*contact).to_owned(),
                    added_at: at(i64::from(*since)),
                    proven_at: None,
                    objected_at: None,
                }));
            }
            for (turn, whose) in whose.iter().enumerate().filter_map(|(turn, whose)| Some((turn, (*whose)?))) {
                let is_over = since % 3 == 0 && turn == 0;
                let sole = (!is_over && soles.insert(party(whose))).then(|| party(whose).0);
                writes.push(Write::insert(&record::Link {
                    agency: of,
                    id: LinkId(id(4, 2 * number + turn)),
                    revision: 1,
                    account,
                    party: party(whose),
                    application: None,
                    sole,
                    since: at(i64::from(*since) * 3 % 7 + turn as i64),
                    ends_at: is_over.then(|| at(8)),
                    act: LinkAct::Enrolled,
                    by: "Pat".to_owned(),
                }));
            }
        }
        for (number, (who, of_whom, kind, is_over)) in ties.iter().enumerate() {
            writes.push(Write::insert(&record::Tie {
                agency: of,
                id: TieId(id(5, number)),
                revision: 1,
                kind: *kind,
                who: party(*who),
                of: party(*of_whom),
                begins_at: at(0),
                ends_at: is_over.then(|| at(1)),
                enrols_at: None,
                reference: None,
            }));
        }
        shared.store.commit(writes).unwrap();
        (shared, record)
    }

    /// All that a preview says.
    fn told(preview: &Preview) -> String {
        let suggestions: Vec<_> = preview.rows().iter().map(|row| preview.suggestions(row.row.line)).collect();
        format!("{:#?} {:?} {suggestions:?}", preview.rows(), preview.gone())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        /// Whoever is read alone, beside all others, is judged as beside all of them; and
        /// so is any other whom somebody says that a row is about.
        #[test]
        fn few_of_many_are_all_that_rows_may_mean(
            people in prop::collection::vec(one(), 4..24),
            logins in prop::collection::vec(login(), 0..16),
            ties in prop::collection::vec((0..24_usize, 0..24_usize, select(TieKind::ALL), any::<bool>()), 0..6),
            rows in prop::collection::vec((one(), prop::bool::weighted(0.2)), 1..5),
            decided in (any::<bool>(), 0..30_usize),
        ) {
            let (shared, agency) = agency(&people, &logins, &ties);
            let mut file = "Name,Email,Phone,ID,Role,Username\n".to_owned();
            for ((name, contact, id, role, ..), by_name) in &rows {
                let (email, phone) = if contact.starts_with('+') { ("", *contact) } else { (*contact, "") };
                let username = if *by_name { "d@example.com" } else { "" };
                file.push_str(&format!("{name},{email},{phone},{id},{role},{username}\n"));
            }
            let roster = || Roster::from_csv(file.as_bytes()).unwrap();
            let all = |decisions: &[WhoDecision]| Facts::load(&shared, &agency).unwrap().preview(roster(), decisions).unwrap();
            let few = |decisions: &[WhoDecision]| load(&shared, &agency, &roster(), decisions).unwrap().preview(roster(), decisions).unwrap();
            let (mut beside_all, mut beside_few) = (all(&[]), few(&[]));
            prop_assert_eq!(told(&beside_few), told(&beside_all));
            // Who was deleted is known beside all where somebody else, whom no row means,
            // has a contact that was theirs: nobody decides by that.
            let (number, is_party) = (decided.1, decided.0);
            let is_deleted = is_party && people.get(number).is_some_and(|(.., state, _)| [1, 2].contains(state));
            let who = match is_party {
                _ if is_deleted => Who::Another,
                true => Who::Same(PartyId(id(1, number))),
                false => Who::Same(PartyId(id(2, number))),
            };
            let waiting: Vec<u64> =
                beside_all.rows().iter().filter(|row| !row.maybe.is_empty()).map(|row| row.row.line).collect();
            for line in waiting {
                let both = [&mut beside_all, &mut beside_few].map(|preview| preview.decide(line, who).map(drop));
                prop_assert_eq!(format!("{:?}", both[0]), format!("{:?}", both[1]));
                prop_assert_eq!(told(&beside_few), told(&beside_all));
            }
            let kept = beside_all.decisions().to_vec();
            prop_assert_eq!(told(&few(&kept)), told(&all(&kept)));
        }
    }

    #[test]
    fn nobody_is_looked_for_in_a_store_that_was_closed() {
        let (shared, agency) = agency(&[("Ana Ruiz", "a@example.com", "", Role::Client, 0, 0)], &[], &[]);
        let roster = || Roster::from_csv("Name,Email,Role\nAna Ruiz,b@example.com,client\n".as_bytes()).unwrap();
        let mut preview = load(&shared, &agency, &roster(), &[]).unwrap().preview(roster(), &[]).unwrap();
        drop(shared);
        let refused = preview.decide(2, Who::Same(PartyId(id(1, 5)))).unwrap_err();
        assert_eq!(refused.code, Code::StoreUnavailable);
        assert!(preview.decide(2, Who::Another).unwrap().passes());
    }
}
