//! Accounts: states, the next step, counting failures, sessions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use carekey::account;

use crate::choice::choices;
use crate::policy::Policy;
use crate::records::{SessionLife, ThrottleState};
use crate::types::Moment;
use crate::words::{AccountState, EnrolmentScheme, Stage, Step};

/// Where an account begins under a scheme.
#[uniffi::export]
pub fn first_stage(scheme: EnrolmentScheme) -> Stage {
    carekey::Stage::first(scheme.into()).into()
}

/// The state that is shown: `disabled` hides the stage.
#[uniffi::export]
pub fn account_state(stage: Stage, disabled: bool) -> AccountState {
    account::State::of(stage.into(), disabled).into()
}

/// What an app shows next: a step on the way to the first sign-in, or the
/// sign-in itself. Nothing where the account is disabled: only the office can
/// help.
#[uniffi::export]
pub fn next_step(state: AccountState) -> Option<Step> {
    account::State::from(state).next_step().map(Step::from)
}

/// Where an account goes when the questions are set.
#[uniffi::export]
pub fn stage_after_questions(stage: Stage) -> Stage {
    carekey::Stage::from(stage).after_questions().into()
}

#[uniffi::export]
impl Policy {
    /// Where an account goes when its user has chosen a password: to the
    /// questions, unless they are set or the policy asks none.
    pub fn stage_after_password(&self, stage: Stage, questions_set: bool) -> Stage {
        carekey::Stage::from(stage).after_password(&self.0.questions, questions_set).into()
    }

    /// A new session that begins now: with an idle and an absolute limit, or
    /// with "remember me" so many days, used or not.
    pub fn session(&self, remember: bool, now: Moment, epoch: i64) -> SessionLife {
        account::TokenLife::session(&self.0.session, remember, now, epoch).into()
    }

    /// A throttle that has counted nothing yet.
    pub fn throttle(&self) -> Arc<Throttle> {
        Arc::new(Throttle { policy: self.0.throttle.clone(), state: Mutex::default() })
    }
}

#[uniffi::export]
impl SessionLife {
    /// Whether it is good at that moment, for an account of that epoch. The
    /// moment of a limit itself is outside.
    pub fn is_live(&self, epoch: i64, now: Moment) -> bool {
        account::TokenLife::from(self.clone()).is_live(epoch, now)
    }
}

/// A new step (choosing a password, setting the questions) that lasts so long.
#[uniffi::export]
pub fn step_life(lasts: core::time::Duration, now: Moment, epoch: i64) -> SessionLife {
    let lasts = lasts.try_into().unwrap_or(time::Duration::MAX);
    account::TokenLife::step(lasts, now, epoch).into()
}

choices! {
    /// What becomes of an attempt.
    Admission = carekey::account::Admission {
        /// Evaluate it, then say `succeeded` or `failed`.
        Evaluate,
        /// Refused: too many failures, until then.
        Locked(
            /// Until when.
            until: Moment
        ),
        /// Refused: closed until recovery.
        Closed,
        /// All places are held by attempts under way: come back in a moment.
        Busy,
    }
}

/// Counts the failures of one thing that is being guessed at: what a server
/// does for a password, an app does for its own lock.
#[derive(Debug, uniffi::Object)]
pub struct Throttle {
    policy: carekey::policy::ThrottlePolicy,
    state: Mutex<account::Throttle>,
}

#[uniffi::export]
impl Throttle {
    /// Lets an attempt in, or says why not.
    pub fn admit(&self, now: Moment) -> Admission {
        self.counted().admit(&self.policy, now).into()
    }

    /// An attempt that was let in was right: the row of failures ends.
    pub fn succeeded(&self) {
        self.counted().succeeded();
    }

    /// An attempt that was let in was wrong.
    pub fn failed(&self, now: Moment) {
        self.counted().failed(&self.policy, now);
    }

    /// An attempt that was let in was neither: it could not be decided.
    pub fn withdrawn(&self) {
        self.counted().withdrawn();
    }

    /// A failure of another way in: it counts like a wrong password.
    pub fn count(&self, now: Moment) {
        self.counted().count(&self.policy, now);
    }

    /// What was counted, for keeping.
    pub fn state(&self) -> ThrottleState {
        self.counted().clone().into()
    }

    /// Goes on from what was kept.
    pub fn restore(&self, state: ThrottleState) {
        *self.counted() = state.into();
    }
}

impl Throttle {
    fn counted(&self) -> MutexGuard<'_, account::Throttle> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
