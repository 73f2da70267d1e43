//! What a roster is held against, for hosts with a database of their own (B).

use carekey::roster as core;
use carekey::{AccountId, Locale, Method, PartyId, Role};
use pyo3::prelude::*;

use crate::arg::{Flag, Id, Many, Text, Word, text};
use crate::error::rule;
use crate::record::record;

record! {
    /// Someone whom the agency knows, to hold a roster against.
    Known {
        /// Which.
        party: Id,
        /// Its login, where it has one.
        account: Option<Id>,
        /// Whether its login is active: its user has come (E2). A contact that
        /// the office corrects is then confirmed by its user first (C1).
        active: bool,
        /// Whether its login was made for another party, and this one was
        /// linked to it (I8): what the office writes of this one changes
        /// nothing in it (C2).
        joined: bool,
        /// Whether an invitation was sent to it, from which its login comes.
        invited: bool,
        /// How the host knows it.
        external_id: Option<String>,
        /// Its name as `PersonName.key` gives it.
        name_key: String,
        /// Its name as it is shown.
        display_name: String,
        /// What it is called.
        nickname: Option<String>,
        /// What it is to the agency.
        roles: Vec<Word<Role>>,
        /// The username of its login, in canonical form.
        username_canonical: Option<String>,
        /// The usernames that its login had before, in canonical form (U4).
        own_names: Vec<String>,
        /// What the office wrote down, in canonical form.
        email_canonical: Option<String>,
        /// What the office wrote down, in E.164.
        phone_e164: Option<String>,
        /// The e-mail address of its login, in canonical form (C1).
        account_email: Option<String>,
        /// The phone number of its login, in E.164 (C1).
        account_phone: Option<String>,
        /// How it wants to be written to.
        preferred: Option<Word<Method>>,
        /// The language of its messages.
        locale: Option<Word<Locale>>,
        /// The note of its login.
        note: Option<String>,
    }
    methods {
        #[new]
        #[pyo3(signature = (party, *, name_key, display_name, account = None, active = Flag(false), joined = Flag(false),
            invited = Flag(false), external_id = None, nickname = None, roles = Many(Vec::new()),
            username_canonical = None, own_names = Many(Vec::new()), email_canonical = None, phone_e164 = None,
            account_email = None, account_phone = None, preferred = None, locale = None, note = None),
            text_signature = "(party, *, name_key, display_name, account=None, active=False, joined=False, invited=False, external_id=None, nickname=None, roles=(), username_canonical=None, own_names=(), email_canonical=None, phone_e164=None, account_email=None, account_phone=None, preferred=None, locale=None, note=None)")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(
            party: Id,
            name_key: Text,
            display_name: Text,
            account: Option<Id>,
            active: Flag,
            joined: Flag,
            invited: Flag,
            external_id: Option<Text>,
            nickname: Option<Text>,
            roles: Many<Word<Role>>,
            username_canonical: Option<Text>,
            own_names: Many<Text>,
            email_canonical: Option<Text>,
            phone_e164: Option<Text>,
            account_email: Option<Text>,
            account_phone: Option<Text>,
            preferred: Option<Word<Method>>,
            locale: Option<Word<Locale>>,
            note: Option<Text>,
        ) -> Self {
            Self {
                party,
                account,
                active: active.0,
                joined: joined.0,
                invited: invited.0,
                external_id: text(external_id),
                name_key: name_key.0,
                display_name: display_name.0,
                nickname: text(nickname),
                roles: roles.0,
                username_canonical: text(username_canonical),
                own_names: own_names.0.into_iter().map(|name| name.0).collect(),
                email_canonical: text(email_canonical),
                phone_e164: text(phone_e164),
                account_email: text(account_email),
                account_phone: text(account_phone),
                preferred,
                locale,
                note: text(note),
            }
        }
    }
}

impl Known {
    pub(crate) fn core(&self) -> core::Known {
        let known = self.clone();
        core::Known {
            party: PartyId(known.party.0),
            account: known.account.map(|id| AccountId(id.0)),
            active: known.active,
            joined: known.joined,
            invited: known.invited,
            external_id: known.external_id,
            name_key: known.name_key,
            display_name: known.display_name,
            nickname: known.nickname,
            roles: known.roles.into_iter().map(|role| role.0).collect(),
            username_canonical: known.username_canonical,
            own_names: known.own_names,
            email_canonical: known.email_canonical,
            phone_e164: known.phone_e164,
            account_email: known.account_email,
            account_phone: known.account_phone,
            preferred: known.preferred.map(|method| method.0),
            locale: known.locale.map(|locale| locale.0),
            note: known.note,
        }
    }
}

/// The cell as it may be written: one that a spreadsheet would run as a
/// formula gets an apostrophe before it, which reading takes off again (B).
///
/// >>> from carekey.roster import defused
/// >>> defused("=1+1"), defused("Ann")
/// ("'=1+1", 'Ann')
#[pyfunction]
pub(crate) fn defused(py: Python<'_>, cell: Text) -> PyResult<String> {
    rule(py, || core::defused(&cell.0).into_owned())
}
