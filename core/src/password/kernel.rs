//! Argon2 itself (P6, RFC 9106): the reference, and a faster kernel that is
//! believed only after it gave the known answers.

use argon2::Algorithm;

use super::memory::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::policy::Argon2Cost;

#[cfg(feature = "simd-argon2")]
pub(super) use argon2_rust::Hasher as Buffer;

/// The reference keeps no memory.
#[cfg(not(feature = "simd-argon2"))]
pub(super) enum Buffer {}

/// Fills `tag` with Argon2 (version 19, no secret, no associated data) of the
/// password, when its memory is to be had. The faster kernel has Argon2id alone.
pub(super) fn derive(
    algorithm: Algorithm,
    password: &[u8],
    salt: &[u8],
    cost: Argon2Cost,
    tag: &mut [u8],
) -> Result<()> {
    let mut taken = Budget::of_process().take(cost.memory_kib.into());
    #[cfg(feature = "simd-argon2")]
    if algorithm == Algorithm::Argon2id
        && fast::is_sound()
        && fast::derive(&mut taken.buffer, password, salt, cost, tag).is_some()
    {
        return Ok(());
    }
    // It brings its own memory.
    taken.buffer = None;
    reference(algorithm, password, salt, cost, tag).ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))
}

/// RustCrypto's implementation: the one that decides.
fn reference(algorithm: Algorithm, password: &[u8], salt: &[u8], cost: Argon2Cost, tag: &mut [u8]) -> Option<()> {
    let params = argon2::Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(tag.len())).ok()?;
    argon2::Argon2::new(algorithm, argon2::Version::V0x13, params).hash_password_into(password, salt, tag).ok()
}

#[cfg(feature = "simd-argon2")]
mod fast {
    //! `argon2-rust`: the same function, with vector instructions where the
    //! processor has them.

    use std::sync::OnceLock;

    use argon2_rust::params::{Memory, TagLen};
    use argon2_rust::{Algorithm, Argon2, Params, Version};

    use super::Buffer;
    use crate::policy::Argon2Cost;

    /// Fills the tag in the memory of the buffer, which is made where there is
    /// none; it comes back wiped.
    pub(super) fn derive(
        buffer: &mut Option<Buffer>,
        password: &[u8],
        salt: &[u8],
        cost: Argon2Cost,
        tag: &mut [u8],
    ) -> Option<()> {
        let argon2 = argon2(cost, tag.len())?;
        let buffer = buffer.get_or_insert_with(|| argon2.hasher());
        buffer.set_argon2(argon2);
        buffer.hash_into(password, salt, tag).ok()
    }

    fn argon2(cost: Argon2Cost, tag_length: usize) -> Option<Argon2> {
        let params = Params::builder()
            .memory(Memory::kib(cost.memory_kib.into()))
            .passes(cost.passes)
            .lanes(cost.lanes)
            .tag_len(TagLen::bytes(u64::try_from(tag_length).ok()?))
            .build()
            .ok()?;
        Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Known answers of the reference implementation (`src/test.c` of
    /// phc-winner-argon2): `password`, `somesalt`, 256 KiB, 2 passes.
    const KNOWN: [(u32, [u8; 32]); 2] = [
        (
            1,
            [
                0x9d, 0xfe, 0xb9, 0x10, 0xe8, 0x0b, 0xad, 0x03, 0x11, 0xfe, 0xe2, 0x0f, 0x9c, 0x0e, 0x2b, 0x12, 0xc1,
                0x79, 0x87, 0xb4, 0xca, 0xc9, 0x0c, 0x2e, 0xf5, 0x4d, 0x5b, 0x30, 0x21, 0xc6, 0x8b, 0xfe,
            ],
        ),
        (
            2,
            [
                0x6d, 0x09, 0x3c, 0x50, 0x1f, 0xd5, 0x99, 0x96, 0x45, 0xe0, 0xea, 0x3b, 0xf6, 0x20, 0xd7, 0xb8, 0xbe,
                0x7f, 0xd2, 0xdb, 0x59, 0xc2, 0x0d, 0x9f, 0xff, 0x95, 0x39, 0xda, 0x2b, 0xf5, 0x70, 0x37,
            ],
        ),
    ];

    /// Whether this kernel gives the known answers on this processor; asked
    /// once, when it is first used.
    pub(super) fn is_sound() -> bool {
        static SOUND: OnceLock<bool> = OnceLock::new();
        *SOUND.get_or_init(|| {
            KNOWN.iter().all(|(lanes, known)| {
                let cost = Argon2Cost { memory_kib: 256, passes: 2, lanes: *lanes };
                let mut tag = [0; 32];
                derive(&mut None, b"password", b"somesalt", cost, &mut tag).is_some() && tag == *known
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of `src/test.c` of phc-winner-argon2, Argon2id version 19:
    /// log2 of the memory in KiB, passes, lanes, password, salt, tag.
    const VECTORS: &[(u32, u32, u32, &str, &str, &str)] = &[
        (8, 2, 1, "password", "somesalt", "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
        (8, 2, 2, "password", "somesalt", "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"),
        (16, 2, 1, "password", "somesalt", "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
        (16, 1, 1, "password", "somesalt", "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98"),
        (16, 4, 1, "password", "somesalt", "9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c"),
        (16, 2, 1, "differentpassword", "somesalt", "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde"),
        (16, 2, 1, "password", "diffsalt", "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c"),
    ];

    fn hex(bytes: &[u8]) -> String {
        data_encoding::HEXLOWER.encode(bytes)
    }

    #[test]
    fn both_kernels_give_the_answers_of_the_reference_implementation() {
        for (log_memory, passes, lanes, password, salt, expect) in VECTORS {
            let cost = Argon2Cost { memory_kib: 1 << log_memory, passes: *passes, lanes: *lanes };
            let mut tag = [0; 32];
            reference(Algorithm::Argon2id, password.as_bytes(), salt.as_bytes(), cost, &mut tag).unwrap();
            assert_eq!(&hex(&tag), expect);
            let mut tag = [0; 32];
            derive(Algorithm::Argon2id, password.as_bytes(), salt.as_bytes(), cost, &mut tag).unwrap();
            assert_eq!(&hex(&tag), expect);
        }
    }

    /// RFC 9106, section 5.3: the vector has a secret and associated data,
    /// which only the reference takes.
    #[test]
    fn the_reference_gives_the_answer_of_rfc_9106() {
        let params = argon2::ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .output_len(32)
            .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
            .build()
            .unwrap();
        let secret = [3; 8];
        let argon2 =
            argon2::Argon2::new_with_secret(&secret, argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let mut tag = [0; 32];
        argon2.unwrap().hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        assert_eq!(hex(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    #[cfg(feature = "simd-argon2")]
    #[test]
    fn the_fast_kernel_agrees_with_the_reference_whatever_the_cost() {
        assert!(fast::is_sound());
        let mut buffer = None;
        for memory_kib in [8, 9, 31, 64, 200, 1024] {
            for passes in [1, 2, 3] {
                for lanes in [1, 2, 3, 4] {
                    for length in [10, 16, 32, 64] {
                        let cost = Argon2Cost { memory_kib, passes, lanes };
                        let (mut one, mut other) = (vec![0; length], vec![0; length]);
                        let salt = [u8::try_from(length).unwrap(); 16];
                        let ours = fast::derive(&mut buffer, b"Lantern#47", &salt, cost, &mut one);
                        assert_eq!(
                            ours,
                            reference(Algorithm::Argon2id, b"Lantern#47", &salt, cost, &mut other),
                            "{cost:?}"
                        );
                        assert_eq!(one, other, "{cost:?} {length}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_cost_that_argon2_does_not_have_is_an_error() {
        let cost = Argon2Cost { memory_kib: 7, passes: 1, lanes: 1 };
        assert!(derive(Algorithm::Argon2id, b"", b"somesalt", cost, &mut [0; 32]).is_err());
    }
}
