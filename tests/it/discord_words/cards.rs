//! A review card through both lives of its post.

use greenroom::discord::cards::{CardView, Preview, Reading, card, card_with_numbers, marker};
use greenroom::discord::lists::shown;
use greenroom::discord::look::Standing;
use greenroom::domain::breaker::BreakerKind;
use greenroom::domain::creator::Privacy;
use greenroom::domain::post::{Due, Post, PostState};
use greenroom::domain::publication::{Next, Publication, PublicationState, Setback, Whose};
use greenroom::domain::review::Word;
use greenroom::tiktok::trouble::{FailKind, Kind, stops};

use super::aloud::{in_each_language, json, read_aloud};
use super::scenes::{
    account, approved, draft, due, in_review, now, publication, publications, video, with_verdicts, workspace,
};

struct Scene {
    account: greenroom::domain::account::Account,
    video: greenroom::domain::video::Video,
    workspace: greenroom::domain::workspace::Workspace,
}

fn scene() -> Scene {
    Scene { account: account(), video: video(), workspace: workspace() }
}

impl Scene {
    fn view<'a>(&'a self, post: &'a Post, publication: Option<&'a Publication>) -> CardView<'a> {
        CardView {
            post,
            publication,
            account: &self.account,
            video: &self.video,
            workspace: &self.workspace,
            superseded: false,
            preview: Preview::Attached("latte_final.mp4"),
            first: false,
            stopped: None,
            paused: None,
            now: now(),
        }
    }
}

fn with_warnings(post: Post) -> Post {
    Post { warnings: vec!["Another post goes to this account 10 minutes earlier.".into()], ..post }
}

#[test]
fn a_new_card_shows_everything_and_pings_the_reviewers_once() {
    in_each_language(|| {
        let (scene, post) = (scene(), with_warnings(in_review()));
        let first = read_aloud(&card(&CardView { first: true, ..scene.view(&post, None) }));
        let again = read_aloud(&card(&scene.view(&post, None)));
        assert_eq!(first, format!("{again}\npings: roles \"50\""));
        insta::assert_snapshot!(first);
    });
}

#[test]
fn a_card_counts_approvals_and_names_who_wants_changes() {
    in_each_language(|| {
        let scene = scene();
        let changes = Word::RequestChanges { reason: "The logo of a *brand* is in frame.".into() };
        let post = with_verdicts(in_review(), &[("rui", Word::Approve), ("kim_*", changes)]);
        let link = "https://greenroom.example/preview/abc";
        insta::assert_snapshot!(read_aloud(&card(&CardView {
            preview: Preview::Link(link),
            ..scene.view(&post, None)
        })));
    });
}

#[test]
fn a_superseded_card_shows_nothing_that_could_be_judged() {
    let (scene, post) = (scene(), in_review());
    let said = read_aloud(&card(&CardView { superseded: true, first: true, ..scene.view(&post, None) }));
    assert!(!said.contains(&post.revision().short()) && !said.contains("Approve"), "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn a_post_that_ended_says_how_and_what_can_be_done() {
    in_each_language(|| {
        let scene = scene();
        let declined = with_verdicts(in_review(), &[("rui", Word::Decline { reason: Some("Not our tone.".into()) })]);
        let posts = [
            Post { state: PostState::Declined { at: now() }, ..declined },
            Post { state: PostState::Lapsed { at: now() }, due: Due::Asap, ..in_review() },
            Post { state: PostState::Withdrawn { at: now() }, ..in_review() },
        ];
        let said = posts.map(|post| brief(&read_aloud(&card(&scene.view(&post, None)))));
        insta::assert_snapshot!(said.join("\n\n"));
    });
}

#[test]
fn a_publication_is_told_step_by_step() {
    in_each_language(|| {
        let (scene, post) = (scene(), approved());
        let mut said = vec![brief(&read_aloud(&card(&scene.view(&post, None))))];
        for publication in &publications() {
            said.push(brief(&read_aloud(&card(&scene.view(&post, Some(publication))))));
        }
        insta::assert_snapshot!(said.join("\n\n"));
    });
}

#[test]
fn a_due_post_goes_out_within_moments_and_a_private_one_has_no_link() {
    let (scene, mut post) = (scene(), approved());
    let publications = publications();
    let late = CardView { now: due(), ..scene.view(&post, Some(&publications[0])) };
    assert!(read_aloud(&card(&late)).contains("It goes out within moments."));
    post.choices.privacy = Some(Privacy::SelfOnly);
    let published = publications.iter().rfind(|one| Standing::of(&post, Some(one)) == Standing::Published);
    assert!(read_aloud(&card(&scene.view(&post, published))).contains("so there is no link to share."));
}

#[test]
fn an_emptied_inbox_card_offers_the_caption_to_copy() {
    in_each_language(|| {
        let (scene, post) = (scene(), approved());
        let publications = publications();
        let inbox = publications.iter().find(|one| Standing::of(&post, Some(one)) == Standing::InInbox);
        insta::assert_snapshot!(read_aloud(&card(&scene.view(&post, inbox))));
    });
}

#[test]
fn every_state_has_its_colour_on_the_card_and_the_marker_in_its_footer() {
    let (scene, post) = (scene(), approved());
    for publication in &publications() {
        let json = json(&card(&scene.view(&post, Some(publication))));
        let standing = Standing::of(&post, Some(publication));
        assert_eq!(json["embeds"][0]["color"], standing.colour().0);
        assert_eq!(json["embeds"][0]["footer"]["text"], marker(post.number, post.revision()));
    }
}

#[test]
fn a_published_card_tells_how_the_video_did() {
    let (scene, post) = (scene(), approved());
    let publications = publications();
    let reading = |after_hours| Reading { after_hours, views: 12_345, likes: 678, comments: 9, shares: 0 };
    let said = read_aloud(&card_with_numbers(
        &scene.view(&post, Some(&publications[6])),
        &[reading(1), reading(24), reading(168)],
    ));
    assert!(said.contains("After 24 h: views 12.3k · likes 678 · comments 9 · shares 0\n│   After 7 days: "), "{said}");
}

#[test]
fn one_post_is_shown_privately_with_what_its_author_can_do() {
    let (scene, post) = (scene(), in_review());
    let said = read_aloud(&shown(&CardView { first: true, ..scene.view(&post, None) }));
    assert!(!said.contains("[Approve]") && !said.contains("pings"), "{said}");
    let draft = draft();
    insta::assert_snapshot!(format!("{said}\n\n{}", brief(&read_aloud(&shown(&scene.view(&draft, None))))));
}

/// The lines that differ from state to state: the title, the first lines, the buttons.
fn brief(said: &str) -> String {
    let head = said.lines().take_while(|line| !line.contains("**Caption"));
    let buttons = said.lines().filter(|line| line.starts_with(['[', '(', '<']));
    head.chain(buttons).filter(|line| line.trim() != "│").collect::<Vec<_>>().join("\n")
}

#[test]
fn every_failure_offers_the_button_that_helps() {
    let (scene, post) = (scene(), approved());
    let kinds = Kind::ALL.iter().map(|kind| (kind.code(), kind.sentence(), kind.hint(), kind.whose()));
    let reasons = FailKind::ALL.iter().map(|kind| (kind.code(), kind.sentence(), kind.hint(), kind.whose()));
    for (code, said, hint, whose) in kinds.chain(reasons) {
        let setback = Setback { code: code.into(), said, hint: hint.clone(), whose, next: Next::Never };
        let publication = publication(PublicationState::Failed { setback, at: due() });
        let card = read_aloud(&card(&scene.view(&post, Some(&publication))));
        assert!(card.contains("[Try again]"), "{code}: {card}");
        assert_eq!(card.contains("[Edit]"), whose == Whose::Author, "{code}: {card}");
        assert!(card.contains("hint: "), "{code}: {card}");
        if stops(code) == Some(BreakerKind::Reconnect) {
            assert!(hint.contains("connect the account again"), "{code}: {hint}");
        }
    }
}
