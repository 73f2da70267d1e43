//! What the model knows: parties, accounts, links, and what is on its way to
//! whom. Plain facts, and the few changes that many rules share.

use std::collections::{BTreeMap, BTreeSet};

use carekey::policy::EnrolmentScheme;
use carekey::words::{MessageKind, Purpose};
use carekey::{Method, Resource, Role, Stage, TieKind};

/// What a thing is called: by the step that made it, so that it keeps its name
/// where other steps are left out.
pub(crate) type Id = u32;
/// Milliseconds since the world began.
pub(crate) type Ms = i64;

pub(crate) const SECOND: Ms = 1_000;
pub(crate) const MINUTE: Ms = 60 * SECOND;
pub(crate) const HOUR: Ms = 60 * MINUTE;
pub(crate) const DAY: Ms = 24 * HOUR;

const MAILBOXES: [&str; 14] =
    ["ana", "bob", "cyd", "dee", "eve", "fay", "gus", "hugh", "ike", "joy", "kay", "liz", "max", "zed"];

/// An address of the world: a mailbox, or a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Addr(pub(crate) u8);

/// The mailbox that no party is ever said to have.
pub(crate) const NOBODYS: Addr = Addr(13);
/// How many addresses there are.
pub(crate) const ADDRESSES: u8 = 20;

impl Addr {
    pub(crate) const fn method(self) -> Method {
        if (self.0 as usize) < MAILBOXES.len() { Method::Email } else { Method::Sms }
    }

    /// In canonical form.
    pub(crate) fn text(self) -> String {
        match MAILBOXES.get(usize::from(self.0)) {
            Some(name) => format!("{name}@example.com"),
            None => format!("+12125550{}", 106 + u32::from(self.0)),
        }
    }
}

/// First and last name of that number: no two look alike, nor do the staff
/// names that are made of them.
pub(crate) fn name(number: u8) -> (&'static str, &'static str) {
    const FIRST: [&str; 6] = ["Ada", "Bea", "Cleo", "Dora", "Elsa", "Greta"];
    const LAST: [&str; 12] =
        ["Quest", "Hazard", "Bishop", "Fever", "Keats", "Sharp", "Vexat", "Pasco", "Duke", "Becket", "Yates", "Chase"];
    (FIRST[usize::from(number) % 6], LAST[usize::from(number) / 6 % 12])
}

/// How many names there are.
pub(crate) const NAMES: u8 = 72;

#[derive(Debug, Clone, Default)]
pub(crate) struct Party {
    pub(crate) name: u8,
    pub(crate) org: bool,
    pub(crate) roles: BTreeSet<Role>,
    pub(crate) email: Option<Addr>,
    pub(crate) phone: Option<Addr>,
    /// The latest invitation to it.
    pub(crate) invitation: Option<Id>,
    pub(crate) deleted: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    pub(crate) id: Id,
    pub(crate) addr: Addr,
    pub(crate) proven: bool,
    pub(crate) objected: bool,
}

/// Failures in a row, and until when further ones wait (E4).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    pub(crate) failures: u32,
    pub(crate) until: Ms,
}

#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// In canonical form.
    pub(crate) username: String,
    pub(crate) scheme: EnrolmentScheme,
    pub(crate) stage: Stage,
    pub(crate) password: Option<Id>,
    /// Whether a message brought the password.
    pub(crate) generated: bool,
    pub(crate) password_until: Option<Ms>,
    pub(crate) disabled: bool,
    pub(crate) deleted: bool,
    pub(crate) manager: bool,
    /// Whether its user has been active, whatever was reset since.
    pub(crate) came: bool,
    /// The earliest first.
    pub(crate) contacts: Vec<Contact>,
    pub(crate) written_to: Option<Id>,
    /// At its password, from unknown devices.
    pub(crate) counted: Counted,
}

impl Account {
    pub(crate) const fn is_open(&self) -> bool {
        !self.disabled && !self.deleted
    }

    /// Whether it may act for the office (A1).
    pub(crate) fn may_manage(&self) -> bool {
        self.manager && self.is_open() && self.stage == Stage::Active
    }

    fn latest(&self, fits: impl Fn(&Contact) -> bool) -> Option<Contact> {
        let of = |method| self.contacts.iter().rev().find(|it| it.addr.method() == method && fits(it)).copied();
        of(Method::Email).or_else(|| of(Method::Sms))
    }

    /// The proven contact that codes go to (E6).
    pub(crate) fn proven(&self) -> Option<Contact> {
        self.latest(|contact| contact.proven)
    }

    /// Where its user is reached (C1).
    pub(crate) fn reached(&self) -> Option<Contact> {
        self.proven().or_else(|| self.contacts.iter().find(|it| Some(it.id) == self.written_to).copied())
    }

    /// Where its first message goes.
    pub(crate) fn first_to(&self) -> Option<Contact> {
        self.proven().or_else(|| self.latest(|contact| !contact.objected))
    }
}

/// That an account was to get another contact, as the owner of an earlier one
/// was told (C2).
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) account: Id,
    pub(crate) contact: Id,
    pub(crate) new: Addr,
    pub(crate) earlier: Option<Addr>,
    /// The link to object, where someone was told.
    pub(crate) token: Option<Id>,
    pub(crate) at: Ms,
    pub(crate) confirmed: bool,
    pub(crate) ended: bool,
}

/// The one record of which account belongs to what (C5).
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) account: Id,
    pub(crate) party: Id,
    pub(crate) application: Option<Id>,
    pub(crate) over: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) purpose: Purpose,
    pub(crate) account: Id,
    pub(crate) live: bool,
    pub(crate) until: Ms,
    pub(crate) idle: Option<Ms>,
    pub(crate) used: Ms,
    pub(crate) contact: Option<Id>,
    pub(crate) remember: bool,
    /// Of a device or a session: at the password, from there.
    pub(crate) counted: Counted,
}

/// A recovery that was begun; of nobody where the name was no account's.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    pub(crate) account: Option<(Id, Addr)>,
    pub(crate) live: bool,
    pub(crate) until: Ms,
}

/// A recovery code that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) id: Id,
    pub(crate) at: Ms,
    pub(crate) until: Ms,
    pub(crate) live: bool,
    /// The wrong tries that are left; nothing for a long one.
    pub(crate) tries: Option<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Invitation {
    pub(crate) party: Id,
    pub(crate) application: Option<Id>,
    pub(crate) to: Addr,
    pub(crate) until: Ms,
    pub(crate) over: bool,
    pub(crate) redeemed: bool,
    /// Whose party is gone: no contact goes with its code any more.
    pub(crate) forgotten: bool,
}

impl Invitation {
    pub(crate) const fn is_out(&self) -> bool {
        !self.over && !self.redeemed
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) kind: TieKind,
    pub(crate) who: Id,
    pub(crate) of: Id,
    pub(crate) from: Ms,
    pub(crate) until: Option<Ms>,
    /// When it enrols, where it has not begun.
    pub(crate) enrols: Option<Ms>,
}

#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) to: Id,
    pub(crate) resource: Resource,
    pub(crate) of: Option<Id>,
    pub(crate) from: Ms,
    pub(crate) until: Option<Ms>,
}

pub(crate) fn in_force(from: Ms, until: Option<Ms>, at: Ms) -> bool {
    from <= at && until.is_none_or(|until| at < until)
}

#[derive(Debug, Clone)]
pub(crate) struct Application {
    pub(crate) family: Id,
    pub(crate) invitation: Option<Id>,
}

/// A message that waits.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) at: Ms,
    pub(crate) kind: MessageKind,
    pub(crate) to: Addr,
    /// The token, password, code or invitation in it.
    pub(crate) secret: Option<Id>,
    pub(crate) account: Option<Id>,
    pub(crate) invitation: Option<Id>,
    pub(crate) until: Option<Ms>,
}

/// A username that was ever used (U4).
#[derive(Debug, Clone)]
pub(crate) struct Used {
    pub(crate) by: Id,
    pub(crate) retired: bool,
}

/// What someone holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Purse {
    pub(crate) tokens: Vec<Id>,
    pub(crate) passwords: Vec<Id>,
    pub(crate) codes: Vec<Id>,
    pub(crate) invitations: Vec<Id>,
    pub(crate) begun: Vec<Id>,
}

/// How many people there are; the last is a stranger, with addresses of their
/// own and no party.
pub(crate) const PEOPLE: u8 = 7;

/// The rulebook's view of a world.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) now: Ms,
    pub(crate) next: Id,
    pub(crate) parties: BTreeMap<Id, Party>,
    pub(crate) accounts: BTreeMap<Id, Account>,
    pub(crate) links: BTreeMap<Id, Link>,
    pub(crate) changes: BTreeMap<Id, Change>,
    pub(crate) tokens: BTreeMap<Id, Token>,
    pub(crate) begun: BTreeMap<Id, Begun>,
    /// Codes belong to the contact, whoever asked for them (E4).
    pub(crate) codes: BTreeMap<Addr, Vec<Code>>,
    pub(crate) invitations: BTreeMap<Id, Invitation>,
    pub(crate) ties: BTreeMap<Id, Tie>,
    pub(crate) grants: BTreeMap<Id, Grant>,
    pub(crate) applications: BTreeMap<Id, Application>,
    pub(crate) letters: Vec<Letter>,
    pub(crate) used: BTreeMap<String, Used>,
    /// Who has which address.
    pub(crate) owners: Vec<u8>,
    pub(crate) purses: Vec<Purse>,
    /// What the step made that its answer must bring, in order.
    pub(crate) made: Vec<Id>,
    /// How many names of people were given out.
    pub(crate) names: u8,
}

impl Model {
    pub(crate) fn new() -> Self {
        let owners = (0..ADDRESSES).map(|addr| addr % PEOPLE).collect();
        Self { owners, purses: vec![Purse::default(); PEOPLE.into()], ..Self::default() }
    }

    pub(crate) fn fresh(&mut self) -> Id {
        self.next += 1;
        self.next
    }

    pub(crate) fn account_mut(&mut self, id: Id) -> &mut Account {
        self.accounts.get_mut(&id).expect("an account of the model")
    }

    /// The account of that name, not deleted.
    pub(crate) fn by_name(&self, name: &str) -> Option<Id> {
        self.accounts.iter().find(|(_, it)| !it.deleted && it.username == name).map(|(id, _)| *id)
    }

    pub(crate) fn is_live(&self, token: &Token) -> bool {
        let idle = token.idle.is_none_or(|idle| self.now - token.used < idle);
        let account = &self.accounts[&token.account];
        // To object is no way in: whoever is disabled may (C3).
        let may = if token.purpose == Purpose::ObjectToContact { !account.deleted } else { account.is_open() };
        token.live && self.now < token.until && idle && may
    }

    /// The account of a token that is good for that very step (E6).
    pub(crate) fn holder(&self, token: Id, purpose: Purpose) -> Option<Id> {
        let token = self.tokens.get(&token).filter(|it| it.purpose == purpose && self.is_live(it))?;
        Some(token.account)
    }

    /// The links of a party in force, those of its applications among them.
    pub(crate) fn links_of(&self, party: Id) -> impl Iterator<Item = (Id, &Link)> {
        self.links.iter().filter(move |(_, it)| !it.over && it.party == party).map(|(id, it)| (*id, it))
    }

    /// The first login of a party.
    pub(crate) fn login(&self, party: Id) -> Option<Id> {
        self.links_of(party).next().map(|(_, it)| it.account)
    }

    /// The party that an account was made for.
    pub(crate) fn made_for(&self, account: Id) -> Option<Id> {
        self.links.values().find(|it| it.account == account).map(|it| it.party)
    }

    /// What a party is: what the office made it, and what its ties convey while
    /// they are in force (R).
    pub(crate) fn roles(&self, party: Id) -> BTreeSet<Role> {
        let mut roles = self.parties[&party].roles.clone();
        let ties = self.ties.values().filter(|it| it.who == party && in_force(it.from, it.until, self.now));
        roles.extend(ties.filter_map(|it| conveys(it.kind)));
        roles
    }

    /// Why a username cannot be given to an account, if it cannot (U4). Every
    /// two names of a world look different (U6).
    pub(crate) fn clash(&self, name: &str, own: Option<Id>) -> Option<&'static str> {
        let used = self.used.get(name).filter(|it| Some(it.by) != own)?;
        Some(if used.retired { "username.retired" } else { "username.taken" })
    }

    /// The same for a party: it may come back to a name that was that of an
    /// account of its own (U4).
    pub(crate) fn clash_for(&self, name: &str, party: Id) -> Option<&'static str> {
        let used = self.used.get(name)?;
        let own = self.links.values().any(|it| it.account == used.by && it.party == party);
        if used.retired && own { None } else { self.clash(name, None) }
    }

    /// Whether a contact was the name of someone who is deleted (U4).
    pub(crate) fn returns(&self, contact: Addr) -> bool {
        let used = self.used.get(&contact.text()).filter(|it| it.retired);
        used.and_then(|it| self.made_for(it.by)).is_some_and(|party| self.parties[&party].deleted)
    }

    pub(crate) fn claim(&mut self, account: Id) {
        let name = self.accounts[&account].username.clone();
        self.used.insert(name, Used { by: account, retired: false });
    }

    pub(crate) fn post(&mut self, kind: MessageKind, to: Addr, secret: Option<Id>, about: Option<Id>, lasts: Ms) {
        let until = (lasts > 0).then(|| self.now + lasts);
        let at = self.now;
        self.letters.push(Letter { at, kind, to, secret, account: about, invitation: None, until });
    }

    /// A notice to where an account's user is reached.
    pub(crate) fn notify(&mut self, account: Id, kind: MessageKind) {
        if let Some(contact) = self.accounts[&account].reached() {
            self.post(kind, contact.addr, None, Some(account), 0);
        }
    }

    /// Sessions, devices, links and steps of an account end, and what it began.
    pub(crate) fn end_all(&mut self, account: Id) {
        // A link to object is bound to nothing that whoever holds the account does (C3).
        let steps = self.tokens.values_mut().filter(|it| it.purpose != Purpose::ObjectToContact);
        steps.filter(|it| it.account == account).for_each(|it| it.live = false);
        let begun = self.begun.values_mut().filter(|it| it.account.is_some_and(|(of, _)| of == account));
        begun.for_each(|it| it.live = false);
    }

    /// The recovery codes that were sent to its contacts end (E6), which makes
    /// room for one message.
    pub(crate) fn end_codes(&mut self, account: Id) {
        let contacts: Vec<Addr> = self.accounts[&account].contacts.iter().map(|it| it.addr).collect();
        for addr in contacts {
            let codes = self.codes.entry(addr).or_default();
            codes.pop();
            codes.iter_mut().for_each(|it| it.live = false);
        }
    }

    /// What was sent to an account is dead, and what waits with a secret is
    /// not sent (A4, C2, N).
    pub(crate) fn end_what_was_sent(&mut self, account: Id) {
        self.end_all(account);
        let lasts = |it: &Letter| it.secret.is_none() || it.kind == MessageKind::ContactChanging;
        self.letters.retain(|it| it.account != Some(account) || lasts(it));
        self.end_codes(account);
    }

    /// The changes of an account's contacts that nobody has ended are over, as far as they fit.
    pub(crate) fn end_changes(&mut self, account: Id, fits: impl Fn(&Change) -> bool) {
        let theirs = self.changes.values_mut().filter(|it| it.account == account && !it.ended);
        for change in theirs.filter(|it| fits(it)) {
            change.ended = true;
            if let Some(link) = change.token.and_then(|token| self.tokens.get_mut(&token)) {
                link.live = false;
            }
        }
    }

    /// A new contact is sent a link to confirm it, and the earlier one a link to
    /// object to it, for 30 days (C2, C3).
    pub(crate) fn ask_to_confirm(&mut self, account: Id, contact: Id, new: Addr, earlier: Option<Addr>) {
        let token = self.issue(Purpose::ConfirmContact, account, 14 * DAY);
        self.tokens.get_mut(&token).expect("just made").contact = Some(contact);
        self.post(MessageKind::ConfirmContact, new, Some(token), Some(account), 14 * DAY);
        let token = earlier.map(|earlier| {
            let token = self.issue(Purpose::ObjectToContact, account, 30 * DAY);
            self.tokens.get_mut(&token).expect("just made").contact = Some(contact);
            self.post(MessageKind::ContactChanging, earlier, Some(token), Some(account), 30 * DAY);
            token
        });
        let (id, at) = (self.fresh(), self.now);
        let change = Change { account, contact, new, earlier, token, at, confirmed: false, ended: false };
        self.changes.insert(id, change);
    }

    /// A contact goes from an account, or proves nothing any more.
    pub(crate) fn leave(&mut self, account: Id, contact: &Contact) {
        let row = self.account_mut(account);
        if row.written_to == Some(contact.id) {
            row.written_to = None;
        }
    }

    /// The password is gone: somebody had it who should not (C3).
    pub(crate) fn close(&mut self, account: Id) {
        let row = self.account_mut(account);
        (row.password, row.generated, row.password_until) = (None, false, None);
    }

    /// The failures of an account are forgotten (E4).
    pub(crate) fn forgive(&mut self, account: Id) {
        self.account_mut(account).counted = Counted::default();
        let theirs = self.tokens.values_mut().filter(|it| it.account == account);
        theirs.for_each(|it| it.counted = Counted::default());
    }

    pub(crate) fn issue(&mut self, purpose: Purpose, account: Id, lasts: Ms) -> Id {
        let id = self.fresh();
        let token = Token {
            purpose,
            account,
            live: true,
            until: self.now + lasts,
            idle: None,
            used: self.now,
            contact: None,
            remember: false,
            counted: Counted::default(),
        };
        self.tokens.insert(id, token);
        id
    }

    /// A new step ends the earlier ones of its kind (E6).
    pub(crate) fn begin_step(&mut self, purpose: Purpose, account: Id, remember: bool) -> Id {
        self.end_steps(purpose, account);
        let id = self.issue(purpose, account, 30 * MINUTE);
        self.tokens.get_mut(&id).expect("just made").remember = remember;
        id
    }

    pub(crate) fn end_steps(&mut self, purpose: Purpose, account: Id) {
        let begun = self.tokens.values_mut().filter(|it| it.account == account && it.purpose == purpose);
        begun.for_each(|it| it.live = false);
    }
}

/// The role that comes with a tie (R).
pub(crate) const fn conveys(kind: TieKind) -> Option<Role> {
    match kind {
        TieKind::EmergencyContact => Some(Role::EmergencyContact),
        TieKind::Payer => Some(Role::Payer),
        TieKind::Community => Some(Role::Community),
        _ => None,
    }
}
