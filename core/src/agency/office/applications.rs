//! Child-care applications (S3, I4): adding them with their invitation, and the
//! list with its Online Account column.

use time::OffsetDateTime;

use super::Office;
use super::edit::family_name;
use super::invite::invite;
use crate::agency::identity::{enrol, links};
use crate::agency::kernel::listing::sought;
use crate::agency::kernel::{ListPage, Sending, read};
use crate::error::Result;
use crate::finding::{Code, Finding, params};
use crate::id::{ApplicationId, PartyId};
use crate::invitation::{OnlineAccount, online_account};
use crate::store::{Query, record};
use crate::words::EventKind;

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

/// An application as the office's list shows it (I4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// Its identifier.
    pub id: ApplicationId,
    /// The number that the office knows it by.
    pub number: String,
    /// The family's name.
    pub family_name: String,
    /// The family.
    pub family: PartyId,
    /// When it was submitted.
    pub submitted_at: OffsetDateTime,
    /// The linked e-mail or phone, else what the office may do next.
    pub online_account: OnlineAccount,
    /// Until when the current invitation is good, if one was sent.
    pub invited_until: Option<OffsetDateTime>,
}

impl Office {
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
            if act.count(&act.all().is(record::Application::number, number))? > 0 {
                return Err(Finding::new(Code::ApplicationExists, "number").with("number", number).into());
            }
            let mut family = enrol::party(act, new.family)?;
            act.guard(&family);
            let id = ApplicationId::new(act.now, act.rng);
            let mut application = act.add(record::Application {
                agency: act.agency.id,
                id,
                revision: 1,
                number: number.to_owned(),
                family: family.id,
                family_name: family_name(&family),
                submitted_at: new.submitted_at.unwrap_or(act.now),
                invitation: None,
                search: None,
            });
            act.agency_event(
                EventKind::ApplicationAdded,
                params([("application", number.into()), ("name", family.display_name.as_str().into())]),
            )?;
            let findings = match act.acting.sending {
                Sending::Now => invite(act, &mut family, Some(&mut application), None, false)?.findings,
                // It can be invited as one that never was (I4, I10).
                Sending::Later => Vec::new(),
            };
            Ok(Submitted { application: application.id, findings })
        })
    }

    /// The applications, found by number or family name without regard to case
    /// and marks (S3, A4), newest first,
    /// each with its Online Account column (I4).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn applications(&self, search: Option<&str>, offset: u64, limit: u64) -> Result<ListPage<ApplicationRow>> {
        self.may("applications")?;
        let agency = &self.agency;
        let mut query = Query::<record::Application>::all(agency.id)
            .by(record::Application::submitted_at, true)
            .page(offset, limit);
        for word in sought(search.unwrap_or_default()) {
            query = query.contains(record::Application::search, &word);
        }
        ListPage::read(&agency.shared, &query)?.try_map(|found| self.shown(found))
    }

    pub(super) fn shown(&self, found: Vec<record::Application>) -> Result<Vec<ApplicationRow>> {
        let agency = &self.agency;
        let links = Query::all(agency.id).among(record::Link::application, found.iter().map(|row| row.id));
        let links = read(&agency.shared, &links::in_force(links))?;
        let accounts =
            Query::<record::Account>::all(agency.id).among(record::Account::id, links.iter().map(|link| link.account));
        let accounts = read(&agency.shared, &accounts)?;
        let sent = Query::<record::Invitation>::all(agency.id)
            .among(record::Invitation::id, found.iter().filter_map(|row| row.invitation));
        let sent = read(&agency.shared, &sent)?;
        Ok(found
            .into_iter()
            .map(|row| {
                let link = links.iter().find(|link| link.application == Some(row.id));
                let account = link.and_then(|link| accounts.iter().find(|account| account.id == link.account));
                let invitation = sent.iter().find(|invitation| Some(invitation.id) == row.invitation);
                ApplicationRow {
                    online_account: online_account(account.map(|account| &*account.username), invitation.is_some()),
                    id: row.id,
                    number: row.number,
                    family_name: row.family_name,
                    family: row.family,
                    submitted_at: row.submitted_at,
                    invited_until: invitation
                        .filter(|invitation| invitation.superseded_at.is_none())
                        .map(|invitation| invitation.expires_at),
                }
            })
            .collect())
    }
}
