//! A page of a list.

use super::act::read;
use super::agency::Shared;
use crate::error::Result;
use crate::store::{Query, Record};

/// A page of a list: the rows that were asked for, and how many there are.
///
/// ```
/// # use carekey::*;
/// # let directory = Directory::open("memory:", &[7; 32])?;
/// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
/// let page = agency.find_parties("wright", 0, 20)?;
/// println!("{} of {}", page.len(), page.found);
/// for party in &page {
///     println!("{}", party.display_name);
/// }
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    /// The rows, in the order asked for.
    pub rows: Vec<T>,
    /// How many fit, on all pages.
    pub found: u64,
}

impl<R: Record> ListPage<R> {
    /// The rows that fit and belong on the page that the query asks for.
    pub(crate) fn read(shared: &Shared, query: &Query<R>) -> Result<Self> {
        Ok(Self { found: shared.store.count(query.select())?, rows: read(shared, query)? })
    }
}

impl<T> ListPage<T> {
    pub(crate) fn try_map<U>(self, show: impl FnOnce(Vec<T>) -> Result<Vec<U>>) -> Result<ListPage<U>> {
        Ok(ListPage { found: self.found, rows: show(self.rows)? })
    }
}

impl<T> core::ops::Deref for ListPage<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<T> IntoIterator for ListPage<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a ListPage<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
