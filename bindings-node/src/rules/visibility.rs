//! V: who sees what.

use carekey::relationship::{PartyFacts, Period};
use carekey::visibility::{
    self, Of, Reason, Viewer, cell, check_grant, check_policy, decide, what_can_see, who_can_see,
};
use carekey::{Locale, Resource, Role};
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::{Moment, rules};
use crate::show::Show;

rules! {
    strict visibility_decide(viewer: Viewer, resource: Resource, of: Of, policy: Option<Value>, at: Moment) =>
        decide(&viewer, resource, of, &policy_or_default(policy.as_ref())?.visibility, at.0);

    strict visibility_sees(viewer: Viewer, resource: Resource, of: Of, policy: Option<Value>, at: Moment) =>
        visibility::sees(&viewer, resource, of, &policy_or_default(policy.as_ref())?.visibility, at.0);

    strict visibility_what(viewer: Viewer, others: Vec<Of>, policy: Option<Value>, at: Moment) => {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        let seen = what_can_see(&viewer, others, &policy, at.0).into_iter();
        seen.map(|(resource, of, seen)| json!({ "resource": resource, "of": of, "decision": seen.show() }))
            .collect::<Value>()
    };

    strict visibility_who(
        resource: Resource, of: Of, viewers: Vec<(String, Viewer)>, policy: Option<Value>, at: Moment,
    ) => {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        let viewers = viewers.iter().map(|(id, viewer)| (id, viewer));
        let seen = who_can_see(resource, of, viewers, &policy, at.0).into_iter();
        seen.map(|(id, seen)| json!({ "id": id, "decision": seen.show() })).collect::<Value>()
    };

    visibility_cell(role: Role, resource: Resource) => cell(role, resource);

    strict visibility_check_grant(to: PartyFacts, resource: Resource, period: Period) =>
        check_grant(&to, resource, &period);

    visibility_check_policy(policy: Option<Value>) => check_policy(&policy_or_default(policy.as_ref())?.visibility);

    visibility_reason_message(reason: Reason, locale: Locale) => reason.message(locale);
}
