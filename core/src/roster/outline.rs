//! What a file has: enough to ask how it is to be read.

use serde::Serialize;

use super::cell;
use super::columns::{RosterColumn, Sought, meanings};
use super::header::{LOOKED_AT, found};
use super::read::Record;

/// What a file has to choose from, where it does not say itself how it is to
/// be read: what a page asks an office, before and after it is told.
///
/// In JSON: `{"sheets": ["North", "South"], "titles": [{"title": "Aide", "column": null}]}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// The sheets of a workbook, in its order; of a text, none.
    pub sheets: Vec<String>,
    /// The titles of the header, in the order of the file, blank ones left
    /// out; none while it has to be told which sheet is meant. Where no line
    /// has those of a roster, the likeliest.
    pub titles: Vec<Titled>,
}

/// A title of a file, and what it is read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Titled {
    /// The title, cut to 64 characters: enough to say what it means.
    pub title: String,
    /// What the column is read as; nothing where it is passed over.
    pub column: Option<RosterColumn>,
}

/// The titles of the header; where no line has those of a roster, of the first
/// line with the most cells, as a header has below the name of a report.
pub(super) fn titles(records: &[Record], sought: Sought<'_>) -> Vec<Titled> {
    let (header, reading) = match found(records, sought) {
        Some((at, reading)) => (records.get(at), reading),
        None => (records.iter().take(LOOKED_AT).reduce(fuller), sought.reading.clone()),
    };
    let Some((_, header)) = header else { return Vec::new() };
    let titles: Vec<String> = header.iter().map(str::to_owned).collect();
    let columns = meanings(&titles, Sought { reading: &reading, ..sought });
    let titled = titles.iter().zip(columns).filter(|(title, _)| !title.trim().is_empty());
    titled.map(|(title, column)| Titled { title: cell::shown(title), column }).collect()
}

fn fuller<'a>(one: &'a Record, next: &'a Record) -> &'a Record {
    let filled = |(_, record): &Record| record.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled(next) > filled(one) { next } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Reading, Roster};
    use crate::words::Role;

    fn titles(file: &str, reading: &Reading) -> Vec<(String, Option<RosterColumn>)> {
        let outline = Roster::outline(file.as_bytes(), reading).unwrap();
        assert!(outline.sheets.is_empty(), "a text has no sheets");
        outline.titles.into_iter().map(|one| (one.title, one.column)).collect()
    }

    fn read(title: &str, column: Option<RosterColumn>) -> (String, Option<RosterColumn>) {
        (title.to_owned(), column)
    }

    #[test]
    fn the_titles_are_those_by_which_the_file_is_read() {
        let known =
            [read("Rol", Some(RosterColumn::Role)), read("Nombre", Some(RosterColumn::Name)), read("Alta", None)];
        assert_eq!(titles("Lista de noviembre\nRol,Nombre,,Alta\nCliente,Sue,,x\n", &Reading::default()), known);
        // A section tells the role, and the header stands below it.
        let sectioned = [read("Name", Some(RosterColumn::Name)), read("Email", Some(RosterColumn::Email))];
        assert_eq!(titles("Role: Caregiver\nName,Email\nSue,s@example.com\n", &Reading::default()), sectioned);
    }

    #[test]
    fn where_no_line_has_the_titles_of_a_roster_it_is_the_first_with_the_most_cells() {
        let file = "November\nAide,Branch\nSue,North\n";
        assert_eq!(titles(file, &Reading::default()), [read("Aide", None), read("Branch", None)]);
        let mut reading = Reading { role: Some(Role::Caregiver), ..Reading::default() };
        reading.columns.insert("aide".to_owned(), Some(RosterColumn::Name));
        assert_eq!(titles(file, &reading), [read("Aide", Some(RosterColumn::Name)), read("Branch", None)]);
        assert!(Roster::read(file.as_bytes(), &reading).is_ok(), "told so, it is read");
        assert!(titles("", &Reading::default()).is_empty());
    }
}
