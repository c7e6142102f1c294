//! Waiting for the bot: for its first answer, or until something is to be seen. Woken by changes, never by polling, and
//! every wait has an end that says what was missing.

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Discord, Snowflake};

/// Something a person did, and whatever the bot makes of it.
#[derive(Clone)]
pub struct Interaction {
    discord: Discord,
    id: Snowflake,
}

/// The bot's first answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Discord's callback type: 4 message, 5 thinking, 6 nothing to see, 7 changed message, 8 choices, 9 form.
    pub kind: u8,
    /// How long it took.
    pub after: Duration,
    /// The reply, or the message that was changed.
    pub message: Option<Snowflake>,
    /// The form.
    pub form: Option<Value>,
    /// What is offered while typing.
    pub choices: Vec<Value>,
}

/// "The application did not respond."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the application did not respond")
    }
}

impl std::error::Error for NoAnswer {}

/// How an interaction stands.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The first answer, if it came.
    pub answer: Option<Answer>,
    /// Is a deferred reply still to come?
    pub thinking: bool,
    /// The original response as it is now.
    pub original: Option<Value>,
    /// The followups as they are now.
    pub followups: Vec<Value>,
}

/// Nothing came in time; its `Debug` form tells what there was instead.
#[derive(Clone)]
pub struct Overdue {
    what: String,
    instead: String,
}

impl fmt::Display for Overdue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "waited in vain for {}\n{}", self.what, self.instead)
    }
}

impl fmt::Debug for Overdue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Overdue {}

impl fmt::Debug for Interaction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Interaction").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Interaction {
    pub(crate) fn new(discord: Discord, id: Snowflake) -> Self {
        Self { discord, id }
    }

    /// Its id; forms are submitted by it.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Waits for the first answer.
    ///
    /// # Errors
    /// When none came within the three seconds there are.
    pub async fn answer(&self) -> Result<Answer, NoAnswer> {
        let deadline = {
            let state = self.discord.lock();
            state.asked.get(&self.id).map_or_else(Instant::now, |asked| asked.delivered_at + state.answer_within)
        };
        let left = deadline.saturating_duration_since(Instant::now());
        let answered = self.discord.wait(left, |discord| discord.view(self.id)?.answer).await;
        answered.ok_or(NoAnswer)
    }

    /// How it stands now.
    #[must_use]
    pub fn view(&self) -> View {
        let nothing = View { answer: None, thinking: false, original: None, followups: Vec::new() };
        self.discord.view(self.id).unwrap_or(nothing)
    }

    /// Waits until it stands as wished.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn until(&self, wished: impl Fn(&View) -> bool) -> Result<View, Overdue> {
        let seen = || format!("the answer to {}; it stands at {:#?}", self.name(), self.view());
        self.discord.until_or(|_| Some(self.view()).filter(&wished), seen).await
    }

    /// Waits until the reply is there: the first answer, or what replaced "thinking".
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn reply(&self) -> Result<Value, Overdue> {
        let view = self.until(|view| view.answer.is_some() && !view.thinking && view.original.is_some()).await?;
        Ok(view.original.unwrap_or_default())
    }

    fn name(&self) -> String {
        self.discord.lock().asked.get(&self.id).map_or_else(String::new, |asked| asked.with.clone())
    }
}

impl Discord {
    fn view(&self, id: Snowflake) -> Option<View> {
        let state = self.lock();
        let asked = state.asked.get(&id)?;
        let shown = |id: &Snowflake| state.message(*id).map(|one| state.seen(one));
        let answer = asked.answered.map(|(kind, after)| Answer {
            kind,
            after,
            message: asked.original,
            form: asked.form.clone(),
            choices: asked.choices.clone(),
        });
        Some(View {
            answer,
            thinking: asked.deferred,
            original: asked.original.as_ref().and_then(shown),
            followups: asked.followups.iter().filter_map(shown).collect(),
        })
    }

    /// Waits until there is what is looked for, as long as patience lasts.
    ///
    /// # Errors
    /// When it is not there by then; the error shows every channel and the last calls.
    pub async fn until<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> Result<T, Overdue> {
        self.until_or(look, || what.to_owned()).await
    }

    async fn until_or<T>(&self, look: impl Fn(&Self) -> Option<T>, what: impl Fn() -> String) -> Result<T, Overdue> {
        match self.wait(self.patience(), look).await {
            Some(found) => Ok(found),
            None => Err(Overdue { what: what(), instead: self.everything() }),
        }
    }

    /// Looks at once and after every change, until the time is over.
    async fn wait<T>(&self, at_most: Duration, look: impl Fn(&Self) -> Option<T>) -> Option<T> {
        let mut changes = self.changed();
        let looking = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                if changes.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(at_most, looking).await.ok().flatten()
    }

    /// What a person standing before a failed wait needs to see.
    fn everything(&self) -> String {
        let channels: Vec<String> = self.lock().channels.values().map(|channel| channel.name.clone()).collect();
        let channels: Vec<String> = channels.iter().map(|name| self.transcript(name)).collect();
        let calls = self.journal();
        let last = calls.iter().rev().take(15).rev().map(|call| {
            let answer = if call.status >= 400 { format!(" {}", call.answer) } else { String::new() };
            format!("{} {} {}{answer}", call.status, call.method, call.path.chars().take(120).collect::<String>())
        });
        let online = if self.online() { "online" } else { "offline" };
        format!("bot: {online}\n{}\nlast calls:\n{}", channels.join("\n"), last.collect::<Vec<_>>().join("\n"))
    }
}
