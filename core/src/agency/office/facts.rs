//! What a roster is held against, read once: whom the agency knows, the names in
//! use, and what was decided on who is who.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use time::OffsetDateTime;

use super::met;
use crate::agency::identity::names;
use crate::agency::kernel::{AgencyKeys, Reads, Shared, act};
use crate::error::Result;
use crate::finding::Locale;
use crate::id::{AccountId, AgencyId, ApplicationId, InvitationId, PartyId};
use crate::message::in_zone;
use crate::name::PersonName;
use crate::policy::HashingLimits;
use crate::relationship::{PartyFacts, Tie, conveyed};
use crate::roster::{Known, Others, Preview, Roster, RosterRow, TieBasis, TiePreview, TieRoster, Who, WhoDecision};
use crate::store::{Query, parts, record};
use crate::username::{Taken, Usernames, canonical};
use crate::words::{Method, PartyKind, Role, Stage};

/// By ids, which carekey made itself.
type ById<K, V> = HashMap<K, V, RandomState>;

/// What a roster is held against.
pub(super) struct Facts {
    pub(super) people: People,
    /// How many the agency knows in all.
    pub(super) there: usize,
    /// All others, where those known are but whom a row may mean.
    pub(super) others: Option<Others>,
    pub(super) taken: Taken,
    pub(super) former: Former,
    pub(super) keys: AgencyKeys,
    pub(super) decisions: Vec<WhoDecision>,
    pub(super) agency: record::Agency,
    pub(super) limits: HashingLimits,
    pub(super) now: OffsetDateTime,
}

/// Whom the agency knows, by what it has of them.
pub(super) struct People {
    pub(super) known: Vec<Known>,
    /// The parties with several accounts, and the roles that they were given.
    pub(super) several: HashMap<PartyId, BTreeSet<Role>>,
    /// What each party is that is there.
    kinds: Vec<(PartyId, PartyKind)>,
    ties: Vec<record::Tie>,
}

parts! {
    /// What is known of a party.
    pub(super) PartyLine of Party {
        id: PartyId,
        kind: PartyKind,
        external_id: Option<String>,
        roles: BTreeSet<Role>,
        display_name: String,
        nickname: Option<String>,
        name_key: String,
        email_canonical: Option<String>,
        phone_e164: Option<String>,
        preferred: Option<Method>,
        locale: Option<Locale>,
        invitation: Option<InvitationId>,
        deleted_at: Option<OffsetDateTime>,
        merged_into: Option<PartyId>,
    }

    /// What is known of a login.
    #[derive(Clone)]
    pub(super) LoginLine of Account {
        id: AccountId,
        username_canonical: String,
        display_name: String,
        first_name: Option<String>,
        last_name: Option<String>,
        locale: Option<Locale>,
        stage: Stage,
        note: Option<String>,
    }

    /// Where a login is reached.
    pub(super) ContactLine of Contact {
        account: AccountId,
        method: Method,
        canonical: String,
        added_at: OffsetDateTime,
        proven_at: Option<OffsetDateTime>,
    }

    /// Whose a login is, or was.
    pub(super) LinkLine of Link {
        account: AccountId,
        party: PartyId,
        application: Option<ApplicationId>,
        since: OffsetDateTime,
        ends_at: Option<OffsetDateTime>,
    }
}

/// A login, with what leads to it.
#[derive(Clone, Default)]
struct Login {
    /// Itself, where it is there.
    line: Option<LoginLine>,
    email: Option<String>,
    phone: Option<String>,
    names: Vec<String>,
    /// The party of its earliest link: for whom it was made.
    made_for: Option<PartyId>,
    /// How many parties have it.
    parties: u32,
}

/// The logins of a party.
#[derive(Default)]
struct Has {
    /// The one that it goes by.
    login: Option<AccountId>,
    /// The one that was met first, and whether it has another one too.
    one: Option<AccountId>,
    several: bool,
}

/// Names of those who were deleted, in plain, or the digest of a skeleton of which
/// nothing else is left (U4): whose they were, where that was somebody's, and the digest
/// of what it was, where there is one.
pub(super) type Former = BTreeMap<String, (Option<PartyId>, String)>;

/// The same, by the accounts that had them.
#[derive(Default)]
pub(super) struct Retired(pub(super) HashMap<String, (AccountId, String)>);

impl Retired {
    /// Takes a used name in, where it is of somebody deleted.
    pub(super) fn add(&mut self, skeleton: &str, canonical: &str, account: AccountId, is_retired: bool) {
        if is_retired || names::is_digest(canonical) {
            let (name, said) = if names::is_digest(canonical) { (skeleton, canonical) } else { (canonical, "") };
            self.0.insert(name.to_owned(), (account, said.to_owned()));
        }
    }

    /// Whose they were, as these links say: an account was made for whom it was linked
    /// to first.
    pub(super) fn former(self, links: &[LinkLine]) -> Former {
        let mut first: ById<AccountId, Option<&LinkLine>> =
            self.0.values().map(|(account, _)| (*account, None)).collect();
        for link in links {
            if let Some(first) = first.get_mut(&link.account)
                && first.is_none_or(|first| link.since < first.since)
            {
                *first = Some(link);
            }
        }
        let made_for = |account: AccountId| first.get(&account).copied().flatten().map(|link| link.party);
        self.0.into_iter().map(|(name, (account, said))| (name, (made_for(account), said))).collect()
    }
}

/// The rows by which people are known.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) names: Vec<record::UsedName>,
    pub(super) contacts: Vec<ContactLine>,
    pub(super) accounts: Vec<LoginLine>,
    pub(super) links: Vec<LinkLine>,
    pub(super) parties: Vec<PartyLine>,
    pub(super) ties: Vec<record::Tie>,
}

impl Facts {
    /// What a roster is held against: of very many people those alone whom its rows
    /// may mean, as they and these decisions say.
    pub(super) fn of_roster(
        shared: &Arc<Shared>,
        agency: &record::Agency,
        roster: &Roster,
        decisions: &[WhoDecision],
    ) -> Result<Self> {
        let there = Query::<record::Party>::all(agency.id).null(record::Party::deleted_at, true);
        let people = shared.store.count(there.select())?;
        match met::pays(roster, people) {
            true => met::load(shared, agency, roster, decisions),
            false => Self::load(shared, agency),
        }
    }

    /// All of the agency.
    pub(super) fn load(shared: &Shared, agency: &record::Agency) -> Result<Self> {
        let id: AgencyId = agency.id;
        let mut reads = Reads::default();
        // Where a store does not read all of it as of one moment, whoever comes
        // meanwhile is known by the record, and by no login without one.
        let names = reads.ask(&Query::<record::UsedName>::all(id));
        let contacts = reads.ask_parts::<ContactLine>(Query::all(id));
        let accounts = reads.ask_parts::<LoginLine>(Query::all(id).null(record::Account::deleted_at, true));
        let links = reads.ask_parts::<LinkLine>(Query::all(id));
        let parties = reads.ask_parts::<PartyLine>(Query::all(id));
        let ties = reads.ask(&Query::<record::Tie>::all(id));
        let decided = reads.ask(&Query::<record::Decision>::all(id));
        let mut found = reads.read(shared)?;
        let rows = Rows {
            names: found.take(&names)?,
            contacts: found.take(&contacts)?,
            accounts: found.take(&accounts)?,
            links: found.take(&links)?,
            parties: found.take(&parties)?,
            ties: found.take(&ties)?,
        };
        let mut taken = Taken::new();
        let mut retired = Retired::default();
        for used in &rows.names {
            names::take(&mut taken, &used.canonical, used.retired_at.is_some());
            retired.add(&used.skeleton, &used.canonical, used.account, used.retired_at.is_some());
        }
        let (now, former) = (act::now(shared)?, retired.former(&rows.links));
        let people = rows.people(now);
        Ok(Self {
            there: people.known.len(),
            people,
            others: None,
            taken,
            former,
            keys: shared.key.agency(id),
            decisions: kept(found.take(&decided)?),
            agency: agency.clone(),
            limits: shared.limits,
            now,
        })
    }

    /// The account of each party that has one.
    pub(super) fn accounts(&self) -> BTreeMap<PartyId, AccountId> {
        self.people.known.iter().filter_map(|known| Some((known.party, known.account?))).collect()
    }

    /// Holds a roster of ties against it.
    pub(super) fn preview_ties(self, roster: TieRoster, may_represent: bool) -> TiePreview {
        // The party itself comes before those who were merged into it.
        let roles = self.people.known.iter().rev().map(|known| (known.party, known.roles.clone()));
        let mut roles: BTreeMap<PartyId, BTreeSet<Role>> = roles.collect();
        let facts = self.people.kinds.into_iter().map(|(id, kind)| PartyFacts {
            id,
            kind,
            roles: roles.remove(&id).unwrap_or_default(),
        });
        roster.preview(TieBasis {
            facts: facts.collect(),
            known: self.people.known,
            ties: self.people.ties.iter().map(|tie| (tie.id, tie.facts())).collect(),
            decisions: self.decisions,
            country: self.agency.country,
            zone: self.agency.time_zone,
            may_represent,
            now: self.now,
        })
    }

    /// Holds a roster against it, with the decisions that were kept and these.
    pub(super) fn preview(mut self, roster: Roster, decisions: &[WhoDecision]) -> Result<Preview> {
        let policy = &self.agency.policy;
        let country = &self.agency.country;
        if !self.former.is_empty() {
            let mut returning: BTreeMap<PartyId, BTreeSet<String>> = BTreeMap::new();
            for canonical in said(roster.rows(), &self.people.known, country) {
                let party = match names::digests(&self.keys, &canonical).find_map(|digest| self.former.get(&digest)) {
                    Some((party, said)) => {
                        self.taken.insert_retired(&canonical);
                        // One that only looks like it is not theirs, and nobody's any more.
                        party.filter(|_| names::is_said(&self.keys, said, &canonical))
                    }
                    None => self.former.get(&canonical).and_then(|(party, _)| *party),
                };
                if let Some(party) = party {
                    returning.entry(party).or_default().insert(canonical);
                }
            }
            let there: BTreeSet<PartyId> = self.people.known.iter().map(|known| known.party).collect();
            let returning = returning.into_iter().filter(|(party, _)| !there.contains(party));
            let returning: Vec<Known> = returning.map(|(party, own)| Known::deleted(party, own)).collect();
            self.people.known.extend(returning);
        }
        let usernames = Usernames::new(&policy.username, &self.agency.prefix, country, self.taken)?;
        let today = in_zone(self.now, self.agency.time_zone.as_deref()).date();
        let decisions: Vec<WhoDecision> = self.decisions.iter().chain(decisions).cloned().collect();
        let roster = roster.within(&self.limits).on(today);
        let preview = match self.others {
            None => roster.preview(&self.people.known, &decisions, usernames, policy, country),
            Some(others) => roster.preview_beside(self.people.known, others, decisions, usernames, policy, country),
        };
        Ok(preview.with_several(self.people.several))
    }
}

/// The usernames, addresses and numbers of which a row may be somebody's who was
/// deleted: whether they were, only the name itself tells.
pub(super) fn said(rows: &[RosterRow], known: &[Known], country: &str) -> Vec<String> {
    let rows = rows.iter().flat_map(|row| [&row.email, &row.phone, &row.username]);
    let typed = rows.flatten().map(|typed| canonical(typed, country));
    // A row that leaves a contact blank, or has one of somebody merged, goes by what is
    // known.
    let stored = known.iter().flat_map(|known| [&known.email_canonical, &known.phone_e164]).flatten().cloned();
    typed.chain(stored).collect()
}

impl Rows {
    /// Each login with what leads to it.
    fn logins(&mut self) -> ById<AccountId, Login> {
        let mut logins: ById<AccountId, Login> =
            ById::with_capacity_and_hasher(self.accounts.len(), RandomState::default());
        for line in self.accounts.drain(..) {
            logins.insert(line.id, Login { line: Some(line), ..Login::default() });
        }
        for used in self.names.drain(..).filter(|used| !names::is_digested(used)) {
            logins.entry(used.account).or_default().names.push(used.canonical);
        }
        self.contacts.sort_by_key(|contact| contact.added_at);
        for contact in self.contacts.drain(..) {
            let Some(login) = logins.get_mut(&contact.account) else { continue };
            let reached = match contact.method {
                Method::Email => &mut login.email,
                Method::Sms => &mut login.phone,
            };
            // What waits to be confirmed is not the account's yet (C2).
            if reached.is_none() || contact.proven_at.is_some() {
                *reached = Some(contact.canonical);
            }
        }
        logins
    }

    /// Who is known by them at that moment.
    pub(super) fn people(mut self, now: OffsetDateTime) -> People {
        let mut logins = self.logins();
        let Self { mut links, mut parties, ties, .. } = self;
        links.sort_by_key(|link| link.since);
        let mut has: ById<PartyId, Has> = ById::with_capacity_and_hasher(links.len(), RandomState::default());
        for link in links {
            let login = logins.entry(link.account).or_default();
            login.made_for.get_or_insert(link.party);
            if link.ends_at.is_some() {
                continue;
            }
            let has = has.entry(link.party).or_default();
            if link.application.is_none() {
                has.several |= *has.one.get_or_insert(link.account) != link.account;
            }
            if login.line.is_some() && has.login.is_none() {
                has.login = Some(link.account);
                login.parties += 1;
            }
        }
        let mut tied: ById<PartyId, Vec<Tie>> = ById::default();
        for tie in &ties {
            tied.entry(tie.who).or_default().push(tie.facts());
        }
        let gone = parties.extract_if(.., |party| party.deleted_at.is_some()).collect();
        let kinds = parties.iter().map(|party| (party.id, party.kind)).collect();
        let mut several = HashMap::new();
        let mut known = Vec::with_capacity(parties.len());
        for party in parties {
            let has = has.remove(&party.id).unwrap_or_default();
            if has.several {
                several.insert(party.id, party.roles.clone());
            }
            let conveyed = tied.get(&party.id).map(|tied| conveyed(party.id, tied, now)).unwrap_or_default();
            let login = has.login.and_then(|account| of_one(&mut logins, account));
            known.push(of_party(party, login, conveyed));
        }
        // Logins that were made before their records: they may meet them here (A2).
        let unrecorded = logins.into_values().filter(|login| login.made_for.is_none());
        let mut unrecorded: Vec<Known> = unrecorded.filter_map(without_record).collect();
        unrecorded.sort_unstable_by_key(|login| login.party);
        known.extend(unrecorded);
        People { known: with_merged(known, gone), several, kinds, ties }
    }
}

/// Decisions as they were kept.
pub(super) fn kept(decided: Vec<record::Decision>) -> Vec<WhoDecision> {
    let decided = decided.into_iter();
    decided.map(|kept| WhoDecision { said: kept.said, who: kept.party.map_or(Who::Another, Who::Same) }).collect()
}

/// The login of a party: itself, where it is of no other one.
fn of_one(logins: &mut ById<AccountId, Login>, account: AccountId) -> Option<Login> {
    let login = logins.get_mut(&account)?;
    login.parties = login.parties.saturating_sub(1);
    if login.parties > 0 { Some(login.clone()) } else { logins.remove(&account) }
}

/// What is known of a party that is there.
fn of_party(party: PartyLine, login: Option<Login>, conveyed: BTreeSet<Role>) -> Known {
    let invited = party.invitation.is_some();
    let mut known = by_record(party.id, party);
    known.invited = invited;
    known.roles.extend(conveyed);
    if let Some((login, line)) = login.and_then(|mut login| login.line.take().map(|line| (login, line))) {
        known.account = Some(line.id);
        known.active = line.stage.has_come();
        known.joined = login.made_for != Some(known.party);
        known.note = line.note;
        known.username_canonical = Some(line.username_canonical);
        (known.account_email, known.account_phone, known.own_names) = (login.email, login.phone, login.names);
    }
    known
}

/// What the record of a party says of one.
fn by_record(id: PartyId, party: PartyLine) -> Known {
    Known {
        external_id: party.external_id,
        name_key: party.name_key,
        display_name: party.display_name,
        nickname: party.nickname,
        roles: party.roles,
        email_canonical: party.email_canonical,
        phone_e164: party.phone_e164,
        preferred: party.preferred,
        locale: party.locale,
        ..blank(id)
    }
}

/// What is known of somebody of whom there is a login and no record.
fn without_record(login: Login) -> Option<Known> {
    let line = login.line?;
    Some(Known {
        account: Some(line.id),
        active: line.stage.has_come(),
        joined: true,
        unrecorded: true,
        own_names: login.names,
        account_email: login.email,
        account_phone: login.phone,
        name_key: PersonName { first: line.first_name, last: line.last_name, ..PersonName::default() }.key(),
        display_name: line.display_name,
        username_canonical: Some(line.username_canonical),
        note: line.note,
        locale: line.locale,
        ..blank(PartyId(line.id.0))
    })
}

fn blank(party: PartyId) -> Known {
    Known { deleted: false, ..Known::deleted(party, []) }
}

/// Those who were merged into someone (A6) are known beside them, as the same
/// party, by what they were known by: a file that still names them means that
/// one.
fn with_merged(mut known: Vec<Known>, gone: Vec<PartyLine>) -> Vec<Known> {
    let into: BTreeMap<PartyId, PartyId> =
        gone.iter().filter_map(|party| Some((party.id, party.merged_into?))).collect();
    if into.is_empty() {
        return known;
    }
    let there: BTreeSet<PartyId> = known.iter().map(|known| known.party).collect();
    for party in gone.into_iter().filter(|party| party.merged_into.is_some()) {
        // No longer than there are steps: whoever is merged is in no circle.
        let last = into.iter().try_fold(party.id, |at, _| into.get(&at).copied().ok_or(at));
        let (Ok(last) | Err(last)) = last;
        if there.contains(&last) {
            known.push(by_record(last, party));
        }
    }
    known
}
