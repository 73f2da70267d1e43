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
    /// The page of the rows that fit these queries, which come one after the
    /// other and have none in common. What is told by a page that is not full is
    /// not counted.
    pub(crate) fn read(
        shared: &Shared,
        parts: impl IntoIterator<Item = Query<R>>,
        offset: u64,
        limit: u64,
    ) -> Result<Self> {
        let mut page = Self { rows: Vec::new(), found: 0 };
        let mut skipped = offset;
        for part in parts {
            let wanted = limit.saturating_sub(page.rows.len() as u64);
            let rows = if wanted == 0 { Vec::new() } else { read(shared, &part.clone().page(skipped, wanted))? };
            let came = rows.len() as u64;
            let is_end = came < wanted && (came > 0 || skipped == 0);
            let found = if is_end { skipped.saturating_add(came) } else { shared.store.count(part.select())? };
            skipped = skipped.saturating_sub(found);
            page.found = page.found.saturating_add(found);
            page.rows.extend(rows);
        }
        Ok(page)
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
