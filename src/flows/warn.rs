//! What people are warned of while they put a post forward, and what they are asked about before it goes.
//!
//! Everything is worked out anew in the transaction that puts the post forward, while nobody else puts one of the same
//! account forward; what was shown before that is only what is likely. An answer names what was shown by its mark, so
//! that what has come up since is asked about instead of passed over.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Failure, Flows, Rules};
use crate::domain::account::Account;
use crate::domain::budget::{Guard, Usage, forecast, submitted};
use crate::domain::conflict::{Doubt, Mark, Matter, Neighbour, Other, Overridden, SAID_WITHIN, conflicts};
use crate::domain::ids::PendingEditId;
use crate::domain::post::Post;
use crate::domain::video::{VideoWarning, judge};
use crate::store::{Reader, SaidSince};
use crate::words::{Language, in_language};

/// What came of something that people may be asked about first.
#[derive(Debug)]
pub enum Weighed<T> {
    /// It is done.
    Done(T),
    /// Nothing was done: this is to be answered first.
    Asks(Question),
}

/// What somebody is asked before they go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What speaks against it, a sentence each.
    pub said: Vec<String>,
    /// Stands for exactly that.
    pub mark: Mark,
    /// The change of a post that waits for the answer, if it is about one.
    pub edit: Option<PendingEditId>,
}

/// Another row of the same file, put forward together with a post.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer<'a> {
    /// Which row.
    pub(super) row: u32,
    /// What it would become.
    pub(super) post: &'a Post,
}

/// What is to be said about a draft as it is now, besides the warnings it carries.
///
/// # Errors
/// When the store cannot be reached.
pub async fn about(flows: &Flows, draft: &Post, account: &Account) -> Result<Vec<String>, Failure> {
    let mut reader = flows.store.read().await?;
    let ledger = Ledger::of(&mut reader, account.clone(), draft, flows.clock.now()).await?;
    let doubts = ledger.doubts(&mut reader, &flows.rules, draft, &[], true).await?;
    Ok(doubts.iter().map(|doubt| doubt.said(&account.username, draft.zone)).collect())
}

/// Everything that is said about a post that is put forward as it is.
#[derive(Debug)]
pub(super) struct Findings {
    /// What is odd about a video that may go out; what may not was refused before.
    warnings: Vec<VideoWarning>,
    doubts: Vec<Doubt>,
    username: String,
    /// What the team speaks: so is said what stays with the post.
    language: Language,
}

impl Findings {
    /// Looks at a post; `is_first` if it never was before the reviewers, and so counts as submitted now.
    pub(super) async fn of(
        reader: &mut Reader,
        rules: &Rules,
        post: &Post,
        is_first: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let account = reader.account(post.account).await?.context("a post's account is not in the store")?;
        let ledger = Ledger::of(reader, account, post, now).await?;
        Self::beside(reader, rules, &ledger, post, (&[], is_first)).await
    }

    /// The same beside other rows of its file.
    pub(super) async fn beside(
        reader: &mut Reader,
        rules: &Rules,
        ledger: &Ledger,
        post: &Post,
        (peers, is_first): (&[Peer<'_>], bool),
    ) -> Result<Self, Failure> {
        let video = reader.video(post.video).await?.context("a post's video is not in the store")?;
        let doubts = ledger.doubts(reader, rules, post, peers, is_first).await?;
        let warnings = judge(&video.facts, video.size_bytes, &rules.video, None).unwrap_or_default();
        Ok(Self { warnings, doubts, username: ledger.account.username.clone(), language: ledger.language })
    }

    /// What is to be asked about, of what a change can have brought up.
    pub(super) fn asked(&self, touched: &[Matter]) -> Vec<Doubt> {
        self.doubts.iter().copied().filter(|doubt| touched.contains(&doubt.matter())).collect()
    }

    /// The question to ask, unless there is none or it was answered.
    pub(super) fn question(&self, post: &Post, touched: &[Matter], accepted: Option<Mark>) -> Option<Question> {
        let asked = self.asked(touched);
        let mark = Mark::of(asked.iter().map(|doubt| (1, doubt))).filter(|mark| Some(*mark) != accepted)?;
        Some(Question { said: self.said(&asked, post), mark, edit: None })
    }

    /// The post with what is said about it from now on; what was overridden before, is not touched now and still holds stays
    /// so. It is said as the team speaks, whoever put the post forward: its card stands in the team's channel.
    pub(super) fn carried_by(self, post: Post, touched: &[Matter]) -> Post {
        in_language(self.language, || {
            let before = post.in_spite_of.iter().filter(|one| !touched.contains(&one.matter));
            let kept = before.filter_map(|one| self.still(one, &post));
            let asked = self.asked(touched);
            let overridden = |doubt: &Doubt| doubt.overridden(&self.username, post.zone);
            let in_spite_of: Vec<Overridden> = kept.chain(asked.iter().map(overridden)).collect();
            let warnings = self.all(&post);
            Post { warnings, in_spite_of, ..post }
        })
    }

    /// What was overridden before, if it still holds, as it is said now.
    fn still(&self, one: &Overridden, post: &Post) -> Option<Overridden> {
        self.doubts.iter().find(|doubt| doubt.key() == one.key).map(|doubt| doubt.overridden(&self.username, post.zone))
    }

    /// Everything there is to say about a post.
    pub(super) fn all(&self, post: &Post) -> Vec<String> {
        self.warnings.iter().map(ToString::to_string).chain(self.said(&self.doubts, post)).collect()
    }

    pub(super) fn said(&self, doubts: &[Doubt], post: &Post) -> Vec<String> {
        doubts.iter().map(|doubt| doubt.said(&self.username, post.zone)).collect()
    }
}

/// An account with what it has used up and when its posts go out.
#[derive(Debug)]
pub(super) struct Ledger {
    account: Account,
    usage: Usage,
    dues: Vec<DateTime<Utc>>,
    now: DateTime<Utc>,
    language: Language,
}

impl Ledger {
    /// As it is without a post.
    pub(super) async fn of(
        reader: &mut Reader,
        account: Account,
        without: &Post,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let usage = reader.usage(&account.open_id, now).await?;
        let dues = reader.live_dues(&account, without.id, now).await?;
        let language = reader.workspace(account.workspace).await?.map_or_else(Language::default, |team| team.language);
        Ok(Self { account, usage, dues, now, language })
    }

    fn due(&self, post: &Post) -> DateTime<Utc> {
        post.due.instant().unwrap_or(self.now).max(self.now)
    }

    /// Everything that speaks against a post of the account.
    async fn doubts(
        &self,
        reader: &mut Reader,
        rules: &Rules,
        post: &Post,
        peers: &[Peer<'_>],
        is_first: bool,
    ) -> Result<Vec<Doubt>, Failure> {
        let due = self.due(post);
        let peers: Vec<_> = peers.iter().filter(|peer| peer.post.account == post.account).collect();
        let mut neighbours = Vec::new();
        if rules.min_gap > TimeDelta::zero() {
            neighbours = reader.neighbours(post.account, post.id, due - rules.min_gap, due + rules.min_gap).await?;
        }
        let beside = peers.iter().filter(|peer| peer.post.id != post.id);
        neighbours
            .extend(beside.clone().map(|peer| Neighbour { other: Other::Row(peer.row), due: self.due(peer.post) }));
        let mut doubts = conflicts(due, &neighbours, rules.min_gap);

        let ahead = TimeDelta::from_std(rules.window.max_ahead).unwrap_or(SAID_WITHIN);
        let out = self.now - SAID_WITHIN;
        let since = SaidSince { out, begun: out - ahead };
        let twin = beside.clone().find(|peer| peer.post.video_sha256 == post.video_sha256);
        let said = reader.same_bytes(post.account, post.video_sha256, post.id, since).await?;
        doubts.extend(said.or(twin.map(|peer| Other::Row(peer.row))).map(|other| Doubt::SameVideo { other }));
        let words = post.caption.as_str();
        if !words.is_empty() {
            let twin = beside.clone().find(|peer| peer.post.caption == post.caption);
            let said = reader.same_words(post.account, words, post.id, since).await?;
            doubts.extend(said.or(twin.map(|peer| Other::Row(peer.row))).map(|other| Doubt::SameCaption { other }));
        }
        doubts.extend(self.excesses(rules, post, &peers, is_first));
        Ok(doubts)
    }

    /// What the limits of the account have to say: who would be moved on, and whether a day has seen enough submissions.
    fn excesses(&self, rules: &Rules, post: &Post, peers: &[&Peer<'_>], is_first: bool) -> Vec<Doubt> {
        let beside = peers.iter().filter(|peer| peer.post.id != post.id).map(|peer| self.due(peer.post));
        let others: Vec<_> = self.dues.iter().copied().chain(beside).collect();
        let moved = forecast(&rules.guards, post.delivery, &self.usage, &others, self.due(post));
        let mut usage = self.usage.clone();
        // The rows before it are submitted in the same moment.
        let before = peers.iter().take_while(|peer| peer.post.id != post.id).count();
        usage.of_mut(Guard::Submissions).extend(std::iter::repeat_n(self.now, before));
        let many = submitted(&rules.guards, &usage, self.now).filter(|_| is_first);
        moved.into_iter().chain(many).map(Doubt::Budget).collect()
    }
}
