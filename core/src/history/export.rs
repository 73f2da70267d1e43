//! Histories as CSV and as JSON lines, for people and for other systems.

use time::format_description::well_known::Rfc3339;

use super::Line;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::roster::defused;

fn fault() -> Error {
    Error::new(ErrorKind::Internal, Code::Internal)
}

/// The lines as CSV (UTF-8, RFC 4180) with a header. Cells that a spreadsheet
/// would run as a formula are defused (rule B).
///
/// # Errors
///
/// `internal.fault`, which no caller could mend.
pub fn to_csv(lines: &[Line]) -> Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = ["sequence", "at", "event", "actor", "actor_name", "details", "source"];
    out.write_record(header).map_err(|_| fault())?;
    for line in lines {
        let details = serde_json::to_string(&line.details).map_err(|_| fault())?;
        out.write_record([
            line.sequence.to_string(),
            line.at.format(&Rfc3339).map_err(|_| fault())?,
            line.kind.to_string(),
            line.actor.to_string(),
            defused(&line.actor_name).into_owned(),
            defused(&details).into_owned(),
            defused(line.source.as_deref().unwrap_or_default()).into_owned(),
        ])
        .map_err(|_| fault())?;
    }
    String::from_utf8(out.into_inner().map_err(|_| fault())?).map_err(|_| fault())
}

/// The lines as JSON, one object a line.
///
/// # Errors
///
/// `internal.fault`, which no caller could mend.
pub fn to_json_lines(lines: &[Line]) -> Result<String> {
    let mut out = String::new();
    for line in lines {
        out.push_str(&serde_json::to_string(line).map_err(|_| fault())?);
        out.push('\n');
    }
    Ok(out)
}
