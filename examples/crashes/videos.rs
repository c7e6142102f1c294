//! The videos that are handed in: one small clip with other padding each time, so that no two posts have the same bytes.
//! A few are padded until they need several chunks; posts share those.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use greenroom::domain::clock::SharedClock;
use greenroom::domain::ids::{MemberId, VideoId, WorkspaceId};
use greenroom::domain::video::{Video, VideoFacts};
use greenroom::media::{self, Media, Staged, probe};
use sha2::{Digest as _, Sha256};

use crate::chance::Chance;

/// A small clip that TikTok takes.
const CLIP: &str = "tests/data/clips/ok_1080x1920_15s_24fps_h264_silent_tiny.mp4";

/// What makes TikTok's rules ask for several chunks: above 64 MB they are cut into pieces of 10 MB.
const LARGE_BYTES: usize = 65_000_000;

/// How many large videos there are, each of other bytes.
const LARGE_ONES: usize = 3;

/// The clip, and the large ones made of it.
pub(crate) struct Videos {
    workspace: WorkspaceId,
    by: MemberId,
    clip: Vec<u8>,
    facts: VideoFacts,
    arriving: PathBuf,
    large: Vec<Video>,
}

impl Videos {
    /// Reads the clip.
    pub(crate) async fn of(workspace: WorkspaceId, by: MemberId, arriving: &Path) -> anyhow::Result<Self> {
        let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join(CLIP);
        let facts = probe::probe_path(&clip).await.context("the clip cannot be probed")?;
        let clip = std::fs::read(&clip)?;
        Ok(Self { workspace, by, clip, facts, arriving: arriving.to_owned(), large: Vec::new() })
    }

    /// Stores a small video that no other post has.
    pub(crate) async fn small(&self, media: &Media, clock: &SharedClock, chance: &mut Chance) -> anyhow::Result<Video> {
        self.keep(media, clock, &chance.bytes()).await
    }

    /// A video of several chunks, which other posts may have too; its row is its own.
    pub(crate) async fn large(
        &mut self,
        media: &Media,
        clock: &SharedClock,
        chance: &mut Chance,
    ) -> anyhow::Result<Video> {
        if self.large.len() < LARGE_ONES {
            let mut padding = vec![0; LARGE_BYTES];
            padding[..16].copy_from_slice(&chance.bytes());
            let video = self.keep(media, clock, &padding).await?;
            self.large.push(video);
        }
        let video = chance.one_of(&self.large);
        Ok(Video { id: VideoId::new(clock.now()), ..video })
    }

    /// Stores the clip with a box of padding behind it that players skip, as if it had just been fetched.
    async fn keep(&self, media: &Media, clock: &SharedClock, padding: &[u8]) -> anyhow::Result<Video> {
        let length = u32::try_from(padding.len() + 8)?.to_be_bytes();
        let now = clock.now();
        let id = VideoId::new(now);
        let key = media::key(self.workspace, id);
        let path = self.arriving.join(id.to_string());
        let mut file = std::fs::File::create(&path)?;
        let mut hash = Sha256::new();
        let mut size_bytes = 0;
        for part in [self.clip.as_slice(), &length, b"free", padding] {
            file.write_all(part)?;
            hash.update(part);
            size_bytes += u64::try_from(part.len())?;
        }
        let staged = Staged { path, sha256: hash.finalize().into(), size_bytes };
        media.keep(&staged, &key).await?;
        Ok(Video {
            id,
            workspace: self.workspace,
            sha256: staged.sha256,
            size_bytes,
            facts: self.facts.clone(),
            file_name: "crash.mp4".to_owned(),
            key,
            created_by: self.by,
            created_at: now,
        })
    }
}
