//! What a member typed for a time: read in their own zone, or the workspace's, and given to a draft or a post.

use chrono_tz::Tz;

use super::warn::Weighed;
use super::{Failure, Flows, change, submit};
use crate::domain::ids::PostId;
use crate::domain::post::{Due, Edit, Post, PostStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::schedule::{self, When};

/// A time somebody asks for, checked against the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// This time, in the zone it was given in.
    Due(Due, Tz),
    /// The next free slot of the post's account, whichever that is once it is taken.
    NextSlot,
}

/// The zone a member lives in: their own, or else the workspace's.
///
/// # Errors
/// When the store cannot be reached.
pub async fn zone_of(flows: &Flows, by: &Member) -> Result<Tz, Failure> {
    let mut reader = flows.store.read().await?;
    if let Some(own) = reader.member_zone(by.workspace, by.id).await? {
        return Ok(own);
    }
    Ok(reader.workspace(by.workspace).await?.map_or(Tz::UTC, |workspace| workspace.zone))
}

/// Chooses the zone of a member, or with none the workspace's again; gives the zone that is theirs now.
///
/// # Errors
/// When there is no such zone.
pub async fn choose_zone(flows: &Flows, by: &Member, named: Option<&str>) -> Result<Tz, Failure> {
    let own = named.map(schedule::zone).transpose().map_err(Refusal::from)?;
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::OldButton)?;
    workspace.stays()?;
    tx.keep_member_zone(by.workspace, by.id, own, flows.clock.now()).await?;
    tx.commit().await?;
    Ok(own.unwrap_or(workspace.zone))
}

/// Reads what was typed by somebody in a zone.
///
/// # Errors
/// When it cannot be read or lies outside the window.
pub fn read_in(flows: &Flows, text: &str, zone: Tz) -> Result<Asked, Refusal> {
    let now = flows.clock.now();
    Ok(match flows.rules.window.read(text, zone, now).map_err(|refusal| refusal.in_zone(zone))? {
        When::At { at, zone } => Asked::Due(Due::At(at), zone),
        When::Asap => Asked::Due(Due::Asap, zone),
        When::NextSlot => Asked::NextSlot,
    })
}

/// Gives a draft or a post another time. What speaks against it is asked about a post, and a draft shows it.
///
/// # Errors
/// When the member may not, or the time does not work.
pub async fn retime(flows: &Flows, by: &Member, post: &Post, asked: Asked) -> Result<Weighed<Post>, Failure> {
    let is_draft = post.stage() == PostStage::Draft;
    match asked {
        Asked::Due(due, zone) => {
            let edit = Edit { due: Some((due, zone)), ..Edit::default() };
            if is_draft {
                return submit::compose(flows, by, post.id, |_| edit).await.map(Weighed::Done);
            }
            Box::pin(change::edit(flows, by, post.id, edit)).await
        }
        Asked::NextSlot if is_draft => submit::compose_into_slot(flows, by, post.id).await.map(Weighed::Done),
        Asked::NextSlot => edit(flows, by, post.id, Edit::default(), Some(Asked::NextSlot)).await,
    }
}

/// Changes a post that was submitted, its time too if one is asked for.
///
/// # Errors
/// When the member may not, the change does not work, or the post may be out already.
pub async fn edit(
    flows: &Flows,
    by: &Member,
    id: PostId,
    edit: Edit,
    asked: Option<Asked>,
) -> Result<Weighed<Post>, Failure> {
    match asked {
        Some(Asked::NextSlot) => Box::pin(change::edit_into_slot(flows, by, id, edit)).await,
        Some(Asked::Due(due, zone)) => {
            Box::pin(change::edit(flows, by, id, Edit { due: Some((due, zone)), ..edit })).await
        }
        None => Box::pin(change::edit(flows, by, id, edit)).await,
    }
}
