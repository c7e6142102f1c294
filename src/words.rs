//! The catalogue: every sentence people read, in each language they read it in.
//!
//! The sentences are [Fluent](https://projectfluent.org) messages in `words/en` and `words/de`, one file for each room of
//! the bot; [`say!`](crate::say) takes one by its key. Which language is spoken is said once, where a conversation begins
//! ([`speaking`]: a person's own for what only they read, the server's for what stands in a channel), and English where
//! nobody says so. A test compares the languages with each other and with what the source asks for, so that no sentence
//! is missing in one of them.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Value;

tokio::task_local! {
    static SPOKEN: Language;
}

/// A language people are answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, also for everybody whose own is not here.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The one that fits one of [Discord's locales](https://docs.discord.com/developers/reference#locales) best.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['-', '_']).next() {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    /// As it is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its files, with their names.
    #[must_use]
    pub const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.word() == word).ok_or(UnknownLanguage)
    }
}

/// A word that names no language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language Greenroom speaks")]
pub struct UnknownLanguage;

/// The files of a language.
macro_rules! files {
    ($language:literal: $($name:literal),+) => {
        [$(($name, include_str!(concat!("words/", $language, "/", $name, ".ftl")))),+]
    };
}

const ENGLISH: [(&str, &str); 8] =
    files!("en": "refusals", "times", "videos", "bulk", "trouble", "replies", "cards", "commands");
const GERMAN: [(&str, &str); 8] =
    files!("de": "refusals", "times", "videos", "bulk", "trouble", "replies", "cards", "commands");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    // Without a tag singular and plural are chosen as in English.
    let tag: LanguageIdentifier = language.word().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around what is put in would make `#12` unfindable, and both languages run from left to right.
    bundle.set_use_isolating(false);
    for (name, text) in language.files() {
        // What can be read of a file is used; a test shows that everything can.
        let read = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(read, _)| read);
        if bundle.add_resource(read).is_err() {
            tracing::error!("{language}/{name}.ftl says something twice");
        }
    }
    bundle
}

/// Speaks a language as long as something lasts.
pub async fn speaking<F: Future>(language: Language, something: F) -> F::Output {
    SPOKEN.scope(language, something).await
}

/// The same for what does not wait.
pub fn in_language<T>(language: Language, something: impl FnOnce() -> T) -> T {
    SPOKEN.sync_scope(language, something)
}

/// The language that is spoken now.
#[must_use]
pub fn spoken() -> Language {
    SPOKEN.try_with(|language| *language).unwrap_or_default()
}

/// A sentence of the catalogue in the language that is spoken now; [`say!`](crate::say) is shorter.
#[must_use]
pub fn said(key: &str, with: &[(&str, Value<'_>)]) -> String {
    let args: FluentArgs<'_> = with.iter().map(|(name, value)| (*name, value.clone())).collect();
    [spoken(), Language::English].into_iter().find_map(|language| sentence(language, key, &args)).unwrap_or_else(|| {
        tracing::error!("There are no words for `{key}`");
        key.to_owned()
    })
}

fn sentence(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = BUNDLES.get(language as usize)?;
    let mut errors = Vec::new();
    let said = bundle.format_pattern(bundle.get_message(key)?.value()?, Some(args), &mut errors);
    for error in errors {
        tracing::error!("`{key}` in {language}: {error}");
    }
    Some(said.into_owned())
}

/// A sentence of the catalogue in the language that is spoken now: `say!("goes-out", number = post.number)`.
///
/// Numbers choose singular and plural; whatever else is put in is text. The key is written out, so that a test can find it.
#[macro_export]
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::said($key, &[$((stringify!($name), $crate::words::Value::from($value))),*])
    };
}

#[cfg(test)]
mod tests;
