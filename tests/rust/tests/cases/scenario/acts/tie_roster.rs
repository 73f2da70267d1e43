//! Rosters of ties: previewing, and creating what passes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use carekey::Result;
use carekey::roster::{Reading, TieCheck, TieEnd, TiePreview, TieRoster};
use serde_json::{Value, json};

use super::super::outcome::{codes, moment, without_blanks};
use super::super::world::World;
use super::Here;

/// A roster of ties, how it is read, and what is said on who its ends are.
pub(super) struct TieFile {
    pub(super) csv: Vec<String>,
    pub(super) file: Option<String>,
    pub(super) reading: Reading,
    pub(super) then: Vec<Value>,
}

impl World {
    /// A preview with what was said on who its ends are.
    fn said(&self, here: &Here, file: &TieFile) -> Result<TiePreview> {
        let roster = match &file.file {
            Some(name) => {
                let path = carekey_tests::tests_folder().join("rosters").join(name);
                TieRoster::read(std::fs::File::open(path).expect("a roster"), &file.reading)?
            }
            None => {
                let lines: Vec<String> = file.csv.iter().map(|line| self.with_ids(line)).collect();
                TieRoster::read(lines.join("\n").as_bytes(), &file.reading)?
            }
        };
        let mut preview = here.office.preview_ties(roster)?;
        for accepted in &file.then {
            let end: TieEnd = accepted["end"].as_str().expect("an end").parse().expect("an end");
            let party = self.party(accepted["party"].as_str().expect("a party"));
            preview.accept(accepted["line"].as_u64().expect("a line"), end, party)?;
        }
        Ok(preview)
    }

    /// One verdict per row, and what there is to say of the file; what is blank
    /// left out.
    pub(super) fn preview_ties(&self, here: &Here, file: &TieFile) -> Result<Value> {
        let preview = self.said(here, file)?;
        let name = |party: &carekey::PartyId| here.agency.party(*party).map(|party| party.display_name);
        let row = |check: &TieCheck| {
            let maybe: Result<Vec<String>> = check.who_maybe.iter().chain(&check.of_maybe).map(name).collect();
            Ok(without_blanks(json!({
                "line": check.row.line,
                "outcome": check.outcome,
                "who": check.who_name,
                "of": check.of_name,
                "maybe": maybe?,
                "from": moment(check.begins_at),
                "until": moment(check.ends_at),
                "findings": codes(&check.findings),
            })))
        };
        let rows = preview.rows().iter().map(row).collect::<Result<Value>>()?;
        Ok(without_blanks(json!({ "rows": rows, "findings": codes(preview.findings()) })))
    }

    /// One result per row; what is blank left out. `names`: by line, how later
    /// steps call the tie.
    pub(super) fn create_ties(
        &mut self,
        here: &Here,
        file: &TieFile,
        names: &BTreeMap<String, String>,
        stop: bool,
    ) -> Result<Value> {
        let preview = self.said(here, file)?;
        let report = here.office.create_ties(&preview, &mut |_| {
            if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        for row in &report.rows {
            if let Some(name) = names.get(&row.line.to_string()) {
                self.named(Some(name)).tie = row.tie;
            }
        }
        let rows = report.rows.iter().map(|row| {
            without_blanks(json!({
                "line": row.line,
                "outcome": row.outcome,
                "username": row.username,
                "handed_over": row.hand_over.is_some(),
                "findings": codes(&row.findings),
            }))
        });
        let stopped = report.stopped.as_ref().map(|error| error.code);
        Ok(without_blanks(json!({ "rows": rows.collect::<Value>(), "stopped": stopped })))
    }

    /// A line with the identifiers of the parties that it refers to.
    fn with_ids(&self, line: &str) -> String {
        let cell = |cell: &str| match cell.strip_prefix('$') {
            Some(_) => self.party(cell).to_string(),
            None => cell.to_owned(),
        };
        line.split(',').map(cell).collect::<Vec<_>>().join(",")
    }
}
