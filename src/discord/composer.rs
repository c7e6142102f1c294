//! The composer: the private message in which a draft becomes a post.
//!
//! It is TikTok's audit list made visible, <https://developers.tiktok.com/doc/content-sharing-guidelines>: whose account
//! it is, who may see the video (chosen by a person, never by us), comments, duet and stitch off until turned on, the
//! commercial disclosure with its labels, the consent right above the button. It is drawn anew from the draft after
//! every press and remembers nothing itself.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

use super::buttons::{Press, Toggle};
use super::cards::Preview;
use super::face::{Face, LONGEST_VALUE, Panel, link_button, plain, plain_line};
use super::look::{Standing, WARNING};
use super::words::{asks_before, parts, submit_all_the_same};
use crate::domain::account::Delivery;
use crate::domain::creator::Privacy;
use crate::domain::post::{Post, choices_refusal};
use crate::domain::video::Video;
use crate::flows::warn::Question;

/// TikTok's terms for the music in a video.
pub const MUSIC_TERMS: &str = "https://www.tiktok.com/legal/page/global/music-usage-confirmation/en";
/// TikTok's terms for paid partnerships.
pub const BRANDED_TERMS: &str = "https://www.tiktok.com/legal/page/global/bc-policy/en";

/// What a composer shows.
#[derive(Debug, Clone, Copy)]
pub struct ComposerView<'a> {
    /// The draft; its `creator` is what TikTok said just now.
    pub post: &'a Post,
    /// The bytes.
    pub video: &'a Video,
    /// The app has passed TikTok's audit.
    pub audited: bool,
    /// Warnings besides those the post carries (conflict, duplicate, budget, video), each one sentence.
    pub problems: &'a [String],
    /// What the member is asked before it goes to review.
    pub asks: Option<&'a Question>,
}

/// The private message in which a draft is composed.
#[must_use]
pub fn composer(view: &ComposerView<'_>) -> Face {
    composer_with_preview(view, Preview::None)
}

/// The same with a way to watch the video, as TikTok asks that people see what they post.
#[must_use]
pub fn composer_with_preview(view: &ComposerView<'_>, preview: Preview<'_>) -> Face {
    let post = view.post;
    let creator = &post.creator;
    let title = format!("Posting to TikTok account: {}", parts::account_name(&creator.nickname, &creator.username));
    let panel = Panel::new(Standing::Draft.colour(), title)
        .thumbnail(creator.avatar_url.as_deref())
        .text(parts::caption(post))
        .field("Due", parts::due(post), true);
    let footer = format!("#{} · {}", post.number, Standing::Draft.said());
    if post.delivery == Delivery::Draft {
        let panel = panel
            .field("Video", video(view, preview), false)
            .field("Warnings", warnings(post, view.problems), false)
            .field("How it gets out", INBOX, false)
            .footer(footer);
        return asking(view, Face::panel(panel).with_rows([actions(view, preview)]));
    }
    let panel = panel
        .field("Cover", parts::cover(&post.choices), true)
        .field("Video", video(view, preview), false)
        .field("Warnings", warnings(post, view.problems), false)
        .field("Who can see this video", visibility(view), false)
        .field("Comments, duet, stitch", interactions(post), false)
        .field("Content disclosure", disclosure(post), false)
        .field("Before you submit", before_submitting(view), false)
        .footer(footer);
    let disclosure_row = post.choices.discloses.then(|| disclosure_buttons(view));
    let rows = [Some(privacy_select(view)), Some(toggles(post)), disclosure_row, Some(actions(view, preview))];
    asking(view, Face::panel(panel).with_rows(rows.into_iter().flatten()))
}

/// With what the member is asked above the composer.
fn asking(view: &ComposerView<'_>, face: Face) -> Face {
    match view.asks {
        Some(question) => Face { content: asks_before(&submit_all_the_same(), question), ..face },
        None => face,
    }
}

/// What a draft is, for people who know posts.
const INBOX: &str = "It goes to the TikTok inbox of this account, not out. TikTok takes only the video there: whoever opens \
                     its message in the TikTok app pastes the caption, chooses who can see it, comments, cover and \
                     disclosure, and posts it. The caption comes ready to copy. At most 5 drafts wait there in 24 hours.\n\
                     Nothing is sent to TikTok before it is approved.";

fn video(view: &ComposerView<'_>, preview: Preview<'_>) -> String {
    let longest = view.post.creator.max_duration_seconds.map_or_else(
        || "Within TikTok's limits".to_owned(),
        |seconds| format!("Within TikTok's limits; this creator may post up to {}:{:02}", seconds / 60, seconds % 60),
    );
    let place = match preview {
        Preview::Attached(_) => "\nThe attached file is what would go out.",
        Preview::Link(_) => "\n*Watch the video* opens what would go out.",
        Preview::None => "",
    };
    format!(
        "{}\n{}\n{longest}.{place}",
        plain_line(&view.video.file_name, parts::LONGEST_NAME),
        view.video.facts.summary(view.video.size_bytes)
    )
}

/// What people are warned of: what the post carries already, and what was found just now. What it went to review in spite of
/// has a place of its own.
pub(super) fn warnings(post: &Post, problems: &[String]) -> String {
    let mut all: Vec<String> = Vec::new();
    let carried = post.warnings.iter().filter(|said| !post.in_spite_of.iter().any(|one| one.said == **said));
    for warning in carried.chain(problems) {
        let line = format!("{WARNING} {}", plain(warning, parts::LONGEST_REASON));
        if !all.contains(&line) {
            all.push(line);
        }
    }
    parts::lines(&all, LONGEST_VALUE)
}

/// The levels that can be chosen as the draft is now.
fn levels(view: &ComposerView<'_>) -> Vec<Privacy> {
    let works = |level: &Privacy| {
        let is_private = *level == Privacy::SelfOnly;
        (view.audited || is_private) && !(view.post.choices.branded_content && is_private)
    };
    view.post.creator.privacy_options.iter().copied().filter(works).collect()
}

fn visibility(view: &ComposerView<'_>) -> String {
    let choices = &view.post.choices;
    let chosen = match choices.privacy {
        Some(level) => format!("**{}**", parts::privacy(level)),
        None => "Not chosen yet. TikTok asks that a person chooses this every time.".to_owned(),
    };
    let mut lines = vec![chosen];
    if !view.audited {
        lines.push(format!("Until TikTok has audited this app, only *{}* works.", parts::privacy(Privacy::SelfOnly)));
    }
    if choices.branded_content {
        lines.push("Branded content visibility cannot be set to private.".to_owned());
    }
    if !view.audited && view.post.creator.is_public() {
        lines.push(format!("{WARNING} And only while the account itself is private, which this one is not."));
    }
    lines.join("\n")
}

fn interactions(post: &Post) -> String {
    let (choices, creator) = (&post.choices, &post.creator);
    let said = |what: &str, on: bool| format!("{what} {}", if on { "on" } else { "off" });
    let mut line = [
        said("Comments", choices.comments),
        said("duet", choices.duet),
        said("stitch", choices.stitch),
        said("AI-generated label", choices.ai_generated),
    ]
    .join(" · ");
    let closed: Vec<String> =
        [(creator.comment_disabled, "comments"), (creator.duet_disabled, "duet"), (creator.stitch_disabled, "stitch")]
            .into_iter()
            .filter(|(closed, _)| *closed)
            .map(|(_, what)| what.to_owned())
            .collect();
    if !closed.is_empty() {
        line.push_str(&format!("\nSwitched off in this creator's TikTok settings: {}.", parts::names(&closed)));
    }
    line
}

fn disclosure(post: &Post) -> String {
    let choices = &post.choices;
    if !choices.discloses {
        return "Off. Turn it on if this video promotes goods or services in exchange for something of value."
            .to_owned();
    }
    let label = match (choices.own_brand, choices.branded_content) {
        (false, false) => {
            return "You need to indicate if your content promotes yourself, a third party, or both.".to_owned();
        }
        (true, false) => "Promotional content",
        (false, true) | (true, true) => "Paid partnership",
    };
    let mut lines = Vec::new();
    if choices.own_brand {
        lines.push("**Your brand**: you are promoting yourself or your own business.".to_owned());
    }
    if choices.branded_content {
        lines.push("**Branded content**: you are promoting another brand or a third party.".to_owned());
    }
    lines.push(format!("Your photo/video will be labeled as '{label}'."));
    lines.join("\n")
}

/// The consent TikTok asks for, in its own words.
pub(super) fn consent(branded: bool) -> String {
    let music = format!("[Music Usage Confirmation]({MUSIC_TERMS})");
    if branded {
        format!("By posting, you agree to TikTok's [Branded Content Policy]({BRANDED_TERMS}) and {music}.")
    } else {
        format!("By posting, you agree to TikTok's {music}.")
    }
}

fn before_submitting(view: &ComposerView<'_>) -> String {
    let mut lines = vec![
        consent(view.post.choices.branded_content),
        "Nothing is sent to TikTok before it is approved. After that, TikTok may take a few minutes to process it."
            .to_owned(),
    ];
    if let Some(missing) = choices_refusal(&view.post.choices, &view.post.creator, view.post.delivery, view.audited) {
        lines.push(format!("**Not ready yet:** {missing}"));
    }
    lines.join("\n")
}

fn privacy_select(view: &ComposerView<'_>) -> CreateActionRow {
    let name = Press::ChoosePrivacy { post: view.post.id }.to_string();
    let levels = levels(view);
    let select = if levels.is_empty() {
        // Discord wants an option even where nothing can be chosen.
        let nothing = vec![CreateSelectMenuOption::new("Nothing to choose from", "none")];
        CreateSelectMenu::new(name, CreateSelectMenuKind::String { options: nothing })
            .placeholder("No visibility works with these settings")
            .disabled(true)
    } else {
        let options = levels.into_iter().map(|level| {
            CreateSelectMenuOption::new(parts::privacy(level), level.wire())
                .default_selection(view.post.choices.privacy == Some(level))
        });
        CreateSelectMenu::new(name, CreateSelectMenuKind::String { options: options.collect() })
            .placeholder("Who can see this video?")
    };
    CreateActionRow::SelectMenu(select)
}

fn toggle(post: &Post, what: Toggle, label: &str, on: bool) -> CreateButton {
    let style = if on { ButtonStyle::Success } else { ButtonStyle::Secondary };
    Press::Toggle { post: post.id, what }.button(&format!("{label}: {}", if on { "on" } else { "off" }), style)
}

fn toggles(post: &Post) -> CreateActionRow {
    let (choices, creator) = (&post.choices, &post.creator);
    // What the creator has closed can still be turned off, should it be on from before.
    let closable = |what, label, on: bool, closed: bool| toggle(post, what, label, on).disabled(closed && !on);
    CreateActionRow::Buttons(vec![
        closable(Toggle::Comments, "Comments", choices.comments, creator.comment_disabled),
        closable(Toggle::Duet, "Duet", choices.duet, creator.duet_disabled),
        closable(Toggle::Stitch, "Stitch", choices.stitch, creator.stitch_disabled),
        toggle(post, Toggle::AiLabel, "AI-generated", choices.ai_generated),
        toggle(post, Toggle::Disclose, "Content disclosure", choices.discloses),
    ])
}

fn disclosure_buttons(view: &ComposerView<'_>) -> CreateActionRow {
    let choices = &view.post.choices;
    // Without the audit everything is private, and branded content cannot be.
    let closed = !view.audited && !choices.branded_content;
    CreateActionRow::Buttons(vec![
        toggle(view.post, Toggle::OwnBrand, "Your brand", choices.own_brand),
        toggle(view.post, Toggle::Branded, "Branded content", choices.branded_content).disabled(closed),
    ])
}

fn actions(view: &ComposerView<'_>, preview: Preview<'_>) -> CreateActionRow {
    let post = view.post.id;
    let incomplete =
        choices_refusal(&view.post.choices, &view.post.creator, view.post.delivery, view.audited).is_some();
    let submit = match view.asks {
        Some(question) => {
            let press = Press::SubmitAllTheSame { post, mark: question.mark };
            press.button(&submit_all_the_same(), ButtonStyle::Danger)
        }
        None => Press::Submit { post }.button("Submit for review", ButtonStyle::Primary),
    };
    let mut buttons = vec![
        submit.disabled(incomplete),
        Press::EditCaption { post }.button("Edit caption", ButtonStyle::Secondary),
        Press::ChangeTime { post }.button("Change time", ButtonStyle::Secondary),
        Press::Discard { post }.button("Discard", ButtonStyle::Danger),
    ];
    if let Preview::Link(url) = preview {
        buttons.extend(link_button("Watch the video", url));
    }
    CreateActionRow::Buttons(buttons)
}
