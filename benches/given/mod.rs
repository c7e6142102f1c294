//! What the measurements begin with: a team, and crowds of posts that are scheduled.

use std::io::Write as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::caption::Caption;
use greenroom::domain::clock::{Clock as _, SystemClock};
use greenroom::domain::creator::{Choices, CreatorInfo, Privacy, Scopes};
use greenroom::domain::ids::{AccountId, MemberId, PostId, VideoId, WorkspaceId};
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::Publication;
use greenroom::domain::video::Video;
use greenroom::store::Store;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

/// So many scheduled posts of one team, the first of them due.
pub(crate) struct Crowd {
    size: i64,
    due: i64,
}

impl Crowd {
    /// `due` of `size` are due; the others lie ahead.
    pub(crate) const fn of(size: i64, due: i64) -> Self {
        Self { size, due }
    }

    /// Fills an empty database: one post as the program writes it, and copies of its rows.
    pub(crate) async fn moves_in(&self, store: &Store, url: &str) {
        let now = SystemClock.now();
        let account = account(WorkspaceId(5), "open-crowd", "the.crowd", now);
        let video = video(WorkspaceId(5), [7; 32], 19_000, "videos/07/crowd", now);
        let post = approved(&account, &video, 1, "Crowd", Due::At(now + TimeDelta::days(20)), now);
        let mut tx = store.begin().await.expect("a transaction begins");
        tx.ensure_workspace(account.workspace, "Crowd", now).await.expect("kept");
        tx.save_account(&account).await.expect("kept");
        tx.add_video(&video).await.expect("kept");
        tx.add_post(&post).await.expect("kept");
        tx.add_publication(&Publication::of(&post, now)).await.expect("kept");
        tx.commit().await.expect("kept");
        self.copies(url, now.timestamp_millis()).await;
    }

    async fn copies(&self, url: &str, now: i64) {
        let (size, due) = (self.size, self.due);
        let (hex, min) = if url.starts_with("sqlite") {
            ("printf('%032x', n)", "min")
        } else {
            ("lpad(to_hex(n), 32, '0')", "least")
        };
        let numbers =
            format!("WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {size} + 1)");
        // The due ones within the last ten minutes, the others over the next twenty days.
        let at =
            format!("CASE WHEN n <= {due} THEN {now} - 1000 - n % 600000 ELSE {now} + 600000 + n % 1728000000 END");
        let copies = [
            format!(
                "{numbers} INSERT INTO posts SELECT {hex}, workspace, n, author, author_name, account, video, video_sha256, \
                 caption, choices, due_at, zone, creator, warnings, stage, stage_at, revision, lapses_at, thread_id, \
                 created_at, version FROM posts, numbers WHERE number = 1"
            ),
            format!(
                "{numbers} INSERT INTO publications (id, workspace, post, account, revision, due_at, attempts, state, next_at, \
                 wake_at, epoch, created_seq) SELECT {hex}, workspace, {hex}, account, revision, {at}, 0, 'scheduled', {at}, \
                 {at}, 0, 1 FROM publications, numbers WHERE {min}(due_at, {now}) = {now} AND epoch = 0 AND created_seq = 1"
            ),
        ];
        if url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(url).await.expect("the database opens");
            for sql in copies {
                connection.execute(AssertSqlSafe(sql)).await.expect("rows are copied");
            }
            connection.execute("ANALYZE").await.expect("it is analysed");
        } else {
            let mut connection = PgConnection::connect(url).await.expect("the database opens");
            for sql in copies {
                connection.execute(AssertSqlSafe(sql)).await.expect("rows are copied");
            }
            connection.execute("VACUUM ANALYZE").await.expect("it is analysed");
        }
    }
}

/// A connected account of a team.
pub(crate) fn account(workspace: WorkspaceId, open_id: &str, username: &str, now: DateTime<Utc>) -> Account {
    Account {
        id: AccountId::new(now),
        workspace,
        open_id: open_id.to_owned(),
        username: username.to_owned(),
        nickname: username.to_owned(),
        scopes: Scopes::parse("user.info.basic,video.publish"),
        delivery: Delivery::Direct,
        health: Health::Connected,
        access_expires_at: now + TimeDelta::days(1),
        refresh_expires_at: now + TimeDelta::days(100),
        renewed_at: now,
        connected_by: MemberId(1),
        connected_at: now,
    }
}

/// A video TikTok would take.
pub(crate) fn video(workspace: WorkspaceId, sha256: [u8; 32], size_bytes: u64, key: &str, now: DateTime<Utc>) -> Video {
    let facts = serde_json::json!({
        "container": "mp4", "codec": "h264", "coded_width": 1080, "coded_height": 1920, "width": 1080, "height": 1920,
        "turn_degrees": 0, "duration_millis": 15_000, "frames_per_second_milli": 24_000,
        "peak_frames_per_second_milli": 24_000, "audio": "aac",
    });
    Video {
        id: VideoId::new(now),
        workspace,
        sha256,
        size_bytes,
        facts: serde_json::from_value(facts).expect("facts are read"),
        file_name: "latte.mp4".to_owned(),
        key: key.to_owned(),
        created_by: MemberId(2),
        created_at: now,
    }
}

/// A post that was approved.
pub(crate) fn approved(
    account: &Account,
    video: &Video,
    number: i64,
    caption: &str,
    due: Due,
    now: DateTime<Utc>,
) -> Post {
    Post {
        id: PostId::new(now),
        workspace: account.workspace,
        number,
        author: MemberId(2),
        author_name: "mia".to_owned(),
        delivery: Delivery::Direct,
        account: account.id,
        video: video.id,
        video_sha256: video.sha256,
        caption: Caption::new(caption).expect("a short one"),
        choices: Choices { privacy: Some(Privacy::SelfOnly), ..Choices::default() },
        due,
        zone: chrono_tz::UTC,
        creator: CreatorInfo {
            nickname: account.nickname.clone(),
            username: account.username.clone(),
            avatar_url: None,
            privacy_options: vec![Privacy::PublicToEveryone, Privacy::SelfOnly],
            comment_disabled: false,
            duet_disabled: false,
            stitch_disabled: false,
            max_duration_seconds: Some(600),
        },
        warnings: Vec::new(),
        in_spite_of: Vec::new(),
        state: PostState::Approved { at: now },
        verdicts: Vec::new(),
        created_at: now,
        version: 0,
    }
}

/// A line of the report.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads it");
}

/// Milliseconds below which so many of a hundred lie.
pub(crate) fn percentile(spans: &[Duration], percent: usize) -> f64 {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(index).map_or(f64::NAN, |span| span.as_secs_f64() * 1_000.0)
}
