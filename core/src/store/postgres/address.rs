//! From an address to connections.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::{StoreError, StoreResult};

/// How many connections there are at most.
const CONNECTIONS: usize = 16;

/// How long to wait for a free connection, or for a row that others write.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long to wait for the server to answer at all, unless the address says.
const CONNECT: Duration = Duration::from_secs(10);

/// What every session needs; what the address says comes behind it, and counts.
///
/// - `synchronous_commit`: a code that was redeemed stays so after a power
///   failure, on a server that is set otherwise, too.
/// - `lock_timeout`, `idle_in_transaction_session_timeout`: nobody waits for a
///   program that was stopped in the middle of a commit.
fn session(own: &str) -> String {
    let patience = PATIENCE.as_secs();
    format!("-c synchronous_commit=on -c lock_timeout={patience}s -c idle_in_transaction_session_timeout=60s {own}")
}

/// Connections to that address. None is opened yet.
pub(super) fn pool(address: &str) -> StoreResult<Pool> {
    // The error may hold the password.
    let malformed = || StoreError::Unavailable("the address is not that of a PostgreSQL database".to_owned());
    let mut config: Config = address.parse().map_err(|_| malformed())?;
    if config.get_hosts().is_empty() {
        return Err(malformed());
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_application_name().is_none() {
        config.application_name("carekey");
    }
    config.options(session(config.get_options().unwrap_or_default()));
    if config.get_ssl_mode() == SslMode::Prefer {
        // "Prefer" would go without where a network in between says so.
        let here = config.get_hosts().iter().all(is_this_machine);
        config.ssl_mode(if here { SslMode::Disable } else { SslMode::Require });
    }
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match config.get_ssl_mode() {
        SslMode::Disable => Manager::from_config(config, NoTls, recycling),
        _ => Manager::from_config(config, encrypted()?, recycling),
    };
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .build()
        .map_err(|_| malformed())
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// TLS with the certificates that the system trusts.
fn encrypted() -> StoreResult<MakeRustlsConnect> {
    let unavailable = |what: &str| StoreError::Unavailable(what.to_owned());
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(unavailable("the system trusts no certificate at all"));
    }
    // A provider of its own: none is installed for the whole process.
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| unavailable("no version of TLS"))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}
