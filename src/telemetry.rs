//! Logs that name things: one line for each event on standard error, for people or as JSON.
//!
//! Secrets are kept out by their types, not by a filter here. The libraries below us say much at `info` that no operator
//! acts on, so they are heard from `warn` on unless the level names them.

use std::io::IsTerminal as _;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Parts that are heard from `warn` on.
const QUIET: [&str; 9] =
    ["serenity", "poise", "sqlx", "hyper", "hyper_util", "reqwest", "rustls", "tungstenite", "tokio_cron_scheduler"];

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// For people.
    Text,
    /// One JSON object for each line.
    Json,
}

/// Sends what the whole process says to standard error.
///
/// # Errors
/// The level is none, or logs are installed already.
pub fn install(shape: Shape, level: &str) -> anyhow::Result<()> {
    let colours = std::io::stderr().is_terminal();
    subscriber(shape, level, colours, std::io::stderr)?.try_init()?;
    Ok(())
}

fn subscriber<W>(
    shape: Shape,
    level: &str,
    colours: bool,
    writer: W,
) -> anyhow::Result<Box<dyn Subscriber + Send + Sync>>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let builder = tracing_subscriber::fmt().with_env_filter(filter(level)?).with_writer(writer);
    Ok(match shape {
        Shape::Text => Box::new(builder.with_ansi(colours).finish()),
        Shape::Json => Box::new(builder.json().flatten_event(true).finish()),
    })
}

/// The given level with the quiet parts before it, so that a part the level names itself wins. A level below `warn`
/// quiets those parts already.
fn filter(level: &str) -> anyhow::Result<EnvFilter> {
    let overall = level.split(',').rfind(|part| !part.contains('=')).unwrap_or("error").trim().to_lowercase();
    if matches!(overall.as_str(), "off" | "error") {
        return Ok(EnvFilter::try_new(level)?);
    }
    let quiet: String = QUIET.iter().map(|part| format!("{part}=warn,")).collect();
    Ok(EnvFilter::try_new(quiet + level)?)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use tracing::subscriber::with_default;
    use tracing::{debug, info, warn};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn said(shape: Shape, level: &str, speak: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        with_default(subscriber(shape, level, false, move || writer.clone()).unwrap(), speak);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_json_line_carries_its_fields() {
        let line = said(Shape::Json, "info", || info!(post.id = "42", "Approved post 42"));
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&line["message"], &line["post.id"]), (&"Approved post 42".into(), &"42".into()));
    }

    #[test]
    fn libraries_are_quiet_unless_named() {
        let speak = || {
            info!(target: "sqlx::query", "statement");
            warn!(target: "serenity", "reconnecting");
            debug!(target: "hyper_util", "pooling");
        };
        let usual = said(Shape::Text, "debug", speak);
        assert!(
            usual.contains("reconnecting") && !usual.contains("statement") && !usual.contains("pooling"),
            "{usual}"
        );
        let asked = said(Shape::Text, "info,sqlx=info", speak);
        assert!(asked.contains("statement"), "{asked}");
        assert_eq!(said(Shape::Text, "error", speak), "");
    }
}
