//! The Arrow C stream interface, both ways: how data frame libraries hand
//! tables to each other. A few structs of its standard, and no library of
//! Arrow, which would weigh more than the engine.
//!
//! The structs and their rules: "The Arrow C data interface" and "The Arrow C
//! stream interface" of Apache Arrow's format.

mod export;
mod import;

use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;

pub(crate) use export::{Column, Stream};
pub(crate) use import::{Fault, read};

/// What a capsule with a stream is called.
pub(crate) const CAPSULE: &core::ffi::CStr = c"arrow_array_stream";

/// Declares a struct of the interface: whoever owns it releases it.
macro_rules! released {
    ($name:ident { $( $field:ident : $type:ty ),* $(,)? }) => {
        #[repr(C)]
        pub(crate) struct $name {
            $( $field: $type, )*
            /// What gives it back; null of one that was given back, or moved.
            release: Option<unsafe extern "C" fn(*mut $name)>,
            private: *mut c_void,
        }

        impl Drop for $name {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: whoever made it gave this function for it, and
                    // it was not called yet, as it would have taken itself out.
                    unsafe { release(self) }
                }
            }
        }
    };
}

released! { Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    child_count: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
} }

released! { Array {
    length: i64,
    null_count: i64,
    offset: i64,
    buffer_count: i64,
    child_count: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
} }

/// A table, piece by piece.
#[repr(C)]
pub(crate) struct RawStream {
    get_schema: Option<unsafe extern "C" fn(*mut RawStream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut RawStream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut RawStream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut RawStream)>,
    private: *mut c_void,
}

impl Drop for RawStream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: as of the others.
            unsafe { release(self) }
        }
    }
}

impl Schema {
    /// One to be filled by whoever has something.
    fn none() -> Self {
        Self {
            format: core::ptr::null(),
            name: core::ptr::null(),
            metadata: core::ptr::null(),
            flags: 0,
            child_count: 0,
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private: null_mut(),
        }
    }
}

impl Array {
    /// One to be filled by whoever has something.
    fn none() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            buffer_count: 0,
            child_count: 0,
            buffers: null_mut(),
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private: null_mut(),
        }
    }
}

impl RawStream {
    /// One that was given back.
    fn none() -> Self {
        Self { get_schema: None, get_next: None, get_last_error: None, release: None, private: null_mut() }
    }
}
