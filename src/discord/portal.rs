//! What Discord's developer portal says about the application: settings that keep a bot silent although its token is good.

use serenity::all::Http;
use serenity::http::{LightMethod, Request, Route};

use super::http::persist;

/// Intents that have to be turned on in the portal, by the flags that say so. This bot needs none of them.
const PRIVILEGED: [(u64, &str); 3] =
    [(3 << 12, "Presence Intent"), (3 << 14, "Server Members Intent"), (3 << 18, "Message Content Intent")];

/// The application as the portal has it, and how often it may still sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    /// Interactions are sent to a web address: then none of them ever comes over the gateway.
    pub has_endpoint: bool,
    /// Privileged intents that are turned on.
    pub privileged: Vec<&'static str>,
    /// How often it may sign in before the count begins anew.
    pub starts_left: u64,
    /// Milliseconds until then.
    pub starts_anew_in_millis: u64,
}

/// Asks Discord for it.
///
/// # Errors
/// When Discord does not tell.
pub async fn portal(http: &Http) -> serenity::Result<Portal> {
    // Not serenity's own call, which leaves out where interactions go.
    let ask = || http.fire::<serde_json::Value>(Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get));
    let application = persist("GET application", ask).await?;
    let gateway = persist("GET gateway", || http.get_bot_gateway()).await?;
    let flags = application["flags"].as_u64().unwrap_or_default();
    Ok(Portal {
        has_endpoint: application["interactions_endpoint_url"].as_str().is_some_and(|url| !url.is_empty()),
        privileged: PRIVILEGED.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, name)| *name).collect(),
        starts_left: gateway.session_start_limit.remaining,
        starts_anew_in_millis: gateway.session_start_limit.reset_after,
    })
}
