//! Who may judge what, and when enough is enough.

use greenroom::domain::post::{Due, Edit, Judged, Post, PostStage};
use greenroom::domain::refusal::Refusal;
use greenroom::domain::review::{Member, ReviewPolicy, Word};

use super::given::{RULES, at, draft, in_review, mia, policy, proof, reviewer, saying};

fn changes() -> Word {
    Word::RequestChanges { reason: "louder".into() }
}

fn says(post: Post, number: u64, word: Word, needed: u8) -> (Post, Judged) {
    let seen = post.revision();
    post.judge(&reviewer(number), seen, word, policy(needed), at(1)).expect("they may judge it")
}

#[test]
fn as_many_different_reviewers_as_are_needed_settle_it() {
    for needed in 1..=5_u8 {
        let mut post = in_review();
        for number in 1..needed {
            let judged;
            (post, judged) = says(post, u64::from(number), Word::Approve, needed);
            assert_eq!(judged, Judged::Counts { missing: usize::from(needed - number) });
            let again;
            (post, again) = says(post, u64::from(number), Word::Approve, needed);
            assert_eq!((again, post.stage()), (Judged::Already, PostStage::InReview), "nobody counts twice");
        }
        let (post, judged) = says(post, u64::from(needed), Word::Approve, needed);
        assert_eq!((judged, post.stage()), (Judged::Settled, PostStage::Approved));
        assert_eq!(post.approvals().count(), usize::from(needed));
    }
}

#[test]
fn an_approval_said_again_settles_it_once_fewer_are_needed() {
    let (post, _) = says(in_review(), 1, Word::Approve, 2);
    let (post, judged) = says(post, 1, Word::Approve, 1);
    assert_eq!((judged, post.stage()), (Judged::Settled, PostStage::Approved));
}

#[test]
fn authors_approve_their_own_only_where_that_is_allowed() {
    let seen = in_review().revision();
    let own = proof(&mia());
    let refused = in_review().judge(&own, seen, Word::Approve, policy(1), at(1));
    assert_eq!(refused.unwrap_err(), Refusal::OwnPost);
    for word in [changes(), Word::Decline { reason: None }] {
        assert!(in_review().judge(&own, seen, word, policy(1), at(1)).is_ok(), "everybody may stop their own");
    }
    let allowed = ReviewPolicy { approvals: 1, self_review: true };
    let (post, _) = in_review().judge(&own, seen, Word::Approve, allowed, at(1)).unwrap();
    assert_eq!(post.stage(), PostStage::Approved);
}

#[test]
fn asking_for_changes_blocks_until_the_same_reviewer_approves() {
    let (post, judged) = says(in_review(), 1, changes(), 1);
    assert_eq!(judged, Judged::Counts { missing: 1 });
    let (post, judged) = says(post, 2, Word::Approve, 1);
    assert_eq!((judged, post.stage()), (Judged::Counts { missing: 0 }, PostStage::InReview));
    let (post, judged) = says(post, 1, Word::Approve, 1);
    assert_eq!((judged, post.stage()), (Judged::Settled, PostStage::Approved));
}

#[test]
fn an_approval_can_be_taken_back_and_given_again() {
    let (post, _) = says(in_review(), 1, Word::Approve, 2);
    let seen = post.revision();
    let (post, judged) = post.take_back(reviewer(2).member().id, seen, policy(2)).unwrap();
    assert_eq!((judged, post.approvals().count()), (Judged::Already, 1), "only one's own");
    let (post, judged) = post.take_back(reviewer(1).member().id, seen, policy(2)).unwrap();
    assert_eq!((judged, post.approvals().count()), (Judged::Counts { missing: 2 }, 0));
    let (post, _) = says(post, 2, Word::Approve, 2);
    assert_eq!(post.stage(), PostStage::InReview);
    let (post, _) = says(post, 1, Word::Approve, 2);
    assert_eq!(post.stage(), PostStage::Approved);
}

#[test]
fn taking_an_approval_back_leaves_a_request_for_changes() {
    let (post, _) = says(in_review(), 1, changes(), 1);
    let seen = post.revision();
    let (post, judged) = post.take_back(reviewer(1).member().id, seen, policy(1)).unwrap();
    assert_eq!((judged, post.verdicts.len()), (Judged::Already, 1));
}

#[test]
fn a_card_that_is_out_of_date_judges_nothing() {
    let old = in_review().revision();
    let post = in_review().edit(&mia(), saying("Saturday latte"), RULES, at(1)).unwrap();
    let judged = post.clone().judge(&reviewer(1), old, Word::Approve, policy(1), at(1));
    assert_eq!(judged.unwrap_err(), Refusal::OldCard { number: 42 });
    assert_eq!(post.take_back(reviewer(1).member().id, old, policy(1)).unwrap_err(), Refusal::OldCard { number: 42 });
}

#[test]
fn an_edit_withdraws_the_approval() {
    let (post, _) = says(in_review(), 1, Word::Approve, 2);
    let post = post.edit(&mia(), saying("Saturday latte"), RULES, at(1)).unwrap();
    assert!(post.verdicts.is_empty());
    let post = post.edit(&mia(), saying("Friday latte"), RULES, at(1)).unwrap();
    assert_eq!(post.revision(), in_review().revision(), "the very revision that was approved before");
    let (post, _) = says(post, 2, Word::Approve, 2);
    assert_eq!(post.stage(), PostStage::InReview, "and still it needs both");
}

#[test]
fn a_verdict_on_another_revision_counts_for_nothing_wherever_it_comes_from() {
    let (old, _) = says(in_review(), 1, Word::Approve, 2);
    let (blocked, _) = says(in_review(), 3, changes(), 2);
    let mut post = in_review().edit(&mia(), saying("Saturday latte"), RULES, at(1)).unwrap();
    post.verdicts = [old.verdicts, blocked.verdicts].concat();
    let (post, judged) = says(post, 2, Word::Approve, 2);
    assert_eq!((judged, post.stage()), (Judged::Counts { missing: 1 }, PostStage::InReview));
    let (post, judged) = says(post, 1, Word::Approve, 2);
    assert_eq!((judged, post.stage()), (Judged::Settled, PostStage::Approved));
}

#[test]
fn nothing_is_judged_once_its_time_has_come() {
    let asap = Post { due: Due::Asap, ..draft() }.submit(&mia(), RULES, at(0)).unwrap();
    for (post, end) in [(in_review(), at(60)), (asap, at(24 * 60))] {
        let seen = post.revision();
        let just_before = end - chrono::TimeDelta::milliseconds(1);
        for word in [Word::Approve, changes(), Word::Decline { reason: None }] {
            let late = post.clone().judge(&reviewer(1), seen, word.clone(), policy(1), end);
            assert_eq!(late.unwrap_err(), Refusal::TooLateToJudge { due: end });
            assert!(post.clone().judge(&reviewer(1), seen, word, policy(1), just_before).is_ok());
        }
        assert_eq!(post.lapses_at(), Some(end));
        assert_eq!(post.clone().lapse(just_before), None);
        assert_eq!(post.lapse(end).map(|post| (post.stage(), post.lapses_at())), Some((PostStage::Lapsed, None)));
    }
}

#[test]
fn only_its_author_or_a_manager_changes_a_post() {
    let other = Member { id: greenroom::domain::ids::MemberId(99), ..mia() };
    let manager = Member { manages: true, ..other.clone() };
    let elsewhere = Member { workspace: greenroom::domain::ids::WorkspaceId(8), manages: true, ..mia() };
    for stranger in [&other, &elsewhere] {
        let edited = in_review().edit(stranger, saying("Saturday latte"), RULES, at(1));
        assert_eq!(edited.unwrap_err(), Refusal::NotYours);
        assert_eq!(in_review().withdraw(stranger, false, at(1)).unwrap_err(), Refusal::NotYours);
        assert_eq!(draft().compose(stranger, Edit::default()).unwrap_err(), Refusal::NotYours);
        assert_eq!(draft().submit(stranger, RULES, at(1)).unwrap_err(), Refusal::NotYours);
    }
    assert!(in_review().edit(&manager, saying("Saturday latte"), RULES, at(1)).is_ok());
    assert!(in_review().withdraw(&other, true, at(1)).is_ok(), "a reviewer may stop it");
}

#[test]
fn what_changes_nothing_is_refused_unless_it_asks_for_another_look() {
    assert_eq!(in_review().edit(&mia(), Edit::default(), RULES, at(1)).unwrap_err(), Refusal::NothingChanged);
    let (declined, _) = says(in_review(), 1, Word::Decline { reason: None }, 1);
    assert_eq!(declined.edit(&mia(), Edit::default(), RULES, at(1)).unwrap().stage(), PostStage::InReview);
}
