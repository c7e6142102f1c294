//! What is offered while somebody types. Nothing here changes anything or fails: who gets no offers types on.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, ResolvedValue};

use super::{Context, account_named};
use crate::discord::face::shorten;
use crate::discord::look::Standing;
use crate::discord::times::slot_offer;
use crate::discord::words::parts;
use crate::discord::{Bot, people};
use crate::domain::account::Account;
use crate::domain::creator::Privacy;
use crate::domain::digest::caption_preview;
use crate::domain::refusal::Refusal;
use crate::domain::schedule;
use crate::domain::workspace::Workspace;
use crate::flows::{Failure, submit, when};
use crate::say;
use crate::store::PostLine;
use crate::words::{Language, in_language};

/// The most choices Discord shows. <https://docs.discord.com/developers/interactions/receiving-and-responding>
const MOST: usize = 25;
/// Longest name of a choice.
const LONGEST_NAME: usize = 100;
/// How long TikTok may take: Discord waits three seconds, and the way takes some.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long what a creator allows is remembered between two letters.
const REMEMBERED: TimeDelta = TimeDelta::minutes(1);
/// The one reading of a time that depends on the account.
const NEXT_SLOT: &str = "next slot";

/// Times, read as far as they are typed.
pub(super) async fn times(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (flows, zone) = (&ctx.data().flows, zone(ctx).await);
    let now = flows.clock.now();
    let found = schedule::suggestions(partial, zone, now, &flows.rules.window);
    let mut found: Vec<_> = found.into_iter().map(|one| (one.label, one.value)).collect();
    let mut place = found.iter().position(|(_, value)| value == NEXT_SLOT);
    if place.is_none() && partial.trim().is_empty() {
        // Whoever has typed nothing yet is offered `asap` before it.
        let first = found.len().min(1);
        found.insert(first, (NEXT_SLOT.to_owned(), NEXT_SLOT.to_owned()));
        place = Some(first);
    }
    if let Some(place) = place {
        match slot_in_question(ctx).await {
            Some(at) => {
                let when = schedule::say_with_distance(at, zone, now);
                found[place].0 = say!("commands-next-slot", when = when);
            }
            None => drop(found.remove(place)),
        }
    }
    offer(found)
}

/// The slot that a post would get, of the account that is named so far.
async fn slot_in_question(ctx: Context<'_>) -> Option<DateTime<Utc>> {
    slot_offer(ctx.data(), &account_in_question(ctx).await.ok()?).await
}

/// The zone of whoever types.
async fn zone(ctx: Context<'_>) -> Tz {
    match people::asking(ctx.interaction.guild_id, ctx.interaction.member.as_deref()) {
        Some(member) => when::zone_of(&ctx.data().flows, &member).await.unwrap_or(Tz::UTC),
        None => Tz::UTC,
    }
}

/// Zones, each with the time it is there.
pub(super) async fn zones(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let now = ctx.data().flows.clock.now();
    offer(schedule::zones(partial).into_iter().map(|zone| (schedule::say(now, zone), zone.name().to_owned())))
}

/// Months, those around this one first.
pub(super) async fn months(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let found = schedule::months(partial, schedule::local_day(ctx.data().flows.clock.now(), zone(ctx).await));
    offer(found.into_iter().map(|month| (month.said(), month.to_string())))
}

/// The team's accounts.
pub(super) async fn accounts(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.trim().trim_start_matches('@').to_lowercase();
    let fits = |account: &Account| {
        account.username.to_lowercase().contains(&partial) || account.nickname.to_lowercase().contains(&partial)
    };
    let accounts = team_accounts(ctx).await;
    offer(accounts.into_iter().filter(fits).map(|account| {
        // A label renders nothing, so what people chose to be called needs no care here.
        (format!("@{} · {}", account.username, account.nickname), account.username)
    }))
}

/// What the creator of the account in question may choose from right now.
pub(super) async fn privacies(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.trim().to_lowercase();
    let allowed = match account_in_question(ctx).await {
        Ok(account) => allowed(ctx.data(), &account).await,
        Err(_) => Vec::new(),
    };
    let named = allowed.into_iter().map(|privacy| (parts::privacy(privacy), privacy));
    let fitting = named.filter(|(name, privacy)| {
        // Whoever types it in English is understood in any language.
        let english = in_language(Language::English, || parts::privacy(*privacy));
        [name.as_str(), english.as_str(), privacy.wire()].iter().any(|word| word.to_lowercase().contains(&partial))
    });
    offer(fitting.map(|(name, privacy)| (name.to_owned(), privacy.wire().to_owned())))
}

/// The team's posts, by number or words of the caption.
pub(super) async fn posts(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let Some(workspace) = workspace(ctx).await else { return offer([]) };
    let found = ctx.data().flows.store.posts_matching(workspace.id, partial, 25).await.unwrap_or_default();
    let zone = zone(ctx).await;
    let choices = found.iter().take(MOST).map(|line| AutocompleteChoice::new(named(line, zone), line.number));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// `#42 · Fri 27 Nov 2026, 18:00 (UTC) · in review · Friday latte`
fn named(line: &PostLine, zone: Tz) -> String {
    let due = line.due_at.map_or_else(|| say!("commands-asap"), |at| schedule::say(at, zone));
    let standing = Standing::at(line.stage, line.publication.map(|(_, stage)| stage)).said();
    shorten(&format!("#{} · {due} · {standing} · {}", line.number, caption_preview(&line.caption)), LONGEST_NAME)
}

/// What a creator allows: as it was a moment ago, else as TikTok says, else nothing.
async fn allowed(bot: &Bot, account: &Account) -> Vec<Privacy> {
    let now = bot.flows.clock.now();
    let (account, delivery) = (account.id, account.delivery);
    if let Some(known) = bot.known_privacy(account, now, REMEMBERED) {
        return known;
    }
    match tokio::time::timeout(PATIENCE, Box::pin(submit::creator_info(&bot.flows, account, delivery))).await {
        Ok(Ok(creator)) => {
            bot.remember_privacy(account, now, creator.privacy_options.clone());
            creator.privacy_options
        }
        Ok(Err(_)) | Err(_) => Vec::new(),
    }
}

/// The account named so far, or that of the post named so far, or the only one.
async fn account_in_question(ctx: Context<'_>) -> Result<Account, Failure> {
    let post = ctx.args.iter().find(|option| option.name == "post").and_then(|option| match option.value {
        ResolvedValue::Integer(number) => Some(number),
        _ => None,
    });
    if let (Some(number), Some(workspace)) = (post, workspace(ctx).await) {
        let store = &ctx.data().flows.store;
        let post = store.post_by_number(workspace.id, number).await?.ok_or(Refusal::NoSuchPost)?;
        return Ok(store.account(post.account).await?.ok_or(Refusal::NoSuchAccount)?);
    }
    let named = ctx.args.iter().find(|option| option.name == "account").and_then(|option| match option.value {
        ResolvedValue::String(name) if !name.is_empty() => Some(name),
        _ => None,
    });
    match named {
        Some(named) => {
            let workspace = workspace(ctx).await.ok_or(Refusal::NoSuchAccount)?;
            account_named(ctx.data(), &workspace, named).await
        }
        None => {
            let mut accounts = team_accounts(ctx).await;
            let only = accounts.pop().filter(|_| accounts.is_empty());
            Ok(only.ok_or(Refusal::NoAccount)?)
        }
    }
}

async fn team_accounts(ctx: Context<'_>) -> Vec<Account> {
    match workspace(ctx).await {
        Some(workspace) => ctx.data().flows.store.accounts(workspace.id).await.unwrap_or_default(),
        None => Vec::new(),
    }
}

async fn workspace(ctx: Context<'_>) -> Option<Workspace> {
    let member = people::asking(ctx.interaction.guild_id, ctx.interaction.member.as_deref())?;
    ctx.data().flows.store.workspace(member.workspace).await.ok().flatten()
}

fn offer(choices: impl IntoIterator<Item = (String, String)>) -> CreateAutocompleteResponse {
    let choices = choices
        .into_iter()
        .take(MOST)
        .map(|(name, value)| AutocompleteChoice::new(shorten(&name, LONGEST_NAME), value))
        .collect();
    CreateAutocompleteResponse::new().set_choices(choices)
}
