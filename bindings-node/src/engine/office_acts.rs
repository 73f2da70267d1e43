//! Written by core/surface from the core: change it there, not here.

use napi::bindgen_prelude::{AsyncTask, FnArgs, Function};
use napi_derive::napi;
use serde::Deserialize;

use super::office::Office;
use super::each::Each;
use super::progress::{Stop, telling};
use super::{Typed, page_limit};
use crate::border::{Moment, Work};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddApplication {
    number: String,
    family: carekey::PartyId,
    submitted_at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Applications {
    search: Option<String>,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicationsBy {
    search: Option<String>,
    standing: Option<carekey::agency::ApplicationStanding>,
    invited_before: Option<Moment>,
    lapses_before: Option<Moment>,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    number: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    after: Option<String>,
    #[serde(default)]
    kinds: std::collections::BTreeSet<carekey::words::EventKind>,
    since: Option<Moment>,
    until: Option<Moment>,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyFile {
    party: carekey::PartyId,
    at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grants {
    party: carekey::PartyId,
    at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndGrant {
    grant: carekey::GrantId,
    at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invite {
    item: carekey::agency::Invitee,
    method: Option<carekey::Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reinvite {
    item: carekey::agency::Invitee,
    method: Option<carekey::Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unlink {
    item: carekey::agency::Invitee,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CancelInvitation {
    item: carekey::agency::Invitee,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeleteParty {
    party: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddManager {
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone: Option<String>,
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promote {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RemoveManager {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandOver {
    from: carekey::AccountId,
    to: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateAccounts {
    parties: Vec<carekey::PartyId>,
    role: carekey::Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisableAll {
    accounts: Vec<carekey::AccountId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendAgainAll {
    accounts: Vec<carekey::AccountId>,
    as_of: Moment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndSessionsAll {
    accounts: Vec<carekey::AccountId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeParties {
    keep: carekey::PartyId,
    gone: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PreviewMerge {
    keep: carekey::PartyId,
    gone: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SplitParty {
    party: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Messages {
    state: Option<carekey::words::MessageState>,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddParty {
    #[serde(default)]
    kind: carekey::PartyKind,
    name: String,
    #[serde(default)]
    roles: std::collections::BTreeSet<carekey::Role>,
    external_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    preferred: Option<carekey::Method>,
    locale: Option<carekey::Locale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parties {
    text: Option<String>,
    role: Option<carekey::Role>,
    kind: Option<carekey::PartyKind>,
    #[serde(default)]
    without_account: bool,
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateAccount {
    party: carekey::PartyId,
    role: carekey::Role,
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetRoles {
    party: carekey::PartyId,
    roles: std::collections::BTreeSet<carekey::Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrintCode {
    item: carekey::agency::Invitee,
    method: Option<carekey::Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Former {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RestoreParty {
    party: carekey::PartyId,
    kind: carekey::PartyKind,
    name: String,
    roles: std::collections::BTreeSet<carekey::Role>,
    external_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    preferred: Option<carekey::Method>,
    locale: Option<carekey::Locale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    unused_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sessions {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Staged {
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    kind: carekey::words::MessageKind,
    method: carekey::Method,
    locale: carekey::Locale,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ties {
    party: carekey::PartyId,
    at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relate {
    kind: carekey::TieKind,
    who: carekey::PartyId,
    of: carekey::PartyId,
    begins_at: Option<Moment>,
    ends_at: Option<Moment>,
    reference: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndTie {
    tie: carekey::TieId,
    at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateStaffAccount {
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone: Option<String>,
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkAccount {
    account: carekey::AccountId,
    party: carekey::PartyId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disable {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enable {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unlock {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndSessions {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetPassword {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendAgain {
    account: carekey::AccountId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseContact {
    account: carekey::AccountId,
    contact: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetNote {
    account: carekey::AccountId,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Window {
    #[serde(default)]
    offset: u64,
    #[serde(default = "page_limit")]
    limit: u64,
}

#[napi]
impl Office {
    #[napi]
    pub fn add_application(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, AddApplication { number, family, submitted_at }: AddApplication| {
            let submitted_at = submitted_at.map(|at| at.0);
            let new = carekey::agency::NewApplication { number, family, submitted_at };
            office.add_application(&new)
        })
    }

    #[napi]
    pub fn applications(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Applications { search, offset, limit }: Applications| {
            office.applications(search.as_deref(), offset, limit)
        })
    }

    #[napi]
    pub fn each_application(&self, given: String) -> Each {
        self.each(given, move |office, Applications { search, limit, .. }: Applications| {
            office.each_application(search.as_deref()).by(limit)
        })
    }

    #[napi]
    pub fn applications_by(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, ApplicationsBy { search, standing, invited_before, lapses_before, offset, limit }: ApplicationsBy| {
            let invited_before = invited_before.map(|at| at.0);
            let lapses_before = lapses_before.map(|at| at.0);
            let new = carekey::agency::ApplicationFilter { search, standing, invited_before, lapses_before };
            office.applications_by(&new, offset, limit)
        })
    }

    #[napi]
    pub fn each_application_by(&self, given: String) -> Each {
        self.each(given, move |office, ApplicationsBy { search, standing, invited_before, lapses_before, limit, .. }: ApplicationsBy| {
            let invited_before = invited_before.map(|at| at.0);
            let lapses_before = lapses_before.map(|at| at.0);
            let new = carekey::agency::ApplicationFilter { search, standing, invited_before, lapses_before };
            office.each_application_by(&new).by(limit)
        })
    }

    #[napi]
    pub fn application(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Application { number }: Application| {
            office.application(&number)
        })
    }

    #[napi]
    pub fn allowed(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Allowed {}: Allowed| {
            office.allowed()
        })
    }

    #[napi]
    pub fn feed(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Feed { after, kinds, since, until, limit }: Feed| {
            let since = since.map(|at| at.0);
            let until = until.map(|at| at.0);
            let new = carekey::agency::FeedQuery { after, kinds, since, until, limit };
            office.feed(&new)
        })
    }

    #[napi]
    pub fn party_file(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, PartyFile { party, at }: PartyFile| {
            let at = at.map(|at| at.0);
            office.party_file(party, at)
        })
    }

    #[napi]
    pub fn grants(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Grants { party, at }: Grants| {
            let at = at.map(|at| at.0);
            office.grants(party, at)
        })
    }

    #[napi]
    pub fn end_grant(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, EndGrant { grant, at }: EndGrant| {
            let at = at.map(|at| at.0);
            office.end_grant(grant, at)
        })
    }

    #[napi]
    pub fn invite(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Invite { item, method }: Invite| {
            office.invite(item, method)
        })
    }

    #[napi]
    pub fn reinvite(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Reinvite { item, method }: Reinvite| {
            office.reinvite(item, method)
        })
    }

    #[napi]
    pub fn unlink(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Unlink { item }: Unlink| {
            office.unlink(item)
        })
    }

    #[napi]
    pub fn cancel_invitation(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, CancelInvitation { item }: CancelInvitation| {
            office.cancel_invitation(item)
        })
    }

    #[napi]
    pub fn delete_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, DeleteParty { party }: DeleteParty| {
            office.delete_party(party)
        })
    }

    #[napi]
    pub fn add_manager(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, AddManager { first_name, last_name, email, phone, username }: AddManager| {
            let new = carekey::agency::NewStaff { first_name, last_name, email, phone, username };
            office.add_manager(&new)
        })
    }

    #[napi]
    pub fn promote(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Promote { account }: Promote| {
            office.promote(account)
        })
    }

    #[napi]
    pub fn remove_manager(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, RemoveManager { account }: RemoveManager| {
            office.remove_manager(account)
        })
    }

    #[napi]
    pub fn hand_over(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, HandOver { from, to }: HandOver| {
            office.hand_over(from, to)
        })
    }

    #[napi]
    pub fn create_accounts(&self, given: String, stop: &Stop, progress: Function<'_, FnArgs<(u32, u32)>, ()>) -> napi::Result<AsyncTask<Work>> {
        let mut tell = telling(stop, &progress)?;
        Ok(self.act(given, move |office, CreateAccounts { parties, role }: CreateAccounts| {
            let tell = &mut tell;
            office.create_accounts(&parties, role, tell)
        }))
    }

    #[napi]
    pub fn disable_all(&self, given: String, stop: &Stop, progress: Function<'_, FnArgs<(u32, u32)>, ()>) -> napi::Result<AsyncTask<Work>> {
        let mut tell = telling(stop, &progress)?;
        Ok(self.act(given, move |office, DisableAll { accounts }: DisableAll| {
            let tell = &mut tell;
            office.disable_all(&accounts, tell)
        }))
    }

    #[napi]
    pub fn send_again_all(&self, given: String, stop: &Stop, progress: Function<'_, FnArgs<(u32, u32)>, ()>) -> napi::Result<AsyncTask<Work>> {
        let mut tell = telling(stop, &progress)?;
        Ok(self.act(given, move |office, SendAgainAll { accounts, as_of }: SendAgainAll| {
            let as_of = as_of.0;
            let tell = &mut tell;
            office.send_again_all(&accounts, as_of, tell)
        }))
    }

    #[napi]
    pub fn end_sessions_all(&self, given: String, stop: &Stop, progress: Function<'_, FnArgs<(u32, u32)>, ()>) -> napi::Result<AsyncTask<Work>> {
        let mut tell = telling(stop, &progress)?;
        Ok(self.act(given, move |office, EndSessionsAll { accounts }: EndSessionsAll| {
            let tell = &mut tell;
            office.end_sessions_all(&accounts, tell)
        }))
    }

    #[napi]
    pub fn merge_parties(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, MergeParties { keep, gone }: MergeParties| {
            office.merge_parties(keep, gone)
        })
    }

    #[napi]
    pub fn preview_merge(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, PreviewMerge { keep, gone }: PreviewMerge| {
            office.preview_merge(keep, gone)
        })
    }

    #[napi]
    pub fn split_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, SplitParty { party }: SplitParty| {
            office.split_party(party)
        })
    }

    #[napi]
    pub fn messages(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Messages { state, offset, limit }: Messages| {
            office.messages(state, offset, limit)
        })
    }

    #[napi]
    pub fn each_message(&self, given: String) -> Each {
        self.each(given, move |office, Messages { state, limit, .. }: Messages| {
            office.each_message(state).by(limit)
        })
    }

    #[napi]
    pub fn add_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, AddParty { kind, name, roles, external_id, email, phone, preferred, locale }: AddParty| {
            let new = carekey::agency::NewParty { kind, name, roles, external_id, email, phone, preferred, locale };
            office.add_party(&new)
        })
    }

    #[napi]
    pub fn parties(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Parties { text, role, kind, without_account, offset, limit }: Parties| {
            let new = carekey::agency::PartyFilter { text, role, kind, without_account };
            office.parties(&new, offset, limit)
        })
    }

    #[napi]
    pub fn each_party(&self, given: String) -> Each {
        self.each(given, move |office, Parties { text, role, kind, without_account, limit, .. }: Parties| {
            let new = carekey::agency::PartyFilter { text, role, kind, without_account };
            office.each_party(&new).by(limit)
        })
    }

    #[napi]
    pub fn create_account(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, CreateAccount { party, role, username }: CreateAccount| {
            office.create_account(party, role, username.as_deref())
        })
    }

    #[napi]
    pub fn set_roles(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, SetRoles { party, roles }: SetRoles| {
            office.set_roles(party, &roles)
        })
    }

    #[napi]
    pub fn print_code(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, PrintCode { item, method }: PrintCode| {
            office.print_code(item, method)
        })
    }

    #[napi]
    pub fn former(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Former { name }: Former| {
            office.former(&name)
        })
    }

    #[napi]
    pub fn restore_party(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, RestoreParty { party, kind, name, roles, external_id, email, phone, preferred, locale }: RestoreParty| {
            let new = carekey::agency::NewParty { kind, name, roles, external_id, email, phone, preferred, locale };
            office.restore_party(party, &new)
        })
    }

    #[napi]
    pub fn review(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Review { unused_days }: Review| {
            office.review(unused_days)
        })
    }

    #[napi]
    pub fn sessions(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Sessions { account }: Sessions| {
            office.sessions(account)
        })
    }

    #[napi]
    pub fn staged(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Staged { offset, limit }: Staged| {
            office.staged(offset, limit)
        })
    }

    #[napi]
    pub fn each_staged(&self, given: String) -> Each {
        self.each(given, move |office, Staged { limit, .. }: Staged| {
            office.each_staged().by(limit)
        })
    }

    #[napi]
    pub fn texts(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Texts {}: Texts| {
            office.texts()
        })
    }

    #[napi]
    pub fn text(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Text { kind, method, locale }: Text| {
            office.text(kind, method, locale)
        })
    }

    #[napi]
    pub fn ties(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Ties { party, at }: Ties| {
            let at = at.map(|at| at.0);
            office.ties(party, at)
        })
    }

    #[napi]
    pub fn relate(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Relate { kind, who, of, begins_at, ends_at, reference }: Relate| {
            let begins_at = begins_at.map(|at| at.0);
            let ends_at = ends_at.map(|at| at.0);
            let new = carekey::agency::NewTie { kind, who, of, begins_at, ends_at, reference };
            office.relate(&new)
        })
    }

    #[napi]
    pub fn end_tie(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, EndTie { tie, at }: EndTie| {
            let at = at.map(|at| at.0);
            office.end_tie(tie, at)
        })
    }

    #[napi]
    pub fn user(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, User { account }: User| {
            office.user(account)
        })
    }

    #[napi]
    pub fn create_staff_account(&self, given: String, typed: Option<String>, confirm: Option<String>) -> AsyncTask<Work> {
        let typed = typed.map(|typed| Typed::new(typed, confirm.unwrap_or_default()));
        self.act(given, move |office, CreateStaffAccount { first_name, last_name, email, phone, username }: CreateStaffAccount| {
            let new = carekey::agency::NewStaff { first_name, last_name, email, phone, username };
            office.create_staff_account(&new, typed.as_ref().map(Typed::both))
        })
    }

    #[napi]
    pub fn link_account(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, LinkAccount { account, party }: LinkAccount| {
            office.link_account(account, party)
        })
    }

    #[napi]
    pub fn disable(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Disable { account }: Disable| {
            office.disable(account)
        })
    }

    #[napi]
    pub fn enable(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Enable { account }: Enable| {
            office.enable(account)
        })
    }

    #[napi]
    pub fn unlock(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Unlock { account }: Unlock| {
            office.unlock(account)
        })
    }

    #[napi]
    pub fn end_sessions(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, EndSessions { account }: EndSessions| {
            office.end_sessions(account)
        })
    }

    #[napi]
    pub fn reset_password(&self, given: String, password: String, confirm: String) -> AsyncTask<Work> {
        let password = Typed::new(password, confirm);
        self.act(given, move |office, ResetPassword { account }: ResetPassword| {
            office.reset_password(account, password.both())
        })
    }

    #[napi]
    pub fn send_again(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, SendAgain { account }: SendAgain| {
            office.send_again(account)
        })
    }

    #[napi]
    pub fn release_contact(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, ReleaseContact { account, contact }: ReleaseContact| {
            office.release_contact(account, &contact)
        })
    }

    #[napi]
    pub fn set_note(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, SetNote { account, note }: SetNote| {
            office.set_note(account, &note)
        })
    }

    #[napi]
    pub fn window(&self, given: String) -> AsyncTask<Work> {
        self.act(given, move |office, Window { offset, limit }: Window| {
            office.window(offset, limit)
        })
    }
}
