//! Grants (V): what a member of the office staff sees beyond the matrix.

use time::OffsetDateTime;

use super::people::facts;
use super::{Office, tell};
use crate::agency::identity::enrol;
use crate::agency::kernel::Tracked;
use crate::error::{Error, Result};
use crate::finding::{Code, has_errors, params};
use crate::id::{GrantId, PartyId};
use crate::relationship::Period;
use crate::store::record;
use crate::visibility::check_grant;
use crate::words::{EventKind, Resource};

impl Office {
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
