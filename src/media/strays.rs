//! Walking the store for bytes nobody names any more. Only keys of ours are ever seen: whatever else lies in the folder or
//! bucket belongs to somebody else.

use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::{Media, MediaError};
use crate::domain::ids::{VideoId, WorkspaceId};

/// When the bytes under a key were stored, if it is a key of ours.
#[must_use]
pub fn born(key: &str) -> Option<DateTime<Utc>> {
    let (workspace, video) = key.split_once("/videos/")?;
    let of: WorkspaceId = workspace.parse().ok()?;
    let id: VideoId = video.parse().ok()?;
    // Written in another way it would be somebody else's, however alike.
    (super::key(of, id) == key).then(|| id.born_at()).flatten()
}

impl Media {
    /// The keys of everything that is stored.
    #[must_use]
    pub fn keys(&self) -> BoxStream<'static, Result<String, MediaError>> {
        self.store.list(None).map_ok(|found| found.location.to_string()).map_err(MediaError::from).boxed()
    }

    /// Removes what a process that died in the middle of storing left in the folder: files that never got their name, begun
    /// before an instant. Says how many. Other kinds of store forget such parts by themselves.
    pub async fn clear_cut_off(&self, begun_before: DateTime<Utc>) -> Result<u64, MediaError> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        let cleared = tokio::task::spawn_blocking(move || clear(&folder, begun_before));
        Ok(cleared.await.map_err(io::Error::other)??)
    }
}

fn clear(folder: &Path, begun_before: DateTime<Utc>) -> io::Result<u64> {
    let mut removed = 0;
    for workspace in std::fs::read_dir(folder)? {
        let workspace = workspace?;
        let Some(name) = workspace.file_name().to_str().map(str::to_owned) else { continue };
        // Files, folders of somebody else, and what has just gone have none.
        let Ok(videos) = std::fs::read_dir(workspace.path().join("videos")) else { continue };
        for file in videos {
            let file = file?;
            // `object_store` writes a file under its name, `#` and a number until it is whole.
            let Some((video, number)) = file.file_name().to_str().and_then(|file| {
                let (video, number) = file.split_once('#')?;
                Some((video.to_owned(), number.to_owned()))
            }) else {
                continue;
            };
            let is_part = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
            if is_part && born(&format!("{name}/videos/{video}")).is_some_and(|born| born < begun_before) {
                std::fs::remove_file(file.path())?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    /// Not made as the program makes them: those of one process never go back in time.
    fn video(at: DateTime<Utc>) -> VideoId {
        format!("{:012x}70008000000000000000", at.timestamp_millis()).parse().unwrap()
    }

    #[test]
    fn a_key_of_ours_says_when_it_was_made() {
        let id = video(at(5));
        assert_eq!(born(&super::super::key(WorkspaceId(7), id)), Some(at(5)));
        for other in ["arriving/incoming-00", "7/videos/latte.mp4", "check/0011", "07/videos/00", "", "7/videos/"] {
            assert_eq!(born(other), None, "{other}");
        }
        assert_eq!(born(&format!("07/videos/{id}")), None, "a number is written in one way");
        assert_eq!(born(&format!("7/videos/{id}").to_uppercase()), None);
    }

    #[tokio::test]
    async fn only_old_parts_of_ours_are_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let media = Media::open(&format!("file://{}", folder.path().display())).unwrap();
        let videos = folder.path().join("7/videos");
        std::fs::create_dir_all(&videos).unwrap();
        std::fs::write(folder.path().join("a file"), "somebody's").unwrap();
        let (old, new) = (video(at(1)), video(at(9)));
        for name in [format!("{old}#1"), format!("{new}#1"), format!("{old}#x"), "notes#1".into(), old.to_string()] {
            std::fs::write(videos.join(name), "bytes").unwrap();
        }
        assert_eq!(media.clear_cut_off(at(9)).await.unwrap(), 1);
        assert!(!videos.join(format!("{old}#1")).exists());
        let keys: Vec<String> = media.keys().try_collect().await.unwrap();
        assert!(keys.contains(&format!("7/videos/{old}")), "{keys:?}");
    }
}
