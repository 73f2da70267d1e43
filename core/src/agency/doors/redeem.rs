//! Redeeming an invitation (I3, I7, I8, C6).

use time::OffsetDateTime;

use crate::agency::identity::{contacts, enrol, links, names};
use crate::agency::kernel::tokens::{self, About, Step};
use crate::agency::kernel::ways::{Place, Way};
use crate::agency::kernel::{Act, Agency, Source, Tracked, act, run, system};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params, params};
use crate::id::AccountId;
use crate::invitation::{InvitationCode, LinkToken};
use crate::policy::{EnrolmentScheme, UsernameScheme};
use crate::store::record;
use crate::username;
use crate::words::{EventKind, LinkAct, Method, Purpose};

/// What someone who opened an invitation's link is shown. Looking uses
/// nothing up (I7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// The agency's name.
    pub agency: String,
    /// The application's number, where it is for one.
    pub application: Option<String>,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
}

/// What came of redeeming an invitation (I8).
#[derive(Debug, Clone)]
pub enum Redeemed {
    /// A new account: its user chooses a password in this step
    /// ([`Agency::choose_password`]).
    NewAccount {
        /// The account.
        account: AccountId,
        /// The username: the e-mail or phone that the invitation went to; of a
        /// printed one, that which goes with its code (U2, I10).
        username: String,
        /// The step.
        step: Step,
    },
    /// Linked to the account that the person already has; its password is as
    /// it was.
    Linked {
        /// The account.
        account: AccountId,
        /// Its username.
        username: String,
    },
    /// An account has the contact that the invitation went to. Nothing was
    /// done, and the invitation is good still: whoever has that account signs
    /// in (for the first time, perhaps, by what was sent for that) and redeems
    /// again, with the session. Where the contact has changed
    /// hands, the office [releases](crate::Office::release_contact) it and
    /// invites again (C6).
    SignInFirst,
}

/// So many wrong codes with one contact, and no further one is looked at: of
/// 2^45 codes, one in 35,000 was tried (E4 allows one in 10,000 a year). The
/// link is good still.
const MOST_WRONG_CODES: u32 = 1_000_000_000;

/// How an invitation is shown to be the bearer's.
enum Proof<'a> {
    /// The code, with the contact it was sent to or the application's number.
    Code(&'a InvitationCode, &'a str),
    /// The link.
    Link(&'a LinkToken),
}

impl Agency {
    /// What an invitation's link leads to. It never uses the link up: mail
    /// scanners open links (I7).
    ///
    /// # Errors
    ///
    /// `link.malformed`; `invitation.expired` where its time is over;
    /// `invitation.refused` in every other case.
    pub fn look_at_invitation(&self, link: &str) -> Result<InvitationView> {
        let link = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
            let invitation = find_live(act, &Proof::Link(&link))?.ok_or_else(refused)??;
            let application = match invitation.application {
                Some(id) => {
                    let application = act.get::<record::Application>(id.0, Code::ApplicationNotFound)?;
                    Some(application.number.clone())
                }
                None => None,
            };
            Ok(InvitationView { agency: act.agency.name.clone(), application, expires_at: invitation.expires_at })
        })
    }

    /// Redeems a code together with the contact it was sent to or the
    /// application's number (I3), exactly once, however many try at the same
    /// time (I7). With a session, it links to that account; without, to a new
    /// one (I8), and never to one that exists ([`Redeemed::SignInFirst`]).
    ///
    /// Wrong codes are counted and keep nobody waiting: the code is too long
    /// to be found, and no stranger can keep the right one from being taken.
    ///
    /// # Errors
    ///
    /// `code.malformed` and `code.mistyped` without asking the store;
    /// `session.ended` where a session was given that is over;
    /// `invitation.expired` for the right code after its time;
    /// `invitation.refused` in every other case.
    pub fn redeem_code(&self, code: &str, with: &str, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        let code = InvitationCode::parse(code).into_result()?;
        let with = if with.len() > LONGEST_WITH { "" } else { with };
        let outcome = self.redeem(&Proof::Code(&code, with), session, source);
        if outcome.as_ref().is_err_and(|error| error.code == Code::InvitationRefused) {
            run(&self.shared, self.id, &system(source), |act| {
                let mut counted = act.counted(guessed_at(act, with))?;
                counted.failures = counted.failures.saturating_add(1);
                Ok(())
            })?;
        }
        outcome
    }

    /// Redeems the confirmed link of an invitation, exactly once (I7, I8).
    ///
    /// # Errors
    ///
    /// `link.malformed`; else as [`Agency::redeem_code`].
    pub fn redeem_link(&self, link: &str, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        let link = LinkToken::parse(link).into_result()?;
        self.redeem(&Proof::Link(&link), session, source)
    }

    /// Redeems, and looks a second time before it says that a name is taken, or
    /// that someone has the contact: whoever came between may have got it with
    /// this very invitation. Only what writes nothing can rest on reads of two
    /// moments; what is written is guarded by the commit.
    fn redeem(&self, proof: &Proof<'_>, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        match self.redeem_once(proof, session, source) {
            Ok(Redeemed::SignInFirst) => self.redeem_once(proof, session, source),
            Err(error) if error.kind == ErrorKind::Invalid => self.redeem_once(proof, session, source),
            outcome => outcome,
        }
    }

    fn redeem_once(&self, proof: &Proof<'_>, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        run(&self.shared, self.id, &system(source), |act| {
            if let Proof::Code(_, with) = proof
                && act
                    .by_id::<record::Throttle>(guessed_at(act, with).id.0)?
                    .is_some_and(|counted| counted.failures >= MOST_WRONG_CODES)
            {
                return Err(refused());
            }
            let mut invitation = find_live(act, proof)?.ok_or_else(refused)??;
            let Some(item) = Invited::load(act, &invitation)? else { return Err(refused()) };
            let account = match session {
                Some(session) => Some(tokens::live(act, session, Purpose::Session)?.1),
                None if has_account(act, &invitation)? => return Ok(Redeemed::SignInFirst),
                None => None,
            };
            invitation.redeemed_at = Some(act.now);
            act.withdraw_invitation(invitation.id)?;
            match account {
                Some(account) => item.link(act, account, source),
                None => item.new_account(act, &invitation, source),
            }
        })
    }
}

/// The most octets of what is given with a code: as of a username.
const LONGEST_WITH: usize = 1024;

/// Where wrong codes that were given with this are counted.
fn guessed_at(act: &Act<'_>, with: &str) -> Place {
    Way::Invitation(&username::canonical(with, &act.agency.country)).place(act.keys)
}

fn refused() -> Error {
    Error::new(ErrorKind::Refused, Code::InvitationRefused)
}

/// The invitation that the proof is for: none; or one, live or past its time.
#[allow(clippy::type_complexity)]
fn find_live(act: &Act<'_>, proof: &Proof<'_>) -> Result<Option<Result<Tracked<record::Invitation>>>> {
    let query = match proof {
        Proof::Code(code, _) => act
            .all()
            .is(record::Invitation::code_digest, act.keys.digest("invitation code", &[code.canonical()]).to_vec()),
        Proof::Link(link) => act
            .all()
            .is(record::Invitation::link_digest, act.keys.digest("invitation link", &[link.canonical()]).to_vec()),
    };
    let found: Option<Tracked<record::Invitation>> = act.first(&query)?;
    if let Proof::Code(_, with) = proof {
        // Its application is looked for whether there is one or not, so that
        // the work does not tell a right code with a wrong contact.
        let id = found.as_ref().and_then(|found| found.application).map_or(AccountId::NOBODY.0, |id| id.0);
        let application: Option<Tracked<record::Application>> = act.by_id(id)?;
        let contact = username::canonical(with, &act.agency.country);
        let goes_with = found.as_ref().is_some_and(|found| found.contact == contact)
            || application.is_some_and(|application| application.number == with.trim());
        if !goes_with {
            return Ok(None);
        }
    }
    let Some(found) = found else { return Ok(None) };
    Ok(Some(found.life().redeem(act.now).map(|()| found)))
}

/// Whether someone has an account with the contact that an invitation went to:
/// one that proved it, or whose username it is, used before or not (C6): of two
/// of one household, the second may open their invitation first.
fn has_account(act: &Act<'_>, invitation: &record::Invitation) -> Result<bool> {
    let contacts = act.all().is(record::Contact::canonical, invitation.contact.as_str());
    let proven = act.find::<record::Contact>(&contacts.null(record::Contact::proven_at, false))?;
    if !proven.is_empty() {
        return Ok(true);
    }
    Ok(super::sign_in::by_name(act, &invitation.contact)?.is_some())
}

/// What an invitation is for, and can still be linked.
struct Invited {
    party: Tracked<record::Party>,
    application: Option<Tracked<record::Application>>,
}

impl Invited {
    fn load(act: &Act<'_>, invitation: &record::Invitation) -> Result<Option<Self>> {
        let Ok(party) = enrol::party(act, invitation.party) else { return Ok(None) };
        let application = match invitation.application {
            Some(id) => match act.by_id(id.0)? {
                Some(application) => Some(application),
                None => return Ok(None),
            },
            None => None,
        };
        // It rests on the party being there when it commits.
        act.guard(&party);
        Ok(Some(Self { party, application }))
    }

    fn make_link(&self, act: &mut Act<'_>, account: AccountId) -> Result<()> {
        let application = self.application.as_ref().map(|application| application.id);
        links::make(act, account, &self.party, application, LinkAct::Redeemed).map_err(|error| match error.code {
            // Someone else has it by now: the office sees who.
            Code::AccountExists => refused(),
            _ => error,
        })
    }

    fn details(&self) -> Params {
        let mut details = params([("name", self.party.display_name.as_str().into())]);
        if let Some(application) = &self.application {
            details.insert("application".to_owned(), application.number.as_str().into());
        }
        details
    }

    /// Links it to an account that its person already has.
    fn link(self, act: &mut Act<'_>, mut account: Tracked<record::Account>, source: &Source) -> Result<Redeemed> {
        act.acting = act::user(&account, source);
        self.make_link(act, account.id)?;
        act.event(&mut account, EventKind::Redeemed, self.details());
        Ok(Redeemed::Linked { account: account.id, username: account.username.clone() })
    }

    /// Makes the account that the invitation is for; its user is here, and has
    /// the contact that it was sent to.
    fn new_account(self, act: &mut Act<'_>, invitation: &record::Invitation, source: &Source) -> Result<Redeemed> {
        // Whatever else they are: the username is the contact (U2), as the
        // party has it, or as it was when the invitation was sent.
        let stored = match invitation.method {
            Method::Email => self.party.email.as_deref(),
            Method::Sms => self.party.phone_e164.as_deref(),
        };
        let country = act.agency.country.clone();
        let contact = stored.filter(|stored| username::canonical(stored, &country) == invitation.contact);
        let contact = contact.unwrap_or(&invitation.contact).to_owned();
        let verdict =
            names::check_contact_name(act, &self.party, UsernameScheme::EmailOrPhone, invitation.method, &contact)?;
        let (Some(username), Some(canonical)) = (&verdict.username, &verdict.canonical) else {
            return Err(Error::invalid(verdict.findings));
        };
        let mut account = enrol::blank_account(act, username, canonical, EnrolmentScheme::InvitationCode);
        enrol::name_after(&mut account, &self.party);
        account.locale = self.party.locale;
        act.acting = act::user(&account, source);
        let mut account = act.add(account);
        // What was printed was not sent to it, and proves nothing (I10, C1).
        let was_sent = invitation.printed_at.is_none();
        let contact = contacts::add(act, account.id, invitation.method, &contact, was_sent);
        account.written_to = was_sent.then_some(contact.id);
        self.make_link(act, account.id)?;
        let step = tokens::issue_step(act, &account, Purpose::ChangePassword, About::default());
        enrol::begin(act, &mut account, Some(self.party.id))?;
        act.event(&mut account, EventKind::Redeemed, self.details());
        Ok(Redeemed::NewAccount { account: account.id, username: account.username.clone(), step })
    }
}
