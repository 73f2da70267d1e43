//! Several queries, read at once.

use core::marker::PhantomData;

use super::Shared;
use crate::error::Result;
use crate::store::{Part, Query, Record, Row, Select};

/// Queries that go to the store together.
#[derive(Default)]
pub(crate) struct Reads(Vec<Select>);

/// The place of a query among those that were asked together.
pub(crate) struct Asked<R>(usize, PhantomData<fn() -> R>);

/// What was found, by the places of the queries.
pub(crate) struct Found(Vec<Vec<Row>>);

impl Reads {
    /// One more query.
    pub(crate) fn ask<R: Record>(&mut self, query: &Query<R>) -> Asked<R> {
        self.ask_parts(query.clone())
    }

    /// One more query, of some columns.
    pub(crate) fn ask_parts<P: Part>(&mut self, query: Query<P::Of>) -> Asked<P> {
        self.0.push(query.columns(P::COLUMNS).select().clone());
        Asked(self.0.len() - 1, PhantomData)
    }

    /// Asks them; without any the store is not asked.
    pub(crate) fn read(self, shared: &Shared) -> Result<Found> {
        let found = if self.0.is_empty() { Vec::new() } else { shared.store.find_each(&self.0)? };
        Ok(Found(found))
    }
}

impl Found {
    /// The rows of one of the queries. They are taken, and so are there once.
    pub(crate) fn take<P: Part>(&mut self, asked: &Asked<P>) -> Result<Vec<P>> {
        let rows = self.0.get_mut(asked.0).map(core::mem::take).unwrap_or_default();
        Ok(P::from_rows(rows)?)
    }

    /// The one row of a query for one.
    pub(crate) fn one<P: Part>(&mut self, asked: &Asked<P>) -> Result<Option<P>> {
        Ok(self.take(asked)?.into_iter().next())
    }
}
