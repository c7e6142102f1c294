//! Any order of events: one post, its publications, three reviewers, a clock. The world acts as the flows do; a notebook
//! beside it writes down in its own way who said what and what may be out, and is asked after every event.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::domain::ids::MemberId;
use greenroom::domain::post::{Due, Edit, Post, PostStage, PostState, Revision};
use greenroom::domain::publication::{Next, Publication, PublicationStage, PublicationState, Stage};
use greenroom::domain::review::Word;
use proptest::prelude::*;

use super::events::{Event, event};
use super::given::{RULES, at, draft, mia, policy, receipt, reviewer, saying, setback, upload};

/// What the notebook knows. It looks at what was said and done, never at the state of post or publication.
#[derive(Debug, Default)]
struct Notebook {
    said: BTreeMap<MemberId, (Revision, bool)>,
    may_be_out: bool,
    commits: u32,
    is_paused: bool,
    stops: u32,
    /// Who has lost the right, as Discord said when it was asked last, or when they spoke.
    known_to_have_lost: BTreeSet<MemberId>,
}

#[derive(Debug)]
struct World {
    post: Post,
    publication: Option<Publication>,
    now: DateTime<Utc>,
    needed: u8,
    /// Who may not judge at this moment.
    barred: BTreeSet<MemberId>,
    /// What the rows say about that.
    known_barred: BTreeSet<MemberId>,
    notebook: Notebook,
}

impl World {
    fn new(needed: u8) -> Self {
        Self {
            post: draft(),
            publication: None,
            now: at(0),
            needed,
            barred: BTreeSet::new(),
            known_barred: BTreeSet::new(),
            notebook: Notebook::default(),
        }
    }

    fn judge(&mut self, number: u64, word: Word) -> bool {
        let (by, seen) = (reviewer(number), self.post.revision());
        // Without the right there is no proof to judge with.
        if self.barred.contains(&by.member().id) {
            return false;
        }
        let approves = word == Word::Approve;
        let Ok((post, _)) = self.post.clone().judge(&by, seen, word, policy(self.needed), self.now) else {
            return false;
        };
        self.notebook.said.insert(by.member().id, (seen, approves));
        self.notebook.known_to_have_lost.remove(&by.member().id);
        self.known_barred.remove(&by.member().id);
        let was_approved = self.post.stage() == PostStage::Approved;
        if post.stage() == PostStage::Approved && !was_approved {
            let live = self.publication.as_ref().filter(|it| it.stage() != PublicationStage::Cancelled);
            assert_eq!(live, None, "a post never has two publications");
            self.publication = Some(Publication::of(&post, self.now));
        }
        self.post = post;
        true
    }

    /// As `flows::change` does: the publication is cancelled with the change, or neither happens.
    fn change(&mut self, post: Post) -> bool {
        let cancelled = match self.publication.clone() {
            Some(publication) if publication.stage() != PublicationStage::Cancelled => {
                match publication.cancel(self.now) {
                    Ok(cancelled) => Some(cancelled),
                    Err(_) => return false,
                }
            }
            none_or_over => none_or_over,
        };
        assert!(!self.notebook.may_be_out, "nothing is changed or cancelled that may be out");
        (self.post, self.publication) = (post, cancelled);
        true
    }

    fn edit(&mut self, edit: Edit) -> bool {
        let Ok(post) = self.post.clone().edit(&mia(), edit, RULES, self.now) else { return false };
        let changed = self.change(post);
        if changed {
            self.notebook.said.clear();
        }
        changed
    }

    fn machine<E>(&mut self, step: impl FnOnce(Publication, DateTime<Utc>) -> Result<Publication, E>) -> bool {
        let Some(publication) = self.publication.clone() else { return false };
        match step(publication, self.now) {
            Ok(next) => {
                self.publication = Some(next);
                true
            }
            Err(_) => false,
        }
    }

    /// A person wants it tried again: what failed by pressing, what may be out after looking.
    fn retry(&mut self) -> bool {
        let retried = self.machine(Publication::retry);
        assert!(!(retried && self.notebook.may_be_out), "what may be out is not simply tried again");
        let denied = self.machine(Publication::deny);
        // The word of a person who looked settles it.
        self.notebook.may_be_out &= !denied;
        retried || denied
    }

    /// As `flows::pause` does: an upload under way is stopped with the pause, unless its last chunk may have left.
    fn pause(&mut self) -> bool {
        self.notebook.is_paused = true;
        let publishes = self.publication.as_ref().is_some_and(|it| it.stage() == PublicationStage::Publishing);
        if publishes {
            let stopped = self.machine(Publication::halt);
            assert_ne!(stopped, self.notebook.may_be_out, "exactly what cannot be out is stopped");
            self.notebook.stops += u32::from(stopped);
        }
        true
    }

    /// What fell due before anybody looked is held with the end of the pause.
    fn resume(&mut self) -> bool {
        let was_paused = std::mem::take(&mut self.notebook.is_paused);
        let wakes_at = self.publication.as_ref().and_then(Publication::wake_at);
        let waits = self.publication.as_ref().is_some_and(|it| it.stage() == PublicationStage::Scheduled);
        if was_paused && waits && wakes_at.is_some_and(|at| at <= self.now) {
            self.machine(Publication::halt);
        }
        was_paused
    }

    /// As `flows::publish` does: nothing starts but what the post says is approved.
    /// As `flows::quorum` does: approvals of those who may not judge any more are not counted, and what has too few left
    /// goes back to the reviewers, unless its last bytes may have left.
    fn reconsider(&mut self) -> bool {
        let known = self.known_barred.clone();
        let recalled = self.post.clone().recall(policy(self.needed), |by| !known.contains(&by), self.now);
        let Some(recalled) = recalled else { return false };
        let changed = self.change(recalled.post);
        if changed {
            self.notebook.said.retain(|by, _| !recalled.lost.contains(by));
        }
        changed
    }

    fn asked_about(&mut self, number: u64) -> bool {
        let who = reviewer(number).member().id;
        if self.barred.contains(&who) {
            self.known_barred.insert(who);
            self.notebook.known_to_have_lost.insert(who);
        } else {
            self.known_barred.remove(&who);
            self.notebook.known_to_have_lost.remove(&who);
        }
        self.reconsider();
        true
    }

    /// As `flows::publish` does: nothing starts but what the post says is approved, by people who may still judge.
    fn start(&mut self) -> bool {
        if self.publication.as_ref().is_some_and(|it| it.stage() == PublicationStage::Scheduled) && self.reconsider() {
            return false;
        }
        let approved = matches!(self.post.state, PostState::Approved { .. });
        let revision = self.post.revision();
        if self.notebook.is_paused {
            return self.machine(Publication::halt);
        }
        if !self.publication.as_ref().is_some_and(|it| approved && it.revision == revision) {
            return false;
        }
        let started = self.machine(Publication::start);
        if started {
            let said = &self.notebook.said;
            let lost = &self.notebook.known_to_have_lost;
            let live = said.iter().filter(|(by, word)| **word == (revision, true) && !lost.contains(*by));
            let approvals = live.count();
            assert!(approvals >= usize::from(self.needed), "it starts with {approvals} of {}", self.needed);
            assert!(said.values().all(|(_, approves)| *approves), "it starts although somebody wants changes");
        }
        started
    }

    fn commit(&mut self) -> bool {
        if self.notebook.is_paused {
            assert!(!self.machine(|it, now| it.commit(now)), "an upload that a pause let go on");
            return false;
        }
        let is_uploading = self.publication.as_ref().is_some_and(|it| it.stage() == PublicationStage::Publishing);
        if is_uploading && self.reconsider() {
            return false;
        }
        let committed = self.machine(|it, now| it.commit(now));
        if committed {
            assert!(!self.notebook.may_be_out, "a second one may go out although the first may be out");
            let (said, lost) = (&self.notebook.said, &self.notebook.known_to_have_lost);
            let revision = self.post.revision();
            let live = said.iter().filter(|(by, word)| **word == (revision, true) && !lost.contains(*by)).count();
            assert!(live >= usize::from(self.needed), "its last bytes leave with {live} of {} approvals", self.needed);
            (self.notebook.may_be_out, self.notebook.commits) = (true, self.notebook.commits + 1);
        }
        committed
    }

    fn carry(&mut self) -> bool {
        match self.publication.as_ref().map(|it| it.state.clone()) {
            Some(PublicationState::Scheduled { wake_at, .. }) => {
                self.now = self.now.max(wake_at);
                self.start()
            }
            Some(PublicationState::Publishing { attempt, .. }) => match attempt.stage {
                Stage::Opening => self.happens(Event::Open),
                Stage::Uploading { .. } => self.commit(),
                Stage::Committing { .. } | Stage::Delivered { .. } => self.happens(Event::Deliver),
            },
            _ => false,
        }
    }

    fn happens(&mut self, event: Event) -> bool {
        let now = self.now;
        match event {
            Event::Submit => self.post.clone().submit(&mia(), RULES, now).map(|post| self.post = post).is_ok(),
            Event::Approve(number) => self.judge(number, Word::Approve),
            Event::Decline(number) => self.judge(number, Word::Decline { reason: None }),
            Event::RequestChanges(number) => self.judge(number, Word::RequestChanges { reason: "louder".into() }),
            Event::TakeBack(number) => self.take_back(number),
            Event::Edit(text) => self.edit(saying(&format!("latte {text}"))),
            Event::Move(0) => self.edit(Edit { due: Some((Due::Asap, chrono_tz::Tz::UTC)), ..Edit::default() }),
            Event::Move(hours) => {
                let due = Due::At(now + TimeDelta::hours(i64::from(hours)));
                self.edit(Edit { due: Some((due, chrono_tz::Tz::UTC)), ..Edit::default() })
            }
            Event::Loses(number) => self.barred.insert(reviewer(number).member().id),
            Event::Regains(number) => self.barred.remove(&reviewer(number).member().id),
            Event::AskedAbout(number) => self.asked_about(number),
            Event::TakeBackNo(number) => self.take_back_no(number),
            Event::Withdraw => {
                let withdrawn = self.post.clone().withdraw(&mia(), false, now);
                withdrawn.is_ok_and(|post| self.change(post))
            }
            Event::Lapse => self.post.clone().lapse(now).map(|post| self.post = post).is_some(),
            Event::Wait(minutes) => {
                self.now += TimeDelta::minutes(i64::from(minutes));
                true
            }
            Event::Hold => self.machine(Publication::hold),
            Event::HoldBack => self.machine(Publication::hold_back),
            Event::PutOff(next) => self.machine(|it, now| it.put_off(setback(next), now + TimeDelta::hours(1), now)),
            Event::Pause => self.pause(),
            Event::Resume => self.resume(),
            Event::Release | Event::Retry if self.notebook.is_paused => false,
            Event::Release => self.machine(Publication::release),
            Event::Start => self.start(),
            Event::Open => self.machine(|it, _| it.open(upload())),
            Event::Progress => self.machine(|it, _| it.progress(50)),
            Event::Commit => self.commit(),
            Event::Deliver => self.machine(Publication::deliver),
            Event::AskAgain => self.machine(Publication::ask_again),
            Event::Confirm => self.machine(|it, now| it.confirm(receipt(), true, now)),
            Event::ArriveInInbox => self.machine(|it, now| it.arrive_in_inbox(receipt(), now)),
            Event::Setback(next) => self.machine(|it, now| it.meet(setback(next), now)),
            Event::TikTokFailed(next) => {
                let failed = self.machine(|it, now| it.fail(setback(next), now));
                // TikTok's word settles it.
                self.notebook.may_be_out &= !failed;
                failed
            }
            Event::Retry => self.retry(),
            Event::Vouch => self.machine(Publication::vouch),
            Event::Cancel => {
                let cancelled = self.machine(Publication::cancel);
                assert!(!(cancelled && self.notebook.may_be_out), "what may be out is not cancelled");
                cancelled
            }
            Event::Carry => self.carry(),
        }
    }

    fn take_back(&mut self, number: u64) -> bool {
        let (by, seen) = (reviewer(number).member().id, self.post.revision());
        let Ok((post, _)) = self.post.clone().take_back(by, seen, policy(2)) else { return false };
        self.post = post;
        if self.notebook.said.get(&by).is_some_and(|(_, approves)| *approves) {
            self.notebook.said.remove(&by);
        }
        true
    }

    fn take_back_no(&mut self, number: u64) -> bool {
        let (by, seen) = (reviewer(number).member().id, self.post.revision());
        let taken = self.post.clone().take_back_no(by, seen, policy(self.needed), self.now);
        let Ok((post, _)) = taken else { return false };
        self.post = post;
        self.notebook.said.remove(&by);
        true
    }

    /// What must be so after every event.
    fn check(&self) {
        let out = self.publication.as_ref().is_some_and(|it| {
            let stage = it.stage();
            stage == PublicationStage::Published || stage == PublicationStage::InInbox
        });
        let committed = self.publication.as_ref().and_then(Publication::attempt);
        if committed.is_some_and(|attempt| attempt.stage.is_committed()) {
            assert!(self.notebook.may_be_out);
        }
        let over = [
            PublicationStage::Scheduled,
            PublicationStage::Held,
            PublicationStage::Failed,
            PublicationStage::Cancelled,
        ];
        if self.notebook.may_be_out {
            let stage = self.publication.as_ref().map(Publication::stage);
            assert!(stage.is_some_and(|stage| !over.contains(&stage)), "what may be out is never sent anew: {stage:?}");
        }
        if out {
            assert_eq!(self.post.stage(), PostStage::Approved, "what is out was approved");
        }
    }
}

fn world_after(needed: u8, events: &[Event]) -> World {
    let mut world = World::new(needed);
    for event in events {
        world.happens(*event);
        world.check();
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]
    #[test]
    fn no_order_of_events_sends_twice_or_unapproved(
        needed in 1..=3_u8,
        events in proptest::collection::vec(event(), 1..80),
    ) {
        world_after(needed, &events);
    }
}

#[test]
fn the_orders_reach_the_point_of_no_return_and_come_back_from_it() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let orders = proptest::collection::vec(event(), 80);
    let (mut committed, mut again, mut stopped) = (0, 0, 0);
    for _ in 0..1_000 {
        let events = orders.new_tree(&mut runner).unwrap().current();
        let Notebook { commits, stops, .. } = world_after(1, &events).notebook;
        committed += u32::from(commits > 0);
        again += u32::from(commits > 1);
        stopped += u32::from(stops > 0);
    }
    assert!(committed > 50 && again > 5, "{committed} of 1,000 orders committed, {again} of them more than once");
    assert!(stopped > 5, "in {stopped} of 1,000 orders a pause stopped an upload");
}

#[test]
fn a_failed_publication_gives_way_to_an_edit_and_the_next_is_approved_anew() {
    let events = [
        Event::Submit,
        Event::Approve(1),
        Event::Carry,
        Event::Carry,
        Event::Carry,
        Event::TikTokFailed(Next::Never),
        Event::Move(1),
        Event::Approve(2),
        Event::Carry,
        Event::Carry,
        Event::Carry,
        Event::Deliver,
        Event::Confirm,
    ];
    let world = world_after(1, &events);
    assert_eq!(world.publication.map(|it| it.stage()), Some(PublicationStage::Published));
    assert_eq!(world.notebook.commits, 2);
}
