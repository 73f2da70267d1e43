//! Histories over the years (H): a part of them exported, and old lines removed.
//!
//! Who would want to break it: a host with the database who removes lines and says
//! that it was retention, or takes the checkpoint away, or puts lines back; support
//! with the export of another range, agency or day; whoever edits an export; a
//! machine that dies between two commits; those who write meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use carekey::agency::{FeedQuery, HistoryExport, HistoryRange, verify_export, verify_history_export};
use carekey::history::Line;
use carekey::store::{Record, Select, Store, record};
use carekey::words::EventKind;
use carekey::{AccountId, Agency, Code, Office, Role};
use carekey_tests::between::Between;
use carekey_tests::desk::{Desk, GOOD, KEY, Person, new_person, new_staff, quick, settings, support};
use carekey_tests::race::race;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use time::{Duration, OffsetDateTime};

carekey_tests::on_every_store! { quick();
    what_remains_is_verified_and_what_is_gone_is_in_the_export, a_follower_is_told_that_lines_are_gone,
    nothing_but_an_export_of_all_lines_as_they_are_removes_any, writers_go_on_meanwhile,
    of_one_account_and_of_a_range,
}

/// Some people to whom much has happened, over a year: a month between all.
fn year(desk: &Desk) -> Vec<Person> {
    desk.cheap_hashes();
    let manager = desk.manager("Mia", "First");
    let mut people = vec![manager];
    for month in 0..6 {
        desk.clock.advance(Duration::days(30));
        let carer = desk.caregiver(&format!("Sue{month} Wright"), &format!("sue{month}@example.com"));
        desk.as_person(&people[0]).disable(carer.account).unwrap();
        desk.as_person(&people[0]).enable(carer.account).unwrap();
        desk.session(&carer.username, GOOD);
        desk.office().add_party(&new_person(&format!("Kim{month} Reed"), Role::Contact, "")).unwrap();
        people.push(carer);
    }
    desk.office().delete_party(people[1].party.unwrap()).unwrap();
    desk.clock.advance(Duration::days(30));
    people
}

/// Everything up to that moment.
fn up_to(until: OffsetDateTime) -> HistoryRange {
    HistoryRange { until: Some(until), ..HistoryRange::default() }
}

fn export(office: &Office, range: &HistoryRange) -> (Vec<u8>, HistoryExport) {
    let mut bytes = Vec::new();
    let made = office.export_history(range, &mut bytes).unwrap();
    assert_eq!(verify_history_export(&mut bytes.as_slice(), &KEY).unwrap(), made);
    (bytes, made)
}

fn trim(office: &Office, bytes: &[u8]) -> carekey::Result<u64> {
    office.trim_history(&mut &*bytes).map(|done| done.lines)
}

fn code_of<T>(result: carekey::Result<T>) -> Code {
    result.err().expect("refused").code
}

/// Every history of the agency: all accounts' and its own.
fn histories(agency: &Agency, people: &[Person]) -> BTreeMap<Option<AccountId>, Vec<Line>> {
    let own = (None, agency.agency_history().unwrap());
    let of = |person: &Person| (Some(person.account), agency.history(person.account).unwrap());
    people.iter().map(of).chain([own]).collect()
}

fn whole(agency: &Agency, people: &[Person]) {
    for person in people {
        agency.verify_history(person.account).unwrap();
    }
    agency.verify_agency_history().unwrap();
}

/// The lines of an export, by whose they are.
fn lines_of(bytes: &[u8]) -> Vec<Line> {
    let text = std::str::from_utf8(bytes).unwrap();
    let line = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let mac = data_encoding::HEXLOWER.decode(value["mac"].as_str()?.as_bytes()).ok()?;
        let line: Line = serde_json::from_value(value.get("line")?.clone()).ok()?;
        Some(Line { mac, ..line })
    };
    text.lines().filter_map(line).collect()
}

fn what_remains_is_verified_and_what_is_gone_is_in_the_export(desk: &Desk) {
    let people = year(desk);
    let office = desk.office();
    let before = histories(&desk.agency, &people);
    let described: Vec<_> =
        office.users(&Default::default()).unwrap().users.into_iter().map(|user| user.description).collect();
    let until = desk.clock.now() - Duration::days(100);
    let (bytes, made) = export(&office, &up_to(until));
    assert_eq!((made.account, made.since, made.until, made.removed), (None, None, until, 0));
    let gone = lines_of(&bytes);
    assert_eq!(gone.len() as u64, made.lines);
    assert!(gone.iter().all(|line| line.at < until));

    assert_eq!(trim(&office, &bytes).unwrap(), made.lines);
    whole(&desk.agency, &people);
    let after = histories(&desk.agency, &people);
    let mut removed = 0;
    for (whose, lines) in &before {
        let left: Vec<&Line> = after[whose].iter().collect();
        for line in lines {
            assert_eq!(left.contains(&line), line.at >= until, "{line:?}");
            assert_eq!(gone.contains(line), line.at < until, "{line:?}");
            removed += usize::from(line.at < until);
        }
        // What was there stays as it is, and a checkpoint is behind it.
        let said = left.iter().filter(|line| line.kind == EventKind::HistoryCheckpoint).count();
        let was_old = lines.iter().any(|line| line.at < until);
        assert_eq!(said, usize::from(was_old && whose.is_some()), "{whose:?}");
    }
    assert!(removed > 20 && removed <= gone.len());
    let told = after[&None].iter().find(|line| line.kind == EventKind::HistoryTrimmed).unwrap();
    assert_eq!((told.actor_name.as_str(), told.details.len()), ("Pat Long", 2));
    // What lists say was done last is not read from the lines.
    let still: Vec<_> =
        office.users(&Default::default()).unwrap().users.into_iter().map(|user| user.description).collect();
    assert_eq!(still, described);

    // Once more, nothing: no line either.
    let lines = desk.agency.agency_history().unwrap().len();
    assert_eq!(trim(&office, &bytes).unwrap(), 0);
    assert_eq!(desk.agency.agency_history().unwrap().len(), lines);

    // Life goes on, and the next year's removal stands on the first.
    desk.as_person(&people[0]).disable(people[2].account).unwrap();
    desk.clock.advance(Duration::days(365));
    let (second, made) = export(&office, &HistoryRange::default());
    assert!(made.removed >= gone.len() as u64);
    let left: usize = histories(&desk.agency, &people).values().map(Vec::len).sum();
    assert!(trim(&office, &second).unwrap() > 0);
    whole(&desk.agency, &people);
    let few: usize = histories(&desk.agency, &people).values().map(Vec::len).sum();
    assert!(few < left, "{few} of {left}");
    // Everyone whom it saw begin is known still, and an agency's end has it all.
    let mut all = Vec::new();
    desk.directory.export_agency("104", &mut all, &support()).unwrap();
    verify_export(&mut all.as_slice(), &KEY).unwrap();
    // An old export that is within what is gone removes nothing.
    assert_eq!(trim(&office, &bytes).unwrap(), 0);
}

fn a_follower_is_told_that_lines_are_gone(desk: &Desk) {
    let office = desk.office();
    let early = office.feed(&FeedQuery { limit: 1, ..FeedQuery::default() }).unwrap().next;
    let people = year(desk);
    let page = |after: &str| {
        office.feed(&FeedQuery { after: Some(after.to_owned()), limit: u64::MAX, ..FeedQuery::default() })
    };
    let newest = page(&early).unwrap();
    let until = desk.clock.now() - Duration::days(100);
    let (bytes, _) = export(&office, &up_to(until));
    trim(&office, &bytes).unwrap();
    let error = page(&early).unwrap_err();
    assert_eq!(error.code, Code::CursorRemoved);
    assert_eq!(error.params["since"], "2026-06-20T09:00:00Z".into());
    // Who was not behind goes on: what the removal told is all that is new.
    let kinds: Vec<EventKind> = page(&newest.next).unwrap().lines.into_iter().map(|line| line.line.kind).collect();
    assert_eq!(kinds, [EventKind::HistoryExported, EventKind::HistoryTrimmed]);
    // From the beginning: what is there, each line once.
    let all = office.feed(&FeedQuery { limit: u64::MAX, ..FeedQuery::default() }).unwrap().lines;
    assert!(all.iter().all(|line| line.line.at >= until));
    let shown: BTreeSet<Vec<u8>> = all.iter().map(|line| line.line.mac.clone()).collect();
    assert_eq!(shown.len(), all.len());
    for lines in histories(&desk.agency, &people).values() {
        for line in lines.iter().filter(|line| line.kind != EventKind::HistoryCheckpoint) {
            assert!(shown.contains(&line.mac), "{line:?}");
        }
    }
    // One that never was is another thing.
    assert_eq!(code_of(page("a0190000000007000800000000000ffff")), Code::CursorRemoved);
    assert_eq!(code_of(page("affffffffffff7000bfffffffffffffff")), Code::CursorNotFound);
}

fn nothing_but_an_export_of_all_lines_as_they_are_removes_any(desk: &Desk) {
    let people = year(desk);
    let office = desk.office();
    let until = desk.clock.now() - Duration::days(100);
    let before = histories(&desk.agency, &people);
    let (bytes, _) = export(&office, &up_to(until));
    // Not by a manager, nor by the host's own program.
    let manager = desk.as_person(&people[0]);
    assert_eq!(code_of(trim(&manager, &bytes)), Code::ActorNotAllowed);
    let system = desk.agency.acting_as(carekey::Actor::System("tidy".to_owned()));
    assert_eq!(code_of(trim(&system, &bytes)), Code::ActorNotAllowed);
    // A manager exports; a caregiver does not.
    export(&manager, &up_to(until));
    let carer = desk.as_person(&people[3]);
    assert_eq!(code_of(carer.export_history(&up_to(until), &mut Vec::new())), Code::ActorNotAllowed);
    // Of one account; of a later beginning; of another agency.
    let one = HistoryRange { account: Some(people[2].account), ..up_to(until) };
    let late = HistoryRange { since: Some(until - Duration::days(60)), ..up_to(until) };
    let other = desk.directory.create_agency(settings("105", quick()), &support()).unwrap().acting_as(support());
    for (office, range) in [(&office, &one), (&office, &late), (&other, &up_to(until))] {
        let (bytes, _) = export(office, range);
        assert_eq!(code_of(trim(&desk.office(), &bytes)), Code::HistoryNotExported);
    }
    // Any byte of it, any line of it.
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for left_out in 0..lines.len() {
        let without: String =
            lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| format!("{line}\n")).collect();
        let code = code_of(trim(&office, without.as_bytes()));
        assert!(matches!(code, Code::ExportMalformed | Code::ExportBroken | Code::HistoryBroken), "{left_out}: {code}");
    }
    for at in (0..bytes.len()).step_by(41) {
        let mut edited = bytes.clone();
        edited[at] ^= 1;
        let code = code_of(trim(&office, &edited));
        assert!(matches!(code, Code::ExportMalformed | Code::ExportBroken | Code::HistoryBroken), "{at}: {code}");
    }
    let moved: String = text.replace(lines[3], "@").replace(lines[4], lines[3]).replace('@', lines[4]);
    assert!(trim(&office, moved.as_bytes()).is_err());
    assert_eq!(code_of(verify_history_export(&mut bytes.as_slice(), &[8; 32])), Code::HistoryBroken);
    assert_eq!(code_of(trim(&office, b"")), Code::ExportMalformed);
    // Nothing of all that took a line.
    let after = histories(&desk.agency, &people);
    for (whose, lines) in before {
        assert!(lines.iter().all(|line| after[&whose].contains(line)));
    }
    // An account that is not there.
    let nobody = HistoryRange { account: Some(AccountId(uuid::Uuid::nil())), ..HistoryRange::default() };
    assert_eq!(code_of(office.export_history(&nobody, &mut Vec::new())), Code::AccountNotFound);
}

fn writers_go_on_meanwhile(desk: &Desk) {
    let people = year(desk);
    let until = desk.clock.now() - Duration::days(100);
    let (bytes, made) = export(&desk.office(), &up_to(until));
    let done = race(5, |number| match number {
        0 | 1 => trim(&desk.office(), &bytes).unwrap(),
        number => {
            for turn in 0..10u8 {
                desk.office().set_note(people[number].account, &format!("note {turn}")).unwrap();
                let name = format!("P{}", char::from(b'A' + turn));
                desk.office().add_party(&new_person(&name, Role::Contact, "")).unwrap();
            }
            0
        }
    });
    assert_eq!(done.iter().sum::<u64>(), made.lines);
    whole(&desk.agency, &people);
    let old = |line: &Line| line.at < until;
    assert!(histories(&desk.agency, &people).values().flatten().all(|line| !old(line)));
}

fn of_one_account_and_of_a_range(desk: &Desk) {
    let people = year(desk);
    let (from, until) = (desk.clock.now() - Duration::days(160), desk.clock.now() - Duration::days(50));
    for person in &people {
        let lines = desk.agency.history(person.account).unwrap();
        let range = HistoryRange { account: Some(person.account), since: Some(from), until: Some(until) };
        let (bytes, made) = export(&desk.office(), &range);
        let wanted: Vec<Line> = lines.into_iter().filter(|line| line.at >= from && line.at < until).collect();
        assert_eq!(lines_of(&bytes), wanted);
        assert_eq!((made.lines, made.since, made.until), (wanted.len() as u64, Some(from), until));
    }
    // No range ends later than now, so that what it says is whole.
    let (_, made) = export(&desk.office(), &up_to(desk.clock.now() + Duration::days(9)));
    assert_eq!(made.until, desk.clock.now());
}

/// A desk on a file, trimmed, and the file behind its back.
fn trimmed() -> (Desk, Vec<Person>, Vec<u8>, Connection) {
    let desk = Desk::sqlite(quick());
    let people = year(&desk);
    let until = desk.clock.now() - Duration::days(100);
    let (bytes, _) = export(&desk.office(), &up_to(until));
    trim(&desk.office(), &bytes).unwrap();
    let raw = Connection::open(desk.file()).unwrap();
    raw.execute("DROP INDEX event_one_subject_sequence", []).unwrap();
    (desk, people, bytes, raw)
}

/// Whether something that was done behind its back is found.
fn is_found(desk: &Desk, account: AccountId) -> bool {
    desk.agency.verify_history(account).is_err() || desk.agency.verify_agency_history().is_err()
}

#[test]
fn a_host_who_removes_or_forges_a_checkpoint_is_found() {
    let (desk, people, bytes, raw) = trimmed();
    whole(&desk.agency, &people);
    let subject = |id: uuid::Uuid| id.as_bytes().to_vec();
    let strand: Vec<u8> =
        raw.query_row("SELECT subject FROM event WHERE kind = 'history.trimmed'", [], |row| row.get(0)).unwrap();
    for (whose, what) in [(subject(people[2].account.0), "an account"), (strand, "a strand")] {
        let try_out = |sql: &str, is_done: bool| {
            raw.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM event").unwrap();
            let done = raw.execute(sql, params![whose]).unwrap();
            assert_eq!(done > 0, is_done, "{what}: {sql}");
            assert!(is_found(&desk, people[2].account), "{what}: {sql}");
            // As it was.
            raw.execute_batch("DELETE FROM event; INSERT INTO event SELECT * FROM kept; DROP TABLE kept").unwrap();
            assert!(!is_found(&desk, people[2].account));
        };
        let checkpoint = "kind = 'history.checkpoint' AND subject = ?1";
        // It is taken away.
        try_out(&format!("DELETE FROM event WHERE {checkpoint}"), true);
        // It says that more is gone, or less, or ends elsewhere.
        for said in ["through", "head", "until"] {
            let with = if said == "through" { "3" } else { "'00'" };
            try_out(
                &format!("UPDATE event SET details = json_set(details, '$.{said}', {with}) WHERE {checkpoint}"),
                true,
            );
        }
        // It becomes another line, and another line becomes one.
        try_out(&format!("UPDATE event SET kind = 'note.changed' WHERE {checkpoint}"), true);
        // More goes than it says.
        try_out(
            "DELETE FROM event WHERE subject = ?1 AND sequence = (SELECT min(sequence) FROM event WHERE subject = ?1)",
            true,
        );
    }
    // Lines of the export are put back as they were: each by itself, all together,
    // and all without the checkpoint.
    let id = people[2].account.0;
    let gone: Vec<Line> = lines_of(&bytes).into_iter().filter(|line| line.subject == id).collect();
    assert!(!gone.is_empty() && !is_found(&desk, people[2].account));
    for line in &gone {
        put_back(&raw, line);
        assert!(is_found(&desk, people[2].account), "{line:?}");
        raw.execute("DELETE FROM event WHERE subject = ? AND mac = ?", params![subject(id), line.mac]).unwrap();
    }
    assert!(!is_found(&desk, people[2].account));
    gone.iter().for_each(|line| put_back(&raw, line));
    assert!(is_found(&desk, people[2].account));
    raw.execute("DELETE FROM event WHERE kind = 'history.checkpoint' AND subject = ?", [subject(id)]).unwrap();
    assert_eq!(code_of(desk.agency.verify_history(people[2].account)), Code::HistoryCut);
}

/// Puts a line back as a store had it, but for its place in the feed: before all
/// that is there.
fn put_back(raw: &Connection, line: &Line) {
    let millis = i64::try_from(line.at.unix_timestamp_nanos() / 1_000_000).unwrap();
    let id = uuid::Builder::from_unix_timestamp_millis(millis as u64, line.mac[..10].try_into().unwrap()).into_uuid();
    let sql =
        "INSERT INTO event SELECT agency, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM event LIMIT 1";
    let account = line.actor_account.map(|account| account.0.as_bytes().to_vec());
    let details = serde_json::to_string(&line.details).unwrap();
    let row = params![
        id.as_bytes().to_vec(),
        line.subject.as_bytes().to_vec(),
        line.sequence,
        millis,
        line.kind.as_str(),
        line.actor.as_str(),
        account,
        line.actor_name,
        details,
        line.source,
        line.mac,
        line.sequence - 1_000_000,
    ];
    assert_eq!(raw.execute(sql, row).unwrap(), 1);
}

/// The head of a day is what a checkpoint says of that day: a host who kept it, and
/// makes a line with it, has not the key to chain that line.
#[test]
fn a_checkpoint_made_of_a_kept_head_is_found() {
    let desk = Desk::sqlite(quick());
    desk.cheap_hashes();
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let raw = Connection::open(desk.file()).unwrap();
    let id = sue.account.0.as_bytes().to_vec();
    let (length, head): (i64, Vec<u8>) = raw
        .query_row("SELECT history_length, history_head FROM account WHERE id = ?", [&id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    desk.office().set_note(sue.account, "one").unwrap();
    desk.office().set_note(sue.account, "two").unwrap();
    whole(&desk.agency, std::slice::from_ref(&sue));
    raw.execute("DELETE FROM event WHERE subject = ? AND sequence <= ?", params![id, length]).unwrap();
    assert_eq!(code_of(desk.agency.verify_history(sue.account)), Code::HistoryBroken);
    let details = serde_json::json!({ "through": length, "head": data_encoding::HEXLOWER.encode(&head) }).to_string();
    // In place of a line that was there, and behind the last one.
    for put in [
        "UPDATE event SET kind = 'history.checkpoint', details = ?2 WHERE subject = ?1 AND sequence = (SELECT max(sequence) FROM event WHERE subject = ?1)",
        "INSERT INTO event SELECT agency, randomblob(16), 1, subject, sequence + 1, at, 'history.checkpoint', actor, actor_account, actor_name, ?2, source, mac, serial + 1000 FROM event WHERE subject = ?1 ORDER BY sequence DESC LIMIT 1",
    ] {
        raw.execute(put, params![id, details]).unwrap();
        assert!(desk.agency.verify_history(sue.account).is_err());
    }
    // Nor does support launder what is not whole.
    assert!(desk.office().export_history(&HistoryRange::default(), &mut Vec::new()).is_err());
}

/// What began before the moment is known for ever: an account that is taken away
/// with all its lines is missed, though the line that named it is gone.
#[test]
fn an_account_taken_away_whole_is_missed_after_its_anchor_was_removed() {
    let (desk, people, bytes, raw) = trimmed();
    let anchored = lines_of(&bytes).into_iter().any(|line| line.kind == EventKind::HistoriesBegun);
    assert!(anchored, "the lines that name them are among those that went");
    let id = people[2].account.0.as_bytes().to_vec();
    raw.execute("DELETE FROM event WHERE subject = ?", [&id]).unwrap();
    raw.execute("DELETE FROM account WHERE id = ?", [&id]).unwrap();
    assert_eq!(code_of(desk.agency.verify_agency_history()), Code::HistoryRemoved);
}

/// A history that was tampered with is neither exported nor removed.
#[test]
fn what_is_not_whole_is_not_removed() {
    let desk = Desk::sqlite(quick());
    let people = year(&desk);
    let (bytes, _) = export(&desk.office(), &HistoryRange::default());
    let raw = Connection::open(desk.file()).unwrap();
    let id = people[2].account.0.as_bytes().to_vec();
    let sql = "UPDATE event SET actor_name = 'Someone Else' WHERE subject = ? AND sequence = 2";
    assert_eq!(raw.execute(sql, [&id]).unwrap(), 1);
    let lines: i64 = raw.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
    assert_eq!(code_of(trim(&desk.office(), &bytes)), Code::HistoryBroken);
    let left: i64 = raw.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
    assert_eq!(left, lines);
}

/// Whoever dies between two commits, at whichever: what is there is whole, and the
/// same export goes on from there.
#[test]
fn killed_between_two_commits_it_goes_on() {
    let mut commits = 0;
    loop {
        let between = Between::default();
        let desk = Desk::on(between.clone(), quick());
        let people = year(&desk);
        let until = desk.clock.now() - Duration::days(100);
        let (bytes, made) = export(&desk.office(), &up_to(until));
        between.dies_after(commits);
        let first = trim(&desk.office(), &bytes);
        between.lives();
        whole(&desk.agency, &people);
        let left = || {
            let rows = between.find(&Select::all::<record::Event>(desk.agency.id())).unwrap();
            rows.into_iter().filter(|row| record::Event::from_row(row.clone()).unwrap().at < until).count()
        };
        let some = left();
        let more = trim(&desk.office(), &bytes).unwrap();
        whole(&desk.agency, &people);
        assert_eq!(left(), 0);
        if let Ok(lines) = first {
            assert_eq!((lines, more, some), (made.lines, 0, 0));
            assert!(commits > 3, "{commits}");
            return;
        }
        assert!(some > 0 && more > 0 && more <= made.lines);
        commits += 1;
    }
}

/// A history longer than a piece goes in several, each with its checkpoint.
#[test]
fn a_long_history_goes_in_pieces() {
    let desk = Desk::memory(quick());
    desk.cheap_hashes();
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    for turn in 0..1_200 {
        desk.office().set_note(sue.account, &format!("note {turn}")).unwrap();
    }
    for turn in 0..600 {
        desk.office().add_party(&new_person(&format!("Kim Reed {turn}"), Role::Contact, "")).unwrap();
    }
    desk.clock.advance(Duration::days(30));
    let (bytes, made) = export(&desk.office(), &HistoryRange::default());
    assert!(made.lines > 1_800);
    assert_eq!(trim(&desk.office(), &bytes).unwrap(), made.lines);
    whole(&desk.agency, std::slice::from_ref(&sue));
    let left = desk.agency.history(sue.account).unwrap();
    assert!(left.iter().all(|line| line.kind == EventKind::HistoryCheckpoint));
    assert_eq!(left.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the range, and however clocks went: what is exported of a history is
    /// one piece of it, from the first line that reached the beginning of the range to
    /// the last one before the first that reached its end.
    #[test]
    fn a_range_is_what_it_says(steps in prop::collection::vec(-40i64..90, 1..14), since in -5i64..400, lasts in 0i64..400) {
        let desk = Desk::memory(quick());
        let sue = desk.office().create_staff_account(&new_staff("Sue", "Wright"), None).unwrap().account.unwrap();
        for (turn, minutes) in steps.iter().enumerate() {
            desk.clock.advance(Duration::minutes(*minutes));
            desk.office().set_note(sue, &format!("note {turn}")).unwrap();
        }
        let lines = desk.agency.history(sue).unwrap();
        let since = carekey_tests::desk::START + Duration::minutes(since);
        let until = (since + Duration::minutes(lasts)).min(desk.clock.now());
        let range = HistoryRange { account: Some(sue), since: Some(since), until: Some(until) };
        if since > until {
            let refused = desk.office().export_history(&range, &mut Vec::new()).unwrap_err();
            prop_assert_eq!(refused.code, carekey::Code::ExportEndsBeforeItBegins);
            return Ok(());
        }
        let (bytes, _) = export(&desk.office(), &range);
        let mut latest = OffsetDateTime::UNIX_EPOCH;
        let wanted: Vec<Line> = lines.into_iter().filter(|line| {
            latest = latest.max(line.at);
            latest >= since && latest < until
        }).collect();
        prop_assert_eq!(lines_of(&bytes), wanted);
    }
}
