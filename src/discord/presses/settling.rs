//! Presses that decide what becomes of a post that failed, is unclear or is held.

use super::Answer;
use crate::discord::buttons::Press;
use crate::discord::{Bot, words};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::flows::{Failure, change, release};

/// Somebody decides what becomes of a post that failed, is unclear or is held.
pub(super) async fn settle(bot: &Bot, member: &Member, press: Press) -> Result<Answer, Failure> {
    let flows = &bot.flows;
    let retried = |post, mark| Press::RetryAllTheSame { post, mark };
    let denied = |post, mark| Press::NotOutAllTheSame { post, mark };
    Ok(Answer::Private(match press {
        // Trying again what may be out already takes somebody who has looked, and says so.
        Press::Retry { post } => words::tried_again(&change::retry(flows, member, post, None).await?, post, retried),
        Press::NotOut { post } => words::tried_again(&change::deny(flows, member, post, None).await?, post, denied),
        Press::RetryAllTheSame { post, mark } => {
            let tried = change::retry(flows, member, post, Some(mark)).await?;
            return Ok(Answer::Redrawn(words::tried_again(&tried, post, retried)));
        }
        Press::NotOutAllTheSame { post, mark } => {
            let tried = change::deny(flows, member, post, Some(mark)).await?;
            return Ok(Answer::Redrawn(words::tried_again(&tried, post, denied)));
        }
        Press::Vouch { post } => words::weighed(&change::vouch(flows, member, post).await?, words::vouched),
        Press::PublishNow { post } => words::released(&release::publish_now(flows, member, post).await?),
        Press::PublishAllHeld => words::released_all(release::publish_all_held(flows, member).await?),
        _ => return Err(Refusal::OldButton.into()),
    }))
}
