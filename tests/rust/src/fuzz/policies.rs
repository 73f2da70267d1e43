//! Policies, and the texts of messages (P1, N).

use std::collections::BTreeMap;

use carekey::account::{Throttle, TokenLife};
use carekey::invitation::Invitation;
use carekey::message::{Text, check_template, fields, masked, render, retry_at};
use carekey::password::Person;
use carekey::password::questions::{Answer, check_answers};
use carekey::username::{Taken, Usernames};
use carekey::visibility;
use carekey::words::MessageKind;
use carekey::{Code, Method, Param, Params, Policy, Role, Secret, has_errors};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use time::macros::datetime;

use super::{consistent, has, parts, text, well_formed};

/// The bytes are a policy in JSON. One that is out of range may have no
/// sensible effect, but no rule falls over it.
pub fn policy(data: &[u8]) {
    let json = text(data);
    let read = Policy::read(&json);
    consistent(&read);
    let Ok(policy) = serde_json::from_str::<Policy>(&json) else {
        assert!(read.value.is_none());
        return;
    };
    well_formed(&policy.departures());
    let stored = serde_json::to_string(&policy).expect("a policy can be stored");
    assert_eq!(serde_json::from_str::<Policy>(&stored).expect("and read"), policy);
    let findings = policy.findings();
    well_formed(&findings);
    let in_range = !has_errors(&findings);
    assert!(read.value.is_none_or(|read| in_range && read == policy));

    for now in [datetime!(2026-11-22 9:00 UTC), datetime!(9999-12-31 23:59:59 UTC)] {
        let mut throttle = Throttle::default();
        for _ in 0..3 {
            let _ = throttle.admit(&policy.throttle, now);
            throttle.failed(&policy.throttle, now);
        }
        for remember in [false, true] {
            let life = TokenLife::session(&policy.session, remember, now, 0);
            assert!(!in_range || now.year() == 9999 || life.is_live(0, now));
        }
        let _ = retry_at(&policy.outbox, 7, now);
        let _ = Invitation::issue("sue@example.com", Method::Email, &policy.invitation, now);
    }
    for role in Role::ALL {
        let _ = (policy.username.scheme(*role), policy.enrolment.scheme(*role));
    }
    well_formed(&visibility::check_policy(&policy.visibility));
    let _ = policy.password.check("Lantern#47 tide", &Person::default());
    let answer = Answer { question: "first_pet", answer: "Rex the dog" };
    well_formed(&check_answers(&policy.questions, "sue@example.com", &[answer]));
    if let Err(error) = Usernames::new(&policy.username, "104", "US", Taken::default()) {
        well_formed(&error.findings);
    }
    if in_range {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let temporary = carekey::password::temporary(&policy.password, &policy.temporary_password, &mut rng);
        let checklist = policy.password.check(temporary.reveal(), &Person::default());
        assert!(checklist.passes(), "{:?}", checklist.findings());
    }
}

/// Four lines: the kind of message, its method, a subject, and the text.
pub fn template(data: &[u8]) {
    let [kind, method, subject, body] = parts(data);
    let kind: MessageKind = kind.parse().unwrap_or(MessageKind::Invitation);
    let method: Method = method.parse().unwrap_or(Method::Email);
    let subject = (!subject.is_empty()).then_some(subject);
    let text = Text { subject, body };
    let findings = check_template(kind, method, &text);
    well_formed(&findings);

    let fields = fields(kind);
    let params: Params =
        fields.params.iter().map(|name| ((*name).to_owned(), Param::from("{link}\r\nBcc: all@example.com"))).collect();
    let secrets: BTreeMap<String, Secret> =
        fields.secrets.iter().map(|name| ((*name).to_owned(), Secret::from(format!("<<{name}>>")))).collect();
    let rendered = render(&text, &params, &secrets);
    let subject = rendered.subject.unwrap_or_default();
    assert!(!subject.contains(['\r', '\n']), "{subject:?}");
    let masked = masked(kind, &text, &params);
    for (name, secret) in &secrets {
        // Unless the text has those very characters by itself.
        if !text.body.contains(secret.reveal()) && !subject.is_empty() {
            let written = text.subject.as_deref().is_some_and(|subject| subject.contains("<<"));
            assert!(written || !subject.contains(secret.reveal()), "{subject}");
        }
        if !text.body.contains("<<") {
            assert!(!masked.body.contains(secret.reveal()));
        }
        if findings.is_empty() {
            assert!(rendered.body.reveal().contains(secret.reveal()), "{name} is missing");
        }
        if !has(&findings, Code::TextTooLong) && !text.body.contains('{') {
            assert!(has(&findings, Code::TemplateNoSecret));
        }
    }
}
