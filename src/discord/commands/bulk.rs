//! `/bulk`: many posts from one file. The answer shows how far the check is, then what became of each row.

use std::time::Duration;

use anyhow::Context as _;
use serenity::all::{Attachment, CreateAttachment, GetMessages, Message};
use tokio::sync::watch;
use url::Url;

use super::{Context, Outcome, enter, put, show, words};
use crate::discord::http::persist;
use crate::discord::watchdog::pause;
use crate::discord::words::{bulk_example, checked, checking_rows, row_said};
use crate::domain::bulk::report::report;
use crate::domain::bulk::{Column, Sheet, example};
use crate::flows::bulk::{self, SentFile};

/// The answer is redrawn at most so often.
const REDRAWN_EVERY: Duration = Duration::from_secs(1);
/// How many messages are looked through for files: as many as Discord gives at once.
const LOOKED_THROUGH: u8 = 100;

/// Schedule many videos from one CSV file
#[poise::command(slash_command, guild_only, description_localized("de", "Viele Videos aus einer CSV-Datei planen"))]
pub(super) async fn bulk(
    ctx: Context<'_>,
    #[description = "The CSV file: when, video, caption, account, privacy, …; without it you get an example"]
    #[description_localized(
        "de",
        "Die CSV-Datei: when, video, caption, account, privacy, …; ohne sie kommt ein Beispiel"
    )]
    file: Option<Attachment>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let flows = &ctx.data().flows;
    let Some(file) = file else {
        let rows = example(visit.workspace.zone, flows.clock.now());
        let attached = CreateAttachment::bytes(rows, "example.csv");
        put(ctx, &bulk_example(), Some(&attached)).await.context("an answer did not reach Discord")?;
        return Ok(());
    };
    let Ok(link) = Url::parse(&file.url) else { return show(ctx, &words::not_a_link(&file.url)).await };
    let sheet = bulk::open(flows, &visit.member, &link).await?;
    let sent = if names_files(&sheet) { sent_files(ctx).await } else { Vec::new() };
    let total = sheet.rows.len();
    let (tell, told) = watch::channel(0);
    let prepare = async {
        // Its end is the end of whoever shows the progress.
        let tell = tell;
        let progress = |done| {
            tell.send_replace(done);
        };
        Box::pin(bulk::prepare(flows, &visit.member, (sheet, &file.filename), &sent, progress)).await
    };
    let (outcome, ()) = tokio::join!(prepare, shown_as_it_goes(ctx, told, total));
    let outcome = outcome?;
    let said: Vec<_> = outcome.rows.iter().map(row_said).collect();
    let attached = CreateAttachment::bytes(report(&outcome.sheet, &said), "result.csv");
    put(ctx, &checked(&outcome), Some(&attached)).await.context("an answer did not reach Discord")?;
    Ok(())
}

/// Whether any row names a file instead of a link.
fn names_files(sheet: &Sheet) -> bool {
    (0..sheet.rows.len()).map(|row| sheet.cell(row, Column::Video)).any(|cell| !cell.contains("://"))
}

/// The files this member sent lately in this channel or thread, the newest first. Without the privileged intent for
/// content Discord shows the bot those of messages that mention it, and of no others.
/// <https://docs.discord.com/developers/events/gateway#message-content-intent>
async fn sent_files(ctx: Context<'_>) -> Vec<SentFile> {
    let (channel, by) = (ctx.interaction.channel_id, ctx.interaction.user.id);
    let lately = GetMessages::new().limit(LOOKED_THROUGH);
    let messages: Vec<Message> = match persist("GET messages", || channel.messages(ctx.http(), lately)).await {
        Ok(messages) => messages,
        // Where the bot may not read, no file is found, and each row says what to do.
        Err(error) => {
            tracing::warn!("The messages of channel {channel} could not be read for their files: {error}");
            Vec::new()
        }
    };
    let theirs = messages.into_iter().filter(|message| message.author.id == by).flat_map(|message| message.attachments);
    theirs.filter_map(|file| Some(SentFile { url: Url::parse(&file.url).ok()?, name: file.filename })).collect()
}

/// Redraws the answer while rows are checked, and ends when nobody tells any more.
async fn shown_as_it_goes(ctx: Context<'_>, mut told: watch::Receiver<usize>, total: usize) {
    while told.changed().await.is_ok() {
        let done = *told.borrow_and_update();
        if let Err(error) = put(ctx, &checking_rows(done, total), None).await {
            tracing::debug!("How far a check is could not be shown: {error}");
        }
        let mut ended = told.clone();
        tokio::select! {
            () = pause(REDRAWN_EVERY) => {}
            () = async { while ended.changed().await.is_ok() {} } => return,
        }
    }
}
