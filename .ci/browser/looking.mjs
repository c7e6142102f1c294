// How things stand: what is coming, what was done, how it did, and who to ask.

import { be, begin, choose, go, out, said, send } from "./person.mjs";
import { picture, step } from "./steps.mjs";

export async function howItStands(page) {
  await step("the queue shows what is coming", async () => {
    await be(page, "mia");
    await go(page, "general");
    await send(await begin(page, "queue"));
    await said(page, "Page 1 of 1").waitFor();
    await picture(page, "queue");
  });
  await step("the calendar is a picture", async () => {
    await send(await begin(page, "calendar"));
    await drawn(said(page, "days and times of"));
    await picture(page, "calendar");
  });
  await step("a post is shown as it stands", async () => {
    await command(page, "post show", "2");
    await said(page, "Blue hour").waitFor();
    await picture(page, "post-show");
  });
  await step("and who did what to it", async () => {
    await command(page, "post history", "2");
    await said(page, "History of #2").waitFor();
    await picture(page, "post-history");
  });
}

async function command(page, name, post) {
  const form = await begin(page, name);
  await choose(form, "post", post, `#${post}`);
  await send(form);
}

/** Waits for the picture of a message, and that it is one. */
async function drawn(message) {
  const image = message.locator(".image img, img.large");
  await image.waitFor();
  const width = await image.evaluate((one) => one.decode().then(() => one.naturalWidth));
  if (width < 600) throw new Error(`the picture is ${width} pixels wide`);
}

/** Two mornings: the first has nothing to compare its numbers with. */
export async function morning(page) {
  await step("rui approves what the slot is for", async () => {
    await be(page, "rui");
    await go(page, "review");
    const card = page.locator("#messages .message", { hasText: "A very small one" });
    await card.locator('button[data-label="Approve"]').click();
    await said(page, "Approved by rui").filter({ hasText: "A very small one" }).waitFor();
  });
  await step("the next morning the digest is in its channel", async () => {
    await go(page, "digest");
    await page.getByRole("button", { name: "To 09:00" }).click();
    await drawn(page.locator("#messages .message", { hasText: "Digest ·" }).first());
    await picture(page, "digest");
  });
  await step("and another morning later its chart shows what came of it", async () => {
    await page.locator('[data-push="morning"]:not([aria-busy])').click();
    await drawn(page.locator("#messages .message", { hasText: "Digest ·" }).nth(1));
    await page.locator('[data-push="morning"]:not([aria-busy])').waitFor();
    await out(page, 3);
    await picture(page, "digest-later");
  });
  await step("anybody looks at it any time", async () => {
    await be(page, "noa");
    await go(page, "general");
    await send(await begin(page, "digest"));
    await drawn(said(page, "Digest ·"));
    await picture(page, "digest-now");
  });
}

export async function help(page) {
  await step("noa asks for help", async () => {
    await be(page, "noa");
    await send(await begin(page, "help"));
    await said(page, "/schedule").waitFor();
    await picture(page, "help");
  });
  await step("and lives elsewhere", async () => {
    const form = await begin(page, "timezone");
    await choose(form, "zone", "lisbon", "Lisbon");
    await send(form);
    await said(page, "Europe/Lisbon").waitFor();
    await picture(page, "timezone");
  });
}
