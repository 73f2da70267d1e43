//! How many rows a table has of each sort, so that a list says how many it shows
//! without counting them (A3, A5, N, S3).
//!
//! Each is a table beside the one that it counts, and is kept with every row that
//! comes, changes or goes, within the same commit, whoever writes it: triggers see to
//! that, or the store where it does without its own. So a release that knows nothing
//! of it, and is at work beside this one while an office changes over, keeps it too.

#[cfg(any(feature = "postgres", feature = "sqlite"))]
use super::ColumnType;
use super::{Condition, Test, Value};

/// How many rows a table has of each sort, so that lists (A3, A5, N, S3) say how many
/// they have.
///
/// ```
/// use carekey::store::{Facet, Record, record::Account};
///
/// let totals = Account::TABLE.totals.expect("accounts are listed");
/// assert_eq!(totals.name, "account_totals");
/// assert!(totals.by.contains(&Facet::There("disabled_at")));
/// ```
#[derive(Debug)]
pub struct Totals {
    /// The name of the table that has them: the agency, a column by the name of
    /// each facet's, and `total`.
    pub name: &'static str,
    /// What tells sorts apart.
    pub by: &'static [Facet],
}

/// What tells rows of a table apart when they are counted: of some column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Whether it is not null; true or false.
    There(&'static str),
    /// Whether its text is not empty; true or false.
    Filled(&'static str),
    /// The text itself, which is never null and one of few.
    Word(&'static str),
}

/// Of the list of users.
pub(super) const ACCOUNT: &Totals = &Totals {
    name: "account_totals",
    by: &[
        Facet::There("deleted_at"),
        Facet::There("disabled_at"),
        Facet::There("last_sign_in_at"),
        Facet::There("description"),
    ],
};

/// Of the parties, and those of each role that the office gave them.
pub(super) const PARTY: &Totals =
    &Totals { name: "party_totals", by: &[Facet::There("deleted_at"), Facet::Word("kind"), Facet::Word("roles")] };

/// Of the applications.
pub(super) const APPLICATION: &Totals = &Totals { name: "application_totals", by: &[] };

/// Of the outbox. What only looks like a message has no address.
pub(super) const MESSAGE: &Totals =
    &Totals { name: "message_totals", by: &[Facet::Filled("address"), Facet::Word("state")] };

impl Facet {
    /// The column.
    pub fn column(self) -> &'static str {
        match self {
            Self::There(column) | Self::Filled(column) | Self::Word(column) => column,
        }
    }
}

impl Totals {
    /// The facet that says whether a row fits.
    pub(super) fn facet(&self, Condition { column, test }: &Condition) -> Option<Facet> {
        let tells = |facet: &&Facet| match facet {
            Facet::There(_) => matches!(test, Test::Null(_)),
            Facet::Filled(_) => {
                matches!(test, Test::NoneOf(values) if values.as_slice() == [Value::Text(String::new())])
            }
            Facet::Word(_) => !matches!(test, Test::Found { .. }),
        };
        self.by.iter().filter(|facet| facet.column() == *column).find(tells).copied()
    }
}

/// What the statements of databases have in common.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
impl Totals {
    /// The columns of a sort with their types, each before a comma.
    pub(super) fn described<D: super::sql::Dialect>(&self) -> String {
        let described = |facet: &Facet| {
            let column_type = match facet {
                Facet::There(_) | Facet::Filled(_) => ColumnType::Bool,
                Facet::Word(_) => ColumnType::Text,
            };
            format!("\"{}\" {} NOT NULL, ", facet.column(), D::column_type(column_type))
        };
        self.by.iter().map(described).collect()
    }

    /// Where a row that changes becomes one of another sort; nothing where all are of
    /// one.
    pub(super) fn becomes_another(&self) -> Option<String> {
        let other = |facet: &Facet| format!("({}) <> ({})", facet.of("NEW."), facet.of("OLD."));
        let others: Vec<_> = self.by.iter().map(other).collect();
        (!others.is_empty()).then(|| others.join(" OR "))
    }

    /// The columns of a sort, each behind a comma.
    pub(super) fn columns(&self) -> String {
        self.by.iter().map(|facet| format!(", \"{}\"", facet.column())).collect()
    }

    /// What they are of a row, each behind a comma. The row is given as what stands
    /// before the names of its columns: `NEW.`, or nothing.
    pub(super) fn of(&self, row: &str) -> String {
        self.by.iter().map(|facet| format!(", {}", facet.of(row))).collect()
    }

    /// The sorts of an agency, given as `?1` or the like, whose total is not how many
    /// there are, with the difference: the columns of a row of totals.
    pub(super) fn wrong(&self, table: &super::Table, agency: &str) -> String {
        let (columns, of, places) = (self.columns(), self.of(""), self.places());
        format!(
            "SELECT agency{columns}, sum(total) AS total FROM (
                SELECT agency{columns}, -total AS total FROM \"{}\" WHERE agency = {agency}
                UNION ALL
                SELECT agency{of}, count(*) FROM \"{}\" WHERE agency = {agency} GROUP BY {places}
            ) AS both_ways GROUP BY {places} HAVING sum(total) <> 0",
            self.name, table.name
        )
    }

    /// The numbers that a database groups by: of the agency and each facet.
    pub(super) fn places(&self) -> String {
        (1..=self.by.len() + 1).map(|place| place.to_string()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
impl Facet {
    /// Whether it may differ of a row of which its column has changed.
    #[cfg(feature = "sqlite")]
    pub(super) fn may_differ(self, was_null: bool, is_null: bool) -> bool {
        !matches!(self, Self::There(_)) || was_null != is_null
    }

    /// What it is of a row.
    pub(super) fn of(self, row: &str) -> String {
        match self {
            Self::There(column) => format!("{row}\"{column}\" IS NOT NULL"),
            Self::Filled(column) => format!("{row}\"{column}\" <> ''"),
            Self::Word(column) => format!("{row}\"{column}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::record::TABLES;
    use crate::store::{Select, lists};

    #[test]
    fn what_is_listed_is_counted() {
        let here = crate::id::AgencyId::of_code("104");
        let is_search = |select: &Select| select.all.iter().any(|one| matches!(one.test, Test::Contains(_)));
        for (select, list) in lists::asked(here) {
            assert_eq!(select.table.totals(&select).is_some(), !is_search(&select), "{list}");
        }
    }

    #[test]
    fn facets_are_of_columns_that_have_them() {
        for table in TABLES {
            assert_eq!(table.totals.is_some(), !table.lists.is_empty(), "{}", table.name);
            for facet in table.totals.iter().flat_map(|totals| totals.by) {
                let column = table.columns.iter().find(|column| column.name == facet.column()).unwrap();
                let is_text = column.column_type == ColumnType::Text && !column.nullable;
                assert_eq!(matches!(facet, Facet::There(_)), column.nullable, "{facet:?}");
                assert!(column.nullable || is_text, "{facet:?}");
            }
        }
    }
}
