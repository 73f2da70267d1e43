//! Rows behind the engine's back: what only a broken or forged store would
//! hold, and hashes that cost nearly nothing.

use carekey::AccountId;
use carekey::policy::Argon2Cost;
use carekey::store::{Record, Select, Store, Write, record};

use super::Desk;

impl Desk {
    /// The row of an account, deleted or not.
    pub fn account_row(&self, account: AccountId) -> record::Account {
        let select = Select::of::<record::Account>(self.agency.id()).is("id", account);
        self.read(&select).remove(0)
    }

    /// Changes the row of an account.
    pub fn edit_account(&self, account: AccountId, change: impl FnOnce(&mut record::Account)) {
        let mut row = self.account_row(account);
        change(&mut row);
        self.store.commit(vec![Write::update(&mut row)]).expect("written");
    }

    /// Sets the cost of hashes to the least that Argon2 has, far below what a
    /// policy may say: for tests that ask what is hashed, not how well.
    pub fn cheap_hashes(&self) {
        let mut row: record::Agency = self.read(&Select::of::<record::Agency>(self.agency.id())).remove(0);
        row.policy.password.cost = Argon2Cost { memory_kib: 8, passes: 1, lanes: 1 };
        self.store.commit(vec![Write::update(&mut row)]).expect("written");
    }

    /// The rows of a record.
    pub fn read<R: Record>(&self, select: &Select) -> Vec<R> {
        let rows = self.store.find(select).expect("rows");
        rows.into_iter().map(|row| R::from_row(row).expect("a row that carekey wrote")).collect()
    }
}
