// What the story is made of: steps with a time, and pictures with a number.

import { join } from "node:path";

let folder = ".";
let pictures = 0;

/** Where pictures are put from now on. */
export function keepPicturesIn(place) {
  folder = place;
}

export async function picture(page, name) {
  pictures += 1;
  await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, "0")}-${name}.png`) });
}

export async function step(words, act) {
  const began = Date.now();
  await act();
  console.log(`${words} (${Date.now() - began} ms)`);
}
