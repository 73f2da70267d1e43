//! All rows of a list, from its order's beginning to its end.

use std::collections::VecDeque;
use std::sync::Arc;

use super::act::read;
use super::agency::Shared;
use crate::error::Result;
use crate::store::{Query, Record, Value};

/// How many rows are read at a time where nobody says otherwise.
const PAGE: u64 = 500;

/// All rows of a list, as an iterator that reads page after page.
///
/// A page begins behind the last row of the one before, and not after so many
/// rows: nobody is left out, or comes twice, because others were added or went
/// meanwhile, and the last page costs what the first one does. Only a row that is
/// moved in the order itself, over the place that was reached, is passed over or
/// comes again: sort by what stays where that must not be.
///
/// Whether the actor may see the list is asked for each page. After an error the
/// iterator ends; [`page`](Self::page) asks for the same page again.
///
/// ```
/// # use carekey::*;
/// # let directory = Directory::open("memory:", &[7; 32])?;
/// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
/// # let office = agency.acting_as(Actor::Support("Pat".into()));
/// for user in office.each_user(&carekey::agency::UserQuery::default()) {
///     println!("{}", user?.display_name);
/// }
/// # Ok::<(), carekey::Error>(())
/// ```
pub struct Each<T> {
    read: Box<Read<T>>,
    count: Box<dyn Fn() -> Result<u64> + Send + Sync>,
    place: Place,
    rows: VecDeque<T>,
}

/// How the rows that come next are read.
type Read<T> = dyn Fn(&mut Place) -> Result<Vec<T>> + Send + Sync;

/// Where a list was read up to, and how many rows are read next.
#[derive(Clone)]
pub(crate) struct Place {
    size: u64,
    /// Of a list of several parts, which one; and its last row's place in it.
    reached: Option<(usize, Vec<Value>)>,
    is_end: bool,
}

impl<T> Each<T> {
    /// Of what is `asked`: how the next rows are read, and how all are counted.
    pub(crate) fn of<A: Send + Sync + 'static>(
        asked: A,
        read: impl Fn(&A, &mut Place) -> Result<Vec<T>> + Send + Sync + 'static,
        count: impl Fn(&A) -> Result<u64> + Send + Sync + 'static,
    ) -> Self {
        let asked = Arc::new(asked);
        let counted = Arc::clone(&asked);
        Self {
            read: Box::new(move |place| read(&asked, place)),
            count: Box::new(move || count(&counted)),
            place: Place { size: PAGE, reached: None, is_end: false },
            rows: VecDeque::new(),
        }
    }

    /// The same, by that many rows at a time; 500 where nobody says so.
    #[must_use]
    pub fn by(mut self, rows: u64) -> Self {
        self.place.size = rows.max(1);
        self
    }

    /// How many there are now, on all pages.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn found(&self) -> Result<u64> {
        (self.count)()
    }

    /// The rows of the next page; none at the end.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn page(&mut self) -> Result<Vec<T>> {
        while self.rows.is_empty() && !self.place.is_end {
            let mut place = self.place.clone();
            self.rows.extend((self.read)(&mut place)?);
            self.place = place;
        }
        Ok(std::mem::take(&mut self.rows).into())
    }
}

impl<T> Iterator for Each<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rows.is_empty() {
            match self.page() {
                Ok(page) => self.rows = page.into(),
                Err(error) => {
                    self.place.is_end = true;
                    return Some(Err(error));
                }
            }
        }
        self.rows.pop_front().map(Ok)
    }
}

impl<T> core::fmt::Debug for Each<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Each").finish_non_exhaustive()
    }
}

impl Place {
    /// The next rows of a list, whose parts come one after the other and have no
    /// row in common.
    pub(crate) fn next<R: Record>(
        &mut self,
        shared: &Shared,
        parts: impl IntoIterator<Item = Query<R>>,
    ) -> Result<Vec<R>> {
        let reached = self.reached.clone();
        let begun = reached.as_ref().map_or(0, |(part, _)| *part);
        let mut rows = Vec::new();
        for (at, part) in parts.into_iter().enumerate().skip(begun) {
            let behind = reached.as_ref().filter(|_| at == begun).map(|(_, place)| &**place);
            let came = self.behind(shared, &part, behind, rows.len() as u64)?;
            if let Some(last) = came.last() {
                self.reached = Some((at, part.place_of(last)));
            }
            rows.extend(came);
        }
        self.is_end = (rows.len() as u64) < self.size;
        Ok(rows)
    }

    /// The next rows of two lists of one order that have no row in common, as one.
    pub(crate) fn next_of_both<R: Record>(
        &mut self,
        shared: &Shared,
        one: &Query<R>,
        other: &Query<R>,
    ) -> Result<Vec<R>> {
        let reached = self.reached.take();
        let place = reached.as_ref().map(|(_, place)| &**place);
        let mut rows = self.behind(shared, one, place, 0)?;
        rows.extend(self.behind(shared, other, place, 0)?);
        rows.sort_by_cached_key(|row| one.place_of(row));
        self.is_end = (rows.len() as u64) < self.size;
        rows.truncate(usize::try_from(self.size).unwrap_or(usize::MAX));
        self.reached = rows.last().map(|last| (0, one.place_of(last)));
        Ok(rows)
    }

    /// As many rows of a query as are wanted beside those that are there, from
    /// behind a place on.
    fn behind<R: Record>(
        &self,
        shared: &Shared,
        query: &Query<R>,
        place: Option<&[Value]>,
        there: u64,
    ) -> Result<Vec<R>> {
        let queries = place.map_or_else(|| vec![query.clone()], |place| query.behind(place));
        let mut rows = Vec::new();
        for query in queries {
            let wanted = self.size.saturating_sub(there).saturating_sub(rows.len() as u64);
            if wanted == 0 {
                break;
            }
            rows.extend(read(shared, &query.page(0, wanted))?);
        }
        Ok(rows)
    }

    /// Of a list that is read whole.
    pub(crate) fn at_end<T>(&mut self, rows: Vec<T>) -> Vec<T> {
        self.is_end = true;
        rows
    }
}
