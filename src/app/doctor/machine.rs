//! The machine: where videos are kept, room on its disks, and the address the pages listen on.

use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

use super::Finding;
use crate::config::{Config, DatabaseUrl, MediaUrl};
use crate::media::Media;

const DISK: &str = "disk space";

/// With less than this nothing can be written down reliably: SQLite's log alone grows to several megabytes.
const TOO_LITTLE: u64 = 100_000_000;
/// With less than this a database should not be left alone.
const LITTLE: u64 = 1_000_000_000;

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let DatabaseUrl::Sqlite(url) = &config.database.url {
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        let path = Path::new(path.split('?').next().unwrap_or_default());
        findings.extend(room("the database", path, LITTLE, "the database needs some to grow"));
    }
    if let MediaUrl::Folder(folder) = &config.media.url {
        let why = "the largest video that is accepted would not fit; see `video.max_bytes`";
        findings.extend(room("the media folder", folder, config.video.max_bytes.max(LITTLE), why));
    }
    findings.push(media(config).await);
    findings.push(pages(config).await);
    findings
}

async fn media(config: &Config) -> Finding {
    let checked = match Media::open(&config.media.url.to_string()) {
        Ok(media) => media.check().await.map_err(anyhow::Error::from),
        Err(error) => Err(anyhow::Error::from(error)),
    };
    match checked {
        Ok(()) => Finding::good("media store", format!("{} can be written, read and deleted", config.media.url)),
        Err(error) => {
            Finding::bad("media store", format!("{error:#}"), "check `media.url`, the folder's rights and the disk")
        }
    }
}

/// Whether the pages can be served. A program that runs already is no fault.
async fn pages(config: &Config) -> Finding {
    const CHECK: &str = "web address";
    let listen = config.web.listen;
    match TcpListener::bind(listen).await {
        Ok(_) => Finding::good(CHECK, format!("{listen} can be listened on")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Finding::notice(
            CHECK,
            format!("{listen} is taken"),
            "all is well if Greenroom runs already; otherwise choose another `web.listen`",
        ),
        Err(error) => Finding::bad(
            CHECK,
            format!("{listen} cannot be listened on: {error}"),
            "choose an address of this machine and a port above 1023 for `web.listen`",
        ),
    }
}

/// How much room the file system of a path has left; nothing where it does not say.
fn room(whose: &str, path: &Path, enough: u64, why: &str) -> Option<Finding> {
    let there = existing(path)?;
    let system = rustix::fs::statvfs(&there).ok()?;
    let free = system.f_bavail.saturating_mul(system.f_frsize);
    let no_more_files = system.f_files > 0 && system.f_favail == 0;
    Some(judged(whose, &there, free, no_more_files, enough, why))
}

fn judged(whose: &str, there: &Path, free: u64, no_more_files: bool, enough: u64, why: &str) -> Finding {
    let left = bytesize::ByteSize(free).display().si();
    let found = format!("{left} left for {whose}, in {}", there.display());
    if no_more_files {
        return Finding::bad(
            DISK,
            format!("{whose} cannot have another file in {}", there.display()),
            "delete files there",
        );
    }
    match free {
        0..TOO_LITTLE => {
            Finding::bad(DISK, found, "make room, or move it to a larger disk: nothing can be stored like this")
        }
        _ if free < enough => Finding::notice(DISK, found, why),
        _ => Finding::good(DISK, found),
    }
}

/// The path, or the nearest folder above it that is there.
fn existing(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    whole.ancestors().find(|folder| folder.exists()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn little_room_is_said_and_none_is_bad() {
        let judged = |free, full| judged("the media folder", Path::new("/srv"), free, full, 4_000_000_000, "why").level;
        assert_eq!(judged(8_000_000_000, false), Level::Good);
        assert_eq!(judged(3_999_999_999, false), Level::Notice);
        assert_eq!(judged(99_999_999, false), Level::Bad);
        assert_eq!(judged(8_000_000_000, true), Level::Bad, "no more files");
    }

    #[test]
    fn a_folder_that_is_yet_to_be_made_has_the_room_of_the_one_above() {
        let folder = tempfile::tempdir().unwrap();
        let found = room("it", &folder.path().join("not/yet/there"), 0, "").unwrap();
        assert!(found.found.ends_with(&format!("in {}", folder.path().display())), "{}", found.found);
    }
}
