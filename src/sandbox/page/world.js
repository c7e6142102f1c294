// What the page knows: who is looking, where, what is there. It listens for changes and never asks in a loop.

import { Refused, ask, fingerprint, toast } from "./dom.js";

export const people = [
  { name: "mia", does: "Editor", can: "hands videos in" },
  { name: "rui", does: "Reviewer", can: "approves or declines" },
  { name: "ada", does: "Manager", can: "sets the team up" },
  { name: "noa", does: "Stranger", can: "has no role" },
];

export const world = {
  who: "mia",
  channel: null,
  /** `GET state`, as this person. */
  state: null,
  /** The open channel's messages, as this person. */
  messages: [],
  /** The review channel's messages, as the reviewer. */
  review: [],
  /** `GET tiktok`. */
  feed: { posts: [], creators: [], armed: [] },
  clips: [],
  /** Milliseconds by which the sandbox's clock is ahead of the browser's. */
  ahead: 0,
  /** Files handed in from this page: name and SHA-256. */
  sent: [],
  /** Private messages this page no longer shows. */
  dismissed: new Set(),
  /** Messages read in each channel, for each person. */
  read: new Map(),
};

const changes = new EventTarget();

/** Calls back after each change of `discord`, `feed`, `clock` or `who`. */
export function when(what, call) {
  changes.addEventListener(what, call);
}

export function tell(what) {
  changes.dispatchEvent(new Event(what));
}

export const now = () => Date.now() + world.ahead;

export function setNow(iso) {
  const ahead = Date.parse(iso) - Date.now();
  // The clocks of two reads differ by the length of the way; only a push is news.
  if (Math.abs(ahead - world.ahead) < 400) return;
  world.ahead = ahead;
  tell("clock");
}

export const channelNamed = (name) => world.state?.channels.find((one) => one.name === name && one.kind === "text");
export const channelOf = (id) => world.state?.channels.find((one) => one.id === id);
export const memberNamed = (name) => world.state?.members.find((one) => one.name === name);

/** One run at a time; a wish that comes meanwhile is one more run. */
function alone(load) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await load();
        } while (again);
      } catch (trouble) {
        if (!(trouble instanceof Refused)) throw trouble;
        toast(trouble.message);
      } finally {
        running = null;
      }
    })();
    return running;
  };
}

export const refresh = alone(async () => {
  const who = world.who;
  world.state = await ask(`/state?as=${who}`);
  setNow(world.state.now);
  if (!channelOf(world.channel)) world.channel = (channelNamed("general") ?? world.state.channels[0])?.id;
  const review = channelNamed("review");
  const [here, cards] = await Promise.all([
    world.channel ? ask(`/channels/${world.channel}/messages?as=${who}`) : { messages: [] },
    review ? ask(`/channels/${review.id}/messages?as=rui`) : { messages: [] },
  ]);
  world.messages = here.messages;
  world.review = cards.messages;
  markRead();
  tell("discord");
});

export const refreshFeed = alone(async () => {
  const feed = await ask("/tiktok");
  setNow(feed.now);
  world.feed = feed;
  tell("feed");
});

function markRead() {
  const place = channelOf(world.channel);
  if (place && document.visibilityState === "visible") world.read.set(`${world.who} ${place.id}`, place.messages);
}

export function unread(place) {
  return Math.max(0, place.messages - (world.read.get(`${world.who} ${place.id}`) ?? 0));
}

export async function openChannel(id) {
  if (id !== world.channel) {
    world.channel = id;
    world.messages = [];
    tell("channel");
  }
  await refresh();
}

export async function become(name) {
  if (world.who === name) return;
  world.who = name;
  tell("who");
  await refresh();
}

/** Remembers what a file is, to recognise it on TikTok. */
export async function remember(file) {
  const sha256 = await fingerprint(file);
  if (!sha256 || world.sent.some((one) => one.sha256 === sha256)) return;
  world.sent.push({ name: file.name, sha256 });
  sessionStorage.setItem("sent", JSON.stringify(world.sent));
  tell("feed");
}

export async function push(wish) {
  const said = await ask("/clock", { method: "POST", body: wish });
  setNow(said.now);
  await Promise.all([refresh(), refreshFeed()]);
}

export async function begin() {
  world.sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
  await Promise.all([refresh(), refreshFeed(), ask("/clips").then(({ clips }) => (world.clips = clips))]);
  const discord = new EventSource("/__sandbox/events");
  discord.addEventListener("changed", () => {
    refresh();
    refreshFeed();
  });
  discord.addEventListener("open", () => tell("connected"));
  discord.addEventListener("error", () => tell("lost"));
  new EventSource("/__sandbox/news").addEventListener("news", refreshFeed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
}
