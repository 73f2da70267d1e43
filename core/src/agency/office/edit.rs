//! Editing a party (A6): names, contacts, preferred way, language, external id.

use std::collections::BTreeSet;

use super::correct::{Contacts, correct};
use super::people::{write_email, write_external_id, write_name, write_phone};
use super::{Office, of_party};
use crate::agency::identity::enrol;
use crate::agency::identity::{links, names};
use crate::agency::kernel::{Act, Tracked};
use crate::description::AdministrativeAct;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Locale, Params, has_errors};
use crate::id::{AccountId, PartyId};
use crate::remark;
use crate::roster::{Change, NAME_LIMIT};
use crate::store::record;
use crate::words::{EventKind, Method};

/// What becomes of one thing that the office wrote down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edit<T> {
    /// It stays.
    #[default]
    Keep,
    /// There is none any more.
    Clear,
    /// It is this from now on.
    Set(T),
}

/// What is to be changed of a party; what is not said stays.
///
/// ```
/// use carekey::agency::{Edit, PartyEdit};
///
/// let edit = PartyEdit { email: Edit::Set("sue@example.com".into()), nickname: Edit::Clear, ..PartyEdit::default() };
/// assert_eq!(edit.name, Edit::Keep);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyEdit {
    /// A person's name as it is written, or an organization's.
    pub name: Edit<String>,
    /// What they are called.
    pub nickname: Edit<String>,
    /// E-mail.
    pub email: Edit<String>,
    /// Phone, with or without its country.
    pub phone: Edit<String>,
    /// How they want to be written to.
    pub preferred: Edit<Method>,
    /// Their language.
    pub locale: Edit<Locale>,
    /// How the host knows them; unique in the agency, and read as by
    /// [`NewParty`](super::NewParty): the findings say where it is none.
    pub external_id: Edit<String>,
}

/// What came of editing a party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edited {
    /// What is otherwise now; nothing where all was so already.
    pub changes: Vec<Change>,
    /// Whether what had been sent to the old contact went out again, to the new
    /// one (C2).
    pub sent_again: bool,
    /// What else there is to say: `contact.to_be_confirmed` of each contact that
    /// waits for its user (C2), where no invitation could go out again, and what
    /// the checks warn of.
    pub findings: Vec<Finding>,
}

impl Office {
    /// Edits a party (A6). A contact that is corrected is followed up (C2): what
    /// was sent to the old one is dead, and is sent again where its user had not
    /// come yet; where they had, they are asked to confirm the new one, and the
    /// owner of the old one is told. The account that was made for the party
    /// goes by its name and language; of other accounts nothing changes.
    ///
    /// What is so already is no change; where nothing is one, nothing is
    /// written.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, `party.merged`; `party.exists` for
    /// an external identifier of another party; or the findings about name, e-mail,
    /// phone, and the username where it follows; `text.too_long`,
    /// `text.control_character` of name, nickname and external identifier.
    pub fn edit_party(&self, party: PartyId, edit: &PartyEdit) -> Result<Edited> {
        self.act("edit_party", |act| {
            let mut party = enrol::party(act, party)?;
            let (edited, findings) = edited(act, &party, edit)?;
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            let changes = changes(&party, &edited);
            if changes.is_empty() {
                return Ok(Edited { findings, ..Edited::default() });
            }
            let contacts = Contacts::of(&party);
            let before = std::mem::replace(&mut *party, edited);
            let accounts = made_for(act, &party)?;
            for id in &accounts {
                follow(act, *id, &before, &party, &changes)?;
            }
            if accounts.is_empty() {
                let details = of_party(&party).into_iter().chain(details(&changes)).collect();
                act.agency_event(EventKind::PartyChanged, details)?;
            }
            if family_name(&before) != family_name(&party) {
                for mut application in act.find(&act.all().is(record::Application::family, party.id))? {
                    application.family_name = family_name(&party);
                }
            }
            let followed = correct(act, &mut party, &contacts)?;
            let waits = followed.to_confirm.into_iter().map(|(method, contact)| {
                let field = if method == Method::Email { "email" } else { "phone" };
                Finding::new(Code::ContactToBeConfirmed, field).with("contact", contact)
            });
            Ok(Edited {
                changes,
                sent_again: followed.sent_again,
                findings: findings.into_iter().chain(waits).chain(followed.findings).collect(),
            })
        })
    }
}

/// The name under which the applications of a family are found.
pub(super) fn family_name(family: &record::Party) -> String {
    family.last_name.clone().unwrap_or_else(|| family.display_name.clone())
}

/// The party as it would be.
fn edited(act: &Act<'_>, party: &record::Party, edit: &PartyEdit) -> Result<(record::Party, Vec<Finding>)> {
    let mut edited = party.clone();
    let mut findings = Vec::new();
    if let Some(name) = typed(&edit.name) {
        let nickname = edited.nickname.take();
        findings.extend(write_name(&mut edited, name.unwrap_or_default()));
        edited.nickname = edited.nickname.take().or(nickname);
    }
    if let Some(nickname) = typed(&edit.nickname) {
        findings.extend(remark::all(nickname.map(|nickname| ("nickname", nickname)), NAME_LIMIT));
        edited.nickname = nickname.map(str::to_owned);
    }
    if let Some(email) = typed(&edit.email) {
        findings.extend(write_email(&mut edited, email));
    }
    if let Some(phone) = typed(&edit.phone) {
        findings.extend(write_phone(&mut edited, phone, &act.agency.country));
    }
    match edit.preferred {
        Edit::Keep => {}
        Edit::Clear => edited.preferred = None,
        Edit::Set(method) => edited.preferred = Some(method),
    }
    match edit.locale {
        Edit::Keep => {}
        Edit::Clear => edited.locale = None,
        Edit::Set(locale) => edited.locale = Some(locale),
    }
    if let Some(id) = typed(&edit.external_id) {
        edited.external_id = None;
        findings.extend(write_external_id(act, &mut edited, id)?);
    }
    Ok((edited, findings))
}

/// What was typed, where something was: nothing in place of a blank.
fn typed(edit: &Edit<String>) -> Option<Option<&str>> {
    match edit {
        Edit::Keep => None,
        Edit::Clear => Some(None),
        Edit::Set(text) => Some(Some(text.trim()).filter(|text| !text.is_empty())),
    }
}

/// What is otherwise, in the order in which a roster says it.
fn changes(before: &record::Party, after: &record::Party) -> Vec<Change> {
    // Which of its words is the family name can be otherwise, and nothing else.
    let parted = before.display_name == after.display_name
        && (&before.first_name, &before.middle_name, &before.last_name)
            != (&after.first_name, &after.middle_name, &after.last_name);
    let of = |party: &record::Party| {
        [
            ("name", Some(if parted { in_parts(party) } else { party.display_name.clone() })),
            ("nickname", party.nickname.clone()),
            ("email", party.email.clone()),
            ("phone", party.phone_e164.clone()),
            ("preferred", party.preferred.map(|method| method.to_string())),
            ("language", party.locale.map(|locale| locale.to_string())),
            ("external_id", party.external_id.clone()),
        ]
    };
    let pairs = of(before).into_iter().zip(of(after)).filter(|((_, before), (_, after))| before != after);
    pairs.map(|((field, before), (_, after))| Change { field: field.to_owned(), before, after }).collect()
}

/// A name with its family name first.
fn in_parts(party: &record::Party) -> String {
    let last = party.last_name.as_deref().unwrap_or_default();
    let first = [&party.first_name, &party.middle_name].into_iter().flatten().map(String::as_str);
    format!("{last}, {}", first.collect::<Vec<_>>().join(" "))
}

/// The changes, as a history tells them.
fn details(changes: &[Change]) -> Params {
    let value = |text: &Option<String>| text.clone().unwrap_or_default().into();
    let both = |change: &Change| {
        [
            (format!("{} before", change.field), value(&change.before)),
            (format!("{} after", change.field), value(&change.after)),
        ]
    };
    changes.iter().flat_map(both).collect()
}

/// The accounts in force that were made for a party.
fn made_for(act: &Act<'_>, party: &record::Party) -> Result<BTreeSet<AccountId>> {
    let mut accounts = BTreeSet::new();
    for link in links::of_party(act, party.id)? {
        if links::made_for(act, link.account)? == Some(party.id) {
            accounts.insert(link.account);
        }
    }
    Ok(accounts)
}

/// Brings the account that was made for a party up to date with it.
fn follow(
    act: &mut Act<'_>,
    id: AccountId,
    before: &record::Party,
    party: &Tracked<record::Party>,
    changes: &[Change],
) -> Result<()> {
    let mut account = act.account(id)?;
    enrol::name_after(&mut account, party);
    // What its user said of themselves stays, unless the office says otherwise (C3).
    if before.locale != party.locale {
        account.locale = party.locale;
    }
    act.event(&mut account, EventKind::PartyChanged, details(changes));
    // A username that is the address goes with it (U1); of whoever has come,
    // once they have confirmed the new one (C2).
    let was_email = before.email_canonical.as_deref() == Some(&*account.username_canonical);
    if let (true, false, Some(email)) = (was_email, account.stage.has_come(), &party.email)
        && party.email_canonical != before.email_canonical
    {
        names::rename(act, &mut account, email)?;
    }
    act.describe(&mut account, AdministrativeAct::Edited);
    Ok(())
}
