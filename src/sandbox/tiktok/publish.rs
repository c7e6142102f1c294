//! Opening a post: creator info and the three inits. Each init checks in the same order: token, scope, rate, body,
//! account.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;

use super::answer::{Refused, Said, envelope, json_object};
use super::limits::Guest;
use super::publication::{Arrived, Kind, Publication, Stage, Transfer};
use super::pull;
use super::state::{Shared, World, secret};
use super::terms::{Object, Source, Terms, flag, object, privacy, stranger, text, whole};

/// The scope that posts.
const PUBLISH: &str = "video.publish";
/// The scope that hands over drafts.
const UPLOAD: &str = "video.upload";
/// The first number in a task's id; it has nineteen digits, as TikTok's have.
const FIRST_TASK: u64 = 7_410_000_000_000_000_000;

/// `POST /v2/post/publish/creator_info/query/`
pub(super) async fn creator_info(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    shared.with(|world, now| {
        let result = (|| {
            let guest = world.admit(&headers, "creator_info", &[PUBLISH], now)?;
            json_object(&headers, &body, true)?;
            world.may_post(&guest.open_id, false, now).map_err(Refused::politely)?;
            let gone = || Refused::with("access_token_invalid", "The account is gone");
            let creator = world.creator(&guest.open_id).ok_or_else(gone)?;
            Ok(json!({
                "creator_avatar_url": format!("{}/__sandbox/avatar/{}", shared.base_url, creator.username),
                "creator_username": creator.username,
                "creator_nickname": creator.nickname,
                "privacy_level_options": creator.privacy_options(),
                "comment_disabled": creator.comment_disabled,
                "duet_disabled": creator.duet_disabled || creator.private,
                "stitch_disabled": creator.stitch_disabled || creator.private,
                "max_video_post_duration_sec": creator.max_duration_seconds,
            }))
        })();
        envelope(&world.rules, result)
    })
}

/// What an init asks for, once its body is understood.
struct Wish {
    kind: Kind,
    terms: Terms,
    source: Wanted,
    stranger: Option<String>,
}

enum Wanted {
    Video(Source),
    Photos(Vec<String>),
}

/// `POST /v2/post/publish/video/init/`
pub(super) async fn video_init(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open(&shared, &headers, "video_init", &[PUBLISH], || {
        let body = json_object(&headers, &body, false)?;
        let (post_info, source_info) = (object(&body, "post_info")?, object(&body, "source_info")?);
        let stranger = stranger(&body, &["post_info", "source_info"])
            .or_else(|| stranger(post_info, &Terms::FIELDS))
            .or_else(|| stranger(source_info, &Source::FIELDS));
        let source = Wanted::Video(Source::of_video(source_info)?);
        Ok(Wish { kind: Kind::Video, terms: Terms::of_video(post_info)?, source, stranger })
    })
}

/// `POST /v2/post/publish/inbox/video/init/`; whatever is not `source_info` is ignored.
pub(super) async fn inbox_init(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open(&shared, &headers, "inbox_init", &[UPLOAD], || {
        let body = json_object(&headers, &body, false)?;
        let source_info = object(&body, "source_info")?;
        let stranger = stranger(source_info, &Source::FIELDS);
        let source = Wanted::Video(Source::of_video(source_info)?);
        Ok(Wish { kind: Kind::VideoDraft, terms: Terms::default(), source, stranger })
    })
}

/// `POST /v2/post/publish/content/init/`
pub(super) async fn content_init(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open(&shared, &headers, "content_init", &[PUBLISH, UPLOAD], || {
        let body = json_object(&headers, &body, false)?;
        photos(&body)
    })
}

fn photos(body: &Object) -> Result<Wish, Refused> {
    let (post_info, source_info) = (object(body, "post_info")?, object(body, "source_info")?);
    if text(body, "media_type")?.as_deref() != Some("PHOTO") {
        return Err(Refused::malformed("media_type must be PHOTO"));
    }
    let kind = match text(body, "post_mode")?.as_deref() {
        Some("DIRECT_POST") => Kind::Photos,
        Some("MEDIA_UPLOAD") => Kind::PhotosDraft,
        _ => return Err(Refused::malformed("post_mode must be DIRECT_POST or MEDIA_UPLOAD")),
    };
    let too_long = |name: &str, most: usize| {
        Ok::<bool, Refused>(text(post_info, name)?.is_some_and(|words| words.encode_utf16().count() > most))
    };
    if too_long("title", 90)? || too_long("description", 4_000)? {
        return Err(Refused::malformed("The title or the description is too long"));
    }
    let (content, organic) = (flag(post_info, "brand_content_toggle")?, flag(post_info, "brand_organic_toggle")?);
    if kind == Kind::Photos && (content.is_none() || organic.is_none()) {
        return Err(Refused::malformed("brand_content_toggle and brand_organic_toggle are required"));
    }
    flag(post_info, "auto_add_music")?;
    let terms = Terms {
        title: text(post_info, "title")?.unwrap_or_default(),
        privacy: if kind == Kind::Photos { privacy(post_info)? } else { String::new() },
        disable_comment: flag(post_info, "disable_comment")?.unwrap_or(false),
        brand_content: content.unwrap_or(false),
        brand_organic: organic.unwrap_or(false),
        ..Terms::default()
    };
    let source = Wanted::Photos(images(source_info)?);
    Ok(Wish { kind, terms, source, stranger: None })
}

fn images(source_info: &Object) -> Result<Vec<String>, Refused> {
    if text(source_info, "source")?.as_deref() != Some("PULL_FROM_URL") {
        return Err(Refused::malformed("source must be PULL_FROM_URL"));
    }
    let list = source_info.get("photo_images").and_then(Value::as_array).cloned().unwrap_or_default();
    let urls: Vec<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let cover = whole(source_info, "photo_cover_index")?.and_then(|index| usize::try_from(index).ok());
    let every_one_is_an_address = urls.len() == list.len() && urls.iter().all(|address| Url::parse(address).is_ok());
    if !every_one_is_an_address || !(1..=35).contains(&urls.len()) || cover.is_none_or(|index| index >= urls.len()) {
        return Err(Refused::malformed("photo_images or photo_cover_index is invalid"));
    }
    Ok(urls)
}

fn open(
    shared: &Arc<Shared>,
    headers: &HeaderMap,
    endpoint: &'static str,
    scopes: &[&str],
    read: impl FnOnce() -> Result<Wish, Refused>,
) -> Response<Body> {
    let (answer, pulled) = shared.change(|world, now| {
        let mut stranger = None;
        let result = (|| {
            let guest = world.admit(headers, endpoint, scopes, now)?;
            let wish = read()?;
            stranger.clone_from(&wish.stranger);
            world.allows(&guest, &wish, now)?;
            Ok(world.open(shared, &guest, wish, now))
        })();
        let pulled = result.as_ref().ok().and_then(|(_, pulled)| pulled.clone());
        let mut answer = envelope(&world.rules, result.map(|(data, _)| data));
        if let Some(said) = answer.extensions_mut().get_mut::<Said>() {
            said.violation = said.violation.take().or(stranger);
        }
        (answer, pulled)
    });
    if let Some(publish_id) = pulled {
        shared.tracker.spawn(pull::fetch(Arc::clone(shared), publish_id));
    }
    answer
}

impl World {
    /// The checks of account and app, after the body's.
    fn allows(&self, guest: &Guest, wish: &Wish, now: DateTime<Utc>) -> Result<(), Refused> {
        let needed = if wish.kind.is_draft() { UPLOAD } else { PUBLISH };
        if !guest.scopes.iter().any(|scope| scope == needed) {
            return Err(Refused::with("scope_not_authorized", "The user did not authorize the scope required"));
        }
        self.may_post(&guest.open_id, wish.kind.is_draft(), now)?;
        if !wish.kind.is_draft() {
            self.allows_audience(guest, &wish.terms)?;
        }
        let addresses = match &wish.source {
            Wanted::Video(Source::File(_)) => &[],
            Wanted::Video(Source::Pull(address)) => std::slice::from_ref(address),
            Wanted::Photos(addresses) => addresses.as_slice(),
        };
        let verified = |address: &String| self.rules.verified_prefixes.iter().any(|own| address.starts_with(own));
        if !addresses.iter().all(|address| verified(address) && is_safe(address)) {
            return Err(Refused::with("url_ownership_unverified", "Verify the ownership of the URL before using it"));
        }
        Ok(())
    }

    fn allows_audience(&self, guest: &Guest, terms: &Terms) -> Result<(), Refused> {
        let private = self.creator(&guest.open_id).is_some_and(|creator| creator.private);
        let unseen = terms.privacy == "SELF_ONLY" && (private || !self.rules.unaudited_needs_private_account);
        if !self.rules.audited && !unseen {
            let code = "unaudited_client_can_only_post_to_private_accounts";
            return Err(Refused::with(code, "Unaudited clients can only post to a private account"));
        }
        let options = self.creator(&guest.open_id).map(|creator| creator.privacy_options()).unwrap_or_default();
        if !options.contains(&terms.privacy.as_str()) {
            let message = "privacy_level is not among the options creator_info returns";
            return Err(Refused::with("privacy_level_option_mismatch", message));
        }
        if self.rules.refuses_private_branded && terms.brand_content && terms.privacy == "SELF_ONLY" {
            return Err(Refused::malformed("Branded content visibility cannot be set to private"));
        }
        Ok(())
    }

    /// Opens the task; also says which id is to be pulled.
    fn open(&mut self, shared: &Shared, guest: &Guest, wish: Wish, now: DateTime<Utc>) -> (Value, Option<String>) {
        let number = FIRST_TASK + self.next_serial();
        let (urls, plan) = match wish.source {
            Wanted::Video(Source::File(plan)) => (Vec::new(), Some(plan)),
            Wanted::Video(Source::Pull(address)) => (vec![address], None),
            Wanted::Photos(addresses) => (addresses, None),
        };
        let publish_id = match (wish.kind, plan) {
            (Kind::Video, Some(_)) => format!("v_pub_file~v2-1.{number}"),
            (Kind::Video, None) => format!("v_pub_url~v2.{number}"),
            (Kind::VideoDraft, Some(_)) => format!("v_inbox_file~v2.{number}"),
            (Kind::VideoDraft, None) => format!("v_inbox_url~v2.{number}"),
            (Kind::Photos, _) => format!("p_pub_url~v2.{number}"),
            (Kind::PhotosDraft, _) => format!("p_inbox_url~v2.{number}"),
        };
        let mut data = json!({"publish_id": publish_id});
        let (transfer, stage) = if let Some(plan) = plan {
            let (task, token) = (number.to_string(), secret(""));
            data["upload_url"] =
                format!("{}/upload/video/?upload_id={task}&upload_token={token}", shared.upload_base).into();
            let expires_at = now + TimeDelta::seconds(self.rules.upload_seconds.into());
            (Transfer::File { task, token, plan, expires_at }, Stage::Receiving)
        } else {
            (Transfer::Pull { urls, stop: shared.stopping.child_token() }, Stage::Downloading)
        };
        let pulled = (stage == Stage::Downloading).then(|| publish_id.clone());
        self.publications.push(Publication {
            publish_id,
            open_id: guest.open_id.clone(),
            kind: wish.kind,
            terms: wish.terms,
            transfer,
            opened_at: now,
            committed_at: None,
            stage,
            arrived: Arrived::keeping(),
            facts: None,
            expected_bytes: None,
            fetches: 0,
            post: None,
            fate: None,
        });
        (data, pulled)
    }
}

/// Whether an address is `https`, or leads to this machine, for which nobody issues certificates.
fn is_safe(address: &str) -> bool {
    let Ok(address) = Url::parse(address) else { return false };
    let loopback = matches!(address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    address.scheme() == "https" || (address.scheme() == "http" && loopback)
}
