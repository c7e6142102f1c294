//! An embed that keeps Discord's limits by itself.
//!
//! <https://docs.discord.com/developers/resources/message#embed-limits>: title 256, description 4,096, 25 fields of 256
//! and 1,024, footer 2,048, and 6,000 over everything. What comes first is kept, what comes last is shortened.

use serenity::all::{Colour, CreateEmbed, CreateEmbedFooter};
use url::Url;

use super::plain::{shorten, units};

/// Longest title and longest name of a field.
const LONGEST_TITLE: usize = 256;
/// Longest text.
pub(super) const LONGEST_TEXT: usize = 4_096;
/// Longest value of a field.
pub(in crate::discord) const LONGEST_VALUE: usize = 1_024;
/// Longest footer.
const LONGEST_FOOTER: usize = 2_048;
/// Most fields.
const MOST_FIELDS: usize = 25;
/// Everything together.
const LONGEST_ALL: usize = 6_000;
/// Longest address of a picture.
const LONGEST_ADDRESS: usize = 2_048;

/// An embed in the making.
#[derive(Debug, Clone, Default)]
pub(in crate::discord) struct Panel {
    colour: Colour,
    title: String,
    text: String,
    fields: Vec<(String, String, bool)>,
    footer: String,
    thumbnail: Option<String>,
    image: Option<String>,
}

impl Panel {
    pub(in crate::discord) fn new(colour: Colour, title: impl Into<String>) -> Self {
        Self { colour, title: title.into(), ..Self::default() }
    }

    pub(in crate::discord) fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds a field; one without a value is left out, since Discord refuses it.
    pub(in crate::discord) fn field(mut self, name: &str, value: impl Into<String>, inline: bool) -> Self {
        let value = value.into();
        if !value.trim().is_empty() && self.fields.len() < MOST_FIELDS {
            self.fields.push((name.to_owned(), value, inline));
        }
        self
    }

    pub(in crate::discord) fn footer(mut self, text: impl Into<String>) -> Self {
        self.footer = text.into();
        self
    }

    /// Shows a small picture, if the address is one that Discord takes.
    pub(in crate::discord) fn thumbnail(mut self, address: Option<&str>) -> Self {
        self.thumbnail = address.filter(|address| is_web_address(address)).map(str::to_owned);
        self
    }

    /// Shows a picture that is attached to the same message.
    pub(in crate::discord) fn attached_image(mut self, file_name: &str) -> Self {
        self.image = Some(format!("attachment://{file_name}"));
        self
    }

    pub(in crate::discord) fn embed(self) -> CreateEmbed {
        let mut left = LONGEST_ALL;
        let mut take = |text: &str, most: usize| {
            let kept = shorten(text, most.min(left));
            left -= units(&kept);
            kept
        };
        // The footer carries the marker by which a message is found again: it is kept before anything else.
        let footer = take(&self.footer, LONGEST_FOOTER);
        let title = take(&self.title, LONGEST_TITLE);
        let text = take(&self.text, LONGEST_TEXT);
        let mut embed = CreateEmbed::new().colour(self.colour);
        if !title.is_empty() {
            embed = embed.title(title);
        }
        if !text.is_empty() {
            embed = embed.description(text);
        }
        for (name, value, inline) in &self.fields {
            let (name, value) = (take(name, LONGEST_TITLE), take(value, LONGEST_VALUE));
            if !name.is_empty() && !value.is_empty() {
                embed = embed.field(name, value, *inline);
            }
        }
        if !footer.is_empty() {
            embed = embed.footer(CreateEmbedFooter::new(footer));
        }
        if let Some(thumbnail) = self.thumbnail {
            embed = embed.thumbnail(thumbnail);
        }
        if let Some(image) = self.image {
            embed = embed.image(image);
        }
        embed
    }
}

/// Whether Discord takes this as the address of a picture or a link.
pub(in crate::discord) fn is_web_address(address: &str) -> bool {
    units(address) <= LONGEST_ADDRESS
        && Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
