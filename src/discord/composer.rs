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
use crate::domain::refusal::Refusal;
use crate::domain::video::Video;
use crate::flows::warn::Question;
use crate::say;

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
    let title = say!("cards-composer-title", account = parts::account_name(&creator.nickname, &creator.username));
    let panel = Panel::new(Standing::Draft.colour(), title)
        .thumbnail(creator.avatar_url.as_deref())
        .text(parts::caption(post))
        .field(&say!("cards-field-due"), parts::due(post), true);
    let footer = format!("#{} · {}", post.number, Standing::Draft.said());
    if post.delivery == Delivery::Draft {
        let panel = panel
            .field(&say!("cards-field-video"), video(view, preview), false)
            .field(&say!("cards-field-warnings"), warnings(post, view.problems), false)
            .field(&say!("cards-field-how-it-gets-out"), say!("cards-composer-inbox"), false)
            .footer(footer);
        return asking(view, Face::panel(panel).with_rows([actions(view, preview)]));
    }
    let panel = panel
        .field(&say!("cards-field-cover"), parts::cover(&post.choices), true)
        .field(&say!("cards-field-video"), video(view, preview), false)
        .field(&say!("cards-field-warnings"), warnings(post, view.problems), false)
        .field(&say!("cards-field-visibility"), visibility(view), false)
        .field(&say!("cards-field-interactions"), interactions(post), false)
        .field(&say!("cards-field-disclosure"), disclosure(post), false)
        .field(&say!("cards-field-before-you-submit"), before_submitting(view), false)
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

fn video(view: &ComposerView<'_>, preview: Preview<'_>) -> String {
    let within_limits = match view.post.creator.max_duration_seconds {
        Some(seconds) => {
            say!("cards-composer-longest", longest = format!("{}:{:02}", seconds / 60, seconds % 60))
        }
        None => say!("cards-video-within-limits"),
    };
    let place = match preview {
        Preview::Attached(_) => Some(say!("cards-composer-attached")),
        Preview::Link(_) => Some(say!("cards-composer-linked")),
        Preview::None => None,
    };
    let name = plain_line(&view.video.file_name, parts::LONGEST_NAME);
    let facts = view.video.facts.summary(view.video.size_bytes);
    let lines: Vec<String> = [name, facts, within_limits].into_iter().chain(place).collect();
    lines.join("\n")
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
        None => say!("cards-visibility-not-chosen"),
    };
    let mut lines = vec![chosen];
    if !view.audited {
        lines.push(say!("cards-visibility-not-audited", level = parts::privacy(Privacy::SelfOnly)));
    }
    if choices.branded_content {
        lines.push(say!("cards-visibility-branded"));
    }
    if !view.audited && view.post.creator.is_public() {
        lines.push(format!("{WARNING} {}", say!("cards-visibility-public-account")));
    }
    lines.join("\n")
}

fn interactions(post: &Post) -> String {
    let (choices, creator) = (&post.choices, &post.creator);
    let line = say!(
        "cards-interactions",
        comments = switch(choices.comments),
        duet = switch(choices.duet),
        stitch = switch(choices.stitch),
        ai = switch(choices.ai_generated)
    );
    let closed: Vec<String> = [
        (creator.comment_disabled, say!("cards-closed-comments")),
        (creator.duet_disabled, say!("cards-closed-duet")),
        (creator.stitch_disabled, say!("cards-closed-stitch")),
    ]
    .into_iter()
    .filter_map(|(closed, what)| closed.then_some(what))
    .collect();
    if closed.is_empty() { line } else { format!("{line}\n{}", say!("cards-closed", what = parts::names(&closed))) }
}

/// The word by which the catalogue says that something is on or off.
const fn switch(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn disclosure(post: &Post) -> String {
    let choices = &post.choices;
    if !choices.discloses {
        return say!("cards-disclosure-off");
    }
    let label = match (choices.own_brand, choices.branded_content) {
        (false, false) => return say!("cards-disclosure-not-said"),
        (true, false) => say!("cards-disclosure-promotional"),
        (false, true) | (true, true) => say!("cards-disclosure-paid"),
    };
    let mut lines = Vec::new();
    if choices.own_brand {
        lines.push(say!("cards-disclosure-own-brand"));
    }
    if choices.branded_content {
        lines.push(say!("cards-disclosure-branded"));
    }
    lines.push(label);
    lines.join("\n")
}

/// The consent TikTok asks for, in its own words.
pub(super) fn consent(branded: bool) -> String {
    if branded {
        say!("cards-consent-branded", branded = BRANDED_TERMS, music = MUSIC_TERMS)
    } else {
        say!("cards-consent", music = MUSIC_TERMS)
    }
}

fn before_submitting(view: &ComposerView<'_>) -> String {
    let mut lines = vec![consent(view.post.choices.branded_content), say!("cards-composer-nothing-sent")];
    if let Some(missing) = choices_refusal(&view.post.choices, &view.post.creator, view.post.delivery, view.audited) {
        lines.push(say!("cards-composer-not-ready", missing = missing.to_string()));
    }
    lines.join("\n")
}

fn privacy_select(view: &ComposerView<'_>) -> CreateActionRow {
    let name = Press::ChoosePrivacy { post: view.post.id }.to_string();
    let levels = levels(view);
    let select = if levels.is_empty() {
        // Discord wants an option even where nothing can be chosen.
        let nothing = vec![CreateSelectMenuOption::new(say!("cards-visibility-nothing"), "none")];
        CreateSelectMenu::new(name, CreateSelectMenuKind::String { options: nothing })
            .placeholder(say!("cards-visibility-none-works"))
            .disabled(true)
    } else {
        let options = levels.into_iter().map(|level| {
            CreateSelectMenuOption::new(parts::privacy(level), level.wire())
                .default_selection(view.post.choices.privacy == Some(level))
        });
        CreateSelectMenu::new(name, CreateSelectMenuKind::String { options: options.collect() })
            .placeholder(say!("cards-visibility-who"))
    };
    CreateActionRow::SelectMenu(select)
}

fn toggle(post: &Post, what: Toggle, on: bool) -> CreateButton {
    let style = if on { ButtonStyle::Success } else { ButtonStyle::Secondary };
    let label = match what {
        Toggle::Comments => say!("cards-toggle-comments", is = switch(on)),
        Toggle::Duet => say!("cards-toggle-duet", is = switch(on)),
        Toggle::Stitch => say!("cards-toggle-stitch", is = switch(on)),
        Toggle::AiLabel => say!("cards-toggle-ai", is = switch(on)),
        Toggle::Disclose => say!("cards-toggle-disclose", is = switch(on)),
        Toggle::OwnBrand => say!("cards-toggle-own-brand", is = switch(on)),
        Toggle::Branded => say!("cards-toggle-branded", is = switch(on)),
    };
    Press::Toggle { post: post.id, what }.button(&label, style)
}

fn toggles(post: &Post) -> CreateActionRow {
    let (choices, creator) = (&post.choices, &post.creator);
    // What the creator has closed can still be turned off, should it be on from before.
    let closable = |what, on: bool, closed: bool| toggle(post, what, on).disabled(closed && !on);
    CreateActionRow::Buttons(vec![
        closable(Toggle::Comments, choices.comments, creator.comment_disabled),
        closable(Toggle::Duet, choices.duet, creator.duet_disabled),
        closable(Toggle::Stitch, choices.stitch, creator.stitch_disabled),
        toggle(post, Toggle::AiLabel, choices.ai_generated),
        toggle(post, Toggle::Disclose, choices.discloses),
    ])
}

fn disclosure_buttons(view: &ComposerView<'_>) -> CreateActionRow {
    let choices = &view.post.choices;
    // Without the audit everything is private, and branded content cannot be.
    let closed = !view.audited && !choices.branded_content;
    CreateActionRow::Buttons(vec![
        toggle(view.post, Toggle::OwnBrand, choices.own_brand),
        toggle(view.post, Toggle::Branded, choices.branded_content).disabled(closed),
    ])
}

fn actions(view: &ComposerView<'_>, preview: Preview<'_>) -> CreateActionRow {
    let post = view.post.id;
    // What only the creator can change in the app may have changed by now: submitting asks TikTok anew.
    let incomplete = choices_refusal(&view.post.choices, &view.post.creator, view.post.delivery, view.audited)
        .is_some_and(|refusal| refusal != Refusal::AccountNotPrivate);
    let submit = match view.asks {
        Some(question) => {
            let press = Press::SubmitAllTheSame { post, mark: question.mark };
            press.button(&submit_all_the_same(), ButtonStyle::Danger)
        }
        None => Press::Submit { post }.button(&say!("cards-button-submit"), ButtonStyle::Primary),
    };
    let mut buttons = vec![
        submit.disabled(incomplete),
        Press::EditCaption { post }.button(&say!("cards-button-edit-caption"), ButtonStyle::Secondary),
        Press::ChangeTime { post }.button(&say!("cards-button-change-time"), ButtonStyle::Secondary),
        Press::Discard { post }.button(&say!("cards-button-discard"), ButtonStyle::Danger),
    ];
    if let Preview::Link(url) = preview {
        buttons.extend(link_button(&say!("cards-button-watch"), url));
    }
    CreateActionRow::Buttons(buttons)
}
