//! What the example prints: tables of at most 100 columns, no escape codes.

use carekey::agency::{CreateReport, RowOutcome};
use carekey::roster::{Preview, RowCheck, RowState};
use carekey::{Finding, Locale, Role};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, Table};

/// The width of everything.
const WIDTH: u16 = 100;

/// Up to this many rows are shown one by one; of a longer roster, a few.
const ALL_UP_TO: usize = 100;

/// Begins a part.
pub fn part(title: &str) {
    let rule = "━".repeat(usize::from(WIDTH).saturating_sub(title.chars().count() + 4));
    println!("\n━━ {title} {rule}\n");
}

/// Says one thing.
pub fn say(text: impl AsRef<str>) {
    println!("  {}", text.as_ref());
}

/// Says that something was done.
pub fn done(text: impl AsRef<str>) {
    println!("  ✓ {}", text.as_ref());
}

/// Says that something was refused, as it should be.
pub fn refused(text: impl AsRef<str>) {
    println!("  ✗ {}", text.as_ref());
}

/// Prints a table; the columns named are numbers.
pub fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>, numbers: &[usize]) {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.set_header(header);
    table.style_mut().row_separator = comfy_table::LineStyle::none();
    for row in rows {
        table.add_row(row);
    }
    for number in numbers {
        if let Some(column) = table.column_mut(*number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{table}");
}

/// Prints the text of a message, its lines folded.
pub fn letter(body: &str) {
    for line in body.lines() {
        let mut folded = String::new();
        for word in line.split(' ') {
            if folded.chars().count() + word.chars().count() > usize::from(WIDTH) - 8 {
                println!("    │ {folded}");
                folded.clear();
            }
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        println!("    │ {folded}");
    }
}

/// A role as it is shown.
pub fn role(role: Option<Role>) -> String {
    let Some(role) = role else { return "No role".to_owned() };
    let words = role.as_str().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number with its thousands apart.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// A moment to the minute.
pub fn moment(at: time::OffsetDateTime) -> String {
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// The Pass/Fail table: every role in one line, then the rows by role.
pub fn preview(preview: &Preview) {
    let groups = preview.by_role();
    let numbers = |group: &carekey::roster::RoleGroup<'_>| {
        let pass = group.summary.create + group.summary.update + group.summary.unchanged;
        let have = group.rows.iter().filter(|row| row.has_account).count();
        [group.summary.rows, have, pass, group.summary.waiting, group.summary.failed].map(count)
    };
    let lines = groups.iter().map(|group| {
        let [rows, have, pass, waiting, failed] = numbers(group);
        [role(group.role), rows, have, pass, waiting, failed]
    });
    table(["Role", "Rows", "Have an account", "Pass", "Suggestion", "Fail"], lines, &[1, 2, 3, 4, 5]);
    for finding in preview.findings() {
        say(format!("The file: {}", finding.message(Locale::English)));
    }
    let whole = preview.rows().len() <= ALL_UP_TO;
    for group in &groups {
        let chosen = chosen(&group.rows, whole);
        if chosen.is_empty() {
            continue;
        }
        println!();
        let some = if whole { String::new() } else { format!(", {} of {}", chosen.len(), count(group.rows.len())) };
        say(format!("{}{some}", role(group.role)));
        let lines = chosen.into_iter().map(|row| {
            let username = row.username.clone().or(row.row.username.clone()).unwrap_or_else(|| "–".into());
            [
                row.row.line.to_string(),
                row.row.display(),
                verdict(row).into(),
                username,
                why(row, &preview.suggestions(row.row.line)),
            ]
        });
        table(["Line", "Person or company", "", "Username", "Why, and suggestions"], lines, &[0]);
    }
}

/// All rows; or of each verdict the first few, those with something to say.
fn chosen<'a>(rows: &[&'a RowCheck], whole: bool) -> Vec<&'a RowCheck> {
    if whole {
        return rows.to_vec();
    }
    let first = |state, most| rows.iter().filter(move |row| row.state() == state).take(most);
    let told = rows.iter().filter(|row| row.passes() && !row.findings.is_empty()).take(1);
    let mut out: Vec<&RowCheck> =
        first(RowState::Waiting, 3).chain(first(RowState::Fail, 3)).chain(told).copied().collect();
    out.sort_by_key(|row| row.row.line);
    out
}

fn verdict(row: &RowCheck) -> &'static str {
    if row.passes() { "Pass" } else { "Fail" }
}

fn why(row: &RowCheck, suggestions: &[String]) -> String {
    let mut lines: Vec<String> = row.findings.iter().map(finding).collect();
    if !suggestions.is_empty() {
        lines.push(format!("→ {}", suggestions.join(", ")));
    }
    if let Some(line) = row.same_as {
        lines.push(format!("the same person as on line {line}"));
    }
    lines.join("\n")
}

/// A finding in words, with what it suggests where that is no username.
pub fn finding(finding: &Finding) -> String {
    let message = finding.message(Locale::English);
    match &finding.suggestion {
        Some(meant) if finding.field != "username" => format!("{message} → {meant}"),
        _ => message,
    }
}

/// What came of every row, in one line for each outcome; and of those that
/// failed or wait, for which reasons.
pub fn report(report: &CreateReport) {
    let lines = RowOutcome::ALL
        .iter()
        .map(|outcome| (outcome.label(Locale::English), report.count(*outcome)))
        .map(|(label, rows)| [label.to_owned(), count(rows)]);
    let total = [["All rows".to_owned(), count(report.rows.len())]];
    table(["Result", "Rows"], lines.chain(total), &[1]);
}

/// Why rows failed or wait: each reason with the number of its rows.
pub fn reasons(report: &CreateReport) {
    let mut reasons = std::collections::BTreeMap::new();
    for row in &report.rows {
        if matches!(row.outcome, RowOutcome::Failed | RowOutcome::Waiting) {
            for finding in row.findings.iter().filter(|finding| finding.is_error()) {
                let (rows, ..) = reasons.entry((row.outcome, finding.code)).or_insert((0, row.line, finding));
                *rows += 1;
            }
        }
    }
    let lines = reasons.into_iter().map(|((outcome, code), (rows, line, example))| {
        let label = outcome.label(Locale::English).to_owned();
        [label, count(rows), code.as_str().to_owned(), line.to_string(), example.message(Locale::English)]
    });
    table(["Result", "Rows", "Reason", "First line", "There it says"], lines, &[1, 3]);
}
