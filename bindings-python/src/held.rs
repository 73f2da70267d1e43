//! Classes that hold a value of the core.

use std::sync::{Mutex, PoisonError};

/// A value of the core that its methods change.
pub(crate) struct Held<T>(Mutex<T>);

impl<T> Held<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T: Clone> Held<T> {
    /// As it is now.
    pub(crate) fn get(&self) -> T {
        self.with(|value| value.clone())
    }
}

impl<T: Clone + PartialEq> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

/// Declares a class that holds a value of the core: one that never changes
/// (`fixed`), one that its methods change (`changing`), or one that is compared
/// and goes to other processes besides (`kept`).
///
/// ```text
/// held! {
///     /// What it is.
///     Throttle holds kept carekey::account::Throttle
/// }
/// ```
macro_rules! held {
    ($(#[$meta:meta])* $name:ident holds fixed $core:ty) => {
        $(#[$meta])*
        #[pyo3::pyclass(frozen, module = "carekey")]
        pub(crate) struct $name(pub(crate) $core);

        impl $name {
            pub(crate) fn look<R>(&self, look: impl FnOnce(&$core) -> R) -> R {
                look(&self.0)
            }
        }

        impl $crate::over::Over<$name> for $core {
            fn over(self) -> $name {
                $name(self)
            }
        }
    };
    ($(#[$meta:meta])* $name:ident holds changing $core:ty) => {
        $(#[$meta])*
        #[pyo3::pyclass(frozen, module = "carekey")]
        pub(crate) struct $name($crate::held::Held<$core>);
        $crate::held::held! { @ $name $core }
    };
    ($(#[$meta:meta])* $name:ident holds kept $core:ty) => {
        $(#[$meta])*
        #[pyo3::pyclass(frozen, eq, module = "carekey")]
        #[derive(PartialEq)]
        pub(crate) struct $name($crate::held::Held<$core>);
        $crate::held::held! { @ $name $core }
        $crate::value::json_value! { $name: held => &held.0.get(), $name::hold }
    };
    (@ $name:ident $core:ty) => {
        impl $name {
            pub(crate) fn hold(value: $core) -> Self {
                Self($crate::held::Held::new(value))
            }

            #[allow(dead_code, reason = "some have nothing that is only looked at")]
            pub(crate) fn look<R>(&self, look: impl FnOnce(&$core) -> R) -> R {
                self.0.with(|value| look(value))
            }

            pub(crate) fn with<R>(&self, act: impl FnOnce(&mut $core) -> R) -> R {
                self.0.with(act)
            }
        }

        impl $crate::over::Over<$name> for $core {
            fn over(self) -> $name {
                $name::hold(self)
            }
        }

        impl $crate::over::Over<$core> for $crate::arg::Object<$name> {
            fn over(self) -> $core {
                self.0.get().0.get()
            }
        }
    };
}
pub(crate) use held;
