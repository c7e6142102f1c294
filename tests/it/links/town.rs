//! A small internet on this machine: names with addresses that look public, and one server behind all of them, with a
//! certificate of its own.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use greenroom::media::fetch::link::Internet;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::certificates::certificates;

/// The clip the server hands out.
pub(crate) const CLIP: &[u8] = include_bytes!("../../data/clips/ok_1080x1920_15s_24fps_h264_silent_tiny.mp4");

/// The address every name has that was given no other.
pub(crate) const PUBLIC: &str = "93.184.215.14";

/// What the server of the town does with a path.
#[derive(Clone)]
pub(super) enum Does {
    /// Sends this and hangs up.
    Says(Vec<u8>),
    /// Sends this and stays silent for ever.
    FallsSilent(Vec<u8>),
    /// Sends this again and again.
    Repeats(Vec<u8>, Vec<u8>),
}

/// An internet of one server.
#[derive(Debug)]
pub(crate) struct Town {
    /// What a name is answered with, one look-up after the other; the last answer stays.
    names: Mutex<BTreeMap<String, VecDeque<Vec<IpAddr>>>>,
    seen: Arc<Mutex<Seen>>,
    door: SocketAddr,
    authority: CertificateDer<'static>,
    _serving: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Seen {
    looked_up: Vec<String>,
    connected_to: Vec<IpAddr>,
    heads: Vec<String>,
}

impl Town {
    pub(crate) async fn open() -> Arc<Self> {
        let (server, authority) = certificates("*.example.com");
        let acceptor = TlsAcceptor::from(Arc::new(server));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let door = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Seen>>::default();
        let (mut serving, heads) = (JoinSet::new(), Arc::clone(&seen));
        serving.spawn(async move {
            let mut guests = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, heads) = (acceptor.clone(), Arc::clone(&heads));
                guests.spawn(async move {
                    let Ok(mut line) = acceptor.accept(stream).await else { return };
                    let head = head(&mut line).await;
                    let does = super::following::what(head.split(' ').nth(1).unwrap_or_default());
                    heads.lock().unwrap().heads.push(head);
                    match does {
                        Does::Says(bytes) => {
                            // Whoever has heard enough hangs up.
                            let _ = line.write_all(&bytes).await;
                            let _ = line.shutdown().await;
                        }
                        Does::FallsSilent(bytes) => {
                            line.write_all(&bytes).await.unwrap();
                            line.flush().await.unwrap();
                            std::future::pending::<()>().await;
                        }
                        Does::Repeats(first, then) => {
                            line.write_all(&first).await.unwrap();
                            while line.write_all(&then).await.is_ok() {}
                        }
                    }
                });
            }
        });
        Arc::new(Self { names: Mutex::default(), seen, door, authority, _serving: serving })
    }

    /// Gives a name these addresses, one list for each look-up; the last one stays.
    pub(crate) fn calls(&self, name: &str, answers: &[&[&str]]) {
        let answers = answers.iter().map(|one| one.iter().map(|address| address.parse().unwrap()).collect()).collect();
        self.names.lock().unwrap().insert(name.to_owned(), answers);
    }

    /// The names that were looked up.
    pub(crate) fn looked_up(&self) -> Vec<String> {
        self.seen.lock().unwrap().looked_up.clone()
    }

    /// The addresses that would have been connected to.
    pub(crate) fn connected_to(&self) -> Vec<IpAddr> {
        self.seen.lock().unwrap().connected_to.clone()
    }

    /// What was asked, as it came over the line.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().heads.clone()
    }
}

impl Internet for Town {
    fn addresses(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut names = self.names.lock().unwrap();
        let known = match names.get_mut(&host) {
            Some(answers) if answers.len() > 1 => answers.pop_front(),
            Some(answers) => answers.front().cloned(),
            None => Some(vec![PUBLIC.parse().unwrap()]),
        };
        self.seen.lock().unwrap().looked_up.push(host);
        async move { known.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)) }.boxed()
    }

    fn door(&self, address: IpAddr) -> SocketAddr {
        self.seen.lock().unwrap().connected_to.push(address);
        self.door
    }

    fn authorities(&self) -> Vec<reqwest::Certificate> {
        vec![reqwest::Certificate::from_der(&self.authority).unwrap()]
    }
}

/// What a client sends before its body, of which there is none.
async fn head(line: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match line.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}
