//! The same for each of many, on all cores: what comes out stands in the order
//! of what went in, so that nobody can tell on how many.
//!
//! By threads that end with the work, and by no pool that stays: a host that
//! forks, as servers of Python do, takes memory along and no thread, and what
//! waits for the pool of before waits for ever.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// So many at a time, and no thread for fewer.
const PART: usize = 1_000;

/// What comes of each.
pub(super) fn map<T: Send, U: Send>(items: impl IntoIterator<Item = T>, of: impl Fn(T) -> U + Sync) -> Vec<U> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let threads = cores.min(items.len() / PART).max(1);
    if threads == 1 {
        return items.into_iter().flatten().map(of).collect();
    }
    let mut out: Vec<Option<U>> = Vec::new();
    out.resize_with(items.len(), || None);
    let parts = Mutex::new(items.chunks_mut(PART).zip(out.chunks_mut(PART)));
    let work = || {
        loop {
            let part = parts.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((items, out)) = part else { break };
            for (item, out) in items.iter_mut().zip(out) {
                *out = item.take().map(&of);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where there is no thread to be had, the others do its part.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    out.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stands_where_it_stood() {
        for count in [0, 1, PART - 1, PART, 2 * PART, 7 * PART + 13] {
            let doubled = map((0..count).map(|number| number.to_string()), |text| format!("{text}{text}"));
            assert_eq!(doubled.len(), count);
            assert!(doubled.iter().enumerate().all(|(at, text)| *text == format!("{at}{at}")));
        }
    }

    #[test]
    fn a_panic_of_one_is_one_of_all() {
        let caught = std::panic::catch_unwind(|| map(0..5 * PART, |number| assert_ne!(number, 3 * PART)));
        assert!(caught.is_err());
    }
}
