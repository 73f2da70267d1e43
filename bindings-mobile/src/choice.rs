//! How one of several things becomes an enum of UniFFI's, whose variants hold
//! their values by name: `(…)` is a value that the core has without one. The
//! compiler keeps both the same.

macro_rules! choices {
    ($(
        $(#[$meta:meta])*
        $name:ident = $core:ty {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident
                $( ( $(#[$value_meta:meta])* $value:ident: $value_type:ty ) )?
                $( { $( $(#[$field_meta:meta])* $field:ident: $type:ty ),+ $(,)? } )?
            ),+ $(,)?
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant
                $( { $(#[$value_meta])* $value: $value_type } )?
                $( { $( $(#[$field_meta])* $field: $type ),+ } )?
            ),+
        }

        impl From<$core> for $name {
            fn from(choice: $core) -> Self {
                type Core = $core;
                match choice { $(
                    Core::$variant $( ($value) )? $( { $($field),+ } )? => {
                        Self::$variant $( { $value: $value.into() } )? $( { $($field: $field.into()),+ } )?
                    }
                )+ }
            }
        }

        impl From<$name> for $core {
            fn from(choice: $name) -> Self {
                match choice { $(
                    $name::$variant $( { $value } )? $( { $($field),+ } )? => {
                        Self::$variant $( ($value.into()) )? $( { $($field: $field.into()),+ } )?
                    }
                )+ }
            }
        }
    )+ };
}

pub(crate) use choices;
