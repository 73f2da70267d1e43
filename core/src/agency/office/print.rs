//! Codes that are printed to be handed over, in place of a message (I10).

use time::OffsetDateTime;

use super::invite::{Carried, Item, issue};
use super::{Invitee, Office};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};
use crate::id::InvitationId;
use crate::message::Page;
use crate::secret::Secret;
use crate::words::{EventKind, Method};

/// An invitation on paper: what is printed, and handed over (I10). It is shown
/// once: what is stored of it are keyed digests.
#[derive(Debug, Clone)]
pub struct PrintedCode {
    /// The invitation.
    pub invitation: InvitationId,
    /// The code, in groups.
    pub code: Secret,
    /// The link, for a square that a phone reads.
    pub link: Secret,
    /// What is asked for together with the code: the party's e-mail or phone as
    /// the office has it. It becomes the username (U2).
    pub contact: String,
    /// The application's number, which is asked for in its place.
    pub application: Option<String>,
    /// From when on it is dead; the moment itself is outside.
    pub expires_at: OffsetDateTime,
}

impl Office {
    /// Makes an invitation that is printed and handed over, and sends nothing
    /// (I10): 14 days as any other; the earlier one dies at once (I5). The code
    /// is redeemed together with the party's e-mail or phone, by the preferred
    /// way or the one that is named, or with the application's number (I3).
    ///
    /// Nothing was sent to that contact, so redeeming proves none (C1): once a
    /// password was chosen, its user is sent a link to confirm it. Whoever has no
    /// contact could get no username by the code (U2): `invitation.no_contact`
    /// asks for one to be written down first.
    ///
    /// # Errors
    ///
    /// `invitation.already_linked`, `invitation.no_contact`; `party.not_found`,
    /// `application.not_found`.
    pub fn print_code(&self, item: Invitee, method: Option<Method>) -> Result<PrintedCode> {
        self.act("print_code", |act| {
            let mut item = Item::load(act, item)?;
            if item.is_linked() {
                return Err(Finding::new(Code::InvitationAlreadyLinked, "item").into());
            }
            let issued = issue(act, &mut item.party, item.application.as_mut(), method, Carried::Printed)?;
            let issued = issued.value.ok_or_else(|| Error::invalid(issued.findings))?;
            act.agency_event(EventKind::CodePrinted, issued.details)?;
            Ok(PrintedCode {
                invitation: issued.id,
                code: issued.secret.code.grouped(),
                link: Page::Invitation.link(&act.agency.link_base, &issued.secret.link),
                contact: issued.address,
                application: item.application.map(|application| application.number.clone()),
                expires_at: issued.life.expires_at,
            })
        })
    }
}
