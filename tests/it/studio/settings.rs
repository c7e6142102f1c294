//! The settings a story runs under: those of an operator who points everything at this machine.

use std::path::Path;

use greenroom::config::Config;
use greenroom::sandbox::discord::Discord;
use greenroom::sandbox::tiktok::TikTok;

/// A key for sealing; any thirty-two bytes do.
const KEY: &str = "R3JlZW5yb29tIGtlZXBzIGEgc2VjcmV0IG9mIDMyIEI=";

/// Settings as the program reads them.
pub(super) fn config(discord: &Discord, tiktok: &TikTok, folder: &Path, changes: &[(&str, String)]) -> Config {
    Config::load(None, environment(discord, tiktok, folder, changes).into_iter()).unwrap()
}

/// Settings as an operator would give them in the environment.
pub(super) fn environment(
    discord: &Discord,
    tiktok: &TikTok,
    folder: &Path,
    changes: &[(&str, String)],
) -> Vec<(String, String)> {
    let folder = folder.display();
    let mut pairs = vec![
        ("GREENROOM_DISCORD__TOKEN".to_owned(), "make.believe.token".to_owned()),
        ("GREENROOM_DISCORD__API_URL".to_owned(), discord.base_url()),
        ("GREENROOM_TIKTOK__CLIENT_KEY".to_owned(), "sandbox_key".to_owned()),
        ("GREENROOM_TIKTOK__CLIENT_SECRET".to_owned(), "sandbox_secret".to_owned()),
        ("GREENROOM_TIKTOK__API_URL".to_owned(), tiktok.base_url().to_owned()),
        ("GREENROOM_TIKTOK__AUTHORIZE_URL".to_owned(), tiktok.base_url().to_owned()),
        ("GREENROOM_TIKTOK__AUDITED".to_owned(), "true".to_owned()),
        ("GREENROOM_DATABASE__URL".to_owned(), format!("sqlite://{folder}/greenroom.db")),
        ("GREENROOM_MEDIA__URL".to_owned(), format!("file://{folder}/media")),
        ("GREENROOM_WEB__LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
        ("GREENROOM_SECURITY__ENCRYPTION_KEY".to_owned(), KEY.to_owned()),
    ];
    pairs.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
    pairs.extend(changes.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    pairs
}
