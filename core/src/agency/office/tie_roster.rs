//! Rosters of ties against what is stored: previewing and creating (R, B).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::facts::Facts;
use super::roster::keep_decision;
use super::ties::{Tied, end, make, may_represent};
use super::{Office, Progress};
use crate::agency::kernel::pieces::{Piece, hashing, in_pieces};
use crate::agency::kernel::{Act, Tracked, act};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};
use crate::id::{AccountId, PartyId, TieId};
use crate::roster::{Said, TieCheck, TieDeed, TieOutcome, TiePreview, TieRoster, TieStanding, Who, WhoDecision};
use crate::secret::Secret;
use crate::store::record;

/// What came of one row of a roster of ties.
#[derive(Debug, Clone)]
pub struct TieResult {
    /// The line of the row.
    pub line: u64,
    /// What came of it.
    pub outcome: TieOutcome,
    /// The tie, where there is one.
    pub tie: Option<TieId>,
    /// The one who has the part, where that is certain.
    pub who: Option<PartyId>,
    /// The one whose relationship it is, where that is certain.
    pub of: Option<PartyId>,
    /// The account that was made for `who`, where the tie enrolled them.
    pub account: Option<AccountId>,
    /// Their username, as it is shown.
    pub username: Option<String>,
    /// A temporary password that no message could carry, to be handed over.
    pub hand_over: Option<Secret>,
    /// Why it failed, and what else there is to say: also why `who` could not
    /// be enrolled, which keeps no tie from being made.
    pub findings: Vec<Finding>,
}

/// What came of a whole roster of ties: every row is accounted for.
#[derive(Debug, Clone)]
pub struct TieReport {
    /// One result for each row, in the order of the roster.
    pub rows: Vec<TieResult>,
    /// Why the work ended before its time, where it did: what was committed by
    /// then stands in the rows, and the rest can be run again.
    pub stopped: Option<Error>,
}

impl TieReport {
    /// How many rows came out so.
    pub fn count(&self, outcome: TieOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }
}

impl Office {
    /// Holds a roster of ties against the agency: what would come of every
    /// row, with its findings (R, B). It writes nothing.
    ///
    /// Each end is a party that the agency knows (C4): its identifier, its
    /// external id, or an e-mail address or phone number that it alone has,
    /// makes it certain, and so does a name with a contact that agrees. A name
    /// alone waits with `roster.maybe_same`, and what fits several with
    /// `roster.ambiguous`, until [`TiePreview::accept`] says who it is; that is
    /// kept. What fits nobody is `party.not_found`.
    ///
    /// A row is about the tie of that kind, between the two, that begins at the
    /// moment it names: where it names none, about the one that ends as it
    /// says, that is in force, or that begins next. What it says otherwise of
    /// that tie is its end, which only ever comes earlier: `tie.ends_earlier`
    /// where it would come later, `tie.ended` where it is over. A row about no
    /// tie that is there makes one, from now where it names no beginning,
    /// unless the same tie is there at a time that both cover. Of two rows
    /// about one tie the later fails: `roster.repeated_tie`. A row that makes a
    /// personal representative names the document and the end
    /// (`tie.reference_missing`, `tie.end_missing`), and fails with
    /// `actor.not_allowed` where a program is the actor (V).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn preview_ties(&self, roster: TieRoster) -> Result<TiePreview> {
        self.may("preview_ties")?;
        let (shared, agency) = (&self.agency.shared, self.agency.record()?);
        let facts = Facts::load(shared, &agency)?;
        Ok(facts.preview_ties(roster, may_represent(&self.someone())))
    }

    /// Makes and ends the ties that a preview let pass, in pieces that are each
    /// whole; whoever one makes somebody's emergency contact, payer or
    /// community is enrolled as by [`Office::relate`] (R). It can be run again,
    /// after a crash or with next month's roster: what is there already is left
    /// alone, and what was decided of who is who is kept (C4).
    ///
    /// Rows are checked again from fresh facts before they are written.
    ///
    /// `progress` is told before each piece, and may stop the work: the report
    /// says so, and holds what was done until then.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` and those of the store, where nothing was done yet:
    /// later they stand in the report.
    pub fn create_ties(
        &self,
        preview: &TiePreview,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<TieReport> {
        self.may("create_ties")?;
        let pending = preview.passing();
        let (total, before) = (preview.rows().len(), preview.rows().len() - pending.len());
        let mut told = |done: Progress| progress(Progress { done: before + done.done, total });
        let pieces = in_pieces(&pending, hashing(pending.len()), &mut told, |piece, tries| {
            self.commit_ties(preview, piece, tries)
        });
        if let Some(error) = &pieces.stopped
            && pieces.results.is_empty()
            && error.kind != ErrorKind::Cancelled
        {
            return Err(error.clone());
        }
        let mut results: BTreeMap<u64, TieResult> =
            preview.rows().iter().map(|row| (row.row.line, left(row))).collect();
        results.extend(pieces.results.into_iter().map(|result| (result.line, result)));
        Ok(TieReport { rows: results.into_values().collect(), stopped: pieces.stopped })
    }

    /// Commits one piece.
    fn commit_ties(&self, preview: &TiePreview, piece: &[&TieCheck], tries: u32) -> Result<Piece<TieResult>> {
        let agency = &self.agency;
        let done = act::attempt(&agency.shared, agency.id, &self.someone(), tries, |act| {
            self.admit(act, "create_ties")?;
            let mut desk = Desk::read(act, piece)?;
            let row = |check: &&TieCheck| {
                let result = desk.write(act, check)?;
                for (said, party) in preview.decisions(check.row.line).filter(|_| result.outcome.passes()) {
                    keep_decision(act, &WhoDecision { said, who: Who::Same(party) }, party)?;
                }
                Ok(result)
            };
            piece.iter().map(row).collect::<Result<Vec<TieResult>>>()
        })?;
        Ok(done.map_or(Piece::Conflict, Piece::Done))
    }
}

/// The result of a row for which nothing was done.
fn left(check: &TieCheck) -> TieResult {
    TieResult {
        line: check.row.line,
        outcome: if check.passes() { TieOutcome::NotReached } else { check.outcome },
        tie: check.tie,
        who: check.who,
        of: check.of,
        account: None,
        username: None,
        hand_over: None,
        findings: check.findings.clone(),
    }
}

/// What the rows of one piece are about, read at once.
struct Desk {
    parties: BTreeMap<PartyId, Tracked<record::Party>>,
    ties: BTreeMap<TieId, Tracked<record::Tie>>,
    standing: TieStanding,
}

impl Desk {
    fn read(act: &Act<'_>, piece: &[&TieCheck]) -> Result<Self> {
        let ends: BTreeSet<PartyId> = piece.iter().flat_map(|row| [row.who, row.of]).flatten().collect();
        let whose: BTreeSet<PartyId> = piece.iter().filter_map(|row| row.of).collect();
        let parties: Vec<Tracked<record::Party>> = act.find(&act.all().among(record::Party::id, &ends))?;
        let ties: Vec<Tracked<record::Tie>> = act.find(&act.all().among(record::Tie::of, &whose))?;
        let held = ties.iter().map(|tie| (tie.id, tie.facts()));
        Ok(Self {
            standing: TieStanding::new(held, may_represent(&act.acting), act.now),
            parties: parties.into_iter().map(|party| (party.id, party)).collect(),
            ties: ties.into_iter().map(|tie| (tie.id, tie)).collect(),
        })
    }

    /// A party that was not deleted meanwhile. What a row before changed is
    /// with the act.
    fn party(&mut self, act: &Act<'_>, id: PartyId) -> Result<Option<Tracked<record::Party>>> {
        let party = self.parties.remove(&id).map_or_else(|| act.by_id(id.0), |party| Ok(Some(party)))?;
        Ok(party.filter(|party| party.deleted_at.is_none()))
    }

    /// Writes one row.
    fn write(&mut self, act: &mut Act<'_>, check: &TieCheck) -> Result<TieResult> {
        let result = TieResult { tie: None, findings: check.findings.clone(), ..left(check) };
        let failed = |findings: Vec<Finding>, result: TieResult| {
            let findings = result.findings.iter().cloned().chain(findings).collect();
            Ok(TieResult { outcome: TieOutcome::Failed, findings, ..result })
        };
        let (Some(kind), Some(who), Some(of)) = (check.row.kind, check.who, check.of) else { return Ok(result) };
        let Some(mut who) = self.party(act, who)? else {
            return failed(vec![Finding::new(Code::PartyNotFound, "who")], result);
        };
        let Some(mut of) = self.party(act, of)? else {
            self.parties.insert(who.id, who);
            return failed(vec![Finding::new(Code::PartyNotFound, "of")], result);
        };
        let said = Said {
            line: check.row.line,
            kind,
            who: &who.facts(&[], act.now),
            of: &of.facts(&[], act.now),
            begins_at: check.row.begins_at,
            ends_at: check.row.ends_at,
            reference: check.row.reference.as_deref(),
        };
        let judged = self.standing.judge(&said);
        let deed = match judged.deed {
            Err(findings) => {
                self.parties.extend([who, of].map(|party| (party.id, party)));
                return failed(findings, TieResult { tie: judged.tie, ..result });
            }
            Ok(deed) => deed,
        };
        let result = TieResult { outcome: deed.outcome(), tie: judged.tie, ..result };
        match deed {
            TieDeed::Nothing => {}
            TieDeed::End(id, at) => {
                if let Some(mut tie) = self.ties.remove(&id) {
                    end(act, &mut tie, at)?;
                }
            }
            TieDeed::Make(period) => {
                let tied = make(act, (kind, period, check.row.reference.clone()), &mut who, &mut of)?;
                // What it changed, the next row finds with the act.
                if tied.enrolled.is_none() {
                    self.parties.insert(who.id, who);
                }
                return Ok(made(tied, result));
            }
        }
        self.parties.extend([who, of].map(|party| (party.id, party)));
        Ok(result)
    }
}

/// The result of a row of which a tie was made.
fn made(tied: Tied, result: TieResult) -> TieResult {
    let enrolled = tied.enrolled.unwrap_or_default();
    let findings = result.findings.into_iter().chain(enrolled.findings).collect();
    TieResult {
        tie: Some(tied.tie),
        account: enrolled.account,
        username: enrolled.username,
        hand_over: enrolled.hand_over,
        findings,
        ..result
    }
}
