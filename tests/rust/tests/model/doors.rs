//! The ways in, as the rulebook has them (E, C2, C6, I): what must come of each
//! attempt, and what it changes.

use carekey::Stage;
use carekey::policy::EnrolmentScheme;
use carekey::words::{MessageKind, Method, Purpose};

use super::state::{Account, Addr, Begun, Change, Code, Contact, Counted, DAY, HOUR, Id, Link, MINUTE, Model, SECOND};
use super::step::{Outcome, Proof};

/// The policy of every world: so few that the limits are met.
pub(crate) const FAILURES: u32 = 3;
pub(crate) const CLOSE_AFTER: u32 = 6;
const FIRST_WAIT: i64 = 30 * SECOND;
const LONGEST_WAIT: i64 = 15 * MINUTE;
const MESSAGES_A_DAY: usize = 10;

impl Counted {
    /// Whether an attempt is looked at now (E4).
    const fn admits(self, now: i64) -> bool {
        self.failures < CLOSE_AFTER && now >= self.until
    }

    fn failed(&mut self, now: i64) {
        self.failures += 1;
        if self.failures >= FAILURES {
            let wait = (FIRST_WAIT << (self.failures - FAILURES)).min(LONGEST_WAIT);
            self.until = self.until.max(now + wait);
        }
    }
}

impl Model {
    fn counted(&mut self, account: Id, token: Option<Id>) -> &mut Counted {
        match token {
            Some(token) => &mut self.tokens.get_mut(&token).expect("a token").counted,
            None => &mut self.account_mut(account).counted,
        }
    }

    pub(crate) fn sign_in(
        &mut self,
        who: u8,
        name: &str,
        password: Option<Id>,
        device: Option<Id>,
        remember: bool,
    ) -> Outcome {
        let refused = || Outcome::from("refused");
        let Some(id) = self.by_name(name) else { return refused() };
        let account = &self.accounts[&id];
        if account.disabled || account.password.is_none() {
            return refused();
        }
        let right = account.password == password;
        let expired = account.password_until.is_some_and(|until| self.now >= until);
        let device = device.filter(|device| self.holder(*device, Purpose::Device) == Some(id));
        let now = self.now;
        let counted = self.counted(id, device);
        if !counted.admits(now) {
            return refused();
        }
        if !right {
            counted.failed(now);
            return refused();
        }
        if expired {
            return refused();
        }
        *counted = Counted::default();
        if device.is_some() {
            self.forgive(id);
        }
        if self.accounts[&id].generated {
            let to = self.accounts[&id].written_to;
            self.prove(id, to);
        }
        self.go_in(who, id, remember, device)
    }

    /// Something that was sent to a contact came back (C1).
    fn prove(&mut self, account: Id, contact: Option<Id>) {
        let theirs = self.account_mut(account).contacts.iter_mut();
        theirs.filter(|it| Some(it.id) == contact && !it.objected).for_each(|it| it.proven = true);
    }

    fn go_in(&mut self, who: u8, id: Id, remember: bool, device: Option<Id>) -> Outcome {
        if self.accounts[&id].stage == Stage::Active {
            self.grant(who, id, remember, device);
            return "granted".into();
        }
        let step = self.begin_step(Purpose::ChangePassword, id, remember);
        self.hand(who, step);
        "change password".into()
    }

    /// Gives someone a token that the answer brings.
    fn hand(&mut self, who: u8, token: Id) {
        self.made.push(token);
        self.purses[usize::from(who)].tokens.push(token);
    }

    fn grant(&mut self, who: u8, id: Id, remember: bool, device: Option<Id>) {
        let session = self.issue(Purpose::Session, id, if remember { 30 * DAY } else { 12 * HOUR });
        let token = self.tokens.get_mut(&session).expect("just made");
        (token.remember, token.idle) = (remember, (!remember).then_some(15 * MINUTE));
        self.hand(who, session);
        match device {
            Some(known) => {
                let until = self.now + 180 * DAY;
                self.tokens.get_mut(&known).expect("a device").until = until;
            }
            None => self.know_device(who, id),
        }
    }

    fn know_device(&mut self, who: u8, id: Id) {
        let device = self.issue(Purpose::Device, id, 180 * DAY);
        self.hand(who, device);
    }

    /// Takes the step of choosing a password: its holder may, once.
    fn choose(&mut self, who: u8, token: Id, purpose: Purpose) -> Option<Id> {
        let id = self.holder(token, purpose)?;
        self.end_all(id);
        self.end_codes(id);
        let password = self.fresh();
        self.made.push(password);
        self.purses[usize::from(who)].passwords.push(password);
        let account = self.account_mut(id);
        (account.password, account.generated) = (Some(password), false);
        (account.password_until, account.stage) = (None, Stage::Active);
        Some(id)
    }

    pub(crate) fn choose_password(&mut self, who: u8, token: Id) -> Option<Outcome> {
        let remember = self.tokens.get(&token)?.remember;
        let Some(id) = self.choose(who, token, Purpose::ChangePassword) else { return Some("step.refused".into()) };
        Some(self.go_in(who, id, remember, None))
    }

    pub(crate) fn activate(&mut self, who: u8, token: Id) -> Option<Outcome> {
        let contact = self.tokens.get(&token)?.contact;
        let Some(id) = self.choose(who, token, Purpose::Activation) else { return Some("step.refused".into()) };
        self.prove(id, contact);
        Some("ok".into())
    }

    pub(crate) fn finish(&mut self, who: u8, token: Id) -> Option<Outcome> {
        self.tokens.get(&token)?;
        let Some(id) = self.choose(who, token, Purpose::NewPassword) else { return Some("step.refused".into()) };
        self.forgive(id);
        self.notify(id, MessageKind::PasswordChanged);
        self.know_device(who, id);
        Some("ok".into())
    }

    pub(crate) fn change(&mut self, who: u8, session: Id, current: Option<Id>) -> Option<Outcome> {
        let remember = self.tokens.get(&session)?.remember;
        let Some(id) = self.holder(session, Purpose::Session) else { return Some("session.ended".into()) };
        let (now, right) = (self.now, self.accounts[&id].password == current);
        let counted = self.counted(id, Some(session));
        if !counted.admits(now) || !right {
            if counted.admits(now) {
                counted.failed(now);
            }
            return Some("password.current_wrong".into());
        }
        *counted = Counted::default();
        self.choose(who, session, Purpose::Session);
        self.notify(id, MessageKind::PasswordChanged);
        self.grant(who, id, remember, None);
        Some("ok".into())
    }

    /// Whose a session is; to look is to use it.
    pub(crate) fn session(&mut self, token: Id) -> Option<Option<Id>> {
        self.tokens.get(&token)?;
        let Some(id) = self.holder(token, Purpose::Session) else { return Some(None) };
        let now = self.now;
        let token = self.tokens.get_mut(&token).expect("it is live");
        // A use is recorded when the last one is that old.
        if token.idle.is_some() && now - token.used >= 15 * SECOND {
            token.used = now;
        }
        Some(Some(id))
    }

    pub(crate) fn sign_out(&mut self, token: Id) -> Option<Outcome> {
        let token = self.tokens.get_mut(&token)?;
        if token.purpose == Purpose::Session {
            token.live = false;
        }
        Some("ok".into())
    }

    pub(crate) fn recover(&mut self, who: u8, name: &str) -> Outcome {
        let id = self.by_name(name).filter(|id| recoverable(&self.accounts[id]));
        // Codes go to proven contacts only (E6).
        let account = id.and_then(|id| Some((id, self.accounts[&id].proven()?.addr)));
        if let Some((id, addr)) = account {
            self.send_code(id, addr);
        }
        let begun = self.fresh();
        self.begun.insert(begun, Begun { account, live: true, until: self.now + DAY });
        self.made.push(begun);
        self.purses[usize::from(who)].begun.push(begun);
        "ok".into()
    }

    fn send_code(&mut self, account: Id, addr: Addr) {
        let (now, id) = (self.now, self.fresh());
        let codes = self.codes.entry(addr).or_default();
        codes.retain(|it| now - it.at < DAY);
        let on_its_way = codes.last().is_some_and(|it| it.live && now < it.until && now - it.at < MINUTE);
        if codes.len() >= MESSAGES_A_DAY || on_its_way {
            return;
        }
        let mut until = now + if addr.method() == carekey::Method::Email { DAY } else { 10 * MINUTE };
        // The last of the day is good until a further one may be sent (E4).
        let is_last = codes.len() + 1 == MESSAGES_A_DAY;
        if is_last {
            until = until.max(codes.first().map_or(now, |it| it.at) + DAY);
        }
        let used_up = codes.iter().filter(|it| it.tries == Some(0)).count();
        let tries = (!is_last && used_up < 3).then_some(5);
        codes.push(Code { id, at: now, until, live: true, tries });
        self.post(MessageKind::RecoveryCode, addr, Some(id), Some(account), until - now);
    }

    pub(crate) fn recovery_code(&mut self, who: u8, begun: Id, code: Option<Id>) -> Option<Outcome> {
        let begun = self.begun.get(&begun)?.clone();
        let refused = Some("recovery.refused".into());
        let Some((id, addr)) = begun.account.filter(|_| begun.live && self.now < begun.until) else { return refused };
        let account = &self.accounts[&id];
        // A contact that is not the account's any more recovers nothing (C1).
        let is_theirs = account.contacts.iter().any(|it| it.proven && it.addr == addr);
        if !recoverable(account) || account.deleted || !is_theirs {
            return refused;
        }
        let now = self.now;
        let codes = self.codes.entry(addr).or_default();
        codes.retain(|it| now - it.at < DAY);
        let live = |it: &Code| it.live && now < it.until;
        if let Some(right) = codes.iter().position(|it| Some(it.id) == code && live(it)) {
            codes.remove(right);
            codes.iter_mut().for_each(|it| it.live = false);
            let step = self.begin_step(Purpose::NewPassword, id, false);
            self.hand(who, step);
            return Some("ok".into());
        }
        for it in codes.iter_mut().filter(|it| live(it)) {
            if let Some(left) = &mut it.tries {
                *left -= 1;
                it.live = *left > 0;
            }
        }
        refused
    }

    /// Why an invitation is not good now, if it is not.
    pub(crate) fn stale(&self, invitation: Id) -> Option<&'static str> {
        let invitation = &self.invitations[&invitation];
        match () {
            () if !invitation.is_out() => Some("invitation.refused"),
            () if self.now >= invitation.until => Some("invitation.expired"),
            () => None,
        }
    }

    pub(crate) fn redeem(&mut self, who: u8, id: Id, proof: Proof, session: Option<Id>) -> Option<Outcome> {
        let invitation = self.invitations.get(&id)?.clone();
        let refused = Some("invitation.refused".into());
        let goes_with = match proof {
            Proof::Link => true,
            Proof::Contact => !invitation.forgotten,
            Proof::Number => invitation.application.is_some(),
            Proof::Other => false,
        };
        if !goes_with {
            return refused;
        }
        if let Some(stale) = self.stale(id) {
            return Some(stale.into());
        }
        let (party, to) = (invitation.party, invitation.to);
        let account = match session {
            Some(session) => match self.holder(session, Purpose::Session) {
                Some(account) => Some(account),
                None => return Some("session.ended".into()),
            },
            // Without a session never to an account that exists (C6).
            None if self.has_account(to) => return Some("sign in first".into()),
            None => None,
        };
        let item = invitation.application;
        let mine: Vec<Id> =
            self.links_of(party).filter(|(_, it)| it.application == item).map(|it| it.1.account).collect();
        let several = item.is_none() && self.parties[&party].roles.iter().eq([&carekey::Role::Family]);
        let is_taken = !mine.is_empty() && !several;
        let (account, outcome) = match account {
            Some(account) if mine.contains(&account) => (None, "linked"),
            _ if is_taken && account.is_some() => return refused,
            Some(account) => (Some(account), "linked"),
            None => {
                if let Some(clash) = self.clash_for(&to.text(), party) {
                    return Some(clash.into());
                }
                if is_taken {
                    return refused;
                }
                let account = self.new_account(to.text(), EnrolmentScheme::InvitationCode);
                let contact = self.fresh();
                let row = self.account_mut(account);
                row.contacts.push(Contact { id: contact, addr: to, proven: true, objected: false });
                row.written_to = Some(contact);
                let step = self.issue(Purpose::ChangePassword, account, 30 * MINUTE);
                self.hand(who, step);
                (Some(account), "new account")
            }
        };
        self.invitations.get_mut(&id)?.redeemed = true;
        self.letters.retain(|it| it.invitation != Some(id));
        if let Some(account) = account {
            self.link(account, party, item);
        }
        Some(outcome.into())
    }

    fn has_account(&self, addr: Addr) -> bool {
        let proven = |it: &Account| it.contacts.iter().any(|it| it.proven && it.addr == addr);
        self.accounts.values().any(proven) || self.by_name(&addr.text()).is_some()
    }

    pub(crate) fn link(&mut self, account: Id, party: Id, application: Option<Id>) {
        let id = self.fresh();
        self.links.insert(id, Link { account, party, application, over: false });
    }

    pub(crate) fn new_account(&mut self, username: String, scheme: EnrolmentScheme) -> Id {
        let id = self.fresh();
        let account = Account {
            username,
            scheme,
            stage: Stage::first(scheme),
            password: None,
            generated: false,
            password_until: None,
            disabled: false,
            deleted: false,
            manager: false,
            came: false,
            contacts: Vec::new(),
            written_to: None,
            counted: Counted::default(),
        };
        self.accounts.insert(id, account);
        self.claim(id);
        id
    }

    /// The contact that a link is about, while the account has it.
    fn asked_about(&self, token: Id, purpose: Purpose) -> Option<(Id, Contact)> {
        let account = self.holder(token, purpose)?;
        let contact = self.tokens[&token].contact?;
        Some((account, *self.accounts[&account].contacts.iter().find(|it| it.id == contact)?))
    }

    pub(crate) fn confirm(&mut self, token: Id) -> Option<Outcome> {
        self.tokens.get(&token)?;
        let about = &self.tokens[&token];
        let theirs = &self.accounts[&about.account].contacts;
        let is_asked = about.purpose == Purpose::ConfirmContact;
        if is_asked && theirs.iter().any(|it| Some(it.id) == about.contact && it.objected) {
            return Some("contact.objected".into());
        }
        let asked = self.asked_about(token, Purpose::ConfirmContact);
        let Some((id, new)) = asked.filter(|(_, it)| !it.proven) else {
            return Some("step.refused".into());
        };
        let is_old = |it: &Contact| it.addr.method() == new.addr.method() && it.id != new.id && !it.objected;
        let account = &self.accounts[&id];
        let old: Vec<Addr> = account.contacts.iter().filter(|it| is_old(it)).map(|it| it.addr).collect();
        let replaces = account.contacts.iter().any(|it| is_old(it) && it.proven);
        let follows = old.iter().any(|addr| addr.text() == account.username);
        if follows {
            if let Some(clash) = self.clash(&new.addr.text(), Some(id)) {
                return Some(clash.into());
            }
            self.account_mut(id).username = new.addr.text();
            self.claim(id);
        }
        self.tokens.get_mut(&token)?.live = false;
        if replaces {
            // A recovery that got so far by a code to the earlier one is over (C1).
            self.end_steps(Purpose::NewPassword, id);
        }
        let account = self.account_mut(id);
        account.contacts.retain(|it| !is_old(it));
        self.prove(id, Some(new.id));
        let asked = self.changes.values_mut().filter(|it| it.account == id && it.contact == new.id && !it.ended);
        asked.for_each(|it| it.confirmed = true);
        Some("ok".into())
    }

    /// The owner of the earlier contact objects: what was asked for since is taken
    /// back, and whoever may have come in by the new one is out (C2, C3).
    pub(crate) fn object(&mut self, token: Id) -> Option<Outcome> {
        self.tokens.get(&token)?;
        let Some(id) = self.holder(token, Purpose::ObjectToContact) else {
            return Some("step.refused".into());
        };
        let about = self.changes.values().find(|it| it.token == Some(token)).cloned().expect("a link of the model");
        let open = |it: &&Change| it.account == id && !it.ended;
        let undone: Vec<Change> = self.changes.values().filter(open).filter(|it| it.at >= about.at).cloned().collect();
        // The latest first: each gives its place back to the one before it.
        let (mut gone, mut back) = (Vec::new(), Vec::new());
        let mut username = self.accounts[&id].username.clone();
        for change in undone.iter().rev() {
            gone.push(change.new);
            back.retain(|addr| *addr != change.new);
            let Some(earlier) = change.earlier else { continue };
            if !back.contains(&earlier) {
                back.push(earlier);
            }
            if username == change.new.text() && earlier.method() == change.new.method() {
                username = earlier.text();
            }
        }
        gone.retain(|addr| !back.contains(addr));
        if let Some(clash) = self.clash(&username, Some(id)) {
            return Some(clash.into());
        }
        self.end_what_was_sent(id);
        let theirs = self.accounts[&id].contacts.clone();
        let was_proven = theirs.iter().any(|it| it.id == about.contact && it.proven);
        self.end_changes(id, |it| it.at >= about.at || !it.confirmed);
        if username != self.accounts[&id].username {
            self.account_mut(id).username = username;
            self.claim(id);
        }
        for method in [Method::Email, Method::Sms] {
            let is_gone =
                |it: &&Contact| it.addr.method() == method && (it.id == about.contact || gone.contains(&it.addr));
            let stood = theirs.iter().filter(is_gone).max_by_key(|it| (it.proven, it.id)).map(|it| it.id);
            for contact in theirs.iter().filter(is_gone) {
                self.leave(id, contact);
                // It may have been honest: its owner has to know.
                if contact.proven {
                    self.post(MessageKind::ContactChanged, contact.addr, None, Some(id), 0);
                }
                let contacts = &mut self.account_mut(id).contacts;
                if Some(contact.id) == stood {
                    let it = contacts.iter_mut().find(|it| it.id == contact.id).expect("known");
                    (it.proven, it.objected) = (false, true);
                } else {
                    contacts.retain(|it| it.id != contact.id);
                }
            }
        }
        for addr in back {
            let fresh = self.fresh();
            let contacts = &mut self.account_mut(id).contacts;
            match contacts.iter_mut().find(|it| it.addr == addr) {
                Some(it) => (it.proven, it.objected) = (true, false),
                None => contacts.push(Contact { id: fresh, addr, proven: true, objected: false }),
            }
        }
        if was_proven || undone.iter().any(|it| it.confirmed) {
            self.close(id);
        }
        Some("ok".into())
    }
}

/// Whether a forgotten password can be helped without the office: a lapsed link
/// or temporary password is not got round by forgetting it.
fn recoverable(account: &Account) -> bool {
    let redeemed = account.scheme == EnrolmentScheme::InvitationCode;
    !account.disabled && (account.stage == Stage::Active || account.stage == Stage::Invited && redeemed)
}
