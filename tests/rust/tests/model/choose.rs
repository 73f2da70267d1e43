//! Which step comes next: mostly something that leads on, now and then
//! something stale, somebody else's, or out of order.

use std::collections::BTreeSet;

use carekey::words::Purpose;
use carekey::{Resource, Role, TieKind};
use rand::{Rng, RngExt};

use super::state::{Addr, DAY, HOUR, Id, MINUTE, Model, NAMES, NOBODYS, PEOPLE, SECOND};
use super::step::{Act, Actor, Item, Proof, Row, Step, Whose};

const ROLES: [Role; 5] = [Role::Client, Role::Caregiver, Role::Family, Role::OfficeStaff, Role::Payer];

/// Picks steps for a world.
pub(crate) struct Chooser<'a, R> {
    pub(crate) model: &'a Model,
    pub(crate) rng: &'a mut R,
}

impl<R: Rng> Chooser<'_, R> {
    fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    fn below(&mut self, end: i64) -> i64 {
        self.rng.random_range(0..end)
    }

    /// One of these, more likely a late one: what is new leads on.
    fn one<T: Copy>(&mut self, of: impl IntoIterator<Item = T>) -> Option<T> {
        let of: Vec<T> = of.into_iter().collect();
        let late = if self.chance(60) { of.len().saturating_sub(3) } else { 0 };
        if of.is_empty() { None } else { Some(of[self.rng.random_range(late..of.len())]) }
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.random_range(0..of.len())]
    }

    fn person(&mut self) -> u8 {
        self.rng.random_range(0..PEOPLE)
    }

    /// Someone of those who hold something that fits.
    fn holder(&mut self, holds: impl Fn(&Model, usize) -> bool) -> u8 {
        let all: Vec<u8> = (0..PEOPLE).filter(|who| holds(self.model, usize::from(*who))).collect();
        if all.is_empty() || self.chance(10) { self.person() } else { self.any(&all) }
    }

    /// Someone, and a token of theirs: as a rule one for that step.
    fn token(&mut self, purpose: Purpose) -> Option<(u8, Id)> {
        let fits = move |model: &Model, id: &Id| model.tokens[id].purpose == purpose;
        let live = move |model: &Model, id: &Id| fits(model, id) && model.is_live(&model.tokens[id]);
        let who = self.holder(move |model, who| model.purses[who].tokens.iter().any(|id| live(model, id)));
        let model = self.model;
        let tokens = || model.purses[usize::from(who)].tokens.iter().copied();
        let token = match self.rng.random_range(0..10) {
            0..7 => self.one(tokens().filter(|id| live(model, id))),
            7..9 => self.one(tokens().filter(|id| fits(model, id))),
            // At a door for links nothing else can be read as one.
            _ if !is_link(purpose) => self.one(tokens().filter(|id| !is_link(model.tokens[id].purpose))),
            _ => self.one(tokens().filter(|id| is_link(model.tokens[id].purpose))),
        };
        token.map(|token| (who, token))
    }

    pub(crate) fn next(&mut self, number: u32) -> Step {
        if let Some(role) = [Role::Client, Role::Caregiver, Role::Family, Role::Payer].get(number as usize % 8)
            && number < 8
        {
            return support(self.add_party((*role).into()));
        }
        // Not everything can be done at every moment.
        (0..5).find_map(|_| self.some()).or_else(|| self.see()).unwrap_or(Step::Deliver)
    }

    /// A step of some kind, if there is what it is about.
    fn some(&mut self) -> Option<Step> {
        match self.rng.random_range(0..100) {
            0..16 => self.sign_in(),
            16..22 => self.token(Purpose::ChangePassword).map(|(who, token)| Step::Choose { who, token }),
            22..26 => self.token(Purpose::Activation).map(|(who, token)| Step::Activate { who, token }),
            26..31 => self.recover(),
            31..38 => self.code(),
            38..41 => self.token(Purpose::NewPassword).map(|(who, token)| Step::Finish { who, token }),
            41..43 => self.change(),
            43..48 => self.token(Purpose::Session).map(|(_, token)| Step::Session(token)),
            48..49 => self.token(Purpose::Session).map(|(_, token)| Step::SignOut(token)),
            49..50 => self.one(self.model.invitations.keys().copied()).and_then(|id| self.sent(id)).map(Step::Look),
            50..56 => self.redeem(),
            56..59 => self.token(Purpose::ConfirmContact).map(|(_, token)| Step::Confirm(token)),
            59..60 => self.token(Purpose::ObjectToContact).map(|(_, token)| Step::Object(token)),
            60..67 => self.see(),
            67..76 => Some(Step::Deliver),
            76..81 => Some(self.wait()),
            81..82 => Some(Step::Recycle { addr: Addr(self.rng.random_range(0..20)), to: self.person() }),
            _ => self.act().map(|act| Step::Office { actor: self.actor(), act }),
        }
    }

    /// An invitation, if it has reached someone.
    fn sent(&self, id: Id) -> Option<Id> {
        self.model.purses.iter().any(|purse| purse.invitations.contains(&id)).then_some(id)
    }

    fn sign_in(&mut self) -> Option<Step> {
        let model = self.model;
        let account = self.one(model.accounts.keys().copied())?;
        let right = model.accounts[&account].password;
        let who = self.holder(|model, who| right.is_some_and(|right| model.purses[who].passwords.contains(&right)));
        let purse = &model.purses[usize::from(who)];
        let password = match self.rng.random_range(0..10) {
            0..7 => right.filter(|right| purse.passwords.contains(right)),
            7..8 => self.one(purse.passwords.iter().copied()),
            _ => None,
        };
        let devices = purse.tokens.iter().copied().filter(|id| model.tokens[id].purpose == Purpose::Device);
        let device = if self.chance(40) { self.one(devices) } else { None };
        let name = match self.rng.random_range(0..10) {
            0..9 => model.accounts[&account].username.clone(),
            _ => Addr(self.rng.random_range(0..20)).text(),
        };
        Some(Step::SignIn { who, name, password, device, remember: self.chance(30) })
    }

    fn recover(&mut self) -> Option<Step> {
        let name = match self.one(self.model.accounts.keys().copied()).filter(|_| self.chance(90)) {
            Some(account) => self.model.accounts[&account].username.clone(),
            None => Addr(self.rng.random_range(0..20)).text(),
        };
        // Whoever is reached there, or a stranger.
        let to = self.model.by_name(&name).and_then(|id| self.model.accounts[&id].proven());
        let owner = to.map(|to| self.model.owners[usize::from(to.addr.0)]);
        let who = owner.filter(|_| self.chance(80)).unwrap_or_else(|| self.person());
        Some(Step::Recover { who, name })
    }

    fn code(&mut self) -> Option<Step> {
        let who = self.holder(|model, who| !model.purses[who].begun.is_empty() && !model.purses[who].codes.is_empty());
        let purse = &self.model.purses[usize::from(who)];
        let begun = self.one(purse.begun.iter().copied())?;
        let code = if self.chance(75) { self.one(purse.codes.iter().copied()) } else { None };
        Some(Step::Code { who, begun, code })
    }

    fn change(&mut self) -> Option<Step> {
        let (who, session) = self.token(Purpose::Session)?;
        let right = self.model.accounts[&self.model.tokens[&session].account].password;
        let held = right.filter(|right| self.model.purses[usize::from(who)].passwords.contains(right));
        Some(Step::Change { who, session, current: held.filter(|_| self.chance(75)) })
    }

    fn redeem(&mut self) -> Option<Step> {
        let who = self.holder(|model, who| model.purses[who].invitations.iter().any(|id| model.stale(*id).is_none()));
        let model = self.model;
        let purse = &model.purses[usize::from(who)];
        let good = purse.invitations.iter().copied().filter(|id| model.stale(*id).is_none());
        let invitation = match self.chance(80) {
            true => self.one(good)?,
            false => self.one(purse.invitations.iter().copied())?,
        };
        let proof = match self.rng.random_range(0..10) {
            0..4 => Proof::Link,
            4..8 => Proof::Contact,
            8 => Proof::Number,
            _ => Proof::Other,
        };
        let live = purse.tokens.iter().copied().filter(|id| {
            model.tokens[id].purpose == Purpose::Session && (model.is_live(&model.tokens[id]) || id % 5 == 0)
        });
        let session = if self.chance(60) { self.one(live) } else { None };
        Some(Step::Redeem { who, invitation, proof, session })
    }

    fn see(&mut self) -> Option<Step> {
        let account = self.one(self.model.accounts.keys().copied())?;
        let of = match self.rng.random_range(0..8) {
            0 => Whose::Own,
            1 => self.one(self.model.applications.keys().copied()).map_or(Whose::Own, Whose::Application),
            _ => self.party().map_or(Whose::Own, Whose::Party),
        };
        Some(Step::See { account, resource: self.any(Resource::ALL), of })
    }

    fn wait(&mut self) -> Step {
        Step::Wait(match self.rng.random_range(0..10) {
            0..4 => (1 + self.below(59)) * SECOND,
            4..7 => (1 + self.below(40)) * MINUTE,
            7..9 => (1 + self.below(30)) * HOUR,
            _ => (1 + self.below(16)) * DAY,
        })
    }

    fn actor(&mut self) -> Actor {
        let managers = self.model.accounts.iter().filter(|(_, it)| it.may_manage()).map(|(id, _)| *id);
        match self.rng.random_range(0..10) {
            0..5 => self.one(managers).map_or(Actor::Support, Actor::Account),
            5 => self.one(self.model.accounts.keys().copied()).map_or(Actor::Support, Actor::Account),
            _ => Actor::Support,
        }
    }

    fn party(&mut self) -> Option<Id> {
        let there = self.model.parties.iter().filter(|(_, it)| !it.deleted).map(|(id, _)| *id);
        let of = if self.chance(95) { there.collect() } else { self.model.parties.keys().copied().collect::<Vec<_>>() };
        if of.is_empty() { None } else { Some(self.any(&of)) }
    }

    /// A party that an invitation makes sense for, more often than others.
    fn item(&mut self) -> Option<Item> {
        if self.chance(35)
            && let Some(id) = self.one(self.model.applications.keys().copied())
        {
            return Some(Item::Application(id));
        }
        let families = self.model.parties.iter().filter(|(_, it)| it.roles.contains(&Role::Family) && !it.deleted);
        let family = self.one(families.map(|(id, _)| *id)).filter(|_| self.chance(60));
        family.or_else(|| self.party()).map(Item::Party)
    }

    fn email(&mut self) -> Addr {
        Addr(self.rng.random_range(0..NOBODYS.0))
    }

    fn phone(&mut self) -> Addr {
        Addr(self.rng.random_range(NOBODYS.0 + 1..20))
    }

    fn contacts(&mut self) -> (Option<Addr>, Option<Addr>) {
        let email = self.chance(80).then(|| self.email());
        let phone = (email.is_none() || self.chance(40)).then(|| self.phone());
        (email, phone)
    }

    fn name(&self) -> Option<u8> {
        Some(self.model.names).filter(|name| *name < NAMES)
    }

    fn add_party(&mut self, role: Option<Role>) -> Act {
        let role = role.unwrap_or_else(|| self.any(&ROLES));
        let org = role == Role::Payer && self.chance(40);
        let (email, phone) = self.contacts();
        let role = if org && self.chance(50) { Role::Community } else { role };
        let mut roles = BTreeSet::from([role]);
        if !org && self.chance(15) {
            roles.insert(self.any(&ROLES));
        }
        Act::AddParty { name: self.name().unwrap_or(0), org, roles, email, phone }
    }

    fn act(&mut self) -> Option<Act> {
        let few = self.model.parties.len() < 9;
        let act = match self.rng.random_range(0..100) {
            0..3 => Act::AddManager { name: self.name()?, email: self.email(), phone: self.phone() },
            3..9 if few => {
                self.name()?;
                self.add_party(None)
            }
            9..27 => self.roster()?,
            27..34 => {
                let party = self.party()?;
                let own = self.one(self.model.parties[&party].roles.iter().copied());
                Act::CreateAccount { party, role: own.filter(|_| self.chance(90)).unwrap_or(Role::Client) }
            }
            34..37 => {
                let party = self.party()?;
                let mut roles = self.model.parties[&party].roles.clone();
                let role = self.any(&ROLES);
                if !roles.remove(&role) {
                    roles.insert(role);
                }
                Act::SetRoles { party, roles }
            }
            37..47 => self.relate()?,
            47..50 => {
                let at = self.chance(30).then(|| self.model.now + self.below(10 * DAY) - 2 * DAY);
                Act::EndTie { tie: self.one(self.model.ties.keys().copied())?, at }
            }
            50..54 => self.grant()?,
            54..55 => Act::EndGrant(self.one(self.model.grants.keys().copied())?),
            55..59 if self.model.applications.len() < 4 => match self.item()? {
                Item::Party(id) => Act::AddApplication(id),
                Item::Application(id) => Act::AddApplication(self.model.applications[&id].family),
            },
            59..66 => Act::Invite(self.item()?),
            66..72 => Act::Reinvite(self.item()?),
            72..77 => Act::Unlink(self.item()?),
            77..78 => Act::Cancel(self.item()?),
            78..98 => self.on_account()?,
            _ => Act::Delete(self.party()?),
        };
        Some(act)
    }

    fn on_account(&mut self) -> Option<Act> {
        let disabled = self.model.accounts.iter().filter(|(_, it)| it.disabled && !it.deleted).map(|(id, _)| *id);
        if let Some(id) = self.one(disabled).filter(|_| self.chance(25)) {
            return Some(Act::Enable(id));
        }
        let id = self.one(self.model.accounts.keys().copied())?;
        Some(match self.rng.random_range(0..12) {
            0..2 => Act::Disable(id),
            2 => Act::Enable(id),
            3..5 => Act::Unlock(id),
            5..7 => Act::Reset(id),
            7..9 => Act::SendAgain(id),
            _ => {
                let theirs: Vec<Addr> = self.model.accounts[&id].contacts.iter().map(|it| it.addr).collect();
                let contact = self.one(theirs).filter(|_| self.chance(85)).unwrap_or_else(|| self.email());
                Act::Release { account: id, contact }
            }
        })
    }

    fn relate(&mut self) -> Option<Act> {
        const KINDS: [TieKind; 6] = [
            TieKind::EmergencyContact,
            TieKind::EmergencyContact,
            TieKind::Payer,
            TieKind::Community,
            TieKind::Caregiver,
            TieKind::Guardian,
        ];
        let clients = self.model.parties.iter().filter(|(_, it)| it.roles.contains(&Role::Client)).map(|(id, _)| *id);
        let of = self.one(clients).filter(|_| self.chance(85)).or_else(|| self.party())?;
        let now = self.model.now;
        let from = match self.rng.random_range(0..10) {
            0..6 => None,
            6..8 => Some(now + self.below(5 * DAY)),
            _ => Some(now - self.below(10 * DAY)),
        };
        let until = self.chance(50).then(|| from.unwrap_or(now) + self.below(20 * DAY) - DAY);
        Some(Act::Relate { kind: self.any(&KINDS), who: self.party()?, of, from, until })
    }

    fn grant(&mut self) -> Option<Act> {
        let staff = self.model.parties.iter().filter(|(_, it)| it.roles.contains(&Role::OfficeStaff));
        let to = self.one(staff.map(|(id, _)| *id)).filter(|_| self.chance(80)).or_else(|| self.party())?;
        let resource = self.any(Resource::ALL);
        let of = match self.rng.random_range(0..3) {
            0 => None,
            1 => self.one(self.model.applications.keys().copied()),
            _ => self.party(),
        };
        let until = self.model.now + self.below(10 * DAY) - DAY;
        Some(Act::Grant { to, resource, of, until })
    }

    fn roster(&mut self) -> Option<Act> {
        let (mut email, mut phone) = self.contacts();
        let row = match self.rng.random_range(0..10) {
            0 => Row::New(self.name()?),
            1 => Row::NameAlone(self.party()?),
            2 => Row::OtherName(self.party()?),
            _ => Row::Known(self.party()?),
        };
        let mut role = self.any(&[Role::Client, Role::Caregiver, Role::Family]);
        match row {
            Row::New(_) => {}
            Row::Known(id) | Row::NameAlone(id) | Row::OtherName(id) => {
                let party = &self.model.parties[&id];
                if party.org || party.roles.contains(&Role::OfficeStaff) {
                    return None;
                }
                role = self.one(party.roles.iter().copied()).filter(|_| self.chance(90)).unwrap_or(role);
                if self.chance(15) {
                    (email, phone) = (party.email, party.phone);
                }
            }
        }
        if matches!(row, Row::NameAlone(_) | Row::OtherName(_)) {
            (email, phone) = (Some(NOBODYS), None);
        }
        Some(Act::Roster { row, role, email, phone })
    }
}

const fn is_link(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Activation | Purpose::ConfirmContact | Purpose::ObjectToContact)
}

const fn support(act: Act) -> Step {
    Step::Office { actor: Actor::Support, act }
}
