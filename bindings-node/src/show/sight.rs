//! Ties, grants, decisions and histories.

use carekey::agency::{Sight, Whose};
use carekey::history::Line;
use carekey::relationship::Tie;
use carekey::visibility::{Decision, Grant, Reason};
use carekey::{AccountId, Locale};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::{list, moment, moment_or_null};

fn tie(tie: &Tie) -> Value {
    json!({
        "kind": tie.kind,
        "who": tie.who,
        "of": tie.of,
        "beginsAt": moment(tie.period.begins_at),
        "endsAt": moment_or_null(tie.period.ends_at),
    })
}

fn grant(grant: &Grant) -> Value {
    json!({
        "to": grant.to,
        "resource": grant.resource,
        "of": grant.of,
        "beginsAt": moment(grant.period.begins_at),
        "endsAt": moment_or_null(grant.period.ends_at),
    })
}

fn reason(reason: &Reason) -> Value {
    json!({
        "code": reason.code,
        "resource": reason.resource,
        "role": reason.role,
        "tie": reason.tie.as_ref().map(tie),
        "grant": reason.grant.as_ref().map(grant),
        "message": reason.message(Locale::English),
    })
}

pub(crate) fn decision(decision: &Decision) -> Value {
    json!({
        "allowed": decision.allowed,
        "scope": decision.scope,
        "because": list(&decision.because, reason),
    })
}

fn whose(whose: Whose) -> Value {
    match whose {
        Whose::Own => json!("own"),
        Whose::Party(party) => json!({ "party": party }),
        Whose::Application(application) => json!({ "application": application }),
    }
}

pub(crate) fn sight(sight: &Sight) -> Value {
    json!({ "resource": sight.resource, "of": whose(sight.of), "decision": decision(&sight.decision) })
}

pub(crate) fn seen_by((account, seen): &(AccountId, Decision)) -> Value {
    json!({ "account": account, "decision": decision(seen) })
}

pub(crate) fn line(line: &Line) -> Value {
    json!({
        "subject": line.subject,
        "sequence": line.sequence,
        "at": moment(line.at),
        "kind": line.kind,
        "actor": line.actor,
        "actorAccount": line.actor_account,
        "actorName": line.actor_name,
        "details": line.details,
        "source": line.source,
        "mac": HEXLOWER.encode(&line.mac),
    })
}
