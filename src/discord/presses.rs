//! A press of a button or a choice in a select.
//!
//! What is pressed says everything (see [`Press`]), and none of it is believed: the flows check workspace, author and
//! role as they are now, so an old, forged or somebody else's button is explained and changes nothing. The composer is
//! drawn anew from the saved draft by each press, which keeps the private message alive. What talks to TikTok or deletes
//! bytes says first that it was heard ([`slow`]); everything else is answered at once, since Discord waits three seconds.

mod settling;
mod slow;

use secrecy::ExposeSecret as _;
use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, Context, CreateInteractionResponse, CreateModal,
};

use super::buttons::{
    Press, QueueFilter, ReasonKind, Toggle, address_form, caption_form, edit_form, reason_form, time_form,
};
use super::cards::Preview;
use super::commands::{account, calendar, history, queue};
use super::composer::{ComposerView, composer_with_preview};
use super::face::Face;
use super::http::was_answered;
use super::look::Standing;
use super::{Bot, people, times, told, words};
use crate::domain::creator::{Choices, Privacy};
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::{Edit, Post, PostStage, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Manager, Member, Reviewer, Word};
use crate::flows::warn::{self, Question};
use crate::flows::{Failure, change, go_on, review, submit, watch, when};
use crate::words::in_language;

/// The queue of what is held.
const HELD: QueueFilter = QueueFilter { account: None, standing: Some(Standing::Held) };

/// What a press or a form comes to.
pub(super) enum Answer {
    /// Something only this person sees.
    Private(Face),
    /// The message it belongs to, drawn anew.
    Redrawn(Face),
    /// A form.
    Opened(CreateModal),
}

impl Answer {
    /// The first answer to an interaction.
    pub(super) fn response(self) -> CreateInteractionResponse {
        match self {
            Self::Private(face) => CreateInteractionResponse::Message(face.private_reply()),
            Self::Redrawn(face) => CreateInteractionResponse::UpdateMessage(face.reply()),
            Self::Opened(form) => CreateInteractionResponse::Modal(form),
        }
    }
}

/// Sees to a press.
pub(super) async fn press(bot: &Bot, ctx: &Context, click: &ComponentInteraction) {
    let member = people::asking(click.guild_id, click.member.as_ref())
        .map(|member| people::acting(member, click.channel_id, people::seen_by_others(&click.message)));
    let (Some(press), Some(member)) = (Press::read(&click.data.custom_id), member) else {
        return first(ctx, click, Answer::Private(words::old_button())).await;
    };
    if slow::is_slow(press) {
        return slow::see_to(bot, ctx, click, &member, press).await;
    }
    if let Press::Calendar { month } = press {
        return calendar::turn(bot, ctx, click, &member, month).await;
    }
    let answer = match Box::pin(decide(bot, &member, press, &click.data.kind)).await {
        Ok(answer) => answer,
        Err(failure) => Answer::Private(refused(press, &failure)),
    };
    first(ctx, click, answer).await;
}

async fn first(ctx: &Context, click: &ComponentInteraction, answer: Answer) {
    heard("a press", click.create_response(&ctx.http, answer.response()).await);
}

/// Logs an answer that did not arrive; says whether it is ours to go on.
pub(super) fn heard<T>(what: &str, answered: serenity::Result<T>) -> bool {
    match answered {
        Ok(_) => true,
        Err(error) if was_answered(&error) => {
            tracing::debug!("{what} was answered already");
            false
        }
        Err(error) => {
            tracing::warn!("An answer to {what} did not reach Discord: {error}");
            false
        }
    }
}

/// What a person is told whose press came to nothing.
fn refused(press: Press, failure: &Failure) -> Face {
    match failure {
        Failure::Refused(refusal) if is_composing(press) && **refusal == Refusal::NotYours => words::not_for_you(),
        other => told("a press", other),
    }
}

const fn is_composing(press: Press) -> bool {
    match press {
        Press::ChoosePrivacy { .. }
        | Press::Toggle { .. }
        | Press::Submit { .. }
        | Press::SubmitAllTheSame { .. }
        | Press::ChangeAllTheSame { .. }
        | Press::ScheduleBatch { .. }
        | Press::ScheduleBatchAllTheSame { .. }
        | Press::DiscardBatch { .. }
        | Press::EditCaption { .. }
        | Press::ChangeTime { .. }
        | Press::Discard { .. } => true,
        Press::Approve { .. }
        | Press::RequestChanges { .. }
        | Press::Decline { .. }
        | Press::SayWhy { .. }
        | Press::TakeBackNo { .. }
        | Press::Retry { .. }
        | Press::RetryAllTheSame { .. }
        | Press::Vouch { .. }
        | Press::NotOut { .. }
        | Press::NotOutAllTheSame { .. }
        | Press::PublishNow { .. }
        | Press::PublishAllHeld
        | Press::LookAtHeld
        | Press::GoOn { .. }
        | Press::Connect { .. }
        | Press::PasteAddress
        | Press::EditPost { .. }
        | Press::PickTime { .. }
        | Press::Withdraw { .. }
        | Press::TakeTime { .. }
        | Press::NextSlot { .. }
        | Press::Calendar { .. }
        | Press::History { .. }
        | Press::Page { .. } => false,
    }
}

async fn decide(
    bot: &Bot,
    member: &Member,
    press: Press,
    kind: &ComponentInteractionDataKind,
) -> Result<Answer, Failure> {
    let flows = &bot.flows;
    match press {
        Press::ChoosePrivacy { post } => choose_privacy(bot, member, post, kind).await,
        Press::Toggle { post, what } => {
            draft(bot, member, post).await?;
            choose(bot, member, post, |choices| toggled(choices, what)).await
        }
        Press::EditCaption { post } => Ok(Answer::Opened(caption_form(&draft(bot, member, post).await?))),
        Press::ChangeTime { post } => times::form_for(bot, member, &draft(bot, member, post).await?, time_form).await,
        Press::Approve { post, revision } => judge(bot, member, post, revision, Word::Approve).await,
        Press::RequestChanges { post, revision } => {
            ask_why(bot, member, post, revision, ReasonKind::RequestChanges).await
        }
        Press::Decline { post, revision } => ask_why(bot, member, post, revision, ReasonKind::Decline).await,
        Press::SayWhy { post, revision } => say_why(bot, member, post, revision).await,
        Press::TakeBackNo { post, revision } => take_back_no(bot, member, post, revision).await,
        Press::Retry { .. }
        | Press::RetryAllTheSame { .. }
        | Press::NotOut { .. }
        | Press::NotOutAllTheSame { .. }
        | Press::Vouch { .. }
        | Press::PublishNow { .. }
        | Press::PublishAllHeld => settling::settle(bot, member, press).await,
        Press::LookAtHeld => Ok(Answer::Private(queued(bot, member, HELD, 0).await?)),
        Press::GoOn { account } => let_go_on(bot, member, account).await,
        Press::Connect { account } => Ok(Answer::Private(account::connect_again(bot, member, account).await?)),
        Press::PasteAddress => {
            Manager::of(member)?;
            Ok(Answer::Opened(address_form()))
        }
        Press::EditPost { post } => {
            times::form_for(bot, member, &may_change(bot, member, post).await?, edit_form).await
        }
        Press::PickTime { post } => {
            times::form_for(bot, member, &may_change(bot, member, post).await?, time_form).await
        }
        Press::Withdraw { post } => {
            Ok(Answer::Private(words::withdrawn(&change::withdraw(flows, member, post).await?)))
        }
        Press::TakeTime { post, unix } => times::take_time(bot, member, post, unix).await,
        Press::NextSlot { post } => times::next_slot(bot, member, post).await,
        Press::History { post, page } => {
            Ok(Answer::Redrawn(history::page(bot, member, &find(bot, member, post).await?, page).await?))
        }
        Press::Page { filter, page } => Ok(Answer::Redrawn(queued(bot, member, filter, page).await?)),
        // These were seen to before: most take longer, one comes with a picture.
        Press::Submit { .. }
        | Press::SubmitAllTheSame { .. }
        | Press::ChangeAllTheSame { .. }
        | Press::ScheduleBatch { .. }
        | Press::ScheduleBatchAllTheSame { .. }
        | Press::DiscardBatch { .. }
        | Press::Calendar { .. }
        | Press::Discard { .. } => Err(Refusal::OldButton.into()),
    }
}

/// Somebody judges exactly this revision, by a button or a form.
pub(super) async fn judge(
    bot: &Bot,
    member: &Member,
    post: PostId,
    seen: Revision,
    word: Word,
) -> Result<Answer, Failure> {
    let by = reviewer(bot, member).await?;
    let (post, judged) = review::judge(&bot.flows, &by, post, seen, word).await?;
    let is_paused = bot.flows.store.pause_over(post.workspace, post.account).await?.is_some();
    Ok(Answer::Private(words::judged(judged, &post, is_paused)))
}

/// A manager says that a ban is over. The message stands in a channel and speaks to everybody there.
async fn let_go_on(bot: &Bot, member: &Member, account: AccountId) -> Result<Answer, Failure> {
    let account = go_on::go_on(&bot.flows, &Manager::of(member)?, account).await?;
    let language = bot.flows.store.workspace(member.workspace).await?.map(|workspace| workspace.language);
    Ok(Answer::Redrawn(in_language(language.unwrap_or_default(), || words::went_on(&account, member.id))))
}

async fn take_back_no(bot: &Bot, member: &Member, post: PostId, revision: Revision) -> Result<Answer, Failure> {
    reviewer(bot, member).await?;
    let (post, judged) = review::take_back_no(&bot.flows, member, post, revision, true).await?;
    Ok(Answer::Private(words::took_back_no(judged, &post)))
}

/// A page of the queue.
async fn queued(bot: &Bot, member: &Member, filter: QueueFilter, page: u16) -> Result<Face, Failure> {
    let workspace = bot.flows.store.workspace(member.workspace).await?.ok_or(Refusal::OldButton)?;
    let zone = when::zone_of(&bot.flows, member).await?;
    queue::page(bot, &workspace, filter, page, zone).await
}

async fn choose_privacy(
    bot: &Bot,
    member: &Member,
    post: PostId,
    kind: &ComponentInteractionDataKind,
) -> Result<Answer, Failure> {
    let ComponentInteractionDataKind::StringSelect { values } = kind else { return Err(Refusal::OldButton.into()) };
    let chosen = values.first().and_then(|word| word.parse::<Privacy>().ok()).ok_or(Refusal::OldButton)?;
    draft(bot, member, post).await?;
    choose(bot, member, post, |choices| Choices { privacy: Some(chosen), ..choices }).await
}

/// The choices with one switch turned. Whoever discloses nothing promotes nothing.
fn toggled(choices: Choices, what: Toggle) -> Choices {
    let mut turned = choices;
    match what {
        Toggle::Comments => turned.comments = !turned.comments,
        Toggle::Duet => turned.duet = !turned.duet,
        Toggle::Stitch => turned.stitch = !turned.stitch,
        Toggle::AiLabel => turned.ai_generated = !turned.ai_generated,
        Toggle::Disclose => turned.discloses = !turned.discloses,
        Toggle::OwnBrand => turned.own_brand = !turned.own_brand,
        Toggle::Branded => turned.branded_content = !turned.branded_content,
    }
    if !turned.discloses {
        turned.own_brand = false;
        turned.branded_content = false;
    }
    turned
}

/// Opens the form that asks a reviewer why, if their word would count now.
async fn ask_why(
    bot: &Bot,
    member: &Member,
    post: PostId,
    seen: Revision,
    kind: ReasonKind,
) -> Result<Answer, Failure> {
    reviewer(bot, member).await?;
    let post = find(bot, member, post).await?;
    match post.stage() {
        PostStage::InReview if post.revision() == seen => Ok(Answer::Opened(reason_form(&post, seen, kind))),
        PostStage::InReview => Err(Refusal::OldCard { number: post.number }.into()),
        stage @ (PostStage::Draft
        | PostStage::Approved
        | PostStage::Declined
        | PostStage::Lapsed
        | PostStage::Withdrawn) => Err(Refusal::NotInReview { stage }.into()),
    }
}

/// Opens the form for the reason of a no that was said without one.
async fn say_why(bot: &Bot, member: &Member, post: PostId, seen: Revision) -> Result<Answer, Failure> {
    reviewer(bot, member).await?;
    let post = find(bot, member, post).await?;
    post.must_be_declined_without_reason(member.id, seen)?;
    Ok(Answer::Opened(reason_form(&post, seen, ReasonKind::Explain)))
}

/// The post, if this member may change it.
pub(super) async fn may_change(bot: &Bot, member: &Member, post: PostId) -> Result<Post, Failure> {
    let post = find(bot, member, post).await?;
    change::may_edit(&bot.flows, member, &post).await?;
    Ok(post)
}

async fn choose(
    bot: &Bot,
    member: &Member,
    post: PostId,
    change: impl FnOnce(Choices) -> Choices,
) -> Result<Answer, Failure> {
    let edit = |draft: &Post| Edit { choices: Some(change(draft.choices)), ..Edit::default() };
    let draft = submit::compose(&bot.flows, member, post, edit).await?;
    Ok(Answer::Redrawn(composing(bot, &draft).await?))
}

/// A draft in its composer.
pub(super) async fn composing(bot: &Bot, draft: &Post) -> Result<Face, Failure> {
    composing_asked(bot, draft, None).await
}

/// The same, with what its member is asked before it goes to review.
pub(super) async fn composing_asked(bot: &Bot, draft: &Post, asks: Option<&Question>) -> Result<Face, Failure> {
    let store = &bot.flows.store;
    let account = store.account(draft.account).await?.ok_or(Refusal::NoSuchAccount)?;
    let video = store.video(draft.video).await?.ok_or(Refusal::NoVideo)?;
    let audited = bot.flows.rules.audited;
    let mut problems = warn::about(&bot.flows, draft, &account).await?;
    let paused = store.pause_over(draft.workspace, draft.account).await?;
    problems.extend(paused.map(|pause| words::pauses::in_the_composer(&pause, &account.username)));
    let link = watch::link(&bot.flows, draft);
    let preview = link.as_ref().map_or(Preview::None, |link| Preview::Link(link.expose_secret()));
    let view = ComposerView { post: draft, video: &video, audited, problems: &problems, asks };
    Ok(composer_with_preview(&view, preview))
}

/// The post a button is about, if it is this workspace's; the button of a draft that was discarded is an old one.
pub(super) async fn find(bot: &Bot, member: &Member, post: PostId) -> Result<Post, Failure> {
    let found = bot.flows.store.post(post).await?.filter(|post| post.workspace == member.workspace);
    Ok(found.ok_or(Refusal::OldButton)?)
}

/// The member's own draft.
pub(super) async fn draft(bot: &Bot, member: &Member, post: PostId) -> Result<Post, Failure> {
    Ok(find(bot, member, post).await?.compose(member, Edit::default())?)
}

/// The proof that this member may judge here and now.
pub(super) async fn reviewer(bot: &Bot, member: &Member) -> Result<Reviewer, Failure> {
    let workspace = bot.flows.store.workspace(member.workspace).await?.ok_or(Refusal::OldButton)?;
    Ok(Reviewer::of(member, &workspace)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_turns_one_thing_and_back() {
        for what in Toggle::ALL {
            let disclosing = Choices { discloses: true, ..Choices::default() };
            let once = toggled(disclosing, what);
            assert_ne!(once, disclosing, "{what:?}");
            if what != Toggle::Disclose {
                assert_eq!(toggled(once, what), disclosing, "{what:?}");
            }
        }
    }

    #[test]
    fn who_discloses_nothing_promotes_nothing() {
        let branded = Choices { discloses: true, own_brand: true, branded_content: true, ..Choices::default() };
        assert_eq!(toggled(branded, Toggle::Disclose), Choices::default());
        assert_eq!(toggled(Choices::default(), Toggle::Branded), Choices::default());
    }
}
