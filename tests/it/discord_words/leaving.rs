//! What managers read when they take everything away, or have it erased.

use greenroom::discord::words::{erase_asks, erased, erasing, export_too_large, exported};
use greenroom::store::Holdings;

use super::aloud::{in_each_language, read_aloud};

fn much() -> Holdings {
    Holdings {
        posts: 42,
        waiting: 3,
        leaving: 2,
        videos: 5,
        video_bytes: 1_180_000_000,
        accounts: 2,
        snapshots: 61,
        entries: 208,
    }
}

fn little() -> Holdings {
    let none = Holdings::default();
    Holdings { posts: 1, waiting: 1, leaving: 1, videos: 1, accounts: 1, snapshots: 1, entries: 1, ..none }
}

#[test]
fn the_way_out_says_what_goes_and_what_stays() {
    in_each_language(|| {
        let faces = [
            erase_asks("Harbour Café", &much(), false),
            erase_asks("Har`bour @everyone", &little(), true),
            erase_asks("Harbour", &Holdings::default(), false),
            erased(&much()),
            erasing(&much()),
            erasing(&little()),
            erasing(&Holdings::default()),
            exported(&vec![("posts", 42), ("accounts", 1), ("snapshots", 61), ("audit", 208)]),
            export_too_large(10 * 1024 * 1024, 7),
        ];
        insta::assert_snapshot!(faces.iter().map(read_aloud).collect::<Vec<_>>().join("\n\n"));
    });
}
