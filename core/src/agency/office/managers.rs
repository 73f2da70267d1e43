//! Account managers (A1): at most as many as the policy says, never fewer than
//! one once there is one, and one who can act always remains. Only support adds
//! and removes them, by whatever act.

use super::users::{NewStaff, staff_account};
use super::{Office, may_manage, not_allowed};
use crate::agency::identity::contacts;
use crate::agency::identity::enrol::Enrolled;
use crate::agency::kernel::{Act, Tracked};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Params, params};
use crate::id::AccountId;
use crate::name::PersonName;
use crate::store::record;
use crate::words::{ActorKind, EventKind, Method};

impl Office {
    /// Makes a new account and an account manager of it (A1). Only support
    /// does; the limit of the policy holds under parallel attempts.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.limit`, `manager.name_missing`,
    /// `email.missing`, `phone.missing`, and the findings about e-mail, phone and
    /// username.
    pub fn add_manager(&self, new: &NewStaff) -> Result<Enrolled> {
        self.support_act("add_manager", |act| {
            make_room(act)?;
            let (mut account, enrolled) = staff_account(act, new, None, true)?;
            become_manager(act, &mut account)?;
            Ok(enrolled)
        })
    }

    /// Makes an account manager of an account that is there already (A1).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.limit`, `manager.already`,
    /// `manager.name_missing`, `email.missing`, `phone.missing`,
    /// `account.not_found`, `account.deleted`, `account.disabled`.
    pub fn promote(&self, account: AccountId) -> Result<()> {
        self.support_act("promote", |act| {
            let mut account = act.account(account)?;
            check_fit(act, &account, "account")?;
            make_room(act)?;
            become_manager(act, &mut account)
        })
    }

    /// Ends someone's being an account manager (A1); the account stays.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.not`, `manager.last`, `account.not_found`,
    /// `account.deleted`.
    pub fn remove_manager(&self, account: AccountId) -> Result<()> {
        self.support_act("remove_manager", |act| {
            let mut account = act.account(account)?;
            if account.manager_since.is_none() {
                return Err(Finding::new(Code::ManagerNot, "account").into());
            }
            keep_one(act, &account)?;
            step_down(act, &mut account)
        })
    }

    /// Hands a manager's place to another account, in one act: the number
    /// stays the same, so it works at the limit and for the last one (A1).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `manager.not`, `manager.already`,
    /// `manager.name_missing`, `email.missing`, `phone.missing`,
    /// `account.not_found`, `account.deleted`, `account.disabled`;
    /// `manager.last` where nobody who can act would remain.
    pub fn hand_over(&self, from: AccountId, to: AccountId) -> Result<()> {
        self.support_act("hand_over", |act| {
            let mut from = act.account(from)?;
            let mut to = act.account(to)?;
            if from.manager_since.is_none() {
                return Err(Finding::new(Code::ManagerNot, "from").into());
            }
            check_fit(act, &to, "to")?;
            let takes_over = to.stage == crate::Stage::Active;
            if has_come(&from) && !takes_over {
                keep_one(act, &from)?;
            }
            step_down(act, &mut from)?;
            become_manager(act, &mut to)
        })
    }
}

/// What a manager must have: full name, e-mail and phone (A1).
pub(super) fn fit(name: &PersonName, has_email: bool, has_phone: bool) -> Vec<Finding> {
    let missing = [
        (name.first.is_none() || name.last.is_none(), Code::ManagerNameMissing, "name"),
        (!has_email, Code::EmailMissing, "email"),
        (!has_phone, Code::PhoneMissing, "phone"),
    ];
    missing.into_iter().filter(|(is, _, _)| *is).map(|(_, code, field)| Finding::new(code, field)).collect()
}

/// Whether an account that is there can become a manager.
fn check_fit(act: &Act<'_>, account: &record::Account, field: &str) -> Result<()> {
    if account.manager_since.is_some() {
        return Err(Finding::new(Code::ManagerAlready, field).into());
    }
    if account.disabled_at.is_some() {
        return Err(Finding::new(Code::AccountDisabled, field).into());
    }
    let contacts = contacts::of(act, account.id)?;
    let has = |method: Method| contacts.iter().any(|contact| contact.method == method);
    let name =
        PersonName { first: account.first_name.clone(), last: account.last_name.clone(), ..PersonName::default() };
    let findings = fit(&name, has(Method::Email), has(Method::Sms));
    if findings.is_empty() { Ok(()) } else { Err(Error::invalid(findings)) }
}

/// The account managers of the agency.
fn managers(act: &Act<'_>) -> Result<Vec<Tracked<record::Account>>> {
    act.find(&act.all().null(record::Account::manager_since, false).null(record::Account::deleted_at, true))
}

/// Whether there is room for one more manager. Two such acts at once both
/// write the agency, so the later one counts again.
fn make_room(act: &mut Act<'_>) -> Result<()> {
    let limit = act.policy().account_managers;
    if managers(act)?.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
        return Err(Finding::new(Code::ManagerLimit, "account").with("limit", limit).into());
    }
    act.agency.touch();
    Ok(())
}

/// Whether a manager can act, or could until a password was reset or taken away: they
/// are back with the next one.
fn has_come(manager: &record::Account) -> bool {
    may_manage(manager) || (manager.disabled_at.is_none() && manager.last_sign_in_at.is_some())
}

/// An agency keeps at least one manager, and where the one who leaves ever could act,
/// another who can act then: not one who waits for a password themselves.
pub(super) fn keep_one(act: &mut Act<'_>, leaving: &record::Account) -> Result<()> {
    let mut others = managers(act)?;
    others.retain(|other| other.id != leaving.id && other.disabled_at.is_none());
    let can_act = |other: &record::Account| may_manage(other) && other.password.is_some();
    if others.is_empty() || (has_come(leaving) && !others.iter().any(|other| can_act(other))) {
        return Err(Finding::new(Code::ManagerLast, "account").into());
    }
    // Two managers leaving at once both write the agency: the later counts again.
    act.agency.touch();
    Ok(())
}

fn become_manager(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    account.manager_since = Some(act.now);
    act.event(account, EventKind::ManagerAdded, Params::new());
    act.agency_event(EventKind::ManagerAdded, params([("name", account.display_name.as_str().into())]))?;
    Ok(())
}

fn step_down(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    account.manager_since = None;
    act.event(account, EventKind::ManagerRemoved, Params::new());
    act.agency_event(EventKind::ManagerRemoved, params([("name", account.display_name.as_str().into())]))?;
    Ok(())
}

/// A manager leaves by another act than [`Office::remove_manager`]: the same
/// rules hold.
pub(super) fn leave(act: &mut Act<'_>, account: &mut Tracked<record::Account>, by: &str) -> Result<()> {
    if account.manager_since.is_none() {
        return Ok(());
    }
    if act.acting.kind != ActorKind::Support {
        return Err(not_allowed(by));
    }
    keep_one(act, account)?;
    step_down(act, account)
}
