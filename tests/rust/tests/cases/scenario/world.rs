//! The world of a scenario: a directory, a clock that moves by hand, and what
//! earlier steps made.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};

use carekey::agency::{Environment, Invitee, NewPassword, Whose};
use carekey::invitation::InvitationCode;
use carekey::roster::Preview;
use carekey::store::Store;
use carekey::{
    AccountId, Actor, Agency, AgencySettings, ApplicationId, Directory, GrantId, Message, PartyId, Policy, Secret,
    TieId, TokenId,
};
use rand::{CryptoRng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use time::{Duration, OffsetDateTime};

use super::step::Settings;

/// When every scenario begins.
const START: OffsetDateTime = time::macros::datetime!(2026-03-02 09:00 UTC);

/// A clock that moves by hand, and randomness that is the same every time.
#[derive(Clone, Default)]
struct Stage {
    elapsed_ms: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Environment for Stage {
    fn now(&self) -> OffsetDateTime {
        START + Duration::milliseconds(self.elapsed_ms.load(SeqCst))
    }

    fn randomness(&self) -> carekey::Result<Box<dyn CryptoRng>> {
        Ok(Box::new(ChaCha20Rng::seed_from_u64(self.drawn.fetch_add(1, SeqCst))))
    }
}

/// What a name stands for: everything that the steps of that name made.
#[derive(Default, Clone)]
pub struct Thing {
    pub party: Option<PartyId>,
    pub account: Option<AccountId>,
    pub application: Option<ApplicationId>,
    pub tie: Option<TieId>,
    pub grant: Option<GrantId>,
    pub preview: Option<Rc<Preview>>,
    pub claim: Vec<Message>,
    /// The session that was granted last: `$name.session`.
    pub session: Option<String>,
    /// The token of the device that was given last: `$name.device`.
    pub device: Option<String>,
    /// The sessions and devices that were listed last.
    pub sessions: Vec<TokenId>,
    /// The step that was begun last: `$name.step`.
    pub step: Option<String>,
    /// A temporary password that was handed over: `$name.password`.
    pub password: Option<String>,
    /// What was printed to be handed over: `$name.code`, `$name.link`.
    pub code: Option<String>,
    pub link: Option<String>,
    /// A text that was kept: `$name`.
    pub text: Option<String>,
    /// An export of an agency.
    pub export: Vec<u8>,
}

/// A message as whoever got it has it.
struct Mail {
    agency: String,
    address: String,
    body: String,
}

/// A directory and what was made in it.
///
/// Texts refer to it so: `$name` to a thing or a kept text; `$name.session`,
/// `$name.step`, `$name.password`, `$name.code`, `$name.link`; and `$link:ADDRESS`, `$code:ADDRESS`,
/// `$password:ADDRESS` to what stood in the newest message to that address
/// that has one. Asking for these sends all messages that wait, as a host would.
pub struct World {
    pub directory: Directory,
    /// Handles outlive what becomes of their agencies.
    agencies: RefCell<BTreeMap<String, Agency>>,
    stage: Stage,
    settings: Settings,
    policy: Policy,
    pub names: BTreeMap<String, Thing>,
    mailbox: Vec<Mail>,
}

impl World {
    pub fn new(store: impl Store, settings: Settings, policy: Policy) -> Self {
        let stage = Stage::default();
        let directory = Directory::with(store, &[7; 32], stage.clone()).expect("an empty store");
        let agencies = RefCell::default();
        let world = Self { directory, agencies, stage, settings, policy, names: BTreeMap::new(), mailbox: Vec::new() };
        world.agency("104");
        world
    }

    pub fn now(&self) -> OffsetDateTime {
        self.stage.now()
    }

    pub fn wait(&self, time: Duration) {
        let ms = i64::try_from(time.whole_milliseconds()).expect("a time");
        self.stage.elapsed_ms.fetch_add(ms, SeqCst);
    }

    /// The agency of that code, made when it is first asked for.
    pub fn agency(&self, code: &str) -> Agency {
        let made = || {
            let made = self.directory.create_agency(self.new_agency(code), &Actor::Support("Pat Long".to_owned()));
            made.expect("good settings")
        };
        self.agencies.borrow_mut().entry(code.to_owned()).or_insert_with(made).clone()
    }

    pub fn new_agency(&self, code: &str) -> AgencySettings {
        let plain = AgencySettings::new(code, "Harbor Home Care", "https://portal.example.com");
        AgencySettings { policy: self.policy.clone(), ..apply(&self.settings, plain) }
    }

    pub fn actor(&self, by: &str) -> Actor {
        match by.split_once(':') {
            Some(("support", name)) => Actor::Support(name.to_owned()),
            Some(("system", name)) => Actor::System(name.to_owned()),
            _ => Actor::Account(self.account(by)),
        }
    }

    pub fn thing(&self, reference: &str) -> &Thing {
        let name = reference.strip_prefix('$').unwrap_or_else(|| panic!("{reference} is no reference"));
        self.names.get(name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    /// The thing of that name, or one that is not kept.
    pub fn named(&mut self, name: Option<&str>) -> &mut Thing {
        let name = name.unwrap_or_default();
        self.names.entry(name.trim_start_matches('$').to_owned()).or_default()
    }

    pub fn party(&self, reference: &str) -> PartyId {
        self.thing(reference).party.unwrap_or_else(|| panic!("{reference} is no party"))
    }

    pub fn account(&self, reference: &str) -> AccountId {
        self.thing(reference).account.unwrap_or_else(|| panic!("{reference} has no account"))
    }

    pub fn item(&self, reference: &str) -> Invitee {
        let thing = self.thing(reference);
        thing.application.map_or_else(|| Invitee::Party(self.party(reference)), Invitee::Application)
    }

    pub fn whose(&self, reference: Option<&str>) -> Whose {
        match reference.map(|reference| self.item(reference)) {
            None => Whose::Own,
            Some(Invitee::Party(party)) => Whose::Party(party),
            Some(Invitee::Application(application)) => Whose::Application(application),
        }
    }

    /// How the scenario calls what fits.
    pub fn name_of(&self, fits: impl Fn(&Thing) -> bool) -> String {
        let found = self.names.iter().find(|(name, thing)| !name.is_empty() && fits(thing));
        found.map_or_else(|| "?".to_owned(), |(name, _)| name.clone())
    }

    /// The text itself, or what it refers to.
    pub fn text(&mut self, agency: &Agency, text: &str) -> String {
        let Some(reference) = text.strip_prefix('$') else { return text.to_owned() };
        let missing = || panic!("there is no {text}");
        if let Some((what, address)) = reference.split_once(':') {
            self.deliver(agency);
            let to = |mail: &&Mail| mail.agency == agency.code() && mail.address == address;
            let found = self.mailbox.iter().rev().filter(to).find_map(|mail| find(what, &mail.body));
            return found.unwrap_or_else(missing);
        }
        let (name, part) = reference.split_once('.').unwrap_or((reference, ""));
        let thing = self.names.get(name).unwrap_or_else(|| panic!("nothing is called {name}"));
        let value = match part {
            "" => &thing.text,
            "session" => &thing.session,
            "step" => &thing.step,
            "device" => &thing.device,
            "password" => &thing.password,
            "code" => &thing.code,
            "link" => &thing.link,
            _ => panic!("{text}: no such part"),
        };
        value.clone().unwrap_or_else(missing)
    }

    pub fn secret(&mut self, agency: &Agency, text: &str) -> Secret {
        Secret::from(self.text(agency, text))
    }

    /// Sends everything that is due, as a host would.
    fn deliver(&mut self, agency: &Agency) {
        for message in agency.outbox().claim(1000).expect("the outbox") {
            agency.outbox().sent(&message).expect("it was claimed");
            self.receive(agency, &message);
        }
    }

    /// A message arrives.
    pub fn receive(&mut self, agency: &Agency, message: &Message) {
        self.mailbox.push(Mail {
            agency: agency.code().to_owned(),
            address: message.address.clone(),
            body: message.body.reveal().to_owned(),
        });
    }
}

/// What differs, over what is there.
pub fn apply(settings: &Settings, over: AgencySettings) -> AgencySettings {
    let given = settings.clone();
    AgencySettings {
        name: given.name.unwrap_or(over.name),
        prefix: given.prefix.unwrap_or(over.prefix),
        country: given.country.unwrap_or(over.country),
        locale: given.locale.unwrap_or(over.locale),
        link_base: given.link_base.unwrap_or(over.link_base),
        owner_email: given.owner_email.or(over.owner_email),
        owner_emails: given.owner_emails.unwrap_or(over.owner_emails),
        time_zone: given.time_zone.or(over.time_zone),
        ..over
    }
}

pub fn twice<'a>(new: &'a Secret, confirm: &'a Secret) -> NewPassword<'a> {
    NewPassword { new, confirm }
}

/// What someone who reads a message takes from it.
fn find(what: &str, body: &str) -> Option<String> {
    match what {
        "link" => body.split_whitespace().find(|word| word.contains('#') && word.contains("://")).map(str::to_owned),
        "code" => body
            .split_whitespace()
            .map(|word| word.trim_end_matches('.'))
            .find(|word| is_invitation_code(word) || is_recovery_code(word))
            .map(str::to_owned),
        "password" => body
            .lines()
            .find_map(|line| {
                ["Temporary password: ", "Contraseña temporal: "].iter().find_map(|t| line.strip_prefix(t))
            })
            .map(str::to_owned),
        _ => panic!("a message has a link, a code or a password, and no {what}"),
    }
}

fn is_invitation_code(word: &str) -> bool {
    word.contains('-') && InvitationCode::parse(word).value.is_some()
}

/// Digits, as many as any policy allows.
fn is_recovery_code(word: &str) -> bool {
    (6..=12).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}
