//! What the core answers, as JSON in JavaScript's spelling.

#[rustfmt::skip]
mod answers;
mod choices;
#[rustfmt::skip]
mod words;

pub(crate) use words::all_words;

use std::collections::BTreeSet;

use carekey::agency::ListPage;
use carekey::{Checked, Finding, Locale, Params, Secret};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// Something that comes out.
pub(crate) trait Show {
    fn show(&self) -> Value;
}

/// What JSON has as it is.
macro_rules! plain {
    ($($type:ty),+ $(,)?) => { $(
        impl Show for $type {
            fn show(&self) -> Value {
                json!(self)
            }
        }
    )+ };
}
plain! {
    (), bool, i64, u32, u64, usize, str, String, Value, Params, carekey::Code, carekey::Policy, uuid::Uuid,
    carekey::AccountId, carekey::AgencyId, carekey::ApplicationId, carekey::GrantId, carekey::InvitationId,
    carekey::LinkId, carekey::MessageId, carekey::PartyId, carekey::TieId, carekey::agency::Invitee,
    carekey::TokenId,
    carekey::invitation::OnlineAccount, carekey::visibility::Whose,
}

/// The sets of words, and all of them by name.
macro_rules! sets {
    ($($name:literal $type:ty),+ $(,)?) => {
        $(impl super::Show for $type {
            fn show(&self) -> serde_json::Value {
                serde_json::json!(self)
            }
        })+

        pub(crate) fn all_words() -> serde_json::Value {
            serde_json::json!({ $($name: <$type>::ALL),+ })
        }
    };
}
use sets;

/// Bytes, as hexadecimal digits.
impl Show for Vec<u8> {
    fn show(&self) -> Value {
        HEXLOWER.encode(self).into()
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> Value {
        (**self).show()
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::show)
    }
}

impl<T: Show> Show for [T] {
    fn show(&self) -> Value {
        self.iter().map(T::show).collect()
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> Value {
        self.as_slice().show()
    }
}

impl<T: Show> Show for BTreeSet<T> {
    fn show(&self) -> Value {
        self.iter().map(T::show).collect()
    }
}

impl<T: Show> Show for ListPage<T> {
    fn show(&self) -> Value {
        json!({ "rows": self.rows.show(), "found": self.found })
    }
}

impl<T: Show> Show for Checked<T> {
    fn show(&self) -> Value {
        json!({ "value": self.value.show(), "findings": self.findings.show() })
    }
}

/// Marked, so that it becomes a `Date`.
impl Show for OffsetDateTime {
    fn show(&self) -> Value {
        json!({ "$moment": milliseconds(*self) })
    }
}

/// A moment, as `Date` counts.
pub(crate) fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// In milliseconds.
impl Show for Duration {
    fn show(&self) -> Value {
        i64::try_from(self.whole_milliseconds()).unwrap_or(i64::MAX).into()
    }
}

/// Marked, so that it becomes a `Secret`.
impl Show for Secret {
    fn show(&self) -> Value {
        json!({ "$secret": self.reveal() })
    }
}

impl Show for Finding {
    fn show(&self) -> Value {
        json!({
            "code": self.code,
            "field": self.field,
            "severity": self.severity,
            "params": self.params,
            "suggestion": self.suggestion,
            "message": self.message(Locale::English),
        })
    }
}
