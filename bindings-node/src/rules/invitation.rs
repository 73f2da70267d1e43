//! I: the secrets of a new invitation.

use carekey::agency::{Environment, SystemEnvironment};
use carekey::invitation::InvitationSecret;
use napi_derive::napi;
use serde_json::json;

use crate::border::guard;
use crate::show::Show;

#[napi]
pub fn invitation_generate() -> napi::Result<String> {
    guard(|| {
        let made = InvitationSecret::generate(&mut *SystemEnvironment.randomness()?);
        Ok(json!({ "code": made.code.show(), "link": made.link.show() }).to_string())
    })
}
