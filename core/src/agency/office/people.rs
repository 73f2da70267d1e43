//! Parties: adding, enrolling, finding, and what they are to the agency (R, A6).

use std::collections::{BTreeMap, BTreeSet};

use super::{Office, delegated, of_party};
use crate::agency::identity::enrol::{Enrolled, enrol};
use crate::agency::identity::links;
use crate::agency::kernel::listing::sought;
use crate::agency::kernel::{Act, Agency, ListPage, Sending, Tracked, get, now, read};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Locale, Param, has_errors, params};
use crate::id::{AccountId, PartyId};
use crate::name::PersonName;
use crate::policy::EnrolmentScheme;
use crate::relationship::{PartyFacts, Period, Tie, conveyed, role_fits};
use crate::store::{Query, record};
use crate::username::{check_email, check_phone};
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
    /// How the host knows them; unique in the agency.
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
    /// Its login: of a family that several have, the first.
    pub account: Option<AccountId>,
    /// All its logins, those that are linked to an application of it among
    /// them (C5).
    pub accounts: Vec<AccountId>,
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
    pub(crate) fn facts(&self, ties: &[Tie], at: time::OffsetDateTime) -> PartyFacts {
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
    /// or the findings about name, roles, e-mail and phone. That a client
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
    /// becomes a client by it is enrolled (R).
    ///
    /// # Errors
    ///
    /// `party.not_found`, `party.role_unfit`. That a client could not be
    /// enrolled is no error: the findings of the enrolment say why.
    pub fn set_roles(&self, party: PartyId, roles: &BTreeSet<Role>) -> Result<Option<Enrolled>> {
        self.act("set_roles", |act| {
            let mut party = delegated::party(act, party)?;
            check_roles(roles, party.kind)?;
            let before = std::mem::replace(&mut party.roles, roles.clone());
            let details = params([
                ("party", party.id.to_string().into()),
                ("before", words(&before)),
                ("after", words(&party.roles)),
            ]);
            super::tell(act, &party, EventKind::RolesChanged, details)?;
            if before.contains(&Role::Client) { Ok(None) } else { enrol_client(act, &mut party) }
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
fn enrol_client(act: &mut Act<'_>, party: &mut Tracked<record::Party>) -> Result<Option<Enrolled>> {
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
    /// `party.not_found`, or those of the store.
    pub fn party(&self, id: PartyId) -> Result<Party> {
        let found: Option<record::Party> = get(&self.shared, self.id, id.0)?;
        let found = found.filter(|party| party.deleted_at.is_none());
        let found = found.ok_or_else(|| Error::not_found(Code::PartyNotFound))?;
        self.shown(vec![found])?.pop().ok_or_else(|| Error::not_found(Code::PartyNotFound))
    }

    /// Parties whose name, nickname, e-mail, phone or external identifier has
    /// each word of the text in it, whatever their order, case and marks, by
    /// name as the agency's language sorts it (A4, A6): `Conner, Felicia`
    /// finds Felicia Conner, and `munoz` Ana Muñoz. A phone number is found
    /// however it is written.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn find_parties(&self, text: &str, offset: u64, limit: u64) -> Result<ListPage<Party>> {
        let mut query = Query::<record::Party>::all(self.id).null(record::Party::deleted_at, true);
        for word in sought(text) {
            query = query.contains(record::Party::search, &word);
        }
        let query = query.by(record::Party::sort_display, false).page(offset, limit);
        ListPage::read(&self.shared, &query)?.try_map(|parties| self.shown(parties))
    }

    /// Parties as they are shown, with their links and what their ties convey.
    fn shown(&self, parties: Vec<record::Party>) -> Result<Vec<Party>> {
        let now = now(&self.shared)?;
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
                let roles = party.facts(&ties, now).roles;
                let accounts = accounts.remove(&party.id).unwrap_or_default();
                Party {
                    id: party.id,
                    kind: party.kind,
                    display_name: party.display_name,
                    conveyed: roles.difference(&party.roles).copied().collect(),
                    roles,
                    external_id: party.external_id,
                    email: party.email,
                    phone: party.phone_e164,
                    account: accounts.first().copied(),
                    accounts,
                }
            })
            .collect())
    }
}

fn words(roles: &BTreeSet<Role>) -> Param {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ").into()
}

fn check_roles(roles: &BTreeSet<Role>, kind: PartyKind) -> Result<()> {
    let findings: Vec<Finding> = roles.iter().filter_map(|role| role_fits(*role, kind)).collect();
    if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// A new party, checked.
fn new_party(act: &mut Act<'_>, new: &NewParty) -> Result<record::Party> {
    let mut findings = Vec::new();
    if new.roles.is_empty() {
        findings.push(Finding::new(Code::PartyRoleMissing, "roles"));
    }
    findings.extend(new.roles.iter().filter_map(|role| role_fits(*role, new.kind)));
    let mut party = blank_party(act, new.kind);
    match new.kind {
        PartyKind::Person => {
            let name = PersonName::parse(&new.name);
            findings.extend(name.findings);
            if let Some(name) = name.value {
                set_name(&mut party, &name);
            }
        }
        PartyKind::Organization if new.name.trim().is_empty() => {
            findings.push(Finding::new(Code::NameMissing, "name"));
        }
        PartyKind::Organization => set_organization(&mut party, &new.name),
    }
    if let Some(typed) = new.email.as_deref().filter(|text| !text.trim().is_empty()) {
        let email = check_email(typed);
        findings.extend(email.findings);
        party.email = email.value.as_ref().map(|email| email.typed.clone());
        party.email_canonical = email.value.map(|email| email.canonical);
    }
    if let Some(typed) = new.phone.as_deref().filter(|text| !text.trim().is_empty()) {
        let phone = check_phone(typed, &act.agency.country);
        findings.extend(phone.findings);
        party.phone = phone.value.as_ref().map(|phone| phone.typed.clone());
        party.phone_e164 = phone.value.map(|phone| phone.e164);
    }
    if let Some(id) = &new.external_id
        && act.count(&act.all().is(record::Party::external_id, id))? > 0
    {
        findings.push(Finding::new(Code::PartyExists, "external_id"));
    }
    if has_errors(&findings) {
        return Err(Error::invalid(findings));
    }
    party.external_id.clone_from(&new.external_id);
    party.roles.clone_from(&new.roles);
    party.preferred = new.preferred;
    party.locale = new.locale;
    Ok(party)
}

/// A party with nothing in it.
pub(crate) fn blank_party(act: &mut Act<'_>, kind: PartyKind) -> record::Party {
    record::Party {
        agency: act.agency.id,
        id: PartyId::new(act.now, act.rng),
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
