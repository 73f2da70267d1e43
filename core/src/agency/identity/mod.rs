//! Who is who (C): the contacts of accounts, the links of accounts to parties
//! and applications, their names, and how a party comes to an account.

pub(crate) mod answers;
pub(crate) mod changes;
pub(crate) mod contacts;
pub(crate) mod enrol;
pub(crate) mod links;
pub(crate) mod names;
pub(crate) mod passwords;

pub use enrol::Enrolled;
