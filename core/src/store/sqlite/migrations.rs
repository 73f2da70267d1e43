//! How the tables of the file become those of this release: by its own steps,
//! then by those of [all databases](crate::store::migrations).

use rusqlite::{Connection, TransactionBehavior};

use super::dialect::Sqlite;
use super::{error, key};
use crate::store::migrations::{OWN_STEPS, since};
use crate::store::{SCHEMA_VERSION, StoreError, StoreResult};

/// The steps, the first leading from nothing to version 1. A released step is
/// never edited.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_tables.sql"),
    include_str!("migrations/0002_remember_and_describe.sql"),
    include_str!("migrations/0003_contacts_and_links.sql"),
];

/// After the steps.
const ASSUMED: &str = include_str!("migrations/assumed.sql");

const _: () = assert!(STEPS.len() == OWN_STEPS as usize);

/// Marks a SQLite file as carekey's: the letters `care`, where tools like
/// `file` look for it.
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"care");

/// Whether the file has the tables of this release, and the fingerprint of the
/// key where one is given. Writes nothing.
///
/// # Errors
///
/// [`StoreError::Newer`] for the file of a newer release,
/// [`StoreError::Damaged`] for the file of another application,
/// [`StoreError::OtherKey`] for the file of another key, of whatever release.
pub(super) fn is_ready(connection: &mut Connection, fingerprint: Option<&[u8]>) -> rusqlite::Result<StoreResult<bool>> {
    // Within one transaction: another process may be creating the tables.
    let transaction = connection.transaction()?;
    Ok(found(&transaction, fingerprint)?.map(|(version, left)| version == SCHEMA_VERSION && left))
}

/// The version of the tables, and whether the fingerprint is there.
fn found(connection: &Connection, fingerprint: Option<&[u8]>) -> rusqlite::Result<StoreResult<(u32, bool)>> {
    Ok(match version(connection)? {
        Ok(0) => Ok((0, fingerprint.is_none())),
        Ok(version) => key::is_left(connection, fingerprint)?.map(|left| (version, left)),
        Err(refused) => Err(refused),
    })
}

/// The version of the tables in the file, 0 for an empty one.
fn version(connection: &Connection) -> rusqlite::Result<StoreResult<u32>> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id")?;
    let version = u32::try_from(number("PRAGMA user_version")?);
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    Ok(match (application, version, tables) {
        (0, Ok(0), 0) => Ok(0),
        (APPLICATION_ID, Ok(found), _) if found > SCHEMA_VERSION => Err(StoreError::Newer { found }),
        (APPLICATION_ID, Ok(found @ 1..), _) => Ok(found),
        _ => Err(StoreError::Damaged("the database belongs to another application")),
    })
}

/// Takes the steps that the file has not taken yet, and leaves the fingerprint
/// where one is given and there is none: all of it, or nothing.
///
/// The version is read again under the write lock. The migration crates read
/// it before, so that two processes which start together with a new release
/// would both take the same step.
pub(super) fn migrate(connection: &mut Connection, fingerprint: Option<&[u8]>) -> StoreResult<()> {
    let steps = |connection: &mut Connection| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (version, left) = match found(&transaction, fingerprint)? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        for step in STEPS.iter().skip(version as usize) {
            transaction.execute_batch(step)?;
        }
        for step in since::<Sqlite>(version) {
            transaction.execute_batch(&step)?;
        }
        transaction.execute_batch(ASSUMED)?;
        if let (Some(fingerprint), false) = (fingerprint, left) {
            key::leave(&transaction, fingerprint)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        transaction.commit().map(Ok)
    };
    steps(connection).map_err(|failure| error::general(&failure))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Table;
    use crate::store::record::TABLES;
    use crate::store::sql::{Dialect, new_list};

    fn migrated() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, None).unwrap();
        connection
    }

    fn texts(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// `name TYPE NULLABLE` of each column.
    fn described(table: &Table) -> Vec<String> {
        let column = |column: &crate::store::TableColumn| {
            let sort = Sqlite::column_type(column.column_type);
            format!("{} {sort} {}", column.name, if column.nullable { "null" } else { "not null" })
        };
        let mut columns: Vec<String> = table.columns.iter().map(column).collect();
        columns.sort();
        columns
    }

    #[test]
    fn tables_are_those_of_the_records() {
        let connection = migrated();
        let totals = TABLES.iter().filter_map(|table| table.totals).map(|totals| totals.name);
        let mut names: Vec<&str> = TABLES.iter().map(|table| table.name).chain(totals).collect();
        names.sort_unstable();
        assert_eq!(
            texts(
                &connection,
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ),
            names
        );
        for table in TABLES {
            let sql = format!(
                "SELECT name || ' ' || type || iif(\"notnull\", ' not null', ' null')
                 FROM pragma_table_xinfo('{}') ORDER BY name",
                table.name
            );
            assert_eq!(texts(&connection, &sql), described(table), "{}", table.name);
            let sql = format!("SELECT name FROM pragma_table_xinfo('{}') WHERE pk > 0 ORDER BY pk", table.name);
            assert_eq!(texts(&connection, &sql), ["agency", "id"], "{}", table.name);
        }
        let plain = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
                     AND NOT (strict AND wr)";
        assert_eq!(texts(&connection, plain), [""; 0]);
    }

    #[test]
    fn indexes_are_those_of_the_records() {
        let connection = migrated();
        for table in TABLES {
            let of = |unique: bool, indexes: &[&[&str]]| -> Vec<String> {
                indexes.iter().map(|columns| format!("{} agency,{}", u8::from(unique), columns.join(","))).collect()
            };
            let mut expected = [of(true, table.unique), of(false, table.indexes)].concat();
            expected.sort();
            let sql = format!(
                "SELECT list.\"unique\" || ' ' || (SELECT group_concat(info.name, ',' ORDER BY info.seqno)
                 FROM pragma_index_info(list.name) AS info)
                 FROM pragma_index_list('{}') AS list
                 WHERE list.origin = 'c' AND instr(list.name, '_list_') = 0 ORDER BY 1",
                table.name
            );
            assert_eq!(texts(&connection, &sql), expected, "{}", table.name);
        }
    }

    #[test]
    fn lists_are_those_of_the_records() {
        let connection = migrated();
        for table in TABLES {
            let mut expected: Vec<String> = table
                .lists
                .iter()
                .map(|list| format!("{} {}", list.name, new_list::<Sqlite>(table, list)))
                .chain(table.lists.iter().map(|list| list.name.to_owned()))
                .collect();
            expected.sort();
            let sql = format!(
                "SELECT name || ' ' || sql FROM sqlite_schema WHERE tbl_name = '{0}' AND instr(name, '_list_') > 0
                 UNION ALL SELECT name FROM pragma_index_list('{0}') WHERE instr(name, '_list_') > 0 ORDER BY 1",
                table.name
            );
            assert_eq!(texts(&connection, &sql), expected, "{}", table.name);
        }
    }

    /// A step is never edited: what is there is what this release would make.
    #[test]
    fn totals_are_those_of_the_records() {
        let connection = migrated();
        let fresh = Connection::open_in_memory().unwrap();
        for table in TABLES {
            let Some(totals) = table.totals else { continue };
            let columns = texts(&connection, &format!("SELECT sql FROM sqlite_schema WHERE name = '{}'", table.name));
            fresh.execute_batch(&format!("{};{}", columns[0], Sqlite::begin_totals(table, totals))).unwrap();
            let kept = format!("SELECT sql FROM sqlite_schema WHERE instr(name, '{}') > 0 ORDER BY name", totals.name);
            assert_eq!(texts(&connection, &kept), texts(&fresh, &kept));
            let triggers = texts(
                &connection,
                &format!("SELECT name FROM sqlite_schema WHERE tbl_name = '{}' AND type = 'trigger'", table.name),
            );
            assert_eq!(triggers.len(), if totals.by.is_empty() { 2 } else { 3 }, "{triggers:?}");
        }
    }

    #[test]
    fn a_second_run_has_nothing_to_do() {
        let mut connection = migrated();
        let before = texts(&connection, "SELECT sql FROM sqlite_schema ORDER BY name");
        migrate(&mut connection, None).unwrap();
        assert_eq!(texts(&connection, "SELECT sql FROM sqlite_schema ORDER BY name"), before);
        assert!(matches!(is_ready(&mut connection, None), Ok(Ok(true))));
    }
}
