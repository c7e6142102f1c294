//! Brings the videos of rows home, each once, and lets go of those that no row came to need.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use tokio::time::Instant;
use url::Url;

use super::{SentFile, Wrong};
use crate::domain::bulk::Source;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::{Video, VideoFacts, judge, name_in_link};
use crate::flows::submit::keep;
use crate::flows::{Failure, Flows, forget, or_refused};
use crate::media::fetch::link::LINK_WITHIN;
use crate::media::fetch::{self, FetchLimits};
use crate::media::probe;
use crate::say;

/// Discord takes the answer to a command for fifteen minutes; what is not here by then is not waited for.
const PREPARED_WITHIN: Duration = Duration::from_secs(12 * 60);
/// How many videos are fetched at once: a team's links share four places.
const AT_ONCE: usize = 2;

/// Where a video is fetched from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    url: Url,
    name: String,
}

/// A video that came home.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) video: Video,
    pub(super) facts: VideoFacts,
}

/// What became of a place: the video that was there, or what is wrong with it.
type Came = (Place, Result<Home, Wrong>);

/// Where a row's video is.
pub(super) fn place(source: &Source, sent: &[SentFile]) -> Result<Place, Wrong> {
    match source {
        Source::Link(url) => Ok(Place { url: url.clone(), name: name_in_link(url).to_owned() }),
        Source::Named(name) => {
            let wanted = plain_name(name);
            let found = sent.iter().find(|file| plain_name(&file.name) == wanted);
            let found = found.map(|file| Place { url: file.url.clone(), name: file.name.clone() });
            found.ok_or_else(|| Wrong {
                said: say!("bulk-no-such-file", name = name.replace('`', "")),
                hint: say!("bulk-no-such-file-hint"),
            })
        }
    }
}

/// A file's name as Discord writes it: spaces become underscores, and what is neither letter, digit nor `.-_` goes.
fn plain_name(name: &str) -> String {
    let kept = name.trim().chars().map(|letter| if letter == ' ' { '_' } else { letter.to_ascii_lowercase() });
    kept.filter(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(*letter)).collect()
}

/// Every video the rows need, each fetched once.
pub(super) async fn fetched(
    flows: &Flows,
    by: &Member,
    rows: &[Place],
    homes: &mut HashMap<Place, Result<Home, Wrong>>,
    progress: impl Fn(usize) + Send + Sync,
) -> Result<(), Failure> {
    let mut places: Vec<&Place> = Vec::new();
    for place in rows {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let deadline = Instant::now() + PREPARED_WITHIN;
    let mut fetches = Vec::with_capacity(places.len());
    for place in places {
        fetches.push(reached(flows, by, place, deadline));
    }
    let mut fetches = stream::iter(fetches).buffer_unordered(AT_ONCE);
    while let Some(came) = fetches.next().await {
        let (place, came) = came?;
        progress(rows.iter().filter(|row| **row == place).count());
        homes.insert(place, came);
    }
    Ok(())
}

/// A video, or why it did not come; failures of ours end everything.
fn reached<'a>(
    flows: &'a Flows,
    by: &'a Member,
    place: &'a Place,
    deadline: Instant,
) -> BoxFuture<'a, Result<Came, Failure>> {
    async move {
        let came = match tokio::time::timeout_at(deadline, bring_home(flows, by, place)).await {
            Ok(came) => or_refused(came)?.map_err(|refusal| Wrong::from(&refusal)),
            Err(_) => Err(Wrong { said: say!("bulk-not-reached"), hint: say!("bulk-not-reached-hint") }),
        };
        Ok((place.clone(), came))
    }
    .boxed()
}

/// Fetches a video, looks into it and stores it.
async fn bring_home(flows: &Flows, by: &Member, place: &Place) -> Result<Home, Failure> {
    let most = flows.rules.video.max_bytes;
    let staged = if flows.origins.allow(&place.url) {
        let limits = FetchLimits::up_to(most);
        fetch::fetch(&flows.fetcher, &flows.origins, &place.url, limits, &flows.staging, |_, _| ()).await?
    } else {
        flows.links.fetch(by.workspace, &place.url, (most, LINK_WITHIN), &flows.staging, |_, _| ()).await?
    };
    let facts = probe::probe_path(&staged.path).await?;
    // What TikTok takes from nobody is not stored at all.
    judge(&facts, staged.size_bytes, &flows.rules.video, None).map_err(Refusal::from)?;
    let video = keep(flows, by, &place.name, staged, facts.clone()).await?;
    Ok(Home { video, facts })
}

/// Deletes the bytes of videos that no row came to need; what cannot be deleted now is a stray that is found later.
pub(super) async fn let_go_of(flows: &Flows, unused: Vec<&Home>) {
    for home in unused {
        if let Err(failure) = forget::delete(flows, &home.video.key).await {
            tracing::warn!("The bytes of a row that is no good are deleted later: {failure:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_under_the_name_discord_gives_it() {
        let file = |name: &str| SentFile { name: name.into(), url: Url::parse("https://cdn.example/1").unwrap() };
        let sent = [file("My_latte_1.mp4"), file("cake.MP4")];
        let found = |name: &str| place(&Source::Named(name.into()), &sent).map(|place| place.name).ok();
        assert_eq!(found("my latte (1).mp4").as_deref(), Some("My_latte_1.mp4"));
        assert_eq!(found(" Cake.mp4").as_deref(), Some("cake.MP4"));
        assert_eq!(found("tea.mp4"), None);
    }
}
