//! One row of a roster of ties: what its cells say.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::finding::{Code, Finding};
use crate::remark;
use crate::roster::columns::{Column, Layout};
use crate::roster::dates::{self, Unread};
use crate::roster::header::Line;
use crate::roster::reading::{DateOrder, Reading};
use crate::roster::row::{NAME_LIMIT, cell_text, contact, identifier, misfit, set_aside, text};
use crate::roster::{cell, status, words};
use crate::words::TieKind;

/// One tie of a roster: `who` is the `kind` of `of`. Each end is named by one
/// text or more.
///
/// ```
/// use carekey::TieKind;
/// use carekey::roster::{TieRoster, TieRosterRow};
///
/// let roster = TieRoster::from_rows(vec![TieRosterRow {
///     who: Some("tom@example.com".to_owned()),
///     kind: Some(TieKind::EmergencyContact),
///     of: Some("C-17".to_owned()),
///     ..TieRosterRow::default()
/// }]);
/// assert_eq!(roster.rows()[0].line, 1);
/// assert!(roster.rows()[0].findings.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TieRosterRow {
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// The one who has the part, by an identifier, an external id, an e-mail
    /// address, a phone number or a name.
    pub who: Option<String>,
    /// The name of the one who has the part.
    pub who_name: Option<String>,
    /// Their e-mail address, as it was typed.
    pub who_email: Option<String>,
    /// Their phone number, as it was typed.
    pub who_phone: Option<String>,
    /// What `who` is to `of`.
    pub kind: Option<TieKind>,
    /// The one whose relationship it is, named as `who` is.
    pub of: Option<String>,
    /// The name of the one whose relationship it is.
    pub of_name: Option<String>,
    /// Their e-mail address, as it was typed.
    pub of_email: Option<String>,
    /// Their phone number, as it was typed.
    pub of_phone: Option<String>,
    /// From when; nothing for the tie that is there, or else from now.
    #[serde(with = "time::serde::rfc3339::option")]
    pub begins_at: Option<OffsetDateTime>,
    /// Until when, the moment itself outside; nothing says nothing of its end.
    #[serde(with = "time::serde::rfc3339::option")]
    pub ends_at: Option<OffsetDateTime>,
    /// The document that it rests on, of a tie that is made.
    pub reference: Option<String>,
    /// What was found when it was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl TieRosterRow {
    /// Reads the texts of a row that the caller made.
    pub(super) fn read_again(mut self) -> Self {
        self.findings.clear();
        let kind = self.kind.is_none().then(|| Finding::new(Code::RosterKindMissing, "kind"));
        self.read_texts(kind);
        self
    }

    /// Reads the texts that name both ends; what is found of the kind stands
    /// between them.
    fn read_texts(&mut self, kind: Option<Finding>) {
        let found = &mut self.findings;
        let (name, email, phone) = (&mut self.who_name, &mut self.who_email, &mut self.who_phone);
        read_end([("who", &mut self.who), ("who_name", name), ("who_email", email), ("who_phone", phone)], found);
        found.extend(kind);
        let (name, email, phone) = (&mut self.of_name, &mut self.of_email, &mut self.of_phone);
        read_end([("of", &mut self.of), ("of_name", name), ("of_email", email), ("of_phone", phone)], found);
        self.reference = cell_text(self.reference.take(), "reference", remark::LIMIT, found);
    }
}

/// Reads all that names one end, and says where that is nothing.
fn read_end(cells: [(&str, &mut Option<String>); 4], found: &mut Vec<Finding>) {
    let [(end, any), (name_field, name), (email_field, email), (phone_field, phone)] = cells;
    *any = text(identifier(any.take(), end, found), end, NAME_LIMIT, found);
    *name = cell_text(name.take(), name_field, NAME_LIMIT, found);
    *email = contact(email.take(), email_field, found);
    *phone = contact(phone.take(), phone_field, found);
    if [any, name, email, phone].into_iter().all(|cell| cell.is_none()) {
        found.push(Finding::new(Code::RosterEndMissing, end).with("end", end));
    }
}

/// The order of day and month in a file: as it is told, or else as its dates
/// have it.
pub(super) fn order(lines: &[Line], layout: &Layout, reading: &Reading) -> Option<DateOrder> {
    let cells = lines.iter().flat_map(|line| [Column::From, Column::Until].map(|column| (line, column)));
    let dates = cells.filter_map(|(line, column)| layout.cell(&line.record, column)).map(dates::shown);
    reading.dates.or_else(|| dates::common(dates))
}

/// Whether a row tells its beginning, and its end, by a day or a clock alone:
/// those of the agency.
pub(super) fn local(line: &Line, layout: &Layout) -> [bool; 2] {
    let said = |column| layout.cell(&line.record, column).map(|text| cell::read(text, "row", &mut Vec::new()));
    [Column::From, Column::Until].map(|column| said(column).is_some_and(|text| dates::is_local(&text)))
}

/// Reads the cells of a row. One whose line was `cut` in two is no row.
pub(super) fn from_cells(
    line: &Line,
    layout: &Layout,
    expected: usize,
    cut: bool,
    (reading, order): (&Reading, Option<DateOrder>),
) -> TieRosterRow {
    let cells = &line.record;
    let own = |column| layout.cell(cells, column).map(str::to_owned);
    let mut row = TieRosterRow {
        line: line.line,
        who: own(Column::Who),
        who_name: own(Column::WhoName),
        who_email: own(Column::WhoEmail),
        who_phone: own(Column::WhoPhone),
        of: own(Column::Of),
        of_name: own(Column::OfName),
        of_email: own(Column::OfEmail),
        of_phone: own(Column::OfPhone),
        reference: own(Column::Reference),
        ..TieRosterRow::default()
    };
    row.findings.extend(misfit(cells, expected, cut));
    let mut found = Vec::new();
    let said = layout.cell(cells, Column::Kind).map(|cell| cell::read(cell, "kind", &mut found));
    row.kind = said.as_deref().and_then(words::tie);
    let kind = match (row.kind, said.filter(|said| !cell::says_nothing(said))) {
        (Some(_), _) => None,
        (None, None) => Some(Finding::new(Code::RosterKindMissing, "kind")),
        (None, Some(said)) => Some(Finding::new(Code::RosterKindUnknown, "kind").with("kind", words::short(&said))),
    };
    row.read_texts(kind);
    for (column, field, moment) in
        [(Column::From, "begins_at", &mut row.begins_at), (Column::Until, "ends_at", &mut row.ends_at)]
    {
        let said = layout.cell(cells, column).and_then(|cell| cell::read_or_nothing(cell, field, &mut found));
        match said.as_deref().map(|text| dates::shown(text).read(order)) {
            None => {}
            Some(Ok(at)) => *moment = Some(at),
            Some(Err(unread)) => {
                let code = match unread {
                    Unread::Ambiguous => Code::RosterDateAmbiguous,
                    Unread::Nothing => Code::RosterDateUnreadable,
                };
                found.push(Finding::new(code, field).with("text", words::short(said.as_deref().unwrap_or_default())));
            }
        }
    }
    found.extend(layout.statuses(cells).filter_map(|(text, asked)| status::finding(text, asked, reading, order)));
    found.extend(layout.untitled(cells).map(|cell| set_aside("row", cell)));
    row.findings.append(&mut found);
    row
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;
    use crate::roster::{Reading, TieRoster};

    #[test]
    fn a_tie_that_is_said_to_be_over_is_not_made() {
        let file =
            "Who,Kind,Of,Status\nW1,caregiver,C-17,Terminated\nW1,caregiver,C-18,Active\nW1,caregiver,C-19,Alta\n";
        let roster = TieRoster::read(file.as_bytes(), &Reading::default()).unwrap();
        let codes: Vec<Vec<Code>> =
            roster.rows().iter().map(|row| row.findings.iter().map(|finding| finding.code).collect()).collect();
        assert_eq!(codes, [vec![Code::RosterLeft], vec![], vec![Code::RosterStatusUnclear]]);
    }
}
