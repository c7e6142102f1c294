// The first post, as the guide on the page leads through it, and the same page as others have it.

import { be, go } from "./person.mjs";
import { picture, step } from "./steps.mjs";

export async function firstPost(page, address, expected) {
  await step("the page opens and the bot is online", async () => {
    await page.goto(address);
    await page.getByText("Greenroom is online").waitFor();
    await picture(page, "open");
  });
  await step("mia fills the command in", async () => {
    await page.getByRole("button", { name: "Try it with a sample clip" }).click();
    const form = page.getByRole("form", { name: "/schedule" });
    await form.waitFor();
    if (process.env.CLIP) await form.locator('input[type="file"]').setInputFiles(process.env.CLIP);
    await picture(page, "command");
    await form.getByRole("button", { name: "Send" }).click();
  });
  await step("mia chooses who may see it and submits", async () => {
    const audience = page.locator("#messages").getByRole("combobox").first();
    await audience.waitFor();
    await picture(page, "composer");
    await audience.selectOption("PUBLIC_TO_EVERYONE");
    await page.locator('#messages button[data-label="Submit for review"]:not([disabled])').click();
    await page.getByRole("button", { name: "Be rui, open #review" }).waitFor();
    await picture(page, "submitted");
  });
  await step("rui watches it and approves with the reaction", async () => {
    await page.getByRole("button", { name: "Be rui, open #review" }).click();
    const mark = page.locator('#messages .reaction[data-emoji="✅"]').last();
    await mark.waitFor();
    await page.locator("#messages video").last().evaluate((video) => (video.muted = true, video.play()));
    await picture(page, "review");
    await mark.click();
    await page.getByRole("button", { name: "Push to what is due next" }).waitFor();
    await picture(page, "approved");
  });
  await step("the clock is pushed to the due time and the post is on TikTok", async () => {
    await page.getByRole("button", { name: "Push to what is due next" }).click();
    await page.locator('#feed .post[data-state="good"]').waitFor();
    await page.getByText("4 of 4").waitFor();
    await picture(page, "posted");
  });
  await step("the fingerprint is the file's", async () => {
    const posts = page.locator("#feed .post");
    if ((await posts.count()) !== 1) throw new Error(`${await posts.count()} posts arrived instead of one`);
    const shown = await posts.locator("[data-sha256]").textContent();
    if (shown !== expected) throw new Error(`the phone shows ${shown}, the file is ${expected}`);
  });
}

/** The same page as others have it: a phone, the dark, a thread. */
export async function otherEyes(page) {
  await step("the thread of the post opens", async () => {
    await be(page, "mia");
    await go(page, "review");
    await page.locator("#messages .thread", { hasText: "#1 " }).click();
    await page.getByText("A thread about one post").waitFor();
    await picture(page, "thread");
    await go(page, "review");
    await page.locator("#messages .embed").last().waitFor();
  });
  await step("the page fits a phone and the dark", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "dark");
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, "phone-team");
    for (const name of ["Guide", "TikTok"]) {
      await page.locator(".tabs").getByRole("button", { name }).click();
      await picture(page, `phone-${name.toLowerCase()}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) throw new Error(`the page is ${overflow} px wider than a phone`);
  });
}
