//! What comes out as one of several things, or with a text of its own.

use carekey::account::Admission;
use carekey::agency::{Asks, Description, Recovery, Redeemed};
use carekey::history::Line;
use carekey::invitation::{InvitationCode, LinkToken};
use carekey::password::questions::Question;
use carekey::username::{Clash, Contact, NameVerdict};
use carekey::visibility::{Decision, Reason};
use carekey::{AccountId, Locale, Method, Secret, SignIn};
use serde_json::{Value, json};

use super::Show;

impl Show for SignIn {
    fn show(&self) -> Value {
        match self {
            Self::Granted(session) => json!({ "status": "granted", "session": session.show() }),
            Self::ChangePassword(step) => json!({ "status": "change_password", "step": step.show() }),
            Self::SetQuestions(step) => json!({ "status": "set_questions", "step": step.show() }),
            Self::Refused => json!({ "status": "refused" }),
        }
    }
}

impl Show for Redeemed {
    fn show(&self) -> Value {
        match self {
            Self::NewAccount { account, username, step } => {
                json!({ "status": "new_account", "account": account, "username": username, "step": step.show() })
            }
            Self::Linked { account, username } => {
                json!({ "status": "linked", "account": account, "username": username })
            }
            Self::SignInFirst => json!({ "status": "sign_in_first" }),
        }
    }
}

impl Show for Recovery {
    fn show(&self) -> Value {
        let token = self.token.show();
        match &self.asks {
            Asks::Code => json!({ "asks": "code", "token": token }),
            Asks::Questions(questions) => {
                json!({ "asks": "questions", "questions": questions.show(), "token": token })
            }
            Asks::NewPassword => json!({ "asks": "new_password", "token": token }),
        }
    }
}

impl Show for Question {
    fn show(&self) -> Value {
        json!({ "id": self.id, "text": in_all(|locale| self.text(locale)) })
    }
}

impl Show for Description {
    fn show(&self) -> Value {
        json!({ "act": self.act, "by": self.by, "text": in_all(|locale| self.text(locale)) })
    }
}

/// What is said in every language, by its tag.
fn in_all<T: serde::Serialize>(text: impl Fn(Locale) -> T) -> Value {
    Locale::known().into_iter().map(|locale| (locale.as_str(), json!(text(locale)))).collect()
}

impl Show for Admission {
    fn show(&self) -> Value {
        match self {
            Self::Evaluate => json!({ "status": "evaluate" }),
            Self::Locked(until) => json!({ "status": "locked", "until": until.show() }),
            Self::Closed => json!({ "status": "closed" }),
            Self::Busy => json!({ "status": "busy" }),
        }
    }
}

impl Show for Clash {
    fn show(&self) -> Value {
        match self {
            Self::Taken => json!({ "kind": "taken" }),
            Self::Retired => json!({ "kind": "retired" }),
            Self::Confusable(other) => json!({ "kind": "confusable", "other": other }),
        }
    }
}

impl Show for Contact {
    fn show(&self) -> Value {
        json!({ "method": self.method(), "display": self.display(), "canonical": self.canonical() })
    }
}

impl Show for NameVerdict {
    fn show(&self) -> Value {
        json!({
            "pass": self.pass(),
            "username": self.username,
            "canonical": self.canonical,
            "email": self.email.show(),
            "phone": self.phone.show(),
            "findings": self.findings.show(),
            "suggestions": self.suggestions,
        })
    }
}

impl Show for InvitationCode {
    fn show(&self) -> Value {
        json!({ "canonical": Secret::from(self.canonical()).show(), "grouped": self.grouped().show() })
    }
}

impl Show for LinkToken {
    fn show(&self) -> Value {
        Secret::from(self.canonical()).show()
    }
}

/// How an invitation goes, and where to.
impl Show for (Method, String) {
    fn show(&self) -> Value {
        json!({ "method": self.0, "contact": self.1 })
    }
}

impl Show for Reason {
    fn show(&self) -> Value {
        json!({
            "code": self.code,
            "resource": self.resource,
            "role": self.role,
            "tie": self.tie.show(),
            "grant": self.grant.show(),
            "message": self.message(Locale::English),
        })
    }
}

impl Show for (AccountId, Decision) {
    fn show(&self) -> Value {
        json!({ "account": self.0, "decision": self.1.show() })
    }
}

/// Its digest is shown in hexadecimal.
impl Show for Line {
    fn show(&self) -> Value {
        json!({
            "subject": self.subject,
            "sequence": self.sequence,
            "at": self.at.show(),
            "kind": self.kind,
            "actor": self.actor,
            "actorAccount": self.actor_account,
            "actorName": self.actor_name,
            "details": self.details,
            "source": self.source,
            "mac": self.mac.show(),
        })
    }
}
