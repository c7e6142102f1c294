//! What a fingerprint covers.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use greenroom::domain::caption::Caption;
use greenroom::domain::creator::{Choices, Privacy};
use greenroom::domain::ids::{AccountId, VideoId};
use greenroom::domain::post::{Due, Post, Revision};
use proptest::prelude::*;

use super::given::{at, draft};

fn variants() -> Vec<(&'static str, Post)> {
    let chosen = |change: fn(&mut Choices)| {
        let mut post = draft();
        change(&mut post.choices);
        post
    };
    vec![
        ("as it is", draft()),
        ("another video", Post { video_sha256: [8; 32], ..draft() }),
        ("another caption", Post { caption: Caption::new("Friday latte!").unwrap(), ..draft() }),
        ("no caption", Post { caption: Caption::default(), ..draft() }),
        ("another account", Post { account: AccountId::new(at(9)), ..draft() }),
        ("a millisecond later", Post { due: Due::At(at(60) + TimeDelta::milliseconds(1)), ..draft() }),
        ("asap", Post { due: Due::Asap, ..draft() }),
        ("no privacy", chosen(|choices| choices.privacy = None)),
        ("friends", chosen(|choices| choices.privacy = Some(Privacy::MutualFollowFriends))),
        ("followers", chosen(|choices| choices.privacy = Some(Privacy::FollowerOfCreator))),
        ("only self", chosen(|choices| choices.privacy = Some(Privacy::SelfOnly))),
        ("comments", chosen(|choices| choices.comments = true)),
        ("duet", chosen(|choices| choices.duet = true)),
        ("stitch", chosen(|choices| choices.stitch = true)),
        ("discloses", chosen(|choices| choices.discloses = true)),
        ("own brand", chosen(|choices| choices.own_brand = true)),
        ("branded content", chosen(|choices| choices.branded_content = true)),
        ("AI generated", chosen(|choices| choices.ai_generated = true)),
        ("cover", chosen(|choices| choices.cover_millis = 1)),
    ]
}

#[test]
fn every_part_of_what_would_go_out_makes_another_revision() {
    let variants = variants();
    let revisions: BTreeSet<_> = variants.iter().map(|(_, post)| *post.revision().as_bytes()).collect();
    assert_eq!(revisions.len(), variants.len());
}

#[test]
fn what_does_not_go_out_makes_no_other_revision() {
    let post = draft();
    let same = Post {
        video: VideoId::new(at(9)),
        zone: chrono_tz::Tz::UTC,
        warnings: vec!["It has no sound.".into()],
        in_spite_of: Vec::new(),
        number: 43,
        version: 9,
        ..post.clone()
    };
    assert_eq!(same.revision(), post.revision());
}

#[test]
fn a_revision_is_read_back_as_it_was_written() {
    let revision = draft().revision();
    assert_eq!(revision.to_string().len(), 43);
    assert_eq!(revision.to_string().parse(), Ok(revision));
    assert_eq!(Revision::from_bytes(*revision.as_bytes()), revision);
    assert!("latte".parse::<Revision>().is_err());
    assert_eq!(format!("{revision:?}"), format!("Revision({})", revision.short()), "a log shows what people see");
}

/// A post whose parts all come from two texts and a number, so that a letter can move between neighbours.
fn made_of(caption: &str, privacy: Option<Privacy>, cover_millis: u32, due: Due) -> Post {
    let choices = Choices { privacy, cover_millis, ..Choices::default() };
    Post { caption: Caption::new(caption).unwrap(), choices, due, ..draft() }
}

#[test]
fn a_letter_that_moves_into_the_next_part_makes_another_revision() {
    // Read without their lengths, the parts of each pair are the same letters in the same order.
    let pairs = [
        (made_of("latte", Some(Privacy::SelfOnly), 0, Due::Asap), made_of("latteSELF_ONLY", None, 0, Due::Asap)),
        (made_of("PUBLIC_TO_EVERYONE", None, 0, Due::Asap), made_of("", Some(Privacy::PublicToEveryone), 0, Due::Asap)),
    ];
    for (one, other) in pairs {
        assert_ne!(one.revision(), other.revision());
    }
}

proptest! {
    #[test]
    fn two_posts_have_one_revision_only_when_the_same_would_go_out(
        one in ("[a-cSELF_ONLY]{0,12}", 0..5_usize, 0..3_u32, 0..3_i64),
        other in ("[a-cSELF_ONLY]{0,12}", 0..5_usize, 0..3_u32, 0..3_i64),
    ) {
        let made = |(caption, privacy, cover, due): &(String, usize, u32, i64)| {
            let due = if *due == 0 { Due::Asap } else { Due::At(at(*due)) };
            made_of(caption, Privacy::ALL.get(*privacy).copied(), *cover, due)
        };
        prop_assert_eq!(made(&one).revision() == made(&other).revision(), one == other);
    }
}
