//! The client and the local TikTok, which was written from the same pages by somebody who had not seen the client.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::DateTime;
use futures_util::stream;
use greenroom::domain::clock::PushedClock;
use greenroom::domain::creator::{Privacy, Scope};
use greenroom::sandbox::mischief::{Fault, Trouble as Mischief};
use greenroom::sandbox::tiktok::{Creator, PostIdForm, TikTok, TikTokOptions};
use greenroom::tiktok::chunks::{Chunk, ChunkPlan};
use greenroom::tiktok::oauth::{Consent, Tokens, Verifier};
use greenroom::tiktok::publish::{Opened, Progress};
use greenroom::tiktok::trouble::{FailKind, Kind, Next};
use greenroom::tiktok::{ChunkTrouble, Client, Taken, TikTokApp, http_client};
use sha2::{Digest as _, Sha256};

use super::latte;

struct Studio {
    clock: Arc<PushedClock>,
    tiktok: TikTok,
    client: Client,
}

impl Studio {
    async fn open() -> Self {
        let clock = PushedClock::standing(DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        let mut options = TikTokOptions::new(clock.clone());
        options.audited = true;
        options.creators = vec![Creator::named("harbour.cafe", "Harbour Café")];
        let app = (options.client_key.clone(), options.client_secret.clone());
        let tiktok = TikTok::start(options).await.unwrap();
        let app = TikTokApp {
            client_key: app.0,
            client_secret: app.1.into(),
            api_url: tiktok.base_url().parse().unwrap(),
            authorize_url: tiktok.base_url().parse().unwrap(),
        };
        Self { clock, tiktok, client: Client::new(app, http_client().unwrap()) }
    }

    async fn connects(&self) -> Tokens {
        let redirect = "http://127.0.0.1:8080/callback/".parse().unwrap();
        let verifier = Verifier::random();
        let link = self.client.authorize_link(&redirect, "a-state", &Scope::ALL, Some(&verifier));
        let back = self.tiktok.consent_to_all(link.as_str(), "harbour.cafe").unwrap();
        let Some(Consent::Given { code, scopes, state }) = Consent::read(&back) else { panic!("{back}") };
        assert_eq!((scopes.iter().count(), state.as_str()), (6, "a-state"));
        self.client.exchange(&code, &redirect, Some(&verifier)).await.unwrap()
    }

    async fn sends(&self, opened: &Opened, file: &Bytes, chunk: Chunk) -> Result<Taken, ChunkTrouble> {
        let (first, last) = (usize::try_from(chunk.first).unwrap(), usize::try_from(chunk.last).unwrap());
        let body = stream::iter([Ok::<_, Infallible>(file.slice(first..=last))]);
        self.client.send_chunk(&opened.upload_url, "video/mp4", chunk, body).await
    }

    async fn closes(self) {
        let refusals = self.tiktok.refusals();
        assert!(refusals.is_empty(), "nothing is asked that TikTok would find malformed: {refusals:?}");
        self.tiktok.stop().await;
    }
}

fn film(size: usize) -> Bytes {
    let mut bytes = (0..=250_u8).collect::<Vec<_>>().repeat(size / 251 + 1);
    bytes.truncate(size);
    bytes.into()
}

#[tokio::test]
async fn a_video_travels_from_consent_to_its_numbers() {
    let studio = Studio::open().await;
    let first = studio.connects().await;
    let tokens = studio.client.renew(&first.refresh).await.unwrap();
    let trouble = studio.client.renew(&first.refresh).await.unwrap_err();
    assert_eq!((trouble.kind, trouble.next), (Kind::InvalidGrant, Next::Reconnect), "a refresh token works once");
    assert_eq!((&tokens.open_id, &tokens.scopes), (&first.open_id, &first.scopes));
    assert_eq!(tokens.access_lives_for, Duration::from_secs(7200));

    let access = &tokens.access;
    let creator = studio.client.creator_info(access).await.unwrap();
    assert_eq!((creator.nickname.as_str(), creator.username.as_str()), ("Harbour Café", "harbour.cafe"));
    assert!(creator.privacy_options.contains(&Privacy::PublicToEveryone));

    let file = film(64_000_001);
    let plan = ChunkPlan::for_size(64_000_001).unwrap();
    let mut post = latte();
    post.privacy = Privacy::PublicToEveryone;
    let opened = studio.client.open_direct(access, &post, &plan).await.unwrap();
    let mut next = 0;
    while let Some(chunk) = plan.chunk(next) {
        let taken = studio.sends(&opened, &file, chunk).await;
        assert_eq!(taken, Ok(if chunk.is_last() { Taken::All } else { Taken::More }));
        next += 1;
        let status = studio.client.status(access, &opened.publish_id).await.unwrap();
        assert_eq!(status.progress, Progress::Uploading);
        assert_eq!(plan.chunk_at_offset(status.uploaded_bytes.unwrap()), Some(next));
    }
    studio.clock.push(Duration::from_secs(4));
    let status = studio.client.status(access, &opened.publish_id).await.unwrap();
    assert_eq!((status.progress, status.post_id), (Progress::Published, None), "moderation still looks at it");
    studio.clock.push(Duration::from_secs(60));
    let status = studio.client.status(access, &opened.publish_id).await.unwrap();
    let id = status.post_id.unwrap();

    let posted = studio.tiktok.published("harbour.cafe");
    assert_eq!(posted.len(), 1);
    assert_eq!((&posted[0].caption, posted[0].post_id.as_ref()), (&post.title, Some(&id)));
    assert_eq!(posted[0].sha256, hex::encode(Sha256::digest(&file)));
    assert_eq!(
        (posted[0].brand_organic_toggle, posted[0].disable_stitch, posted[0].cover_ms),
        (true, false, Some(1500))
    );

    let user = studio.client.user(access, &tokens.scopes).await.unwrap();
    assert_eq!((user.username.as_deref(), user.videos), (Some("harbour.cafe"), Some(1)));
    assert!(user.followers.is_some() && user.likes.is_some() && user.open_id == tokens.open_id);
    let page = studio.client.videos(access, None).await.unwrap();
    assert_eq!((page.videos.len(), page.has_more), (1, false));
    let videos = studio.client.videos_by_id(access, &[id.clone(), "7000000000000000000".to_owned()]).await.unwrap();
    assert_eq!(videos.len(), 1);
    assert_eq!((&videos[0].id, videos[0].created_at), (&id, page.videos[0].created_at));
    assert!(videos[0].views.is_some() && videos[0].shares.is_some() && videos[0].share_url.is_some());

    studio.client.revoke(access).await.unwrap();
    assert_eq!(studio.client.creator_info(access).await.unwrap_err().next, Next::Renew);
    studio.closes().await;
}

#[tokio::test]
async fn a_lost_answer_is_found_out_by_asking_and_posts_once() {
    let studio = Studio::open().await;
    let tokens = studio.connects().await;
    let file = film(10_485_761);
    let plan = ChunkPlan::for_size_in_two(10_485_761).unwrap();
    let opened = studio.client.open_direct(&tokens.access, &latte(), &plan).await.unwrap();
    let (first, last) = (plan.chunk(0).unwrap(), plan.chunk(1).unwrap());

    studio.tiktok.arm(Fault::next("upload", Mischief::ServerError { status: 503 }));
    let sent = studio.sends(&opened, &file, first).await;
    assert_eq!(sent, Err(ChunkTrouble::SendAgain("HTTP 503".to_owned())));
    assert_eq!(studio.sends(&opened, &file, first).await, Ok(Taken::More));

    studio.tiktok.arm(Fault::next("upload", Mischief::LostAfter));
    assert!(matches!(studio.sends(&opened, &file, last).await, Err(ChunkTrouble::SendAgain(_))));
    assert!(matches!(studio.sends(&opened, &file, last).await, Err(ChunkTrouble::OutOfStep { .. })));
    let status = studio.client.status(&tokens.access, &opened.publish_id).await.unwrap();
    assert_eq!(plan.chunk_at_offset(status.uploaded_bytes.unwrap()), Some(plan.count), "TikTok has it all");
    studio.clock.push(Duration::from_secs(60));
    let status = studio.client.status(&tokens.access, &opened.publish_id).await.unwrap();
    assert_eq!(status.progress, Progress::Published);
    let posted = studio.tiktok.published("harbour.cafe");
    assert_eq!(posted.len(), 1);
    assert_eq!(posted[0].sha256, hex::encode(Sha256::digest(&file)), "byte for byte");
    studio.closes().await;
}

#[tokio::test]
async fn a_draft_waits_in_the_inbox() {
    let studio = Studio::open().await;
    let tokens = studio.connects().await;
    let file = film(9);
    let plan = ChunkPlan::for_size(9).unwrap();
    let opened = studio.client.open_draft(&tokens.access, &plan).await.unwrap();
    assert_eq!(studio.sends(&opened, &file, plan.chunk(0).unwrap()).await, Ok(Taken::All));
    studio.clock.push(Duration::from_secs(4));
    let status = studio.client.status(&tokens.access, &opened.publish_id).await.unwrap();
    assert_eq!(status.progress, Progress::InInbox);
    studio.closes().await;
}

#[tokio::test]
async fn an_address_that_has_lived_its_hour_says_so() {
    let studio = Studio::open().await;
    let tokens = studio.connects().await;
    let plan = ChunkPlan::for_size(9).unwrap();
    let opened = studio.client.open_direct(&tokens.access, &latte(), &plan).await.unwrap();
    studio.clock.push(Duration::from_secs(3600));
    let sent = studio.sends(&opened, &film(9), plan.chunk(0).unwrap()).await;
    assert_eq!(sent, Err(ChunkTrouble::LinkExpired));
    studio.closes().await;
}

#[tokio::test]
async fn a_post_that_fails_says_why() {
    let studio = Studio::open().await;
    let tokens = studio.connects().await;
    studio.tiktok.arm(Fault::next("processing", Mischief::Fail { reason: "frame_rate_check_failed".to_owned() }));
    let plan = ChunkPlan::for_size(9).unwrap();
    let opened = studio.client.open_direct(&tokens.access, &latte(), &plan).await.unwrap();
    studio.sends(&opened, &film(9), plan.chunk(0).unwrap()).await.unwrap();
    studio.clock.push(Duration::from_secs(4));
    let status = studio.client.status(&tokens.access, &opened.publish_id).await.unwrap();
    let Progress::Failed(reason) = status.progress else { panic!("{status:?}") };
    assert_eq!((reason.kind, reason.next()), (FailKind::FrameRate, Next::Never));
    studio.closes().await;
}

#[tokio::test]
async fn the_link_is_found_in_whatever_form_it_comes() {
    use PostIdForm::{Absent, Null, Number, Numbers, String, Strings};
    for (form, found) in
        [(Numbers, true), (Strings, true), (Number, true), (String, true), (Null, false), (Absent, false)]
    {
        let studio = Studio::open().await;
        let tokens = studio.connects().await;
        studio.tiktok.change_rules(|rules| rules.post_id_form = form);
        let plan = ChunkPlan::for_size(9).unwrap();
        let mut post = latte();
        post.privacy = Privacy::PublicToEveryone;
        let opened = studio.client.open_direct(&tokens.access, &post, &plan).await.unwrap();
        studio.sends(&opened, &film(9), plan.chunk(0).unwrap()).await.unwrap();
        studio.clock.push(Duration::from_secs(60));
        let status = studio.client.status(&tokens.access, &opened.publish_id).await.unwrap();
        assert_eq!((status.progress, status.post_id.is_some()), (Progress::Published, found), "{form:?}");
        studio.closes().await;
    }
}

#[tokio::test]
async fn no_to_the_consent_is_a_no() {
    let studio = Studio::open().await;
    let redirect = "https://greenroom.example/callback".parse().unwrap();
    let link = studio.client.authorize_link(&redirect, "s", &Scope::ALL, None);
    let back = studio.tiktok.decline(link.as_str()).unwrap();
    let Some(Consent::Refused { trouble, state }) = Consent::read(&back) else { panic!("{back}") };
    assert_eq!((trouble.kind, state.as_str()), (Kind::AccessDenied, "s"));
    studio.closes().await;
}
