// Where people write: plain messages with files, and slash commands with their options.

import { $, Refused, ask, attempt, bytes, fill, h } from "./dom.js";
import { handle } from "./messages.js";
import { field } from "./options.js";
import { channelOf, refresh, remember, when, world } from "./world.js";

/** The slash commands this person may use, one entry for each that can be run. */
function commands() {
  const walk = (command, path) => {
    const inner = (command.options ?? []).filter((option) => option.type === 1 || option.type === 2);
    if (inner.length) return inner.flatMap((option) => walk(option, [...path, option.name]));
    return [{ path, title: path.join(" "), description: command.description, options: command.options ?? [] }];
  };
  const slash = (world.state?.commands ?? []).filter((command) => (command.type ?? 1) === 1);
  return slash.flatMap((command) => walk(command, [command.name]));
}

let offers = [];
let at = 0;
let files = [];
let open = null;

const input = () => $("#say");

function label() {
  const place = channelOf(world.channel);
  const name = !place ? "the channel" : place.kind === "thread" ? "the thread" : `#${place.name}`;
  input().placeholder = `Message ${name} as ${world.who}, or type / for commands`;
  input().setAttribute("aria-label", `Message ${name} as ${world.who}; type a slash for commands`);
}

function suggest() {
  const text = input().value;
  const list = $("#commands");
  if (!text.startsWith("/") || open) {
    offers = [];
  } else {
    const typed = text.slice(1).trimStart().toLowerCase();
    const all = commands();
    const first = all.filter((one) => one.title.startsWith(typed) || typed.startsWith(`${one.title} `));
    offers = [...first, ...all.filter((one) => !first.includes(one) && (one.title.includes(typed) || one.description.toLowerCase().includes(typed)))];
    at = Math.min(at, Math.max(0, offers.length - 1));
  }
  list.hidden = offers.length === 0;
  input().setAttribute("aria-expanded", String(!list.hidden));
  fill(list, offers.map((one, index) => {
    const row = h("li", { role: "option", id: `command-${index}`, "aria-selected": String(index === at), "data-command": one.title },
      h("b", {}, `/${one.title}`), h("span", {}, one.description), h("small", {}, one.options.filter((option) => option.required).map((option) => option.name).join(", ")));
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      use(one);
    });
    return row;
  }));
  if (offers.length) {
    input().setAttribute("aria-activedescendant", `command-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  } else {
    input().removeAttribute("aria-activedescendant");
  }
}

/** Opens a command with its options; `given` fills some in. */
function use(command, given = {}) {
  const context = (focused) => ({ as: world.who, channel: world.channel, name: command.path, options: values(fields, focused) });
  const inOrder = command.options.toSorted((one, other) => (other.type === 11) - (one.type === 11));
  const fields = inOrder.map((option) => ({ option, ...field(option, context) }));
  for (const one of fields) {
    if (given[one.option.name] !== undefined) one.set(given[one.option.name]);
  }
  open = command;
  const run = h("button", { type: "submit", class: "button primary" }, "Send");
  const wrong = h("p", { class: "wrong", role: "alert" });
  const form = h("form", { class: "options", "aria-label": `/${command.title}` },
    h("header", {}, h("b", {}, `/${command.title}`), h("span", {}, command.description)),
    h("div", { class: "grid" }, fields.map((one) => one.node)),
    wrong,
    h("div", { class: "controls end" }, h("button", { type: "button", class: "button secondary", on: { click: close } }, "Cancel"), run),
  );
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    run.setAttribute("aria-busy", "true");
    wrong.textContent = "";
    try {
      const answer = await send(command, fields);
      close();
      await handle(answer);
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      wrong.textContent = trouble.message;
    }
    run.removeAttribute("aria-busy");
  });
  fill($("#panel"), form);
  $("#panel").hidden = false;
  $("#writing").hidden = true;
  suggest();
  const first = fields.find((one) => given[one.option.name] === undefined && one.option.required) ?? fields[0];
  (Object.keys(given).length ? run : (first?.input ?? run)).focus();
}

/** The options that are filled in. While one is typed the others may still be wrong, and are then left out. */
function values(fields, focused) {
  const given = {};
  for (const one of fields) {
    if (one.option.name === focused) {
      given[focused] = one.typed();
      continue;
    }
    try {
      const value = one.value();
      if (value !== undefined) given[one.option.name] = value;
    } catch (trouble) {
      if (!focused) throw trouble;
    }
  }
  return given;
}

async function send(command, fields) {
  const request = { as: world.who, channel: world.channel, name: command.path, options: values(fields) };
  const attached = fields.filter((one) => one.file?.());
  if (!attached.length) return ask("/command", { method: "POST", body: request });
  const form = new FormData();
  form.append("request", new Blob([JSON.stringify(request)], { type: "application/json" }));
  for (const one of attached) {
    form.append(one.option.name, one.file(), one.file().name);
    await remember(one.file());
  }
  return ask("/command", { method: "POST", form });
}

function close() {
  open = null;
  fill($("#panel"));
  $("#panel").hidden = true;
  $("#writing").hidden = false;
  input().value = "";
  suggest();
  input().focus({ preventScroll: true });
}

function showFiles() {
  fill($("#waiting"), files.map((file, index) => h("span", { class: "chip" }, `${file.name} · ${bytes(file.size)} `, h("button", {
    type: "button",
    class: "quiet icon",
    "aria-label": `Take ${file.name} away`,
    on: { click: () => { files.splice(index, 1); showFiles(); } },
  }, "✕"))));
}

/** What was typed, as Discord sends it: `@` and a member's name is a mention. */
function mentioning(text) {
  const names = new Map(world.state.members.map((member) => [member.name.toLowerCase(), member.id]));
  return text.replace(/(?<![\p{L}\p{N}_])@([\p{L}\p{N}_.-]+)/gu, (typed, name) => {
    const id = names.get(name.toLowerCase());
    return id ? `<@${id}>` : typed;
  });
}

async function say() {
  const text = mentioning(input().value);
  if (!text.trim() && !files.length) return;
  const request = { as: world.who, channel: world.channel, text };
  const sent = await attempt(async () => {
    if (!files.length) return ask("/say", { method: "POST", body: request });
    const form = new FormData();
    form.append("request", new Blob([JSON.stringify(request)], { type: "application/json" }));
    for (const [index, file] of files.entries()) {
      form.append(`file${index}`, file, file.name);
      await remember(file);
    }
    return ask("/say", { method: "POST", form });
  });
  if (!sent) return;
  input().value = "";
  files = [];
  showFiles();
  await refresh();
  $("#scroller").scrollTop = $("#scroller").scrollHeight;
}

function keys(event) {
  if ($("#commands").hidden) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    at = (at + step + offers.length) % offers.length;
    suggest();
  } else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    use(offers[at]);
  } else if (event.key === "Escape") {
    input().value = "";
    suggest();
  }
}

/** Opens a command by its name, with some options filled in. */
export function start(name, given) {
  const command = commands().find((one) => one.title === name) ?? commands().find((one) => one.path[0] === name);
  if (!command) throw new Refused(`${world.who} is not offered \`/${name}\`. Is the bot online?`);
  use(command, given);
}

export function beginComposer() {
  input().addEventListener("input", () => {
    at = 0;
    suggest();
  });
  input().addEventListener("keydown", keys);
  input().addEventListener("blur", () => ($("#commands").hidden = true));
  input().addEventListener("focus", suggest);
  $("#writing").addEventListener("submit", (event) => {
    event.preventDefault();
    say();
  });
  $("#slash").addEventListener("click", () => {
    input().value = "/";
    input().focus();
    suggest();
  });
  $("#attach").addEventListener("click", () => $("#file").click());
  $("#file").addEventListener("change", () => {
    files.push(...$("#file").files);
    $("#file").value = "";
    showFiles();
  });
  const channel = $("#channel");
  channel.addEventListener("dragover", (event) => event.preventDefault());
  channel.addEventListener("drop", (event) => {
    event.preventDefault();
    if (open) return;
    files.push(...event.dataTransfer.files);
    showFiles();
  });
  document.addEventListener("use-command", (event) => attempt(async () => start(event.detail)));
  when("discord", label);
  when("who", () => open && close());
  when("channel", label);
}
