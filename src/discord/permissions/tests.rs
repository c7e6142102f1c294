use serde_json::json;

use super::*;

/// The bits of <https://docs.discord.com/developers/topics/permissions>.
const EVERYTHING_ASKED: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 35 | 1 << 38;

fn server(role_bits: u64, reviewers_mentionable: bool) -> PartialGuild {
    let role = |id: &str, bits: u64, mentionable: bool| {
        json!({
            "id": id, "name": "role", "color": 0, "hoist": false, "icon": null, "unicode_emoji": null, "position": 1,
            "permissions": bits.to_string(), "managed": false, "mentionable": mentionable, "flags": 0,
            "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null }
        })
    };
    serde_json::from_value(json!({
        "id": "7", "name": "Café", "icon": null, "splash": null, "discovery_splash": null, "owner_id": "1",
        "afk_channel_id": null, "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null, "vanity_url_code": null,
        "description": null, "banner": null, "premium_tier": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": null, "nsfw_level": 0, "premium_progress_bar_enabled": false, "stickers": [],
        "safety_alerts_channel_id": null,
        "roles": [role("7", role_bits, false), role("3", 0, reviewers_mentionable)]
    }))
    .unwrap()
}

fn here(role_bits: u64, reviewers_mentionable: bool) -> Here {
    let member = serde_json::from_value(json!({
        "user": { "id": "99", "username": "greenroom", "discriminator": "0", "avatar": null, "bot": true },
        "roles": [], "guild_id": "7", "joined_at": null, "deaf": false, "mute": false, "pending": false, "flags": 0
    }));
    Here { guild: server(role_bits, reviewers_mentionable), member: member.unwrap() }
}

fn text_channel(denied: u64) -> GuildChannel {
    serde_json::from_value(json!({
        "id": "5", "type": 0, "guild_id": "7", "name": "review", "position": 0, "parent_id": null, "topic": null,
        "nsfw": false, "last_message_id": null, "rate_limit_per_user": 0, "flags": 0,
        "permission_overwrites": [{ "id": "7", "type": 0, "allow": "0", "deny": denied.to_string() }]
    }))
    .unwrap()
}

#[test]
fn what_is_missing_names_permission_and_channel() {
    let denied = (Permissions::ATTACH_FILES | Permissions::ADD_REACTIONS).bits();
    let lacking = here(u64::MAX >> 12 & !8, true).lacking(5, Some(&text_channel(denied)), &IN_REVIEW);
    assert_eq!(lacking, ["Attach Files in <#5>", "Add Reactions in <#5>"]);
}

#[test]
fn in_a_channel_the_bot_cannot_see_only_that_is_said() {
    let nowhere = here(0, true).lacking(5, Some(&text_channel(0)), &IN_REVIEW);
    assert_eq!(nowhere, here(0, true).lacking(5, None, &IN_REVIEW));
    assert_eq!(nowhere.len(), 1);
    assert!(nowhere[0].starts_with("View Channel in <#5>"));
}

#[test]
fn with_all_it_asks_for_nothing_is_missing() {
    let all = IN_REVIEW.iter().fold(Permissions::empty(), |all, (one, _)| all | *one).bits();
    assert_eq!(all, EVERYTHING_ASKED);
    assert!(here(all, true).lacking(5, Some(&text_channel(0)), &IN_REVIEW).is_empty());
    assert!(
        invitation(UserId::new(99))
            .ends_with(&format!("client_id=99&scope=bot+applications.commands&permissions={all}"))
    );
}

#[test]
fn a_role_that_cannot_be_pinged_is_named() {
    let everyone = Permissions::MENTION_EVERYONE.bits() | Permissions::VIEW_CHANNEL.bits();
    assert_eq!(here(0, true).silent_role(3, &text_channel(0)), None);
    assert_eq!(here(everyone, false).silent_role(3, &text_channel(0)), None);
    assert!(here(0, false).silent_role(3, &text_channel(0)).unwrap().contains("<@&3>"));
    assert!(here(everyone, true).silent_role(4, &text_channel(0)).unwrap().contains("no longer exists"));
}
