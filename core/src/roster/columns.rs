//! The columns of a roster, and the words by which files name them.

use super::words::{folded, is_said};
use crate::finding::{Code, Finding};
use crate::texts::{Section, meant};

/// A column that carekey understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Column {
    Role,
    Name,
    First,
    Middle,
    Last,
    Nickname,
    Organization,
    Username,
    Email,
    Phone,
    Preferred,
    Language,
    ExternalId,
    PasswordHash,
    Note,
    AlreadyCreated,
    /// Written by [`Preview::write_failed`](super::Preview::write_failed), passed over when read.
    Problem,
    /// Written by [`Preview::write_failed`](super::Preview::write_failed), passed over when read.
    Suggestion,
}

/// Every column: the title it is written with in English, by which the files of
/// texts know it, and the titles it is read by, folded (see [`folded`]):
/// `E-mail`, `e mail` and `E_MAIL` are one.
const COLUMNS: &[(Column, &str, &[&str])] = &[
    (Column::Role, "Role", &["role", "type", "persontype", "rol", "tipo"]),
    (
        Column::Name,
        "Name",
        &["personcompany", "name", "fullname", "displayname", "person", "nombrecompleto", "personaempresa", "persona"],
    ),
    (Column::First, "First name", &["firstname", "first", "givenname", "nombre", "nombredepila", "primernombre"]),
    (
        Column::Middle,
        "Middle name",
        &["middlename", "middle", "middleinitial", "mi", "segundonombre", "inicialdelsegundonombre"],
    ),
    (Column::Last, "Last name", &["lastname", "last", "surname", "familyname", "apellido", "apellidos"]),
    (Column::Nickname, "Nickname", &["nickname", "goesby", "preferredname", "apodo", "sobrenombre"]),
    (
        Column::Organization,
        "Organization",
        &["organization", "organisation", "organizationname", "company", "companyname", "organizacion", "empresa"],
    ),
    (
        Column::Username,
        "Username",
        &["username", "user", "login", "loginname", "userid", "usuario", "nombredeusuario", "nombreusuario"],
    ),
    (
        Column::Email,
        "Email",
        &[
            "email",
            "mail",
            "emailaddress",
            "correo",
            "correoelectronico",
            "direcciondecorreo",
            "direcciondecorreoelectronico",
        ],
    ),
    (
        Column::Phone,
        "Cell",
        &[
            "cell",
            "cellphone",
            "cellnumber",
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "telephone",
            "telefono",
            "telefonocelular",
            "telefonomovil",
            "celular",
            "movil",
            "numerodetelefono",
        ],
    ),
    (
        Column::Preferred,
        "Preferred contact",
        &[
            "preferredcontact",
            "preferredmethod",
            "preferredcontactmethod",
            "contactmethod",
            "contactopreferido",
            "mediopreferido",
        ],
    ),
    (Column::Language, "Language", &["language", "preferredlanguage", "locale", "idioma", "lengua"]),
    (
        Column::ExternalId,
        "ID",
        &[
            "id",
            "externalid",
            "employeeid",
            "staffid",
            "personid",
            "caregiverid",
            "clientid",
            "employeenumber",
            "identificador",
            "numerodeempleado",
            "iddeempleado",
        ],
    ),
    (Column::PasswordHash, "Password hash", &["passwordhash", "hashedpassword", "hash", "hashdecontrasena"]),
    (Column::Note, "Note", &["note", "notes", "comment", "comments", "nota", "notas", "comentario", "comentarios"]),
    (Column::AlreadyCreated, "Already Created", &["alreadycreated", "accountcreated", "yacreada", "yacreado"]),
    (Column::Problem, "Problem", &["problem", "problema"]),
    (Column::Suggestion, "Suggestion", &["suggestion", "sugerencia"]),
];

impl Column {
    /// The title that a roster written in English gives it; `Words::titles`
    /// has it in other languages.
    pub(super) fn title(self) -> &'static str {
        COLUMNS.iter().find(|(column, _, _)| *column == self).map_or("", |(_, title, _)| title)
    }

    /// The column that a file means by a title.
    pub(super) fn from_title(title: &str) -> Option<Self> {
        let folded = folded(title);
        let known = COLUMNS.iter().find(|(_, _, words)| words.contains(&folded.as_str())).map(|(column, _, _)| *column);
        let titles = COLUMNS.iter().map(|(column, title, _)| (*column, *title));
        known.or_else(|| meant(Section::Titles, titles, |said| is_said(said, title)))
    }

    /// Whether it is carekey's own remark on an earlier file.
    pub(super) fn is_remark(self) -> bool {
        matches!(self, Self::Problem | Self::Suggestion)
    }
}

/// Where the columns of one file stand.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// What each column means, in the order of the file.
    columns: Vec<Option<Column>>,
    /// What there is to say about the header, warnings only.
    pub(super) findings: Vec<Finding>,
}

impl Layout {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// All of `roster.column_repeated`, in the order of the file, and
    /// `roster.column_missing`: a role, and a name (a first or a last name
    /// or a company will do).
    pub(super) fn of(titles: &[String]) -> crate::Result<Self> {
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(titles.len());
        let mut findings = Vec::new();
        for title in titles {
            let column = Column::from_title(title);
            match column {
                Some(known) if columns.contains(&column) && !known.is_remark() => {
                    findings.push(about(Code::RosterColumnRepeated, title));
                }
                None if !title.trim().is_empty() => findings.push(about(Code::RosterColumnUnknown, title)),
                _ => {}
            }
            columns.push(column);
        }
        let has = |column| columns.contains(&Some(column));
        if !has(Column::Role) {
            findings.push(about(Code::RosterColumnMissing, Column::Role.title()));
        }
        if ![Column::Name, Column::First, Column::Last, Column::Organization].into_iter().any(has) {
            findings.push(about(Code::RosterColumnMissing, Column::Name.title()));
        }
        if crate::has_errors(&findings) {
            return Err(crate::Error::invalid(findings));
        }
        Ok(Self { columns, findings })
    }

    /// The cell of a column, without blanks around it; nothing where it is blank.
    pub(super) fn cell<'a>(&self, cells: &'a csv::StringRecord, column: Column) -> Option<&'a str> {
        let at = self.columns.iter().position(|found| *found == Some(column))?;
        cells.get(at).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// For each column of the file, whether it is written back.
    pub(super) fn kept(&self) -> impl Iterator<Item = bool> + '_ {
        self.columns.iter().map(|column| !column.is_some_and(Column::is_remark))
    }
}

/// A finding about a column. A title is cut: it may be anything.
fn about(code: Code, title: &str) -> Finding {
    Finding::new(code, "header").with("column", super::words::short(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Locale;

    #[test]
    fn every_title_leads_to_one_column_and_what_is_written_is_read() {
        let mut seen = std::collections::BTreeSet::new();
        for (column, title, words) in COLUMNS {
            assert_eq!(Column::from_title(title), Some(*column), "{title}");
            for locale in Locale::ALL {
                let title = crate::texts::said(Section::Titles, title, *locale);
                assert_eq!(Column::from_title(&title), Some(*column), "{title}");
            }
            for word in *words {
                assert!(seen.insert(*word), "{word} twice");
                assert_eq!(folded(word), *word, "{word} is not folded");
            }
        }
    }
}
