//! Files nobody should make.

use futures_util::StreamExt as _;
use greenroom::domain::bulk::{read_row, read_sheet};
use greenroom::domain::ids::MemberId;
use proptest::prelude::*;
use serde_json::json;

use super::{HEAD, attached, becomes, checks, in_review, sends};
use crate::studio::{Studio, button, id_of, padded, text_of};

#[tokio::test]
async fn what_is_no_table_of_posts_is_refused_plainly_and_nothing_is_kept() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let many = format!("{HEAD}\n{}", "tomorrow 18:00,a.mp4,x,,everyone\n".repeat(10_000));
    let files: [(&str, Vec<u8>); 8] = [
        ("empty.csv", b"\n".to_vec()),
        ("heading.csv", HEAD.as_bytes().to_vec()),
        ("many.csv", many.into_bytes()),
        ("week.xlsx", b"PK\x03\x04rest".to_vec()),
        ("latte.mp4", padded(20_000)),
        ("columns.csv", b"when,file,who\ntomorrow,a.mp4,everyone\n".to_vec()),
        ("typo.csv", b"when,video,privacy,disclosre\ntomorrow 18:00,a.mp4,everyone,own brand\n".to_vec()),
        ("cells.csv", b"when,video,privacy\ntomorrow 18:00,a.mp4,everyone,and more\n".to_vec()),
    ];
    let mut said = String::new();
    for (name, bytes) in files {
        let shown = checks(&mia, name, bytes).await;
        assert!(button(&shown, "Schedule").is_none());
        said.push_str(&format!("{name}\n{}\n\n", text_of(&shown)));
    }
    insta::assert_snapshot!(said);
    assert_eq!(studio.program().flows().store.post_by_number(studio.workspace(), 1).await.unwrap(), None);
    studio.closes().await;
}

#[tokio::test]
async fn a_file_in_another_encoding_with_german_headings_is_read() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("käse.mp4", padded(20_000))]);
    let text =
        "Sichtbarkeit;WANN;Text;Datei;Kommentare\r\nalle;morgen 18:00;\"Käse; für 3 €\n\"\"heute\"\"\";käse.mp4;ja\r\n";
    let windows: Vec<u8> = text
        .chars()
        .map(|letter| match letter {
            'ä' => 0xe4,
            'ü' => 0xfc,
            '€' => 0x80,
            plain => u8::try_from(plain).unwrap(),
        })
        .collect();
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [windows, utf16, text.as_bytes().to_vec()] {
        let shown = checks(&mia, "woche.csv", bytes).await;
        assert!(text_of(&shown).contains("1 row can be scheduled"), "{}", text_of(&shown));
        let store = &studio.program().flows().store;
        let newest =
            store.post_by_number(studio.workspace(), studio.newest_post().await.number).await.unwrap().unwrap();
        assert_eq!(newest.caption.as_str(), "Käse; für 3 €\n\"heute\"");
        assert!(newest.choices.comments);
    }
    // Each check takes the place of the one before it.
    let store = &studio.program().flows().store;
    let member = MemberId(studio.discord.member_id("mia").unwrap());
    assert_eq!(store.waiting_batches(studio.workspace(), member).await.unwrap().len(), 1);
    assert_eq!(in_review(&studio).await, 0);
    studio.closes().await;
}

#[tokio::test]
async fn formulas_and_mentions_are_shown_and_given_back_harmlessly() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    let file = format!(
        "{HEAD}\n=1+1,+a.mp4,@SUM(1),-x,\"=HYPERLINK(\"\"http://evil.example\"\")\"\n@everyone,`a`.mp4,<@&1>,**b**,everyone\n"
    );
    let shown = checks(&mia, "@everyone.csv", file).await;
    let given = attached(&studio, &shown);
    for line in given.lines().skip(1).filter(|line| line.starts_with('1')) {
        assert!(line.starts_with("1,'=1+1,'+a.mp4,'@SUM(1),'-x,\"'=HYPERLINK"), "{line}");
    }
    let said = text_of(&shown);
    assert!(!said.contains("@everyone is") && !said.contains("<@&1>"), "{said}");
    assert!(studio.discord.pings().iter().all(|ping| !ping.everyone && ping.roles.is_empty()));
    studio.closes().await;
}

#[tokio::test]
async fn a_video_that_no_row_needs_is_not_kept() {
    let studio = Studio::open().await;
    let cafe = studio.connects_account("harbour.cafe").await;
    // Shorter than the clip, and known only once the clip is here.
    assert!(studio.tiktok.change_creator(&cafe.name, |creator| creator.max_duration_seconds = 1));
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("latte.mp4", padded(20_000))]);
    let shown = checks(&mia, "week.csv", format!("{HEAD}\ntomorrow 18:00,latte.mp4,Latte,,everyone\n")).await;
    assert!(button(&shown, "Schedule").is_none(), "{}", text_of(&shown));
    assert!(text_of(&shown).contains("allows this creator 0:01"), "{}", text_of(&shown));
    assert_eq!(studio.program().flows().media.keys().count().await, 0);
    studio.closes().await;
}

#[tokio::test]
async fn the_history_of_a_row_begins_where_it_was_handed_in() {
    let studio = Studio::open().await;
    studio.connects_account("harbour.cafe").await;
    let mia = studio.member("mia");
    sends(&studio, "mia", &[("latte.mp4", padded(20_000))]);
    let shown = checks(&mia, "week.csv", format!("{HEAD}\ntomorrow 18:00,latte.mp4,Latte,,everyone\n")).await;
    becomes(&studio, &mia, id_of(&shown), "Schedule 1 row").await;
    studio.settles().await;
    let told = text_of(&mia.runs(&["post", "history"], &[("post", json!(1))]).await);
    let (drafted, submitted) = (told.find("Handed in"), told.find("ubmitted"));
    assert!(drafted.is_some() && drafted < submitted, "{told}");
    studio.closes().await;
}

proptest! {
    #[test]
    fn no_bytes_make_a_file_that_cannot_be_judged(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(sheet) = read_sheet(&bytes) {
            for row in 0..sheet.rows.len() {
                let _ = read_row(&sheet, row);
            }
        }
    }

    #[test]
    fn no_cells_choose_who_can_see_it_for_anybody(
        when in "\\PC{0,20}", video in "\\PC{0,20}", privacy in "\\PC{0,12}", delimiter in "[,;|\t]",
    ) {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let cells = [cell(&when), cell(&video), cell(&privacy)].join(&delimiter);
        let text = format!("when{delimiter}video{delimiter}privacy\n{cells}\n");
        if let Ok(sheet) = read_sheet(text.as_bytes())
            && let Ok(wish) = read_row(&sheet, 0)
        {
            let level = wish.choices.privacy.expect("a good row has chosen");
            prop_assert!(!privacy.trim().is_empty(), "{level} was chosen for somebody");
        }
    }
}
