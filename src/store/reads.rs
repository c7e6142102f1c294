//! Every question the store answers, asked over a connection of its own. The answers are worked out on [`Reader`], so
//! that a transaction gives the same ones.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{
    AuditRow, Batch, Claim, Consent, EndedBefore, Errand, Holdings, KeyChange, Page, PendingEdit, Pick, PostFilter,
    PostLine, Reader, Result, RevisionLine, SealedBlob, SealedColumn, SealedTokens, Store, TrailCheck, TrailHead,
};
use crate::domain::account::Account;
use crate::domain::breaker::{Breaker, Scope};
use crate::domain::budget::Usage;
use crate::domain::digest::Snapshot;
use crate::domain::ids::{
    AccountId, BatchId, ChannelId, MemberId, MessageId, PendingEditId, PostId, PublicationId, VideoId, WorkspaceId,
};
use crate::domain::pause::Pause;
use crate::domain::post::{Card, Post};
use crate::domain::publication::Publication;
use crate::domain::review::KnownRights;
use crate::domain::schedule::slots::Slot;
use crate::domain::video::Video;
use crate::domain::workspace::Workspace;

macro_rules! reads {
    ($($name:ident($($given:ident: $kind:ty),*) -> $answer:ty;)+) => {
        impl Store {$(
            #[doc = concat!("See [`Reader::", stringify!($name), "`].")]
            ///
            /// # Errors
            /// As there.
            pub async fn $name(&self, $($given: $kind),*) -> Result<$answer> {
                let mut reader: Reader = self.read().await?;
                reader.$name($($given),*).await
            }
        )+}
    };
}

reads! {
    workspace(id: WorkspaceId) -> Option<Workspace>;
    workspaces() -> Vec<Workspace>;
    workspaces_owing_digest(now: DateTime<Utc>) -> Vec<Workspace>;
    next_digest_due() -> Option<DateTime<Utc>>;

    member_zone(workspace: WorkspaceId, member: MemberId) -> Option<Tz>;

    removed_before(before: DateTime<Utc>) -> Vec<WorkspaceId>;
    being_erased() -> Vec<WorkspaceId>;
    holdings(workspace: WorkspaceId) -> Option<Holdings>;
    leaving(workspace: WorkspaceId) -> i64;

    account(id: AccountId) -> Option<Account>;
    every_account(workspace: WorkspaceId) -> Vec<Account>;
    accounts(workspace: WorkspaceId) -> Vec<Account>;
    account_by_open_id(open_id: &str) -> Option<Account>;
    accounts_to_renew(now: DateTime<Utc>, ahead: DateTime<Utc>, idle_since: DateTime<Utc>, young: DateTime<Utc>)
        -> Vec<Account>;
    accounts_to_warn_of(warned_before: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Account>;
    posts_waiting(account: AccountId, until: DateTime<Utc>) -> i64;
    consents_that_end(until: DateTime<Utc>) -> Vec<(Account, Option<DateTime<Utc>>)>;
    sealed_tokens(account: AccountId) -> Option<SealedTokens>;

    pauses(workspace: WorkspaceId) -> Vec<Pause>;
    pause_over(workspace: WorkspaceId, account: AccountId) -> Option<Pause>;
    still_holds(claim: &Claim) -> bool;

    key_changes() -> Vec<KeyChange>;
    key_marks() -> Vec<Vec<u8>>;
    sealed_blobs(column: SealedColumn, mark: &[u8], after: &str, limit: u32) -> Vec<SealedBlob>;
    consent(state_hash: [u8; 32], now: DateTime<Utc>) -> Option<Consent>;
    pick(workspace: WorkspaceId, member: MemberId, message: MessageId) -> Option<Pick>;

    usage(open_id: &str, now: DateTime<Utc>) -> Usage;
    live_dues(account: &Account, except: PostId, now: DateTime<Utc>) -> Vec<DateTime<Utc>>;

    slots(account: AccountId) -> Vec<Slot>;
    occupied(account: AccountId, since: DateTime<Utc>, except: Option<PostId>) -> Vec<DateTime<Utc>>;
    slot_of(post: PostId) -> Option<DateTime<Utc>>;
    pending_edit(id: PendingEditId) -> Option<PendingEdit>;
    prepared(id: BatchId) -> Option<Batch>;
    waiting_batches(workspace: WorkspaceId, member: MemberId) -> Vec<Batch>;
    batch_posts(id: BatchId) -> Vec<(u32, Post)>;
    batch_of(post: PostId) -> Option<BatchId>;

    video(id: VideoId) -> Option<Video>;
    is_forgotten(id: VideoId) -> bool;
    videos_to_forget(ended: EndedBefore, limit: u32) -> Vec<Video>;
    leftovers(limit: u32) -> Vec<String>;
    knows_videos() -> bool;
    names_bytes(key: &str) -> bool;
    needs_bytes(key: &str) -> bool;
    old_trails(before: DateTime<Utc>) -> Vec<WorkspaceId>;

    post(id: PostId) -> Option<Post>;
    post_by_number(workspace: WorkspaceId, number: i64) -> Option<Post>;
    posts(workspace: WorkspaceId, filter: &PostFilter, page: Page) -> Vec<PostLine>;
    posts_between(workspace: WorkspaceId, from: DateTime<Utc>, until: DateTime<Utc>, limit: u32) -> Vec<PostLine>;
    count_posts(workspace: WorkspaceId, filter: &PostFilter) -> i64;
    posts_matching(workspace: WorkspaceId, text: &str, limit: u32) -> Vec<PostLine>;
    open_reviews(workspace: Option<WorkspaceId>) -> Vec<Post>;
    posts_to_show(workspace: WorkspaceId) -> Vec<PostId>;
    unexplained_declines() -> Vec<Post>;
    lapsing_posts(now: DateTime<Utc>, limit: u32) -> Vec<Post>;
    next_lapse() -> Option<DateTime<Utc>>;
    stale_drafts(before: DateTime<Utc>) -> Vec<Post>;
    thread(post: PostId) -> Option<ChannelId>;
    revisions(post: PostId) -> Vec<RevisionLine>;

    due_reminders(now: DateTime<Utc>, limit: u32) -> Vec<(PostId, DateTime<Utc>)>;
    next_reminder() -> Option<DateTime<Utc>>;
    rights_of_judges(post: PostId) -> Vec<(MemberId, KnownRights)>;
    judges_to_ask_about(now: DateTime<Utc>, ahead: TimeDelta, last: TimeDelta) -> Vec<(WorkspaceId, MemberId)>;
    waiting_approved_by(workspace: WorkspaceId, member: MemberId) -> Vec<PostId>;

    cards(post: PostId) -> Vec<Card>;
    card_by_message(channel: ChannelId, message: MessageId) -> Option<Card>;

    publication(id: PublicationId) -> Option<Publication>;
    publication_of(post: PostId) -> Option<Publication>;
    publication_by_publish_id(publish_id: &str) -> Option<Publication>;
    next_wake() -> Option<DateTime<Utc>>;
    openings(post: PostId, since: DateTime<Utc>) -> Vec<DateTime<Utc>>;
    deliveries(account: AccountId, since: DateTime<Utc>) -> i64;
    breaker(scope: Scope) -> Option<Breaker>;
    next_wake_for(errand: Errand) -> Option<DateTime<Utc>>;
    ahead_in_line(publication: &Publication, since: DateTime<Utc>) -> i32;

    next_notice() -> Option<DateTime<Utc>>;
    undelivered() -> i64;
    held_message(workspace: WorkspaceId) -> Option<MessageId>;

    snapshots(account: AccountId, since: DateTime<Utc>) -> Vec<Snapshot>;
    videos_kept(workspace: WorkspaceId) -> Vec<Video>;
    audit_trail(workspace: WorkspaceId, post: Option<PostId>) -> Vec<AuditRow>;
    verify_audit(workspace: WorkspaceId) -> Option<i64>;
    check_trail(workspace: WorkspaceId, noted: Option<TrailHead>) -> TrailCheck;
}
