//! Every clip is read as ffprobe reads it, and nothing that can be put into a file makes the prober panic, hang or take
//! memory by a number it was told.

use std::fs::{self, File};
use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use greenroom::domain::video::{Preset, VideoFacts, VideoRules, judge};
use greenroom::media::probe::{ProbeError, probe, probe_path};
use proptest::prelude::*;

fn clips() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/clips")
}

fn read(name: &str) -> Result<VideoFacts, ProbeError> {
    probe(File::open(clips().join(name)).unwrap())
}

/// What the prober says about a file it does not take.
fn refusal(name: &str) -> String {
    match read(name) {
        Err(ProbeError::Refused(refusal)) => refusal.to_string(),
        other => panic!("{name}: {other:?}"),
    }
}

/// The rows of the first table in the clips' README, whose values are ffprobe's.
fn table() -> Vec<Vec<String>> {
    let readme = fs::read_to_string(clips().join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| `")).take_while(|line| !line.contains("`bad_"));
    rows.map(|row| row.split('|').skip(1).map(|cell| cell.trim().trim_matches('`').to_owned()).collect()).collect()
}

/// Thousandths of a number in the table.
fn thousandths(cell: &str) -> Option<u64> {
    let (whole, rest) = cell.split_once('.').unwrap_or((cell, ""));
    format!("{whole}{rest:0<3}").parse().ok()
}

/// The clips that are no video TikTok takes at all, so that there are no facts to compare.
fn is_other(row: &[String]) -> bool {
    let codec = row[3].as_str();
    row[2].starts_with("Matroska") || row[2] == "GIF" || ["none"].contains(&codec) || codec.starts_with(['a', 'm'])
}

#[test]
fn every_clip_has_the_facts_that_ffprobe_found() {
    let rows: Vec<_> = table().into_iter().filter(|row| !is_other(row)).collect();
    assert_eq!(rows.len(), 28);
    for row in rows {
        let name = &row[0];
        let facts = read(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let container = row[2].split(' ').next().unwrap();
        assert_eq!(facts.container.to_string(), container, "{name}");
        let codec = row[3].split(' ').next().unwrap().replace("hevc", "h265");
        assert_eq!(facts.codec.to_string().to_lowercase().replace('.', ""), codec, "{name}");
        assert_eq!(format!("{}x{}", facts.coded_width, facts.coded_height), row[4], "{name}");
        assert_eq!(facts.turn_degrees.to_string(), row[5], "{name}");
        assert_eq!(format!("{}x{}", facts.width, facts.height), row[6], "{name}");
        let (length, said) = (facts.duration_millis, thousandths(&row[7]));
        // Edit lists are written in whole milliseconds, rounded up.
        assert!(length == said || length == said.map(|millis| millis + 1), "{name}: {length:?} ms");
        let (rate, said) = (facts.frames_per_second_milli.unwrap(), thousandths(&row[8]).unwrap());
        assert!(u64::from(rate).abs_diff(said) <= 5, "{name}: {rate} frames in 1000 s");
        let audio = facts.audio.map_or("none".to_owned(), |audio| audio.to_string().to_lowercase());
        assert_eq!(audio, row[9], "{name}: sound");
    }
}

#[test]
fn every_clip_is_judged_as_its_row_says() {
    for row in table().into_iter().filter(|row| !is_other(row)) {
        let facts = read(&row[0]).unwrap();
        let answer = |preset| {
            let rules = VideoRules { preset, max_bytes: 4_000_000_000 };
            match judge(&facts, row[1].parse().unwrap(), &rules, None) {
                Ok(_) => "yes",
                Err(_) => "no",
            }
        };
        let official = if row[10] == "yes" { "yes" } else { "no" };
        assert_eq!(answer(Preset::Official), official, "{}", row[0]);
        // The preset names MP4 and MOV only, although TikTok takes WebM.
        let strict = if row[11] == "yes" && row[2] != "WebM" { "yes" } else { "no" };
        assert_eq!(answer(Preset::Strict), strict, "{}", row[0]);
    }
}

#[test]
fn what_tiktok_does_not_take_is_refused_by_name() {
    let refused = |name: &str, said: &str| assert_eq!(refusal(name), said, "{name}");
    let codecs = "TikTok takes H.264, H.265, VP8 and VP9.";
    refused("tiktok_no_540x960_15s_av1.mp4", &format!("This video is written in AV1; {codecs}"));
    refused("tiktok_no_540x960_15s_mpeg4part2.mp4", &format!("This video is written in MPEG-4 part 2; {codecs}"));
    let other = "This file is not a video TikTok takes: it looks like";
    refused("tiktok_no_540x960_16s_matroska.mkv", &format!("{other} a Matroska file (MKV)."));
    refused("tiktok_no_animated.gif", &format!("{other} a GIF."));
    refused("bad_html_error_page.mp4", &format!("{other} a web page."));
    refused("bad_zero_byte.mp4", &format!("{other} an empty file."));
    refused("tiktok_no_audio_only_16s.m4a", "This file has no picture in it.");
}

#[test]
fn a_rate_that_varies_has_its_peak() {
    let facts = read("ok_540x960_16s_vfr_60then30_h264.mp4").unwrap();
    assert_eq!(facts.peak_frames_per_second_milli, Some(60_000));
}

#[test]
fn a_file_cut_short_says_where() {
    for name in [
        "bad_truncated_faststart_half.mp4",
        "bad_truncated_half.webm",
        "bad_truncated_inside_moov.mp4",
        "bad_truncated_moov_at_end_lost.mp4",
    ] {
        assert!(refusal(name).starts_with("This file is cut short"), "{name}: {}", refusal(name));
    }
}

#[test]
fn hostile_files_get_an_error_or_a_plain_answer() {
    // What is damaged in these, the prober has no need to read, or it is said a second time elsewhere.
    let taken = [
        "bad_avcC_garbage.mp4",
        "bad_deep_nesting_in_moof.mp4",
        "bad_deep_nesting_in_sample_entry.mp4",
        "bad_deep_nesting_in_traf.mp4",
        "bad_mdhd_duration_max.mp4",
        "bad_no_stco.mp4",
        "bad_stco_count_max.mp4",
        "bad_stsc_count_max.mp4",
        "bad_stsc_count_zero.mp4",
        "bad_stsc_first_chunk_max.mp4",
        "bad_stsz_count_max.mp4",
        "bad_stsz_fixed_size_count_max.mp4",
        "bad_trailing_junk.mp4",
        "bad_webm_codecid_len_huge.webm",
    ];
    let mut seen = 0;
    for entry in fs::read_dir(clips()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("bad_") {
            seen += 1;
            match read(&name) {
                Ok(facts) => {
                    assert!(taken.contains(&name.as_str()), "{name} was taken");
                    assert_eq!(facts.duration_millis.map(|millis| millis / 100), Some(150), "{name}");
                }
                Err(error) => assert!(!taken.contains(&name.as_str()), "{name}: {error}"),
            }
        }
    }
    assert_eq!(seen, 42);
}

/// A reader that counts what is really read.
struct Counting<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn a_file_of_four_gigabytes_costs_a_few_kilobytes_of_reading() {
    let clip = fs::read(clips().join("ok_1080x1920_15s_24fps_h264_aac_moov_at_end.mp4")).unwrap();
    let total: u64 = 4_294_967_296;
    let mut file = tempfile::tempfile().unwrap();
    // A box that is a hole, between the picture and the table of contents at the end.
    let moov = clip.windows(4).position(|four| four == b"moov").unwrap() - 4;
    file.write_all(&clip[..moov]).unwrap();
    file.write_all(&[&1_u32.to_be_bytes(), &b"free"[..], &(total - clip.len() as u64).to_be_bytes()].concat()).unwrap();
    file.seek(SeekFrom::Start(total - (clip.len() - moov) as u64)).unwrap();
    file.write_all(&clip[moov..]).unwrap();
    assert_eq!(file.metadata().unwrap().len(), total);

    let mut counting = Counting { inner: file, bytes: 0 };
    let facts = probe(&mut counting).unwrap();
    assert_eq!(facts.summary(total), "MP4 · H.264 · 1080×1920 · 0:15 · 24 fps · 4.29 GB");
    assert!(counting.bytes < 64 * 1024, "{} bytes read", counting.bytes);
}

#[tokio::test]
async fn a_file_on_disk_is_read_without_blocking_the_others() {
    let facts = probe_path(&clips().join("ok_1080x1920_15s_24fps_h264_silent_tiny.mp4")).await.unwrap();
    assert_eq!(facts.summary(19_494), "MP4 · H.264 · 1080×1920 · 0:15 · 24 fps · silent · 19 kB");
    let nowhere = probe_path(&clips().join("nowhere.mp4")).await;
    assert!(matches!(nowhere, Err(ProbeError::Unreadable(_))));
}

/// Every clip and hostile file, to be changed at random.
fn seeds() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let mut names: Vec<_> = fs::read_dir(clips()).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names.into_iter().map(|path| fs::read(path).unwrap()).filter(|bytes| bytes.len() > 16).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(
        start in prop::sample::select(vec![&b"\0\0\0\x10ftypisom\0\0\0\0"[..], b"\x1A\x45\xDF\xA3", b""]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let _ = probe(Cursor::new([start, &rest].concat()));
    }

    #[test]
    fn a_changed_clip_is_answered(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..24),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = which.get(seeds()).clone();
        for (place, value, near) in changes {
            // Tables live near the two ends; most of the rest is picture that nobody reads.
            let room = if near { bytes.len().min(1500) } else { bytes.len() };
            let at = place.index(room);
            let at = if value & 1 == 0 { at } else { bytes.len() - 1 - at };
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(facts) = probe(Cursor::new(bytes)) {
            prop_assert!(!facts.summary(1).is_empty());
        }
    }
}
