//! The verdicts: every row against what the agency knows, and each other.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::check::{Asked, Change, RowAction, RowCheck};
use super::contacts::Contacts;
use super::identify::{Identity, Traits, identify};
use super::known::Known;
use super::merged::Merged;
use super::met;
use super::preview::{Basis, Judged, Others};
use super::repeated::Repeated;
use super::row::without_zeros;
use super::who::WhoDecision;
use super::words::short;
use super::{Preview, Roster, RosterRow, each};
use crate::finding::{Code, Finding, has_errors};
use crate::id::PartyId;
use crate::name::PersonName;
use crate::policy::{EnrolmentScheme, Policy, UsernameScheme};
use crate::username::{Email, Usernames, Wish, canonical, check_email, check_phone, is_fault};
use crate::words::{Method, Role};

impl Roster {
    /// Holds every row against what the agency knows (`known`), what was
    /// decided before (`decisions`) and the usernames in use, and against each
    /// other: the earlier row wins (U4).
    ///
    /// Nothing is written, and the same input gives the same answer. A row is
    /// about someone the agency knows by its identifier together with the name
    /// or a contact, or by the name together with a contact: the username, the
    /// e-mail or the phone. A name alone, or an identifier alone, waits for a
    /// decision with `roster.maybe_same` (C4): see [`Preview::decide`]. Rows
    /// that say nothing but a name, and people who are known by nothing but
    /// it, are paired in order.
    ///
    /// A blank cell changes nothing. Whoever has an account keeps its
    /// username, unless the row gives another, or the username is the e-mail
    /// address and that has changed. The username of an active login that is a
    /// contact stays until its user has confirmed the new one (C1):
    /// `contact.to_be_confirmed`. A row that fails for another reason claims
    /// no username, and is told all the same what is wrong with its own.
    ///
    /// `usernames` knows every name in use or once used, those of `known`
    /// included; `country` is for phone numbers without one (U2).
    pub fn preview(
        self,
        known: &[Known],
        decisions: &[WhoDecision],
        usernames: Usernames,
        policy: &Policy,
        country: &str,
    ) -> Preview {
        let judged = judge(self.rows, (known, None), decisions, usernames.clone(), policy, country);
        // What is needed to decide, where there is something to decide.
        let basis = judged.rows.iter().any(|row| row.undecided().is_some()).then(|| {
            Box::new(Basis {
                known: known.to_vec(),
                others: None,
                decisions: decisions.to_vec(),
                usernames,
                policy: policy.clone(),
                country: country.to_owned(),
            })
        });
        Preview::new(self.findings, self.sheet, judged, basis)
    }

    /// The same beside very many people, of whom those alone are known whom a row may
    /// mean, as [`Meant`](super::Meant) says.
    #[cfg(feature = "engine")]
    pub(crate) fn preview_beside(
        self,
        known: Vec<Known>,
        others: Others,
        decisions: Vec<WhoDecision>,
        usernames: Usernames,
        policy: &Policy,
        country: &str,
    ) -> Preview {
        let judged = judge(self.rows, (&known, Some(&others)), &decisions, usernames.clone(), policy, country);
        let basis = judged.rows.iter().any(|row| row.undecided().is_some()).then(|| {
            let (policy, country) = (policy.clone(), country.to_owned());
            Box::new(Basis { known, others: Some(others), decisions, usernames, policy, country })
        });
        Preview::new(self.findings, self.sheet, judged, basis)
    }
}

/// The verdicts on all rows.
pub(super) fn judge(
    rows: Vec<RosterRow>,
    (known, others): (&[Known], Option<&Others>),
    decisions: &[WhoDecision],
    usernames: Usernames,
    policy: &Policy,
    country: &str,
) -> Judged {
    match others {
        None => judge_among(met::few, rows, known, decisions, usernames, policy, country),
        Some(others) => {
            let mut judged = judge_among(|_, _, _, _| None, rows, known, decisions, usernames, policy, country);
            judged.gone = met::gone(others.in_role.iter().copied(), known, &judged.gone);
            judged
        }
    }
}

/// The same, among those of whom `few` says that they are all who may be meant.
pub(super) fn judge_among(
    few: impl FnOnce(&[RosterRow], &[Traits], &[Known], &[WhoDecision]) -> Option<Vec<Known>>,
    mut rows: Vec<RosterRow>,
    all: &[Known],
    decisions: &[WhoDecision],
    usernames: Usernames,
    policy: &Policy,
    country: &str,
) -> Judged {
    let repeated = Repeated::new(3 * rows.len());
    let mut traits = each::map(&rows, |row| Traits::of(row, country).noted_in(row, &repeated));
    let few = few(&rows, &traits, all, decisions);
    let known = few.as_deref().unwrap_or(all);
    let identities = identify(&rows, &traits, &repeated, known, decisions);
    let gone = match &few {
        Some(few) => {
            let spoken = rows.iter().filter_map(|row| row.role).collect();
            met::gone(met::in_role(all, &spoken), few, &identities.gone)
        }
        None => identities.gone,
    };
    let merged = Merged::of(known);
    let mut of_rows = identities.rows;
    let mut judged = Judged { rows: Vec::with_capacity(rows.len()), followers: HashMap::new(), gone, usernames };
    // What a row says by itself, then who gets which name, in their order, and the
    // verdict at once: a draft of each row would else be kept until the last.
    let usernames = judged.usernames.clone();
    let mut failed = Vec::new();
    each::in_order(
        rows.iter_mut().zip(&mut traits).zip(&mut of_rows),
        |((row, told), identity)| {
            let (mut row, mut contacts) = (core::mem::take(row), core::mem::take(&mut told.contacts));
            let party = identity.known.and_then(|place| known.get(place));
            let read = merged.say_as_known(&mut row, &mut contacts, party, country);
            let (check, draft) =
                Draft::of(row, core::mem::take(identity), contacts, party, (policy, country), &usernames);
            (RowCheck { read, ..check }, draft)
        },
        |(mut check, mut draft)| {
            draft.settle(&check, &mut judged.usernames);
            let at = judged.rows.len();
            if let Some(first) = draft.first {
                judged.followers.entry(first).or_default().push(at);
            }
            failed.extend(draft.conclude(&mut check, policy).map(|span| (at, span)));
            judged.rows.push(check);
        },
    );
    // Once all are settled, so that no suggestion is a name that a later row has
    // by right.
    for (at, span) in failed {
        if let Some(row) = judged.rows.get_mut(at) {
            suggest(row, span, &mut judged.usernames);
        }
    }
    passed_around(&mut judged.rows, known);
    judged
}

/// Keeps the best name that is free back for a row that fails by its own, of
/// whose findings these are about that.
fn suggest(row: &mut RowCheck, span: Range<usize>, usernames: &mut Usernames) {
    let name = row.row.called();
    let Some(request) = row.asked.request(&row.row, &name) else { return };
    let mut about: Vec<Finding> = row.findings.drain(span.clone()).collect();
    let suggestion = usernames.suggest_for(&request, &mut about, 1).into_iter().next();
    row.findings.splice(span.start..span.start, about).for_each(drop);
    row.suggestion = suggestion;
}

/// What there is to be said of a row yet, before its username is known.
struct Draft<'a> {
    known: Option<&'a Known>,
    /// The earlier row to whose person it adds a role; it says nothing else.
    first: Option<usize>,
    /// The username that someone with an account keeps.
    kept: Option<&'a str>,
    /// What is asked about the username: nothing where the person keeps it, has
    /// it from another row, or it is not certain who the person is.
    wish: Option<Wish>,
    /// Whether the row fails whatever its username: it is told what else is wrong with
    /// it, and claims no name.
    faulty: bool,
    /// What there is to say of the row's own e-mail and phone, where nothing is
    /// asked.
    contact_findings: Vec<Finding>,
    /// Whether someone else has the row's identifier.
    taken_id: bool,
}

impl<'a> Draft<'a> {
    fn of(
        row: RosterRow,
        identity: Identity,
        mut contacts: Contacts,
        known: Option<&'a Known>,
        (policy, country): (&Policy, &str),
        usernames: &Usernames,
    ) -> (RowCheck, Self) {
        let left_out = phone_left_out(&row, &contacts, known);
        contacts.phone = contacts.phone.filter(|_| left_out.is_none());
        let asked = Asked::of(&row, left_out.is_some(), known, policy, country);
        let (email, phone, contact_findings) = contacts.into_parts();
        let mut draft = Self {
            kept: known.and_then(|known| kept(&row, known, email.as_ref(), policy, country)),
            first: identity.same_as,
            wish: None,
            faulty: false,
            known,
            contact_findings,
            taken_id: identity.taken_id,
        };
        let check = RowCheck {
            action: RowAction::Create,
            party: known.filter(|known| !known.unrecorded).map(|known| known.party),
            login: known.filter(|known| known.unrecorded).and_then(|known| known.account),
            maybe: identity.maybe,
            decision: identity.decided.zip(identity.said.clone()).map(|(who, said)| WhoDecision { said, who }),
            same_as: None,
            has_account: known.is_some_and(|known| known.account.is_some()),
            shares: false,
            username: None,
            canonical: None,
            email,
            phone,
            findings: row
                .findings
                .iter()
                .cloned()
                .chain(left_out)
                .chain(identity.finding.map(|finding| *finding))
                .collect(),
            suggestion: None,
            changes: Vec::new(),
            asked,
            said: identity.said,
            read: None,
            row,
        };
        draft.faulty = has_errors(&check.findings);
        draft.wish = draft.wish(&check, usernames, country);
        (check, draft)
    }

    fn wish(&mut self, check: &RowCheck, usernames: &Usernames, country: &str) -> Option<Wish> {
        // Of whom nobody knows who they are, nothing can be said; nor is it of who left.
        let untold =
            |finding: &Finding| finding.code == Code::RosterLeft || finding.is_error() && finding.field == "row";
        if self.first.is_some() || self.kept.is_some() || check.findings.iter().any(untold) {
            return None;
        }
        // No username is made of half a name.
        if self.faulty && check.asked.scheme == Some(UsernameScheme::Staff) && check.row.username.is_none() {
            return None;
        }
        let name = check.row.called();
        let request = check.asked.request(&check.row, &name)?;
        // What is on file stands in for what the row does not say.
        let on_file = |text: Option<&'a str>, said: bool| text.filter(|text| !said && !text.trim().is_empty());
        let (email_said, phone_said) = check.asked.says(&check.row);
        let email = on_file(self.known.and_then(|known| known.email_canonical.as_deref()), email_said).map(check_email);
        let phone = on_file(self.known.and_then(|known| known.phone_e164.as_deref()), phone_said);
        let phone = phone.map(|text| check_phone(text, country));
        let (email, mut findings) = email.map(|email| (email.value, email.findings)).unwrap_or_default();
        findings.append(&mut self.contact_findings);
        let (phone, more) = phone.map(|phone| (phone.value, phone.findings)).unwrap_or_default();
        findings.extend(more);
        let (email, phone) = (check.email.as_ref().or(email.as_ref()), check.phone.as_ref().or(phone.as_ref()));
        Some(usernames.wish(&request, email, phone, findings))
    }

    /// Asks for what is wanted, beside all rows before.
    fn settle(&mut self, check: &RowCheck, usernames: &mut Usernames) {
        let Some(wish) = &mut self.wish else { return };
        match self.faulty {
            false => usernames.settle(check.row.line, wish),
            // Whose it is already may be this very person, where there is no name.
            true if *check.row.called() == PersonName::default() => wish.name = None,
            true => usernames.look(wish),
        }
    }

    /// The verdict; and of a row that fails by its username, where those of its
    /// findings stand that are about it.
    fn conclude(self, check: &mut RowCheck, policy: &Policy) -> Option<Range<usize>> {
        let Self { known, first, kept, wish, faulty, mut contact_findings, taken_id } = self;
        let by_code = |role| policy.enrolment.scheme(role) == EnrolmentScheme::InvitationCode;
        let was_invited_as = |known: &Known, row: &RosterRow| {
            let told = row.role.is_some_and(|role| known.roles.contains(&role));
            told && known.invited && !known.roles.iter().any(|role| by_code(*role))
        };
        let mut span = None;
        match wish {
            Some(wish) => {
                if let Some(name) = wish.name {
                    (check.username, check.canonical) = check.asked.granted(name);
                }
                let start = check.findings.len();
                let fails = !faulty && wish.findings.iter().any(is_fault);
                check.findings.extend(wish.findings);
                span = fails.then_some(start..check.findings.len());
                check.findings.extend(no_contact(check, policy));
                match known {
                    // Whoever was to share a login was invited to it before.
                    Some(known) if check.may_share() && was_invited_as(known, &check.row) => {
                        check.share();
                        span = None;
                    }
                    _ if check.may_share() => check.findings.push(Finding::new(Code::RosterMayShare, "email")),
                    _ => {}
                }
            }
            None => {
                check.findings.append(&mut contact_findings);
                if !has_errors(&check.findings) {
                    (check.username, check.canonical) = (kept.map(str::to_owned), kept.map(str::to_owned));
                }
            }
        }
        if known.is_some_and(|known| known.deleted) {
            check.findings.push(Finding::new(Code::RosterRestored, "row"));
        } else if let Some(known) = known {
            check.findings.extend(id_kept(&check.row, known, taken_id));
            check.findings.extend(login_found(check, known));
            check.changes = changes(check, known, first.is_some());
            check.findings.extend(to_be_confirmed(check, known));
        }
        // Whoever was invited has what a roster gives them: the account is theirs to make, or to join.
        let invited = known.is_some_and(|known| known.invited) && (check.shares || check.row.role.is_some_and(by_code));
        let settled = first.is_some() || check.has_account || invited;
        check.action = match known {
            Some(_) if settled && check.changes.is_empty() => RowAction::Unchanged,
            _ if settled => RowAction::Update,
            _ => RowAction::Create,
        };
        span
    }
}

/// Says of a contact that it is that of someone to whom another line of the file
/// gives another: two who have swapped theirs, or a file of which one column
/// alone was sorted. A phone that was handed on is none of these: whoever had it
/// has one that was nobody's.
fn passed_around(rows: &mut [RowCheck], known: &[Known]) {
    if known.is_empty() {
        return;
    }
    for (field, of_row, of_known) in KINDS {
        let given = |row: &RowCheck| row.party.zip(of_row(row).map(str::to_owned));
        let moves = |row: &RowCheck| {
            let taken = field == "email" && row.findings.iter().any(|finding| finding.code == Code::UsernameTaken);
            taken || row.changes.iter().any(|change| change.field == field && change.before.is_some())
        };
        let asked: HashSet<String> =
            rows.iter().filter(|row| moves(row)).filter_map(of_row).map(str::to_owned).collect();
        if asked.is_empty() {
            continue;
        }
        let mut holders: HashMap<&str, &Known> = HashMap::new();
        for party in known.iter().filter(|party| !party.deleted) {
            for contact in of_known(party).into_iter().flatten().filter(|contact| asked.contains(*contact)) {
                holders.entry(contact).or_insert(party);
            }
        }
        let lines: HashMap<PartyId, (u64, String)> =
            rows.iter().filter_map(|row| given(row).map(|(party, own)| (party, (row.row.line, own)))).collect();
        for row in rows.iter_mut().filter(|row| moves(row)) {
            let Some(own) = of_row(row).map(str::to_owned) else { continue };
            let Some(holder) = holders.get(own.as_str()).filter(|holder| row.party != Some(holder.party)) else {
                continue;
            };
            if let Some((line, other)) = lines.get(&holder.party)
                && *other != own
                && (field == "email" || holders.contains_key(other.as_str()))
            {
                let finding = Finding::new(Code::RosterAddressOfOther, field).with("line", *line);
                row.findings.push(finding.with("name", holder.display_name.as_str()));
            }
        }
    }
}

/// A field, what a row says in it, and what of someone known is like it.
type Kind = (&'static str, fn(&RowCheck) -> Option<&str>, fn(&Known) -> [Option<&str>; 3]);

/// The contacts that can go around.
const KINDS: [Kind; 2] = [
    (
        "email",
        |row| row.email.as_ref().map(|email| email.canonical.as_str()),
        |known| [known.username_canonical.as_deref(), known.email_canonical.as_deref(), known.account_email.as_deref()],
    ),
    (
        "phone",
        |row| row.phone.as_ref().map(|phone| phone.e164.as_str()),
        |known| [known.username_canonical.as_deref(), known.phone_e164.as_deref(), known.account_phone.as_deref()],
    ),
];

/// Says that someone keeps the identifier they have: the row's lost its zeros,
/// or someone else has it.
fn id_kept(row: &RosterRow, known: &Known, taken: bool) -> Option<Finding> {
    let (own, id) = (known.identifier()?, row.external_id.as_deref()?);
    let lost = own.len() > id.len() && without_zeros(own) == without_zeros(id);
    let kept = own != id && (lost || taken);
    kept.then(|| Finding::new(Code::RosterIdKept, "external_id").with("id", short(id)).with("known", short(own)))
}

/// Says that the login of someone is linked to the record that the row makes.
fn login_found(check: &RowCheck, known: &Known) -> Option<Finding> {
    check.login?;
    let username = known.username_canonical.as_deref().unwrap_or_default();
    Some(Finding::new(Code::RosterLoginFound, "row").with("username", username))
}

/// Says that a phone is left out that cannot be used, of a row that has no need
/// of it: there is an address to write to, and nobody asked for text messages.
fn phone_left_out(row: &RosterRow, contacts: &Contacts, known: Option<&Known>) -> Option<Finding> {
    let by_text = row.preferred.or(known.and_then(|known| known.preferred)) == Some(Method::Sms);
    let address = match &contacts.email {
        Some(email) => email.value.is_some(),
        None => known.is_some_and(|known| known.email_canonical.is_some()),
    };
    let unusable = contacts.phone.as_ref().filter(|phone| phone.value.is_none() && address && !by_text)?;
    let finding = Finding::new(Code::RosterPhoneLeftOut, "phone").with("phone", short(row.phone.as_deref()?));
    Some(match unusable.findings.iter().find_map(|finding| finding.suggestion.clone()) {
        Some(meant) => finding.suggest(meant),
        None => finding,
    })
}

/// Who is to be written to and has neither e-mail nor phone (I1). Someone
/// with an account was written to already, and a temporary password can be
/// told.
fn no_contact(check: &RowCheck, policy: &Policy) -> Option<Finding> {
    let scheme = policy.enrolment.scheme(check.row.role?);
    let told = check.findings.iter().any(|finding| matches!(finding.code, Code::EmailMissing | Code::ContactMissing));
    if check.has_account || check.asked.has_contact(&check.row) || told || scheme == EnrolmentScheme::TemporaryPassword
    {
        return None;
    }
    let method = check.row.preferred.unwrap_or(Method::Email);
    Some(Finding::new(Code::InvitationNoContact, "email").with("method", method.as_str()))
}

/// The new contacts that the user of an active login is asked to confirm (C1).
fn to_be_confirmed(check: &RowCheck, known: &Known) -> Vec<Finding> {
    let active = known.account.is_some() && known.active && !known.joined;
    let changed = |change: &&Change| match change.field.as_str() {
        "email" => change.after != known.account_email,
        "phone" => change.after != known.account_phone,
        _ => false,
    };
    let ask = |change: &Change| {
        let contact = change.after.clone().unwrap_or_default();
        Finding::new(Code::ContactToBeConfirmed, change.field.as_str()).with("contact", contact)
    };
    check.changes.iter().filter(|_| active).filter(changed).map(ask).collect()
}

/// The username that someone with an account keeps.
fn kept<'a>(
    row: &RosterRow,
    known: &'a Known,
    email: Option<&Email>,
    policy: &Policy,
    country: &str,
) -> Option<&'a str> {
    let own = known.username_canonical.as_deref().filter(|_| known.account.is_some())?;
    // What the office writes of a party that joined a login moves nothing in it.
    if known.joined {
        return Some(own);
    }
    if row.username.as_deref().is_some_and(|typed| canonical(typed, country) != own) {
        return None;
    }
    // A username that is the e-mail address goes with it. One that was given
    // under another scheme, for another role, stays.
    let scheme = policy.username.scheme(row.role?);
    let emails = [&known.email_canonical, &known.account_email];
    let is_email = scheme == UsernameScheme::Email && emails.into_iter().any(|email| email.as_deref() == Some(own));
    let moved = email.is_some_and(|email| email.canonical != own);
    if is_email && moved { None } else { Some(own) }
}

/// What the row says otherwise. One that only adds a role says only that.
fn changes(check: &RowCheck, known: &Known, follows: bool) -> Vec<Change> {
    let row = &check.row;
    let name = row.called();
    let mut out = Vec::new();
    let mut compare = |field: &str, before: Option<String>, after: Option<String>| {
        if after.is_some() && before != after {
            out.push(Change { field: field.to_owned(), before, after });
        }
    };
    let added = row.role.filter(|role| !known.roles.contains(role));
    let roles = added.map(|added| {
        let list = |roles: Vec<Role>| roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
        let mut both = known.roles.clone();
        both.insert(added);
        (list(known.roles.iter().copied().collect()), list(both.into_iter().collect()))
    });
    let (roles_before, roles_after) = roles.unzip();
    if follows {
        compare("roles", roles_before, roles_after);
        return out;
    }
    let other_name = name.key() != known.name_key;
    compare("name", Some(known.display_name.clone()), other_name.then(|| name.display()));
    compare("nickname", known.nickname.clone(), name.nickname.clone());
    compare("roles", roles_before, roles_after);
    if check.has_account {
        compare("username", known.username_canonical.clone(), check.canonical.clone());
    }
    compare("email", known.email_canonical.clone(), check.email.as_ref().map(|email| email.canonical.clone()));
    compare("phone", known.phone_e164.clone(), check.phone.as_ref().map(|phone| phone.e164.clone()));
    compare("preferred", text_of(known.preferred), text_of(row.preferred));
    compare("language", text_of(known.locale), text_of(row.locale));
    compare("external_id", known.identifier().map(str::to_owned), check.external_id().map(str::to_owned));
    compare("note", known.note.clone(), row.note.clone());
    out
}

fn text_of(word: Option<impl ToString>) -> Option<String> {
    word.map(|word| word.to_string())
}
