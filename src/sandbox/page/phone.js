// The phone: what arrived on the local TikTok, the clock one can push, and troubles on demand.

import { $, ask, attempt, bytes, fill, h, toast } from "./dom.js";
import { formatted, instant } from "./text.js";
import { now, push, refreshFeed, when, world } from "./world.js";

const audiences = {
  PUBLIC_TO_EVERYONE: "Everyone",
  MUTUAL_FOLLOW_FRIENDS: "Friends",
  FOLLOWER_OF_CREATOR: "Followers",
  SELF_ONLY: "Only me",
};

function stage(post) {
  const { state } = post;
  if (typeof state === "string") {
    return { receiving: ["Arriving", "waits"], downloading: ["Arriving", "waits"], in_inbox: ["In the inbox", "waits"], published: ["Posted", "good"] }[state] ?? [state, "waits"];
  }
  if (state.processing) return ["Processing", "waits"];
  return [`Failed: ${state.failed?.reason ?? "for no reason given"}`, "bad"];
}

function settings(post) {
  const marks = [
    audiences[post.privacy] ?? post.privacy,
    post.disable_comment ? "no comments" : "comments",
    !post.disable_duet && "duets",
    !post.disable_stitch && "stitches",
    post.brand_organic_toggle && "your brand",
    post.brand_content_toggle && "paid partnership",
    post.is_aigc && "AI-generated",
  ];
  return h("p", { class: "marks" }, marks.filter(Boolean).map((mark) => h("span", {}, mark)));
}

function print(post) {
  if (!post.committed_at) return null;
  const same = world.sent.find((one) => one.sha256 === post.sha256);
  return h("div", { class: same ? "print same" : "print" },
    h("span", { class: "name" }, "SHA-256"),
    h("code", { "data-sha256": post.sha256 }, post.sha256),
    same && h("span", { class: "verdict" }, `✓ the same bytes as ${same.name}`),
  );
}

function card(post) {
  const [words, kind] = stage(post);
  const film = post.video
    ? h("video", { src: post.video, controls: true, muted: true, loop: true, playsinline: true, preload: "metadata", "aria-label": `Video of ${post.creator}` })
    : h("div", { class: "dark" }, post.committed_at ? "Too large to keep here" : "…");
  const finish = post.state === "in_inbox" && h("button", { type: "button", class: "button primary", on: { click: () => attempt(() => ask("/tiktok/finish", { method: "POST", body: { publish_id: post.publish_id } }).then(refreshFeed)) } }, "Finish it in the app");
  return h("article", { class: "post", "data-publish-id": post.publish_id, "data-state": kind },
    film,
    h("div", { class: "about" },
      h("div", { class: "line" }, h("h3", {}, h("img", { src: `/__sandbox/avatar/${post.creator}`, alt: "" }), `@${post.creator}`), h("p", { class: `stage ${kind}` }, words)),
      h("p", { class: "caption" }, post.caption || "No caption"),
      print(post),
      settings(post),
      h("p", { class: "facts" }, bytes(post.size_bytes), " · ", instant(Date.parse(post.posted_at ?? post.opened_at), "f")),
      finish,
    ),
  );
}

const drawn = new Map();

function draw() {
  const list = $("#feed");
  const fresh = world.feed.posts.some((post) => !drawn.has(post.publish_id));
  const nodes = world.feed.posts.map((post) => {
    const sign = JSON.stringify([post, world.sent]);
    const known = drawn.get(post.publish_id);
    if (known?.sign === sign) return known.node;
    const node = card(post);
    // A film that plays goes on playing.
    const film = known?.node.querySelector("video");
    if (film && post.video) node.querySelector("video").replaceWith(film);
    drawn.set(post.publish_id, { sign, node });
    return node;
  });
  if (!nodes.length) {
    fill(list, h("div", { class: "nothing" }, h("p", { class: "note", "aria-hidden": "true" }, "♪"), h("p", {}, "Nothing is posted yet."), h("p", {}, "What goes out appears here, with its SHA-256.")));
  } else if (nodes.some((node, index) => list.children[index] !== node) || list.children.length !== nodes.length) {
    list.replaceChildren(...nodes);
    // The newest is on top, where somebody who waits for it looks.
    if (fresh) list.scrollTop = 0;
  }
  const posted = world.feed.posts.filter((post) => post.state === "published").length;
  $("#posted").textContent = posted ? String(posted) : "";
  $("#posted").hidden = !posted;
  drawFaults();
}

const faults = [
  ["The answer to the next upload is lost", { on: "upload", trouble: "lost_after" }],
  ["The answer to the next opening is lost", { on: "video_init", trouble: "lost_after" }],
  ["TikTok answers 503, three times", { on: "any", trouble: "server_error", status: 503, times: 3 }],
  ["TikTok takes four seconds, five times", { on: "any", trouble: "held_answer", millis: 4000, times: 5 }],
  ["Too many requests, once", { on: "video_init", trouble: "error_code", code: "rate_limit_exceeded" }],
];

const reasons = ["file_format_check_failed", "duration_check_failed", "frame_rate_check_failed", "picture_size_check_failed", "internal", "publish_cancelled", "auth_removed", "spam_risk_too_many_posts", "spam_risk_user_banned_from_posting"];

async function arm(fault) {
  await attempt(async () => {
    await ask("/tiktok/faults", { method: "POST", body: fault });
    toast("TikTok will do so. Now publish something.", "good");
    await refreshFeed();
  });
}

function beginFaults() {
  const reason = h("select", { id: "reason" }, reasons.map((one) => h("option", {}, one)));
  fill($("#faults"),
    faults.map(([words, fault]) => h("button", { type: "button", class: "button secondary", on: { click: () => arm(fault) } }, words)),
    h("div", { class: "line" }, h("label", { for: "reason" }, "The next video fails:"), reason, h("button", { type: "button", class: "button secondary", on: { click: () => arm({ on: "processing", trouble: "fail", reason: reason.value }) } }, "Fail it")),
    h("div", { id: "armed" }),
  );
}

function drawFaults() {
  const { armed } = world.feed;
  $("#armed-count").textContent = armed.length ? ` · ${armed.length} waiting` : "";
  const forget = () => attempt(() => ask("/tiktok/faults", { method: "DELETE" }).then(refreshFeed));
  fill($("#armed"), armed.length > 0 && [
    h("ul", {}, armed.map((fault) => h("li", {}, h("code", {}, fault.on), ` ${fault.trouble.replaceAll("_", " ")}${fault.times > 1 ? `, ${fault.times} times` : ""}`))),
    h("button", { type: "button", class: "button secondary", on: { click: forget } }, "Forget them"),
  ]);
}

function tomorrowAtNine() {
  const at = new Date(now());
  at.setDate(at.getDate() + (at.getHours() < 9 ? 0 : 1));
  at.setHours(9, 0, 0, 0);
  return at.toISOString();
}

const wishes = { 5: () => ({ push_seconds: 300 }), 60: () => ({ push_seconds: 3600 }), morning: () => ({ to: tomorrowAtNine() }), next: () => ({ to: "next" }) };

/** Pushes the clock, and holds the buttons until what fell due on the way is done. */
export async function pushClock(wish) {
  const buttons = [...document.querySelectorAll("[data-push]")];
  for (const one of buttons) one.setAttribute("aria-busy", "true");
  await attempt(() => push(wish));
  for (const one of buttons) one.removeAttribute("aria-busy");
}

export function tickClock() {
  const at = now();
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(at);
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = time;
  $("#date").textContent = `${new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" }).format(at)} · ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  const ahead = world.ahead > 5000;
  $("#ahead").textContent = ahead ? `pushed: it is really ${formatted(Date.now(), "t")}` : "runs with your own clock";
}

export function beginPhone() {
  for (const one of document.querySelectorAll("[data-push]")) {
    one.addEventListener("click", () => pushClock(wishes[one.dataset.push]()));
  }
  beginFaults();
  when("feed", draw);
  when("clock", tickClock);
}
