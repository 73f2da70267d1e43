//! Relationships (R) and visibility (V).

use carekey::policy::VisibilityPolicy;
use carekey::relationship::{PartyFacts, Period, Tie, check_tie, conveys, role_fits};
use carekey::visibility::{Decision, Of, Viewer, check_grant, check_policy, decide, sees, what_can_see, who_can_see};
use carekey::{Locale, PartyKind, Resource, Role, TieKind};
use carekey_tests::{findings_json, moment};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The output of a call, or `None` where it is not one of these.
pub(crate) fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "relationship.role" => {
            let kind: PartyKind = get(given, "kind");
            findings_json(&role_fits(get::<Role>(given, "role"), kind).into_iter().collect::<Vec<_>>())
        }
        "relationship.conveys" => json!(conveys(get::<TieKind>(given, "kind"))),
        "relationship.period" => period(given),
        "relationship.check" => {
            let (who, of): (PartyFacts, PartyFacts) = (get(given, "who"), get(given, "of"));
            let existing: Vec<Tie> = get_or_default(given, "existing");
            findings_json(&check_tie(get(given, "kind"), &who, &of, &get::<Period>(given, "period"), &existing))
        }
        "grant.check" => {
            let to: PartyFacts = get(given, "to");
            findings_json(&check_grant(&to, get::<Resource>(given, "resource"), &get::<Period>(given, "period")))
        }
        "visibility.policy" => findings_json(&check_policy(&get(given, "policy"))),
        "visibility.decide" => decision_json(&decide_given(given)),
        "visibility.explain" => {
            let locale: Locale = get(given, "locale");
            decide_given(given).because.iter().map(|reason| reason.message(locale)).collect()
        }
        "visibility.what" => {
            let (viewer, others): (Viewer, Vec<Of>) = (get(given, "viewer"), get(given, "others"));
            let policy: VisibilityPolicy = get_or_default(given, "policy");
            what_can_see(&viewer, others, &policy, moment(&given["at"]))
                .iter()
                .map(|(resource, of, decision)| json!({ "resource": resource, "of": of, "scope": decision.scope }))
                .collect()
        }
        "visibility.who" => {
            let viewers: Vec<(String, Viewer)> = get(given, "viewers");
            let policy: VisibilityPolicy = get_or_default(given, "policy");
            let viewers = viewers.iter().map(|(id, viewer)| (id, viewer));
            who_can_see(get(given, "resource"), get(given, "of"), viewers, &policy, moment(&given["at"]))
                .iter()
                .map(|(id, decision)| json!({ "id": id, "scope": decision.scope }))
                .collect()
        }
        _ => return None,
    })
}

/// Whether a period is valid, holds a moment, and overlaps another.
fn period(given: &Value) -> Value {
    let period: Period = get(given, "period");
    let mut out = json!({ "valid": period.valid() });
    if let Some(at) = given.get("at") {
        out["in_force"] = json!(period.in_force(moment(at)));
    }
    if given.get("other").is_some() {
        out["overlaps"] = json!(period.overlaps(&get(given, "other")));
    }
    out
}

/// The decision of a case, after making sure that the short way agrees.
fn decide_given(given: &Value) -> Decision {
    let viewer: Viewer = get(given, "viewer");
    let (resource, of): (Resource, Of) = (get(given, "resource"), get(given, "of"));
    let policy: VisibilityPolicy = get_or_default(given, "policy");
    let at = moment(&given["at"]);
    let decision = decide(&viewer, resource, of, &policy, at);
    assert_eq!(sees(&viewer, resource, of, &policy, at), decision.scope);
    decision
}

/// A decision as cases write it: of each reason the code, the role, and the
/// kind of the tie.
pub(crate) fn decision_json(decision: &Decision) -> Value {
    let reasons = decision.because.iter().map(|reason| {
        let mut out = json!({ "code": reason.code });
        if let Some(role) = reason.role {
            out["role"] = json!(role);
        }
        if let Some(tie) = reason.tie {
            out["tie"] = json!(tie.kind);
        }
        out
    });
    let mut out = json!({ "allowed": decision.allowed, "because": reasons.collect::<Value>() });
    if let Some(scope) = decision.scope {
        out["scope"] = json!(scope);
    }
    out
}

pub(crate) fn get<T: DeserializeOwned>(given: &Value, name: &str) -> T {
    serde_json::from_value(given[name].clone()).unwrap_or_else(|error| panic!("{name}: {error} in {given}"))
}

fn get_or_default<T: DeserializeOwned + Default>(given: &Value, name: &str) -> T {
    given.get(name).map(|_| get(given, name)).unwrap_or_default()
}
