//! What goes in comes back, whatever it is.

use std::collections::{BTreeMap, BTreeSet};

use carekey::store::record::{Event, Party, Setting};
use carekey::store::{Record, Select, Store, StoreError, Value, ValueRef, Write};
use carekey::words::{ActorKind, EventKind};
use carekey::{EventId, Locale, Method, Param, RecordId, Role};
use uuid::Uuid;

use crate::rows::{agency, at, find, numbers, party, put};

pub fn extremes_come_back_as_they_went_in(store: &dyn Store) {
    let here = agency("104");
    let event = |number: u128, sequence: i64, ms: i64| Event {
        agency: here,
        id: EventId(Uuid::from_u128(number)),
        revision: i64::MAX,
        subject: Uuid::max(),
        sequence,
        at: at(ms),
        kind: EventKind::SignedIn,
        actor: ActorKind::System,
        actor_account: None,
        actor_name: String::new(),
        details: BTreeMap::from([("was".to_owned(), Param::from("“\0\u{1f469}\u{200d}\u{2695}”"))]),
        source: Some("2001:db8::1".to_owned()),
        mac: vec![0; 32],
        serial: None,
    };
    let year_9999 = 253_402_300_799_999;
    let events = [event(0, i64::MIN, -year_9999 / 5), event(1, 0, -1), event(u128::MAX, i64::MAX, year_9999)];
    put(store, &events);
    let mut found = find::<Event>(store, &Select::all::<Event>(here));
    assert!(found.iter_mut().all(|event| event.serial.take().is_some()), "the store's own");
    assert_eq!(found, events);
    assert_eq!(numbers(store, &Select::all::<Event>(here).by("sequence", true)), [u128::MAX, 1, 0]);

    let setting =
        |number, value| Setting { agency: here, id: RecordId(Uuid::from_u128(number)), revision: i64::MIN, value };
    let big: Vec<u8> = (0..1_000_000).map(|n: u32| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    let mut settings = [setting(1, vec![]), setting(2, (0..=255).collect()), setting(3, big)];
    put(store, &settings);
    assert_eq!(find::<Setting>(store, &Select::all::<Setting>(here)), settings);
    assert_eq!(numbers(store, &Select::all::<Setting>(here).is("value", Vec::<u8>::new())), [1]);

    // The revision before the least one does not exist.
    assert!(crate::rows::conflicts(store, vec![Write::Update { table: Setting::TABLE, row: settings[0].to_row() }]));
    store.commit(vec![Write::update(&mut settings[0])]).expect("from the least to the next");
}

pub fn what_is_looked_through_is_what_is_found(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    let named = |number: u128, text: &str| Party {
        nickname: Some(text.to_owned()),
        deleted_at: number.is_multiple_of(2).then(|| at(5)),
        roles: [Role::Client, Role::Payer].into(),
        sort_display: Some(text.as_bytes().to_vec()),
        ..party(here, number, "x")
    };
    let texts = ["", "a\0b", "\u{f8ff}", "\u{f8ff}0\0", "\u{1f469}\u{200d}\u{2695}", "'"];
    let people: Vec<Party> = (1..).zip(texts).map(|(number, text)| named(number, text)).collect();
    put(store, &people);
    put(store, &[party(there, 9, "of another agency")]);
    let columns: &[&str] = &["nickname", "id", "deleted_at", "roles", "sort_display", "revision", "preferred"];
    let all = Select::all::<Party>(here);
    let selects = [
        Select { columns, ..all.clone() },
        all.clone(),
        Select::all::<Setting>(here),
        Select { columns: &["roles"], ..all.by("nickname", true).page(1, 3) },
    ];
    let mut seen: Vec<Vec<Vec<Value>>> = vec![Vec::new(); selects.len()];
    let mut see =
        |place: usize, row: &[ValueRef<'_>]| seen[place].push(row.iter().map(|one| Value::from(*one)).collect());
    store.look_through(&selects, &mut see).expect("shown");
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [6, 6, 0, 3]);
    assert_eq!(seen, store.find_each(&selects).expect("found"));
    let lacking = Select { columns: &["no_such_column"], ..Select::all::<Party>(here) };
    assert!(matches!(store.look_through(&[lacking], &mut |_, _| ()), Err(StoreError::Damaged(_))));
}

pub fn sql_and_odd_characters_are_plain_text(store: &dyn Store) {
    let here = agency("104");
    let texts = [
        "'; DROP TABLE party; --",
        "\" OR \"\"=\"",
        "a\0b",
        "?1 :name @x $y",
        "{\"json\": [1]}",
        "line\r\nline\ttab\u{b}",
        "e\u{301} é ﬁ ß İ",
        "שלום \u{202e}rtl",
        "👩‍👩‍👧‍👦 \u{10ffff}",
        "\u{feff}bom",
        " ",
        "NULL",
        "5e3",
        "0x10",
        "\u{f8ff} \u{f8ff}0\0\u{f8ff}1",
    ];
    for (number, text) in (1..).zip(texts) {
        let mut row = party(here, number, text);
        row.external_id = Some(text.to_owned());
        row.roles = BTreeSet::from([Role::Payer, Role::Client]);
        row.preferred = Some(Method::Sms);
        row.locale = Some(Locale::Spanish);
        put(store, &[row.clone()]);
        assert_eq!(find::<Party>(store, &Select::all::<Party>(here).is("external_id", text.to_owned())), [row.clone()]);
        assert_eq!(find::<Party>(store, &Select::all::<Party>(here).is("name_key", text.to_owned())), [row.clone()]);
        assert_eq!(
            find::<Party>(store, &Select::all::<Party>(here).among("external_id", [text.to_owned()])),
            [row],
            "{text:.20}"
        );
    }
    assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 15);

    // What an index covers is short, by the rules; all else may be long.
    let mut row = party(here, 99, "x");
    row.nickname = Some("x".repeat(2_000_000));
    row.external_id = Some("ñ".repeat(1_000));
    put(store, &[row.clone()]);
    assert_eq!(find::<Party>(store, &Select::all::<Party>(here).is("external_id", "ñ".repeat(1_000))), [row]);
}

pub fn rows_that_do_not_fit_the_table_are_refused(store: &dyn Store) {
    let here = agency("104");
    let good = party(here, 1, "x").to_row();
    let with = |position: usize, value: Value| {
        let mut row = good.clone();
        row[position] = value;
        row
    };
    let place = |name| Party::TABLE.position(name).expect("a column");
    let wrong = [
        vec![],
        good[..5].to_vec(),
        [good.clone(), vec![Value::Null]].concat(),
        with(0, Value::Null),
        with(1, Value::Bytes(vec![1])),
        with(2, Value::Text("1".to_owned())),
        with(place("display_name"), Value::Null),
        with(place("display_name"), Value::Int(5)),
        with(place("nickname"), Value::Bytes(b"x".to_vec())),
        with(place("created_at"), Value::Text("0".to_owned())),
        with(place("invitation"), Value::Text(String::new())),
    ];
    for row in wrong {
        for write in [
            Write::Insert { table: Party::TABLE, row: row.clone() },
            Write::Update { table: Party::TABLE, row: row.clone() },
        ] {
            // Behind a good one, which must not stay either.
            let refused = store.commit(vec![Write::insert(&party(here, 2, "y")), write]);
            assert!(matches!(refused, Err(StoreError::Damaged(_))), "{row:?}");
        }
    }
    assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 0);
}
