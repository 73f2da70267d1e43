//! What every N-API module needs of its linker.

fn main() {
    napi_build::setup();
}
