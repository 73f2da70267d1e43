//! Rows about someone who was merged into another (A6): what the file says as it
//! was known of the one is no news of the other.

use std::collections::HashMap;

use super::RosterRow;
use super::contacts::Contacts;
use super::known::{Known, first_of_each};
use super::row::without_zeros;
use super::words::short;
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::name::PersonName;

/// Those who were merged into each party.
pub(super) struct Merged<'a>(HashMap<PartyId, Vec<&'a Known>>);

impl<'a> Merged<'a> {
    pub(super) fn of(known: &'a [Known]) -> Self {
        let mut merged: HashMap<PartyId, Vec<&Known>> = HashMap::new();
        for (place, (party, first)) in known.iter().zip(first_of_each(known)).enumerate() {
            if place != first {
                merged.entry(party.party).or_default().push(party);
            }
        }
        Self(merged)
    }

    /// Writes into a row what is known of the party, wherever it says what was
    /// known of one that was merged into it. Gives the row back as it was, where
    /// that is another.
    pub(super) fn say_as_known(
        &self,
        row: &mut RosterRow,
        contacts: &mut Contacts,
        party: Option<&Known>,
        country: &str,
    ) -> Option<Box<RosterRow>> {
        let party = party?;
        let all = self.0.get(&party.party)?;
        let read = row.clone();
        for was in all {
            let key = row.called().key();
            if key == was.name_key && key != party.name_key {
                rename(row, party);
            }
            if row.name.nickname.is_some() && row.name.nickname == was.nickname && party.nickname.is_some() {
                row.name.nickname.clone_from(&party.nickname);
            }
            let other = |said: Option<&str>, was: &Option<String>, now: &Option<String>| {
                said.is_some() && said == was.as_deref() && said != now.as_deref()
            };
            let email = other(contacts.email(), &was.email_canonical, &party.email_canonical);
            let phone = other(contacts.phone(), &was.phone_e164, &party.phone_e164);
            if email {
                row.email.clone_from(&party.email_canonical);
            }
            if phone {
                row.phone.clone_from(&party.phone_e164);
            }
            if email || phone {
                *contacts = Contacts::of(row, country);
            }
            let id = row.external_id.as_deref().map(without_zeros);
            if id.is_some() && id == was.identifier().map(without_zeros) {
                if let (Some(id), Some(known)) = (row.external_id.as_deref(), party.identifier()) {
                    let kept = Finding::new(Code::RosterIdKept, "external_id").with("id", short(id));
                    row.findings.push(kept.with("known", short(known)));
                }
                row.external_id.clone_from(&party.external_id);
            }
        }
        (*row != read).then(|| Box::new(read))
    }
}

/// The name that the party goes by, where it can be read again.
fn rename(row: &mut RosterRow, party: &Known) {
    if row.organization.is_some() {
        row.organization = Some(party.display_name.clone());
        return;
    }
    if let Some(name) = PersonName::parse(&party.display_name).value
        && name.key() == party.name_key
    {
        let nickname = row.name.nickname.take();
        row.name = PersonName { nickname, ..name };
    }
}
