//! Takes settings out of the document one by one, each with its default and its type, and collects every complaint.
//!
//! A setting exists because somebody reads it here: the list of known keys, which unknown ones are compared with and the
//! example file is tested against, is made by the reading itself.

use std::path::Path;

use secrecy::SecretString;

use super::document::{Document, Given, Value, variable};
use super::problem::{ConfigError, Origin, Problem};

/// A setting there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its dotted name.
    pub key: &'static str,
    /// What holds when it is not given, as it would be written.
    pub default: Option<&'static str>,
    /// It may also be given as `<key>_file`, naming a file that holds it.
    pub from_file: bool,
}

/// Turns the text of a setting into its type, or says what is accepted.
pub(super) type Read<T> = fn(&str) -> Result<T, String>;

pub(super) struct Reader {
    document: Document,
    known: Vec<Setting>,
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(document: Document, problems: Vec<Problem>) -> Self {
        Self { document, known: Vec::new(), problems }
    }

    /// A setting that may be absent.
    pub(super) fn optional<T>(&mut self, key: &'static str, read: Read<T>) -> Option<T> {
        self.known.push(Setting { key, default: None, from_file: false });
        self.plain(key, read)
    }

    /// A setting with a default, written as it would be in the file.
    pub(super) fn or<T>(&mut self, key: &'static str, default: &'static str, read: Read<T>) -> T {
        self.known.push(Setting { key, default: Some(default), from_file: false });
        self.plain(key, read).unwrap_or_else(|| read(default).expect("a default is accepted"))
    }

    /// A setting that may be absent and may be kept in a file of its own; complaints never repeat it.
    pub(super) fn secret<T>(&mut self, key: &'static str, read: Read<T>) -> Option<T> {
        self.known.push(Setting { key, default: None, from_file: true });
        self.hidden(key, read)
    }

    /// A secret with a default, such as an address that may carry a password.
    pub(super) fn secret_or<T>(&mut self, key: &'static str, default: &'static str, read: Read<T>) -> T {
        self.known.push(Setting { key, default: Some(default), from_file: true });
        self.hidden(key, read).unwrap_or_else(|| read(default).expect("a default is accepted"))
    }

    /// A list with a default, written as it would be in the file.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        default: &'static str,
        read: fn(&Value) -> Result<T, String>,
    ) -> Vec<T> {
        self.known.push(Setting { key, default: Some(default), from_file: false });
        let (items, origin) = match self.document.take(key) {
            None => (list_of(&Value::Text(default.to_owned())), None),
            Some(given) => (list_of(&given.value), Some(given)),
        };
        let Some(items) = items else {
            let given = origin.expect("a default is a list");
            self.refuse(key, &given, &given.value.shown(), "a list, such as `[\"one\", \"two\"]`");
            return Vec::new();
        };
        let mut list = Vec::with_capacity(items.len());
        for item in &items {
            match (read(item), &origin) {
                (Ok(item), _) => list.push(item),
                (Err(accepted), Some(given)) => self.refuse(key, given, &item.shown(), &accepted),
                (Err(_), None) => unreachable!("a default is accepted"),
            }
        }
        list
    }

    /// Adds a complaint that concerns several settings together.
    pub(super) fn complain(&mut self, key: &str, said: impl Into<String>) {
        self.problems.push(Problem { key: key.to_owned(), said: said.into(), origin: None });
    }

    /// Reports what nobody asked for, and everything else that was found.
    pub(super) fn finish(mut self, file: Option<&Path>) -> Result<Vec<Setting>, ConfigError> {
        let names = names(&self.known);
        for (key, given) in self.document.rest() {
            let section = format!("{key}.");
            let is_section = names.iter().any(|name| name.starts_with(&section));
            if is_section && matches!(given.value, Value::Table(_)) {
                continue;
            }
            let by_variable = matches!(given.origin, Origin::Variable(_));
            let spell = |name: &str| if by_variable { variable(name) } else { name.to_owned() };
            let said = match nearest(&key, &names) {
                _ if is_section => format!("this is a section; give it as `[{key}]` with settings below"),
                Some(name) => format!("there is no such setting; did you mean `{}`?", spell(name)),
                None => "there is no such setting; `config.example.toml` lists them all".to_owned(),
            };
            self.problems.push(Problem { key, said, origin: Some(given.origin) });
        }
        if self.problems.is_empty() {
            return Ok(self.known);
        }
        self.problems.sort_by_key(|problem| match problem.origin {
            Some(Origin::Line(line)) => line,
            Some(Origin::Variable(_)) | None => usize::MAX,
        });
        Err(ConfigError { file: file.map(Path::to_path_buf), problems: self.problems })
    }

    fn plain<T>(&mut self, key: &'static str, read: Read<T>) -> Option<T> {
        let given = self.document.take(key)?;
        let read = given.value.plain().map_or_else(|| Err("a single value".to_owned()), read);
        read.map_err(|accepted| self.refuse(key, &given, &given.value.shown(), &accepted)).ok()
    }

    fn hidden<T>(&mut self, key: &'static str, read: Read<T>) -> Option<T> {
        let direct = self.document.take(key);
        let by_file = self.document.take(&format!("{key}_file"));
        let (given, text) = match (direct, by_file) {
            (None, None) => return None,
            (Some(given), None) => {
                let text = given.value.plain().map(ToOwned::to_owned);
                (given, text.ok_or_else(|| "a single value".to_owned()))
            }
            (None, Some(given)) => {
                let text = contents(&given.value);
                (given, text)
            }
            // The environment wins over the file, whichever of the two forms it comes in.
            (Some(given), Some(Given { origin: Origin::Line(_), .. }))
                if matches!(given.origin, Origin::Variable(_)) =>
            {
                let text = given.value.plain().map(ToOwned::to_owned);
                (given, text.ok_or_else(|| "a single value".to_owned()))
            }
            (Some(Given { origin: Origin::Line(_), .. }), Some(given))
                if matches!(given.origin, Origin::Variable(_)) =>
            {
                let text = contents(&given.value);
                (given, text)
            }
            (Some(given), Some(other)) => {
                let said = format!("given twice, the other time as `{key}_file` ({}); keep one of them", other.origin);
                self.problems.push(Problem { key: key.to_owned(), said, origin: Some(given.origin) });
                return None;
            }
        };
        let read = text.map(SecretString::from).and_then(|text| read(secrecy::ExposeSecret::expose_secret(&text)));
        read.map_err(|accepted| self.refuse(key, &given, "a secret that is not shown", &accepted)).ok()
    }

    fn refuse(&mut self, key: &str, given: &Given, shown: &str, accepted: &str) {
        let said = format!("given is {shown}; accepted is {accepted}");
        self.problems.push(Problem { key: key.to_owned(), said, origin: Some(given.origin.clone()) });
    }
}

/// A list as the file has it, or as a variable has it: written like in the file, or with commas between.
fn list_of(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.clone()),
        Value::Text(text) if text.trim_start().starts_with('[') => match Value::parse(text.trim())? {
            Value::List(items) => Some(items),
            Value::Text(_) | Value::Bare(_) | Value::Table(_) => None,
        },
        Value::Text(text) => Some(text.split(',').map(|item| Value::Text(item.trim().to_owned())).collect()),
        Value::Bare(_) | Value::Table(_) => None,
    }
}

/// What the file of a secret holds, without the line end an editor leaves.
fn contents(path: &Value) -> Result<String, String> {
    let path = path.plain().ok_or("the path of a file that holds it")?;
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the path of a file that can be read (`{path}`: {error})"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn names(known: &[Setting]) -> Vec<String> {
    known
        .iter()
        .flat_map(|setting| {
            let file = setting.from_file.then(|| format!("{}_file", setting.key));
            std::iter::once(setting.key.to_owned()).chain(file)
        })
        .collect()
}

/// The known name that was probably meant: a few letters away, or the same word in another section.
fn nearest<'a>(key: &str, names: &'a [String]) -> Option<&'a str> {
    let last = |name: &str| name.rsplit('.').next().map(ToOwned::to_owned);
    let close = names.iter().map(|name| (distance(key, name), name)).min_by_key(|(distance, _)| *distance);
    let near = close.filter(|(distance, _)| *distance <= 3.min(key.len() / 3)).map(|(_, name)| name);
    near.or_else(|| names.iter().find(|name| last(name) == last(key)))
        .or_else(|| names.iter().find(|name| key.starts_with(&format!("{name}."))))
        .map(String::as_str)
}

/// How many letters must be added, dropped or replaced to come from one text to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], above + 1);
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        assert_eq!(distance("discord.tokn", "discord.token"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn the_word_in_another_section_is_found() {
        let names = ["discord.token".to_owned(), "tiktok.client_key".to_owned()];
        assert_eq!(nearest("client_key", &names), Some("tiktok.client_key"));
        assert_eq!(nearest("discord.token.value", &names), Some("discord.token"));
        assert_eq!(nearest("flavour", &names), None);
    }
}
