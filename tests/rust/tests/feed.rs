//! The feed (H): whoever follows it is given every line once, in the order of
//! every history, whoever writes meanwhile and from wherever.
//!
//! Who would want to break it: writers who commit out of order; a follower who
//! asks for one kind alone, so that whole pages hide what is between; one who
//! keeps a cursor over night, opens the directory anew, or brings the cursor of
//! another agency or of a day that the store was put back behind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use carekey::agency::{FeedLine, FeedPage, FeedQuery};
use carekey::history::Line;
use carekey::words::EventKind;
use carekey::{AccountId, Actor, Agency, Code, ErrorKind, Office, Role};
use carekey_tests::desk::{Desk, new_person, new_staff, open_place, quick, support};
use carekey_tests::race::race;
use time::Duration;

carekey_tests::on_every_store! { quick();
    followers_miss_nothing_of_a_race, a_page_that_hides_all_moves_on, by_kind_and_time,
    cursors_of_elsewhere_are_said, lines_are_read_page_by_page,
}

fn after(cursor: &str, limit: u64) -> FeedQuery {
    FeedQuery { after: Some(cursor.to_owned()), limit, ..FeedQuery::default() }
}

fn newest(office: &Office) -> FeedPage {
    let page = office.feed(&FeedQuery { limit: u64::MAX, ..FeedQuery::default() }).unwrap();
    assert!(!page.more);
    page
}

/// All lines that histories say there are, by whose they are and their number.
fn histories(agency: &Agency, accounts: &BTreeSet<AccountId>) -> BTreeMap<(Option<AccountId>, Vec<u8>), Line> {
    let of = |account: Option<AccountId>, lines: Vec<Line>| {
        lines.into_iter().map(move |line| ((account, line.mac.clone()), line)).collect::<Vec<_>>()
    };
    let mut all: BTreeMap<_, _> = of(None, agency.agency_history().unwrap()).into_iter().collect();
    for account in accounts {
        all.extend(of(Some(*account), agency.history(*account).unwrap()));
    }
    all
}

/// The same lines, from the feed; none twice, and none before its predecessor.
fn followed(lines: &[FeedLine], is_whole: bool) -> BTreeMap<(Option<AccountId>, Vec<u8>), Line> {
    let mut last = BTreeMap::new();
    let mut all = BTreeMap::new();
    for FeedLine { account, line, .. } in lines {
        assert!(all.insert((*account, line.mac.clone()), line.clone()).is_none(), "twice: {line:?}");
        let before = last.insert(line.subject, line.sequence).unwrap_or(0);
        assert!(line.sequence > before, "{} before {before} of {}", line.sequence, line.subject);
        // Of an account nothing is hidden.
        assert!(!is_whole || account.is_none() || line.sequence == before + 1, "{line:?} after {before}");
    }
    all
}

/// Follows until all writers have ended and nothing is left.
fn follow(office: &Office, mut query: FeedQuery, writing: &AtomicUsize) -> (Vec<FeedLine>, String) {
    let mut lines = Vec::new();
    loop {
        let ended = writing.load(Ordering::SeqCst) == 0;
        let page = office.feed(&query).unwrap();
        assert!(page.lines.len() as u64 <= query.limit);
        let is_last = ended && !page.more;
        lines.extend(page.lines);
        query.after = Some(page.next.clone());
        if is_last {
            return (lines, page.next);
        }
    }
}

fn followers_miss_nothing_of_a_race(desk: &Desk) {
    const WRITERS: usize = 6;
    let writing = AtomicUsize::new(WRITERS);
    let clock = desk.clock.clone();
    let kind = EventKind::Disabled;
    let by_kind = FeedQuery { kinds: [kind].into(), limit: 2, ..FeedQuery::default() };
    let told = race(WRITERS + 2, |number| match number {
        0 => follow(&desk.office(), FeedQuery { limit: 3, ..FeedQuery::default() }, &writing),
        1 => follow(&desk.office(), by_kind.clone(), &writing),
        number => {
            let office = desk.office();
            for turn in 0..8u8 {
                let name = format!("{}{}", char::from(b'A' + number as u8), char::from(b'A' + turn));
                let made = office.create_staff_account(&new_staff("Felicia", &name), None).unwrap();
                let account = made.account.unwrap();
                office.disable(account).unwrap();
                office.add_party(&new_person(&name, Role::Caregiver, "")).unwrap();
                office.enable(account).unwrap();
                // Moments are in no order of the commits.
                clock.advance(Duration::milliseconds(7));
            }
            writing.fetch_sub(1, Ordering::SeqCst);
            (Vec::new(), String::new())
        }
    });
    let accounts: BTreeSet<AccountId> = told[0].0.iter().filter_map(|line| line.account).collect();
    assert_eq!(accounts.len(), WRITERS * 8);
    let all = histories(&desk.agency, &accounts);
    assert_eq!(followed(&told[0].0, true), all);
    let disabled: BTreeMap<_, _> = all.iter().filter(|(_, line)| line.kind == kind).collect();
    assert_eq!(disabled.len(), WRITERS * 8);
    assert_eq!(followed(&told[1].0, false).iter().collect::<BTreeMap<_, _>>(), disabled);
    for account in &accounts {
        desk.agency.verify_history(*account).unwrap();
    }
    desk.agency.verify_agency_history().unwrap();
    // The cursors hold for what comes next, and whoever opens the directory anew.
    desk.office().disable(*accounts.first().unwrap()).unwrap();
    for (_, cursor) in &told[..2] {
        let page = desk.office().feed(&after(cursor, 10)).unwrap();
        assert_eq!((page.lines.len(), page.lines[0].line.kind, page.more), (1, kind, false));
    }
    // On a memory there is nothing to open.
    let Some(place) = desk.some_place() else { return };
    let again = open_place(&place, desk.clock.clone(), 9).agency("104").unwrap().acting_as(support());
    assert_eq!(again.feed(&after(&told[1].1, 10)).unwrap().lines.len(), 1);
    let (lines, _) = follow(&again, FeedQuery { limit: 7, ..FeedQuery::default() }, &writing);
    assert_eq!(followed(&lines, true), histories(&desk.agency, &accounts));
}

/// A follower of a kind that nothing has yet does not read all of it again.
fn a_page_that_hides_all_moves_on(desk: &Desk) {
    let office = desk.office();
    for number in 0..5 {
        office.add_party(&new_person(&format!("Pat {number}"), Role::Caregiver, "")).unwrap();
    }
    let none = FeedQuery { kinds: [EventKind::Disabled].into(), ..FeedQuery::default() };
    let page = office.feed(&none).unwrap();
    assert_eq!((page.lines.len(), page.more), (0, false));
    let last = newest(&office);
    assert_eq!(page.next, last.next);
    assert_eq!(office.feed(&after(&page.next, 9)).unwrap(), FeedPage { lines: vec![], next: page.next, more: false });
    // One that asks for nothing stays where it is.
    let page = office.feed(&FeedQuery { limit: 0, ..FeedQuery::default() }).unwrap();
    assert_eq!((page.lines.len(), page.more), (0, true));
    assert_eq!(office.feed(&after(&page.next, 1)).unwrap().lines[0].line.kind, EventKind::AgencyCreated);
    // What holds the strands together is no event.
    desk.staff("Felicia", "Conner");
    let kinds: Vec<_> = newest(&office).lines.iter().map(|line| line.line.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::AgencyCreated).count(), 1);
    assert!(!kinds.contains(&EventKind::HistoriesBegun));
    let own = desk.agency.agency_history().unwrap();
    assert_eq!(newest(&office).lines.iter().filter(|line| line.account.is_none()).count(), own.len());
}

fn by_kind_and_time(desk: &Desk) {
    let office = desk.office();
    let mut moments = Vec::new();
    for number in 0..4 {
        desk.clock.advance(Duration::minutes(1));
        moments.push(desk.clock.now());
        office.add_party(&new_person(&format!("Pat {number}"), Role::Caregiver, "")).unwrap();
    }
    let staff = office.create_staff_account(&new_staff("Felicia", "Conner"), None).unwrap().account.unwrap();
    let found = |query: FeedQuery| {
        let lines = office.feed(&query).unwrap().lines;
        lines.into_iter().map(|line| (line.account, line.line.kind, line.line.at)).collect::<Vec<_>>()
    };
    let added = |at| (None, EventKind::PartyAdded, at);
    let between = FeedQuery { since: Some(moments[1]), until: Some(moments[3]), ..FeedQuery::default() };
    assert_eq!(found(between.clone()), [added(moments[1]), added(moments[2])]);
    assert_eq!(found(FeedQuery { since: between.until, until: between.since, ..between.clone() }), []);
    let kinds: BTreeSet<_> = [EventKind::AccountCreated, EventKind::PartyAdded].into();
    let two = FeedQuery { kinds, since: Some(moments[3]), ..FeedQuery::default() };
    assert_eq!(found(two), [added(moments[3]), (Some(staff), EventKind::AccountCreated, moments[3])]);
    // Whoever may not, is told nothing.
    let stranger = desk.agency.acting_as(Actor::Account(staff));
    assert_eq!(stranger.feed(&between).unwrap_err().code, Code::ActorNotAllowed);
    let manager = desk.manager("Mia", "Manager");
    assert_eq!(desk.as_person(&manager).feed(&between).unwrap().lines.len(), 2);
}

fn cursors_of_elsewhere_are_said(desk: &Desk) {
    let office = desk.office();
    let other = desk.another("105").acting_as(support());
    let (here, there) = (newest(&office).next, newest(&other).next);
    let upper = here.to_uppercase();
    let hyphens = format!("a{}", uuid::Uuid::parse_str(&here[1..]).unwrap());
    for bad in ["", "a", "7", "b", &here[1..], &upper, &hyphens, &format!("{here} "), &format!("b{}", &here[1..]), "ä"]
    {
        let error = office.feed(&after(bad, 9)).unwrap_err();
        assert_eq!((error.kind, error.code), (ErrorKind::Invalid, Code::CursorMalformed), "{bad}");
        assert_eq!(error.findings[0].field, "after");
        assert!(bad.is_empty() || bad.len() < 9 || !format!("{error:?}").contains(bad));
    }
    for gone in [there, format!("a{}", uuid::Uuid::from_u128(7).simple())] {
        let error = office.feed(&after(&gone, 9)).unwrap_err();
        assert_eq!((error.kind, error.code), (ErrorKind::NotFound, Code::CursorNotFound));
        let mut lines = after(&gone, 9).lines(&office);
        assert_eq!(lines.next().unwrap().unwrap_err().code, Code::CursorNotFound);
        assert!(lines.next().is_none());
    }
    // The host's own program may follow too; the cursor is anybody's.
    let host = desk.agency.acting_as(Actor::System("follower".to_owned()));
    assert_eq!(host.feed(&after(&here, 9)).unwrap().next, here);
}

fn lines_are_read_page_by_page(desk: &Desk) {
    let office = desk.office();
    for number in 0..7 {
        office.add_party(&new_person(&format!("Pat {number}"), Role::Caregiver, "")).unwrap();
    }
    let all = newest(&office);
    for limit in [0, 1, 3, 8, 100] {
        let mut lines = FeedQuery { limit, ..FeedQuery::default() }.lines(&office);
        assert_eq!(lines.cursor(), None);
        let read: Vec<FeedLine> = lines.by_ref().map(Result::unwrap).collect();
        assert_eq!((read, lines.cursor()), (all.lines.clone(), Some(all.next.as_str())));
    }
    // Broken off, it goes on where it was.
    let mut lines = FeedQuery { limit: 5, ..FeedQuery::default() }.lines(&office);
    let third = lines.by_ref().nth(2).unwrap().unwrap();
    assert_eq!(lines.cursor(), Some(third.cursor.as_str()));
    let rest: Vec<FeedLine> = after(&third.cursor, 2).lines(&office).map(Result::unwrap).collect();
    assert_eq!(rest, all.lines[3..]);
}

/// A store that was put back to an earlier day has not what was followed since.
#[test]
fn a_store_put_back_is_said() {
    let desk = Desk::sqlite(quick());
    let kept = newest(&desk.office()).next;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("agency.db");
    rusqlite::Connection::open(desk.file()).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    desk.office().add_party(&new_person("Pat", Role::Caregiver, "")).unwrap();
    let followed = newest(&desk.office()).next;
    let back = open_place(copy.to_str().unwrap(), desk.clock.clone(), 5).agency("104").unwrap().acting_as(support());
    // Others come to stand where those were.
    back.add_party(&new_person("Sam", Role::Caregiver, "")).unwrap();
    assert_eq!(back.feed(&after(&followed, 9)).unwrap_err().code, Code::CursorNotFound);
    assert_eq!(back.feed(&after(&kept, 9)).unwrap().lines.len(), 1);
}
