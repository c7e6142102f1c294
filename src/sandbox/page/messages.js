// The open channel: messages with everything on them. A message is redrawn only when it changed, so that a playing
// video plays on and the keyboard stays where it is.

import { $, ask, attempt, bytes, face, fill, h, toast } from "./dom.js";
import { openForm } from "./forms.js";
import { instant, inline, markdown } from "./text.js";
import { channelOf, memberNamed, now, openChannel, refresh, tell, when, world } from "./world.js";

/** What came of a press, a choice, a command or a form. */
export async function handle(answer) {
  if (!answer.answered) toast("The application did not respond.");
  else if (answer.modal) openForm(answer.interaction, answer.modal, handle);
  await refresh();
}

async function act(path, body, control) {
  control?.setAttribute("aria-busy", "true");
  await attempt(async () => handle(await ask(path, { method: "POST", body: { as: world.who, ...body } })));
  control?.removeAttribute("aria-busy");
}

/** An address on this origin, whatever name the browser called it by. */
function here(address) {
  try {
    const url = new URL(address, location.href);
    const ours = /^\/((ephemeral-)?attachments|__sandbox\/avatar)\//.test(url.pathname);
    return ours ? url.pathname + url.search : url.href;
  } catch {
    return "";
  }
}

const hex = (colour) => (typeof colour === "number" ? `#${colour.toString(16).padStart(6, "0")}` : null);

function attachment(file) {
  const kind = file.content_type ?? "";
  const name = h("figcaption", {}, h("a", { href: here(file.url), download: file.filename }, file.filename), ` ${bytes(file.size ?? 0)}`);
  if (kind.startsWith("video/")) {
    const video = h("video", { src: here(file.url), controls: true, preload: "metadata", playsinline: true, "aria-label": `Video ${file.filename}` });
    return h("figure", { class: "file video" }, video, name);
  }
  if (kind.startsWith("image/")) {
    return h("figure", { class: "file image" }, h("img", { src: here(file.url), alt: file.description ?? file.filename }), name);
  }
  return h("figure", { class: "file" }, h("span", { class: "paper", "aria-hidden": "true" }, "▤"), name);
}

const picture = (one, kind) => one?.url && h("img", { class: kind, src: here(one.url), alt: "", loading: "lazy" });

function embed(one) {
  const title = one.title && h("h4", {}, one.url ? h("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, inline(one.title)) : inline(one.title));
  const author = one.author && h("p", { class: "author" }, one.author.icon_url && h("img", { src: here(one.author.icon_url), alt: "" }), one.author.name);
  const fields = (one.fields ?? []).map((field) =>
    h("div", { class: field.inline ? "field inline" : "field" }, h("dt", {}, inline(field.name)), h("dd", {}, markdown(field.value))),
  );
  const footer = (one.footer || one.timestamp) && h("footer", {}, one.footer?.text, one.footer?.text && one.timestamp && " · ", one.timestamp && instant(Date.parse(one.timestamp)));
  return h(
    "article",
    { class: "embed", style: hex(one.color) ? { "--bar": hex(one.color) } : undefined },
    picture(one.thumbnail, "thumbnail"),
    author,
    title,
    one.description && h("div", { class: "words" }, markdown(one.description)),
    fields.length > 0 && h("dl", {}, fields),
    picture(one.image, "large"),
    one.video?.url && h("video", { src: here(one.video.url), controls: true, preload: "metadata", playsinline: true }),
    footer,
  );
}

const styles = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary link" };
const emoji = (one) => one?.name && h("span", { "aria-hidden": "true" }, `${one.name} `);

function button(message, one) {
  const inside = [emoji(one.emoji), one.label];
  if (one.style === 5) {
    return h("a", { class: `button ${styles[5]}`, href: one.url, target: "_blank", rel: "noopener" }, inside, h("span", { "aria-hidden": "true" }, " ↗"));
  }
  const shown = h("button", {
    type: "button",
    class: `button ${styles[one.style] ?? "secondary"}`,
    disabled: one.disabled,
    "data-key": one.custom_id,
    "data-label": one.label,
    "aria-label": one.label ? null : one.emoji?.name,
    on: { click: () => act("/press", { message: message.id, custom_id: one.custom_id }, shown) },
  }, inside);
  return shown;
}

function choices(one) {
  if (one.type === 3) return one.options.map((option) => ({ ...option, label: [option.emoji?.name, option.label].filter(Boolean).join(" ") }));
  const people = world.state.members.map((member) => ({ label: `@${member.name}`, value: member.id }));
  const roles = world.state.roles.filter((role) => role.name !== "@everyone").map((role) => ({ label: `@${role.name}`, value: role.id }));
  const places = world.state.channels.filter((place) => place.kind === "text").map((place) => ({ label: `#${place.name}`, value: place.id }));
  return { 5: people, 6: roles, 7: [...people, ...roles], 8: places }[one.type] ?? [];
}

function select(message, one) {
  const options = choices(one);
  const name = one.placeholder ?? "Choose";
  const choose = (values, control) => act("/select", { message: message.id, custom_id: one.custom_id, values }, control);
  if ((one.max_values ?? 1) > 1) return severalOf(one, options, name, choose);
  const preset = options.find((option) => option.default)?.value ?? "";
  const list = h("select", { class: "choice", disabled: one.disabled, "data-key": one.custom_id, "aria-label": name, value: preset, on: { change: () => choose([list.value], list) } },
    h("option", { value: "", disabled: true, selected: preset === "" }, name),
    options.map((option) => h("option", { value: option.value, selected: option.value === preset }, option.description ? `${option.label} – ${option.description}` : option.label)),
  );
  return list;
}

function severalOf(one, options, name, choose) {
  const boxes = options.map((option) => h("input", { type: "checkbox", value: option.value, checked: Boolean(option.default) }));
  const done = h("button", { type: "button", class: "button secondary" }, "Choose these");
  done.addEventListener("click", () => choose(boxes.filter((box) => box.checked).map((box) => box.value), done));
  const rows = options.map((option, index) => h("label", {}, boxes[index], h("span", {}, option.label, option.description && h("small", {}, option.description))));
  const count = options.filter((option) => option.default).length;
  const details = h("details", { class: "several", "data-key": one.custom_id }, h("summary", {}, count ? `${name} (${count} on)` : name), rows, done);
  if (one.disabled) details.setAttribute("inert", "");
  return details;
}

function component(message, one) {
  if (one.type === 1) return h("div", { class: "controls" }, (one.components ?? []).map((inner) => component(message, inner)));
  if (one.type === 2) return button(message, one);
  if (one.type === 3 || (one.type >= 5 && one.type <= 8)) return select(message, one);
  if (one.type === 10) return h("div", { class: "words" }, markdown(one.content));
  if (one.type === 14) return h("hr");
  return h("div", {}, (one.components ?? []).map((inner) => component(message, inner)), one.accessory && component(message, one.accessory));
}

function reaction(message, one) {
  const mine = one.members.includes(world.who);
  const turn = () => flip(mine ? "/unreact" : "/react", message, one.emoji.name);
  const who = one.members.join(", ");
  return h("button", {
    type: "button",
    class: "reaction",
    "data-key": `reaction ${one.emoji.name}`,
    "data-emoji": one.emoji.name,
    "aria-pressed": String(mine),
    "aria-label": `${one.emoji.name}, ${one.count}: ${who}. ${mine ? "Take yours back" : "React so too"}`,
    title: who,
    on: { click: turn },
  }, h("span", { "aria-hidden": "true" }, one.emoji.name), " ", h("span", { "aria-hidden": "true" }, String(one.count)));
}

/** Reactions are not answered by the bot at once; what follows arrives as a change. */
async function flip(path, message, name) {
  await attempt(() => ask(path, { method: "POST", body: { as: world.who, message: message.id, emoji: name } }));
  await refresh();
}

/** What a forward carries. */
const snapshots = (message) => (message.message_snapshots ?? []).map((one) => one.message);

/** Forwards a message into the open channel. */
async function pass(message) {
  await attempt(() => ask("/forward", { method: "POST", body: { as: world.who, message: message.id, channel: world.channel } }));
  await refresh();
}

function forwarded(one) {
  return h("blockquote", { class: "forwarded" }, h("p", { class: "above" }, "Forwarded"),
    one.content && h("div", { class: "words" }, markdown(one.content)),
    h("div", { class: "files" }, one.attachments.map(attachment)),
  );
}

function tools(message) {
  if (message.ephemeral) return null;
  const menus = world.state.commands.filter((command) => command.type === 3);
  const put = (name) => h("button", { type: "button", class: "quiet icon", "aria-label": `React with ${name}`, "data-key": `put ${name}`, on: { click: () => flip("/react", message, name) } }, name);
  const use = (menu) => h("button", { type: "button", class: "quiet", "data-key": `menu ${menu.name}`, on: { click: (event) => act("/message-command", { message: message.id, name: menu.name }, event.currentTarget) } }, menu.name);
  const carried = snapshots(message).flatMap((one) => one.attachments);
  const forward = h("button", { type: "button", class: "quiet", "data-key": "forward", on: { click: () => pass(message) } }, "Forward");
  const films = [...message.attachments, ...carried].some((file) => (file.content_type ?? "").startsWith("video/"));
  return h("div", { class: "tools", role: "group", "aria-label": "On this message" }, ["✅", "❌", "👀"].map(put), films && !message.author.bot && [forward, menus.map(use)]);
}

function head(message) {
  const member = memberNamed(message.author_name);
  const bot = Boolean(message.author.bot);
  return h("header", {},
    h("strong", { class: "name" }, message.author_name),
    bot && h("span", { class: "tag" }, "APP"),
    !bot && member?.roles[0] && h("span", { class: "role" }, member.roles[0]),
    instant(Date.parse(message.timestamp), "t"),
    message.edited_timestamp && h("span", { class: "edited", title: `Changed at ${new Date(message.edited_timestamp).toLocaleTimeString()}` }, "edited"),
  );
}

function above(message) {
  if (message.invoked) {
    return h("p", { class: "above" }, h("b", {}, message.invoked.member), " used ", h("code", {}, message.invoked.with));
  }
  const original = message.referenced_message;
  if (original) return h("p", { class: "above" }, "in reply to ", h("b", {}, original.author.global_name ?? original.author.username), ` ${(original.content ?? "").slice(0, 60)}`);
  return null;
}

function below(message) {
  const rows = [];
  if (message.reactions?.length) rows.push(h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map((one) => reaction(message, one))));
  if (message.thread) {
    const count = channelOf(message.thread.id)?.messages ?? 0;
    rows.push(h("button", { type: "button", class: "thread", "data-key": "thread", on: { click: () => openChannel(message.thread.id) } }, h("b", {}, message.thread.name), ` ${count} message${count === 1 ? "" : "s"} ›`));
  }
  if (message.ephemeral) {
    const dismiss = () => {
      world.dismissed.add(message.id);
      tell("discord");
    };
    rows.push(h("p", { class: "private" }, "Only you can see this · ", h("button", { type: "button", class: "plain", on: { click: dismiss } }, "Dismiss message")));
  }
  return rows;
}

function body(message) {
  if (message.thinking) return h("p", { class: "thinking", role: "status" }, `${message.author_name} is thinking`, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
  return [
    message.content && h("div", { class: "words" }, markdown(message.content)),
    snapshots(message).map(forwarded),
    h("div", { class: "pair" }, message.attachments.length > 0 && h("div", { class: "files" }, message.attachments.map(attachment)), message.embeds.map(embed)),
    message.components.map((one) => component(message, one)),
  ];
}

function draw(message, goes) {
  const bot = Boolean(message.author.bot);
  const classes = ["message", message.ephemeral && "ephemeral", goes && "follows"].filter(Boolean).join(" ");
  return h("li", { class: classes, "data-id": message.id, id: `message-${message.id}` },
    above(message),
    face(message.author_name, memberNamed(message.author_name)?.colour, bot),
    h("div", { class: "said" }, !goes && head(message), body(message), below(message)),
    tools(message),
  );
}

/** Does a message go on where the one before left off? */
function goesOn(message, before) {
  if (!before || message.invoked || message.referenced_message || before.ephemeral || message.ephemeral) return false;
  return before.author.id === message.author.id && Date.parse(message.timestamp) - Date.parse(before.timestamp) < 7 * 60e3;
}

/** Everything that shows; a link's signature does not, but an old link is renewed twice a day. */
function signature(message, goes) {
  const count = message.thread ? channelOf(message.thread.id)?.messages : 0;
  const shown = JSON.stringify(message, (key, value) => (typeof value === "string" ? value.replace(/\?ex=[^"\s]*/, "") : value));
  return [shown, goes, count, world.who, Math.floor(now() / 432e5)].join("|");
}

const drawn = new Map();

/** Does the view follow the end? It does until the person scrolls up. */
let follows = true;

function toTheEnd() {
  const scroller = $("#scroller");
  if (follows) scroller.scrollTop = scroller.scrollHeight;
}

function redraw() {
  const list = $("#messages");
  const shown = world.messages.filter((message) => !world.dismissed.has(message.id));
  const ids = new Set(shown.map((message) => message.id));
  for (const [id, { node }] of drawn) {
    if (!ids.has(id)) {
      node.remove();
      drawn.delete(id);
    }
  }
  shown.forEach((message, index) => place(list, message, index, goesOn(message, shown[index - 1])));
  list.classList.toggle("empty", shown.length === 0);
  toTheEnd();
}

function place(list, message, index, goes) {
  const sign = signature(message, goes);
  const known = drawn.get(message.id);
  let node = known?.node;
  if (!known || known.sign !== sign) {
    node = draw(message, goes);
    if (known) {
      const key = known.node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      known.node.replaceWith(node);
      if (key) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    }
    drawn.set(message.id, { sign, node });
  }
  if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
}

export function beginMessages() {
  when("discord", redraw);
  when("channel", () => {
    drawn.clear();
    fill($("#messages"));
    follows = true;
  });
  const scroller = $("#scroller");
  let last = 0;
  scroller.addEventListener("scroll", () => {
    const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    follows = near || (follows && scroller.scrollTop >= last);
    last = scroller.scrollTop;
  });
  // A picture or a video that gets its size late pushes the end away; so does a composer that grows.
  const watch = new ResizeObserver(toTheEnd);
  watch.observe($("#messages"));
  watch.observe(scroller);
}
