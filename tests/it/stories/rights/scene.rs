//! A team with a post in each state, and another server whose people have every right there and none here.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use greenroom::domain::ids::{AccountId, PostId};
use greenroom::domain::post::Revision;
use greenroom::sandbox::discord::{Interaction, Snowflake, permission};
use greenroom::sandbox::mischief::{Fault, Trouble};
use serde_json::json;

use super::rows;
use crate::studio::{Studio, id_of, text_of};

/// What the team's captions have in common: nobody else may ever read it.
pub(super) const CAPTION: &str = "Friday latte";
/// A member of the team who is neither author nor reviewer nor manager.
pub(super) const PLAIN: Asking = Asking { name: "noa", channel: "studio" };
/// Manager and reviewer of another server.
pub(super) const STRANGER: Asking = Asking { name: "eve", channel: "elsewhere" };
/// A reviewer of the team.
pub(super) const REVIEWER: Asking = Asking { name: "rui", channel: "studio" };

/// Somebody who asks, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking {
    pub(super) name: &'static str,
    pub(super) channel: &'static str,
}

/// A post of the team.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) number: i64,
    pub(super) id: PostId,
    pub(super) revision: Revision,
}

pub(super) struct Scene {
    pub(super) studio: Studio,
    pub(super) posts: Vec<Target>,
    pub(super) account: AccountId,
    elsewhere: Snowflake,
}

impl Scene {
    /// Mia's posts, in this order: unclear, failed, held, lapsed, declined, approved, in review, a draft.
    pub(super) async fn set() -> Self {
        let mut studio = Studio::open().await;
        let cafe = studio.connects_account("harbour.cafe").await;
        let elsewhere = studio.discord.add_server(
            "Somebody else's team",
            &["elsewhere", "elsewhere-review"],
            &[("eve", "Judge", permission::MANAGE_GUILD)],
        );
        let options = [("reviewer_role", json!("Judge")), ("review_channel", json!("elsewhere-review"))];
        let asked = studio.discord.command("eve", "elsewhere", &["setup"], &options, &[]).unwrap();
        asked.answer().await.unwrap();
        asked.reply().await.unwrap();
        {
            let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
            let unclear = mia.schedules("latte.mp4").at("in 30m").on(&cafe).await;
            rui.approves(&unclear).await;
            studio.tiktok.arm(Fault::next("processing", Trouble::Stuck));
            studio.time_passes(TimeDelta::hours(26)).await;
            let failed = mia.schedules("latte.mp4").at("in 30m").on(&cafe).await;
            rui.approves(&failed).await;
            studio.tiktok.arm(Fault::next("processing", Trouble::Fail { reason: "spam_risk_text".into() }));
            studio.time_passes(TimeDelta::hours(2)).await;
            let held = mia.schedules("latte.mp4").at("in 30m").on(&cafe).await;
            rui.approves(&held).await;
        }
        studio.stops().await;
        studio.clock.push(Duration::from_secs(2 * 60 * 60));
        studio.starts().await;
        studio.settles().await;
        {
            let (mia, rui) = (studio.member("mia"), studio.reviewer("rui"));
            mia.schedules("latte.mp4").at("in 30m").on(&cafe).await;
            studio.time_passes(TimeDelta::hours(1)).await;
            let declined = mia.schedules("latte.mp4").at("tomorrow 18:00").on(&cafe).await;
            rui.declines(&declined, "too dark").await;
            let approved = mia.schedules("latte.mp4").at("tomorrow 19:00").on(&cafe).await;
            rui.approves(&approved).await;
            mia.schedules("latte.mp4").at("tomorrow 20:00").on(&cafe).await;
            mia.schedules("latte.mp4").at("tomorrow 21:00").on(&cafe).composes().await;
        }
        let store = &studio.program().flows().store;
        let mut posts = Vec::new();
        let mut standings = Vec::new();
        for number in 1..=8 {
            let post = store.post_by_number(studio.workspace(), number).await.unwrap().unwrap();
            let publication = store.publication_of(post.id).await.unwrap();
            standings.push(publication.map_or_else(|| post.stage().to_string(), |one| one.stage().said().to_owned()));
            posts.push(Target { number, id: post.id, revision: post.revision() });
        }
        let expected = ["unclear", "failed", "held", "lapsed", "declined", "scheduled", "in review", "draft"];
        assert_eq!(standings, expected);
        let account = store.accounts(studio.workspace()).await.unwrap()[0].id;
        Self { studio, posts, account, elsewhere }
    }

    /// Everything the team has.
    pub(super) async fn rows(&self) -> BTreeSet<String> {
        rows::rows(&self.studio.database(), self.elsewhere).await
    }

    /// A message of the bot's before somebody's eyes, whose buttons they could alter.
    pub(super) async fn message_for(&self, who: Asking) -> Snowflake {
        let asked = self.studio.discord.command(who.name, who.channel, &["help"], &[], &[]).unwrap();
        asked.answer().await.unwrap();
        id_of(&asked.reply().await.unwrap())
    }
}

/// Everything an interaction was answered with, once it has come to its end; a form is told by its title.
pub(super) async fn said(asked: &Interaction) -> String {
    let answer = asked.answer().await.unwrap_or_else(|error| panic!("{asked:?}: {error}"));
    let view = match answer.kind {
        5 => asked.until(|view| !view.thinking).await.unwrap(),
        // The message stays as it is, and what there is to say follows.
        6 => asked.until(|view| !view.followups.is_empty()).await.unwrap(),
        _ => asked.view(),
    };
    let form = view.answer.as_ref().and_then(|answer| answer.form.clone());
    let form = form.map(|form| format!("a form: {}", form["title"]));
    let messages = if answer.kind == 6 { view.followups } else { view.original.into_iter().collect() };
    form.into_iter().chain(messages.iter().map(text_of)).collect::<Vec<_>>().join("\n")
}
