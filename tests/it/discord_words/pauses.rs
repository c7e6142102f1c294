//! The stop button, read aloud.

use greenroom::discord::cards::{CardView, Preview, card};
use greenroom::discord::words::{AccountLine, accounts, paused, paused_now, resumed, resumed_now};
use greenroom::domain::ids::MemberId;
use greenroom::domain::pause::Pause;
use greenroom::flows::pause::{Paused, Resumed};

use super::aloud::{in_each_language, read_aloud};
use super::scenes;

const BY: MemberId = MemberId(20);

fn all(faces: &[greenroom::discord::face::Face]) -> String {
    faces.iter().map(read_aloud).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn whoever_presses_the_stop_button_reads_what_it_did() {
    in_each_language(|| {
        let account = scenes::account();
        let still = Some(scenes::paused("ada", None));
        insta::assert_snapshot!(all(&[
            paused_now(&Paused { account: None, stopped: vec![], past: vec![] }),
            paused_now(&Paused { account: Some(account.clone()), stopped: vec![3, 4], past: vec![2] }),
            resumed_now(&Resumed { account: None, held: 0, still: None }),
            resumed_now(&Resumed { account: Some(account.clone()), held: 1, still: None }),
            resumed_now(&Resumed { account: Some(account), held: 0, still }),
        ]));
    });
}

#[test]
fn the_team_reads_who_paused_what_and_why_and_is_pinged_by_nobodys_words() {
    in_each_language(|| {
        let account = scenes::account();
        let still = scenes::paused("ada", None);
        let said = all(&[
            paused(None, BY, Some("Wrong *price* in every video @everyone <@12>"), &[]),
            paused(Some(&account), BY, None, &[2, 5]),
            resumed(None, BY, None, 0, None),
            resumed(Some(&account), BY, Some("It was our mistake."), 3, None),
            resumed(Some(&account), BY, None, 0, Some(&still)),
        ]);
        assert!(!said.contains("pings") && !said.contains("@everyone") && !said.contains("<@12>"), "{said}");
        insta::assert_snapshot!(said);
    });
}

#[test]
fn cards_and_accounts_say_that_they_are_paused() {
    in_each_language(|| {
        let (account, video, workspace) = (scenes::account(), scenes::video(), scenes::workspace());
        let (all_paused, in_review, approved) =
            (scenes::paused("rui", Some("wrong price")), scenes::in_review(), scenes::approved());
        let own = Pause { account: Some(account.id), reason: None, ..all_paused.clone() };
        let publications = scenes::publications();
        let view = CardView {
            post: &in_review,
            publication: None,
            account: &account,
            video: &video,
            workspace: &workspace,
            superseded: false,
            preview: Preview::None,
            first: false,
            stopped: None,
            paused: Some(&all_paused),
            now: scenes::now(),
        };
        let approved = CardView { post: &approved, ..view };
        let line = AccountLine { account: &account, used: 3, allowed: 15, stopped: None, paused: Some(&own) };
        insta::assert_snapshot!(all(&[
            card(&view),
            card(&CardView { publication: Some(&publications[0]), paused: Some(&own), ..approved }),
            card(&CardView { publication: Some(&publications[15]), ..approved }),
            card(&CardView { publication: Some(&publications[4]), ..approved }),
            accounts(&[line], scenes::now()),
        ]));
    });
}
