//! Why a file did not come home, and what can be done about it, in the language spoken now.

use super::FetchError;
use super::guard::Unfit;
use super::link::{AT_ONCE, LinkError, MOST_REDIRECTS};
use crate::domain::video::size;
use crate::say;

impl FetchError {
    /// The sentence.
    pub(super) fn said(&self) -> String {
        match self {
            Self::NotAllowed { host } => say!("videos-fetch-not-allowed", host = host.as_str()),
            Self::Redirected => say!("videos-fetch-redirected"),
            Self::Expired { status } => say!("videos-fetch-expired", status = *status),
            Self::Unavailable { status } => say!("videos-fetch-unavailable", status = *status),
            Self::NotAFile => say!("videos-fetch-page"),
            Self::TooBig { stated_bytes: Some(stated), max_bytes } => {
                say!("videos-fetch-too-big-by-its-word", size = size(*stated), most = size(*max_bytes))
            }
            Self::TooBig { stated_bytes: None, max_bytes } => say!("videos-fetch-too-big", most = size(*max_bytes)),
            Self::CutShort { received_bytes } => say!("videos-fetch-cut-short", size = size(*received_bytes)),
            Self::Unreachable(_) => say!("videos-fetch-unreachable"),
            Self::TooSlow => say!("videos-fetch-too-slow"),
            Self::DiskFull => say!("videos-fetch-disk-full"),
            Self::Disk(_) => say!("videos-fetch-disk"),
        }
    }

    /// What a person can do about it, without the word `hint:`.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NotAllowed { .. } | Self::Redirected | Self::NotAFile => say!("videos-fetch-hint-attach"),
            Self::Expired { .. } => say!("videos-fetch-hint-attach-again"),
            Self::TooBig { max_bytes, .. } => say!("videos-hint-bitrate-below", most = size(*max_bytes)),
            Self::Unavailable { .. } | Self::CutShort { .. } | Self::Unreachable(_) | Self::TooSlow => {
                say!("videos-fetch-hint-later")
            }
            Self::DiskFull | Self::Disk(_) => say!("videos-fetch-hint-operator"),
        }
    }
}

impl LinkError {
    /// The sentence.
    pub(super) fn said(&self) -> String {
        match self {
            Self::Unfit(why) => say!("videos-link-unfit", why = why.said()),
            Self::LeadsAstray(why) => say!("videos-link-leads-astray", why = why.said()),
            Self::NoInternet => say!("videos-link-no-internet"),
            Self::NoServer { host } => say!("videos-link-no-server", host = host.as_str()),
            Self::TooManyRedirects => say!("videos-link-redirects", most = MOST_REDIRECTS),
            Self::Refused { status } => say!("videos-link-refused", status = *status),
            Self::Unavailable { status } => say!("videos-link-unavailable", status = *status),
            Self::NotAFile => say!("videos-link-page"),
            Self::Packed => say!("videos-link-packed"),
            Self::Unreachable(_) => say!("videos-link-unreachable"),
            Self::TooSlow => say!("videos-fetch-too-slow"),
            Self::Crowded => say!("videos-link-crowded", count = AT_ONCE),
            Self::NotTaken(error) => error.said(),
        }
    }

    /// What a person can do about it, without the word `hint:`.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unfit(Unfit::NotHttps) => say!("videos-link-hint-whole"),
            Self::Unfit(Unfit::Credentials | Unfit::Port | Unfit::Numbered) => say!("videos-link-hint-public"),
            Self::Unfit(Unfit::NotPublic | Unfit::LocalName | Unfit::OddHost)
            | Self::LeadsAstray(_)
            | Self::NoInternet
            | Self::Packed => say!("videos-fetch-hint-attach"),
            Self::NoServer { .. } => say!("videos-link-hint-spelling"),
            Self::TooManyRedirects | Self::NotAFile => say!("videos-link-hint-file"),
            Self::Refused { .. } => say!("videos-link-hint-refused"),
            Self::Unavailable { .. } | Self::Unreachable(_) | Self::TooSlow => say!("videos-link-hint-later"),
            Self::Crowded => say!("videos-fetch-hint-later"),
            Self::NotTaken(error) => error.hint(),
        }
    }
}

impl Unfit {
    /// What is the matter with the link.
    pub(super) fn said(self) -> String {
        match self {
            Self::NotHttps => say!("videos-link-not-https"),
            Self::Credentials => say!("videos-link-credentials"),
            Self::Port => say!("videos-link-port"),
            Self::Numbered => say!("videos-link-numbered"),
            Self::NotPublic => say!("videos-link-not-public"),
            Self::LocalName => say!("videos-link-local-name"),
            Self::OddHost => say!("videos-link-odd-host"),
        }
    }
}
