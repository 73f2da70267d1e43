//! What a way in costs beside its hash (E5, I3), on a SQLite file, beside one
//! durable commit of that file; and a hash beside those of others (P6).
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::hint::black_box;

use argon2::{Algorithm, Argon2, Params, Version};
use carekey::agency::{Invitee, Redeemed, SignIn};
use carekey::password::Hasher;
use carekey::policy::Argon2Cost;
use carekey::store::record::Contact;
use carekey::store::{Store, Write};
use carekey::words::Method;
use carekey::{AccountId, AgencyId, ContactId, Role, Source};
use carekey_tests::desk::{Desk, new_person, quick};
use uuid::Uuid;

const TIMES: usize = 40;
const PASSWORD: &str = "Lantern#47 tide";

fn main() {
    hashing();
    doors();
}

fn hashing() {
    const HASHES: usize = 20;
    let cost = Argon2Cost::default();
    let hasher = Hasher::new(cost, None);
    let stored = hasher.hash(PASSWORD, &mut rand::rng()).expect("a hash");
    let salt = [7; 16];
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).expect("a cost");
    let rust_crypto = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let params = argon2_rust::Params::builder()
        .memory(argon2_rust::params::Memory::kib(cost.memory_kib.into()))
        .passes(cost.passes)
        .lanes(cost.lanes)
        .build()
        .expect("a cost");
    let kernel = argon2_rust::Argon2::new(argon2_rust::Algorithm::Argon2id, argon2_rust::Version::V0x13, params);
    let mut of_kernel = [0; 32];
    let mut of_rust_crypto = [0; 32];
    kernel.hash_into(PASSWORD.as_bytes(), &salt, &mut of_kernel).expect("a tag");
    rust_crypto.hash_password_into(PASSWORD.as_bytes(), &salt, &mut of_rust_crypto).expect("a tag");
    assert_eq!(of_kernel, of_rust_crypto);
    let [ours, theirs, reference] = table::turns([
        &mut || (0..HASHES).for_each(|_| assert!(hasher.verify(&stored, PASSWORD).expect("compared").matches)),
        &mut || {
            for _ in 0..HASHES {
                kernel.hash_into(PASSWORD.as_bytes(), black_box(&salt), &mut of_kernel).expect("a tag");
            }
        },
        &mut || {
            for _ in 0..HASHES {
                let into = &mut of_rust_crypto;
                rust_crypto.hash_password_into(PASSWORD.as_bytes(), black_box(&salt), into).expect("a tag");
            }
        },
    ]);
    let note = "memory is kept and wiped between hashes";
    table::beside("a password compared, 19 MiB, 2 passes", HASHES, ours, ("{argon2-rust}, fresh memory", theirs), note);
    table::beside("a password compared, 19 MiB, 2 passes", HASHES, ours, ("{argon2} of RustCrypto", reference), "");
}

fn doors() {
    let desk = Desk::sqlite(quick());
    desk.cheap_hashes();
    let person = desk.caregiver("Ana Ruiz", "ana.ruiz@example.com");
    let links: Vec<String> = (0..TIMES * 5)
        .map(|n| {
            let new = new_person(&format!("F{n} Hale"), Role::Family, &format!("f{n}@example.com"));
            let party = desk.office().add_party(&new).expect("a party").party;
            desk.office().invite(Invitee::Party(party), None).expect("invited");
            desk.one_mail().link()
        })
        .collect();
    let mut links = links.chunks(TIMES);
    let mut rows = (0u128..).map(|n| Contact {
        agency: AgencyId::of_code("105"),
        id: ContactId(Uuid::from_u128(n)),
        revision: 1,
        account: AccountId(Uuid::from_u128(n)),
        method: Method::Email,
        address: "ann@example.com".to_owned(),
        canonical: format!("ann{n}@example.com"),
        added_at: time::OffsetDateTime::UNIX_EPOCH,
        proven_at: None,
        objected_at: None,
    });
    let [sign_in, redeem, commit] = table::turns([
        &mut || {
            for _ in 0..TIMES {
                let answer = carekey_tests::desk::sign_in(&desk.agency, &person.username, carekey_tests::desk::GOOD);
                assert!(matches!(answer, SignIn::Granted(_)));
            }
        },
        &mut || {
            for link in links.next().expect("five turns") {
                let redeemed = desk.agency.redeem_link(link, None, &Source::UNKNOWN).expect("redeemed");
                assert!(matches!(redeemed, Redeemed::NewAccount { .. }));
            }
        },
        &mut || {
            for row in rows.by_ref().take(TIMES) {
                desk.store.commit(vec![Write::insert(&row)]).expect("committed");
            }
        },
    ]);
    let floor = ("one durable commit of one row", commit);
    table::beside("sign-in without its hash, SQLite", TIMES, sign_in, floor, "");
    table::beside("redeeming a link, SQLite", TIMES, redeem, floor, "");
    let note = format!("one durable commit takes {} here", table::each(commit, TIMES));
    let reads = "ten reads and two commits, of which one waits for the disk";
    table::reach("sign-in", &table::each(sign_in, TIMES), &format!("{reads}; {note}"));
    table::reach("redeem", &table::each(redeem, TIMES), &note);
}
