// Small things every part of the page uses: elements, requests, complaints.

/** Makes an element. `on` holds listeners, `style` custom properties; `false`, `null` and `undefined` leave a property out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "style") {
      for (const [property, given] of Object.entries(value)) element.style.setProperty(property, given);
    } else if (name === "value" || name === "muted" || name === "checked") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

export const $ = (selector) => document.querySelector(selector);

/** A wish that was not granted; its message is a sentence for people. */
export class Refused extends Error {}

/** Asks the sandbox; gives the JSON of the answer. */
export async function ask(path, { method = "GET", body, form } = {}) {
  const request = { method, headers: {} };
  if (body !== undefined) {
    request.headers["content-type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  if (form) request.body = form;
  let answer;
  try {
    answer = await fetch(`/__sandbox${path}`, request);
  } catch {
    throw new Refused("The sandbox does not answer. Is the program still running?");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(said.error ? sentence(said.error) : `The sandbox answered ${answer.status}.`);
  return said;
}

/** The beginning of a sentence is a capital, its end a full stop. */
export function sentence(words) {
  const whole = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/** Shows a sentence for a while at the edge of the page. */
export function toast(words, kind = "trouble") {
  const box = $("#toasts");
  const close = h("button", { type: "button", class: "quiet icon", "aria-label": "Close this message" }, "✕");
  const one = h("div", { class: `toast ${kind}`, role: kind === "trouble" ? "alert" : "status" }, h("p", {}, words), close);
  close.addEventListener("click", () => one.remove());
  box.append(one);
  while (box.children.length > 4) box.firstElementChild.remove();
  setTimeout(() => one.remove(), 9000);
}

/** Does something and tells the person when it could not be done. Gives back whether it could. */
export async function attempt(act) {
  try {
    await act();
    return true;
  } catch (trouble) {
    if (!(trouble instanceof Refused)) throw trouble;
    toast(trouble.message);
    return false;
  }
}

export function bytes(count) {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${(count / 1e3).toFixed(count < 1e4 ? 1 : 0)} kB`;
  return `${(count / 1e6).toFixed(1)} MB`;
}

/** The SHA-256 of a file in hex, where the browser lets a page compute it. */
export async function fingerprint(file) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A round mark with somebody's initial. */
export function face(name, colour, bot = false) {
  return h("span", { class: bot ? "face bot" : "face", "aria-hidden": "true", style: colour ? { "--tint": colour } : undefined }, bot ? "G" : name.charAt(0).toUpperCase());
}
