// Other ways in: a weekly slot, the menu of a message, and a file with many rows.

import { be, begin, choose, film, go, handIn, press, said, say, send, submit } from "./person.mjs";
import { picture, step } from "./steps.mjs";

export async function nextSlot(page) {
  await step("rui sets weekly slots", async () => {
    await be(page, "rui");
    await go(page, "general");
    const form = await begin(page, "slots set");
    await form.locator('[data-option="day"]').selectOption({ label: "every day" });
    // Half a day away from what is out already, whatever the hour.
    const hour = Number.parseInt(await page.locator(".clock [data-clock]").textContent(), 10);
    await form.locator('[data-option="time"]').fill(`${(hour + 12) % 24}:00`);
    await send(form);
    await said(page, "7 weekly slots added").waitFor();
    await picture(page, "slots");
  });
  await step("mia takes the next slot", async () => {
    await be(page, "mia");
    await go(page, "studio");
    const form = await begin(page, "schedule");
    await form.locator('[data-clip="small-one.webm"]').click();
    await form.locator('[data-option="caption"]').fill("A very small one");
    await form.locator('[data-option="when"]').fill("next slot");
    await form.locator(".offers li:first-child", { hasText: "next slot" }).waitFor();
    await picture(page, "next-slot-offer");
    await choose(form, "when", "next slot", "next slot");
    await send(form);
    await handIn(page);
    await picture(page, "next-slot-submitted");
  });
}

export async function fromMessage(page) {
  await step("mia sends a video as a message", async () => {
    await say(page, "Foam art, first try. Post it if you like it", [await film("foam-art.mp4")]);
    await picture(page, "message");
  });
  await step("ada schedules it from the menu of the message", async () => {
    await be(page, "ada");
    const message = said(page, "foam-art.mp4");
    await message.hover();
    await picture(page, "message-menu");
    await message.getByRole("button", { name: "Schedule on TikTok" }).click();
    await page.locator("#form[open]").waitFor();
    await picture(page, "message-form");
    await submit(page, { When: "in 3 days 12:00", Caption: "Foam art, first try" });
    await handIn(page, "Friends");
    await picture(page, "message-submitted");
  });
}

export async function bulk(page) {
  await step("mia asks for an example", async () => {
    await be(page, "mia");
    await send(await begin(page, "bulk"));
    await said(page, "example.csv").waitFor();
    await picture(page, "bulk-example");
  });
  await step("mia sends two videos and a file with a row for each", async () => {
    await say(page, "@Greenroom the next two", [await film("beans.mp4"), await film("grinder.mp4")]);
    await said(page, "the next two").locator(".mention", { hasText: "@Greenroom" }).waitFor();
    const form = await begin(page, "bulk");
    const rows = ["when,video,caption,privacy", "in 4 days 12:00,beans.mp4,New beans are in,everyone", "in 5 days 12:00,grinder.mp4,\"Fresh, every morning\",everyone"];
    await form.locator('input[type="file"]').setInputFiles({ name: "week.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
    await picture(page, "bulk-command");
    await send(form);
    await said(page, "2 rows can be scheduled").waitFor();
    await picture(page, "bulk-checked");
  });
  await step("mia schedules both, and the reviewers get a card each", async () => {
    await press(page, "Schedule 2 rows");
    await said(page, "Submitted 2 posts").waitFor();
    await picture(page, "bulk-submitted");
    await be(page, "rui");
    await go(page, "review");
    for (const caption of ["New beans are in", "Fresh, every morning"]) await said(page, `Caption · ${caption.length} / 2200`).filter({ hasText: caption }).waitFor();
    await picture(page, "bulk-cards");
    await said(page, "2 posts from week.csv").scrollIntoViewIfNeeded();
    await picture(page, "bulk-summary");
  });
}
