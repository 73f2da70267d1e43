//! Parties, ties, roles, grants and applications (R, V, I4).

use std::collections::BTreeSet;

use time::OffsetDateTime;

use super::act::{self, Act};
use super::enrol::{self, Enrolled, enrol};
use super::{Agency, Office};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Locale, Param, has_errors, params};
use crate::id::{AccountId, ApplicationId, GrantId, PartyId, TieId};
use crate::name::PersonName;
use crate::relationship::{PartyFacts, Period, Tie, check_tie, conveys, role_fits};
use crate::store::{Select, Test, record};
use crate::username::{check_email, check_phone};
use crate::visibility::check_grant;
use crate::words::{EventKind, Method, PartyKind, Resource, Role, TieKind};

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
    /// What it is to the agency.
    pub roles: BTreeSet<Role>,
    /// How the host knows it.
    pub external_id: Option<String>,
    /// E-mail, as it was typed.
    pub email: Option<String>,
    /// Phone, in E.164.
    pub phone: Option<String>,
    /// Its login.
    pub account: Option<AccountId>,
}

/// What came of adding someone.
#[derive(Debug, Clone)]
pub struct Added {
    /// The party.
    pub party: PartyId,
    /// Its enrolment, where its role enrols it (R): clients, at once.
    pub enrolled: Option<Enrolled>,
}

/// A tie to be made: `who` becomes the `kind` of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTie {
    /// What `who` is to `of`.
    pub kind: TieKind,
    /// The one who has the part: the emergency contact, the payer …
    pub who: PartyId,
    /// The one whose relationship it is: the client, as a rule.
    pub of: PartyId,
    /// From when; `None` for now.
    pub begins_at: Option<OffsetDateTime>,
    /// Until when; the moment itself is outside.
    pub ends_at: Option<OffsetDateTime>,
}

/// What came of making a tie.
#[derive(Debug, Clone)]
pub struct Tied {
    /// The tie.
    pub tie: TieId,
    /// The enrolment of `who`, where the tie makes them one whom the policy
    /// enrols (R): emergency contacts, payers, communities.
    pub enrolled: Option<Enrolled>,
}

/// A child-care application to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// The number that the office knows it by; unique in the agency.
    pub number: String,
    /// The family.
    pub family: PartyId,
    /// When it was submitted; `None` for now.
    pub submitted_at: Option<OffsetDateTime>,
}

/// What came of adding an application.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// The application.
    pub application: ApplicationId,
    /// Whether its invitation was sent, and if not why (S3, I1).
    pub findings: Vec<Finding>,
}

impl record::Party {
    pub(crate) fn facts(&self) -> PartyFacts {
        PartyFacts { id: self.id, kind: self.kind, roles: self.roles.clone() }
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
            let mut party = new_party(act, new)?;
            let enrolled = if party.roles.contains(&Role::Client) {
                Some(enrol(act, &mut party, Role::Client, None)?)
            } else {
                None
            };
            act.insert(&party);
            act.agency_event(
                EventKind::PartyAdded,
                params([("party", party.id.to_string().into()), ("name", party.display_name.as_str().into())]),
            );
            Ok(Added { party: party.id, enrolled })
        })
    }

    /// Makes the account of a party that has none, by the scheme of a role.
    ///
    /// # Errors
    ///
    /// `account.exists`, `party.not_found`, `party.role_missing`, or the
    /// findings about the username.
    pub fn create_account(&self, party: PartyId, role: Role, username: Option<&str>) -> Result<Enrolled> {
        self.act("create_account", |act| {
            let mut party = enrol::party(act, party)?;
            if party.account.is_some() {
                return Err(Finding::new(Code::AccountExists, "party").into());
            }
            if !party.roles.contains(&role) {
                return Err(Finding::new(Code::PartyRoleMissing, "role").into());
            }
            let enrolled = enrol(act, &mut party, role, username)?;
            if has_errors(&enrolled.findings) {
                return Err(Error::invalid(enrolled.findings));
            }
            act.update(&mut party);
            Ok(enrolled)
        })
    }

    /// Sets what a party is to the agency.
    ///
    /// # Errors
    ///
    /// `party.not_found`, `party.role_unfit`.
    pub fn set_roles(&self, party: PartyId, roles: &BTreeSet<Role>) -> Result<()> {
        self.act("set_roles", |act| {
            let mut party = enrol::party(act, party)?;
            check_roles(roles, party.kind)?;
            let before = std::mem::replace(&mut party.roles, roles.clone());
            act.update(&mut party);
            let details = params([
                ("party", party.id.to_string().into()),
                ("before", words(&before)),
                ("after", words(&party.roles)),
            ]);
            tell(act, party.account, EventKind::RolesChanged, details)
        })
    }

    /// Makes a tie: `who` becomes the `kind` of `of` (R). A tie that makes
    /// someone an emergency contact, payer or community of a client enrols
    /// them by policy, if they have no account yet (S1).
    ///
    /// # Errors
    ///
    /// `party.not_found`, or the findings of [`check_tie`]. That someone could
    /// not be enrolled is no error: the findings of the enrolment say why.
    pub fn relate(&self, new: &NewTie) -> Result<Tied> {
        self.act("relate", |act| {
            let mut who = enrol::party(act, new.who)?;
            let mut of = if new.of == new.who { who.clone() } else { enrol::party(act, new.of)? };
            let tie = record::Tie {
                agency: act.agency.id,
                id: TieId::new(act.now, act.rng),
                revision: 1,
                kind: new.kind,
                who: new.who,
                of: new.of,
                begins_at: new.begins_at.unwrap_or(act.now),
                ends_at: new.ends_at,
            };
            let existing: Vec<record::Tie> = act.find(&act.of::<record::Tie>().is("of", new.of))?;
            let existing: Vec<Tie> = existing.iter().map(record::Tie::facts).collect();
            let findings = check_tie(new.kind, &who.facts(), &of.facts(), &tie.facts().period, &existing);
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            act.insert(&tie);
            // Two such acts at once must not both find no tie: each writes the
            // party whose tie it is, and the later one is decided again.
            act.update(&mut of);
            let role = conveys(new.kind).filter(|_| of.roles.contains(&Role::Client));
            let mut enrolled = None;
            if let Some(role) = role
                && (who.roles.insert(role) || who.account.is_none())
            {
                enrolled = Some(enrol(act, &mut who, role, None)?);
                act.update(&mut who);
            }
            let details = params([
                ("tie", tie.id.to_string().into()),
                ("kind", tie.kind.as_str().into()),
                ("who", who.display_name.as_str().into()),
                ("of", of.display_name.as_str().into()),
            ]);
            act.agency_event(EventKind::TieAdded, details);
            Ok(Tied { tie: tie.id, enrolled })
        })
    }

    /// Ends a tie, now or at a moment given; what it allowed is over then.
    ///
    /// # Errors
    ///
    /// `tie.not_found`, `tie.ended`, `tie.ends_before_it_begins`.
    pub fn end_tie(&self, tie: TieId, at: Option<OffsetDateTime>) -> Result<()> {
        self.act("end_tie", |act| {
            let mut tie: record::Tie = act.get(tie.0, Code::TieNotFound)?;
            if tie.ends_at.is_some_and(|ends| ends <= act.now) {
                return Err(Finding::new(Code::TieEnded, "tie").into());
            }
            let at = at.unwrap_or(act.now);
            if at < tie.begins_at {
                return Err(Finding::new(Code::TieEndsBeforeItBegins, "ends_at").into());
            }
            tie.ends_at = Some(at);
            act.update(&mut tie);
            act.agency_event(
                EventKind::TieEnded,
                params([("tie", tie.id.to_string().into()), ("kind", tie.kind.as_str().into())]),
            );
            Ok(())
        })
    }

    /// Grants a resource to a member of the office staff: of one client or
    /// application, or of all (V).
    ///
    /// # Errors
    ///
    /// `party.not_found`, or the findings of [`check_grant`].
    pub fn grant(
        &self,
        party: PartyId,
        resource: Resource,
        of: Option<uuid::Uuid>,
        ends_at: Option<OffsetDateTime>,
    ) -> Result<GrantId> {
        self.act("grant", |act| {
            let mut party = enrol::party(act, party)?;
            let findings = check_grant(&party.facts(), resource, &Period { begins_at: act.now, ends_at });
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            let grant = record::Grant {
                agency: act.agency.id,
                id: GrantId::new(act.now, act.rng),
                revision: 1,
                party: party.id,
                resource,
                of,
                begins_at: act.now,
                ends_at,
            };
            act.insert(&grant);
            act.update(&mut party);
            let details = params([
                ("grant", grant.id.to_string().into()),
                ("resource", resource.as_str().into()),
                ("name", party.display_name.as_str().into()),
            ]);
            tell(act, party.account, EventKind::GrantAdded, details)?;
            Ok(grant.id)
        })
    }

    /// Ends a grant, at once.
    ///
    /// # Errors
    ///
    /// `grant.not_found`.
    pub fn end_grant(&self, grant: GrantId) -> Result<()> {
        self.act("end_grant", |act| {
            let mut grant: record::Grant = act.get(grant.0, Code::GrantNotFound)?;
            grant.ends_at = Some(grant.ends_at.map_or(act.now, |ends| ends.min(act.now)));
            act.update(&mut grant);
            let party = enrol::party(act, grant.party)?;
            let details =
                params([("grant", grant.id.to_string().into()), ("resource", grant.resource.as_str().into())]);
            tell(act, party.account, EventKind::GrantEnded, details)
        })
    }

    /// Adds an application that a family submitted, and sends its invitation
    /// by the family's preferred way (S3).
    ///
    /// # Errors
    ///
    /// `application.number_missing`, `application.exists`, `party.not_found`.
    /// Nobody to send to is no error: the findings say so (I1).
    pub fn add_application(&self, new: &NewApplication) -> Result<Submitted> {
        self.act("add_application", |act| {
            let number = new.number.trim();
            if number.is_empty() {
                return Err(Finding::new(Code::ApplicationNumberMissing, "number").into());
            }
            let known = act.of::<record::Application>().is("number", number.to_owned());
            if act.shared.store.count(&known)? > 0 {
                return Err(Finding::new(Code::ApplicationExists, "number").with("number", number).into());
            }
            let mut family = enrol::party(act, new.family)?;
            let mut application = record::Application {
                agency: act.agency.id,
                id: ApplicationId::new(act.now, act.rng),
                revision: 1,
                number: number.to_owned(),
                family: family.id,
                family_name: family.last_name.clone().unwrap_or_else(|| family.display_name.clone()),
                account: None,
                submitted_at: new.submitted_at.unwrap_or(act.now),
                invitation: None,
            };
            act.agency_event(
                EventKind::ApplicationAdded,
                params([("application", number.into()), ("name", family.display_name.as_str().into())]),
            );
            let sent = super::invite::invite(act, &mut family, Some(&mut application), None, false)?;
            act.insert(&application);
            Ok(Submitted { application: application.id, findings: sent.findings })
        })
    }
}

impl Agency {
    /// A party.
    ///
    /// # Errors
    ///
    /// `party.not_found`, or those of the store.
    pub fn party(&self, id: PartyId) -> Result<Party> {
        let found: Option<record::Party> = act::get(&self.shared, self.id, id.0)?;
        let found = found.filter(|party| party.deleted_at.is_none());
        found.map(shown).ok_or_else(|| Error::not_found(Code::PartyNotFound))
    }

    /// Parties whose name, e-mail or phone contains the text, by name.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn find_parties(&self, text: &str, offset: u64, limit: u64) -> Result<Vec<Party>> {
        let select = Select::of::<record::Party>(self.id)
            .and("deleted_at", Test::Null(true))
            .or("display_name", Test::Contains(text.to_owned()))
            .or("email_canonical", Test::Contains(text.to_owned()))
            .or("phone_e164", Test::Contains(text.to_owned()))
            .by("name_key", false)
            .page(offset, limit);
        Ok(act::read::<record::Party>(&self.shared, &select)?.into_iter().map(shown).collect())
    }
}

fn shown(party: record::Party) -> Party {
    Party {
        id: party.id,
        kind: party.kind,
        display_name: party.display_name,
        roles: party.roles,
        external_id: party.external_id,
        email: party.email,
        phone: party.phone_e164,
        account: party.account,
    }
}

fn words(roles: &BTreeSet<Role>) -> Param {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ").into()
}

fn check_roles(roles: &BTreeSet<Role>, kind: PartyKind) -> Result<()> {
    let findings: Vec<Finding> = roles.iter().filter_map(|role| role_fits(*role, kind)).collect();
    if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// A line in the account's history where there is an account, else in the
/// agency's.
fn tell(act: &mut Act<'_>, account: Option<AccountId>, kind: EventKind, details: crate::Params) -> Result<()> {
    match account {
        Some(id) => {
            let mut account: record::Account = act.get(id.0, Code::AccountNotFound)?;
            act.event(&mut account, kind, details);
            act.update(&mut account);
        }
        None => act.agency_event(kind, details),
    }
    Ok(())
}

/// A new party, checked. The caller writes it.
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
    if let Some(id) = &new.external_id {
        let known = act.of::<record::Party>().is("external_id", id.clone());
        if act.shared.store.count(&known)? > 0 {
            findings.push(Finding::new(Code::PartyExists, "external_id"));
        }
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
        account: None,
        invitation: None,
        created_at: act.now,
        deleted_at: None,
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
