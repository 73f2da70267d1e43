//! What a roster is held against: whom the agency knows.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::row::{is_identifier, without_zeros};
use crate::finding::Locale;
use crate::id::{AccountId, PartyId};
use crate::words::{Method, Role};

/// What the agency knows of a party: enough to know it again and to see what
/// a roster would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The party.
    pub party: PartyId,
    /// Its login, where it has one.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Whether its login is active: its user has come (E2). A contact that the
    /// office corrects is then confirmed by its user first (C1).
    #[serde(default)]
    pub active: bool,
    /// Whether its login was made for another party, and this one was linked
    /// to it (I8): what the office writes of this one changes nothing in it (C2).
    #[serde(default)]
    pub joined: bool,
    /// Whether it is no party yet, but a login that was made before its record
    /// (A2): `party` is then the identifier of the login.
    #[serde(default)]
    pub unrecorded: bool,
    /// Whether it was deleted (U4): nothing is left of it but that the names of
    /// [`own_names`](Self::own_names) were its own.
    #[serde(default)]
    pub deleted: bool,
    /// Whether an invitation was sent to it, from which its login comes (E1).
    #[serde(default)]
    pub invited: bool,
    /// How the host knows it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Its name as [`PersonName::key`](crate::name::PersonName::key) gives it.
    pub name_key: String,
    /// Its name as it is shown.
    pub display_name: String,
    /// What it is called.
    #[serde(default)]
    pub nickname: Option<String>,
    /// What it is to the agency.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    /// The username of its login, in canonical form.
    #[serde(default)]
    pub username_canonical: Option<String>,
    /// The usernames that its login had before, in canonical form (U4).
    #[serde(default)]
    pub own_names: Vec<String>,
    /// What the office wrote down, in canonical form.
    #[serde(default)]
    pub email_canonical: Option<String>,
    /// What the office wrote down, in E.164.
    #[serde(default)]
    pub phone_e164: Option<String>,
    /// The e-mail address of its login, in canonical form (C1).
    #[serde(default)]
    pub account_email: Option<String>,
    /// The phone number of its login, in E.164 (C1).
    #[serde(default)]
    pub account_phone: Option<String>,
    /// How it wants to be written to.
    #[serde(default)]
    pub preferred: Option<Method>,
    /// The language of its messages.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// The note of its login.
    #[serde(default)]
    pub note: Option<String>,
}

impl Known {
    /// Someone who was deleted, of whom these names are known to have been (U4).
    #[cfg(feature = "engine")]
    pub(crate) fn deleted(party: PartyId, own_names: impl IntoIterator<Item = String>) -> Self {
        Self {
            party,
            account: None,
            active: false,
            joined: false,
            unrecorded: false,
            deleted: true,
            invited: false,
            external_id: None,
            name_key: String::new(),
            display_name: String::new(),
            nickname: None,
            roles: BTreeSet::new(),
            username_canonical: None,
            own_names: own_names.into_iter().collect(),
            email_canonical: None,
            phone_e164: None,
            account_email: None,
            account_phone: None,
            preferred: None,
            locale: None,
            note: None,
        }
    }

    /// Its identifier, where that is one (C4).
    pub(super) fn identifier(&self) -> Option<&str> {
        self.external_id.as_deref().filter(|id| is_identifier(id))
    }

    /// All by which it is known beside its name: usernames, past ones too,
    /// e-mail addresses and phone numbers.
    pub(super) fn contacts(&self) -> impl Iterator<Item = &str> {
        let own = [
            &self.username_canonical,
            &self.email_canonical,
            &self.phone_e164,
            &self.account_email,
            &self.account_phone,
        ];
        own.into_iter().flatten().chain(&self.own_names).map(String::as_str)
    }

    /// Whether nothing but the name tells who it is. A staff username is made
    /// from the name and tells no more.
    pub(super) fn is_bare(&self) -> bool {
        self.identifier().is_none() && !self.contacts().any(is_contact)
    }
}

/// Of each of those known, the place of the first who is the same party: who was
/// merged into another (A6) is known beside it, by what they were known by.
pub(super) fn first_of_each(known: &[Known]) -> Vec<usize> {
    let mut first: HashMap<PartyId, usize> = HashMap::with_capacity(known.len());
    known.iter().enumerate().map(|(place, party)| *first.entry(party.party).or_insert(place)).collect()
}

/// Those known, by their identifiers.
#[derive(Default)]
pub(super) struct Identifiers<'a> {
    by_id: HashMap<&'a str, usize>,
    /// By the identifier without leading zeros: nobody, where several have it.
    by_digits: HashMap<&'a str, Option<usize>>,
}

impl<'a> Identifiers<'a> {
    pub(super) fn of(known: &'a [Known], first: &[usize]) -> Self {
        let mut all = Self::default();
        for (party, place) in known.iter().zip(first.iter().copied()) {
            if let Some(id) = party.identifier() {
                all.by_id.entry(id).or_insert(place);
                let digits = all.by_digits.entry(without_zeros(id));
                digits.and_modify(|one| *one = one.filter(|one| *one == place)).or_insert(Some(place));
            }
        }
        all
    }

    /// Who has this very identifier.
    pub(super) fn exactly(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Who has the identifier, or the only one who has it but for zeros that
    /// were lost on one side.
    pub(super) fn holder(&self, id: &str) -> Option<usize> {
        self.exactly(id).or_else(|| self.by_digits.get(without_zeros(id)).copied().flatten())
    }
}

/// Whether a username in canonical form is an e-mail address or a phone number.
pub(super) fn is_contact(canonical: &str) -> bool {
    canonical.contains('@') || canonical.starts_with('+')
}
