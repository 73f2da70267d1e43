//! Long work: it tells how far it has come, and stops where it is asked to.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use carekey::agency::Progress;
use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi_derive::napi;

/// Set by JavaScript when long work is to stop.
#[napi]
#[derive(Default)]
pub struct Stop {
    stopped: Arc<AtomicBool>,
}

#[napi]
impl Stop {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    #[napi]
    pub fn stop(&self) {
        self.stopped.store(true, Relaxed);
    }
}

/// What the core tells its progress to, on whichever thread: how many rows of
/// how many are done.
pub(super) fn telling(
    stop: &Stop,
    progress: &Function<'_, FnArgs<(u32, u32)>, ()>,
) -> napi::Result<impl FnMut(Progress) -> ControlFlow<()> + Send + use<>> {
    let stopped = Arc::clone(&stop.stopped);
    let tell = progress.build_threadsafe_function().build()?;
    Ok(move |Progress { done, total }: Progress| {
        if stopped.load(Relaxed) {
            return ControlFlow::Break(());
        }
        let count = |rows| u32::try_from(rows).unwrap_or(u32::MAX);
        tell.call((count(done), count(total)).into(), ThreadsafeFunctionCallMode::NonBlocking);
        ControlFlow::Continue(())
    })
}
