//! Values with which a text is tried (N): people of its language, the agency's
//! own name, addresses and terms, and secrets that open nothing.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use crate::agency::identity::changes::OBJECTION;
use crate::agency::kernel::{Said, spoken};
use crate::finding::{Locale, Params};
use crate::message::{Page, fields};
use crate::policy::Policy;
use crate::secret::Secret;
use crate::store::record;
use crate::texts::{Section, find};
use crate::words::{MessageKind, Method};

/// A number of the kind that nobody has.
const PHONE: &str = "+12125550123";

/// What a text is filled in with to be looked at.
pub(super) fn sample(
    agency: &record::Agency,
    kind: MessageKind,
    method: Method,
    locale: Locale,
    now: OffsetDateTime,
) -> (Params, BTreeMap<String, Secret>) {
    let word = |word: &'static str| find(Section::Samples, word, locale);
    let contact = match method {
        Method::Email => word("email"),
        Method::Sms => PHONE,
    };
    let said = Said {
        name: word("name"),
        username: Some(word("email")),
        contact: Some(contact),
        representative: Some((word("name"), now.saturating_add(Duration::days(365)))),
        valid: valid(&agency.policy, kind, method),
    };
    // No link has a token like this, no code passes its check, and no password
    // is made so: what is left lying about opens nothing.
    let secret = |name: &str| match name {
        "link" => format!("{}#SAMPLE", Page::of(kind).address(&agency.link_base)),
        "code" if kind == MessageKind::RecoveryCode => "000000".to_owned(),
        "code" => "SAMPL-E0000".to_owned(),
        "password" => "Sample-0000".to_owned(),
        _ => word("text").to_owned(),
    };
    let secrets = fields(kind).secrets.iter().map(|name| ((*name).to_owned(), Secret::from(secret(name)))).collect();
    (spoken(agency, kind, locale, now, &said), secrets)
}

/// How long what a message carries is good, as the agency has set it.
fn valid(policy: &Policy, kind: MessageKind, method: Method) -> Option<Duration> {
    Some(match kind {
        MessageKind::ContactChanging => OBJECTION,
        MessageKind::Activation | MessageKind::ActivationReminder | MessageKind::ConfirmContact => {
            Duration::hours(policy.enrolment.activation_hours.into())
        }
        MessageKind::Registration | MessageKind::RegistrationReminder => {
            Duration::hours(policy.temporary_password.lifetime_hours.into())
        }
        MessageKind::Invitation | MessageKind::InvitationReminder => {
            Duration::hours(policy.invitation.lifetime_hours.into())
        }
        MessageKind::RecoveryCode => match method {
            Method::Email => Duration::minutes(policy.recovery.email_minutes.into()),
            Method::Sms => Duration::minutes(policy.recovery.sms_minutes.into()),
        },
        MessageKind::PasswordChanged
        | MessageKind::QuestionsChanged
        | MessageKind::ContactChanged
        | MessageKind::LinkChanged
        | MessageKind::RepresentativeAdded
        | MessageKind::MessageOwner => return None,
    })
}
