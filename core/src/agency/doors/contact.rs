//! Confirming a new contact, and objecting to one (C2): by the links that were
//! sent to the new contact and to the earlier one.

use crate::agency::identity::{contacts, names};
use crate::agency::kernel::{Act, Agency, Source, Tracked, act, run, system, tokens};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, params};
use crate::invitation::LinkToken;
use crate::store::record;
use crate::words::{EventKind, Purpose};

impl Agency {
    /// Confirms a new e-mail address or phone number by the link that was sent
    /// to it (C2). It takes the place of the earlier one, and where that was
    /// the username, the username follows (U1). Gives the username.
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer
    /// good, or the owner of the earlier contact objected; the findings about
    /// the username.
    pub fn confirm_contact(&self, link: &str, source: &Source) -> Result<String> {
        let link = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(source), |act| {
            let (mut token, mut account) = tokens::live(act, link.canonical(), Purpose::ConfirmContact)?;
            let mut new = asked_about(act, &token)?.ok_or_else(refused)?;
            if new.proven_at.is_some() || new.objected_at.is_some() {
                return Err(refused());
            }
            act.acting = act::user(&account, source);
            tokens::end(act, &mut token);
            new.proven_at = Some(act.now);
            let (mut follows, mut replaces) = (false, false);
            for old in contacts::of(act, account.id)? {
                if old.method == new.method && old.id != new.id {
                    follows |= old.canonical == account.username_canonical;
                    replaces |= old.proven_at.is_some();
                    old.delete();
                }
            }
            if replaces {
                // A recovery that got so far by a code to the earlier one is over (C1).
                for step in [Purpose::RecoveryQuestions, Purpose::NewPassword] {
                    tokens::end_all(act, account.id, step)?;
                }
            }
            act.event(&mut account, EventKind::ContactProven, params([("method", new.method.as_str().into())]));
            if follows {
                names::rename(act, &mut account, &new.address)?;
            }
            Ok(account.username.clone())
        })
    }

    /// Objects to a new e-mail address or phone number, by the link that was
    /// sent to the earlier one (C2): it cannot be confirmed any more, and
    /// stands in the office's review, also where whoever has it was quicker.
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer good.
    pub fn object_to_contact(&self, link: &str, source: &Source) -> Result<()> {
        let link = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(source), |act| {
            let (mut token, mut account) = tokens::live(act, link.canonical(), Purpose::ObjectToContact)?;
            let mut new = asked_about(act, &token)?.ok_or_else(refused)?;
            tokens::end(act, &mut token);
            tokens::end_all(act, account.id, Purpose::ConfirmContact)?;
            new.objected_at = Some(act.now);
            act.event(&mut account, EventKind::ContactObjected, params([("method", new.method.as_str().into())]));
            Ok(())
        })
    }
}

/// The contact that a link is about, while the account has it.
fn asked_about(act: &Act<'_>, token: &record::Token) -> Result<Option<Tracked<record::Contact>>> {
    let Some(id) = token.contact else { return Ok(None) };
    act.by_id(id.0)
}

fn refused() -> Error {
    Error::new(ErrorKind::Refused, Code::StepRefused)
}
