//! Suggestions for a staff name that failed (rule U5).

use super::check::Usernames;
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
        let mut found: Vec<String> = Vec::new();
        let first = self.pattern.first_length().unwrap_or(usize::MAX);
        let variations = [Variation::Plain, Variation::MiddleInitial]
            .into_iter()
            .chain((first.saturating_add(1)..=letters.first.len()).map(Variation::FirstLetters));
        for variation in variations {
            if found.len() >= most {
                break;
            }
            let Some(name) = self.pattern.render(&self.prefix, &letters, variation, self.max_length) else { continue };
            if !found.contains(&name) && self.batch.is_free(line, &name) {
                found.push(name);
            }
        }
        let number = self.add_numbered(line, &letters, most, &mut found);
        if let Some(best) = found.first() {
            self.batch.hold(line, best, number);
        }
        found
    }

    /// Fills up with numbered names. Says the plain name and the number of
    /// the first, if that is the best of all.
    fn add_numbered(
        &mut self,
        line: u64,
        letters: &Letters,
        most: usize,
        found: &mut Vec<String>,
    ) -> Option<(String, u64)> {
        let plain = self.pattern.render(&self.prefix, letters, Variation::Plain, self.max_length)?;
        let mut number = self.batch.next_number(&plain);
        let mut first_free = None;
        let mut best = None;
        while found.len() < most {
            let variation = Variation::Number(number);
            let Some(name) = self.pattern.render(&self.prefix, letters, variation, self.max_length) else { break };
            if self.batch.is_free(line, &name) && !found.contains(&name) {
                if first_free.is_none() {
                    first_free = Some(number);
                    self.batch.set_next_number(&plain, number);
                }
                if found.is_empty() {
                    best = Some((plain.clone(), number));
                }
                found.push(name);
            }
            number += 1;
        }
        if first_free.is_none() {
            self.batch.set_next_number(&plain, number);
        }
        best
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
        (names.batch.probes, last)
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
