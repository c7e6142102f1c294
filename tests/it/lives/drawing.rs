//! The two lives as `ARCHITECTURE.md` draws them, derived from the code by trying every event in every state.

use std::fmt::Write as _;

use greenroom::domain::post::PostStage;
use greenroom::domain::publication::PublicationStage;

use super::given::{places, post_in};
use super::tables::{POST_EVENTS, PUBLICATION_EVENTS, place};

/// From where, to where, and by which events.
type Arrow = (&'static str, &'static str, Vec<&'static str>);

fn draw(arrows: &mut Vec<Arrow>, from: &'static str, to: &'static str, event: &'static str) {
    match arrows.iter_mut().find(|arrow| (arrow.0, arrow.1) == (from, to)) {
        Some((_, _, events)) => events.push(event),
        None => arrows.push((from, to, vec![event])),
    }
}

fn post_arrows() -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for stage in PostStage::ALL {
        for (event, happens) in POST_EVENTS {
            if let Some(Ok(next)) = happens(post_in(stage)) {
                draw(&mut arrows, stage.word(), next.stage().word(), event);
            }
        }
    }
    arrows
}

fn publication_arrows() -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (event, happens) in PUBLICATION_EVENTS {
        for (name, publication) in places() {
            if let Ok(next) = happens(publication) {
                draw(&mut arrows, name, place(&next), event);
            }
        }
    }
    let order = |name: &str| places().iter().position(|(place, _)| *place == name);
    arrows.sort_by_key(|(from, to, _)| (order(from), order(to)));
    arrows
}

/// A diagram in Mermaid. What nothing leads away from is an end.
pub(crate) fn render(states: &[&str], names: &str, arrows: &[Arrow]) -> String {
    let mut text = format!("```mermaid\nstateDiagram-v2\n{names}    [*] --> {}\n", states[0]);
    for (from, to, events) in arrows {
        writeln!(text, "    {from} --> {to}: {}", events.join(", ")).unwrap();
    }
    for state in states.iter().filter(|state| arrows.iter().all(|(from, to, _)| from != *state || to == *state)) {
        writeln!(text, "    {state} --> [*]").unwrap();
    }
    text.push_str("```\n");
    text
}

/// The life of a post.
pub(crate) fn post() -> String {
    render(&PostStage::ALL.map(PostStage::word), "", &post_arrows())
}

/// The life of a publication. `publishing` is drawn as how far its try has come.
pub(crate) fn publication() -> String {
    let places = places();
    let states: Vec<_> = places.iter().map(|(name, _)| *name).collect();
    let mut names = String::new();
    for (name, publication) in &places {
        if publication.stage().word() != *name {
            writeln!(names, "    state \"{}: {name}\" as {name}", publication.stage().said()).unwrap();
        }
    }
    render(&states, &names, &publication_arrows())
}

fn drawn(life: &str) -> String {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md")).unwrap();
    let marker = format!("<!-- lives:{life} -->\n");
    let mut parts = page.split(&marker);
    let (_before, block) = (parts.next(), parts.next().expect("the block stands between two markers"));
    assert!(parts.next().is_some() && parts.next().is_none(), "the block stands between two markers");
    block.to_owned()
}

#[test]
fn the_drawn_life_of_a_post_is_the_one_in_the_code() {
    assert_eq!(drawn("post"), post(), "put this into ARCHITECTURE.md:\n{}", post());
}

#[test]
fn the_drawn_life_of_a_publication_is_the_one_in_the_code() {
    assert_eq!(drawn("publication"), publication(), "put this into ARCHITECTURE.md:\n{}", publication());
}

#[test]
fn every_stage_is_drawn() {
    let stages: Vec<_> = places().iter().map(|(_, publication)| publication.stage()).collect();
    assert!(PublicationStage::ALL.iter().all(|stage| stages.contains(stage)));
}
