//! Every event in every state, as two tables: where it leads, or who says no. The same events make the drawing.

use greenroom::domain::ids::VerdictId;
use greenroom::domain::post::{Post, PostStage};
use greenroom::domain::publication::{Next, Publication, PublicationState, Stage, WrongState};
use greenroom::domain::refusal::Refusal;
use greenroom::domain::review::{Verdict, Word};

use super::given::{LATER, RULES, at, mia, places, policy, post_in, receipt, reviewer, saying, setback, upload};

/// An event of a post's life and what it does; none where nothing happens.
pub(crate) type PostEvent = (&'static str, fn(Post) -> Option<Result<Post, Refusal>>);

fn says(post: Post, word: Word, approvals: u8) -> Option<Result<Post, Refusal>> {
    let seen = post.revision();
    Some(post.judge(&reviewer(1), seen, word, policy(approvals), at(2)).map(|(post, _)| post))
}

fn said_by_one(post: &Post, word: Word) -> Vec<Verdict> {
    let member = reviewer(1);
    vec![Verdict {
        id: VerdictId::new(at(1)),
        by: member.member().id,
        by_name: member.member().name.clone(),
        revision: post.revision(),
        word,
        as_manager: false,
        reacted: false,
        at: at(1),
    }]
}

/// The same post with the no of the first reviewer, who did not say why.
fn declined_by_one(post: Post) -> Post {
    Post { verdicts: said_by_one(&post, Word::Decline { reason: None }), ..post }
}

pub(crate) const POST_EVENTS: [PostEvent; 13] = [
    ("compose", |post| Some(post.compose(&mia(), saying("Saturday latte")))),
    ("submit", |post| Some(post.submit(&mia(), RULES, at(2)))),
    ("approve", |post| says(post, Word::Approve, 2)),
    ("approve last", |post| says(post, Word::Approve, 1)),
    ("request changes", |post| says(post, Word::RequestChanges { reason: "louder".into() }, 1)),
    ("decline", |post| says(post, Word::Decline { reason: None }, 1)),
    ("take back", |post| {
        let seen = post.revision();
        Some(post.take_back(reviewer(1).member().id, seen, policy(2)).map(|(post, _)| post))
    }),
    ("say why", |post| {
        let seen = post.revision();
        Some(declined_by_one(post).explain(&reviewer(1), seen, "too dark"))
    }),
    ("take the no back", |post| {
        let seen = post.revision();
        let taken = declined_by_one(post).take_back_no(reviewer(1).member().id, seen, policy(1), at(2));
        Some(taken.map(|(post, _)| post))
    }),
    ("lose approvals", |post| {
        let approved = Post { verdicts: said_by_one(&post, Word::Approve), ..post };
        approved.recall(policy(1), |_| false, at(2)).map(|recalled| Ok(recalled.post))
    }),
    ("edit", |post| Some(post.edit(&mia(), saying("Saturday latte"), RULES, at(2)))),
    ("withdraw", |post| Some(post.withdraw(&mia(), false, at(2)))),
    ("lapse", |post| post.lapse(at(60)).map(Ok)),
];

const POST_TABLE: &str = "
                | draft        | in_review | approved         | declined         | lapsed           | withdrawn
compose         | draft        | SUBMITTED | SUBMITTED        | SUBMITTED        | SUBMITTED        | SUBMITTED
submit          | in_review    | SUBMITTED | SUBMITTED        | SUBMITTED        | SUBMITTED        | SUBMITTED
approve         | NO REVIEW    | in_review | NO REVIEW        | NO REVIEW        | NO REVIEW        | NO REVIEW
approve last    | NO REVIEW    | approved  | NO REVIEW        | NO REVIEW        | NO REVIEW        | NO REVIEW
request changes | NO REVIEW    | in_review | NO REVIEW        | NO REVIEW        | NO REVIEW        | NO REVIEW
decline         | NO REVIEW    | declined  | NO REVIEW        | NO REVIEW        | NO REVIEW        | NO REVIEW
take back       | NO REVIEW    | in_review | NO REVIEW        | NO REVIEW        | NO REVIEW        | NO REVIEW
say why         | NO DECLINE   | NO DECLINE| NO DECLINE       | declined         | NO DECLINE       | NO DECLINE
take the no back| NO DECLINE   | NO DECLINE| NO DECLINE       | in_review        | NO DECLINE       | NO DECLINE
lose approvals  | -            | -         | in_review        | -                | -                | -
edit            | COMPOSER     | in_review | in_review        | in_review        | in_review        | OVER
withdraw        | withdrawn    | withdrawn | withdrawn        | OVER             | withdrawn        | OVER
lapse           | -            | lapsed    | -                | -                | -                | -
";

fn post_cell(event: &PostEvent, stage: PostStage) -> String {
    match event.1(post_in(stage)) {
        None => "-".into(),
        Some(Ok(post)) => post.stage().word().into(),
        Some(Err(Refusal::AlreadySubmitted { number: 42 })) => "SUBMITTED".into(),
        Some(Err(Refusal::NotInReview { stage: said })) if said == stage => "NO REVIEW".into(),
        Some(Err(Refusal::NotDeclined { stage: said })) if said == stage => "NO DECLINE".into(),
        Some(Err(Refusal::StillADraft)) => "COMPOSER".into(),
        Some(Err(Refusal::Over { stage: said })) if said == stage => "OVER".into(),
        Some(Err(other)) => format!("{other:?}"),
    }
}

/// The rows of a table: the first cell of each names the event, the first row names the states.
fn cells(table: &str) -> Vec<Vec<&str>> {
    table.trim_matches('\n').lines().map(|line| line.split('|').map(str::trim).collect()).collect()
}

#[test]
fn every_event_leads_a_post_where_the_table_says() {
    let table = cells(POST_TABLE);
    assert_eq!(table[0][1..], PostStage::ALL.map(PostStage::word), "every stage has a column");
    assert_eq!(table.len() - 1, POST_EVENTS.len(), "every event has a row");
    for (row, event) in table[1..].iter().zip(&POST_EVENTS) {
        assert_eq!(row[0], event.0);
        for (expected, stage) in row[1..].iter().zip(PostStage::ALL) {
            assert_eq!(post_cell(event, stage), *expected, "{} while {stage}", event.0);
        }
    }
}

/// An event of a publication's life and what it does.
pub(crate) type PublicationEvent = (&'static str, fn(Publication) -> Result<Publication, WrongState>);

pub(crate) const PUBLICATION_EVENTS: [PublicationEvent; 26] = [
    ("hold", |it| it.hold(at(62))),
    ("hold back", |it| it.hold_back(at(62))),
    ("halt", |it| it.halt(at(62))),
    ("halt before its time", |it| it.halt(at(59))),
    ("put off", |it| it.put_off(setback(LATER), at(122), at(62))),
    ("release", |it| it.release(at(62))),
    ("start", |it| it.start(at(60))),
    ("open", |it| it.open(upload())),
    ("progress", |it| it.progress(50)),
    ("pause", |it| it.pause(at(61))),
    ("commit", |it| it.commit(at(60))),
    ("deliver", |it| it.deliver(at(61))),
    ("ask again", |it| it.ask_again(at(62))),
    ("no answer for a day", |it| asked_often(it).ask_again(at(60 + 24 * 60))),
    ("confirm", |it| it.confirm(receipt(), true, at(62))),
    ("arrive in inbox", |it| it.arrive_in_inbox(receipt(), at(62))),
    ("stay in inbox", |it| it.stay_in_inbox(at(62))),
    ("trouble that may pass", |it| it.meet(setback(LATER), at(62))),
    ("trouble that stays", |it| it.meet(setback(Next::Never), at(62))),
    ("nobody knows", |it| it.meet(setback(Next::Unclear), at(62))),
    ("TikTok failed for now", |it| it.fail(setback(LATER), at(62))),
    ("TikTok failed for good", |it| it.fail(setback(Next::Never), at(62))),
    ("cancel", |it| it.cancel(at(62))),
    ("retry", |it| it.retry(at(62))),
    ("deny", |it| it.deny(at(62))),
    ("vouch", |it| it.vouch(at(62))),
];

/// The same after as many questions as a day has.
fn asked_often(mut it: Publication) -> Publication {
    if let PublicationState::Processing { asked, .. } = &mut it.state {
        *asked = 300;
    }
    it
}

const PUBLICATION_TABLE: &str = "
                       | scheduled | opening   | uploading  | committing | processing | published | in_inbox | held      | failed    | unclear   | cancelled
hold                   | held      | -         | -          | -          | -          | -         | -        | -         | -         | -         | -
hold back              | held      | -         | -          | -          | -          | -         | -        | -         | -         | -         | -
halt                   | held      | held      | held       | -          | -          | -         | -        | -         | -         | -         | -
halt before its time   | scheduled | scheduled | scheduled  | -          | -          | -         | -        | -         | -         | -         | -
put off                | scheduled | scheduled | -          | -          | -          | -         | -        | -         | -         | -         | -
release                | -         | -         | -          | -          | -          | -         | -        | scheduled | -         | -         | -
start                  | opening   | -         | -          | -          | -          | -         | -        | -         | -         | -         | -
open                   | -         | uploading | -          | -          | -          | -         | -        | -         | -         | -         | -
progress               | -         | -         | uploading  | -          | -          | -         | -        | -         | -         | -         | -
pause                  | -         | opening   | uploading  | committing | -          | -         | -        | -         | -         | -         | -
commit                 | -         | -         | committing | -          | -          | -         | -        | -         | -         | -         | -
deliver                | -         | -         | -          | processing | -          | -         | -        | -         | -         | -         | -
ask again              | -         | -         | -          | -          | processing | -         | -        | -         | -         | -         | -
no answer for a day    | -         | -         | -          | -          | unclear    | -         | -        | -         | -         | -         | -
confirm                | -         | -         | published  | published  | published  | published | published | -         | -         | -         | -
arrive in inbox        | -         | -         | in_inbox   | in_inbox   | in_inbox   | -         | -        | -         | -         | -         | -
stay in inbox          | -         | -         | -          | -          | -          | -         | in_inbox | -         | -         | -         | -
trouble that may pass  | scheduled | scheduled | scheduled  | unclear    | unclear    | -         | -        | -         | -         | -         | -
trouble that stays     | failed    | failed    | failed     | unclear    | unclear    | -         | -        | -         | -         | -         | -
nobody knows           | unclear   | unclear   | unclear    | unclear    | unclear    | -         | -        | -         | -         | -         | -
TikTok failed for now  | -         | -         | scheduled  | scheduled  | scheduled  | -         | -        | -         | -         | -         | -
TikTok failed for good | -         | -         | failed     | failed     | failed     | -         | -        | -         | -         | -         | -
cancel                 | cancelled | cancelled | cancelled  | -          | -          | -         | -        | cancelled | cancelled | -         | -
retry                  | -         | -         | -          | -          | -          | -         | -        | -         | scheduled | -         | -
deny                   | -         | -         | -          | -          | -          | -         | -        | -         | -         | scheduled | -
vouch                  | -         | -         | -          | -          | -          | -         | -        | -         | -         | published | -
";

/// The name of the place a publication is in: its stage, and while publishing how far the try has come.
pub(crate) fn place(publication: &Publication) -> &'static str {
    match &publication.state {
        PublicationState::Publishing { attempt, .. } => match attempt.stage {
            Stage::Opening => "opening",
            Stage::Uploading { .. } => "uploading",
            Stage::Committing { .. } => "committing",
            Stage::Delivered { .. } => "delivered",
        },
        PublicationState::Scheduled { .. }
        | PublicationState::Processing { .. }
        | PublicationState::Published { .. }
        | PublicationState::InInbox { .. }
        | PublicationState::Held { .. }
        | PublicationState::Failed { .. }
        | PublicationState::Unclear { .. }
        | PublicationState::Cancelled { .. } => publication.stage().word(),
    }
}

#[test]
fn every_event_leads_a_publication_where_the_table_says() {
    let table = cells(PUBLICATION_TABLE);
    let names: Vec<_> = places().iter().map(|(name, _)| *name).collect();
    assert_eq!(table[0][1..], names, "every place has a column");
    assert_eq!(table.len() - 1, PUBLICATION_EVENTS.len(), "every event has a row");
    for (row, (event, happens)) in table[1..].iter().zip(&PUBLICATION_EVENTS) {
        assert_eq!(row[0], *event);
        for (expected, (name, publication)) in row[1..].iter().zip(places()) {
            assert_eq!(place(&publication), name);
            let said = publication.stage().said();
            match happens(publication) {
                Ok(next) => assert_eq!(place(&next), *expected, "{event} while {name}"),
                Err(wrong) => {
                    assert_eq!("-", *expected, "{event} while {name}: {wrong}");
                    assert_eq!(wrong.state, said, "the refusal says where it stands");
                }
            }
        }
    }
}
