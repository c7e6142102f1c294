//! `/account`: connect a TikTok account, see how all are, disconnect one.

use chrono::TimeDelta;

use super::{Context, Outcome, account_named, enter, offers, show, words};
use crate::discord::Bot;
use crate::discord::face::Face;
use crate::discord::words::{AccountLine, accounts, connect_link, disconnected};
use crate::domain::account::Delivery;
use crate::domain::breaker::{Breaker, Scope};
use crate::domain::budget::Guard;
use crate::domain::ids::AccountId;
use crate::domain::pause::pause_over;
use crate::domain::refusal::Refusal;
use crate::domain::review::{Manager, Member};
use crate::flows::{Failure, Flows, connect as link};

/// How long a link to TikTok's consent page works.
const LINK_LIVES: TimeDelta = TimeDelta::minutes(10);

/// The TikTok accounts of this server
#[poise::command(
    slash_command,
    guild_only,
    subcommands("connect", "list", "disconnect"),
    subcommand_required,
    description_localized("de", "Die TikTok-Konten dieses Servers")
)]
pub(super) async fn account(_: Context<'_>) -> Outcome {
    Ok(())
}

/// Connect a TikTok account: a personal link to TikTok's consent page
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Ein TikTok-Konto verbinden: persönlicher Link zu TikToks Zustimmungsseite")
)]
async fn connect(
    ctx: Context<'_>,
    #[description = "Publish directly (default), or leave drafts in the TikTok inbox"]
    #[description_localized("de", "Direkt veröffentlichen (Vorgabe) oder als Entwurf in den TikTok-Posteingang")]
    delivery: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let manager = Manager::of(&visit.member)?;
    let delivery = match delivery.as_deref().map_or(Ok(Delivery::Direct), str::parse) {
        Ok(delivery) => delivery,
        Err(given) => return show(ctx, &words::unreadable(Some(&given))).await,
    };
    show(ctx, &personal_link(&ctx.data().flows, &manager, delivery).await?).await
}

/// A manager presses *Connect* under a message about an account: the same link, for what it is connected for.
pub(in crate::discord) async fn connect_again(bot: &Bot, member: &Member, id: AccountId) -> Result<Face, Failure> {
    let manager = Manager::of(member)?;
    let account = bot.flows.store.account(id).await?.filter(|account| account.workspace == member.workspace);
    personal_link(&bot.flows, &manager, account.ok_or(Refusal::OldButton)?.delivery).await
}

async fn personal_link(flows: &Flows, manager: &Manager, delivery: Delivery) -> Result<Face, Failure> {
    let address = link::begin(flows, manager, delivery).await?;
    let ends = flows.clock.now() + LINK_LIVES;
    Ok(connect_link(address.as_str(), delivery, ends, link::is_pasted(flows)))
}

/// How each connected account is: name, scopes, permission, today's budget
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Wie es jedem Konto geht: Name, Rechte, Zugang, heutiges Kontingent")
)]
async fn list(ctx: Context<'_>) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    let now = flows.clock.now();
    let connected = flows.store.accounts(visit.workspace.id).await?;
    let pauses = flows.store.pauses(visit.workspace.id).await?;
    let mut known = Vec::new();
    for account in &connected {
        let guard = Guard::of(account.delivery);
        let allowance = flows.rules.guards.allowance(guard);
        let used = allowance.used(flows.store.usage(&account.open_id, now).await?.of(guard), now);
        let stopped = flows.store.breaker(Scope::Account(account.id)).await?.filter(Breaker::is_open);
        known.push((account, used, allowance.most, stopped));
    }
    let lines: Vec<_> = known
        .iter()
        .map(|(account, used, allowed, stopped)| AccountLine {
            account,
            used: *used,
            allowed: *allowed,
            stopped: stopped.as_ref(),
            paused: pause_over(&pauses, account.id),
        })
        .collect();
    show(ctx, &accounts(&lines, now)).await
}

/// Disconnect an account: its permission is returned to TikTok and forgotten here
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Ein Konto trennen: sein Zugang wird bei TikTok widerrufen und hier vergessen")
)]
async fn disconnect(
    ctx: Context<'_>,
    #[description = "Which account"]
    #[description_localized("de", "Welches Konto")]
    #[autocomplete = "offers::accounts"]
    account: String,
) -> Outcome {
    let visit = enter(ctx).await?;
    let manager = Manager::of(&visit.member)?;
    let account = account_named(ctx.data(), &visit.workspace, &account).await?;
    let account = link::disconnect(&ctx.data().flows, &manager, account.id).await?;
    show(ctx, &disconnected(&account.username, visit.member.id)).await
}
