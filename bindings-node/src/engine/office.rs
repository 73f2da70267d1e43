//! The office: what support, account managers and the host's programs do.

use std::sync::Arc;

use carekey::agency::{Invitee, NewStaff, UserColumn, UserQuery};
use carekey::invitation::OfficeAction;
use carekey::message::Text;
use carekey::words::MessageKind;
use carekey::{AccountId, Actor, Locale, Method, PartyId, Resource, Source};
use napi::bindgen_prelude::{AsyncTask, FnArgs, Function};
use napi_derive::napi;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::directory::{Settings, Slot};
use super::progress::{Stop, telling};
use super::{Item, Typed};
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

    pub(super) fn act<Given: DeserializeOwned>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Office, Given) -> carekey::Result<Value> + Send + 'static,
    ) -> AsyncTask<Work> {
        let open = self.opener();
        Work::with(given, move |given| act(&open()?, given))
    }

    /// An act that has nothing to say.
    pub(super) fn done<Given: DeserializeOwned>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Office, Given) -> carekey::Result<()> + Send + 'static,
    ) -> AsyncTask<Work> {
        self.act(given, |office, given| act(office, given).map(|()| Value::Null))
    }
}

#[derive(Deserialize)]
struct ThatAccount {
    account: AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granting {
    party: PartyId,
    resource: Resource,
    of: Option<Item>,
    #[serde(default, deserialize_with = "crate::border::moment::option::deserialize")]
    ends_at: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    action: OfficeAction,
    items: Vec<Item>,
    method: Option<Method>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    as_of: OffsetDateTime,
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
    pub fn users(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, users: Users| Ok(show::user_page(&office.users(&users.query())?)))
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
    pub fn reset_password(&self, given: String, password: String, confirm: String) -> AsyncTask<Work> {
        let typed = Typed::new(password, confirm);
        self.done(given, move |office, ThatAccount { account }| office.reset_password(account, typed.both()))
    }

    #[napi]
    pub fn set_text(&self, given: String) -> AsyncTask<Work> {
        self.done(given, |office, Wording { kind, method, locale, text }| {
            office.set_text(kind, method, locale, text.as_ref())
        })
    }
}
