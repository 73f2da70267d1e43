//! Where a history begins of which earlier lines were removed (H).

use data_encoding::HEXLOWER;

use super::{Head, Line};
use crate::finding::Param;
#[cfg(feature = "engine")]
use crate::finding::{Params, params};
use crate::words::EventKind;

/// The parameter that says how many lines are gone.
const THROUGH: &str = "through";
/// The parameter that has the head behind the last one of them.
const HEAD: &str = "head";

impl Head {
    /// What a line says by which the lines up to this head can go: it is one of
    /// those that stay, so that the chain vouches for it. Nobody without the key
    /// can make one, or make it say otherwise.
    #[cfg(feature = "engine")]
    pub(crate) fn checkpoint(&self) -> Params {
        params([(THROUGH, self.length.into()), (HEAD, HEXLOWER.encode(&self.mac).into())])
    }

    /// The head that the lines which are there go on from: that of the last
    /// checkpoint among them, or that of an empty history.
    pub(crate) fn before(lines: &[Line]) -> Self {
        let checkpoint = lines.iter().rev().find(|line| line.kind == EventKind::HistoryCheckpoint);
        checkpoint.and_then(Self::said).unwrap_or_default()
    }

    fn said(line: &Line) -> Option<Self> {
        let (Param::Number(length), Param::Text(mac)) = (line.details.get(THROUGH)?, line.details.get(HEAD)?) else {
            return None;
        };
        Some(Self { length: *length, mac: HEXLOWER.decode(mac.as_bytes()).ok()? })
    }
}
