//! What the office may do with an item, and how an invitation is sent (I1,
//! I4, I9).
//!
//! An item is what an invitation is for: a party, or an application.
//!
//! S3's page contradicts itself: it has linked items offer "Invite" in one
//! sentence and "Unlink" in the next. Its three cases decide: an item that is
//! linked can be unlinked; one that is not, and was invited, can be invited
//! again, be the invitation live or lapsed; any other can be invited.

use serde::{Deserialize, Serialize};

use crate::finding::{Checked, Code, Finding};
use crate::text_enum::text_enum;
use crate::words::Method;

text_enum! {
    /// The one thing that the office can do with an item next (I4).
    pub enum OfficeAction {
        /// Send the first invitation.
        Invite = "invite",
        /// Send a new one, which ends the earlier (I5).
        Reinvite = "reinvite",
        /// Take the account's access to the item away (I6).
        Unlink = "unlink",
    }
}

/// What the Online Account column shows for an item (I4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlineAccount {
    /// The e-mail or phone of the account that it is linked to.
    Linked(String),
    /// What can be done, since it is linked to none.
    Action(OfficeAction),
}

/// What the office can do next with an item that is linked to an account or
/// not, and for which an invitation was ever sent or not (I4). After Unlink
/// an item counts as sent, so that Reinvite is next (I6).
///
/// ```
/// use carekey::invitation::{OfficeAction, next_action};
///
/// assert_eq!(next_action(false, false), OfficeAction::Invite);
/// assert_eq!(next_action(false, true), OfficeAction::Reinvite);
/// assert_eq!(next_action(true, true), OfficeAction::Unlink);
/// ```
pub fn next_action(linked: bool, sent: bool) -> OfficeAction {
    match (linked, sent) {
        (true, _) => OfficeAction::Unlink,
        (false, true) => OfficeAction::Reinvite,
        (false, false) => OfficeAction::Invite,
    }
}

/// What the Online Account column shows for an item: the e-mail or phone that
/// it is linked with, else the next action (I4).
pub fn online_account(linked_contact: Option<&str>, sent: bool) -> OnlineAccount {
    match linked_contact {
        Some(contact) => OnlineAccount::Linked(contact.to_owned()),
        None => OnlineAccount::Action(next_action(false, sent)),
    }
}

/// Why an action cannot be done with an item, as one row of a batch says it
/// (I9); `None` where it can. An action can be done exactly where it is the
/// [`next_action`].
///
/// Inviting what was invited before is `invitation.already_sent`, so a batch
/// that is run twice sends nothing twice. The field is `action`.
pub fn check_action(action: OfficeAction, linked: bool, sent: bool) -> Option<Finding> {
    let code = match (action, next_action(linked, sent)) {
        (OfficeAction::Invite | OfficeAction::Reinvite, OfficeAction::Unlink) => Code::InvitationAlreadyLinked,
        (OfficeAction::Invite, OfficeAction::Reinvite) => Code::InvitationAlreadySent,
        (OfficeAction::Reinvite, OfficeAction::Invite) => Code::InvitationNeverSent,
        (OfficeAction::Unlink, OfficeAction::Invite | OfficeAction::Reinvite) => Code::InvitationNotLinked,
        (OfficeAction::Invite, OfficeAction::Invite)
        | (OfficeAction::Reinvite, OfficeAction::Reinvite)
        | (OfficeAction::Unlink, OfficeAction::Unlink) => return None,
    };
    Some(Finding::new(code, "action"))
}

/// How an invitation is sent, and where to (I1).
///
/// * A method that a batch asks for is used or nothing is: the office said so.
/// * Else the preferred one is used.
/// * Else, or where the preferred one has no contact, e-mail is used, and SMS
///   where there is no e-mail: that it is sent at all matters more to a family
///   than the way.
///
/// Contacts are taken in canonical form; a blank one counts as none. Where
/// nothing can be sent there is one `invitation.no_contact` for each contact
/// that would mend it, about the field `email` or `phone`, e-mail first.
///
/// ```
/// use carekey::Method;
/// use carekey::invitation::choose_method;
///
/// let sent = choose_method(Some(Method::Sms), None, Some("sue@example.com"), None);
/// assert_eq!(sent.value, Some((Method::Email, "sue@example.com".to_owned())));
/// ```
pub fn choose_method(
    preferred: Option<Method>,
    asked: Option<Method>,
    email: Option<&str>,
    phone: Option<&str>,
) -> Checked<(Method, String)> {
    let contact = |method: Method| {
        let contact = match method {
            Method::Email => email,
            Method::Sms => phone,
        };
        contact.filter(|contact| !contact.trim().is_empty())
    };
    let by_asked = asked.as_slice();
    let by_preference: Vec<Method> = preferred.into_iter().chain([Method::Email, Method::Sms]).collect();
    let tried = if asked.is_some() { by_asked } else { &by_preference };

    match tried.iter().find_map(|method| Some((*method, contact(*method)?.to_owned()))) {
        Some(sent) => Checked::pass(sent),
        None => Checked {
            value: None,
            findings: Method::ALL.iter().filter(|method| tried.contains(method)).map(|m| no_contact(*m)).collect(),
        },
    }
}

fn no_contact(method: Method) -> Finding {
    let field = match method {
        Method::Email => "email",
        Method::Sms => "phone",
    };
    Finding::new(Code::InvitationNoContact, field).with("method", method.as_str())
}
