//! Bringing a video home from a link that somebody typed.
//!
//! Nobody vouches for such a link, so it is followed only as far as [`guard`](super::guard) lets it: names are looked up
//! here, once for each connection, and the addresses that were checked are the ones connected to, so that a second answer
//! is never asked for. Redirects are taken one at a time and each is checked like the first link. Proxies are not used,
//! because they would look names up again. What a server says besides the bytes is not shown to anybody, and the link
//! itself, which may be a key to the file, is neither logged nor kept; only its host is.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, LOCATION};
use reqwest::{Certificate, Response, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use url::Url;

use super::guard::{Unfit, check, is_public};
use super::{CONNECT_WITHIN, FetchError, SILENT_FOR, is_page, receive};
use crate::domain::ids::WorkspaceId;
use crate::media::Staged;

/// Discord takes the answer to a command for fifteen minutes; what is not here by then could not be told any more.
pub const LINK_WITHIN: Duration = Duration::from_secs(14 * 60);
/// A name that nobody knows by then is not known.
const LOOKED_UP_WITHIN: Duration = Duration::from_secs(10);
/// How often a link may lead on: from a short link to a page of downloads to the file itself.
pub(super) const MOST_REDIRECTS: usize = 3;
/// How many links are fetched at once: together they bound how much disk strangers' servers can fill.
pub(super) const AT_ONCE: usize = 8;
/// How many of them for one team, so that slow servers of one keep no other waiting.
const AT_ONCE_FOR_A_TEAM: usize = 4;
/// So long a server may take to get going.
const WARMS_UP_FOR: Duration = Duration::from_secs(30);
/// Whoever sends less after that, in bytes a second, only keeps a place.
const LEAST_PER_SECOND: u64 = 32 * 1024;

/// The internet as links are followed on it. There is one for the program; stories bring their own.
pub trait Internet: fmt::Debug + Send + Sync {
    /// Every address of a host.
    fn addresses(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;

    /// Where the server at an address that was found fit is connected to.
    fn door(&self, address: IpAddr) -> SocketAddr {
        SocketAddr::new(address, 443)
    }

    /// Who vouches for servers besides the usual authorities.
    fn authorities(&self) -> Vec<Certificate> {
        Vec::new()
    }
}

/// The internet this machine is connected to, with the names its system knows.
#[derive(Debug, Clone, Copy)]
pub struct RealInternet;

impl Internet for RealInternet {
    fn addresses(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        async move { Ok(tokio::net::lookup_host((host, 443)).await?.map(|found| found.ip()).collect()) }.boxed()
    }
}

/// Why a video did not come home from a link. None of these carries the link or what its server said.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum LinkError {
    /// The link is not followed.
    Unfit(Unfit),
    /// A redirect is not followed.
    LeadsAstray(Unfit),
    /// Links are not followed in a trial.
    NoInternet,
    /// The host has no address, or one that is not public. Which of the two is nobody's business: private names are not
    /// told apart from names that do not exist.
    NoServer {
        /// Which host.
        host: String,
    },
    /// The link leads on and on.
    TooManyRedirects,
    /// The server does not hand the file out.
    Refused {
        /// What it answered.
        status: u16,
    },
    /// The server has trouble.
    Unavailable {
        /// What it answered.
        status: u16,
    },
    /// A page came instead of a file.
    NotAFile,
    /// The bytes came packed.
    Packed,
    /// The server did not answer, fell silent, or showed no good certificate.
    Unreachable(#[source] reqwest::Error),
    /// It went on for too long.
    TooSlow,
    /// Others are being fetched.
    Crowded,
    /// What came could not be taken in.
    #[error(transparent)]
    NotTaken(FetchError),
}

impl From<FetchError> for LinkError {
    fn from(error: FetchError) -> Self {
        Self::NotTaken(error)
    }
}

/// Who follows links.
#[derive(Debug, Clone)]
pub struct Links {
    http: Option<reqwest::Client>,
    places: Arc<Semaphore>,
    /// One for each team that ever had a link followed: a few bytes for each.
    teams: Arc<Mutex<HashMap<WorkspaceId, Arc<Semaphore>>>>,
}

impl Links {
    /// Follows links on this internet.
    ///
    /// # Errors
    /// When no client can be built.
    pub fn on(internet: Arc<dyn Internet>) -> reqwest::Result<Self> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(true)
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .read_timeout(SILENT_FOR)
            // A connection that is kept was checked for another link.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("greenroom/", env!("CARGO_PKG_VERSION")));
        let builder =
            internet.authorities().into_iter().fold(builder, |builder, one| builder.add_root_certificate(one));
        let http = builder.dns_resolver(Arc::new(Checked { internet })).build()?;
        Ok(Self::by(Some(http)))
    }

    /// Follows no link: for trials that touch nothing but this machine.
    #[must_use]
    pub fn none() -> Self {
        Self::by(None)
    }

    fn by(http: Option<reqwest::Client>) -> Self {
        Self { http, places: Arc::new(Semaphore::new(AT_ONCE)), teams: Arc::default() }
    }

    fn of(&self, team: WorkspaceId) -> Arc<Semaphore> {
        let mut teams = self.teams.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(teams.entry(team).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE_FOR_A_TEAM))))
    }

    /// Fetches a file for a team into the staging folder: at most so many bytes, in at most so long. `progress` hears how many bytes
    /// came and how many were announced.
    ///
    /// # Errors
    /// When the link is not followed or the file does not come whole; nothing is left in the folder then.
    pub async fn fetch(
        &self,
        team: WorkspaceId,
        link: &Url,
        (max_bytes, within): (u64, Duration),
        staging: &Path,
        progress: impl Fn(u64, Option<u64>) + Send,
    ) -> Result<Staged, LinkError> {
        check(link).map_err(LinkError::Unfit)?;
        let http = self.http.as_ref().ok_or(LinkError::NoInternet)?;
        let of_team = self.of(team);
        let _places = (
            of_team.try_acquire().map_err(|_| LinkError::Crowded)?,
            self.places.try_acquire().map_err(|_| LinkError::Crowded)?,
        );
        let all = async {
            let response = follow(http, link).await?;
            let stated = response.content_length();
            let broken = |broken, received_bytes| match broken {
                Broken::Slow => FetchError::TooSlow,
                Broken::Line(error) => super::broken(error, received_bytes),
            };
            let bytes = paced(response.bytes_stream());
            receive(bytes, stated, max_bytes, staging, progress, broken).await.map_err(LinkError::of)
        };
        tokio::time::timeout(within, all).await.unwrap_or(Err(LinkError::TooSlow))
    }
}

impl LinkError {
    /// What is said of Discord's file host is not true of others.
    fn of(error: FetchError) -> Self {
        match error {
            FetchError::Unreachable(error) => Self::Unreachable(error),
            FetchError::TooSlow => Self::TooSlow,
            other => Self::NotTaken(other),
        }
    }
}

/// The answer that carries the file, from wherever the link leads.
async fn follow(http: &reqwest::Client, link: &Url) -> Result<Response, LinkError> {
    let mut here = link.clone();
    for hop in 0..=MOST_REDIRECTS {
        // Where in a page to look is nobody's but a browser's.
        here.set_fragment(None);
        let host = check(&here).map_err(if hop == 0 { LinkError::Unfit } else { LinkError::LeadsAstray })?.to_owned();
        let request = http.get(here.clone()).header(ACCEPT_ENCODING, "identity");
        let response = request.send().await.map_err(|error| unreachable(error, host))?;
        match next(&response, &here)? {
            Some(next) => here = next,
            None => return accept(response),
        }
    }
    Err(LinkError::TooManyRedirects)
}

/// Where a redirect leads.
fn next(response: &Response, here: &Url) -> Result<Option<Url>, LinkError> {
    let leads_on = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !leads_on.contains(&response.status()) {
        return Ok(None);
    }
    let next = response.headers().get(LOCATION).and_then(|place| here.join(place.to_str().ok()?).ok());
    next.map(Some).ok_or(LinkError::LeadsAstray(Unfit::OddHost))
}

/// Whether this answer carries a file.
fn accept(response: Response) -> Result<Response, LinkError> {
    let status = response.status();
    if status != StatusCode::OK {
        let status = status.as_u16();
        let refused = response.status().is_client_error() && !matches!(status, 408 | 425 | 429);
        return Err(if refused { LinkError::Refused { status } } else { LinkError::Unavailable { status } });
    }
    let is_packed = response.headers().get_all(CONTENT_ENCODING).iter().any(|how| how.as_bytes() != b"identity");
    if is_packed {
        // Unpacking could turn a little into more than any disk holds.
        return Err(LinkError::Packed);
    }
    if is_page(&response) { Err(LinkError::NotAFile) } else { Ok(response) }
}

/// Nobody answered, or nobody may be asked.
fn unreachable(error: reqwest::Error, host: String) -> LinkError {
    let mut cause = error.source();
    while let Some(found) = cause {
        if let Some(no) = found.downcast_ref::<NoServer>() {
            tracing::info!("A link was not followed to `{host}`: {no}");
            return LinkError::NoServer { host };
        }
        cause = found.source();
    }
    LinkError::Unreachable(error.without_url())
}

/// Looks names up and lets only public addresses through.
struct Checked {
    internet: Arc<dyn Internet>,
}

/// Why a name leads nowhere. Only the operator reads this.
#[derive(Debug, thiserror::Error)]
enum NoServer {
    #[error("nobody knows the name")]
    Unknown,
    #[error("looking the name up took too long")]
    Silent,
    #[error("the name leads to an address that is not public")]
    NotPublic,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let internet = Arc::clone(&self.internet);
        let looked_up = internet.addresses(name.as_str().to_owned());
        Box::pin(async move {
            let found = tokio::time::timeout(LOOKED_UP_WITHIN, looked_up).await.map_err(|_| NoServer::Silent)?;
            let found = found.map_err(|_| NoServer::Unknown)?;
            if found.is_empty() {
                return Err(NoServer::Unknown.into());
            }
            // One private address among public ones is no mistake of a good server's.
            if !found.iter().copied().all(is_public) {
                return Err(NoServer::NotPublic.into());
            }
            let doors: Vec<_> = found.into_iter().map(|address| internet.door(address)).collect();
            Ok(Box::new(doors.into_iter()) as Addrs)
        })
    }
}

/// A body that broke off, or that was given up.
enum Broken {
    Line(reqwest::Error),
    Slow,
}

/// The same bytes, as long as they come fast enough.
fn paced(bytes: impl Stream<Item = reqwest::Result<Bytes>>) -> impl Stream<Item = Result<Bytes, Broken>> {
    let (begun, mut received) = (Instant::now(), 0);
    bytes.map(move |piece| {
        let piece = piece.map_err(Broken::Line)?;
        received += piece.len() as u64;
        if is_slow(received, begun.elapsed()) { Err(Broken::Slow) } else { Ok(piece) }
    })
}

const fn is_slow(received_bytes: u64, after: Duration) -> bool {
    after.as_secs() > WARMS_UP_FOR.as_secs() && received_bytes < after.as_secs().saturating_mul(LEAST_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_only_drips_is_given_up() {
        assert!(!is_slow(0, Duration::from_secs(30)));
        assert!(is_slow(31, Duration::from_secs(31)));
        assert!(!is_slow(31 * 32 * 1024, Duration::from_secs(31)));
    }

    #[test]
    fn no_reason_says_more_than_the_link() {
        let said = LinkError::NoServer { host: "wiki.corp.example.org".into() }.to_string();
        assert_eq!(said, "There is no public server called `wiki.corp.example.org`.");
        let said = LinkError::Unfit(Unfit::NotPublic).to_string();
        assert_eq!(said, "This link is not followed: it leads to a private or local address.");
    }
}
