// The small things of a review: words of one's own, the list of segments, and stepping through one theme's quotes.

import assert from "node:assert/strict";
import { press } from "./browser.mjs";
import {
  begin,
  progress,
  reload,
  savedReview,
  signIn,
  switchedOn,
  title,
  told,
  withReview,
  words,
} from "./reviewing.mjs";
import { columnWords, dataOf } from "./tables.mjs";

export const checks = [
  [
    "words of one's own, marks, undo, and the list of segments",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      const { study } = dataOf(page);
      const seeds = columnWords(study.tables.themes.columns.theme).slice(0, study.counts.seed_themes);
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        await press(tab, "1", "Enter", "2");
        // Switching the last theme off opens the segment again; undo takes that back, and keys that are none do
        // nothing.
        await press(tab, "2");
        assert.deepEqual([await switchedOn(tab), (await progress(tab)).slice(0, 2)], [[], "1 "]);
        await press(tab, "u", "Shift", "F2");
        assert.deepEqual([await switchedOn(tab), (await progress(tab)).slice(0, 2)], [[seeds[1]], "2 "]);
        // The name of a theme switches that theme, however it is written.
        await press(tab, "t");
        await tab.keyboard.type(seeds[0].toUpperCase());
        await press(tab, "Enter");
        assert.deepEqual(await switchedOn(tab), [seeds[0], seeds[1]]);
        // Own words alone answer a segment; taken away, it is open again.
        await press(tab, "Enter", "t");
        await tab.keyboard.type("something else");
        await press(tab, "Enter");
        assert.deepEqual(await switchedOn(tab), ["None of these"]);
        await press(tab, "0");
        assert.deepEqual(await switchedOn(tab), ["None of these"], "with own words none stays");
        await tab.getByRole("button", { name: "Remove something else" }).click();
        await press(tab, "Escape");
        assert.match(await progress(tab), /^2 of/);
        await press(tab, "p", "m");
        await tab.keyboard.type("a memo, in which 1 and p are letters");
        await press(tab, "Escape");
        assert.deepEqual(
          (await savedReview(tab, scratch)).file.answers.map(({ row, paper, other }) => [row, paper, other]),
          [
            [1, false, []],
            [2, false, []],
            [3, true, []],
          ],
        );
        await tab.locator(".review-all summary").click();
        assert.match(
          await tab.locator(".review-list li:nth-child(3) .review-told").textContent(),
          /★ for the paper · memo/,
        );
        const drawn = await tab.locator(".review-list li:visible").count();
        await tab.getByLabel("Only those that are not answered").check();
        assert.equal(await tab.locator(".review-list li:visible").count(), drawn - 2);
        await tab.locator(".review-list li:visible button").nth(2).press("Enter");
        assert.match(await title(tab), /^Segment 5 /);
        await tab.getByRole("button", { name: "Next not answered" }).click();
        assert.match(await title(tab), /^Segment 6 /);
      });
    },
  ],

  [
    "one theme's quotes: accept, reject, add; the surest first; each theme keeps its place",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        await signIn(tab, "Ana");
        const quotes = tab.getByRole("button", { name: "One theme's quotes" });
        await quotes.press("Enter");
        const theme = await tab.locator(".review-choice select").inputValue();
        await press(tab, "a", "Enter", "r", "ArrowRight");
        // A press on the way that is gone already changes nothing; Enter on a button belongs to the button.
        await quotes.press("Enter");
        assert.match(await title(tab), /^Segment 3 of/);
        await tab.getByRole("button", { name: "Keys" }).press("Enter");
        await press(tab, "Escape");
        assert.match(await title(tab), /^Segment 3 of/);
        await press(tab, "a", "a", "2", "t");
        await tab.keyboard.type("of my own");
        await press(tab, "Enter", "0", "p");
        const { file } = await savedReview(tab, scratch);
        assert.ok(file.answers.every((answer) => answer.way === "theme" && answer.row === null));
        const decided = (decision) => file.answers.filter((answer) => answer.themes[theme] === decision);
        assert.deepEqual(
          [true, false, undefined].map((decision) => decided(decision).length),
          [1, 1, 1],
        );
        const [added] = decided(undefined);
        assert.deepEqual([Object.values(added.themes), added.other, added.paper], [[true], ["of my own"], true]);
        assert.match(await progress(tab), /^2 of \d+ decided$/);
        const another = await tab.locator(".review-choice option").nth(1).getAttribute("value");
        await tab.locator(".review-choice select").selectOption(another);
        assert.match(await title(tab), /^Segment 1 of/);
        const sure = async () => Number(/^\D*(\d+)/.exec((await words(tab, ".review-sure")).split(another)[1])[1]);
        const first = await sure();
        await tab.locator(".review-talk").focus();
        await press(tab, "ArrowRight");
        assert.ok(first >= (await sure()), "the surest come first");
        await tab.locator(".review-choice select").selectOption(theme);
        assert.match(await title(tab), /^Segment 3 of/);
        await reload(tab);
        assert.match(await title(tab), /^Segment 3 of/);
        assert.equal(await tab.locator(".review-choice select").inputValue(), theme);
        assert.match((await told(tab)) ?? "", /^/);
      });
    },
  ],
];
