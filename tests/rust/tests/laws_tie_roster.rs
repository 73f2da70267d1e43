//! The laws of rosters of ties (R, B), over files that nobody would write by
//! hand: creating does what the preview said, and creating again does nothing.

use std::ops::ControlFlow;

use carekey::agency::{ManualClock, NewParty, NewTie, TieReport, TieRow};
use carekey::relationship::Period;
use carekey::roster::{Reading, TieOutcome, TiePreview, TieRoster, TieRosterRow};
use carekey::store::MemoryStore;
use carekey::{Actor, AgencySettings, Code, Directory, Locale, Office, PartyId, PartyKind, Role, TieKind};
use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

const NOW: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);
/// Files have days: none is the moment at which a tie is made.
const TODAY: OffsetDateTime = datetime!(2026-03-02 00:00 UTC);

/// An agency with a few people, and its clock.
struct Stage {
    office: Office,
    clock: ManualClock,
    people: Vec<PartyId>,
}

impl Stage {
    fn new() -> Self {
        let clock = ManualClock::new(NOW);
        let directory = Directory::with(MemoryStore::new(), &[7; 32], clock.clone()).expect("an empty store");
        let support = Actor::Support("Pat Long".to_owned());
        let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
        let office = directory.create_agency(settings, &support).expect("good settings").acting_as(support);
        let party = |(name, roles, kind): (&str, &[Role], PartyKind)| {
            let new = NewParty {
                kind,
                name: name.to_owned(),
                roles: roles.iter().copied().collect(),
                external_id: Some(name.replace(' ', "-")),
                ..NewParty::default()
            };
            office.add_party(&new).expect("a party").party
        };
        let people = [
            ("Sue Taming", &[Role::Client][..], PartyKind::Person),
            ("Tom Reed", &[Role::Contact], PartyKind::Person),
            ("Lund Trust", &[Role::Organization], PartyKind::Organization),
        ];
        let people = people.map(party).to_vec();
        Self { office, clock, people }
    }

    fn ties(&self) -> Vec<TieRow> {
        self.people.iter().flat_map(|party| self.office.ties(*party, None).expect("a party")).collect()
    }

    fn preview(&self, rows: &[TieRosterRow]) -> TiePreview {
        self.office.preview_ties(TieRoster::from_rows(rows.to_vec())).expect("a preview")
    }

    fn create(&self, preview: &TiePreview) -> TieReport {
        let report = self.office.create_ties(preview, &mut |_| ControlFlow::Continue(())).expect("a report");
        assert!(report.stopped.is_none());
        report
    }
}

fn period(tie: &TieRow) -> Period {
    Period { begins_at: tie.begins_at, ends_at: tie.ends_at }
}

/// Days about the moment it is, few of them, so that they meet.
fn moment() -> impl Strategy<Value = Option<OffsetDateTime>> {
    let day = (-6_i64..=6).prop_map(|days| Some(TODAY + Duration::days(days * 30)));
    prop_oneof![2 => Just(None), 5 => day]
}

fn kind() -> impl Strategy<Value = TieKind> {
    prop::sample::select(&[TieKind::EmergencyContact, TieKind::Guardian, TieKind::Payer][..])
}

fn row() -> impl Strategy<Value = TieRosterRow> {
    let name = prop::sample::select(&["Sue-Taming", "Tom-Reed", "Lund-Trust", "Nobody"][..]);
    let who = prop_oneof![1 => name.clone(), 4 => Just("Tom-Reed")];
    let of = prop_oneof![1 => name, 5 => Just("Sue-Taming")];
    (who, kind(), of, moment(), moment()).prop_map(|(who, kind, of, begins_at, ends_at)| TieRosterRow {
        who: Some(who.to_owned()),
        kind: Some(kind),
        of: Some(of.to_owned()),
        begins_at,
        ends_at,
        ..TieRosterRow::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn creating_does_what_the_preview_said_and_again_does_nothing(
        there in prop::collection::vec((kind(), moment(), moment()), 0..4),
        rows in prop::collection::vec(row(), 1..10),
        hours in 0_i64..200,
    ) {
        let stage = Stage::new();
        let [sue, tom, _] = stage.people[..] else { unreachable!("three people") };
        for (kind, begins_at, ends_at) in there {
            // What contradicts what is there is refused, and that is as well.
            let _ = stage.office.relate(&NewTie { kind, who: tom, of: sue, begins_at, ends_at, reference: None });
        }
        let before = stage.ties();

        let preview = stage.preview(&rows);
        prop_assert_eq!(stage.ties(), before.clone(), "a preview writes nothing");
        let report = stage.create(&preview);
        for (said, done) in preview.rows().iter().zip(&report.rows) {
            prop_assert_eq!((said.row.line, said.outcome), (done.line, done.outcome));
        }
        let after = stage.ties();

        // What was there is there, and ends no later than it did.
        for tie in &before {
            let now = after.iter().find(|now| now.tie == tie.tie).expect("no tie is lost");
            prop_assert_eq!(now.begins_at, tie.begins_at);
            prop_assert!(tie.ends_at.is_none_or(|ends| now.ends_at.is_some_and(|now| now <= ends)));
        }
        // Nobody has the same tie twice at once.
        for (at, one) in after.iter().enumerate() {
            for other in after.iter().skip(at + 1).filter(|other| other.tie != one.tie) {
                let same = (one.kind, one.who, one.of) == (other.kind, other.who, other.of);
                prop_assert!(!same || !period(one).overlaps(&period(other)), "{one:?} {other:?}");
            }
        }

        // The same preview, and the same roster some days later: what was done is
        // there, and nothing else is made or ended.
        let again = stage.create(&preview);
        prop_assert!(again.rows.iter().all(|row| row.outcome != TieOutcome::Made && row.outcome != TieOutcome::Ended));
        stage.clock.advance(Duration::hours(hours));
        let next = stage.preview(&rows);
        prop_assert_eq!((next.count(TieOutcome::Made), next.count(TieOutcome::Ended)), (0, 0), "{:?}", rows);
        // Which tie a row without a beginning is about may be another by then.
        if rows.len() == 1 || rows.iter().all(|row| row.begins_at.is_some()) {
            for (first, again) in report.rows.iter().zip(next.rows()) {
                let expected = if first.outcome.passes() { TieOutcome::Unchanged } else { first.outcome };
                prop_assert_eq!(again.outcome, expected, "line {} of {:?}", first.line, rows);
            }
        }
        stage.create(&next);
        prop_assert_eq!(stage.ties(), after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// What is written to be corrected says the same when it is read again, in
    /// the columns of its file or in those that are made for it.
    #[test]
    fn what_is_to_be_corrected_is_read_again_as_it_was(
        rows in prop::collection::vec(row(), 1..10), spanish in any::<bool>(), note in "[=+@'a-z]{0,6}",
    ) {
        let stage = Stage::new();
        let rows: Vec<TieRosterRow> =
            rows.into_iter().map(|row| TieRosterRow { reference: Some(note.clone()), ..row }).collect();
        let locale = if spanish { Locale::Spanish } else { Locale::English };
        let written = |preview: &TiePreview| {
            let mut file = Vec::new();
            preview.write_failed(&mut file, locale).expect("memory can be written");
            TieRoster::read(file.as_slice(), &Reading::default())
        };
        let bare = |rows: &[TieRosterRow]| -> Vec<TieRosterRow> {
            rows.iter().map(|row| TieRosterRow { line: 0, findings: Vec::new(), ..row.clone() }).collect()
        };
        let failed = |preview: &TiePreview| -> Vec<TieRosterRow> {
            preview.rows().iter().filter(|check| !check.passes()).map(|check| check.row.clone()).collect()
        };
        let preview = stage.preview(&rows);
        let once = written(&preview).expect("a roster");
        prop_assert_eq!(bare(once.rows()), bare(&failed(&preview)));
        // Of a file now: the remarks of before are left out, and no column more.
        // A row that another kept from passing may pass alone.
        let again = stage.office.preview_ties(once).expect("a preview");
        prop_assert_eq!(bare(written(&again).expect("a roster").rows()), bare(&failed(&again)));
    }
}

/// Many rows come in pieces, each of them whole, and none is done twice.
#[test]
fn rows_of_several_pieces_are_all_done_once() {
    let stage = Stage::new();
    let row = |who: &str, begins_at| TieRosterRow {
        who: Some(who.to_owned()),
        kind: Some(TieKind::Guardian),
        of: Some("Sue-Taming".to_owned()),
        begins_at: Some(begins_at),
        ends_at: Some(begins_at + Duration::hours(1)),
        ..TieRosterRow::default()
    };
    let rows: Vec<TieRosterRow> = (0..1200).map(|hour| row("Tom-Reed", NOW + Duration::hours(hour % 1100))).collect();
    let preview = stage.preview(&rows);
    let report = stage.create(&preview);
    assert_eq!((report.count(TieOutcome::Made), report.count(TieOutcome::Failed)), (1100, 100));
    let again = stage.create(&stage.preview(&rows));
    assert_eq!((again.count(TieOutcome::Unchanged), again.count(TieOutcome::Failed)), (1100, 100));
}

/// What has changed since the preview is seen: nobody is tied who is gone, and
/// no tie is made twice.
#[test]
fn rows_are_checked_again_before_they_are_written() {
    let stage = Stage::new();
    let [sue, tom, lund] = stage.people[..] else { unreachable!("three people") };
    let row = |who: PartyId| TieRosterRow {
        who: Some(who.to_string()),
        kind: Some(TieKind::Guardian),
        of: Some(sue.to_string()),
        begins_at: Some(NOW),
        ..TieRosterRow::default()
    };
    let preview = stage.preview(&[row(tom), row(lund)]);
    assert_eq!(preview.count(TieOutcome::Made), 2);
    let new =
        NewTie { kind: TieKind::Guardian, who: lund, of: sue, begins_at: Some(NOW), ends_at: None, reference: None };
    let tie = stage.office.relate(&new).expect("a tie").tie;
    stage.office.delete_party(tom).expect("a party");

    let [gone, there] = &stage.create(&preview).rows[..] else { unreachable!("two rows") };
    let codes: Vec<Code> = gone.findings.iter().map(|finding| finding.code).collect();
    assert_eq!((gone.outcome, codes), (TieOutcome::Failed, vec![Code::PartyNotFound]));
    assert_eq!((there.outcome, there.tie), (TieOutcome::Unchanged, Some(tie)));
}

/// Two offices at once make each tie once.
#[test]
fn two_at_once_make_each_tie_once() {
    let stage = Stage::new();
    let row = |day: i64| TieRosterRow {
        who: Some("Tom-Reed".to_owned()),
        kind: Some(TieKind::EmergencyContact),
        of: Some("Sue-Taming".to_owned()),
        begins_at: Some(NOW + Duration::days(day)),
        ends_at: Some(NOW + Duration::days(day + 1)),
        ..TieRosterRow::default()
    };
    let rows: Vec<TieRosterRow> = (0..700).map(row).collect();
    let preview = stage.preview(&rows);
    let made = std::thread::scope(|scope| {
        let both = [0, 1].map(|_| scope.spawn(|| stage.create(&preview).count(TieOutcome::Made)));
        both.map(|one| one.join().expect("no panic")).iter().sum::<usize>()
    });
    assert_eq!((made, stage.office.ties(stage.people[0], None).expect("a party").len()), (700, 700));
}
