//! What reviewers are asked and told beside the cards: reminders, the reason of a no, approvals that no longer count, and a
//! place to review that is gone.

use serenity::all::{ButtonStyle, CreateActionRow};

use super::parts;
use crate::discord::buttons::Press;
use crate::discord::face::{Face, plain_line};
use crate::discord::look::{NO, Standing, WARNING};
use crate::domain::ids::{MemberId, RoleId};
use crate::domain::post::{Due, Judged, Post, PostStage};
use crate::domain::review::Word;
use crate::domain::workspace::Workspace;

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
    let needs = if asking.is_empty() {
        format!("still needs {}", parts::count(missing, "approval"))
    } else {
        format!("still waits for the changes {} asked for", parts::names(&asking))
    };
    let mut face = Face::text(format!(
        "{} {who}: post #{} {needs}{}.",
        Standing::InReview.emoji(),
        post.number,
        or_it_lapses(post),
    ));
    face.ping_roles.extend(workspace.reviewer_role);
    face
}

/// A reviewer who said no is asked why.
pub(super) fn asks_why(by: MemberId, post: &Post) -> Face {
    let (id, revision) = (post.id, post.revision());
    let mut face = Face::text(format!(
        "{}: why should this not go out? *Say why* tells its author here. Until then the decline can be taken back, with the \
         button or by taking the {NO} off the card; then the review goes on.",
        parts::person(by)
    ));
    face.components.push(CreateActionRow::Buttons(vec![
        Press::SayWhy { post: id, revision }.button("Say why", ButtonStyle::Primary),
        Press::TakeBackNo { post: id, revision }.button("Take it back", ButtonStyle::Secondary),
    ]));
    face.pinging(by)
}

/// A reviewer said afterwards why not.
pub(super) fn explained_by(by: MemberId, quoted: &str) -> String {
    format!("{NO} {} declined this because:{quoted}", parts::person(by))
}

/// A reviewer took a no back.
pub(super) fn took_back(by: MemberId) -> String {
    format!("{} {} took the decline back. The review goes on.", Standing::InReview.emoji(), parts::person(by))
}

/// How the line about approvals that no longer count begins.
pub(super) fn recalled_opening(lost: &[MemberId]) -> String {
    let people: Vec<String> = lost.iter().map(|member| parts::person(*member)).collect();
    let names = parts::names(&people);
    if lost.len() == 1 {
        format!("{WARNING} The approval of {names} no longer counts: who gave it may not judge this post any more.")
    } else {
        format!("{WARNING} The approvals of {names} no longer count: who gave them may not judge this post any more.")
    }
}

/// Approvals no longer count.
pub(super) fn recalled(lost: &[MemberId], missing: usize, role: Option<RoleId>, post: &Post) -> Face {
    let said = format!("{} {}'s post has not gone out", recalled_opening(lost), parts::person(post.author));
    let face = if post.stage() == PostStage::InReview {
        let needs = parts::count(missing, "more approval");
        let mut face = Face::text(format!(
            "{said}; it is in review again.\n{}: it needs {needs}{}.",
            reviewers(role),
            or_it_lapses(post)
        ));
        face.ping_roles.extend(role);
        face
    } else {
        Face::text(format!("{said}."))
    };
    face.pinging(post.author)
}

/// A reviewer gave the reason of a no afterwards.
#[must_use]
pub fn explained(post: &Post) -> Face {
    Face::text(format!("Noted. The author of post #{} reads it in its thread.", post.number))
}

/// A reviewer took a no back.
#[must_use]
pub fn took_back_no(judged: Judged, post: &Post) -> Face {
    let next = match judged {
        Judged::Counts { missing } => format!(" It needs {}.", parts::count(missing, "more approval")),
        Judged::Already | Judged::Settled => String::new(),
    };
    Face::text(format!("Your decline of post #{} is taken back; it is in review again.{next}", post.number))
}

/// A channel the team had chosen is gone.
#[must_use]
pub fn channel_gone(is_review: bool) -> Face {
    Face::text(if is_review {
        format!(
            "{WARNING} The review channel was deleted. Nothing can be reviewed until a manager chooses another one \
             with `/setup review_channel`; what is approved already goes out as planned. Open cards then appear there."
        )
    } else {
        format!(
            "{WARNING} The digest channel was deleted. The digest appears in the review channel until a manager \
             chooses another one with `/setup digest_channel`."
        )
    })
}

/// Until when there is time, within a sentence. It is read later, too, so the hour is said.
fn or_it_lapses(post: &Post) -> String {
    post.lapses_at().map_or_else(String::new, |at| format!(" before {}, or it lapses", parts::due_briefly(Due::At(at))))
}

fn reviewers(role: Option<RoleId>) -> String {
    role.map_or_else(|| "Reviewers".to_owned(), |role| format!("<@&{role}>"))
}
