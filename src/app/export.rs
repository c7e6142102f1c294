//! Everything stored about a team as files in a folder, for `greenroom export`.

use std::fmt;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use futures_util::TryStreamExt as _;
use tokio::io::AsyncWriteExt as _;

use crate::config::Config;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::ids::WorkspaceId;
use crate::domain::video::{Video, size};
use crate::flows::export::{self, Counts};
use crate::media::{Media, MediaError};
use crate::store::{SHEETS, Store};

/// The folder of the videos inside an export.
const VIDEOS: &str = "media";

/// What was exported, for the operator.
#[derive(Debug)]
pub struct Exported {
    team: String,
    folder: PathBuf,
    counts: Counts,
    videos: usize,
    video_bytes: u64,
    missing: usize,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Exported {} to {}:", self.team, self.folder.display())?;
        for (name, rows) in &self.counts {
            writeln!(f, "  {name}: {rows}")?;
        }
        write!(f, "  videos with their bytes: {} ({})", self.videos, size(self.video_bytes))?;
        if self.missing > 0 {
            write!(f, "\n  videos whose bytes are missing from the media store: {}", self.missing)?;
        }
        Ok(())
    }
}

/// Writes everything stored about a team into a folder: a JSON and a CSV for each table, and the videos that are kept unless
/// they are not wanted. Nothing that is there is overwritten.
///
/// # Errors
/// When there is no such team, a file is there already, or something cannot be read or written.
pub async fn export(config: &Config, team: WorkspaceId, folder: &Path, videos: bool) -> anyhow::Result<Exported> {
    let store = Store::open_unmigrated(config.database.url.expose()).await.context("`database.url`")?;
    let exported = write(&store, config, team, folder, videos).await;
    store.close().await;
    exported
}

async fn write(
    store: &Store,
    config: &Config,
    team: WorkspaceId,
    folder: &Path,
    videos: bool,
) -> anyhow::Result<Exported> {
    if !store.pending_migrations().await?.is_empty() {
        bail!("the database is not up to date: run `greenroom migrate` first");
    }
    let Some(workspace) = store.workspace(team).await? else { bail!(unknown(store, team).await?) };
    let kept = if videos { store.videos_kept(team).await? } else { Vec::new() };
    let mut names = Vec::new();
    let mut reader = store.read().await?;
    for place in 0..SHEETS {
        names.push(reader.sheet_name(place));
    }
    refuse_to_overwrite(folder, &names, &kept)?;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;

    let mut counts = Counts::new();
    for place in 0..SHEETS {
        let (sheet, files) = export::sheet(&mut reader, place, team).await?;
        counts.push((sheet.name, sheet.rows.len()));
        for file in files {
            put(&folder.join(&file.name), &file.bytes)?;
        }
    }
    let index = export::index(&workspace, &counts, SystemClock.now())?;
    put(&folder.join(&index.name), &index.bytes)?;

    let team = format!("workspace {team} ({})", workspace.name);
    let mut exported = Exported { team, folder: folder.to_owned(), counts, videos: 0, video_bytes: 0, missing: 0 };
    if !kept.is_empty() {
        let media = Media::open(&config.media.url.to_string()).context("`media.url`")?;
        std::fs::create_dir_all(folder.join(VIDEOS)).context("cannot make the folder for the videos")?;
        for video in &kept {
            copy(&media, video, &folder.join(video_name(video)), &mut exported).await?;
        }
    }
    Ok(exported)
}

async fn unknown(store: &Store, team: WorkspaceId) -> anyhow::Result<String> {
    let known = store.workspaces().await?;
    if known.is_empty() {
        return Ok(format!("there is no workspace {team}: nobody has used this Greenroom yet"));
    }
    let known: Vec<String> = known.iter().map(|team| format!("{} ({})", team.id, team.name)).collect();
    Ok(format!("there is no workspace {team}; these are known: {}", known.join(", ")))
}

fn refuse_to_overwrite(folder: &Path, sheets: &[&'static str], videos: &[Video]) -> anyhow::Result<()> {
    let names = export::names(sheets).into_iter().map(PathBuf::from).chain(videos.iter().map(video_name));
    for name in names {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            bail!("{} is there already and is not overwritten: choose another folder", path.display());
        }
    }
    Ok(())
}

/// What a video is called in an export: its id, as in the sheets; what a member called it is no name for a file.
fn video_name(video: &Video) -> PathBuf {
    Path::new(VIDEOS).join(format!("{}.{}", video.id, video.facts.container.ending()))
}

/// Writes a new file that nobody but its owner reads.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = new_file().open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| not_written(path, error))
}

fn new_file() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn not_written(path: &Path, error: std::io::Error) -> anyhow::Error {
    let said = match error.kind() {
        ErrorKind::AlreadyExists => format!("{} is there already and is not overwritten", path.display()),
        _ => format!("cannot write {}", path.display()),
    };
    anyhow::Error::new(error).context(said)
}

async fn copy(media: &Media, video: &Video, path: &Path, exported: &mut Exported) -> anyhow::Result<()> {
    let mut pieces = match media.stream(&video.key, 0..video.size_bytes).await {
        Ok(pieces) => pieces,
        Err(MediaError::Missing { .. } | MediaError::Changed { .. }) => {
            exported.missing += 1;
            return Ok(());
        }
        Err(error) => return Err(anyhow::Error::new(error).context("a video cannot be read")),
    };
    let mut file = tokio::fs::File::from_std(new_file().open(path).map_err(|error| not_written(path, error))?);
    while let Some(piece) = pieces.try_next().await.context("a video cannot be read")? {
        file.write_all(&piece).await.map_err(|error| not_written(path, error))?;
    }
    file.flush().await.map_err(|error| not_written(path, error))?;
    exported.videos += 1;
    exported.video_bytes += video.size_bytes;
    Ok(())
}
