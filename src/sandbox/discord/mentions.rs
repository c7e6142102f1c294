//! Who a message really pings: what its text mentions, cut down by `allowed_mentions` and by what the author may do.
//! <https://discord.com/developers/docs/resources/message#allowed-mentions-object>

use serde_json::Value;

use super::server::permission;
use super::state::{Message, SILENT, State};
use super::{Ping, Snowflake};

/// Those mentioned in a way that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentioned {
    pub(crate) users: Vec<Snowflake>,
    pub(crate) roles: Vec<Snowflake>,
    pub(crate) everyone: bool,
}

/// What `allowed_mentions` lets through.
struct Allowed {
    all_users: bool,
    all_roles: bool,
    everyone: bool,
    users: Vec<Snowflake>,
    roles: Vec<Snowflake>,
    replied_user: bool,
}

impl Allowed {
    /// Without a word about it, ordinary messages ping everybody they mention; interactions and webhooks only users.
    fn read(given: &Value, interaction: bool) -> Self {
        let ids = |key: &str| -> Vec<Snowflake> {
            let list = given[key].as_array().into_iter().flatten();
            list.filter_map(|id| id.as_u64().or_else(|| id.as_str()?.parse().ok())).collect()
        };
        let parse = |word: &str| given["parse"].as_array().is_some_and(|words| words.iter().any(|one| one == word));
        if given.is_null() {
            let (all_users, rest, none) = (true, !interaction, Vec::new());
            let (users, roles) = (none.clone(), none);
            return Self { all_users, all_roles: rest, everyone: rest, users, roles, replied_user: true };
        }
        Self {
            all_users: parse("users"),
            all_roles: parse("roles"),
            everyone: parse("everyone"),
            users: ids("users"),
            roles: ids("roles"),
            replied_user: given["replied_user"] == true,
        }
    }
}

/// Works out who a text mentions in a way that counts.
pub(crate) fn mentioned(state: &State, message: &Message, allowed: &Value) -> Mentioned {
    let allowed = Allowed::read(allowed, message.interaction.is_some());
    let text = without_code(&message.content);
    let Some(guild) = state.channel_guild(message.channel) else { return Mentioned::default() };
    let may = state.permissions_in(message.author, message.channel) & permission::MENTION_EVERYONE != 0;
    let mut counts = Mentioned::default();
    for user in found(&text, "<@").into_iter().chain(found(&text, "<@!")) {
        let wanted = allowed.all_users || allowed.users.contains(&user);
        if wanted && guild.members.contains_key(&user) && !counts.users.contains(&user) {
            counts.users.push(user);
        }
    }
    for role in found(&text, "<@&") {
        let wanted = allowed.all_roles || allowed.roles.contains(&role);
        let pingable = guild.roles.get(&role).is_some_and(|known| known.mentionable || may);
        if wanted && pingable && !counts.roles.contains(&role) {
            counts.roles.push(role);
        }
    }
    counts.everyone = allowed.everyone && may && (text.contains("@everyone") || text.contains("@here"));
    if let Some(replied) = message.replies_to.and_then(|id| state.message(id))
        && allowed.replied_user
        && !counts.users.contains(&replied.author)
    {
        counts.users.push(replied.author);
    }
    counts
}

/// The ids that stand between `start` and `>`.
fn found(text: &str, start: &str) -> Vec<Snowflake> {
    text.match_indices(start)
        .filter_map(|(at, _)| text[at + start.len()..].split_once('>'))
        .filter_map(|(id, _)| id.parse().ok())
        .collect()
}

/// The text without what stands between backticks, where nothing pings.
fn without_code(text: &str) -> String {
    let blocks = text.split("```").step_by(2).collect::<Vec<_>>().join(" ");
    blocks.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

impl State {
    /// Writes down who heard a ping. A private message and a silent one ping nobody.
    pub(crate) fn note_pings(&mut self, message: &Message, mentioned: &Mentioned) {
        let heard = Mentioned {
            users: mentioned.users.iter().copied().filter(|user| *user != message.author).collect(),
            ..mentioned.clone()
        };
        if message.only_for.is_some() || message.flags & SILENT != 0 || heard == Mentioned::default() {
            return;
        }
        let ping = Ping {
            message: message.id,
            channel: self.channel_name(message.channel),
            at: self.now(),
            users: heard.users.iter().map(|id| self.user_name(*id)).collect(),
            roles: heard.roles.iter().map(|id| self.role_name(*id)).collect(),
            everyone: heard.everyone,
        };
        self.pings.push(ping);
    }
}
