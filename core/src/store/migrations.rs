//! What every database takes alike on the way to the tables of this release: a
//! new column is named here once, with its type, and is null in the rows that
//! are there. What databases do each in their own way is in their own steps,
//! which go before.

use super::record::{Account, Application, Message, Party};
use super::{ColumnType, List, Record, Table, TableColumn, Totals, lists, totals};

/// The last version that each database has steps of its own to.
pub(super) const OWN_STEPS: u32 = 3;

/// What leads from that version to the next ones. What was released is never
/// edited.
const STEPS: &[&[Step]] = &[
    // Version 4.
    &[column("account", "disabled_by", ColumnType::Text)],
    // Version 5: lists are searched and sorted as people read (A4).
    &[
        Step::NoIndex { table: "account", by: "display_key" },
        Step::NoColumn { table: "account", column: "display_key" },
        column("account", "sort_display", ColumnType::Bytes),
        column("account", "sort_first", ColumnType::Bytes),
        column("account", "sort_last", ColumnType::Bytes),
        column("account", "search", ColumnType::Text),
        Step::Index { table: "account", by: "sort_display" },
        Step::Index { table: "account", by: "sort_first" },
        Step::Index { table: "account", by: "sort_last" },
        column("party", "sort_display", ColumnType::Bytes),
        column("party", "search", ColumnType::Text),
        Step::NoIndex { table: "party", by: "name_key" },
        Step::Index { table: "party", by: "sort_display" },
        column("application", "search", ColumnType::Text),
        column("agency", "listed_by", ColumnType::Text),
        // Several owners, and the agency's own time (S1, N).
        column("agency", "owner_emails", ColumnType::Text),
        column("agency", "time_zone", ColumnType::Text),
        // Sending staged, reminders and printed codes (I10).
        column("account", "staged_at", ColumnType::Moment),
        column("account", "reminded_at", ColumnType::Moment),
        column("invitation", "printed_at", ColumnType::Moment),
        column("invitation", "reminded_at", ColumnType::Moment),
        // At which device a session was granted (E5).
        column("token", "device", ColumnType::Id),
        // What a personal representative is one by (V).
        column("tie", "reference", ColumnType::Text),
        // Parties that were merged (A6).
        column("party", "merged_into", ColumnType::Id),
        column("party", "merge", ColumnType::Text),
        // Why a grant was given, and what was granted of whom (V).
        column("access_grant", "reason", ColumnType::Text),
        Step::Index { table: "access_grant", by: "of" },
    ],
    // Version 6.
    &[
        // In which order the lines of an agency came to be seen (H).
        Step::Serial { table: "event" },
        // Changes of contacts to which someone may object, and answers that an
        // objection brings back (C3).
        Step::Table(&CONTACT_CHANGE),
        Step::Table(&OLD_ANSWER),
    ],
    // Version 7.
    &[
        // An agency's end (A9).
        column("agency", "suspended_at", ColumnType::Moment),
        column("agency", "suspended_by", ColumnType::Text),
        column("agency", "suspended_for", ColumnType::Text),
        column("agency", "deleting_since", ColumnType::Moment),
        column("agency", "deleted_by", ColumnType::Text),
        column("agency", "deleted_export", ColumnType::Bytes),
        column("agency", "deleted_at", ColumnType::Moment),
        // A decision reads what bears on the viewer and the client, however much
        // there is of either (V).
        Step::NoIndex { table: "tie", by: "who" },
        Step::NoIndex { table: "tie", by: "of" },
        Step::IndexOf { table: "tie", columns: &["who", "kind", "ends_at", "id"] },
        Step::IndexOf { table: "tie", columns: &["of", "who"] },
        Step::NoIndex { table: "access_grant", by: "party" },
        Step::NoIndex { table: "access_grant", by: "of" },
        Step::IndexOf { table: "access_grant", columns: &["party", "resource", "of"] },
        Step::IndexOf { table: "access_grant", columns: &["of", "resource", "ends_at"] },
    ],
    // Version 8.
    &[
        // Lists by any column, and of each role, from indexes of their own (A3, A5,
        // N, S3).
        Step::NoIndex { table: "account", by: "sort_display" },
        Step::NoIndex { table: "account", by: "sort_first" },
        Step::NoIndex { table: "account", by: "sort_last" },
        Step::NoIndex { table: "party", by: "sort_display" },
        Step::NoIndex { table: "message", by: "created_at" },
        // A list that changes later stays here as it was, beside the new one.
        Step::Lists { table: Account::TABLE, lists: lists::ACCOUNT },
        Step::Lists { table: Party::TABLE, lists: lists::PARTY },
        Step::Lists { table: Application::TABLE, lists: lists::APPLICATION },
        Step::Lists { table: Message::TABLE, lists: lists::MESSAGE },
        Step::Index { table: "tie", by: "kind" },
    ],
    // Version 9.
    &[
        // Lists say how many rows they have without counting them (A3, A5, N, S3).
        Step::Totals { table: Account::TABLE, totals: totals::ACCOUNT },
        Step::Totals { table: Party::TABLE, totals: totals::PARTY },
        Step::Totals { table: Application::TABLE, totals: totals::APPLICATION },
        Step::Totals { table: Message::TABLE, totals: totals::MESSAGE },
    ],
];

/// As version 6 made it.
const CONTACT_CHANGE: Table = Table {
    name: "contact_change",
    columns: &[
        needed("agency", ColumnType::Id),
        needed("id", ColumnType::Id),
        needed("revision", ColumnType::Int),
        needed("account", ColumnType::Id),
        needed("contact", ColumnType::Id),
        needed("method", ColumnType::Text),
        needed("canonical", ColumnType::Text),
        nullable("earlier_method", ColumnType::Text),
        nullable("earlier", ColumnType::Text),
        nullable("earlier_canonical", ColumnType::Text),
        nullable("digest", ColumnType::Bytes),
        needed("own", ColumnType::Bool),
        needed("asked_at", ColumnType::Moment),
        needed("expires_at", ColumnType::Moment),
        nullable("confirmed_at", ColumnType::Moment),
        nullable("ended_at", ColumnType::Moment),
    ],
    unique: &[&["digest"]],
    indexes: &[&["account"], &["canonical"], &["earlier_canonical"], &["expires_at"]],
    lists: &[],
    totals: None,
};

/// As version 6 made it.
const OLD_ANSWER: Table = Table {
    name: "old_answer",
    columns: &[
        needed("agency", ColumnType::Id),
        needed("id", ColumnType::Id),
        needed("revision", ColumnType::Int),
        needed("account", ColumnType::Id),
        needed("question", ColumnType::Text),
        needed("hash", ColumnType::Text),
        needed("replaced_at", ColumnType::Moment),
    ],
    unique: &[],
    indexes: &[&["account"], &["replaced_at"]],
    lists: &[],
    totals: None,
};

/// The version of the tables in this release. A store of a newer version is
/// refused, an older one is migrated.
#[expect(clippy::cast_possible_truncation, reason = "a handful")]
pub const SCHEMA_VERSION: u32 = OWN_STEPS + STEPS.len() as u32;

/// What a table has, or has no more, from a version on.
#[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code, reason = "no database to write it to"))]
enum Step {
    /// A table, as that version made it.
    Table(&'static Table),
    /// A column, null in the rows that are there.
    Column { table: &'static str, column: &'static str, column_type: ColumnType },
    /// No such column any more: what was in it is derived.
    NoColumn { table: &'static str, column: &'static str },
    /// An index on a column of each agency.
    Index { table: &'static str, by: &'static str },
    /// An index on several columns of each agency.
    IndexOf { table: &'static str, columns: &'static [&'static str] },
    /// Serial numbers, in the column `serial`. The rows that are there, lines of
    /// histories, get theirs by their moments, and none before one that its chain
    /// has before it: clocks of two hosts differ.
    Serial { table: &'static str },
    /// The orders in which a table is listed.
    Lists { table: &'static Table, lists: &'static [List] },
    /// How many rows a table has of each sort: from now on kept with them.
    Totals { table: &'static Table, totals: &'static Totals },
    /// No such index any more.
    NoIndex { table: &'static str, by: &'static str },
}

const fn column(table: &'static str, column: &'static str, column_type: ColumnType) -> Step {
    Step::Column { table, column, column_type }
}

const fn needed(name: &'static str, column_type: ColumnType) -> TableColumn {
    TableColumn { name, column_type, nullable: false }
}

const fn nullable(name: &'static str, column_type: ColumnType) -> TableColumn {
    TableColumn { name, column_type, nullable: true }
}

/// The statements that a store of that version has not had yet.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) fn since<D: super::sql::Dialect>(version: u32) -> impl Iterator<Item = String> {
    let done = version.saturating_sub(OWN_STEPS) as usize;
    STEPS.iter().skip(done).copied().flatten().map(|step| match step {
        Step::Table(table) => new_table::<D>(table),
        Step::Column { table, column, column_type } => {
            format!("ALTER TABLE \"{table}\" ADD COLUMN \"{column}\" {}", D::column_type(*column_type))
        }
        Step::NoColumn { table, column } => format!("ALTER TABLE \"{table}\" DROP COLUMN \"{column}\""),
        Step::Index { table, by } => format!("CREATE INDEX {table}_by_{by} ON \"{table}\" (agency, \"{by}\")"),
        Step::IndexOf { table, columns } => new_index(table, columns),
        Step::Lists { table, lists } => lists.iter().map(|list| super::sql::new_list::<D>(table, list) + ";").collect(),
        Step::Totals { table, totals } => D::begin_totals(table, totals),
        Step::NoIndex { table, by } => format!("DROP INDEX {table}_by_{by}"),
        Step::Serial { table } => {
            let serial = D::column_type(ColumnType::Serial);
            let begin = D::begin_serial(table);
            format!(
                "ALTER TABLE \"{table}\" ADD COLUMN \"serial\" {serial};
                UPDATE \"{table}\" SET \"serial\" = placed.place FROM (
                    SELECT agency, id, row_number() OVER (
                        PARTITION BY agency ORDER BY reached, subject, \"sequence\"
                    ) AS place FROM (
                        SELECT agency, id, subject, \"sequence\", max(\"at\") OVER (
                            PARTITION BY agency, subject ORDER BY \"sequence\"
                        ) AS reached FROM \"{table}\"
                    ) AS dated
                ) AS placed WHERE \"{table}\".agency = placed.agency AND \"{table}\".id = placed.id;
                CREATE UNIQUE INDEX {table}_one_serial ON \"{table}\" (agency, \"serial\");
                {begin}"
            )
        }
    })
}

/// A table with its key and its indexes.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
fn new_table<D: super::sql::Dialect>(table: &Table) -> String {
    let name = table.name;
    let column = |column: &TableColumn| {
        let (sort, own) = (D::column_type(column.column_type), D::own_check(column.name));
        format!("\"{}\" {sort}{}{own}, ", column.name, if column.nullable { "" } else { " NOT NULL" })
    };
    let unique = |columns: &&[&str]| {
        format!("CREATE UNIQUE INDEX {name}_one_{} ON \"{name}\" (agency, {});", columns.join("_"), quoted(columns))
    };
    let columns: String = table.columns.iter().map(column).collect();
    let (unique, indexes): (String, String) = (
        table.unique.iter().map(unique).collect(),
        table.indexes.iter().map(|columns| new_index(name, columns)).collect(),
    );
    let lists: String = table.lists.iter().map(|list| super::sql::new_list::<D>(table, list) + ";").collect();
    format!("CREATE TABLE \"{name}\" ({columns}PRIMARY KEY (agency, id)){};{unique}{indexes}{lists}", D::TABLE)
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
fn new_index(table: &str, columns: &[&str]) -> String {
    format!("CREATE INDEX {table}_by_{} ON \"{table}\" (agency, {});", columns.join("_"), quoted(columns))
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
fn quoted(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}
