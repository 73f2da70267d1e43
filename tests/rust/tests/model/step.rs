//! The steps that people take, and how the model answers each.

use std::collections::BTreeSet;

use carekey::{Resource, Role, TieKind};

use super::state::{Addr, Id, Model, Ms};

/// What came of a step, as text: what was answered, or the code.
pub(crate) type Outcome = String;

/// How an invitation is shown to be the bearer's (I3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    Link,
    /// The code with the contact it was sent to.
    Contact,
    /// The code with the application's number.
    Number,
    /// The code with someone else's contact.
    Other,
}

/// Who acts for the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    Support,
    Account(Id),
}

/// A party or an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Party(Id),
    Application(Id),
}

/// Whose resource is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    Own,
    Party(Id),
    Application(Id),
}

/// A row of a roster (C4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// Someone new, by identifier and name.
    New(u8),
    /// Someone known, by identifier and name.
    Known(Id),
    /// The name of someone known and nothing else that agrees.
    NameAlone(Id),
    /// The identifier of someone known with another's name and contact.
    OtherName(Id),
}

#[derive(Debug, Clone)]
pub(crate) enum Act {
    AddManager { name: u8, email: Addr, phone: Addr },
    AddParty { name: u8, org: bool, roles: BTreeSet<Role>, email: Option<Addr>, phone: Option<Addr> },
    Roster { row: Row, role: Role, email: Option<Addr>, phone: Option<Addr> },
    CreateAccount { party: Id, role: Role },
    SetRoles { party: Id, roles: BTreeSet<Role> },
    Relate { kind: TieKind, who: Id, of: Id, from: Option<Ms>, until: Option<Ms> },
    EndTie { tie: Id, at: Option<Ms> },
    Grant { to: Id, resource: Resource, of: Option<Id>, until: Ms },
    EndGrant(Id),
    AddApplication(Id),
    Invite(Item),
    Reinvite(Item),
    Unlink(Item),
    Cancel(Item),
    Disable(Id),
    Enable(Id),
    Unlock(Id),
    Reset(Id),
    SendAgain(Id),
    Release { account: Id, contact: Addr },
    Delete(Id),
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    SignIn {
        who: u8,
        name: String,
        password: Option<Id>,
        device: Option<Id>,
        remember: bool,
    },
    Choose {
        who: u8,
        token: Id,
    },
    Activate {
        who: u8,
        token: Id,
    },
    Recover {
        who: u8,
        name: String,
    },
    Code {
        who: u8,
        begun: Id,
        code: Option<Id>,
    },
    Finish {
        who: u8,
        token: Id,
    },
    Change {
        who: u8,
        session: Id,
        current: Option<Id>,
    },
    Session(Id),
    SignOut(Id),
    Look(Id),
    Redeem {
        who: u8,
        invitation: Id,
        proof: Proof,
        session: Option<Id>,
    },
    Confirm(Id),
    Object(Id),
    Office {
        actor: Actor,
        act: Act,
    },
    See {
        account: Id,
        resource: Resource,
        of: Whose,
    },
    /// The host sends what waits; those whose tie has begun are enrolled first.
    Deliver,
    /// Time runs.
    Wait(Ms),
    /// An address changes hands in the world; nobody tells the office.
    Recycle {
        addr: Addr,
        to: u8,
    },
}

impl Model {
    /// What must come of a step, and where it leads; nothing for one whose
    /// things are not there, because the step that made them was left out.
    pub(crate) fn take(&mut self, number: u32, step: &Step) -> Option<Outcome> {
        self.next = number * 64;
        self.made.clear();
        self.now += 1;
        match step {
            Step::SignIn { who, name, password, device, remember } => {
                Some(self.sign_in(*who, name, *password, *device, *remember))
            }
            Step::Choose { who, token } => self.choose_password(*who, *token),
            Step::Activate { who, token } => self.activate(*who, *token),
            Step::Recover { who, name } => Some(self.recover(*who, name)),
            Step::Code { who, begun, code } => self.recovery_code(*who, *begun, *code),
            Step::Finish { who, token } => self.finish(*who, *token),
            Step::Change { who, session, current } => self.change(*who, *session, *current),
            Step::Session(token) => {
                let account = self.session(*token)?;
                Some(account.map_or_else(|| "session.ended".into(), |account| self.signed_in(account)))
            }
            Step::SignOut(token) => self.sign_out(*token),
            Step::Look(invitation) => {
                self.invitations.get(invitation)?;
                Some(self.stale(*invitation).unwrap_or("ok").into())
            }
            Step::Redeem { who, invitation, proof, session } => self.redeem(*who, *invitation, *proof, *session),
            Step::Confirm(token) => self.confirm(*token),
            Step::Object(token) => self.object(*token),
            Step::Office { actor, act } => self.office(*actor, act),
            Step::See { account, resource, of } => self.see(*account, *resource, *of),
            Step::Deliver => {
                self.begin_ties();
                Some("ok".into())
            }
            Step::Wait(ms) => {
                self.now += ms;
                Some("ok".into())
            }
            Step::Recycle { addr, to } => {
                self.owners[usize::from(addr.0)] = *to;
                Some("ok".into())
            }
        }
    }

    /// Who a session says that it is: the account and all that it is linked to.
    fn signed_in(&self, account: Id) -> Outcome {
        let mut parties: Vec<Id> = Vec::new();
        for link in self.links.values().filter(|it| it.account == account && !it.over) {
            if !parties.contains(&link.party) {
                parties.push(link.party);
            }
        }
        format!("{account} {parties:?} {}", self.accounts[&account].manager)
    }
}
