//! What a team may set, and what follows from it.

use chrono::{NaiveTime, TimeZone as _, Utc};
use greenroom::domain::ids::{ChannelId, RoleId};
use greenroom::domain::refusal::Refusal;
use greenroom::domain::review::{Manager, Member};
use greenroom::domain::workspace::{MOST_APPROVALS, Workspace, WorkspaceChange};

use super::given::{TEAM, at, mia};

fn fresh() -> Workspace {
    Workspace::new(TEAM, "Harbour".into())
}

fn manager() -> Manager {
    Manager::of(&Member { manages: true, ..mia() }).expect("they may manage it")
}

#[test]
fn only_who_may_manage_the_server_is_a_manager() {
    assert_eq!(Manager::of(&mia()).unwrap_err(), Refusal::NotAManager);
}

#[test]
fn one_to_five_approvals_can_be_asked_for() {
    for asked in 0..=MOST_APPROVALS + 1 {
        let change = WorkspaceChange { approvals: Some(asked), ..WorkspaceChange::default() };
        let changed = fresh().change(&manager(), change, at(0));
        match asked {
            1..=MOST_APPROVALS => assert_eq!(changed.unwrap().policy().approvals, asked),
            _ => assert_eq!(changed.unwrap_err(), Refusal::TooManyApprovals { asked, most: MOST_APPROVALS }),
        }
    }
}

#[test]
fn what_is_not_mentioned_stays() {
    let change = WorkspaceChange {
        reviewer_role: Some(RoleId(5)),
        review_channel: Some(ChannelId(6)),
        zone: Some(chrono_tz::Europe::Lisbon),
        self_review: Some(true),
        approvals: Some(3),
        ..WorkspaceChange::default()
    };
    let team = fresh().change(&manager(), change, at(0)).unwrap();
    assert_eq!(team.clone().change(&manager(), WorkspaceChange::default(), at(0)).unwrap(), team);
    assert_eq!(team.ready_for_review(), Ok((RoleId(5), ChannelId(6))));
}

#[test]
fn a_team_that_is_not_set_up_says_what_is_missing() {
    let missing = |reviewer_role, review_channel| Err(Refusal::NotSetUp { reviewer_role, review_channel });
    let role = Some(RoleId(5));
    assert_eq!(fresh().ready_for_review(), missing(true, true));
    assert_eq!(Workspace { reviewer_role: role, ..fresh() }.ready_for_review(), missing(false, true));
}

#[test]
fn a_digest_is_owed_once_there_is_a_place_for_it() {
    assert_eq!(fresh().next_digest_at, None);
    let half_past_nine = NaiveTime::from_hms_opt(9, 30, 0);
    let change = WorkspaceChange { digest_time: half_past_nine, ..WorkspaceChange::default() };
    let team = fresh().change(&manager(), change, at(0)).unwrap();
    assert_eq!(team.next_digest_at, None, "there is no place yet");
    let change = WorkspaceChange { review_channel: Some(ChannelId(6)), ..WorkspaceChange::default() };
    let team = team.change(&manager(), change, at(0)).unwrap();
    assert_eq!(team.digest_place(), Some(ChannelId(6)));
    assert_eq!(team.next_digest_at, Some(Utc.with_ymd_and_hms(2026, 12, 5, 9, 30, 0).unwrap()));
    let change = WorkspaceChange { digest_channel: Some(ChannelId(7)), ..WorkspaceChange::default() };
    assert_eq!(team.change(&manager(), change, at(0)).unwrap().digest_place(), Some(ChannelId(7)));
}
