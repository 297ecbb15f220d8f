// What people do on the part Review, in the words of checks: sign in, press keys, save a file, load one. And pages like
// a given one with their data changed, for cases that no study has.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newComputer, press } from "./browser.mjs";
import { dataOf } from "./tables.mjs";

/**
 * Does `work` on a computer of its own, which has `open()` for the part Review of a page. Fails where a page did wrong.
 */
export async function withReview(browser, page, work, before) {
  const computer = await newComputer(browser, { before });
  computer.review = async () => {
    const tab = await computer.open(page, "review");
    await tab.waitForSelector(".review");
    return tab;
  };
  try {
    await work(computer);
    await computer.close();
  } catch (error) {
    if (computer.faults.length) error.message += `\n  and the page: ${computer.faults.slice(0, 5).join("\n  ")}`;
    await computer.context.close().catch(() => {});
    throw error;
  }
}

export async function signIn(tab, name) {
  await tab.fill("#review-name", name);
  await tab.press("#review-name", "Enter");
}

/** Signs in and begins the sample. */
export async function begin(tab, name) {
  await signIn(tab, name);
  await tab.getByRole("button", { name: "Begin", exact: true }).press("Enter");
}

/** Reloads the page and waits for the segment that was shown. */
export async function reload(tab) {
  await tab.reload();
  await tab.waitForSelector(".review-title");
}

export const words = (tab, selector) => tab.locator(selector).innerText();
export const title = (tab) => words(tab, ".review-title");
export const progress = (tab) => words(tab, ".review-done");
/** What people who listen to the page were told last. */
export const told = (tab) => tab.locator("#announcements").textContent();
/** Names of the themes that are switched on, and of "None of these". */
export const switchedOn = (tab) =>
  tab.locator(".review-coding .review-switch[aria-pressed=true] .review-name").allTextContents();
export const changeCoder = (tab) => tab.getByRole("button", { name: "Change coder" }).click();

/** The file that the page saves: its name, where it is, its text and what it holds. */
export async function savedReview(tab, folder) {
  const [download] = await Promise.all([tab.waitForEvent("download"), press(tab, "Control+s")]);
  const name = download.suggestedFilename();
  const path = join(mkdtempSync(join(folder, "saved-")), name);
  await download.saveAs(path);
  const text = readFileSync(path, "utf8");
  return { name, path, text, file: JSON.parse(text) };
}

/** Gives a saved file to the page, and waits until it was taken or refused. */
export async function loadReview(tab, path) {
  await tab.evaluate(() => {
    document.querySelector("#announcements").textContent = "";
    for (const refusal of document.querySelectorAll(".review-saving .review-refusal")) refusal.textContent = "";
  });
  await tab.setInputFiles(".review-saving input[type=file]", path);
  await tab.waitForFunction(
    () =>
      document.querySelector("#announcements").textContent ||
      document.querySelector(".review-saving .review-refusal")?.textContent,
  );
}

/** A page like `page` with its data changed, in `folder`. */
export function changedPage(page, folder, name, change) {
  const { study, voices } = dataOf(page);
  change(study, voices);
  const safe = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
  let text = readFileSync(page, "utf8");
  for (const [id, value] of [
    ["emic-study", study],
    ["emic-voices", voices],
  ]) {
    text = text.replace(
      new RegExp(`(<script type="application/json" id="${id}">).*?(</script>)`, "s"),
      (_, open, close) => open + safe(value) + close,
    );
  }
  const path = join(mkdtempSync(join(folder, "changed-")), `${name}.html`);
  writeFileSync(path, text);
  return path;
}
