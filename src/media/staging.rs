//! The folder where files lie while they are measured and judged.
//!
//! Their names are random and ours; each is removed when the value that stands for it is dropped, and what a stopped
//! process left behind is cleared at the next start.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

/// What our files are called before the random part, so that clearing takes nothing else.
const PREFIX: &str = "incoming-";

/// A file that has arrived whole. It is removed from the disk when this is dropped.
#[derive(Debug)]
pub struct Staged {
    /// Where it lies.
    pub path: PathBuf,
    /// The SHA-256 of its bytes, taken while they came.
    pub sha256: [u8; 32],
    /// How many bytes came.
    pub size_bytes: u64,
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Removing a name is quick, and a drop cannot wait; what resists is cleared at the next start.
        std::fs::remove_file(&self.path).ok();
    }
}

/// A file that is still arriving. Dropped before it is done, it leaves nothing.
pub(super) struct Arriving {
    file: tokio::fs::File,
    digest: Sha256,
    staged: Staged,
}

impl Arriving {
    /// Begins a file under a fresh name; the folder is made when it is missing.
    pub(super) async fn begin(folder: &Path) -> io::Result<Self> {
        tokio::fs::create_dir_all(folder).await?;
        let path = folder.join(format!("{PREFIX}{}", random_name()?));
        let file = tokio::fs::OpenOptions::new().write(true).create_new(true).open(&path).await?;
        Ok(Self { file, digest: Sha256::new(), staged: Staged { path, sha256: [0; 32], size_bytes: 0 } })
    }

    /// How many bytes have come.
    pub(super) const fn size_bytes(&self) -> u64 {
        self.staged.size_bytes
    }

    /// Adds what came.
    pub(super) async fn add(&mut self, bytes: &Bytes) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.digest.update(bytes);
        self.staged.size_bytes += bytes.len() as u64;
        Ok(())
    }

    /// Ends the file and waits until the disk has it.
    pub(super) async fn finish(mut self) -> io::Result<Staged> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        self.staged.sha256 = self.digest.finalize().into();
        Ok(self.staged)
    }
}

/// Removes what a stopped process left behind. Call it before anything is staged.
pub async fn clear(folder: &Path) -> io::Result<u64> {
    let mut entries = match tokio::fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut removed = 0;
    while let Some(entry) = entries.next_entry().await? {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            tokio::fs::remove_file(entry.path()).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Thirty-two random hex digits.
pub(super) fn random_name() -> io::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(hex::encode(random))
}

/// Whether anything in the chain of causes says that no space is left.
pub(super) fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return true;
        }
        cause = error.source();
    }
    false
}
