//! Bringing a file home.
//!
//! An attachment is somebody else's word: only Discord's own hosts are asked (or the one origin that replaces Discord in a
//! trial), redirects are not followed, and what comes is counted against what was announced and against what is
//! allowed, so that neither an error page nor half a video is ever taken for the video. Links that people type lead
//! anywhere and are followed with more care: [`link`] and [`guard`].

pub mod guard;
pub mod link;
mod said;

use std::io;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use reqwest::{Response, StatusCode};
use url::{Host, Url};

use super::staging::{Arriving, Staged, is_full};

/// Where Discord keeps attachments. <https://discord.com/developers/docs/reference#signed-attachment-cdn-urls>
const CDN: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// Reaching a host takes a moment, or it does not happen.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// A line that says nothing for so long is dead; a slow one may go on.
const SILENT_FOR: Duration = Duration::from_secs(30);
/// Four gigabytes at two megabytes a second.
const ALL_WITHIN: Duration = Duration::from_secs(35 * 60);

/// The places files may come from.
#[derive(Debug, Clone)]
pub struct Origins(Option<Url>);

impl Origins {
    /// Discord's two media hosts, by https.
    #[must_use]
    pub const fn discord_cdn() -> Self {
        Self(None)
    }

    /// One origin: the same scheme, host and port as this address.
    #[must_use]
    pub const fn only(origin: Url) -> Self {
        Self(Some(origin))
    }

    /// Whether a link points there.
    #[must_use]
    pub fn allow(&self, link: &Url) -> bool {
        let plain = link.username().is_empty() && link.password().is_none();
        plain
            && match &self.0 {
                Some(origin) => matches!(link.scheme(), "http" | "https") && link.origin() == origin.origin(),
                None => {
                    link.scheme() == "https"
                        && link.port_or_known_default() == Some(443)
                        && link.host_str().is_some_and(|host| CDN.contains(&host))
                }
            }
    }

    /// Whether everything stays on this machine.
    #[must_use]
    pub fn are_here(&self) -> bool {
        self.0.as_ref().is_some_and(is_here)
    }
}

/// Whether an address is one of this machine's own, by its name alone.
#[must_use]
pub fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The client that fetches from these origins: no redirects, and limits on waiting instead of on the whole.
pub fn client(origins: &Origins) -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_WITHIN)
        .read_timeout(SILENT_FOR)
        .user_agent(concat!("greenroom/", env!("CARGO_PKG_VERSION")));
    if origins.are_here() { builder.no_proxy() } else { builder }.build()
}

/// How much may come, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchLimits {
    /// The most bytes taken.
    pub max_bytes: u64,
    /// The longest it may take in all.
    pub within: Duration,
}

impl FetchLimits {
    /// So many bytes, in the time that four gigabytes take on a slow line.
    #[must_use]
    pub const fn up_to(max_bytes: u64) -> Self {
        Self { max_bytes, within: ALL_WITHIN }
    }
}

/// Why a file did not come home. None of these carries the link: its query is a key to the file.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum FetchError {
    /// The link points elsewhere.
    NotAllowed {
        /// Where it points.
        host: String,
    },
    /// The answer points elsewhere.
    Redirected,
    /// The link has ended, or the file is gone.
    Expired {
        /// What the host answered.
        status: u16,
    },
    /// The host has trouble.
    Unavailable {
        /// What the host answered.
        status: u16,
    },
    /// A page came instead of a file.
    NotAFile,
    /// More than is allowed.
    TooBig {
        /// What the host announced, if it did.
        stated_bytes: Option<u64>,
        /// What is allowed.
        max_bytes: u64,
    },
    /// Less than was announced.
    CutShort {
        /// What came.
        received_bytes: u64,
    },
    /// The host did not answer, or fell silent.
    Unreachable(#[source] reqwest::Error),
    /// It went on for too long.
    TooSlow,
    /// No space is left here.
    DiskFull,
    /// The staging folder failed.
    Disk(#[source] io::Error),
}

impl FetchError {
    /// Whether the operator should look, rather than the person who sent the file.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        match self {
            Self::DiskFull | Self::Disk(_) => true,
            Self::NotAllowed { .. }
            | Self::Redirected
            | Self::Expired { .. }
            | Self::Unavailable { .. }
            | Self::NotAFile
            | Self::TooBig { .. }
            | Self::CutShort { .. }
            | Self::Unreachable(_)
            | Self::TooSlow => false,
        }
    }
}

impl From<io::Error> for FetchError {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::DiskFull } else { Self::Disk(error) }
    }
}

/// Fetches a video into the staging folder; `progress` hears how many bytes came and how many were announced.
pub async fn fetch(
    http: &reqwest::Client,
    origins: &Origins,
    link: &Url,
    limits: FetchLimits,
    staging: &Path,
    progress: impl Fn(u64, Option<u64>) + Send,
) -> Result<Staged, FetchError> {
    let is_no_page = |response: &Response| if is_page(response) { Err(FetchError::NotAFile) } else { Ok(()) };
    come(http, origins, link, limits, (staging, is_no_page), progress).await
}

/// Fetches a file that may be something to read.
pub async fn fetch_text(
    http: &reqwest::Client,
    origins: &Origins,
    link: &Url,
    limits: FetchLimits,
    staging: &Path,
) -> Result<Staged, FetchError> {
    come(http, origins, link, limits, (staging, |_: &Response| Ok(())), |_, _| ()).await
}

async fn come(
    http: &reqwest::Client,
    origins: &Origins,
    link: &Url,
    limits: FetchLimits,
    (staging, fits): (&Path, impl Fn(&Response) -> Result<(), FetchError> + Send),
    progress: impl Fn(u64, Option<u64>) + Send,
) -> Result<Staged, FetchError> {
    if !origins.allow(link) {
        let host = link.host_str().unwrap_or("nowhere").chars().take(80).collect();
        return Err(FetchError::NotAllowed { host });
    }
    let all = async {
        let request = http.get(link.clone()).header(ACCEPT_ENCODING, "identity");
        let response = request.send().await.map_err(|error| FetchError::Unreachable(error.without_url()))?;
        accept(&response, link)?;
        fits(&response)?;
        let stated = response.content_length();
        receive(response.bytes_stream(), stated, limits.max_bytes, staging, progress, broken).await
    };
    tokio::time::timeout(limits.within, all).await.unwrap_or(Err(FetchError::TooSlow))
}

/// Whether this answer carries the file.
fn accept(response: &Response, link: &Url) -> Result<(), FetchError> {
    let status = response.status();
    if status.is_redirection() || response.url() != link {
        return Err(FetchError::Redirected);
    }
    match status {
        StatusCode::OK => Ok(()),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(FetchError::Expired { status: status.as_u16() })
        }
        other => Err(FetchError::Unavailable { status: other.as_u16() }),
    }
}

/// Whether an answer says of itself that it is something to read.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_for_machines = matches!(kind.as_str(), "application/json" | "application/xml" | "application/xhtml+xml");
    is_for_machines || kind.starts_with("text/")
}

/// A line that broke: silence is the host's, an end before the end is the file's.
fn broken(error: reqwest::Error, received_bytes: u64) -> FetchError {
    if error.is_timeout() {
        FetchError::Unreachable(error.without_url())
    } else {
        FetchError::CutShort { received_bytes }
    }
}

/// Takes in a stream of bytes: at most `max_bytes`, exactly `stated` when that is known. Uploads come this way too;
/// `broken` says what an error of the stream means after so many bytes.
pub async fn receive<E>(
    stream: impl Stream<Item = Result<Bytes, E>>,
    stated: Option<u64>,
    max_bytes: u64,
    staging: &Path,
    progress: impl Fn(u64, Option<u64>) + Send,
    broken: impl Fn(E, u64) -> FetchError,
) -> Result<Staged, FetchError> {
    if let Some(stated_bytes) = stated.filter(|stated| *stated > max_bytes) {
        return Err(FetchError::TooBig { stated_bytes: Some(stated_bytes), max_bytes });
    }
    let mut file = Arriving::begin(staging).await?;
    let mut stream = std::pin::pin!(stream);
    while let Some(bytes) = stream.next().await {
        let bytes = bytes.map_err(|error| broken(error, file.size_bytes()))?;
        if bytes.len() as u64 > max_bytes - file.size_bytes() {
            return Err(FetchError::TooBig { stated_bytes: None, max_bytes });
        }
        file.add(&bytes).await?;
        progress(file.size_bytes(), stated);
    }
    if stated.is_some_and(|stated| stated != file.size_bytes()) {
        return Err(FetchError::CutShort { received_bytes: file.size_bytes() });
    }
    Ok(file.finish().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origins: &Origins, link: &str) -> bool {
        origins.allow(&Url::parse(link).unwrap())
    }

    #[test]
    fn discords_own_hosts_are_allowed_and_nothing_like_them() {
        let cdn = Origins::discord_cdn();
        assert!(allowed(&cdn, "https://cdn.discordapp.com/attachments/1/2/latte.mp4?ex=1&hm=2"));
        assert!(allowed(&cdn, "https://media.discordapp.net/attachments/1/2/latte.mp4"));
        for link in [
            "http://cdn.discordapp.com/latte.mp4",
            "https://cdn.discordapp.com:8443/latte.mp4",
            "https://cdn.discordapp.com.example.org/latte.mp4",
            "https://cdn.discordapp.com@127.0.0.1/latte.mp4",
            "https://mia@cdn.discordapp.com/latte.mp4",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/latte.mp4",
            "file:///etc/passwd",
        ] {
            assert!(!allowed(&cdn, link), "{link}");
        }
    }

    #[test]
    fn a_full_disk_is_said_plainly() {
        let full = FetchError::from(io::Error::from(io::ErrorKind::StorageFull));
        assert!(full.is_ours());
        assert_eq!(full.to_string(), "There is no space left here to take this file in.");
        assert!(matches!(FetchError::from(io::Error::other("the disk is gone")), FetchError::Disk(_)));
    }

    #[test]
    fn one_origin_means_its_scheme_host_and_port() {
        let here = Origins::only(Url::parse("http://127.0.0.1:8787/api").unwrap());
        assert!(here.are_here());
        assert!(allowed(&here, "http://127.0.0.1:8787/attachments/latte.mp4"));
        assert!(!allowed(&here, "http://127.0.0.1:8788/attachments/latte.mp4"));
        assert!(!allowed(&here, "https://127.0.0.1:8787/attachments/latte.mp4"));
        assert!(!allowed(&here, "http://localhost:8787/attachments/latte.mp4"));
        assert!(!Origins::discord_cdn().are_here());
        let folder = Origins::only(Url::parse("file:///").unwrap());
        assert!(!allowed(&folder, "file:///etc/passwd"));
    }
}
