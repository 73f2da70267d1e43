//! Invitations: the code, the link, their life, and what the office may do.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use carekey::finding::Checked;
use carekey::invitation;

use crate::choice::choices;
use crate::error::CarekeyError;
use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::records::Invitation;
use crate::types::Moment;
use crate::words::{ContactMethod, Language, OfficeAction, Standing};

/// The code of an invitation: nine characters of Crockford's base 32 and a
/// check character. It prints as `•••`.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct InvitationCode(invitation::InvitationCode);

#[uniffi::export]
impl InvitationCode {
    /// Reads a code as someone typed it: in any case, O as 0, I and L as 1,
    /// blanks and hyphens passed over.
    ///
    /// Throws `Invalid`, without asking a network: `code.malformed` where there
    /// are not ten letters and digits (yet), `code.mistyped` where the check
    /// character tells of a slip. A code that is read can still be a wrong
    /// one: only the server knows.
    #[uniffi::constructor]
    pub fn new(text: &str) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(invitation::InvitationCode::parse(text).into_result()?)))
    }

    /// The code itself, ten characters: what the server is sent.
    pub fn canonical(&self) -> String {
        self.0.canonical().to_owned()
    }

    /// The form for people, in two groups: `7K3Q0-D9WX2`.
    pub fn grouped(&self) -> String {
        self.0.grouped().reveal().to_owned()
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The secret part of the link of an invitation. It prints as `•••`.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct LinkToken(pub(crate) invitation::LinkToken);

#[uniffi::export]
impl LinkToken {
    /// Reads a token, alone or within a link, as a mail client or the system
    /// hands it over.
    ///
    /// Throws `Invalid` with `link.malformed` where there is none.
    #[uniffi::constructor]
    pub fn new(link: &str) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(invitation::LinkToken::parse(link).into_result()?)))
    }

    /// The token itself: what the server is sent.
    pub fn canonical(&self) -> String {
        self.0.canonical().to_owned()
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl Invitation {
    /// Where it stands.
    pub fn standing(&self, now: Moment) -> Standing {
        self.core().standing(now).into()
    }

    /// How long it can still be redeemed; zero unless it is live.
    pub fn time_left(&self, now: Moment) -> Duration {
        self.core().time_left(now).try_into().unwrap_or_default()
    }

    /// How long it can still be redeemed, in words: `13 days`, `47 horas`.
    pub fn time_left_text(&self, now: Moment, language: Language) -> String {
        carekey::message::span(self.core().time_left(now), language.into())
    }

    /// The invitation as it is once it was redeemed at that moment.
    ///
    /// Throws `Refused`: `invitation.expired` where its time is over,
    /// `invitation.refused` where it was redeemed or superseded before.
    pub fn redeemed(&self, now: Moment) -> Result<Self, CarekeyError> {
        let mut invitation = self.core();
        invitation.redeem(now)?;
        Ok(invitation.into())
    }

    /// The invitation as it is once a newer one took its place.
    pub fn superseded(&self, now: Moment) -> Self {
        let mut invitation = self.core();
        invitation.supersede(now);
        invitation.into()
    }
}

#[uniffi::export]
impl Policy {
    /// A new invitation to a contact in canonical form, good from now for the
    /// lifetime of the policy.
    pub fn issue_invitation(&self, contact: &str, method: ContactMethod, now: Moment) -> Invitation {
        invitation::Invitation::issue(contact, method.into(), &self.0.invitation, now).into()
    }
}

choices! {
    /// What the Online Account column shows for an item.
    OnlineAccount = carekey::invitation::OnlineAccount {
        /// The e-mail or phone of the account that it is linked to.
        Linked(
            /// The e-mail or phone.
            contact: String
        ),
        /// What can be done, since it is linked to none.
        Action(
            /// The action.
            action: OfficeAction
        ),
    }
}

/// What the office can do next with an item that is linked or not, and for
/// which an invitation was ever sent or not.
#[uniffi::export]
pub fn next_office_action(linked: bool, sent: bool) -> OfficeAction {
    invitation::next_action(linked, sent).into()
}

/// Why an action cannot be done with an item; nothing where it can.
#[uniffi::export]
pub fn check_office_action(action: OfficeAction, linked: bool, sent: bool) -> Option<Finding> {
    invitation::check_action(action.into(), linked, sent).map(Finding::from)
}

/// What the Online Account column shows for an item.
#[uniffi::export]
pub fn online_account(linked_contact: Option<String>, sent: bool) -> OnlineAccount {
    invitation::online_account(linked_contact.as_deref(), sent).into()
}

/// How an invitation is sent, and where to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MethodChoice {
    /// How; nothing where there is nobody to send to.
    pub method: Option<ContactMethod>,
    /// Where to, in canonical form.
    pub contact: Option<String>,
    /// `invitation.no_contact` for each contact that would mend it.
    pub findings: Vec<Finding>,
}

/// How an invitation is sent, and where to: as it is asked for, or else as
/// preferred, or else by what there is.
#[uniffi::export(default(preferred = None, asked = None, email = None, phone = None))]
pub fn choose_method(
    preferred: Option<ContactMethod>,
    asked: Option<ContactMethod>,
    email: Option<String>,
    phone: Option<String>,
) -> MethodChoice {
    let Checked { value, findings: found } = invitation::choose_method(
        preferred.map(carekey::Method::from),
        asked.map(carekey::Method::from),
        email.as_deref(),
        phone.as_deref(),
    );
    let (method, contact) = value.unzip();
    MethodChoice { method: method.map(ContactMethod::from), contact, findings: findings(found) }
}

impl Invitation {
    fn core(&self) -> invitation::Invitation {
        self.clone().into()
    }
}
