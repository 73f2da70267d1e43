//! Rosters, read, previewed, written and read again (B).

use std::collections::BTreeSet;

use carekey::roster::{MAX_COLUMNS, MAX_ROWS, Preview, Reading, Roster, RosterRow, RowAction, RowState, TieRoster};
use carekey::username::{Taken, Usernames};
use carekey::{Code, ErrorKind, Locale, Policy, has_errors};

use super::well_formed;

/// The bytes are a file: of people, and of ties.
pub fn csv(data: &[u8]) {
    match TieRoster::read(data, &Reading::default()) {
        Ok(roster) => {
            well_formed(roster.findings());
            assert!(!has_errors(roster.findings()) && roster.rows().len() <= MAX_ROWS);
            assert!(roster.rows().is_sorted_by(|one, next| one.line < next.line), "lines come in their order");
            roster.rows().iter().for_each(|row| well_formed(&row.findings));
        }
        Err(error) => assert!(error.code.as_str().starts_with("roster."), "{}", error.code),
    }
    let roster = match Roster::from_csv(data) {
        Ok(roster) => roster,
        Err(error) => {
            assert_eq!(error.kind, ErrorKind::Invalid);
            assert!(error.code.as_str().starts_with("roster."), "{}", error.code);
            well_formed(&error.findings);
            return;
        }
    };
    well_formed(roster.findings());
    assert!(!has_errors(roster.findings()) && roster.rows().len() <= MAX_ROWS);
    let mut line = 0;
    for row in roster.rows() {
        assert!(row.line > line, "lines come in their order");
        line = row.line;
        well_formed(&row.findings);
    }
    let said = roster.rows().to_vec();
    let mut preview = preview(roster);
    check(&preview);
    let twice = self::preview(Roster::from_csv(data).expect("it was read before"));
    assert_eq!(preview.rows(), twice.rows(), "the same twice");

    for locale in Locale::ALL {
        let mut out = Vec::new();
        preview.write_failed(&mut out, *locale).expect("memory can be written");
        read_again(&out, &preview, &said);
        preview.write_all(&mut Vec::new(), *locale).expect("memory can be written");
    }
    preview.accept_suggestions();
    check(&preview);
}

fn preview(roster: Roster) -> Preview {
    let policy = Policy::default();
    let taken: Taken = ["104fconner", "sue@example.com", "+12125550142"].into_iter().collect();
    let usernames = Usernames::new(&policy.username, "104", "US", taken).expect("a default policy");
    roster.preview(&[], &[], usernames, &policy, "US")
}

fn check(preview: &Preview) {
    let mut names = BTreeSet::new();
    for row in preview.rows() {
        well_formed(&row.findings);
        assert_eq!(row.passes(), !has_errors(&row.findings));
        let suggestions = preview.suggestions(row.row.line);
        assert_eq!(suggestions.first(), row.suggestion.as_ref());
        assert_eq!(row.state() == RowState::Waiting, !row.passes() && row.suggestion.is_some() && only_name(row));
        if row.passes() && row.action == RowAction::Create {
            let canonical = row.canonical.clone().expect("a name for each row that passes");
            assert!(!["104fconner", "sue@example.com", "+12125550142"].contains(&canonical.as_str()));
            assert!(names.insert(canonical), "a name twice: {row:?}");
        }
    }
    let summary = preview.summary();
    assert_eq!(
        summary.rows,
        summary.create + summary.update + summary.unchanged + summary.waiting + summary.failed,
        "everyone is accounted for"
    );
    assert_eq!(preview.by_role().iter().map(|group| group.rows.len()).sum::<usize>(), summary.rows);
}

fn only_name(row: &carekey::roster::RowCheck) -> bool {
    row.findings.iter().filter(|finding| finding.is_error()).all(|finding| finding.field == "username")
}

/// What was written as failed says the same when it is read again, and
/// nothing in it runs in a spreadsheet.
fn read_again(out: &[u8], preview: &Preview, said: &[RosterRow]) {
    let text = std::str::from_utf8(out).expect("UTF-8");
    let mut cells = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut columns = 0;
    for record in cells.records() {
        let record = record.expect("a record");
        columns = columns.max(record.len());
        for cell in &record {
            let cell = cell.trim_start_matches('\u{feff}');
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?} would run");
        }
    }
    let failed: Vec<&RosterRow> =
        preview.rows().iter().zip(said).filter(|(check, _)| !check.passes()).map(|(_, row)| row).collect();
    match Roster::from_csv(out) {
        Ok(roster) => {
            assert_eq!(roster.rows().len(), failed.len());
            for (again, before) in roster.rows().iter().zip(failed) {
                let bare = |row: &RosterRow| RosterRow { line: 0, findings: Vec::new(), ..row.clone() };
                assert_eq!(bare(again), bare(before));
            }
        }
        // The two columns in front, or the marks, made it too wide.
        Err(error) if columns > MAX_COLUMNS => assert_eq!(error.code, Code::RosterTooManyColumns),
        Err(error) => assert_eq!(error.code, Code::RosterRowTooLong, "{error}"),
    }
}
