//! `/schedule`: a member hands a video in. The answer shows how far it is, then becomes the composer.

use std::time::Duration;

use serenity::all::{Attachment, Http, ModalInteraction};
use tokio::sync::watch;
use url::Url;

use super::{Context, Outcome, enter, offers, put, show, words};
use crate::discord::face::Face;
use crate::discord::http::persist;
use crate::discord::presses::composing;
use crate::discord::watchdog::pause;
use crate::discord::words::{checking, fetching};
use crate::domain::creator::Privacy;
use crate::domain::post::Post;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::video::name_in_link;
use crate::flows::submit::{self, HandIn};
use crate::flows::{Failure, Flows};

/// The answer is redrawn at most so often.
const REDRAWN_EVERY: Duration = Duration::from_secs(1);

/// Schedule a video for TikTok
#[poise::command(slash_command, guild_only, description_localized("de", "Ein Video für TikTok planen"))]
pub(super) async fn schedule(
    ctx: Context<'_>,
    #[description = "When, such as tomorrow 18:00, fri 6pm, in 3h, asap"]
    #[description_localized("de", "Wann, zum Beispiel morgen 18:00, fr 18 Uhr, in 3h, asap")]
    #[autocomplete = "offers::times"]
    when: String,
    #[description = "The video file"]
    #[description_localized("de", "Die Videodatei")]
    video: Option<Attachment>,
    #[description = "Or a link to the video file, beginning with https://"]
    #[description_localized("de", "Oder ein Link zur Videodatei, der mit https:// beginnt")]
    video_url: Option<String>,
    #[description = "The caption, with #hashtags and @mentions"]
    #[description_localized("de", "Der Text, mit #Hashtags und @Erwähnungen")]
    caption: Option<String>,
    #[description = "The TikTok account, if there is more than one"]
    #[description_localized("de", "Das TikTok-Konto, wenn es mehrere gibt")]
    #[autocomplete = "offers::accounts"]
    account: Option<String>,
    #[description = "Who can watch it, as this creator allows"]
    #[description_localized("de", "Wer es sehen kann, soweit dieses Konto es erlaubt")]
    #[autocomplete = "offers::privacies"]
    privacy: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let is_link = video.is_none();
    let (video_url, file_name) = match source(video, video_url) {
        Ok(Some(source)) => source,
        Ok(None) => return Err(Refusal::NoVideo.into()),
        Err(face) => return show(ctx, &face).await,
    };
    let privacy = match privacy.as_deref().map(str::parse::<Privacy>).transpose() {
        Ok(privacy) => privacy,
        Err(given) => return show(ctx, &words::not_a_privacy(&given)).await,
    };
    let given = HandIn { video_url, file_name, when, caption: caption.unwrap_or_default(), account, privacy };
    let post = take_in(&ctx.data().flows, &visit.member, given, is_link, Asked::Command(ctx)).await?;
    show(ctx, &composing(ctx.data(), &post).await?).await
}

/// Where somebody asked, and so where it is shown how far their video is.
#[derive(Clone, Copy)]
pub(in crate::discord) enum Asked<'a> {
    /// With a command.
    Command(Context<'a>),
    /// With a form.
    Form(&'a Http, &'a ModalInteraction),
}

impl Asked<'_> {
    async fn put(self, face: &Face) -> serenity::Result<()> {
        match self {
            Self::Command(ctx) => put(ctx, face, None).await,
            Self::Form(http, form) => {
                persist("an answer", || form.edit_response(http, face.edit_reply())).await.map(drop)
            }
        }
    }
}

/// Has a video taken in and shows meanwhile how far it is.
pub(in crate::discord) async fn take_in(
    flows: &Flows,
    by: &Member,
    given: HandIn,
    is_link: bool,
    asked: Asked<'_>,
) -> Result<Post, Failure> {
    let (tell, told) = watch::channel(Progress::default());
    let progress = move |so_far, size| {
        tell.send_replace(Progress::of(so_far, size));
    };
    let hand_in = async {
        if is_link {
            Box::pin(submit::hand_in_link(flows, by, given, progress)).await
        } else {
            Box::pin(submit::hand_in(flows, by, given, progress)).await
        }
    };
    let (handed_in, ()) = tokio::join!(hand_in, shown_as_it_goes(asked, told));
    handed_in
}

/// Where the video is and what it is called, if one was given; or why that cannot be said.
fn source(video: Option<Attachment>, link: Option<String>) -> Result<Option<(Url, String)>, Face> {
    match (video, link) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(words::one_video()),
        (Some(video), None) => match Url::parse(&video.url) {
            Ok(url) => Ok(Some((url, video.filename))),
            Err(_) => Err(words::not_a_link(&video.url)),
        },
        (None, Some(link)) => match Url::parse(link.trim()) {
            Ok(url) => {
                let name = name_in_link(&url).to_owned();
                Ok(Some((url, name)))
            }
            Err(_) => Err(words::not_a_link(&link)),
        },
    }
}

/// How far the video has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Progress {
    /// Nobody knows how large it is.
    #[default]
    Begun,
    /// So many percent are here.
    Percent(u8),
    /// It is here and being looked at.
    Here,
}

impl Progress {
    fn of(so_far: u64, size: Option<u64>) -> Self {
        match size {
            Some(size) if so_far >= size => Self::Here,
            // The part is smaller than the whole, so this is below a hundred.
            Some(size) => Self::Percent(u8::try_from(so_far.saturating_mul(100) / size).unwrap_or(99)),
            None => Self::Begun,
        }
    }

    fn face(self) -> Face {
        match self {
            Self::Begun => fetching(None),
            Self::Percent(percent) => fetching(Some(percent)),
            Self::Here => checking(),
        }
    }
}

/// Redraws the answer while the video is on its way, and ends when nobody tells any more.
async fn shown_as_it_goes(asked: Asked<'_>, mut told: watch::Receiver<Progress>) {
    let mut shown = None;
    while told.changed().await.is_ok() {
        let progress = *told.borrow_and_update();
        if shown == Some(progress) {
            continue;
        }
        shown = Some(progress);
        if let Err(error) = asked.put(&progress.face()).await {
            tracing::debug!("How far a video is could not be shown: {error}");
        }
        let mut ended = told.clone();
        tokio::select! {
            () = pause(REDRAWN_EVERY) => {}
            () = async { while ended.changed().await.is_ok() {} } => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(link: &str) -> Option<String> {
        source(None, Some(link.to_owned())).ok().flatten().map(|(_, name)| name)
    }

    #[test]
    fn a_linked_video_is_called_what_its_link_ends_in() {
        assert_eq!(link("https://cdn.discordapp.com/a/1/latte.mp4?ex=1&hm=2").as_deref(), Some("latte.mp4"));
        assert_eq!(link(" https://cdn.discordapp.com ").as_deref(), Some("video"));
        assert_eq!(link("https://files.example.org/d/latte.MOV#t=3").as_deref(), Some("latte.MOV"));
        assert_eq!(link("https://files.example.org/d/4f1c-secret").as_deref(), Some("video"));
        assert_eq!(link("https://files.example.org/.mp4").as_deref(), Some("video"));
        assert_eq!(link("latte.mp4"), None);
    }

    #[test]
    fn without_a_video_there_is_none() {
        assert!(matches!(source(None, None), Ok(None)));
    }

    #[test]
    fn progress_is_told_in_whole_percent() {
        assert_eq!(Progress::of(0, Some(200)), Progress::Percent(0));
        assert_eq!(Progress::of(199, Some(200)), Progress::Percent(99));
        assert_eq!(Progress::of(200, Some(200)), Progress::Here);
        assert_eq!(Progress::of(u64::MAX - 1, Some(u64::MAX)), Progress::Percent(1));
        assert_eq!(Progress::of(10, None), Progress::Begun);
    }
}
