//! Rosters: previewing, and creating what passes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use carekey::roster::{Preview, Roster, Who};
use carekey::{Result, Secret};
use serde_json::{Value, json};

use super::super::outcome::{codes, without_blanks};
use super::super::world::{World, twice};
use super::Here;

/// A preview with the decisions taken on it.
pub(super) fn decided(world: &World, here: &Here, csv: &[String], then: &[Value]) -> Result<Preview> {
    let mut preview = here.office.preview(Roster::from_csv(csv.join("\n").as_bytes())?)?;
    for step in then {
        if step == "accept_suggestions" {
            preview.accept_suggestions();
        } else if let Some(name) = step["username"].as_str() {
            preview.accept(step["line"].as_u64().expect("a line"), name)?;
        } else if let Some(line) = step["decide"].as_u64() {
            let who = match step["who"].as_str().expect("who it is") {
                "another" => Who::Another,
                same => Who::Same(world.party(same)),
            };
            preview.decide(line, who)?;
        } else if let Some(line) = step["share"].as_u64() {
            preview.share(line)?;
        } else {
            preview.decline(step["decline"].as_u64().expect("a line"))?;
        }
    }
    Ok(preview)
}

impl World {
    /// One verdict per row, what is blank left out.
    pub(super) fn preview(&mut self, here: &Here, name: Option<&str>, csv: &[String], then: &[Value]) -> Result<Value> {
        let preview = decided(self, here, csv, then)?;
        let rows = preview.rows().iter().map(|row| {
            without_blanks(json!({
                "line": row.row.line,
                "state": row.state(),
                "action": row.action,
                "username": row.username,
                "findings": codes(&row.findings),
                "suggestions": preview.suggestions(row.row.line),
            }))
        });
        let out = rows.collect();
        self.named(name).preview = Some(Rc::new(preview));
        Ok(out)
    }

    /// One result per row, and who is on no row; what is blank left out.
    pub(super) fn create(
        &mut self,
        here: &Here,
        preview: &Preview,
        names: &BTreeMap<String, String>,
        typed: Option<&(Secret, Secret)>,
        stop: bool,
    ) -> Result<Value> {
        let typed = typed.map(|(new, confirm)| twice(new, confirm));
        let report = here.office.create(preview, typed, &mut |_| {
            if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        for row in &report.rows {
            if let Some(name) = names.get(&row.line.to_string()) {
                let thing = self.named(Some(name));
                thing.party = row.party.or(thing.party);
                thing.account = row.account.or(thing.account);
                thing.password = row.hand_over.as_ref().map(|password| password.reveal().to_owned());
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
        let gone: Result<Vec<String>> =
            report.gone.iter().map(|party| Ok(here.agency.party(*party)?.display_name)).collect();
        let stopped = report.stopped.as_ref().map(|error| error.code);
        Ok(without_blanks(json!({ "rows": rows.collect::<Value>(), "gone": gone?, "stopped": stopped })))
    }
}
