// The first post, step by step. A step ticks itself off when what it asks for has happened, however it happened.

import { $, attempt, fill, h } from "./dom.js";
import { sample } from "./options.js";
import { start } from "./composer.js";
import { pushClock } from "./phone.js";
import { become, channelNamed, openChannel, when, world } from "./world.js";

const done = new Set(JSON.parse(sessionStorage.getItem("done") ?? "[]"));

const cards = () => world.review.filter((message) => message.author.bot && message.reactions?.some((one) => one.emoji.name === "✅"));
const approved = () => cards().some((message) => message.reactions.some((one) => one.emoji.name === "✅" && one.members.some((name) => name !== world.state.bot.name)));
const arrived = () => world.feed.posts.some((post) => post.committed_at);
const same = () => world.feed.posts.find((post) => post.state === "published" && world.sent.some((one) => one.sha256 === post.sha256));

async function handIn() {
  await become("mia");
  await openChannel(channelNamed("studio")?.id ?? world.channel);
  const clip = world.clips[0];
  start("schedule", { when: "in 30 minutes", video: await sample(clip), caption: "Friday latte, straight from the harbour ☕ #latte" });
  showTab("team");
}

async function judge() {
  await become("rui");
  await openChannel(channelNamed("review").id);
  showTab("team");
  const card = cards().at(-1);
  const message = card && document.querySelector(`[data-id="${card.id}"]`);
  message?.scrollIntoView({ block: "end" });
  message?.querySelector('[data-emoji="✅"]')?.focus();
}

const steps = [
  {
    title: "Hand in a clip as mia",
    words: "The command is filled in; press Send. Then choose who may see it, and press Submit for review.",
    action: ["Try it with a sample clip", handIn],
    met: () => cards().length > 0,
  },
  {
    title: "Approve as rui with ✅",
    words: "The card in #review holds the very bytes that go out. Watch them, then press ✅ below it.",
    action: ["Be rui, open #review", judge],
    met: () => approved() || arrived(),
  },
  {
    title: "Push the clock",
    words: "The post waits for its time. Push the clock to it; the program does the rest.",
    action: ["Push to what is due next", () => pushClock({ to: "next" })],
    met: arrived,
  },
  {
    title: "See it on TikTok",
    words: "The same SHA-256: the very bytes mia handed in, posted once.",
    action: ["Look at the phone", () => {
      showTab("phone");
      $("#feed").scrollIntoView({ block: "nearest" });
      $("#feed").scrollTop = 0;
    }],
    met: () => Boolean(same()),
  },
];

/** On a small screen one part shows at a time. */
export function showTab(name) {
  document.body.dataset.tab = name;
  for (const one of document.querySelectorAll("[data-tab-for]")) one.setAttribute("aria-current", String(one.dataset.tabFor === name));
}

let drawn = "";

function draw() {
  if (!world.state) return;
  steps.forEach((step, index) => step.met() && done.add(index));
  sessionStorage.setItem("done", JSON.stringify([...done]));
  const ready = world.state.bot.online && world.state.commands.length > 0;
  const sign = JSON.stringify([[...done], ready]);
  if (sign === drawn) return;
  drawn = sign;
  const current = steps.findIndex((_, index) => !done.has(index));
  $("#progress").textContent = `${done.size} of ${steps.length}`;
  fill($("#steps"), steps.map((step, index) => row(step, index, index === current, ready)));
  $("#finished").hidden = current !== -1;
}

function row(step, index, current, ready) {
  const [words, act] = step.action;
  const button = h("button", { type: "button", class: current ? "button primary" : "button secondary", "data-step": String(index + 1), disabled: !ready, on: { click: () => attempt(async () => act()) } }, words);
  const ticked = done.has(index);
  return h("li", { class: [ticked && "done", current && "current"].filter(Boolean).join(" "), "aria-current": current ? "step" : null },
    h("span", { class: "tick", "aria-hidden": "true" }, ticked ? "✓" : String(index + 1)),
    h("div", {}, h("h3", {}, step.title, ticked && h("span", { class: "visually-hidden" }, ", done")), current && h("p", {}, step.words), current && button),
  );
}

export function beginGuide() {
  when("discord", draw);
  when("feed", draw);
  for (const one of document.querySelectorAll("[data-tab-for]")) one.addEventListener("click", () => showTab(one.dataset.tabFor));
  showTab("team");
}
