//! The video on the card: the very bytes that will go out, as a file when Discord takes one of that size, else behind a
//! signed link to our own page, if people can reach one.

use anyhow::Context as _;
use futures_util::TryStreamExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use serenity::all::{CreateAttachment, GuildId, PremiumTier};

use super::{Outbox, Scene, Setback};
use crate::discord::cards::Preview;
use crate::domain::post::PostStage;
use crate::flows::{Failure, watch};

const MIB: u64 = 1024 * 1024;

/// What a bot may attach in any server: 10 MiB. <https://docs.discord.com/developers/reference#uploading-files>
const EVERYWHERE: u64 = 10 * MIB;

/// What it may attach where members boosted the server enough: those servers take more, but a whole request may have
/// 25 MiB, and its other parts need room.
/// <https://docs.discord.com/developers/resources/message#create-message>
const WHERE_BOOSTED: u64 = 24 * MIB;

impl Outbox {
    /// The video as a file for the card, if there is one, it may still be judged or go out, and Discord would take it.
    pub(super) async fn attachment(&self, scene: &Scene) -> Result<Option<CreateAttachment>, Setback> {
        let (post, video) = (&scene.post, &scene.video);
        if !is_open(scene) || video.size_bytes > self.limit(scene).await {
            return Ok(None);
        }
        let media = &self.flows.media;
        if media.size(&video.key).await.context("the video could not be looked up").map_err(Failure::from)?.is_none() {
            return Ok(None);
        }
        let read = async {
            let mut bytes = Vec::with_capacity(usize::try_from(video.size_bytes).unwrap_or_default());
            let mut pieces = media.stream(&video.key, 0..video.size_bytes).await?;
            while let Some(piece) = pieces.try_next().await? {
                bytes.extend_from_slice(&piece);
            }
            anyhow::Ok(bytes)
        };
        let bytes = read.await.context("the video could not be read").map_err(Failure::from)?;
        let name = format!("post-{}.{}", post.number, video.facts.container.ending());
        Ok(Some(CreateAttachment::bytes(bytes, name)))
    }

    /// Where the video is watched when the card has no file, if it may still be judged or go out.
    pub(super) fn link(&self, scene: &Scene) -> Option<SecretString> {
        watch::link(&self.flows, &scene.post).filter(|_| is_open(scene))
    }

    /// The largest file Discord takes from us in that server. Asked only where it matters.
    async fn limit(&self, scene: &Scene) -> u64 {
        if scene.video.size_bytes <= EVERYWHERE || scene.video.size_bytes > WHERE_BOOSTED {
            return EVERYWHERE;
        }
        match self.http.get_guild(GuildId::new(scene.workspace.id.0.max(1))).await {
            Ok(guild) => limit(guild.premium_tier),
            Err(error) => {
                tracing::warn!(workspace.id = %scene.workspace.id, "Discord does not say what may be attached: {error}");
                EVERYWHERE
            }
        }
    }
}

/// How a card shows the video: by its file, else by a link.
pub(super) fn preview<'a>(file: Option<&'a str>, link: Option<&'a SecretString>) -> Preview<'a> {
    match (file, link) {
        (Some(name), _) => Preview::Attached(name),
        (None, Some(link)) => Preview::Link(link.expose_secret()),
        (None, None) => Preview::None,
    }
}

const fn is_open(scene: &Scene) -> bool {
    matches!(scene.post.stage(), PostStage::InReview | PostStage::Approved)
}

const fn limit(tier: PremiumTier) -> u64 {
    match tier {
        PremiumTier::Tier2 | PremiumTier::Tier3 => WHERE_BOOSTED,
        _ => EVERYWHERE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boosted_server_takes_larger_files() {
        assert_eq!(limit(PremiumTier::Tier0), 10 * MIB);
        assert_eq!(limit(PremiumTier::Tier1), 10 * MIB);
        assert_eq!(limit(PremiumTier::Tier2), 24 * MIB);
        assert_eq!(limit(PremiumTier::Tier3), 24 * MIB);
    }
}
