//! Parties: adding, enrolling, finding, and what they are to the agency (R, A6).

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use super::{Office, delegated, of_party, ties};
use crate::agency::identity::enrol::{Enrolled, enrol};
use crate::agency::identity::links;
use crate::agency::kernel::listing::sought;
use crate::agency::kernel::{Act, Agency, Each, ListPage, Place, Sending, Shared, Tracked, get, now, read};
use crate::error::{Error, Result};
use crate::finding::{Checked, Code, Finding, Locale, Param, has_errors, params};
use crate::id::{AccountId, PartyId};
use crate::name::PersonName;
use crate::policy::EnrolmentScheme;
use crate::relationship::{PartyFacts, Period, Tie, conveyed, role_fits};
use crate::remark;
use crate::roster::{ID_LIMIT, NAME_LIMIT, identifier};
use crate::store::{Query, record};
use crate::username::{check_email, check_phone, skeleton};
use crate::words::{EventKind, Method, PartyKind, Role};

/// A person or an organization to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewParty {
    /// Person or organization.
    pub kind: PartyKind,
    /// A person's name as it is written (`Wright, Sue` or `Sue Wright`), or an
    /// organization's.
    pub name: String,
    /// What they are to the agency.
    pub roles: BTreeSet<Role>,
    /// How the host knows them; unique in the agency. It is read as a roster's: what
    /// systems write where there is none (`n/a`, `0`, `#REF!`) is none (C4).
    pub external_id: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Phone, with or without its country.
    pub phone: Option<String>,
    /// How they want to be written to.
    pub preferred: Option<Method>,
    /// Their language.
    pub locale: Option<Locale>,
}

/// A party as the agency knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its identifier.
    pub id: PartyId,
    /// Person or organization.
    pub kind: PartyKind,
    /// The name as it is shown.
    pub display_name: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Second given name or its initial.
    pub middle_name: Option<String>,
    /// Family name; the whole name of a person who has one name.
    pub last_name: Option<String>,
    /// What it is called.
    pub nickname: Option<String>,
    /// What it is to the agency now: what the office made it, and what its
    /// ties in force convey.
    pub roles: BTreeSet<Role>,
    /// Those of its roles that nothing but ties in force conveys: they end
    /// with them.
    pub conveyed: BTreeSet<Role>,
    /// How the host knows it.
    pub external_id: Option<String>,
    /// E-mail, as it was typed.
    pub email: Option<String>,
    /// Phone, in E.164.
    pub phone: Option<String>,
    /// How it wants to be written to, where it said so.
    pub preferred: Option<Method>,
    /// Its language, where that is not the agency's.
    pub locale: Option<Locale>,
    /// When the agency came to know it.
    pub created_at: OffsetDateTime,
    /// Its login: of a family that several have, the first.
    pub account: Option<AccountId>,
    /// All its logins, those that are linked to an application of it among
    /// them (C5).
    pub accounts: Vec<AccountId>,
}

/// Which parties a list has: those that fit all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyFilter {
    /// Only those whom this text finds ([`Agency::find_parties`]).
    pub text: Option<String>,
    /// Only those with this role now, be it conveyed by a tie in force.
    pub role: Option<Role>,
    /// Only people, or only organizations.
    pub kind: Option<PartyKind>,
    /// Only those without an account, of their own or of an application of
    /// theirs.
    pub without_account: bool,
}

/// What came of adding someone.
#[derive(Debug, Clone)]
pub struct Added {
    /// The party.
    pub party: PartyId,
    /// Its enrolment, where its role enrols it (R): clients, at once.
    pub enrolled: Option<Enrolled>,
}

impl record::Party {
    /// What it is with the ties that it has.
    pub(crate) fn facts(&self, ties: &[Tie], at: OffsetDateTime) -> PartyFacts {
        let roles = self.roles.iter().copied().chain(conveyed(self.id, ties, at)).collect();
        PartyFacts { id: self.id, kind: self.kind, roles }
    }
}

impl record::Tie {
    pub(crate) fn facts(&self) -> Tie {
        Tie {
            kind: self.kind,
            who: self.who,
            of: self.of,
            period: Period { begins_at: self.begins_at, ends_at: self.ends_at },
        }
    }
}

/// What a party is now, with what its ties in force convey.
pub(super) fn facts(act: &Act<'_>, party: &record::Party) -> Result<PartyFacts> {
    let ties = act.find::<record::Tie>(&act.all().is(record::Tie::who, party.id))?;
    let ties: Vec<Tie> = ties.iter().map(|tie| tie.facts()).collect();
    Ok(party.facts(&ties, act.now))
}

impl Office {
    /// Adds a person or an organization. A client is enrolled in the same act
    /// (R, S1); others when they get the tie, the roster row or the
    /// invitation that calls for it.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.exists` for a known external identifier,
    /// or the findings about name, roles, e-mail and phone; `text.too_long`,
    /// `text.control_character` of name and external identifier. That a client
    /// could not be enrolled is no error: the findings of the enrolment say why.
    pub fn add_party(&self, new: &NewParty) -> Result<Added> {
        self.act("add_party", |act| {
            delegated::gives(act, new.roles.iter().copied())?;
            let party = new_party(act, new)?;
            let mut party = act.add(party);
            let enrolled = enrol_client(act, &mut party)?;
            act.agency_event(EventKind::PartyAdded, of_party(&party))?;
            Ok(Added { party: party.id, enrolled })
        })
    }

    /// The parties of the agency by name (A6), those that fit the filter.
    ///
    /// What a page costs beside its rows: of a role, a reading of the ties that
    /// convey one and of those who have it by them; without an account, a look
    /// through the links in force.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn parties(&self, filter: &PartyFilter, offset: u64, limit: u64) -> Result<ListPage<Party>> {
        let (agency, query) = (&self.agency, self.found_parties(filter)?);
        let Some(role) = filter.role else { return agency.listed(query, offset, limit) };
        let tied = self.conveyed()?.remove(&role).unwrap_or_default();
        let page = of_role(&agency.shared, &query, role, &tied, offset, limit)?;
        page.try_map(|parties| agency.shown(parties, now(&agency.shared)?))
    }

    /// All of [`parties`](Self::parties), one after the other.
    pub fn each_party(&self, filter: &PartyFilter) -> Each<Party> {
        let next = |(office, filter): &(Self, PartyFilter), place: &mut Place| {
            let shared = &office.agency.shared;
            let query = by_name(office.found_parties(filter)?);
            let parties = match filter.role {
                None => place.next(shared, [query])?,
                Some(role) => {
                    let mut tied = office.conveyed()?.remove(&role).unwrap_or_default();
                    let made = query.clone().has(record::Party::roles, role);
                    for both in read(shared, &made.clone().among(record::Party::id, &tied))? {
                        tied.remove(&both.id);
                    }
                    place.next_of_both(shared, &made, &query.among(record::Party::id, tied))?
                }
            };
            office.agency.shown(parties, now(shared)?)
        };
        let count = |(office, filter): &(Self, PartyFilter)| office.parties(filter, 0, 0).map(|page| page.found);
        Each::of((self.clone(), filter.clone()), next, count)
    }

    fn found_parties(&self, filter: &PartyFilter) -> Result<Query<record::Party>> {
        self.may("parties")?;
        let agency = &self.agency;
        let mut query = agency.found_by(filter.text.as_deref().unwrap_or_default())?;
        if let Some(kind) = filter.kind {
            query = query.is(record::Party::kind, kind);
        }
        if filter.without_account {
            let linked = links::in_force(Query::all(agency.id));
            query = query.found(record::Party::id, linked, record::Link::party, false);
        }
        Ok(query)
    }

    /// Makes the account of a party that has none, by the scheme of a role
    /// that it has; with a code, it is sent an invitation.
    ///
    /// # Errors
    ///
    /// `account.exists`, `party.not_found`, `party.role_missing`;
    /// `invitation.already_sent` where one went out already, which is for
    /// [`reinvite`](Self::reinvite); or the findings about the username.
    pub fn create_account(&self, party: PartyId, role: Role, username: Option<&str>) -> Result<Enrolled> {
        self.act("create_account", |act| create_account(act, party, role, username))
    }

    /// Sets what a party is to the agency, beside what its ties convey. Who
    /// becomes a client by it is enrolled, and so are those whom ties of before
    /// make their emergency contact, payer or community (R).
    ///
    /// # Errors
    ///
    /// `party.not_found`, `party.role_unfit`; `party.two_accounts` for a family that
    /// several accounts belong to, and that would be something else too (C5). That a
    /// client could not be enrolled is no error: the findings of the enrolment say why.
    pub fn set_roles(&self, party: PartyId, roles: &BTreeSet<Role>) -> Result<Option<Enrolled>> {
        self.act("set_roles", |act| {
            let mut party = delegated::party(act, party)?;
            check_roles(roles, party.kind)?;
            let before = std::mem::replace(&mut party.roles, roles.clone());
            links::settle(act, &party)?;
            let details = params([
                ("party", party.id.to_string().into()),
                ("before", words(&before)),
                ("after", words(&party.roles)),
            ]);
            super::tell(act, &party, EventKind::RolesChanged, details)?;
            if before.contains(&Role::Client) || !party.roles.contains(&Role::Client) {
                return Ok(None);
            }
            let enrolled = enrol_client(act, &mut party)?;
            ties::enrol_for(act, party.id)?;
            Ok(enrolled)
        })
    }
}

/// Makes the account of one party.
pub(super) fn create_account(
    act: &mut Act<'_>,
    party: PartyId,
    role: Role,
    username: Option<&str>,
) -> Result<Enrolled> {
    let mut party = delegated::party(act, party)?;
    if links::account_of(act, party.id)?.is_some() {
        return Err(Finding::new(Code::AccountExists, "party").into());
    }
    if !facts(act, &party)?.roles.contains(&role) {
        return Err(Finding::new(Code::PartyRoleMissing, "role").into());
    }
    if party.invitation.is_some() && act.policy().enrolment.scheme(role) == EnrolmentScheme::InvitationCode {
        return Err(Finding::new(Code::InvitationAlreadySent, "party").into());
    }
    let enrolled = by_role(act, &mut party, role, username)?;
    if has_errors(&enrolled.findings) {
        return Err(Error::invalid(enrolled.findings));
    }
    // Two such acts at once must not both find no account.
    party.touch();
    Ok(enrolled)
}

/// Enrols whoever is a client and has no account (R, S1).
pub(super) fn enrol_client(act: &mut Act<'_>, party: &mut Tracked<record::Party>) -> Result<Option<Enrolled>> {
    if !party.roles.contains(&Role::Client) || (!party.is_new() && links::account_of(act, party.id)?.is_some()) {
        return Ok(None);
    }
    by_role(act, party, Role::Client, None).map(Some)
}

/// Enrols a party that has no account, by the scheme of a role (E1): makes the
/// account, or sends the invitation by which its user makes it.
pub(super) fn by_role(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    role: Role,
    username: Option<&str>,
) -> Result<Enrolled> {
    if act.policy().enrolment.scheme(role) == EnrolmentScheme::InvitationCode {
        return match act.acting.sending {
            Sending::Now => super::invite::invite(act, party, None, None, false),
            // Who waits to be invited was not invited yet (I10).
            Sending::Later => Ok(Enrolled::default()),
        };
    }
    enrol(act, party, role, username)
}

impl Agency {
    /// A party.
    ///
    /// # Errors
    ///
    /// `party.not_found`; `party.merged` with the one that it was merged `into`
    /// (A6); or those of the store.
    pub fn party(&self, id: PartyId) -> Result<Party> {
        self.record()?;
        let found: Option<record::Party> = get(&self.shared, self.id, id.0)?;
        let found = found.ok_or_else(|| Error::not_found(Code::PartyNotFound))?.there()?;
        self.shown(vec![found], now(&self.shared)?)?.pop().ok_or_else(|| Error::not_found(Code::PartyNotFound))
    }

    /// Parties whose name, nickname, e-mail, phone or external identifier has
    /// each word of the text in it, whatever their order, case and marks, by
    /// name as the agency's language sorts it (A4, A6): `Conner, Felicia`
    /// finds Felicia Conner, and `munoz` Ana Muñoz. A phone number is found
    /// however it is written, and a party's own identifier finds that party.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn find_parties(&self, text: &str, offset: u64, limit: u64) -> Result<ListPage<Party>> {
        self.record()?;
        self.listed(self.found_by(text)?, offset, limit)
    }

    /// All of [`find_parties`](Self::find_parties), one after the other.
    pub fn each_party(&self, text: &str) -> Each<Party> {
        let read = |(agency, text): &(Self, String), place: &mut Place| {
            agency.record()?;
            let parties = place.next(&agency.shared, [by_name(agency.found_by(text)?)])?;
            agency.shown(parties, now(&agency.shared)?)
        };
        let count = |(agency, text): &(Self, String)| agency.find_parties(text, 0, 0).map(|page| page.found);
        Each::of((self.clone(), text.to_owned()), read, count)
    }

    /// Those whom a text finds.
    fn found_by(&self, text: &str) -> Result<Query<record::Party>> {
        let query = Query::<record::Party>::all(self.id).null(record::Party::deleted_at, true);
        if let Ok(id) = uuid::Uuid::try_parse(text.trim())
            && get::<record::Party>(&self.shared, self.id, id)?.is_some()
        {
            return Ok(query.is(record::Party::id, PartyId(id)));
        }
        Ok(sought(text).iter().fold(query, |query, word| query.contains(record::Party::search, word)))
    }

    /// A page of them, by name.
    fn listed(&self, query: Query<record::Party>, offset: u64, limit: u64) -> Result<ListPage<Party>> {
        ListPage::read(&self.shared, [by_name(query)], offset, limit)?
            .try_map(|parties| self.shown(parties, now(&self.shared)?))
    }

    /// Parties as they are shown, with their links, and what their ties convey
    /// at a moment.
    pub(super) fn shown(&self, parties: Vec<record::Party>, at: OffsetDateTime) -> Result<Vec<Party>> {
        let ids = || parties.iter().map(|party| party.id);
        let mut accounts: BTreeMap<PartyId, Vec<AccountId>> = BTreeMap::new();
        for link in links::of_parties(&self.shared, self.id, ids())? {
            let mine = accounts.entry(link.party).or_default();
            if !mine.contains(&link.account) {
                mine.push(link.account);
            }
        }
        let ties = Query::<record::Tie>::all(self.id).among(record::Tie::who, ids());
        let ties: Vec<Tie> = read(&self.shared, &ties)?.iter().map(record::Tie::facts).collect();
        Ok(parties
            .into_iter()
            .map(|party| {
                let roles = party.facts(&ties, at).roles;
                let accounts = accounts.remove(&party.id).unwrap_or_default();
                Party {
                    id: party.id,
                    kind: party.kind,
                    display_name: party.display_name,
                    first_name: party.first_name,
                    middle_name: party.middle_name,
                    last_name: party.last_name,
                    nickname: party.nickname,
                    conveyed: roles.difference(&party.roles).copied().collect(),
                    roles,
                    external_id: party.external_id,
                    email: party.email,
                    phone: party.phone_e164,
                    preferred: party.preferred,
                    locale: party.locale,
                    created_at: party.created_at,
                    account: accounts.first().copied(),
                    accounts,
                }
            })
            .collect())
    }
}

/// A page, by name, of those parties of a query that have a role: as the office
/// made them, which is a list of its own, or by one of these ties.
pub(super) fn of_role(
    shared: &Shared,
    query: &Query<record::Party>,
    role: Role,
    tied: &BTreeSet<PartyId>,
    offset: u64,
    limit: u64,
) -> Result<ListPage<record::Party>> {
    let made = by_name(query.clone().has(record::Party::roles, role));
    if tied.is_empty() {
        return ListPage::read(shared, [made], offset, limit);
    }
    let mut tied = read(shared, &by_name(query.clone().among(record::Party::id, tied)))?;
    tied.retain(|party| !party.roles.contains(&role));
    // As many of those that the office made lie before the page as lie before it
    // in all, but for the tied ones; so these rows have the page among them.
    let beside = tied.len() as u64;
    let first = offset.saturating_sub(beside);
    let ListPage { mut rows, found } =
        ListPage::read(shared, [made], first, limit.saturating_add(offset - first).saturating_add(beside))?;
    rows.extend(tied);
    rows.sort_by(|one, other| (&one.sort_display, one.id).cmp(&(&other.sort_display, other.id)));
    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(place(offset - first)).take(place(limit)).collect();
    Ok(ListPage { rows, found: found.saturating_add(beside) })
}

fn by_name(query: Query<record::Party>) -> Query<record::Party> {
    query.by(record::Party::sort_display, false)
}

fn words(roles: &BTreeSet<Role>) -> Param {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ").into()
}

fn check_roles(roles: &BTreeSet<Role>, kind: PartyKind) -> Result<()> {
    let findings: Vec<Finding> = roles.iter().filter_map(|role| role_fits(*role, kind)).collect();
    if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// A new party, checked.
pub(super) fn new_party(act: &mut Act<'_>, new: &NewParty) -> Result<record::Party> {
    let mut findings = Vec::new();
    if new.roles.is_empty() {
        findings.push(Finding::new(Code::PartyRoleMissing, "roles"));
    }
    findings.extend(new.roles.iter().filter_map(|role| role_fits(*role, new.kind)));
    let mut party = blank_party(act, new.kind);
    findings.extend(write_name(&mut party, &new.name));
    findings.extend(write_email(&mut party, new.email.as_deref()));
    findings.extend(write_phone(&mut party, new.phone.as_deref(), &act.agency.country));
    findings.extend(write_external_id(act, &mut party, new.external_id.as_deref())?);
    if has_errors(&findings) {
        return Err(Error::invalid(findings));
    }
    party.roles.clone_from(&new.roles);
    party.preferred = new.preferred;
    party.locale = new.locale;
    Ok(party)
}

/// Writes a name as it was typed into its party, where there is nothing wrong
/// with it.
pub(super) fn write_name(party: &mut record::Party, typed: &str) -> Vec<Finding> {
    let wrong = remark::all([("name", typed)], NAME_LIMIT);
    if !wrong.is_empty() {
        return wrong;
    }
    match party.kind {
        PartyKind::Person => {
            let name = PersonName::parse(typed);
            if let Some(name) = name.value {
                set_name(party, &name);
            }
            name.findings
        }
        // Characters that are not seen are no name.
        PartyKind::Organization if skeleton(typed).trim().is_empty() => vec![Finding::new(Code::NameMissing, "name")],
        PartyKind::Organization => {
            set_organization(party, typed);
            Vec::new()
        }
    }
}

/// Writes an identifier of the host's as a roster reads it (C4): what tells nobody
/// apart is none.
pub(super) fn write_external_id(act: &Act<'_>, party: &mut record::Party, typed: Option<&str>) -> Result<Vec<Finding>> {
    let mut findings = remark::all(typed.map(|id| ("external_id", id)), ID_LIMIT);
    if findings.is_empty() {
        party.external_id = identifier(typed.map(str::to_owned), "external_id", &mut findings);
        let taken = party.external_id.as_deref().map(|id| id_taken(act, id, party.id)).transpose()?;
        findings.extend(taken.flatten());
    }
    Ok(findings)
}

/// Writes an e-mail address as it was typed; a blank one is none.
pub(super) fn write_email(party: &mut record::Party, typed: Option<&str>) -> Vec<Finding> {
    let typed = typed.filter(|text| !text.trim().is_empty());
    let email = typed.map_or_else(Checked::none, check_email);
    party.email = email.value.as_ref().map(|email| email.typed.clone());
    party.email_canonical = email.value.map(|email| email.canonical);
    email.findings
}

/// Writes a phone number as it was typed; a blank one is none.
pub(super) fn write_phone(party: &mut record::Party, typed: Option<&str>, country: &str) -> Vec<Finding> {
    let typed = typed.filter(|text| !text.trim().is_empty());
    let phone = typed.map_or_else(Checked::none, |typed| check_phone(typed, country));
    party.phone = phone.value.as_ref().map(|phone| phone.typed.clone());
    party.phone_e164 = phone.value.map(|phone| phone.e164);
    phone.findings
}

/// Says that another party has this identifier.
fn id_taken(act: &Act<'_>, id: &str, own: PartyId) -> Result<Option<Finding>> {
    let holders: Vec<Tracked<record::Party>> = act.find(&act.all().is(record::Party::external_id, id))?;
    let taken = holders.iter().any(|holder| holder.id != own);
    Ok(taken.then(|| Finding::new(Code::PartyExists, "external_id")))
}

/// A party with nothing in it.
pub(crate) fn blank_party(act: &mut Act<'_>, kind: PartyKind) -> record::Party {
    record::Party {
        agency: act.agency.id,
        id: PartyId(act.new_id()),
        revision: 1,
        kind,
        external_id: None,
        roles: BTreeSet::new(),
        display_name: String::new(),
        first_name: None,
        middle_name: None,
        last_name: None,
        nickname: None,
        name_key: String::new(),
        email: None,
        email_canonical: None,
        phone: None,
        phone_e164: None,
        preferred: None,
        locale: None,
        invitation: None,
        created_at: act.now,
        deleted_at: None,
        sort_display: None,
        search: None,
        merged_into: None,
        merge: None,
    }
}

/// Writes a person's name into their party.
pub(crate) fn set_name(party: &mut record::Party, name: &PersonName) {
    party.display_name = name.display();
    party.name_key = name.key();
    party.first_name.clone_from(&name.first);
    party.middle_name.clone_from(&name.middle);
    party.last_name.clone_from(&name.last);
    party.nickname.clone_from(&name.nickname);
}

/// Writes an organization's name into its party.
pub(crate) fn set_organization(party: &mut record::Party, name: &str) {
    let whole = PersonName { last: Some(name.trim().to_owned()), ..PersonName::default() };
    party.display_name = name.trim().to_owned();
    party.name_key = whole.key();
}
