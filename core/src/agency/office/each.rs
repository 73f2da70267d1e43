//! One act to each of many, in pieces that are each one commit: what forbids one
//! stands in its row, and stops no other.

use std::ops::ControlFlow;

use super::{Office, Progress};
use crate::agency::kernel::pieces::{LARGE, Piece, Pieces, hashing, in_pieces};
use crate::agency::kernel::{Act, act};
use crate::error::Result;

/// An act that is done to each of many.
#[derive(Clone, Copy)]
pub(super) struct Bulk<'a> {
    name: &'a str,
    hashes: bool,
}

impl<'a> Bulk<'a> {
    /// Of this name, by which it is admitted.
    pub(super) fn of(name: &'a str) -> Self {
        Self { name, hashes: false }
    }

    /// The same, of one that may make a temporary password.
    pub(super) fn hashing(name: &'a str) -> Self {
        Self { name, hashes: true }
    }

    pub(super) fn name(&self) -> &'a str {
        self.name
    }
}

impl Office {
    /// Decides `one` for each item; `bring` reads what a whole piece looks for, and
    /// `is_done` tells a row of something done from a refusal.
    pub(super) fn each<I: Clone, R>(
        &self,
        bulk: Bulk<'_>,
        items: &[I],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
        bring: impl Fn(&Act<'_>, &[I]) -> Result<()>,
        one: impl Fn(&mut Act<'_>, &I) -> Result<R>,
        is_done: impl Fn(&R) -> bool,
    ) -> Pieces<R> {
        let (agency, someone) = (&self.agency, self.someone());
        let decided = |piece: &[I], round| {
            act::attempt(&agency.shared, agency.id, &someone, round, |act| {
                self.admit(act, bulk.name)?;
                bring(act, piece)?;
                piece.iter().map(|item| one(act, item)).collect::<Result<Vec<R>>>()
            })
        };
        let size = if bulk.hashes { hashing(items.len()) } else { LARGE };
        in_pieces(items, size, progress, |piece, round| {
            let Some(mut rows) = decided(piece, round)? else { return Ok(Piece::Conflict) };
            // A refusal commits nothing that would show that somebody came between
            // what it was read from: it is decided once more.
            let (again, refused): (Vec<I>, Vec<&mut R>) =
                piece.iter().cloned().zip(&mut rows).filter(|(_, row)| !is_done(row)).unzip();
            if !again.is_empty()
                && let Some(second) = decided(&again, 0)?
            {
                refused.into_iter().zip(second).for_each(|(row, second)| *row = second);
            }
            Ok(Piece::Done(rows))
        })
    }
}
