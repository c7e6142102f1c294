// The first post, as a person clicks it through on the sandbox's page, in a headless Chromium.
//
//   node .ci/browser.mjs ADDRESS SCREENSHOTS
//
// ADDRESS is what `greenroom sandbox` prints; SCREENSHOTS is a folder for the pictures. In the environment:
// PLAYWRIGHT_CORE, the folder of that package (installed outside the project); CHROMIUM, the browser, /usr/bin/chromium
// when left out; CLIP, a video to hand in instead of the page's own sample.
// It ends with 1 when a step fails or the browser complained about anything.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [address, folder] = process.argv.slice(2);
if (!address || !folder) {
  console.error("usage: node .ci/browser.mjs ADDRESS SCREENSHOTS");
  process.exit(2);
}
const playwright = process.env.PLAYWRIGHT_CORE ?? "playwright-core";
const { chromium } = createRequire(import.meta.url)(playwright);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** How long any one thing may take. */
const PATIENCE = 30_000;

const profile = await mkdtemp(join(tmpdir(), "sandbox-browser-"));
await mkdir(folder, { recursive: true });
const complaints = [];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: flags,
  viewport: { width: 1440, height: 900 },
  timezoneId: "Europe/Berlin",
  locale: "en-GB",
});
browser.setDefaultTimeout(PATIENCE);

let pictures = 0;

async function picture(page, name) {
  pictures += 1;
  await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, "0")}-${name}.png`) });
}

function listen(page) {
  page.on("console", (message) => message.type() === "error" && complaints.push(`${message.text()} ${message.location().url ?? ""}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
}

async function step(words, act) {
  const began = Date.now();
  await act();
  console.log(`${words} (${Date.now() - began} ms)`);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What the file is, before it goes anywhere. */
async function original() {
  if (process.env.CLIP) return sha256(await readFile(process.env.CLIP));
  const { clips } = await (await fetch(new URL("/__sandbox/clips", address))).json();
  return sha256(Buffer.from(await (await fetch(new URL(clips[0].url, address))).arrayBuffer()));
}

async function firstPost(page, expected) {
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
async function otherEyes(page) {
  await step("the thread of the post opens", async () => {
    await page.locator("#messages .thread").last().click();
    await page.getByText("A thread about one post").waitFor();
    await picture(page, "thread");
    await page.locator('#channels [data-channel="review"]').click();
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

let failed = null;
const page = browser.pages()[0] ?? (await browser.newPage());
listen(page);
try {
  await firstPost(page, await original());
  await otherEyes(page);
} catch (error) {
  failed = error;
  await picture(page, "failed").catch(() => {});
}
await browser.close();
await rm(profile, { recursive: true, force: true });
for (const complaint of complaints) console.error(`the browser complains: ${complaint}`);
if (failed) console.error(failed);
process.exit(failed || complaints.length ? 1 : 0);
