//! The memory that hashing takes, bounded for the whole process and given back
//! (P6).
//!
//! Whoever hashes takes its memory from one budget, of all agencies and
//! directories, and waits in line where that is used up: a flood of sign-ins
//! makes the answers later, not the process larger. A hash that is larger than
//! the budget runs alone. A few buffers are kept, since fresh memory costs
//! time; they are part of the budget, and go where a hash needs their room.

use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};

use super::kernel::Buffer;

/// For each core so many KiB: the default limit of one hash. A buffer above
/// that is never kept: a hash taken over from elsewhere may have asked for a
/// gigabyte.
const A_CORE_KIB: u64 = 64 * 1024;

/// What hashing holds of the memory of the process, in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingMemory {
    /// The most that all hashes together may hold.
    pub limit_kib: u64,
    /// What the hashes hold that are being computed.
    pub taken_kib: u64,
    /// What is kept for the next ones.
    pub kept_kib: u64,
    /// The most that was ever held at a time: above the limit only where a
    /// single hash was, or the limit was lowered since.
    pub most_kib: u64,
    /// How many hashes wait for memory.
    pub waiting: u64,
}

/// What hashing holds of the memory of this process (P6).
///
/// ```
/// let memory = carekey::password::hashing_memory();
/// assert!(memory.limit_kib >= 64 * 1024);
/// assert_eq!((memory.taken_kib, memory.waiting), (0, 0));
/// ```
pub fn hashing_memory() -> HashingMemory {
    Budget::of_process().state()
}

/// Sets how much memory all hashes of this process may hold at a time, in KiB:
/// 64 MiB for each core where nobody does (P6).
///
/// It is the operator's word, and the process has one such limit, of however
/// many directories: the last call holds. A hash that finds too little left
/// waits its turn; one that is larger than the limit runs alone.
///
/// ```
/// use carekey::password::{hashing_memory, limit_hashing_memory};
///
/// limit_hashing_memory(256 * 1024);
/// assert_eq!(hashing_memory().limit_kib, 256 * 1024);
/// ```
pub fn limit_hashing_memory(kib: u64) {
    Budget::of_process().limit(kib);
}

/// So much memory and no more, who is in line for it, and what is kept.
pub(super) struct Budget<B> {
    books: Mutex<Books<B>>,
    moved: Condvar,
}

struct Books<B> {
    limit_kib: u64,
    taken_kib: u64,
    most_kib: u64,
    next: u64,
    served: u64,
    /// Buffers and their sizes, the one that was used last at the end.
    idle: Vec<(u64, B)>,
    most_idle: usize,
}

/// Memory that was taken; given back when it is dropped.
pub(super) struct Taken<'a, B> {
    budget: &'a Budget<B>,
    kib: u64,
    /// A buffer of an earlier hash, or the place for a new one.
    pub(super) buffer: Option<B>,
}

impl Budget<Buffer> {
    /// The budget of this process.
    pub(super) fn of_process() -> &'static Self {
        static BUDGET: LazyLock<Budget<Buffer>> = LazyLock::new(|| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            Budget::new(A_CORE_KIB.saturating_mul(u64::try_from(cores).unwrap_or(1)), cores)
        });
        &BUDGET
    }
}

impl<B> Budget<B> {
    const fn new(limit_kib: u64, most_idle: usize) -> Self {
        let books = Books { limit_kib, taken_kib: 0, most_kib: 0, next: 0, served: 0, idle: Vec::new(), most_idle };
        Self { books: Mutex::new(books), moved: Condvar::new() }
    }

    /// Takes so much, when it is there; in the order in which it was asked for.
    /// With a buffer that was kept, where one fits.
    pub(super) fn take(&self, kib: u64) -> Taken<'_, B> {
        self.serve(kib, true)
    }

    /// The same for who brings memory of another kind.
    pub(super) fn take_room(&self, kib: u64) -> Taken<'_, B> {
        self.serve(kib, false)
    }

    fn serve(&self, kib: u64, reuse: bool) -> Taken<'_, B> {
        let mut books = self.books();
        let ticket = books.next;
        books.next += 1;
        while books.served != ticket || !books.has_room(kib) {
            books = self.moved.wait(books).unwrap_or_else(PoisonError::into_inner);
        }
        books.served += 1;
        let (kib, buffer) = books.fitting(kib).filter(|_| reuse).map_or((kib, None), |at| {
            let (kib, buffer) = books.idle.remove(at);
            (kib, Some(buffer))
        });
        books.taken_kib = books.taken_kib.saturating_add(kib);
        self.close(books);
        Taken { budget: self, kib, buffer }
    }

    fn limit(&self, kib: u64) {
        let mut books = self.books();
        books.limit_kib = kib;
        self.close(books);
    }

    fn state(&self) -> HashingMemory {
        let books = self.books();
        HashingMemory {
            limit_kib: books.limit_kib,
            taken_kib: books.taken_kib,
            kept_kib: books.kept_kib(),
            most_kib: books.most_kib,
            waiting: books.next - books.served,
        }
    }

    fn books(&self) -> MutexGuard<'_, Books<B>> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls those in line, and gives back what may not be kept: before
    /// whoever took the room uses it, and after letting go of the lock, since
    /// wiping a buffer takes a while.
    fn close(&self, mut books: MutexGuard<'_, Books<B>>) {
        let surplus = books.surplus();
        books.most_kib = books.most_kib.max(books.taken_kib.saturating_add(books.kept_kib()));
        drop(books);
        self.moved.notify_all();
        drop(surplus);
    }
}

impl<B> Books<B> {
    fn has_room(&self, kib: u64) -> bool {
        self.taken_kib == 0 || self.taken_kib.saturating_add(kib) <= self.limit_kib
    }

    /// Where the smallest buffer is that is large enough, if there is room for
    /// all of it.
    fn fitting(&self, kib: u64) -> Option<usize> {
        let room = self.limit_kib.saturating_sub(self.taken_kib);
        let sizes = self.idle.iter().enumerate().map(|(at, (size, _))| (*size, at));
        sizes.filter(|(size, _)| (kib..=room).contains(size)).min().map(|(_, at)| at)
    }

    fn kept_kib(&self) -> u64 {
        self.idle.iter().map(|(kib, _)| kib).sum()
    }

    /// The buffers that are too many or stand in the way of others, the
    /// longest unused first.
    fn surplus(&mut self) -> Vec<(u64, B)> {
        let is_over = |books: &Self| {
            books.idle.len() > books.most_idle || books.taken_kib.saturating_add(books.kept_kib()) > books.limit_kib
        };
        let mut surplus = Vec::new();
        while !self.idle.is_empty() && is_over(self) {
            surplus.push(self.idle.remove(0));
        }
        surplus
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        // What is too large goes before its room is given to another.
        let kept = self.buffer.take().filter(|_| self.kib <= A_CORE_KIB);
        let mut books = self.budget.books();
        books.taken_kib = books.taken_kib.saturating_sub(self.kib);
        books.idle.extend(kept.map(|buffer| (self.kib, buffer)));
        self.budget.close(books);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash: takes, makes its buffer where none was kept, gives back.
    fn hash(budget: &Budget<()>, kib: u64) -> bool {
        let mut taken = budget.take(kib);
        taken.buffer.replace(()).is_some()
    }

    fn held(budget: &Budget<()>) -> (u64, u64) {
        let state = budget.state();
        (state.taken_kib, state.kept_kib)
    }

    /// Waits until so many stand in line; by counting, however long it takes.
    fn until_waiting(budget: &Budget<()>, count: u64) {
        while budget.state().waiting != count {
            std::thread::yield_now();
        }
    }

    #[test]
    fn no_more_is_held_than_there_is_however_many_come_at_once() {
        let budget = Budget::new(100, 4);
        std::thread::scope(|scope| {
            for kib in (0..64).map(|n| 10 + n % 30) {
                let budget = &budget;
                scope.spawn(
                    move || if kib % 2 == 0 { hash(budget, kib) } else { budget.take_room(kib).buffer.is_some() },
                );
            }
        });
        let state = budget.state();
        assert_eq!((state.taken_kib, state.waiting), (0, 0));
        assert!(state.most_kib <= 100 && state.kept_kib <= 100, "{state:?}");
    }

    #[test]
    fn a_thousand_hashes_in_turn_keep_one_buffer() {
        let budget = Budget::new(1000, 4);
        assert_eq!((0..1000).filter(|_| hash(&budget, 100)).count(), 999);
        assert_eq!((held(&budget), budget.state().most_kib), ((0, 100), 100));
    }

    #[test]
    fn at_most_so_many_buffers_are_kept_and_none_that_is_large() {
        let budget = Budget::new(1 << 30, 2);
        let mut taken: Vec<_> = (1..=5).map(|kib| budget.take(kib)).collect();
        taken.iter_mut().for_each(|taken| taken.buffer = Some(()));
        drop(taken);
        assert_eq!(held(&budget), (0, 4 + 5));
        hash(&budget, A_CORE_KIB + 1);
        assert_eq!(held(&budget), (0, 4 + 5));
    }

    #[test]
    fn kept_buffers_give_way_to_hashes() {
        let budget = Budget::new(100, 4);
        hash(&budget, 60);
        let small = budget.take(30);
        assert_eq!(held(&budget), (60, 0), "the kept one is used, and counts whole");
        let room = budget.take_room(40);
        assert_eq!(held(&budget), (100, 0));
        drop((small, room));
        hash(&budget, 50);
        let room = budget.take_room(40);
        assert!(room.buffer.is_none(), "who brings memory is given none");
        assert_eq!(held(&budget), (40, 60));
        drop(room);
        let large = budget.take(80);
        assert_eq!(held(&budget), (80, 0), "too small to be used, and in the way");
        drop(large);
        assert_eq!(budget.state().most_kib, 100);
    }

    #[test]
    fn what_is_larger_than_all_there_is_runs_alone() {
        let budget = Budget::new(100, 4);
        let huge = budget.take(500);
        std::thread::scope(|scope| {
            scope.spawn(|| hash(&budget, 10));
            until_waiting(&budget, 1);
            assert_eq!(held(&budget), (500, 0));
            drop(huge);
        });
        let small = budget.take(10);
        std::thread::scope(|scope| {
            scope.spawn(|| hash(&budget, 500));
            until_waiting(&budget, 1);
            drop(small);
        });
        assert_eq!((held(&budget).0, budget.state().most_kib), (0, 500));
    }

    /// Small hashes that keep coming do not pass by a large one that waits.
    #[test]
    fn who_came_first_is_served_first() {
        let budget = Budget::new(100, 4);
        let order = Mutex::new(Vec::new());
        let first = budget.take(50);
        std::thread::scope(|scope| {
            for (place, kib) in [(1, 100), (2, 10), (3, 100), (4, 10)] {
                let (budget, order) = (&budget, &order);
                scope.spawn(move || {
                    let _taken = budget.take(kib);
                    order.lock().unwrap().push(place);
                });
                until_waiting(budget, place);
            }
            drop(first);
        });
        // The last two may be at it side by side.
        assert_eq!(order.lock().unwrap()[..3], [1, 2, 3]);
    }

    #[test]
    fn a_higher_limit_lets_in_who_waits_and_a_lower_one_gives_back() {
        let budget = Budget::new(10, 4);
        let first = budget.take(10);
        std::thread::scope(|scope| {
            scope.spawn(|| hash(&budget, 10));
            until_waiting(&budget, 1);
            budget.limit(20);
        });
        assert_eq!(held(&budget), (10, 10));
        budget.limit(15);
        assert_eq!(held(&budget), (10, 0));
        drop(first);
    }

    #[test]
    fn memory_comes_back_from_a_hash_that_panics() {
        let budget = Budget::<()>::new(10, 4);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _taken = budget.take(10);
            panic!("as a kernel might");
        }));
        assert!(panicked.is_err());
        assert_eq!(held(&budget), (0, 0));
    }
}
