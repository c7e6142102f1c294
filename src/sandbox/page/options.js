// One labelled input for each option of a command. Each knows its node, its value as Discord wants it, and its file.

import { Refused, ask, attempt, bytes, h } from "./dom.js";
import { world } from "./world.js";

/** Milliseconds without a key before the bot is asked what it offers. */
const PAUSE = 150;

let count = 0;

function entry(option, control, ...more) {
  control.id ||= `option-${(count += 1)}`;
  control.dataset.option = option.name;
  const words = `${control.id}-words`;
  control.setAttribute("aria-describedby", words);
  return h("div", { class: "entry" },
    h("label", { for: control.id }, h("code", {}, option.name), option.required && h("span", { class: "needed" }, " required")),
    control,
    more,
    h("p", { class: "hint", id: words }, option.description),
  );
}

function number(option, text) {
  const plain = text.trim().replace(/^#/, "").split(/\s/)[0];
  const value = Number(plain);
  if (plain === "" || !Number.isFinite(value)) throw new Refused(`\`${option.name}\` takes a number.`);
  return value;
}

const read = (option, text) => (option.type === 4 || option.type === 10 ? number(option, text) : text);

function plainText(option) {
  const numeric = option.type === 4 || option.type === 10;
  const input = h("input", {
    type: numeric ? "number" : "text",
    autocomplete: "off",
    required: option.required,
    minlength: option.min_length,
    maxlength: option.max_length,
    min: option.min_value,
    max: option.max_value,
    step: option.type === 10 ? "any" : null,
  });
  return { node: entry(option, input), input, value: () => (input.value === "" ? undefined : read(option, input.value)), set: (text) => (input.value = text) };
}

function listed(option, choices) {
  const list = h("select", { required: option.required }, h("option", { value: "" }, option.required ? "Choose" : "–"), choices.map((one, index) => h("option", { value: String(index) }, one.name)));
  const value = () => (list.value === "" ? undefined : choices[Number(list.value)].value);
  const set = (wanted) => (list.value = String(choices.findIndex((one) => one.value === wanted || one.name === wanted)));
  return { node: entry(option, list), input: list, value, set };
}

/** What the bot offers while somebody types, as a list under the input. */
function completed(option, context) {
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    required: option.required,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
  });
  input.id = `option-${(count += 1)}`;
  const list = h("ul", { class: "offers", role: "listbox", id: `${input.id}-list`, "aria-label": `Offers for ${option.name}`, hidden: true });
  input.setAttribute("aria-controls", list.id);
  let offers = [];
  let at = -1;
  let chosen = null;
  let timer = 0;
  let turn = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (one) => {
    chosen = one;
    input.value = one.name;
    close();
  };
  const show = () => {
    list.replaceChildren(...offers.map((one, index) => {
      const row = h("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": String(index === at) }, one.name);
      // Before the input loses the focus and closes the list.
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(one);
      });
      return row;
    }));
    list.hidden = offers.length === 0 || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    }
  };
  const load = async () => {
    const mine = (turn += 1);
    try {
      const said = await ask("/autocomplete", { method: "POST", body: { ...context(option.name), focused: option.name } });
      if (mine !== turn) return;
      offers = said.choices;
    } catch {
      // Discord says so in the list and lets people type on.
      offers = [];
    }
    at = -1;
    show();
  };
  input.addEventListener("input", () => {
    chosen = null;
    clearTimeout(timer);
    timer = setTimeout(load, PAUSE);
  });
  input.addEventListener("focus", load);
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    turn += 1;
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at = (at + step + offers.length) % offers.length;
      show();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(offers[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  const node = entry(option, input, list);
  node.classList.add("completed");
  const value = () => (chosen ? chosen.value : input.value === "" ? undefined : read(option, input.value));
  return { node, input, value, typed: () => input.value, set: (text) => (input.value = text) };
}

function upload(option) {
  const input = h("input", { type: "file", class: "visually-hidden", accept: option.name === "file" ? ".csv,text/csv" : null });
  const words = h("span", { class: "picked" });
  let file = null;
  const take = (given) => {
    file = given ?? null;
    words.textContent = file ? `${file.name} · ${bytes(file.size)}` : "";
    zone.classList.toggle("full", Boolean(file));
    remove.hidden = !file;
  };
  const remove = h("button", { type: "button", class: "quiet icon", "aria-label": "Take the file away", hidden: true, on: { click: () => take(null) } }, "✕");
  const samples = world.clips.map((clip) => h("button", { type: "button", class: "chip", title: clip.title, "data-clip": clip.name, on: { click: () => attempt(async () => take(await sample(clip))) } }, clip.title));
  const browse = h("button", { type: "button", class: "button secondary", on: { click: () => input.click() } }, "Choose a file");
  const zone = h("div", { class: "zone" }, h("div", { class: "line" }, browse, h("span", { class: "or" }, "or drop one here"), words, remove),
    option.name === "video" && h("div", { class: "line samples" }, h("span", {}, "Samples:"), samples));
  input.addEventListener("change", () => take(input.files[0]));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
  const node = entry(option, input, zone);
  node.classList.add("wide");
  return { node, input: browse, value: () => undefined, file: () => file, set: take };
}

/** A sample clip as if it had been chosen from a folder. */
export async function sample(clip) {
  const answer = await fetch(clip.url);
  if (!answer.ok) throw new Refused("The sample clip is not there.");
  return new File([await answer.blob()], clip.name, { type: clip.content_type });
}

const named = (list, mark) => list.map((one) => ({ name: `${mark}${one.name}`, value: one.id }));

/** The input for an option; `context` gives what an autocomplete is asked with. */
export function field(option, context) {
  if (option.choices?.length) return listed(option, option.choices);
  if (option.autocomplete) return completed(option, context);
  const { members, roles, channels } = world.state;
  const everyone = named(members, "@");
  const groups = named(roles.filter((role) => role.name !== "@everyone"), "@");
  switch (option.type) {
    case 5: return listed(option, [{ name: "yes", value: true }, { name: "no", value: false }]);
    case 6: return listed(option, everyone);
    case 7: return listed(option, named(channels.filter((place) => place.kind === "text"), "#"));
    case 8: return listed(option, groups);
    case 9: return listed(option, [...everyone, ...groups]);
    case 11: return upload(option);
    default: return plainText(option);
  }
}
