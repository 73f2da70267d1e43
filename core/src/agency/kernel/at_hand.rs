//! Rows that an act has at hand: what many of its finds will ask for, read at
//! once.
//!
//! An act on many items looks for the rows of each. Whoever knows the items
//! [brings](super::Act::bring) these rows before, by the column by which they
//! will be looked for; the same finds are answered from here then. What has
//! changed meanwhile is found at the commit, as where each was read by itself.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::agency::Shared;
use crate::error::Result;
use crate::store::{Condition, Query, Record, Row, Select, Test, Value};

/// The names of a table and of a column.
type Place = (&'static str, &'static str);

/// By place and value, all rows that have that value there; an empty list where
/// there are none.
#[derive(Default)]
pub(super) struct AtHand(RefCell<BTreeMap<Place, BTreeMap<Value, Vec<Row>>>>);

impl AtHand {
    /// Reads the rows that have one of these values in that column; of a value
    /// whose rows are here, nothing is read.
    pub(super) fn bring<R: Record>(
        &self,
        shared: &Shared,
        all: Query<R>,
        column: &'static str,
        values: BTreeSet<Value>,
    ) -> Result<()> {
        let place = (R::TABLE.name, column);
        let mut hand = self.0.borrow_mut();
        let here = hand.entry(place).or_default();
        let missing: Vec<Value> = values.into_iter().filter(|value| !here.contains_key(value)).collect();
        let Some(position) = R::TABLE.position(column).filter(|_| !missing.is_empty()) else { return Ok(()) };
        let select = all.select().clone().and(column, Test::In(missing.clone()));
        let rows = shared.store.find(&select)?;
        here.extend(missing.into_iter().map(|value| (value, Vec::new())));
        for row in rows {
            let of_value = row.get(position).and_then(|value| here.get_mut(value));
            if let Some(of_value) = of_value {
                of_value.push(row);
            }
        }
        Ok(())
    }

    /// The rows of a query, where all that may fit it are here.
    pub(super) fn find<R: Record>(&self, query: &Query<R>) -> Option<Vec<Row>> {
        let select = query.select();
        let hand = self.0.borrow();
        if hand.is_empty() || depends_on_others(select) {
            return None;
        }
        let rows = select.all.iter().find_map(|condition| {
            let here = hand.get(&(select.table.name, condition.column))?;
            // A value that is asked for twice has its rows once, as in a store.
            let asked: BTreeSet<&Value> = asked(condition)?.iter().collect();
            asked.into_iter().map(|value| here.get(value)).collect::<Option<Vec<_>>>()
        })?;
        Some(query.page_of(rows.into_iter().flatten()))
    }
}

/// The values of which a column must have one, where a condition says so.
fn asked(condition: &Condition) -> Option<&[Value]> {
    match &condition.test {
        Test::Is(value) => Some(core::slice::from_ref(value)),
        Test::In(values) => Some(values),
        _ => None,
    }
}

/// Whether other rows say which fit.
fn depends_on_others(select: &Select) -> bool {
    select.all.iter().chain(&select.any).any(|condition| matches!(condition.test, Test::Found { .. }))
}
