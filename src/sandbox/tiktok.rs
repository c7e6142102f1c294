//! The local TikTok: what TikTok's documentation says its services do, played on this machine for the sandbox and the
//! tests.
//!
//! It is strict, keeps a journal of everything asked of it, and counts each request TikTok would refuse as
//! malformed. It is written from the reference and knows nothing of the client that talks to it. Where the
//! documentation leaves something open there is a switch in [`Rules`].
//!
//! Time is the injected clock's. What time brings happens when somebody looks: at a request, or through this handle.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

mod answer;
mod consent;
mod creator;
mod desk;
mod display;
mod door;
mod follow;
mod handle;
mod ledger;
mod limits;
mod line;
mod media;
mod oauth;
mod progress;
mod publication;
mod publish;
mod pull;
mod state;
mod tasks;
mod terms;
mod upload;
mod webhooks;
mod wire;

pub use creator::Creator;
pub use door::TOKEN_SHOWN;
pub use ledger::{Entry, Posted};
pub use publication::{Kind, Stage};
pub use state::{PostIdForm, Rules};

use crate::domain::clock::SharedClock;
use crate::sandbox::mischief::Mischief;
use state::{Shared, World};

/// Every scope an app can be given.
pub const SCOPES: [&str; 6] =
    ["user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload"];

/// How long stopping waits for requests that are under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a local TikTok begins.
pub struct TikTokOptions {
    /// Where the time comes from.
    pub clock: SharedClock,
    /// Where to listen, on this machine only; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The app's key.
    pub client_key: String,
    /// The app's secret.
    pub client_secret: String,
    /// Whether the app has passed the audit; it overrules the same switch in the rules.
    pub audited: bool,
    /// Everything that can be switched.
    pub rules: Rules,
    /// The accounts there are at first.
    pub creators: Vec<Creator>,
    /// The redirect addresses registered for the app; none means any well-formed one.
    pub redirect_uris: Option<Vec<String>>,
    /// The scopes enabled for the app.
    pub scopes: Vec<String>,
    /// Where webhooks go, if anywhere.
    pub webhook_url: Option<String>,
}

impl TikTokOptions {
    /// An app without audit, two public accounts, a free port and no webhook.
    #[must_use]
    pub fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            client_key: "sandbox_key".to_owned(),
            client_secret: "sandbox_secret".to_owned(),
            audited: false,
            rules: Rules::default(),
            creators: Creator::pair(),
            redirect_uris: None,
            scopes: SCOPES.map(str::to_owned).to_vec(),
            webhook_url: None,
        }
    }
}

/// A running local TikTok. Copies of the handle are the same server; it stops when the last one is dropped.
#[derive(Clone)]
pub struct TikTok {
    shared: Arc<Shared>,
    life: Arc<Life>,
}

impl fmt::Debug for TikTok {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TikTok").field("base_url", &self.shared.base_url).finish_non_exhaustive()
    }
}

/// Ends the server with its last handle.
struct Life(Arc<Shared>);

impl Drop for Life {
    fn drop(&mut self) {
        self.0.stopping.cancel();
        self.0.mischief.retire();
    }
}

impl TikTok {
    /// Starts listening.
    pub async fn start(options: TikTokOptions) -> io::Result<Self> {
        if !options.listen.ip().is_loopback() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the local TikTok is for this machine only"));
        }
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let rules = Rules { audited: options.audited, ..options.rules };
        let shared = Arc::new(Shared {
            clock: options.clock,
            client_key: options.client_key,
            client_secret: options.client_secret,
            redirect_uris: options.redirect_uris,
            enabled_scopes: options.scopes,
            base_url: format!("http://{address}"),
            // Uploads have a host of their own.
            upload_base: format!("http://localhost:{}", address.port()),
            world: Mutex::new(World::new(rules, options.webhook_url)),
            mischief: Mischief::default(),
            version: watch::Sender::new(0),
            postman: Notify::new(),
            tracker: TaskTracker::new(),
            stopping: CancellationToken::new(),
        });
        for creator in options.creators {
            shared.add_creator(creator);
        }
        let service = door::router(&shared).into_make_service_with_connect_info::<line::Line>();
        let stopping = shared.stopping.clone();
        shared.tracker.spawn(async move {
            let server = axum::serve(line::Lines(listener), service);
            // Accepting never fails; connections that do end by themselves.
            drop(server.with_graceful_shutdown(stopping.cancelled_owned()).await);
        });
        shared.tracker.spawn(webhooks::deliver(Arc::clone(&shared)));
        let life = Arc::new(Life(Arc::clone(&shared)));
        Ok(Self { shared, life })
    }

    /// Stops listening, lets go of what is held, and waits a moment for what is under way.
    pub async fn stop(&self) {
        self.life.0.stopping.cancel();
        self.shared.mischief.retire();
        self.shared.tracker.close();
        // A request that is still under way after that has a client that no longer reads.
        drop(tokio::time::timeout(PATIENCE, self.shared.tracker.wait()).await);
    }
}
