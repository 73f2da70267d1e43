//! The memory of hashing is bounded for the whole process and given back
//! (P6): told by counting what is taken and kept. A process of its own, since
//! there is one budget for each.

use carekey::password::{CostClass, Hasher, hashing_memory, limit_hashing_memory};
use carekey::policy::Argon2Cost;

const MIB: u64 = 1024;

fn cores() -> u64 {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64)
}

#[test]
fn all_hashers_share_what_the_operator_allows() {
    assert_eq!(hashing_memory().limit_kib, 64 * MIB * cores(), "by default");
    assert_eq!((hashing_memory().taken_kib, hashing_memory().kept_kib), (0, 0));

    // One knock at each of 1,000 agencies, one after the other: one buffer.
    let cost = Argon2Cost { memory_kib: 1024, passes: 1, lanes: 1 };
    let agencies: Vec<Hasher> = (0..1000).map(|_| Hasher::new(cost, None)).collect();
    agencies.iter().for_each(|agency| agency.decoy("a guess"));
    assert_eq!(hashing_memory().kept_kib, MIB);
    assert_eq!(hashing_memory().most_kib, MIB);

    // Many at once, of many costs and kinds: never more than there is, and a
    // buffer for each core is the most that is kept.
    limit_hashing_memory(20 * MIB);
    assert_eq!(hashing_memory().limit_kib, 20 * MIB);
    std::thread::scope(|scope| {
        for (at, agencies) in agencies.chunks(63).enumerate() {
            scope.spawn(move || {
                for agency in agencies.iter().take(20) {
                    agency.decoy("a guess");
                    agency.decoy_like(CostClass::Scrypt(12, 8, 1), "a guess");
                }
                let memory_kib = 1024 * (1 + u32::try_from(at).unwrap());
                Hasher::new(Argon2Cost { memory_kib, ..cost }, None).decoy("a guess");
            });
        }
    });
    let memory = hashing_memory();
    assert!(memory.most_kib <= 20 * MIB, "{memory:?}");
    assert!(memory.kept_kib <= 20 * MIB.min(cores() * 16 * MIB), "{memory:?}");
    assert_eq!((memory.taken_kib, memory.waiting), (0, 0));

    // An imported scrypt takes what it needs from the same budget: alone where
    // it is larger, and what was kept goes for it.
    let scrypt = format!("scrypt$32768$seasalt2$8$1${}==", "A".repeat(86));
    assert!(!agencies[0].verify(&scrypt, "a guess").unwrap().matches);
    assert_eq!(hashing_memory().most_kib, 32 * MIB);
    assert_eq!((hashing_memory().taken_kib, hashing_memory().kept_kib), (0, 0));

    // What was stored under other limits and is larger than all there is runs
    // alone, and keeps nothing.
    Hasher::new(Argon2Cost { memory_kib: 70 * 1024, ..cost }, None).decoy("a guess");
    assert_eq!(hashing_memory().most_kib, 70 * MIB);
    assert_eq!((hashing_memory().taken_kib, hashing_memory().kept_kib), (0, 0));
}
