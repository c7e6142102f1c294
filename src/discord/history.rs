//! A post's audit trail as people read it: who did what when, with which roles, where, and what came of it.
//!
//! A page keeps post and number in its buttons, so turning works after a restart. The newest entry is the last on its
//! page, and its page is shown first.

use serenity::all::{ButtonStyle, CreateButton};

use super::buttons::Press;
use super::face::{Face, Panel, literal, plain_line};
use super::look::Standing;
use super::words::parts;
use crate::domain::ids::RoleId;
use crate::domain::post::{Post, Revision};
use crate::domain::workspace::Actor;
use crate::say;
use crate::store::AuditRow;

/// How many entries one page shows: about a phone's screen.
const PAGE_SIZE: usize = 6;
/// How many of somebody's roles are named.
const MOST_ROLES: usize = 5;
/// How much of the page the entries may take.
const LONGEST_TEXT: usize = 3_900;
/// What a trail begins with, unless its beginning was forgotten.
const FIRST: &str = "post.drafted";
/// Where Discord's messages and channels are.
const PLACES: &str = "https://discord.com/channels/";

/// What a page of a post's history shows.
#[derive(Debug, Clone, Copy)]
pub struct HistoryView<'a> {
    /// Whose history it is.
    pub post: &'a Post,
    /// All of it, the oldest first.
    pub entries: &'a [AuditRow],
    /// Which page, from zero, which is the newest.
    pub page: u16,
    /// Where the post stands.
    pub standing: Standing,
}

/// One page of who did what to a post.
#[must_use]
pub fn history(view: &HistoryView<'_>) -> Face {
    let count = view.entries.len();
    let pages = count.div_ceil(PAGE_SIZE).max(1);
    let page = usize::from(view.page).min(pages - 1);
    let end = count - page * PAGE_SIZE;
    let begin = end.saturating_sub(PAGE_SIZE);
    let mut lines: Vec<String> = view.entries[begin..end].iter().map(entry).collect();
    if lines.is_empty() {
        lines.push(say!("cards-history-nothing"));
    } else if begin == 0 && view.entries[0].act != FIRST {
        lines.insert(0, format!("-# {}", say!("cards-history-forgotten")));
    }
    let title = say!("cards-history-title", number = view.post.number, standing = view.standing.badge());
    let panel = Panel::new(view.standing.colour(), title).text(parts::lines(&lines, LONGEST_TEXT));
    if pages == 1 {
        return Face::panel(panel.footer(say!("cards-history-newest-last")));
    }
    let footer = say!("cards-history-footer", from = begin + 1, to = end, count = count);
    Face::panel(panel.footer(footer)).with_buttons(turning(view.post, page, pages))
}

fn turning(post: &Post, page: usize, pages: usize) -> Vec<CreateButton> {
    // A button that leads nowhere still needs a name of its own.
    let to = |page: Option<usize>| {
        let page = page.and_then(|page| u16::try_from(page).ok()).unwrap_or(u16::MAX);
        Press::History { post: post.id, page }
    };
    vec![
        to(Some(page + 1)).button(&say!("cards-button-earlier"), ButtonStyle::Secondary).disabled(page + 1 >= pages),
        to(page.checked_sub(1)).button(&say!("cards-button-later"), ButtonStyle::Secondary).disabled(page == 0),
    ]
}

fn entry(row: &AuditRow) -> String {
    let mut lines = vec![format!("**{}** · {}", done(&row.act), parts::short(row.at)), who(&row.actor)];
    let aside: Vec<String> = [roles(&row.actor), revision(row), result(row)].into_iter().flatten().collect();
    if !aside.is_empty() {
        lines.push(format!("-# {}", aside.join(" · ")));
    }
    lines.join("\n")
}

/// Who it was, and where they did it.
fn who(actor: &Actor) -> String {
    match actor {
        Actor::Program => say!("cards-history-greenroom"),
        Actor::Member { id, name, link, .. } => {
            let name = plain_line(name, parts::LONGEST_NAME);
            let place = link.as_deref().filter(|link| link.starts_with(PLACES));
            let place =
                place.map_or_else(String::new, |link| format!(" · {}", say!("cards-history-where", link = link)));
            format!("{} ({name}){place}", parts::person(*id))
        }
    }
}

/// What they were allowed to do then, by the roles they held.
fn roles(actor: &Actor) -> Option<String> {
    let Actor::Member { roles, manages, .. } = actor else { return None };
    let held = roles.as_ref()?;
    let mut said: Vec<String> = held.iter().take(MOST_ROLES).map(|RoleId(role)| format!("<@&{role}>")).collect();
    if held.len() > MOST_ROLES {
        said.push(say!("cards-history-more-roles", count = held.len() - MOST_ROLES));
    }
    if *manages {
        said.push(say!("cards-history-manages"));
    }
    Some(if said.is_empty() {
        say!("cards-history-no-roles")
    } else {
        say!("cards-history-roles", roles = said.join(", "))
    })
}

fn revision(row: &AuditRow) -> Option<String> {
    let revision: Revision = row.detail["revision"].as_str()?.parse().ok()?;
    Some(say!("cards-history-revision", revision = revision.short()))
}

/// What the post was afterwards, or which attempt it was.
fn result(row: &AuditRow) -> Option<String> {
    if let Some(state) = row.detail["state"].as_str() {
        return Some(match state.parse::<Standing>() {
            Ok(standing) => standing.badge(),
            Err(_) => literal(state),
        });
    }
    let attempts = row.detail["attempts"].as_u64().filter(|attempts| *attempts > 0)?;
    Some(say!("cards-history-attempt", attempt = attempts))
}

/// What was done, in words; what has none is shown as it is written down.
fn done(act: &str) -> String {
    match act {
        "post.drafted" => say!("cards-done-drafted"),
        "post.submitted" => say!("cards-done-submitted"),
        "post.approved" => say!("cards-done-approved"),
        "post.approval_taken_back" => say!("cards-done-approval-taken-back"),
        "post.changes_asked" => say!("cards-done-changes-asked"),
        "post.declined" => say!("cards-done-declined"),
        "post.decline_explained" => say!("cards-done-decline-explained"),
        "post.decline_taken_back" => say!("cards-done-decline-taken-back"),
        "post.recalled" => say!("cards-done-recalled"),
        "post.edited" => say!("cards-done-edited"),
        "post.moved" => say!("cards-done-moved"),
        "post.withdrawn" => say!("cards-done-withdrawn"),
        "post.lapsed" => say!("cards-done-lapsed"),
        "post.retried" | "post.denied" => say!("cards-done-retried"),
        "post.vouched" => say!("cards-done-vouched"),
        "post.released" => say!("cards-done-released"),
        "publication.begun" => say!("cards-done-now-begun"),
        "publication.committed" => say!("cards-done-now-committed"),
        "publication.scheduled" => say!("cards-done-now-scheduled"),
        "publication.publishing" => say!("cards-done-now-publishing"),
        "publication.processing" => say!("cards-done-now-processing"),
        "publication.published" => say!("cards-done-now-published"),
        "publication.in_inbox" => say!("cards-done-now-in-inbox"),
        "publication.held" => say!("cards-done-now-held"),
        "publication.failed" => say!("cards-done-now-failed"),
        "publication.unclear" => say!("cards-done-now-unclear"),
        "publication.cancelled" => say!("cards-done-now-cancelled"),
        other => format!("`{}`", literal(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::publication::PublicationStage;

    #[test]
    fn every_stage_of_a_publication_has_words() {
        for stage in PublicationStage::ALL {
            let act = format!("publication.{}", stage.word());
            assert!(!done(&act).starts_with('`'), "{act}");
        }
    }

    #[test]
    fn everything_that_is_written_down_about_a_post_has_words() {
        let flows = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/flows");
        let mut open = vec![flows];
        let mut acts = std::collections::BTreeSet::new();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let quoted =
                text.split('"').filter(|one| one.starts_with("post.") && !one.contains([' ', '{', '\\', '\n']));
            acts.extend(quoted.filter(|act| !["post.id", "post.discarded"].contains(act)).map(str::to_owned));
        }
        assert!(acts.len() > 12, "{acts:?}");
        let wordless: Vec<&String> = acts.iter().filter(|act| done(act).starts_with('`')).collect();
        assert!(wordless.is_empty(), "{wordless:?}");
    }

    #[test]
    fn what_has_no_words_is_shown_harmlessly() {
        assert_eq!(done("post.`@everyone"), "`post.@\u{200b}everyone`");
    }
}
