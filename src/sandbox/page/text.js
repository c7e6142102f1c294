// Discord's markdown, mentions and timestamps, as elements. Text never becomes HTML.

import { h } from "./dom.js";
import { now, openChannel, world } from "./world.js";

const formats = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

export function formatted(millis, style = "f") {
  return new Intl.DateTimeFormat(undefined, formats[style] ?? formats.f).format(millis);
}

const spans = [["year", 31536e6], ["month", 2592e6], ["week", 6048e5], ["day", 864e5], ["hour", 36e5], ["minute", 6e4], ["second", 1e3]];

export function relative(millis) {
  const away = millis - now();
  const [unit, length] = spans.find(([, length]) => Math.abs(away) >= length) ?? spans.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(away / length), unit);
}

/** An instant in the browser's zone; what is relative is kept up to date by `tickTimes`. */
export function instant(millis, style = "f") {
  const text = style === "R" ? relative(millis) : formatted(millis, style);
  const title = `${formatted(millis, "F")} (${relative(millis)})`;
  return h("time", { datetime: new Date(millis).toISOString(), title, "data-at": String(millis), "data-style": style }, text);
}

export function tickTimes() {
  for (const time of document.querySelectorAll("time[data-at]")) {
    const millis = Number(time.dataset.at);
    const style = time.dataset.style;
    const text = style === "R" ? relative(millis) : formatted(millis, style);
    if (time.textContent !== text) time.textContent = text;
    const title = `${formatted(millis, "F")} (${relative(millis)})`;
    if (time.title !== title) time.title = title;
  }
}

const mention = (text, colour) => h("span", { class: "mention", style: colour ? { "--tint": colour } : undefined }, text);

function link(address, ...inside) {
  const safe = /^https?:\/\//i.test(address);
  return safe ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...inside) : h("span", {}, ...inside);
}

const userName = (id) => world.state?.members.find((one) => one.id === id)?.name ?? "somebody";
const role = (id) => world.state?.roles.find((one) => one.id === id);

function channelMention(id) {
  const place = world.state?.channels.find((one) => one.id === id);
  if (!place) return mention("#unknown");
  return h("button", { type: "button", class: "mention", on: { click: () => openChannel(id) } }, `#${place.name}`);
}

function spoiler(inside) {
  const box = h("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, press to show it" }, ...inside);
  box.addEventListener("click", () => {
    box.classList.add("shown");
    box.removeAttribute("aria-label");
  });
  return box;
}

// The first that matches wins; the names of the groups say what it is.
const marks = new RegExp(
  [
    String.raw`\\(?<escaped>[\\*_~|<>\[\]()#@:.\-+${"`"}])`,
    "(?<fence>`+)(?<code>[^`]|[^`][\\s\\S]*?[^`])\\k<fence>(?!`)",
    String.raw`\*\*(?<bold>[\s\S]+?)\*\*(?!\*)`,
    String.raw`__(?<underlined>[\s\S]+?)__(?!_)`,
    String.raw`~~(?<struck>[\s\S]+?)~~`,
    String.raw`\|\|(?<spoiler>[\s\S]+?)\|\|`,
    String.raw`\*(?<star>[^\s*](?:[\s\S]*?[^\s*])?)\*(?!\*)`,
    String.raw`(?<![\p{L}\p{N}])_(?<bar>[^\s_](?:[\s\S]*?[^\s_])?)_(?![\p{L}\p{N}])`,
    String.raw`<t:(?<time>-?\d{1,13})(?::(?<style>[tTdDfFR]))?>`,
    String.raw`<@!?(?<user>\d+)>`,
    String.raw`<@&(?<role>\d+)>`,
    String.raw`<#(?<channel>\d+)>`,
    String.raw`<\/(?<command>[^:>\n]+):\d+>`,
    String.raw`<a?:(?<emoji>\w+):\d+>`,
    String.raw`\[(?<label>[^\]\n]+)\]\(<?(?<address>https?:\/\/[^\s)>]+)>?(?:\s+"[^"]*")?\)`,
    String.raw`<(?<bare>https?:\/\/[^\s>]+)>`,
    String.raw`(?<url>https?:\/\/[^\s<>]*[^\s<>.,:;"'\])])`,
    String.raw`(?<everybody>@everyone|@here)`,
  ].join("|"),
  "gu",
);

function piece(groups) {
  const g = groups;
  if (g.escaped !== undefined) return g.escaped;
  if (g.code !== undefined) return h("code", {}, g.code.trim() === "" ? g.code : g.code.replace(/^ (.*) $/s, "$1"));
  if (g.bold !== undefined) return h("strong", {}, inline(g.bold));
  if (g.underlined !== undefined) return h("u", {}, inline(g.underlined));
  if (g.struck !== undefined) return h("s", {}, inline(g.struck));
  if (g.spoiler !== undefined) return spoiler(inline(g.spoiler));
  if (g.star !== undefined) return h("em", {}, inline(g.star));
  if (g.bar !== undefined) return h("em", {}, inline(g.bar));
  if (g.time !== undefined) return instant(Number(g.time) * 1000, g.style);
  if (g.user !== undefined) return mention(`@${userName(g.user)}`);
  if (g.role !== undefined) return mention(`@${role(g.role)?.name ?? "a role"}`, role(g.role)?.colour);
  if (g.channel !== undefined) return channelMention(g.channel);
  if (g.command !== undefined) return commandMention(g.command);
  if (g.emoji !== undefined) return `:${g.emoji}:`;
  if (g.label !== undefined) return link(g.address, inline(g.label));
  if (g.bare !== undefined) return link(g.bare, g.bare);
  if (g.url !== undefined) return link(g.url, g.url);
  return mention(g.everybody);
}

function commandMention(name) {
  const use = () => document.dispatchEvent(new CustomEvent("use-command", { detail: name }));
  return h("button", { type: "button", class: "mention", on: { click: use } }, `/${name}`);
}

/** One line's or one span's worth of markdown. */
export function inline(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > done) nodes.push(text.slice(done, match.index));
    nodes.push(piece(match.groups));
    done = match.index + match[0].length;
  }
  if (done < text.length) nodes.push(text.slice(done));
  return nodes;
}

const kinds = [
  ["heading", /^(#{1,3})\s+(.*)$/],
  ["small", /^-#\s+(.*)$/],
  ["quote", /^>\s?(.*)$/],
  ["item", /^\s*(?:[-*]|\d+\.)\s+(.*)$/],
];

function block(kind, lines, found) {
  if (kind === "heading") return h(`h${found[1].length + 3}`, {}, inline(found[2]));
  if (kind === "small") return h("p", { class: "small" }, inline(found[1]));
  if (kind === "quote") return h("blockquote", {}, inline(lines.join("\n")));
  if (kind === "item") return h("ul", {}, lines.map((line) => h("li", {}, inline(line))));
  return h("p", {}, inline(lines.join("\n")));
}

function blocks(text) {
  const shown = [];
  let open = null;
  const close = () => {
    if (open && open.lines.some((line) => line.trim() !== "")) shown.push(block(open.kind, open.lines));
    open = null;
  };
  for (const line of text.split("\n")) {
    const [kind, pattern] = kinds.find(([, pattern]) => pattern.test(line)) ?? ["plain"];
    const found = pattern?.exec(line);
    if (kind === "heading" || kind === "small") {
      close();
      shown.push(block(kind, [], found));
      continue;
    }
    if (open?.kind !== kind) close();
    open ??= { kind, lines: [] };
    open.lines.push(found ? found[1] : line);
  }
  close();
  return shown;
}

/** A whole message's or embed's worth of markdown. */
export function markdown(text) {
  const parts = (text ?? "").split(/```(?:\w*\n)?([\s\S]*?)```/);
  return parts.flatMap((part, index) => (index % 2 ? [h("pre", {}, h("code", {}, part.replace(/\n$/, "")))] : blocks(part)));
}
