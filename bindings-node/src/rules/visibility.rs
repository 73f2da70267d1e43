//! V: who sees what.

use carekey::policy::VisibilityPolicy;
use carekey::relationship::Period;
use carekey::visibility::{self, Decision, Of, Reason, Viewer, what_can_see, who_can_see};
use carekey::{ApplicationId, Code, Error, ErrorKind, Locale, PartyId, Resource};
use napi_derive::napi;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::policy_or_default;
use crate::border::{Moment, guard, reads, rules};
use crate::show::{Show, milliseconds};

rules! {
    strict visibility_what(viewer: Viewer, others: Vec<Of>, policy: Option<Value>, at: Moment) => {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        shown(what_can_see(&viewer, others, &policy, at.0))
    };

    strict visibility_who(
        resource: Resource, of: Of, viewers: Vec<(String, Viewer)>, policy: Option<Value>, at: Moment,
    ) => {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        let viewers = viewers.iter().map(|(id, viewer)| (id, viewer));
        let seen = who_can_see(resource, of, viewers, &policy, at.0).into_iter();
        seen.map(|(id, seen)| json!({ "id": id, "decision": seen.show() })).collect::<Value>()
    };

    visibility_reason_message(reason: Reason, locale: Locale) => reason.message(locale);
}

fn shown(seen: Vec<(Resource, Of, Decision)>) -> Value {
    let seen = seen.into_iter();
    seen.map(|(resource, of, seen)| json!({ "resource": resource, "of": of, "decision": seen.show() })).collect()
}

/// A viewer that came over once, with the policy, and is asked many times.
#[napi]
pub struct PreparedViewer {
    viewer: visibility::PreparedViewer,
    policy: VisibilityPolicy,
}

#[napi]
impl PreparedViewer {
    #[napi(factory)]
    pub fn of(given: String) -> napi::Result<Self> {
        guard(|| {
            reads!(strict &given => viewer: Viewer, policy: Option<Value>);
            Ok(Self { viewer: viewer.into(), policy: policy_or_default(policy.as_ref())?.visibility })
        })
    }

    #[napi]
    pub fn decide(&self, given: String) -> napi::Result<String> {
        guard(|| {
            reads!(strict &given => resource: Resource, of: Of, at: Moment);
            Ok(self.viewer.decide(resource, of, &self.policy, at.0).show().to_string())
        })
    }

    /// The same of what comes part by part, in an answer without names, and without
    /// the texts of its reasons. Nothing where a part is not as it should be: what
    /// is wrong is told of the whole.
    #[napi]
    pub fn decide_parts(&self, resource: String, whose: String, id: String, at: f64) -> napi::Result<Option<String>> {
        guard(|| {
            let Some((resource, of, at)) = asked(&resource, &whose, &id, at) else { return Ok(None) };
            let Decision { scope, because, .. } = self.viewer.decide(resource, of, &self.policy, at);
            let because = because.iter().map(|reason| {
                let tie = reason.tie.map(|tie| (tie.kind, tie.who, tie.of, ends(tie.period)));
                let grant = reason.grant.map(|grant| (grant.to, grant.resource, grant.of, ends(grant.period)));
                (reason.code, reason.role, tie, grant)
            });
            let told = serde_json::to_string(&(scope, because.collect::<Vec<_>>()));
            told.map(Some).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))
        })
    }

    /// The word, which needs no reading.
    #[napi]
    pub fn sees(&self, given: String) -> napi::Result<Option<&'static str>> {
        guard(|| {
            reads!(strict &given => resource: Resource, of: Of, at: Moment);
            Ok(self.viewer.sees(resource, of, &self.policy, at.0).map(visibility::Scope::as_str))
        })
    }

    /// The same of what comes part by part: no word for what is not seen, and
    /// nothing where a part is not as it should be.
    #[napi]
    pub fn sees_parts(
        &self,
        resource: String,
        whose: String,
        id: String,
        at: f64,
    ) -> napi::Result<Option<&'static str>> {
        guard(|| {
            let asked = asked(&resource, &whose, &id, at);
            Ok(asked.map(|(resource, of, at)| {
                self.viewer.sees(resource, of, &self.policy, at).map_or("", visibility::Scope::as_str)
            }))
        })
    }

    #[napi]
    pub fn what(&self, given: String) -> napi::Result<String> {
        guard(|| {
            reads!(strict &given => others: Vec<Of>, at: Moment);
            Ok(shown(self.viewer.what_can_see(others, &self.policy, at.0)).to_string())
        })
    }
}

/// What is asked part by part, where each is what it should be.
fn asked(resource: &str, whose: &str, id: &str, at: f64) -> Option<(Resource, Of, OffsetDateTime)> {
    let id = || Uuid::parse_str(id).ok();
    let of = match whose {
        "own" => Of::Own,
        "client" | "party" => Of::Party { id: PartyId(id()?), client: whose == "client" },
        "application" => Of::Application(ApplicationId(id()?)),
        _ => return None,
    };
    Some((resource.parse().ok()?, of, Moment::of_date(at)?.0))
}

/// When it begins and ends.
fn ends(period: Period) -> (i64, Option<i64>) {
    (milliseconds(period.begins_at), period.ends_at.map(milliseconds))
}
