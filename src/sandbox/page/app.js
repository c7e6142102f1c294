// The page's beginning: who is looking, where to, and which parts there are.

import { beginComposer } from "./composer.js";
import { $, ask, attempt, face, fill, h } from "./dom.js";
import { beginGuide, showTab } from "./guide.js";
import { beginMessages } from "./messages.js";
import { beginPhone, tickClock } from "./phone.js";
import { tickTimes } from "./text.js";
import { become, begin, channelOf, memberNamed, openChannel, people, refresh, unread, when, world } from "./world.js";

function drawPeople() {
  const shown = people.map((one) =>
    h("label", { class: "person", title: `${one.name}, ${one.does.toLowerCase()}: ${one.can}` },
      h("input", { type: "radio", name: "who", value: one.name, checked: one.name === world.who, on: { change: () => attempt(() => become(one.name)) } }),
      face(one.name, memberNamed(one.name)?.colour),
      h("span", { class: "who" }, h("b", {}, one.name), h("small", {}, one.does)),
    ),
  );
  if (!$("#people").querySelector("input")) fill($("#people"), h("legend", { class: "visually-hidden" }, "Who you are"), shown);
  for (const input of $("#people").querySelectorAll("input")) input.checked = input.value === world.who;
}

function channelRow(place, threads) {
  const count = unread(place);
  const here = place.id === world.channel;
  const mark = place.kind === "thread" ? "↳" : "#";
  const open = () => attempt(() => openChannel(place.id)).then(() => showTab("team"));
  return h("li", {},
    h("button", { type: "button", class: place.kind, "aria-current": here ? "page" : null, "data-channel": place.name, "data-key": place.id, on: { click: open } },
      h("span", { class: "mark", "aria-hidden": "true" }, mark),
      h("span", { class: count && !here ? "name new" : "name" }, place.name),
      count > 0 && !here && h("span", { class: "count", "aria-label": `${count} unread` }, String(count)),
    ),
    threads.length > 0 && h("ul", {}, threads.map((thread) => channelRow(thread, []))),
  );
}

/** The channels, with their newest threads below them. */
function drawChannels() {
  const all = world.state.channels;
  const rows = all.filter((place) => place.kind === "text").map((place) => {
    const threads = all.filter((thread) => thread.kind === "thread" && thread.parent === place.id).slice(-5);
    return channelRow(place, threads);
  });
  const nav = $("#channels");
  const key = nav.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(nav, rows);
  if (key) nav.querySelector(`[data-key="${key}"]`)?.focus();
}

const topics = {
  general: "Where the team talks",
  review: "Where posts are judged before they go out",
  digest: "How yesterday's posts did, every morning",
  studio: "Where clips come from",
};

function drawTitle() {
  const place = channelOf(world.channel);
  if (!place) return;
  const parent = place.kind === "thread" && channelOf(place.parent);
  fill($("#title"),
    parent && h("button", { type: "button", class: "plain", on: { click: () => openChannel(parent.id) } }, `#${parent.name}`),
    parent && h("span", { class: "mark", "aria-hidden": "true" }, " › "),
    parent ? place.name : `#${place.name}`,
  );
  $("#topic").textContent = parent ? "A thread about one post" : (topics[place.name] ?? "");
  $("#guild").textContent = world.state.guild.name;
  const { bot } = world.state;
  $("#bot").textContent = !bot.here ? `${bot.name} was removed` : bot.online ? `${bot.name} is online` : `${bot.name} is not connected`;
  $("#bot").dataset.online = String(bot.online && bot.here);
  $("#door").hidden = !bot.online;
  $("#door").textContent = bot.here ? `Remove ${bot.name} from the server` : `Invite ${bot.name} again`;
  const news = world.state.channels.filter((one) => one.id !== world.channel).reduce((sum, one) => sum + unread(one), 0);
  document.title = `${news ? `(${news}) ` : ""}#${place.name} · Greenroom sandbox`;
}

/** Light, dark, or as the system has it. */
function beginTheme() {
  const set = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    $("#theme").setAttribute("aria-label", theme === "dark" ? "Use light colours" : "Use dark colours");
  };
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  set(localStorage.getItem("theme"));
  $("#theme").addEventListener("click", () => {
    const next = (document.documentElement.dataset.theme ?? system) === "dark" ? "light" : "dark";
    localStorage.setItem("theme", next);
    set(next);
  });
}

/** The bot leaves the server, or is let in again. */
$("#door").addEventListener("click", () => attempt(async () => {
  await ask(world.state.bot.here ? "/kick" : "/invite", { method: "POST", body: {} });
  await refresh();
}));

beginTheme();
beginMessages();
beginComposer();
beginPhone();
beginGuide();
when("who", drawPeople);
when("discord", () => {
  drawPeople();
  drawChannels();
  drawTitle();
});
when("lost", () => ($("#lost").hidden = false));
when("connected", () => ($("#lost").hidden = true));
setInterval(() => {
  tickClock();
  tickTimes();
}, 1000);
tickClock();
attempt(begin);
