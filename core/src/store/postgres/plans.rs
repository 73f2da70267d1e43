//! How PostgreSQL goes about what lists ask for, in an agency of some size.

use tokio_postgres::NoTls;

use super::*;
use crate::id::AgencyId;
use crate::store::Select;
use crate::store::lists::{asked, behind, looked_up};

/// Twenty thousand of each, of names and moments in no order.
const PEOPLE: &str = "
    INSERT INTO account (
        agency, id, revision, username, username_canonical, display_name, enrolment, stage, epoch, created_at,
        history_length, history_head, sort_display, sort_first, sort_last, search, disabled_at, last_sign_in_at,
        description
    )
    SELECT
        $agency, gen_random_uuid(), 1, name, name, name, 'activation_link', 'active', 0, hashtext(name),
        0, '', sha256(name::bytea), substr(sha256(name::bytea), 1, 1), sha256(('x' || name)::bytea), name,
        CASE WHEN number % 20 = 0 THEN number END, CASE WHEN number % 3 = 0 THEN number END,
        CASE WHEN number % 5 = 0 THEN name END
    FROM (SELECT number, 'person' || number AS name FROM generate_series(1, 20000) AS number) AS people;
    INSERT INTO party (
        agency, id, revision, kind, roles, display_name, name_key, created_at, sort_display, search
    )
    SELECT
        $agency, id, 1, 'person', CASE WHEN hashtext(username) % 3 = 0 THEN ',client,' ELSE ',caregiver,' END,
        username, username, created_at, sort_display, search
    FROM account;
    INSERT INTO application (agency, id, revision, number, family, family_name, submitted_at, search)
    SELECT $agency, id, 1, username, id, username, created_at, username FROM account;
    INSERT INTO message (
        agency, id, revision, kind, method, address, locale, params, state, due_at, tries, created_at
    )
    SELECT
        $agency, id, 1, 'activation_link', 'email', username, 'en', '{}',
        CASE WHEN hashtext(username) % 3 = 0 THEN 'sent' ELSE 'waiting' END, created_at, 0, created_at
    FROM account;
    INSERT INTO link (agency, id, revision, account, party, since, act, by)
    SELECT $agency, id, 1, id, id, created_at, 'linked', '' FROM account;
    INSERT INTO event (
        agency, id, revision, subject, sequence, at, kind, actor, actor_name, details, mac, serial
    )
    SELECT $agency, id, 1, id, 1, created_at, 'account_created', 'support', '', '{}', '', row_number() OVER ()
    FROM account;";

fn told(address: &str, statements: &[&str]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(address, NoTls).await.unwrap();
        let task = tokio::spawn(connection);
        for statement in statements {
            client.batch_execute(statement).await.unwrap();
        }
        drop(client);
        task.await.unwrap().unwrap();
    });
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_page_is_read_by_the_index_of_its_order() {
    let server = std::env::var("CAREKEY_POSTGRES").unwrap();
    let schema = format!("plans_{}", std::process::id());
    told(&server, &[&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")]);
    let address = format!("{server}?options=-csearch_path%3D{schema}");
    let store = PostgresStore::open(&address).unwrap();
    let here = AgencyId::of_code("104");
    let people = PEOPLE.replace("$agency", &format!("'{}'", here.0));
    told(&address, &[&people]);
    for table in ["account", "party", "application", "message", "link", "event"] {
        told(&address, &[&format!("VACUUM ANALYZE {table}")]);
    }
    let plan_of = |query: Query<'_>| {
        let query = Query { sql: format!("EXPLAIN (COSTS OFF) {}", query.sql), ..query };
        let plan: Vec<String> = store.read("account", &query).unwrap().iter().map(|row| row.get(0)).collect();
        plan.join("\n")
    };
    let plan = |select: &Select| {
        let plan = plan_of(Query::find::<Postgres>(select).unwrap());
        assert!(!plan.contains("Seq Scan"), "{plan}");
        plan
    };
    for (select, list) in asked(here) {
        let plan = plan(&select);
        // Which of two indexes it takes, and whether it sorts the few rows of one,
        // is the server's to weigh; that it reads no table whole is ours.
        let of_lists = format!("{}_list_", select.table.name);
        let is_used = |plan: &str| plan.contains(&of_lists) || plan.contains("Presorted Key");
        assert!(is_used(&plan), "{list}: {plan}");
        let Some(totals) = select.table.totals(&select) else { continue };
        // Nearer to the end, and how many there are. Of totals the few rows may be
        // read as they are.
        let few = format!("Seq Scan on {}", totals.name);
        let far = select.clone().page(19_000, 100);
        let around = plan_of(Query::find_from::<Postgres>(&far, Some(20_000)).unwrap());
        let count = plan_of(Query::count::<Postgres>(&select).unwrap());
        assert!(!around.replace(&few, "").contains("Seq Scan") && is_used(&around), "{list}: {around}");
        assert!(count.contains(totals.name) && !count.replace(&few, "").contains("Seq Scan"), "{list}: {count}");
    }
    // By whichever index: one of few rows sorts them as fast.
    for (select, _) in behind(here) {
        plan(&select);
    }
    for (select, index) in looked_up(here) {
        let plan = plan(&select);
        let is_used = plan.contains(&format!("using {index}")) || plan.contains(&format!("on {index}"));
        let is_sorted = select.limit.is_none() || !plan.contains("Sort");
        assert!(is_used && is_sorted, "{index}: {plan}");
    }
    drop(store);
    told(&server, &[&format!("DROP SCHEMA {schema} CASCADE")]);
}
