//! `/setup`: a manager changes settings, sees them all, and learns what the bot may not do where it should.

use chrono::NaiveTime;
use serenity::all::{ChannelId, RoleId};

use super::{Context, Outcome, enter, offers, server_name, show, words};
use crate::discord::permissions::missing_permissions;
use crate::discord::words::settings;
use crate::domain::ids;
use crate::domain::refusal::Refusal;
use crate::domain::review::Manager;
use crate::domain::schedule;
use crate::domain::workspace::WorkspaceChange;
use crate::flows::setup::change;

/// Set Greenroom up, see all settings, and check what it may do
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Greenroom einrichten, alle Einstellungen sehen und prüfen, was es darf"),
    default_member_permissions = "MANAGE_GUILD"
)]
#[expect(clippy::too_many_arguments, reason = "one for each option people see")]
pub(super) async fn setup(
    ctx: Context<'_>,
    #[description = "Whoever holds this role may judge posts"]
    #[description_localized("de", "Wer diese Rolle hat, darf Beiträge prüfen")]
    reviewer_role: Option<RoleId>,
    #[description = "Where posts are reviewed"]
    #[description_localized("de", "Wo Beiträge geprüft werden")]
    #[channel_types("Text", "News")]
    review_channel: Option<ChannelId>,
    #[description = "Where the daily digest goes; the review channel if none is set"]
    #[description_localized("de", "Wohin der Tagesbericht geht; sonst in den Prüfkanal")]
    #[channel_types("Text", "News")]
    digest_channel: Option<ChannelId>,
    #[description = "The team's time zone, such as Europe/Berlin"]
    #[description_localized("de", "Die Zeitzone des Teams, zum Beispiel Europe/Berlin")]
    #[autocomplete = "offers::zones"]
    timezone: Option<String>,
    #[description = "When the digest is posted, as HH:MM in that zone"]
    #[description_localized("de", "Wann der Tagesbericht kommt, als HH:MM in dieser Zone")]
    digest_time: Option<String>,
    #[description = "How many approvals a post needs"]
    #[description_localized("de", "Wie viele Freigaben ein Beitrag braucht")]
    #[min = 1]
    #[max = 5]
    approvals: Option<u8>,
    #[description = "May authors approve their own posts?"]
    #[description_localized("de", "Dürfen Autoren ihre eigenen Beiträge freigeben?")]
    self_review: Option<bool>,
    #[description = "A summary of the week, too?"]
    #[description_localized("de", "Auch eine Zusammenfassung der Woche?")]
    weekly_summary: Option<bool>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let manager = Manager::of(&visit.member)?;
    let digest_time = match digest_time.as_deref().map(clock_time).transpose() {
        Ok(time) => time,
        Err(given) => return show(ctx, &words::not_a_clock_time(given)).await,
    };
    let wanted = WorkspaceChange {
        reviewer_role: reviewer_role.map(|role| ids::RoleId(role.get())),
        review_channel: review_channel.map(|channel| ids::ChannelId(channel.get())),
        digest_channel: digest_channel.map(|channel| ids::ChannelId(channel.get())),
        zone: timezone.as_deref().map(schedule::zone).transpose().map_err(Refusal::from)?,
        digest_time,
        approvals,
        self_review,
        weekly_summary,
    };
    let workspace = change(&ctx.data().flows, &manager, &server_name(ctx), wanted).await?;
    let missing = missing_permissions(&ctx.data().http, &workspace).await.unwrap_or_else(|error| {
        tracing::warn!("The bot's permissions could not be checked: {error:#}");
        vec![words::could_not_check()]
    });
    show(ctx, &settings(&workspace, &missing)).await
}

/// Reads `HH:MM`, or gives back what was given.
fn clock_time(text: &str) -> Result<NaiveTime, &str> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_time_is_hours_and_minutes() {
        assert_eq!(clock_time(" 9:05 "), Ok(NaiveTime::from_hms_opt(9, 5, 0).unwrap()));
        assert_eq!(clock_time("24:00"), Err("24:00"));
        assert_eq!(clock_time("9 pm"), Err("9 pm"));
    }
}
