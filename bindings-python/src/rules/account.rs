//! Enrolment and sign-in (E): the states of a login, counting failures, and
//! how long a session lives.

use carekey::Stage;
use carekey::account as core;
use carekey::policy::EnrolmentScheme;
use pyo3::prelude::*;

use super::{Held, policy};
use crate::arg::{Flag, Lasts, Moment, Object, Whole, Word};
use crate::engine::settings::Policy;
use crate::error::rule;
use crate::over::Over;
use crate::record::record;
use crate::value::json_value;

/// Where an account begins under a scheme (E1).
///
/// >>> from carekey.account import first_stage
/// >>> first_stage("temporary_password")
/// 'password_due'
#[pyfunction]
pub(crate) fn first_stage(scheme: Word<EnrolmentScheme>) -> Word<Stage> {
    Word(Stage::first(scheme.0))
}

/// Where an account goes when its user has chosen a password (E2): to the
/// questions, unless they are set or the policy asks none.
#[pyfunction]
#[pyo3(signature = (stage, *, questions_set, policy = None))]
pub(crate) fn after_password(stage: Word<Stage>, questions_set: Flag, policy: Option<Object<Policy>>) -> Word<Stage> {
    Word(stage.0.after_password(&self::policy(policy).questions, questions_set.0))
}

/// Where an account goes when the questions are set (E2).
#[pyfunction]
pub(crate) fn after_questions(stage: Word<Stage>) -> Word<Stage> {
    Word(stage.0.after_questions())
}

/// The state that is shown (E2): ``disabled`` hides the stage.
#[pyfunction]
#[pyo3(signature = (stage, *, disabled))]
pub(crate) fn state_of(stage: Word<Stage>, disabled: Flag) -> Word<core::State> {
    Word(core::State::of(stage.0, disabled.0))
}

record! {
    /// What becomes of an attempt (E4). It is true where it is to be
    /// evaluated.
    Admission from core::Admission as admission {
        /// `evaluate`, `locked` (too many failures), `closed` (until recovery)
        /// or `busy` (all places are held by attempts under way: come back in
        /// a moment).
        outcome: String = match admission {
            core::Admission::Evaluate => "evaluate",
            core::Admission::Locked(_) => "locked",
            core::Admission::Closed => "closed",
            core::Admission::Busy => "busy",
        }.to_owned(),
        /// Until when it is locked.
        until: Option<Moment> = match admission {
            core::Admission::Locked(until) => Some(Moment(until)),
            _ => None,
        },
    }
    methods {
        fn __bool__(&self) -> bool {
            self.outcome == "evaluate"
        }
    }
}

/// The failures of one account, or of one thing that is being guessed at (E4).
///
/// An attempt is let in before it is decided; store the throttle before
/// evaluating it, and say what came of it.
///
/// >>> from datetime import datetime, timezone
/// >>> from carekey.account import Throttle
/// >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
/// >>> throttle = Throttle()
/// >>> for _ in range(5):
/// ...     assert throttle.admit(now)
/// ...     throttle.failed(now)
/// >>> throttle.admit(now).until.isoformat()
/// '2026-11-22T09:00:30+00:00'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq)]
pub(crate) struct Throttle(Held<core::Throttle>);

impl Throttle {
    pub(crate) fn hold(throttle: core::Throttle) -> Self {
        Self(Held::new(throttle))
    }

    pub(crate) fn look<R>(&self, look: impl FnOnce(&core::Throttle) -> R) -> R {
        self.0.with(|throttle| look(throttle))
    }
}

#[pymethods]
impl Throttle {
    /// Lets an attempt in, or says why not.
    #[pyo3(signature = (now, *, policy = None))]
    fn admit(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<Admission> {
        let policy = self::policy(policy).throttle;
        rule(py, || self.0.with(|throttle| throttle.admit(&policy, now.0)).over())
    }

    /// Until when attempts are refused, if they are.
    fn locked(&self, now: Moment) -> Option<Moment> {
        self.0.with(|throttle| throttle.locked(now.0).map(Moment))
    }

    /// Whether password sign-in is closed until recovery.
    #[pyo3(signature = (*, policy = None))]
    fn closed(&self, policy: Option<Object<Policy>>) -> bool {
        self.0.with(|throttle| throttle.closed(&self::policy(policy).throttle))
    }

    /// An attempt that was let in was right: the row of failures ends.
    fn succeeded(&self, py: Python<'_>) -> PyResult<()> {
        rule(py, || self.0.with(core::Throttle::succeeded))
    }

    /// An attempt that was let in was wrong.
    #[pyo3(signature = (now, *, policy = None))]
    fn failed(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<()> {
        let policy = self::policy(policy).throttle;
        rule(py, || self.0.with(|throttle| throttle.failed(&policy, now.0)))
    }

    /// An attempt that was let in was neither: it could not be decided.
    fn withdrawn(&self, py: Python<'_>) -> PyResult<()> {
        rule(py, || self.0.with(core::Throttle::withdrawn))
    }

    /// A failure of another way in (recovery): it counts like a wrong
    /// password.
    #[pyo3(signature = (now, *, policy = None))]
    fn count(&self, py: Python<'_>, now: Moment, policy: Option<Object<Policy>>) -> PyResult<()> {
        let policy = self::policy(policy).throttle;
        rule(py, || self.0.with(|throttle| throttle.count(&policy, now.0)))
    }
}

json_value! { Throttle: throttle => &throttle.0.get(), Self::hold }

/// The life of one token: a session, or a step that was begun (E5, E6).
///
/// >>> from datetime import datetime, timedelta, timezone
/// >>> from carekey.account import TokenLife
/// >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
/// >>> life = TokenLife.session(now=now, epoch=0)
/// >>> life.is_live(now + timedelta(minutes=14), epoch=0), life.is_live(now + timedelta(minutes=15), epoch=0)
/// (True, False)
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq)]
pub(crate) struct TokenLife(Held<core::TokenLife>);

impl TokenLife {
    pub(crate) fn hold(life: core::TokenLife) -> Self {
        Self(Held::new(life))
    }

    pub(crate) fn look<R>(&self, look: impl FnOnce(&core::TokenLife) -> R) -> R {
        self.0.with(|life| look(life))
    }
}

#[pymethods]
impl TokenLife {
    /// A new session (E5): an idle and an absolute limit, or with ``remember``
    /// so many days, used or not.
    #[staticmethod]
    #[pyo3(signature = (*, now, epoch, remember = Flag(false), policy = None),
        text_signature = "(*, now, epoch, remember=False, policy=None)")]
    fn session(
        py: Python<'_>,
        now: Moment,
        epoch: Whole,
        remember: Flag,
        policy: Option<Object<Policy>>,
    ) -> PyResult<Self> {
        let policy = self::policy(policy).session;
        rule(py, || Self(Held::new(core::TokenLife::session(&policy, remember.0, now.0, epoch.0))))
    }

    /// A new step that lasts so long.
    #[staticmethod]
    #[pyo3(signature = (lasts, *, now, epoch))]
    fn step(py: Python<'_>, lasts: Lasts, now: Moment, epoch: Whole) -> PyResult<Self> {
        rule(py, || Self(Held::new(core::TokenLife::step(lasts.0, now.0, epoch.0))))
    }

    #[setter]
    fn set_used_at(&self, at: Moment) {
        self.0.with(|life| life.used_at = at.0);
    }

    #[setter]
    fn set_ended(&self, ended: Flag) {
        self.0.with(|life| life.ended = ended.0);
    }

    /// Whether it is good at that moment, for an account of that epoch. The
    /// moment of a limit itself is outside.
    #[pyo3(signature = (now, *, epoch))]
    fn is_live(&self, now: Moment, epoch: Whole) -> bool {
        self.0.with(|life| life.is_live(epoch.0, now.0))
    }
}

json_value! { TokenLife: life => &life.0.get(), Self::hold }
