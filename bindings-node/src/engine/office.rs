//! The office: what support, account managers and the host's programs do.

use std::path::Path;
use std::sync::Arc;

use carekey::agency::{
    Edit, HistoryRange, Invitee, NewGrant, NewTie, PartyEdit, Sending, Staged, UserColumn, UserQuery,
};
use carekey::invitation::OfficeAction;
use carekey::message::Text;
use carekey::words::MessageKind;
use carekey::{AccountId, Actor, Locale, Method, PartyId, Resource, Source, TieKind};
use napi::bindgen_prelude::{AsyncTask, FnArgs, Function};
use napi_derive::napi;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::directory::{Settings, Slot};
use super::each::Each;
use super::progress::{Stop, telling};
use crate::border::{Moment, Work};
use crate::show::Show;

/// An agency with someone acting.
#[napi]
pub struct Office {
    slot: Arc<Slot>,
    code: String,
    actor: Actor,
    source: Source,
    sending: Sending,
}

impl Office {
    pub(super) fn new(slot: Arc<Slot>, code: String, actor: Actor, source: Source, sending: Sending) -> Self {
        Self { slot, code, actor, source, sending }
    }

    /// Opens the office of now, on whichever thread.
    pub(super) fn opener(&self) -> impl FnOnce() -> carekey::Result<carekey::Office> + Send + use<> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        let (actor, source, sending) = (self.actor.clone(), self.source.clone(), self.sending);
        move || Ok(slot.agency(&code)?.acting_as(actor).from(source).sending(sending))
    }

    pub(super) fn act<Given: DeserializeOwned, Answer: Show>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Office, Given) -> carekey::Result<Answer> + Send + 'static,
    ) -> AsyncTask<Work> {
        let open = self.opener();
        Work::with(given, move |given| act(&open()?, given))
    }

    pub(super) fn each<Given: DeserializeOwned + 'static, Row: Show + Send + 'static>(
        &self,
        given: String,
        begin: impl FnOnce(&carekey::Office, Given) -> carekey::agency::Each<Row> + Send + 'static,
    ) -> Each {
        let open = self.opener();
        Each::of(given, move |given| Ok(begin(&open()?, given)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granting {
    party: PartyId,
    resource: Resource,
    of: Option<Invitee>,
    ends_at: Option<Moment>,
    reason: Option<String>,
}

impl Granting {
    fn over(self) -> NewGrant {
        let of = self.of.map(|of| match of {
            Invitee::Party(id) => id.0,
            Invitee::Application(id) => id.0,
        });
        let ends_at = self.ends_at.map(|at| at.0);
        NewGrant { party: self.party, resource: self.resource, of, ends_at, reason: self.reason }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    account: Option<AccountId>,
    since: Option<Moment>,
    until: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantAll {
    grants: Vec<Granting>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relating {
    kind: TieKind,
    who: PartyId,
    of: PartyId,
    begins_at: Option<Moment>,
    ends_at: Option<Moment>,
    reference: Option<String>,
}

impl Relating {
    fn over(self) -> NewTie {
        let (begins_at, ends_at) = (self.begins_at.map(|at| at.0), self.ends_at.map(|at| at.0));
        NewTie { kind: self.kind, who: self.who, of: self.of, begins_at, ends_at, reference: self.reference }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelateAll {
    ties: Vec<Relating>,
}

/// What is left out stays; what is `null` is cleared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Editing {
    party: PartyId,
    #[serde(default, deserialize_with = "said")]
    name: Edit<String>,
    #[serde(default, deserialize_with = "said")]
    nickname: Edit<String>,
    #[serde(default, deserialize_with = "said")]
    email: Edit<String>,
    #[serde(default, deserialize_with = "said")]
    phone: Edit<String>,
    #[serde(default, deserialize_with = "said")]
    preferred: Edit<Method>,
    #[serde(default, deserialize_with = "said")]
    locale: Edit<Locale>,
    #[serde(default, deserialize_with = "said")]
    external_id: Edit<String>,
}

fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(given: D) -> Result<Edit<T>, D::Error> {
    Option::<T>::deserialize(given).map(|said| said.map_or(Edit::Clear, Edit::Set))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    action: OfficeAction,
    items: Vec<Invitee>,
    method: Option<Method>,
    as_of: Moment,
}

/// Who waits to be sent something: `{"account": id}` or `{"party": id}`.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Waiting {
    Account(AccountId),
    Party(PartyId),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendStaged {
    items: Vec<Waiting>,
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
        self.act(given, |office, settings: Settings| {
            office.change_settings(settings.over(office.agency().settings()?)?)
        })
    }

    #[napi]
    pub fn grant(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, granting: Granting| {
            let NewGrant { party, resource, of, ends_at, reason } = granting.over();
            office.grant(party, resource, of, ends_at, reason.as_deref())
        })
    }

    #[napi]
    pub fn edit_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, editing: Editing| {
            let Editing { party, name, nickname, email, phone, preferred, locale, external_id } = editing;
            office.edit_party(party, &PartyEdit { name, nickname, email, phone, preferred, locale, external_id })
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
            office.batch(action, &items, method, as_of.0, &mut progress)
        }))
    }

    #[napi]
    pub fn send_staged(
        &self,
        given: String,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work>> {
        let mut progress = telling(stop, &progress)?;
        Ok(self.act(given, move |office, SendStaged { items }| {
            let item = |item| match item {
                Waiting::Account(id) => Staged::Account(id),
                Waiting::Party(id) => Staged::Party(id),
            };
            let items: Vec<Staged> = items.into_iter().map(item).collect();
            office.send_staged(&items, &mut progress)
        }))
    }

    #[napi]
    pub fn relate_all(
        &self,
        given: String,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work>> {
        let mut progress = telling(stop, &progress)?;
        Ok(self.act(given, move |office, RelateAll { ties }| {
            let ties: Vec<NewTie> = ties.into_iter().map(Relating::over).collect();
            office.relate_all(&ties, &mut progress)
        }))
    }

    #[napi]
    pub fn grant_all(
        &self,
        given: String,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work>> {
        let mut progress = telling(stop, &progress)?;
        Ok(self.act(given, move |office, GrantAll { grants }| {
            let grants: Vec<NewGrant> = grants.into_iter().map(Granting::over).collect();
            office.grant_all(&grants, &mut progress)
        }))
    }

    #[napi]
    pub fn export_history(&self, file: String, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Span { account, since, until }| {
            let range = HistoryRange { account, since: since.map(|at| at.0), until: until.map(|at| at.0) };
            office.export_history_to(&range, Path::new(&file))
        })
    }

    #[napi]
    pub fn trim_history(&self, file: String) -> AsyncTask<Work> {
        let open = self.opener();
        Work::showing(move || open()?.trim_history_by(Path::new(&file)))
    }

    #[napi]
    pub fn users(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, users: Users| office.users(&users.query()))
    }

    #[napi]
    pub fn each_user(&self, given: String) -> Each {
        self.each(given, |office, users: Users| {
            let query = users.query();
            office.each_user(&query).by(query.limit)
        })
    }

    #[napi]
    pub fn preview_text(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Wording { kind, method, locale, text }| {
            office.preview_text(kind, method, locale, text.as_ref())
        })
    }

    #[napi]
    pub fn set_text(&self, given: String) -> AsyncTask<Work> {
        self.act(given, |office, Wording { kind, method, locale, text }| {
            office.set_text(kind, method, locale, text.as_ref())
        })
    }
}
