//! The settings as they were written: a TOML file laid flat into dotted keys, and the environment laid over it.
//!
//! Nothing is typed here. Each key remembers its line or its variable, so that a complaint can point at it.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Origin, Problem};

/// What a variable's name starts with when it is ours.
const PREFIX: &str = "GREENROOM_";

/// A value as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// A number or a truth value: its spelling.
    Bare(String),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
}

impl Value {
    /// The characters of a single value; a list or a table has none.
    pub(super) fn plain(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text),
            Self::List(_) | Self::Table(_) => None,
        }
    }

    /// Reads a value written as TOML, as a list in a variable is.
    pub(super) fn parse(text: &str) -> Option<Self> {
        DeValue::parse(text).ok().map(|value| Self::from(value.get_ref()))
    }

    /// How a complaint repeats what was given. What may hold a password stays out.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) if text.contains('@') => "a text that is not shown, as it may hold a password".to_owned(),
            Self::Text(text) if text.contains('\n') => "a text of several lines".to_owned(),
            Self::Text(text) | Self::Bare(text) => {
                format!("`{}`", text.chars().take(80).collect::<String>().escape_debug())
            }
            Self::List(_) => "a list".to_owned(),
            Self::Table(entries) => {
                format!("a table of `{}`", entries.keys().map(String::as_str).collect::<Vec<_>>().join("`, `"))
            }
        }
    }
}

impl From<&DeValue<'_>> for Value {
    fn from(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => Self::Bare(number.to_string()),
            DeValue::Float(number) => Self::Bare(number.to_string()),
            DeValue::Boolean(truth) => Self::Bare(truth.to_string()),
            DeValue::Datetime(datetime) => Self::Bare(datetime.to_string()),
            DeValue::Array(items) => Self::List(items.iter().map(|item| Self::from(item.get_ref())).collect()),
            DeValue::Table(entries) => Self::Table(
                entries.iter().map(|(key, value)| (key.get_ref().to_string(), Self::from(value.get_ref()))).collect(),
            ),
        }
    }
}

/// One setting as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// Every setting that was given, by its dotted key.
#[derive(Debug, Default)]
pub(super) struct Document {
    given: BTreeMap<String, Given>,
}

impl Document {
    /// Reads a TOML text. One that is not valid gives nothing but complaints: where a quote is missing, a value may run
    /// over its neighbours, and what is said of it would mislead.
    pub(super) fn from_toml(text: &str, problems: &mut Vec<Problem>) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let is_valid = errors.is_empty();
        for error in errors {
            // Only the message: the parser's own picture repeats the line, on which a secret may stand.
            let origin = error.span().map(|span| Origin::Line(line_of(text, span.start)));
            let said = format!("not valid TOML: {}", error.message().trim().replace('\n', ", "));
            problems.push(Problem { key: String::new(), said, origin });
        }
        let mut document = Self::default();
        if is_valid {
            document.lay(text, "", table.get_ref());
        }
        document
    }

    fn lay(&mut self, text: &str, above: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = if above.is_empty() { name.get_ref().to_string() } else { format!("{above}.{}", name.get_ref()) };
            match value.get_ref() {
                DeValue::Table(inner) if !inner.is_empty() => self.lay(text, &key, inner),
                single => {
                    let origin = Origin::Line(line_of(text, start_of(name, value)));
                    self.given.insert(key, Given { value: Value::from(single), origin });
                }
            }
        }
    }

    /// Lays the environment over the file. A variable without a `__` is no setting of ours (an orchestrator names its
    /// own after the service), and an empty one counts as not given, as Compose files leave them.
    pub(super) fn overlay(&mut self, environment: impl Iterator<Item = (String, String)>) {
        for (name, text) in environment {
            let Some(path) = name.strip_prefix(PREFIX).filter(|path| path.contains("__")) else { continue };
            if text.is_empty() {
                continue;
            }
            let key = path.to_lowercase().replace("__", ".");
            self.given.insert(key, Given { value: Value::Text(text), origin: Origin::Variable(name) });
        }
    }

    /// Takes a setting out, so that what is left at the end is what nobody asked for.
    pub(super) fn take(&mut self, key: &str) -> Option<Given> {
        self.given.remove(key)
    }

    /// What nobody asked for.
    pub(super) fn rest(self) -> impl Iterator<Item = (String, Given)> {
        self.given.into_iter()
    }
}

/// The variable that sets a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn start_of(name: &Spanned<toml::de::DeString<'_>>, value: &Spanned<DeValue<'_>>) -> usize {
    let (name, value) = (name.span(), value.span());
    if name.is_empty() { value.start } else { name.start }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
