// A post that is declined and comes back better, and one that is held up by a pause.

import { be, begin, choose, go, handIn, out, press, said, send, submit } from "./person.mjs";
import { picture, step } from "./steps.mjs";

export async function declined(page) {
  let number;
  await step("mia hands a second clip in", async () => {
    await be(page, "mia");
    await go(page, "studio");
    const form = await begin(page, "schedule");
    await form.locator('[data-clip="evening-blue.mp4"]').click();
    await form.locator('[data-option="when"]').fill("in 2 hours");
    await form.locator('[data-option="caption"]').fill("Blue hour at the harbour, cofee in hand");
    await picture(page, "second-command");
    await send(form);
    number = await handIn(page);
    await picture(page, "second-submitted");
  });
  await step("rui declines it and says why", async () => {
    await be(page, "rui");
    await go(page, "review");
    await said(page, "cofee").waitFor();
    await press(page, "Decline");
    await page.locator("#form[open]").waitFor();
    await picture(page, "decline-form");
    await submit(page, { "Why should this not go out?": "It says “cofee”." });
    await said(page, "Declined by rui").waitFor();
    await picture(page, "declined");
  });
  await step("mia reads it in the thread and edits the post", async () => {
    await be(page, "mia");
    await page.locator("#messages .thread").last().click();
    await said(page, "It says “cofee”.").waitFor();
    await picture(page, "declined-thread");
    const form = await begin(page, "post edit");
    await choose(form, "post", number, `#${number}`);
    await send(form);
    await page.locator("#form[open]").waitFor();
    await picture(page, "edit-form");
    await submit(page, { Caption: "Blue hour at the harbour, coffee in hand ☕" });
    await said(page, `Post #${number} is changed and in review again`).waitFor();
    await picture(page, "edited");
  });
  await step("rui approves the new card with the button", async () => {
    await be(page, "rui");
    await go(page, "review");
    await said(page, "coffee in hand").waitFor();
    await press(page, "Approve");
    await said(page, "Approved by rui").waitFor();
    await picture(page, "approved-anew");
  });
}

export async function paused(page) {
  await step("rui pauses all publishing", async () => {
    const form = await begin(page, "pause");
    await form.locator('[data-option="reason"]').fill("The price on the sign is wrong");
    await send(form);
    await said(page, "All publishing is paused").waitFor();
    await picture(page, "paused");
  });
  await step("its time comes, and it is held", async () => {
    const held = said(page, "Held, because publishing is paused");
    // Until then something of the first post may be due, such as asking for its link.
    for (let leaps = 0; leaps < 5 && !(await held.isVisible()); leaps++) {
      await page.getByRole("button", { name: "Next due" }).click();
      await held.waitFor({ timeout: 5000 }).catch(() => {});
    }
    await held.waitFor();
    await out(page, 1);
    await picture(page, "held");
  });
  await step("rui resumes, and is asked what becomes of it", async () => {
    await send(await begin(page, "resume"));
    await said(page, "1 post is held").waitFor();
    await picture(page, "resumed");
  });
  await step("rui has it published now, and it is on TikTok", async () => {
    await press(page, "Publish #");
    await out(page, 2);
    await said(page, "Nothing is held any more").waitFor();
    await picture(page, "published-late");
  });
}
