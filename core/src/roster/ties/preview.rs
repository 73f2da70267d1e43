//! What a roster of ties would do, and the decisions on it.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::check::undone;
use super::ends::{End, identify};
use super::standing::{Judged, Said, TieDeed, TieStanding};
use super::{TieCheck, TieEnd, TieOutcome, TieRoster};
use crate::finding::{Code, Finding, has_errors};
use crate::id::{PartyId, TieId};
use crate::message::from_zone;
use crate::relationship::{PartyFacts, Tie};
use crate::roster::Sheet;
use crate::roster::known::Known;
use crate::roster::who::WhoDecision;
use crate::{Error, Result};

/// What a roster of ties is held against.
pub(crate) struct TieBasis {
    /// Whom the agency knows.
    pub(crate) known: Vec<Known>,
    /// What each of them is.
    pub(crate) facts: Vec<PartyFacts>,
    /// The ties that there are.
    pub(crate) ties: Vec<(TieId, Tie)>,
    /// What was decided on who is who.
    pub(crate) decisions: Vec<WhoDecision>,
    /// The country of phone numbers without one (U2).
    pub(crate) country: String,
    /// The agency's time zone: a day of the file is a day there.
    pub(crate) zone: Option<String>,
    /// Whether a personal representative may be set by it (V).
    pub(crate) may_represent: bool,
    /// When it is.
    pub(crate) now: OffsetDateTime,
}

/// What a roster of ties would do to an agency, row by row. It writes nothing.
///
/// Rows that wait do so until someone says who their ends are.
#[derive(Debug, Clone)]
pub struct TiePreview {
    pub(in crate::roster) sheet: Option<Sheet>,
    findings: Vec<Finding>,
    rows: Vec<TieCheck>,
    ends: Vec<[End; 2]>,
    parties: HashMap<PartyId, (PartyFacts, String)>,
    ties: Vec<(TieId, Tie)>,
    may_represent: bool,
    now: OffsetDateTime,
}

impl TieRoster {
    /// Holds every row against what the agency knows, and against each other.
    pub(crate) fn preview(mut self, mut basis: TieBasis) -> TiePreview {
        let there = |at: OffsetDateTime| from_zone(at, basis.zone.as_deref());
        for (row, [begins, ends]) in self.rows.iter_mut().zip(&self.local) {
            row.begins_at = row.begins_at.map(|at| if *begins { there(at) } else { at });
            row.ends_at = row.ends_at.map(|at| if *ends { there(at) } else { at });
        }
        let mut facts: HashMap<PartyId, PartyFacts> = basis.facts.into_iter().map(|facts| (facts.id, facts)).collect();
        // Both were read one after the other.
        basis.known.retain(|known| facts.contains_key(&known.party));
        let ends = identify(&self.rows, &basis.known, &basis.decisions, &basis.country);
        let named = |known: Known| Some((known.party, (facts.remove(&known.party)?, known.display_name)));
        let blank = |row| TieCheck {
            row,
            outcome: TieOutcome::Failed,
            who: None,
            who_name: None,
            who_maybe: Vec::new(),
            of: None,
            of_name: None,
            of_maybe: Vec::new(),
            tie: None,
            begins_at: None,
            ends_at: None,
            findings: Vec::new(),
        };
        let mut preview = TiePreview {
            sheet: self.sheet,
            findings: self.findings,
            ends,
            parties: basis.known.into_iter().filter_map(named).collect(),
            ties: basis.ties,
            may_represent: basis.may_represent,
            now: basis.now,
            rows: self.rows.into_iter().map(blank).collect(),
        };
        preview.judge();
        preview
    }
}

impl TiePreview {
    /// What there is to say about the file itself.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every row with its verdict, in the order of the roster.
    pub fn rows(&self) -> &[TieCheck] {
        &self.rows
    }

    /// How many rows come out so.
    pub fn count(&self, outcome: TieOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }

    /// Says who an end of a row is that is not certain by itself (C4): one of
    /// those that it may be, or any other that the agency knows. All rows are
    /// judged again. It may be said anew.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound): with
    /// `roster.nothing_to_decide` where no row begins on the line, or the end
    /// is certain; with `party.not_found` where the party is not known. Nothing
    /// is changed then.
    pub fn accept(&mut self, line: u64, end: TieEnd, party: PartyId) -> Result<&TieCheck> {
        self.accept_all(&[(line, end, party)])?;
        self.at(line).and_then(|at| self.rows.get(at)).ok_or_else(nothing_to_decide)
    }

    /// Says who many ends are: all rows are judged again only once.
    ///
    /// # Errors
    ///
    /// Those of [`TiePreview::accept`], of the first that cannot be taken; then
    /// none is.
    pub fn accept_all(&mut self, accepted: &[(u64, TieEnd, PartyId)]) -> Result<()> {
        let mut ends = self.ends.clone();
        for (line, end, party) in accepted {
            let row = self.at(*line).and_then(|at| ends.get_mut(at));
            let [who, of] = row.ok_or_else(nothing_to_decide)?;
            let end = match end {
                TieEnd::Who => who,
                TieEnd::Of => of,
            };
            if end.said.is_none() {
                return Err(nothing_to_decide());
            }
            if !self.parties.contains_key(party) {
                return Err(Error::not_found(Code::PartyNotFound));
            }
            end.decide(*party);
        }
        self.ends = ends;
        self.judge();
        Ok(())
    }

    /// What was decided on who the ends of a row are, to be kept (C4).
    pub(crate) fn decisions(&self, line: u64) -> impl Iterator<Item = (String, PartyId)> {
        let ends = self.at(line).and_then(|at| self.ends.get(at)).into_iter().flatten();
        ends.filter_map(|end| Some((end.said.clone()?, end.party?)))
    }

    /// The rows that pass, in the order in which their verdicts rest on each
    /// other.
    pub(crate) fn passing(&self) -> Vec<&TieCheck> {
        let mut passing: Vec<&TieCheck> = self.rows.iter().filter(|row| row.passes()).collect();
        passing.sort_by_key(|row| (row.tie.is_none(), row.row.begins_at.is_none()));
        passing
    }

    fn at(&self, line: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&line, |row| row.row.line).ok()
    }

    /// Gives every row its verdict. Ties that are there come before new ones,
    /// so that one may begin where another is ended; and rows that say from
    /// when before those that do not, so that the same roster again is about
    /// the same ties.
    fn judge(&mut self) {
        let Self { rows, ends, parties, ties, may_represent, now, .. } = self;
        let mut standing = TieStanding::new(ties.iter().copied(), *may_represent, *now);
        for (check, [who, of]) in rows.iter_mut().zip(ends.iter()) {
            check.begin(who, of, parties);
        }
        for (is_new, is_dated) in [(false, true), (false, false), (true, true), (true, false)] {
            for check in rows.iter_mut().filter(|check| check.row.begins_at.is_some() == is_dated) {
                let facts = [check.who, check.of].map(|id| id.and_then(|id| parties.get(&id)));
                let ([Some((who, _)), Some((of, _))], Some(kind)) = (facts, check.row.kind) else { continue };
                if check.outcome != TieOutcome::NotReached {
                    continue;
                }
                let (line, begins_at, ends_at) = (check.row.line, check.row.begins_at, check.row.ends_at);
                let reference = check.row.reference.as_deref();
                let said = Said { line, kind, who, of, begins_at, ends_at, reference };
                let judged = if is_new { Some(standing.judge(&said)) } else { standing.settle(&said) };
                judged.into_iter().for_each(|judged| check.end(judged));
            }
        }
    }
}

impl TieCheck {
    /// Takes in who its ends are: not reached, where nothing forbids it yet.
    fn begin(&mut self, who: &End, of: &End, parties: &HashMap<PartyId, (PartyFacts, String)>) {
        let name = |end: &End| end.party.and_then(|party| parties.get(&party)).map(|(_, name)| name.clone());
        (self.who, self.who_name, self.who_maybe) = (who.party, name(who), who.maybe.clone());
        (self.of, self.of_name, self.of_maybe) = (of.party, name(of), of.maybe.clone());
        (self.tie, self.begins_at, self.ends_at) = (None, None, None);
        self.findings = self.row.findings.iter().chain(&who.findings).chain(&of.findings).cloned().collect();
        self.outcome = if has_errors(&self.findings) { undone(&self.findings) } else { TieOutcome::NotReached };
    }

    /// Takes in its verdict.
    fn end(&mut self, judged: Judged) {
        self.tie = judged.tie;
        self.begins_at = judged.period.map(|period| period.begins_at);
        self.ends_at = judged.period.and_then(|period| period.ends_at);
        self.outcome = match judged.deed {
            Ok(deed) => deed.outcome(),
            Err(findings) => {
                self.findings.extend(findings);
                TieOutcome::Failed
            }
        };
    }
}

impl TieDeed {
    /// What comes of a row for which that is done.
    pub(crate) const fn outcome(self) -> TieOutcome {
        match self {
            Self::Make(_) => TieOutcome::Made,
            Self::End(..) => TieOutcome::Ended,
            Self::Nothing => TieOutcome::Unchanged,
        }
    }
}

fn nothing_to_decide() -> Error {
    Error::not_found(Code::RosterNothingToDecide)
}
