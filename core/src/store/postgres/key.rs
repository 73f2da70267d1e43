//! The fingerprint of the key in a database.

use tokio_postgres::{Error, GenericClient};

use super::dialect::Postgres;
use super::value::Param;
use crate::store::record::Setting;
use crate::store::sql::Statements;
use crate::store::{Record, StoreResult, key};

/// Whether the fingerprint is in the database, which has tables of any version.
pub(super) async fn is_left(
    client: &impl GenericClient,
    fingerprint: Option<&[u8]>,
) -> Result<StoreResult<bool>, Error> {
    let Some(asked) = fingerprint else { return Ok(Ok(true)) };
    let setting = key::setting(asked);
    let value = "SELECT value FROM setting WHERE agency = $1 AND id = $2";
    let found = client.query_opt(value, &[&setting.agency.0, &setting.id.0]).await?;
    let found: Option<Vec<u8>> = found.map(|row| row.try_get(0)).transpose()?;
    Ok(key::is_left(found.as_deref(), fingerprint))
}

/// Leaves the fingerprint in a database of this release, unless someone else
/// was first.
pub(super) async fn leave(client: &impl GenericClient, fingerprint: &[u8]) -> Result<(), Error> {
    let row = key::setting(fingerprint).to_row();
    let params: Vec<Param> = Setting::TABLE.columns.iter().zip(&row).map(Param::of_column).collect();
    let insert = format!("{} ON CONFLICT DO NOTHING", Statements::of::<Postgres>(Setting::TABLE).insert);
    let params: Vec<_> = params.iter().map(|param| param as &(dyn tokio_postgres::types::ToSql + Sync)).collect();
    client.execute(&insert, &params).await.map(|_| ())
}
