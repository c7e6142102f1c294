//! What the real world needs beyond the defaults, and where the operator gets it.

use secrecy::SecretString;

use super::Config;
use super::problem::{ConfigError, Problem};

/// The proof that everything `run` needs is there.
#[derive(Debug, Clone, Copy)]
pub struct Required<'a> {
    /// `discord.token`.
    pub discord_token: &'a SecretString,
    /// `tiktok.client_key`.
    pub client_key: &'a str,
    /// `tiktok.client_secret`.
    pub client_secret: &'a SecretString,
    /// `security.encryption_key`.
    pub encryption_key: &'a SecretString,
}

impl Config {
    /// What `run` needs, all of it.
    ///
    /// # Errors
    /// Each missing setting, with the place to get it.
    pub fn require_for_run(&self) -> Result<Required<'_>, ConfigError> {
        let (token, key, secret) = (&self.discord.token, &self.tiktok.client_key, &self.tiktok.client_secret);
        if let (Some(discord_token), Some(client_key), Some(client_secret), Some(encryption_key)) =
            (token, key, secret, &self.security.encryption_key)
        {
            return Ok(Required { discord_token, client_key, client_secret, encryption_key });
        }
        let portal = "missing; it is at https://developers.tiktok.com under Manage apps, your app, Credentials";
        let needs = [
            (
                "discord.token",
                token.is_none(),
                "missing; make one at https://discord.com/developers/applications under your application, Bot, Reset Token",
            ),
            ("tiktok.client_key", key.is_none(), portal),
            ("tiktok.client_secret", secret.is_none(), portal),
            (
                "security.encryption_key",
                self.security.encryption_key.is_none(),
                "missing; `greenroom key new` makes one",
            ),
        ];
        let problems = needs.into_iter().filter(|(_, missing, _)| *missing).map(|(key, _, said)| Problem {
            key: key.to_owned(),
            said: said.to_owned(),
            origin: None,
        });
        Err(ConfigError { file: None, problems: problems.collect() })
    }
}
