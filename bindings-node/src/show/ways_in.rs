//! Answers to those who sign in, redeem, or recover.

use carekey::agency::{Asks, InvitationView, Recovered, Recovery, Redeemed, SignedIn};
use carekey::password::questions::Question;
use carekey::{Session, SignIn, Step};
use serde_json::{Value, json};

use super::{list, moment, secret, texts};

pub(crate) fn session(session: &Session) -> Value {
    json!({
        "account": session.account,
        "token": secret(&session.token),
        "expiresAt": moment(session.expires_at),
        "remembered": session.remembered,
        "device": session.device.as_ref().map(secret),
        "deviceExpiresAt": moment(session.device_expires_at),
    })
}

fn step(step: &Step) -> Value {
    json!({ "token": secret(&step.token), "expiresAt": moment(step.expires_at) })
}

pub(crate) fn sign_in(answer: &SignIn) -> Value {
    match answer {
        SignIn::Granted(granted) => json!({ "status": "granted", "session": session(granted) }),
        SignIn::ChangePassword(next) => json!({ "status": "change_password", "step": step(next) }),
        SignIn::SetQuestions(next) => json!({ "status": "set_questions", "step": step(next) }),
        SignIn::Refused => json!({ "status": "refused" }),
    }
}

pub(crate) fn signed_in(found: &SignedIn) -> Value {
    json!({
        "account": found.account,
        "party": found.party,
        "parties": found.parties,
        "username": found.username,
        "displayName": found.display_name,
        "isManager": found.is_manager,
        "expiresAt": moment(found.expires_at),
    })
}

pub(crate) fn recovery(recovery: &Recovery) -> Value {
    let token = secret(&recovery.token);
    match &recovery.asks {
        Asks::Code => json!({ "asks": "code", "token": token }),
        Asks::Questions(questions) => {
            let text = |question: &Question| texts(|locale| question.text(locale).to_owned());
            let question = |question: &&Question| json!({ "id": question.id, "text": text(question) });
            json!({ "asks": "questions", "questions": list(questions, question), "token": token })
        }
        Asks::NewPassword => json!({ "asks": "new_password", "token": token }),
    }
}

pub(crate) fn recovered(recovered: &Recovered) -> Value {
    json!({
        "state": recovered.state,
        "device": secret(&recovered.device),
        "deviceExpiresAt": moment(recovered.device_expires_at),
    })
}

pub(crate) fn invitation_view(view: &InvitationView) -> Value {
    json!({ "agency": view.agency, "application": view.application, "expiresAt": moment(view.expires_at) })
}

pub(crate) fn redeemed(redeemed: &Redeemed) -> Value {
    match redeemed {
        Redeemed::NewAccount { account, username, step: next } => {
            json!({ "status": "new_account", "account": account, "username": username, "step": step(next) })
        }
        Redeemed::Linked { account, username } => {
            json!({ "status": "linked", "account": account, "username": username })
        }
        Redeemed::SignInFirst => json!({ "status": "sign_in_first" }),
    }
}
