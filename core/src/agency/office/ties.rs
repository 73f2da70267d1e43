//! Ties (R): making and ending them, and enrolling those whom one makes
//! somebody's emergency contact, payer or community.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use super::people::{by_role, facts};
use super::{Office, delegated, describe, not_allowed};
use crate::agency::identity::enrol::{self, Enrolled};
use crate::agency::identity::{contacts, links};
use crate::agency::kernel::{Act, Acting, Agency, Post, Sending, Source, Tracked, get, read, run, system};
use crate::description::AdministrativeAct;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, has_errors, params};
use crate::id::{AccountId, PartyId, TieId};
use crate::policy::EnrolmentScheme;
use crate::relationship::{PartyFacts, Period, Tie, check_reference, check_tie, conveys};
use crate::remark;
use crate::store::{Query, record};
use crate::words::{ActorKind, EventKind, MessageKind, Method, Role, TieKind};

/// A tie to be made: `who` becomes the `kind` of `of`.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The document that it rests on, in at most 200 characters: what a personal
    /// representative is one by (V).
    pub reference: Option<String>,
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

/// A tie as the office lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRow {
    /// The tie.
    pub tie: TieId,
    /// What `who` is to `of`.
    pub kind: TieKind,
    /// The one who has the part.
    pub who: PartyId,
    /// Their name, as it is shown.
    pub who_name: String,
    /// The one whose relationship it is.
    pub of: PartyId,
    /// Their name, as it is shown.
    pub of_name: String,
    /// From when.
    pub begins_at: OffsetDateTime,
    /// Until when; the moment itself is outside.
    pub ends_at: Option<OffsetDateTime>,
    /// The document that it rests on.
    pub reference: Option<String>,
}

impl Office {
    /// The ties of a party, both ways round: what it is to others, and what
    /// others are to it (R). Those in force at a moment, where one is given;
    /// otherwise all there ever were. The latest begun come first.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, `party.merged`, and those of the
    /// store.
    pub fn ties(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<Vec<TieRow>> {
        self.may_of("ties", |act| delegated::party(act, party).map(drop))?;
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        let known = get::<record::Party>(shared, agency, party.0)?;
        known.ok_or_else(|| Error::not_found(Code::PartyNotFound))?.there()?;
        self.ties_of(party, at)
    }

    /// The same, of a party that is known.
    pub(super) fn ties_of(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<Vec<TieRow>> {
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        let ties = Query::<record::Tie>::all(agency).or_is(record::Tie::who, party).or_is(record::Tie::of, party);
        let mut ties = read(shared, &ties)?;
        ties.retain(|tie| at.is_none_or(|at| tie.facts().period.in_force(at)));
        ties.sort_by_key(|tie| (core::cmp::Reverse(tie.begins_at), tie.id));
        let ends: BTreeSet<PartyId> = ties.iter().flat_map(|tie| [tie.who, tie.of]).collect();
        let parties = read(shared, &Query::<record::Party>::all(agency).among(record::Party::id, &ends))?;
        let names: BTreeMap<PartyId, String> =
            parties.into_iter().map(|party| (party.id, party.display_name)).collect();
        let name = |party: PartyId| names.get(&party).cloned().unwrap_or_default();
        let row = |tie: record::Tie| TieRow {
            tie: tie.id,
            kind: tie.kind,
            who: tie.who,
            who_name: name(tie.who),
            of: tie.of,
            of_name: name(tie.of),
            begins_at: tie.begins_at,
            ends_at: tie.ends_at,
            reference: tie.reference,
        };
        Ok(ties.into_iter().map(row).collect())
    }

    /// Makes a tie: `who` becomes the `kind` of `of` (R). A tie that makes
    /// someone an emergency contact, payer or community of a client enrols
    /// them by policy, if they have no account yet (S1): now, or where it
    /// begins later, then.
    ///
    /// A personal representative is set by support or an account manager, and
    /// told to the client: at all contacts of their account that are proven, before
    /// the first where it is reached, or else by the contact that the office wrote
    /// down (V).
    ///
    /// One that ends when it begins is none: `tie.ends_before_it_begins`.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, or the findings of [`check_tie`],
    /// and after them `tie.reference_missing`, `text.too_long`,
    /// `text.control_character`. That someone could not be enrolled is no error:
    /// the findings of the enrolment say why.
    pub fn relate(&self, new: &NewTie) -> Result<Tied> {
        self.act("relate", |act| relate(act, new))
    }

    /// Ends a tie, now or at a moment given; what it allowed is over then. An
    /// end only ever comes earlier by it: one that is over, or ends before
    /// that moment already, stays as it is.
    ///
    /// # Errors
    ///
    /// `tie.not_found`, `tie.ended`, `tie.ends_before_it_begins`.
    pub fn end_tie(&self, tie: TieId, at: Option<OffsetDateTime>) -> Result<()> {
        self.act("end_tie", |act| {
            let mut tie: Tracked<record::Tie> = act.get(tie.0, Code::TieNotFound)?;
            delegated::both(act, tie.who, tie.of)?;
            let at = at.unwrap_or(act.now);
            if tie.ends_at.is_some_and(|ends| ends <= act.now || ends < at) {
                return Err(Finding::new(Code::TieEnded, "tie").into());
            }
            if at < tie.begins_at {
                return Err(Finding::new(Code::TieEndsBeforeItBegins, "ends_at").into());
            }
            end(act, &mut tie, at)
        })
    }
}

/// Whether somebody may set a personal representative (V): neither a program
/// nor delegated work says who decides as a client.
pub(super) fn may_represent(acting: &Acting) -> bool {
    matches!(acting.kind, ActorKind::Support | ActorKind::Manager)
}

/// Makes one tie, where nothing speaks against it.
pub(super) fn relate(act: &mut Act<'_>, new: &NewTie) -> Result<Tied> {
    if new.kind == TieKind::PersonalRepresentative && !may_represent(&act.acting) {
        return Err(not_allowed("relate"));
    }
    let mut who = delegated::party(act, new.who)?;
    let period = Period { begins_at: new.begins_at.unwrap_or(act.now), ends_at: new.ends_at };
    let existing: Vec<Tracked<record::Tie>> = act.find(&act.all().is(record::Tie::of, new.of))?;
    let existing: Vec<Tie> = existing.iter().map(|tie| tie.facts()).collect();
    let check = |who: &PartyFacts, of: &PartyFacts| {
        let mut findings = check_tie(new.kind, who, of, &period, &existing);
        let reference = match remark::read(new.reference.as_deref(), "reference") {
            Ok(reference) => {
                findings.extend(check_reference(new.kind, reference.as_deref()));
                reference
            }
            Err(found) => {
                findings.extend(found);
                None
            }
        };
        if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(reference) }
    };
    let who_facts = facts(act, &who)?;
    if new.of == new.who {
        check(&who_facts, &who_facts)?;
    }
    let mut of = delegated::party(act, new.of)?;
    let reference = check(&who_facts, &facts(act, &of)?)?;
    if let Some(role) = conveys(new.kind) {
        delegated::gives(act, [role])?;
    }
    make(act, (new.kind, period, reference), &mut who, &mut of)
}

/// Makes a tie of which nothing speaks against it, and enrols whom it makes one
/// whom the policy enrols: now, or where it begins later, then.
pub(super) fn make(
    act: &mut Act<'_>,
    (kind, period, reference): (TieKind, Period, Option<String>),
    who: &mut Tracked<record::Party>,
    of: &mut Tracked<record::Party>,
) -> Result<Tied> {
    // Two such acts at once must not both find no tie: each writes the party
    // whose tie it is, and the later one is decided again.
    of.touch();
    let mut tie = record::Tie {
        agency: act.agency.id,
        id: TieId(act.new_id()),
        revision: 1,
        kind,
        who: who.id,
        of: of.id,
        begins_at: period.begins_at,
        ends_at: period.ends_at,
        enrols_at: None,
        reference,
    };
    let mut enrolled = None;
    if let Some(role) = conveys(kind) {
        if period.begins_at > act.now {
            // Whether it is a client's is asked when it begins.
            tie.enrols_at = Some(period.begins_at);
        } else if period.in_force(act.now) && of.roles.contains(&Role::Client) {
            enrolled = enrol_unless_known(act, who, role)?;
        }
    }
    let tie = act.add(tie);
    let mut details = params([
        ("tie", tie.id.to_string().into()),
        ("kind", kind.as_str().into()),
        ("who", who.display_name.as_str().into()),
        ("of", of.display_name.as_str().into()),
    ]);
    if let Some(reference) = &tie.reference {
        details.insert("reference".to_owned(), reference.as_str().into());
    }
    act.agency_event(EventKind::TieAdded, details)?;
    if enrolled.is_none() {
        describe(act, who.id, AdministrativeAct::TieAdded)?;
    }
    if let (TieKind::PersonalRepresentative, Some(until)) = (kind, period.ends_at) {
        let logins: Vec<AccountId> = links::direct(act, of.id)?.iter().map(|link| link.account).collect();
        tell_client(act, of, &logins, &who.display_name, until)?;
    }
    // What it conveys is a role of theirs, on which others may rest (A7).
    who.touch();
    Ok(Tied { tie: tie.id, enrolled })
}

/// Tells a client who was set to decide as they do, and until when: at all contacts
/// that are proven, or else by one.
pub(super) fn tell_client(
    act: &mut Act<'_>,
    of: &record::Party,
    logins: &[AccountId],
    name: &str,
    until: OffsetDateTime,
) -> Result<()> {
    let (kind, representative) = (MessageKind::RepresentativeAdded, Some((name, until)));
    let mut told = false;
    for login in logins {
        let Some(account) = act.by_id::<record::Account>(login.0)? else { continue };
        let contacts = contacts::of(act, account.id)?;
        for contact in contacts::told(&account, &contacts, of.preferred) {
            act.post(Post { representative, ..contacts::to_account(&account, kind, contact, &[]) })?;
            told = true;
        }
    }
    let stored = |method: Method| match method {
        Method::Email => of.email.as_deref(),
        Method::Sms => of.phone_e164.as_deref(),
    };
    let mut methods = of.preferred.into_iter().chain([Method::Email, Method::Sms]);
    match methods.find_map(|method| Some((method, stored(method)?))) {
        Some((method, address)) if !told => act.post(Post {
            kind,
            method,
            address,
            locale: of.locale,
            account: None,
            invitation: None,
            name: &of.display_name,
            username: None,
            contact: None,
            representative,
            valid: None,
            secrets: &[],
        }),
        _ => Ok(()),
    }
}

/// Ends a tie that ends later, or not yet, at that moment.
pub(super) fn end(act: &mut Act<'_>, tie: &mut Tracked<record::Tie>, at: OffsetDateTime) -> Result<()> {
    tie.ends_at = Some(at);
    if at <= tie.begins_at {
        tie.enrols_at = None;
    }
    let details = params([("tie", tie.id.to_string().into()), ("kind", tie.kind.as_str().into())]);
    act.agency_event(EventKind::TieEnded, details)?;
    describe(act, tie.who, AdministrativeAct::TieEnded)
}

/// Enrols a party by what a tie makes of it, unless it has an account or was
/// invited to one.
fn enrol_unless_known(act: &mut Act<'_>, who: &mut Tracked<record::Party>, role: Role) -> Result<Option<Enrolled>> {
    let by_code = act.policy().enrolment.scheme(role) == EnrolmentScheme::InvitationCode;
    if (by_code && who.invitation.is_some()) || links::account_of(act, who.id)?.is_some() {
        return Ok(None);
    }
    let enrolled = by_role(act, who, role, None)?;
    // Two ties at once must not make two accounts.
    who.touch();
    Ok(Some(enrolled))
}

/// The same where nobody waits for what comes of it: of whom no message can reach, no
/// password is made that nobody would know; they wait for the office to send it (I10).
/// Who was unlinked comes back by an invitation alone (C5).
pub(super) fn enrol_unattended(act: &mut Act<'_>, who: &mut Tracked<record::Party>, role: Role) -> Result<()> {
    if act.first::<record::Link>(&act.all().is(record::Link::party, who.id))?.is_some() {
        return Ok(());
    }
    let sending = act.acting.sending;
    if who.email.is_none() && who.phone_e164.is_none() {
        act.acting.sending = Sending::Later;
    }
    let enrolled = enrol_unless_known(act, who, role);
    act.acting.sending = sending;
    enrolled.map(drop)
}

/// The role by which a tie that is in force enrols who has it: of a client alone (R).
pub(super) fn enrols_in(act: &Act<'_>, tie: &record::Tie) -> Result<Option<Role>> {
    let Some(role) = conveys(tie.kind).filter(|_| tie.facts().period.in_force(act.now)) else { return Ok(None) };
    let of = enrol::party(act, tie.of).ok().filter(|of| of.roles.contains(&Role::Client));
    Ok(of.map(|_| role))
}

/// Somebody became a client. Whom ties of before make their emergency contact, payer
/// or community is enrolled: now, or where one begins later, then (R).
pub(super) fn enrol_for(act: &mut Act<'_>, client: PartyId) -> Result<()> {
    let ties = act.find(&act.all().is(record::Tie::of, client))?;
    enrol_by(act, ties)
}

/// The same by these ties, which are those of a client.
pub(super) fn enrol_by(act: &mut Act<'_>, ties: Vec<Tracked<record::Tie>>) -> Result<()> {
    for mut tie in ties {
        let Some(role) = conveys(tie.kind) else { continue };
        if tie.begins_at > act.now {
            // An earlier release asked when the tie was made.
            if tie.enrols_at.is_none() && tie.ends_at.is_none_or(|ends| ends > tie.begins_at) {
                tie.enrols_at = Some(tie.begins_at);
            }
        } else if let (true, Ok(mut who)) = (tie.facts().period.in_force(act.now), enrol::party(act, tie.who)) {
            enrol_unattended(act, &mut who, role)?;
        }
    }
    Ok(())
}

/// How many ties that begin are taken up in one piece.
const PIECE: u64 = 100;

impl Agency {
    /// Enrols those whose tie has begun since it was made (R), where it is a client's
    /// still. The outbox does so before it gives out messages, so that no host has to
    /// remember it.
    pub(super) fn begin_ties(&self) -> Result<()> {
        loop {
            let piece = run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
                let due = act.all().null(record::Tie::enrols_at, false);
                let due = due.before(record::Tie::enrols_at, act.now.saturating_add(time::Duration::MILLISECOND));
                let due: Vec<Tracked<record::Tie>> = act.find(&due.page(0, PIECE))?;
                let found = due.len();
                for mut tie in due {
                    tie.enrols_at = None;
                    if let (Ok(mut who), Some(role)) = (enrol::party(act, tie.who), enrols_in(act, &tie)?) {
                        // Who cannot be enrolled has no account: the list of those
                        // without one says so.
                        enrol_unattended(act, &mut who, role)?;
                    }
                }
                Ok(found)
            })?;
            if piece == 0 {
                return Ok(());
            }
        }
    }
}
