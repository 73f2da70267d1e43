//! Serves the portal of an agency that there is:
//!
//! ```text
//! CAREKEY_STORE=sqlite:agency.db CAREKEY_KEY_FILE=key CAREKEY_AGENCY=104 cargo run -p carekey-axum
//! ```
//!
//! The key file has the 32 bytes themselves. In front of it stands what speaks
//! TLS: the cookies go over nothing else.

use std::net::SocketAddr;

use carekey::Directory;
use carekey_axum::{Site, portal};
use tokio::net::TcpListener;

/// Whatever stands in the way of a start: it is told, and the program ends.
type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let key = std::fs::read(std::env::var("CAREKEY_KEY_FILE")?)?;
    // Before the runtime starts, nothing is kept waiting.
    let directory = Directory::open(&std::env::var("CAREKEY_STORE")?, &key)?;
    let site = Site::new(directory.agency(&std::env::var("CAREKEY_AGENCY")?)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:8080").await?;
        axum::serve(listener, portal(site).into_make_service_with_connect_info::<SocketAddr>()).await?;
        Ok(())
    })
}
