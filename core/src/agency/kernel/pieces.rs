//! Bulk acts in pieces: each piece is one commit, with progress between them
//! and a way to stop.
//!
//! A piece that others came between is tried again at half its size, down to
//! one item, and pieces grow again when they pass: so a long act makes
//! progress beside any load of short ones. What was committed is never lost
//! with what comes later: the results so far are given back together with the
//! reason why there are no more.

use std::ops::ControlFlow;

use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};

/// How often one item alone is tried. Each time someone else got through.
const ROUNDS: u32 = 400;

/// How far a long act has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items that are done.
    pub done: usize,
    /// Items in all.
    pub total: usize,
}

/// What a piece came to.
pub(crate) enum Piece<T> {
    /// It is committed: a result for each of its items.
    Done(Vec<T>),
    /// Others came between.
    Conflict,
}

/// What all pieces came to.
pub(crate) struct Pieces<T> {
    /// A result for each item that was reached, in their order.
    pub(crate) results: Vec<T>,
    /// Why the others were not reached.
    pub(crate) stopped: Option<Error>,
}

impl<T> Pieces<T> {
    /// A result for every item: `left` makes those of the items that were not
    /// reached, from what stopped the work.
    ///
    /// # Errors
    ///
    /// What stopped the work, where nothing was reached and nobody asked for it.
    pub(crate) fn whole<I>(self, items: &[I], left: impl Fn(&I, Finding) -> T) -> Result<Vec<T>> {
        let mut results = self.results;
        if let Some(stopped) = self.stopped {
            if results.is_empty() && stopped.kind != ErrorKind::Cancelled {
                return Err(stopped);
            }
            let rest = items.get(results.len()..).unwrap_or(&[]);
            results.extend(rest.iter().map(|item| left(item, Finding::new(stopped.code, "item"))));
        }
        Ok(results)
    }
}

/// How many are done in one piece: the more, the seldomer is a page of an index
/// written whose order is another one. Others wait for a piece, and a crash loses at
/// most one.
pub(crate) const LARGE: usize = 5_000;

/// How many are of a roster beside so many people: of very many a tenth, since their
/// indexes are written all over.
pub(crate) fn beside(people: usize) -> usize {
    (people / 10).clamp(LARGE, 10_000)
}

/// How many are, where each may come to a password that is hashed, which takes far
/// longer than the commit: a tenth, so that it is told how far it has come.
pub(crate) fn hashing(many: usize) -> usize {
    (many / 10).clamp(500, LARGE)
}

/// Does items in pieces of at most `size`. `commit` is given a piece and, where
/// it is one item alone, how often that was tried before.
pub(crate) fn in_pieces<I, T>(
    items: &[I],
    size: usize,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    mut commit: impl FnMut(&[I], u32) -> Result<Piece<T>>,
) -> Pieces<T> {
    let (total, size) = (items.len(), size.max(1));
    let mut results = Vec::with_capacity(total);
    let (mut now, mut round) = (size, 0);
    let stopped = loop {
        let done = results.len();
        if progress(Progress { done, total }).is_break() && done < total {
            break Some(Error::new(ErrorKind::Cancelled, Code::Cancelled));
        }
        let rest = items.get(done..).unwrap_or(&[]);
        if rest.is_empty() {
            break None;
        }
        let piece = rest.get(..now.min(rest.len())).unwrap_or(rest);
        match commit(piece, round) {
            Ok(Piece::Done(some)) => {
                results.extend(some);
                (now, round) = (now.saturating_mul(2).min(size), 0);
            }
            Ok(Piece::Conflict) if round >= ROUNDS => {
                break Some(Error::new(ErrorKind::Conflict, Code::StoreConflict));
            }
            Ok(Piece::Conflict) => {
                round = if piece.len() == 1 { round + 1 } else { 0 };
                now = (piece.len() / 2).max(1);
            }
            Err(error) => break Some(error),
        }
    };
    Pieces { results, stopped }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go_on(_: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn pieces_are_as_large_as_the_documents_say() {
        assert_eq!([0, 50_000, 60_000, 100_000, 1_000_000].map(beside), [5_000, 5_000, 6_000, 10_000, 10_000]);
        assert_eq!([1, 5_000, 6_000, 50_000, 1_000_000].map(hashing), [500, 500, 600, 5_000, 5_000]);
    }

    #[test]
    fn a_piece_that_conflicts_shrinks_until_it_passes_and_grows_again() {
        let items: Vec<u32> = (0..100).collect();
        let mut sizes = Vec::new();
        let done = in_pieces(&items, 32, &mut go_on, |piece, _| {
            sizes.push(piece.len());
            // The item 40 lets nobody through who comes with more than two others.
            let meets = piece.contains(&40) && piece.len() > 3;
            Ok(if meets { Piece::Conflict } else { Piece::Done(piece.to_vec()) })
        });
        assert_eq!((done.results, done.stopped), (items, None));
        // Halved at 32, 16; through to 40 with 8; halved at 40 until it is one of
        // two; doubled from there to the end, which 30 are left for.
        assert_eq!(sizes, [32, 32, 16, 8, 16, 8, 4, 2, 4, 8, 16, 30]);
    }

    #[test]
    fn what_is_done_is_given_back_when_it_is_stopped_or_fails() {
        let items = [1, 2, 3, 4];
        let mut calls = 0;
        let mut stop = |_: Progress| {
            calls += 1;
            if calls == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let done = in_pieces(&items, 2, &mut stop, |piece, _| Ok(Piece::Done(piece.to_vec())));
        assert_eq!(done.results, [1, 2]);
        assert_eq!(done.stopped.map(|error| error.code), Some(Code::Cancelled));
        let failed = in_pieces(&items, 2, &mut go_on, |piece, _| {
            if piece.contains(&3) {
                Err(Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed))
            } else {
                Ok(Piece::Done(piece.to_vec()))
            }
        });
        assert_eq!(failed.results, [1, 2]);
        assert_eq!(failed.stopped.map(|error| error.code), Some(Code::ActorNotAllowed));
    }

    #[test]
    fn an_item_that_never_passes_ends_it() {
        let mut tries = 0;
        let done = in_pieces(&[1], 10, &mut go_on, |_, _| {
            tries += 1;
            Ok::<_, Error>(Piece::<u32>::Conflict)
        });
        assert!(done.results.is_empty() && tries == ROUNDS + 1);
        assert_eq!(done.stopped.map(|error| error.code), Some(Code::StoreConflict));
    }
}
