//! What can happen to a post and its publication, as events in any order.

use greenroom::domain::publication::Next;
use proptest::prelude::*;

use super::given::LATER;

#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    Submit,
    Approve(u64),
    TakeBack(u64),
    Decline(u64),
    RequestChanges(u64),
    Edit(u8),
    Move(u8),
    /// A reviewer loses the right to judge, or gets it back.
    Loses(u64),
    Regains(u64),
    /// Discord is asked about a reviewer.
    AskedAbout(u64),
    TakeBackNo(u64),
    Withdraw,
    Lapse,
    Wait(u16),
    Hold,
    HoldBack,
    PutOff(Next),
    Release,
    Start,
    Open,
    Progress,
    Commit,
    Deliver,
    AskAgain,
    Confirm,
    ArriveInInbox,
    Setback(Next),
    TikTokFailed(Next),
    Retry,
    Vouch,
    Cancel,
    Pause,
    Resume,
    /// Whatever the machine would do next.
    Carry,
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![3 => Just(LATER), 1 => Just(Next::Never), 1 => Just(Next::Unclear)]
}

pub(super) fn event() -> impl Strategy<Value = Event> {
    let people = prop_oneof![
        4 => Just(Event::Submit),
        8 => (1..=3_u64).prop_map(Event::Approve),
        2 => (1..=3_u64).prop_map(Event::TakeBack),
        1 => (1..=3_u64).prop_map(Event::Decline),
        1 => (1..=3_u64).prop_map(Event::RequestChanges),
        2 => (0..4_u8).prop_map(Event::Edit),
        2 => (0..3_u8).prop_map(Event::Move),
        1 => (1..=3_u64).prop_map(Event::Loses),
        2 => (1..=3_u64).prop_map(Event::Regains),
        2 => (1..=3_u64).prop_map(Event::AskedAbout),
        1 => (1..=3_u64).prop_map(Event::TakeBackNo),
        1 => Just(Event::Withdraw),
        2 => Just(Event::Retry),
        1 => Just(Event::Vouch),
        1 => Just(Event::Cancel),
        2 => Just(Event::Release),
        1 => Just(Event::Pause),
        8 => Just(Event::Resume),
    ];
    let machine = prop_oneof![
        16 => Just(Event::Carry),
        1 => Just(Event::Lapse),
        2 => Just(Event::Hold),
        1 => Just(Event::HoldBack),
        1 => next().prop_map(Event::PutOff),
        2 => (0..600_u16).prop_map(Event::Wait),
        1 => Just(Event::Start),
        1 => Just(Event::Open),
        1 => Just(Event::Progress),
        1 => Just(Event::Commit),
        1 => Just(Event::Deliver),
        1 => Just(Event::AskAgain),
        1 => Just(Event::Confirm),
        1 => Just(Event::ArriveInInbox),
        3 => next().prop_map(Event::Setback),
        2 => next().prop_map(Event::TikTokFailed),
    ];
    prop_oneof![people, machine]
}
