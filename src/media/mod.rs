//! Bytes of videos: brought home ([`fetch`]), looked into ([`probe`]), kept, streamed, deleted.
//!
//! A file first lies in a **staging** folder, where it is measured and judged; only what passed is kept. The store is a
//! folder or memory behind `object_store`, so that another kind can be added in one place. Nothing here ever holds a
//! whole video in memory, and no name that a person gave becomes a path.

pub mod fetch;
pub mod probe;
pub mod staging;
mod strays;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as StorePath;
use object_store::{GetOptions, GetResult, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::domain::ids::{VideoId, WorkspaceId};
pub use staging::Staged;
pub use strays::born;

/// Bytes of a piece that is handed on: enough to keep a connection busy, little enough to hold many.
const PIECE: usize = 256 * 1024;
/// Bytes of a part written at once; object stores ask for at least five million.
const PART: usize = 8 * 1024 * 1024;

/// Why bytes could not be kept or given.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The setting does not name a store this program knows.
    #[error("`media.url` is `{given}`: {reason}; accepted are a folder (`file://media`) and, for trials, `memory://`")]
    Address {
        /// What was given.
        given: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The folder cannot be made or entered.
    #[error("The media folder `{}` cannot be used: {source}", .folder.display())]
    Folder {
        /// Which one.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is nothing under the key.
    #[error("The stored video `{key}` is gone")]
    Missing {
        /// Where it should be.
        key: String,
    },
    /// What is there is not what was put there.
    #[error("The stored video `{key}` is not as long as it was")]
    Changed {
        /// Where it is.
        key: String,
    },
    /// No space is left.
    #[error("The disk that keeps videos is full")]
    Full,
    /// The store failed.
    #[error("The media store failed: {0}")]
    Store(object_store::Error),
    /// The staged file could not be read.
    #[error("A staged file could not be read: {0}")]
    Staging(#[from] io::Error),
}

impl From<object_store::Error> for MediaError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing { key: path },
            other if staging::is_full(&other) => Self::Full,
            other => Self::Store(other),
        }
    }
}

/// Where the bytes of videos are. Clones share the store.
#[derive(Debug, Clone)]
pub struct Media {
    store: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
}

/// The key of a video: made of our own ids, one for each video, so that deleting one never takes another's bytes.
#[must_use]
pub fn key(workspace: WorkspaceId, video: VideoId) -> String {
    format!("{workspace}/videos/{video}")
}

impl Media {
    /// Opens the store that `media.url` names; a folder is made when it is missing.
    pub fn open(url: &str) -> Result<Self, MediaError> {
        let address = |reason| MediaError::Address { given: url.to_owned(), reason };
        match url.split_once("://") {
            Some(("memory", "")) => Ok(Self { store: Arc::new(InMemory::new()), folder: None }),
            Some(("memory", _)) => Err(address("memory has no folders")),
            Some(("file", "")) => Err(address("the folder is missing")),
            Some(("file", folder)) => Self::in_folder(Path::new(folder)),
            Some(("s3" | "s3a" | "gs" | "az", _)) => Err(address("this kind of store is not built in")),
            Some(_) => Err(address("this kind of store is not known")),
            None => Err(address("it has no `://`")),
        }
    }

    fn in_folder(folder: &Path) -> Result<Self, MediaError> {
        let unusable = |source| MediaError::Folder { folder: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let folder = folder.canonicalize().map_err(unusable)?;
        let store = LocalFileSystem::new_with_prefix(&folder)?.with_automatic_cleanup(true).with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder) })
    }

    /// The folder on this machine, when it is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Copies a staged file into the store. Under its key it appears whole or not at all, and when this returns it is
    /// on disk.
    pub async fn keep(&self, staged: &Staged, key: &str) -> Result<(), MediaError> {
        let mut file = tokio::fs::File::open(&staged.path).await?;
        let mut upload = self.store.put_multipart(&path(key)?).await?;
        let mut copied = 0;
        let result = loop {
            match next_part(&mut file).await {
                Ok(part) if part.is_empty() => break Ok(()),
                Ok(part) => {
                    copied += part.len() as u64;
                    if let Err(error) = upload.put_part(PutPayload::from_bytes(part)).await {
                        break Err(error.into());
                    }
                }
                Err(error) => break Err(error.into()),
            }
        };
        let result = match result {
            Ok(()) if copied != staged.size_bytes => Err(MediaError::Changed { key: key.to_owned() }),
            Ok(()) => upload.complete().await.map(|_| ()).map_err(MediaError::from),
            Err(error) => Err(error),
        };
        if result.is_err() {
            // What stopped the copy is told; a leftover that cannot be removed either adds nothing to it.
            upload.abort().await.ok();
        }
        result
    }

    /// Streams a range in pieces of at most 256 KiB. It yields exactly the range, or an error.
    pub async fn stream(
        &self,
        key: &str,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, MediaError>>, MediaError> {
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let options = GetOptions { range: Some(range.clone().into()), ..GetOptions::default() };
        let found = self.store.get_opts(&path(key)?, options).await?;
        if found.range != range {
            return Err(MediaError::Changed { key: key.to_owned() });
        }
        let pieces = Pieces {
            inner: opened(found).await?,
            waiting: Bytes::new(),
            left: range.end - range.start,
            key: key.to_owned(),
        };
        Ok(stream::try_unfold(pieces, Pieces::next).boxed())
    }

    /// How many bytes lie under a key, or nothing when there are none.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, MediaError> {
        match self.store.head(&path(key)?).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets what lies under a key. What is gone already is fine.
    pub async fn delete(&self, key: &str) -> Result<(), MediaError> {
        match self.store.delete(&path(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes something small, reads it back and deletes it.
    pub async fn check(&self) -> Result<(), MediaError> {
        let key = format!("check/{}", staging::random_name()?);
        let path = path(&key)?;
        let written = Bytes::from(key.clone());
        self.store.put(&path, PutPayload::from_bytes(written.clone())).await?;
        let read = self.store.get(&path).await?.bytes().await?;
        self.delete(&key).await?;
        if read == written { Ok(()) } else { Err(MediaError::Changed { key }) }
    }
}

/// A key as the store knows it; one that would leave the folder is none.
fn path(key: &str) -> Result<StorePath, MediaError> {
    StorePath::parse(key).map_err(|error| MediaError::Store(error.into()))
}

/// The next bytes of a file, as many as make a part; none at the end.
async fn next_part(file: &mut tokio::fs::File) -> io::Result<Bytes> {
    let mut part = Vec::with_capacity(PART);
    file.take(PART as u64).read_to_end(&mut part).await?;
    Ok(part.into())
}

/// What was found as a stream. A file is read by ourselves: the store's own reader takes pieces of 8 KiB, and never ends
/// when somebody shortens the file meanwhile.
async fn opened(found: GetResult) -> Result<BoxStream<'static, Result<Bytes, MediaError>>, MediaError> {
    let range = found.range.clone();
    match found.payload {
        GetResultPayload::File(file, _) => {
            let mut file = tokio::fs::File::from_std(file);
            file.seek(io::SeekFrom::Start(range.start)).await?;
            let reader = file.take(range.end - range.start);
            Ok(ReaderStream::with_capacity(reader, PIECE).map_err(MediaError::from).boxed())
        }
        GetResultPayload::Stream(stream) => Ok(stream.map_err(MediaError::from).boxed()),
    }
}

/// A stream that is cut into pieces and counted.
struct Pieces {
    inner: BoxStream<'static, Result<Bytes, MediaError>>,
    waiting: Bytes,
    left: u64,
    key: String,
}

impl Pieces {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, MediaError> {
        while self.waiting.is_empty() {
            match self.inner.try_next().await? {
                Some(bytes) => self.waiting = bytes,
                None if self.left == 0 => return Ok(None),
                None => return Err(MediaError::Changed { key: self.key }),
            }
        }
        let piece = self.waiting.split_to(self.waiting.len().min(PIECE));
        self.left = match self.left.checked_sub(piece.len() as u64) {
            Some(left) => left,
            None => return Err(MediaError::Changed { key: self.key }),
        };
        Ok(Some((piece, self)))
    }
}
