// The whole story, from the first post on, as people click it through on the sandbox's page, in a headless Chromium.
//
//   node .ci/browser.mjs ADDRESS SCREENSHOTS
//
// ADDRESS is what `greenroom sandbox` prints; SCREENSHOTS is a folder for the pictures. In the environment:
// PLAYWRIGHT_CORE, the folder of that package (installed outside the project); CHROMIUM, the browser, /usr/bin/chromium
// when left out; CLIP, a video to hand in first instead of the page's own sample.
// It ends with 1 when a step fails or the browser complained about anything.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { firstPost, otherEyes } from "./browser/first.mjs";
import { bulk, fromMessage, nextSlot } from "./browser/handing-in.mjs";
import { help, howItStands, morning } from "./browser/looking.mjs";
import { declined, paused } from "./browser/review.mjs";
import { keepPicturesIn, picture } from "./browser/steps.mjs";

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
keepPicturesIn(folder);
const complaints = [];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: flags,
  viewport: { width: 1440, height: 900 },
  timezoneId: "Europe/Berlin",
  locale: "en-GB",
});
browser.setDefaultTimeout(PATIENCE);

function listen(page) {
  page.on("console", (message) => message.type() === "error" && complaints.push(`${message.text()} ${message.location().url ?? ""}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What the file is, before it goes anywhere. */
async function original() {
  if (process.env.CLIP) return sha256(await readFile(process.env.CLIP));
  const { clips } = await (await fetch(new URL("/__sandbox/clips", address))).json();
  return sha256(Buffer.from(await (await fetch(new URL(clips[0].url, address))).arrayBuffer()));
}

let failed = null;
const page = browser.pages()[0] ?? (await browser.newPage());
listen(page);
try {
  await firstPost(page, address, await original());
  for (const chapter of [declined, paused, nextSlot, fromMessage, bulk, howItStands, morning, help, otherEyes]) await chapter(page);
} catch (error) {
  failed = error;
  await picture(page, "failed").catch(() => {});
}
await browser.close();
await rm(profile, { recursive: true, force: true });
for (const complaint of complaints) console.error(`the browser complains: ${complaint}`);
if (failed) console.error(failed);
process.exit(failed || complaints.length ? 1 : 0);
