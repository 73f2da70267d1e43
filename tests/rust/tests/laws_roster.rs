//! The laws of rule B, over rosters that nobody would write by hand.

use std::collections::{BTreeSet, HashMap, HashSet};

use carekey::name::PersonName;
use carekey::roster::{Known, Preview, Roster, RosterRow, RowAction, RowCheck, RowState, Who, WhoDecision};
use carekey::username::{Taken, Usernames};
use carekey::{AccountId, Code, Locale, Method, PartyId, Policy, Role};
use proptest::prelude::*;
use uuid::Uuid;

fn preview(roster: Roster, known: &[Known]) -> Preview {
    preview_with(roster, known, &[])
}

fn preview_with(roster: Roster, known: &[Known], decisions: &[WhoDecision]) -> Preview {
    let policy = Policy::default();
    let taken: Taken = known.iter().filter_map(|known| known.username_canonical.as_deref()).collect();
    let usernames = Usernames::new(&policy.username, "104", "US", taken).expect("a policy");
    roster.preview(known, decisions, usernames, &policy, "US")
}

fn written(preview: &Preview) -> Vec<u8> {
    let mut out = Vec::new();
    preview.write_failed(&mut out, Locale::Spanish).expect("memory can be written");
    out
}

/// What a row says, without its place and its findings.
fn said(row: &RosterRow) -> RosterRow {
    RosterRow { line: 0, findings: Vec::new(), ..row.clone() }
}

/// Everything that a file can be put through.
fn whole_way(bytes: &[u8]) {
    if let Ok(roster) = Roster::from_csv(bytes) {
        let mut preview = preview(roster, &[]);
        let failed: Vec<RosterRow> =
            preview.rows().iter().filter(|row| !row.passes()).map(|row| said(&row.row)).collect();
        let again = Roster::from_csv(written(&preview).as_slice()).expect("what was written can be read");
        assert_eq!(again.rows().iter().map(said).collect::<Vec<_>>(), failed);
        preview.accept_suggestions();
    }
}

/// Cells as people and attackers write them.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => "[A-Z][a-z]{1,6}",
        2 => "[a-z]{1,5}@[a-z]{1,5}\\.(com|org)",
        1 => "\\+?[0-9]{7,11}",
        2 => "['=+@ \t\r\n\",;a-]{0,6}",
        1 => "\\PC{0,10}",
    ]
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(cell())
}

fn row() -> impl Strategy<Value = RosterRow> {
    let name = (text(), text(), text(), text()).prop_map(|(first, middle, last, nickname)| PersonName {
        first,
        middle,
        last,
        nickname,
    });
    let words = (
        prop::option::of(prop::sample::select(Role::ALL)),
        prop::option::of(prop::sample::select(Method::ALL)),
        prop::option::of(prop::sample::select(Locale::ALL)),
        prop::option::of(any::<bool>()),
    );
    (words, name, [text(), text(), text(), text(), text(), text()]).prop_map(
        |(
            (role, preferred, locale, already_created),
            name,
            [organization, username, email, phone, external_id, note],
        )| {
            RosterRow {
                line: 0,
                role,
                name,
                organization,
                username,
                email,
                phone,
                preferred,
                locale,
                external_id,
                note,
                already_created,
                password_hash: None,
                findings: Vec::new(),
            }
        },
    )
}

/// Rows about few people, so that they meet.
fn crowded_row() -> impl Strategy<Value = RosterRow> {
    let pick = |choices: &'static [&'static str]| {
        prop::sample::select(choices).prop_map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()))
    };
    (
        prop::sample::select(&[Role::OfficeStaff, Role::OfficeStaff, Role::Caregiver, Role::Client][..]),
        prop::sample::select(&["Smith, John", "Smith, Jane", "John Smith", "Lee, Ann Q"][..]),
        pick(&["", "", "", "a@example.com", "b@example.com", "c@example.com", "bad@"]),
        pick(&["", "", "", "519 672 1843", "+15196721844", "12"]),
        pick(&["", "", "", "", "E-1", "E-2"]),
        prop::sample::select(&[None, None, Some(Method::Sms)][..]),
    )
        .prop_map(|(role, name, email, phone, external_id, preferred)| RosterRow {
            role: Some(role),
            name: PersonName::parse(name).into_result().expect("a name"),
            email,
            phone,
            external_id,
            preferred,
            ..RosterRow::default()
        })
}

/// The same, with nothing that contradicts: an e-mail or a phone, not one of
/// each person; no identifiers, or one for each name with its e-mail.
fn orderly_rows() -> impl Strategy<Value = Vec<RosterRow>> {
    (prop::collection::vec(crowded_row(), 0..12), any::<bool>()).prop_map(|(mut rows, identified)| {
        for row in &mut rows {
            row.phone = row.phone.take().filter(|_| row.email.is_none());
            row.external_id = identified.then(|| format!("{} {:?}", row.name.key(), row.email));
        }
        rows
    })
}

/// Few people whom the agency knows, as rows that met them would write them.
/// Each has a login of its own name, and an identifier is one person's.
fn crowd() -> impl Strategy<Value = Vec<Known>> {
    prop::collection::vec(crowded_row(), 0..6).prop_map(|rows| {
        let mut ids = HashSet::new();
        (1_u128..).zip(rows).map(|(number, row)| known_as(number, row, &mut ids)).collect()
    })
}

fn known_as(number: u128, row: RosterRow, ids: &mut HashSet<String>) -> Known {
    let contact = |text: Option<String>| text.filter(|text| text.len() > 4);
    let id = row.external_id.clone().filter(|id| ids.insert(id.clone()));
    Known {
        party: PartyId(Uuid::from_u128(number)),
        account: Some(AccountId(Uuid::from_u128(number))),
        active: false,
        joined: false,
        unrecorded: false,
        deleted: false,
        invited: false,
        external_id: id,
        name_key: row.party_name().key(),
        display_name: row.display(),
        nickname: None,
        roles: row.role.into_iter().collect(),
        username_canonical: Some(format!("104user{number}")),
        own_names: Vec::new(),
        account_email: None,
        account_phone: None,
        email_canonical: contact(row.email.clone()),
        phone_e164: contact(row.phone.clone()).map(|_| "+15196721843".to_owned()),
        preferred: row.preferred,
        locale: None,
        note: None,
    }
}

fn is_bare(row: &RosterRow) -> bool {
    [&row.external_id, &row.username, &row.email, &row.phone].iter().all(|it| it.is_none())
}

/// Whether the row is one too many about the person of that line.
fn repeats(row: &RowCheck, line: u64) -> bool {
    row.findings
        .iter()
        .any(|finding| finding.code == Code::RosterRepeatedRow && finding.params.get("line") == Some(&line.into()))
}

/// What an agency knows once it has created what passes.
fn created(preview: &Preview) -> Vec<Known> {
    created_as(preview, |_| true, |line| PartyId(Uuid::from_u128(line.into())))
}

/// The same for the rows that make someone new, as the party of its line.
fn created_as(preview: &Preview, is_new: impl Fn(&RowCheck) -> bool, party: impl Fn(u64) -> PartyId) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    let mut by_line: HashMap<u64, usize> = HashMap::new();
    for check in preview.rows().iter().filter(|check| check.passes()) {
        let role = check.row.role.expect("a row that passes has a role");
        if let Some(first) = check.same_as {
            if let Some(at) = by_line.get(&first) {
                known[*at].roles.insert(role);
            }
            continue;
        }
        if !is_new(check) {
            continue;
        }
        let party = party(check.row.line);
        by_line.insert(check.row.line, known.len());
        known.push(Known {
            party,
            account: Some(AccountId(party.0)),
            active: false,
            joined: false,
            unrecorded: false,
            deleted: false,
            invited: false,
            external_id: check.row.external_id.clone(),
            name_key: check.row.party_name().key(),
            display_name: check.row.display(),
            nickname: check.row.name.nickname.clone(),
            roles: BTreeSet::from([role]),
            username_canonical: check.canonical.clone(),
            own_names: Vec::new(),
            account_email: None,
            account_phone: None,
            email_canonical: check.email.as_ref().map(|email| email.canonical.clone()),
            phone_e164: check.phone.as_ref().map(|phone| phone.e164.clone()),
            preferred: check.row.preferred,
            locale: check.row.locale,
            note: check.row.note.clone(),
        });
    }
    known
}

/// What a roster made of these rows makes of them again, with what was decided
/// kept as [`WhoDecision`] says: it asks nothing and makes nothing.
fn makes_nothing_twice(rows: Vec<RosterRow>, known: Vec<Known>) {
    let mut first = preview(Roster::from_rows(rows.clone()), &known);
    let waiting: Vec<(u64, Who)> =
        first.rows().iter().filter(|row| !row.maybe.is_empty()).map(|row| (row.row.line, Who::Another)).collect();
    first.decide_all(&waiting).expect("all of them wait");
    first.accept_suggestions();
    let party = |line: u64| PartyId(Uuid::from_u128(1000 + u128::from(line)));
    let new = created_as(&first, |check| check.party.is_none() && check.action == RowAction::Create, party);
    let kept: Vec<WhoDecision> = first
        .rows()
        .iter()
        .filter_map(|row| {
            let decision = row.decision.clone()?;
            let made = row.passes() && row.party.is_none();
            Some(if made { WhoDecision { who: Who::Same(party(row.row.line)), ..decision } } else { decision })
        })
        .collect();
    let known: Vec<Known> = known.into_iter().chain(new).collect();
    let second = preview_with(Roster::from_rows(rows), &known, &kept);
    for (before, after) in first.rows().iter().zip(second.rows()) {
        assert!(after.maybe.is_empty() || !before.passes(), "{:?}", after);
        assert!(!(before.passes() && after.passes() && after.party.is_none()), "{:?}", after);
    }
}

/// Two have the name and the phone, and other rows are about both: whether a
/// row with the name and the phone is a third is not for carekey to say (C4).
#[test]
fn of_namesakes_who_share_a_phone_it_is_asked() {
    let rows = |text: &str| {
        Roster::from_csv(format!("role,first name,last name,email,cell\n{text}").as_bytes())
            .expect("rows")
            .rows()
            .to_vec()
    };
    let mut ids = HashSet::new();
    let of_two = rows(
        "office staff,John,Smith,b@example.com,519 672 1843\noffice staff,John,Smith,a@example.com,519 672 1843\n",
    );
    let known: Vec<Known> = (1..).zip(of_two).map(|(number, row)| known_as(number, row, &mut ids)).collect();
    let rows = rows(
        "office staff,John,Smith,,519 672 1843\noffice staff,John,Smith,a@example.com,\noffice staff,John,Smith,,\noffice staff,John,Smith,b@example.com,\n",
    );
    let asked = preview(Roster::from_rows(rows.clone()), &known);
    assert_eq!(asked.rows()[0].maybe, [known[0].party, known[1].party]);
    makes_nothing_twice(rows, known);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        whole_way(&bytes);
    }

    #[test]
    fn no_change_to_a_real_file_makes_it_panic(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..12)) {
        let mut bytes = include_bytes!("../../rosters/bulk-window.csv").to_vec();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.truncate(at.max(1)); }
            }
        }
        whole_way(&bytes);
    }

    #[test]
    fn no_cells_get_lost_on_the_way_out_and_in(lines in prop::collection::vec(prop::collection::vec(cell(), 1..8), 0..8)) {
        let mut csv = String::from("Role;Name;Email;Cell;Note;=Other\n");
        for line in lines {
            let cells: Vec<String> = line.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            csv.push_str(&cells.join(";"));
            csv.push('\n');
        }
        whole_way(csv.as_bytes());
    }

    #[test]
    fn rows_that_fail_read_back_as_they_were(rows in prop::collection::vec(row(), 0..8)) {
        let preview = preview(Roster::from_rows(rows), &[]);
        let failed: Vec<_> = preview.rows().iter().filter(|row| !row.passes()).map(|row| said(&row.row)).collect();
        let again = Roster::from_csv(written(&preview).as_slice()).expect("what was written can be read");
        prop_assert!(again.findings().is_empty());
        prop_assert_eq!(again.rows().iter().map(said).collect::<Vec<_>>(), failed);
    }

    #[test]
    fn no_written_cell_runs_in_a_spreadsheet(rows in prop::collection::vec(row(), 0..8)) {
        let out = written(&preview(Roster::from_rows(rows), &[]));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(out.as_slice());
        for record in reader.records() {
            for cell in &record.expect("CSV") {
                let cell = cell.trim_start_matches([' ', '\u{feff}']);
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?}", cell);
            }
        }
    }

    #[test]
    fn the_same_roster_gives_the_same_preview(rows in prop::collection::vec(crowded_row(), 0..12)) {
        let one = preview(Roster::from_rows(rows.clone()), &[]);
        let other = preview(Roster::from_rows(rows), &[]);
        prop_assert_eq!(one.rows(), other.rows());
    }

    #[test]
    fn no_two_people_get_one_username(rows in prop::collection::vec(crowded_row(), 0..12)) {
        let mut preview = preview(Roster::from_rows(rows), &[]);
        preview.accept_suggestions();
        let mut seen = HashSet::new();
        for row in preview.rows().iter().filter(|row| row.passes() && row.same_as.is_none()) {
            prop_assert!(seen.insert(row.canonical.clone().expect("a username")));
        }
        let summary = preview.summary();
        prop_assert_eq!(summary.rows, summary.create + summary.update + summary.unchanged + summary.waiting + summary.failed);
        for row in preview.rows() {
            prop_assert_eq!(row.state() == RowState::Pass, row.findings.iter().all(|finding| !finding.is_error()));
            prop_assert!(row.state() != RowState::Pass || row.username.is_some());
        }
    }

    #[test]
    fn a_roster_that_was_created_changes_nothing(rows in orderly_rows()) {
        let mut first = preview(Roster::from_rows(rows.clone()), &[]);
        first.accept_suggestions();
        let known = created(&first);
        let second = preview(Roster::from_rows(rows), &known);
        prop_assert!(second.gone().is_empty());
        for (before, after) in first.rows().iter().zip(second.rows()) {
            if before.passes() {
                prop_assert_eq!(after.state(), RowState::Pass, "{:?}", after);
                prop_assert_eq!(after.action, RowAction::Unchanged, "{:?}", after);
            }
        }
    }

    /// Also where rows contradict each other about who is who: another row of
    /// the person may pass then, but nobody gets a second account.
    #[test]
    fn a_roster_that_was_created_makes_nothing_twice(rows in prop::collection::vec(crowded_row(), 0..12)) {
        let mut first = preview(Roster::from_rows(rows.clone()), &[]);
        first.accept_suggestions();
        let second = preview(Roster::from_rows(rows), &created(&first));
        for (before, after) in first.rows().iter().zip(second.rows()) {
            prop_assert!(!(before.passes() && after.passes() && after.action == RowAction::Create), "{:?}", after);
        }
    }

    /// C4: a namesake gets nothing of whom the agency knows.
    #[test]
    fn nobody_is_known_by_the_name_alone(rows in prop::collection::vec(crowded_row(), 0..12), known in crowd()) {
        let preview = preview(Roster::from_rows(rows), &known);
        for check in preview.rows().iter().filter(|check| check.same_as.is_none()) {
            let Some(party) = check.party else { continue };
            let party = known.iter().find(|known| known.party == party).expect("someone known");
            let by_id = check.row.external_id.is_some() && check.row.external_id == party.external_id;
            let named = check.row.party_name().key() == party.name_key;
            let email = check.email.as_ref().map(|email| &email.canonical);
            let phone = check.phone.as_ref().map(|phone| &phone.e164);
            let by_contact = email.is_some_and(|email| party.email_canonical.as_ref() == Some(email))
                || phone.is_some_and(|phone| party.phone_e164.as_ref() == Some(phone));
            let bare = is_bare(&check.row) && [&party.external_id, &party.email_canonical, &party.phone_e164].iter().all(|it| it.is_none());
            let later = preview.rows().iter().any(|row| row.same_as == Some(check.row.line))
                || check.findings.iter().any(|finding| finding.code == Code::RosterRepeatedRow)
                || preview.rows().iter().any(|row| repeats(row, check.row.line));
            prop_assert!((named && (by_contact || by_id || bare)) || (by_id && by_contact) || later, "{:?} {:?}", check, party);
        }
    }

    #[test]
    fn a_decision_is_asked_once(rows in prop::collection::vec(crowded_row(), 0..12), known in crowd(), answers in prop::collection::vec(any::<bool>(), 12)) {
        let mut decided = preview(Roster::from_rows(rows.clone()), &known);
        let mut asked = HashSet::new();
        // A decision may leave another row without the person it was about.
        while let Some(row) = decided.rows().iter().find(|row| !row.maybe.is_empty()) {
            let line = row.row.line;
            prop_assert!(asked.insert(line), "asked again: {:?}", row);
            let same = answers[(line - 1) as usize];
            let who = if same { Who::Same(row.maybe[0]) } else { Who::Another };
            // Whom it may be, it can be, but for those whom another line is about.
            let taken = decided.rows().iter().any(|other| other.party == Some(row.maybe[0]) && other.row.role == row.row.role);
            if let (true, Who::Same(_)) = (taken, who) {
                let error = decided.decide(line, who).expect_err("one row too many");
                prop_assert_eq!(error.findings[0].code, Code::RosterRepeatedRow);
            }
            let row = decided.decide(line, if taken { Who::Another } else { who }).expect("a decision");
            prop_assert!(row.maybe.is_empty(), "{:?}", row);
            prop_assert!(row.findings.iter().all(|finding| finding.code != Code::RosterMaybeSame));
        }
        // As they are kept: through JSON, and in whatever order.
        let text = serde_json::to_string(&decided.decisions()).expect("JSON");
        let mut kept: Vec<WhoDecision> = serde_json::from_str(&text).expect("decisions");
        kept.reverse();
        let again = preview_with(Roster::from_rows(rows), &known, &kept);
        prop_assert_eq!(again.rows(), decided.rows());
        prop_assert_eq!(again.gone(), decided.gone());
        prop_assert!(again.decisions().is_empty());
    }

    /// With what was decided kept as `WhoDecision` says, the same roster again
    /// asks nothing and makes nothing.
    #[test]
    fn a_roster_that_was_decided_on_makes_nothing_twice(rows in orderly_rows(), known in crowd()) {
        makes_nothing_twice(rows, known);
    }

    /// Judging again after a decision undoes no other.
    #[test]
    fn suggestions_and_decisions_go_together(rows in prop::collection::vec(crowded_row(), 0..12), known in crowd()) {
        let mut preview = preview(Roster::from_rows(rows), &known);
        preview.accept_suggestions();
        let waiting: Vec<(u64, Who)> =
            preview.rows().iter().filter(|row| !row.maybe.is_empty()).map(|row| (row.row.line, Who::Another)).collect();
        preview.decide_all(&waiting).expect("all of them wait");
        preview.accept_suggestions();
        let mut seen = HashSet::new();
        for row in preview.rows() {
            prop_assert!(row.state() != RowState::Waiting, "{:?}", row);
            if row.passes() && row.same_as.is_none() {
                prop_assert!(seen.insert(row.canonical.clone().expect("a username")), "{:?}", row);
            }
        }
    }

    #[test]
    fn a_crash_half_way_makes_nothing_twice(rows in orderly_rows(), done in 0usize..12) {
        let mut first = preview(Roster::from_rows(rows.clone()), &[]);
        first.accept_suggestions();
        let all = created(&first);
        let known: Vec<Known> = all.iter().take(done).cloned().collect();
        let mut second = preview(Roster::from_rows(rows), &known);
        second.accept_suggestions();
        let made = second.rows().iter().filter(|row| row.passes() && row.action == RowAction::Create).count();
        prop_assert_eq!(known.len() + made, all.len());
    }
}

#[test]
fn a_hundred_thousand_of_one_name_are_so_many_people() {
    let mut csv = String::from("Role,Name,Email,Cell,ID\n");
    for number in 0..100_000 {
        csv.push_str(&format!("Caregiver,\"Smith, John\",j{number}@example.com,,E-{number}\n"));
    }
    let preview = preview(Roster::from_csv(csv.as_bytes()).expect("a roster"), &[]);
    assert_eq!(preview.summary().create, 100_000);
}

/// As many rows with one name and one phone as people who have both, and whom
/// other rows are about: each is asked about, and none goes through all of them.
#[test]
fn a_hundred_thousand_who_share_a_phone_are_each_asked_about() {
    const MANY: usize = 100_000;
    let roster = |rows: String| {
        Roster::from_csv(format!("role,first name,last name,email,cell,id\n{rows}").as_bytes()).expect("a roster")
    };
    let row = |email: String, phone: &str, id: String| format!("Office staff,John,Smith,{email},{phone},{id}\n");
    let email = |number: usize| format!("john{number}@example.com");
    let mut ids = HashSet::new();
    let of_known = roster((0..MANY).map(|number| row(email(number), "519 672 1843", String::new())).collect());
    let known: Vec<Known> =
        (1..).zip(of_known.rows()).map(|(number, row)| known_as(number, row.clone(), &mut ids)).collect();
    let found = (0..MANY).map(|number| row(email(number), "", String::new()));
    let asked = (0..MANY).map(|number| row(String::new(), "519 672 1843", format!("E-{number}")));
    let preview = preview(roster(found.chain(asked).collect()), &known);
    let last = preview.rows().last().expect("a row");
    assert_eq!((last.maybe.len(), last.state()), (10, RowState::Waiting));
}
