//! Holds the local Discord's messages against what became of each post: its thread says so, once.

use greenroom::sandbox::discord::Discord;

use crate::history::Verdict;
use crate::records::Records;
use crate::team::Given;

/// How the line in a thread begins, by what it tells of.
const LINES: [(&str, &str); 5] = [
    ("published", "It is on TikTok"),
    ("in_inbox", "It is in the TikTok inbox of"),
    ("failed", "It was not published"),
    ("unclear", "Nobody can tell whether this is out"),
    ("held", "It fell due while Greenroom could not publish"),
];

/// Adds what is not told, told twice or told wrongly.
pub(crate) fn check(verdict: &mut Verdict, discord: &Discord, given: &[Given], records: &Records) {
    for one in given {
        let Some(post) = records.posts.get(&one.post.to_string()) else { continue };
        let Some(line) = post.publications.iter().find(|line| line.state != "cancelled") else { continue };
        let messages = post.thread.as_ref().map(|thread| discord.messages(thread)).unwrap_or_default();
        for (state, words) in LINES {
            let count = messages.iter().filter(|message| message.to_string().contains(words)).count();
            if count != usize::from(state == line.state) {
                let name = &one.caption;
                verdict.wrong.push(format!("`{name}` is {}: its thread says {count} times `{words}`", line.state));
            }
        }
    }
}
