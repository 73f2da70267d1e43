//! How many accounts of an agency cost what, and so what a name costs that
//! nobody has (P7).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::CostClass;

/// How many accounts came with a password of each class, and how many of them
/// have it still: from these a name that nobody has is drawn a class, so that
/// the costs of known and unknown names are spread alike (P7).
///
/// A name draws the same for as long as the shares stay. Where they change,
/// unknown names do what known ones do: those that move when owners
/// [renew](Self::renew) move from the class that was renewed to the policy's,
/// for good, and those that move when accounts [come](Self::add) move to the
/// class of these. Nobody learns by watching a name what it is.
///
/// ```
/// use carekey::password::{CostClass, Shares};
///
/// let mut shares = Shares::default();
/// assert_eq!(shares.draw(&[7; 32]), CostClass::Policy);
/// shares.add(CostClass::Bcrypt(12), 2);
/// assert_eq!(shares.draw(&[7; 32]), CostClass::Bcrypt(12));
/// shares.renew(CostClass::Bcrypt(12), 2);
/// assert_eq!(shares.draw(&[7; 32]), CostClass::Policy);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares(BTreeMap<CostClass, Share>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Share {
    came: u64,
    renewed: u64,
}

impl Shares {
    /// Counts accounts that came with a password of that class.
    pub fn add(&mut self, class: CostClass, accounts: u64) {
        let share = self.0.entry(class).or_default();
        share.came = share.came.saturating_add(accounts);
    }

    /// Counts those of them that have a password of the policy's own by now.
    pub fn renew(&mut self, class: CostClass, accounts: u64) {
        let share = self.0.entry(class).or_default();
        share.renewed = share.renewed.saturating_add(accounts).min(share.came);
    }

    /// The class that a name draws by a digest of it, in proportion to the
    /// counts; [`CostClass::Policy`] where nothing is counted. The digest must
    /// be keyed, or a stranger could draw as well.
    pub fn draw(&self, digest: &[u8]) -> CostClass {
        // What it would have come with: each class bids by a number of its own,
        // so that the more accounts one has, the more names it takes from all
        // others, and none change hands among these.
        let bids = self.0.iter().filter(|(_, share)| share.came > 0).map(|(class, share)| {
            // Between 0 and 1, and neither.
            let chance = ((number(digest, class) >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
            (-chance.ln() / share.came as f64, class, share)
        });
        let Some((_, class, share)) = bids.min_by(|(one, ..), (other, ..)| one.total_cmp(other)) else {
            return CostClass::Policy;
        };
        // Whether it is among the first of these to renew.
        let place = (u128::from(number(digest, &"place")) * u128::from(share.came)) >> 64;
        if place < share.renewed.into() { CostClass::Policy } else { *class }
    }
}

/// An even number that a digest has for a purpose.
fn number(digest: &[u8], purpose: &impl core::fmt::Display) -> u64 {
    let bytes: [u8; 32] = Sha256::new().chain_update(digest).chain_update(purpose.to_string()).finalize().into();
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::password::Sha;

    const CLASSES: [CostClass; 4] = [
        CostClass::Policy,
        CostClass::Bcrypt(12),
        CostClass::Pbkdf2(Sha::Sha256, 600_000),
        CostClass::Scrypt(15, 8, 1),
    ];

    fn shares(counts: [u64; 4]) -> Shares {
        let mut shares = Shares::default();
        CLASSES.into_iter().zip(counts).for_each(|(class, count)| shares.add(class, count));
        shares
    }

    fn draws(shares: &Shares, names: u64) -> Vec<CostClass> {
        (0..names).map(|name| shares.draw(&Sha256::digest(name.to_be_bytes()))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn names_are_spread_as_accounts_are(
            came in prop::array::uniform4(0u64..1000), parts in prop::array::uniform4(0u64..=100),
        ) {
            let total: u64 = came.iter().sum();
            prop_assume!(total > 0);
            let mut shares = shares(came);
            let mut have = came;
            for at in 1..4 {
                let renewed = came[at] * parts[at] / 100;
                shares.renew(CLASSES[at], renewed);
                have[at] -= renewed;
                have[0] += renewed;
            }
            let drawn = draws(&shares, 4000);
            for (class, have) in CLASSES.into_iter().zip(have) {
                let share = have as f64 / total as f64;
                let got = drawn.iter().filter(|drawn| **drawn == class).count() as f64;
                let deviation = (4000.0 * share * (1.0 - share)).sqrt();
                prop_assert!((got - 4000.0 * share).abs() <= 5.0 * deviation.max(1.0), "{class}: {got}");
            }
        }

        #[test]
        fn those_who_move_when_accounts_come_move_to_their_class(
            came in prop::array::uniform4(1u64..100), to in 0usize..4, more in 1u64..100,
        ) {
            let mut shares = shares(came);
            let before = draws(&shares, 500);
            shares.add(CLASSES[to], more);
            for (before, after) in before.iter().zip(draws(&shares, 500)) {
                prop_assert!(*before == after || after == CLASSES[to]);
            }
        }

        #[test]
        fn those_who_move_when_owners_renew_move_as_owners_do(
            came in prop::array::uniform4(1u64..40), from in 1usize..4,
        ) {
            let mut shares = shares(came);
            let mut before = draws(&shares, 500);
            for _ in 0..came[from] {
                shares.renew(CLASSES[from], 1);
                let after = draws(&shares, 500);
                for (before, after) in before.iter().zip(&after) {
                    prop_assert!(before == after || (*before == CLASSES[from] && after.is_policy()));
                }
                before = after;
            }
            prop_assert!(!before.contains(&CLASSES[from]));
        }
    }
}
