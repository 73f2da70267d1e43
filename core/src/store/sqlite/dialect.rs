//! What SQLite writes in its own way, and how it is lent values.

use std::rc::Rc;

use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::vtab::array::Array;

use super::{totals, value};
use crate::store::sql::{Bound, Dialect};
use crate::store::{ColumnType, Table, Totals, Value};

pub(super) struct Sqlite;

impl Dialect for Sqlite {
    const MARK: char = '?';
    const NO_LIMIT: &'static str = "-1";
    const TABLE: &'static str = " STRICT, WITHOUT ROWID";
    // As they are anyway; it may not be said.
    const NULLS_FIRST: &'static str = "";
    const IN_PAGE: &'static str = "IN (";
    const END_PAGE: &'static str = ")";
    const LEAST: &'static str = "min";
    const GREATEST: &'static str = "max";

    fn own_check(column: &str) -> &'static str {
        match column {
            "agency" => " CHECK (length(agency) = 16)",
            "id" => " CHECK (length(id) = 16)",
            _ => "",
        }
    }

    fn column_type(column_type: ColumnType) -> &'static str {
        match column_type {
            ColumnType::Int | ColumnType::Bool | ColumnType::Moment | ColumnType::Serial => "INTEGER",
            ColumnType::Text => "TEXT",
            ColumnType::Bytes | ColumnType::Id => "BLOB",
        }
    }

    fn among(column: &str, mark: &str) -> String {
        format!("{column} IN rarray({mark})")
    }

    fn contains(column: &str, mark: &str) -> String {
        format!("instr({column}, {mark}) > 0")
    }

    fn has(column: &str, mark: &str) -> String {
        format!("instr({column}, ',' || {mark} || ',') > 0")
    }

    fn by_index(index: &str) -> String {
        format!(" INDEXED BY {index}")
    }

    /// One commit at a time is under way, so that the numbers are given in the
    /// order in which commits are seen, and whatever is seen is certain.
    fn next_serial(table: &str) -> String {
        format!("(SELECT coalesce(max(\"serial\"), 0) + 1 FROM \"{table}\" WHERE agency = ?1)")
    }

    fn begin_serial(_: &str) -> String {
        String::new()
    }

    fn begin_totals(table: &Table, of: &Totals) -> String {
        totals::begin(table, of)
    }
}

/// What is bound to one mark, as SQLite takes it.
pub(super) enum Bind<'a> {
    Value(&'a Value),
    Id(uuid::Uuid),
    Number(i64),
    Text(&'a str),
    List(Array),
}

impl Bind<'_> {
    /// A list of ids.
    pub(super) fn ids(ids: impl IntoIterator<Item = uuid::Uuid>) -> Self {
        Self::List(Rc::new(ids.into_iter().map(|id| value::owned(&Value::Id(id))).collect()))
    }
}

impl<'a> From<&Bound<'a>> for Bind<'a> {
    fn from(bound: &Bound<'a>) -> Self {
        match bound {
            Bound::Value(_, value) => Self::Value(value),
            Bound::Id(id) => Self::Id(*id),
            Bound::Number(number) => Self::Number(*number),
            Bound::Text(text) => Self::Text(text),
            Bound::List(_, values) => Self::List(Rc::new(values.iter().map(|value| value::owned(value)).collect())),
        }
    }
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

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, params_from_iter};

    use super::*;
    use crate::id::{AgencyId, PartyId};
    use crate::store::lists::{asked, behind, looked_up};
    use crate::store::record::{Account, Event, Message, Party, Token};
    use crate::store::sql::Query;
    use crate::store::sqlite::migrations::migrate;
    use crate::store::{Select, Test};

    /// How SQLite goes about it.
    fn plan(select: &Select) -> String {
        plan_of(&Query::find::<Sqlite>(select).unwrap())
    }

    fn plan_of(query: &Query<'_>) -> String {
        let mut connection = Connection::open_in_memory().unwrap();
        rusqlite::vtab::array::load_module(&connection).unwrap();
        migrate(&mut connection, None).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql)).unwrap();
        let steps = statement
            .query_map(params_from_iter(query.params.iter().map(Bind::from)), |row| row.get::<_, String>(3))
            .unwrap();
        steps.map(Result::unwrap).filter(|step| !step.contains("rarray")).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_is_often_asked_goes_by_an_index() {
        let here = AgencyId::of_code("104");
        let party = || Select::all::<Party>(here);
        let text = || "x".to_owned();
        let id = PartyId(uuid::Uuid::nil());
        let cases = [
            (party(), "SEARCH party USING PRIMARY KEY (agency=?)"),
            (party().is("id", id), "SEARCH party USING PRIMARY KEY (agency=? AND id=?)"),
            (party().among("id", [id]), "SEARCH party USING PRIMARY KEY (agency=? AND id=?)"),
            (party().is("external_id", text()), "party_one_external_id (agency=? AND external_id=?)"),
            (party().among("email_canonical", [text()]), "party_by_email_canonical (agency=? AND email_canonical=?)"),
            (
                Select::all::<Account>(here).is("username_canonical", text()),
                "account_one_username_canonical (agency=? AND username_canonical=?)",
            ),
            (Select::all::<Token>(here).is("digest", vec![0u8]), "token_one_digest (agency=? AND digest=?)"),
            (
                Select::all::<Event>(here).is("subject", id).by("sequence", true).page(0, 1),
                "event_one_subject_sequence (agency=? AND subject=?)",
            ),
            (
                Select::all::<Event>(here).and("serial", Test::AtLeast(Value::Int(5))).by("serial", false).page(0, 50),
                "event_one_serial (agency=? AND serial>?)",
            ),
            (Select::all::<Event>(here).by("serial", true).page(0, 1), "event_one_serial (agency=?)"),
            (
                Select::all::<Message>(here).is("state", text()).and("due_at", Test::Below(Value::Int(5))),
                "message_by_state_due_at (agency=? AND state=? AND due_at<?)",
            ),
        ];
        for (select, expected) in cases {
            let plan = plan(&select);
            assert!(plan.contains(expected), "{plan}\n instead of {expected}");
            assert!(!plan.contains("SCAN"), "{plan}");
        }
        for (select, index) in looked_up(here) {
            let found = plan(&select);
            assert!(found.contains(&format!("USING INDEX {index} (agency=?")), "{found}\n instead of {index}");
            let is_sorted = select.order.is_empty() || !found.contains("TEMP B-TREE");
            assert!(!found.contains("SCAN") && is_sorted, "{found}");
        }
        let id = &party().table.columns[1];
        for (select, list) in asked(here) {
            let found = plan(&select);
            let by = format!("USING COVERING INDEX {list} (agency=?");
            assert!(found.contains(&by) && !found.contains("SCAN"), "{found}\n instead of {by}");
            assert!(found.contains("SEARCH") && found.contains("USING PRIMARY KEY (agency=? AND id=?)"), "{found}");
            let sorted = found.matches("TEMP B-TREE FOR ORDER BY").count();
            assert_eq!(sorted, 1, "the page alone is sorted again: {found}");
            let count = Query::count::<Sqlite>(&select).unwrap();
            let Some(totals) = select.table.totals(&select) else {
                assert!(count.sql.contains("INDEXED BY"), "{}", count.sql);
                continue;
            };
            let total = format!("SEARCH {} USING PRIMARY KEY (agency=?)", totals.name);
            assert_eq!(plan_of(&count), total);
            let sql = super::super::totals::counted(select.table, totals);
            let nobody = Query { sql, params: vec![Bound::Id(here.0), Bound::List(id, vec![]), Bound::Number(1)] };
            let counted = plan_of(&nobody);
            assert!(counted.contains("USING PRIMARY KEY (agency=? AND id=?)"), "{counted}");
            // Nearer to the end, the same index the other way round.
            let far = select.clone().page(90_000, 100);
            let from_the_end = Query::find_from::<Sqlite>(&far, Some(100_000)).unwrap();
            assert!(from_the_end.sql.contains("id DESC"), "{}", from_the_end.sql);
            let around = plan_of(&from_the_end);
            assert!(around.contains(&by) && around.contains(&total) && !around.contains("SCAN"), "{around}");
            let sorted = around.matches("TEMP B-TREE FOR ORDER BY").count();
            assert_eq!(sorted, 1, "the page alone is sorted again: {around}");
        }
        for (select, list) in behind(here) {
            let found = plan(&select);
            let by = format!("USING COVERING INDEX {list} (agency=?");
            assert!(found.contains(&by) && !found.contains("SCAN"), "{found}\n instead of {by}");
            let sorted = found.matches("TEMP B-TREE FOR ORDER BY").count();
            assert_eq!(sorted, 1, "the page alone is sorted again: {found}");
        }
        let either = party()
            .or("email_canonical", Test::Is(Value::Text(text())))
            .or("phone_e164", Test::Is(Value::Text(text())));
        let plan = plan(&either);
        assert!(plan.contains("party_by_email_canonical") && plan.contains("party_by_phone_e164"), "{plan}");
    }
}
