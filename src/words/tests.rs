use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement, VariantKey};
use fluent_syntax::parser;

use super::*;

/// The keys of a language with the names of what is put into each.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (name, text) in language.files() {
        let read = parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{language}/{name}.ftl: {errors:?}"));
        for entry in read.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name.to_owned();
                    assert!(message.attributes.is_empty(), "{language}/{name}.ftl: {key} has attributes");
                    let mut names = BTreeSet::new();
                    let value = message.value.unwrap_or_else(|| panic!("{language}/{name}.ftl: {key} says nothing"));
                    collect(&value.elements, &mut names);
                    assert!(keys.insert(key.clone(), names).is_none(), "{language}: {key} is there twice");
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(_) | Entry::Junk { .. } => panic!("{language}/{name}.ftl: {entry:?}"),
            }
        }
    }
    keys
}

fn collect(elements: &[PatternElement<&str>], names: &mut BTreeSet<String>) {
    for element in elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let shown = match expression {
            Expression::Select { selector, variants } => {
                for variant in variants {
                    collect(&variant.value.elements, names);
                }
                selector
            }
            Expression::Inline(shown) => shown,
        };
        match shown {
            InlineExpression::VariableReference { id } => {
                names.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { .. } => {}
            other => panic!("only names and quoted text are put in: {other:?}"),
        }
    }
}

/// What the source asks for: the keys with the names that are given.
fn asked() -> BTreeMap<String, BTreeSet<String>> {
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("src/words.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for call in text.split(concat!("say", "!(")).skip(1) {
                    let (key, names) = read_call(call).unwrap_or_else(|| panic!("{}: {call:.60}", path.display()));
                    let before = asked.entry(key.clone()).or_insert_with(|| names.clone());
                    assert_eq!(*before, names, "{}: {key} is asked for with other names elsewhere", path.display());
                }
            }
        }
    }
    asked
}

/// The key and the names of a call, after its opening bracket.
fn read_call(call: &str) -> Option<(String, BTreeSet<String>)> {
    let (key, rest) = call.trim_start().strip_prefix('"')?.split_once('"')?;
    let (mut names, mut depth, mut quoted, mut part) = (BTreeSet::new(), 0_u32, false, String::new());
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => drop(letters.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => part.clear(),
            '=' if depth == 0 && letters.peek() != Some(&'=') && letters.peek() != Some(&'>') => {
                let name = part.trim();
                if !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') {
                    names.insert(name.to_owned());
                }
                part.clear();
            }
            plain => part.push(plain),
        }
    }
    Some((key.to_owned(), names))
}

#[test]
fn no_sentence_is_missing_in_any_language() {
    let english = keys(Language::English);
    for language in Language::ALL {
        let there = keys(language);
        let missing: Vec<_> = english.keys().filter(|key| !there.contains_key(*key)).collect();
        let foreign: Vec<_> = there.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && foreign.is_empty(), "{language} lacks {missing:?}, and says besides {foreign:?}");
        for (key, names) in there {
            let unknown: Vec<_> = names.difference(&english[&key]).collect();
            assert!(unknown.is_empty(), "{language}: {key} puts in {unknown:?}, which English does not know");
        }
    }
}

/// Where German needs another sentence for what English can put in as it is.
const SAID_OTHERWISE: [&str; 2] = ["refusals-creator-closed", "refusals-not-now"];

/// The words by which each message chooses between sentences; what chooses by number is each language's own affair.
fn choices(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    fn collect(elements: &[PatternElement<&str>], words: &mut BTreeSet<String>) {
        for element in elements {
            let PatternElement::Placeable { expression: Expression::Select { variants, .. } } = element else {
                continue;
            };
            for variant in variants {
                if let VariantKey::Identifier { name } = variant.key
                    && !["zero", "one", "two", "few", "many", "other"].contains(&name)
                {
                    words.insert(name.to_owned());
                }
                collect(&variant.value.elements, words);
            }
        }
    }
    let mut choices = BTreeMap::new();
    for (_, text) in language.files() {
        for entry in parser::parse(*text).unwrap().body {
            if let Entry::Message(message) = entry {
                let mut words = BTreeSet::new();
                collect(&message.value.unwrap().elements, &mut words);
                choices.insert(message.id.name.to_owned(), words);
            }
        }
    }
    choices
}

#[test]
fn every_language_chooses_between_the_same_sentences() {
    let (english, german) = (choices(Language::English), choices(Language::German));
    let differ: Vec<_> = english.iter().filter(|(key, words)| german.get(*key) != Some(words)).collect();
    let keys: Vec<&str> = differ.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, SAID_OTHERWISE, "{differ:?}");
}

#[test]
fn the_catalogue_says_what_the_source_asks_for_and_nothing_else() {
    let (english, asked) = (keys(Language::English), asked());
    let unknown: Vec<_> = asked.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(unknown.is_empty(), "asked for and not there: {unknown:?}");
    let idle: Vec<_> = english.keys().filter(|key| !asked.contains_key(*key)).collect();
    assert!(idle.is_empty(), "there and never asked for: {idle:?}");
    for (key, names) in asked {
        let lacking: Vec<_> = english[&key].difference(&names).collect();
        assert!(lacking.is_empty(), "{key} puts in {lacking:?}, which nobody gives");
    }
}

#[test]
fn a_language_lasts_as_long_as_its_conversation() {
    assert_eq!(spoken(), Language::English);
    in_language(Language::German, || assert_eq!(spoken(), Language::German));
    assert_eq!(spoken(), Language::English);
}

#[test]
fn whoever_speaks_another_language_is_answered_in_english() {
    let of = |locale| Language::of_locale(locale);
    assert_eq!([of("de"), of("en-GB"), of("fr"), of("")].map(Language::word), ["de", "en", "en", "en"]);
    assert!(Language::ALL.iter().all(|language| language.word().parse() == Ok(*language)));
}
