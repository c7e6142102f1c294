//! The local Discord against a real, unmodified serenity client, over loopback: what one of them gets wrong about the
//! other fails here and not in the product's stories.

pub(crate) mod bot;
mod people;
mod trouble;
mod wire;

use greenroom::sandbox::discord::{Impossible, NoAnswer, Upload};
use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, ChannelId, Colour, Command, CommandInteraction, CommandOptionType, CreateActionRow, CreateAttachment,
    CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed, CreateEmbedFooter,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, EditMessage, GuildId, InputTextStyle, Nonce, Permissions, ReactionType, ResolvedValue,
};

use bot::{Bot, discord, wire as http_client};

fn commands() -> Vec<CreateCommand> {
    let when = CreateCommandOption::new(CommandOptionType::String, "when", "When it goes out").required(true);
    let video = CreateCommandOption::new(CommandOptionType::Attachment, "video", "The clip");
    let post = CreateCommandOption::new(CommandOptionType::Integer, "post", "Which one").required(true);
    let to = CreateCommandOption::new(CommandOptionType::SubCommand, "move", "Give it a new time").add_sub_option(post);
    let role = CreateCommandOption::new(CommandOptionType::Role, "reviewer_role", "Who reviews");
    let channel = CreateCommandOption::new(CommandOptionType::Channel, "review_channel", "Where");
    vec![
        CreateCommand::new("schedule")
            .description("Schedule a video")
            .add_option(when.set_autocomplete(true))
            .add_option(video),
        CreateCommand::new("post").description("One post").add_option(to),
        CreateCommand::new("setup")
            .description("Settings")
            .default_member_permissions(Permissions::MANAGE_GUILD)
            .add_option(role)
            .add_option(channel),
        CreateCommand::new("Schedule on TikTok").kind(serenity::all::CommandType::Message),
    ]
}

async fn registers(bot: &Bot, guild: u64) {
    let made = GuildId::new(guild).set_commands(&bot.http, commands()).await.unwrap();
    assert_eq!(made.len(), 4);
}

fn text(content: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(content))
}

#[tokio::test]
async fn a_bot_logs_in_and_registers_its_commands() {
    let (discord, _) = discord().await;
    let bot = Bot::logs_in(&discord).await;
    assert!(discord.online());
    let intents: Vec<u64> = discord.identifies().iter().map(|one| one.intents).collect();
    assert_eq!(intents, [1 | 1 << 9 | 1 << 10]);
    assert!(discord.identifies()[0].compress);

    registers(&bot, discord.guild_id()).await;
    let global = Command::set_global_commands(&bot.http, vec![CreateCommand::new("help").description("Help")]).await;
    assert_eq!(global.unwrap().len(), 1);
    let names: Vec<Value> = discord.commands().iter().map(|command| command["name"].clone()).collect();
    assert_eq!(names, ["help", "schedule", "post", "setup", "Schedule on TikTok"]);

    let offered = discord.command("noa", "general", &["setup"], &[], &[]);
    assert_eq!(offered.unwrap_err().to_string(), "`setup` is not shown to this member");
    assert!(discord.command("mia", "general", &["post", "mvoe"], &[], &[]).is_err());
    assert!(discord.command("mia", "general", &["schedule"], &[], &[]).is_err(), "`when` is required");
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn a_command_with_a_video_is_deferred_and_then_answered() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    registers(&bot, discord.guild_id()).await;
    let video = Upload::new("video", "my latte.mp4", vec![7_u8; 5000]);
    let asked = discord.command("mia", "general", &["schedule"], &[("when", json!("fri 18:00"))], &[video]).unwrap();

    let command = bot.command().await;
    assert_eq!(command.member.as_ref().unwrap().roles.len(), 1);
    let options = command.data.options();
    let ResolvedValue::Attachment(file) = options[1].value else { panic!("{options:?}") };
    assert_eq!((file.filename.as_str(), file.size, file.ephemeral), ("my_latte.mp4", 5000, true));
    let bytes = http_client().get(&file.url).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, vec![7_u8; 5000]);

    command.defer_ephemeral(&bot.http).await.unwrap();
    let answer = asked.answer().await.unwrap();
    assert_eq!(answer.kind, 5);
    assert!(asked.view().thinking);
    let rows = vec![CreateActionRow::Buttons(vec![CreateButton::new("v1:submit").label("Submit for review")])];
    let edit = EditInteractionResponse::new().content("Ready for **Friday**.").components(rows);
    command.edit_response(&bot.http, edit).await.unwrap();
    let more = CreateInteractionResponseFollowup::new().content("One more thing.").ephemeral(true);
    command.create_followup(&bot.http, more).await.unwrap();

    assert_eq!(asked.reply().await.unwrap()["text"], "Ready for **Friday**.");
    assert_eq!(asked.view().followups.len(), 1);
    assert_eq!(discord.messages("general"), Vec::<Value>::new(), "nobody else sees it");
    assert_eq!(discord.seen_by("rui", "general").len(), 0);
    assert_eq!(
        discord.transcript("general"),
        "#general\n\
         [2026-11-23 09:00] Greenroom (bot) · mia used /schedule · only mia sees this\n\
         \u{20}\u{20}Ready for **Friday**.\n\
         \u{20}\u{20}[Submit for review]\n\
         [2026-11-23 09:00] Greenroom (bot) · mia used /schedule · only mia sees this\n\
         \u{20}\u{20}One more thing.\n"
    );
    bot.leaves(&discord).await;
}

/// A review card with a picture, a video, buttons and a select.
fn card() -> CreateMessage {
    let options = ["everyone", "friends"].map(|word| CreateSelectMenuOption::new(word, word)).to_vec();
    let select =
        CreateSelectMenu::new("v1:privacy:42", CreateSelectMenuKind::String { options }).placeholder("Privacy");
    let buttons = vec![
        CreateButton::new("v1:approve:42").label("Approve").style(ButtonStyle::Success),
        CreateButton::new("v1:decline:42").label("Decline").style(ButtonStyle::Danger).disabled(true),
    ];
    CreateMessage::new()
        .embed(
            CreateEmbed::new()
                .title("#42 · Friday latte")
                .colour(Colour::new(0x00f1_c40f))
                .field("Due", "<t:1795888800:F> (<t:1795888800:R>)", true)
                .image("attachment://cover.png")
                .footer(CreateEmbedFooter::new("3f2a91bc")),
        )
        .components(vec![CreateActionRow::Buttons(buttons), CreateActionRow::SelectMenu(select)])
        .add_file(CreateAttachment::bytes(vec![1_u8; 10], "cover.png"))
        .add_file(CreateAttachment::bytes(vec![2_u8; 20], "latte.mp4"))
        .nonce(Nonce::String("a-fresh-nonce".to_owned()))
        .enforce_nonce(true)
}

#[tokio::test]
async fn a_card_is_sent_once_and_its_buttons_open_a_form() {
    let (discord, clock) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let review = ChannelId::new(discord.channel_id("review").unwrap());
    let sent = review.send_message(&bot.http, card()).await.unwrap();
    let again = review.send_message(&bot.http, card()).await.unwrap();
    assert_eq!(sent.id, again.id, "the nonce makes it one message");
    assert_eq!(sent.attachments.len(), 1, "the picture is in the embed");
    let picture = sent.embeds[0].image.as_ref().unwrap().url.clone();
    assert_eq!(http_client().get(picture).send().await.unwrap().bytes().await.unwrap(), vec![1_u8; 10]);

    let id = sent.id.get();
    assert!(discord.press("rui", id, "v1:decline:42").is_err(), "it is disabled");
    assert!(discord.select("rui", id, "v1:privacy:42", &["nobody"]).is_err(), "it is no option");
    let pressed = discord.press("rui", id, "v1:approve:42").unwrap();
    let component = bot.component().await;
    assert_eq!(component.message.id, sent.id);
    let input = CreateInputText::new(InputTextStyle::Paragraph, "Why", "reason").value("good").max_length(20);
    let form = CreateModal::new("v1:reason:42", "Approve #42").components(vec![CreateActionRow::InputText(input)]);
    component.create_response(&bot.http, CreateInteractionResponse::Modal(form)).await.unwrap();
    assert_eq!(pressed.answer().await.unwrap().form.unwrap()["title"], "Approve #42");

    assert!(discord.submit("rui", pressed.id(), &[("reason", &"x".repeat(21))]).is_err(), "it is too long");
    assert!(discord.submit("mia", pressed.id(), &[]).is_err(), "it is on rui's screen");
    let submitted = discord.submit("rui", pressed.id(), &[("reason", "lovely")]).unwrap();
    let filled = bot.form().await;
    assert_eq!(format!("{:?}", filled.data.components[0]).matches("lovely").count(), 1);
    assert!(discord.transcript("review").contains("📎 latte.mp4"));
    // serenity says `attachments: []` with every update, and that removes the video.
    let update = CreateInteractionResponseMessage::new().content("Approved by <@&1>").components(vec![]);
    filled.create_response(&bot.http, CreateInteractionResponse::UpdateMessage(update)).await.unwrap();
    assert_eq!(submitted.answer().await.unwrap().message, Some(id));

    clock.push(std::time::Duration::from_secs(60));
    review.edit_message(&bot.http, sent.id, EditMessage::new().content("Approved by rui")).await.unwrap();
    assert_eq!(
        discord.transcript("review"),
        "#review\n\
         [2026-11-23 09:00] Greenroom (bot) · edited\n\
         \u{20}\u{20}Approved by rui\n\
         \u{20}\u{20}│ #42 · Friday latte (#f1c40f)\n\
         \u{20}\u{20}│ Due: Sat 2026-11-28 18:00 UTC (in 5 days)\n\
         \u{20}\u{20}│ 🖼 cover.png\n\
         \u{20}\u{20}│ — 3f2a91bc\n"
    );
    sent.delete(&bot.http).await.unwrap();
    assert_eq!(bot.deleted().await, sent.id);
    let gone = review.send_message(&bot.http, card()).await.unwrap_err();
    assert!(gone.to_string().contains("Unknown Message"), "{gone}");
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn a_select_a_menu_and_autocomplete_reach_the_bot() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    registers(&bot, discord.guild_id()).await;
    let review = ChannelId::new(discord.channel_id("review").unwrap());
    let sent = review.send_message(&bot.http, card()).await.unwrap();

    discord.select("mia", sent.id.get(), "v1:privacy:42", &["friends"]).unwrap();
    let chosen = bot.component().await;
    let serenity::all::ComponentInteractionDataKind::StringSelect { values } = &chosen.data.kind else { panic!() };
    assert_eq!(values, &["friends"]);
    chosen.create_response(&bot.http, CreateInteractionResponse::Acknowledge).await.unwrap();

    let clip = Upload::new("", "clip.mp4", vec![3_u8; 9]);
    let said = discord.say("mia", "general", "look at this", &[clip]).unwrap();
    let used = discord.message_command("mia", "Schedule on TikTok", said).unwrap();
    let menu = bot.command().await;
    let message = menu.data.resolved.messages.values().next().unwrap();
    assert_eq!((message.content.as_str(), message.attachments.len()), ("look at this", 1));
    menu.create_response(&bot.http, text("taken")).await.unwrap();
    assert_eq!(used.reply().await.unwrap()["content"], "taken");

    let typed = [("when", json!("tom"))];
    let (choices, ()) = tokio::join!(discord.autocomplete("mia", "general", &["schedule"], &typed, "when"), async {
        let typing: CommandInteraction = bot.command().await;
        assert_eq!(typing.data.autocomplete().unwrap().value, "tom");
        let offer = CreateAutocompleteResponse::new().add_string_choice("tomorrow 18:00", "2026-11-24T18:00:00Z");
        typing.create_response(&bot.http, CreateInteractionResponse::Autocomplete(offer)).await.unwrap();
    });
    assert_eq!(choices.unwrap(), [json!({"name": "tomorrow 18:00", "value": "2026-11-24T18:00:00Z"})]);

    let options = [("reviewer_role", json!("Reviewer")), ("review_channel", json!("#review"))];
    discord.command("ada", "general", &["setup"], &options, &[]).unwrap();
    let setup = bot.command().await;
    let given: Vec<_> = setup.data.options().into_iter().map(|option| option.value).collect();
    let [ResolvedValue::Role(role), ResolvedValue::Channel(channel)] = &given[..] else { panic!("{given:?}") };
    assert_eq!((role.name.as_str(), channel.name.as_deref()), ("Reviewer", Some("review")));
    setup.create_response(&bot.http, text("done")).await.unwrap();
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn reactions_bring_roles_and_a_message_has_one_thread() {
    let (discord, _) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    let review = ChannelId::new(discord.channel_id("review").unwrap());
    let sent = review.say(&bot.http, "vote").await.unwrap();
    sent.react(&bot.http, '✅').await.unwrap();
    assert!(bot.reaction().await.member.unwrap().user.bot);

    discord.react("rui", sent.id.get(), "✅").unwrap();
    let added = bot.reaction().await;
    let reviewer = discord.role_id("Reviewer").unwrap();
    assert_eq!(added.member.unwrap().roles, [serenity::all::RoleId::new(reviewer)]);
    assert_eq!(added.message_author_id.unwrap().get(), discord.bot_id());
    let check = ReactionType::from('✅');
    let who = sent.reaction_users(&bot.http, check.clone(), None, None).await.unwrap();
    assert_eq!(who.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Greenroom", "rui"]);
    discord.unreact("rui", sent.id.get(), "✅").unwrap();
    assert!(bot.reaction().await.member.is_none());
    discord.react("noa", sent.id.get(), "❌").unwrap();
    let stranger = bot.reaction().await;
    stranger.delete(&bot.http).await.unwrap();
    bot.reaction().await;
    assert!(discord.unreact("noa", sent.id.get(), "❌").is_err(), "the bot has removed it");

    let thread = || serenity::all::CreateThread::new("Post 42");
    let started = review.create_thread_from_message(&bot.http, sent.id, thread()).await.unwrap();
    assert_eq!(started.id.get(), sent.id.get());
    let twice = review.create_thread_from_message(&bot.http, sent.id, thread()).await.unwrap_err();
    assert!(twice.to_string().contains("already been created"), "{twice}");
    started.id.say(&bot.http, "trail").await.unwrap();
    assert_eq!(discord.transcript("Post 42"), "#Post 42\n[2026-11-23 09:00] Greenroom (bot)\n  trail\n");
    let rui = GuildId::new(discord.guild_id()).member(&bot.http, discord.member_id("rui").unwrap()).await.unwrap();
    assert_eq!(rui.user.name, "rui");
    bot.leaves(&discord).await;
}

#[tokio::test]
async fn an_answer_that_is_late_second_or_after_fifteen_minutes_is_refused() {
    let (discord, clock) = discord().await;
    let mut bot = Bot::logs_in(&discord).await;
    registers(&bot, discord.guild_id()).await;
    let options = [("post", json!(42))];
    discord.command("mia", "general", &["post", "move"], &options, &[]).unwrap();
    let command = bot.command().await;
    command.create_response(&bot.http, text("moved")).await.unwrap();
    let second = command.create_response(&bot.http, text("moved")).await.unwrap_err();
    assert!(second.to_string().contains("already been acknowledged"), "{second}");
    clock.push(std::time::Duration::from_secs(15 * 60 + 1));
    let old = command.edit_response(&bot.http, EditInteractionResponse::new().content("late")).await.unwrap_err();
    assert!(old.to_string().contains("Invalid Webhook Token"), "{old}");
    bot.leaves(&discord).await;

    let (hasty, _) = bot::discord_with(|options| options.answer_within = std::time::Duration::ZERO).await;
    let mut bot = Bot::logs_in(&hasty).await;
    registers(&bot, hasty.guild_id()).await;
    let asked = hasty.command("mia", "general", &["post", "move"], &options, &[]).unwrap();
    let late = bot.command().await.create_response(&bot.http, text("moved")).await.unwrap_err();
    assert!(late.to_string().contains("Unknown interaction"), "{late}");
    assert_eq!(asked.answer().await, Err(NoAnswer));
    let unknown: Result<_, Impossible> = hasty.command("mia", "general", &["nothing"], &[], &[]);
    assert!(unknown.is_err());
    bot.leaves(&hasty).await;
}
