//! The columns of a roster, and the words by which files name them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::reading::Reading;
use super::status::{self, Asked};
use super::titles::{
    FIRST_ALONE, FIRST_HINTS, LAST_FIRST, LAST_HINTS, MARKS, NAMES_ALONE, NOT_THEIRS, OF_OTHERS, OF_OWNERS, OWNERS,
    PEOPLE, QUALIFIERS, ROLES_ALONE, SORTS, TIES, Titled,
};
use super::words::{folded, is_said, short};
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
        /// Of a roster of ties: who has the part, by an identifier, an e-mail
        /// address, a phone number or a name.
        Who = "who",
        /// Of a roster of ties: the name of who has the part.
        WhoName = "who_name",
        /// Of a roster of ties: the e-mail address of who has the part.
        WhoEmail = "who_email",
        /// Of a roster of ties: the phone number of who has the part.
        WhoPhone = "who_phone",
        /// Of a roster of ties: what the one is to the other.
        Kind = "kind",
        /// Of a roster of ties: whose relationship it is.
        Of = "of",
        /// Of a roster of ties: the name of whose relationship it is.
        OfName = "of_name",
        /// Of a roster of ties: the e-mail address of whose relationship it is.
        OfEmail = "of_email",
        /// Of a roster of ties: the phone number of whose relationship it is.
        OfPhone = "of_phone",
        /// Of a roster of ties: from when.
        From = "from",
        /// Of a roster of ties: until when, the moment itself outside.
        Until = "until",
        /// The document that a tie rests on.
        Reference = "reference",
    }
}

/// Its name where nothing else is a column.
pub(super) use self::RosterColumn as Column;

/// What a file is a roster of: by which titles it is read, and which it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// People and organizations.
    People,
    /// Ties between two of them.
    Ties,
}

/// A file is read as this.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) subject: Subject,
    pub(super) reading: &'a Reading,
}

impl Subject {
    const ALL: [Self; 2] = [Self::People, Self::Ties];

    fn columns(self) -> &'static [Titled] {
        match self {
            Self::People => PEOPLE,
            Self::Ties => TIES,
        }
    }

    fn has(self, column: Column) -> bool {
        self.columns().iter().any(|(known, ..)| *known == column)
    }

    /// What a row is about: one column of each group has to be there.
    pub(super) const fn needed(self) -> &'static [&'static [Column]] {
        match self {
            Self::People => &[&[Column::Role], &[Column::Name, Column::First, Column::Last, Column::Organization]],
            Self::Ties => &[
                &[Column::Who, Column::WhoName, Column::WhoEmail, Column::WhoPhone],
                &[Column::Kind],
                &[Column::Of, Column::OfName, Column::OfEmail, Column::OfPhone],
            ],
        }
    }

    /// The column of which every row has one of a few words.
    const fn worded(self) -> Column {
        match self {
            Self::People => Column::Role,
            Self::Ties => Column::Kind,
        }
    }

    /// The column that a file means by a title.
    pub(super) fn meant(self, title: &str) -> Option<Column> {
        let folded = folded(title);
        let plain = stripped(&folded, MARKS, |_| false);
        let many = |text: &str| self.look_up(text).is_some_and(Column::is_contact);
        let titles = self.columns().iter().map(|(column, title, _)| (*column, *title));
        self.look_up(plain)
            .or_else(|| self.look_up(stripped(plain, QUALIFIERS, many)).filter(|column| column.is_contact()))
            .or_else(|| texts::meant(Section::Titles, titles, |said| is_said(said, title)))
    }

    /// A part of the name, or the status, of whom the title names: `Employee Last Name`.
    fn of_owner(self, folded: &str) -> Option<Column> {
        let about = |column: &Column| {
            matches!(
                column,
                Column::First | Column::Middle | Column::Last | Column::SecondLast | Column::Suffix | Column::Status
            )
        };
        let plain = stripped(folded, MARKS, |_| false);
        let before = OWNERS.iter().filter_map(|owner| plain.strip_prefix(owner));
        let behind = OF_OWNERS.iter().filter_map(|owner| plain.strip_suffix(owner));
        before.chain(behind).filter_map(|title| self.look_up(title)).find(about)
    }

    fn look_up(self, folded: &str) -> Option<Column> {
        static OF_PEOPLE: LazyLock<Looked> = LazyLock::new(|| looked(Subject::People));
        static OF_TIES: LazyLock<Looked> = LazyLock::new(|| looked(Subject::Ties));
        let looked = match self {
            Self::People => &OF_PEOPLE,
            Self::Ties => &OF_TIES,
        };
        looked.get(folded).copied()
    }
}

/// The columns by each of their titles, of which every row asks.
type Looked = HashMap<&'static str, Column>;

fn looked(subject: Subject) -> Looked {
    let all = subject.columns().iter().flat_map(|(column, _, words)| words.iter().map(|word| (*word, *column)));
    // The first that has a title is meant, and the last that comes stays.
    all.rev().collect()
}

impl Sought<'_> {
    /// Whether columns are all that a row needs, what was told counted in.
    fn lacking(&self, columns: &[Option<Column>]) -> impl Iterator<Item = Column> {
        let told = |column: Column| column == Column::Role && self.reading.role.is_some();
        let has = move |group: &[Column]| group.iter().any(|column| columns.contains(&Some(*column)) || told(*column));
        self.subject.needed().iter().filter(move |group| !has(group)).filter_map(|group| group.first().copied())
    }

    /// What a title means: nothing where it is not known, a column or none
    /// where it is.
    pub(super) fn of_title(&self, title: &str) -> Option<Option<Column>> {
        let told = self.reading.told(title).filter(|told| told.is_none_or(|column| self.subject.has(column)));
        told.or_else(|| self.subject.meant(title).map(Some))
    }

    /// What each title means, those counted in that mean it where no other does.
    fn of_titles(&self, titles: &[&str]) -> Vec<Option<Option<Column>>> {
        let mut columns: Vec<Option<Option<Column>>> = titles.iter().map(|title| self.of_title(title)).collect();
        if self.subject == Subject::Ties {
            return columns;
        }
        let mut owned = Vec::new();
        let has = |columns: &[Option<Option<Column>>], known: &[Column]| {
            columns.iter().flatten().flatten().any(|column| known.contains(column))
        };
        // A line that is cut at other signs than its own has them in its cells.
        let whole = |title: &str| !title.contains([';', '\t', '|']);
        let named = |list: &[&str]| {
            let is = |title: &&str| whole(title) && list.contains(&stripped(&folded(title), MARKS, |_| false));
            titles.iter().position(is)
        };
        let put = |columns: &mut Vec<Option<Option<Column>>>, at: Option<usize>, column| {
            // What a host said of it holds.
            let place = at.filter(|at| titles.get(*at).is_some_and(|title| self.reading.told(title).is_none()));
            if let Some(place) = place.and_then(|at| columns.get_mut(at)) {
                *place = Some(Some(column));
            }
        };
        for (at, title) in titles.iter().enumerate() {
            let of_owner = self.subject.of_owner(&folded(title)).filter(|column| !has(&columns, &[*column]));
            if let Some(column) = of_owner.filter(|_| columns.get(at) == Some(&None)) {
                owned.push((at, column));
            }
        }
        for (at, column) in owned {
            put(&mut columns, Some(at), column);
        }
        let parts = [Column::Name, Column::First, Column::Last];
        if !has(&columns, &parts) {
            put(&mut columns, named(NAMES_ALONE), Column::Name);
        }
        if !has(&columns, &[Column::Name, Column::First]) {
            put(&mut columns, named(FIRST_ALONE), Column::First);
        }
        if self.reading.role.is_none() && !has(&columns, &[Column::Role]) {
            put(&mut columns, named(ROLES_ALONE), Column::Role);
        }
        columns
    }
}

impl Column {
    /// The title that a roster written in English gives it; `Words::titles`
    /// has it in other languages.
    pub(super) fn title(self) -> &'static str {
        let all = Subject::ALL.into_iter().flat_map(Subject::columns);
        all.into_iter().find(|(column, _, _)| *column == self).map_or("", |(_, title, _)| title)
    }

    fn is_contact(self) -> bool {
        matches!(self, Self::Email | Self::Phone)
    }

    /// Whether a file may have several of it: of the status each says something.
    fn may_repeat(self) -> bool {
        self.is_contact() || self == Self::Status
    }

    /// Whether it is carekey's own remark on an earlier file.
    pub(super) fn is_remark(self) -> bool {
        matches!(self, Self::Problem | Self::Suggestion)
    }
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
    subject: Subject,
    /// What each column means, in the order of the file.
    columns: Vec<Option<Column>>,
    /// The columns of addresses, and those of phones, each in the order in
    /// which they are taken.
    emails: Vec<usize>,
    phones: Vec<usize>,
    /// Beside some of those of phones, the column of what sort of phone it is.
    sorts: Vec<(usize, usize)>,
    /// The columns of the status, and what each asks.
    statuses: Vec<(usize, Asked)>,
    /// Columns without a title.
    untitled: Vec<usize>,
    /// Whether the column of whole names says that the last name comes first.
    pub(super) last_first: bool,
    /// Whether the column of roles is one of positions, which may say another thing.
    pub(super) by_position: bool,
    /// The role of everyone, where there is no column for it.
    pub(super) role: Option<Role>,
    /// What there is to say about the header, nothing that is an error.
    pub(super) findings: Vec<Finding>,
}

impl Layout {
    /// How many of the titles are known, if they are those of a roster.
    pub(super) fn score<'a>(titles: impl Iterator<Item = &'a str>, sought: Sought<'_>) -> usize {
        let titles: Vec<&str> = titles.collect();
        let columns: Vec<Option<Column>> =
            sought.of_titles(&titles).into_iter().flatten().flatten().map(Some).collect();
        if sought.lacking(&columns).next().is_none() { columns.len() } else { 0 }
    }

    /// Reads the header.
    ///
    /// # Errors
    ///
    /// All of `roster.column_repeated`, in the order of the file, and
    /// `roster.column_missing`: of people a role, and a name (a first or a last
    /// name or a company will do), of ties both ends and the kind. And
    /// `roster.column_unclear`, of what may be the other half of a name.
    pub(super) fn of(titles: &[String], sought: Sought<'_>) -> crate::Result<Self> {
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(titles.len());
        let mut findings = Vec::new();
        let mut untitled = Vec::new();
        let texts: Vec<&str> = titles.iter().map(String::as_str).collect();
        let meant = sought.of_titles(&texts);
        let mut unknown = Vec::new();
        for (place, (title, told)) in titles.iter().zip(&meant).enumerate() {
            let column = told.flatten();
            match column {
                Some(known) if columns.contains(&column) && !known.is_remark() && !known.may_repeat() => {
                    findings.push(about(Code::RosterColumnRepeated, title));
                }
                None if title.trim().is_empty() => untitled.push(place),
                None if told.is_none() => {
                    unknown.push(place);
                    findings.push(about(Code::RosterColumnUnknown, title));
                }
                _ => {}
            }
            columns.push(column);
        }
        if sought.subject == Subject::People {
            findings.extend(unclear(&columns, unknown.iter().filter_map(|at| texts.get(*at).copied())));
        }
        whole_name(&mut columns);
        findings.extend(sought.lacking(&columns).map(|column| about(Code::RosterColumnMissing, column.title())));
        let ranked = |column: Column| {
            let mut places: Vec<usize> =
                (0..columns.len()).filter(|at| columns.get(*at) == Some(&Some(column))).collect();
            places.sort_by_key(|at| titles.get(*at).map(|title| rank(title)));
            places
        };
        let (emails, phones) = (ranked(Column::Email), ranked(Column::Phone));
        for (places, field) in [(&emails, "email"), (&phones, "phone")] {
            if places.len() > 1 {
                let names = places.iter().filter_map(|at| titles.get(*at)).map(|title| short(title));
                let list = names.collect::<Vec<_>>().join(", ");
                findings.push(Finding::new(Code::RosterColumnsOrdered, field).with("columns", list));
            }
        }
        if crate::has_errors(&findings) {
            return Err(crate::Error::invalid(findings));
        }
        let name = titles.iter().zip(&columns).find(|(_, column)| **column == Some(Column::Name));
        let last_first = name.is_some_and(|(title, _)| LAST_FIRST.contains(&folded(title).as_str()));
        let (subject, role) = (sought.subject, sought.reading.role);
        let of_status = |(at, column): (usize, &Option<Column>)| {
            (*column == Some(Column::Status))
                .then(|| (at, texts.get(at).map_or(Asked::How, |title| status::asked(title))))
        };
        let statuses = columns.iter().enumerate().filter_map(of_status).collect();
        let by_position = texts
            .iter()
            .zip(&columns)
            .any(|(title, column)| *column == Some(Column::Role) && ROLES_ALONE.contains(&folded(title).as_str()));
        let sorts = sorts(&texts, &phones, &unknown);
        Ok(Self {
            subject,
            columns,
            emails,
            phones,
            sorts,
            statuses,
            untitled,
            last_first,
            by_position,
            role,
            findings,
        })
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
        let theirs = move |at: &&usize| column == Column::Email || self.not_theirs(cells, **at).is_none();
        places.iter().filter(theirs).filter_map(|at| filled(cells, *at))
    }

    /// What sort of phone stands at a place, where it is a fax or another person's.
    fn not_theirs<'a>(&self, cells: &'a csv::StringRecord, phone: usize) -> Option<&'a str> {
        let (_, sort) = self.sorts.iter().find(|(at, _)| *at == phone)?;
        filled(cells, *sort).filter(|sort| NOT_THEIRS.contains(&folded(sort).as_str()))
    }

    /// The phones that are no person's or another's, each with its sort.
    pub(super) fn other_phones(&self, cells: &csv::StringRecord) -> Vec<String> {
        let shown = |at: &usize| Some(format!("{} ({})", filled(cells, *at)?, self.not_theirs(cells, *at)?));
        self.phones.iter().filter_map(shown).collect()
    }

    /// What a record says of whether they are there, each with what is asked.
    pub(super) fn statuses<'a>(
        &self,
        cells: &'a csv::StringRecord,
    ) -> impl Iterator<Item = (&'a str, Asked)> + use<'a, '_> {
        self.statuses.iter().filter_map(|(at, asked)| Some((filled(cells, *at)?, *asked)))
    }

    /// Whether a record has one of the words that every row has: a role, or
    /// the kind of a tie.
    pub(super) fn is_worded(&self, cells: &csv::StringRecord) -> bool {
        let cell = self.cell(cells, self.subject.worded());
        cell.is_some_and(|cell| match self.subject {
            Subject::People => super::words::role(cell).is_some(),
            Subject::Ties => super::words::tie(cell).is_some(),
        })
    }

    /// Whether whom a row is about stands at that place.
    pub(super) fn is_named(&self, place: usize) -> bool {
        let groups = self.subject.needed().iter().filter(|group| !group.contains(&self.subject.worded()));
        self.at(place).is_some_and(|column| groups.into_iter().any(|group| group.contains(&column)))
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
pub(super) fn meanings(titles: &[String], sought: Sought<'_>) -> Vec<Option<Column>> {
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut columns: Vec<_> = sought.of_titles(&titles).into_iter().map(Option::flatten).collect();
    whole_name(&mut columns);
    columns
}

/// The titles that are not known and look like the other half of a name of which
/// there is one: half a name is nobody's (B). A host tells what they mean.
fn unclear<'a>(columns: &[Option<Column>], unknown: impl Iterator<Item = &'a str>) -> Vec<Finding> {
    let has = |known: &[Column]| columns.iter().flatten().any(|column| known.contains(column));
    let last = has(&[Column::First, Column::Name]) && !has(&[Column::Last, Column::SecondLast]);
    let first = has(&[Column::Last, Column::SecondLast]) && !has(&[Column::First, Column::Name]);
    let hinted = |title: &str, hints: &[&str]| {
        let title = folded(title);
        hints.iter().any(|hint| title.contains(hint)) && !OF_OTHERS.iter().any(|other| title.contains(other))
    };
    let meant = |title: &str| match () {
        () if last && hinted(title, LAST_HINTS) => Some(Column::Last),
        () if first && hinted(title, FIRST_HINTS) => Some(Column::First),
        () => None,
    };
    let said = |title| Some(about(Code::RosterColumnUnclear, title).with("meant", meant(title)?.title()));
    unknown.filter_map(said).collect()
}

/// Which columns say what sort of phone another has: `Phone 1 - Type` beside
/// `Phone 1 - Value`, `Phone Type` beside the only one.
fn sorts(titles: &[&str], phones: &[usize], unknown: &[usize]) -> Vec<(usize, usize)> {
    let title = |at: &usize| titles.get(*at).map(|title| folded(title)).unwrap_or_default();
    let sort_of = |phone: &usize| {
        let of = title(phone);
        let of = stripped(&of, &["value", "valor", "number", "numero"], |_| false);
        let fits = |sort: &str| {
            let of_any = SORTS.iter().find_map(|word| sort.strip_suffix(word));
            let plain =
                matches!(sort, "phonetype" | "phonelabel" | "phonenumbertype" | "telephonetype" | "tipodetelefono");
            of_any == Some(of) || phones.len() == 1 && plain
        };
        unknown.iter().copied().find(|at| fits(&title(at)))
    };
    phones.iter().filter_map(|phone| Some((*phone, sort_of(phone)?))).collect()
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

/// A finding about a column. A title is cut: it may be anything.
fn about(code: Code, title: &str) -> Finding {
    Finding::new(code, "header").with("column", short(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Locale;

    #[test]
    fn every_title_leads_to_one_column_and_what_is_written_is_read() {
        for subject in Subject::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for (column, title, words) in subject.columns() {
                assert_eq!(subject.meant(title), Some(*column), "{title}");
                for locale in Locale::ALL {
                    let title = crate::texts::said(Section::Titles, title, *locale);
                    assert_eq!(subject.meant(&title), Some(*column), "{title}");
                }
                for word in *words {
                    assert!(seen.insert(*word), "{word} twice");
                    assert_eq!(folded(word), *word, "{word} is not folded");
                }
            }
        }
    }

    /// What the titles of a file of people are read as.
    fn read(titles: &[&str]) -> Vec<Option<Column>> {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let reading = Reading::default();
        meanings(&titles, Sought { subject: Subject::People, reading: &reading })
    }

    #[test]
    fn a_title_means_another_thing_where_no_other_does() {
        let some = |columns: &[Column]| columns.iter().copied().map(Some).collect::<Vec<_>>();
        use Column::{First, Last, Name, Nickname, Role, Status};
        assert_eq!(read(&["Position", "Employee"]), some(&[Role, Name]));
        assert_eq!(read(&["Role", "Position", "Name", "Client"]), [Some(Role), None, Some(Name), None]);
        assert_eq!(read(&["Role", "Preferred First Name", "Last Name"]), some(&[Role, First, Last]));
        assert_eq!(
            read(&["Role", "First Name", "Preferred First Name", "Last Name"]),
            some(&[Role, First, Nickname, Last])
        );
        assert_eq!(
            read(&["Role", "First Name", "Last Name", "Client First Name", "Client Last Name"]),
            [Some(Role), Some(First), Some(Last), None, None]
        );
        assert_eq!(
            read(&["Role", "Name", "Worker Status", "Termination Date", "Marital Status"]),
            [Some(Role), Some(Name), Some(Status), Some(Status), None]
        );
    }

    #[test]
    fn half_a_name_is_asked_about_and_nothing_else() {
        let refused = |titles: &[&str]| {
            let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
            let reading = Reading::default();
            let layout = Layout::of(&titles, Sought { subject: Subject::People, reading: &reading });
            layout.is_err_and(|error| error.findings.iter().any(|finding| finding.code == Code::RosterColumnUnclear))
        };
        for title in ["Surname of record", "Apellido de nacimiento", "Sobrenome", "Nachname", "Cognom 1", "Last Name X"]
        {
            assert!(refused(&["Role", "First Name", title]), "{title}");
            assert!(refused(&["Role", "Name", title]), "{title}");
            assert!(!refused(&["Role", "First Name", "Last Name", title]), "{title}");
        }
        for title in ["Vorname", "Given name as filed", "Prénom"] {
            assert!(refused(&["Role", "Last Name", title]), "{title}");
        }
        for title in [
            "Last Day",
            "Last updated",
            "Family",
            "Family doctor",
            "Emergency contact last name",
            "Supervisor Last Name",
            "Phonetic Last Name",
            "Maiden surname",
            "First shift",
            "Paternity leave",
        ] {
            assert!(!refused(&["Role", "First Name", title]), "{title}");
            assert!(!refused(&["Role", "Name", title]), "{title}");
        }
    }
}
