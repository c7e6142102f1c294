//! Who is asking: Discord's guild members become the domain's members.
//!
//! Rights are read from the interaction itself, which Discord signs with what is true at that moment; the cache is
//! never asked, because it hears of changes late or not at all.

use serenity::all::{ChannelId, GuildId, Interaction, Message, MessageFlags, MessageId, Permissions};

use crate::domain::ids::{MemberId, RoleId, WorkspaceId};
use crate::domain::review::Member;
use crate::words::Language;

/// Either of these lets somebody manage a server.
pub(super) const MANAGES: Permissions = Permissions::MANAGE_GUILD.union(Permissions::ADMINISTRATOR);

/// The member as Discord describes them now. Without permissions, as in a reaction, they manage nothing.
pub(super) fn member(guild: GuildId, member: &serenity::all::Member) -> Member {
    Member {
        id: MemberId(member.user.id.get()),
        workspace: WorkspaceId(guild.get()),
        name: member.display_name().to_owned(),
        roles: member.roles.iter().map(|role| RoleId(role.get())).collect(),
        manages: member.permissions.is_some_and(|held| held.intersects(MANAGES)),
        link: None,
    }
}

/// The same member, acting in this channel, on this message if it is on one that others can see.
pub(super) fn acting(member: Member, channel: ChannelId, message: Option<MessageId>) -> Member {
    let (server, message) = (member.workspace, message.map_or_else(String::new, |message| format!("/{message}")));
    Member { link: Some(format!("https://discord.com/channels/{server}/{channel}{message}")), ..member }
}

/// The message somebody pressed something on, unless only they see it.
pub(super) fn seen_by_others(message: &Message) -> Option<MessageId> {
    let is_private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    (!is_private).then_some(message.id)
}

/// What somebody has chosen as their language in Discord.
pub(super) fn language(interaction: &Interaction) -> Language {
    let locale = match interaction {
        Interaction::Command(asked) | Interaction::Autocomplete(asked) => &asked.locale,
        Interaction::Component(pressed) => &pressed.locale,
        Interaction::Modal(form) => &form.locale,
        _ => return Language::default(),
    };
    Language::of_locale(locale)
}

/// The member behind an interaction; none outside a server.
pub(super) fn asking(guild: Option<GuildId>, asking: Option<&serenity::all::Member>) -> Option<Member> {
    Some(member(guild?, asking?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(permissions: Option<&str>) -> serenity::all::Member {
        let mut described = serde_json::json!({
            "user": { "id": "11", "username": "rui", "global_name": "Rui", "discriminator": "0", "avatar": null },
            "nick": "Rui from the café", "roles": ["5", "6"], "guild_id": "7", "joined_at": null,
            "deaf": false, "mute": false, "pending": false, "flags": 0
        });
        if let Some(permissions) = permissions {
            described["permissions"] = permissions.into();
        }
        serde_json::from_value(described).unwrap()
    }

    fn manages(permissions: Option<Permissions>) -> bool {
        let bits = permissions.map(|held| held.bits().to_string());
        member(GuildId::new(7), &described(bits.as_deref())).manages
    }

    #[test]
    fn a_member_is_called_what_they_are_called_here_and_holds_their_roles() {
        let rui = member(GuildId::new(7), &described(Some("0")));
        assert_eq!((rui.id, rui.workspace, rui.name.as_str()), (MemberId(11), WorkspaceId(7), "Rui from the café"));
        assert_eq!(rui.roles, [RoleId(5), RoleId(6)]);
    }

    #[test]
    fn who_may_manage_the_server_or_everything_is_a_manager() {
        assert!(manages(Some(Permissions::MANAGE_GUILD)));
        assert!(manages(Some(Permissions::ADMINISTRATOR)));
        assert!(!manages(Some(Permissions::MANAGE_CHANNELS | Permissions::SEND_MESSAGES)));
        assert!(!manages(None));
    }

    #[test]
    fn an_act_is_linked_to_the_message_or_at_least_the_channel() {
        let rui = || member(GuildId::new(7), &described(None));
        let link = |message| acting(rui(), ChannelId::new(8), message).link;
        assert_eq!(link(Some(MessageId::new(9))).as_deref(), Some("https://discord.com/channels/7/8/9"));
        assert_eq!(link(None).as_deref(), Some("https://discord.com/channels/7/8"));
        assert_eq!(rui().link, None);
    }

    #[test]
    fn outside_a_server_nobody_is_a_member() {
        assert_eq!(asking(None, Some(&described(None))), None);
        assert_eq!(asking(Some(GuildId::new(7)), None), None);
    }
}
