// What a person does on the page, by hand: being somebody, going somewhere, typing commands, pressing what is there.

import { readFile } from "node:fs/promises";

/** Becomes somebody else, by the faces at the top. */
export async function be(page, name) {
  await page.locator("#people label", { hasText: name }).click();
  await page.locator(`#say[placeholder*=" as ${name},"]`).waitFor();
}

/** Opens a channel, by its name at the side. */
export async function go(page, channel) {
  await page.locator(`#channels .text[data-channel="${channel}"]`).click();
  await page.locator("#title", { hasText: `#${channel}` }).waitFor();
}

/** The newest message here that says so. */
export function said(page, words) {
  return page.locator("#messages .message", { hasText: words }).last();
}

/** Presses the newest button here that is called so, or starts so. */
export async function press(page, label) {
  await page.locator(`#messages button[data-label^="${label}"]:not([disabled])`).last().click();
}

/** Types a command as far as its options, and gives their form. */
export async function begin(page, command) {
  await page.locator("#say").fill(`/${command}`);
  await page.locator(`#commands [data-command="${command}"]`).waitFor();
  await page.locator("#say").press("Enter");
  const form = page.getByRole("form", { name: `/${command}`, exact: true });
  await form.waitFor();
  return form;
}

/** Types into an option and takes the offer that says so. */
export async function choose(form, option, typed, offer) {
  await form.locator(`[data-option="${option}"]`).fill(typed);
  await form.locator(".offers li", { hasText: offer }).first().click();
}

/** Sends a command off, once its options are filled in. */
export async function send(form) {
  await form.getByRole("button", { name: "Send" }).click();
  await form.waitFor({ state: "detached" });
}

/** Fills in the form that opened, field by field, and submits it. */
export async function submit(page, fields) {
  const form = page.locator("#form[open]");
  await form.waitFor();
  for (const [label, words] of Object.entries(fields)) await form.getByLabel(label).fill(words);
  await form.getByRole("button", { name: "Submit" }).click();
  await form.waitFor({ state: "hidden" });
}

/** Chooses who may see the newest draft and hands it in. Gives the post's number. */
export async function handIn(page, audience = "Everyone") {
  await page.locator("#messages").getByRole("combobox").last().selectOption({ label: audience });
  await press(page, "Submit for review");
  const answer = page.locator("#messages .message:last-child", { hasText: "Submitted as post #" });
  return /Submitted as post #(\d+)/.exec(await answer.textContent())[1];
}

/** A video of the member's own: the same picture as a sample, and other bytes. */
export async function film(name) {
  const clip = await readFile(new URL("../../src/sandbox/page/clips/evening-blue.mp4", import.meta.url));
  const mark = Buffer.from(name);
  // A box that players skip.
  const box = Buffer.concat([Buffer.alloc(4), Buffer.from("free"), mark]);
  box.writeUInt32BE(box.length);
  return { name, mimeType: "video/mp4", buffer: Buffer.concat([clip, box]) };
}

/** Says something, with files. */
export async function say(page, words, files = []) {
  if (files.length) await page.locator("#file").setInputFiles(files);
  await page.locator("#say").fill(words);
  await page.locator("#say").press("Enter");
  await said(page, files.at(-1)?.name ?? words).waitFor();
}

/** How many posts are out, by the phone. */
export async function out(page, count) {
  const posts = page.locator('#feed .post[data-state="good"]');
  await posts.nth(count - 1).waitFor();
  const found = await posts.count();
  if (found !== count) throw new Error(`${found} posts are out instead of ${count}`);
}
