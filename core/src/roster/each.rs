//! The same for each of many, on all cores: what comes out stands in the order
//! of what went in, so that nobody can tell on how many.
//!
//! By threads that end with the work, and by no pool that stays: a host that
//! forks, as servers of Python do, takes memory along and no thread, and what
//! waits for the pool of before waits for ever.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// So many at a time, and no thread for fewer.
const PART: usize = 1_000;

/// What comes of each.
pub(super) fn map<T: Send, U: Send>(
    items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator + Send>,
    of: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let items = items.into_iter();
    let mut out = Vec::with_capacity(items.len());
    in_order(items, of, |made| out.push(made));
    out
}

/// What comes of each is handed to `then`, on this thread and in order, while other
/// threads go on: they are ahead of it by a few parts at most.
pub(super) fn in_order<T: Send, U: Send>(
    items: impl ExactSizeIterator<Item = T> + Send,
    of: impl Fn(T) -> U + Sync,
    mut then: impl FnMut(U),
) {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(items.len() / PART).max(1);
    if threads == 1 {
        return items.map(of).for_each(then);
    }
    let rest = Mutex::new((0.., items));
    let made = || {
        let (at, part) = {
            let mut rest = rest.lock().unwrap_or_else(PoisonError::into_inner);
            let part: Vec<T> = rest.1.by_ref().take(PART).collect();
            (rest.0.next()?, part)
        };
        (!part.is_empty()).then(|| (at, part.into_iter().map(&of).collect::<Vec<U>>()))
    };
    thread::scope(|scope| {
        let (sender, ready) = mpsc::sync_channel(threads);
        for _ in 1..threads {
            let sender = sender.clone();
            let work = move || while made().is_some_and(|part| sender.send(part).is_ok()) {};
            // Where there is no thread to be had, the others do its part.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        drop(sender);
        let mut early: BTreeMap<usize, Vec<U>> = BTreeMap::new();
        for next in 0_usize.. {
            while !early.contains_key(&next) {
                let part = ready.try_recv().ok().or_else(&made).or_else(|| ready.recv().ok());
                let Some((at, part)) = part else { return };
                early.insert(at, part);
            }
            early.remove(&next).into_iter().flatten().for_each(&mut then);
        }
    });
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
