//! The limits, one by one.

use super::super::{AudioCodec, Codec};
use super::*;

/// A video that both presets take.
pub(in super::super) fn upright() -> VideoFacts {
    VideoFacts {
        container: Container::Mp4,
        codec: Codec::H264,
        coded_width: 1080,
        coded_height: 1920,
        width: 1080,
        height: 1920,
        turn_degrees: 0,
        duration_millis: Some(15_000),
        frames_per_second_milli: Some(24_000),
        peak_frames_per_second_milli: Some(24_000),
        audio: Some(AudioCodec::Aac),
    }
}

const OFFICIAL: VideoRules = VideoRules { preset: Preset::Official, max_bytes: 4_000_000_000 };
const STRICT: VideoRules = VideoRules { preset: Preset::Strict, ..OFFICIAL };

/// What both presets answer: the official warnings, and whether the strict one refuses.
fn answers(facts: &VideoFacts, size_bytes: u64) -> (Vec<String>, Option<String>) {
    let warnings = judge(facts, size_bytes, &OFFICIAL, None).unwrap();
    let refused = judge(facts, size_bytes, &STRICT, None).err();
    (warnings.iter().map(ToString::to_string).collect(), refused.map(|refusal| refusal.to_string()))
}

/// The sentence of an official refusal.
fn refused(facts: &VideoFacts, creator_max_seconds: Option<u32>) -> String {
    let refusal = judge(facts, 19_494, &OFFICIAL, creator_max_seconds).unwrap_err();
    assert!(!refusal.hint().is_empty());
    refusal.to_string()
}

#[test]
fn an_upright_clip_passes_without_a_word() {
    assert_eq!(answers(&upright(), 19_494), (vec![], None));
}

#[test]
fn a_length_is_held_against_the_creators_own_limit() {
    let long = VideoFacts { duration_millis: Some(760_000), ..upright() };
    assert_eq!(refused(&long, Some(600)), "This video is 12:40 long; TikTok allows this creator 10:00.");
    assert_eq!(refused(&long, None), "This video is 12:40 long; TikTok allows 10:00.");
    assert_eq!(refused(&upright(), Some(10)), "This video is 0:15 long; TikTok allows this creator 0:10.");
    // A creator's limit never raises TikTok's.
    assert_eq!(refused(&long, Some(3600)), "This video is 12:40 long; TikTok allows this creator 10:00.");
    let exact = VideoFacts { duration_millis: Some(600_000), ..upright() };
    assert!(judge(&exact, 1, &OFFICIAL, Some(600)).is_ok());
}

#[test]
fn a_length_that_is_not_stated_is_refused() {
    let live = VideoFacts { duration_millis: None, ..upright() };
    assert_eq!(refused(&live, Some(180)), "This video does not say how long it is; TikTok allows up to 3:00.");
}

#[test]
fn sides_are_judged_as_coded() {
    let narrow = VideoFacts { coded_width: 270, coded_height: 960, width: 540, height: 960, ..upright() };
    assert_eq!(refused(&narrow, None), "This video is coded as 270×960; TikTok takes sides from 360 to 4096 pixels.");
    for (coded_width, coded_height, taken) in [(360, 4096, true), (359, 640, false), (2320, 4097, false)] {
        let facts = VideoFacts { coded_width, coded_height, ..upright() };
        assert_eq!(judge(&facts, 1, &OFFICIAL, None).is_ok(), taken, "{coded_width}×{coded_height}");
    }
}

#[test]
fn frame_rates_outside_tiktoks_limits_are_refused() {
    for (milli, taken) in
        [(15_000, false), (22_999, false), (23_000, true), (23_976, true), (60_020, true), (61_000, false)]
    {
        let facts = VideoFacts { frames_per_second_milli: Some(milli), ..upright() };
        assert_eq!(judge(&facts, 1, &OFFICIAL, None).is_ok(), taken, "{milli}");
    }
    let fast = VideoFacts { frames_per_second_milli: Some(120_000), ..upright() };
    assert_eq!(refused(&fast, None), "This video has 120 fps; TikTok takes 23 to 60 fps.");
}

#[test]
fn an_uneven_or_unknown_frame_rate_is_told_under_both_presets() {
    let uneven = VideoFacts { peak_frames_per_second_milli: Some(120_000), ..upright() };
    let said = "This video reaches 120 fps in places; TikTok takes up to 60 fps and checks it on arrival.";
    assert_eq!(answers(&uneven, 1), (vec![said.to_owned()], None));
    let unknown = VideoFacts { frames_per_second_milli: None, peak_frames_per_second_milli: None, ..upright() };
    assert_eq!(judge(&unknown, 1, &STRICT, None), Ok(vec![VideoWarning::FrameRateUnknown]));
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_exact_size() {
    let refusal = judge(&upright(), 4_000_000_001, &OFFICIAL, None).unwrap_err();
    assert_eq!(refusal.to_string(), "This video has 4000000001 bytes; the limit is 4 GB.");
    // An operator's larger number does not raise TikTok's.
    let generous = VideoRules { max_bytes: u64::MAX, ..OFFICIAL };
    assert!(judge(&upright(), LARGEST_BYTES, &generous, None).is_ok());
    assert!(judge(&upright(), LARGEST_BYTES + 1, &generous, None).is_err());
}

#[test]
fn what_only_the_preset_asks_for_warns_first_and_refuses_when_chosen() {
    let said = |facts: VideoFacts, size_bytes: u64, sentence: &str| {
        assert_eq!(answers(&facts, size_bytes), (vec![sentence.to_owned()], Some(sentence.to_owned())));
    };
    let shape = VideoFacts { width: 1280, height: 720, coded_width: 1280, coded_height: 720, ..upright() };
    let (warnings, _) = answers(&shape, 1);
    assert_eq!(warnings, ["This video shows 1280×720; the strict preset asks for 9:16."]);
    let rounded = VideoFacts { width: 480, height: 854, ..upright() };
    said(rounded, 1, "This video shows 480×854; the strict preset asks for at least 540×960.");
    let short = VideoFacts { duration_millis: Some(14_500), ..upright() };
    said(short, 1, "This video is 0:14.5 long; the strict preset asks for at least 0:15.");
    said(upright(), 1_181_116_006, "This video has 1.18 GB; the strict preset allows 1 GB.");
    let webm = VideoFacts { container: Container::WebM, ..upright() };
    said(webm, 1, "This video is a WebM file; the strict preset asks for MP4 or MOV.");
}
