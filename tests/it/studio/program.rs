//! The program as a process: it lives on threads of its own, so that it can be stopped as a signal would, or die in the
//! middle of a step like one whose machine lost its power.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use greenroom::app::{App, Drive, Running};
use greenroom::config::{Config, Roles};
use greenroom::domain::clock::SharedClock;
use greenroom::media::fetch::link::Internet;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Dropping everything that runs takes moments; longer is a fault of the harness.
const DEATH_WITHIN: Duration = super::PATIENCE;

/// A program that runs on threads of its own.
pub(super) struct Program {
    running: Option<Arc<Running>>,
    runtime: Option<Runtime>,
}

impl Program {
    /// Builds and starts it; without an internet of the story's own it follows no link.
    pub(super) async fn starts(
        config: Config,
        clock: SharedClock,
        drive: Drive,
        internet: Option<Arc<dyn Internet>>,
    ) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let built = runtime.spawn(async move {
            let app = App::build_on(&config, Roles::ALL, clock, internet).await.unwrap();
            Arc::new(app.start(drive, CancellationToken::new()))
        });
        // From here on its threads end with it, also when it could not be built.
        let mut program = Self { running: None, runtime: Some(runtime) };
        program.running = Some(built.await.unwrap());
        program
    }

    /// What runs.
    pub(super) fn running(&self) -> &Running {
        self.running.as_ref().expect("the program runs")
    }

    /// Does something on the program's own threads: it dies with the program.
    pub(super) fn does<F>(&self, act: impl FnOnce(Arc<Running>) -> F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let running = Arc::clone(self.running.as_ref().expect("the program runs"));
        self.runtime.as_ref().expect("the program runs").spawn(act(running))
    }

    /// Asks it to stop, as a signal would; the handle ends when it has stopped.
    pub(super) fn is_asked_to_stop(&mut self) -> JoinHandle<anyhow::Result<()>> {
        let running = self.running.take().and_then(Arc::into_inner).expect("nobody is at work with the program");
        self.runtime.as_ref().expect("the program runs").spawn(running.stop())
    }

    /// Ends it where it is: no task goes on, and nothing is written or given back any more.
    pub(super) async fn dies(mut self) {
        let runtime = self.runtime.take().expect("the program runs");
        let death = tokio::task::spawn_blocking(move || runtime.shutdown_timeout(DEATH_WITHIN));
        death.await.unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // In a story that failed; waiting for it is not allowed here.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
