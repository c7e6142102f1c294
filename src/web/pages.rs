//! The pages people see: a title, a sentence, and nothing that runs. Whatever people or TikTok named is escaped. They speak
//! the language that the browser asks for first.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use url::Url;

use crate::say;
use crate::words::{Language, speaking, spoken};

/// Where the stylesheet is.
pub(super) const STYLE: &str = "/style.css";

/// Where pages find each other.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    /// The path of our public address, with a slash at its end: a proxy may have given us a folder.
    base: String,
}

impl Pages {
    /// Pages below a public address, or at the top of whatever leads here.
    pub(super) fn below(public_url: Option<&Url>) -> Self {
        Self { base: public_url.map_or("/", Url::path).to_owned() }
    }

    /// A page with a title and a sentence.
    pub(super) fn show(&self, status: StatusCode, title: &str, text: &str) -> Response {
        let values = [("lang", spoken().word()), ("base", &self.base), ("title", title), ("text", text)];
        (status, Html(filled(include_str!("pages/plain.html"), &values))).into_response()
    }

    /// A page with a player; `video` is its address seen from the page.
    pub(super) fn play(&self, title: &str, facts: &str, video: &str) -> Response {
        let help = say!("commands-web-cannot-play");
        let (before, rest) = help.split_once('[').unwrap_or((&help, ""));
        let (open, after) = rest.split_once(']').unwrap_or((rest, ""));
        let values = [
            ("lang", spoken().word()),
            ("base", self.base.as_str()),
            ("title", title),
            ("facts", facts),
            ("video", video),
            ("before", before),
            ("open", open),
            ("after", after),
        ];
        Html(filled(include_str!("pages/preview.html"), &values)).into_response()
    }
}

/// The stylesheet: inline styles are forbidden to all pages.
pub(super) async fn style() -> Response {
    let headers = HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ]);
    (headers, include_str!("pages/style.css")).into_response()
}

/// Speaks to a visitor in the language their browser names first.
pub(super) async fn in_their_language(request: Request, next: Next) -> Response {
    speaking(language(request.headers()), next.run(request)).await
}

fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = asked.split([',', ';']).next().unwrap_or_default();
    Language::of_locale(&first.trim().to_ascii_lowercase())
}

/// What a layer or an extractor refused is said on a page of ours instead of in its bare words.
pub(super) async fn in_our_words(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let is_ours = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    let (title, text) = match answer.status() {
        _ if is_ours => return answer,
        StatusCode::BAD_REQUEST => (say!("commands-web-unreadable-title"), say!("commands-web-unreadable")),
        StatusCode::PAYLOAD_TOO_LARGE => (say!("commands-web-too-much-title"), say!("commands-web-too-large")),
        StatusCode::SERVICE_UNAVAILABLE if answer.headers().get(CONTENT_TYPE).is_none() => {
            (say!("commands-web-too-long-title"), say!("commands-web-in-a-minute"))
        }
        _ => return answer,
    };
    pages.show(answer.status(), &title, &text)
}

/// A template with `{name}`s filled in, each once and in one pass: what is filled in is not looked into again.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len() + 256);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        page.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        rest = match named {
            Some((value, after)) => {
                page.push_str(&escaped(value));
                after
            }
            None => {
                page.push('{');
                after
            }
        };
    }
    page.push_str(rest);
    page
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            plain => safe.push(plain),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_named_first_is_spoken() {
        let of = |asked: &str| language(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, asked.parse().unwrap())]));
        for german in ["de", "de-AT,de;q=0.9,en;q=0.8", "DE;q=0.7", " de , en"] {
            assert_eq!(of(german), Language::German, "{german}");
        }
        for english in ["en-GB,de", "fr, de", "*", "", "den"] {
            assert_eq!(of(english), Language::English, "{english}");
        }
        assert_eq!(language(&HeaderMap::new()), Language::English);
    }

    #[test]
    fn what_is_filled_in_is_harmless_and_not_filled_again() {
        let page = filled("<p title=\"{title}\">{text} {else} {", &[("title", "{text}\"'"), ("text", "<script>&")]);
        assert_eq!(page, "<p title=\"{text}&quot;&#39;\">&lt;script&gt;&amp; {else} {");
    }
}
