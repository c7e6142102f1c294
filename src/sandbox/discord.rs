//! A Discord played locally: REST, gateway, CDN and a server with people in it, all on one port, written from Discord's
//! documentation and never from our client. It keeps everything in memory under one lock, and time comes from the
//! injected clock, except the three seconds an interaction lives unanswered, which are real ones.
//!
//! ```text
//! Discord::start(DiscordOptions) -> io::Result<Discord>     Clone, cheap
//!   .base_url() -> String            "http://127.0.0.1:PORT", what `discord.api_url` is set to
//!   .stop().await                    closes every connection and waits for every task
//! people (names or ids; `Impossible` is what a real client would not let anybody do)
//!   .command(member, channel, &["post", "move"], options, uploads) -> Result<Interaction, Impossible>
//!   .message_command(member, "Schedule on TikTok", message)        -> Result<Interaction, Impossible>
//!   .autocomplete(member, channel, &["post", "move"], options, focused).await -> Result<Vec<Value>, Impossible>
//!   .press(member, message, custom_id)                             -> Result<Interaction, Impossible>
//!   .select(member, message, custom_id, &["value"])                -> Result<Interaction, Impossible>
//!   .submit(member, interaction_of_the_form, &[("field", "text")]) -> Result<Interaction, Impossible>
//!   .react / .unreact(member, channel, message, emoji)             -> Result<(), Impossible>
//!   .say(member, channel, text, uploads)                           -> Result<Snowflake, Impossible>
//! what came back
//!   interaction.answer().await -> Result<Answer, NoAnswer>;  interaction.until(|view| ..).await -> Result<View, Overdue>
//!   .until(what, |discord| Option<T>).await -> Result<T, Overdue>
//! what there is to see
//!   .messages(channel)  .message(id)  .seen_by(member, channel)  .transcript(channel)  .journal()  .commands()
//!   .violations()  .identifies()  .pings()  .changed() -> watch::Receiver<u64>
//! the server
//!   .add_member .add_role .add_channel .give_role .take_role .set_boosts .set_upload_limit .forbid
//! trouble
//!   .fail(Fault)  .fail_file(..)  .gateway_fault(..)  .break_event(..)  .replay_last_event()
//! ```
//!
//! `control` is the same for a browser, under `/__sandbox/`.

pub mod control;
