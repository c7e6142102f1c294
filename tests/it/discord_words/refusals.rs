//! Every polite no, read aloud.

use std::time::Duration;

use chrono::{FixedOffset, NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;
use greenroom::discord::words::{bad_cover, broken, not_for_you, old_button, refused, time_offers};
use greenroom::domain::bulk::SheetRefusal;
use greenroom::domain::caption::CaptionRefusal;
use greenroom::domain::creator::Privacy;
use greenroom::domain::ids::RoleId;
use greenroom::domain::pause::PauseRefusal;
use greenroom::domain::post::PostStage;
use greenroom::domain::publication::PublicationStage;
use greenroom::domain::refusal::{Refusal, SlotRefusal};
use greenroom::domain::schedule::{Part, WhenRefusal};
use greenroom::domain::video::{Container, VideoRefusal, VideoWarning};
use greenroom::words::{Language, spoken};

use super::aloud::{in_each_language, read_aloud};
use super::scenes::{draft, due, now};

fn plain_refusals() -> Vec<Refusal> {
    let due = due();
    vec![
        Refusal::Fetch {
            said: "The link answers with a page, not a video.".into(),
            hint: "use the file's own link".into(),
        },
        Refusal::TikTok { said: "This creator cannot post more today.".into(), hint: "try again tomorrow".into() },
        Refusal::NoSuchPost,
        Refusal::NoSuchAccount,
        Refusal::NoAccount,
        Refusal::WhichAccount { names: vec!["harbour.cafe".into(), "@old_mill".into()] },
        Refusal::AccountNotReady { username: "harbour.cafe".into() },
        Refusal::AccountBanned { username: "harbour.cafe".into() },
        Refusal::NoVideo,
        Refusal::NoVideoInMessage,
        Refusal::MessageGone,
        Refusal::NotSetUp { reviewer_role: true, review_channel: true },
        Refusal::NotSetUp { reviewer_role: true, review_channel: false },
        Refusal::NotSetUp { reviewer_role: false, review_channel: true },
        Refusal::NotAReviewer { role: RoleId(50) },
        Refusal::NotAManager,
        Refusal::NotYours,
        Refusal::NotYoursToDecide,
        Refusal::OwnPost,
        Refusal::OldCard { number: 42 },
        Refusal::OldButton,
        Refusal::AlreadySubmitted { number: 42 },
        Refusal::StillADraft,
        Refusal::NotDeclined { stage: PostStage::InReview },
        Refusal::NoReasonAwaited { number: 42 },
        Refusal::Over { stage: PostStage::Withdrawn },
        Refusal::NotNow { state: "scheduled" },
        Refusal::TooLateToJudge { due },
        Refusal::NothingChanged,
        Refusal::NoReason,
        Refusal::PrivacyNotChosen,
        Refusal::PrivacyNotOffered { asked: Privacy::FollowerOfCreator, offered: vec![Privacy::SelfOnly] },
        Refusal::DisclosureIncomplete,
        Refusal::BrandedCannotBePrivate,
        Refusal::OnlyPrivateUntilAudited,
        Refusal::AccountNotPrivate,
        Refusal::CreatorClosed { what: "duets" },
        Refusal::TooManyApprovals { asked: 9, most: 5 },
        Refusal::SomebodyWasFaster,
        Refusal::LinkSpent,
        Refusal::ConsentRefused,
        Refusal::NotTheAddress,
        Refusal::NotYourLink,
        Refusal::VideoForgotten { number: 42 },
        Refusal::BeingErased,
        Refusal::AccountElsewhere { username: "harbour.cafe".into() },
        CaptionRefusal::TooLong { length: 2_214 }.into(),
        CaptionRefusal::Control { character: '\t', line: 1, column: 4 }.into(),
        CaptionRefusal::Control { character: '\u{7}', line: 2, column: 3 }.into(),
    ]
}

fn slot_refusals() -> Vec<Refusal> {
    vec![
        SlotRefusal::NoSlots.into(),
        SlotRefusal::NoneFree { max_ahead: Duration::from_secs(2_592_000) }.into(),
        slot_gone(true),
        slot_gone(false),
        SlotRefusal::TooMany { most: 100 }.into(),
        SlotRefusal::NotDays { given: "someday".into() }.into(),
        SlotRefusal::NotAPlanner.into(),
    ]
}

fn pause_refusals() -> Vec<Refusal> {
    vec![
        PauseRefusal::NotYours.into(),
        PauseRefusal::Paused {
            username: Some("harbour.cafe".into()),
            by: "rui".into(),
            reason: Some("wrong price".into()),
        }
        .into(),
        PauseRefusal::Paused { username: None, by: "rui".into(), reason: None }.into(),
        PauseRefusal::Already { username: Some("harbour.cafe".into()), by: "rui".into(), reason: None }.into(),
        PauseRefusal::Already { username: None, by: "rui".into(), reason: Some("wrong price".into()) }.into(),
        PauseRefusal::NotPaused { username: Some("harbour.cafe".into()) }.into(),
        PauseRefusal::NotPaused { username: None }.into(),
        PauseRefusal::WithAll { username: "harbour.cafe".into(), by: "rui".into() }.into(),
    ]
}

/// A slot that is lost: to another post, with one to take instead, or to time, with none.
fn slot_gone(passed: bool) -> Refusal {
    let next = (!passed).then(|| due() + TimeDelta::days(1));
    SlotRefusal::Gone { post: draft().id, at: due(), zone: Tz::Europe__Berlin, passed, next }.into()
}

fn staged_refusals() -> Vec<Refusal> {
    let published = [PublicationStage::Published, PublicationStage::InInbox, PublicationStage::Unclear];
    let too_late = published.into_iter().chain([PublicationStage::Processing]);
    let retried = PublicationStage::ALL.into_iter().filter(|stage| *stage != PublicationStage::Failed);
    let settled = PublicationStage::ALL.into_iter().filter(|stage| *stage != PublicationStage::Unclear);
    let judged = PostStage::ALL.into_iter().filter(|stage| *stage != PostStage::InReview);
    too_late
        .map(|stage| Refusal::AlreadyGoingOut { stage })
        .chain(judged.map(|stage| Refusal::NotInReview { stage }))
        .chain(PostStage::ALL.map(|stage| Refusal::NothingSent { stage }))
        .chain(retried.map(|stage| Refusal::NothingToRetry { stage }))
        .chain(settled.map(|stage| Refusal::NothingToSettle { stage }))
        .chain([Refusal::Over { stage: PostStage::Declined }])
        .collect()
}

fn bulk_refusals() -> Vec<Refusal> {
    vec![
        Refusal::BatchGone,
        Refusal::BatchUsed,
        Refusal::BatchSpoilt { said: vec![(3, "This video is too long.".into())], gone: 0 },
        Refusal::BatchSpoilt { said: vec![(3, "it was submitted by itself".into()); 7], gone: 2 },
        SheetRefusal::TooLarge.into(),
        SheetRefusal::Empty.into(),
        SheetRefusal::NotCsv { looks_like: "a picture" }.into(),
        SheetRefusal::Broken { said: "row 3 has 9 cells under 4 headings".into() }.into(),
        SheetRefusal::Lacks { names: vec!["when".into(), "privacy".into()] }.into(),
        SheetRefusal::Unknown { names: vec!["privcy".into()] }.into(),
        SheetRefusal::Twice { name: "when".into() }.into(),
        SheetRefusal::NoRows.into(),
        SheetRefusal::TooMany { count: 10_000 }.into(),
    ]
}

fn video_refusals() -> Vec<Refusal> {
    let preset = [
        VideoWarning::Shape { width: 1920, height: 1080 },
        VideoWarning::Small { width: 360, height: 640 },
        VideoWarning::Short { millis: 8_000 },
        VideoWarning::Large { size_bytes: 1_200_000_000 },
        VideoWarning::Container { container: Container::WebM },
    ];
    [
        VideoRefusal::NotAVideo { looks_like: "a picture" },
        VideoRefusal::CutShort { expected_bytes: 9_000_000, size_bytes: 4_000_000 },
        VideoRefusal::Damaged { what: "its index is missing" },
        VideoRefusal::NoPicture,
        VideoRefusal::Codec { codec: "AV1".into() },
        VideoRefusal::Sides { coded_width: 320, coded_height: 240 },
        VideoRefusal::FrameRate { milli: 15_000 },
        VideoRefusal::DurationUnknown { max_seconds: 600 },
        VideoRefusal::TooLong { millis: 760_000, max_seconds: 600, of_creator: true },
        VideoRefusal::TooLong { millis: 760_000, max_seconds: 600, of_creator: false },
        VideoRefusal::TooLarge { size_bytes: 5_000_000_000, max_bytes: 4_000_000_000 },
    ]
    .into_iter()
    .chain(preset.map(VideoRefusal::Preset))
    .map(Refusal::Video)
    .collect()
}

pub(super) fn when_refusals() -> Vec<WhenRefusal> {
    let (at, later, zone) = (due(), due() + TimeDelta::hours(1), Tz::Europe__Berlin);
    let day = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");
    let other = NaiveDate::from_ymd_opt(2026, 12, 4).expect("a day");
    let local = day.and_hms_opt(2, 30, 0).expect("a time");
    let offset = FixedOffset::east_opt(7_200).expect("an offset");
    let word = || "blursday".to_owned();
    vec![
        WhenRefusal::Empty,
        WhenRefusal::TooLong,
        WhenRefusal::Unknown { word: word() },
        WhenRefusal::Unknown { word: "tomorow".into() },
        WhenRefusal::Vague { word: "soon".into(), offers: Vec::new() },
        WhenRefusal::Vague { word: "now".into(), offers: vec![at] },
        WhenRefusal::Alone { word: "asap".into() },
        WhenRefusal::Twice { part: Part::Day, word: "sat".into() },
        WhenRefusal::Twice { part: Part::Span, word: "2h".into() },
        WhenRefusal::MissingTime { day, offers: vec![at] },
        WhenRefusal::NotInCalendar { given: "31.02.2026".into() },
        WhenRefusal::NotATimeOfDay { given: "25:00".into() },
        WhenRefusal::Beyond,
        WhenRefusal::WeekdayContradicts { said: Weekday::Sat, day, offers: vec![at] },
        WhenRefusal::WhichWeek { weekday: Weekday::Fri, days: [day, other], offers: vec![at, later] },
        WhenRefusal::WhichOrder { given: "03/04/2027".into(), days: vec![day, other], offers: vec![at, later] },
        WhenRefusal::Gone { word: "yesterday".into(), offers: Vec::new() },
        WhenRefusal::Skipped { local, zone, first: at },
        WhenRefusal::Repeated { local, zone, both: [at, later] },
        WhenRefusal::OffsetContradicts { zone, offset, offers: vec![at] },
        WhenRefusal::UnknownZone { given: "Berlin/Europe".into(), close: vec![zone, Tz::Europe__Paris] },
        WhenRefusal::UnknownZone { given: "Mars".into(), close: Vec::new() },
        WhenRefusal::Past { at: now(), nearest: Some(at), zone },
        WhenRefusal::TooNear { at, min_lead: Duration::from_secs(900), nearest: Some(later), zone },
        WhenRefusal::TooFar { at, max_ahead: Duration::from_secs(2_592_000), nearest: None, zone },
        WhenRefusal::Maintenance { at, until: later, nearest: vec![later], zone },
    ]
}

#[test]
fn every_refusal_is_a_sentence_and_a_hint() {
    in_each_language(|| {
        let all: Vec<Refusal> = plain_refusals()
            .into_iter()
            .chain(slot_refusals())
            .chain(pause_refusals())
            .chain(staged_refusals())
            .chain(bulk_refusals())
            .chain(video_refusals())
            .chain(when_refusals().into_iter().map(Refusal::When))
            .collect();
        let sign = if spoken() == Language::German { "Tipp" } else { "hint" };
        let mut said = Vec::new();
        for refusal in &all {
            let face = refused(refusal);
            let (sentence, hint) = face.content.split_once(&format!("\n{sign}: ")).expect("a hint on its own line");
            assert!(sentence.ends_with(['.', '?']), "{sentence}");
            assert!(!sentence.starts_with(char::is_lowercase), "{sentence}");
            assert!(!hint.ends_with('.') && !hint.trim().is_empty(), "{hint}");
            assert!(!face.content.contains('!'), "{}", face.content);
            assert!(face.ping_roles.is_empty() && face.ping_people.is_empty());
            said.push(face.content);
        }
        insta::assert_snapshot!(said.join("\n\n"));
    });
}

#[test]
fn an_unclear_time_comes_with_the_instants_it_could_mean() {
    in_each_language(|| {
        let (at, zone) = (due(), Tz::Europe__Berlin);
        let local = at.with_timezone(&zone).naive_local();
        let repeated = WhenRefusal::Repeated { local, zone, both: [at, at + TimeDelta::hours(1)] };
        let of_a_post = time_offers(draft().id, &repeated, zone);
        let of_a_new_draft = refused(&Refusal::WhichTime { post: draft().id, zone, refusal: repeated });
        let of_a_lost_slot = refused(&slot_gone(false));
        insta::assert_snapshot!([of_a_post, of_a_new_draft, of_a_lost_slot].map(|face| read_aloud(&face)).join("\n\n"));
    });
}

#[test]
fn what_breaks_is_told_with_a_reference_and_old_buttons_are_explained() {
    in_each_language(|| {
        let said = [
            broken("7f3a"),
            not_for_you(),
            old_button(),
            bad_cover("two", Some(15_000)),
            bad_cover("`@everyone`", None),
        ];
        insta::assert_snapshot!(said.map(|face| face.content).join("\n\n"));
    });
}
