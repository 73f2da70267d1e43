//! Invitations (I).

use carekey::Method;
use carekey::invitation as core;
use core::OfficeAction;
use pyo3::prelude::*;

use super::checked::CheckedOf;
use super::{Held, policy};
use crate::arg::{Flag, Moment, Object, Text, Word, text, word};
use crate::engine::settings::Policy;
use crate::error::{rule, rule_or};
use crate::finding::Finding;
use crate::over::Over;
use crate::record::record;
use crate::secret::{Secret, SecretArg};
use crate::value::json_value;

/// The code of an invitation (I3): nine random characters of Crockford's base
/// 32, 45 bits, and a check character, which catches every wrong character and
/// every two that changed places.
///
/// >>> from carekey.invitation import InvitationCode
/// >>> code = InvitationCode.parse("7k3qo-d9wx2").require()
/// >>> code, code.grouped().reveal()
/// (InvitationCode('•••'), '7K3Q0-D9WX2')
/// >>> [finding.code for finding in InvitationCode.parse("7K3Q0-9DWX2").findings]
/// ['code.mistyped']
#[pyclass(frozen, module = "carekey")]
pub(crate) struct InvitationCode(core::InvitationCode);

#[pymethods]
impl InvitationCode {
    /// A new code.
    #[staticmethod]
    fn generate(py: Python<'_>) -> PyResult<Self> {
        rule(py, || Self(core::InvitationCode::generate(&mut rand::rng())))
    }

    /// Reads a code as someone typed it: in any case, O as 0, I and L as 1,
    /// blanks and hyphens passed over. No store is asked.
    ///
    /// Findings, on the field ``code``: ``code.malformed``, or
    /// ``code.mistyped``, which is a slip and need not count as a failure.
    #[staticmethod]
    fn parse(py: Python<'_>, text: SecretArg) -> PyResult<CheckedOf<Self>> {
        rule(py, || CheckedOf::map(core::InvitationCode::parse(text.0.reveal()), Self))
    }

    /// The one form that is compared and digested: ten characters, capital
    /// letters, no hyphen.
    fn canonical(&self) -> Secret {
        Secret(self.0.canonical().into())
    }

    /// The form for people, in two groups.
    fn grouped(&self) -> Secret {
        Secret(self.0.grouped())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.canonical() == other.get().canonical())
    }

    fn __repr__(&self) -> &'static str {
        "InvitationCode('•••')"
    }
}

/// The secret part of a link (I3): 160 random bits as 32 small letters and
/// digits.
///
/// >>> from carekey.invitation import LinkToken
/// >>> tapped = "<https://portal.example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt>."
/// >>> LinkToken.parse(tapped).require().canonical().reveal()
/// 'mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt'
#[pyclass(frozen, module = "carekey")]
pub(crate) struct LinkToken(pub(super) core::LinkToken);

#[pymethods]
impl LinkToken {
    /// A new token.
    #[staticmethod]
    fn generate(py: Python<'_>) -> PyResult<Self> {
        rule(py, || Self(core::LinkToken::generate(&mut rand::rng())))
    }

    /// Reads a token, alone or within a link.
    ///
    /// Findings, on the field ``link``: ``link.malformed``.
    #[staticmethod]
    fn parse(py: Python<'_>, text: SecretArg) -> PyResult<CheckedOf<Self>> {
        rule(py, || CheckedOf::map(core::LinkToken::parse(text.0.reveal()), Self))
    }

    /// The one form that is compared and digested.
    fn canonical(&self) -> Secret {
        Secret(self.0.canonical().into())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.canonical() == other.get().canonical())
    }

    fn __repr__(&self) -> &'static str {
        "LinkToken('•••')"
    }
}

/// The facts of one invitation (I2, I5 to I7). Its code and its link are not
/// among them.
///
/// Looking changes nothing; only :meth:`redeem` uses it up. That it does so
/// once, however many try at the same moment, is for whoever stores the facts:
/// write them back only if they are still the ones that were read. Moments are
/// kept to the millisecond.
///
/// >>> from datetime import datetime, timedelta, timezone
/// >>> from carekey.invitation import Invitation
/// >>> sent = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
/// >>> invitation = Invitation.issue("wei@example.com", "email", now=sent)
/// >>> invitation.redeem(sent + timedelta(days=14) - timedelta(milliseconds=1))
/// >>> invitation.standing(sent)
/// 'redeemed'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq)]
pub(crate) struct Invitation(Held<core::Invitation>);

impl Invitation {
    pub(crate) fn hold(invitation: core::Invitation) -> Self {
        Self(Held::new(invitation))
    }

    pub(crate) fn look<R>(&self, look: impl FnOnce(&core::Invitation) -> R) -> R {
        self.0.with(|invitation| look(invitation))
    }
}

#[pymethods]
impl Invitation {
    /// A new invitation to a contact in canonical form, good from now for the
    /// lifetime of the policy: by default 14 × 24 hours (I2).
    #[staticmethod]
    #[pyo3(signature = (contact, method, *, now, policy = None))]
    fn issue(
        py: Python<'_>,
        contact: Text,
        method: Word<Method>,
        now: Moment,
        policy: Option<Object<Policy>>,
    ) -> PyResult<Self> {
        let policy = self::policy(policy).invitation;
        rule(py, || Self(Held::new(core::Invitation::issue(&contact.0, method.0, &policy, now.0))))
    }

    /// Where it stands. What happened to it outweighs that its time is over.
    fn standing(&self, now: Moment) -> Word<core::Standing> {
        self.0.with(|invitation| Word(invitation.standing(now.0)))
    }

    /// How long it can still be redeemed; zero unless it is live.
    #[pyo3(signature = (now) -> "timedelta")]
    fn time_left(&self, py: Python<'_>, now: Moment) -> PyResult<time::Duration> {
        rule(py, || self.0.with(|invitation| invitation.time_left(now.0)))
    }

    /// Uses it up (I7).
    ///
    /// Raises :class:`RefusedError`, and it is as before:
    /// ``invitation.expired`` where its time is over, ``invitation.refused``
    /// where it was redeemed or superseded before.
    fn redeem(&self, py: Python<'_>, now: Moment) -> PyResult<()> {
        rule_or(py, || self.0.with(|invitation| invitation.redeem(now.0)))
    }

    /// Ends it: a newer one takes its place, or unlink wants no one to come
    /// back by it (I5, I6). Ending it again keeps the first moment.
    fn supersede(&self, py: Python<'_>, now: Moment) -> PyResult<()> {
        rule(py, || self.0.with(|invitation| invitation.supersede(now.0)))
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
        next_action: Option<Word<OfficeAction>> = match account {
            core::OnlineAccount::Linked(_) => None,
            core::OnlineAccount::Action(action) => Some(Word(action)),
        },
    }
}

/// What the office can do next with an item that is linked to an account or
/// not, and for which an invitation was ever sent or not (I4).
///
/// >>> from carekey.invitation import next_action
/// >>> next_action(linked=False, sent=True)
/// 'reinvite'
#[pyfunction]
#[pyo3(signature = (*, linked, sent))]
pub(crate) fn next_action(linked: Flag, sent: Flag) -> Word<OfficeAction> {
    Word(core::next_action(linked.0, sent.0))
}

/// What the Online Account column shows for an item: the e-mail or phone that
/// it is linked with, else the next action (I4).
#[pyfunction]
#[pyo3(signature = (*, linked_contact, sent))]
pub(crate) fn online_account(linked_contact: Option<Text>, sent: Flag) -> OnlineAccount {
    core::online_account(text(linked_contact).as_deref(), sent.0).over()
}

/// Why an action cannot be done with an item, as one row of a batch says it
/// (I9); None where it can. The field is ``action``.
///
/// ``invitation.already_linked``, ``invitation.already_sent``,
/// ``invitation.never_sent``, ``invitation.not_linked``.
#[pyfunction]
#[pyo3(signature = (action, *, linked, sent))]
pub(crate) fn check_action(action: Word<OfficeAction>, linked: Flag, sent: Flag) -> Option<Finding> {
    core::check_action(action.0, linked.0, sent.0).over()
}

/// How an invitation is sent, and where to (I1): the method and the contact.
/// What a batch asked for is used or nothing is; else the preferred one, else
/// e-mail, else SMS. Contacts are taken in canonical form.
///
/// Findings, on the field ``email`` or ``phone``: ``invitation.no_contact``.
///
/// >>> from carekey.invitation import choose_method
/// >>> choose_method(preferred="sms", email="sue@example.com").value
/// ('email', 'sue@example.com')
#[pyfunction]
#[pyo3(signature = (*, preferred = None, asked = None, email = None, phone = None))]
pub(crate) fn choose_method(
    py: Python<'_>,
    preferred: Option<Word<Method>>,
    asked: Option<Word<Method>>,
    email: Option<Text>,
    phone: Option<Text>,
) -> PyResult<CheckedOf<(Word<Method>, String)>> {
    let (email, phone) = (text(email), text(phone));
    rule(py, || {
        let chosen = core::choose_method(word(preferred), word(asked), email.as_deref(), phone.as_deref());
        CheckedOf::map(chosen, |(method, contact)| (Word(method), contact))
    })
}

json_value! { Invitation: invitation => &invitation.0.get(), Self::hold }
