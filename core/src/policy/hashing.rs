//! What a password hash may cost at most: the operator's word, not an agency's (P6).

use super::Argon2Cost;
use crate::finding::{Code, Finding};

/// What the operator of a directory lets a password hash cost (P6), whatever an
/// agency sets: every knock at a sign-in costs the shared server one hash.
///
/// ```
/// use carekey::policy::{Argon2Cost, HashingLimits};
///
/// let limits = HashingLimits::default();
/// let dear = Argon2Cost { memory_kib: 1024 * 1024, passes: 2, lanes: 1 };
/// assert_eq!(limits.findings(&dear)[0].code.as_str(), "policy.cost_over_limit");
/// assert_eq!(limits.clamp(dear).memory_kib, 64 * 1024);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingLimits {
    /// The most memory of one hash, in KiB.
    pub memory_kib: u32,
    /// The most passes over it.
    pub passes: u32,
    /// The most lanes.
    pub lanes: u32,
}

impl Default for HashingLimits {
    /// 64 MiB, 4 passes, 4 lanes.
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 4, lanes: 4 }
    }
}

impl HashingLimits {
    /// Where a cost is over the limit: `policy.cost_over_limit`, once for each
    /// of memory, passes and lanes.
    pub fn findings(&self, cost: &Argon2Cost) -> Vec<Finding> {
        let over = [
            ("memory_kib", cost.memory_kib, self.memory_kib),
            ("passes", cost.passes, self.passes),
            ("lanes", cost.lanes, self.lanes),
        ];
        over.into_iter()
            .filter(|(_, asked, most)| asked > most)
            .map(|(setting, asked, most)| {
                Finding::new(Code::PolicyCostOverLimit, "password.cost")
                    .with("setting", setting)
                    .with("asked", asked)
                    .with("maximum", most)
            })
            .collect()
    }

    /// The cost, or the limit where it is over it: a stored policy may be older
    /// than the limit.
    #[must_use]
    pub fn clamp(&self, cost: Argon2Cost) -> Argon2Cost {
        Argon2Cost {
            memory_kib: cost.memory_kib.min(self.memory_kib),
            passes: cost.passes.min(self.passes),
            lanes: cost.lanes.min(self.lanes),
        }
    }
}
