//! The overview that `/setup` answers with.

use super::parts;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, plain_line};
use crate::discord::look::{Standing, WARNING};
use crate::domain::workspace::Workspace;

/// The overview of `/setup`; each missing permission is one line, such as `Attach Files in <#5>`.
#[must_use]
pub fn settings(workspace: &Workspace, missing_permissions: &[String]) -> Face {
    let not_set = || "not set".to_owned();
    let channel = |id: Option<crate::domain::ids::ChannelId>| id.map(|id| format!("<#{id}>"));
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let digest = match (workspace.digest_channel, workspace.review_channel) {
        (Some(place), _) => format!("<#{place}>"),
        (None, Some(place)) => format!("<#{place}> (the review channel)"),
        (None, None) => not_set(),
    };
    let next = workspace.next_digest_at.map_or_else(String::new, |at| format!(", next {}", parts::relative(at)));
    let ready = workspace.ready_for_review().is_ok() && missing_permissions.is_empty();
    let standing = if ready { Standing::Approved } else { Standing::InReview };
    let role = workspace.reviewer_role.map_or_else(not_set, |role| format!("<@&{role}>"));
    let panel = Panel::new(standing.colour(), "Settings of this server")
        .text(next_step(workspace, missing_permissions))
        .field("Reviewer role", role, true)
        .field("Review channel", channel(workspace.review_channel).unwrap_or_else(not_set), true)
        .field("Approvals needed", workspace.approvals.to_string(), true)
        .field("Authors may approve their own posts", yes(workspace.self_review), true)
        .field("Time zone", plain_line(workspace.zone.name(), parts::LONGEST_NAME), true)
        .field("Digest channel", digest, true)
        .field("Daily digest", format!("{}{next}", workspace.digest_time.format("%H:%M")), true)
        .field("Weekly summary", yes(workspace.weekly_summary), true)
        .field("Permissions Greenroom lacks", missing(missing_permissions), false);
    Face::panel(panel)
}

fn next_step(workspace: &Workspace, missing_permissions: &[String]) -> String {
    match (workspace.reviewer_role, workspace.review_channel) {
        (None, None) => "Two things are missing before anything can be reviewed.\nhint: run `/setup` with \
                         `reviewer_role` and `review_channel`"
            .to_owned(),
        (None, Some(_)) => "Nobody can review yet.\nhint: run `/setup` with `reviewer_role`".to_owned(),
        (Some(_), None) => {
            "There is no place for review cards yet.\nhint: run `/setup` with `review_channel`".to_owned()
        }
        (Some(_), Some(_)) if missing_permissions.is_empty() => {
            "Everything is in place. `/account connect` adds a TikTok account, `/schedule` hands in a video.".to_owned()
        }
        (Some(_), Some(_)) => {
            "Greenroom lacks permissions and will fail where it needs them.\nhint: give its role the \
                               permissions below, in those channels"
                .to_owned()
        }
    }
}

fn missing(permissions: &[String]) -> String {
    let lines: Vec<String> = permissions.iter().map(|one| format!("{WARNING} {one}")).collect();
    parts::lines(&lines, LONGEST_VALUE)
}
