//! Verifying an export with the key alone, wherever the store is by now (A9, H).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::lines::{Lines, malformed};
use super::{AgencyExport, First, Goes, Last, VERSION, decided, failed};
use crate::agency::kernel::{Chains, MasterKey};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::history::Head;
use crate::id::AgencyId;
use crate::store::{ColumnType, Record, Row, Table, Value, record};
use crate::time_ms;

/// One line between the first and the last.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfTable {
    table: String,
    row: Map<String, Json>,
}

/// Whether an export of an agency is as it was written, and every history in it
/// (A9, H): with the directory's key, and nothing else. Gives what is in it. All
/// histories are in memory meanwhile.
///
/// ```
/// # use carekey::*;
/// # let directory = Directory::open("memory:", &[7; 32])?;
/// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// # directory.create_agency(settings, &Actor::Support("Pat".into()))?;
/// let mut bytes = Vec::new();
/// let made = directory.export_agency("104", &mut bytes, &Actor::Support("Pat Long".into()))?;
/// assert_eq!(agency::verify_export(&mut bytes.as_slice(), &[7; 32])?, made);
/// # Ok::<(), carekey::Error>(())
/// ```
///
/// # Errors
///
/// `key.length`; `export.malformed` with the number of the `line` that is none
/// of an export, or of another release's; `history.broken`, `history.cut`,
/// `history.removed` as [`Agency::verify_agency_history`](crate::Agency::verify_agency_history);
/// `export.broken` where anything else is not as it was written, lines are
/// missing, or it was written with another key; `export.failed` where it cannot
/// be read.
pub fn verify_export(from: &mut dyn BufRead, key: &[u8]) -> Result<AgencyExport> {
    let key = MasterKey::new(key)?;
    let (mut lines, first) = Lines::of::<First>(from)?;
    if (first.export.as_str(), first.version) != ("carekey", VERSION) || first.id != AgencyId::of_code(&first.agency) {
        return Err(malformed(1));
    }
    let keys = key.agency(first.id);
    let (mut chains, mut rows) = (Chains::new(first.id), BTreeMap::new());
    for (table, _) in decided() {
        rows.insert(table.name.to_owned(), 0);
    }
    let end = lines.until_sealed::<Last>(|line, number| {
        let none = || malformed(number);
        let OfTable { table, row } = serde_json::from_str(line).map_err(|_| none())?;
        *rows.get_mut(&table).ok_or_else(none)? += 1;
        let (table, columns) = decided().find(|(known, _)| known.name == table).ok_or_else(none)?;
        collect(&mut chains, table, columns, first.id, row).ok_or_else(none)
    })?;
    // What happened to a history says more than that something did.
    chains.verify(&keys.history)?;
    let broken = || Error::new(ErrorKind::Store, Code::ExportBroken);
    let (last, before) = end.ok_or_else(broken)?;
    let wanted = Last::new(&keys, before, rows);
    let is_sealed = bool::from(last.mac.as_bytes().ct_eq(wanted.mac.as_bytes()));
    if !is_sealed || (&last.sha256, &last.rows) != (&wanted.sha256, &wanted.rows) {
        return Err(broken());
    }
    Ok(AgencyExport {
        agency: first.agency,
        suspended_at: first.suspended_at,
        sha256: lines.sha256(),
        rows: wanted.rows.values().sum(),
    })
}

/// As [`verify_export`], of a file.
///
/// # Errors
///
/// As [`verify_export`].
pub fn verify_export_at(file: &Path, key: &[u8]) -> Result<AgencyExport> {
    verify_export(&mut BufReader::new(File::open(file).map_err(|error| failed(&error))?), key)
}

/// Takes what a history is made of; nothing where a row is none of its table.
fn collect(
    chains: &mut Chains,
    table: &Table,
    columns: &[(&str, Goes)],
    agency: AgencyId,
    row: Map<String, Json>,
) -> Option<()> {
    let row = row_of(table, columns, agency, row)?;
    if table.name == record::Event::TABLE.name {
        chains.line(record::Event::from_row(row).ok()?);
    } else if table.name == record::Strand::TABLE.name {
        let strand = record::Strand::from_row(row).ok()?;
        chains.head(strand.id.0, strand.head());
    } else if table.name == record::Account::TABLE.name {
        let account = record::Account::from_row(row).ok()?;
        chains.head(account.id.0, Head { length: account.history_length, mac: account.history_head });
    }
    Some(())
}

/// The row that a line was written from; what it does not have is null.
fn row_of(table: &Table, columns: &[(&str, Goes)], agency: AgencyId, mut from: Map<String, Json>) -> Option<Row> {
    let mut row = Row::with_capacity(table.columns.len());
    for (at, (column, (_, goes))) in table.columns.iter().zip(columns).enumerate() {
        row.push(match goes {
            _ if at == 0 => Value::Id(agency.0),
            Goes::Withheld(_) => Value::Null,
            Goes::Json => match from.remove(column.name)? {
                Json::Null => Value::Null,
                json => Value::Text(json.to_string()),
            },
            Goes::Words => {
                let words = from.remove(column.name)?;
                let words: Option<Vec<&str>> = words.as_array()?.iter().map(Json::as_str).collect();
                Value::Text(words?.iter().fold(String::from(","), |text, word| text + word + ","))
            }
            Goes::Plain => plain(column.column_type, from.remove(column.name)?)?,
        });
    }
    from.is_empty().then_some(row)
}

fn plain(column_type: ColumnType, json: Json) -> Option<Value> {
    if json.is_null() {
        return Some(Value::Null);
    }
    Some(match column_type {
        ColumnType::Int | ColumnType::Serial => Value::Int(json.as_i64()?),
        ColumnType::Bool => Value::Int(json.as_bool()?.into()),
        ColumnType::Moment => Value::Int(time_ms(OffsetDateTime::parse(json.as_str()?, &Rfc3339).ok()?)),
        ColumnType::Text => Value::Text(json.as_str()?.to_owned()),
        ColumnType::Bytes => Value::Bytes(HEXLOWER.decode(json.as_str()?.as_bytes()).ok()?),
        ColumnType::Id => Value::Id(Uuid::parse_str(json.as_str()?).ok()?),
    })
}
