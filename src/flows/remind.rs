//! Reminds reviewers of posts that will lapse.

use super::{Failure, Flows};
use crate::domain::notice::Notice;
use crate::domain::post::PostStage;
use crate::store::passed_over;

/// How many reminders one round owes.
const ROUND: u32 = 100;

/// Owes every reminder whose time has come; gives back how many were dealt with.
///
/// One that is late because nobody looked is owed all the same, unless the next follows at once; of several only one, and none for what is no longer in review.
///
/// # Errors
/// When the store cannot be reached.
pub async fn remind(flows: &Flows) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let mut dealt_with = 0;
    for (id, due) in flows.store.due_reminders(now, ROUND).await? {
        let mut tx = flows.store.begin().await?;
        let Some(post) = passed_over(tx.post(id).await)? else {
            // It must not stand before the others for ever.
            tx.take_reminder(id, due, None).await?;
            tx.commit().await?;
            continue;
        };
        let skips = post.can_skip_reminder(now) || post.stage() != PostStage::InReview;
        // Whoever is told now is not told again within minutes; what was left out has its turn at its own time.
        let next = post.next_reminder(if skips { due } else { now }).filter(|at| *at > now);
        if tx.take_reminder(id, due, next).await? {
            let team = tx.workspace(post.workspace).await?;
            if !skips && team.is_some_and(|team| team.removed_at.is_none() && team.stays().is_ok()) {
                tx.tell(post.workspace, &Notice::Reminder { post: id }, now).await?;
                tracing::info!(post.id = %id, "The reviewers of post {} are reminded", post.number);
            }
            dealt_with += 1;
        }
        tx.commit().await?;
    }
    if dealt_with > 0 {
        flows.nudges.outbox.notify_one();
    }
    Ok(dealt_with)
}
