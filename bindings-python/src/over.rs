//! What goes over the border: values of the core as Python has them, and what
//! Python gives as the core takes it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use carekey::password::ImportedHash;
use pyo3::PyClass;
use pyo3::pyclass::boolean_struct::True;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::arg::{Bytes, Count, Flag, Id, Lasts, Many, Moment, Named, Object, Text, TextEnum, Whole, Word};
use crate::engine::results::{Details, Mac};
use crate::engine::roster::Who;
use crate::engine::settings::Policy;
use crate::engine::sight::Reason;
use crate::finding::{Finding, ParamArg};
use crate::secret::{Secret, SecretArg};

/// Something that goes over, and is that on the other side.
pub(crate) trait Over<There> {
    fn over(self) -> There;
}

/// What an object is in the core.
pub(crate) trait Core<There> {
    fn core(&self) -> There;
}

impl<There, Here: Over<There> + Clone> Core<There> for Here {
    fn core(&self) -> There {
        self.clone().over()
    }
}

/// One line for each: what it is here, what it is there, and how.
macro_rules! over {
    ($( $here:ty => $there:ty: $value:ident $over:expr; )+) => { $(
        impl Over<$there> for $here {
            fn over(self) -> $there {
                let $value = self;
                $over
            }
        }
    )+ };
}

over! {
    () => (): nothing nothing;
    bool => bool: flag flag;
    Flag => bool: flag flag.0;
    String => String: text text;
    &str => String: text text.to_owned();
    Cow<'_, str> => String: text text.into_owned();
    Text => String: text text.0;
    Count => u32: number number.small();
    Count => u64: number number.0;
    Count => usize: number usize::try_from(number.0).unwrap_or(usize::MAX);
    i64 => i64: number number;
    u32 => u32: number number;
    u64 => u64: number number;
    usize => usize: number number;
    Whole => i64: number number.0;
    Moment => Moment: at at;
    Moment => OffsetDateTime: at at.0;
    OffsetDateTime => Moment: at Moment(at);
    Lasts => Duration: lasts lasts.0;
    Duration => Lasts: lasts Lasts(lasts);
    Secret => carekey::Secret: secret secret.0;
    SecretArg => Secret: secret Secret(secret.0);
    carekey::Secret => Secret: secret Secret(secret);
    ImportedHash => Secret: hash Secret(hash.reveal().into());
    Secret => ImportedHash: hash hash.0.reveal().into();
    carekey::Finding => Finding: finding Finding(finding);
    carekey::visibility::Reason => Reason: reason Reason(reason);
    carekey::Policy => Policy: policy Policy(policy);
    carekey::Params => Details: params Details(params);
    Details => carekey::Params: details details.0;
    Named<ParamArg> => Details: named Details(named.0.into_iter().map(|(name, value)| (name, value.0)).collect());
    Named<ParamArg> => carekey::Params: named Over::<Details>::over(named).0;
    Named<SecretArg> => BTreeMap<String, carekey::Secret>: named named.0.into_iter().map(|(name, secret)| (name, secret.0)).collect();
    Vec<u8> => Mac: bytes Mac(bytes);
    Mac => Vec<u8>: mac mac.0;
    Bytes => Mac: bytes Mac(bytes.0);
    Bytes => Vec<u8>: bytes bytes.0;
    Who => Who: who who;
    Who => carekey::roster::Who: who who.0;
    carekey::roster::Who => Who: who Who(who);
    Id => Id: id id;
    Id => Uuid: id id.0;
    Uuid => Id: id Id(id);
}

macro_rules! ids {
    ($($id:ident)+) => { over! { $(
        Id => carekey::$id: id carekey::$id(id.0);
        carekey::$id => Id: id Id(id.0);
    )+ } };
}
ids! { AccountId AgencyId ApplicationId GrantId InvitationId LinkId MessageId PartyId TieId TokenId }

impl<T: TextEnum> Over<Word<T>> for T {
    fn over(self) -> Word<T> {
        Word(self)
    }
}

impl<T: TextEnum> Over<T> for Word<T> {
    fn over(self) -> T {
        self.0
    }
}

impl<T: TextEnum> Over<Word<T>> for Word<T> {
    fn over(self) -> Word<T> {
        self
    }
}

impl<There, Here: Over<There>> Over<Option<There>> for Option<Here> {
    fn over(self) -> Option<There> {
        self.map(Over::over)
    }
}

impl<There, Here: Over<There>> Over<Vec<There>> for Vec<Here> {
    fn over(self) -> Vec<There> {
        self.into_iter().map(Over::over).collect()
    }
}

impl<There, Here: Over<There> + Clone> Over<Vec<There>> for &[Here] {
    fn over(self) -> Vec<There> {
        self.to_vec().over()
    }
}

impl<There: Ord, Here: Over<There>> Over<BTreeSet<There>> for Vec<Here> {
    fn over(self) -> BTreeSet<There> {
        self.into_iter().map(Over::over).collect()
    }
}

impl<There, Here: Over<There>> Over<Vec<There>> for BTreeSet<Here> {
    fn over(self) -> Vec<There> {
        self.into_iter().map(Over::over).collect()
    }
}

impl<There, Here> Over<There> for Many<Here>
where
    Vec<Here>: Over<There>,
{
    fn over(self) -> There {
        self.0.over()
    }
}

/// An object goes over as what it is of.
impl<There, Here: Over<There> + Clone + PyClass<Frozen = True> + Sync> Over<There> for Object<Here> {
    fn over(self) -> There {
        self.0.get().clone().over()
    }
}
