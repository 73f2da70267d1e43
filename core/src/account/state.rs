//! The states of an account (E2) and what moves it.

use crate::policy::{EnrolmentScheme, QuestionPolicy};
use crate::text_enum::text_enum;
use crate::words::{Purpose, Stage};

text_enum! {
    /// Where an account stands (E2): its stage, unless it is disabled.
    pub enum State {
        /// A link was sent; no password yet.
        Invited = "invited",
        /// A temporary password is to be changed.
        PasswordDue = "password_due",
        /// The security questions are to be set.
        QuestionsDue = "questions_due",
        /// All is done.
        Active = "active",
        /// Closed by the office; its stage is kept.
        Disabled = "disabled",
    }
}

impl State {
    /// The state that is shown (E2): `disabled` hides the stage.
    ///
    /// ```
    /// use carekey::{Stage, account::State};
    ///
    /// assert_eq!(State::of(Stage::Active, false), State::Active);
    /// assert_eq!(State::of(Stage::Active, true), State::Disabled);
    /// ```
    pub const fn of(stage: Stage, disabled: bool) -> Self {
        if disabled {
            return Self::Disabled;
        }
        match stage {
            Stage::Invited => Self::Invited,
            Stage::PasswordDue => Self::PasswordDue,
            Stage::QuestionsDue => Self::QuestionsDue,
            Stage::Active => Self::Active,
        }
    }

    /// What an app shows next: a step on the way to the first sign-in, or the
    /// sign-in itself. Nothing where the account is disabled: only the office
    /// can help.
    ///
    /// ```
    /// use carekey::{account::State, words::Purpose};
    ///
    /// assert_eq!(State::PasswordDue.next_step(), Some(Purpose::ChangePassword));
    /// assert_eq!(State::Disabled.next_step(), None);
    /// ```
    pub const fn next_step(self) -> Option<Purpose> {
        match self {
            Self::Invited => Some(Purpose::Activation),
            Self::PasswordDue => Some(Purpose::ChangePassword),
            Self::QuestionsDue => Some(Purpose::SetQuestions),
            Self::Active => Some(Purpose::Session),
            Self::Disabled => None,
        }
    }
}

impl Stage {
    /// Where an account begins under a scheme (E1).
    ///
    /// ```
    /// use carekey::{Stage, policy::EnrolmentScheme};
    ///
    /// assert_eq!(Stage::first(EnrolmentScheme::TemporaryPassword), Stage::PasswordDue);
    /// assert_eq!(Stage::first(EnrolmentScheme::ActivationLink), Stage::Invited);
    /// ```
    pub const fn first(scheme: EnrolmentScheme) -> Self {
        match scheme {
            EnrolmentScheme::TemporaryPassword => Self::PasswordDue,
            EnrolmentScheme::ActivationLink | EnrolmentScheme::InvitationCode => Self::Invited,
        }
    }

    /// Where an account goes when its user has chosen a password (E2): to the
    /// questions, unless they are set or the policy asks none.
    pub fn after_password(self, questions: &QuestionPolicy, questions_set: bool) -> Self {
        match self {
            Self::Active => Self::Active,
            _ if questions_set || questions.count == 0 => Self::Active,
            _ => Self::QuestionsDue,
        }
    }

    /// Where an account goes when the questions are set (E2).
    pub const fn after_questions(self) -> Self {
        match self {
            Self::QuestionsDue | Self::Active => Self::Active,
            earlier => earlier,
        }
    }
}
