//! Replies, thread lines, and what managers read.

use chrono::TimeDelta;
use greenroom::discord::face::Face;
use greenroom::discord::words::{
    AccountLine, CommandIds, Helped, accounts, channel_gone, checking, connect_link, connected, consent_ends,
    discarded, disconnected, edited, explained, fetching, goes_on, happened, help, judged, moved, needs_reconnect,
    released, released_all, reminder, retried, settings, stopped, submitted, took_back, took_back_no, upload_link,
    vouched, went_on, will_not_go_out, withdrawn,
};
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::breaker::{Breaker, BreakerKind};
use greenroom::domain::budget::Guard;
use greenroom::domain::creator::Scopes;
use greenroom::domain::ids::{MemberId, RoleId, WorkspaceId};
use greenroom::domain::notice::Happening;
use greenroom::domain::post::{Due, Judged, Post, PostState};
use greenroom::domain::publication::{Next, Publication, Whose};
use greenroom::domain::review::Word;
use greenroom::domain::workspace::Workspace;

use super::aloud::{in_each_language, read_aloud};
use super::scenes::{account, approved, due, in_review, now, publications, setback, with_verdicts, workspace};

fn all(faces: &[Face]) -> String {
    faces.iter().map(read_aloud).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_thread_tells_what_happened_and_pings_the_author_only_on_their_turn() {
    in_each_language(|| {
        let (post, by, publications) = (in_review(), MemberId(20), publications());
        let tell = |happening: Happening| happened(&happening, &post, None);
        let blocked = with_verdicts(in_review(), &[("kim", Word::RequestChanges { reason: "Crop it.".into() })]);
        let mut said = vec![
            tell(Happening::Approved { by, missing: 1, as_manager: false }),
            tell(Happening::Approved { by, missing: 0, as_manager: false }),
            happened(&Happening::Approved { by, missing: 0, as_manager: false }, &approved(), None),
            happened(
                &Happening::Approved { by, missing: 0, as_manager: false },
                &Post { due: Due::Asap, ..approved() },
                None,
            ),
            tell(Happening::Approved { by, missing: 1, as_manager: true }),
            tell(Happening::TookBack { by }),
            tell(Happening::TookBackNo { by }),
            tell(Happening::AsksWhy { by }),
            tell(Happening::Explained { by, reason: "Not our tone.\n@everyone".into() }),
            tell(Happening::Recalled { lost: vec![by], missing: 1, role: Some(RoleId(50)) }),
            tell(Happening::Recalled { lost: vec![by, MemberId(21)], missing: 2, role: None }),
            tell(Happening::Declined { by, reason: Some("Not our tone.\n@everyone".into()) }),
            tell(Happening::Declined { by, reason: None }),
            tell(Happening::ChangesAsked { by, reason: "Crop the *logo*.".into() }),
            tell(Happening::Edited { by }),
            tell(Happening::Moved { by, due: Due::At(due()) }),
            tell(Happening::MovedOn { guard: Guard::Uploads, to: due() + TimeDelta::minutes(40) }),
            tell(Happening::MovedOn { guard: Guard::Posts, to: due() + TimeDelta::hours(9) }),
            tell(Happening::MovedOn { guard: Guard::Drafts, to: due() + TimeDelta::hours(9) }),
            tell(Happening::Withdrawn { by }),
            tell(Happening::Lapsed),
            tell(Happening::Held),
            tell(Happening::Paused),
            tell(Happening::Released { by }),
            tell(Happening::Retried { by }),
            tell(Happening::Vouched { by }),
            tell(Happening::Failed),
            tell(Happening::Unclear),
            reminder(&post, &workspace()),
            reminder(&blocked, &workspace()),
            channel_gone(true),
            channel_gone(false),
        ];
        let with = |happening: &Happening, publication: &Publication| happened(happening, &post, Some(publication));
        said.push(with(&Happening::Published, &publications[6]));
        said.push(with(&Happening::Published, &publications[7]));
        said.push(with(&Happening::InInbox, &publications[8]));
        said.extend(publications[9..=12].iter().map(|publication| with(&Happening::Failed, publication)));
        said.push(with(&Happening::Unclear, &publications[13]));
        insta::assert_snapshot!(all(&said));
    });
}

#[test]
fn a_reply_says_what_happened_and_what_comes_next() {
    in_each_language(|| {
        let (post, workspace) = (in_review(), workspace());
        let declined = Post { state: PostState::Declined { at: now() }, ..in_review() };
        let asap = Post { due: Due::Asap, ..in_review() };
        insta::assert_snapshot!(all(&[
            fetching(None),
            fetching(Some(40)),
            checking(),
            upload_link("https://greenroom.example/upload/abc", due()),
            submitted(&post, &workspace, &[]),
            submitted(&asap, &Workspace { approvals: 1, ..workspace.clone() }, &["Send Messages in <#60>".to_owned()]),
            discarded(&post),
            judged(Judged::Already, &post, false),
            judged(Judged::Counts { missing: 1 }, &post, false),
            judged(Judged::Counts { missing: 0 }, &post, false),
            judged(Judged::Settled, &approved(), false),
            judged(Judged::Settled, &approved(), true),
            judged(Judged::Settled, &declined, false),
            took_back(Judged::Counts { missing: 1 }, &post),
            took_back_no(Judged::Counts { missing: 1 }, &post),
            explained(&declined),
            took_back(Judged::Already, &post),
            edited(&post),
            moved(&post),
            withdrawn(&post),
            released(&post),
            released_all(0),
            released_all(1),
            released_all(3),
            retried(&post),
            vouched(&post),
        ]));
    });
}

#[test]
fn managers_read_how_each_account_is_doing() {
    in_each_language(|| {
        let (good, by) = (account(), MemberId(11));
        let ending = Account { refresh_expires_at: now() + TimeDelta::days(3), delivery: Delivery::Draft, ..account() };
        let gone = Account {
            health: Health::NeedsReconnect,
            scopes: Scopes::parse("user.info.basic,video.upload"),
            username: "old_mill".into(),
            ..account()
        };
        let left = Account { health: Health::Disconnected, scopes: Scopes::default(), ..account() };
        let lines = [&good, &ending, &gone, &left].map(|account| AccountLine {
            account,
            used: 3,
            allowed: 15,
            stopped: None,
            paused: None,
        });
        insta::assert_snapshot!(all(&[
            connect_link(
                "https://greenroom.example/connect/abc",
                Delivery::Direct,
                now() + TimeDelta::minutes(10),
                false
            ),
            connect_link(
                "https://greenroom.example/connect/abc",
                Delivery::Draft,
                now() + TimeDelta::minutes(10),
                true
            ),
            connected(&good, by),
            connected(&gone, by),
            disconnected("harbour.cafe", by),
            needs_reconnect(&good, 0),
            needs_reconnect(&good, 1),
            will_not_go_out(&gone, 2),
            will_not_go_out(&left, 1),
            consent_ends(&ending),
            accounts(&lines, now()),
            accounts(&[], now()),
        ]));
    });
}

#[test]
fn setup_shows_every_setting_and_what_is_missing() {
    in_each_language(|| {
        let lacking = ["Attach Files in <#60>".to_owned(), "Read Message History in <#60>".to_owned()];
        let fresh = Workspace::new(WorkspaceId(7), "Harbour".into());
        insta::assert_snapshot!(all(&[
            settings(&fresh, &[]),
            settings(&workspace(), &lacking),
            settings(&workspace(), &[]),
            settings(&Workspace { review_channel: None, ..workspace() }, &[]),
            settings(&Workspace { reviewer_role: None, ..workspace() }, &[]),
        ]));
    });
}

#[test]
fn help_names_three_things_and_links_them_where_it_can() {
    in_each_language(|| {
        let ids: CommandIds = [("schedule".to_owned(), 900), ("post".to_owned(), 901)].into();
        let said = [Helped::Editor, Helped::Reviewer, Helped::Manager].map(|who| help(who, &ids));
        insta::assert_snapshot!(all(&said));
    });
}

#[test]
fn what_stops_an_account_is_told_once_and_so_is_its_end() {
    in_each_language(|| {
        let account = account();
        let said: Vec<_> = BreakerKind::ALL
            .into_iter()
            .map(|kind| {
                let met = setback(Whose::Manager, Next::Never);
                let breaker = Breaker::met(None, kind.scope(account.id), kind, met, now());
                let line =
                    AccountLine { account: &account, used: 3, allowed: 15, stopped: Some(&breaker), paused: None };
                let named = (kind != BreakerKind::TooManyAccounts).then_some(&account);
                all(&[stopped(&breaker, named), accounts(&[line], now())])
            })
            .collect();
        let over = [goes_on(Some(&account)), goes_on(None), went_on(&account, MemberId(11))];
        insta::assert_snapshot!(format!("{}\n\n{}", said.join("\n\n"), all(&over)));
    });
}
