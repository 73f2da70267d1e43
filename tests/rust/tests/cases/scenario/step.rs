//! The vocabulary of scenarios: one step for each method of the engine, and a
//! few that stand for the world around it. Unknown fields are an error.

use std::collections::{BTreeMap, BTreeSet};

use carekey::agency::{ApplicationStanding, Edit, Sending, UserColumn};
use carekey::invitation::OfficeAction;
use carekey::message::Text;
use carekey::roster::Reading;
use carekey::words::{EventKind, MessageKind, MessageState};
use carekey::{Locale, Method, PartyKind, Policy, Resource, Role, TieKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// What a case gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// What differs from the defaults of agency 104.
    #[serde(default)]
    pub settings: Settings,
    /// What differs from the default policy.
    #[serde(default)]
    pub policy: Policy,
    /// The steps.
    pub steps: Vec<Value>,
}

/// A tie of many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieToMake {
    pub who: String,
    pub kind: TieKind,
    pub of: String,
    pub begins_at: Option<String>,
    pub ends_at: Option<String>,
    pub reference: Option<String>,
}

/// A grant of many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantToGive {
    pub party: String,
    pub resource: Resource,
    pub of: Option<String>,
    pub ends_at: Option<String>,
    pub reason: Option<String>,
}

/// Settings that differ.
#[derive(Deserialize, Default, Clone)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub name: Option<String>,
    pub prefix: Option<String>,
    pub country: Option<String>,
    pub locale: Option<Locale>,
    pub link_base: Option<String>,
    pub owner_email: Option<String>,
    pub owner_emails: Option<Vec<String>>,
    pub time_zone: Option<String>,
}

/// One step: what is done, by whom, from where, and in which agency.
pub struct Step {
    /// `support:NAME` (by default `support:Pat Long`), `system:NAME`, or
    /// `$name` of an account.
    pub by: String,
    /// From where it is done, for the history.
    pub from: Option<String>,
    /// The code of the agency, by default 104. Others are made when a step
    /// first names them.
    pub agency: String,
    /// When those whom it enrols are sent their first message: `now`, or `later`.
    pub send: Sending,
    /// What is done.
    pub act: Do,
}

impl Given {
    pub fn read(value: &Value) -> Self {
        read(value.clone())
    }
}

impl Step {
    pub fn read(step: Value) -> Self {
        let Value::Object(mut fields) = step else { panic!("a step is an object") };
        let mut take = |name: &str| take_text(&mut fields, name);
        let (by, from, agency, send) = (take("by"), take("from"), take("agency"), take("send"));
        Self {
            by: by.unwrap_or_else(|| "support:Pat Long".to_owned()),
            from,
            agency: agency.unwrap_or_else(|| "104".to_owned()),
            send: send.map_or(Sending::Now, |send| send.parse().expect("now or later")),
            act: read(Value::Object(fields)),
        }
    }
}

fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    fields.remove(name).map(|value| value.as_str().unwrap_or_else(|| panic!("{name} is a text")).to_owned())
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// What is to be changed of a party.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Editing {
    #[serde(deserialize_with = "said")]
    pub name: Edit<String>,
    #[serde(deserialize_with = "said")]
    pub nickname: Edit<String>,
    #[serde(deserialize_with = "said")]
    pub email: Edit<String>,
    #[serde(deserialize_with = "said")]
    pub phone: Edit<String>,
    #[serde(deserialize_with = "said")]
    pub preferred: Edit<Method>,
    #[serde(deserialize_with = "said")]
    pub locale: Edit<Locale>,
    #[serde(deserialize_with = "said")]
    pub external_id: Edit<String>,
}

fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(given: D) -> Result<Edit<T>, D::Error> {
    Option::<T>::deserialize(given).map(|said| said.map_or(Edit::Clear, Edit::Set))
}

/// What is done. A text that begins with `$` refers to an earlier step; see
/// [`World`](super::world::World).
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Do {
    // --- the world around the engine ---
    /// The clock moves.
    Wait {
        #[serde(default)]
        days: i64,
        #[serde(default)]
        hours: i64,
        #[serde(default)]
        minutes: i64,
        #[serde(default)]
        seconds: i64,
        #[serde(default)]
        ms: i64,
    },
    /// The agency of the step is suspended (A9).
    SuspendAgency {
        reason: Option<String>,
    },
    ResumeAgency {},
    /// It is written out, and what is written is verified.
    ExportAgency {
        #[serde(rename = "as")]
        name: Option<String>,
    },
    DeleteAgency {
        export: String,
    },
    /// Another one is made by that code, or one is to be.
    CreateAgency {
        code: String,
    },
    AgencyRows {},
    /// Someone writes a text down, under a name: a link before it is replaced.
    Keep {
        #[serde(rename = "as")]
        name: String,
        value: String,
    },
    /// Short for all the steps that bring someone to their first session: they
    /// are added, enrolled by their role (or as an account manager, which has
    /// no role), and do what the message says. The e-mail is `NAME@example.com`
    /// and the password `Lantern#47 tide` where none is given.
    MakeActive {
        #[serde(rename = "as")]
        name: String,
        role: Option<Role>,
        full_name: String,
        email: Option<String>,
        phone: Option<String>,
        password: Option<String>,
    },

    // --- the agency ---
    ChangeSettings {
        #[serde(default)]
        settings: Settings,
        policy: Option<Box<Policy>>,
    },
    SetText {
        kind: MessageKind,
        method: Method,
        locale: Locale,
        text: Option<Text>,
    },
    /// Which texts there are, those of what is named.
    Texts {
        kind: Option<MessageKind>,
        method: Option<Method>,
        locale: Option<Locale>,
    },
    Text {
        kind: MessageKind,
        method: Method,
        locale: Locale,
    },
    PreviewText {
        kind: MessageKind,
        method: Method,
        locale: Locale,
        text: Option<Text>,
    },

    // --- people ---
    AddParty {
        #[serde(rename = "as")]
        name: Option<String>,
        #[serde(default)]
        kind: PartyKind,
        full_name: String,
        #[serde(default)]
        roles: BTreeSet<Role>,
        external_id: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        preferred: Option<Method>,
        locale: Option<Locale>,
    },
    CreateAccount {
        party: String,
        role: Role,
        username: Option<String>,
    },
    SetRoles {
        party: String,
        roles: BTreeSet<Role>,
    },
    Relate {
        #[serde(rename = "as")]
        name: Option<String>,
        who: String,
        kind: TieKind,
        of: String,
        begins_at: Option<String>,
        ends_at: Option<String>,
        reference: Option<String>,
    },
    RelateAll {
        ties: Vec<TieToMake>,
        #[serde(default)]
        stop: bool,
    },
    GrantAll {
        grants: Vec<GrantToGive>,
        #[serde(default)]
        stop: bool,
    },
    EndTie {
        tie: String,
        at: Option<String>,
    },
    Ties {
        party: String,
        at: Option<String>,
    },
    Grant {
        #[serde(rename = "as")]
        name: Option<String>,
        party: String,
        resource: Resource,
        of: Option<String>,
        ends_at: Option<String>,
        reason: Option<String>,
    },
    Grants {
        party: String,
        at: Option<String>,
    },
    EndGrant {
        grant: String,
        at: Option<String>,
    },
    AddApplication {
        #[serde(rename = "as")]
        name: Option<String>,
        number: String,
        family: String,
    },
    Party {
        party: String,
    },
    DeleteParty {
        party: String,
    },
    /// Brings back someone who was deleted.
    RestoreParty {
        party: String,
        full_name: String,
        #[serde(default)]
        kind: PartyKind,
        #[serde(default)]
        roles: BTreeSet<Role>,
        external_id: Option<String>,
        email: Option<String>,
        phone: Option<String>,
    },
    /// Whether that party is who had the name and was deleted.
    Former {
        username: String,
        party: String,
    },
    /// The bulk window, by role.
    Window,
    /// The access review.
    Review {
        unused_days: u32,
    },
    FindParties {
        text: String,
    },
    Parties {
        text: Option<String>,
        role: Option<Role>,
        kind: Option<PartyKind>,
        #[serde(default)]
        without_account: bool,
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
    },
    /// All that the office knows of a party, in force at a moment or ever.
    PartyFile {
        party: String,
        at: Option<String>,
    },
    MergeParties {
        keep: String,
        gone: String,
    },
    PreviewMerge {
        keep: String,
        gone: String,
    },
    SplitParty {
        party: String,
    },
    /// What is not in the edit stays; `null` clears.
    EditParty {
        party: String,
        edit: Editing,
    },

    // --- rosters ---
    /// `csv`: the lines of the file. `then`: decisions, as in `roster.check`.
    Preview {
        #[serde(rename = "as")]
        name: Option<String>,
        csv: Vec<String>,
        #[serde(default)]
        then: Vec<Value>,
    },
    /// Of a preview that was kept, or of lines that are previewed at once.
    /// `names`: by line, how later steps call whoever stands there.
    Create {
        preview: Option<String>,
        csv: Option<Vec<String>>,
        #[serde(default)]
        then: Vec<Value>,
        #[serde(default)]
        names: BTreeMap<String, String>,
        initial_password: Option<String>,
        confirm: Option<String>,
        #[serde(default)]
        stop: bool,
    },

    /// Of lines, in which a cell `$name` is the identifier of that party, or of
    /// a file in `tests/rosters`.
    PreviewTies {
        #[serde(default)]
        csv: Vec<String>,
        file: Option<String>,
        #[serde(default)]
        reading: Reading,
        #[serde(default)]
        then: Vec<Value>,
    },
    /// `names`: by line, how later steps call the tie.
    CreateTies {
        #[serde(default)]
        csv: Vec<String>,
        file: Option<String>,
        #[serde(default)]
        reading: Reading,
        #[serde(default)]
        then: Vec<Value>,
        #[serde(default)]
        names: BTreeMap<String, String>,
        #[serde(default)]
        stop: bool,
    },

    // --- invitations ---
    Invite {
        item: String,
        method: Option<Method>,
    },
    Reinvite {
        item: String,
        method: Option<Method>,
    },
    Unlink {
        item: String,
    },
    CancelInvitation {
        item: String,
    },
    /// To be handed over; kept as `$name.code` and `$name.link`.
    PrintCode {
        #[serde(rename = "as")]
        name: Option<String>,
        item: String,
        method: Option<Method>,
    },
    /// Who waits to be sent their first message.
    Staged {
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
    },
    /// To accounts, or where there is none, to parties. `by_party`: to the
    /// accounts of parties.
    SendStaged {
        items: Vec<String>,
        #[serde(default)]
        by_party: bool,
        #[serde(default)]
        stop: bool,
    },
    /// Reminds those who have not come.
    Remind,
    /// `as_of`: when the office looked at the list; by default, just after now.
    Batch {
        action: OfficeAction,
        items: Vec<String>,
        method: Option<Method>,
        as_of: Option<String>,
    },
    Applications {
        search: Option<String>,
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
    },
    Allowed,
    CreateAccounts {
        parties: Vec<String>,
        role: Role,
        #[serde(default)]
        stop: bool,
    },
    DisableAll {
        accounts: Vec<String>,
        #[serde(default)]
        stop: bool,
    },
    SendAgainAll {
        accounts: Vec<String>,
        as_of: Option<String>,
    },
    EndSessionsAll {
        accounts: Vec<String>,
    },
    Application {
        number: String,
    },
    ApplicationsBy {
        search: Option<String>,
        standing: Option<ApplicationStanding>,
        invited_before: Option<String>,
        lapses_before: Option<String>,
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
    },
    Look {
        link: String,
    },
    RedeemCode {
        #[serde(rename = "as")]
        name: Option<String>,
        code: String,
        with: String,
        session: Option<String>,
    },
    RedeemLink {
        #[serde(rename = "as")]
        name: Option<String>,
        link: String,
        session: Option<String>,
    },

    // --- ways in ---
    Activation {
        link: String,
    },
    Activate {
        link: String,
        password: String,
        confirm: Option<String>,
    },
    SignIn {
        #[serde(rename = "as")]
        name: Option<String>,
        username: String,
        password: String,
        #[serde(default)]
        remember: bool,
        /// The token of the device, where it is known.
        device: Option<String>,
        /// So many times the same; the outcome is that of the last.
        #[serde(default = "once")]
        times: u32,
    },
    ChoosePassword {
        #[serde(rename = "as")]
        name: Option<String>,
        step: String,
        password: String,
        confirm: Option<String>,
    },
    /// Of a step, or of a session.
    QuestionCount {
        token: String,
    },
    SetQuestions {
        #[serde(rename = "as")]
        name: Option<String>,
        step: String,
        answers: Vec<(String, String)>,
    },
    ChangePassword {
        #[serde(rename = "as")]
        name: Option<String>,
        session: String,
        current: String,
        password: String,
        confirm: Option<String>,
    },
    Session {
        session: String,
    },
    SignOut {
        session: String,
    },
    /// Where the user of a session is signed in, or for the office, that of an
    /// account.
    Sessions {
        #[serde(rename = "as")]
        name: Option<String>,
        session: Option<String>,
        account: Option<String>,
    },
    /// That which stood at a place of a list that was kept; without one, an
    /// identifier that nobody has.
    EndSession {
        session: String,
        of: Option<String>,
        #[serde(default)]
        at: usize,
    },
    EndOtherSessions {
        session: String,
    },

    // --- a forgotten password ---
    Recover {
        #[serde(rename = "as")]
        name: Option<String>,
        username: String,
    },
    RecoveryCode {
        #[serde(rename = "as")]
        name: Option<String>,
        step: String,
        code: String,
    },
    RecoveryAnswers {
        #[serde(rename = "as")]
        name: Option<String>,
        step: String,
        answers: Vec<(String, String)>,
    },
    FinishRecovery {
        #[serde(rename = "as")]
        name: Option<String>,
        step: String,
        password: String,
        confirm: Option<String>,
    },

    /// One's own contacts (C1).
    Contacts {
        session: String,
    },
    ChangeContact {
        session: String,
        password: String,
        method: Method,
        address: String,
    },
    ChangeQuestions {
        session: String,
        password: String,
        answers: Vec<(String, String)>,
    },
    SetLanguage {
        session: String,
        language: Locale,
    },
    /// By the link of a message to a new contact.
    ConfirmContact {
        link: String,
    },
    /// By the link of a message to the earlier one.
    ObjectToContact {
        link: String,
    },

    // --- accounts and their managers ---
    ReleaseContact {
        account: String,
        contact: String,
    },
    Unlock {
        account: String,
    },
    EndSessions {
        account: String,
    },
    AddManager {
        #[serde(rename = "as")]
        name: Option<String>,
        first_name: String,
        last_name: String,
        email: Option<String>,
        phone: Option<String>,
        username: Option<String>,
    },
    CreateStaffAccount {
        #[serde(rename = "as")]
        name: Option<String>,
        first_name: String,
        last_name: String,
        email: Option<String>,
        phone: Option<String>,
        username: Option<String>,
        password: Option<String>,
        confirm: Option<String>,
    },
    LinkAccount {
        account: String,
        party: String,
    },
    Promote {
        account: String,
    },
    RemoveManager {
        account: String,
    },
    HandOver {
        from_account: String,
        to_account: String,
    },
    Disable {
        account: String,
    },
    Enable {
        account: String,
    },
    ResetPassword {
        account: String,
        password: String,
        confirm: Option<String>,
    },
    SendAgain {
        account: String,
    },
    SetNote {
        account: String,
        note: String,
    },
    User {
        account: String,
    },
    /// `columns`: what is told of each user, by default the username alone;
    /// `locale`: in which language.
    Users {
        filter: Option<String>,
        #[serde(default)]
        show_disabled: bool,
        #[serde(default)]
        unlinked_only: bool,
        sort: Option<UserColumn>,
        #[serde(default)]
        descending: bool,
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
        columns: Option<Vec<String>>,
        locale: Option<Locale>,
    },

    // --- messages ---
    /// `texts`: with the subject and the masked body.
    Messages {
        state: Option<MessageState>,
        #[serde(default)]
        offset: u64,
        limit: Option<u64>,
        #[serde(default)]
        texts: bool,
    },
    Claim {
        #[serde(rename = "as")]
        name: Option<String>,
        most: Option<u64>,
        method: Option<Method>,
    },
    Sent {
        claim: String,
    },
    Failed {
        claim: String,
    },

    // --- who sees what ---
    CanSee {
        viewer: String,
        resource: Resource,
        of: Option<String>,
    },
    Sees {
        viewer: String,
    },
    SeenBy {
        resource: Resource,
        of: String,
    },

    // --- histories ---
    /// Of an account, or the agency's own. `last`: so many lines from the end.
    History {
        account: Option<String>,
        last: Option<usize>,
        #[serde(default)]
        details: bool,
    },
    /// Keeps the export under its name.
    ExportHistory {
        #[serde(rename = "as")]
        name: Option<String>,
        account: Option<String>,
        since: Option<String>,
        until: Option<String>,
    },
    TrimHistory {
        export: String,
    },
    /// Keeps where to go on under its name: `$name`.
    Feed {
        #[serde(rename = "as")]
        name: Option<String>,
        after: Option<String>,
        #[serde(default)]
        kinds: BTreeSet<EventKind>,
        since: Option<String>,
        until: Option<String>,
        limit: Option<u64>,
    },
    Verify {
        account: Option<String>,
    },
}

fn once() -> u32 {
    1
}
