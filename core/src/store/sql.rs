//! The statements of the stores on a database, built from the descriptions of
//! the tables. What databases write differently is their [`Dialect`].

use core::fmt::Write as _;
use std::sync::Arc;

use super::check::same_type;
use super::{
    ColumnType, Condition, Facet, List, Only, Row, Select, StoreResult, Table, TableColumn, Test, Totals, Value, check,
};

/// What one database writes otherwise than another.
pub(super) trait Dialect {
    /// What stands before the number of a value that is bound.
    const MARK: char;
    /// The limit that is none.
    const NO_LIMIT: &'static str;

    /// What stands behind the columns of a table.
    const TABLE: &'static str;

    /// What a column of the key is checked for beside its type.
    fn own_check(column: &str) -> &'static str;

    /// The type of a column.
    fn column_type(column_type: ColumnType) -> &'static str;

    /// Whether a column has one of the values of a list, bound as one.
    fn among(column: &str, mark: &str) -> String;

    /// Whether a text contains another, letter for letter, without wildcards.
    fn contains(column: &str, mark: &str) -> String;

    /// Whether a set of words has one.
    fn has(column: &str, mark: &str) -> String;

    /// What stands behind a column that may be null in an index of the order of
    /// lists: nulls first.
    const NULLS_FIRST: &'static str;

    /// What stands before, and behind, a select of few ids that a column is to
    /// be among, so that their rows are looked up one by one.
    const IN_PAGE: &'static str;
    const END_PAGE: &'static str;

    /// The functions of the least, and of the greatest, of several numbers.
    const LEAST: &'static str;
    const GREATEST: &'static str;

    /// What stands behind the table that is read by that index.
    fn by_index(index: &str) -> String;

    /// The next serial number of a table, whose row has its agency at the first
    /// mark.
    fn next_serial(table: &str) -> String;

    /// What a table needs before it gives serial numbers, above those that it
    /// has.
    fn begin_serial(table: &str) -> String;

    /// Makes the totals of a table, of what is there, and has them kept from then on.
    fn begin_totals(table: &Table, totals: &Totals) -> String;
}

/// The statements of a commit for one table.
pub(super) struct Statements {
    /// What is [bound](bound), in its order.
    pub(super) insert: Arc<str>,
    /// What is [bound](bound), in its order, and the revision before.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "SQLite is told what changes alone"))]
    pub(super) update: Arc<str>,
    /// The agency, the id and the revision: answers with what is [bound](bound).
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "PostgreSQL compares by itself"))]
    pub(super) stored: Arc<str>,
    /// The agency, the id and the revision.
    pub(super) delete: Arc<str>,
    /// The agency, the id and the revision: answers with one row, or none.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "PostgreSQL guards many rows at once"))]
    pub(super) guard: Arc<str>,
}

impl Statements {
    pub(super) fn of<D: Dialect>(table: &'static Table) -> Self {
        let name = quoted(table.name);
        let mark = |number: usize| format!("{}{number}", D::MARK);
        let bound = || table.columns.iter().filter(|column| column.column_type != ColumnType::Serial);
        let mut next = 0;
        let mut value = |column: &TableColumn| match column.column_type {
            ColumnType::Serial => D::next_serial(table.name),
            _ => {
                next += 1;
                mark(next)
            }
        };
        let values: Vec<String> = table.columns.iter().map(&mut value).collect();
        let key = |revision: usize| key::<D>(revision);
        let names: Vec<String> = bound().map(|column| quoted(column.name)).collect();
        Self {
            insert: format!("INSERT INTO {name} ({}) VALUES ({})", columns(table), values.join(", ")).into(),
            update: update::<D>(table, bound().skip(2)).into(),
            stored: format!("SELECT {} FROM {name} WHERE {}", names.join(", "), key(3)).into(),
            delete: format!("DELETE FROM {name} WHERE {}", key(3)).into(),
            guard: format!("SELECT 1 FROM {name} WHERE {}", key(3)).into(),
        }
    }
}

/// A row by its key at the first two marks and its revision at that one.
fn key<D: Dialect>(revision: usize) -> String {
    let mark = |number: usize| format!("{}{number}", D::MARK);
    format!("agency = {} AND id = {} AND revision = {}", mark(1), mark(2), mark(revision))
}

/// Updates some columns of a row: what is bound are its key, those, and the revision
/// before.
pub(super) fn update<D: Dialect>(table: &Table, columns: impl Iterator<Item = &'static TableColumn>) -> String {
    // The key stays.
    let sets: Vec<String> =
        columns.zip(3..).map(|(column, number)| format!("{} = {}{number}", quoted(column.name), D::MARK)).collect();
    format!("UPDATE {} SET {} WHERE {}", quoted(table.name), sets.join(", "), key::<D>(sets.len() + 3))
}

/// What of a row is bound when it is inserted or updated: all but what the store
/// gives.
pub(super) fn bound<'a>(
    table: &'static Table,
    row: &'a Row,
) -> impl Iterator<Item = (&'static TableColumn, &'a Value)> {
    table.columns.iter().zip(row).filter(|(column, _)| column.column_type != ColumnType::Serial)
}

/// A query and what is bound to its marks.
pub(super) struct Query<'a> {
    pub(super) sql: String,
    pub(super) params: Vec<Bound<'a>>,
}

/// What is bound to one mark.
#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "SQLite takes values of all columns alike"))]
pub(super) enum Bound<'a> {
    Value(&'static TableColumn, &'a Value),
    Id(uuid::Uuid),
    Number(i64),
    Text(&'a str),
    /// Values of one column, for one mark: no limit on how many, and one
    /// prepared statement for lists of any length.
    List(&'static TableColumn, Vec<&'a Value>),
}

/// What is selected of the rows that fit.
enum What<'a> {
    Rows(&'a Select),
    Column(&'a str),
    Number,
}

impl<'a> Query<'a> {
    /// Of a size that few outgrow: statements are written for every question, and
    /// cost as much as the answer where each of their parts is a text of its own.
    fn new() -> Self {
        Self { sql: String::with_capacity(1_024), params: Vec::with_capacity(8) }
    }

    /// The rows that fit.
    pub(super) fn find<D: Dialect>(select: &'a Select) -> StoreResult<Self> {
        Self::find_from::<D>(select, None)
    }

    /// The rows that fit; those of a page, of about so many in all, from the end
    /// that is nearer.
    pub(super) fn find_from<D: Dialect>(select: &'a Select, total: Option<u64>) -> StoreResult<Self> {
        check::select(select)?;
        let mut query = Self::new();
        let list = select.table.list(select, true).filter(|_| select.limit.is_some());
        let total = total.filter(|total| select.offset > total / 2).and(select.table.totals(select));
        match (list, select.agency) {
            (Some(list), Some(agency)) => {
                // Which rows are on the page the index says alone: those before
                // it, and what is sorted among ties, are not read.
                query.what(&What::Rows(select), select.table);
                query.sql.push_str(" WHERE agency = ");
                query.bind::<D>(Bound::Id(agency.0));
                query.sql.push_str(" AND id ");
                query.sql.push_str(D::IN_PAGE);
                query.rows::<D>(&What::Column("id"), Some(list), select)?;
                query.order(select, total.is_some())?;
                match total {
                    Some(totals) => query.page_from_the_end::<D>(totals, select)?,
                    None => query.page::<D>(select),
                }
                query.sql.push_str(D::END_PAGE);
                query.order(select, false)?;
            }
            _ => {
                query.rows::<D>(&What::Rows(select), None, select)?;
                query.order(select, false)?;
                query.page::<D>(select);
            }
        }
        Ok(query)
    }

    /// Begins a select.
    fn what(&mut self, what: &What<'_>, table: &Table) {
        self.sql.push_str("SELECT ");
        match what {
            What::Rows(select) => push_columns(&mut self.sql, select.wanted().into_iter()),
            What::Column(name) => push_quoted(&mut self.sql, name),
            What::Number => self.sql.push_str("count(*)"),
        }
        self.sql.push_str(" FROM ");
        push_quoted(&mut self.sql, table.name);
    }

    /// Whether a page lies so far behind the first that it is worth asking how many
    /// rows there are, so that it is read from the end that is nearer.
    pub(super) fn is_far(select: &Select) -> bool {
        const FAR: u64 = 1_000;
        select.offset > FAR
            && select.limit.is_some()
            && select.table.totals(select).is_some()
            && select.table.list(select, true).is_some()
    }

    /// Adds the order of a select, or the other way round.
    fn order(&mut self, select: &Select, around: bool) -> StoreResult<()> {
        self.sql.push_str(" ORDER BY ");
        for (name, descending) in &select.order {
            let descending = *descending != around;
            push_quoted(&mut self.sql, name);
            let column = check::column(select.table, name)?;
            let is_serial = column.column_type == ColumnType::Serial;
            // What stands behind a row stands in the order of the whole list.
            let no_null = |condition: &Condition| {
                condition.column == *name && !matches!(condition.test, Test::Null(true) | Test::Behind { .. })
            };
            let may_be_null = column.nullable && !is_serial && !select.all.iter().any(no_null);
            // Said only where it matters: an index may be of another order.
            self.sql.push_str(match (may_be_null, descending) {
                (false, false) => "",
                (false, true) => " DESC",
                (true, false) => " ASC NULLS FIRST",
                (true, true) => " DESC NULLS LAST",
            });
            // Every row has one of its own, so that no more is to be decided.
            if is_serial {
                return Ok(());
            }
            self.sql.push_str(", ");
        }
        self.sql.push_str(if around { "id DESC" } else { "id" });
        Ok(())
    }

    /// Adds the page of a select.
    fn page<D: Dialect>(&mut self, select: &Select) {
        self.sql.push_str(" LIMIT ");
        match select.limit {
            Some(limit) => self.bind::<D>(Bound::Number(clamped(limit))),
            None => self.sql.push_str(D::NO_LIMIT),
        }
        self.sql.push_str(" OFFSET ");
        self.bind::<D>(Bound::Number(clamped(select.offset)));
    }

    /// Adds the page of a select whose rows come the other way round: how many lie
    /// behind it is told within the same statement, so that no row is passed over or
    /// shown twice that a total of before would have.
    fn page_from_the_end<D: Dialect>(&mut self, totals: &Totals, select: &'a Select) -> StoreResult<()> {
        let (offset, limit) = (clamped(select.offset), clamped(select.limit.unwrap_or(u64::MAX)));
        self.sql.push_str(&format!(" LIMIT {}(0, {}(", D::GREATEST, D::LEAST));
        self.bind::<D>(Bound::Number(limit));
        self.sql.push_str(", (");
        self.total::<D>(totals, select)?;
        self.sql.push_str(") - ");
        self.bind::<D>(Bound::Number(offset));
        self.sql.push_str(&format!(")) OFFSET {}(0, (", D::GREATEST));
        self.total::<D>(totals, select)?;
        self.sql.push_str(") - ");
        self.bind::<D>(Bound::Number(offset.saturating_add(limit)));
        self.sql.push(')');
        Ok(())
    }

    /// How many rows fit.
    pub(super) fn count<D: Dialect>(select: &'a Select) -> StoreResult<Self> {
        check::select(select)?;
        let mut query = Self::new();
        if let Some(totals) = select.table.totals(select) {
            query.total::<D>(totals, select)?;
            return Ok(query);
        }
        let list = select.table.list(select, false);
        query.rows::<D>(&What::Number, list, select)?;
        Ok(query)
    }

    /// Adds the sum of the totals of the sorts that fit.
    fn total<D: Dialect>(&mut self, totals: &Totals, select: &'a Select) -> StoreResult<()> {
        self.sql.push_str("SELECT CAST(coalesce(sum(total), 0) AS bigint) FROM ");
        push_quoted(&mut self.sql, totals.name);
        self.of_agency::<D>(select);
        for condition in &select.all {
            self.sql.push_str(" AND ");
            match (totals.facet(condition), &condition.test) {
                (Some(Facet::There(column)), Test::Null(true)) => {
                    self.sql.push_str("NOT ");
                    push_quoted(&mut self.sql, column);
                }
                (Some(Facet::There(column) | Facet::Filled(column)), _) => push_quoted(&mut self.sql, column),
                _ => self.condition::<D>(select.table, condition)?,
            }
        }
        Ok(())
    }

    /// Adds a select, by a list where one has all of it, without its order and
    /// its page.
    fn rows<D: Dialect>(&mut self, what: &What<'_>, list: Option<&List>, select: &'a Select) -> StoreResult<()> {
        self.what(what, select.table);
        if let Some(list) = list {
            self.sql.push_str(&D::by_index(list.name));
        }
        self.of_agency::<D>(select);
        for condition in &select.all {
            self.sql.push_str(" AND ");
            self.condition::<D>(select.table, condition)?;
        }
        for (place, condition) in select.any.iter().enumerate() {
            self.sql.push_str(if place == 0 { " AND (" } else { " OR " });
            self.condition::<D>(select.table, condition)?;
        }
        if !select.any.is_empty() {
            self.sql.push(')');
        }
        Ok(())
    }

    /// Adds of which agency the rows are.
    fn of_agency<D: Dialect>(&mut self, select: &Select) {
        self.sql.push_str(" WHERE ");
        match select.agency {
            Some(agency) => {
                self.sql.push_str("agency = ");
                self.bind::<D>(Bound::Id(agency.0));
            }
            None => self.sql.push_str("TRUE"),
        }
    }

    /// Adds one condition. A value that is not of the column's type never
    /// fits; a database would convert some and compare the sorts of others.
    fn condition<D: Dialect>(&mut self, table: &'static Table, condition: &'a Condition) -> StoreResult<()> {
        let column = check::column(table, condition.column)?;
        let name = || quoted(column.name);
        let fits = |value: &Value| same_type(column.column_type, value);
        match &condition.test {
            Test::Null(null) => {
                push_quoted(&mut self.sql, column.name);
                self.sql.push_str(if *null { " IS NULL" } else { " IS NOT NULL" });
            }
            Test::Is(value) if fits(value) => self.compare::<D>(column, "=", value),
            Test::Below(value) if fits(value) => self.compare::<D>(column, "<", value),
            Test::AtLeast(value) if fits(value) => self.compare::<D>(column, ">=", value),
            Test::Behind { value: Value::Null, descending: false } => {
                push_quoted(&mut self.sql, column.name);
                self.sql.push_str(" IS NOT NULL");
            }
            Test::Behind { value, descending } if fits(value) => {
                self.compare::<D>(column, if *descending { "<" } else { ">" }, value);
            }
            Test::In(values) => {
                let fitting = values.iter().filter(|value| fits(value)).collect();
                let mark = self.mark::<D>(Bound::List(column, fitting));
                self.sql.push_str(&D::among(&name(), &mark));
            }
            Test::Contains(text) if column.column_type == ColumnType::Text => {
                let mark = self.mark::<D>(Bound::Text(text));
                self.sql.push_str(&D::contains(&name(), &mark));
            }
            Test::NoneOf(values) => {
                let fitting = values.iter().filter(|value| fits(value)).collect();
                let mark = self.mark::<D>(Bound::List(column, fitting));
                // Of an empty list SQL says that even a null is not among it.
                let name = name();
                self.sql.push_str(&format!("({name} IS NOT NULL AND NOT ({}))", D::among(&name, &mark)));
            }
            // In the words of the index, which a database knows again.
            Test::Has(word) if let Some(listed) = listed(table, column.name, word) => {
                self.sql.push_str(&D::has(&name(), &listed))
            }
            Test::Has(word) if column.column_type == ColumnType::Text && check::is_word(word) => {
                let mark = self.mark::<D>(Bound::Text(word));
                self.sql.push_str(&D::has(&name(), &mark));
            }
            Test::Found { of, by, wanted } => {
                let name = name();
                self.sql.push_str(&format!("({name} {} (", if *wanted { "IN" } else { "NOT IN" }));
                self.rows::<D>(&What::Column(by), None, of)?;
                // Beside a null SQL says of no value that it is not among them;
                // of no values at all it says that a null is not.
                self.sql.push_str(&format!(" AND {} IS NOT NULL) AND {name} IS NOT NULL)", quoted(by)));
            }
            _ => self.sql.push_str("FALSE"),
        }
        Ok(())
    }

    fn compare<D: Dialect>(&mut self, column: &'static TableColumn, operator: &str, value: &'a Value) {
        push_quoted(&mut self.sql, column.name);
        [" ", operator, " "].iter().for_each(|part| self.sql.push_str(part));
        self.bind::<D>(Bound::Value(column, value));
    }

    fn bind<D: Dialect>(&mut self, bound: Bound<'a>) {
        self.params.push(bound);
        self.sql.push(D::MARK);
        // A text takes whatever is written to it.
        let _: core::fmt::Result = write!(self.sql, "{}", self.params.len());
    }

    /// The mark of a value that is bound.
    fn mark<D: Dialect>(&mut self, bound: Bound<'a>) -> String {
        self.params.push(bound);
        format!("{}{}", D::MARK, self.params.len())
    }
}

/// A word of which a table has a list, as the index says it.
fn listed(table: &Table, column: &str, word: &str) -> Option<String> {
    let has = |(name, only): &(&'static str, Only)| *name == column && matches!(only, Only::Has(one) if *one == word);
    table.lists.iter().flat_map(|list| list.only).any(has).then(|| literal(word))
}

/// A word of ours; no text of a caller's.
fn literal(word: &str) -> String {
    format!("'{word}'")
}

/// The statement that makes the index of a list.
pub(super) fn new_list<D: Dialect>(table: &Table, list: &List) -> String {
    let sorted = |name: &&str| {
        let may_be_null = table.columns.iter().any(|column| column.name == *name && column.nullable)
            && !list.only.contains(&(*name, Only::There));
        format!("{}{}, ", quoted(name), if may_be_null { D::NULLS_FIRST } else { "" })
    };
    let only = |(name, only): &(&'static str, Only)| match only {
        Only::Null => format!("{} IS NULL", quoted(name)),
        Only::There => format!("{} IS NOT NULL", quoted(name)),
        Only::Has(word) => D::has(&quoted(name), &literal(word)),
    };
    let by: String = list.by.iter().map(sorted).collect();
    // What all rows have in common SQLite asks the index for, or else the row.
    let beside: String = list.columns().skip(list.by.len()).map(|name| format!(", {}", quoted(name))).collect();
    let only = list.only.iter().map(only).collect::<Vec<_>>().join(" AND ");
    let only = if only.is_empty() { only } else { format!(" WHERE {only}") };
    format!("CREATE INDEX {} ON {} (agency, {by}id{beside}){only}", list.name, quoted(table.name))
}

fn clamped(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Names are those of [`Table`]s, never of a caller; quoted since some are
/// words of SQL.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn push_quoted(sql: &mut String, name: &str) {
    ["\"", name, "\""].iter().for_each(|part| sql.push_str(part));
}

/// The columns of a table, in their order.
pub(super) fn columns(table: &Table) -> String {
    let mut names = String::new();
    push_columns(&mut names, table.columns.iter());
    names
}

fn push_columns(sql: &mut String, columns: impl Iterator<Item = &'static TableColumn>) {
    for (place, column) in columns.enumerate() {
        if place > 0 {
            sql.push_str(", ");
        }
        push_quoted(sql, column.name);
    }
}
