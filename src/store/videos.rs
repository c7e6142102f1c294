//! Videos: what is known of stored bytes, and which bytes nobody needs any more.

use chrono::{DateTime, Utc};

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
    // Bytes are needed while any post that shows them may still go out: it is being written or judged, its publication
    // is not over, or either was stopped so lately that somebody may take it up again. Videos with the same key share
    // their bytes.
    TO_FORGET = "SELECT v.id, v.workspace, v.sha256, v.size_bytes, v.facts, v.file_name, v.key, v.created_by, \
                        v.created_at \
                 FROM videos v \
                 WHERE NOT v.forgotten AND v.created_at < $1 \
                   AND NOT EXISTS (SELECT 1 FROM videos twin WHERE twin.key = v.key AND twin.created_at >= $1) \
                   AND NOT EXISTS ( \
                     SELECT 1 FROM posts p JOIN videos twin ON twin.id = p.video \
                     WHERE twin.key = v.key \
                       AND (p.stage IN ('draft', 'in_review') \
                            OR (p.stage IN ('declined', 'lapsed', 'withdrawn') AND p.stage_at >= $1) \
                            OR (p.stage = 'approved' AND NOT EXISTS ( \
                                  SELECT 1 FROM publications q \
                                  WHERE q.post = p.id \
                                    AND (q.state IN ('published', 'in_inbox') \
                                         OR (q.state IN ('failed', 'unclear') AND q.ended_at < $1)))))) \
                 ORDER BY v.created_at, v.id LIMIT $2";
}

impl Reader {
    /// The video of that id. Its bytes may be gone already: the media store knows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn video(&mut self, id: VideoId) -> Result<Option<Video>> {
        self.row(VIDEO, values![id]).await?.as_ref().map(video).transpose()
    }

    /// Videos from before an instant whose bytes nobody needs any more, the oldest first. Those of posts that were stopped
    /// or failed are kept as long, counted from then, because they can be edited or tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn videos_to_forget(&mut self, before: DateTime<Utc>, limit: u32) -> Result<Vec<Video>> {
        self.rows(TO_FORGET, values![before, limit]).await?.iter().map(video).collect()
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

    /// Notes that a video's bytes are gone; the row goes as well unless a post names it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_video(&mut self, id: VideoId) -> Result<()> {
        if self.change(DELETE, values![id]).await? == 0 {
            self.change(FORGET, values![id, true]).await?;
        }
        Ok(())
    }
}

fn video(row: &Row) -> Result<Video> {
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
