//! Videos: what is known of stored bytes. Which bytes nobody needs any more is in [`forget`](super::forget).

use super::link::{Reader, statements};
use super::rows::{Row, json, values};
use super::{Result, Tx};
use crate::domain::ids::VideoId;
use crate::domain::video::Video;

macro_rules! columns {
    () => {
        "id, workspace, sha256, size_bytes, facts, file_name, key, created_by, created_at"
    };
}

statements! { "videos";
    VIDEO = concat!("SELECT ", columns!(), " FROM videos WHERE id = $1");
    ADD = concat!(
        "INSERT INTO videos (", columns!(), ", forgotten) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    DELETE = "DELETE FROM videos WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.video = videos.id)";
    FORGET = "UPDATE videos SET forgotten = $2 WHERE id = $1";
    FORGOTTEN = "SELECT forgotten FROM videos WHERE id = $1";
    // Videos with the same key share their bytes: they go with the last of them.
    LEAVE = "INSERT INTO leftovers (key) SELECT key FROM videos v WHERE v.id = $1 AND NOT v.forgotten \
             AND NOT EXISTS (SELECT 1 FROM videos twin WHERE twin.key = v.key AND twin.id <> v.id AND NOT twin.forgotten) \
             ON CONFLICT (key) DO NOTHING";
}

impl Reader {
    /// The video of that id. Its bytes may be gone already: the media store knows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn video(&mut self, id: VideoId) -> Result<Option<Video>> {
        self.row(VIDEO, values![id]).await?.as_ref().map(video).transpose()
    }

    /// Whether a video's bytes were let go of. One that is not known any more has none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_forgotten(&mut self, id: VideoId) -> Result<bool> {
        self.row(FORGOTTEN, values![id]).await?.map_or(Ok(true), |row| row.get("forgotten"))
    }
}

impl Tx {
    /// Keeps what is known of a video whose bytes are stored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_video(&mut self, video: &Video) -> Result<()> {
        let values = values![
            video.id,
            video.workspace,
            video.sha256,
            video.size_bytes,
            json(&video.facts),
            video.file_name.as_str(),
            video.key.as_str(),
            video.created_by,
            video.created_at,
            false,
        ];
        self.change(ADD, values).await.map(drop)
    }

    /// Lets go of a video's bytes: they are left over, to be deleted, unless another video shares them. The row goes as
    /// well unless a post names it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_video(&mut self, id: VideoId) -> Result<()> {
        self.change(LEAVE, values![id]).await?;
        if self.change(DELETE, values![id]).await? == 0 {
            self.change(FORGET, values![id, true]).await?;
        }
        Ok(())
    }
}

pub(super) fn video(row: &Row) -> Result<Video> {
    Ok(Video {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        sha256: row.fingerprint("sha256")?,
        size_bytes: row.number("size_bytes")?,
        facts: row.json("facts")?,
        file_name: row.get("file_name")?,
        key: row.get("key")?,
        created_by: row.read("created_by")?,
        created_at: row.instant("created_at")?,
    })
}
