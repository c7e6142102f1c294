//! What reviewers are asked and told beside the cards: reminders, the reason of a no, approvals that no longer count, and a
//! place to review that is gone.

use serenity::all::{ButtonStyle, CreateActionRow};

use super::parts;
use crate::discord::buttons::Press;
use crate::discord::face::{Face, plain_line};
use crate::discord::look::{NO, Standing, WARNING};
use crate::domain::ids::{MemberId, RoleId};
use crate::domain::post::{Judged, Post, PostStage};
use crate::domain::review::Word;
use crate::domain::workspace::Workspace;
use crate::say;

/// The reviewers are reminded of a post that will lapse.
#[must_use]
pub fn reminder(post: &Post, workspace: &Workspace) -> Face {
    let who = reviewers(workspace.reviewer_role);
    let missing = usize::from(workspace.approvals).saturating_sub(post.approvals().count());
    let asking: Vec<String> = post
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.word, Word::RequestChanges { .. }))
        .map(|verdict| format!("**{}**", plain_line(&verdict.by_name, parts::LONGEST_NAME)))
        .collect();
    let (emoji, number, (lapses, when)) = (Standing::InReview.emoji(), post.number, lapses(post));
    // The team needs fewer since then; nothing is approved without somebody's word.
    let is_enough = asking.is_empty() && missing == 0;
    let said = if is_enough {
        say!("replies-reminder-enough", emoji = emoji, who = who, number = number, lapses = lapses, when = when)
    } else if asking.is_empty() {
        say!(
            "replies-reminder-approvals",
            emoji = emoji,
            who = who,
            number = number,
            count = missing,
            lapses = lapses,
            when = when,
        )
    } else {
        say!(
            "replies-reminder-changes",
            emoji = emoji,
            who = who,
            number = number,
            people = parts::names(&asking),
            lapses = lapses,
            when = when,
        )
    };
    let mut face = Face::text(said);
    face.ping_roles.extend(workspace.reviewer_role);
    face
}

/// A reviewer who said no is asked why.
pub(super) fn asks_why(by: MemberId, post: &Post) -> Face {
    let (id, revision) = (post.id, post.revision());
    let mut face = Face::text(say!("replies-asks-why", person = parts::person(by), no = NO));
    face.components.push(CreateActionRow::Buttons(vec![
        Press::SayWhy { post: id, revision }.button(&say!("replies-asks-why-button"), ButtonStyle::Primary),
        Press::TakeBackNo { post: id, revision }.button(&say!("replies-take-back-button"), ButtonStyle::Secondary),
    ]));
    face.pinging(by)
}

/// A reviewer said afterwards why not.
pub(super) fn explained_by(by: MemberId, quoted: &str) -> String {
    format!("{}{quoted}", say!("replies-explained-by", no = NO, person = parts::person(by)))
}

/// A reviewer took a no back.
pub(super) fn took_back(by: MemberId) -> String {
    say!("replies-took-back-no-by", emoji = Standing::InReview.emoji(), person = parts::person(by))
}

/// How the line about approvals that no longer count begins.
pub(super) fn recalled_opening(lost: &[MemberId]) -> String {
    let people: Vec<String> = lost.iter().map(|member| parts::person(*member)).collect();
    say!("replies-recalled-opening", warning = WARNING, count = lost.len(), people = parts::names(&people))
}

/// Approvals no longer count.
pub(super) fn recalled(lost: &[MemberId], missing: usize, role: Option<RoleId>, post: &Post) -> Face {
    let (opening, author) = (recalled_opening(lost), parts::person(post.author));
    let face = if post.stage() == PostStage::InReview {
        let (who, (lapses, when)) = (reviewers(role), lapses(post));
        let again = say!("replies-recalled-again", author = author);
        let needs = say!("replies-recalled-needs", who = who, count = missing, lapses = lapses, when = when);
        let mut face = Face::text(format!("{opening} {again}\n{needs}"));
        face.ping_roles.extend(role);
        face
    } else {
        Face::text(format!("{opening} {}", say!("replies-recalled", author = author)))
    };
    face.pinging(post.author)
}

/// A reviewer gave the reason of a no afterwards.
#[must_use]
pub fn explained(post: &Post) -> Face {
    Face::text(say!("replies-explained", number = post.number))
}

/// A reviewer took a no back.
#[must_use]
pub fn took_back_no(judged: Judged, post: &Post) -> Face {
    let said = say!("replies-took-back-no", number = post.number);
    Face::text(match judged {
        Judged::Counts { missing } => format!("{said} {}", say!("replies-took-back-no-needs", count = missing)),
        Judged::Already | Judged::Settled => said,
    })
}

/// A channel the team had chosen is gone.
#[must_use]
pub fn channel_gone(is_review: bool) -> Face {
    Face::text(if is_review {
        say!("replies-review-channel-gone", warning = WARNING)
    } else {
        say!("replies-digest-channel-gone", warning = WARNING)
    })
}

/// Whether there is time for so long only, and until when. It is read later, too, so the hour is said.
fn lapses(post: &Post) -> (&'static str, String) {
    post.lapses_at().map_or_else(|| ("no", String::new()), |at| ("yes", parts::instant(at)))
}

fn reviewers(role: Option<RoleId>) -> String {
    role.map_or_else(|| say!("replies-reviewers"), |role| format!("<@&{role}>"))
}
