//! The queue and the digest.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use greenroom::discord::buttons::QueueFilter;
use greenroom::discord::held::{self, HeldPost};
use greenroom::discord::lists::{QueueEntry, QueueView, account_choice, choice, queue};
use greenroom::discord::look::Standing;
use greenroom::discord::story::digest;
use greenroom::discord::words::thread_name;
use greenroom::domain::caption::Caption;
use greenroom::domain::digest::{AccountDay, AccountStory, BestPost, Digest, Figure, NeedsAHand, PostLine};
use greenroom::domain::ids::WorkspaceId;
use greenroom::domain::post::{Due, Post};

use super::aloud::{in_each_language, read_aloud};
use super::scenes::{account, approved, draft, due, in_review, now, publications};

fn view<'a>(entries: &'a [QueueEntry<'a>]) -> QueueView<'a> {
    let filter = QueueFilter::default();
    QueueView { entries, filter, page: 0, total: entries.len(), above: "", zone: Tz::Europe__Berlin, now: now() }
}

#[test]
fn a_queue_is_ordered_by_what_is_due_first() {
    let (account, publications) = (account(), publications());
    let soon = Post { due: Due::At(now() + TimeDelta::hours(3)), number: 43, ..in_review() };
    let asap = Post { due: Due::Asap, number: 44, caption: Caption::default(), ..in_review() };
    let (approved, draft) = (approved(), Post { due: Due::At(due() + TimeDelta::days(2)), number: 45, ..draft() });
    let entry = |post, publication| QueueEntry { post, publication, account: &account };
    let entries =
        [entry(&draft, None), entry(&approved, Some(&publications[0])), entry(&soon, None), entry(&asap, None)];
    let filter = QueueFilter { account: Some(account.id), standing: None };
    let said = read_aloud(&queue(&QueueView { page: 1, total: 34, filter, ..view(&entries) }));
    assert!(said.ends_with("[Earlier] [Later]"), "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn the_first_and_the_last_page_turn_one_way_only() {
    let (account, post) = (account(), in_review());
    let entries = [QueueEntry { post: &post, publication: None, account: &account }];
    let turned = |page, total| read_aloud(&queue(&QueueView { page, total, ..view(&entries) }));
    assert!(turned(0, 11).ends_with("(Earlier) [Later]"));
    assert!(turned(1, 11).ends_with("[Earlier] (Later)"));
    assert!(!turned(0, 10).contains("Later"));
}

#[test]
fn an_empty_queue_says_what_to_do() {
    let filter = QueueFilter { account: None, standing: Some(Standing::InReview) };
    let said = [
        read_aloud(&queue(&view(&[]))),
        read_aloud(&queue(&QueueView { filter, ..view(&[]) })),
        read_aloud(&queue(&QueueView { page: 3, total: 12, ..view(&[]) })),
    ];
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_choice_says_what_it_is_without_markdown() {
    let (post, publications) = (approved(), publications());
    let said = choice(&post, Some(&publications[0]), Tz::Europe__Berlin);
    assert_eq!(said, "#42 · Fri 27 Nov, 18:00 · scheduled · Friday latte ☕ #harbour *fresh*");
    let empty = Post { due: Due::Asap, caption: Caption::default(), ..in_review() };
    assert_eq!(choice(&empty, None, Tz::UTC), "#42 · asap · in review");
    assert_eq!(thread_name(&empty), "#42");
    assert_eq!(thread_name(&post), "#42 Friday latte ☕ #harbour *fresh*");
    assert_eq!(account_choice(&account()), "Harbour Café (@harbour.cafe)");
}

fn held_post(number: i64, caption: &str) -> HeldPost {
    let (post, due_at) = (draft().id, Some(due() + TimeDelta::hours(number)));
    HeldPost { post, number, due_at, account: "harbour.cafe".into(), caption: caption.into() }
}

#[test]
fn held_posts_are_asked_about_in_one_message() {
    in_each_language(|| {
        let posts: Vec<_> = (1..=5).map(|number| held_post(number, "Latte *of the day*\n@everyone")).collect();
        let said = [
            held::list(&posts[..1], 1),
            held::list(&posts[..4], 4),
            held::list(&posts, 5),
            held::list(&posts, 31),
            held::list(&[], 0),
        ];
        insta::assert_snapshot!(said.iter().map(read_aloud).collect::<Vec<_>>().join("\n\n"));
    });
}

fn figure(now: i64, since_yesterday: Option<i64>, over_week: Option<i64>) -> Option<Figure> {
    Some(Figure { now, since_yesterday, over_week })
}

fn day() -> AccountDay {
    let best = |title: &str, url: Option<&str>| {
        Some(BestPost { title: title.into(), share_url: url.map(str::to_owned), views_gained: 812, views: 4_310 })
    };
    AccountDay {
        taken_at: now(),
        views: figure(128_400, Some(2_310), Some(14_000)),
        likes: figure(9_120, Some(-3), Some(0)),
        comments: figure(412, Some(0), None),
        shares: figure(77, None, None),
        followers: figure(10_250, Some(41), Some(230)),
        videos_listed: 20,
        videos_in_all: Some(143),
        best: best("Friday [latte] *art*", Some("https://www.tiktok.com/@harbour.cafe/video/7123")),
        best_of_week: best("", None),
        series: Vec::new(),
    }
}

fn line(number: i64, caption: &str) -> PostLine {
    PostLine { number, caption: caption.into(), due_at: Some(due()), account: "@harbour.cafe".into() }
}

fn full() -> Digest {
    let unread = AccountDay { views: None, likes: None, comments: None, shares: None, followers: None, ..day() };
    let at = due();
    let account = || "@old_mill".to_owned();
    Digest {
        workspace: WorkspaceId(7),
        day: NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day"),
        accounts: vec![
            AccountStory { name: "Harbour Café (@harbour.cafe)".into(), day: Some(day()) },
            AccountStory { name: "Old Mill (@old_mill)".into(), day: None },
            AccountStory { name: "Quiet (@quiet)".into(), day: Some(unread) },
        ],
        going_out_today: vec![line(42, "Friday latte ☕"), PostLine { due_at: None, ..line(43, "") }],
        waiting_for_review: vec![line(44, "Saturday latte")],
        failed: vec![line(41, "Thursday latte")],
        needs_a_hand: vec![
            NeedsAHand::TokenExpiring { account: account(), at },
            NeedsAHand::Reconnect { account: account() },
            NeedsAHand::BudgetNearItsEnd { account: account(), used: 13, allowed: 15 },
            NeedsAHand::Paused { account: account() },
            NeedsAHand::Held(line(39, "Tuesday latte")),
            NeedsAHand::Unclear(line(40, "Wednesday latte")),
            NeedsAHand::NoNumbers { account: account(), last_at: Some(at) },
            NeedsAHand::NoNumbers { account: account(), last_at: None },
        ],
    }
}

#[test]
fn a_digest_tells_the_numbers_the_day_and_what_needs_a_hand() {
    in_each_language(|| {
        insta::assert_snapshot!(read_aloud(&digest(&full(), true)));
    });
}

#[test]
fn a_digest_without_numbers_does_not_pretend() {
    in_each_language(|| {
        let empty = Digest {
            accounts: Vec::new(),
            going_out_today: Vec::new(),
            waiting_for_review: Vec::new(),
            failed: Vec::new(),
            needs_a_hand: Vec::new(),
            ..full()
        };
        let young = Digest { accounts: full().accounts.split_off(1), ..empty.clone() };
        insta::assert_snapshot!(format!(
            "{}\n\n{}",
            read_aloud(&digest(&empty, false)),
            read_aloud(&digest(&young, false))
        ));
    });
}
