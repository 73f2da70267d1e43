//! Ties between two parties, and whether one may be made.

use serde::{Deserialize, Serialize};

use super::{PartyFacts, Period};
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::words::{PartyKind, Role, TieKind};

/// A typed, dated, directed tie: `who` is the `kind` of `of`.
///
/// Serialized, the period lies flat beside the rest: `begins_at`, `ends_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// What `who` is to `of`.
    pub kind: TieKind,
    /// The one who has the part: the emergency contact, the payer.
    pub who: PartyId,
    /// The one whose relationship it is: the client, as a rule.
    pub of: PartyId,
    /// From when until when.
    #[serde(flatten)]
    pub period: Period,
}

/// Whether a tie may be made (rule R). `existing` are the ties that are there
/// already, any of them; those of others do no harm.
///
/// The findings, in this order:
///
/// * `tie.to_itself` (field `of`): both ends are the same;
/// * `tie.unfit` (field and parameter `end`: `who`, then `of`): that end
///   cannot have this part, see the table;
/// * `tie.ends_before_it_begins` (field `ends_at`), or when it begins;
/// * `tie.end_missing` (field `ends_at`): a personal representative is one
///   until a moment;
/// * `tie.duplicate` (field `kind`): the same tie is there at a time that both
///   cover. The reverse one is another tie, and so is one of another kind.
///
/// | kind | who | of |
/// |---|---|---|
/// | emergency contact | a person | anyone |
/// | individual | a person | a person |
/// | organization associated | an organization | anyone |
/// | possible payer, payer, guardian, personal representative | anyone | a person |
/// | community | an organization | a person |
/// | manager | a person of the office staff | anyone |
/// | caregiver | a person who is a caregiver | a person |
///
/// The one for whom care is paid, housed or given need not be a client yet.
///
/// ```
/// use carekey::relationship::{PartyFacts, Period, check_tie};
/// use carekey::{Code, PartyId, PartyKind, Role, TieKind};
/// use time::macros::datetime;
/// # use uuid::Uuid;
///
/// let sue = PartyFacts { id: PartyId(Uuid::from_u128(1)), kind: PartyKind::Person, roles: [Role::Client].into() };
/// let home = PartyFacts { id: PartyId(Uuid::from_u128(2)), kind: PartyKind::Organization, roles: [].into() };
/// let period = Period { begins_at: datetime!(2026-03-01 00:00 UTC), ends_at: None };
///
/// assert!(check_tie(TieKind::Community, &home, &sue, &period, &[]).is_empty());
/// let findings = check_tie(TieKind::EmergencyContact, &home, &sue, &period, &[]);
/// assert_eq!(findings[0].code, Code::TieUnfit);
/// ```
pub fn check_tie(kind: TieKind, who: &PartyFacts, of: &PartyFacts, period: &Period, existing: &[Tie]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if who.id == of.id {
        findings.push(Finding::new(Code::TieToItself, "of"));
    }
    for (end, fits) in [("who", who_fits(kind, who)), ("of", of_fits(kind, of))] {
        if !fits {
            findings.push(Finding::new(Code::TieUnfit, end).with("kind", kind.as_str()).with("end", end));
        }
    }
    // What ends when it begins is in force at no moment.
    if period.ends_at.is_some_and(|ends| ends <= period.begins_at) {
        findings.push(Finding::new(Code::TieEndsBeforeItBegins, "ends_at"));
    }
    if kind == TieKind::PersonalRepresentative && period.ends_at.is_none() {
        findings.push(Finding::new(Code::TieEndMissing, "ends_at").with("kind", kind.as_str()));
    }
    let same = |tie: &Tie| tie.kind == kind && tie.who == who.id && tie.of == of.id && tie.period.overlaps(period);
    if existing.iter().any(same) {
        findings.push(Finding::new(Code::TieDuplicate, "kind").with("kind", kind.as_str()));
    }
    findings
}

/// Whether a party can be the `kind` of someone.
fn who_fits(kind: TieKind, who: &PartyFacts) -> bool {
    let person = who.kind == PartyKind::Person;
    match kind {
        TieKind::EmergencyContact | TieKind::Individual => person,
        TieKind::OrganizationAssociated | TieKind::Community => !person,
        TieKind::PossiblePayer | TieKind::Payer | TieKind::Guardian | TieKind::PersonalRepresentative => true,
        TieKind::Manager => person && who.roles.contains(&Role::OfficeStaff),
        TieKind::Caregiver => person && who.roles.contains(&Role::Caregiver),
    }
}

/// Whether a party can have someone as its `kind`.
fn of_fits(kind: TieKind, of: &PartyFacts) -> bool {
    match kind {
        TieKind::EmergencyContact | TieKind::OrganizationAssociated | TieKind::Manager => true,
        TieKind::Individual
        | TieKind::PossiblePayer
        | TieKind::Payer
        | TieKind::Community
        | TieKind::Guardian
        | TieKind::Caregiver
        | TieKind::PersonalRepresentative => of.kind == PartyKind::Person,
    }
}

/// Whether a tie of that kind lacks the document that it rests on (V):
/// `tie.reference_missing` on the field `reference`.
#[cfg(feature = "engine")]
pub(crate) fn check_reference(kind: TieKind, reference: Option<&str>) -> Option<Finding> {
    let lacks = kind == TieKind::PersonalRepresentative && reference.is_none();
    lacks.then(|| Finding::new(Code::TieReferenceMissing, "reference").with("kind", kind.as_str()))
}
