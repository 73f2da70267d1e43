//! Written by core/surface from the core: change it there, not here.

use carekey::Secret;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Deserialize;

use super::agency::Agency;
use super::each::Each;
use super::{Answers, Typed, page_limit};
use crate::border::Work;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CanSee {
    viewer: carekey::AccountId,
    resource: carekey::Resource,
    of: carekey::visibility::Whose,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sees {
    viewer: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenBy {
    resource: carekey::Resource,
    of: carekey::visibility::Whose,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snapshot {
    viewer: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contacts {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeContact {
    method: carekey::Method,
    address: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetLanguage {
    language: carekey::Locale,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmContact {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ObjectToContact {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sessions {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndSession {
    id: carekey::TokenId,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndOtherSessions {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageOwner {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recover {
    username: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecoveryCode {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecoveryAnswers {
    questions: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FinishRecovery {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookAtInvitation {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedeemCode {
    with: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedeemLink {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOut {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    username: String,
    #[serde(default)]
    remember: bool,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Activation {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Activate {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoosePassword {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetQuestions {
    questions: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionCount {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeQuestions {
    questions: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyHistory {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyHistory {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyAgencyHistory {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tidy {
    message_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    party: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindParties {
    text: String,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remind {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[napi]
impl Agency {
    #[napi]
    pub fn can_see(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, CanSee { viewer, resource, of }: CanSee| {
            agency.can_see(viewer, resource, of)
        })
    }

    #[napi]
    pub fn sees(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Sees { viewer }: Sees| {
            agency.sees(viewer)
        })
    }

    #[napi]
    pub fn seen_by(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, SeenBy { resource, of }: SeenBy| {
            agency.seen_by(resource, of)
        })
    }

    #[napi]
    pub fn snapshot(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Snapshot { viewer }: Snapshot| {
            agency.snapshot(viewer)
        })
    }

    #[napi]
    pub fn contacts(&self, given: String, session: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        self.act(given, move |agency, Contacts { source }: Contacts| {
            let source = super::source(source.as_deref());
            agency.contacts(session.reveal(), &source)
        })
    }

    #[napi]
    pub fn change_contact(&self, given: String, session: String, password: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        let password = Secret::from(password);
        self.act(given, move |agency, ChangeContact { method, address, source }: ChangeContact| {
            let source = super::source(source.as_deref());
            agency.change_contact(session.reveal(), &password, method, &address, &source)
        })
    }

    #[napi]
    pub fn set_language(&self, given: String, session: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        self.act(given, move |agency, SetLanguage { language, source }: SetLanguage| {
            let source = super::source(source.as_deref());
            agency.set_language(session.reveal(), language, &source)
        })
    }

    #[napi]
    pub fn confirm_contact(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.act(given, move |agency, ConfirmContact { source }: ConfirmContact| {
            let source = super::source(source.as_deref());
            agency.confirm_contact(link.reveal(), &source)
        })
    }

    #[napi]
    pub fn object_to_contact(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.act(given, move |agency, ObjectToContact { source }: ObjectToContact| {
            let source = super::source(source.as_deref());
            agency.object_to_contact(link.reveal(), &source)
        })
    }

    #[napi]
    pub fn sessions(&self, given: String, session: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        self.act(given, move |agency, Sessions {}: Sessions| {
            agency.sessions(session.reveal())
        })
    }

    #[napi]
    pub fn end_session(&self, given: String, session: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        self.act(given, move |agency, EndSession { id, source }: EndSession| {
            let source = super::source(source.as_deref());
            agency.end_session(session.reveal(), id, &source)
        })
    }

    #[napi]
    pub fn end_other_sessions(&self, given: String, session: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        self.act(given, move |agency, EndOtherSessions { source }: EndOtherSessions| {
            let source = super::source(source.as_deref());
            agency.end_other_sessions(session.reveal(), &source)
        })
    }

    #[napi]
    pub fn message_owner(&self, given: String, session: String, text: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        let text = Secret::from(text);
        self.act(given, move |agency, MessageOwner { source }: MessageOwner| {
            let source = super::source(source.as_deref());
            agency.message_owner(session.reveal(), &text, &source)
        })
    }

    #[napi]
    pub fn recover(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Recover { username, source }: Recover| {
            let source = super::source(source.as_deref());
            agency.recover(&username, &source)
        })
    }

    #[napi]
    pub fn recovery_code(&self, given: String, token: String, code: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        let code = Secret::from(code);
        self.act(given, move |agency, RecoveryCode { source }: RecoveryCode| {
            let source = super::source(source.as_deref());
            agency.recovery_code(&token, code.reveal(), &source)
        })
    }

    #[napi]
    pub fn recovery_answers(&self, given: String, token: String, answers: Vec<String>) -> AsyncTask<Work> {
        let token = Secret::from(token);
        let answers = Answers::new(answers);
        self.act(given, move |agency, RecoveryAnswers { questions, source }: RecoveryAnswers| {
            let answers = answers.to(&questions);
            let source = super::source(source.as_deref());
            agency.recovery_answers(&token, &answers, &source)
        })
    }

    #[napi]
    pub fn finish_recovery(&self, given: String, token: String, password: String, confirm: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        let password = Typed::new(password, confirm);
        self.act(given, move |agency, FinishRecovery { source }: FinishRecovery| {
            let source = super::source(source.as_deref());
            agency.finish_recovery(&token, password.both(), &source)
        })
    }

    #[napi]
    pub fn look_at_invitation(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.act(given, move |agency, LookAtInvitation {}: LookAtInvitation| {
            agency.look_at_invitation(link.reveal())
        })
    }

    #[napi]
    pub fn redeem_code(&self, given: String, code: String, session: Option<String>) -> AsyncTask<Work> {
        let code = Secret::from(code);
        let session = session.map(Secret::from);
        self.act(given, move |agency, RedeemCode { with, source }: RedeemCode| {
            let source = super::source(source.as_deref());
            agency.redeem_code(code.reveal(), &with, session.as_ref().map(carekey::Secret::reveal), &source)
        })
    }

    #[napi]
    pub fn redeem_link(&self, given: String, link: String, session: Option<String>) -> AsyncTask<Work> {
        let link = Secret::from(link);
        let session = session.map(Secret::from);
        self.act(given, move |agency, RedeemLink { source }: RedeemLink| {
            let source = super::source(source.as_deref());
            agency.redeem_link(link.reveal(), session.as_ref().map(carekey::Secret::reveal), &source)
        })
    }

    #[napi]
    pub fn session(&self, given: String, token: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        self.act(given, move |agency, Session {}: Session| {
            agency.session(token.reveal())
        })
    }

    #[napi]
    pub fn sign_out(&self, given: String, token: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        self.act(given, move |agency, SignOut { source }: SignOut| {
            let source = super::source(source.as_deref());
            agency.sign_out(token.reveal(), &source)
        })
    }

    #[napi]
    pub fn sign_in(&self, given: String, password: String, device: Option<String>) -> AsyncTask<Work> {
        let password = Secret::from(password);
        let device = device.map(Secret::from);
        self.act(given, move |agency, SignIn { username, remember, source }: SignIn| {
            let source = super::source(source.as_deref());
            let new = carekey::agency::Credentials { username: &username, password: &password, remember, device: device.as_ref().map(carekey::Secret::reveal) };
            agency.sign_in(&new, &source)
        })
    }

    #[napi]
    pub fn activation(&self, given: String, link: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        self.act(given, move |agency, Activation {}: Activation| {
            agency.activation(link.reveal())
        })
    }

    #[napi]
    pub fn activate(&self, given: String, link: String, password: String, confirm: String) -> AsyncTask<Work> {
        let link = Secret::from(link);
        let password = Typed::new(password, confirm);
        self.act(given, move |agency, Activate { source }: Activate| {
            let source = super::source(source.as_deref());
            agency.activate(link.reveal(), password.both(), &source)
        })
    }

    #[napi]
    pub fn choose_password(&self, given: String, step: String, password: String, confirm: String) -> AsyncTask<Work> {
        let step = Secret::from(step);
        let password = Typed::new(password, confirm);
        self.act(given, move |agency, ChoosePassword { source }: ChoosePassword| {
            let source = super::source(source.as_deref());
            agency.choose_password(&step, password.both(), &source)
        })
    }

    #[napi]
    pub fn set_questions(&self, given: String, step: String, answers: Vec<String>) -> AsyncTask<Work> {
        let step = Secret::from(step);
        let answers = Answers::new(answers);
        self.act(given, move |agency, SetQuestions { questions, source }: SetQuestions| {
            let answers = answers.to(&questions);
            let source = super::source(source.as_deref());
            agency.set_questions(&step, &answers, &source)
        })
    }

    #[napi]
    pub fn question_count(&self, given: String, token: String) -> AsyncTask<Work> {
        let token = Secret::from(token);
        self.act(given, move |agency, QuestionCount {}: QuestionCount| {
            agency.question_count(token.reveal())
        })
    }

    #[napi]
    pub fn change_questions(&self, given: String, session: String, password: String, answers: Vec<String>) -> AsyncTask<Work> {
        let session = Secret::from(session);
        let password = Secret::from(password);
        let answers = Answers::new(answers);
        self.act(given, move |agency, ChangeQuestions { questions, source }: ChangeQuestions| {
            let answers = answers.to(&questions);
            let source = super::source(source.as_deref());
            agency.change_questions(session.reveal(), &password, &answers, &source)
        })
    }

    #[napi]
    pub fn change_password(&self, given: String, session: String, current: String, password: String, confirm: String) -> AsyncTask<Work> {
        let session = Secret::from(session);
        let current = Secret::from(current);
        let password = Typed::new(password, confirm);
        self.act(given, move |agency, ChangePassword { source }: ChangePassword| {
            let source = super::source(source.as_deref());
            agency.change_password(session.reveal(), &current, password.both(), &source)
        })
    }

    #[napi]
    pub fn agency_history(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, AgencyHistory {}: AgencyHistory| {
            agency.agency_history()
        })
    }

    #[napi]
    pub fn verify_history(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, VerifyHistory { account }: VerifyHistory| {
            agency.verify_history(account)
        })
    }

    #[napi]
    pub fn verify_agency_history(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, VerifyAgencyHistory {}: VerifyAgencyHistory| {
            agency.verify_agency_history()
        })
    }

    #[napi]
    pub fn tidy(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Tidy { message_days }: Tidy| {
            agency.tidy(message_days)
        })
    }

    #[napi]
    pub fn history(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, History { account }: History| {
            agency.history(account)
        })
    }

    #[napi]
    pub fn party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Party { party }: Party| {
            let id = party;
            agency.party(id)
        })
    }

    #[napi]
    pub fn find_parties(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, FindParties { text, offset, limit }: FindParties| {
            agency.find_parties(&text, offset, limit)
        })
    }

    #[napi]
    pub fn each_party(&self, given: String) -> Each {
        self.each(given, move |agency, FindParties { text, limit, .. }: FindParties| {
            agency.each_party(&text).by(limit)
        })
    }

    #[napi]
    pub fn remind(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Remind {}: Remind| {
            agency.remind()
        })
    }

    #[napi]
    pub fn settings(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |agency, Settings {}: Settings| {
            agency.settings()
        })
    }
}
