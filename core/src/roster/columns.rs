//! The columns of a roster, and the words by which files name them.

use super::reading::Reading;
use super::words::{folded, is_said};
use crate::finding::{Code, Finding};
use crate::text_enum::text_enum;
use crate::texts::{self, Section};
use crate::words::Role;

text_enum! {
    /// A column that carekey understands.
    pub enum RosterColumn {
        /// What the party is to the agency.
        Role = "role",
        /// The whole name of a person, or of an organization.
        Name = "name",
        /// The first name.
        First = "first_name",
        /// The middle name or names.
        Middle = "middle_name",
        /// The last name.
        Last = "last_name",
        /// The second of two last names.
        SecondLast = "second_last_name",
        /// What follows the last name: `Jr.`, `III`.
        Suffix = "suffix",
        /// What the person is called.
        Nickname = "nickname",
        /// The organization's name, or the one that the person belongs to.
        Organization = "organization",
        /// The username.
        Username = "username",
        /// The e-mail address. A file may have several such columns.
        Email = "email",
        /// The phone number. A file may have several such columns.
        Phone = "phone",
        /// How they want to be written to.
        Preferred = "preferred",
        /// The language of their messages.
        Language = "language",
        /// How the host knows them.
        ExternalId = "external_id",
        /// The password hash that another system had for them (P7).
        PasswordHash = "password_hash",
        /// A free note.
        Note = "note",
        /// Whether the person is still with the agency.
        Status = "status",
        /// What the file says of an account.
        AlreadyCreated = "already_created",
        /// Written by [`Preview::write_failed`](super::Preview::write_failed), passed over when read.
        Problem = "problem",
        /// Written by [`Preview::write_failed`](super::Preview::write_failed), passed over when read.
        Suggestion = "suggestion",
    }
}

/// Its name where nothing else is a column.
pub(super) use self::RosterColumn as Column;

/// The words of titles that name the whole name with the last name first.
const LAST_FIRST: &[&str] =
    &["apellidosynombres", "apellidosynombre", "apellidosnombres", "lastnamefirstname", "lastfirst"];

/// Words that say which of several phones or addresses a column has, or how it
/// is filled in: `Home Phone 2`, `E-mail 1 - Value`.
const QUALIFIERS: &[&str] = &[
    "home",
    "work",
    "business",
    "office",
    "mobile",
    "cell",
    "personal",
    "primary",
    "main",
    "other",
    "alternate",
    "secondary",
    "casa",
    "trabajo",
    "oficina",
    "principal",
    "particular",
    "laboral",
    "secundario",
    "secundaria",
    "otro",
    "de",
    "value",
    "1",
    "2",
    "3",
    "4",
];

/// Words that say whether a cell has to be filled in.
const MARKS: &[&str] = &["required", "obligatorio", "obligatoria", "requerido", "optional", "opcional"];

/// Every column: the title it is written with in English, by which the files of
/// texts know it, and the titles it is read by, folded (see [`folded`]):
/// `E-mail`, `e mail` and `E_MAIL` are one.
const COLUMNS: &[(Column, &str, &[&str])] = &[
    (Column::Role, "Role", &["role", "type", "persontype", "rol", "tipo"]),
    (
        Column::Name,
        "Name",
        &[
            "personcompany",
            "name",
            "fullname",
            "displayname",
            "person",
            "nombrecompleto",
            "personaempresa",
            "persona",
            "employeename",
            "staffname",
            "caregivername",
            "aidename",
            "clientname",
            "patientname",
            "apellidosynombres",
            "apellidosynombre",
            "apellidosnombres",
            "nombresyapellidos",
            "nombreyapellidos",
            "nombreyapellido",
            "lastnamefirstname",
            "lastfirst",
        ],
    ),
    (
        Column::First,
        "First name",
        &[
            "firstname",
            "first",
            "givenname",
            "legalfirstname",
            "forename",
            "nombre",
            "nombres",
            "nombredepila",
            "primernombre",
        ],
    ),
    (
        Column::Middle,
        "Middle name",
        &["middlename", "middle", "middleinitial", "mi", "additionalname", "segundonombre", "inicialdelsegundonombre"],
    ),
    (
        Column::Last,
        "Last name",
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "legallastname",
            "apellido",
            "apellidos",
            "apellidopaterno",
            "primerapellido",
        ],
    ),
    (
        Column::SecondLast,
        "Second last name",
        &["secondlastname", "secondsurname", "apellidomaterno", "segundoapellido"],
    ),
    (Column::Suffix, "Suffix", &["suffix", "namesuffix", "sufijo"]),
    (Column::Nickname, "Nickname", &["nickname", "goesby", "preferredname", "apodo", "sobrenombre"]),
    (
        Column::Organization,
        "Organization",
        &[
            "organization",
            "organisation",
            "organizationname",
            "company",
            "companyname",
            "organizacion",
            "nombredelaorganizacion",
            "empresa",
        ],
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
            "emailid",
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
            "cellpasswordmatch",
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
            "employeeno",
            "empid",
            "empno",
            "workerid",
            "patientid",
            "admissionid",
            "caregivercode",
            "identificador",
            "numerodeempleado",
            "iddeempleado",
        ],
    ),
    (Column::PasswordHash, "Password hash", &["passwordhash", "hashedpassword", "hash", "hashdecontrasena"]),
    (Column::Note, "Note", &["note", "notes", "comment", "comments", "nota", "notas", "comentario", "comentarios"]),
    (
        Column::Status,
        "Status",
        &[
            "status",
            "employmentstatus",
            "employeestatus",
            "caregiverstatus",
            "clientstatus",
            "active",
            "isactive",
            "estado",
            "estatus",
            "situacion",
            "activo",
            "activa",
        ],
    ),
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
        let plain = stripped(&folded, MARKS, |_| false);
        let many = |text: &str| look_up(text).is_some_and(Self::may_repeat);
        let titles = COLUMNS.iter().map(|(column, title, _)| (*column, *title));
        look_up(plain)
            .or_else(|| look_up(stripped(plain, QUALIFIERS, many)).filter(|column| column.may_repeat()))
            .or_else(|| texts::meant(Section::Titles, titles, |said| is_said(said, title)))
    }

    /// Whether a file may have several of it.
    fn may_repeat(self) -> bool {
        matches!(self, Self::Email | Self::Phone)
    }

    /// Whether it is carekey's own remark on an earlier file.
    pub(super) fn is_remark(self) -> bool {
        matches!(self, Self::Problem | Self::Suggestion)
    }
}

fn look_up(folded: &str) -> Option<Column> {
    COLUMNS.iter().find(|(_, _, words)| words.contains(&folded)).map(|(column, _, _)| *column)
}

/// The title without such words at its ends, until it is `enough`.
fn stripped<'a>(mut title: &'a str, words: &[&str], enough: impl Fn(&str) -> bool) -> &'a str {
    while !enough(title) {
        let shorter = words.iter().find_map(|word| title.strip_suffix(word).or_else(|| title.strip_prefix(word)));
        match shorter {
            Some(shorter) if !shorter.is_empty() => title = shorter,
            _ => break,
        }
    }
    title
}

/// Which of several phones or addresses is taken first: the one in the pocket,
/// then the one that is said to be no other, at home, at work, any other.
fn rank(title: &str) -> u8 {
    let folded = folded(title);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&["cell", "mobile", "movil", "celular"]) {
        0
    } else if has(&["other", "alternate", "secondary", "secundari", "otro"]) {
        4
    } else if has(&["work", "business", "office", "trabajo", "oficina", "laboral"]) {
        3
    } else if has(&["home", "casa", "particular", "personal"]) {
        2
    } else {
        1
    }
}

/// Where the columns of one file stand.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// What each column means, in the order of the file.
    columns: Vec<Option<Column>>,
    /// The columns of addresses, and those of phones, each in the order in
    /// which they are taken.
    emails: Vec<usize>,
    phones: Vec<usize>,
    /// Columns without a title.
    untitled: Vec<usize>,
    /// Whether the column of whole names says that the last name comes first.
    pub(super) last_first: bool,
    /// The role of everyone, where there is no column for it.
    pub(super) role: Option<Role>,
    /// What there is to say about the header, nothing that is an error.
    pub(super) findings: Vec<Finding>,
}

impl Layout {
    /// How many of the titles are known, if they are those of a roster.
    pub(super) fn score<'a>(titles: impl Iterator<Item = &'a str>, reading: &Reading) -> usize {
        let columns: Vec<Column> = titles.filter_map(|title| of_title(title, reading).flatten()).collect();
        let has = |column: &Column| columns.contains(column);
        let named = [Column::Name, Column::First, Column::Last, Column::Organization].iter().any(has);
        if named && (has(&Column::Role) || reading.role.is_some()) { columns.len() } else { 0 }
    }

    /// Reads the header.
    ///
    /// # Errors
    ///
    /// All of `roster.column_repeated`, in the order of the file, and
    /// `roster.column_missing`: a role, and a name (a first or a last name
    /// or a company will do).
    pub(super) fn of(titles: &[String], reading: &Reading) -> crate::Result<Self> {
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(titles.len());
        let mut findings = Vec::new();
        let mut untitled = Vec::new();
        for (place, title) in titles.iter().enumerate() {
            let told = of_title(title, reading);
            let column = told.flatten();
            match column {
                Some(known) if columns.contains(&column) && !known.is_remark() && !known.may_repeat() => {
                    findings.push(about(Code::RosterColumnRepeated, title));
                }
                None if title.trim().is_empty() => untitled.push(place),
                None if told.is_none() => findings.push(about(Code::RosterColumnUnknown, title)),
                _ => {}
            }
            columns.push(column);
        }
        whole_name(&mut columns);
        let has = |column| columns.contains(&Some(column));
        if !has(Column::Role) && reading.role.is_none() {
            findings.push(about(Code::RosterColumnMissing, Column::Role.title()));
        }
        if ![Column::Name, Column::First, Column::Last, Column::Organization].into_iter().any(has) {
            findings.push(about(Code::RosterColumnMissing, Column::Name.title()));
        }
        let ranked = |column: Column| {
            let mut places: Vec<usize> =
                (0..columns.len()).filter(|at| columns.get(*at) == Some(&Some(column))).collect();
            places.sort_by_key(|at| titles.get(*at).map(|title| rank(title)));
            places
        };
        let (emails, phones) = (ranked(Column::Email), ranked(Column::Phone));
        for (places, field) in [(&emails, "email"), (&phones, "phone")] {
            if places.len() > 1 {
                let names = places.iter().filter_map(|at| titles.get(*at)).map(|title| super::words::short(title));
                let list = names.collect::<Vec<_>>().join(", ");
                findings.push(Finding::new(Code::RosterColumnsOrdered, field).with("columns", list));
            }
        }
        if crate::has_errors(&findings) {
            return Err(crate::Error::invalid(findings));
        }
        let name = titles.iter().zip(&columns).find(|(_, column)| **column == Some(Column::Name));
        let last_first = name.is_some_and(|(title, _)| LAST_FIRST.contains(&folded(title).as_str()));
        Ok(Self { columns, emails, phones, untitled, last_first, role: reading.role, findings })
    }

    /// The cell of a column, without blanks around it; nothing where it is blank.
    pub(super) fn cell<'a>(&self, cells: &'a csv::StringRecord, column: Column) -> Option<&'a str> {
        match column {
            Column::Email | Column::Phone => self.cells(cells, column).next(),
            _ => filled(cells, self.columns.iter().position(|found| *found == Some(column))?),
        }
    }

    /// All cells of a column that a file may have several of, the one that is
    /// taken first.
    pub(super) fn cells<'a>(
        &self,
        cells: &'a csv::StringRecord,
        column: Column,
    ) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        let places = if column == Column::Email { &self.emails } else { &self.phones };
        places.iter().filter_map(|at| filled(cells, *at))
    }

    /// The first cell that stands under no title.
    pub(super) fn untitled<'a>(&self, cells: &'a csv::StringRecord) -> Option<&'a str> {
        self.untitled.iter().find_map(|at| filled(cells, *at))
    }

    /// For each column of the file, whether it is written back.
    pub(super) fn kept(&self) -> impl Iterator<Item = bool> + '_ {
        self.columns.iter().map(|column| !column.is_some_and(Column::is_remark))
    }

    /// What the column at that place means.
    pub(super) fn at(&self, place: usize) -> Option<Column> {
        self.columns.get(place).copied().flatten()
    }
}

/// What the columns under these titles are read as.
pub(super) fn meanings(titles: &[String], reading: &Reading) -> Vec<Option<Column>> {
    let mut columns: Vec<_> = titles.iter().map(|title| of_title(title, reading).flatten()).collect();
    whole_name(&mut columns);
    columns
}

/// "Nombre" alone has all of the name.
fn whole_name(columns: &mut [Option<Column>]) {
    let parted = |one: &Column| matches!(one, Column::Last | Column::Name | Column::SecondLast);
    if columns.iter().flatten().any(parted) {
        return;
    }
    if let Some(first) = columns.iter_mut().find(|column| **column == Some(Column::First)) {
        *first = Some(Column::Name);
    }
}

fn filled(cells: &csv::StringRecord, at: usize) -> Option<&str> {
    cells.get(at).map(str::trim).filter(|cell| !cell.is_empty())
}

/// What a title means: nothing where it is not known, a column or none where
/// it is.
fn of_title(title: &str, reading: &Reading) -> Option<Option<Column>> {
    reading.told(title).or_else(|| Column::from_title(title).map(Some))
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
