//! Passwords as they rest: hashed, or as the keyed digest of one that was
//! generated, or as the hash of another system, sealed (P6 to P8).

use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use subtle::ConstantTimeEq;

use crate::agency::kernel::{Act, AgencyKeys, Sealing, Tracked};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::{AccountId, RecordId};
use crate::password::{CostClass, Hasher, MAX_BYTES, Shares, cost_class};
use crate::secret::Secret;
use crate::store::record;

/// How a generated temporary password begins where it rests: it is random
/// enough to be kept as a keyed digest.
const DIGEST_MARK: &str = "$carekey-digest$";

/// How the hash of another system begins where it rests, sealed.
const SEALED_MARK: &str = "$carekey-sealed$";

/// Whether what is stored is a generated temporary password.
pub(crate) fn is_generated(stored: &str) -> bool {
    stored.starts_with(DIGEST_MARK)
}

/// Whether what is stored is the hash of another system.
pub(crate) fn is_imported(stored: &str) -> bool {
    stored.starts_with(SEALED_MARK)
}

/// What is kept of a generated temporary password.
pub(crate) fn generated(keys: &AgencyKeys, account: AccountId, password: &Secret) -> String {
    let digest = keys.digest("temporary password", &[&account.to_string(), password.reveal()]);
    format!("{DIGEST_MARK}{}", BASE64URL_NOPAD.encode(&digest))
}

/// What is kept of the hash of another system (P7): a copy of the data gives
/// nothing to guess at.
pub(crate) fn sealed(keys: &AgencyKeys, account: AccountId, hash: &str, rng: &mut dyn CryptoRng) -> Result<String> {
    let sealed = keys.seal(Sealing::Imported, account.0.as_bytes(), hash, rng)?;
    Ok(format!("{SEALED_MARK}{}", BASE64URL_NOPAD.encode(&sealed)))
}

/// The class of what evaluating an imported hash costs, where that is not a
/// hash of the policy.
pub(crate) fn class(hash: &str) -> Result<Option<CostClass>> {
    let class = cost_class(hash)?;
    Ok((!class.is_policy()).then_some(class))
}

fn unsealed(keys: &AgencyKeys, account: AccountId, stored: &str) -> Result<Secret> {
    let damaged = || Error::new(ErrorKind::Store, Code::StoreDamaged).with("reason", "a sealed password does not open");
    let sealed = stored.strip_prefix(SEALED_MARK).ok_or_else(damaged)?;
    let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| damaged())?;
    keys.unseal(Sealing::Imported, account.0.as_bytes(), &sealed)
}

/// What evaluating a password said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Right.
    Right,
    /// Right, and the stored hash is weaker than the policy or foreign (P6, P7).
    Renew,
    /// Wrong.
    Wrong,
    /// What is stored cannot be evaluated: nobody's failure.
    Unusable,
}

impl Outcome {
    /// Whether it was the password.
    pub(crate) const fn is_right(self) -> bool {
        matches!(self, Self::Right | Self::Renew)
    }
}

/// Compares a password with what is stored, at the cost of its class.
pub(crate) fn matches(
    hasher: &Hasher,
    keys: &AgencyKeys,
    account: AccountId,
    stored: &str,
    password: &Secret,
) -> Outcome {
    if is_generated(stored) {
        hasher.decoy(password.reveal());
        let expected = generated(keys, account, password);
        return if bool::from(expected.as_bytes().ct_eq(stored.as_bytes())) { Outcome::Right } else { Outcome::Wrong };
    }
    if password.reveal().len() > MAX_BYTES {
        hasher.decoy(password.reveal());
        return Outcome::Wrong;
    }
    let verified = if is_imported(stored) {
        unsealed(keys, account, stored).and_then(|hash| hasher.verify_filled(hash.reveal(), password.reveal()))
    } else {
        hasher.verify(stored, password.reveal())
    };
    match verified {
        Ok(verified) if verified.matches && verified.renew => Outcome::Renew,
        Ok(verified) if verified.matches => Outcome::Right,
        Ok(_) => Outcome::Wrong,
        Err(_) => {
            hasher.decoy(password.reveal());
            Outcome::Unusable
        }
    }
}

/// The class of what an account's password costs to evaluate.
pub(crate) fn class_of(account: &record::Account) -> Option<CostClass> {
    account.password_class.as_deref().and_then(|class| class.parse().ok())
}

/// Counts an account whose password is of a class of its own, so that a name
/// that nobody has can be drawn one (P7).
pub(crate) fn came(act: &Act<'_>, account: &record::Account) -> Result<()> {
    share(act, account.password_class.as_deref(), |share| share.came += 1)
}

/// The password of an account is one of the policy's own from now on.
pub(crate) fn renewed(act: &Act<'_>, account: &mut Tracked<record::Account>, hash: &str) -> Result<()> {
    account.password = Some(hash.to_owned());
    share(act, account.password_class.take().as_deref(), |share| share.renewed += 1)
}

/// The account has no password any more.
pub(crate) fn gone(act: &Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    account.password = None;
    share(act, account.password_class.take().as_deref(), |share| share.came -= 1)
}

fn share(act: &Act<'_>, class: Option<&str>, count: fn(&mut record::PasswordShare)) -> Result<()> {
    let Some(class) = class else { return Ok(()) };
    let id = RecordId::derived("password share", class.as_bytes());
    let mut share = act.by_id_or(id.0, || record::PasswordShare {
        agency: act.agency.id,
        id,
        revision: 1,
        class: class.to_owned(),
        came: 0,
        renewed: 0,
    })?;
    count(&mut share);
    Ok(())
}

/// How many accounts of the agency are of each class, those of the policy's
/// own hash among them.
pub(crate) fn shares(act: &Act<'_>) -> Result<Shares> {
    let foreign = act.find::<record::PasswordShare>(&act.all())?;
    let mut shares = Shares::default();
    let mut others = 0;
    for share in &foreign {
        if let Ok(class) = share.class.parse() {
            let came = u64::try_from(share.came).unwrap_or(0);
            shares.add(class, came);
            shares.renew(class, u64::try_from(share.renewed).unwrap_or(0));
            others += came;
        }
    }
    // Only where there is something to draw is it worth a count of them all.
    if others > 0 {
        let all = act.count(&act.all::<record::Account>().null(record::Account::deleted_at, true))?;
        shares.add(CostClass::Policy, all.saturating_sub(others));
    }
    Ok(shares)
}
