//! Finding and counting.

use carekey::store::record::{Party, Token};
use carekey::store::{Column, Query, Record, Select, Store, StoreError, Test, Value};
use carekey::{InvitationId, PartyKind, Role};
use uuid::Uuid;

use crate::rows::{agency, at, find, known, numbers, party, put};

pub fn by_exact_value(store: &dyn Store) {
    let here = agency("104");
    let rows = [known(here, 1, "a"), known(here, 2, "b"), known(here, 3, "A")];
    put(store, &rows);
    let of = || Select::all::<Party>(here);
    assert_eq!(find::<Party>(store, &of()), rows);
    assert_eq!(numbers(store, &of().is("external_id", "b".to_owned())), [2]);
    assert_eq!(numbers(store, &of().is("id", rows[2].id)), [3]);
    assert_eq!(numbers(store, &of().is("kind", PartyKind::Person)), [1, 2, 3]);
    assert_eq!(numbers(store, &of().is("kind", PartyKind::Organization)), [0; 0]);
    assert_eq!(numbers(store, &of().is("external_id", "a".to_owned()).is("id", rows[1].id)), [0; 0]);
}

pub fn by_one_of_many_values(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "a"), known(here, 2, "b"), known(here, 3, "c"), party(here, 4, "no id")]);
    let among = |values: &[&str]| {
        numbers(store, &Select::all::<Party>(here).among("external_id", values.iter().map(|&value| value.to_owned())))
    };
    assert_eq!(among(&["c", "a", "z", "a"]), [1, 3]);
    assert_eq!(among(&[]), [0; 0]);
    let with_null = vec![Value::Null, Value::Text("b".to_owned())];
    assert_eq!(numbers(store, &Select::all::<Party>(here).and("external_id", Test::In(with_null))), [2]);
    let only_null = Test::In(vec![Value::Null]);
    assert_eq!(numbers(store, &Select::all::<Party>(here).and("external_id", only_null)), [0; 0]);
}

pub fn by_none_of_these_values(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "a"), known(here, 2, "b"), known(here, 3, "A"), party(here, 4, "no id")]);
    let none_of =
        |column, values: Vec<Value>| numbers(store, &Select::all::<Party>(here).and(column, Test::NoneOf(values)));
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(none_of("external_id", vec![text("a"), text("z")]), [2, 3]);
    assert_eq!(none_of("external_id", vec![text("a"), text("b"), text("A")]), [0; 0]);
    assert_eq!(none_of("id", vec![Value::Id(Uuid::from_u128(2))]), [1, 3, 4]);
    // A null fits neither way, whatever is listed: nothing, or a null.
    assert_eq!(none_of("external_id", vec![]), [1, 2, 3]);
    assert_eq!(none_of("external_id", vec![Value::Null]), [1, 2, 3]);
    assert_eq!(none_of("external_id", vec![Value::Null, text("b")]), [1, 3]);
    // A value of another type is none that the column has.
    assert_eq!(none_of("external_id", vec![Value::Int(5), Value::Bytes(b"a".to_vec())]), [1, 2, 3]);
    assert_eq!(none_of("external_id", vec![Value::Int(5), text("a")]), [2, 3]);
    // Among several ways to fit, and more than can be bound.
    let either = Select::all::<Party>(here).or("external_id", Test::NoneOf(vec![text("a"), text("b")]));
    assert_eq!(numbers(store, &either.or("id", Test::Is(Value::Id(Uuid::from_u128(4))))), [3, 4]);
    let many = (0..70_000).map(|n| Value::Text(format!("{n:05}"))).chain([text("A")]).collect();
    assert_eq!(none_of("external_id", many), [1, 2]);
}

pub fn by_what_other_rows_have(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    let with = |number, nickname: Option<&str>| Party {
        nickname: nickname.map(str::to_owned),
        ..known(here, number, ["a", "b", "c"][number as usize % 3])
    };
    put(store, &[with(3, Some("b")), with(4, Some("z")), with(5, None), party(here, 6, "no id")]);
    put(store, &[Party { nickname: Some("c".to_owned()), ..known(there, 7, "q") }]);
    let of = || Select::all::<Party>(here);
    let found = |of: Select, by, wanted| Test::Found { of: Box::new(of), by, wanted };
    let numbers_of = |test: Test| numbers(store, &of().and("external_id", test));
    // A null is no value that there is, and fits neither way.
    assert_eq!(numbers_of(found(of(), "nickname", true)), [4]);
    assert_eq!(numbers_of(found(of(), "nickname", false)), [3, 5]);
    // Of no rows at all, and of the rows of another agency or of one that has none.
    let none = || of().is("external_id", "nobody".to_owned());
    assert_eq!(numbers_of(found(none(), "nickname", true)), [0; 0]);
    assert_eq!(numbers_of(found(none(), "nickname", false)), [3, 4, 5]);
    assert_eq!(numbers_of(found(Select::all::<Party>(there), "nickname", true)), [5]);
    assert_eq!(numbers_of(found(Select::all::<Party>(agency("106")), "nickname", true)), [0; 0]);
    // Its order and its page do not count; it may rest on others in its turn.
    let paged = of().by("nickname", true).page(7, 0);
    assert_eq!(numbers_of(found(paged, "nickname", true)), [4]);
    let within = of().and("id", found(of().is("external_id", "b".to_owned()), "id", false));
    assert_eq!(numbers_of(found(within, "external_id", true)), [3, 5]);
    // Beside other conditions, and as one of several ways to fit.
    let both = of().and("external_id", found(of(), "nickname", false)).and("nickname", Test::Null(true));
    assert_eq!(numbers(store, &both), [5]);
    let either = of().or("external_id", found(of(), "nickname", true)).or("external_id", Test::Null(true));
    assert_eq!(numbers(store, &either), [4, 6]);
    let typed = Query::<Party>::all(here);
    let typed = typed.found(Party::external_id, Query::<Party>::all(here), Party::nickname, true);
    assert_eq!(numbers(store, typed.select()), [4]);
    // Whatever cannot be asked is refused, however deep it stands.
    let wrong = [
        found(of(), "digest", true),
        found(of(), "id", true),
        found(of().and("digest", Test::Null(true)), "nickname", true),
        found(Select { agency: None, ..of() }, "nickname", true),
    ];
    for test in wrong {
        let select = of().and("external_id", test);
        assert!(matches!(store.find(&select), Err(StoreError::Damaged(_))));
        assert!(matches!(store.count(&select), Err(StoreError::Damaged(_))));
    }
}

/// What the compiler checks says the same as what is spelled out.
pub fn by_typed_queries(store: &dyn Store) {
    let here = agency("104");
    let with = |number, id: Option<&str>, ms, roles: &[Role]| Party {
        external_id: id.map(str::to_owned),
        created_at: at(ms),
        roles: roles.iter().copied().collect(),
        ..party(here, number, &format!("Name {number}"))
    };
    put(
        store,
        &[
            with(1, Some("a"), 0, &[Role::Client]),
            with(2, Some("b"), 1, &[Role::Caregiver, Role::Client]),
            with(3, None, 2, &[Role::Payer]),
            with(4, Some("c"), 2, &[]),
        ],
    );
    put(store, &[known(agency("105"), 5, "a")]);
    let of = || Query::<Party>::all(here);
    let found = |query: Query<Party>| numbers(store, query.select());
    assert_eq!(found(of()), [1, 2, 3, 4]);
    assert_eq!(found(Query::by_key(here, Uuid::from_u128(2))), [2]);
    assert_eq!(found(Query::by_key(here, Uuid::from_u128(5))), [0; 0], "another agency's");
    assert_eq!(found(of().is(Party::external_id, "b")), [2]);
    assert_eq!(found(of().is(Party::kind, PartyKind::Person).is(Party::id, carekey::PartyId(Uuid::from_u128(4)))), [4]);
    assert_eq!(found(of().among(Party::external_id, ["a", "c", "z"])), [1, 4]);
    assert_eq!(found(of().none_of(Party::external_id, ["a", "z"])), [2, 4]);
    assert_eq!(found(of().none_of(Party::external_id, [""; 0])), [1, 2, 4]);
    assert_eq!(found(of().before(Party::created_at, at(2))), [1, 2]);
    assert_eq!(found(of().before(Party::deleted_at, at(2))), [0; 0]);
    assert_eq!(found(of().null(Party::external_id, true)), [3]);
    assert_eq!(found(of().null(Party::external_id, false).has(Party::roles, Role::Client)), [1, 2]);
    assert_eq!(found(of().or_has(Party::roles, Role::Payer).or_is(Party::external_id, "c")), [3, 4]);
    assert_eq!(found(of().or_contains(Party::name_key, "Name 1").or_among(Party::external_id, ["b"])), [1, 2]);
    assert_eq!(found(of().or_has(Party::roles, Role::Payer).null(Party::external_id, false)), [0; 0]);
    assert_eq!(found(of().by(Party::created_at, true).by(Party::external_id, false)), [3, 4, 2, 1]);
    assert_eq!(found(of().by(Party::id, true).page(1, 2)), [3, 2]);
}

pub fn by_two_thousand_values_and_a_page(store: &dyn Store) {
    let here = agency("104");
    let rows: Vec<Party> = (0..3_000).map(|n| known(here, n, &format!("{n:04}"))).collect();
    put(store, &rows);
    let even: Vec<String> = (0..3_000).filter(|n| n % 2 == 0).chain(3_000..3_500).map(|n| format!("{n:04}")).collect();
    assert_eq!(even.len(), 2_000);
    let select = Select::all::<Party>(here).among("external_id", even).by("external_id", true);
    let expected: Vec<u128> = (0..3_000).rev().filter(|n| n % 2 == 0).collect();
    assert_eq!(numbers(store, &select), expected);
    assert_eq!(numbers(store, &select.clone().page(700, 3)), [1598, 1596, 1594]);
    assert_eq!(store.count(&select.page(700, 3)).expect("a count"), 1_500);
    let ids = Select::all::<Party>(here).among("id", (500..2_500).map(Uuid::from_u128)).page(1_998, 10);
    assert_eq!(numbers(store, &ids), [2498, 2499]);
}

pub fn by_more_values_than_can_be_bound(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "00001"), known(here, 2, "69999"), known(here, 3, "70000")]);
    // SQLite binds 32 766 values at the most, PostgreSQL 65 535.
    let values = || (0..70_000).map(|n| format!("{n:05}"));
    assert_eq!(numbers(store, &Select::all::<Party>(here).among("external_id", values())), [1, 2]);
    let either = Select::all::<Party>(here).or("external_id", Test::In(values().map(Value::Text).collect()));
    assert_eq!(numbers(store, &either.or("id", Test::Is(Value::Id(Uuid::from_u128(3))))), [1, 2, 3]);
}

pub fn by_range(store: &dyn Store) {
    let here = agency("104");
    let rows = [(1, -5), (2, 0), (3, 7)].map(|(n, ms)| Party { created_at: at(ms), ..party(here, n, "x") });
    put(store, &rows);
    let test = |test: Test| numbers(store, &Select::all::<Party>(here).and("created_at", test));
    assert_eq!(test(Test::Below(at(7).to_value())), [1, 2]);
    assert_eq!(test(Test::AtLeast(at(7).to_value())), [3]);
    assert_eq!(test(Test::AtLeast(at(-5).to_value())), [1, 2, 3]);
    assert_eq!(test(Test::Below(at(-5).to_value())), [0; 0]);
    let behind = |ms, descending| test(Test::Behind { value: at(ms).to_value(), descending });
    assert_eq!((behind(0, false), behind(0, true)), (vec![3], vec![1]));
    let below = Select::all::<Party>(here).and("id", Test::Below(Value::Id(Uuid::from_u128(3))));
    assert_eq!(numbers(store, &below), [1, 2]);
    let nothing = Select::all::<Party>(here).and("deleted_at", Test::Below(at(i64::from(i32::MAX)).to_value()));
    assert_eq!(numbers(store, &nothing), [0; 0]);
}

pub fn by_text_within(store: &dyn Store) {
    let here = agency("104");
    put(
        store,
        &[party(here, 1, "Núñez O'Brien"), party(here, 2, "100% _real_"), party(here, 3, "NÚÑEZ"), party(here, 4, "")],
    );
    let within =
        |text: &str| numbers(store, &Select::all::<Party>(here).and("display_name", Test::Contains(text.to_owned())));
    assert_eq!(within("O'Br"), [1]);
    // Letter for letter: both are brought to one case before they are compared.
    assert_eq!(within("o'br"), [0; 0]);
    assert_eq!(within("Núñ"), [1]);
    assert_eq!(within("NÚÑ"), [3]);
    // No wildcards.
    assert_eq!(within("%"), [2]);
    assert_eq!(within("_"), [2]);
    assert_eq!(within("1_0"), [0; 0]);
    assert_eq!(within(""), [1, 2, 3, 4]);
    let on_null = Select::all::<Party>(here).and("nickname", Test::Contains(String::new()));
    assert_eq!(numbers(store, &on_null), [0; 0]);
    let on_number = Select::all::<Party>(here).and("created_at", Test::Contains("0".to_owned()));
    assert_eq!(numbers(store, &on_number), [0; 0]);
}

pub fn by_word(store: &dyn Store) {
    let here = agency("104");
    let with =
        |number, roles: &[Role]| Party { roles: roles.iter().copied().collect(), ..party(here, number, "client") };
    put(
        store,
        &[
            with(1, &[Role::Client]),
            with(2, &[Role::Caregiver, Role::Client, Role::Payer]),
            with(3, &[]),
            with(4, &[Role::Caregiver]),
        ],
    );
    let having =
        |column, word: &str| numbers(store, &Select::all::<Party>(here).and(column, Test::Has(word.to_owned())));
    assert_eq!(having("roles", "client"), [1, 2]);
    assert_eq!(having("roles", "caregiver"), [2, 4]);
    assert_eq!(having("roles", "payer"), [2]);
    // The whole word, letter by letter, and one.
    for word in ["care", "giver", "Client", "client,payer", ",client,", ",", "", "%", "cl_ent", "client\0"] {
        assert_eq!(having("roles", word), [0; 0], "{word}");
    }
    for column in ["display_name", "nickname", "created_at", "id"] {
        assert_eq!(having(column, "client"), [0; 0], "{column}");
    }
    let either = Select::all::<Party>(here).or("roles", Test::Has("payer".to_owned()));
    assert_eq!(numbers(store, &either.or("roles", Test::Is(Value::Text(",".to_owned())))), [2, 3]);
}

pub fn by_null(store: &dyn Store) {
    let here = agency("104");
    let linked = Party { invitation: Some(InvitationId(Uuid::from_u128(9))), ..party(here, 2, "x") };
    put(store, &[party(here, 1, "x"), linked]);
    let of = || Select::all::<Party>(here);
    assert_eq!(numbers(store, &of().and("invitation", Test::Null(true))), [1]);
    assert_eq!(numbers(store, &of().and("invitation", Test::Null(false))), [2]);
    assert_eq!(numbers(store, &of().and("name_key", Test::Null(true))), [0; 0]);
    let behind = |descending| Test::Behind { value: Value::Null, descending };
    assert_eq!(numbers(store, &of().and("invitation", behind(false))), [2]);
    for test in [Test::Is(Value::Null), Test::Below(Value::Null), Test::AtLeast(Value::Null), behind(true)] {
        assert_eq!(numbers(store, &of().and("invitation", test)), [0; 0]);
    }
}

pub fn all_and_any_together(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "a"), known(here, 2, "b"), known(here, 3, "c"), party(here, 4, "Ann")]);
    let b_or_ann = |select: Select| {
        select.or("external_id", Test::Is(Value::Text("b".to_owned()))).or("name_key", Test::Contains("Ann".to_owned()))
    };
    assert_eq!(numbers(store, &b_or_ann(Select::all::<Party>(here))), [2, 4]);
    let linked = Select::all::<Party>(here).and("external_id", Test::Null(false));
    assert_eq!(numbers(store, &b_or_ann(linked)), [2]);
    let one = Select::all::<Party>(here).or("external_id", Test::In(vec![]));
    assert_eq!(numbers(store, &one), [0; 0]);
}

pub fn sorted_with_nulls_first_and_ties_by_id(store: &dyn Store) {
    let here = agency("104");
    let nicknames = [(5, Some("b")), (4, None), (3, Some("a")), (2, Some("b")), (1, None)];
    put(store, &nicknames.map(|(n, name)| party_with_nickname(here, n, name)));
    let of = || Select::all::<Party>(here);
    assert_eq!(numbers(store, &of().by("nickname", false)), [1, 4, 3, 2, 5]);
    assert_eq!(numbers(store, &of().by("nickname", true)), [2, 5, 3, 1, 4]);
    assert_eq!(numbers(store, &of().by("nickname", false).by("id", true)), [4, 1, 3, 5, 2]);
    assert_eq!(numbers(store, &of().by("kind", true).by("nickname", true)), [2, 5, 3, 1, 4]);
}

fn party_with_nickname(here: carekey::AgencyId, number: u128, nickname: Option<&str>) -> Party {
    Party { nickname: nickname.map(str::to_owned), ..party(here, number, "x") }
}

pub fn sorted_byte_by_byte(store: &dyn Store) {
    let here = agency("104");
    let names = ["é", "a", "Z", "zz", "z", "", "😀", "\u{ffff}", "B", "10", "9"];
    let rows: Vec<Party> = (1..).zip(names).map(|(n, name)| party(here, n, name)).collect();
    put(store, &rows);
    let found: Vec<Party> = find(store, &Select::all::<Party>(here).by("name_key", false));
    let found: Vec<&str> = found.iter().map(|party| party.name_key.as_str()).collect();
    assert_eq!(found, ["", "10", "9", "B", "Z", "a", "z", "zz", "é", "\u{ffff}", "😀"]);
}

pub fn in_pages(store: &dyn Store) {
    let here = agency("104");
    put(store, &[1, 2, 3, 4, 5].map(|n| party(here, n, "x")));
    let page = |offset, limit| numbers(store, &Select::all::<Party>(here).page(offset, limit));
    assert_eq!(page(0, 2), [1, 2]);
    assert_eq!(page(2, 2), [3, 4]);
    assert_eq!(page(4, 2), [5]);
    assert_eq!(page(5, 2), [0; 0]);
    assert_eq!(page(0, 0), [0; 0]);
    assert_eq!(page(u64::MAX, u64::MAX), [0; 0]);
    assert_eq!(page(3, u64::MAX), [4, 5]);
    let mut rest = Select::all::<Party>(here);
    rest.offset = 3;
    assert_eq!(numbers(store, &rest), [4, 5]);
}

pub fn counted_without_paging(store: &dyn Store) {
    let here = agency("104");
    put(store, &[1, 2, 3].map(|n| party(here, n, "x")));
    let select = Select::all::<Party>(here).by("name_key", true).page(1, 1);
    assert_eq!(store.count(&select).expect("a count"), 3);
    assert_eq!(store.count(&Select::all::<Token>(here)).expect("a count"), 0);
}

pub fn nothing_fits_a_value_of_another_type(store: &dyn Store) {
    let here = agency("104");
    let id = Uuid::from_u128(7);
    put(store, &[known(here, 7, "5")]);
    let tests: [(&str, Value); 5] = [
        ("external_id", Value::Int(5)),
        ("external_id", Value::Bytes(b"5".to_vec())),
        ("created_at", Value::Text("0".to_owned())),
        ("id", Value::Bytes(id.as_bytes().to_vec())),
        ("id", Value::Text(id.to_string())),
    ];
    for (column, value) in tests {
        let all =
            [Test::Is(value.clone()), Test::In(vec![value.clone()]), Test::Below(value.clone()), Test::AtLeast(value)];
        for test in all {
            assert_eq!(numbers(store, &Select::all::<Party>(here).and(column, test)), [0; 0], "{column}");
        }
    }
}

pub fn columns_that_are_not_there_are_refused(store: &dyn Store) {
    let of = || Select::all::<Party>(agency("104"));
    let wrong = [
        of().and("digest", Test::Null(true)),
        of().or("display_name\" OR 1=1 --", Test::Null(true)),
        of().by("display_name; DROP TABLE party", false),
        Select { columns: &["id", "name_key, email"], ..of() },
    ];
    for select in wrong {
        assert!(matches!(store.find(&select), Err(StoreError::Damaged(_))));
        assert!(matches!(store.count(&select), Err(StoreError::Damaged(_))));
    }
}

pub fn some_columns_alone(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "a"), known(here, 2, "b"), party(here, 3, "c")]);
    let some = |columns| Select { columns, ..Select::all::<Party>(here).by("external_id", true) };
    let text = |text: &str| Value::Text(text.to_owned());
    let id = |number| Value::Id(Uuid::from_u128(number));
    // In their order, whatever the rows are found and sorted by; nulls too.
    let found = store.find(&some(&["external_id", "id"])).expect("found");
    assert_eq!(found, [vec![text("b"), id(2)], vec![text("a"), id(1)], vec![Value::Null, id(3)]]);
    let found = store.find(&some(&["id"]).page(1, 1)).expect("found");
    assert_eq!(found, [vec![id(1)]]);
    let whole = store.find(&some(&[])).expect("found");
    assert_eq!(whole[0].len(), Party::TABLE.columns.len());
    assert_eq!(store.find_each(&[some(&["id"]), some(&[])]).expect("found")[1], whole);
}

pub fn several_selects_at_once(store: &dyn Store) {
    let here = agency("104");
    put(store, &[known(here, 1, "a"), known(here, 2, "b"), known(here, 3, "c")]);
    let parties = || Select::all::<Party>(here);
    let selects = [
        parties().by("external_id", true).page(1, 1),
        Select::all::<Token>(here),
        parties().among("external_id", ["c".to_owned(), "a".to_owned()]),
        parties().is("external_id", "z".to_owned()),
        parties().among("external_id", ["c".to_owned(), "a".to_owned()]),
    ];
    let together = store.find_each(&selects).expect("found");
    let one_by_one: Vec<_> = selects.iter().map(|select| store.find(select).expect("found")).collect();
    assert_eq!(together, one_by_one);
    assert_eq!(together.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 2, 0, 2]);
    assert!(store.find_each(&[]).expect("nothing").is_empty());
    // One that is refused takes the others with it.
    let wrong = parties().is("no_such_column", 1i64);
    assert!(matches!(store.find_each(&[parties(), wrong]), Err(StoreError::Damaged(_))));
}
