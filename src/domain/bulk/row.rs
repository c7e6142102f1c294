//! One row: what its cells ask for.

use url::Url;

use super::Wish;
use super::columns::Column;
use super::sheet::Sheet;
use crate::domain::creator::{Choices, Privacy, cover_millis};
use crate::say;

/// The most of a cell that is repeated.
const SHORT: usize = 40;

/// Where a row's video is.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// Behind a link.
    Link(Url),
    /// In a message, under this name.
    Named(String),
}

impl std::fmt::Debug for Source {
    /// A link may be a key to the file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Link(_) => f.write_str("Link"),
            Self::Named(name) => write!(f, "Named({name:?})"),
        }
    }
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum RowProblem {
    /// A cell that is needed is empty.
    Missing {
        /// Which.
        column: Column,
    },
    /// A cell holds something it cannot.
    Unreadable {
        /// Which.
        column: Column,
        /// What it holds.
        given: String,
    },
    /// A link that is none.
    NotALink,
}

impl RowProblem {
    /// What is the case, without the dot at its end.
    fn said(&self) -> String {
        match self {
            Self::Missing { column } => say!("bulk-cell-empty", column = column.to_string()),
            Self::Unreadable { column, given } => {
                say!("bulk-cell-unreadable", given = given.as_str(), column = column.to_string())
            }
            Self::NotALink => say!("bulk-cell-no-link"),
        }
    }

    /// What would be right.
    #[must_use]
    pub fn hint(&self) -> String {
        let (Self::Missing { column } | Self::Unreadable { column, .. }) = self else {
            return say!("bulk-cell-no-link-hint");
        };
        match column {
            Column::When => say!("bulk-when-hint"),
            Column::Video => say!("bulk-video-hint"),
            Column::Privacy => say!("bulk-privacy-hint"),
            Column::Comments | Column::Duet | Column::Stitch | Column::Ai => say!("bulk-yes-or-no-hint"),
            Column::Disclosure => say!("bulk-disclosure-hint"),
            Column::Cover => say!("bulk-cover-hint"),
            Column::Caption | Column::Account | Column::Ours => String::new(),
        }
    }
}

/// Reads a row, counted from zero.
///
/// # Errors
/// Everything that is wrong with its cells.
pub fn read_row(sheet: &Sheet, row: usize) -> Result<Wish, Vec<RowProblem>> {
    let cell = |column| sheet.cell(row, column);
    let mut problems = Vec::new();
    let mut noted = |outcome: Result<(), RowProblem>| problems.extend(outcome.err());
    let mut choices = Choices::default();
    noted(needed(cell(Column::When), Column::When).map(drop));
    let video = source(cell(Column::Video));
    noted(video.as_ref().map(drop).map_err(Clone::clone));
    noted(privacy(cell(Column::Privacy)).map(|level| choices.privacy = Some(level)));
    noted(truth(cell(Column::Comments), Column::Comments).map(|on| choices.comments = on));
    noted(truth(cell(Column::Duet), Column::Duet).map(|on| choices.duet = on));
    noted(truth(cell(Column::Stitch), Column::Stitch).map(|on| choices.stitch = on));
    noted(truth(cell(Column::Ai), Column::Ai).map(|on| choices.ai_generated = on));
    noted(disclosure(cell(Column::Disclosure)).map(|(own, branded)| {
        choices.discloses = own || branded;
        choices.own_brand = own;
        choices.branded_content = branded;
    }));
    let cover = cover_millis(cell(Column::Cover)).ok_or_else(|| unreadable(Column::Cover, cell(Column::Cover)));
    noted(cover.map(|millis| choices.cover_millis = millis));
    match (video, problems.is_empty()) {
        (Ok(video), true) => Ok(Wish {
            when: cell(Column::When).to_owned(),
            video,
            caption: cell(Column::Caption).to_owned(),
            account: Some(cell(Column::Account)).filter(|name| !name.is_empty()).map(str::to_owned),
            choices,
        }),
        (Ok(_) | Err(_), _) => Err(problems),
    }
}

fn needed(cell: &str, column: Column) -> Result<&str, RowProblem> {
    if cell.is_empty() { Err(RowProblem::Missing { column }) } else { Ok(cell) }
}

fn unreadable(column: Column, given: &str) -> RowProblem {
    let given = given.chars().filter(|letter| !letter.is_control() && *letter != '`').take(SHORT).collect();
    RowProblem::Unreadable { column, given }
}

fn source(cell: &str) -> Result<Source, RowProblem> {
    let cell = needed(cell, Column::Video)?;
    if !cell.contains("://") {
        return Ok(Source::Named(cell.to_owned()));
    }
    Url::parse(cell).map(Source::Link).map_err(|_| RowProblem::NotALink)
}

/// A cell in small letters, with one space between words whatever stood there.
fn plain(cell: &str) -> String {
    let words = cell.split(|letter: char| letter.is_whitespace() || letter == '_' || letter == '-');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn privacy(cell: &str) -> Result<Privacy, RowProblem> {
    let given = plain(needed(cell, Column::Privacy)?);
    match given.as_str() {
        "everyone" | "public" | "public to everyone" | "alle" | "öffentlich" | "jeder" => {
            Ok(Privacy::PublicToEveryone)
        }
        "friends" | "mutual follow friends" | "freunde" => Ok(Privacy::MutualFollowFriends),
        "followers" | "follower of creator" | "follower" | "abonnenten" => Ok(Privacy::FollowerOfCreator),
        "only you" | "only me" | "self only" | "private" | "nur ich" | "nur du" | "privat" => Ok(Privacy::SelfOnly),
        other => Err(unreadable(Column::Privacy, other)),
    }
}

fn truth(cell: &str, column: Column) -> Result<bool, RowProblem> {
    match plain(cell).as_str() {
        "yes" | "y" | "true" | "1" | "on" | "x" | "ja" | "j" | "wahr" | "an" | "ein" => Ok(true),
        "" | "no" | "n" | "false" | "0" | "off" | "nein" | "falsch" | "aus" => Ok(false),
        other => Err(unreadable(column, other)),
    }
}

/// Whether it promotes the creator's own business, and whether somebody else's.
fn disclosure(cell: &str) -> Result<(bool, bool), RowProblem> {
    match plain(cell).as_str() {
        "" | "no" | "none" | "off" | "false" | "0" | "nein" | "keine" | "aus" => Ok((false, false)),
        "own" | "own brand" | "your brand" | "eigene" | "eigene marke" | "deine marke" => Ok((true, false)),
        "branded"
        | "branded content"
        | "paid partnership"
        | "markeninhalte"
        | "bezahlte partnerschaft"
        | "fremde marke" => Ok((false, true)),
        "both" | "beide" | "beides" => Ok((true, true)),
        other => Err(unreadable(Column::Disclosure, other)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EXAMPLE, read_sheet};
    use super::*;

    fn row(cells: &str) -> Result<Wish, String> {
        let head = "when,video,privacy,comments,duet,disclosure,ai,cover,account";
        let sheet = read_sheet(format!("{head}\n{cells}\n").as_bytes()).unwrap();
        read_row(&sheet, 0).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn the_example_can_be_read() {
        let sheet = read_sheet(EXAMPLE.replace("{day}", "2026-12-01").as_bytes()).unwrap();
        let wishes: Vec<_> = (0..sheet.rows.len()).map(|row| read_row(&sheet, row).unwrap()).collect();
        assert_eq!(wishes[0].caption, "Friday latte, with oat milk #coffee");
        assert!(wishes[0].choices.comments && !wishes[0].choices.discloses);
        assert_eq!(wishes[1].video, Source::Named("cake.mp4".into()));
        let choices = wishes[1].choices;
        assert_eq!((choices.privacy, choices.own_brand, choices.cover_millis), (Some(Privacy::SelfOnly), true, 2_500));
    }

    #[test]
    fn nothing_is_chosen_for_anybody() {
        assert_eq!(row("asap,a.mp4,,,,,,,"), Err("`privacy` is empty".into()));
        let wish = row("asap,a.mp4,Nur ich,,,,,,").unwrap();
        let off = Choices { privacy: Some(Privacy::SelfOnly), ..Choices::default() };
        assert_eq!((wish.choices, wish.account), (off, None));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        assert_eq!(
            row(",ftp:// x,all of them,maybe,ja,secret,x,soon,"),
            Err("`when` is empty; the link in `video` is no whole link; `all of them` is nothing `privacy` can be; `maybe` \
                 is nothing `comments` can be; `secret` is nothing `disclosure` can be; `soon` is nothing `cover` can be"
                .into())
        );
    }

    #[test]
    fn links_are_not_shown_in_debug() {
        let wish = row("asap,https://example.com/key,public,,,both,,,@cafe").unwrap();
        assert!(!format!("{wish:?}").contains("key"));
        assert!(wish.choices.own_brand && wish.choices.branded_content);
    }
}
