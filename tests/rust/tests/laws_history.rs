//! Laws of a history (H): every change of every byte is found.

use carekey::error::Error;
use carekey::history::{Head, Line, to_csv, to_json_lines, verify};
use carekey::words::{ActorKind, EventKind};
use carekey::{AccountId, Code, Param, Params};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const KEY: [u8; 32] = [7; 32];
const SUBJECT: Uuid = Uuid::from_u128(0x0197_a4c0_0000_7000_8000_0000_0000_0001);

/// What a detail says: a number or a text.
type Said = Result<i64, String>;
/// When, kind, actor, the actor's account and name, details, source.
type Fields = (i64, usize, usize, Option<u128>, String, Vec<(String, Said)>, Option<String>);

fn line((at, kind, actor, account, name, details, source): Fields) -> Line {
    let value = |value: Said| value.map_or_else(Param::Text, Param::Number);
    Line {
        subject: SUBJECT,
        sequence: 0,
        at: OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(at),
        kind: EventKind::ALL[kind % EventKind::ALL.len()],
        actor: ActorKind::ALL[actor % ActorKind::ALL.len()],
        actor_account: account.map(|id| AccountId(Uuid::from_u128(id))),
        actor_name: name,
        details: details.into_iter().map(|(name, given)| (name, value(given))).collect(),
        source,
        mac: Vec::new(),
    }
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let detail = ("[a-z=]{0,4}", prop_oneof![any::<i64>().prop_map(Ok), "\\PC{0,6}".prop_map(Err)]);
    let fields = (
        -1_000_000i64..4_000_000_000_000,
        any::<usize>(),
        any::<usize>(),
        prop::option::of(any::<u128>()),
        "\\PC{0,12}",
        prop::collection::vec(detail, 0..4),
        prop::option::of("\\PC{0,12}"),
    );
    prop::collection::vec(fields.prop_map(line), 1..7)
}

fn chained(mut lines: Vec<Line>) -> (Vec<Line>, Head) {
    let mut head = Head::default();
    for line in &mut lines {
        head.append(&KEY, line);
    }
    (lines, head)
}

fn check(lines: &[Line], head: &Head) -> Result<(), Error> {
    verify(&KEY, SUBJECT, lines, head)
}

/// The text with one bit of one byte turned, wherever that is a text still.
fn texts_beside(text: &str) -> impl Iterator<Item = String> {
    (0..text.len() * 8).filter_map(|bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        String::from_utf8(bytes).ok()
    })
}

/// Every line that differs from it in one bit, byte by byte and field by field.
fn lines_beside(line: &Line) -> Vec<Line> {
    let mut out = Vec::new();
    let with = |change: &dyn Fn(&mut Line)| {
        let mut other = line.clone();
        change(&mut other);
        other
    };
    for bit in 0..128 {
        out.push(with(&|line| line.subject = Uuid::from_u128(line.subject.as_u128() ^ (1 << bit))));
        if let Some(account) = line.actor_account {
            out.push(with(&|line| {
                line.actor_account = Some(AccountId(Uuid::from_u128(account.0.as_u128() ^ (1 << bit))))
            }));
        }
    }
    for bit in 0..64 {
        out.push(with(&|line| line.sequence ^= 1 << bit));
    }
    for bit in 0..40 {
        out.push(with(&|line| line.at += Duration::milliseconds(1 << bit)));
    }
    out.extend(EventKind::ALL.iter().filter(|kind| **kind != line.kind).map(|kind| with(&|line| line.kind = *kind)));
    out.extend(
        ActorKind::ALL.iter().filter(|actor| **actor != line.actor).map(|actor| with(&|line| line.actor = *actor)),
    );
    out.extend(texts_beside(&line.actor_name).map(|text| with(&|line| line.actor_name = text.clone())));
    out.extend(
        line.source
            .iter()
            .flat_map(|text| texts_beside(text))
            .map(|text| with(&|line| line.source = Some(text.clone()))),
    );
    for (name, value) in &line.details {
        let put = |name: &str, value: Param| {
            let mut details: Params = line.details.clone();
            details.insert(name.to_owned(), value);
            details
        };
        let values: Vec<Param> = match value {
            Param::Number(number) => (0..64).map(|bit| Param::Number(number ^ (1 << bit))).collect(),
            Param::Text(text) => texts_beside(text).map(Param::Text).collect(),
        };
        out.extend(values.into_iter().map(|value| with(&|line| line.details = put(name, value.clone()))));
        out.extend(texts_beside(name).map(|other| {
            with(&|line| {
                line.details.remove(name);
                line.details.insert(other.clone(), value.clone());
            })
        }));
        out.push(with(&|line| drop(line.details.remove(name))));
    }
    out.push(with(&|line| drop(line.details.insert("~".to_owned(), Param::Text(String::new())))));
    out.push(with(&|line| line.source = if line.source.is_some() { None } else { Some(String::new()) }));
    out.push(with(&|line| {
        line.actor_account = if line.actor_account.is_some() { None } else { Some(AccountId(Uuid::nil())) }
    }));
    for bit in 0..line.mac.len() * 8 {
        out.push(with(&|line| line.mac[bit / 8] ^= 1 << (bit % 8)));
    }
    out.push(with(&|line| line.mac.truncate(31)));
    out.push(with(&|line| line.mac.push(0)));
    // Renaming a detail may give the line itself again where two swap places.
    out.retain(|other| other != line);
    out
}

/// A longer way round than any case: each single bit of each field.
#[test]
fn every_bit_of_every_line_and_of_the_head_counts() {
    let details =
        |list: &[(&str, Param)]| list.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut made = vec![
        line((1_795_338_000_000, 3, 1, Some(9), "Felicia Conner".into(), Vec::new(), Some("203.0.113.7".into()))),
        line((1_795_338_000_250, 11, 2, None, "Sue Táming".into(), Vec::new(), None)),
        line((1_795_338_060_000, 20, 0, Some(0), String::new(), Vec::new(), Some(String::new()))),
    ];
    made[1].details = details(&[("reason", "password".into()), ("failures", 1.into()), ("", "".into())]);
    let (lines, head) = chained(made);
    check(&lines, &head).expect("as it was written");
    let mut tried = 0;
    for at in 0..lines.len() {
        for other in lines_beside(&lines[at]) {
            let mut changed = lines.clone();
            changed[at] = other;
            let error = check(&changed, &head).expect_err("a change");
            assert_eq!((error.code, error.params["sequence"].clone()), (Code::HistoryBroken, Param::from(at + 1)));
            tried += 1;
        }
    }
    assert!(tried > 2_000, "{tried}");
    for bit in 0..256 {
        let mut other = head.clone();
        other.mac[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(check(&lines, &other).expect_err("another head").code, Code::HistoryCut);
    }
    for bit in 0..64 {
        let other = Head { length: head.length ^ (1 << bit), ..head.clone() };
        assert_eq!(check(&lines, &other).expect_err("another length").code, Code::HistoryCut);
    }
    for bit in 0..256 {
        let mut key = KEY;
        key[bit / 8] ^= 1 << (bit % 8);
        verify(&key, SUBJECT, &lines, &head).expect_err("another key");
    }
}

proptest! {
    #[test]
    fn what_was_written_is_whole_and_every_change_is_found(lines in lines(), at: prop::sample::Index, which: prop::sample::Index) {
        let (lines, head) = chained(lines);
        prop_assert_eq!(check(&lines, &head), Ok(()));
        let at = at.index(lines.len());
        let beside = lines_beside(&lines[at]);
        let mut changed = lines.clone();
        changed[at] = beside[which.index(beside.len())].clone();
        let error = check(&changed, &head).expect_err("a change");
        prop_assert_eq!(error.params["sequence"].clone(), Param::from(at + 1));
    }

    /// Any lines kept, left out, repeated or moved, with any length beside the head.
    #[test]
    fn every_other_arrangement_is_found(
        lines in lines(), picks in prop::collection::vec(any::<prop::sample::Index>(), 0..8), renumber: bool, length in 0..9i64, keep_length: bool,
    ) {
        let (lines, head) = chained(lines);
        let mut other: Vec<Line> = picks.iter().map(|pick| lines[pick.index(lines.len())].clone()).collect();
        if renumber {
            other.iter_mut().zip(1..).for_each(|(line, sequence)| line.sequence = sequence);
        }
        let tail = Head { length: if keep_length { head.length } else { length }, mac: head.mac.clone() };
        prop_assert_eq!(check(&other, &tail).is_ok(), other == lines && tail == head);
    }

    /// Every cut of the tail, with every head that can be made without the key.
    #[test]
    fn every_cut_is_found(lines in lines(), kept: prop::sample::Index) {
        let (lines, head) = chained(lines);
        let kept = &lines[..kept.index(lines.len())];
        let length = kept.len() as i64;
        let heads = [
            head.clone(),
            Head { length, ..head.clone() },
            Head::default(),
            Head { length, mac: Vec::new() },
            Head { length, mac: kept.last().map(|line| line.mac.clone()).unwrap_or_default() },
        ];
        for head in heads {
            prop_assert_eq!(check(kept, &head).expect_err("a cut").code, Code::HistoryCut);
        }
    }

    #[test]
    fn exports_have_every_line_and_nothing_that_runs(lines in lines()) {
        let (lines, _) = chained(lines);
        let text = to_csv(&lines).expect("a text");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("records");
        prop_assert_eq!(records.len(), lines.len());
        for (record, line) in records.iter().zip(&lines) {
            prop_assert_eq!(&record[0], line.sequence.to_string());
            prop_assert!(record.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])), "{:?}", record);
            prop_assert_eq!(serde_json::from_str::<Params>(&record[5]).expect("details"), line.details.clone());
        }
        let text = to_json_lines(&lines).expect("a text");
        let again: Vec<Line> = text.split_terminator('\n').map(|line| serde_json::from_str(line).expect("a line")).collect();
        let bare: Vec<Line> = lines.into_iter().map(|line| Line { mac: Vec::new(), ..line }).collect();
        prop_assert_eq!(again, bare);
    }
}
