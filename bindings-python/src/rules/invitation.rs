//! Invitations (I): their secrets, and what the Online Account column shows.

use carekey::Method;
use carekey::invitation as core;
use pyo3::prelude::*;

use super::written::{InvitationCode, LinkToken};
use crate::arg::{Object, Word};
use crate::over::Over;
use crate::record::record;

/// How an invitation is sent, and where to.
pub(crate) type Way = (Word<Method>, String);

impl Over<Way> for (Method, String) {
    fn over(self) -> Way {
        (Word(self.0), self.1)
    }
}

impl Over<core::LinkToken> for Object<LinkToken> {
    fn over(self) -> core::LinkToken {
        self.0.get().0.clone()
    }
}

#[pymethods]
impl InvitationCode {
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0.canonical() == other.get().0.canonical())
    }

    fn __repr__(&self) -> &'static str {
        "InvitationCode('•••')"
    }
}

#[pymethods]
impl LinkToken {
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0.canonical() == other.get().0.canonical())
    }

    fn __repr__(&self) -> &'static str {
        "LinkToken('•••')"
    }
}

record! {
    /// What the Online Account column shows for an item (I4): one of the two.
    OnlineAccount from core::OnlineAccount as account {
        /// The e-mail or phone of the account that it is linked to.
        linked_to: Option<String> = match &account {
            core::OnlineAccount::Linked(contact) => Some(contact.clone()),
            core::OnlineAccount::Action(_) => None,
        },
        /// What can be done, since it is linked to none.
        next_action: Option<Word<core::OfficeAction>> = match account {
            core::OnlineAccount::Linked(_) => None,
            core::OnlineAccount::Action(action) => Some(Word(action)),
        },
    }
}
