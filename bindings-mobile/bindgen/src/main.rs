//! Writes the Swift and Kotlin sources of the library: `bindings-mobile/generate.sh`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
