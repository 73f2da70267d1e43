//! Where a user is signed in, for the office (E5).

use super::Office;
use crate::agency::doors::{SessionRow, signed_in};
use crate::agency::kernel::{get, now, read};
use crate::error::{Error, Result};
use crate::finding::Code;
use crate::id::AccountId;
use crate::store::record;

impl Office {
    /// Where a user is signed in: their sessions and the devices that are known
    /// (E5), the latest first, sessions before devices. All of them end with
    /// [`end_sessions`](Self::end_sessions).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `account.not_found`.
    pub fn sessions(&self, account: AccountId) -> Result<Vec<SessionRow>> {
        self.may("sessions")?;
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let account: Option<record::Account> = get(shared, id, account.0)?;
        let account = account.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let tokens = read(shared, &signed_in(&account))?;
        Ok(SessionRow::live(tokens.iter(), &account, now(shared)?))
    }
}
