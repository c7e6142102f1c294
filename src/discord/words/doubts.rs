//! What people are asked before they go on in spite of something.

use serenity::all::ButtonStyle;

use super::{parts, retried};
use crate::discord::buttons::Press;
use crate::discord::face::{Face, plain};
use crate::discord::look::WARNING;
use crate::domain::conflict::{Mark, Overridden};
use crate::domain::ids::PostId;
use crate::domain::post::Post;
use crate::flows::warn::{Question, Weighed};
use crate::say;

/// The button that hands a draft in all the same.
pub(in crate::discord) fn submit_all_the_same() -> String {
    say!("trouble-submit-all-the-same")
}

/// How much room the sentences have; a message holds 2,000 characters.
const ROOM: usize = 1_500;

/// What speaks against going on, above the button of that name.
pub(in crate::discord) fn asks_before(button: &str, question: &Question) -> String {
    let lines: Vec<String> =
        question.said.iter().map(|said| format!("{WARNING} {}", plain(said, parts::LONGEST_REASON))).collect();
    say!("trouble-asks-before", doubts = parts::lines(&lines, ROOM), button = button)
}

/// What came of a change of a post: what there is to say when it is done, or what its member is asked first.
#[must_use]
pub fn weighed(changed: &Weighed<Post>, done: impl FnOnce(&Post) -> Face) -> Face {
    match changed {
        Weighed::Done(post) => done(post),
        Weighed::Asks(question) => change_asks(question),
    }
}

/// A change of a post waits for an answer.
fn change_asks(question: &Question) -> Face {
    let label = say!("trouble-change-all-the-same");
    let button = question.edit.map(|edit| Press::ChangeAllTheSame { edit }.button(&label, ButtonStyle::Danger));
    Face::text(asks_before(&label, question)).with_buttons(button.into_iter().collect())
}

/// What came of trying a post again, or what is asked first; `all_the_same` is the press that goes on in spite of it.
#[must_use]
pub fn tried_again(tried: &Weighed<Post>, post: PostId, all_the_same: impl FnOnce(PostId, Mark) -> Press) -> Face {
    match tried {
        Weighed::Done(post) => retried(post),
        Weighed::Asks(question) => {
            let label = say!("trouble-retry-all-the-same");
            let button = all_the_same(post, question.mark).button(&label, ButtonStyle::Danger);
            Face::text(asks_before(&label, question)).with_buttons(vec![button])
        }
    }
}

/// What a post went to review in spite of, one a line.
pub(in crate::discord) fn in_spite_of(overridden: &[Overridden], most_units: usize) -> String {
    let lines: Vec<String> =
        overridden.iter().map(|one| format!("{WARNING} {}", plain(&one.said, parts::LONGEST_REASON))).collect();
    parts::lines(&lines, most_units)
}
