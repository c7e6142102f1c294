//! The overview that `/setup` answers with.

use super::parts;
use crate::discord::face::{Face, LONGEST_VALUE, Panel, plain_line};
use crate::discord::look::{Standing, WARNING};
use crate::domain::workspace::Workspace;
use crate::say;

/// The overview of `/setup`; each missing permission is one line, such as `Attach Files in <#5>`.
#[must_use]
pub fn settings(workspace: &Workspace, missing_permissions: &[String]) -> Face {
    let not_set = || say!("replies-settings-not-set");
    let channel = |id: Option<crate::domain::ids::ChannelId>| id.map(|id| format!("<#{id}>"));
    let yes = |yes: bool| if yes { say!("replies-settings-yes") } else { say!("replies-settings-no") };
    let digest = match (workspace.digest_channel, workspace.review_channel) {
        (Some(place), _) => format!("<#{place}>"),
        (None, Some(place)) => {
            say!("replies-settings-digest-in-review-channel", channel = format!("<#{place}>"))
        }
        (None, None) => not_set(),
    };
    let time = workspace.digest_time.format("%H:%M").to_string();
    let daily = match workspace.next_digest_at {
        Some(at) => say!("replies-settings-digest-next", time = time, when = parts::relative(at)),
        None => time,
    };
    let ready = workspace.ready_for_review().is_ok() && missing_permissions.is_empty();
    let standing = if ready { Standing::Approved } else { Standing::InReview };
    let role = workspace.reviewer_role.map_or_else(not_set, |role| format!("<@&{role}>"));
    let panel = Panel::new(standing.colour(), say!("replies-settings-title"))
        .text(next_step(workspace, missing_permissions))
        .field(&say!("replies-settings-role"), role, true)
        .field(
            &say!("replies-settings-review-channel"),
            channel(workspace.review_channel).unwrap_or_else(not_set),
            true,
        )
        .field(&say!("replies-settings-approvals"), workspace.approvals.to_string(), true)
        .field(&say!("replies-settings-self-review"), yes(workspace.self_review), true)
        .field(&say!("replies-settings-zone"), plain_line(workspace.zone.name(), parts::LONGEST_NAME), true)
        .field(&say!("replies-settings-digest-channel"), digest, true)
        .field(&say!("replies-settings-digest"), daily, true)
        .field(&say!("replies-settings-weekly"), weekly(workspace.weekly_summary), true)
        .field(&say!("replies-settings-missing"), missing(missing_permissions), false);
    Face::panel(panel)
}

fn next_step(workspace: &Workspace, missing_permissions: &[String]) -> String {
    match (workspace.reviewer_role, workspace.review_channel) {
        (None, None) => say!("replies-settings-step-both"),
        (None, Some(_)) => say!("replies-settings-step-role"),
        (Some(_), None) => say!("replies-settings-step-channel"),
        (Some(_), Some(_)) if missing_permissions.is_empty() => say!("replies-settings-step-none"),
        (Some(_), Some(_)) => say!("replies-settings-step-permissions"),
    }
}

fn missing(permissions: &[String]) -> String {
    let lines: Vec<String> = permissions.iter().map(|one| format!("{WARNING} {one}")).collect();
    parts::lines(&lines, LONGEST_VALUE)
}

/// The choice is kept; a plain yes would promise something that does not come yet.
fn weekly(wanted: bool) -> String {
    if wanted { say!("replies-settings-weekly-later") } else { say!("replies-settings-no") }
}
