//! Which rows fit a select, and in which order they come.

use std::collections::BTreeSet;

use crate::store::{Condition, Row, Select, Table, Test, Value, check};

/// A select with the places of its columns looked up.
pub(super) struct Fit<'a> {
    agency: Option<Value>,
    all: Vec<Asked<'a>>,
    any: Vec<Asked<'a>>,
    /// The place of each column to sort by, and whether it descends.
    order: Vec<(usize, bool)>,
}

/// What is asked of the column in one place.
struct Asked<'a> {
    position: usize,
    test: Prepared<'a>,
}

/// A test, prepared to be put to many rows.
enum Prepared<'a> {
    In(BTreeSet<&'a Value>),
    NoneOf(BTreeSet<&'a Value>),
    Has(String),
    Plain(&'a Test),
}

impl<'a> Fit<'a> {
    pub(super) fn new(select: &'a Select) -> Self {
        let table = select.table;
        let asked = |conditions: &'a [Condition]| conditions.iter().filter_map(|one| Asked::new(table, one)).collect();
        Self {
            agency: select.agency.map(|agency| Value::Id(agency.0)),
            all: asked(&select.all),
            any: asked(&select.any),
            order: select
                .order
                .iter()
                .filter_map(|(name, descending)| Some((table.position(name)?, *descending)))
                .collect(),
        }
    }

    pub(super) fn holds(&self, row: &Row) -> bool {
        (self.agency.is_none() || self.agency.as_ref() == row.first())
            && self.all.iter().all(|asked| asked.holds(row))
            && (self.any.is_empty() || self.any.iter().any(|asked| asked.holds(row)))
    }

    /// Sorts rows that come by id: equal ones stay so.
    pub(super) fn sort(&self, rows: &mut [&Row]) {
        rows.sort_by(|left, right| {
            let by_column = |&(position, descending): &(usize, bool)| {
                let order = left.get(position).cmp(&right.get(position));
                if descending { order.reverse() } else { order }
            };
            self.order.iter().map(by_column).find(|order| order.is_ne()).unwrap_or(core::cmp::Ordering::Equal)
        });
    }
}

impl<'a> Asked<'a> {
    fn new(table: &Table, condition: &'a Condition) -> Option<Self> {
        let test = match &condition.test {
            Test::In(values) => Prepared::In(values.iter().collect()),
            Test::NoneOf(values) => Prepared::NoneOf(values.iter().collect()),
            Test::Has(word) if check::is_word(word) => Prepared::Has(format!(",{word},")),
            test => Prepared::Plain(test),
        };
        Some(Self { position: table.position(condition.column)?, test })
    }

    fn holds(&self, row: &Row) -> bool {
        let Some(value) = row.get(self.position) else { return false };
        match (&self.test, value) {
            (Prepared::Plain(Test::Null(wanted)), value) => (value == &Value::Null) == *wanted,
            (_, Value::Null) => false,
            (Prepared::In(values), value) => values.contains(value),
            (Prepared::NoneOf(values), value) => !values.contains(value),
            (Prepared::Plain(Test::Contains(needle)), Value::Text(text)) => text.contains(needle),
            (Prepared::Has(word), Value::Text(text)) => text.contains(word),
            (Prepared::Plain(Test::Is(wanted)), value) => value == wanted,
            (Prepared::Plain(Test::Below(bound)), value) => is_same_sort(value, bound) && value < bound,
            (Prepared::Plain(Test::AtLeast(bound)), value) => is_same_sort(value, bound) && value >= bound,
            (Prepared::Plain(Test::Behind { value: Value::Null, descending }), _) => !descending,
            (Prepared::Plain(Test::Behind { value: bound, descending }), value) => {
                is_same_sort(value, bound) && if *descending { value < bound } else { value > bound }
            }
            _ => false,
        }
    }
}

/// Values of different sorts are not compared.
fn is_same_sort(left: &Value, right: &Value) -> bool {
    core::mem::discriminant(left) == core::mem::discriminant(right)
}
