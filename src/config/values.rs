//! The types of settings, and how each is read from text. A reader answers with the value or with what is accepted.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytesize::ByteSize;
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// The scopes this program makes use of; see <https://developers.tiktok.com/doc/tiktok-api-scopes>.
pub(super) const SCOPES: [&str; 6] =
    ["user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload"];

/// The largest file TikTok takes, in bytes: 4 GB, <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide>.
/// A setting says `GB` and means the decimal unit, the smaller reading of TikTok's page.
const LARGEST_VIDEO: u64 = 4_000_000_000;

/// Which of the gateway's shards this process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends, all of them here.
    Auto,
    /// Those from `first` to `last`, both included, out of `total`.
    Range {
        /// The first shard, counted from 0.
        first: u32,
        /// The last shard.
        last: u32,
        /// How many there are in all processes together.
        total: u32,
    },
}

/// Which database keeps the rows.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// A file, as `sqlite://FILE`.
    Sqlite(String),
    /// A server; its address may carry a password.
    Postgres(SecretString),
}

impl DatabaseUrl {
    /// The address as a driver wants it. It may carry a password: never log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Sqlite(url) => url,
            Self::Postgres(url) => url.expose_secret(),
        }
    }
}

/// Where the bytes of videos are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaUrl {
    /// A folder; a relative one is seen from where the program was started.
    Folder(PathBuf),
    /// A bucket of an S3-compatible store.
    Bucket {
        /// Its name.
        name: String,
        /// What every key in it starts with; may be empty.
        prefix: String,
    },
}

impl fmt::Display for MediaUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "file://{}", path.display()),
            Self::Bucket { name, prefix } if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket { name, prefix } => write!(f, "s3://{name}/{prefix}"),
        }
    }
}

/// How the limits of the strict set are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VideoPreset {
    /// TikTok's own limits refuse, the strict ones warn.
    Official,
    /// The strict limits refuse too.
    Strict,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object for each line.
    Json,
}

/// A credential: one word, as the portals show it.
pub(super) fn word(text: &str) -> Result<String, String> {
    if text.is_empty() || text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err("the value alone: not empty, without spaces or line ends".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn secret_word(text: &str) -> Result<SecretString, String> {
    word(text).map(SecretString::from)
}

pub(super) fn encryption_key(text: &str) -> Result<SecretString, String> {
    let bytes = STANDARD.decode(text).map(|key| key.len());
    match bytes {
        Ok(32) => Ok(SecretString::from(text)),
        Ok(length) => Err(format!("32 bytes in base64, and this is {length}; `greenroom key new` makes one")),
        Err(_) => Err("32 bytes in base64; `greenroom key new` makes one".to_owned()),
    }
}

pub(super) fn truth(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| "`true` or `false`".to_owned())
}

pub(super) fn count(text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_| format!("a whole number from 1 to {}", u32::MAX))
}

pub(super) fn socket(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "an IP address and a port, such as `127.0.0.1:8080` or `[::]:8080`".to_owned())
}

/// A base address. Its path ends in `/`, so that joining a relative path keeps all of it.
pub(super) fn address(text: &str) -> Result<Url, String> {
    let accepted = || "an address such as `https://example.org`, without user, query or fragment".to_owned();
    let mut url = Url::parse(text).map_err(|_| accepted())?;
    let plain = url.query().is_none() && url.fragment().is_none();
    let nobody = url.username().is_empty() && url.password().is_none();
    if !matches!(url.scheme(), "http" | "https") || !plain || !nobody {
        return Err(accepted());
    }
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// One address, or all that begin alike.
pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "addresses or networks such as `10.0.0.2` or `172.16.0.0/12`".to_owned())
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| "a duration with its unit, such as `15m`, `2h` or `30d`".to_owned())
}

/// A duration of a minute or more, where zero would stop the product.
pub(super) fn real_duration(text: &str) -> Result<Duration, String> {
    let span = duration(text)?;
    if span < Duration::from_mins(1) {
        return Err("a duration of at least `1m`".to_owned());
    }
    Ok(span)
}

pub(super) fn video_size(text: &str) -> Result<u64, String> {
    let accepted = || "a size from `1B` to `4GB` (the most TikTok takes), such as `800MB`".to_owned();
    let bytes = text.parse::<ByteSize>().map_err(|_| accepted())?.as_u64();
    if (1..=LARGEST_VIDEO).contains(&bytes) { Ok(bytes) } else { Err(accepted()) }
}

pub(super) fn shards(text: &str) -> Result<Shards, String> {
    if text == "auto" {
        return Ok(Shards::Auto);
    }
    let range = || {
        let (span, total) = text.split_once('/')?;
        let (first, last) = span.split_once('-')?;
        let (first, last, total) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
        (first <= last && last < total).then_some(Shards::Range { first, last, total })
    };
    range().ok_or_else(|| "`auto`, or `first-last/total` counted from 0, such as `0-3/8`".to_owned())
}

pub(super) fn database(text: &str) -> Result<DatabaseUrl, String> {
    match text.split_once("://") {
        Some(("sqlite", path)) if !path.is_empty() => Ok(DatabaseUrl::Sqlite(text.to_owned())),
        Some(("postgres" | "postgresql", place)) if !place.is_empty() && Url::parse(text).is_ok() => {
            Ok(DatabaseUrl::Postgres(SecretString::from(text)))
        }
        _ => Err("`sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`".to_owned()),
    }
}

pub(super) fn media(text: &str) -> Result<MediaUrl, String> {
    match text.split_once("://") {
        Some(("file", path)) if !path.is_empty() => Ok(MediaUrl::Folder(PathBuf::from(path))),
        Some(("s3", place)) if !place.is_empty() && !place.starts_with('/') => {
            let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
            Ok(MediaUrl::Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
        }
        _ => Err("`file://FOLDER` or `s3://BUCKET/PREFIX`".to_owned()),
    }
}

pub(super) fn preset(text: &str) -> Result<VideoPreset, String> {
    match text {
        "official" => Ok(VideoPreset::Official),
        "strict" => Ok(VideoPreset::Strict),
        _ => Err("`official` or `strict`".to_owned()),
    }
}

pub(super) fn scope(text: &str) -> Result<String, String> {
    if SCOPES.contains(&text) { Ok(text.to_owned()) } else { Err(format!("any of `{}`", SCOPES.join("`, `"))) }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("`text` or `json`".to_owned()),
    }
}

/// A level, or levels for parts of the program. A part without a level is refused: it is nearly always a level misspelt.
pub(super) fn log_level(text: &str) -> Result<String, String> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let is_level = |part: &str| LEVELS.contains(&part.trim().to_lowercase().as_str());
    let parts_are =
        text.split(',').all(|part| part.rsplit_once('=').map_or(is_level(part), |(_, level)| is_level(level)));
    if parts_are && tracing_subscriber::EnvFilter::try_new(text).is_ok() {
        return Ok(text.to_owned());
    }
    Err(format!("one of `{}`, or levels for parts such as `info,greenroom::tiktok=debug`", LEVELS.join("`, `")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_all_or_a_span_of_a_total() {
        assert_eq!(shards("auto"), Ok(Shards::Auto));
        assert_eq!(shards("0-3/8"), Ok(Shards::Range { first: 0, last: 3, total: 8 }));
        for wrong in ["", "3", "0-8/8", "3-1/8", "0-3", "a-b/c", "0-1/2/3", "-1-3/8"] {
            assert!(shards(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_base_address_keeps_its_path_when_joined() {
        let with = address("https://proxy.example/discord/").unwrap();
        assert_eq!(with, address("https://proxy.example/discord").unwrap());
        assert_eq!(with.join("api/v10/gateway").unwrap().as_str(), "https://proxy.example/discord/api/v10/gateway");
        for wrong in ["discord.com", "ftp://discord.com", "https://a:b@c.example", "https://c.example/?x=1"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_are_decimal_and_within_what_tiktok_takes() {
        assert_eq!(video_size("4GB"), Ok(4_000_000_000));
        assert_eq!(video_size("1 MB"), Ok(1_000_000));
        assert_eq!(video_size("1MiB"), Ok(1_048_576));
        assert!(video_size("5GB").is_err());
        assert!(video_size("0").is_err());
    }

    #[test]
    fn a_misspelt_level_is_not_taken_for_a_part_of_the_program() {
        assert!(log_level("info").is_ok());
        assert!(log_level("warn,greenroom::tiktok=debug").is_ok());
        assert!(log_level("inof").is_err());
        assert!(log_level("greenroom=loud").is_err());
    }

    #[test]
    fn a_media_address_is_a_folder_or_a_bucket() {
        assert_eq!(media("file://media"), Ok(MediaUrl::Folder("media".into())));
        assert_eq!(media("file:///srv/media"), Ok(MediaUrl::Folder("/srv/media".into())));
        let bucket = MediaUrl::Bucket { name: "clips".into(), prefix: "team/a".into() };
        assert_eq!(media("s3://clips/team/a/"), Ok(bucket.clone()));
        assert_eq!(bucket.to_string(), "s3://clips/team/a");
        for wrong in ["media", "file://", "s3:///prefix", "ftp://x"] {
            assert!(media(wrong).is_err(), "{wrong}");
        }
    }
}
