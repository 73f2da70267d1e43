//! What each step does, and its outcome: `done`, what the method answers
//! (see [`outcome`](super::outcome)), or `{ "error": […] }`.

use std::ops::ControlFlow;

use carekey::agency::{
    ApplicationFilter, Asks, DoneRow, FeedLine, FeedQuery, HistoryRange, NewApplication, NewGrant, NewParty, NewStaff,
    NewTie, PartyEdit, PartyFilter, Progress, Recovery, Redeemed, SentRow, Staged, UserQuery,
};
use carekey::password::questions::Answer;
use carekey::{AccountId, Actor, Agency, Credentials, Locale, Office, Result, Secret, SignIn, Source};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::outcome::{
    codes, decision, done, enrolled, failed, grant_row, line, merged, moment, number, own_contact, own_session,
    party_file, session_row, sign_in, tie_row, user, window_group, without_blanks,
};
use super::step::{Do, Editing, Step};
use super::world::{World, apply, twice};
use tie_roster::TieFile;

mod make_active;
mod roster;
mod tie_roster;

/// Where a step is done, by whom, and from where.
struct Here {
    actor: Actor,
    agency: Agency,
    office: Office,
    source: Source,
}

impl World {
    /// Does the step and says what came of it.
    pub fn play(&mut self, step: Step) -> Value {
        let agency = self.agency(&step.agency);
        let source = step.from.as_deref().map_or(Source::UNKNOWN, Source::new);
        let actor = self.actor(&step.by);
        let office = agency.acting_as(actor.clone()).from(source.clone()).sending(step.send);
        let here = Here { actor, agency, office, source };
        self.act(&here, step.act).unwrap_or_else(|error| failed(&error))
    }

    #[allow(clippy::too_many_lines)]
    fn act(&mut self, here: &Here, act: Do) -> Result<Value> {
        let Here { actor, agency, office, source } = here;
        Ok(match act {
            Do::Wait { days, hours, minutes, seconds, ms } => {
                let time = Duration::days(days) + Duration::hours(hours) + Duration::minutes(minutes);
                self.wait(time + Duration::seconds(seconds) + Duration::milliseconds(ms));
                done()
            }
            Do::Keep { name, value } => {
                let value = self.text(agency, &value);
                self.named(Some(&name)).text = Some(value);
                done()
            }
            Do::MakeActive { name, role, full_name, email, phone, password } => {
                let email = email.unwrap_or_else(|| format!("{name}@example.com"));
                let password = Secret::from(password.unwrap_or_else(|| "Lantern#47 tide".to_owned()));
                self.make_active(here, &name, role, &full_name, &email, phone, &password)?
            }

            Do::SuspendAgency { reason } => {
                self.directory.suspend_agency(agency.code(), reason.as_deref().unwrap_or_default(), actor)?;
                done()
            }
            Do::ResumeAgency {} => {
                self.directory.resume_agency(agency.code(), actor)?;
                done()
            }
            Do::ExportAgency { name } => {
                let mut bytes = Vec::new();
                let made = self.directory.export_agency(agency.code(), &mut bytes, actor)?;
                assert_eq!(carekey::agency::verify_export(&mut bytes.as_slice(), &[7; 32]).as_ref(), Ok(&made));
                self.named(name.as_deref()).export = bytes;
                json!({ "agency": made.agency, "rows": made.rows })
            }
            Do::ExportHistory { name, account, since, until } => {
                let mut bytes = Vec::new();
                let account = account.map(|account| self.account(&account));
                let range = HistoryRange { account, since: at(since), until: at(until) };
                let made = office.export_history(&range, &mut bytes)?;
                let verified = carekey::agency::verify_history_export(&mut bytes.as_slice(), &[7; 32]);
                assert_eq!(verified.as_ref(), Ok(&made));
                self.named(name.as_deref()).export = bytes;
                without_blanks(json!({
                    "agency": made.agency, "account": made.account.is_some(), "since": moment(made.since),
                    "until": moment(Some(made.until)), "lines": made.lines, "removed": made.removed,
                }))
            }
            Do::TrimHistory { export } => {
                let export = self.thing(&export).export.clone();
                let done = office.trim_history(&mut export.as_slice())?;
                json!({ "until": moment(Some(done.until)), "lines": done.lines })
            }
            Do::DeleteAgency { export } => {
                let export = self.thing(&export).export.clone();
                self.directory.delete_agency(agency.code(), &mut export.as_slice(), actor)?;
                done()
            }
            Do::CreateAgency { code } => {
                self.directory.create_agency(self.new_agency(&code), actor)?;
                done()
            }
            Do::AgencyRows {} => {
                let rows = self.directory.agency_rows()?;
                let row = |row: &carekey::agency::AgencyRow| {
                    let (name, since) = (row.name.as_str(), moment(Some(row.since)));
                    without_blanks(json!({
                        "code": row.code, "name": name, "state": row.state, "since": since, "by": row.by,
                        "reason": row.reason, "exported": row.export.as_ref().map(String::len),
                    }))
                };
                rows.iter().map(row).collect()
            }

            Do::ChangeSettings { settings, policy } => {
                let mut new = apply(&settings, agency.settings()?);
                new.policy = policy.map_or(new.policy, |policy| *policy);
                office.change_settings(new)?;
                done()
            }
            Do::SetText { kind, method, locale, text } => {
                office.set_text(kind, method, locale, text.as_ref())?;
                done()
            }
            Do::Texts { kind, method, locale } => {
                let mut rows = office.texts()?;
                rows.retain(|row| kind.is_none_or(|kind| row.kind == kind));
                rows.retain(|row| method.is_none_or(|method| row.method == method));
                rows.retain(|row| locale.is_none_or(|locale| row.locale == locale));
                rows.iter()
                    .map(|row| json!({ "kind": row.kind, "method": row.method, "locale": row.locale, "own": row.own }))
                    .collect()
            }
            Do::Text { kind, method, locale } => {
                let row = office.text(kind, method, locale)?;
                json!({ "subject": row.text.subject, "body": row.text.body, "own": row.own })
            }
            Do::PreviewText { kind, method, locale, text } => {
                let shown = office.preview_text(kind, method, locale, text.as_ref())?;
                json!({ "subject": shown.subject, "body": shown.body.reveal() })
            }

            Do::AddParty { name, kind, full_name, roles, external_id, email, phone, preferred, locale } => {
                let new = NewParty { kind, name: full_name, roles, external_id, email, phone, preferred, locale };
                let added = office.add_party(&new)?;
                let thing = self.named(name.as_deref());
                thing.party = Some(added.party);
                self.keep_enrolled(name.as_deref(), added.enrolled)
            }
            Do::CreateAccount { party, role, username } => {
                let made = office.create_account(self.party(&party), role, username.as_deref())?;
                self.keep_enrolled(Some(&party), Some(made))
            }
            Do::SetRoles { party, roles } => {
                let enrolled = office.set_roles(self.party(&party), &roles)?;
                self.keep_enrolled(Some(&party), enrolled)
            }
            Do::Relate { name, who, kind, of, begins_at, ends_at, reference } => {
                let new = NewTie {
                    kind,
                    who: self.party(&who),
                    of: self.party(&of),
                    begins_at: at(begins_at),
                    ends_at: at(ends_at),
                    reference,
                };
                let tied = office.relate(&new)?;
                self.named(name.as_deref()).tie = Some(tied.tie);
                self.keep_enrolled(Some(&who), tied.enrolled)
            }
            Do::RelateAll { ties, stop } => {
                let names: Vec<String> = ties.iter().map(|tie| tie.who.clone()).collect();
                let made: Vec<NewTie> = ties
                    .into_iter()
                    .map(|tie| NewTie {
                        kind: tie.kind,
                        who: self.party(&tie.who),
                        of: self.party(&tie.of),
                        begins_at: at(tie.begins_at),
                        ends_at: at(tie.ends_at),
                        reference: tie.reference,
                    })
                    .collect();
                let rows = office.relate_all(&made, &mut going_on(stop))?;
                assert!(rows.iter().all(|row| row.done == row.tie.is_some() && row.grant.is_none()));
                self.keep_done(&names, &rows)
            }
            Do::GrantAll { grants, stop } => {
                let names: Vec<String> = grants.iter().map(|grant| grant.party.clone()).collect();
                let given: Vec<NewGrant> = grants
                    .into_iter()
                    .map(|grant| NewGrant {
                        party: self.party(&grant.party),
                        resource: grant.resource,
                        of: grant.of.map(|of| match self.item(&of) {
                            carekey::agency::Invitee::Party(id) => id.0,
                            carekey::agency::Invitee::Application(id) => id.0,
                        }),
                        ends_at: at(grant.ends_at),
                        reason: grant.reason,
                    })
                    .collect();
                let rows = office.grant_all(&given, &mut going_on(stop))?;
                assert!(rows.iter().all(|row| row.done == row.grant.is_some() && row.tie.is_none()));
                self.keep_done(&names, &rows)
            }
            Do::EndTie { tie, at: moment } => {
                let tie = self.thing(&tie).tie.expect("a tie");
                office.end_tie(tie, at(moment))?;
                done()
            }
            Do::Ties { party, at: moment } => {
                office.ties(self.party(&party), at(moment))?.iter().map(tie_row).collect()
            }
            Do::Grant { name, party, resource, of, ends_at, reason } => {
                let of = of.map(|of| match self.item(&of) {
                    carekey::agency::Invitee::Party(id) => id.0,
                    carekey::agency::Invitee::Application(id) => id.0,
                });
                let grant = office.grant(self.party(&party), resource, of, at(ends_at), reason.as_deref())?;
                self.named(name.as_deref()).grant = Some(grant);
                done()
            }
            Do::Grants { party, at: moment } => {
                office.grants(self.party(&party), at(moment))?.iter().map(grant_row).collect()
            }
            Do::EndGrant { grant, at: moment } => {
                office.end_grant(self.thing(&grant).grant.expect("a grant"), at(moment))?;
                done()
            }
            Do::AddApplication { name, number, family } => {
                let new = NewApplication { number, family: self.party(&family), submitted_at: None };
                let submitted = office.add_application(&new)?;
                self.named(name.as_deref()).application = Some(submitted.application);
                if submitted.findings.is_empty() { done() } else { json!({ "findings": codes(&submitted.findings) }) }
            }
            Do::Party { party } => {
                let party = agency.party(self.party(&party))?;
                without_blanks(json!({
                    "display_name": party.display_name,
                    "roles": party.roles,
                    "external_id": party.external_id,
                    "email": party.email,
                    "phone": party.phone,
                    "account": party.account.is_some(),
                }))
            }
            Do::RestoreParty { party, full_name, kind, roles, external_id, email, phone } => {
                let new = NewParty { kind, name: full_name, roles, external_id, email, phone, ..NewParty::default() };
                let restored = office.restore_party(self.party(&party), &new)?;
                self.keep_enrolled(Some(&party), restored.enrolled)
            }
            Do::Former { username, party } => {
                let former = office.former(&username)?;
                json!(former.is_some_and(|former| former.party == self.party(&party)))
            }
            Do::DeleteParty { party } => {
                office.delete_party(self.party(&party))?;
                done()
            }
            Do::Window => office.window(0, 100)?.iter().map(window_group).collect(),
            Do::Review { unused_days } => {
                office.review(unused_days)?.iter().map(|item| json!([item.kind, item.names])).collect()
            }
            Do::FindParties { text } => {
                let text = if text.starts_with('$') { self.party(&text).to_string() } else { text };
                agency.find_parties(&text, 0, 100)?.into_iter().map(|party| json!(party.display_name)).collect()
            }

            Do::Parties { text, role, kind, without_account, offset, limit } => {
                let filter = PartyFilter { text, role, kind, without_account };
                let page = office.parties(&filter, offset, limit.unwrap_or(100))?;
                json!({ "parties": page.iter().map(|party| &party.display_name).collect::<Vec<_>>(), "found": page.found })
            }
            Do::PartyFile { party, at: moment } => party_file(&office.party_file(self.party(&party), at(moment))?),
            Do::MergeParties { keep, gone } => merged(&office.merge_parties(self.party(&keep), self.party(&gone))?),
            Do::PreviewMerge { keep, gone } => merged(&office.preview_merge(self.party(&keep), self.party(&gone))?),
            Do::SplitParty { party } => {
                let split = office.split_party(self.party(&party))?;
                without_blanks(json!({ "moved": number(split.moved.len()), "changed": number(split.changed.len()) }))
            }
            Do::EditParty { party, edit } => {
                let Editing { name, nickname, email, phone, preferred, locale, external_id } = edit;
                let edit = PartyEdit { name, nickname, email, phone, preferred, locale, external_id };
                let edited = office.edit_party(self.party(&party), &edit)?;
                let changes = edited.changes.iter().map(|change| json!([change.field, change.before, change.after]));
                match without_blanks(json!({
                    "changes": changes.collect::<Value>(),
                    "sent_again": edited.sent_again,
                    "findings": codes(&edited.findings),
                })) {
                    Value::Object(nothing) if nothing.is_empty() => done(),
                    edited => edited,
                }
            }

            Do::Preview { name, csv, then } => self.preview(here, name.as_deref(), &csv, &then)?,
            Do::PreviewTies { csv, file, reading, then } => {
                self.preview_ties(here, &TieFile { csv, file, reading, then })?
            }
            Do::CreateTies { csv, file, reading, then, names, stop } => {
                self.create_ties(here, &TieFile { csv, file, reading, then }, &names, stop)?
            }
            Do::Create { preview, csv, then, names, initial_password, confirm, stop } => {
                let preview = match (preview, csv) {
                    (Some(kept), None) => self.thing(&kept).preview.clone().expect("a preview"),
                    (None, Some(csv)) => std::rc::Rc::new(roster::decided(self, here, &csv, &then)?),
                    _ => panic!("either a preview or csv"),
                };
                let typed = initial_password.map(|new| {
                    let confirm = confirm.unwrap_or_else(|| new.clone());
                    (Secret::from(new), Secret::from(confirm))
                });
                self.create(here, &preview, &names, typed.as_ref(), stop)?
            }

            Do::Invite { item, method } => {
                office.invite(self.item(&item), method)?;
                done()
            }
            Do::Reinvite { item, method } => {
                office.reinvite(self.item(&item), method)?;
                done()
            }
            Do::Unlink { item } => {
                office.unlink(self.item(&item))?;
                done()
            }
            Do::CancelInvitation { item } => {
                office.cancel_invitation(self.item(&item))?;
                done()
            }
            Do::PrintCode { name, item, method } => {
                let printed = office.print_code(self.item(&item), method)?;
                let thing = self.named(name.as_deref());
                thing.code = Some(printed.code.reveal().to_owned());
                thing.link = Some(printed.link.reveal().to_owned());
                without_blanks(json!({
                    "with": printed.contact,
                    "application": printed.application,
                    "until": moment(Some(printed.expires_at)),
                }))
            }
            Do::Staged { offset, limit } => {
                let page = office.staged(offset, limit.unwrap_or(100))?;
                let rows = page.rows.iter().map(|row| {
                    without_blanks(json!({
                        "name": row.display_name,
                        "account": row.account.is_some(),
                        "party": row.party.is_some(),
                        "since": moment(Some(row.since)),
                    }))
                });
                json!({ "rows": rows.collect::<Value>(), "found": page.found })
            }
            Do::SendStaged { items, by_party, stop } => self.send_staged(here, &items, by_party, stop)?,
            Do::Remind => json!(agency.remind()?),
            Do::Batch { action, items, method, as_of } => {
                let items: Vec<_> = items.iter().map(|item| self.item(item)).collect();
                let as_of = at(as_of).unwrap_or_else(|| self.now() + Duration::MILLISECOND);
                let mut go_on = |_| std::ops::ControlFlow::Continue(());
                let rows = office.batch(action, &items, method, as_of, &mut go_on)?;
                rows.iter().map(|row| if row.done { done() } else { codes(&row.findings) }).collect()
            }
            Do::Applications { search, offset, limit } => office
                .applications(search.as_deref(), offset, limit.unwrap_or(100))?
                .into_iter()
                .map(|row| {
                    json!({
                        "number": row.number,
                        "family": row.family_name,
                        "online_account": row.online_account,
                        "until": moment(row.invited_until),
                    })
                })
                .collect(),
            Do::CreateAccounts { parties, role, stop } => {
                let ids: Vec<_> = parties.iter().map(|party| self.party(party)).collect();
                let rows = office.create_accounts(&ids, role, &mut going_on(stop))?;
                self.keep_done(&parties, &rows)
            }
            Do::DisableAll { accounts, stop } => {
                let rows = office.disable_all(&self.accounts(&accounts), &mut going_on(stop))?;
                self.keep_done(&accounts, &rows)
            }
            Do::SendAgainAll { accounts, as_of } => {
                let as_of = at(as_of).unwrap_or_else(|| self.now() + Duration::MILLISECOND);
                let rows = office.send_again_all(&self.accounts(&accounts), as_of, &mut going_on(false))?;
                self.keep_done(&accounts, &rows)
            }
            Do::EndSessionsAll { accounts } => {
                let rows = office.end_sessions_all(&self.accounts(&accounts), &mut going_on(false))?;
                self.keep_done(&accounts, &rows)
            }
            Do::Allowed => {
                office.allowed()?.iter().map(|allowed| (allowed.act.to_string(), json!(allowed.roles))).collect()
            }
            Do::Application { number } => {
                let row = office.application(&number)?;
                without_blanks(json!({
                    "number": row.number,
                    "family": row.family_name,
                    "online_account": row.online_account,
                    "invited": row.invited_contact,
                    "by": row.invited_method,
                    "invitation": row.invitation,
                    "until": moment(row.invited_until),
                }))
            }
            Do::ApplicationsBy { search, standing, invited_before, lapses_before, offset, limit } => {
                let (invited_before, lapses_before) = (at(invited_before), at(lapses_before));
                let filter = ApplicationFilter { search, standing, invited_before, lapses_before };
                let page = office.applications_by(&filter, offset, limit.unwrap_or(100))?;
                let numbers: Vec<&str> = page.iter().map(|row| row.number.as_str()).collect();
                json!({ "numbers": numbers, "found": page.found })
            }
            Do::Look { link } => {
                let view = agency.look_at_invitation(&self.text(agency, &link))?;
                without_blanks(json!({
                    "agency": view.agency,
                    "application": view.application,
                    "until": moment(Some(view.expires_at)),
                }))
            }
            Do::RedeemCode { name, code, with, session } => {
                let (code, with) = (self.text(agency, &code), self.text(agency, &with));
                let session = session.map(|session| self.text(agency, &session));
                let redeemed = agency.redeem_code(&code, &with, session.as_deref(), source)?;
                self.keep_redeemed(name.as_deref(), redeemed)
            }
            Do::RedeemLink { name, link, session } => {
                let link = self.text(agency, &link);
                let session = session.map(|session| self.text(agency, &session));
                let redeemed = agency.redeem_link(&link, session.as_deref(), source)?;
                self.keep_redeemed(name.as_deref(), redeemed)
            }

            Do::Activation { link } => json!({ "username": agency.activation(&self.text(agency, &link))? }),
            Do::Activate { link, password, confirm } => {
                let link = self.text(agency, &link);
                let (new, confirm) = self.typed(agency, &password, confirm);
                json!(agency.activate(&link, twice(&new, &confirm), source)?)
            }
            Do::SignIn { name, username, password, remember, device, times } => {
                let device = device.map(|device| self.text(agency, &device));
                let username = self.text(agency, &username);
                let password = self.secret(agency, &password);
                let credentials =
                    Credentials { username: &username, password: &password, remember, device: device.as_deref() };
                let mut answer = agency.sign_in(&credentials, source)?;
                for _ in 1..times {
                    answer = agency.sign_in(&credentials, source)?;
                }
                self.keep_answer(name.as_deref(), answer)
            }
            Do::ChoosePassword { name, step, password, confirm } => {
                let step = self.secret(agency, &step);
                let (new, confirm) = self.typed(agency, &password, confirm);
                let answer = agency.choose_password(&step, twice(&new, &confirm), source)?;
                self.keep_answer(name.as_deref(), answer)
            }
            Do::QuestionCount { token } => json!(agency.question_count(&self.text(agency, &token))?),
            Do::SetQuestions { name, step, answers } => {
                let step = self.secret(agency, &step);
                let answers: Vec<Answer<'_>> =
                    answers.iter().map(|(question, answer)| Answer { question, answer }).collect();
                let answer = agency.set_questions(&step, &answers, source)?;
                self.keep_answer(name.as_deref(), answer)
            }
            Do::ChangePassword { name, session, current, password, confirm } => {
                let session = self.text(agency, &session);
                let current = self.secret(agency, &current);
                let (new, confirm) = self.typed(agency, &password, confirm);
                let session = agency.change_password(&session, &current, twice(&new, &confirm), source)?;
                self.keep_session(name.as_deref(), &session);
                done()
            }
            Do::Session { session } => {
                let found = agency.session(&self.text(agency, &session))?;
                without_blanks(json!({
                    "username": found.username,
                    "display_name": found.display_name,
                    "linked": found.party.is_some(),
                    "manager": found.is_manager,
                    "until": moment(Some(found.expires_at)),
                }))
            }
            Do::SignOut { session } => {
                let session = self.text(agency, &session);
                agency.sign_out(&session, source)?;
                done()
            }
            Do::Sessions { name, session: Some(session), .. } => {
                let rows = agency.sessions(&self.text(agency, &session))?;
                self.named(name.as_deref()).sessions = rows.iter().map(|row| row.id).collect();
                rows.iter().map(own_session).collect()
            }
            Do::Sessions { name, session: None, account } => {
                let rows = office.sessions(self.account(&account.expect("a session or an account")))?;
                self.named(name.as_deref()).sessions = rows.iter().map(|row| row.id).collect();
                rows.iter().map(session_row).collect()
            }
            Do::EndSession { session, of, at } => {
                let id = of.map_or(carekey::TokenId(uuid::Uuid::nil()), |of| self.thing(&of).sessions[at]);
                agency.end_session(&self.text(agency, &session), id, source)?;
                done()
            }
            Do::EndOtherSessions { session } => {
                json!(agency.end_other_sessions(&self.text(agency, &session), source)?)
            }

            Do::Recover { name, username } => {
                let recovery = agency.recover(&username, source)?;
                self.keep_recovery(name.as_deref(), &recovery)
            }
            Do::RecoveryCode { name, step, code } => {
                let (step, code) = (self.secret(agency, &step), self.text(agency, &code));
                let recovery = agency.recovery_code(&step, &code, source)?;
                self.keep_recovery(name.as_deref(), &recovery)
            }
            Do::RecoveryAnswers { name, step, answers } => {
                let step = self.secret(agency, &step);
                let answers: Vec<Answer<'_>> =
                    answers.iter().map(|(question, answer)| Answer { question, answer }).collect();
                let recovery = agency.recovery_answers(&step, &answers, source)?;
                self.keep_recovery(name.as_deref(), &recovery)
            }
            Do::FinishRecovery { name, step, password, confirm } => {
                let step = self.secret(agency, &step);
                let (new, confirm) = self.typed(agency, &password, confirm);
                let recovered = agency.finish_recovery(&step, twice(&new, &confirm), source)?;
                self.named(name.as_deref()).device = Some(recovered.device.reveal().to_owned());
                json!(recovered.state)
            }

            Do::Contacts { session } => {
                agency.contacts(&self.text(agency, &session), source)?.iter().map(own_contact).collect()
            }
            Do::ChangeContact { session, password, method, address } => {
                let (session, password) = (self.text(agency, &session), self.secret(agency, &password));
                own_contact(&agency.change_contact(&session, &password, method, &address, source)?)
            }
            Do::ChangeQuestions { session, password, answers } => {
                let (session, password) = (self.text(agency, &session), self.secret(agency, &password));
                let answers: Vec<Answer<'_>> =
                    answers.iter().map(|(question, answer)| Answer { question, answer }).collect();
                agency.change_questions(&session, &password, &answers, source)?;
                done()
            }
            Do::SetLanguage { session, language } => {
                agency.set_language(&self.text(agency, &session), language, source)?;
                done()
            }
            Do::ConfirmContact { link } => {
                json!({ "username": agency.confirm_contact(&self.text(agency, &link), source)? })
            }
            Do::ObjectToContact { link } => {
                agency.object_to_contact(&self.text(agency, &link), source)?;
                done()
            }
            Do::ReleaseContact { account, contact } => {
                office.release_contact(self.account(&account), &contact)?;
                done()
            }
            Do::Unlock { account } => {
                office.unlock(self.account(&account))?;
                done()
            }
            Do::EndSessions { account } => {
                office.end_sessions(self.account(&account))?;
                done()
            }

            Do::AddManager { name, first_name, last_name, email, phone, username } => {
                let made = office.add_manager(&NewStaff { first_name, last_name, email, phone, username })?;
                self.keep_enrolled(name.as_deref(), Some(made))
            }
            Do::CreateStaffAccount { name, first_name, last_name, email, phone, username, password, confirm } => {
                let new = NewStaff { first_name, last_name, email, phone, username };
                let typed = password.map(|password| self.typed(agency, &password, confirm));
                let typed = typed.as_ref().map(|(new, confirm)| twice(new, confirm));
                let made = office.create_staff_account(&new, typed)?;
                self.keep_enrolled(name.as_deref(), Some(made))
            }
            Do::LinkAccount { account, party } => {
                office.link_account(self.account(&account), self.party(&party))?;
                done()
            }
            Do::Promote { account } => {
                office.promote(self.account(&account))?;
                done()
            }
            Do::RemoveManager { account } => {
                office.remove_manager(self.account(&account))?;
                done()
            }
            Do::HandOver { from_account, to_account } => {
                office.hand_over(self.account(&from_account), self.account(&to_account))?;
                done()
            }
            Do::Disable { account } => {
                office.disable(self.account(&account))?;
                done()
            }
            Do::Enable { account } => {
                office.enable(self.account(&account))?;
                done()
            }
            Do::ResetPassword { account, password, confirm } => {
                let (new, confirm) = self.typed(agency, &password, confirm);
                office.reset_password(self.account(&account), twice(&new, &confirm))?;
                done()
            }
            Do::SendAgain { account } => {
                let made = office.send_again(self.account(&account))?;
                self.keep_enrolled(Some(&account), Some(made))
            }
            Do::SetNote { account, note } => {
                office.set_note(self.account(&account), &note)?;
                done()
            }
            Do::User { account } => user(&office.user(self.account(&account))?, Locale::English),
            Do::Users { filter, show_disabled, unlinked_only, sort, descending, offset, limit, columns, locale } => {
                let default = UserQuery::default();
                let query = UserQuery {
                    filter,
                    show_disabled,
                    unlinked_only,
                    sort: sort.unwrap_or(default.sort),
                    descending,
                    offset,
                    limit: limit.unwrap_or(default.limit),
                };
                let page = office.users(&query)?;
                let locale = locale.unwrap_or(Locale::English);
                let told = |shown| columns_of(&user(shown, locale), columns.as_deref());
                let shown: Value = page.users.iter().map(told).collect();
                json!({ "users": shown, "found": page.found, "active": page.active })
            }

            Do::Messages { state, offset, limit, texts } => office
                .messages(state, offset, limit.unwrap_or(100))?
                .into_iter()
                .map(|row| {
                    let mut out = json!({
                        "kind": row.kind,
                        "method": row.method,
                        "address": row.address,
                        "state": row.state,
                        "tries": row.tries,
                    });
                    if texts {
                        (out["subject"], out["body"]) = (json!(row.subject), json!(row.body));
                    }
                    out
                })
                .collect(),
            Do::Claim { name, most, method } => {
                let claimed = agency.outbox().by(method).claim(most.unwrap_or(100))?;
                claimed.iter().for_each(|message| self.receive(agency, message));
                let out = claimed
                    .iter()
                    .map(|message| json!([message.kind, message.method, message.address, message.attempt]));
                let out = out.collect();
                self.named(name.as_deref()).claim = claimed;
                out
            }
            Do::Sent { claim } => {
                let claim = self.thing(&claim).claim.clone();
                claim.iter().try_for_each(|message| agency.outbox().sent(message))?;
                done()
            }
            Do::Failed { claim } => {
                let claim = self.thing(&claim).claim.clone();
                claim.iter().try_for_each(|message| agency.outbox().failed(message))?;
                done()
            }

            Do::CanSee { viewer, resource, of } => {
                let of = self.whose(of.as_deref());
                decision(&agency.can_see(self.account(&viewer), resource, of)?)
            }
            Do::Sees { viewer } => self.sees(agency, &viewer)?,
            Do::SeenBy { resource, of } => {
                let seen = agency.seen_by(resource, self.whose(Some(&of)))?;
                let mut names: Vec<String> =
                    seen.iter().map(|(id, _)| self.name_of(|thing| thing.account == Some(*id))).collect();
                names.sort();
                json!(names)
            }

            Do::History { account, last, details } => {
                let lines = match account {
                    Some(account) => agency.history(self.account(&account))?,
                    None => agency.agency_history()?,
                };
                let from = last.map_or(0, |last| lines.len().saturating_sub(last));
                lines.iter().skip(from).map(|shown| line(shown, details)).collect()
            }
            Do::Feed { name, after, kinds, since, until, limit } => {
                let default = FeedQuery::default();
                let after = after.map(|after| self.text(agency, &after));
                let limit = limit.unwrap_or(default.limit);
                let page = office.feed(&FeedQuery { after, kinds, since: at(since), until: at(until), limit })?;
                let whose = |of: AccountId| self.name_of(|thing| thing.account == Some(of));
                let told = |found: &FeedLine| {
                    let whose = found.account.map_or_else(|| "agency".to_owned(), whose);
                    json!([whose, found.line.kind, found.line.actor_name])
                };
                let lines: Value = page.lines.iter().map(told).collect();
                self.named(name.as_deref()).text = Some(page.next);
                json!({ "lines": lines, "more": page.more })
            }
            Do::Verify { account } => {
                match account {
                    Some(account) => agency.verify_history(self.account(&account))?,
                    None => agency.verify_agency_history()?,
                }
                done()
            }
        })
    }

    /// One result per item: `done`, that a password is to be handed over, or why not.
    fn send_staged(&mut self, here: &Here, items: &[String], by_party: bool, stop: bool) -> Result<Value> {
        let staged = |item: &String| match self.thing(item).account.filter(|_| !by_party) {
            Some(account) => Staged::Account(account),
            None => Staged::Party(self.party(item)),
        };
        let wanted: Vec<Staged> = items.iter().map(staged).collect();
        let mut go_on = |_| if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let rows = here.office.send_staged(&wanted, &mut go_on)?;
        for (item, row) in items.iter().zip(&rows) {
            let thing = self.named(Some(item));
            thing.account = row.account.or(thing.account);
            thing.password = row.hand_over.as_ref().map(|password| password.reveal().to_owned());
        }
        let told = |row: &SentRow| match (row.done, &row.hand_over) {
            (true, None) => done(),
            (true, Some(_)) => json!("handed_over"),
            (false, _) => codes(&row.findings),
        };
        Ok(rows.iter().map(told).collect())
    }

    fn accounts(&self, names: &[String]) -> Vec<carekey::AccountId> {
        names.iter().map(|name| self.account(name)).collect()
    }

    /// Keeps what was made for each of many, and says what came of it.
    fn keep_done(&mut self, names: &[String], rows: &[DoneRow]) -> Value {
        let told = |(name, row): (&String, &DoneRow)| {
            let thing = self.named(Some(name));
            thing.account = row.account.or(thing.account);
            thing.password = row.hand_over.as_ref().map(|password| password.reveal().to_owned());
            match (row.done, &row.hand_over) {
                (true, None) => done(),
                (true, Some(_)) => json!("handed_over"),
                (false, _) => codes(&row.findings),
            }
        };
        names.iter().zip(rows).map(told).collect()
    }

    /// Keeps what an enrolment made under the name, and says what it was.
    fn keep_enrolled(&mut self, name: Option<&str>, made: Option<carekey::agency::Enrolled>) -> Value {
        let Some(made) = made else { return done() };
        let thing = self.named(name);
        thing.account = made.account.or(thing.account);
        thing.password = made.hand_over.as_ref().map(|password| password.reveal().to_owned());
        enrolled(&made)
    }

    fn keep_redeemed(&mut self, name: Option<&str>, redeemed: Redeemed) -> Value {
        let thing = self.named(name);
        match redeemed {
            Redeemed::NewAccount { account, username, step } => {
                thing.account = Some(account);
                thing.step = Some(step.token.reveal().to_owned());
                json!({ "new": username })
            }
            Redeemed::Linked { account, username } => {
                thing.account = Some(account);
                json!({ "linked": username })
            }
            Redeemed::SignInFirst => json!("sign_in_first"),
        }
    }

    fn keep_answer(&mut self, name: Option<&str>, answer: SignIn) -> Value {
        match &answer {
            SignIn::Granted(session) => self.keep_session(name, session),
            SignIn::ChangePassword(step) | SignIn::SetQuestions(step) => {
                self.named(name).step = Some(step.token.reveal().to_owned());
            }
            SignIn::Refused => {}
        }
        sign_in(&answer)
    }

    fn keep_session(&mut self, name: Option<&str>, session: &carekey::Session) {
        let thing = self.named(name);
        thing.account = Some(session.account);
        thing.session = Some(session.token.reveal().to_owned());
        if let Some(device) = &session.device {
            thing.device = Some(device.reveal().to_owned());
        }
    }

    /// What is asked next; the questions by their words.
    fn keep_recovery(&mut self, name: Option<&str>, recovery: &Recovery) -> Value {
        self.named(name).step = Some(recovery.token.reveal().to_owned());
        match &recovery.asks {
            Asks::Code => json!("code"),
            Asks::Questions(questions) => questions.iter().map(|question| json!(question.id)).collect(),
            Asks::NewPassword => json!("new_password"),
        }
    }

    /// A password typed twice; the same where nothing else is given.
    fn typed(&mut self, agency: &Agency, new: &str, confirm: Option<String>) -> (Secret, Secret) {
        let new = self.secret(agency, new);
        let confirm = confirm.map_or_else(|| new.clone(), Secret::from);
        (new, confirm)
    }

    /// By whom it is: the resources that are seen of them, with how much.
    fn sees(&self, agency: &Agency, viewer: &str) -> Result<Value> {
        let mut out = serde_json::Map::new();
        for sight in agency.sees(self.account(viewer))? {
            let of = match sight.of {
                carekey::agency::Whose::Own => "own".to_owned(),
                carekey::agency::Whose::Party(id) => self.name_of(|thing| thing.party == Some(id)),
                carekey::agency::Whose::Application(id) => self.name_of(|thing| thing.application == Some(id)),
            };
            let seen = out.entry(of).or_insert_with(|| json!({}));
            seen[sight.resource.as_str()] = json!(sight.decision.scope);
        }
        Ok(Value::Object(out))
    }
}

fn going_on(stop: bool) -> impl FnMut(Progress) -> ControlFlow<()> {
    move |_| if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

fn at(moment: Option<String>) -> Option<OffsetDateTime> {
    moment.map(|text| carekey_tests::moment(&json!(text)))
}

fn columns_of(user: &Value, columns: Option<&[String]>) -> Value {
    match columns {
        None => user["username"].clone(),
        Some(columns) => columns.iter().map(|column| user[column].clone()).collect(),
    }
}
