//! Agencies for the comparison: who is what, tied to whom, and since when.
//! Plain data, from which the facts of the library and the entities of Cedar
//! are made separately.

use std::collections::{BTreeMap, BTreeSet};

use carekey::policy::VisibilityPolicy;
use carekey::relationship::{PartyFacts, Period, Tie};
use carekey::visibility::{Grant, Of, Viewer};
use carekey::{ApplicationId, PartyId, PartyKind, Resource, Role, TieKind};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Milliseconds, from some moment or other.
pub type Ms = i64;

#[derive(Debug)]
pub struct Graph {
    pub at: Ms,
    pub accounts: Vec<Account>,
    pub parties: Vec<BTreeSet<Role>>,
    pub applications: usize,
    pub ties: Vec<TieRow>,
    pub grants: Vec<GrantRow>,
    pub taken: BTreeSet<(Role, Resource)>,
    pub opened: BTreeSet<(Role, Resource)>,
}

#[derive(Debug)]
pub struct Account {
    pub active: bool,
    pub parties: Vec<usize>,
    pub applications: Vec<usize>,
}

/// Party `who` is the `kind` of party `of`.
#[derive(Debug)]
pub struct TieRow {
    pub kind: TieKind,
    pub who: usize,
    pub of: usize,
    pub time: (Ms, Option<Ms>),
}

#[derive(Debug)]
pub struct GrantRow {
    pub to: usize,
    pub resource: Resource,
    pub of: Option<Whose>,
    pub time: (Ms, Option<Ms>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Own,
    Party(usize),
    Application(usize),
}

impl Graph {
    /// An agency with a little of everything; how much of each is part of the
    /// chance, so that sparse and dense ones come up.
    pub fn random(rng: &mut ChaCha8Rng) -> Self {
        let at = 1_000_000;
        let parties: usize = rng.random_range(1..=8);
        let applications: usize = rng.random_range(0..=3);
        let clients = rng.random_range(0.2..0.8);
        let others = rng.random_range(0.02..0.25);
        let parties_of: Vec<BTreeSet<Role>> = (0..parties)
            .map(|_| {
                let likely = |role: &Role| if *role == Role::Client { clients } else { others };
                Role::ALL.iter().copied().filter(|role| rng.random_bool(likely(role))).collect()
            })
            .collect();
        let mut accounts: Vec<Account> = (0..rng.random_range(1..=6))
            .map(|_| Account { active: rng.random_bool(0.9), parties: Vec::new(), applications: Vec::new() })
            .collect();
        for party in 0..parties {
            if rng.random_bool(0.8) {
                pick(rng, &mut accounts).parties.push(party);
            }
        }
        for application in 0..applications {
            if rng.random_bool(0.8) {
                pick(rng, &mut accounts).applications.push(application);
            }
        }
        let ties = (0..rng.random_range(0..=12))
            .map(|_| TieRow {
                kind: TieKind::ALL[rng.random_range(0..TieKind::ALL.len())],
                who: rng.random_range(0..parties),
                of: rng.random_range(0..parties),
                time: time_around(rng, at),
            })
            .collect();
        let grants = (0..rng.random_range(0..=8))
            .map(|_| GrantRow {
                to: rng.random_range(0..parties),
                resource: Resource::ALL[rng.random_range(0..Resource::ALL.len())],
                of: match rng.random_range(0..6) {
                    0 | 1 => None,
                    2 if applications > 0 => Some(Whose::Application(rng.random_range(0..applications))),
                    _ => Some(Whose::Party(rng.random_range(0..parties))),
                },
                time: time_around(rng, at),
            })
            .collect();
        let taking = if rng.random_bool(0.5) { 0.0 } else { rng.random_range(0.0..0.4) };
        let opening = if rng.random_bool(0.5) { 1.0 } else { rng.random_range(0.0..0.5) };
        let cells = || Role::ALL.iter().flat_map(|role| Resource::ALL.iter().map(|resource| (*role, *resource)));
        let taken = cells().filter(|_| rng.random_bool(taking)).collect();
        // Any cell at all: that most of them cannot be opened is the rule's part.
        let opened = cells().filter(|_| rng.random_bool(opening)).collect();
        Self { at, accounts, parties: parties_of, applications, ties, grants, taken, opened }
    }

    /// Whose things can be asked for.
    pub fn whose(&self) -> Vec<Whose> {
        let parties = (0..self.parties.len()).map(Whose::Party);
        core::iter::once(Whose::Own).chain(parties).chain((0..self.applications).map(Whose::Application)).collect()
    }

    /// Whether that time covers the moment of the agency.
    pub fn now(&self, (begins, ends): (Ms, Option<Ms>)) -> bool {
        begins <= self.at && ends.is_none_or(|ends| ends > self.at)
    }

    /// What the library is told of an account. It gets all ties and grants,
    /// those of others too, and must not mind.
    pub fn viewer(&self, account: usize) -> Viewer {
        let account = &self.accounts[account];
        Viewer {
            active: account.active,
            parties: account
                .parties
                .iter()
                .map(|party| PartyFacts {
                    id: party_id(*party),
                    kind: PartyKind::Person,
                    roles: self.parties[*party].clone(),
                })
                .collect(),
            ties: self
                .ties
                .iter()
                .map(|tie| Tie {
                    kind: tie.kind,
                    who: party_id(tie.who),
                    of: party_id(tie.of),
                    period: period(tie.time),
                })
                .collect(),
            grants: self
                .grants
                .iter()
                .map(|grant| Grant {
                    to: party_id(grant.to),
                    resource: grant.resource,
                    of: match grant.of {
                        Some(Whose::Party(party)) => Some(party_id(party).0),
                        Some(Whose::Application(application)) => Some(application_id(application).0),
                        Some(Whose::Own) | None => None,
                    },
                    period: period(grant.time),
                })
                .collect(),
            applications: account.applications.iter().map(|application| application_id(*application)).collect(),
        }
    }

    pub fn of(&self, whose: Whose) -> Of {
        match whose {
            Whose::Own => Of::Own,
            Whose::Party(party) => {
                Of::Party { id: party_id(party), client: self.parties[party].contains(&Role::Client) }
            }
            Whose::Application(application) => Of::Application(application_id(application)),
        }
    }

    pub fn policy(&self) -> VisibilityPolicy {
        let by_role = |cells: &BTreeSet<(Role, Resource)>| {
            let mut of: BTreeMap<Role, BTreeSet<Resource>> = BTreeMap::new();
            for (role, resource) in cells {
                of.entry(*role).or_default().insert(*resource);
            }
            of
        };
        VisibilityPolicy { taken_away: by_role(&self.taken), opened: by_role(&self.opened) }
    }

    pub fn moment(&self) -> OffsetDateTime {
        moment(self.at)
    }
}

/// In force, ended, yet to come, empty, and each of their edges.
fn time_around(rng: &mut ChaCha8Rng, at: Ms) -> (Ms, Option<Ms>) {
    const STEPS: [Ms; 5] = [-1000, -1, 0, 1, 1000];
    let begins = if rng.random_bool(0.5) { -5000 } else { STEPS[rng.random_range(0..STEPS.len())] };
    let ends = rng.random_bool(0.5).then(|| at + STEPS[rng.random_range(0..STEPS.len())]);
    (at + begins, ends)
}

fn pick<'a, T>(rng: &mut ChaCha8Rng, list: &'a mut [T]) -> &'a mut T {
    let index = rng.random_range(0..list.len());
    &mut list[index]
}

fn party_id(index: usize) -> PartyId {
    PartyId(Uuid::from_u128(1_000 + index as u128))
}

fn application_id(index: usize) -> ApplicationId {
    ApplicationId(Uuid::from_u128(2_000 + index as u128))
}

fn moment(ms: Ms) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(ms)
}

fn period((begins, ends): (Ms, Option<Ms>)) -> Period {
    Period { begins_at: moment(begins), ends_at: ends.map(moment) }
}
