//! Grants (V): what a member of the office staff sees beyond the matrix.

use time::OffsetDateTime;

use super::people::facts;
use super::{Office, tell};
use crate::agency::identity::enrol;
use crate::agency::kernel::{Tracked, read};
use crate::error::{Error, Result};
use crate::finding::{Code, has_errors, params};
use crate::id::{GrantId, PartyId};
use crate::relationship::Period;
use crate::store::{Query, record};
use crate::visibility::check_grant;
use crate::words::{EventKind, Resource};

/// A grant as the office lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant.
    pub grant: GrantId,
    /// What may be seen.
    pub resource: Resource,
    /// Of which client or application; nothing for all of them.
    pub of: Option<uuid::Uuid>,
    /// From when.
    pub begins_at: OffsetDateTime,
    /// Until when; the moment itself is outside.
    pub ends_at: Option<OffsetDateTime>,
}

impl Office {
    /// The grants of a party, those in force at a moment where one is given.
    /// The latest begun come first.
    pub(super) fn grants_of(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<Vec<GrantRow>> {
        let grants = Query::<record::Grant>::all(self.agency.id).is(record::Grant::party, party);
        let mut grants = read(&self.agency.shared, &grants)?;
        grants.retain(|grant| {
            let period = Period { begins_at: grant.begins_at, ends_at: grant.ends_at };
            at.is_none_or(|at| period.in_force(at))
        });
        grants.sort_by_key(|grant| (core::cmp::Reverse(grant.begins_at), grant.id));
        let row = |grant: record::Grant| GrantRow {
            grant: grant.id,
            resource: grant.resource,
            of: grant.of,
            begins_at: grant.begins_at,
            ends_at: grant.ends_at,
        };
        Ok(grants.into_iter().map(row).collect())
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
            let period = Period { begins_at: act.now, ends_at };
            let findings = check_grant(&facts(act, &party)?, resource, &period);
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            let id = GrantId::new(act.now, act.rng);
            drop(act.add(record::Grant {
                agency: act.agency.id,
                id,
                revision: 1,
                party: party.id,
                resource,
                of,
                begins_at: act.now,
                ends_at,
            }));
            // Its roles are what the grant rests on.
            party.touch();
            let details = params([
                ("grant", id.to_string().into()),
                ("resource", resource.as_str().into()),
                ("name", party.display_name.as_str().into()),
            ]);
            tell(act, &party, EventKind::GrantAdded, details)?;
            Ok(id)
        })
    }

    /// Ends a grant, at once.
    ///
    /// # Errors
    ///
    /// `grant.not_found`.
    pub fn end_grant(&self, grant: GrantId) -> Result<()> {
        self.act("end_grant", |act| {
            let mut grant: Tracked<record::Grant> = act.get(grant.0, Code::GrantNotFound)?;
            grant.ends_at = Some(grant.ends_at.map_or(act.now, |ends| ends.min(act.now)));
            let party = enrol::party(act, grant.party)?;
            let details =
                params([("grant", grant.id.to_string().into()), ("resource", grant.resource.as_str().into())]);
            tell(act, &party, EventKind::GrantEnded, details)
        })
    }
}
