//! What files of videos are called.

use url::Url;

/// How the names of video files end.
const ENDINGS: [&str; 5] = ["mp4", "mov", "webm", "m4v", "qt"];

/// The longest name that is taken from a link.
const LONGEST: usize = 60;

/// What a file is called whose link has no name for it.
const NAMELESS: &str = "video";

/// Whether a name ends as those of videos do.
#[must_use]
pub fn is_named_like_a_video(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

/// What a link calls its file. Anything else at its end may be a key to the file, which is not to be shown to a team.
#[must_use]
pub fn name_in_link(link: &Url) -> &str {
    let last = link.path_segments().and_then(|mut parts| parts.next_back());
    last.filter(|last| {
        let name = last.rsplit_once('.').map_or(0, |(name, _)| name.len());
        is_named_like_a_video(last) && (1..=LONGEST).contains(&name)
    })
    .unwrap_or(NAMELESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_taken_from_a_link_and_no_key() {
        let name = |link: &str| name_in_link(&link.parse().unwrap()).to_owned();
        assert_eq!(name("https://files.example.org/d/latte.MOV#t=3"), "latte.MOV");
        for keyed in ["4f1c-secret", "4f1c.secret", ".mp4", ""] {
            assert_eq!(name(&format!("https://files.example.org/d/{keyed}")), "video", "{keyed}");
        }
        assert_eq!(name(&format!("https://files.example.org/{}.mp4", "a".repeat(61))), "video");
    }
}
