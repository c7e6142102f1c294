//! People with verbs. Each verb does what a person would do in Discord's own client and waits until the program has
//! answered.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use greenroom::sandbox::discord::{Discord, Impossible, Interaction, Snowflake, Upload};
use serde_json::{Value, json};

use super::{Account, Studio, clip_path, padded};

/// The clip most stories use: fifteen seconds, upright, nineteen kilobytes.
pub(crate) const LATTE: &str = "ok_1080x1920_15s_24fps_h264_silent_tiny.mp4";

/// The composer's button, in each language.
const SUBMIT: [&str; 2] = ["Submit for review", "Zur Prüfung einreichen"];

/// Somebody in front of Discord's client.
pub(crate) struct Person<'a> {
    pub(crate) name: String,
    studio: &'a Studio,
}

/// A post that was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    /// The number people call it by.
    pub(crate) number: i64,
}

/// A clip being handed in.
pub(crate) struct Clip<'a> {
    by: &'a Person<'a>,
    file: String,
    caption: String,
    at: String,
    account: Option<String>,
    privacy: String,
    toggles: Vec<String>,
    bytes: Option<Vec<u8>>,
}

impl<'a> Person<'a> {
    pub(super) fn new(name: &str, studio: &'a Studio) -> Self {
        Self { name: name.to_owned(), studio }
    }

    fn discord(&self) -> &Discord {
        &self.studio.discord
    }

    /// Runs a command in #studio and gives back the reply as it is once nothing is loading any more.
    pub(crate) async fn runs(&self, path: &[&str], options: &[(&str, Value)]) -> Value {
        self.asks(path, options, &[]).await.reply().await.unwrap()
    }

    /// Runs a command, with files.
    pub(crate) async fn asks(&self, path: &[&str], options: &[(&str, Value)], files: &[Upload]) -> Interaction {
        let asked = self.discord().command(&self.name, "studio", path, options, files).unwrap();
        asked.answer().await.unwrap_or_else(|error| panic!("/{}: {error}", path.join(" ")));
        asked
    }

    /// Hands a clip in: see what can be said about it in [`Clip`].
    pub(crate) fn schedules(&'a self, file: &str) -> Clip<'a> {
        let file = if file == "latte.mp4" { LATTE } else { file };
        Clip {
            by: self,
            file: file.to_owned(),
            caption: "Friday latte".to_owned(),
            at: "tomorrow 18:00".to_owned(),
            account: None,
            privacy: "PUBLIC_TO_EVERYONE".to_owned(),
            toggles: Vec::new(),
            bytes: None,
        }
    }

    /// Presses the button with that label on a message and gives back the first answer's message or form.
    pub(crate) async fn presses(&self, message: Snowflake, label: &str) -> Interaction {
        self.tries_to_press(message, label)
            .await
            .unwrap_or_else(|error| panic!("{} presses {label}: {error}", self.name))
    }

    /// The same where a real client may not offer it.
    pub(crate) async fn tries_to_press(&self, message: Snowflake, label: &str) -> Result<Interaction, Impossible> {
        let shown = self.discord().message(message).expect("the message is there");
        let id = button(&shown, label).unwrap_or_else(|| panic!("no button [{label}] on {shown:#}"));
        let pressed = self.discord().press(&self.name, message, &id)?;
        pressed.answer().await.unwrap_or_else(|error| panic!("[{label}]: {error}"));
        Ok(pressed)
    }

    /// Chooses something in a select.
    pub(crate) async fn chooses(&self, message: Snowflake, select: &str, value: &str) {
        self.discord().select(&self.name, message, select, &[value]).unwrap().answer().await.unwrap();
    }

    /// Fills a form in and sends it.
    pub(crate) async fn fills(&self, form_of: &Interaction, fields: &[(&str, &str)]) -> Interaction {
        let sent = self.discord().submit(&self.name, form_of.id(), fields).unwrap();
        sent.answer().await.unwrap();
        sent
    }

    /// Puts a reaction on the newest card of a post; the program has dealt with it afterwards.
    pub(crate) async fn reacts(&self, post: &Post, emoji: &str) {
        let card = self.studio.card(post);
        self.reacts_to(card, emoji).await;
    }

    /// Puts a reaction on a message; the program has dealt with it afterwards.
    pub(crate) async fn reacts_to(&self, message: Snowflake, emoji: &str) {
        let heard = self.studio.program().discord().reactions_heard();
        let before = *heard.borrow();
        self.discord().react(&self.name, message, emoji).unwrap();
        self.studio.until_heard(heard, before).await;
    }

    /// Takes a reaction back.
    pub(crate) async fn takes_back(&self, post: &Post, emoji: &str) {
        let heard = self.studio.program().discord().reactions_heard();
        let before = *heard.borrow();
        self.discord().unreact(&self.name, self.studio.card(post), emoji).unwrap();
        self.studio.until_heard(heard, before).await;
    }

    /// Approves with ✅.
    pub(crate) async fn approves(&self, post: &Post) {
        self.reacts(post, "✅").await;
        self.studio.settles().await;
    }

    /// Declines with the button, giving a reason.
    pub(crate) async fn declines(&self, post: &Post, reason: &str) {
        let form = self.presses(self.studio.card(post), "Decline").await;
        self.fills(&form, &[("reason", reason)]).await;
        self.studio.settles().await;
    }

    /// Gives a post another caption with `/post edit`.
    pub(crate) async fn changes_caption(&self, post: &Post, caption: &str) {
        let form = self.asks(&["post", "edit"], &[("post", json!(post.number))], &[]).await;
        let reply = self.fills(&form, &[("caption", caption)]).await.reply().await.unwrap();
        self.insists(reply).await;
        self.studio.settles().await;
    }

    /// Gives a post another time with `/post move`.
    pub(crate) async fn moves(&self, post: &Post, when: &str) -> Value {
        let reply = self.runs(&["post", "move"], &[("post", json!(post.number)), ("when", json!(when))]).await;
        let reply = self.insists(reply).await;
        self.studio.settles().await;
        reply
    }

    /// Goes on with a change whatever speaks against it, and gives back what is said in the end.
    pub(crate) async fn insists(&self, reply: Value) -> Value {
        if button(&reply, "Change all the same").is_none() {
            return reply;
        }
        let id = id_of(&reply);
        self.presses(id, "Change all the same").await;
        let gone = |discord: &Discord| {
            let shown = discord.message(id)?;
            button(&shown, "Change all the same").is_none().then_some(shown)
        };
        self.discord().until("the end of the change", gone).await.unwrap()
    }

    /// Stops a post with `/post withdraw`.
    pub(crate) async fn withdraws(&self, post: &Post) -> Value {
        let reply = self.runs(&["post", "withdraw"], &[("post", json!(post.number))]).await;
        self.studio.settles().await;
        reply
    }
}

impl<'a> Clip<'a> {
    /// Other bytes than the clip's own.
    pub(crate) fn with(mut self, bytes: Vec<u8>) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// The words.
    pub(crate) fn caption(mut self, caption: &str) -> Self {
        self.caption = caption.to_owned();
        self
    }

    /// The time, as people type it.
    pub(crate) fn at(mut self, when: &str) -> Self {
        self.at = when.to_owned();
        self
    }

    /// The account.
    pub(crate) fn on(mut self, account: &Account) -> Self {
        self.account = Some(account.name.clone());
        self
    }

    /// Who may see it, as TikTok writes it.
    pub(crate) fn visible_to(mut self, privacy: &str) -> Self {
        self.privacy = privacy.to_owned();
        self
    }

    /// A toggle of the composer, by a word of its label.
    pub(crate) fn turning_on(mut self, label: &str) -> Self {
        self.toggles.push(label.to_owned());
        self
    }

    /// Hands it in as far as the composer: the reply with its buttons, or a refusal.
    pub(crate) async fn composes(&self) -> Interaction {
        let bytes = self.bytes.clone().unwrap_or_else(|| std::fs::read(clip_path(&self.file)).unwrap());
        let name = if self.file == LATTE { "latte.mp4" } else { &self.file };
        let files = [Upload::new("video", name, bytes)];
        let mut options = vec![("when", json!(self.at)), ("caption", json!(self.caption))];
        if let Some(account) = &self.account {
            options.push(("account", json!(account)));
        }
        let composer = self.by.asks(&["schedule"], &options, &files).await;
        composer.until(|view| view.original.as_ref().is_some_and(is_settled)).await.unwrap();
        composer
    }

    /// Hands it in and expects a refusal; gives back what was said.
    pub(crate) async fn meets_refusal(self) -> String {
        let view = self.composes().await.view();
        let reply = view.original.unwrap_or_default();
        assert!(button(&reply, "Submit for review").is_none(), "it was not refused: {reply:#}");
        text_of(&reply)
    }

    async fn submits(self) -> Post {
        let studio = self.by.studio;
        let post = self.hands_in().await;
        studio.settles().await;
        post
    }

    /// Hands it in, chooses and submits it; nobody has been told of it yet.
    pub(crate) async fn hands_in(self) -> Post {
        let composer = self.composes().await;
        let reply = composer.view().original.unwrap_or_default();
        let id = id_of(&reply);
        let person = self.by;
        // Nothing is chosen about a draft.
        let is_draft = ["It goes to the TikTok inbox", "Er geht in den TikTok-Posteingang"];
        if !is_draft.iter().any(|said| text_of(&reply).contains(said)) {
            let select =
                select_offering(&reply, &self.privacy).unwrap_or_else(|| panic!("no such privacy in {reply:#}"));
            let chosen = person.discord().select(&person.name, id, &select, &[&self.privacy]).unwrap();
            chosen.answer().await.unwrap();
        }
        for label in &self.toggles {
            person.presses(id, label).await;
        }
        let before = person.studio.newest_post().await;
        let submit = submit(&reply).unwrap_or_else(|| panic!("nothing to submit: {reply:#}"));
        person.presses(id, submit).await;
        let answered = |discord: &Discord| {
            let shown = discord.message(id)?;
            button(&shown, submit).is_none().then_some(shown)
        };
        let shown = person.discord().until("the composer's answer", answered).await.unwrap();
        if button(&shown, "Submit all the same").is_some() {
            person.presses(id, "Submit all the same").await;
            let gone = |discord: &Discord| button(&discord.message(id)?, "Submit all the same").is_none().then_some(());
            person.discord().until("the composer's confirmation", gone).await.unwrap();
        }
        before
    }
}

impl<'a> IntoFuture for Clip<'a> {
    type Output = Post;
    type IntoFuture = Pin<Box<dyn Future<Output = Post> + 'a>>;

    /// Hands it in, chooses and submits it for review.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.submits())
    }
}

impl Studio {
    /// An approved post of so many bytes, due tomorrow at 18:00, by a member whose Discord takes large files.
    pub(crate) async fn has_approved(&self, bytes: usize) -> (Account, Post) {
        let cafe = self.connects_account("harbour.cafe").await;
        self.discord.set_client("mia", 100_000_000, "en-US").unwrap();
        let mia = self.member("mia");
        let post = mia.schedules("latte.mp4").with(padded(bytes)).at("tomorrow 18:00").on(&cafe).await;
        self.reviewer("rui").approves(&post).await;
        (cafe, post)
    }

    /// The message of the newest card of a post.
    pub(crate) fn card(&self, post: &Post) -> Snowflake {
        // Other cards may name the post; only its own is called by its number.
        let marker = format!("#{} · ", post.number);
        let messages = self.discord.messages("review");
        let of = |message: &&Value| text_of(message).contains(&marker) && !message["embeds"][0].is_null();
        id_of(messages.iter().rfind(of).unwrap_or_else(|| panic!("no card of #{} in {messages:#?}", post.number)))
    }

    /// The post that was drafted last.
    pub(crate) async fn newest_post(&self) -> Post {
        let store = &self.program().flows().store;
        let filter = greenroom::store::PostFilter::default();
        let page = greenroom::store::Page { number: 0, size: 100 };
        let all = store.posts(self.workspace(), &filter, page).await.unwrap();
        Post { number: all.iter().map(|line| line.number).max().expect("there is a post") }
    }

    /// Waits until the program has dealt with one more reaction.
    pub(crate) async fn until_heard(&self, mut heard: tokio::sync::watch::Receiver<u64>, before: u64) {
        let waited = heard.wait_for(|now| *now > before);
        tokio::time::timeout(crate::studio::PATIENCE, waited).await.expect("the bot hears of it").unwrap();
    }
}

/// Whether a reply has come to its end: a composer or a refusal, not a line of progress.
fn is_settled(reply: &Value) -> bool {
    let text = text_of(reply);
    submit(reply).is_some() || ["hint:", "Tipp:", "reference"].iter().any(|sign| text.contains(sign))
}

/// How the button that submits is called on a composer.
fn submit(reply: &Value) -> Option<&'static str> {
    SUBMIT.into_iter().find(|label| button(reply, label).is_some())
}

/// All texts of a message.
pub(crate) fn text_of(message: &Value) -> String {
    fn collect(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::Array(parts) => parts.iter().for_each(|part| collect(part, texts)),
            Value::Object(fields) => {
                for key in ["title", "description", "name", "value", "text", "footer", "fields", "author"] {
                    match fields.get(key) {
                        Some(Value::String(text)) => texts.push(text.clone()),
                        Some(other) => collect(other, texts),
                        None => {}
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut texts = vec![message["content"].as_str().unwrap_or_default().to_owned()];
    collect(&message["embeds"], &mut texts);
    texts.join("\n")
}

fn parts(message: &Value) -> Vec<Value> {
    let rows = message["components"].as_array().cloned().unwrap_or_default();
    rows.iter().filter_map(|row| row["components"].as_array()).flatten().cloned().collect()
}

/// The id of the button whose label contains these words.
pub(crate) fn button(message: &Value, label: &str) -> Option<String> {
    let all = parts(message);
    let found =
        all.iter().find(|part| part["type"] == 2 && part["label"].as_str().is_some_and(|text| text.contains(label)));
    found.and_then(|part| part["custom_id"].as_str()).map(str::to_owned)
}

pub(crate) fn select_offering(message: &Value, value: &str) -> Option<String> {
    let all = parts(message);
    let offers = |part: &&Value| {
        part["options"].as_array().is_some_and(|options| options.iter().any(|option| option["value"] == value))
    };
    all.iter().find(offers).and_then(|part| part["custom_id"].as_str()).map(str::to_owned)
}

/// The number of a message.
pub(crate) fn id_of(message: &Value) -> Snowflake {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no message: {message:#}"))
}
