// How things stand: what is coming, what was done, how it did, and who to ask.

import { be, begin, choose, go, said, send } from "./person.mjs";
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

export async function morning(page) {
  await step("the next morning the digest is in its channel", async () => {
    await be(page, "rui");
    await go(page, "digest");
    await page.getByRole("button", { name: "To 09:00" }).click();
    await drawn(said(page, "Digest ·"));
    await picture(page, "digest");
  });
  await step("and anybody looks at it any time", async () => {
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
