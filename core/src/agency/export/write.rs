//! Writing an agency out.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::{AgencyExport, First, Goes, Last, PIECE, VERSION, damaged, decided, failed, fault, id_of};
use crate::agency::kernel::Shared;
use crate::error::Result;
use crate::store::{ColumnType, Row, Select, Table, Test, Value, record};
use crate::time_from_ms;

/// Writes an agency out, a piece of rows in memory at a time.
pub(in crate::agency) fn write(shared: &Shared, agency: &record::Agency, to: &mut dyn Write) -> Result<AgencyExport> {
    let mut out = Out { to, digest: Sha256::new() };
    out.line(&First {
        agency: agency.code.clone(),
        export: "carekey".to_owned(),
        id: agency.id,
        suspended_at: agency.suspended_at,
        version: VERSION,
    })?;
    let mut rows = BTreeMap::new();
    for (table, columns) in decided() {
        let (mut count, mut from) = (0, Some(Uuid::nil()));
        while let Some(next) = from {
            let piece = Select::of(table, agency.id).and("id", Test::AtLeast(Value::Id(next))).page(0, PIECE);
            let found = shared.store.find(&piece)?;
            for row in &found {
                out.line(&json!({ "table": table.name, "row": shown(table, columns, row)? }))?;
            }
            count += found.len() as u64;
            let last = found.last().map(id_of).transpose()?;
            from = last.and_then(|(id, _)| id.as_u128().checked_add(1)).map(Uuid::from_u128);
        }
        rows.insert(table.name.to_owned(), count);
    }
    let before = HEXLOWER.encode(&out.digest.clone().finalize());
    let total = rows.values().sum();
    out.line(&Last::new(&shared.key.agency(agency.id), before, rows))?;
    out.flush().map_err(|error| failed(&error))?;
    let sha256 = HEXLOWER.encode(&out.digest.finalize());
    Ok(AgencyExport { agency: agency.code.clone(), suspended_at: agency.suspended_at, sha256, rows: total })
}

/// The SHA-256 of all that is to be read, in hexadecimal.
pub(in crate::agency) fn sha256_of(from: &mut dyn Read) -> Result<String> {
    let mut out = Out { to: &mut std::io::sink(), digest: Sha256::new() };
    std::io::copy(from, &mut out).map_err(|error| failed(&error))?;
    Ok(HEXLOWER.encode(&out.digest.finalize()))
}

fn shown(table: &Table, columns: &[(&str, Goes)], row: &Row) -> Result<Map<String, Json>> {
    let mut out = Map::new();
    for ((column, value), (_, goes)) in table.columns.iter().zip(row).zip(columns) {
        let shown = match (goes, value) {
            (Goes::Withheld(_), _) => continue,
            (_, Value::Null) => Json::Null,
            (Goes::Json, Value::Text(text)) => serde_json::from_str(text).map_err(|_| damaged())?,
            (Goes::Words, Value::Text(text)) => text.split(',').filter(|word| !word.is_empty()).collect(),
            (_, Value::Text(text)) => json!(text),
            (_, Value::Int(number)) => match column.column_type {
                ColumnType::Moment => json!(moment(time_from_ms(*number).ok_or_else(damaged)?)?),
                ColumnType::Bool => json!(*number != 0),
                _ => json!(number),
            },
            (_, Value::Bytes(bytes)) => json!(HEXLOWER.encode(bytes)),
            (_, Value::Id(id)) => json!(id),
        };
        out.insert(column.name.to_owned(), shown);
    }
    Ok(out)
}

fn moment(moment: OffsetDateTime) -> Result<String> {
    moment.format(&Rfc3339).map_err(|_| damaged())
}

/// Where the lines go, and what they come to.
pub(super) struct Out<'a> {
    pub(super) to: &'a mut dyn Write,
    pub(super) digest: Sha256,
}

impl Out<'_> {
    pub(super) fn line(&mut self, line: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_vec(line).map_err(|_| fault())?;
        text.push(b'\n');
        self.write_all(&text).map_err(|error| failed(&error))
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
