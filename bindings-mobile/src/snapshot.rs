//! Access snapshots: what one viewer may see, decided without a network.

use std::sync::Arc;

use carekey::snapshot::{PublicKey, Snapshot as Opened};
use carekey::{AccountId, ApplicationId, PartyId, visibility};

use crate::choice::choices;
use crate::error::CarekeyError;
use crate::records::{Decision, Sight};
use crate::types::Moment;
use crate::words::Resource;

choices! {
    /// Whose resource is asked for, by name.
    Whose = carekey::visibility::Whose {
        /// The viewer's own.
        Own,
        /// That of a party: a client, as a rule.
        Party(
            /// Which one.
            id: PartyId
        ),
        /// An application.
        Application(
            /// Which one.
            id: ApplicationId
        ),
    }
}

/// What one viewer may see, from when the server issued it until it lapses,
/// with the very answers of the server.
///
/// It is signed, not sealed: keep its text where the app keeps its session.
/// What is revoked stays visible offline until it lapses.
#[derive(Debug, uniffi::Object)]
pub struct Snapshot(Opened);

#[uniffi::export]
impl Snapshot {
    /// Opens a snapshot, as the server sent it, of an agency for an account,
    /// with the agency's public key (`ck1…`).
    ///
    /// Throws `Invalid` with `snapshot.key` where the key is none; or
    /// `Refused`, with the first of these that is so: `snapshot.malformed` (it
    /// is none, or it was cut off), `snapshot.newer` (update the app),
    /// `snapshot.older` (fetch a new one), `snapshot.other_agency`,
    /// `snapshot.forged`, `snapshot.other_viewer`, `snapshot.not_yet`,
    /// `snapshot.lapsed` (fetch a new one).
    #[uniffi::constructor]
    pub fn new(
        text: &str,
        key: &str,
        agency: &str,
        account: AccountId,
        now: Moment,
    ) -> Result<Arc<Self>, CarekeyError> {
        let key = PublicKey::parse(key).into_result()?;
        Ok(Arc::new(Self(Opened::open(text, &key, agency, account, now)?)))
    }

    /// Whether, how much and why the viewer sees a resource at that moment.
    ///
    /// Throws `Refused`: `snapshot.lapsed`, or `snapshot.not_yet` where the
    /// clock is more than five minutes behind the server's.
    pub fn can_see(&self, resource: Resource, of: Whose, at: Moment) -> Result<Decision, CarekeyError> {
        Ok(self.0.can_see(resource.into(), visibility::Whose::from(of), at)?.into())
    }

    /// Everything that the viewer sees at that moment: their own, that of
    /// their clients, their applications, and what is granted by name.
    ///
    /// Throws as `canSee` does.
    pub fn what(&self, at: Moment) -> Result<Vec<Sight>, CarekeyError> {
        Ok(self.0.what(at)?.into_iter().map(Sight::from).collect())
    }

    /// Whom it is about.
    pub fn account(&self) -> AccountId {
        self.0.account()
    }

    /// When it was issued.
    pub fn issued_at(&self) -> Moment {
        self.0.issued_at()
    }

    /// From when on it says nothing more; the moment itself is outside.
    pub fn lapses_at(&self) -> Moment {
        self.0.lapses_at()
    }
}
