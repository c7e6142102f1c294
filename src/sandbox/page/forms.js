// A form the bot opens: a dialog.

import { $, Refused, ask, h } from "./dom.js";
import { world } from "./world.js";

/** The fields of a form, each with its label, whether they come in rows or in labels. */
function fields(modal) {
  return modal.components.flatMap((row) => {
    if (row.component) return [{ ...row.component, label: row.label, hint: row.description }];
    return (row.components ?? [row]).filter((one) => one.custom_id);
  });
}

function select(one) {
  const options = (one.options ?? []).map((option) => h("option", { value: option.value, selected: Boolean(option.default) }, option.label));
  const empty = one.required === false || !one.options?.some((option) => option.default);
  return h("select", { name: one.custom_id, required: one.required !== false, multiple: (one.max_values ?? 1) > 1 }, empty && h("option", { value: "" }, one.placeholder ?? "Choose"), options);
}

function text(one) {
  const common = {
    name: one.custom_id,
    required: one.required !== false,
    minlength: one.min_length,
    maxlength: one.max_length ?? 4000,
    placeholder: one.placeholder,
    value: one.value ?? "",
  };
  return one.style === 2 ? h("textarea", { ...common, rows: "5" }) : h("input", { ...common, type: "text", autocomplete: "off" });
}

function field(one, index) {
  const control = one.type === 4 ? text(one) : select(one);
  control.id = `field-${index}`;
  const count = h("span", { class: "count" });
  const tally = () => (count.textContent = control.maxLength > 0 && control.value ? `${control.value.length} / ${control.maxLength}` : "");
  control.addEventListener("input", tally);
  tally();
  return h("div", { class: "entry" },
    h("label", { for: control.id }, one.label ?? one.custom_id, one.required !== false && h("span", { class: "needed" }, " required"), count),
    one.hint && h("p", { class: "hint" }, one.hint),
    control,
  );
}

/** Shows a form; `handle` gets what the bot answers to it. */
export function openForm(interaction, modal, handle) {
  const dialog = $("#form");
  const wrong = h("p", { class: "wrong", role: "alert" });
  const send = h("button", { type: "submit", class: "button primary" }, "Submit");
  const form = h("form", {},
    h("h2", { id: "form-title" }, modal.title),
    fields(modal).map(field),
    wrong,
    h("div", { class: "controls end" }, h("button", { type: "button", class: "button secondary", on: { click: () => dialog.close() } }, "Cancel"), send),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.setAttribute("aria-busy", "true");
    const given = {};
    for (const [name, value] of new FormData(form)) given[name] = given[name] ? `${given[name]},${value}` : value.replace(/\r\n/g, "\n");
    try {
      const answer = await ask("/submit", { method: "POST", body: { as: world.who, interaction, fields: given } });
      dialog.close();
      await handle(answer);
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      wrong.textContent = trouble.message;
    } finally {
      send.removeAttribute("aria-busy");
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  form.querySelector("input, textarea, select")?.focus();
}
