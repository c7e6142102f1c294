//! The card of a post: sent once for each revision, drawn anew as the post lives, marked when a newer one takes its place.
//!
//! One redraw shows whatever is true then, so notices about the same card are one. A card somebody deleted is sent again;
//! one that Discord no longer lets us edit is told as a line in the thread instead.

use serenity::all::{AutoArchiveDuration, CreateThread, Message, ReactionType};

use super::plan::{Trouble, trouble};
use super::preview::preview;
use super::send::Letter;
use super::trace::Mark;
use super::{Outbox, Scene, Setback, channel};
use crate::discord::cards::{self, CardView, Preview};
use crate::discord::http::code;
use crate::discord::lists;
use crate::discord::look::{NO, YES};
use crate::discord::reactions::is_same_emoji;
use crate::domain::digest::caption_preview;
use crate::domain::ids::{ChannelId, MessageId, PostId};
use crate::domain::notice::Owed;
use crate::domain::post::{Card, Post, PostStage};
use crate::drill;
use crate::flows::deliver;

/// Discord's codes for what is gone: the channel, the message.
const GONE: [isize; 2] = [10003, 10008];
/// Discord's code for a message older than an hour that was edited too often.
const TOO_MANY_EDITS: isize = 30046;
/// Discord's code for a file or request that is too large.
const TOO_LARGE: isize = 40005;
/// Discord's code for a message that has its thread.
const HAS_A_THREAD: isize = 160_004;

/// What a card needs in the review channel.
const NEEDS: &str = "View Channel, Send Messages, Embed Links, Attach Files and Read Message History";

/// What became of a card that was to be drawn anew.
enum Redrawn {
    /// It shows how the post stands.
    Anew(Box<Message>),
    /// Somebody deleted it, or its channel.
    Gone,
    /// Discord takes no more edits of it for now.
    TooOften,
}

impl Outbox {
    /// Makes the card of a post show how the post stands.
    pub(super) async fn card(&self, owed: &mut Owed, id: PostId) -> Result<Option<MessageId>, Setback> {
        let Some(scene) = Scene::of(&self.flows, id).await? else { return Ok(None) };
        if scene.post.stage() == PostStage::Draft {
            return Ok(None);
        }
        let known = self.flows.store.cards(id).await?;
        let revision = scene.post.revision();
        let (message, is_new) = match known.iter().find(|card| card.revision == revision && !card.superseded) {
            None => (self.place(owed, &scene, &known, true).await?, true),
            Some(card) => match self.redraw(&scene, card).await? {
                Redrawn::Anew(message) => (*message, false),
                Redrawn::Gone => (self.place(owed, &scene, &known, false).await?, true),
                Redrawn::TooOften => return self.tell_instead(owed, &scene, card).await.map(Some),
            },
        };
        self.react(&scene, &message).await?;
        if is_new {
            self.hear_the_first(&scene, &message).await;
        }
        self.open_thread(&scene.post, &known, &message).await?;
        self.supersede(&scene, &known).await?;
        Ok(Some(MessageId(message.id.get())))
    }

    /// Sends the card of the present revision.
    async fn place(&self, owed: &mut Owed, scene: &Scene, known: &[Card], first: bool) -> Result<Message, Setback> {
        let review_channel = scene.workspace.review_channel.ok_or(Setback::Nowhere)?;
        let (post, revision) = (&scene.post, scene.post.revision());
        // Whoever judges was called once for all rows of a file.
        let first = first && !(known.is_empty() && self.flows.store.batch_of(post.id).await?.is_some());
        let (mut file, link) = (self.attachment(scene).await?, self.link(scene));
        let message = loop {
            let preview = preview(file.as_ref().map(|file| file.filename.as_str()), link.as_ref());
            let face = cards::card(&CardView { first, ..scene.view(preview, self.flows.clock.now()) });
            let mark = Mark::Footer(cards::marker(post.number, revision));
            let letter = Letter { to: channel(review_channel), face: &face, file: file.clone(), mark, needs: NEEDS };
            match self.once(owed, &letter).await {
                Err(setback) if file.is_some() && is_too_large(&setback) => file = None,
                // The notice was held up while the post changed: its word still stands for an older card.
                Ok(message) if is_other_card(&message, known, scene) => self.renonce(owed).await?,
                Err(setback) => return Err(self.unless_gone(owed, review_channel, setback).await?),
                Ok(message) => break message,
            }
        };
        let (channel, message_id) = (ChannelId(message.channel_id.get()), MessageId(message.id.get()));
        let card = Card { post: post.id, revision, channel, message: message_id, superseded: false };
        deliver::card_placed(&self.flows, &card).await?;
        tracing::info!(post.id = %post.id, "Placed the card of post {}, revision {}", post.number, revision.short());
        Ok(message)
    }

    async fn redraw(&self, scene: &Scene, card: &Card) -> Result<Redrawn, Setback> {
        let (place, id) = (channel(card.channel), message(card.message));
        let drawn = async {
            let before = self.http.get_message(place, id).await?;
            let file = before.attachments.first().map(|file| file.filename.clone());
            let link = self.link(scene);
            let face = cards::card(&scene.view(preview(file.as_deref(), link.as_ref()), self.flows.clock.now()));
            drill::around("discord edit", place.edit_message(&*self.http, id, face.edit())).await
        };
        match drawn.await {
            Ok(message) => Ok(Redrawn::Anew(Box::new(message))),
            Err(error) if code(&error).is_some_and(|code| GONE.contains(&code)) => Ok(Redrawn::Gone),
            Err(error) if code(&error) == Some(TOO_MANY_EDITS) => Ok(Redrawn::TooOften),
            Err(error) => Err(Setback::discord(error, place, NEEDS)),
        }
    }

    /// Tells in the thread what the card cannot show any more.
    async fn tell_instead(&self, owed: &mut Owed, scene: &Scene, card: &Card) -> Result<MessageId, Setback> {
        let place = self.flows.store.thread(scene.post.id).await?.unwrap_or(card.channel);
        let face = lists::shown(&scene.view(Preview::None, self.flows.clock.now()));
        let letter = Letter {
            to: channel(place),
            face: &face,
            file: None,
            mark: Mark::words(&face),
            needs: super::lines::NEEDS,
        };
        Ok(MessageId(self.once(owed, &letter).await?.id.get()))
    }

    /// Puts ✅ and ❌ on a card that can be judged, where they are missing. Without the permission the buttons do.
    async fn react(&self, scene: &Scene, message: &Message) -> Result<(), Setback> {
        if scene.post.stage() != PostStage::InReview {
            return Ok(());
        }
        for emoji in [YES, NO] {
            if message.reactions.iter().any(|there| there.me && is_same_emoji(&there.reaction_type, emoji)) {
                continue;
            }
            let reaction = ReactionType::Unicode(emoji.to_owned());
            let asked = self.http.create_reaction(message.channel_id, message.id, &reaction);
            if let Err(error) = drill::around("discord react", asked).await {
                return self.bear(scene, error, message, "Add Reactions and Read Message History");
            }
        }
        Ok(())
    }

    /// Opens the post's thread on its first card, once.
    async fn open_thread(&self, post: &Post, known: &[Card], newest: &Message) -> Result<(), Setback> {
        if self.flows.store.thread(post.id).await?.is_some() {
            return Ok(());
        }
        let first = known.first().map(|card| (channel(card.channel), message(card.message)));
        let thread = CreateThread::new(thread_name(post)).auto_archive_duration(AutoArchiveDuration::OneWeek);
        for (place, id) in first.into_iter().chain([(newest.channel_id, newest.id)]) {
            let asked = place.create_thread_from_message(&*self.http, id, thread.clone());
            let opened = match drill::around("discord thread", asked).await {
                Ok(opened) => opened.id.get(),
                // A thread has the number of its message.
                Err(error) if code(&error) == Some(HAS_A_THREAD) => id.get(),
                Err(error) if code(&error).is_some_and(|code| GONE.contains(&code)) => continue,
                Err(error) if trouble(&error) == Trouble::Closed => {
                    tracing::warn!(
                        post.id = %post.id,
                        "Post {} gets no thread; the bot needs Create Public Threads in channel {place}: {error}",
                        post.number
                    );
                    return Ok(());
                }
                Err(error) => return Err(Setback::discord(error, place, "Create Public Threads")),
            };
            return Ok(deliver::thread_opened(&self.flows, post.id, ChannelId(opened)).await?);
        }
        Ok(())
    }

    /// Has every older card say that it is out of date.
    async fn supersede(&self, scene: &Scene, known: &[Card]) -> Result<(), Setback> {
        let revision = scene.post.revision();
        for card in known.iter().filter(|card| card.revision != revision && !card.superseded) {
            let view = CardView { superseded: true, ..scene.view(Preview::None, self.flows.clock.now()) };
            let (place, id) = (channel(card.channel), message(card.message));
            let asked = place.edit_message(&*self.http, id, cards::card(&view).edit());
            match drill::around("discord supersede", asked).await {
                Err(error) if trouble(&error) != Trouble::Closed => {
                    return Err(Setback::discord(error, place, NEEDS));
                }
                // One that is gone or cannot be edited counts for nothing all the same: its revision is another.
                Ok(_) | Err(_) => deliver::card_superseded(&self.flows, card).await?,
            }
        }
        Ok(())
    }

    /// Passes trouble on, unless it is a permission that the card does without.
    fn bear(
        &self,
        scene: &Scene,
        error: serenity::Error,
        message: &Message,
        needs: &'static str,
    ) -> Result<(), Setback> {
        if trouble(&error) == Trouble::Closed {
            let (post, place) = (&scene.post, message.channel_id);
            tracing::warn!(
                post.id = %post.id,
                "The card of post {} goes without reactions; the bot needs {needs} in channel {place}: {error}",
                post.number
            );
            Ok(())
        } else {
            Err(Setback::discord(error, message.channel_id, needs))
        }
    }
}

fn is_too_large(setback: &Setback) -> bool {
    setback.code() == Some(TOO_LARGE)
        || matches!(setback, Setback::Discord { error, .. } if matches!(
            error.as_ref(),
            serenity::Error::Http(http) if http.status_code().is_some_and(|status| status.as_u16() == 413)
        ))
}

fn is_other_card(message: &Message, known: &[Card], scene: &Scene) -> bool {
    let revision = scene.post.revision();
    known.iter().any(|card| card.message.0 == message.id.get() && card.revision != revision)
}

/// What a post's thread is called: `#42 Friday latte`.
fn thread_name(post: &Post) -> String {
    let caption: String = caption_preview(post.caption.as_str()).chars().filter(|c| !c.is_control()).collect();
    // Discord takes two to a hundred characters.
    format!("#{} {caption}", post.number).trim_end().chars().take(100).collect()
}

/// A message as serenity names it. Discord's ids start at one.
fn message(id: MessageId) -> serenity::all::MessageId {
    serenity::all::MessageId::new(id.0.max(1))
}
