// Whether every number is there: no screen, wide or narrow, shows a dash, nothing or a program's word for nothing where
// the tables have a value, and the list of themes shows the shares of likely segments that the table has.

import assert from "node:assert/strict";
import { goTo, settled, withPage } from "./browser.mjs";

const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };

/** What stands where a number should: words of programs, a dash before "of", an empty pair of brackets. */
const missing =
  /\b(NaN|undefined|Infinity)\b|^\s*null\s*$|\bnull\s*(%|of|segments|interviews)|\[object|–\s*(of|%|segments|interviews)|\(\s*(to\s*)?\)/;

/** Every text, label and tooltip that is shown. */
async function shownTexts(tab) {
  return tab.evaluate(() => {
    const main = document.querySelector("main") ?? document.body;
    const texts = [
      ...main.querySelectorAll("p, li, td, th, dt, dd, h1, h2, h3, caption, button, figcaption, text, span"),
    ]
      .filter((one) => !one.closest("script, style, blockquote, .quote") && !one.querySelector("p, li, td, button"))
      .map((one) => one.textContent ?? "");
    const labels = [...main.querySelectorAll("[aria-label], title, [title]")].map(
      (one) => one.getAttribute("aria-label") ?? one.getAttribute("title") ?? one.textContent ?? "",
    );
    return [...texts, ...labels];
  });
}

const everyNumber =
  (size, of) =>
  async ({ browser, studies, answerFiles }) => {
    const { page, table } = of === "demo" ? await studies.demo() : await studies.reviewed(await answerFiles());
    const themes = table("themes");
    const transcript = table("transcripts")[0].transcript_id;
    let texts = 0;
    return withPage(browser, page, size, async (tab) => {
      const pages = themes.slice(0, 6).map(({ theme }) => `themes/${encodeURIComponent(theme)}`);
      for (const view of [
        "overview",
        "themes",
        ...pages,
        "groups",
        "interviews",
        `interviews/${encodeURIComponent(transcript)}`,
        "together",
        "checks",
        "review",
      ]) {
        await goTo(tab, view);
        await settled(tab);
        const shown = await shownTexts(tab);
        texts += shown.length;
        const faults = shown.filter((text) => missing.test(text.replaceAll("\u00a0", " ")));
        assert.deepEqual(faults.slice(0, 5), [], `${view}: numbers that are missing`);
      }
      await goTo(tab, "themes");
      await settled(tab);
      const listed = await tab
        .locator("ul.theme-list > li")
        .evaluateAll((items) =>
          items.map((item) => [
            item.querySelector("a")?.textContent ?? "",
            item.querySelector("p.share")?.textContent ?? "",
          ]),
        );
      assert.equal(listed.length, themes.length, "every theme is listed");
      for (const [name, shown] of listed) {
        const { segments, share_likely: share } = themes.find(({ theme }) => theme === name);
        if (Number(segments) === 0) continue;
        const percent = /^([\d.]+)\s*%\s*\(/.exec(shown);
        assert.ok(percent, `${name} has its share of likely segments with an interval, not "${shown}"`);
        assert.ok(
          Math.abs(Number(percent[1]) - 100 * Number(share)) < 0.51,
          `${name}: ${shown}, in the table ${share}`,
        );
      }
      return `${texts} texts, ${listed.length} themes`;
    });
  };

export const checks = [
  ["no number is missing on any screen", everyNumber(wide, "demo")],
  ["no number is missing on a telephone", everyNumber(narrow, "demo")],
  ["no number is missing once people have reviewed", everyNumber(wide, "reviewed")],
];
