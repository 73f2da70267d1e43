//! Written by core/surface from the core: change it there, not here.

use serde_json::{Value, json};

use super::Show;

impl Show for carekey::account::Throttle {
    fn show(&self) -> Value {
        json!({
            "failures": self.failures.show(),
            "open": self.open.show(),
            "openUntil": self.open_until.show(),
            "lockedUntil": self.locked_until.show(),
        })
    }
}

impl Show for carekey::account::TokenLife {
    fn show(&self) -> Value {
        json!({
            "expiresAt": self.expires_at.show(),
            "usedAt": self.used_at.show(),
            "idleMs": self.idle_ms.show(),
            "epoch": self.epoch.show(),
            "ended": self.ended.show(),
        })
    }
}

impl Show for carekey::agency::Added {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "enrolled": self.enrolled.show(),
        })
    }
}

impl Show for carekey::agency::AgencyExport {
    fn show(&self) -> Value {
        json!({
            "agency": self.agency.show(),
            "suspendedAt": self.suspended_at.show(),
            "sha256": self.sha256.show(),
            "rows": self.rows.show(),
        })
    }
}

impl Show for carekey::agency::AgencyRow {
    fn show(&self) -> Value {
        json!({
            "code": self.code.show(),
            "name": self.name.show(),
            "state": self.state.show(),
            "since": self.since.show(),
            "by": self.by.show(),
            "reason": self.reason.show(),
            "export": self.export.show(),
        })
    }
}

impl Show for carekey::agency::AgencySettings {
    fn show(&self) -> Value {
        json!({
            "code": self.code.show(),
            "name": self.name.show(),
            "prefix": self.prefix.show(),
            "country": self.country.show(),
            "locale": self.locale.show(),
            "linkBase": self.link_base.show(),
            "ownerEmail": self.owner_email.show(),
            "ownerEmails": self.owner_emails.show(),
            "timeZone": self.time_zone.show(),
            "policy": self.policy.show(),
        })
    }
}

impl Show for carekey::agency::Allowed {
    fn show(&self) -> Value {
        json!({
            "act": self.act.show(),
            "roles": self.roles.show(),
        })
    }
}

impl Show for carekey::agency::ApplicationRow {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "number": self.number.show(),
            "familyName": self.family_name.show(),
            "family": self.family.show(),
            "submittedAt": self.submitted_at.show(),
            "onlineAccount": self.online_account.show(),
            "invitedUntil": self.invited_until.show(),
            "invitedContact": self.invited_contact.show(),
            "invitedMethod": self.invited_method.show(),
            "invitation": self.invitation.show(),
        })
    }
}

impl Show for carekey::agency::BatchRow {
    fn show(&self) -> Value {
        json!({
            "item": self.item.show(),
            "done": self.done.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::DoneRow {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "party": self.party.show(),
            "tie": self.tie.show(),
            "grant": self.grant.show(),
            "username": self.username.show(),
            "done": self.done.show(),
            "handOver": self.hand_over.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::Edited {
    fn show(&self) -> Value {
        json!({
            "changes": self.changes.show(),
            "sentAgain": self.sent_again.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::Enrolled {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "username": self.username.show(),
            "invitation": self.invitation.show(),
            "handOver": self.hand_over.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::FeedLine {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "cursor": self.cursor.show(),
            "subject": self.line.subject.show(),
            "sequence": self.line.sequence.show(),
            "at": self.line.at.show(),
            "kind": self.line.kind.show(),
            "actor": self.line.actor.show(),
            "actorAccount": self.line.actor_account.show(),
            "actorName": self.line.actor_name.show(),
            "details": self.line.details.show(),
            "source": self.line.source.show(),
            "mac": self.line.mac.show(),
        })
    }
}

impl Show for carekey::agency::FeedPage {
    fn show(&self) -> Value {
        json!({
            "lines": self.lines.show(),
            "next": self.next.show(),
            "more": self.more.show(),
        })
    }
}

impl Show for carekey::agency::Former {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "deletedAt": self.deleted_at.show(),
        })
    }
}

impl Show for carekey::agency::GrantRow {
    fn show(&self) -> Value {
        json!({
            "grant": self.grant.show(),
            "to": self.to.show(),
            "toName": self.to_name.show(),
            "resource": self.resource.show(),
            "of": self.of.show(),
            "ofName": self.of_name.show(),
            "beginsAt": self.begins_at.show(),
            "endsAt": self.ends_at.show(),
            "reason": self.reason.show(),
        })
    }
}

impl Show for carekey::agency::HistoryExport {
    fn show(&self) -> Value {
        json!({
            "agency": self.agency.show(),
            "account": self.account.show(),
            "since": self.since.show(),
            "until": self.until.show(),
            "sha256": self.sha256.show(),
            "lines": self.lines.show(),
            "removed": self.removed.show(),
        })
    }
}

impl Show for carekey::agency::InvitationRow {
    fn show(&self) -> Value {
        json!({
            "invitation": self.invitation.show(),
            "method": self.method.show(),
            "contact": self.contact.show(),
            "expiresAt": self.expires_at.show(),
            "standing": self.standing.show(),
        })
    }
}

impl Show for carekey::agency::InvitationView {
    fn show(&self) -> Value {
        json!({
            "agency": self.agency.show(),
            "application": self.application.show(),
            "expiresAt": self.expires_at.show(),
        })
    }
}

impl Show for carekey::agency::LinkRow {
    fn show(&self) -> Value {
        json!({
            "link": self.link.show(),
            "account": self.account.show(),
            "username": self.username.show(),
            "application": self.application.show(),
            "number": self.number.show(),
            "since": self.since.show(),
            "endsAt": self.ends_at.show(),
            "act": self.act.show(),
            "by": self.by.show(),
        })
    }
}

impl Show for carekey::agency::Merged {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "roles": self.roles.show(),
            "given": self.given.show(),
            "ties": self.ties.show(),
            "joined": self.joined.show(),
            "ended": self.ended.show(),
            "grants": self.grants.show(),
            "links": self.links.show(),
            "applications": self.applications.show(),
            "invitations": self.invitations.show(),
            "cancelled": self.cancelled.show(),
        })
    }
}

impl Show for carekey::agency::Message {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "kind": self.kind.show(),
            "method": self.method.show(),
            "address": self.address.show(),
            "subject": self.subject.show(),
            "body": self.body.show(),
            "attempt": self.attempt.show(),
            "leasedUntil": self.leased_until.show(),
        })
    }
}

impl Show for carekey::agency::MessageRow {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "kind": self.kind.show(),
            "method": self.method.show(),
            "address": self.address.show(),
            "subject": self.subject.show(),
            "body": self.body.show(),
            "state": self.state.show(),
            "tries": self.tries.show(),
            "createdAt": self.created_at.show(),
            "dueAt": self.due_at.show(),
            "closedAt": self.closed_at.show(),
        })
    }
}

impl Show for carekey::agency::OwnContact {
    fn show(&self) -> Value {
        json!({
            "method": self.method.show(),
            "address": self.address.show(),
            "provenAt": self.proven_at.show(),
            "confirmUntil": self.confirm_until.show(),
            "objectedAt": self.objected_at.show(),
        })
    }
}

impl Show for carekey::agency::OwnSession {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "kind": self.kind.show(),
            "since": self.since.show(),
            "lastUsedAt": self.last_used_at.show(),
            "until": self.until.show(),
            "source": self.source.show(),
            "remembered": self.remembered.show(),
            "device": self.device.show(),
            "current": self.current.show(),
        })
    }
}

impl Show for carekey::agency::Party {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "kind": self.kind.show(),
            "displayName": self.display_name.show(),
            "firstName": self.first_name.show(),
            "middleName": self.middle_name.show(),
            "lastName": self.last_name.show(),
            "nickname": self.nickname.show(),
            "roles": self.roles.show(),
            "conveyed": self.conveyed.show(),
            "externalId": self.external_id.show(),
            "email": self.email.show(),
            "phone": self.phone.show(),
            "preferred": self.preferred.show(),
            "locale": self.locale.show(),
            "createdAt": self.created_at.show(),
            "account": self.account.show(),
            "accounts": self.accounts.show(),
        })
    }
}

impl Show for carekey::agency::PartyFile {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "links": self.links.show(),
            "ties": self.ties.show(),
            "grants": self.grants.show(),
            "invitation": self.invitation.show(),
            "applications": self.applications.show(),
        })
    }
}

impl Show for carekey::agency::PrintedCode {
    fn show(&self) -> Value {
        json!({
            "invitation": self.invitation.show(),
            "code": self.code.show(),
            "link": self.link.show(),
            "contact": self.contact.show(),
            "application": self.application.show(),
            "expiresAt": self.expires_at.show(),
        })
    }
}

impl Show for carekey::agency::Recovered {
    fn show(&self) -> Value {
        json!({
            "state": self.state.show(),
            "device": self.device.show(),
            "deviceExpiresAt": self.device_expires_at.show(),
        })
    }
}

impl Show for carekey::agency::ReviewItem {
    fn show(&self) -> Value {
        json!({
            "kind": self.kind.show(),
            "account": self.account.show(),
            "parties": self.parties.show(),
            "application": self.application.show(),
            "names": self.names.show(),
            "contacts": self.contacts.show(),
            "since": self.since.show(),
        })
    }
}

impl Show for carekey::agency::RowResult {
    fn show(&self) -> Value {
        json!({
            "line": self.line.show(),
            "outcome": self.outcome.show(),
            "party": self.party.show(),
            "account": self.account.show(),
            "username": self.username.show(),
            "handOver": self.hand_over.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::SentRow {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "party": self.party.show(),
            "username": self.username.show(),
            "done": self.done.show(),
            "handOver": self.hand_over.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::Session {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "token": self.token.show(),
            "expiresAt": self.expires_at.show(),
            "remembered": self.remembered.show(),
            "device": self.device.show(),
            "deviceExpiresAt": self.device_expires_at.show(),
        })
    }
}

impl Show for carekey::agency::SessionRow {
    fn show(&self) -> Value {
        json!({
            "id": self.id.show(),
            "kind": self.kind.show(),
            "since": self.since.show(),
            "lastUsedAt": self.last_used_at.show(),
            "until": self.until.show(),
            "source": self.source.show(),
            "remembered": self.remembered.show(),
            "device": self.device.show(),
        })
    }
}

impl Show for carekey::agency::SignedIn {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "party": self.party.show(),
            "parties": self.parties.show(),
            "username": self.username.show(),
            "displayName": self.display_name.show(),
            "isManager": self.is_manager.show(),
            "expiresAt": self.expires_at.show(),
        })
    }
}

impl Show for carekey::agency::Split {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "of": self.of.show(),
            "moved": self.moved.show(),
            "changed": self.changed.show(),
        })
    }
}

impl Show for carekey::agency::StagedRow {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "party": self.party.show(),
            "displayName": self.display_name.show(),
            "since": self.since.show(),
        })
    }
}

impl Show for carekey::agency::Step {
    fn show(&self) -> Value {
        json!({
            "token": self.token.show(),
            "expiresAt": self.expires_at.show(),
        })
    }
}

impl Show for carekey::agency::Submitted {
    fn show(&self) -> Value {
        json!({
            "application": self.application.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::TextRow {
    fn show(&self) -> Value {
        json!({
            "kind": self.kind.show(),
            "method": self.method.show(),
            "locale": self.locale.show(),
            "subject": self.text.subject.show(),
            "body": self.text.body.show(),
            "own": self.own.show(),
        })
    }
}

impl Show for carekey::agency::TieResult {
    fn show(&self) -> Value {
        json!({
            "line": self.line.show(),
            "outcome": self.outcome.show(),
            "tie": self.tie.show(),
            "who": self.who.show(),
            "of": self.of.show(),
            "account": self.account.show(),
            "username": self.username.show(),
            "handOver": self.hand_over.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::agency::TieRow {
    fn show(&self) -> Value {
        json!({
            "tie": self.tie.show(),
            "kind": self.kind.show(),
            "who": self.who.show(),
            "whoName": self.who_name.show(),
            "of": self.of.show(),
            "ofName": self.of_name.show(),
            "beginsAt": self.begins_at.show(),
            "endsAt": self.ends_at.show(),
            "reference": self.reference.show(),
        })
    }
}

impl Show for carekey::agency::Tied {
    fn show(&self) -> Value {
        json!({
            "tie": self.tie.show(),
            "enrolled": self.enrolled.show(),
        })
    }
}

impl Show for carekey::agency::Trimmed {
    fn show(&self) -> Value {
        json!({
            "until": self.until.show(),
            "lines": self.lines.show(),
        })
    }
}

impl Show for carekey::agency::User {
    fn show(&self) -> Value {
        json!({
            "account": self.account.show(),
            "party": self.party.show(),
            "displayName": self.display_name.show(),
            "firstName": self.first_name.show(),
            "lastName": self.last_name.show(),
            "username": self.username.show(),
            "state": self.state.show(),
            "isManager": self.is_manager.show(),
            "lastLogon": self.last_logon.show(),
            "created": self.created.show(),
            "disabled": self.disabled.show(),
            "disabledBy": self.disabled_by.show(),
            "description": self.description.show(),
            "note": self.note.show(),
            "staged": self.staged.show(),
        })
    }
}

impl Show for carekey::agency::UserPage {
    fn show(&self) -> Value {
        json!({
            "users": self.users.show(),
            "found": self.found.show(),
            "active": self.active.show(),
        })
    }
}

impl Show for carekey::agency::WindowGroup {
    fn show(&self) -> Value {
        json!({
            "role": self.role.show(),
            "total": self.total.show(),
            "rows": self.rows.show(),
        })
    }
}

impl Show for carekey::agency::WindowRow {
    fn show(&self) -> Value {
        json!({
            "party": self.party.show(),
            "displayName": self.display_name.show(),
            "username": self.username.show(),
            "email": self.email.show(),
            "phone": self.phone.show(),
            "account": self.account.show(),
            "state": self.state.show(),
            "note": self.note.show(),
            "staged": self.staged.show(),
        })
    }
}

impl Show for carekey::history::Head {
    fn show(&self) -> Value {
        json!({
            "length": self.length.show(),
            "mac": self.mac.show(),
        })
    }
}

impl Show for carekey::invitation::Invitation {
    fn show(&self) -> Value {
        json!({
            "contact": self.contact.show(),
            "method": self.method.show(),
            "issuedAt": self.issued_at.show(),
            "expiresAt": self.expires_at.show(),
            "supersededAt": self.superseded_at.show(),
            "redeemedAt": self.redeemed_at.show(),
        })
    }
}

impl Show for carekey::message::Fields {
    fn show(&self) -> Value {
        json!({
            "params": self.params.show(),
            "secrets": self.secrets.show(),
        })
    }
}

impl Show for carekey::message::Label {
    fn show(&self) -> Value {
        json!({
            "word": self.word.show(),
            "label": self.label.show(),
        })
    }
}

impl Show for carekey::message::Rendered {
    fn show(&self) -> Value {
        json!({
            "subject": self.subject.show(),
            "body": self.body.show(),
        })
    }
}

impl Show for carekey::message::Text {
    fn show(&self) -> Value {
        json!({
            "subject": self.subject.show(),
            "body": self.body.show(),
        })
    }
}

impl Show for carekey::name::PersonName {
    fn show(&self) -> Value {
        json!({
            "first": self.first.show(),
            "middle": self.middle.show(),
            "last": self.last.show(),
            "nickname": self.nickname.show(),
        })
    }
}

impl Show for carekey::password::HashingMemory {
    fn show(&self) -> Value {
        json!({
            "limitKib": self.limit_kib.show(),
            "takenKib": self.taken_kib.show(),
            "keptKib": self.kept_kib.show(),
            "mostKib": self.most_kib.show(),
            "waiting": self.waiting.show(),
        })
    }
}

impl Show for carekey::password::RuleCheck {
    fn show(&self) -> Value {
        json!({
            "code": self.code.show(),
            "met": self.met.show(),
            "finding": self.finding.show(),
        })
    }
}

impl Show for carekey::password::Verified {
    fn show(&self) -> Value {
        json!({
            "matches": self.matches.show(),
            "renew": self.renew.show(),
        })
    }
}

impl Show for carekey::relationship::Tie {
    fn show(&self) -> Value {
        json!({
            "kind": self.kind.show(),
            "who": self.who.show(),
            "of": self.of.show(),
            "beginsAt": self.period.begins_at.show(),
            "endsAt": self.period.ends_at.show(),
        })
    }
}

impl Show for carekey::roster::Change {
    fn show(&self) -> Value {
        json!({
            "field": self.field.show(),
            "before": self.before.show(),
            "after": self.after.show(),
        })
    }
}

impl Show for carekey::roster::Outline {
    fn show(&self) -> Value {
        json!({
            "sheets": self.sheets.show(),
            "titles": self.titles.show(),
        })
    }
}

impl Show for carekey::roster::Summary {
    fn show(&self) -> Value {
        json!({
            "rows": self.rows.show(),
            "create": self.create.show(),
            "update": self.update.show(),
            "unchanged": self.unchanged.show(),
            "waiting": self.waiting.show(),
            "failed": self.failed.show(),
        })
    }
}

impl Show for carekey::roster::TieCheck {
    fn show(&self) -> Value {
        json!({
            "row": self.row.show(),
            "outcome": self.outcome.show(),
            "who": self.who.show(),
            "whoName": self.who_name.show(),
            "whoMaybe": self.who_maybe.show(),
            "of": self.of.show(),
            "ofName": self.of_name.show(),
            "ofMaybe": self.of_maybe.show(),
            "tie": self.tie.show(),
            "beginsAt": self.begins_at.show(),
            "endsAt": self.ends_at.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::roster::TieRosterRow {
    fn show(&self) -> Value {
        json!({
            "line": self.line.show(),
            "who": self.who.show(),
            "whoName": self.who_name.show(),
            "whoEmail": self.who_email.show(),
            "whoPhone": self.who_phone.show(),
            "kind": self.kind.show(),
            "of": self.of.show(),
            "ofName": self.of_name.show(),
            "ofEmail": self.of_email.show(),
            "ofPhone": self.of_phone.show(),
            "beginsAt": self.begins_at.show(),
            "endsAt": self.ends_at.show(),
            "reference": self.reference.show(),
            "findings": self.findings.show(),
        })
    }
}

impl Show for carekey::roster::Titled {
    fn show(&self) -> Value {
        json!({
            "title": self.title.show(),
            "column": self.column.show(),
        })
    }
}

impl Show for carekey::username::Email {
    fn show(&self) -> Value {
        json!({
            "typed": self.typed.show(),
            "canonical": self.canonical.show(),
        })
    }
}

impl Show for carekey::username::Phone {
    fn show(&self) -> Value {
        json!({
            "typed": self.typed.show(),
            "e164": self.e164.show(),
        })
    }
}

impl Show for carekey::visibility::Decision {
    fn show(&self) -> Value {
        json!({
            "allowed": self.allowed.show(),
            "scope": self.scope.show(),
            "because": self.because.show(),
        })
    }
}

impl Show for carekey::visibility::Grant {
    fn show(&self) -> Value {
        json!({
            "to": self.to.show(),
            "resource": self.resource.show(),
            "of": self.of.show(),
            "beginsAt": self.period.begins_at.show(),
            "endsAt": self.period.ends_at.show(),
        })
    }
}

impl Show for carekey::visibility::Sight {
    fn show(&self) -> Value {
        json!({
            "resource": self.resource.show(),
            "of": self.of.show(),
            "decision": self.decision.show(),
        })
    }
}
