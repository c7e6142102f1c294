//! The message that asks about posts an outage made late: which they are, how late, and a button for each decision.
//!
//! It is drawn anew when somebody decides, there or elsewhere, so it always lists what still waits.

use chrono::{DateTime, Utc};
use serenity::all::{ButtonStyle, CreateActionRow};

use super::buttons::Press;
use super::face::{Face, Panel, handle};
use super::look::Standing;
use super::words::parts;
use crate::domain::ids::{PostId, WorkspaceId};
use crate::domain::publication::PublicationStage;
use crate::flows::{Failure, Flows};
use crate::say;
use crate::store::{Page, PostFilter};

/// How many posts the message names.
const MOST_NAMED: u32 = 25;
/// How many get buttons of their own: Discord takes five rows, and the last one is for all of them.
const MOST_ROWS: usize = 4;
/// How much of the message the lines may take.
const LONGEST_LIST: usize = 3_000;

/// One held post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// Which.
    pub post: PostId,
    /// The number people call it by.
    pub number: i64,
    /// When it should have been out.
    pub due_at: Option<DateTime<Utc>>,
    /// The handle of its account.
    pub account: String,
    /// Its words.
    pub caption: String,
}

/// What is held in a workspace, the longest waiting first, and how many that are in all.
pub(super) async fn load(flows: &Flows, workspace: WorkspaceId) -> Result<(Vec<HeldPost>, usize), Failure> {
    let filter = PostFilter { publications: vec![PublicationStage::Held], ..PostFilter::default() };
    let total = usize::try_from(flows.store.count_posts(workspace, &filter).await?).unwrap_or(usize::MAX);
    let mut posts = Vec::new();
    for line in flows.store.posts(workspace, &filter, Page { number: 0, size: MOST_NAMED }).await? {
        let account = flows.store.account(line.account).await?;
        posts.push(HeldPost {
            post: line.id,
            number: line.number,
            due_at: line.due_at,
            account: account.map_or_else(String::new, |account| account.username),
            caption: line.caption,
        });
    }
    Ok((posts, total))
}

/// What is held, with the buttons that decide.
#[must_use]
pub fn list(posts: &[HeldPost], total: usize) -> Face {
    let total = total.max(posts.len());
    if posts.is_empty() {
        let panel =
            Panel::new(Standing::Scheduled.colour(), say!("cards-held-nothing")).text(say!("cards-held-all-decided"));
        return Face::panel(panel);
    }
    let title = format!("{} {}", Standing::Held.emoji(), say!("cards-held-title", count = total));
    let lines: Vec<String> = posts.iter().map(line).collect();
    let mut listed = parts::lines(&lines, LONGEST_LIST);
    if total > posts.len() {
        listed.push_str(&format!("\n{}", say!("cards-held-more", total = total)));
    }
    let text = say!("cards-held-text", count = total, listed = listed);
    let panel = Panel::new(Standing::Held.colour(), title).text(text);
    Face::panel(panel).with_rows(rows(posts, total))
}

fn line(held: &HeldPost) -> String {
    let due = held.due_at.map_or_else(String::new, |at| {
        format!(" · {}", say!("cards-held-was-due", when = parts::short(at), distance = parts::relative(at)))
    });
    format!("**#{}**{due} · {} · {}", held.number, handle(&held.account), parts::preview(&held.caption))
}

fn rows(posts: &[HeldPost], total: usize) -> Vec<CreateActionRow> {
    let mut rows = Vec::new();
    let named = total <= MOST_ROWS;
    for held in posts.iter().filter(|_| named) {
        let (post, number) = (held.post, held.number);
        rows.push(CreateActionRow::Buttons(vec![
            Press::PublishNow { post }.button(&say!("cards-held-publish", number = number), ButtonStyle::Primary),
            Press::PickTime { post }.button(&say!("cards-held-move", number = number), ButtonStyle::Secondary),
            Press::Withdraw { post }.button(&say!("cards-held-withdraw", number = number), ButtonStyle::Danger),
        ]));
    }
    let mut all = Vec::new();
    if total > 1 {
        all.push(Press::PublishAllHeld.button(&say!("cards-held-publish-all"), ButtonStyle::Primary));
    }
    if !named {
        all.push(Press::LookAtHeld.button(&say!("cards-held-look-at-each"), ButtonStyle::Secondary));
    }
    if !all.is_empty() {
        rows.push(CreateActionRow::Buttons(all));
    }
    rows
}
