//! Whatever is wrong with what comes in: the right kind and code, nothing
//! written, and nothing of it in the text of the error.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use carekey::agency::{
    ApplicationFilter, Edit, FeedQuery, HistoryRange, Invitee, Message, NewApplication, NewGrant, NewParty, NewStaff,
    NewTie, PartyEdit, PartyFilter, Staged, UserQuery, Whose,
};
use carekey::invitation::OfficeAction;
use carekey::roster::{Reading, Roster, RowState, TieRoster};
use carekey::words::MessageKind;
use carekey::{
    AccountId, Actor, Agency, ApplicationId, Code, Error, ErrorKind, GrantId, Locale, Method, Office, PartyId,
    Resource, Role, Secret, Source, TieId, TieKind, TokenId,
};
use carekey_tests::desk::{Desk, GOOD, Person, answers, go_on, new_person, new_staff, quick, settings, support, twice};

carekey_tests::on_every_store! { quick();
    nobody_who_may_not_does_anything, only_support_does_what_is_supports, what_is_not_there_is_not_found,
    rosters_that_cannot_be_read, rows_that_cannot_be_used, secrets_that_are_none, parties_ties_and_settings,
    errors_hold_nothing_personal, numbers_and_moments_at_their_ends, nothing_is_done_in_a_suspended_agency,
}

/// Something that the office does, with what it takes.
type Act<'a> = (&'static str, Box<dyn Fn(&Office) -> carekey::Result<()> + 'a>);

/// What acts are tried on.
struct Targets {
    staff: Person,
    manager: Person,
    party: PartyId,
    other: PartyId,
    tie: TieId,
    grant: GrantId,
}

fn targets(desk: &Desk) -> Targets {
    let office = desk.office();
    let staff = desk.staff("Felicia", "Conner");
    let manager = desk.manager("Mia", "Manager");
    desk.manager("Ned", "Manager");
    let party = office.add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap().party;
    let other = office.add_party(&new_person("Olga Office", Role::OfficeStaff, "")).unwrap().party;
    let tie = NewTie { kind: TieKind::Manager, who: other, of: party, begins_at: None, ends_at: None, reference: None };
    let tie = office.relate(&tie).unwrap().tie;
    let grant =
        office.grant(other, Resource::Invoices, None, Some(desk.clock.now() + time::Duration::days(30)), None).unwrap();
    Targets { staff, manager, party, other, tie, grant }
}

/// Every act of the office, upon these.
fn acts(targets: &Targets) -> Vec<Act<'_>> {
    let (account, party, other) = (targets.staff.account, targets.party, targets.other);
    let manager = targets.manager.account;
    let good = Secret::from(GOOD);
    let preview = |office: &Office| office.preview(Roster::from_csv(&b"Role,Name\nClient,Zoe\n"[..]).unwrap());
    let file = format!("Who,Kind,Of\n{other},guardian,{party}\n");
    let ties = TieRoster::read(file.as_bytes(), &Reading::default()).unwrap();
    let ties = move |office: &Office| office.preview_ties(ties.clone());
    let again = ties.clone();
    let tie =
        NewTie { kind: TieKind::Guardian, who: other, of: party, begins_at: None, ends_at: None, reference: None };
    let application = NewApplication { number: "A-1".into(), family: party, submitted_at: None };
    vec![
        ("change_settings", Box::new(|office| office.change_settings(settings("104", quick())))),
        ("window", Box::new(|office| office.window(0, 10).map(drop))),
        ("review", Box::new(|office| office.review(90).map(drop))),
        ("delete_party", Box::new(move |office| office.delete_party(party))),
        ("users", Box::new(|office| office.users(&UserQuery::default()).map(drop))),
        ("user", Box::new(move |office| office.user(account).map(drop))),
        ("create_staff_account", Box::new(|office| office.create_staff_account(&new_staff("A", "B"), None).map(drop))),
        ("link_account", Box::new(move |office| office.link_account(account, other))),
        ("add_manager", Box::new(|office| office.add_manager(&new_staff("Zoe", "Zed")).map(drop))),
        ("promote", Box::new(move |office| office.promote(account))),
        ("remove_manager", Box::new(move |office| office.remove_manager(manager))),
        ("hand_over", Box::new(move |office| office.hand_over(manager, account))),
        ("disable", Box::new(move |office| office.disable(account))),
        ("enable", Box::new(move |office| office.enable(account))),
        ("reset_password", Box::new(move |office| office.reset_password(account, twice(&good)))),
        ("send_again", Box::new(move |office| office.send_again(account).map(drop))),
        ("unlock", Box::new(move |office| office.unlock(account))),
        ("end_sessions", Box::new(move |office| office.end_sessions(account))),
        ("release_contact", Box::new(move |office| office.release_contact(account, "x@example.com"))),
        ("cancel_invitation", Box::new(move |office| office.cancel_invitation(Invitee::Party(party)))),
        ("print_code", Box::new(move |office| office.print_code(Invitee::Party(party), None).map(drop))),
        ("feed", Box::new(|office| office.feed(&FeedQuery::default()).map(drop))),
        ("staged", Box::new(|office| office.staged(0, 9).map(drop))),
        ("send_staged", Box::new(move |office| office.send_staged(&[Staged::Account(account)], &mut go_on).map(drop))),
        ("set_note", Box::new(move |office| office.set_note(account, "x"))),
        ("add_party", Box::new(|office| office.add_party(&new_person("Zoe", Role::Client, "")).map(drop))),
        ("create_account", Box::new(move |office| office.create_account(party, Role::Client, None).map(drop))),
        ("set_roles", Box::new(move |office| office.set_roles(party, &[Role::Client].into()).map(drop))),
        ("relate", Box::new(move |office| office.relate(&tie).map(drop))),
        ("ties", Box::new(move |office| office.ties(party, None).map(drop))),
        ("end_tie", Box::new(move |office| office.end_tie(targets.tie, None))),
        (
            "grant",
            Box::new(move |office| {
                office
                    .grant(other, Resource::Calendar, None, Some(time::macros::datetime!(2100-01-01 00:00 UTC)), None)
                    .map(drop)
            }),
        ),
        ("end_grant", Box::new(move |office| office.end_grant(targets.grant, None))),
        ("add_application", Box::new(move |office| office.add_application(&application).map(drop))),
        (
            "batch",
            Box::new(move |office| {
                office
                    .batch(
                        OfficeAction::Invite,
                        &[Invitee::Party(party)],
                        None,
                        time::OffsetDateTime::UNIX_EPOCH,
                        &mut go_on,
                    )
                    .map(drop)
            }),
        ),
        ("invite", Box::new(move |office| office.invite(Invitee::Party(party), None))),
        ("reinvite", Box::new(move |office| office.reinvite(Invitee::Party(party), None))),
        ("unlink", Box::new(move |office| office.unlink(Invitee::Party(party)))),
        ("applications", Box::new(|office| office.applications(None, 0, 9).map(drop))),
        ("messages", Box::new(|office| office.messages(None, 0, 9).map(drop))),
        ("each_message", Box::new(|office| office.each_message(None).page().map(drop))),
        ("each_application", Box::new(|office| office.each_application(None).page().map(drop))),
        (
            "each_application_by",
            Box::new(|office| office.each_application_by(&ApplicationFilter::default()).page().map(drop)),
        ),
        ("each_party", Box::new(|office| office.each_party(&PartyFilter::default()).page().map(drop))),
        ("each_staged", Box::new(|office| office.each_staged().page().map(drop))),
        ("each_user", Box::new(|office| office.each_user(&UserQuery::default()).page().map(drop))),
        ("texts", Box::new(|office| office.texts().map(drop))),
        ("text", Box::new(|office| office.text(MessageKind::Activation, Method::Email, Locale::English).map(drop))),
        (
            "preview_text",
            Box::new(|office| {
                office.preview_text(MessageKind::Activation, Method::Email, Locale::English, None).map(drop)
            }),
        ),
        ("set_text", Box::new(|office| office.set_text(MessageKind::Activation, Method::Email, Locale::English, None))),
        ("application", Box::new(|office| office.application("A-1").map(drop))),
        ("applications_by", Box::new(|office| office.applications_by(&ApplicationFilter::default(), 0, 9).map(drop))),
        ("sessions", Box::new(move |office| office.sessions(account).map(drop))),
        ("grants", Box::new(move |office| office.grants(party, None).map(drop))),
        ("former", Box::new(|office| office.former("ann@example.com").map(drop))),
        (
            "restore_party",
            Box::new(move |office| {
                office.restore_party(party, &new_person("Ann Client", Role::Client, "ann@example.com")).map(drop)
            }),
        ),
        ("parties", Box::new(|office| office.parties(&PartyFilter::default(), 0, 9).map(drop))),
        ("party_file", Box::new(move |office| office.party_file(party, None).map(drop))),
        (
            "edit_party",
            Box::new(move |office| {
                let edit = PartyEdit { nickname: Edit::Set("Annie".to_owned()), ..PartyEdit::default() };
                office.edit_party(party, &edit).map(drop)
            }),
        ),
        ("preview_merge", Box::new(move |office| office.preview_merge(party, other).map(drop))),
        ("merge_parties", Box::new(move |office| office.merge_parties(party, other).map(drop))),
        ("split_party", Box::new(move |office| office.split_party(other).map(drop))),
        (
            "create_accounts",
            Box::new(move |office| office.create_accounts(&[other], Role::OfficeStaff, &mut go_on).map(drop)),
        ),
        ("disable_all", Box::new(move |office| office.disable_all(&[account], &mut go_on).map(drop))),
        (
            "send_again_all",
            Box::new(move |office| {
                office.send_again_all(&[account], time::OffsetDateTime::UNIX_EPOCH, &mut go_on).map(drop)
            }),
        ),
        ("end_sessions_all", Box::new(move |office| office.end_sessions_all(&[account], &mut go_on).map(drop))),
        (
            "relate_all",
            Box::new(move |office| {
                let tie = NewTie {
                    kind: TieKind::Individual,
                    who: other,
                    of: party,
                    begins_at: None,
                    ends_at: None,
                    reference: None,
                };
                office.relate_all(&[tie], &mut go_on).map(drop)
            }),
        ),
        (
            "grant_all",
            Box::new(move |office| {
                let grant = NewGrant {
                    party: other,
                    resource: Resource::Invoices,
                    of: Some(party.0),
                    ends_at: Some(time::macros::datetime!(2100-01-01 00:00 UTC)),
                    reason: None,
                };
                office.grant_all(&[grant], &mut go_on).map(drop)
            }),
        ),
        (
            "export_history",
            Box::new(move |office| office.export_history(&HistoryRange::default(), &mut std::io::sink()).map(drop)),
        ),
        (
            "trim_history",
            // Whoever may is told that this is no export.
            Box::new(|office| office.trim_history(&mut &b""[..]).map(drop)),
        ),
        (
            "trim_history_by",
            Box::new(|office| {
                office.trim_history_by(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))).map(drop)
            }),
        ),
        (
            "export_history_to",
            Box::new(|office| {
                office.export_history_to(&HistoryRange::default(), Path::new("/nowhere/export")).map(drop)
            }),
        ),
        ("preview", Box::new(move |office| preview(office).map(drop))),
        ("preview_ties", Box::new(move |office| ties(office).map(drop))),
        (
            "create_ties",
            Box::new(move |office| {
                let prepared = again(&office.agency().acting_as(support()))?;
                office.create_ties(&prepared, &mut |_| ControlFlow::Continue(())).map(drop)
            }),
        ),
        (
            "create",
            Box::new(move |office| {
                let prepared = preview(&office.agency().acting_as(support()))?;
                office.create(&prepared, None, &mut |_| ControlFlow::Continue(())).map(drop)
            }),
        ),
    ]
}

/// The methods of a handle in the library's source, so that none is forgotten.
fn methods_of(handle: &str) -> BTreeSet<String> {
    let folder = carekey_tests::tests_folder().parent().unwrap().join("core/src/agency");
    let mut methods = BTreeSet::new();
    let mut waiting = vec![folder];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for block in text.split(&format!("\nimpl {handle} {{")).skip(1) {
            let block = block.split("\n}\n").next().unwrap();
            let names = block.split("\n    pub fn ").skip(1);
            methods.extend(names.map(|rest| rest.split(['(', '<']).next().unwrap().to_owned()));
        }
    }
    methods
}

fn not_allowed(result: carekey::Result<()>, act: &str) {
    let error = result.expect_err(act);
    assert_eq!((error.kind, error.code), (ErrorKind::NotAllowed, Code::ActorNotAllowed), "{act}");
}

fn nobody_who_may_not_does_anything(desk: &Desk) {
    let targets = targets(desk);
    let acts = acts(&targets);
    let mut covered: BTreeSet<String> = acts.iter().map(|(name, _)| (*name).to_owned()).collect();
    covered.extend(["from", "sending", "agency", "allowed"].map(str::to_owned));
    let missing: Vec<String> = methods_of("Office").difference(&covered).cloned().collect();
    assert_eq!(missing, [""; 0], "acts that this test does not know");

    let client = desk.client("Ben Client", "ben@example.com");
    let disabled = desk.manager("Dee", "Disabled");
    desk.office().disable(disabled.account).unwrap();
    // A manager who was made and has not signed in yet.
    desk.office().remove_manager(disabled.account).unwrap();
    let fresh = desk.office().add_manager(&new_staff("Fay", "Fresh")).unwrap().account.unwrap();
    let nobody = AccountId(uuid::Uuid::nil());
    let before = desk.snapshot();
    for account in [targets.staff.account, client.account, disabled.account, fresh, nobody] {
        let office = desk.agency.acting_as(Actor::Account(account));
        for (name, act) in &acts {
            not_allowed(act(&office), name);
        }
        assert_eq!(office.allowed().unwrap(), []);
    }
    not_allowed(
        desk.directory.create_agency(settings("105", quick()), &Actor::System("import".into())).map(drop),
        "create_agency",
    );
    not_allowed(
        desk.directory.create_agency(settings("105", quick()), &Actor::Account(targets.manager.account)).map(drop),
        "create_agency",
    );
    for actor in [Actor::System("import".into()), Actor::Account(targets.manager.account)] {
        not_allowed(desk.directory.suspend_agency("104", "", &actor), "suspend_agency");
        not_allowed(desk.directory.resume_agency("104", &actor), "resume_agency");
        not_allowed(desk.directory.export_agency("104", &mut Vec::new(), &actor).map(drop), "export_agency");
        not_allowed(desk.directory.delete_agency("104", &mut &b""[..], &actor), "delete_agency");
    }
    assert_eq!(desk.snapshot(), before);
}

/// What support alone does.
const SUPPORTS: [&str; 6] =
    ["add_manager", "promote", "remove_manager", "hand_over", "trim_history", "trim_history_by"];

fn only_support_does_what_is_supports(desk: &Desk) {
    let targets = targets(desk);
    let before = desk.snapshot();
    for actor in [Actor::Account(targets.manager.account), Actor::System("import".into())] {
        let office = desk.agency.acting_as(actor);
        for (name, act) in acts(&targets) {
            if SUPPORTS.contains(&name) {
                not_allowed(act(&office), name);
            }
        }
    }
    assert_eq!(desk.snapshot(), before);
    // And a manager may do all the rest.
    let office = desk.as_person(&targets.manager);
    for (name, act) in acts(&targets) {
        if let Err(error) = act(&office) {
            let support = SUPPORTS.contains(&name);
            assert_eq!(error.code == Code::ActorNotAllowed, support, "{name}: {error}");
        }
    }
}

/// Something that is asked of an agency.
type Asked<'a> = (&'static str, Box<dyn Fn(&Agency) -> carekey::Result<()> + 'a>);

/// All that is asked of an agency itself.
fn asked<'a>(person: &'a Person, party: PartyId, session: &'a str, claimed: &'a [Message]) -> Vec<Asked<'a>> {
    let (account, good) = (person.account, Secret::from(GOOD));
    let again = good.clone();
    vec![
        ("question_count", Box::new(move |agency| agency.question_count(session).map(drop))),
        ("can_see", Box::new(move |agency| agency.can_see(account, Resource::Profile, Whose::Own).map(drop))),
        ("sees", Box::new(move |agency| agency.sees(account).map(drop))),
        ("seen_by", Box::new(move |agency| agency.seen_by(Resource::Invoices, party).map(drop))),
        ("snapshot", Box::new(move |agency| agency.snapshot(account).map(drop))),
        ("agency_history", Box::new(|agency| agency.agency_history().map(drop))),
        ("verify_history", Box::new(move |agency| agency.verify_history(account))),
        ("verify_agency_history", Box::new(|agency| agency.verify_agency_history())),
        ("history", Box::new(move |agency| agency.history(account).map(drop))),
        ("sessions", Box::new(move |agency| agency.sessions(session).map(drop))),
        (
            "end_session",
            Box::new(move |agency| agency.end_session(session, TokenId(uuid::Uuid::nil()), &Source::UNKNOWN)),
        ),
        ("end_other_sessions", Box::new(move |agency| agency.end_other_sessions(session, &Source::UNKNOWN).map(drop))),
        ("session", Box::new(move |agency| agency.session(session).map(drop))),
        ("sign_out", Box::new(move |agency| agency.sign_out(session, &Source::UNKNOWN))),
        ("message_owner", Box::new(move |agency| agency.message_owner(session, &"Hello".into(), &Source::UNKNOWN))),
        ("contacts", Box::new(move |agency| agency.contacts(session, &Source::UNKNOWN).map(drop))),
        (
            "change_contact",
            Box::new(move |agency| {
                agency.change_contact(session, &good, Method::Email, "new@example.com", &Source::UNKNOWN).map(drop)
            }),
        ),
        ("set_language", Box::new(move |agency| agency.set_language(session, Locale::Spanish, &Source::UNKNOWN))),
        (
            "change_questions",
            Box::new(move |agency| agency.change_questions(session, &again, &answers(), &Source::UNKNOWN)),
        ),
        ("tidy", Box::new(|agency| agency.tidy(0).map(drop))),
        ("remind", Box::new(|agency| agency.remind().map(drop))),
        ("party", Box::new(move |agency| agency.party(party).map(drop))),
        ("find_parties", Box::new(|agency| agency.find_parties("a", 0, 9).map(drop))),
        ("each_party", Box::new(|agency| agency.each_party("a").page().map(drop))),
        ("settings", Box::new(|agency| agency.settings().map(drop))),
        ("outbox.claim", Box::new(|agency| agency.outbox().claim(9).map(drop))),
        ("outbox.sent", Box::new(|agency| agency.outbox().sent(&claimed[0]))),
        ("outbox.sent_all", Box::new(|agency| agency.outbox().sent_all(claimed).map(drop))),
        ("outbox.failed", Box::new(|agency| agency.outbox().failed(&claimed[0]))),
    ]
}

/// What is answered without the store, and the ways in, which
/// `entry_points.rs` tries.
const NOT_ASKED: &[&str] = &[
    "acting_as",
    "code",
    "id",
    "outbox",
    "snapshot_key",
    "activate",
    "activation",
    "change_password",
    "choose_password",
    "confirm_contact",
    "finish_recovery",
    "look_at_invitation",
    "object_to_contact",
    "recover",
    "recovery_answers",
    "recovery_code",
    "redeem_code",
    "redeem_link",
    "set_questions",
    "sign_in",
];

/// Whoever asks for whatever, support among them: it is refused, nothing is
/// written, and all of it is as before once the agency is resumed (A9).
fn nothing_is_done_in_a_suspended_agency(desk: &Desk) {
    let targets = targets(desk);
    let client = desk.client("Ben Client", "ben@example.com");
    let session = desk.session(&client.username, GOOD).token;
    desk.office().add_party(&new_person("Cat Client", Role::Client, "cat@example.com")).unwrap();
    let claimed = desk.agency.outbox().claim(1).unwrap();
    let asked = asked(&client, targets.party, session.reveal(), &claimed);
    let known: BTreeSet<String> =
        asked.iter().map(|(name, _)| *name).chain(NOT_ASKED.iter().copied()).map(str::to_owned).collect();
    let missing: Vec<String> = methods_of("Agency").difference(&known).cloned().collect();
    assert_eq!(missing, [""; 0], "methods that this test does not know");
    let file = &b"Role,Name\nClient,Zoe\n"[..];
    let prepared = desk.office().preview(Roster::from_csv(file).unwrap()).unwrap();
    let ties = TieRoster::read(&b"Who,Kind,Of\n"[..], &Reading::default()).unwrap();
    let prepared_ties = desk.office().preview_ties(ties).unwrap();

    desk.directory.suspend_agency("104", "The contract ended", &support()).unwrap();
    let before = desk.snapshot();
    let suspended = |result: carekey::Result<()>, what: &str| {
        let error = result.expect_err(what);
        assert_eq!((error.kind, error.code), (ErrorKind::NotAllowed, Code::AgencySuspended), "{what}");
    };
    for actor in [support(), Actor::Account(targets.manager.account), Actor::System("import".into())] {
        let is_support = actor == support();
        let office = desk.agency.acting_as(actor);
        for (name, act) in acts(&targets) {
            // What is support's is no one else's, in any agency.
            if is_support || !SUPPORTS.contains(&name) {
                suspended(act(&office), name);
            }
        }
        suspended(office.allowed().map(drop), "allowed");
        suspended(office.create(&prepared, None, &mut go_on).map(drop), "create");
        suspended(office.create_ties(&prepared_ties, &mut go_on).map(drop), "create_ties");
    }
    for (name, ask) in &asked {
        suspended(ask(&desk.agency), name);
    }
    // A handle that is opened now is none the better.
    suspended(desk.directory.agency("104").unwrap().settings().map(drop), "a new handle");
    assert_eq!(desk.snapshot(), before);

    desk.directory.resume_agency("104", &support()).unwrap();
    for (name, ask) in &asked {
        if let Err(error) = ask(&desk.agency) {
            assert_ne!(error.code, Code::AgencySuspended, "{name}");
        }
    }
}

fn what_is_not_there_is_not_found(desk: &Desk) {
    let office = desk.office();
    let before = desk.snapshot();
    let found = |result: carekey::Result<()>| {
        let error = result.expect_err("not there");
        assert_eq!(error.kind, ErrorKind::NotFound);
        error.code
    };
    let (account, party) = (AccountId(uuid::Uuid::max()), PartyId(uuid::Uuid::max()));
    let application = ApplicationId(uuid::Uuid::max());
    assert_eq!(found(desk.directory.agency("999").map(drop)), Code::AgencyNotFound);
    assert_eq!(found(desk.directory.agency("").map(drop)), Code::AgencyNotFound);
    assert_eq!(found(office.user(account).map(drop)), Code::AccountNotFound);
    assert_eq!(found(office.disable(account)), Code::AccountNotFound);
    assert_eq!(found(desk.agency.party(party).map(drop)), Code::PartyNotFound);
    assert_eq!(found(office.invite(Invitee::Party(party), None)), Code::PartyNotFound);
    assert_eq!(found(office.unlink(Invitee::Application(application))), Code::ApplicationNotFound);
    assert_eq!(found(office.end_tie(TieId(uuid::Uuid::max()), None)), Code::TieNotFound);
    assert_eq!(found(office.end_grant(GrantId(uuid::Uuid::max()), None)), Code::GrantNotFound);
    for text in ["", "x", "123", "00000000-0000-0000-0000-00000000000g", "{", "'; DROP TABLE account; --"] {
        assert!(text.parse::<AccountId>().is_err() && text.parse::<PartyId>().is_err());
    }
    assert_eq!(desk.snapshot(), before);
}

/// A file that cannot be read to its end.
struct Unreadable;

impl Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("zanzibar"))
    }
}

fn roster_error(file: &[u8]) -> Error {
    let error = Roster::from_csv(file).expect_err("a roster that cannot be read");
    assert_eq!(error.kind, ErrorKind::Invalid);
    error
}

fn rosters_that_cannot_be_read(desk: &Desk) {
    let before = desk.snapshot();
    let error = Roster::from_csv(Unreadable).expect_err("unreadable");
    assert_eq!((error.kind, error.code), (ErrorKind::Invalid, Code::RosterUnreadable));
    assert!(!error.to_string().contains("zanzibar"));
    assert_eq!(roster_error(b"").code, Code::RosterEmpty);
    assert_eq!(roster_error(b"\n\n , ,\n").code, Code::RosterEmpty);
    let error = roster_error(b"Colour,Shape\nred,round\n");
    let missing = error.findings.iter().filter(|finding| finding.code == Code::RosterColumnMissing).count();
    assert_eq!(missing, 2, "all that is missing at once");
    assert_eq!(roster_error(b"Role,Role,Name\n").code, Code::RosterColumnRepeated);
    // 0x81 is neither UTF-8 here nor a character of Windows-1252.
    assert_eq!(roster_error(b"Role,Name\nClient,Ann\x81\n").code, Code::RosterEncoding);
    assert_eq!(roster_error(b"R\0o\0l\0e\0").code, Code::RosterEncoding);
    assert_eq!(roster_error(b"Role,Name\nClient,\"Ann\n").code, Code::RosterMalformed);
    let row = [b"Role,Name\nClient,".as_slice(), &vec![b'x'; 1 << 20], b"\n"].concat();
    assert_eq!(roster_error(&row).code, Code::RosterRowTooLong);
    let columns = [b"Role,Name".as_slice(), &b",x".repeat(10_000), b"\nClient,Ann\n"].concat();
    assert_eq!(roster_error(&columns).code, Code::RosterTooManyColumns);
    assert_eq!(desk.snapshot(), before);
}

fn rows_that_cannot_be_used(desk: &Desk) {
    let file = "Role,Name,Email,Preferred contact\n\
        Dancer,\"Ann, A\",ann@example.com,\n\
        ,\"Ben, B\",ben@example.com,\n\
        Client,,cat@example.com,\n\
        Client,\"Dan, D\",dan@example.com,pigeon\n\
        Client,\"Eve, E\",eve@example.com,,x\n\
        Client,\"=cmd()\",eve@example.com,\n\
        Client,\"Fay, F\",no-at,\n\
        Caregiver,\"Guy, G\",,\n";
    let office = desk.office();
    let before = desk.snapshot();
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    let codes: Vec<Code> = preview
        .rows()
        .iter()
        .map(|row| {
            assert_eq!(row.state(), RowState::Fail, "line {}", row.row.line);
            row.findings.iter().find(|finding| finding.is_error()).unwrap().code
        })
        .collect();
    assert_eq!(
        codes,
        [
            Code::RosterRoleUnknown,
            Code::RosterRoleMissing,
            Code::NameMissing,
            Code::RosterMethodUnknown,
            Code::RosterRowRagged,
            Code::RosterFormula,
            Code::EmailMalformed,
            Code::EmailMissing,
        ]
    );
    let report = office.create(&preview, None, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(report.count(carekey::agency::RowOutcome::Failed), 8);
    for (row, result) in preview.rows().iter().zip(&report.rows) {
        assert_eq!(row.findings, result.findings);
    }
    assert_eq!(desk.snapshot(), before);
    // Stopped before the first piece: nothing; the report says so.
    let preview = office.preview(Roster::from_csv(&b"Role,Name\nClient,Zoe\n"[..]).unwrap()).unwrap();
    let good = Roster::from_csv(&b"Role,Name,Email\nClient,Zoe,zoe@example.com\n"[..]).unwrap();
    assert_eq!(preview.rows().len(), 1);
    let good = office.preview(good).unwrap();
    let report = office.create(&good, None, &mut |_| ControlFlow::Break(())).unwrap();
    let error = report.stopped.expect("it was stopped");
    assert_eq!((error.kind, error.code), (ErrorKind::Cancelled, Code::Cancelled));
    assert_eq!(desk.snapshot(), before);
}

fn secrets_that_are_none(desk: &Desk) {
    let (agency, nowhere) = (&desk.agency, &Source::UNKNOWN);
    let good = Secret::from(GOOD);
    let before = desk.snapshot();
    let code = |result: carekey::Result<()>, kind| {
        let error = result.expect_err("refused");
        assert_eq!(error.kind, kind);
        error.code
    };
    for text in ["", "x", "https://portal.example.com/activate#short", &"y".repeat(100_000), "\u{0}\u{202e}"] {
        for result in [
            agency.activation(text).map(drop),
            agency.activate(text, twice(&good), nowhere).map(drop),
            agency.look_at_invitation(text).map(drop),
            agency.redeem_link(text, None, nowhere).map(drop),
        ] {
            assert_eq!(code(result, ErrorKind::Invalid), Code::LinkMalformed);
        }
        let redeemed = agency.redeem_code(text, "rosa@example.com", None, nowhere);
        assert_eq!(code(redeemed.map(drop), ErrorKind::Invalid), Code::CodeMalformed);
        assert_eq!(code(agency.session(text).map(drop), ErrorKind::Refused), Code::SessionEnded);
        agency.sign_out(text, nowhere).unwrap();
        let step = Secret::from(text);
        let chosen = agency.choose_password(&step, twice(&good), nowhere);
        assert_eq!(code(chosen.map(drop), ErrorKind::Refused), Code::StepRefused);
        let set = agency.set_questions(&step, &answers(), nowhere);
        assert_eq!(code(set.map(drop), ErrorKind::Refused), Code::StepRefused);
        let changed = agency.change_password(text, &good, twice(&good), nowhere);
        assert_eq!(code(changed.map(drop), ErrorKind::Refused), Code::SessionEnded);
        for result in [
            agency.contacts(text, nowhere).map(drop),
            agency.change_contact(text, &good, Method::Email, "sue@example.com", nowhere).map(drop),
            agency.change_questions(text, &good, &answers(), nowhere),
            agency.set_language(text, Locale::Spanish, nowhere),
        ] {
            assert_eq!(code(result, ErrorKind::Refused), Code::SessionEnded);
        }
    }
    // Well formed, and nobody's.
    let link = "mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt";
    assert_eq!(code(agency.activation(link).map(drop), ErrorKind::Refused), Code::StepRefused);
    assert_eq!(code(agency.look_at_invitation(link).map(drop), ErrorKind::Refused), Code::InvitationRefused);
    assert_eq!(desk.snapshot(), before);
    let guess = agency.redeem_code("7K3Q0-D9WX2", "rosa@example.com", None, nowhere);
    assert_eq!(code(guess.map(drop), ErrorKind::Refused), Code::InvitationRefused);
    assert_eq!(desk.snapshot().changed(&before), ["throttle"], "a guess counts, and nothing else");
}

fn parties_ties_and_settings(desk: &Desk) {
    let office = desk.office();
    let family = office.add_party(&new_person("Garcia, Rosa", Role::Family, "")).unwrap().party;
    let before = desk.snapshot();
    let code = |result: carekey::Result<()>| {
        let error = result.expect_err("refused");
        assert_eq!(error.kind, ErrorKind::Invalid);
        error.code
    };
    let add = |new: NewParty| office.add_party(&new).map(drop);
    assert_eq!(code(add(NewParty { name: "Ann".into(), ..NewParty::default() })), Code::PartyRoleMissing);
    assert_eq!(code(add(new_person("", Role::Client, ""))), Code::NameMissing);
    assert_eq!(code(add(new_person("Ann", Role::Community, ""))), Code::PartyRoleUnfit);
    assert_eq!(code(add(new_person("Ann", Role::Client, "no-at"))), Code::EmailMalformed);
    let phone = NewParty { phone: Some("12".into()), ..new_person("Ann", Role::Client, "") };
    assert!(matches!(code(add(phone)), Code::PhoneMalformed | Code::PhoneNotValid));
    let nameless = NewStaff { first_name: " ".into(), last_name: String::new(), ..NewStaff::default() };
    assert!(code(office.create_staff_account(&nameless, None).map(drop)).as_str().starts_with("name."));
    let forbidden = NewStaff { username: Some("a/b".into()), ..new_staff("A", "B") };
    assert_eq!(code(office.create_staff_account(&forbidden, None).map(drop)), Code::UsernameForbiddenCharacter);
    let blank = NewApplication { number: " ".into(), family, submitted_at: None };
    assert_eq!(code(office.add_application(&blank).map(drop)), Code::ApplicationNumberMissing);
    for (change, expected) in [
        ("name", Code::NameMissing),
        ("prefix", Code::AgencyPrefix),
        ("country", Code::AgencyCountry),
        ("link_base", Code::AgencyLinkBase),
        ("owner_email", Code::EmailMalformed),
        ("owner_emails", Code::EmailMalformed),
        ("time_zone", Code::AgencyTimeZone),
        ("policy", Code::PolicyOutOfRange),
        ("pattern", Code::PolicyPattern),
        ("code", Code::AgencyCodeMalformed),
    ] {
        let mut settings = settings("104", quick());
        match change {
            "name" => settings.name = " ".into(),
            "prefix" => settings.prefix = "10 4".into(),
            "country" => settings.country = "usa".into(),
            "link_base" => settings.link_base = "http://portal.example.com".into(),
            "owner_email" => settings.owner_email = Some("no-at".into()),
            "owner_emails" => settings.owner_emails = vec!["owner@example.com".into(), "no-at".into()],
            "time_zone" => settings.time_zone = Some("Middle-earth/Shire".into()),
            "policy" => settings.policy.password.cost.memory_kib = 1024,
            "pattern" => settings.policy.username.staff_pattern = "{nonsense}".into(),
            _ => settings.code = "1 0 4".into(),
        }
        assert_eq!(code(office.change_settings(settings.clone())), expected, "{change}");
        if change != "code" {
            settings.code = "105".into();
        }
        assert_eq!(code(desk.directory.create_agency(settings, &support()).map(drop)), expected, "{change}");
    }
    assert_eq!(code(desk.directory.create_agency(settings("104", quick()), &support()).map(drop)), Code::AgencyExists);
    assert_eq!(desk.snapshot(), before);
}

/// Names, addresses and numbers are in findings, which a form shows, and
/// never in the text of an error, which ends in a log.
fn errors_hold_nothing_personal(desk: &Desk) {
    let office = desk.office();
    let party = NewParty { external_id: Some("zanzibar-7".into()), ..new_person("Zanzibar", Role::Caregiver, "") };
    let known = office.add_party(&party).unwrap().party;
    let application = NewApplication { number: "zanzibar-1".into(), family: known, submitted_at: None };
    office.add_application(&application).unwrap();
    let staff = |username: &str| NewStaff { username: Some(username.into()), ..new_staff("Zanzibar", "Zanzibar") };
    office.create_staff_account(&staff("zanzibar"), None).unwrap();
    let secret = Secret::from("zanzibar");
    let errors = [
        office.add_party(&party).map(drop),
        office.add_party(&new_person("Zanzibar", Role::Client, "zanzibar@zanzibar")).map(drop),
        office.add_application(&application).map(drop),
        office.create_staff_account(&staff("zanzibar"), None).map(drop),
        office.create_staff_account(&staff("zanzibar/"), None).map(drop),
        office.create_account(known, Role::Caregiver, Some("zanzibar@example.com")).map(drop),
        office.create_staff_account(&staff("other"), Some(twice(&secret))).map(drop),
        desk.agency.redeem_code("zanzibar", "zanzibar@example.com", None, &Source::UNKNOWN).map(drop),
        desk.agency.session("zanzibar").map(drop),
        desk.agency.activation("zanzibar").map(drop),
        desk.directory.agency("zanzibar").map(drop),
        Roster::from_csv(&b"Zanzibar,Zanzibar\nx,y\n"[..]).map(drop),
        carekey::Directory::open("zanzibar:zanzibar", &[7; 32]).map(drop),
        carekey::Directory::open("sqlite:/zanzibar/zanzibar/zanzibar.db", &[7; 32]).map(drop),
    ];
    for (number, result) in errors.into_iter().enumerate() {
        let error = result.expect_err("an error");
        for text in [error.to_string(), error.message(Locale::English), error.message(Locale::Spanish)] {
            assert!(!text.to_lowercase().contains("zanzibar"), "{number}: {text}");
        }
    }
}

/// The largest numbers and the last moments that there are: an answer or an
/// error, and never a panic.
fn numbers_and_moments_at_their_ends(desk: &Desk) {
    let (office, agency, targets) = (desk.office(), &desk.agency, targets(desk));
    desk.session(&targets.manager.username, GOOD);
    for days in [0, 1, 5_000_000, u32::MAX] {
        office.review(days).unwrap();
        agency.tidy(days).unwrap();
    }
    let waiting = office.messages(Some(carekey::words::MessageState::Waiting), 0, u64::MAX).unwrap();
    assert_eq!(waiting.len() as u64, waiting.found);
    for (offset, limit) in [(0, 0), (0, u64::MAX), (u64::MAX, 1), (u64::MAX, u64::MAX)] {
        let rows = |all: u64| if offset == 0 && limit > 0 { all } else { 0 };
        let page = agency.find_parties("", offset, limit).unwrap();
        assert!(page.found > 0);
        assert_eq!(page.len() as u64, rows(page.found));
        let page = office.messages(None, offset, limit).unwrap();
        assert_eq!(page.len() as u64, rows(page.found));
        let page = office.applications(None, offset, limit).unwrap();
        assert_eq!(page.len() as u64, rows(page.found));
        let page = office.users(&UserQuery { offset, limit, ..UserQuery::default() }).unwrap();
        assert_eq!(page.users.len() as u64, rows(page.found));
        let page = office.feed(&FeedQuery { limit, ..FeedQuery::default() }).unwrap();
        assert_eq!((page.lines.is_empty(), page.more), (limit == 0, limit <= 1));
        for group in office.window(offset, limit).unwrap() {
            assert_eq!(group.rows.len() as u64, rows(group.total));
        }
    }
    assert_eq!(agency.outbox().claim(0).unwrap().len(), 0);
    assert_eq!(agency.outbox().claim(u64::MAX).unwrap().len() as u64, waiting.found);
    let last = time::OffsetDateTime::new_utc(time::Date::MAX, time::Time::MAX);
    let first = time::OffsetDateTime::new_utc(time::Date::MIN, time::Time::MIDNIGHT);
    let tie = |begins_at, ends_at| NewTie {
        kind: TieKind::Manager,
        who: targets.other,
        of: targets.party,
        begins_at,
        ends_at,
        reference: None,
    };
    for (begins, ends) in [(first, last), (last, last), (first, first)] {
        let _ = office.relate(&tie(Some(begins), Some(ends)));
        let _ = office.grant(targets.other, Resource::Calendar, None, Some(ends), None);
    }
    agency.snapshot(targets.staff.account).unwrap();
    let application = NewApplication { number: "A-9".into(), family: targets.party, submitted_at: Some(last) };
    let _ = office.add_application(&application);
    office.review(u32::MAX).unwrap();
    office.window(0, 9).unwrap();
}
