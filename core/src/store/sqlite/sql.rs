//! The statements, built from the descriptions of the tables.

use std::rc::Rc;

use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::vtab::array::Array;

use super::value;
use crate::store::check::same_type;
use crate::store::{ColumnType, Condition, Select, StoreResult, Table, Test, Value, check};

/// The three statements that write to one table.
pub(super) struct Statements {
    /// All columns, in their order.
    pub(super) insert: String,
    /// All columns, in their order, and the revision before.
    pub(super) update: String,
    /// The agency, the id and the revision.
    pub(super) delete: String,
}

impl Statements {
    pub(super) fn of(table: &Table) -> Self {
        let name = quoted(table.name);
        let marks: Vec<String> = (1..=table.columns.len()).map(|number| format!("?{number}")).collect();
        let sets: Vec<String> = table
            .columns
            .iter()
            .zip(&marks)
            .skip(2) // the key stays
            .map(|(column, mark)| format!("{} = {mark}", quoted(column.name)))
            .collect();
        let before = table.columns.len() + 1;
        Self {
            insert: format!("INSERT INTO {name} ({}) VALUES ({})", columns(table), marks.join(", ")),
            update: format!(
                "UPDATE {name} SET {} WHERE agency = ?1 AND id = ?2 AND revision = ?{before}",
                sets.join(", ")
            ),
            delete: format!("DELETE FROM {name} WHERE agency = ?1 AND id = ?2 AND revision = ?3"),
        }
    }
}

/// A query and what is bound to its marks.
pub(super) struct Query<'a> {
    pub(super) sql: String,
    pub(super) params: Vec<Bind<'a>>,
}

/// What is bound to one mark.
pub(super) enum Bind<'a> {
    Value(&'a Value),
    Id(uuid::Uuid),
    Number(i64),
    Text(&'a str),
    List(Array),
}

impl ToSql for Bind<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Value(value) => Ok(value::lent(value)),
            Self::Id(id) => Ok(ToSqlOutput::from(id.as_bytes().as_slice())),
            Self::Number(number) => number.to_sql(),
            Self::Text(text) => text.to_sql(),
            Self::List(values) => values.to_sql(),
        }
    }
}

impl<'a> Query<'a> {
    /// The rows that fit.
    pub(super) fn find(select: &'a Select) -> StoreResult<Self> {
        let mut query = Self::new(&columns(select.table), select)?;
        query.sql.push_str(" ORDER BY ");
        for (name, descending) in &select.order {
            query.sql.push_str(&quoted(name));
            query.sql.push_str(if *descending { " DESC, " } else { ", " });
        }
        // SQLite counts a negative limit as none.
        query.sql.push_str("id LIMIT ? OFFSET ?");
        query.params.push(Bind::Number(select.limit.map_or(-1, clamped)));
        query.params.push(Bind::Number(clamped(select.offset)));
        Ok(query)
    }

    /// How many rows fit.
    pub(super) fn count(select: &'a Select) -> StoreResult<Self> {
        Self::new("count(*)", select)
    }

    fn new(what: &str, select: &'a Select) -> StoreResult<Self> {
        check::select(select)?;
        let mut query =
            Self { sql: format!("SELECT {what} FROM {} WHERE ", quoted(select.table.name)), params: Vec::new() };
        match select.agency {
            Some(agency) => {
                query.sql.push_str("agency = ?");
                query.params.push(Bind::Id(agency.0));
            }
            None => query.sql.push_str("TRUE"),
        }
        for condition in &select.all {
            query.sql.push_str(" AND ");
            query.condition(select.table, condition)?;
        }
        for (place, condition) in select.any.iter().enumerate() {
            query.sql.push_str(if place == 0 { " AND (" } else { " OR " });
            query.condition(select.table, condition)?;
        }
        if !select.any.is_empty() {
            query.sql.push(')');
        }
        Ok(query)
    }

    /// Adds one condition. A value that is not of the column's type never
    /// fits; SQLite would convert some and compare the sorts of the others.
    fn condition(&mut self, table: &'static Table, condition: &'a Condition) -> StoreResult<()> {
        let column = check::column(table, condition.column)?;
        let name = quoted(column.name);
        match &condition.test {
            Test::Null(true) => self.sql.push_str(&format!("{name} IS NULL")),
            Test::Null(false) => self.sql.push_str(&format!("{name} IS NOT NULL")),
            Test::Is(value) if same_type(column.column_type, value) => self.compare(&name, "=", value),
            Test::Below(value) if same_type(column.column_type, value) => self.compare(&name, "<", value),
            Test::AtLeast(value) if same_type(column.column_type, value) => self.compare(&name, ">=", value),
            // One mark for a list of any length: no limit on how many, and
            // one prepared statement for all of them.
            Test::In(values) => {
                self.sql.push_str(&format!("{name} IN rarray(?)"));
                let fitting = values.iter().filter(|value| same_type(column.column_type, value));
                self.params.push(Bind::List(Rc::new(fitting.map(value::owned).collect())));
            }
            // `lower` folds ASCII only, and `instr` knows no wildcards.
            Test::Contains(text) if column.column_type == ColumnType::Text => {
                self.sql.push_str(&format!("instr(lower({name}), lower(?)) > 0"));
                self.params.push(Bind::Text(text));
            }
            _ => self.sql.push_str("FALSE"),
        }
        Ok(())
    }

    fn compare(&mut self, name: &str, operator: &str, value: &'a Value) {
        self.sql.push_str(&format!("{name} {operator} ?"));
        self.params.push(Bind::Value(value));
    }
}

fn clamped(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Names are those of [`Table`]s, never of a caller; quoted since some are
/// words of SQL.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|column| quoted(column.name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, params_from_iter};

    use super::*;
    use crate::id::{AgencyId, PartyId};
    use crate::store::record::{Account, Event, Message, Party, Token};
    use crate::store::sqlite::migrations::migrate;

    /// How SQLite goes about it.
    fn plan(select: &Select) -> String {
        let mut connection = Connection::open_in_memory().unwrap();
        rusqlite::vtab::array::load_module(&connection).unwrap();
        migrate(&mut connection).unwrap();
        let query = Query::find(select).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql)).unwrap();
        let steps = statement.query_map(params_from_iter(&query.params), |row| row.get::<_, String>(3)).unwrap();
        steps.map(Result::unwrap).filter(|step| !step.contains("rarray")).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_is_often_asked_goes_by_an_index() {
        let here = AgencyId::of_code("104");
        let party = || Select::of::<Party>(here);
        let text = || "x".to_owned();
        let id = PartyId(uuid::Uuid::nil());
        let cases = [
            (party(), "SEARCH party USING PRIMARY KEY (agency=?)"),
            (party().is("id", id), "SEARCH party USING PRIMARY KEY (agency=? AND id=?)"),
            (party().among("id", [id]), "SEARCH party USING PRIMARY KEY (agency=? AND id=?)"),
            (party().is("external_id", text()), "party_one_external_id (agency=? AND external_id=?)"),
            (party().among("email_canonical", [text()]), "party_by_email_canonical (agency=? AND email_canonical=?)"),
            (
                Select::of::<Account>(here).is("username_canonical", text()),
                "account_one_username_canonical (agency=? AND username_canonical=?)",
            ),
            (Select::of::<Account>(here).by("display_key", false).page(0, 50), "account_by_display_key (agency=?)"),
            (Select::of::<Token>(here).is("digest", vec![0u8]), "token_one_digest (agency=? AND digest=?)"),
            (
                Select::of::<Event>(here).is("subject", id).by("sequence", true).page(0, 1),
                "event_one_subject_sequence (agency=? AND subject=?)",
            ),
            (
                Select::of::<Message>(here).is("state", text()).and("due_at", Test::Below(Value::Int(5))),
                "message_by_state_due_at (agency=? AND state=? AND due_at<?)",
            ),
        ];
        for (select, expected) in cases {
            let plan = plan(&select);
            assert!(plan.contains(expected), "{plan}\n instead of {expected}");
            assert!(!plan.contains("SCAN"), "{plan}");
        }
        let either = party()
            .or("email_canonical", Test::Is(Value::Text(text())))
            .or("phone_e164", Test::Is(Value::Text(text())));
        let plan = plan(&either);
        assert!(plan.contains("party_by_email_canonical") && plan.contains("party_by_phone_e164"), "{plan}");
    }
}
