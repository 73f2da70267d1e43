//! Rows behind the engine's back: what only a broken or forged store would
//! hold, and hashes that cost nearly nothing.

use carekey::AccountId;
use carekey::account::Throttle;
use carekey::policy::Argon2Cost;
use carekey::store::{Record, Select, Store, Write, record};
use sha2::{Digest, Sha256};

use super::Desk;

impl Desk {
    /// The row of an account, deleted or not.
    pub fn account_row(&self, account: AccountId) -> record::Account {
        let select = Select::all::<record::Account>(self.agency.id()).is("id", account);
        self.read(&select).remove(0)
    }

    /// Changes the row of an account.
    pub fn edit_account(&self, account: AccountId, change: impl FnOnce(&mut record::Account)) {
        let mut row = self.account_row(account);
        change(&mut row);
        self.store.commit(vec![Write::update(&mut row)]).expect("written");
    }

    /// What is counted of an account's password from devices that are not
    /// known, where anything is.
    pub fn failures(&self, account: AccountId) -> Throttle {
        self.password_counts(account).map_or_else(Throttle::default, |row| row.throttle())
    }

    /// Sets what is counted of it; it must have been counted before.
    pub fn edit_failures(&self, account: AccountId, change: impl FnOnce(&mut record::Throttle)) {
        let mut row = self.password_counts(account).expect("something was counted");
        change(&mut row);
        self.store.commit(vec![Write::update(&mut row)]).expect("written");
    }

    fn password_counts(&self, account: AccountId) -> Option<record::Throttle> {
        // A device that is known, and the questions, are counted in rows of their
        // own: this one is derived from the way in and the account.
        let mut hash = Sha256::new();
        hash.update(("password".len() as u64).to_be_bytes());
        hash.update("password");
        hash.update(account.0.as_bytes());
        let id = uuid::Builder::from_custom_bytes(hash.finalize()[..16].try_into().expect("16 bytes")).into_uuid();
        self.read(&Select::all::<record::Throttle>(self.agency.id()).is("id", id)).pop()
    }

    /// The contacts of an account.
    pub fn contacts(&self, account: AccountId) -> Vec<record::Contact> {
        self.read(&Select::all::<record::Contact>(self.agency.id()).is("account", account))
    }

    /// Takes all contacts from an account.
    pub fn take_contacts(&self, account: AccountId) -> Vec<record::Contact> {
        let contacts = self.contacts(account);
        self.store.commit(contacts.iter().map(Write::delete).collect()).expect("written");
        contacts
    }

    /// The parties that an account is linked to.
    pub fn linked(&self, account: AccountId) -> Vec<carekey::PartyId> {
        let links: Vec<record::Link> = self.read(&Select::all::<record::Link>(self.agency.id()).is("account", account));
        links.into_iter().filter(|link| link.ends_at.is_none()).map(|link| link.party).collect()
    }

    /// Sets the cost of hashes to the least that Argon2 has, far below what a
    /// policy may say: for tests that ask what is hashed, not how well.
    pub fn cheap_hashes(&self) {
        let mut row: record::Agency = self.read(&Select::all::<record::Agency>(self.agency.id())).remove(0);
        row.policy.password.cost = Argon2Cost { memory_kib: 8, passes: 1, lanes: 1 };
        self.store.commit(vec![Write::update(&mut row)]).expect("written");
    }

    /// The rows of a record.
    pub fn read<R: Record>(&self, select: &Select) -> Vec<R> {
        let rows = self.store.find(select).expect("rows");
        rows.into_iter().map(|row| R::from_row(row).expect("a row that carekey wrote")).collect()
    }
}
