//! TikTok: does it know the app, what time does it say it is, and where may it send people back to.

use chrono::TimeDelta;
use secrecy::SecretString;

use super::Finding;
use crate::app::{redirect_uri, tiktok_client};
use crate::config::Config;
use crate::domain::clock::SharedClock;
use crate::domain::creator::Scope;
use crate::tiktok::Client;
use crate::tiktok::oauth::is_loopback_redirect;
use crate::tiktok::trouble::Kind;
use crate::web;

const CREDENTIALS: &str = "TikTok credentials";
const CLOCK: &str = "clock";

/// What the clock may be off: `Date` knows whole seconds, and an answer takes its time.
const A_LITTLE: TimeDelta = TimeDelta::seconds(5);
/// Nothing is published while the clock is further ahead than this.
const TOO_MUCH: TimeDelta = TimeDelta::seconds(60);

pub(super) async fn look(config: &Config, clock: &SharedClock) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(key), Some(secret)) = (&config.tiktok.client_key, &config.tiktok.client_secret) {
        match tiktok_client(config, key, secret) {
            Ok(client) => {
                let client = client.with_clock(SharedClock::clone(clock));
                findings.push(credentials(&client).await);
                findings.push(time(client.clock_ahead()));
            }
            Err(error) => findings.push(Finding::bad(CREDENTIALS, format!("{error:#}"), "check `tiktok.api_url`")),
        }
    }
    findings.push(redirect(config));
    findings.extend(webhooks(config));
    findings.push(scopes(config));
    findings.push(audit(config));
    findings
}

/// Asks TikTok to renew a token that cannot exist: it refuses, and how tells whether it knows the app. There is no call
/// that would say so without a person; with the right pair TikTok answers `invalid_grant`, with a wrong one
/// `invalid_client`. Whether the app has its products and scopes only the consent page tells.
/// <https://developers.tiktok.com/doc/oauth-error-handling>
async fn credentials(client: &Client) -> Finding {
    let portal =
        "check `tiktok.client_key` and `.client_secret` against developers.tiktok.com; a sandbox has its own pair";
    let nobody = SecretString::from("greenroom-doctor-asks-whether-you-know-the-app");
    match client.renew(&nobody).await {
        Ok(_) => Finding::notice(CREDENTIALS, "TikTok answers, and takes any token: this is no TikTok", portal),
        Err(trouble) => match trouble.kind {
            Kind::InvalidGrant => Finding::good(
                CREDENTIALS,
                "TikTok knows the app; its products and scopes can only be seen in the portal, or on the consent page",
            ),
            Kind::InvalidClient | Kind::UnauthorizedClient => {
                Finding::bad(CREDENTIALS, format!("TikTok does not know the app: {trouble}"), portal)
            }
            Kind::NoAnswer => {
                Finding::bad(CREDENTIALS, trouble.to_string(), "check the network, the proxy and `tiktok.api_url`")
            }
            _ => Finding::notice(
                CREDENTIALS,
                format!("TikTok answers, but does not say whether it knows the app: {trouble}"),
                "run doctor again later; `/account connect` shows for certain",
            ),
        },
    }
}

/// Nothing depends on them, so where TikTok cannot reach us there is nothing to say.
fn webhooks(config: &Config) -> Option<Finding> {
    let base = config.web.public_url.as_ref().filter(|base| base.scheme() == "https")?;
    let here = base.join(web::WEBHOOKS.trim_start_matches('/')).ok()?;
    let said = format!("may be registered as {here} at TikTok, Webhooks; without them TikTok is asked a little later");
    Some(Finding::good("webhooks", said))
}

/// What the clock is off, by the `Date` of TikTok's answer.
fn time(ahead: Option<TimeDelta>) -> Finding {
    const SET: &str = "have the system keep it right, say with chrony or systemd-timesyncd";
    match ahead {
        None => Finding::notice(CLOCK, "not checked, as TikTok did not say what time it is", SET),
        Some(ahead) if ahead > TOO_MUCH => Finding::bad(
            CLOCK,
            format!("{} s ahead of TikTok's: nothing is published before it is time there", ahead.num_seconds()),
            SET,
        ),
        Some(ahead) if ahead > A_LITTLE => {
            Finding::notice(CLOCK, format!("{} s ahead of TikTok's", ahead.num_seconds()), SET)
        }
        Some(ahead) if ahead < -A_LITTLE => {
            let found = format!("{} s behind TikTok's: every post goes out that much later", -ahead.num_seconds());
            Finding::notice(CLOCK, found, SET)
        }
        Some(_) => Finding::good(CLOCK, "agrees with TikTok's to within a few seconds"),
    }
}

fn redirect(config: &Config) -> Finding {
    const CHECK: &str = "redirect URI";
    match redirect_uri(config.web.public_url.as_ref(), config.web.listen) {
        Ok(uri) if uri.scheme() == "https" => {
            Finding::good(CHECK, format!("register exactly {uri} at TikTok, Login Kit, Web"))
        }
        Ok(uri) if is_loopback_redirect(&uri) => Finding::good(
            CHECK,
            format!(
                "register exactly {uri} at TikTok, Login Kit, Desktop; whoever connects an account pastes the address \
                 they land on into Discord"
            ),
        ),
        Ok(uri) => Finding::bad(
            CHECK,
            format!("TikTok does not take {uri}: it wants https, or this machine by name and port"),
            "put a reverse proxy with a certificate before `web.listen` and its https address into `web.public_url`",
        ),
        Err(error) => Finding::bad(CHECK, format!("{error:#}"), "correct `web.public_url`"),
    }
}

/// What is asked for at consent, against what the two kinds of delivery need.
fn scopes(config: &Config) -> Finding {
    const CHECK: &str = "TikTok scopes";
    let asked = |scope: Scope| config.tiktok.scopes.iter().any(|asked| asked == scope.wire());
    let lacking: Vec<&str> = Scope::ALL.into_iter().filter(|scope| !asked(*scope)).map(Scope::wire).collect();
    if !asked(Scope::VideoPublish) && !asked(Scope::VideoUpload) {
        return Finding::bad(
            CHECK,
            "neither `video.publish` nor `video.upload` is asked for, so nothing can be published",
            "add the one your app was granted to `tiktok.scopes`",
        );
    }
    if lacking.is_empty() {
        return Finding::good(CHECK, "all six are asked for; the app must have been granted each of them");
    }
    Finding::notice(
        CHECK,
        format!("not asked for: `{}`", lacking.join("`, `")),
        "all is well if the app was not granted them; what they are for stays off",
    )
}

fn audit(config: &Config) -> Finding {
    if config.tiktok.audited {
        return Finding::good("TikTok audit", "`tiktok.audited` says that the app has passed it");
    }
    Finding::notice(
        "TikTok audit",
        "`tiktok.audited` is off: direct posts are visible to the account itself only, and the account must be private",
        "set it to true once TikTok has audited the app; drafts to the inbox need no audit",
    )
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn a_clock_that_is_ahead_is_worse_than_one_that_is_behind() {
        let level = |seconds| time(Some(TimeDelta::seconds(seconds))).level;
        assert_eq!([0, 5, -5].map(level), [Level::Good; 3]);
        assert_eq!([6, 60, -6, -600].map(level), [Level::Notice; 4]);
        assert_eq!(level(61), Level::Bad);
        assert_eq!(time(None).level, Level::Notice);
    }
}
