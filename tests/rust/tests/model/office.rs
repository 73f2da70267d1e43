//! What the office does, as the rulebook has it (A, C2, C4, C5, I, R).

use std::collections::BTreeSet;

use carekey::policy::EnrolmentScheme;
use carekey::words::{MessageKind, Purpose};
use carekey::{Method, Resource, Role, Stage, TieKind};

use super::state::{
    Account, Addr, Application, Change, Contact, DAY, Grant, Id, Invitation, Letter, Model, Ms, Party, Tie, conveys,
    in_force, name,
};
use super::step::{Act, Actor, Item, Outcome, Row};

const FORTNIGHT: Ms = 14 * DAY;

/// How a role comes to its first password (E1), as the policy of the worlds
/// leaves it.
const fn scheme(role: Role) -> EnrolmentScheme {
    match role {
        Role::Caregiver => EnrolmentScheme::ActivationLink,
        Role::Family => EnrolmentScheme::InvitationCode,
        _ => EnrolmentScheme::TemporaryPassword,
    }
}

impl Model {
    pub(crate) fn office(&mut self, actor: Actor, act: &Act) -> Option<Outcome> {
        let allowed = match actor {
            Actor::Support => true,
            // Only support adds account managers (A1).
            Actor::Account(id) => self.accounts.get(&id)?.may_manage() && !matches!(act, Act::AddManager { .. }),
        };
        if !self.knows(act) {
            return None;
        }
        if !allowed {
            return Some("actor.not_allowed".into());
        }
        let before = matches!(act, Act::Delete(_)).then(|| self.clone());
        let done = self.act(act, actor == Actor::Support);
        if let (Err(_), Some(before)) = (done, before) {
            // What is refused in the middle leaves nothing behind.
            *self = before;
        }
        Some(done.map_or_else(Into::into, |()| "ok".into()))
    }

    /// Whether all that an act names is there, deleted or not.
    fn knows(&self, act: &Act) -> bool {
        let item = |item: &Item| match item {
            Item::Party(id) => self.parties.contains_key(id),
            Item::Application(id) => self.applications.contains_key(id),
        };
        match act {
            Act::AddManager { .. } | Act::AddParty { .. } => true,
            Act::Roster { row, .. } => match row {
                Row::New(_) => true,
                // What is said of someone deleted is said of someone new.
                Row::Known(id) | Row::NameAlone(id) | Row::OtherName(id) => {
                    self.parties.get(id).is_some_and(|it| !it.deleted)
                }
            },
            Act::CreateAccount { party: id, .. } | Act::SetRoles { party: id, .. } => self.parties.contains_key(id),
            Act::AddApplication(id) | Act::Delete(id) => self.parties.contains_key(id),
            Act::Relate { who, of, .. } => self.parties.contains_key(who) && self.parties.contains_key(of),
            Act::EndTie { tie, .. } => self.ties.contains_key(tie),
            Act::Grant { to, of, .. } => {
                let known = |id| self.parties.contains_key(id) || self.applications.contains_key(id);
                self.parties.contains_key(to) && of.as_ref().is_none_or(known)
            }
            Act::EndGrant(id) => self.grants.contains_key(id),
            Act::Invite(it) | Act::Reinvite(it) | Act::Unlink(it) | Act::Cancel(it) => item(it),
            Act::Disable(id) | Act::Enable(id) | Act::Unlock(id) | Act::Reset(id) | Act::SendAgain(id) => {
                self.accounts.contains_key(id)
            }
            Act::Release { account, .. } => self.accounts.contains_key(account),
        }
    }

    fn act(&mut self, act: &Act, by_support: bool) -> Result<(), &'static str> {
        match act {
            Act::AddManager { name, email, phone } => self.add_manager(*name, *email, *phone),
            Act::AddParty { name, org, roles, email, phone } => {
                let id = self.add_party(Party {
                    name: *name,
                    org: *org,
                    roles: roles.clone(),
                    email: *email,
                    phone: *phone,
                    ..Party::default()
                });
                if roles.contains(&Role::Client) {
                    // That nobody could be enrolled is told, and is no error.
                    let _ = self.enrol(id, Role::Client);
                }
                Ok(())
            }
            Act::Roster { row, role, email, phone } => self.roster(*row, *role, *email, *phone),
            Act::CreateAccount { party, role } => {
                self.party(*party)?;
                if self.login(*party).is_some() {
                    return Err("account.exists");
                }
                if !self.roles(*party).contains(role) {
                    return Err("party.role_missing");
                }
                // Whom an invitation went to makes the account by it (I9).
                if self.parties[party].invitation.is_some() && scheme(*role) == EnrolmentScheme::InvitationCode {
                    return Err("invitation.already_sent");
                }
                self.enrol(*party, *role)
            }
            Act::SetRoles { party, roles } => self.set_roles(*party, roles),
            Act::Relate { kind, who, of, from, until } => {
                let from = from.unwrap_or(self.now);
                self.relate(Tie { kind: *kind, who: *who, of: *of, from, until: *until, enrols: None })
            }
            Act::EndTie { tie, at } => self.end_tie(*tie, at.unwrap_or(self.now)),
            Act::Grant { to, resource, of, until } => self.grant_to(*to, *resource, *of, *until),
            Act::EndGrant(id) => {
                self.party(self.grants[id].to)?;
                let now = self.now;
                let grant = self.grants.get_mut(id).expect("a grant");
                if grant.until.is_some_and(|until| until <= now) {
                    return Err("grant.ended");
                }
                grant.until = Some(now);
                Ok(())
            }
            Act::AddApplication(family) => {
                self.party(*family)?;
                let id = self.fresh();
                self.made.push(id);
                self.applications.insert(id, Application { family: *family, invitation: None });
                let _ = self.invite(*family, Some(id));
                Ok(())
            }
            Act::Invite(item) | Act::Reinvite(item) => self.send(*item, matches!(act, Act::Reinvite(_))),
            Act::Unlink(item) => self.unlink(*item),
            Act::Cancel(item) => {
                let (_, _, latest) = self.item(*item)?;
                let latest = latest.filter(|id| self.invitations[id].is_out()).ok_or("invitation.never_sent")?;
                self.end_invitation(latest);
                Ok(())
            }
            Act::Disable(id) => self.disable(*id),
            Act::Enable(id) => {
                let account = self.open_account(*id)?;
                if !account.disabled {
                    return Err("account.not_disabled");
                }
                account.disabled = false;
                self.ask_what_waited(*id);
                Ok(())
            }
            Act::Unlock(id) => {
                self.open_account(*id)?;
                self.forgive(*id);
                Ok(())
            }
            Act::Reset(id) => self.reset(*id, by_support),
            Act::SendAgain(id) => self.send_again(*id),
            Act::Release { account, contact } => self.release(*account, *contact),
            Act::Delete(id) => self.delete(*id, by_support),
        }
    }

    fn party(&self, id: Id) -> Result<&Party, &'static str> {
        self.parties.get(&id).filter(|it| !it.deleted).ok_or("party.not_found")
    }

    /// An account that was not deleted.
    fn open_account(&mut self, id: Id) -> Result<&mut Account, &'static str> {
        let account = self.account_mut(id);
        if account.deleted { Err("account.deleted") } else { Ok(account) }
    }

    fn add_manager(&mut self, number: u8, email: Addr, phone: Addr) -> Result<(), &'static str> {
        if self.accounts.values().filter(|it| it.manager && !it.deleted).count() >= 3 {
            return Err("manager.limit");
        }
        let id = self.new_account(staff_name(number), EnrolmentScheme::TemporaryPassword);
        self.take_over(id, Some(email), Some(phone));
        self.account_mut(id).manager = true;
        self.send_first(id);
        Ok(())
    }

    fn add_party(&mut self, party: Party) -> Id {
        let id = self.fresh();
        self.made.push(id);
        self.parties.insert(id, party);
        id
    }

    /// The contacts of a party become those of the account made for it.
    fn take_over(&mut self, account: Id, email: Option<Addr>, phone: Option<Addr>) {
        for addr in email.into_iter().chain(phone) {
            self.add_contact(account, addr);
        }
    }

    fn add_contact(&mut self, account: Id, addr: Addr) -> Id {
        let id = self.fresh();
        self.account_mut(account).contacts.push(Contact { id, addr, proven: false, objected: false });
        id
    }

    /// Enrols a party that has no account, by the scheme of a role (E1, U1).
    fn enrol(&mut self, id: Id, role: Role) -> Result<(), &'static str> {
        if scheme(role) == EnrolmentScheme::InvitationCode {
            return self.invite(id, None);
        }
        let party = self.parties[&id].clone();
        let username = match role {
            Role::OfficeStaff => staff_name(party.name),
            _ => party.email.ok_or("email.missing")?.text(),
        };
        if let Some(clash) = self.clash_for(&username, id) {
            return Err(clash);
        }
        let account = self.new_account(username, scheme(role));
        self.link(account, id, None);
        self.take_over(account, party.email, party.phone);
        self.send_first(account);
        Ok(())
    }

    /// The activation link, or the temporary password.
    fn send_first(&mut self, id: Id) {
        let to = self.accounts[&id].first_to();
        let (kind, secret, lasts) = match self.accounts[&id].scheme {
            EnrolmentScheme::TemporaryPassword => {
                let password = self.fresh();
                let until = self.now + 7 * DAY;
                let account = self.account_mut(id);
                (account.password, account.generated, account.password_until) = (Some(password), true, Some(until));
                (MessageKind::Registration, password, 7 * DAY)
            }
            _ => {
                let token = self.issue(Purpose::Activation, id, FORTNIGHT);
                self.tokens.get_mut(&token).expect("just made").contact = to.map(|it| it.id);
                (MessageKind::Activation, token, FORTNIGHT)
            }
        };
        if let Some(to) = to {
            self.account_mut(id).written_to = Some(to.id);
            self.post(kind, to.addr, Some(secret), Some(id), lasts);
        }
    }

    fn set_roles(&mut self, id: Id, roles: &BTreeSet<Role>) -> Result<(), &'static str> {
        self.party(id)?;
        let party = self.parties.get_mut(&id).expect("a party");
        if roles.iter().any(|role| !fits(*role, party.org)) {
            return Err("party.role_unfit");
        }
        if self.has_too_many(id, roles) {
            return Err("party.two_accounts");
        }
        let party = self.parties.get_mut(&id).expect("a party");
        let before = std::mem::replace(&mut party.roles, roles.clone());
        let becomes = roles.contains(&Role::Client) && !before.contains(&Role::Client);
        if becomes && self.login(id).is_none() {
            let _ = self.enrol(id, Role::Client);
        }
        if becomes {
            self.enrol_for(id);
        }
        Ok(())
    }

    /// Nobody but a family has several accounts of their own (C5).
    fn has_too_many(&self, id: Id, roles: &BTreeSet<Role>) -> bool {
        let own = self.links_of(id).filter(|(_, it)| it.application.is_none());
        let own: BTreeSet<Id> = own.map(|(_, it)| it.account).collect();
        own.len() > 1 && *roles != BTreeSet::from([Role::Family])
    }

    /// Whom ties of before make something of a new client is enrolled (R).
    fn enrol_for(&mut self, client: Id) {
        let ties: Vec<Id> = self.ties.iter().filter(|(_, it)| it.of == client).map(|(id, _)| *id).collect();
        for id in ties {
            let (now, tie) = (self.now, self.ties.get_mut(&id).expect("a tie"));
            let Some(role) = conveys(tie.kind) else { continue };
            let (who, begun) = (tie.who, in_force(tie.from, tie.until, now));
            if tie.from > now && tie.until.is_none_or(|until| until > tie.from) {
                tie.enrols = Some(tie.from);
            } else if begun {
                self.enrol_unattended(who, role);
            }
        }
    }

    /// Who was unlinked comes back by an invitation alone (C5).
    fn enrol_unattended(&mut self, who: Id, role: Role) {
        let was_linked = self.links.values().any(|it| it.party == who);
        if !was_linked && self.party(who).is_ok() {
            let _ = self.enrol(who, role);
        }
    }

    fn relate(&mut self, mut tie: Tie) -> Result<(), &'static str> {
        let (who, of) = (self.party(tie.who)?.clone(), self.party(tie.of)?.clone());
        if tie.until == Some(tie.from) {
            return Err("tie.ends_before_it_begins");
        }
        if tie.who == tie.of {
            return Err("tie.to_itself");
        }
        let who_fits = match tie.kind {
            TieKind::EmergencyContact | TieKind::Individual => !who.org,
            TieKind::Community | TieKind::OrganizationAssociated => who.org,
            TieKind::Caregiver => !who.org && self.roles(tie.who).contains(&Role::Caregiver),
            TieKind::Manager => !who.org && self.roles(tie.who).contains(&Role::OfficeStaff),
            _ => true,
        };
        let may_be_org = [TieKind::EmergencyContact, TieKind::OrganizationAssociated, TieKind::Manager];
        if !who_fits || of.org && !may_be_org.contains(&tie.kind) {
            return Err("tie.unfit");
        }
        if tie.until.is_some_and(|until| until < tie.from) {
            return Err("tie.ends_before_it_begins");
        }
        let same = |it: &Tie| (it.kind, it.who, it.of) == (tie.kind, tie.who, tie.of);
        let meets = |it: &Tie| {
            let from = it.from.max(tie.from);
            in_force(it.from, it.until, from) && in_force(tie.from, tie.until, from)
        };
        if self.ties.values().any(|it| same(it) && meets(it)) {
            return Err("tie.duplicate");
        }
        let id = self.fresh();
        self.made.push(id);
        let enrols = conveys(tie.kind).filter(|_| of.roles.contains(&Role::Client));
        let (now, whom) = (self.now, tie.who);
        if conveys(tie.kind).is_some() && tie.from > now {
            tie.enrols = Some(tie.from);
        }
        let begun = in_force(tie.from, tie.until, now);
        self.ties.insert(id, tie);
        if let (Some(role), true, None) = (enrols, begun, self.login(whom)) {
            let _ = self.enrol(whom, role);
        }
        Ok(())
    }

    /// Those whose tie has begun since it was made are enrolled (R).
    pub(crate) fn begin_ties(&mut self) {
        let now = self.now;
        let due: Vec<Id> =
            self.ties.iter().filter(|(_, it)| it.enrols.is_some_and(|at| at <= now)).map(|(id, _)| *id).collect();
        for id in due {
            let tie = self.ties.get_mut(&id).expect("a tie");
            tie.enrols = None;
            let (who, of, role) = (tie.who, tie.of, conveys(tie.kind));
            let begun = in_force(tie.from, tie.until, now);
            let is_client = self.party(of).is_ok_and(|of| of.roles.contains(&Role::Client));
            if let (Some(role), true) = (role, begun && is_client) {
                self.enrol_unattended(who, role);
            }
        }
    }

    fn end_tie(&mut self, id: Id, at: Ms) -> Result<(), &'static str> {
        let now = self.now;
        let tie = self.ties.get_mut(&id).expect("a tie");
        if tie.until.is_some_and(|until| until <= now || until < at) {
            return Err("tie.ended");
        }
        if at < tie.from {
            return Err("tie.ends_before_it_begins");
        }
        tie.until = Some(at);
        if at <= tie.from {
            tie.enrols = None;
        }
        Ok(())
    }

    fn grant_to(&mut self, to: Id, resource: Resource, of: Option<Id>, until: Ms) -> Result<(), &'static str> {
        self.party(to)?;
        let roles = self.roles(to);
        let by_grant = [
            Resource::Invoices,
            Resource::Calendar,
            Resource::ServicePlan,
            Resource::Application,
            Resource::ClientContact,
            Resource::CareTasks,
        ];
        if !by_grant.contains(&resource) {
            return Err("grant.unfit");
        }
        if !roles.contains(&Role::OfficeStaff) {
            return Err("grant.not_staff");
        }
        let never = [Role::EmergencyContact, Role::Payer, Role::Community];
        if resource == Resource::ServicePlan && never.iter().any(|role| roles.contains(role)) {
            return Err("grant.never");
        }
        if until <= self.now {
            return Err("grant.ends_before_it_begins");
        }
        match of {
            Some(of) if resource == Resource::Application => {
                let family = self.applications.get(&of).ok_or("application.not_found")?.family;
                self.party(family)?;
            }
            Some(of) => {
                if !self.parties.contains_key(&of) {
                    return Err("party.not_found");
                }
                if !self.party(of)?.roles.contains(&Role::Client) {
                    return Err("grant.not_client");
                }
            }
            None => {}
        }
        let id = self.fresh();
        self.made.push(id);
        self.grants.insert(id, Grant { to, resource, of, from: self.now, until: Some(until) });
        Ok(())
    }

    /// An item's party and application, and the latest invitation to it.
    fn item(&self, item: Item) -> Result<(Id, Option<Id>, Option<Id>), &'static str> {
        match item {
            Item::Party(id) => Ok((id, None, self.party(id)?.invitation)),
            Item::Application(id) => {
                let application = &self.applications[&id];
                self.party(application.family)?;
                Ok((application.family, Some(id), application.invitation))
            }
        }
    }

    fn item_links(&self, party: Id, application: Option<Id>) -> Vec<Id> {
        let of_item = self.links_of(party).filter(|(_, it)| application.is_none() || it.application == application);
        of_item.map(|(id, _)| id).collect()
    }

    fn send(&mut self, item: Item, again: bool) -> Result<(), &'static str> {
        let (party, application, latest) = self.item(item)?;
        if !self.item_links(party, application).is_empty() {
            return Err("invitation.already_linked");
        }
        match (again, latest) {
            (false, Some(_)) => Err("invitation.already_sent"),
            (true, None) => Err("invitation.never_sent"),
            _ => self.invite(party, application),
        }
    }

    /// Sends an invitation; the earlier one dies in the same act (I5).
    fn invite(&mut self, party: Id, application: Option<Id>) -> Result<(), &'static str> {
        let (email, phone) = (self.parties[&party].email, self.parties[&party].phone);
        let to = email.or(phone).ok_or("invitation.no_contact")?;
        let latest = match application {
            Some(id) => self.applications[&id].invitation,
            None => self.parties[&party].invitation,
        };
        if let Some(latest) = latest {
            self.end_invitation(latest);
        }
        let id = self.fresh();
        let until = self.now + FORTNIGHT;
        self.invitations
            .insert(id, Invitation { party, application, to, until, over: false, redeemed: false, forgotten: false });
        match application {
            Some(application) => self.applications.get_mut(&application).expect("known").invitation = Some(id),
            None => self.parties.get_mut(&party).expect("known").invitation = Some(id),
        }
        self.post(MessageKind::Invitation, to, Some(id), None, FORTNIGHT);
        self.letters.last_mut().expect("just posted").invitation = Some(id);
        Ok(())
    }

    fn end_invitation(&mut self, id: Id) {
        self.invitations.get_mut(&id).expect("known").over = true;
        self.letters.retain(|it| it.invitation != Some(id));
    }

    /// Ends all links of the item, the sessions that had them, and every
    /// invitation by which whoever had it could come back (C5, I6).
    fn unlink(&mut self, item: Item) -> Result<(), &'static str> {
        let (party, application, _) = self.item(item)?;
        let links = self.item_links(party, application);
        if links.is_empty() {
            return Err("invitation.not_linked");
        }
        let accounts: BTreeSet<Id> = links.iter().map(|id| self.links[id].account).collect();
        for id in links {
            self.links.get_mut(&id).expect("known").over = true;
        }
        let of_item = |it: &Invitation| application.is_none() || it.application == application;
        let mut theirs: Vec<Addr> =
            accounts.iter().flat_map(|id| self.accounts[id].contacts.iter().map(|it| it.addr)).collect();
        let of_party = || self.invitations.iter().filter(|(_, it)| it.party == party);
        theirs.extend(of_party().filter(|(_, it)| it.redeemed && of_item(it)).map(|(_, it)| it.to));
        let out: Vec<Id> = of_party()
            .filter(|(_, it)| it.is_out() && (of_item(it) || theirs.contains(&it.to)))
            .map(|(id, _)| *id)
            .collect();
        out.into_iter().for_each(|id| self.end_invitation(id));
        for account in accounts {
            self.end_all(account);
            self.notify(account, MessageKind::LinkChanged);
        }
        Ok(())
    }

    /// At least one manager who can act remains (A1).
    fn keep_one(&self, leaving: Id) -> Result<(), &'static str> {
        let managers = self.accounts.iter().filter(|(id, it)| **id != leaving && it.manager && it.is_open());
        let others: Vec<&Account> = managers.map(|(_, it)| it).collect();
        let own = &self.accounts[&leaving];
        let acts = own.may_manage() || own.is_open() && own.came;
        if others.is_empty() || acts && !others.iter().any(|it| it.may_manage() && it.password.is_some()) {
            return Err("manager.last");
        }
        Ok(())
    }

    fn disable(&mut self, id: Id) -> Result<(), &'static str> {
        let account = self.open_account(id)?;
        if account.disabled {
            return Err("account.disabled");
        }
        if account.manager {
            self.keep_one(id)?;
        }
        self.account_mut(id).disabled = true;
        self.end_what_was_sent(id);
        Ok(())
    }

    fn reset(&mut self, id: Id, by_support: bool) -> Result<(), &'static str> {
        self.open_account(id)?;
        // Nobody could act until they are back: support alone helps the last one (A1).
        if self.accounts[&id].manager && !by_support {
            self.keep_one(id)?;
        }
        let password = self.fresh();
        self.made.push(password);
        let until = self.now + 7 * DAY;
        let account = self.account_mut(id);
        (account.password, account.generated, account.password_until) = (Some(password), false, Some(until));
        account.came |= account.stage == Stage::Active;
        account.stage = Stage::PasswordDue;
        // The manager tells it to whoever answers at the contact, or to nobody.
        let to = account.reached().map(|it| it.addr);
        if let Some(to) = to {
            let owner = self.owners[usize::from(to.0)];
            self.purses[usize::from(owner)].passwords.push(password);
        }
        self.end_what_was_sent(id);
        self.forgive(id);
        self.notify(id, MessageKind::PasswordChanged);
        Ok(())
    }

    fn send_again(&mut self, id: Id) -> Result<(), &'static str> {
        let account = self.open_account(id)?;
        if account.disabled {
            return Err("account.disabled");
        }
        if account.stage == Stage::Active {
            return Err("account.active");
        }
        account.stage = Stage::first(account.scheme);
        (account.password, account.generated, account.password_until) = (None, false, None);
        self.end_what_was_sent(id);
        self.forgive(id);
        self.send_first(id);
        Ok(())
    }

    /// A contact has changed hands: the one way in which a name goes to another
    /// (C6).
    fn release(&mut self, id: Id, contact: Addr) -> Result<(), &'static str> {
        let account = self.open_account(id)?.clone();
        let (gone, left): (Vec<Contact>, Vec<Contact>) = account.contacts.iter().partition(|it| it.addr == contact);
        let is_name = account.username == contact.text();
        let may_object = |it: &Change| it.account == id && !it.ended && self.now < it.at + 30 * DAY;
        let is_left = self.changes.values().any(|it| may_object(it) && it.earlier == Some(contact));
        if gone.is_empty() && !is_name && !is_left {
            return Err("contact.not_found");
        }
        // Of two, of which one's owner objected to the other, this decides (C2).
        let by_it = |new: &Contact| self.changes.values().any(|it| it.contact == new.id && it.earlier == Some(contact));
        let is_earlier = gone.iter().any(|it| !it.objected);
        let is_disputed =
            |new: &Contact| new.objected && is_earlier && (by_it(new) || new.addr.method() == contact.method());
        let disputed: Vec<Contact> = left.iter().copied().filter(is_disputed).collect();
        if !disputed.is_empty() {
            return self.decide_for(id, &disputed, contact);
        }
        let rest = Account { contacts: left.clone(), ..account };
        if is_name {
            let other = rest.proven().ok_or("contact.last")?.addr.text();
            if let Some(clash) = self.clash(&other, Some(id)) {
                return Err(clash);
            }
            self.account_mut(id).username = other;
            self.claim(id);
        }
        self.let_go(id, contact);
        // What was sent to one that was objected to is over already.
        if is_name || gone.iter().any(|it| !it.objected) {
            self.end_what_was_sent(id);
        }
        let row = self.account_mut(id);
        row.contacts = left;
        if gone.iter().any(|it| Some(it.id) == row.written_to) {
            row.written_to = None;
        }
        // It is told at all others that are proven (C6).
        let proven: Vec<Addr> = self.accounts[&id].contacts.iter().filter(|it| it.proven).map(|it| it.addr).collect();
        if proven.is_empty() {
            self.notify(id, MessageKind::ContactChanged);
        }
        for addr in proven {
            self.post(MessageKind::ContactChanged, addr, None, Some(id), 0);
        }
        Ok(())
    }

    /// A contact is not the account's any more: its name is free, and nobody need
    /// object.
    fn let_go(&mut self, id: Id, contact: Addr) {
        if self.used.get(&contact.text()).is_some_and(|it| it.by == id) {
            self.used.remove(&contact.text());
        }
        self.end_changes(id, |it| it.new == contact || it.earlier == Some(contact));
    }

    /// A correction that nobody has confirmed is taken back, and so is a notice of
    /// it that waits, unless another change is told there as well.
    fn take_back(&mut self, id: Id, waiting: &[Contact]) {
        let is_over = |it: &Change| waiting.iter().any(|gone| gone.id == it.contact);
        let open = |it: &&Change| it.account == id && !it.ended;
        let told: Vec<Addr> =
            self.changes.values().filter(open).filter(|it| is_over(it)).filter_map(|it| it.earlier).collect();
        self.end_changes(id, is_over);
        for addr in told {
            if !self.changes.values().filter(open).any(|it| it.earlier == Some(addr)) {
                let is_it = |it: &Letter| it.kind == MessageKind::ContactChanging && it.to == addr;
                self.letters.retain(|it| it.account != Some(id) || !is_it(it));
            }
        }
    }

    /// New contacts stand, to which the owner of the earlier one objected.
    fn decide_for(&mut self, id: Id, news: &[Contact], against: Addr) -> Result<(), &'static str> {
        let of = |method: Method| news.iter().filter(move |it| it.addr.method() == method);
        if [Method::Email, Method::Sms].into_iter().any(|method| of(method).count() > 1) {
            return Err("contact.objected");
        }
        let theirs = self.accounts[&id].contacts.clone();
        let is_over = |it: &&Contact| !it.objected && (it.addr == against || of(it.addr.method()).next().is_some());
        let over: Vec<Contact> = theirs.iter().filter(is_over).copied().collect();
        if let Some(name) = over.iter().find(|it| it.addr.text() == self.accounts[&id].username) {
            let next = of(name.addr.method()).next().unwrap_or(&news[0]).addr.text();
            if let Some(clash) = self.clash(&next, Some(id)) {
                return Err(clash);
            }
            self.account_mut(id).username = next;
            self.claim(id);
        }
        self.end_what_was_sent(id);
        for contact in over {
            self.leave(id, &contact);
            self.account_mut(id).contacts.retain(|it| it.id != contact.id);
            self.let_go(id, contact.addr);
        }
        self.close(id);
        for new in news {
            self.end_changes(id, |it| it.new == new.addr || it.earlier == Some(new.addr));
            let confirmed = self.changes.values().any(|it| it.account == id && it.contact == new.id && it.confirmed);
            let contacts = &mut self.account_mut(id).contacts;
            let it = contacts.iter_mut().find(|it| it.id == new.id).expect("known");
            (it.proven, it.objected) = (confirmed, false);
            if confirmed {
                self.post(MessageKind::ContactChanged, new.addr, None, Some(id), 0);
            } else {
                self.ask_to_confirm(id, new.id, new.addr, None);
            }
        }
        Ok(())
    }

    fn delete(&mut self, id: Id, by_support: bool) -> Result<(), &'static str> {
        self.party(id)?;
        let now = self.now;
        let is_over = |until: Option<Ms>| until.is_some_and(|until| until <= now);
        for tie in self.ties.values_mut().filter(|it| (it.who == id || it.of == id) && !is_over(it.until)) {
            (tie.until, tie.enrols) = (Some(now.max(tie.from)), None);
        }
        let applications = &self.applications;
        let is_theirs = |of: Id| of == id || applications.get(&of).is_some_and(|it| it.family == id);
        let ends = |it: &&mut Grant| it.to == id || it.of.is_some_and(is_theirs);
        for grant in self.grants.values_mut().filter(ends).filter(|it| !is_over(it.until)) {
            grant.until = Some(now.max(grant.from));
        }
        let invitations: Vec<Id> =
            self.invitations.iter().filter(|(_, it)| it.party == id).map(|(id, _)| *id).collect();
        for invitation in invitations {
            self.end_invitation(invitation);
            self.invitations.get_mut(&invitation).expect("known").forgotten = true;
        }
        let mut accounts: Vec<Id> = Vec::new();
        for link in self.links.values_mut().filter(|it| !it.over && it.party == id) {
            link.over = true;
            if !accounts.contains(&link.account) {
                accounts.push(link.account);
            }
        }
        for account in accounts {
            if self.links.values().any(|it| !it.over && it.account == account) {
                // It is another party's too: what it had of this one ends.
                self.end_all(account);
                self.notify(account, MessageKind::LinkChanged);
            } else {
                if self.accounts[&account].manager {
                    // Only support takes an account manager away, by whatever
                    // act, and not the last (A1).
                    if !by_support {
                        return Err("actor.not_allowed");
                    }
                    self.keep_one(account)?;
                }
                self.delete_account(account);
            }
        }
        let party = self.parties.get_mut(&id).expect("known");
        party.deleted = true;
        (party.email, party.phone) = (None, None);
        party.roles.clear();
        Ok(())
    }

    fn delete_account(&mut self, id: Id) {
        self.end_all(id);
        self.end_codes(id);
        self.letters.retain(|it| it.account != Some(id));
        self.used.values_mut().filter(|it| it.by == id).for_each(|it| it.retired = true);
        let account = self.account_mut(id);
        account.deleted = true;
        (account.manager, account.password, account.contacts) = (false, None, Vec::new());
    }

    fn roster(&mut self, row: Row, role: Role, email: Option<Addr>, phone: Option<Addr>) -> Result<(), &'static str> {
        let id = match row {
            // A name alone, or an identifier whose name and contacts all differ,
            // waits for a decision (C4).
            Row::NameAlone(_) | Row::OtherName(_) => return Err("waiting"),
            // Who was deleted and may be back waits for a decision too (U4).
            Row::New(_) if email.into_iter().chain(phone).any(|contact| self.returns(contact)) => {
                return Err("waiting");
            }
            Row::New(number) => {
                // What fails makes nothing.
                self.fits_roster(None, role, email, phone)?;
                let roles = [role].into();
                let id = self.add_party(Party { name: number, roles, email, phone, ..Party::default() });
                self.enrol(id, role)?;
                return Err(if role == Role::Family { "invited" } else { "created" });
            }
            Row::Known(id) => id,
        };
        let before = self.parties[&id].clone();
        // Whoever was invited to share the login that has their address was given what there is (U4).
        let address = email.or(before.email).map(Addr::text);
        let shares = before.invitation.is_some()
            && self.login(id).is_none()
            && self.roles(id).contains(&role)
            && !self.roles(id).contains(&Role::Family)
            && address.is_some_and(|text| self.clash(&text, None) == Some("username.taken"));
        let renamed = if shares { None } else { self.fits_roster(Some(id), role, email, phone)? };
        let (email, phone) = (email.or(before.email), phone.or(before.phone));
        let more = !self.roles(id).contains(&role);
        let changed = (email, phone) != (before.email, before.phone) || more || renamed.is_some();
        let (login, invited) = (self.login(id), shares || role == Role::Family && before.invitation.is_some());
        if !changed && (login.is_some() || invited) {
            return Err("unchanged");
        }
        let roles = self.parties[&id].roles.iter().copied().chain([role]).collect();
        if !before.roles.contains(&role) && self.has_too_many(id, &roles) {
            return Err("failed");
        }
        let party = self.parties.get_mut(&id).expect("known");
        (party.email, party.phone) = (email, phone);
        if more {
            party.roles.insert(role);
        }
        let becomes = more && role == Role::Client;
        let done = self.roster_known(id, role, login, shares, renamed, &before);
        if becomes {
            self.enrol_for(id);
        }
        done
    }

    fn roster_known(
        &mut self,
        id: Id,
        role: Role,
        login: Option<Id>,
        shares: bool,
        renamed: Option<String>,
        before: &Party,
    ) -> Result<(), &'static str> {
        self.correct(id, before);
        if let Some(login) = login {
            if let Some(username) = renamed.filter(|_| self.made_for(login) == Some(id)) {
                self.account_mut(login).username = username;
                self.claim(login);
            }
            return Err("updated");
        }
        if shares || role == Role::Family && self.parties[&id].invitation.is_some() {
            return Err("updated");
        }
        self.enrol(id, role)?;
        Err(if role == Role::Family { "invited" } else { "created" })
    }

    /// Whether a row passes, and the username that its account would go by if
    /// that is another (U1, U4).
    fn fits_roster(
        &self,
        known: Option<Id>,
        role: Role,
        email: Option<Addr>,
        phone: Option<Addr>,
    ) -> Result<Option<String>, &'static str> {
        let login = known.and_then(|id| self.login(id));
        let own = login.map(|id| self.accounts[&id].username.clone());
        let party = known.map(|id| &self.parties[&id]);
        let joined = login.is_some_and(|login| self.made_for(login) != known);
        let active = login.is_some_and(|login| self.accounts[&login].stage == Stage::Active);
        if let (Some(own), Some(login)) = (&own, login) {
            // Whoever has an account keeps its name, unless it is the e-mail
            // address and that has changed (B, U1).
            let is = |addr: Option<Addr>| addr.is_some_and(|addr| addr.text() == *own);
            let contacts = || self.accounts[&login].contacts.iter().filter(|it| it.addr.method() == Method::Email);
            let reached = contacts().rfind(|it| it.proven).or_else(|| contacts().next()).map(|it| it.addr);
            let is_email = role != Role::Family && (is(party.and_then(|it| it.email)) || is(reached));
            if joined || !is_email || email.is_none_or(|email| email.text() == *own) {
                return Ok(None);
            }
        }
        let email = email.or(party.and_then(|it| it.email));
        let phone = phone.or(party.and_then(|it| it.phone));
        let to = if role == Role::Family { email.or(phone) } else { email };
        let wanted = to.ok_or("failed")?.text();
        if self.clash(&wanted, login).is_some() {
            return Err("failed");
        }
        // The name of an active login stays until its user has confirmed (C1).
        Ok(Some(wanted).filter(|wanted| login.is_some() && !active && Some(wanted) != own.as_ref()))
    }

    /// The contact of a party was corrected (C2): what was sent to the old one
    /// is dead, and is sent again to the new one where nothing had come back.
    fn correct(&mut self, id: Id, before: &Party) {
        let after = self.parties[&id].clone();
        let both = [(before.email, after.email), (before.phone, after.phone)];
        let changed: Vec<(Option<Addr>, Addr)> =
            both.into_iter().filter(|(old, new)| old != new).filter_map(|(old, new)| Some((old, new?))).collect();
        for old in changed.iter().filter_map(|(old, _)| *old) {
            let out: Vec<Id> = self
                .invitations
                .iter()
                .filter(|(_, it)| it.party == id && it.to == old && it.is_out())
                .map(|(id, _)| *id)
                .collect();
            for invitation in out {
                let (application, lapsed) =
                    (self.invitations[&invitation].application, self.now >= self.invitations[&invitation].until);
                self.end_invitation(invitation);
                if !lapsed {
                    let _ = self.invite(id, application);
                }
            }
        }
        let accounts: Vec<Id> =
            self.links_of(id).filter(|(_, it)| it.application.is_none()).map(|(_, it)| it.account).collect();
        for account in accounts {
            if self.made_for(account) == Some(id) {
                self.correct_account(account, changed.iter().map(|(_, new)| *new));
            }
        }
    }

    /// What was corrected while the account was disabled is asked about.
    fn ask_what_waited(&mut self, id: Id) {
        let waited = |it: &Change| it.account == id && !it.ended && it.token.is_none();
        let waiting: Vec<(Id, Change)> = self
            .changes
            .iter()
            .filter(|(_, it)| waited(it))
            .filter_map(|(change, it)| it.earlier.map(|_| (*change, it.clone())))
            .collect();
        for (change, it) in waiting {
            self.changes.get_mut(&change).expect("known").ended = true;
            let theirs = &self.accounts[&id].contacts;
            let waits = theirs.iter().any(|new| new.id == it.contact && !new.proven && !new.objected);
            let stands = theirs.iter().any(|old| old.proven && Some(old.addr) == it.earlier);
            if waits && stands {
                self.ask_to_confirm(id, it.contact, it.new, it.earlier);
            }
        }
    }

    fn correct_account(&mut self, id: Id, changed: impl Iterator<Item = Addr>) {
        let mut replaced = false;
        let mut to_confirm = Vec::new();
        for addr in changed {
            let theirs = self.accounts[&id].contacts.iter().filter(|it| it.addr.method() == addr.method());
            // What was objected to stands until the office decides (C3).
            if theirs.clone().any(|it| it.objected && it.addr == addr) {
                continue;
            }
            let theirs = theirs.filter(|it| !it.objected);
            let (proven, waiting): (Vec<Contact>, Vec<Contact>) = theirs.copied().partition(|it| it.proven);
            let taken_back = proven.iter().any(|it| it.addr == addr);
            if waiting.iter().any(|it| it.addr == addr) || waiting.is_empty() && taken_back {
                continue;
            }
            let is_first = waiting.is_empty() && proven.is_empty();
            if !is_first {
                self.end_what_was_sent(id);
            }
            self.take_back(id, &waiting);
            let account = self.account_mut(id);
            let is_gone = |it: &Contact| waiting.iter().any(|gone| gone.id == it.id);
            account.contacts.retain(|it| !is_gone(it));
            if waiting.iter().any(|it| Some(it.id) == account.written_to) {
                account.written_to = None;
            }
            if taken_back {
                replaced = true;
                continue;
            }
            let new = self.add_contact(id, addr);
            match proven.last().copied().or_else(|| self.accounts[&id].proven()) {
                Some(old) => to_confirm.push((new, addr, old.addr)),
                None => replaced |= !is_first,
            }
        }
        for (contact, new, old) in to_confirm {
            if self.accounts[&id].disabled {
                // Nobody confirms anything now: they are asked once they are enabled.
                let (change, at) = (self.fresh(), self.now);
                let waits = Change {
                    account: id,
                    contact,
                    new,
                    earlier: Some(old),
                    token: None,
                    at,
                    confirmed: false,
                    ended: false,
                };
                self.changes.insert(change, waits);
            } else {
                self.ask_to_confirm(id, contact, new, Some(old));
            }
        }
        let account = &self.accounts[&id];
        // A password that a manager handed over was not sent to anybody.
        let was_sent = account.password.is_none() || account.generated;
        if replaced && account.stage != Stage::Active && was_sent && !account.disabled {
            self.send_first(id);
        }
    }
}

/// A generated staff name (U3).
pub(crate) fn staff_name(number: u8) -> String {
    let (first, last) = name(number);
    format!("104{}{}", &first[..1], last).to_lowercase()
}

/// Whether an organization, or a person, can have that role (R).
fn fits(role: Role, org: bool) -> bool {
    match role {
        Role::Payer | Role::Family | Role::Employer => true,
        Role::Organization | Role::Community => org,
        _ => !org,
    }
}
