//! One storage story, told in a folder and in memory.

use std::fs;

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use greenroom::domain::clock::from_millis;
use greenroom::domain::ids::{VideoId, WorkspaceId};
use greenroom::media::fetch::{FetchError, receive};
use greenroom::media::{Media, MediaError, Staged, key};
use tempfile::TempDir;

/// Bytes of which no two neighbours are alike.
fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect()
}

async fn staged(bytes: Vec<u8>, folder: &TempDir) -> Staged {
    let pieces = stream::iter([Ok::<_, ()>(Bytes::from(bytes))]);
    let broken = |(), received_bytes| FetchError::CutShort { received_bytes };
    receive(pieces, None, u64::MAX, folder.path(), |_, _| {}, broken).await.unwrap()
}

/// A range as pieces, none of them larger than promised.
async fn read(media: &Media, key: &str, range: std::ops::Range<u64>) -> Result<Vec<u8>, MediaError> {
    let pieces: Vec<Bytes> = media.stream(key, range).await?.try_collect().await?;
    assert!(pieces.iter().all(|piece| (1..=256 * 1024).contains(&piece.len())));
    Ok(pieces.concat())
}

async fn the_story(media: &Media) {
    let staging = TempDir::new().unwrap();
    let video = key(WorkspaceId(7), VideoId::new(from_millis(0)));
    // More than two parts, and no whole number of pieces.
    let original = bytes(17_000_123);
    let length = original.len() as u64;
    let incoming = staged(original.clone(), &staging).await;

    assert_eq!(media.size(&video).await.unwrap(), None);
    media.keep(&incoming, &video).await.unwrap();
    media.keep(&incoming, &video).await.unwrap();
    assert_eq!(media.size(&video).await.unwrap(), Some(length));
    assert_eq!(read(media, &video, 0..length).await.unwrap(), original);
    assert_eq!(read(media, &video, 5_000_000..10_000_001).await.unwrap(), original[5_000_000..10_000_001]);
    assert!(read(media, &video, 3..3).await.unwrap().is_empty());
    let beyond = read(media, &video, 0..length + 1).await.unwrap_err();
    assert!(matches!(beyond, MediaError::Changed { .. }), "{beyond:?}");

    media.check().await.unwrap();
    media.delete(&video).await.unwrap();
    media.delete(&video).await.unwrap();
    let gone = read(media, &video, 0..1).await.unwrap_err();
    assert!(matches!(gone, MediaError::Missing { .. }), "{gone:?}");
}

#[tokio::test]
async fn a_folder_keeps_streams_and_forgets() {
    let folder = TempDir::new().unwrap();
    let inside = folder.path().join("not/yet");
    let media = Media::open(&format!("file://{}", inside.display())).unwrap();
    the_story(&media).await;
    assert_eq!(media.folder(), Some(inside.canonicalize().unwrap().as_path()));
    assert_eq!(fs::read_dir(&inside).unwrap().count(), 0, "nothing is left behind");
}

#[tokio::test]
async fn memory_keeps_streams_and_forgets() {
    the_story(&Media::open("memory://").unwrap()).await;
}

#[tokio::test]
async fn a_file_that_changes_under_our_hands_is_not_kept() {
    let (staging, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let media = Media::open(&format!("file://{}", folder.path().display())).unwrap();
    let incoming = staged(bytes(1000), &staging).await;
    fs::write(&incoming.path, "less").unwrap();
    let error = media.keep(&incoming, "7/videos/1").await.unwrap_err();
    assert!(matches!(error, MediaError::Changed { .. }), "{error:?}");
    assert_eq!(media.size("7/videos/1").await.unwrap(), None);
}

#[tokio::test]
async fn a_video_shortened_while_it_is_read_is_an_error_not_an_end() {
    let (staging, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let media = Media::open(&format!("file://{}", folder.path().display())).unwrap();
    media.keep(&staged(bytes(1_000_000), &staging).await, "7/videos/1").await.unwrap();
    let pieces = media.stream("7/videos/1", 0..1_000_000).await.unwrap();
    fs::OpenOptions::new().write(true).open(folder.path().join("7/videos/1")).unwrap().set_len(600_000).unwrap();
    let error = pieces.try_collect::<Vec<Bytes>>().await.unwrap_err();
    assert!(matches!(error, MediaError::Changed { .. }), "{error:?}");
}

#[tokio::test]
async fn no_key_leaves_the_folder() {
    let folder = TempDir::new().unwrap();
    let media = Media::open(&format!("file://{}", folder.path().display())).unwrap();
    assert!(media.size("../../etc/passwd").await.is_err());
}

#[test]
fn a_store_that_is_not_built_in_is_named() {
    let said = |url: &str| Media::open(url).unwrap_err().to_string();
    let accepted = "accepted are a folder (`file://media`) and, for trials, `memory://`";
    assert_eq!(
        said("s3://bucket/prefix"),
        format!("`media.url` is `s3://bucket/prefix`: this kind of store is not built in; {accepted}")
    );
    assert!(said("media").contains("it has no `://`"));
    assert!(said("file://").contains("the folder is missing"));
    assert!(said("ftp://x").contains("this kind of store is not known"));
}
