//! A [`Select`] over one record, whose columns and values are checked by the
//! compiler.

use core::marker::PhantomData;

use time::OffsetDateTime;

use super::column::{Col, Column, Fits};
use super::record::{Agency, Record};
use super::{Condition, Row, Select, Serial, Test, Value};
use crate::id::AgencyId;
use crate::words::Role;

/// Which rows of one record, in which order, how many.
///
/// ```
/// use carekey::store::{Query, record::Party};
///
/// let agency = carekey::AgencyId::of_code("104");
/// let query = Query::<Party>::all(agency).is(Party::email_canonical, "sue@example.com").null(Party::deleted_at, true);
/// assert_eq!(query.select().all.len(), 2);
/// ```
#[derive(Debug)]
pub struct Query<R> {
    select: Select,
    of: PhantomData<fn() -> R>,
}

impl<R> Clone for Query<R> {
    fn clone(&self) -> Self {
        Self { select: self.select.clone(), of: PhantomData }
    }
}

impl Query<Agency> {
    /// The agencies of the whole directory.
    pub fn agencies() -> Self {
        let mut all = Self::all(AgencyId(uuid::Uuid::nil()));
        all.select.agency = None;
        all
    }
}

impl<R: Record> Query<R> {
    /// All rows of the record in one agency.
    pub fn all(agency: AgencyId) -> Self {
        Self { select: Select::all::<R>(agency), of: PhantomData }
    }

    /// The row of that id.
    pub fn by_key(agency: AgencyId, id: uuid::Uuid) -> Self {
        Self::all(agency).and("id", Test::Is(Value::Id(id)))
    }

    /// These columns alone.
    pub(crate) fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.select.columns = columns;
        self
    }

    /// The plain form that stores take.
    pub fn select(&self) -> &Select {
        &self.select
    }

    /// Whether a row of the record fits, whatever the order and the page.
    pub(crate) fn holds(&self) -> impl Fn(&Row) -> bool {
        super::memory::holds(&self.select)
    }

    /// Of some rows of the record, each once, those that fit, as a store would
    /// give them. None of what other rows have is asked of them.
    pub(crate) fn page_of<'a>(&self, rows: impl Iterator<Item = &'a Row>) -> Vec<Row> {
        super::memory::page_of(&self.select, rows)
    }

    fn and(mut self, column: &'static str, test: Test) -> Self {
        self.select.all.push(Condition { column, test });
        self
    }

    fn or(mut self, column: &'static str, test: Test) -> Self {
        self.select.any.push(Condition { column, test });
        self
    }

    /// Those where the column has exactly this value.
    #[must_use]
    pub fn is<T>(self, column: Col<R, T>, value: impl Fits<T>) -> Self {
        self.and(column.name(), Test::Is(value.to_value()))
    }

    /// Those with one of these ids.
    #[must_use]
    pub(crate) fn keys(self, ids: &[uuid::Uuid]) -> Self {
        self.and("id", Test::In(ids.iter().copied().map(Value::Id).collect()))
    }

    /// Those where the column has one of these values.
    #[must_use]
    pub fn among<T, V: Fits<T>>(self, column: Col<R, T>, values: impl IntoIterator<Item = V>) -> Self {
        self.and(column.name(), Test::In(values.into_iter().map(|value| value.to_value()).collect()))
    }

    /// Those where the column has none of these values.
    #[must_use]
    pub fn none_of<T, V: Fits<T>>(self, column: Col<R, T>, values: impl IntoIterator<Item = V>) -> Self {
        self.and(column.name(), Test::NoneOf(values.into_iter().map(|value| value.to_value()).collect()))
    }

    /// Those whose column is among what a column has in the rows of another
    /// query, or is not. Rows that an act has changed and not committed are none
    /// of them: for lists, not for what an act rests on.
    #[must_use]
    pub fn found<T, O: Record, U>(self, column: Col<R, T>, of: Query<O>, by: Col<O, U>, wanted: bool) -> Self {
        self.and(column.name(), Test::Found { of: Box::new(of.select), by: by.name(), wanted })
    }

    /// One more way to fit: the column is among what a column has in the rows of
    /// another query.
    #[must_use]
    pub fn or_found<T, O: Record, U>(self, column: Col<R, T>, of: Query<O>, by: Col<O, U>) -> Self {
        self.or(column.name(), Test::Found { of: Box::new(of.select), by: by.name(), wanted: true })
    }

    /// One more way to fit: the column is null.
    #[must_use]
    pub fn or_null<T>(self, column: Col<R, Option<T>>) -> Self {
        self.or(column.name(), Test::Null(true))
    }

    /// One more way to fit: it is this moment or a later one.
    #[must_use]
    pub fn or_from<T>(self, column: Col<R, T>, moment: OffsetDateTime) -> Self
    where
        OffsetDateTime: Fits<T>,
    {
        self.or(column.name(), Test::AtLeast(moment.to_value()))
    }

    /// Those where it is this moment or a later one.
    #[must_use]
    pub fn from<T>(self, column: Col<R, T>, moment: OffsetDateTime) -> Self
    where
        OffsetDateTime: Fits<T>,
    {
        self.and(column.name(), Test::AtLeast(moment.to_value()))
    }

    /// Those where the moment lies before this one.
    #[must_use]
    pub fn before<T>(self, column: Col<R, T>, moment: OffsetDateTime) -> Self
    where
        OffsetDateTime: Fits<T>,
    {
        self.and(column.name(), Test::Below(moment.to_value()))
    }

    /// Those above this number, as the store counts.
    #[must_use]
    pub fn after(self, column: Col<R, Option<Serial>>, serial: Serial) -> Self {
        self.and(column.name(), Test::AtLeast(Serial(serial.0.saturating_add(1)).to_value()))
    }

    /// Those up to this number, and with it, as the store counts: that of a row
    /// that was found by these numbers. So all of them are there, and are shown
    /// although the store would not say so of the newest ones at every moment: a
    /// commit may announce itself late, with a bound that is lower than its rows.
    #[must_use]
    pub fn up_to(self, column: Col<R, Option<Serial>>, serial: Serial) -> Self {
        self.and(column.name(), Test::Below(Serial(serial.0.saturating_add(1)).to_value()))
    }

    /// Those where the column is null, or is not.
    #[must_use]
    pub fn null<T>(self, column: Col<R, Option<T>>, null: bool) -> Self {
        self.and(column.name(), Test::Null(null))
    }

    /// Those that have this role.
    #[must_use]
    pub fn has(self, column: Col<R, std::collections::BTreeSet<Role>>, role: Role) -> Self {
        self.and(column.name(), Test::Has(role.as_str().to_owned()))
    }

    /// One more way to fit: it has this role.
    #[must_use]
    pub fn or_has(self, column: Col<R, std::collections::BTreeSet<Role>>, role: Role) -> Self {
        self.or(column.name(), Test::Has(role.as_str().to_owned()))
    }

    /// One more way to fit: of those given so, one must hold.
    #[must_use]
    pub fn or_is<T>(self, column: Col<R, T>, value: impl Fits<T>) -> Self {
        self.or(column.name(), Test::Is(value.to_value()))
    }

    /// Those where the text contains this one, letter for letter.
    #[must_use]
    pub fn contains<T>(self, column: Col<R, T>, text: &str) -> Self
    where
        String: Fits<T>,
    {
        self.and(column.name(), Test::Contains(text.to_owned()))
    }

    /// One more way to fit: the text contains this one, letter for letter.
    #[must_use]
    pub fn or_contains<T>(self, column: Col<R, T>, text: &str) -> Self
    where
        String: Fits<T>,
    {
        self.or(column.name(), Test::Contains(text.to_owned()))
    }

    /// One more way to fit: the column has none of these values.
    #[must_use]
    pub fn or_none_of<T, V: Fits<T>>(self, column: Col<R, T>, values: impl IntoIterator<Item = V>) -> Self {
        self.or(column.name(), Test::NoneOf(values.into_iter().map(|value| value.to_value()).collect()))
    }

    /// One more way to fit: the column has one of these values.
    #[must_use]
    pub fn or_among<T, V: Fits<T>>(self, column: Col<R, T>, values: impl IntoIterator<Item = V>) -> Self {
        self.or(column.name(), Test::In(values.into_iter().map(|value| value.to_value()).collect()))
    }

    /// Sorted by this column, after those given before.
    #[must_use]
    pub fn by<T>(mut self, column: Col<R, T>, descending: bool) -> Self {
        self.select.order.push((column.name(), descending));
        self
    }

    /// Where a row of the record stands in this order: what
    /// [`behind`](Self::behind) takes.
    pub(crate) fn place_of(&self, row: &R) -> Vec<Value> {
        let row = row.to_row();
        let order = self.select.order.iter().map(|(column, _)| *column).chain(["id"]);
        order.filter_map(|column| row.get(self.select.table.position(column)?).cloned()).collect()
    }

    /// What stands behind a place, as [`Select::behind`] has it.
    pub(crate) fn behind(&self, place: &[Value]) -> Vec<Self> {
        self.select.behind(place).into_iter().map(|select| Self { select, of: PhantomData }).collect()
    }

    /// A page: leave out `offset` rows, give at most `limit`.
    #[must_use]
    pub fn page(mut self, offset: u64, limit: u64) -> Self {
        self.select.offset = offset;
        self.select.limit = Some(limit);
        self
    }
}
