//! The Display API over the ledger: the account, its public videos, and numbers that drift with time. Every number is
//! a function of the post and its age, so two people who look at the same instant see the same.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Response};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::answer::{Refused, envelope, json_object};
use super::oauth::Form;
use super::publication::{Post, Publication};
use super::state::{Shared, World};
use super::terms::{object, stranger, whole};

/// Each account field and the scope it needs.
const USER_FIELDS: [(&str, &str); 15] = [
    ("open_id", "user.info.basic"),
    ("union_id", "user.info.basic"),
    ("avatar_url", "user.info.basic"),
    ("avatar_url_100", "user.info.basic"),
    ("avatar_large_url", "user.info.basic"),
    ("display_name", "user.info.basic"),
    ("bio_description", "user.info.profile"),
    ("profile_deep_link", "user.info.profile"),
    ("profile_web_link", "user.info.profile"),
    ("is_verified", "user.info.profile"),
    ("username", "user.info.profile"),
    ("follower_count", "user.info.stats"),
    ("following_count", "user.info.stats"),
    ("likes_count", "user.info.stats"),
    ("video_count", "user.info.stats"),
];

/// Every video field.
const VIDEO_FIELDS: [&str; 16] = [
    "id",
    "create_time",
    "cover_image_url",
    "share_url",
    "video_description",
    "title",
    "duration",
    "height",
    "width",
    "embed_html",
    "embed_link",
    "like_count",
    "comment_count",
    "share_count",
    "view_count",
    "is_aigc",
];

/// Half of a post's views have come after so many seconds.
const HALF_OF_THE_VIEWS: i64 = 20 * 3_600;

/// The fields a query names.
fn fields(query: Option<&str>) -> Result<Vec<String>, Refused> {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let named = form.as_ref().and_then(|form| form.get("fields")).ok_or_else(|| bad("fields is required"))?;
    Ok(named.split(',').map(str::to_owned).collect())
}

/// The display endpoints spell their refusal in the plural.
fn bad(message: &str) -> Refused {
    Refused::with("invalid_params", message).breach()
}

/// `GET /v2/user/info/`
pub(super) async fn user_info(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    shared.with(|world, now| {
        let result = (|| {
            let guest = world.admit(&headers, "user_info", &[], now)?;
            let fields = fields(query.as_deref())?;
            for field in &fields {
                let known = USER_FIELDS.iter().find(|(name, _)| name == field);
                let scope = known.ok_or_else(|| bad(&format!("there is no field {field}")))?.1;
                if !guest.scopes.iter().any(|granted| granted == scope) {
                    return Err(Refused::with("scope_permission_missed", &format!("{field} needs the scope {scope}")));
                }
            }
            Ok(json!({"user": chosen(&world.user(&shared, &guest.open_id, now), &fields)}))
        })();
        envelope(&world.rules, result)
    })
}

/// `POST /v2/video/list/`
pub(super) async fn video_list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    shared.with(|world, now| {
        let result = (|| {
            let guest = world.admit(&headers, "video_list", &["video.list"], now)?;
            let fields = video_fields(query.as_deref())?;
            let body = json_object(&headers, &body, true).map_err(|refused| bad(&refused.message))?;
            if let Some(unknown) = stranger(&body, &["cursor", "max_count"]) {
                return Err(bad(&unknown));
            }
            let number = |name: &str| whole(&body, name).map_err(|refused| bad(&refused.message));
            let before = number("cursor")?.filter(|cursor| *cursor != 0);
            let most = number("max_count")?.unwrap_or(10);
            let most = usize::try_from(most).ok().filter(|most| (1..=20).contains(most));
            let most = most.ok_or_else(|| bad("max_count must be between 1 and 20"))?;
            Ok(world.page(&guest.open_id, &fields, before, most, now))
        })();
        envelope(&world.rules, result)
    })
}

/// `POST /v2/video/query/`
pub(super) async fn video_query(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    shared.with(|world, now| {
        let result = (|| {
            let guest = world.admit(&headers, "video_query", &["video.list"], now)?;
            let fields = video_fields(query.as_deref())?;
            let body = json_object(&headers, &body, false).map_err(|refused| bad(&refused.message))?;
            let filters = object(&body, "filters").map_err(|refused| bad(&refused.message))?;
            let ids = filters.get("video_ids").and_then(Value::as_array).cloned().unwrap_or_default();
            if !(1..=20).contains(&ids.len()) || !ids.iter().all(Value::is_string) {
                return Err(bad("video_ids must be 1 to 20 strings"));
            }
            let asked = |post: &Post| ids.iter().any(|id| id.as_str() == Some(post.id.to_string().as_str()));
            let mine = world.public_posts(&guest.open_id, now).into_iter().filter(|(_, post)| asked(post));
            let videos: Vec<Value> =
                mine.map(|(one, post)| chosen(&world.video_object(one, post, now), &fields)).collect();
            Ok(json!({ "videos": videos }))
        })();
        envelope(&world.rules, result)
    })
}

fn video_fields(query: Option<&str>) -> Result<Vec<String>, Refused> {
    let fields = fields(query)?;
    match fields.iter().find(|field| !VIDEO_FIELDS.contains(&field.as_str())) {
        Some(unknown) => Err(bad(&format!("there is no field {unknown}"))),
        None => Ok(fields),
    }
}

fn chosen(all: &Value, fields: &[String]) -> Value {
    let picked = fields.iter().filter_map(|field| Some((field.clone(), all.get(field)?.clone())));
    Value::Object(picked.collect::<Map<String, Value>>())
}

/// A number below a bound that depends on nothing but the words.
fn drawn(words: &str, below: i64) -> i64 {
    let print = Sha256::digest(words);
    let four = [print[0], print[1], print[2], print[3]];
    i64::from(u32::from_be_bytes(four)) % below
}

/// Views, likes, comments and shares of a post so old.
fn counters(post: &Post, now: DateTime<Utc>) -> [i64; 4] {
    let id = post.id.to_string();
    let age = (now - post.shows_at.unwrap_or(now)).num_seconds().max(0);
    let most = 400 + drawn(&format!("{id} views"), 20_000);
    let views = most * age / (age + HALF_OF_THE_VIEWS);
    let per_thousand =
        |of: &str, least: i64, spread: i64| views * (least + drawn(&format!("{id} {of}"), spread)) / 1_000;
    [views, per_thousand("likes", 30, 90), per_thousand("comments", 2, 9), per_thousand("shares", 3, 12)]
}

impl World {
    /// A creator's posts that everybody sees, newest first.
    fn public_posts(&self, open_id: &str, now: DateTime<Utc>) -> Vec<(&Publication, &Post)> {
        if self.creator(open_id).is_none_or(|creator| creator.private) {
            return Vec::new();
        }
        let mine = self.publications.of(open_id);
        let mut posts: Vec<_> = mine.filter_map(|one| Some((one, one.public_post(now)?))).collect();
        posts.sort_by_key(|(_, post)| std::cmp::Reverse(post.posted_at));
        posts
    }

    fn page(&self, open_id: &str, fields: &[String], before: Option<i64>, most: usize, now: DateTime<Utc>) -> Value {
        let mut posts = self.public_posts(open_id, now);
        posts.retain(|(_, post)| before.is_none_or(|cursor| post.posted_at.timestamp_millis() < cursor));
        let has_more = posts.len() > most;
        posts.truncate(most);
        let cursor = posts.last().map_or(before.unwrap_or(0), |(_, post)| post.posted_at.timestamp_millis());
        let videos: Vec<Value> =
            posts.iter().map(|(one, post)| chosen(&self.video_object(one, post, now), fields)).collect();
        json!({"videos": videos, "cursor": cursor, "has_more": has_more})
    }

    fn video_object(&self, publication: &Publication, post: &Post, now: DateTime<Utc>) -> Value {
        let username = self.creator(&publication.open_id).map_or("", |creator| &creator.username);
        let (id, link) = (post.id.to_string(), format!("https://www.tiktok.com/@{username}/video/{}", post.id));
        let words: String = publication.terms.title.chars().take(150).collect();
        let facts = publication.facts.unwrap_or_default();
        let [views, likes, comments, shares] = counters(post, now);
        let embed = format!("https://www.tiktok.com/embed/v2/{id}");
        json!({
            "id": id,
            "create_time": post.posted_at.timestamp(),
            "cover_image_url": format!("https://p16.example/{id}.jpeg"),
            "share_url": link,
            "video_description": words,
            "title": words,
            "duration": facts.duration_ms / 1_000,
            "height": facts.height,
            "width": facts.width,
            "embed_html": format!("<iframe src=\"{embed}\"></iframe>"),
            "embed_link": embed,
            "like_count": likes,
            "comment_count": if publication.terms.disable_comment { 0 } else { comments },
            "share_count": shares,
            "view_count": views,
            "is_aigc": publication.terms.is_aigc,
        })
    }

    fn user(&self, shared: &Shared, open_id: &str, now: DateTime<Utc>) -> Value {
        let Some(creator) = self.creator(open_id) else { return json!({}) };
        let posts = self.public_posts(open_id, now);
        let sum = |which: usize| posts.iter().map(|(_, post)| counters(post, now)[which]).sum::<i64>();
        let before = i64::from(creator.followers);
        let avatar = format!("{}/__sandbox/avatar/{}", shared.base_url, creator.username);
        json!({
            "open_id": open_id,
            "union_id": creator.union_id(),
            "avatar_url": avatar,
            "avatar_url_100": avatar,
            "avatar_large_url": avatar,
            "display_name": creator.nickname,
            "bio_description": creator.bio,
            "profile_deep_link": format!("https://vm.tiktok.com/{}/", &open_id[..9.min(open_id.len())]),
            "profile_web_link": format!("https://www.tiktok.com/@{}", creator.username),
            "is_verified": creator.verified,
            "username": creator.username,
            "follower_count": before + sum(0) / 60,
            "following_count": 80 + drawn(&creator.username, 300),
            "likes_count": before * 9 + sum(1),
            "video_count": posts.len(),
        })
    }
}
