//! The memory that hashing takes, bounded for the whole process (P6).
//!
//! Whoever hashes takes its memory from one budget, of all agencies and
//! directories, and waits in line where that is used up: a flood of sign-ins
//! makes the answers later, not the process larger. A hash that is larger than
//! the budget runs alone.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

/// For each core so many KiB: the default limit of one hash.
const A_CORE_KIB: u64 = 64 * 1024;

/// What is taken of a budget, and who is in line for it.
#[derive(Default)]
struct Line {
    taken_kib: u64,
    /// The most that was taken at a time.
    most_kib: u64,
    next: u64,
    served: u64,
}

pub(super) struct Budget {
    kib: u64,
    line: Mutex<Line>,
    moved: Condvar,
}

/// Memory that was taken; given back when it is dropped.
pub(super) struct Taken<'a> {
    budget: &'a Budget,
    kib: u64,
}

impl Budget {
    const fn new(kib: u64) -> Self {
        let line = Line { taken_kib: 0, most_kib: 0, next: 0, served: 0 };
        Self { kib, line: Mutex::new(line), moved: Condvar::new() }
    }

    /// The budget of this process.
    pub(super) fn of_process() -> &'static Self {
        static BUDGET: OnceLock<Budget> = OnceLock::new();
        BUDGET.get_or_init(|| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            Self::new(A_CORE_KIB.saturating_mul(u64::try_from(cores).unwrap_or(1)))
        })
    }

    /// Takes so much, when it is there; in the order in which it was asked for.
    pub(super) fn take(&self, kib: u64) -> Taken<'_> {
        let kib = kib.min(self.kib);
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = line.next;
        line.next += 1;
        while line.served != ticket || line.taken_kib + kib > self.kib {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        line.served += 1;
        line.taken_kib += kib;
        line.most_kib = line.most_kib.max(line.taken_kib);
        self.moved.notify_all();
        Taken { budget: self, kib }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.budget.line.lock().unwrap_or_else(PoisonError::into_inner).taken_kib -= self.kib;
        self.budget.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_taken_than_there_is_however_many_come_at_once() {
        let budget = Budget::new(100);
        std::thread::scope(|scope| {
            for kib in (0..64).map(|n| 10 + n % 30) {
                let budget = &budget;
                scope.spawn(move || {
                    let _taken = budget.take(kib);
                    std::thread::yield_now();
                });
            }
        });
        let line = budget.line.lock().unwrap();
        assert_eq!((line.taken_kib, line.served), (0, 64));
        assert!(line.most_kib <= 100, "{}", line.most_kib);
    }

    #[test]
    fn what_is_larger_than_all_there_is_runs_alone() {
        let budget = Budget::new(100);
        drop(budget.take(1_000));
        assert_eq!(budget.line.lock().unwrap().most_kib, 100);
    }
}
