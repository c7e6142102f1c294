//! The local Discord behind TLS, under Discord's own name: what the client believes to be `https://discord.com`.

use std::net::SocketAddr;
use std::sync::Arc;

use greenroom::discord::DiscordSettings;
use greenroom::discord::http::build_with;
use greenroom::sandbox::discord::Discord;
use serenity::all::Http;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::certificates::certificates;

const NAME: &str = "discord.com";

/// A door with Discord's name on it; behind it is the local Discord.
pub(super) struct Front {
    address: SocketAddr,
    authority: CertificateDer<'static>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Front {
    pub(super) async fn of(discord: &Discord) -> Self {
        let (server, authority) = certificates(NAME);
        let acceptor = TlsAcceptor::from(Arc::new(server));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let behind = discord.base_url().trim_start_matches("http://").to_owned();
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let guests = tasks.clone();
        tasks.spawn(stop.clone().run_until_cancelled_owned(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                guests.spawn(async move {
                    let Ok(mut outside) = acceptor.accept(stream).await else { return };
                    let mut inside = TcpStream::connect(behind).await.unwrap();
                    // Either side may hang up; then the other is hung up on.
                    let _ = copy_bidirectional(&mut outside, &mut inside).await;
                });
            }
        }));
        Self { address, authority, stop, tasks }
    }

    /// The program's own client for the real Discord, with its limiter; only the name leads elsewhere.
    pub(super) fn http(&self) -> Arc<Http> {
        let root = reqwest::Certificate::from_der(&self.authority).unwrap();
        let client = reqwest::Client::builder().add_root_certificate(root).resolve(NAME, self.address).no_proxy();
        let api_url = format!("https://{NAME}/").parse().unwrap();
        let settings = DiscordSettings { token: "make.believe.token".into(), api_url, api_is_changed: false };
        let http = build_with(client, &settings).unwrap();
        assert!(http.ratelimiter.is_some() && http.proxy.is_none());
        Arc::new(http)
    }

    /// Closes the door; everybody who came through it must have hung up.
    pub(super) async fn closes(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
