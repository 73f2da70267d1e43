#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carekey_tests::fuzz::snapshot(data));
