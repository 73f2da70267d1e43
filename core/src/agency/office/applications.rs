//! Child-care applications (S3, I4): adding them with their invitation, and the
//! list with its Online Account column.

use time::{Duration, OffsetDateTime};

use super::edit::family_name;
use super::invite::invite;
use super::{Office, delegated};
use crate::agency::identity::{contacts, links};
use crate::agency::kernel::listing::sought;
use crate::agency::kernel::{Each, ListPage, Place, Sending, now, read};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, params};
use crate::id::{AgencyId, ApplicationId, PartyId};
use crate::invitation::{OnlineAccount, Standing, online_account};
use crate::remark;
use crate::roster::ID_LIMIT;
use crate::store::{Query, record};
use crate::text_enum::text_enum;
use crate::words::{EventKind, Method};

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
    /// Where the current invitation went, in canonical form; of one that was
    /// printed, the contact that goes with its code.
    pub invited_contact: Option<String>,
    /// How it went there.
    pub invited_method: Option<Method>,
    /// Where the current invitation stands.
    pub invitation: Option<Standing>,
}

text_enum! {
    /// What the list of applications can be narrowed to (S3, I4). Every
    /// application is in exactly one of these at a moment.
    pub enum ApplicationStanding {
        /// No invitation was ever sent for it.
        NeverInvited = "never_invited",
        /// Its invitation can be redeemed.
        Invited = "invited",
        /// Nobody came by its invitation, whose time is over (I2).
        Lapsed = "lapsed",
        /// It was unlinked, or its invitation cancelled (C5, I6).
        Ended = "ended",
        /// An account has it.
        Linked = "linked",
    }
}

/// Which applications are wanted; all that is said must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationFilter {
    /// Words, each of them in the number or the family name, without regard to
    /// case and marks (A4).
    pub search: Option<String>,
    /// What has become of its invitation.
    pub standing: Option<ApplicationStanding>,
    /// Its invitation, to which nobody has come yet, was sent before this moment.
    pub invited_before: Option<OffsetDateTime>,
    /// Its invitation, to which nobody has come yet, is over by this moment.
    pub lapses_before: Option<OffsetDateTime>,
}

impl Office {
    /// Adds an application that a family submitted, and sends its invitation
    /// by the family's preferred way (S3).
    ///
    /// # Errors
    ///
    /// `application.number_missing`, `text.too_long`, `text.control_character`,
    /// `application.exists`, `party.not_found`.
    /// Nobody to send to is no error: the findings say so (I1).
    pub fn add_application(&self, new: &NewApplication) -> Result<Submitted> {
        self.act("add_application", |act| {
            let number = new.number.trim();
            if number.is_empty() {
                return Err(Finding::new(Code::ApplicationNumberMissing, "number").into());
            }
            let wrong = remark::all([("number", number)], ID_LIMIT);
            if !wrong.is_empty() {
                return Err(Error::invalid(wrong));
            }
            if act.count(&act.all().is(record::Application::number, number))? > 0 {
                return Err(Finding::new(Code::ApplicationExists, "number").with("number", number).into());
            }
            let mut family = delegated::party(act, new.family)?;
            act.guard(&family);
            let id = ApplicationId(act.new_id());
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
        let filter = ApplicationFilter { search: search.map(str::to_owned), ..ApplicationFilter::default() };
        self.applications_by(&filter, offset, limit)
    }

    /// The applications that a filter leaves, newest first, and how many they
    /// are: those that were never invited, those whose invitation lapses by a
    /// moment, or has (I4).
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// # let office = agency.acting_as(Actor::Support("Pat".into()));
    /// use carekey::agency::{ApplicationFilter, ApplicationStanding};
    ///
    /// let lapsed = ApplicationFilter { standing: Some(ApplicationStanding::Lapsed), ..ApplicationFilter::default() };
    /// assert_eq!(office.applications_by(&lapsed, 0, 20)?.found, 0);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn applications_by(
        &self,
        filter: &ApplicationFilter,
        offset: u64,
        limit: u64,
    ) -> Result<ListPage<ApplicationRow>> {
        let query = self.found_applications(filter)?;
        ListPage::read(&self.agency.shared, [query], offset, limit)?.try_map(|found| self.shown(found))
    }

    /// All of [`applications`](Self::applications), one after the other.
    pub fn each_application(&self, search: Option<&str>) -> Each<ApplicationRow> {
        self.each_application_by(&ApplicationFilter {
            search: search.map(str::to_owned),
            ..ApplicationFilter::default()
        })
    }

    /// All of [`applications_by`](Self::applications_by), one after the other.
    pub fn each_application_by(&self, filter: &ApplicationFilter) -> Each<ApplicationRow> {
        let read = |(office, filter): &(Self, ApplicationFilter), place: &mut Place| {
            office.shown(place.next(&office.agency.shared, [office.found_applications(filter)?])?)
        };
        let count =
            |(office, filter): &(Self, ApplicationFilter)| office.applications_by(filter, 0, 0).map(|page| page.found);
        Each::of((self.clone(), filter.clone()), read, count)
    }

    fn found_applications(&self, filter: &ApplicationFilter) -> Result<Query<record::Application>> {
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        let mut query = self.listed()?.by(record::Application::submitted_at, true);
        for word in sought(filter.search.as_deref().unwrap_or_default()) {
            query = query.contains(record::Application::search, &word);
        }
        if let Some(standing) = filter.standing {
            query = standing.narrow(query, agency, now(shared)?);
        }
        if filter.invited_before.is_some() || filter.lapses_before.is_some() {
            let mut out = out(agency);
            if let Some(moment) = filter.invited_before {
                out = out.before(record::Invitation::issued_at, moment);
            }
            if let Some(moment) = filter.lapses_before {
                out = out.before(record::Invitation::expires_at, after(moment));
            }
            query = query.found(record::Application::invitation, out, record::Invitation::id, true);
        }
        Ok(query)
    }

    /// The application of that number (S3).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `application.not_found`.
    pub fn application(&self, number: &str) -> Result<ApplicationRow> {
        let query = self.listed()?.is(record::Application::number, number.trim());
        let found = self.shown(read(&self.agency.shared, &query)?)?.pop();
        found.ok_or_else(|| Error::not_found(Code::ApplicationNotFound))
    }

    /// The applications that the actor may list: all, or those of families who
    /// are within reach of delegated work (A7).
    fn listed(&self) -> Result<Query<record::Application>> {
        let within = self.may_list("applications")?;
        let (all, now) = (Query::all(self.agency.id), now(&self.agency.shared)?);
        let Some(roles) = within else { return Ok(all) };
        let of = |query: Query<record::Application>, parties, wanted| {
            query.found(record::Application::family, parties, record::Party::id, wanted)
        };
        let having = delegated::having(self.agency.id, &roles, now);
        let all = of(of(all, having, true), delegated::beyond(self.agency.id, &roles, now), false);
        let managers = delegated::of_managers(self.agency.id);
        Ok(all.found(record::Application::family, managers, record::Link::party, false))
    }

    pub(super) fn shown(&self, found: Vec<record::Application>) -> Result<Vec<ApplicationRow>> {
        let agency = &self.agency;
        let links = Query::all(agency.id).among(record::Link::application, found.iter().map(|row| row.id));
        let links = read(&agency.shared, &links::in_force(links))?;
        let accounts =
            Query::<record::Account>::all(agency.id).among(record::Account::id, links.iter().map(|link| link.account));
        let accounts = read(&agency.shared, &accounts)?;
        let contacts = Query::<record::Contact>::all(agency.id)
            .among(record::Contact::account, accounts.iter().map(|account| account.id));
        let contacts = read(&agency.shared, &contacts)?;
        let now = now(&agency.shared)?;
        let sent = Query::<record::Invitation>::all(agency.id)
            .among(record::Invitation::id, found.iter().filter_map(|row| row.invitation));
        let sent = read(&agency.shared, &sent)?;
        Ok(found
            .into_iter()
            .map(|row| {
                let link = links.iter().find(|link| link.application == Some(row.id));
                let account = link.and_then(|link| accounts.iter().find(|account| account.id == link.account));
                let contact = account.map(|account| contacts::connected(account, &contacts));
                let invitation = sent.iter().find(|invitation| Some(invitation.id) == row.invitation);
                ApplicationRow {
                    online_account: online_account(contact, invitation.is_some()),
                    id: row.id,
                    number: row.number,
                    family_name: row.family_name,
                    family: row.family,
                    submitted_at: row.submitted_at,
                    invited_until: invitation
                        .filter(|invitation| invitation.superseded_at.is_none())
                        .map(|invitation| invitation.expires_at),
                    invited_contact: invitation.map(|invitation| invitation.contact.clone()),
                    invited_method: invitation.map(|invitation| invitation.method),
                    invitation: invitation.map(|invitation| invitation.life().standing(now)),
                }
            })
            .collect())
    }
}

/// Invitations that nobody has come to, and that nothing ended.
fn out(agency: AgencyId) -> Query<record::Invitation> {
    Query::all(agency).null(record::Invitation::superseded_at, true).null(record::Invitation::redeemed_at, true)
}

/// The next moment that stores tell apart: what is over by one, ends before it.
fn after(moment: OffsetDateTime) -> OffsetDateTime {
    moment.saturating_add(Duration::MILLISECOND)
}

impl ApplicationStanding {
    /// The applications of which it is so at a moment, said to the store: what
    /// grows with the agency is looked up there.
    fn narrow(
        self,
        query: Query<record::Application>,
        agency: AgencyId,
        now: OffsetDateTime,
    ) -> Query<record::Application> {
        let linked = links::in_force(Query::all(agency));
        let query = query.found(record::Application::id, linked, record::Link::application, self == Self::Linked);
        let invitation = |query: Query<record::Application>, of, wanted| {
            query.found(record::Application::invitation, of, record::Invitation::id, wanted)
        };
        match self {
            Self::NeverInvited => query.null(record::Application::invitation, true),
            Self::Invited => invitation(query, out(agency).from(record::Invitation::expires_at, after(now)), true),
            Self::Lapsed => invitation(query, out(agency).before(record::Invitation::expires_at, after(now)), true),
            Self::Ended => invitation(query, out(agency), false),
            Self::Linked => query,
        }
    }
}
