//! The office: what support, account managers and the host's programs do.

use std::collections::BTreeSet;
use std::sync::Arc;

use carekey::agency::{Invitee, NewApplication, NewParty, NewStaff, NewTie, UserColumn, UserQuery};
use carekey::invitation::OfficeAction;
use carekey::message::Text;
use carekey::words::{MessageKind, MessageState};
use carekey::{AccountId, Actor, GrantId, Locale, Method, PartyId, PartyKind, Resource, Role, Source, TieId, TieKind};
use napi::bindgen_prelude::{AsyncTask, FnArgs, Function};
use napi_derive::napi;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::directory::{Settings, Slot};
use super::progress::{Stop, telling};
use super::{Item, Typed, page_limit};
use crate::border::Work;
use crate::show;

/// An agency with someone acting.
#[napi]
pub struct Office {
    slot: Arc<Slot>,
    code: String,
    actor: Actor,
    source: Source,
}

impl Office {
    pub(super) fn new(slot: Arc<Slot>, code: String, actor: Actor, source: Source) -> Self {
        Self { slot, code, actor, source }
    }

    /// Opens the office of now, on whichever thread.
    pub(super) fn opener(&self) -> impl FnOnce() -> carekey::Result<carekey::Office> + Send + use<> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        let (actor, source) = (self.actor.clone(), self.source.clone());
        move || Ok(slot.agency(&code)?.acting_as(actor).from(source))
    }

    fn act<Given: DeserializeOwned>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Office, Given) -> carekey::Result<Value> + Send + 'static,
    ) -> AsyncTask<Work> {
        let open = self.opener();
        Work::with(given, move |given| act(&open()?, given))
    }

    /// An act that has nothing to say.
    fn done<Given: DeserializeOwned>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Office, Given) -> carekey::Result<()> + Send + 'static,
    ) -> AsyncTask<Work> {
        self.act(given, |office, given| act(office, given).map(|()| Value::Null))
    }
}

#[derive(Deserialize)]
struct ThatParty {
    party: PartyId,
}

#[derive(Deserialize)]
struct ThatAccount {
    account: AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    #[serde(default)]
    kind: PartyKind,
    name: String,
    #[serde(default)]
    roles: BTreeSet<Role>,
    external_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    preferred: Option<Method>,
    locale: Option<Locale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enrolling {
    party: PartyId,
    role: Role,
    username: Option<String>,
}

#[derive(Deserialize)]
struct Roles {
    party: PartyId,
    roles: BTreeSet<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relating {
    kind: TieKind,
    who: PartyId,
    of: PartyId,
    #[serde(default, with = "time::serde::rfc3339::option")]
    begins_at: Option<OffsetDateTime>,
    #[serde(default, with = "time::serde::rfc3339::option")]
    ends_at: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndingTie {
    tie: TieId,
    #[serde(default, with = "time::serde::rfc3339::option")]
    at: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granting {
    party: PartyId,
    resource: Resource,
    of: Option<Item>,
    #[serde(default, with = "time::serde::rfc3339::option")]
    ends_at: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
struct EndingGrant {
    grant: GrantId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Applying {
    number: String,
    family: PartyId,
    #[serde(default, with = "time::serde::rfc3339::option")]
    submitted_at: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reviewing {
    unused_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inviting {
    item: Item,
    method: Option<Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    action: OfficeAction,
    items: Vec<Item>,
    method: Option<Method>,
    #[serde(with = "time::serde::rfc3339")]
    as_of: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Applications {
    search: Option<String>,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Users {
    filter: Option<String>,
    show_disabled: Option<bool>,
    unlinked_only: Option<bool>,
    sort: Option<UserColumn>,
    descending: Option<bool>,
    offset: Option<u64>,
    limit: Option<u64>,
}

impl Users {
    fn query(self) -> UserQuery {
        let plain = UserQuery::default();
        UserQuery {
            filter: self.filter.or(plain.filter),
            show_disabled: self.show_disabled.unwrap_or(plain.show_disabled),
            unlinked_only: self.unlinked_only.unwrap_or(plain.unlinked_only),
            sort: self.sort.unwrap_or(plain.sort),
            descending: self.descending.unwrap_or(plain.descending),
            offset: self.offset.unwrap_or(plain.offset),
            limit: self.limit.unwrap_or(plain.limit),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Staff {
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone: Option<String>,
    username: Option<String>,
}

impl From<Staff> for NewStaff {
    fn from(staff: Staff) -> Self {
        let Staff { first_name, last_name, email, phone, username } = staff;
        Self { first_name, last_name, email, phone, username }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Linking {
    account: AccountId,
    party: PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandingOver {
    from: AccountId,
    to: AccountId,
}

#[derive(Deserialize)]
struct Releasing {
    account: AccountId,
    contact: String,
}

#[derive(Deserialize)]
struct Noting {
    account: AccountId,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Messages {
    state: Option<MessageState>,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    kind: MessageKind,
    method: Method,
    locale: Locale,
    text: Option<Text>,
}

#[napi]
impl Office {
    /// Changes what is given, and leaves the rest as it is.
    #[napi]
    pub fn change_settings(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, settings: Settings| {
            office.change_settings(settings.over(office.agency().settings()?)?)
        })
    }

    #[napi]
    pub fn add_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, given: Joining| {
            let Joining { kind, name, roles, external_id, email, phone, preferred, locale } = given;
            let new = NewParty { kind, name, roles, external_id, email, phone, preferred, locale };
            Ok(show::added(&office.add_party(&new)?))
        })
    }

    #[napi]
    pub fn create_account(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Enrolling { party, role, username }| {
            Ok(show::enrolled(&office.create_account(party, role, username.as_deref())?))
        })
    }

    #[napi]
    pub fn set_roles(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Roles { party, roles }| {
            Ok(office.set_roles(party, &roles)?.as_ref().map_or(Value::Null, show::enrolled))
        })
    }

    #[napi]
    pub fn relate(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Relating { kind, who, of, begins_at, ends_at }| {
            Ok(show::tied(&office.relate(&NewTie { kind, who, of, begins_at, ends_at })?))
        })
    }

    #[napi]
    pub fn end_tie(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, EndingTie { tie, at }| office.end_tie(tie, at))
    }

    #[napi]
    pub fn grant(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Granting { party, resource, of, ends_at }| {
            let of = of.map(|of| match of {
                Item::Party(id) => id.0,
                Item::Application(id) => id.0,
            });
            Ok(json!(office.grant(party, resource, of, ends_at)?))
        })
    }

    #[napi]
    pub fn end_grant(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, EndingGrant { grant }| office.end_grant(grant))
    }

    #[napi]
    pub fn add_application(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Applying { number, family, submitted_at }| {
            Ok(show::submitted(&office.add_application(&NewApplication { number, family, submitted_at })?))
        })
    }

    #[napi]
    pub fn delete_party(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatParty { party }| office.delete_party(party))
    }

    #[napi]
    pub fn window(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Page { offset, limit }| {
            Ok(show::list(&office.window(offset, limit)?, show::window_group))
        })
    }

    #[napi]
    pub fn review(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Reviewing { unused_days }| {
            Ok(show::list(&office.review(unused_days)?, show::review_item))
        })
    }

    #[napi]
    pub fn invite(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Inviting { item, method }| office.invite(item.into(), method))
    }

    #[napi]
    pub fn reinvite(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Inviting { item, method }| office.reinvite(item.into(), method))
    }

    #[napi]
    pub fn unlink(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Inviting { item, .. }| office.unlink(item.into()))
    }

    #[napi]
    pub fn cancel_invitation(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Inviting { item, .. }| office.cancel_invitation(item.into()))
    }

    #[napi]
    pub fn batch(
        &self,
        given: String,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work>> {
        let mut progress = telling(stop, &progress)?;
        Ok(self.act(given, move |office, Batch { action, items, method, as_of }| {
            let items: Vec<Invitee> = items.into_iter().map(Invitee::from).collect();
            Ok(show::list(&office.batch(action, &items, method, as_of, &mut progress)?, show::batch_row))
        }))
    }

    #[napi]
    pub fn applications(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Applications { search, offset, limit }| {
            Ok(show::page(&office.applications(search.as_deref(), offset, limit)?, show::application))
        })
    }

    #[napi]
    pub fn users(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, users: Users| Ok(show::user_page(&office.users(&users.query())?)))
    }

    #[napi]
    pub fn user(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, ThatAccount { account }| Ok(show::user(&office.user(account)?)))
    }

    #[napi]
    pub fn create_staff_account(
        &self,
        given: String,
        password: Option<String>,
        confirm: Option<String>,
    ) -> AsyncTask<Work> {
        let typed = password.map(|password| Typed::new(password, confirm.unwrap_or_default()));
        self.act(given, move |office, staff: Staff| {
            let typed = typed.as_ref().map(Typed::both);
            Ok(show::enrolled(&office.create_staff_account(&staff.into(), typed)?))
        })
    }

    #[napi]
    pub fn link_account(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Linking { account, party }| office.link_account(account, party))
    }

    #[napi]
    pub fn add_manager(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, staff: Staff| Ok(show::enrolled(&office.add_manager(&staff.into())?)))
    }

    #[napi]
    pub fn promote(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.promote(account))
    }

    #[napi]
    pub fn remove_manager(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.remove_manager(account))
    }

    #[napi]
    pub fn hand_over(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, HandingOver { from, to }| office.hand_over(from, to))
    }

    #[napi]
    pub fn disable(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.disable(account))
    }

    #[napi]
    pub fn enable(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.enable(account))
    }

    #[napi]
    pub fn unlock(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.unlock(account))
    }

    #[napi]
    pub fn release_contact(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Releasing { account, contact }| office.release_contact(account, &contact))
    }

    #[napi]
    pub fn reset_password(&self, given: String, password: String, confirm: String) -> AsyncTask<Work> {
        let typed = Typed::new(password, confirm);
        self.done(given, move |office, ThatAccount { account }| office.reset_password(account, typed.both()))
    }

    #[napi]
    pub fn end_sessions(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, ThatAccount { account }| office.end_sessions(account))
    }

    #[napi]
    pub fn send_again(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, ThatAccount { account }| Ok(show::enrolled(&office.send_again(account)?)))
    }

    #[napi]
    pub fn set_note(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Noting { account, note }| office.set_note(account, &note))
    }

    #[napi]
    pub fn messages(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Messages { state, offset, limit }| {
            Ok(show::page(&office.messages(state, offset, limit)?, show::message_row))
        })
    }

    #[napi]
    pub fn set_text(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Wording { kind, method, locale, text }| {
            office.set_text(kind, method, locale, text.as_ref())
        })
    }
}
