//! A form that was filled in. As with buttons, its name says what it is about and none of it is believed.

use chrono_tz::Tz;
use serenity::all::{
    ActionRow, ActionRowComponent, Context, CreateInteractionResponse, CreateInteractionResponseMessage,
    ModalInteraction,
};

use super::buttons::{
    ACCOUNT_FIELD, ADDRESS_FIELD, CAPTION_FIELD, COVER_FIELD, Form, REASON_FIELD, ReasonKind, WHEN_FIELD, cover_millis,
};
use super::commands::schedule::Asked;
use super::face::Face;
use super::from_message::{self, Wished};
use super::http::persist;
use super::presses::{Answer, composing, draft, find, heard, judge, may_change, reviewer};
use super::times::{change_time, offers};
use super::{Bot, people, told, words};
use crate::domain::caption::Caption;
use crate::domain::creator::Choices;
use crate::domain::ids::{ChannelId, MessageId, PostId};
use crate::domain::post::{Due, Edit, Post, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Manager, Member, Word};
use crate::domain::schedule::{self, When};
use crate::flows::when;
use crate::flows::{Failure, connect, review, submit};

/// Sees to a form.
pub(super) async fn submitted(bot: &Bot, ctx: &Context, form: &ModalInteraction) {
    let on = form.message.as_deref().and_then(people::seen_by_others);
    let member =
        people::asking(form.guild_id, form.member.as_ref()).map(|member| people::acting(member, form.channel_id, on));
    let (Some(name), Some(member)) = (Form::read(&form.data.custom_id), member) else {
        return first(ctx, form, Answer::Private(words::old_button())).await;
    };
    let fields = Fields { rows: &form.data.components };
    match name {
        Form::EditPost { post } => {
            return slow(ctx, form, Box::pin(edit_post(bot, &member, post, &fields))).await;
        }
        Form::Address => return slow(ctx, form, Box::pin(address(bot, &member, &fields))).await,
        Form::FromMessage { channel, message } => {
            let handed_in = hand_in(bot, ctx, form, &member, (channel, message), &fields);
            return slow(ctx, form, Box::pin(handed_in)).await;
        }
        Form::Caption { .. } | Form::Time { .. } | Form::Reason { .. } => {}
    }
    let answer = match Box::pin(decide(bot, &member, name, &fields)).await {
        // Without a message of its own to draw anew, the answer is one.
        Ok(Answer::Redrawn(face)) if form.message.is_none() => Answer::Private(face),
        Ok(answer) => answer,
        Err(failure) => Answer::Private(told("a form", &failure)),
    };
    first(ctx, form, answer).await;
}

async fn first(ctx: &Context, form: &ModalInteraction, answer: Answer) {
    heard("a form", form.create_response(&ctx.http, answer.response()).await);
}

/// Says that an answer is coming, because TikTok may have to be asked, and fills it in.
async fn slow(ctx: &Context, form: &ModalInteraction, answer: impl Future<Output = Result<Face, Failure>>) {
    let coming = CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true));
    if !heard("a form", form.create_response(&ctx.http, coming).await) {
        return;
    }
    let face = match answer.await {
        Ok(face) => face,
        Err(failure) => told("a form", &failure),
    };
    heard("a form", persist("an answer", || form.edit_response(&ctx.http, face.edit_reply())).await);
}

async fn decide(bot: &Bot, member: &Member, form: Form, fields: &Fields<'_>) -> Result<Answer, Failure> {
    match form {
        Form::Caption { post } => caption(bot, member, post, fields).await,
        Form::Time { post } => time(bot, member, post, fields).await,
        Form::Reason { post, revision, kind: ReasonKind::Explain } => {
            explain(bot, member, post, revision, fields.text(REASON_FIELD)).await
        }
        Form::Reason { post, revision, kind } => {
            let word = word(kind, fields.text(REASON_FIELD))?;
            judge(bot, member, post, revision, word).await
        }
        // All three are seen to before.
        Form::EditPost { .. } | Form::Address | Form::FromMessage { .. } => Err(Refusal::OldButton.into()),
    }
}

/// Finishes connecting an account with the address a manager brings back.
async fn address(bot: &Bot, member: &Member, fields: &Fields<'_>) -> Result<Face, Failure> {
    let pasted = fields.text(ADDRESS_FIELD).into();
    let account = connect::finish_pasted(&bot.flows, &Manager::of(member)?, &pasted).await?;
    Ok(words::connected(&account, member.id))
}

/// Hands in the video of a message somebody pointed at; the answer shows how far it is and becomes the composer.
async fn hand_in(
    bot: &Bot,
    ctx: &Context,
    form: &ModalInteraction,
    member: &Member,
    (channel, message): (ChannelId, MessageId),
    fields: &Fields<'_>,
) -> Result<Face, Failure> {
    // The form belongs where the message is, and people are let into no other channel by naming it.
    if form.channel_id.get() != channel.0 {
        return Err(Refusal::OldButton.into());
    }
    let wished = Wished {
        when: fields.text(WHEN_FIELD).to_owned(),
        caption: fields.text(CAPTION_FIELD).to_owned(),
        account: fields.given(ACCOUNT_FIELD).map(str::to_owned),
    };
    let draft = from_message::hand_in(bot, member, (channel, message), wished, Asked::Form(&ctx.http, form)).await?;
    composing(bot, &draft).await
}

async fn caption(bot: &Bot, member: &Member, post: PostId, fields: &Fields<'_>) -> Result<Answer, Failure> {
    let draft = draft(bot, member, post).await?;
    let caption = Caption::new(fields.text(CAPTION_FIELD)).map_err(Refusal::from)?;
    let millis = match cover(bot, &draft, fields).await? {
        Ok(millis) => millis,
        Err(face) => return Ok(Answer::Private(face)),
    };
    let choices = Some(Choices { cover_millis: millis, ..draft.choices });
    let edit = Edit { caption: Some(caption), choices, ..Edit::default() };
    let draft = submit::compose(&bot.flows, member, post, |_| edit).await?;
    Ok(Answer::Redrawn(composing(bot, &draft).await?))
}

/// A draft's composer is drawn anew; of anything else the card tells everybody, so only the person is answered.
async fn time(bot: &Bot, member: &Member, post: PostId, fields: &Fields<'_>) -> Result<Answer, Failure> {
    let post = find(bot, member, post).await?;
    let is_draft = post.stage() == crate::domain::post::PostStage::Draft;
    let zone = when::zone_of(&bot.flows, member).await?;
    let changed = match when::read_in(&bot.flows, fields.text(WHEN_FIELD), zone) {
        Ok(asked) => change_time(bot, member, &post, asked).await,
        Err(refusal) => Err(refusal.into()),
    };
    match changed {
        Ok(face) if is_draft => Ok(Answer::Redrawn(face)),
        Ok(face) => Ok(Answer::Private(face)),
        Err(failure) => offers(failure, post.id, zone).map(Answer::Private),
    }
}

async fn explain(bot: &Bot, member: &Member, post: PostId, seen: Revision, why: &str) -> Result<Answer, Failure> {
    let (reviewer, why) = (reviewer(bot, member).await?, why.trim().to_owned());
    if why.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let post = review::explain(&bot.flows, &reviewer, post, seen, why).await?;
    Ok(Answer::Private(words::explained(&post)))
}

/// What a reviewer says with a reason. Changes cannot be asked for without saying which.
fn word(kind: ReasonKind, reason: &str) -> Result<Word, Refusal> {
    let reason = reason.trim().to_owned();
    match kind {
        ReasonKind::Decline | ReasonKind::Explain => {
            Ok(Word::Decline { reason: (!reason.is_empty()).then_some(reason) })
        }
        ReasonKind::RequestChanges if reason.is_empty() => Err(Refusal::NoReason),
        ReasonKind::RequestChanges => Ok(Word::RequestChanges { reason }),
    }
}

async fn edit_post(bot: &Bot, member: &Member, post: PostId, fields: &Fields<'_>) -> Result<Face, Failure> {
    let post = may_change(bot, member, post).await?;
    let caption = Caption::new(fields.text(CAPTION_FIELD)).map_err(Refusal::from)?;
    let millis = match cover(bot, &post, fields).await? {
        Ok(millis) => millis,
        Err(face) => return Ok(face),
    };
    let edit = Edit {
        due: None,
        caption: (caption != post.caption).then_some(caption),
        // Only other choices make TikTok be asked what this creator allows.
        choices: (millis != post.choices.cover_millis).then_some(Choices { cover_millis: millis, ..post.choices }),
    };
    let zone = when::zone_of(&bot.flows, member).await?;
    let asked = match asked(bot, &post, fields.text(WHEN_FIELD), zone) {
        Ok(asked) => asked,
        Err(refusal) => return offers(refusal.into(), post.id, zone),
    };
    let only_moved = asked.is_some() && edit.caption.is_none() && edit.choices.is_none();
    match when::edit(&bot.flows, member, post.id, edit, asked).await {
        Ok(changed) if only_moved => Ok(words::weighed(&changed, words::moved)),
        Ok(changed) => Ok(words::weighed(&changed, words::edited)),
        Err(failure) => offers(failure, post.id, zone),
    }
}

/// The time that was filled in, unless it is the one that stood there: that one may be too near by now to be chosen.
fn asked(bot: &Bot, post: &Post, text: &str, zone: Tz) -> Result<Option<when::Asked>, Refusal> {
    let unchanged = match (schedule::read(text, zone, bot.flows.clock.now())?, post.due) {
        // The form shows whole seconds.
        (When::At { at, .. }, Due::At(before)) => at.timestamp() == before.timestamp(),
        (When::Asap, Due::Asap) => true,
        (When::At { .. }, Due::Asap) | (When::Asap, Due::At(_)) | (When::NextSlot, _) => false,
    };
    if unchanged { Ok(None) } else { when::read_in(&bot.flows, text, zone).map(Some) }
}

/// The cover's place in the video, or what to say when there is no such place. A form without the field leaves it.
async fn cover(bot: &Bot, post: &Post, fields: &Fields<'_>) -> Result<Result<u32, Face>, Failure> {
    let Some(given) = fields.given(COVER_FIELD) else { return Ok(Ok(post.choices.cover_millis)) };
    let video = bot.flows.store.video(post.video).await?.ok_or(Refusal::NoVideo)?;
    let longest = video.facts.duration_millis;
    Ok(match cover_millis(given) {
        Some(millis) if longest.is_none_or(|longest| u64::from(millis) <= longest) => Ok(millis),
        Some(_) | None => Err(words::bad_cover(given, longest)),
    })
}

/// What was filled in.
struct Fields<'a> {
    rows: &'a [ActionRow],
}

impl<'a> Fields<'a> {
    fn given(&self, name: &str) -> Option<&'a str> {
        self.rows.iter().flat_map(|row| &row.components).find_map(|part| match part {
            ActionRowComponent::InputText(input) if input.custom_id == name => {
                Some(input.value.as_deref().unwrap_or_default())
            }
            _ => None,
        })
    }

    fn text(&self, name: &str) -> &'a str {
        self.given(name).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_reason_is_none_and_changes_need_one() {
        assert_eq!(word(ReasonKind::Decline, " \n "), Ok(Word::Decline { reason: None }));
        let said = word(ReasonKind::Decline, " too dark ");
        assert_eq!(said, Ok(Word::Decline { reason: Some("too dark".into()) }));
        assert!(word(ReasonKind::RequestChanges, " ").is_err());
    }

    #[test]
    fn fields_are_found_by_name() {
        let rows: Vec<ActionRow> = serde_json::from_value(serde_json::json!([
            { "type": 1, "components": [{ "type": 4, "custom_id": "when", "value": "asap" }] },
            { "type": 1, "components": [{ "type": 4, "custom_id": "caption", "value": "" }] }
        ]))
        .unwrap();
        let fields = Fields { rows: &rows };
        assert_eq!(fields.text("when"), "asap");
        assert_eq!(fields.given("caption"), Some(""));
        assert_eq!(fields.given("cover"), None);
    }
}
