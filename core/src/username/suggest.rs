//! Suggestions for a staff name that failed (rule U5).

use super::canonical::skeleton;
use super::check::{SUGGESTIONS, Usernames};
use super::letters::Letters;
use super::staff::Variation;
use crate::name::PersonName;

impl Usernames {
    /// At most so many names for the person of a line, the best first, all
    /// free at this moment and within the batch (rule U5).
    ///
    /// The plain name comes first if it is free after all, then the one with
    /// the initial of the middle name, then those with more letters of the
    /// first name, then 2, 3, … appended; the last name is cut to stay within
    /// the longest name of the policy. The first of them is kept back for the
    /// line. Empty, where the name has no letters or nothing is free.
    ///
    /// A number that is found in use is not tried again, so that the
    /// thousandth person of one name costs no more than the tenth.
    pub fn suggest(&mut self, line: u64, name: &PersonName, most: usize) -> Vec<String> {
        let Ok(letters) = Letters::of(name) else { return Vec::new() };
        self.batch.release(line);
        let plain = self.render(&letters, Variation::Plain);
        let from = plain.as_deref().map_or(FIRST_NUMBER, |plain| self.batch.next_number(plain));
        let mut found = Vec::new();
        let numbers = self.seek(&letters, from, most, |holder| holder != line, &mut found);
        if let (Some(plain), Some(next)) = (&plain, numbers.next) {
            self.batch.set_next_number(plain, next);
        }
        if let Some(best) = found.first() {
            let from = numbers.best.unwrap_or(from);
            self.batch.hold(line, best, from, plain.zip(numbers.best));
        }
        found
    }

    /// The names that [`Usernames::suggest`] would have given a line beside the
    /// best one, which is held for it: they are made when somebody asks. Free is
    /// what no line before has been held; the best stands first, where it is
    /// free still.
    pub(crate) fn further(&self, line: u64, name: &PersonName, best: &str) -> Vec<String> {
        let Ok(letters) = Letters::of(name) else { return Vec::new() };
        let before = |holder| holder < line;
        let mut found = Vec::new();
        if self.batch.is_free(best, &skeleton(best), before) {
            found.push(best.to_owned());
        }
        let from = self.batch.held_from(line).unwrap_or(FIRST_NUMBER);
        self.seek(&letters, from, SUGGESTIONS, before, &mut found);
        found
    }

    /// Seeks names that are free until there are as many as that, those with a
    /// number from a number on.
    fn seek(
        &self,
        letters: &Letters,
        from: u64,
        most: usize,
        before: impl Fn(u64) -> bool,
        found: &mut Vec<String>,
    ) -> Numbers {
        let is_new = |name: &String, found: &Vec<String>| {
            !found.contains(name) && self.batch.is_free(name, &skeleton(name), &before)
        };
        let first = self.pattern.first_length().unwrap_or(usize::MAX);
        let variations = [Variation::Plain, Variation::MiddleInitial]
            .into_iter()
            .chain((first.saturating_add(1)..=letters.first.len()).map(Variation::FirstLetters));
        for variation in variations {
            if found.len() >= most {
                return Numbers::default();
            }
            found.extend(self.render(letters, variation).filter(|name| is_new(name, found)));
        }
        let mut numbers = Numbers::default();
        let mut number = from;
        while found.len() < most {
            let Some(name) = self.render(letters, Variation::Number(number)) else { break };
            if is_new(&name, found) {
                numbers.next.get_or_insert(number);
                if found.is_empty() {
                    numbers.best = Some(number);
                }
                found.push(name);
            }
            number += 1;
        }
        numbers.next.get_or_insert(number);
        numbers
    }

    fn render(&self, letters: &Letters, variation: Variation) -> Option<String> {
        self.pattern.render(&self.prefix, letters, variation, self.max_length)
    }
}

/// The first number that is appended.
pub(super) const FIRST_NUMBER: u64 = 2;

/// What came of seeking names with numbers.
#[derive(Default)]
struct Numbers {
    /// The first that is free: those below are in use. Nothing where none was
    /// sought.
    next: Option<u64>,
    /// The number of the best name of all, where it has one.
    best: Option<u64>,
}

#[cfg(test)]
impl Usernames {
    /// How many names were tried until now.
    pub(crate) fn probes(&self) -> u64 {
        self.batch.probes.load(core::sync::atomic::Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use crate::name::PersonName;
    use crate::policy::{UsernamePolicy, UsernameScheme};
    use crate::username::{NameRequest, Taken, Usernames};

    /// How many names are tried for that many people called J Smith in one
    /// batch, each accepting the first suggestion, and the last name given.
    fn probes(people: u64, together: bool) -> (u64, String) {
        let name = PersonName::parse("J Smith").value.unwrap();
        let policy = UsernamePolicy::default();
        let mut names = Usernames::new(&policy, "104", "US", Taken::new()).unwrap();
        let requests: Vec<_> = (1..=people).map(|line| NameRequest::new(line, UsernameScheme::Staff, &name)).collect();
        let mut last = String::new();
        let verdicts = if together { names.check_all(&requests) } else { Vec::new() };
        for (i, request) in requests.iter().enumerate() {
            let mut verdict = verdicts.get(i).cloned().unwrap_or_else(|| names.check(request));
            if let Some(best) = verdict.suggestions.first() {
                verdict = names.accept(request, &best.clone());
            }
            last = verdict.username.unwrap();
        }
        (names.probes(), last)
    }

    #[test]
    fn the_thousandth_j_smith_costs_no_more_than_the_tenth() {
        for together in [false, true] {
            for (people, expected) in [(10, "104jsmith10"), (1000, "104jsmith1000")] {
                let (tried, last) = probes(people, together);
                assert_eq!(last, expected);
                // The plain name, the number that went last time, and the five that are suggested.
                assert!(tried <= 7 * people, "{tried} names tried for {people} people");
            }
        }
    }
}
