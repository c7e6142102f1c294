//! Fetching what an app only named an address for. One request for each file, no redirects, one hour at most; the bytes
//! are digested in the order of the addresses.

use std::io;
use std::sync::Arc;

use super::publication::{Kind, Stage, Transfer};
use super::state::Shared;
use super::wire;

/// Fetches a task's files and begins posting, or fails the task.
pub(super) async fn fetch(shared: Arc<Shared>, publish_id: String) {
    let found = shared.with(|world, _| match &world.publication(&publish_id)?.transfer {
        Transfer::Pull { urls, stop } => Some((urls.clone(), stop.clone())),
        Transfer::File { .. } => None,
    });
    let Some((urls, stop)) = found else { return };
    let fetched = stop.run_until_cancelled(async {
        for (index, address) in urls.iter().enumerate() {
            fetch_one(&shared, &publish_id, address, index + 1 == urls.len()).await?;
        }
        Ok::<(), io::Error>(())
    });
    let Some(outcome) = fetched.await else { return };
    shared.change(|world, now| {
        let Some(index) = world.publications.place(&publish_id) else { return };
        if world.publications[index].stage != Stage::Downloading {
            return;
        }
        let photos = matches!(world.publications[index].kind, Kind::Photos | Kind::PhotosDraft);
        let reason = if photos { "photo_pull_failed" } else { "video_pull_failed" };
        match outcome {
            Ok(()) => world.commit(&publish_id, &shared.mischief, now),
            Err(_) => world.fail(index, reason, now),
        }
    });
}

async fn fetch_one(shared: &Shared, publish_id: &str, address: &str, last: bool) -> io::Result<()> {
    shared.change(|world, _| {
        if let Some(publication) = world.publication(publish_id) {
            publication.fetches += 1;
        }
    });
    let mut answer = wire::send("GET", address, "", b"").await?;
    if answer.status != 200 {
        return Err(io::Error::other("the address does not give the file"));
    }
    let expected = answer.length;
    let mut received = 0;
    shared.change(|world, _| {
        if let Some(publication) = world.publication(publish_id) {
            // Only the last file's length says how near the end is.
            publication.expected_bytes = expected.filter(|_| last).map(|length| publication.arrived.bytes + length);
        }
    });
    // A host may keep the connection open, so a length that was named is believed.
    while expected.is_none_or(|length| received < length) {
        let Some(piece) = answer.piece().await? else { break };
        received += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        shared.change(|world, _| {
            let keep_up_to = world.rules.kept_video_bytes;
            if let Some(publication) = world.publication(publish_id) {
                publication.arrived.take(&piece, keep_up_to);
            }
        });
    }
    if expected.is_some_and(|length| length != received) || received == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}
