//! What doctor and the check of the audit trail say to an operator.

mod findings;
mod trail;

use greenroom::app::{Level, Report, doctor_at};
use greenroom::config::Config;

use crate::studio::Studio;

/// A studio's settings with some changed; an empty value counts as not given.
fn config(studio: &Studio, changes: &[(&str, &str)]) -> Config {
    let kept = studio.environment().into_iter().filter(|(key, _)| changes.iter().all(|(changed, _)| changed != key));
    let changes = changes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Config::load(None, kept.chain(changes)).unwrap()
}

async fn report(studio: &Studio, changes: &[(&str, &str)]) -> Report {
    doctor_at(&config(studio, changes), studio.clock.clone()).await
}

/// The worst that was found in one check, in words.
fn worst<'a>(report: &'a Report, check: &str) -> (Level, &'a str) {
    let rank = |level| match level {
        Level::Good => 0,
        Level::Notice => 1,
        Level::Bad => 2,
    };
    let of_check = report.findings.iter().filter(|finding| finding.check == check);
    let worst = of_check.max_by_key(|finding| rank(finding.level)).expect(check);
    assert!(worst.level == Level::Good || worst.advice.is_some(), "{check}: nothing to do about {}", worst.found);
    (worst.level, &worst.found)
}
