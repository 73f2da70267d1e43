//! Progress of long work, and Ctrl-C.

use std::ops::ControlFlow;

use carekey::agency::Progress;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::error::wrong_type;

/// Who is told how far long work has come.
pub(crate) enum Listener {
    Nobody,
    /// A callable that takes `done` and `total`.
    Call(Py<PyAny>),
    /// A progress bar as tqdm has it: `total`, and `update` by how many more.
    Bar(Py<PyAny>),
}

impl Listener {
    pub(crate) fn of(progress: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(progress) = progress else { return Ok(Self::Nobody) };
        if progress.hasattr("update")? && progress.hasattr("total")? {
            return Ok(Self::Bar(progress.clone().unbind()));
        }
        if progress.is_callable() {
            return Ok(Self::Call(progress.clone().unbind()));
        }
        Err(wrong_type(progress, "a callable of (done, total), or a tqdm bar"))
    }
}

/// Tells the listener of each piece of work, and looks for Ctrl-C before each.
/// An exception, of the listener or of a signal, stops the work, and so does
/// a callable that returns False.
pub(crate) struct Watch {
    listener: Listener,
    told: usize,
    stopped: Option<PyErr>,
}

impl Watch {
    pub(crate) fn new(listener: Listener) -> Self {
        Self { listener, told: 0, stopped: None }
    }

    pub(crate) fn tell(&mut self, progress: Progress) -> ControlFlow<()> {
        let more = progress.done.saturating_sub(self.told);
        self.told = progress.done;
        let told = Python::attach(|py| {
            py.check_signals()?;
            match &self.listener {
                Listener::Nobody => {}
                Listener::Call(call) => {
                    let answer = call.call1(py, (progress.done, progress.total))?;
                    return Ok(!answer.bind(py).is(PyBool::new(py, false)));
                }
                Listener::Bar(bar) => {
                    bar.setattr(py, "total", progress.total)?;
                    bar.call_method1(py, "update", (more,))?;
                }
            }
            Ok(true)
        });
        match told {
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(()),
            Err(error) => {
                self.stopped = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    /// What stopped the work, if something of Python did: in place of the
    /// error that says only that it was stopped.
    pub(crate) fn result<T>(self, done: PyResult<T>) -> PyResult<T> {
        match self.stopped {
            Some(error) => Err(error),
            None => done,
        }
    }
}
