//! One tenant: every way in, who sees what, and histories.

use std::sync::Arc;

use carekey::agency::Whose;
use carekey::{AccountId, Credentials, PartyId, Resource, Secret};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::directory::{Slot, actor};
use super::office::Office;
use super::outbox::Outbox;
use super::{Answers, Here, Of, Typed, page_limit, source};
use crate::border::{Work, guard, read};
use crate::show;

/// An agency of a directory.
#[napi]
pub struct Agency {
    slot: Arc<Slot>,
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SigningIn {
    username: String,
    #[serde(default)]
    remember: bool,
    source: Option<String>,
}

/// The questions that are answered; the answers come beside them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answering {
    questions: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recovering {
    username: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redeeming {
    with: String,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Seeing {
    viewer: AccountId,
    resource: Resource,
    of: Of,
}

#[derive(Deserialize)]
struct Sees {
    viewer: AccountId,
}

#[derive(Deserialize)]
struct SeenBy {
    resource: Resource,
    of: Of,
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
struct Finding {
    text: String,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tidying {
    message_days: u32,
}

#[derive(Deserialize)]
struct Nothing {}

impl Agency {
    pub(super) fn new(slot: Arc<Slot>, code: String) -> Self {
        Self { slot, code }
    }

    fn with<Given: DeserializeOwned>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Agency, Given) -> carekey::Result<Value> + Send + 'static,
    ) -> AsyncTask<Work> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Work::with(given, move |given| act(&slot.agency(&code)?, given))
    }

    fn without(
        &self,
        act: impl FnOnce(&carekey::Agency) -> carekey::Result<Value> + Send + 'static,
    ) -> AsyncTask<Work> {
        self.with("{}".to_owned(), |agency, _: Nothing| act(agency))
    }
}

#[napi]
impl Agency {
    #[napi]
    pub fn settings(&self) -> AsyncTask<Work> {
        self.without(|agency| Ok(show::settings(&agency.settings()?)))
    }

    #[napi]
    pub fn acting_as(&self, by: String, given: String) -> napi::Result<Office> {
        guard(|| {
            let here: Here = read(&given)?;
            Ok(Office::new(Arc::clone(&self.slot), self.code.clone(), actor(&by)?, source(here.source.as_deref())))
        })
    }

    #[napi]
    pub fn outbox(&self) -> Outbox {
        Outbox::new(Arc::clone(&self.slot), self.code.clone())
    }

    #[napi]
    pub fn sign_in(&self, given: String, password: String, device: Option<String>) -> AsyncTask<Work> {
        let (password, device) = (Secret::from(password), device.map(Secret::from));
        self.with(given, move |agency, SigningIn { username, remember, source: from }| {
            let device = device.as_ref().map(Secret::reveal);
            let credentials = Credentials { username: &username, password: &password, remember, device };
            Ok(show::sign_in(&agency.sign_in(&credentials, &source(from.as_deref()))?))
        })
    }

    #[napi]
    pub fn activation(&self, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.without(move |agency| Ok(json!(agency.activation(link.reveal())?)))
    }

    #[napi]
    pub fn activate(&self, given: String, link: String, password: String, confirm: String) -> AsyncTask<Work> {
        let (link, typed) = (Secret::from(link), Typed::new(password, confirm));
        self.with(given, move |agency, here: Here| {
            Ok(json!(agency.activate(link.reveal(), typed.both(), &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn choose_password(&self, given: String, step: String, password: String, confirm: String) -> AsyncTask<Work> {
        let (step, typed) = (Secret::from(step), Typed::new(password, confirm));
        self.with(given, move |agency, here: Here| {
            Ok(show::sign_in(&agency.choose_password(&step, typed.both(), &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn set_questions(&self, given: String, step: String, answers: Vec<String>) -> AsyncTask<Work> {
        let (step, answers) = (Secret::from(step), Answers::new(answers));
        self.with(given, move |agency, Answering { questions, source: from }| {
            Ok(show::sign_in(&agency.set_questions(&step, &answers.to(&questions), &source(from.as_deref()))?))
        })
    }

    #[napi]
    pub fn change_password(
        &self,
        given: String,
        session: String,
        current: String,
        password: String,
        confirm: String,
    ) -> AsyncTask<Work> {
        let (session, current, typed) = (Secret::from(session), Secret::from(current), Typed::new(password, confirm));
        self.with(given, move |agency, here: Here| {
            let from = source(here.source.as_deref());
            Ok(show::session(&agency.change_password(session.reveal(), &current, typed.both(), &from)?))
        })
    }

    #[napi]
    pub fn session(&self, token: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        self.without(move |agency| Ok(show::signed_in(&agency.session(token.reveal())?)))
    }

    #[napi]
    pub fn sign_out(&self, given: String, token: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        self.with(given, move |agency, here: Here| {
            agency.sign_out(token.reveal(), &source(here.source.as_deref()))?;
            Ok(Value::Null)
        })
    }

    #[napi]
    pub fn recover(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Recovering { username, source: from }| {
            Ok(show::recovery(&agency.recover(&username, &source(from.as_deref()))?))
        })
    }

    #[napi]
    pub fn recovery_code(&self, given: String, token: String, code: String) -> AsyncTask<Work> {
        let (token, code) = (Secret::from(token), Secret::from(code));
        self.with(given, move |agency, here: Here| {
            Ok(show::recovery(&agency.recovery_code(&token, code.reveal(), &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn recovery_answers(&self, given: String, token: String, answers: Vec<String>) -> AsyncTask<Work> {
        let (token, answers) = (Secret::from(token), Answers::new(answers));
        self.with(given, move |agency, Answering { questions, source: from }| {
            Ok(show::recovery(&agency.recovery_answers(&token, &answers.to(&questions), &source(from.as_deref()))?))
        })
    }

    #[napi]
    pub fn finish_recovery(&self, given: String, token: String, password: String, confirm: String) -> AsyncTask<Work> {
        let (token, typed) = (Secret::from(token), Typed::new(password, confirm));
        self.with(given, move |agency, here: Here| {
            Ok(show::recovered(&agency.finish_recovery(&token, typed.both(), &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn look_at_invitation(&self, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.without(move |agency| Ok(show::invitation_view(&agency.look_at_invitation(link.reveal())?)))
    }

    #[napi]
    pub fn redeem_code(&self, given: String, code: String, session: Option<String>) -> AsyncTask<Work> {
        let (code, session) = (Secret::from(code), session.map(Secret::from));
        self.with(given, move |agency, Redeeming { with, source: from }| {
            let session = session.as_ref().map(Secret::reveal);
            Ok(show::redeemed(&agency.redeem_code(code.reveal(), &with, session, &source(from.as_deref()))?))
        })
    }

    #[napi]
    pub fn redeem_link(&self, given: String, link: String, session: Option<String>) -> AsyncTask<Work> {
        let (link, session) = (Secret::from(link), session.map(Secret::from));
        self.with(given, move |agency, here: Here| {
            let session = session.as_ref().map(Secret::reveal);
            Ok(show::redeemed(&agency.redeem_link(link.reveal(), session, &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn confirm_contact(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.with(given, move |agency, here: Here| {
            Ok(json!(agency.confirm_contact(link.reveal(), &source(here.source.as_deref()))?))
        })
    }

    #[napi]
    pub fn object_to_contact(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.with(given, move |agency, here: Here| {
            agency.object_to_contact(link.reveal(), &source(here.source.as_deref()))?;
            Ok(Value::Null)
        })
    }

    #[napi]
    pub fn message_owner(&self, given: String, session: String, text: String) -> AsyncTask<Work> {
        let (session, text) = (Secret::from(session), Secret::from(text));
        self.with(given, move |agency, here: Here| {
            agency.message_owner(session.reveal(), &text, &source(here.source.as_deref()))?;
            Ok(Value::Null)
        })
    }

    #[napi]
    pub fn can_see(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Seeing { viewer, resource, of }| {
            Ok(show::decision(&agency.can_see(viewer, resource, Whose::from(of))?))
        })
    }

    #[napi]
    pub fn sees(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Sees { viewer }| Ok(show::list(&agency.sees(viewer)?, show::sight)))
    }

    #[napi]
    pub fn seen_by(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, SeenBy { resource, of }| {
            Ok(show::list(&agency.seen_by(resource, Whose::from(of))?, show::seen_by))
        })
    }

    #[napi]
    pub fn snapshot(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Sees { viewer }| Ok(json!(agency.snapshot(viewer)?)))
    }

    #[napi]
    pub fn snapshot_key(&self) -> AsyncTask<Work> {
        self.without(|agency| Ok(json!(agency.snapshot_key().to_string())))
    }

    #[napi]
    pub fn party(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, ThatParty { party }| Ok(show::party(&agency.party(party)?)))
    }

    #[napi]
    pub fn find_parties(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Finding { text, offset, limit }| {
            Ok(show::page(&agency.find_parties(&text, offset, limit)?, show::party))
        })
    }

    #[napi]
    pub fn history(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, ThatAccount { account }| Ok(show::list(&agency.history(account)?, show::line)))
    }

    #[napi]
    pub fn agency_history(&self) -> AsyncTask<Work> {
        self.without(|agency| Ok(show::list(&agency.agency_history()?, show::line)))
    }

    #[napi]
    pub fn verify_history(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, ThatAccount { account }| {
            agency.verify_history(account)?;
            Ok(Value::Null)
        })
    }

    #[napi]
    pub fn verify_agency_history(&self) -> AsyncTask<Work> {
        self.without(|agency| {
            agency.verify_agency_history()?;
            Ok(Value::Null)
        })
    }

    #[napi]
    pub fn tidy(&self, given: String) -> AsyncTask<Work> {
        self.with(given, |agency, Tidying { message_days }| Ok(json!(agency.tidy(message_days)?)))
    }
}
