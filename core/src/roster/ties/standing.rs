//! The ties of an agency while a roster is gone through: what comes of each
//! row, those before it counted in.

use std::collections::HashMap;

use time::OffsetDateTime;

use crate::finding::{Code, Finding, has_errors};
use crate::id::{PartyId, TieId};
use crate::relationship::{PartyFacts, Period, Tie, check_reference, check_tie};
use crate::words::TieKind;

/// What is to be done for a row that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TieDeed {
    /// Make the tie.
    Make(Period),
    /// End the tie that is there, at that moment.
    End(TieId, OffsetDateTime),
    /// Nothing: the tie is there.
    Nothing,
}

/// What a row comes to: what is to be done, about which tie and how long that
/// holds then, or why nothing is.
pub(crate) struct Judged {
    pub(crate) deed: Result<TieDeed, Vec<Finding>>,
    pub(crate) tie: Option<TieId>,
    pub(crate) period: Option<Period>,
}

/// What a row says, its ends known.
pub(crate) struct Said<'a> {
    pub(crate) line: u64,
    pub(crate) kind: TieKind,
    pub(crate) who: &'a PartyFacts,
    pub(crate) of: &'a PartyFacts,
    pub(crate) begins_at: Option<OffsetDateTime>,
    pub(crate) ends_at: Option<OffsetDateTime>,
    pub(crate) reference: Option<&'a str>,
}

impl Said<'_> {
    const fn key(&self) -> (TieKind, PartyId, PartyId) {
        (self.kind, self.who.id, self.of.id)
    }
}

/// A tie, and the line of the roster that it was the tie of.
struct Held {
    id: Option<TieId>,
    period: Period,
    line: Option<u64>,
}

/// The ties as they stand.
pub(crate) struct TieStanding {
    ties: HashMap<(TieKind, PartyId, PartyId), Vec<Held>>,
    /// The first line that names a tie by its beginning, or by none.
    named: HashMap<(TieKind, PartyId, PartyId, Option<OffsetDateTime>), u64>,
    /// Whether a personal representative may be set (V).
    may_represent: bool,
    now: OffsetDateTime,
}

impl TieStanding {
    /// The ties that are there.
    pub(crate) fn new(ties: impl Iterator<Item = (TieId, Tie)>, may_represent: bool, now: OffsetDateTime) -> Self {
        let mut held: HashMap<_, Vec<Held>> = HashMap::new();
        for (id, tie) in ties {
            let of_kind = held.entry((tie.kind, tie.who, tie.of)).or_default();
            of_kind.push(Held { id: Some(id), period: tie.period, line: None });
        }
        Self { ties: held, named: HashMap::new(), may_represent, now }
    }

    /// What comes of a row about a tie that is there; nothing where it is
    /// about none.
    ///
    /// A row is about the tie that begins at the moment it names; where it
    /// names none, about the one that ends as it says, that is in force, or
    /// that begins next.
    pub(crate) fn settle(&mut self, said: &Said<'_>) -> Option<Judged> {
        let Self { ties, named, now, .. } = self;
        let (begins_at, ends_at) = (kept(said.begins_at), kept(said.ends_at));
        let (kind, who, of) = said.key();
        let first = *named.entry((kind, who, of, begins_at)).or_insert(said.line);
        if first != said.line {
            return Some(refused(vec![repeated(first)]));
        }
        let tie = find(ties.get_mut(&said.key())?, begins_at, ends_at, *now)?;
        if let Some(line) = tie.line {
            return Some(refused(vec![repeated(line)]));
        }
        // Also where it fails: the file contradicts itself then.
        tie.line = Some(said.line);
        Some(match end(tie.period, begins_at, ends_at, *now) {
            Err(finding) => Judged { tie: tie.id, ..refused(vec![finding]) },
            Ok(ends) => {
                tie.period.ends_at = ends.or(tie.period.ends_at);
                let deed = ends.zip(tie.id).map_or(TieDeed::Nothing, |(at, id)| TieDeed::End(id, at));
                Judged { deed: Ok(deed), tie: tie.id, period: Some(tie.period) }
            }
        })
    }

    /// What comes of a row: it is about a tie that is there, or about a new
    /// one. Of two rows about one tie the first that comes here is the one.
    pub(crate) fn judge(&mut self, said: &Said<'_>) -> Judged {
        if let Some(judged) = self.settle(said) {
            return judged;
        }
        let (begins_at, ends_at) = (kept(said.begins_at), kept(said.ends_at));
        if begins_at.is_none() && ends_at.is_some_and(|ends| ends <= self.now) {
            return refused(vec![Finding::new(Code::TieNotFound, "row")]);
        }
        let period = Period { begins_at: begins_at.unwrap_or(self.now), ends_at };
        let held = self.ties.entry(said.key()).or_default();
        let earlier = held.iter().find(|tie| tie.line.is_some() && tie.period.overlaps(&period));
        if let Some(line) = earlier.and_then(|tie| tie.line) {
            return refused(vec![repeated(line)]);
        }
        let (kind, who, of) = said.key();
        let there: Vec<Tie> = held.iter().map(|tie| Tie { kind, who, of, period: tie.period }).collect();
        if kind == TieKind::PersonalRepresentative && !self.may_represent {
            return refused(vec![Finding::new(Code::ActorNotAllowed, "kind").with("act", "relate")]);
        }
        let mut findings = check_tie(kind, said.who, said.of, &period, &there);
        findings.extend(check_reference(kind, said.reference));
        if has_errors(&findings) {
            return refused(findings);
        }
        held.push(Held { id: None, period, line: Some(said.line) });
        Judged { deed: Ok(TieDeed::Make(period)), tie: None, period: Some(period) }
    }
}

fn refused(findings: Vec<Finding>) -> Judged {
    Judged { deed: Err(findings), tie: None, period: None }
}

/// A moment as stores keep it, so that it is found again.
fn kept(moment: Option<OffsetDateTime>) -> Option<OffsetDateTime> {
    moment.and_then(|at| crate::time_from_ms(crate::time_ms(at)))
}

fn repeated(line: u64) -> Finding {
    Finding::new(Code::RosterRepeatedTie, "row").with("line", line)
}

/// The tie that a row is about.
fn find(
    held: &mut [Held],
    begins_at: Option<OffsetDateTime>,
    ends_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Option<&mut Held> {
    // What ends before it begins is no tie.
    if begins_at.zip(ends_at).is_some_and(|(begins, ends)| ends < begins) {
        return None;
    }
    let after = |moment: OffsetDateTime| ends_at.is_none_or(|ends| ends > moment);
    let rank = |tie: &Held| match begins_at {
        // Of several that begin then, all but one were called off at once.
        Some(begins) if tie.period.begins_at == begins => Some(u8::from(tie.period.ends_at != ends_at)),
        Some(_) => None,
        None if tie.period.ends_at == Some(tie.period.begins_at) => None,
        None if ends_at.is_some() && tie.period.ends_at == ends_at => Some(0),
        // What is over already ends no tie that begins later, or then.
        None if tie.period.in_force(now) && after(tie.period.begins_at) => Some(1),
        None if tie.period.begins_at > now && after(now) => Some(2),
        None => None,
    };
    let next = |tie: &Held| if begins_at.is_none() { Some(tie.period.begins_at) } else { None };
    let last = |tie: &Held| core::cmp::Reverse((tie.period.ends_at.is_none(), tie.period.ends_at));
    let ranked = held.iter_mut().filter_map(|tie| rank(tie).map(|rank| ((rank, next(tie), last(tie)), tie)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, tie)| tie)
}

/// When a tie that is there is to end, where that is not as it is: an end only
/// ever comes earlier, and what is over stays as it is.
fn end(
    period: Period,
    begins_at: Option<OffsetDateTime>,
    ends_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, Finding> {
    if period.ends_at == ends_at {
        return Ok(None);
    }
    if period.ends_at.is_some_and(|ends| ends <= now) {
        return Err(Finding::new(Code::TieEnded, "ends_at"));
    }
    let Some(said) = ends_at else { return Ok(None) };
    if let Some(known) = period.ends_at.filter(|known| *known < said) {
        let known = known.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
        return Err(Finding::new(Code::TieEndsEarlier, "ends_at").with("ends_at", known));
    }
    // Only who says which tie it is, calls it off.
    let off = begins_at.is_some() && said == period.begins_at;
    if said > period.begins_at || off {
        Ok(Some(said))
    } else {
        Err(Finding::new(Code::TieEndsBeforeItBegins, "ends_at"))
    }
}
