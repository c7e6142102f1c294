//! `/erase`: everything stored about the server is deleted, if a manager types its name.

use super::{Context, Outcome, enter, server_name, show};
use crate::discord::face::literal;
use crate::discord::words::{erase_asks, erased, erasing};
use crate::domain::review::Manager;
use crate::flows::erase::{Erasure, everything};

/// Delete everything stored about this server and return the accounts' permission to TikTok
#[poise::command(
    slash_command,
    guild_only,
    description_localized("de", "Alles über diesen Server löschen und die Zugänge der Konten bei TikTok widerrufen"),
    default_member_permissions = "MANAGE_GUILD"
)]
pub(super) async fn erase(
    ctx: Context<'_>,
    #[description = "This server's name, to confirm; leave it out to see what would be deleted"]
    #[description_localized("de", "Der Name dieses Servers zur Bestätigung; ohne ihn steht da, was gelöscht würde")]
    confirm: Option<String>,
) -> Outcome {
    let visit = enter(ctx).await?;
    let manager = Manager::of(&visit.member)?;
    let server = server_name(ctx);
    // A name that would mention somebody is shown otherwise than it is, and typed either way.
    let typed = confirm.map(|typed| if typed.trim() == literal(&server) { server.clone() } else { typed });
    let outcome = Box::pin(everything(&ctx.data().flows, &manager, &server, typed.as_deref())).await?;
    let face = match outcome {
        Erasure::Unconfirmed(holdings) => erase_asks(&server, &holdings, false),
        Erasure::Mistyped(holdings) => erase_asks(&server, &holdings, true),
        Erasure::Done(holdings) => erased(&holdings),
        Erasure::UnderWay(holdings) => erasing(&holdings),
    };
    show(ctx, &face).await
}
