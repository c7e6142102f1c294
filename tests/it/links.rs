//! Links that people type: what is followed, what is not, and that nobody is asked who must not be.
//!
//! The guard's own code looks at every name and address; only behind it, where a connection would leave this machine,
//! stands a server of the test's own.

mod following;
mod forms;
mod town;

pub(crate) use town::Town;
