//! Written by core/surface from the core: change it there, not here.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::snapshot::Whose;
use crate::types::*;
use crate::words::*;

/// A decision, with why.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Decision {
    /// Whether it is seen.
    pub allowed: bool,
    /// How much of it; nothing where it is not seen.
    pub scope: Option<Scope>,
    /// Where it is seen, every way that leads to it; where it is not, what
    /// forbids it or all that was missing. Never empty; in the order of the
    /// roles.
    pub because: Vec<Reason>,
}

impl From<carekey::visibility::Decision> for Decision {
    fn from(it: carekey::visibility::Decision) -> Self {
        Self {
            allowed: it.allowed,
            scope: it.scope.map(Into::into),
            because: it.because.into_iter().map(Into::into).collect(),
        }
    }
}

/// An e-mail address that can be used as a username and written to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Email {
    /// As it was typed, without the blanks around it, in NFC: what is shown and
    /// written to.
    pub typed: String,
    /// In canonical form: what is compared.
    pub canonical: String,
}

impl From<carekey::username::Email> for Email {
    fn from(it: carekey::username::Email) -> Self {
        Self { typed: it.typed, canonical: it.canonical }
    }
}

/// A resource that a member of the office staff may see (rule V).
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Grant {
    /// To whom. It counts while they are of the office staff.
    pub to: PartyId,
    /// What.
    pub resource: Resource,
    /// The client, or for `Resource.Application` the application, whose it is;
    /// nothing for every one.
    pub of: Option<Identifier>,
    /// From when until when.
    pub period: Period,
}

impl From<carekey::visibility::Grant> for Grant {
    fn from(it: carekey::visibility::Grant) -> Self {
        Self { to: it.to, resource: it.resource.into(), of: it.of, period: it.period.into() }
    }
}

impl From<Grant> for carekey::visibility::Grant {
    fn from(it: Grant) -> Self {
        Self { to: it.to, resource: it.resource.into(), of: it.of, period: it.period.into() }
    }
}

/// The facts of one invitation (I2). Its secret is not among them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Invitation {
    /// Where it was sent, in canonical form.
    pub contact: String,
    /// How it was sent.
    pub method: ContactMethod,
    /// When it was issued.
    pub issued_at: Moment,
    /// From when on it is dead; the moment itself is outside.
    pub expires_at: Moment,
    /// When a newer one took its place, or unlink ended it.
    #[uniffi(default)]
    pub superseded_at: Option<Moment>,
    /// When it was redeemed.
    #[uniffi(default)]
    pub redeemed_at: Option<Moment>,
}

impl From<carekey::invitation::Invitation> for Invitation {
    fn from(it: carekey::invitation::Invitation) -> Self {
        Self {
            contact: it.contact,
            method: it.method.into(),
            issued_at: it.issued_at,
            expires_at: it.expires_at,
            superseded_at: it.superseded_at,
            redeemed_at: it.redeemed_at,
        }
    }
}

impl From<Invitation> for carekey::invitation::Invitation {
    fn from(it: Invitation) -> Self {
        Self {
            contact: it.contact,
            method: it.method.into(),
            issued_at: it.issued_at,
            expires_at: it.expires_at,
            superseded_at: it.superseded_at,
            redeemed_at: it.redeemed_at,
        }
    }
}

/// What the rules need to know of a party.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PartyFacts {
    /// Which one.
    pub id: PartyId,
    /// Person or organization.
    pub kind: PartyKind,
    /// What it is to the agency.
    #[uniffi(default)]
    pub roles: HashSet<Role>,
}

impl From<PartyFacts> for carekey::relationship::PartyFacts {
    fn from(it: PartyFacts) -> Self {
        Self { id: it.id, kind: it.kind.into(), roles: it.roles.into_iter().map(Into::into).collect() }
    }
}

/// From a moment, and until one or open-ended (rule R). The first moment is
/// inside, the last one outside.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Period {
    /// From this moment on, itself included.
    pub begins_at: Moment,
    /// Until this moment, itself excluded; nothing for no end.
    #[uniffi(default)]
    pub ends_at: Option<Moment>,
}

impl From<carekey::relationship::Period> for Period {
    fn from(it: carekey::relationship::Period) -> Self {
        Self { begins_at: it.begins_at, ends_at: it.ends_at }
    }
}

impl From<Period> for carekey::relationship::Period {
    fn from(it: Period) -> Self {
        Self { begins_at: it.begins_at, ends_at: it.ends_at }
    }
}

/// What a password may not be made of: whose it is, and of which agency.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Person {
    /// The person's names: each whole (`Felicia Conner`) or in parts.
    #[uniffi(default)]
    pub names: Vec<String>,
    /// The username.
    #[uniffi(default)]
    pub username: Option<String>,
    /// The e-mail address.
    #[uniffi(default)]
    pub email: Option<String>,
    /// The agency's name.
    #[uniffi(default)]
    pub agency: Option<String>,
}

/// The name of a person. A person with one name has it as `last`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonName {
    /// The first name.
    #[uniffi(default)]
    pub first: Option<String>,
    /// The middle name or names, or their initials.
    #[uniffi(default)]
    pub middle: Option<String>,
    /// The last name, with its particles (`van der`) and its suffix (`Jr.`).
    #[uniffi(default)]
    pub last: Option<String>,
    /// What the person is called; no username is made from it.
    #[uniffi(default)]
    pub nickname: Option<String>,
}

impl From<carekey::name::PersonName> for PersonName {
    fn from(it: carekey::name::PersonName) -> Self {
        Self { first: it.first, middle: it.middle, last: it.last, nickname: it.nickname }
    }
}

impl From<PersonName> for carekey::name::PersonName {
    fn from(it: PersonName) -> Self {
        Self { first: it.first, middle: it.middle, last: it.last, nickname: it.nickname }
    }
}

/// A phone number that can be used as a username and written to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Phone {
    /// As it was typed, without the blanks around it: what is shown.
    pub typed: String,
    /// In E.164, `+12125550142`: what is compared and written to.
    pub e164: String,
}

impl From<carekey::username::Phone> for Phone {
    fn from(it: carekey::username::Phone) -> Self {
        Self { typed: it.typed, e164: it.e164 }
    }
}

/// One reason of a decision: the rule, and the tie or grant that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reason {
    /// A `visible.…` or a `hidden.…` code.
    pub code: String,
    /// What was asked for.
    pub resource: Resource,
    /// The viewer's role that it speaks of.
    pub role: Option<Role>,
    /// The tie that allows it.
    pub tie: Option<Tie>,
    /// The grant that allows it.
    pub grant: Option<Grant>,
}

impl From<carekey::visibility::Reason> for Reason {
    fn from(it: carekey::visibility::Reason) -> Self {
        Self {
            code: it.code.to_string(),
            resource: it.resource.into(),
            role: it.role.map(Into::into),
            tie: it.tie.map(Into::into),
            grant: it.grant.map(Into::into),
        }
    }
}

/// One rule of a policy, and whether a password meets it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RuleCheck {
    /// The code of the finding if the rule is not met.
    pub code: String,
    /// Whether the password meets it.
    pub met: bool,
    /// The finding, with its text and parameters: what is wrong where the rule
    /// is not met, and what would be where it is.
    pub finding: Finding,
}

impl From<carekey::password::RuleCheck> for RuleCheck {
    fn from(it: carekey::password::RuleCheck) -> Self {
        Self { code: it.code.to_string(), met: it.met, finding: it.finding.into() }
    }
}

/// The life of one token: a session, or a step that was begun (E5, E6). A phone
/// locks its own screen by it; the server decides for itself.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SessionLife {
    /// When it ends, used or not.
    pub expires_at: Moment,
    /// When it was last used.
    pub used_at: Moment,
    /// How long it may be left unused, in milliseconds; nothing: as long as it
    /// lasts.
    pub idle_ms: Option<i64>,
    /// The account's epoch when it was made: all of an older epoch have ended.
    pub epoch: i64,
    /// Whether it was ended.
    pub ended: bool,
}

impl From<carekey::account::TokenLife> for SessionLife {
    fn from(it: carekey::account::TokenLife) -> Self {
        Self { expires_at: it.expires_at, used_at: it.used_at, idle_ms: it.idle_ms, epoch: it.epoch, ended: it.ended }
    }
}

impl From<SessionLife> for carekey::account::TokenLife {
    fn from(it: SessionLife) -> Self {
        Self { expires_at: it.expires_at, used_at: it.used_at, idle_ms: it.idle_ms, epoch: it.epoch, ended: it.ended }
    }
}

/// One thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Sight {
    /// What.
    pub resource: Resource,
    /// Whose.
    pub of: Whose,
    /// How much, and why.
    pub decision: Decision,
}

impl From<carekey::visibility::Sight> for Sight {
    fn from(it: carekey::visibility::Sight) -> Self {
        Self { resource: it.resource.into(), of: it.of.into(), decision: it.decision.into() }
    }
}

/// The failures at one way in (password, code, questions) of one account, of
/// one device, or of another thing that is being guessed at (E4).
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ThrottleState {
    /// Failures in a row.
    pub failures: u32,
    /// Attempts that were let in and are not decided yet.
    pub open: u32,
    /// When the open ones count as failures.
    pub open_until: Option<Moment>,
    /// Until when further attempts are refused.
    pub locked_until: Option<Moment>,
}

impl From<carekey::account::Throttle> for ThrottleState {
    fn from(it: carekey::account::Throttle) -> Self {
        Self { failures: it.failures, open: it.open, open_until: it.open_until, locked_until: it.locked_until }
    }
}

impl From<ThrottleState> for carekey::account::Throttle {
    fn from(it: ThrottleState) -> Self {
        Self { failures: it.failures, open: it.open, open_until: it.open_until, locked_until: it.locked_until }
    }
}

/// A typed, dated, directed tie: `who` is the `kind` of `of`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Tie {
    /// What `who` is to `of`.
    pub kind: TieKind,
    /// The one who has the part: the emergency contact, the payer.
    pub who: PartyId,
    /// The one whose relationship it is: the client, as a rule.
    pub of: PartyId,
    /// From when until when.
    pub period: Period,
}

impl From<carekey::relationship::Tie> for Tie {
    fn from(it: carekey::relationship::Tie) -> Self {
        Self { kind: it.kind.into(), who: it.who, of: it.of, period: it.period.into() }
    }
}

impl From<Tie> for carekey::relationship::Tie {
    fn from(it: Tie) -> Self {
        Self { kind: it.kind.into(), who: it.who, of: it.of, period: it.period.into() }
    }
}

/// One row that wants a username. A blank text counts as none.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UsernameRequest {
    /// The line of the row: what other rows are told, and by which the batch
    /// knows the row again.
    pub line: u64,
    /// How the username comes about.
    pub scheme: UsernameScheme,
    /// The person.
    pub name: PersonName,
    /// The username, where the row gives one.
    #[uniffi(default)]
    pub username: Option<String>,
    /// The e-mail address, where the row gives one.
    #[uniffi(default)]
    pub email: Option<String>,
    /// The phone number, where the row gives one.
    #[uniffi(default)]
    pub phone: Option<String>,
    /// The name in canonical form that this person has already. It is never a
    /// clash, and a staff member who asks for no other keeps it.
    #[uniffi(default)]
    pub own: Option<String>,
    /// The names in canonical form that this person had before: they may come
    /// back to one of them, also where it was retired (rule U4).
    #[uniffi(default)]
    pub earlier: Vec<String>,
}

/// Pass or fail for one row.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UsernameVerdict {
    /// Whether the row passes.
    pub pass: bool,
    /// The username as it is shown, if the row passes.
    pub username: Option<String>,
    /// The username in canonical form, if the row passes.
    pub canonical: Option<String>,
    /// The e-mail address, where one was given and can be used.
    pub email: Option<Email>,
    /// The phone number, where one was given and can be used.
    pub phone: Option<Phone>,
    /// What there is to say, by field: e-mail, phone, name, username.
    pub findings: Vec<Finding>,
    /// Usernames that would pass, the best first; none for a row that passes.
    pub suggestions: Vec<String>,
}

impl From<carekey::username::NameVerdict> for UsernameVerdict {
    fn from(it: carekey::username::NameVerdict) -> Self {
        let pass = it.pass();
        Self {
            pass,
            username: it.username,
            canonical: it.canonical,
            email: it.email.map(Into::into),
            phone: it.phone.map(Into::into),
            findings: it.findings.into_iter().map(Into::into).collect(),
            suggestions: it.suggestions,
        }
    }
}

/// Someone who looks: an account and all that it is linked to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Viewer {
    /// Whether the account is fully set up, and neither disabled nor deleted.
    pub active: bool,
    /// The parties linked to the account: one, as a rule.
    #[uniffi(default)]
    pub parties: Vec<PartyFacts>,
    /// The ties of these parties, as `who`, to others.
    #[uniffi(default)]
    pub ties: Vec<Tie>,
    /// The grants to these parties.
    #[uniffi(default)]
    pub grants: Vec<Grant>,
    /// The applications linked to the account.
    #[uniffi(default)]
    pub applications: Vec<ApplicationId>,
}

impl From<Viewer> for carekey::visibility::Viewer {
    fn from(it: Viewer) -> Self {
        Self {
            active: it.active,
            parties: it.parties.into_iter().map(Into::into).collect(),
            ties: it.ties.into_iter().map(Into::into).collect(),
            grants: it.grants.into_iter().map(Into::into).collect(),
            applications: it.applications,
        }
    }
}
