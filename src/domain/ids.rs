//! Names for rows and people.
//!
//! Our own ids are UUID v7 (they sort by birth); Discord's are its snowflakes. Both are
//! separate types for separate things, so that a post's id cannot be given where an account's is meant.

use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::timestamp::context::ContextV7;
use uuid::{Timestamp, Uuid};

/// What was given is not an id of that kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {kind}")]
pub struct NotAnId {
    kind: &'static str,
    given: String,
}

/// Orders ids of one millisecond by their birth, so that what was said first is also read first.
static BIRTHS: LazyLock<Mutex<ContextV7>> = LazyLock::new(|| Mutex::new(ContextV7::new()));

fn born(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(&*BIRTHS, seconds, now.timestamp_subsec_nanos()))
}

macro_rules! own_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, born at `now`.
            #[must_use]
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(born(now))
            }

            /// When it was born, to the millisecond; none for what is no id of ours.
            #[must_use]
            pub fn born_at(self) -> Option<DateTime<Utc>> {
                let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
                DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
            }
        }

        impl fmt::Display for $name {
            /// Thirty-two hex digits: short enough for a button.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| NotAnId { kind: stringify!($name), given: text.chars().take(40).collect() })
            }
        }
    )+};
}

macro_rules! snowflake {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse()
                    .map(Self)
                    .map_err(|_| NotAnId { kind: stringify!($name), given: text.chars().take(40).collect() })
            }
        }
    )+};
}

own_id! {
    /// A connected TikTok account.
    AccountId,
    /// One try at publishing.
    AttemptId,
    /// Posts that were prepared together from one file.
    BatchId,
    /// Something people have yet to be told.
    NoticeId,
    /// A change that somebody was asked about and has not answered yet.
    PendingEditId,
    /// What a team intends to publish.
    PostId,
    /// The machine's effort to put one post on one account.
    PublicationId,
    /// One reviewer's word on one revision.
    VerdictId,
    /// Stored bytes and the facts read from them.
    VideoId,
}

snowflake! {
    /// A place people talk in; threads are channels too.
    ChannelId,
    /// A person.
    MemberId,
    /// A message in a channel.
    MessageId,
    /// A role people hold.
    RoleId,
    /// One team and its settings. It carries the number of the server the team lives in.
    WorkspaceId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_it_was_written() {
        let id = PostId::new(DateTime::UNIX_EPOCH);
        assert_eq!(id.to_string().len(), 32);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn ids_of_one_instant_sort_by_their_birth() {
        let ids: Vec<PostId> = (0..1_000).map(|_| PostId::new(DateTime::UNIX_EPOCH)).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn something_else_is_refused_by_name() {
        let error = "latte".parse::<PostId>().unwrap_err();
        assert_eq!(error.to_string(), "`latte` is not a PostId");
    }
}
