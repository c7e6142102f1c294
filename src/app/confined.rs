//! What keeps the crash test's program at home. It waits too little and can be told to make mistakes, so it must never
//! reach the real TikTok or Discord, whatever the settings say.

use crate::config::Config;
use crate::drill;
use crate::media::fetch::is_here;
use anyhow::bail;

/// Arms what the crash test asks for, and refuses addresses outside this machine in its build.
///
/// # Errors
/// When this is the crash test's build and an address is not of this machine.
pub(super) fn check(config: &Config) -> anyhow::Result<()> {
    drill::arm();
    let outside = [
        ("discord.api_url", &config.discord.api_url),
        ("tiktok.api_url", &config.tiktok.api_url),
        ("tiktok.authorize_url", &config.tiktok.authorize_url),
    ]
    .into_iter()
    .find(|(_, url)| !is_here(url));
    match outside.filter(|_| drill::IS_CRASH_TEST) {
        Some((setting, _)) => bail!(
            "`{setting}`: this is the crash-test build, which is killed and makes mistakes on purpose; it speaks to \
             addresses of this machine only. To publish, build without `--features crash-test`"
        ),
        None => Ok(()),
    }
}
