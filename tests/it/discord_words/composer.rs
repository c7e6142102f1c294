//! TikTok's audit list, point by point, in what the composer shows.
//! <https://developers.tiktok.com/doc/content-sharing-guidelines>

use greenroom::discord::buttons::{ReasonKind, caption_form, edit_form, reason_form, schedule_form, time_form};
use greenroom::discord::cards::Preview;
use greenroom::discord::composer::{ComposerView, composer, composer_with_preview};
use greenroom::domain::account::Delivery;
use greenroom::domain::creator::{Choices, Privacy};
use greenroom::domain::ids::{ChannelId, MessageId};
use greenroom::domain::post::{Due, Post};
use greenroom::words::{Language, in_language};

use super::aloud::{in_each_language, json, list, read_aloud, text};
use super::scenes::{account, creator, draft, in_review, video};

fn shown(post: &Post, audited: bool) -> String {
    let video = video();
    read_aloud(&composer(&ComposerView { post, video: &video, audited, problems: &[], asks: None }))
}

fn choosing(choices: Choices) -> Post {
    Post { choices, ..draft() }
}

#[test]
fn a_fresh_composer_has_chosen_nothing_for_anybody() {
    let said = shown(&draft(), true);
    assert!(said.contains("Posting to TikTok account: Harbour Café (@harbour.cafe)"), "1a: whose account");
    assert!(said.contains("may post up to 10:00"), "1c: the creator's longest video");
    assert!(said.contains("{Who can see this video?: Everyone = PUBLIC_TO_EVERYONE | "), "2b: nothing is preselected");
    assert!(said.contains("[Comments: off] (Duet: off) [Stitch: off]"), "2c: off, and closed where the creator did so");
    assert!(said.contains("[Content disclosure: off]"), "3a: off until turned on");
    assert!(!said.contains("labeled as"), "3a: labels only after a choice");
    assert!(said.contains("(Submit for review)"), "2b: nothing can be submitted before a choice");
    assert!(said.contains("may take a few minutes"), "5d: processing takes a while");
    insta::assert_snapshot!(said);
}

#[test]
fn a_complete_composer_can_be_submitted() {
    let post = Post { state: draft().state, ..in_review() };
    let said = shown(&post, true);
    assert!(said.contains("*Everyone = PUBLIC_TO_EVERYONE") && said.contains("[Submit for review]"), "{said}");
    assert!(!said.contains("Not ready yet"), "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn the_consent_stands_right_above_the_buttons() {
    let consents = [
        (false, "By posting, you agree to TikTok's [Music Usage Confirmation]("),
        (true, {
            "By posting, you agree to TikTok's [Branded Content Policy](https://www.tiktok.com/legal/page/global/bc-policy/en) \
         and [Music Usage Confirmation](https://www.tiktok.com/legal/page/global/music-usage-confirmation/en)."
        }),
    ];
    for (branded_content, sentence) in consents {
        let video = video();
        let post = choosing(Choices { discloses: true, branded_content, ..Choices::default() });
        let view = ComposerView { post: &post, video: &video, audited: true, problems: &[], asks: None };
        let json = json(&composer(&view));
        let last = list(&json["embeds"][0]["fields"]).last().expect("fields").clone();
        assert!(text(&last["value"]).starts_with(sentence), "{last}");
    }
}

#[test]
fn a_disclosure_says_what_the_video_will_be_labeled_as() {
    let base = Choices { privacy: Some(Privacy::PublicToEveryone), discloses: true, ..Choices::default() };
    let nothing = shown(&choosing(base), true);
    let sentence = "You need to indicate if your content promotes yourself, a third party, or both.";
    assert!(nothing.contains(sentence) && nothing.contains("(Submit for review)"), "{nothing}");
    let own = shown(&choosing(Choices { own_brand: true, ..base }), true);
    assert!(own.contains("Your photo/video will be labeled as 'Promotional content'"), "{own}");
    assert!(!own.contains("Branded Content Policy"), "{own}");
    for own_brand in [false, true] {
        let branded = shown(&choosing(Choices { own_brand, branded_content: true, ..base }), true);
        assert!(branded.contains("Your photo/video will be labeled as 'Paid partnership'"), "{branded}");
        assert!(branded.contains("Branded content visibility cannot be set to private."), "{branded}");
        assert!(!branded.contains("SELF_ONLY"), "{branded}");
    }
    insta::assert_snapshot!(shown(&choosing(Choices { own_brand: true, branded_content: true, ..base }), true));
}

#[test]
fn private_branded_content_cannot_be_submitted() {
    let choices =
        Choices { privacy: Some(Privacy::SelfOnly), discloses: true, branded_content: true, ..Choices::default() };
    let said = shown(&choosing(choices), true);
    assert!(said.contains("**Not ready yet:** Branded content visibility cannot be set to private."), "{said}");
    assert!(said.contains("(Submit for review)"), "{said}");
    let unaudited = shown(&choosing(choices), false);
    assert!(unaudited.contains("(disabled): Nothing to choose from"), "{unaudited}");
}

#[test]
fn before_the_audit_only_private_posts_are_offered_and_the_reason_is_said() {
    let said = shown(&draft(), false);
    assert!(said.contains("{Who can see this video?: Only you = SELF_ONLY}"), "{said}");
    assert!(said.contains("Until TikTok has audited this app, only *Only you* works."), "{said}");
    assert!(said.contains("only while the account itself is private, which this one is not"), "{said}");
    let mut post = choosing(Choices { privacy: Some(Privacy::SelfOnly), ..Choices::default() });
    let not_yet = shown(&post, false);
    assert!(not_yet.contains("**Not ready yet:**"), "TikTok would refuse it: {not_yet}");
    assert!(not_yet.contains("[Submit for review]"), "the account may be private by now: {not_yet}");
    post.creator.privacy_options = vec![Privacy::FollowerOfCreator, Privacy::SelfOnly];
    let ready = shown(&post, false);
    assert!(ready.contains("*Only you = SELF_ONLY") && ready.contains("[Submit for review]"), "{ready}");
}

#[test]
fn what_the_creator_has_closed_since_can_only_be_turned_off() {
    let mut post = choosing(Choices { privacy: Some(Privacy::SelfOnly), duet: true, ..Choices::default() });
    post.creator.comment_disabled = true;
    let said = shown(&post, true);
    assert!(said.contains("(Comments: off) [Duet: on]"), "{said}");
    assert!(said.contains("Switched off in this creator's TikTok settings: comments and duet."), "{said}");
    assert!(said.contains("This creator has switched duets off."), "{said}");
}

#[test]
fn warnings_are_shown_once_and_drafts_say_where_they_end_up() {
    let video = video();
    let warning = "Another post goes to this account 10 minutes earlier.".to_owned();
    let post = Post {
        warnings: vec![warning.clone()],
        due: Due::Asap,
        creator: creator(),
        delivery: Delivery::Draft,
        ..draft()
    };
    let problems = [warning, "This video was posted on 12 Nov already.".to_owned()];
    let view = ComposerView { post: &post, video: &video, audited: true, problems: &problems, asks: None };
    let said = read_aloud(&composer(&view));
    assert_eq!(said.matches("10 minutes earlier").count(), 1, "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn the_video_can_be_watched_before_it_is_submitted() {
    let (post, video) = (draft(), video());
    let view = ComposerView { post: &post, video: &video, audited: true, problems: &[], asks: None };
    let said = read_aloud(&composer_with_preview(&view, Preview::Link("https://greenroom.example/preview/abc")));
    assert!(said.ends_with("<Watch the video → https://greenroom.example/preview/abc>"), "5a: {said}");
    let attached = read_aloud(&composer_with_preview(&view, Preview::Attached("latte_final.mp4")));
    assert!(attached.contains("The attached file is what would go out."), "5a: {attached}");
}

#[test]
fn forms_are_filled_in_with_what_is_there() {
    in_each_language(|| {
        let post = in_review();
        let revision = post.revision();
        let forms = [
            caption_form(&draft()),
            time_form(&post, chrono_tz::Tz::America__New_York),
            reason_form(&post, revision, ReasonKind::Decline),
            reason_form(&post, revision, ReasonKind::RequestChanges),
            edit_form(&post, chrono_tz::Tz::America__New_York),
            schedule_form((ChannelId(60), MessageId(70)), 1, "", &[]),
            schedule_form((ChannelId(60), MessageId(70)), 2, "Latte", &[account(), account()]),
        ];
        let said: Vec<String> = forms
            .iter()
            .map(|form| {
                let json = serde_json::to_value(form).expect("a form is JSON");
                assert!(text(&json["title"]).chars().count() <= 45);
                let inputs = list(&json["components"]).iter().map(|row| {
                    let input = &row["components"][0];
                    assert!(
                        text(&input["label"]).chars().count() <= 45
                            && text(&input["placeholder"]).chars().count() <= 100
                    );
                    let needed = if input["required"] == false { "optional" } else { "required" };
                    format!(
                        "  {} ({needed}): {:?} · {}",
                        text(&input["label"]),
                        text(&input["value"]),
                        text(&input["placeholder"])
                    )
                });
                format!("{}\n{}", text(&json["title"]), inputs.collect::<Vec<_>>().join("\n"))
            })
            .collect();
        insta::assert_snapshot!(said.join("\n\n"));
    });
}

#[test]
fn the_composer_says_everything_in_german_too() {
    let complete = Post { state: draft().state, ..in_review() };
    let base = Choices { privacy: Some(Privacy::PublicToEveryone), discloses: true, ..Choices::default() };
    let branded = choosing(Choices { own_brand: true, branded_content: true, ..base });
    let drafted = Post { delivery: Delivery::Draft, due: Due::Asap, ..draft() };
    let said = in_language(Language::German, || {
        [
            shown(&draft(), true),
            shown(&complete, true),
            shown(&branded, true),
            shown(&drafted, true),
            shown(&draft(), false),
        ]
    });
    insta::assert_snapshot!(said.join("\n\n"));
}
