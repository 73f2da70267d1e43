//! The outbox: messages that wait for the host to send them (N).

use carekey::Method;
use pyo3::prelude::*;

use super::directory::Open;
use crate::arg::{Count, Many, Object, Word};
use crate::error::run;

/// A message that was claimed, to be sent and then reported as sent or failed
/// (N).
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Message(carekey::Message);

impl Message {
    pub(crate) fn look<R>(&self, look: impl FnOnce(&carekey::Message) -> R) -> R {
        look(&self.0)
    }
}

#[pymethods]
impl Message {
    fn __repr__(&self) -> String {
        format!("<Message {} by {} to {:?}>", self.0.kind, self.0.method, self.0.address)
    }
}

/// The messages of an agency that wait to be sent (N). carekey sends nothing
/// itself: the host claims messages, sends them, and says what came of it.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Outbox(pub(crate) Open<carekey::Agency>);

#[pymethods]
impl Outbox {
    /// Takes at most so many messages that are due, the oldest first. Nobody
    /// else gets them while the lease runs; then they come again. With a
    /// ``method``, only those that go by it.
    #[pyo3(signature = (most = Count(100), *, method = None), text_signature = "($self, most=100, *, method=None)")]
    fn claim(&self, py: Python<'_>, most: Count, method: Option<Word<Method>>) -> PyResult<Vec<Message>> {
        let agency = self.0.get(py)?;
        let messages = run(py, || agency.outbox().by(method.map(|method| method.0)).claim(most.0))?;
        Ok(messages.into_iter().map(Message).collect())
    }

    /// It was sent: its secrets are forgotten.
    ///
    /// Raises :class:`NotFound` ``message.not_found`` where the lease ran out.
    fn sent(&self, py: Python<'_>, message: Object<Message>) -> PyResult<()> {
        let (agency, message) = (self.0.get(py)?, message.0.get().0.clone());
        run(py, || agency.outbox().sent(&message))
    }

    /// All of these were sent. Returns for how many that could be noted.
    fn sent_all(&self, py: Python<'_>, messages: Many<Object<Message>>) -> PyResult<usize> {
        let agency = self.0.get(py)?;
        let messages: Vec<carekey::Message> = messages.0.iter().map(|message| message.0.get().0.clone()).collect();
        run(py, || agency.outbox().sent_all(&messages))
    }

    /// It could not be sent: it comes again later, and after the last try of
    /// the policy no more.
    fn failed(&self, py: Python<'_>, message: Object<Message>) -> PyResult<()> {
        let (agency, message) = (self.0.get(py)?, message.0.get().0.clone());
        run(py, || agency.outbox().failed(&message))
    }
}
