// Reviews over several sittings: on another computer, in two tabs, where the browser keeps nothing, after another run.
// Nothing is lost in any.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { press } from "./browser.mjs";
import {
  begin,
  changeCoder,
  changedPage,
  loadReview,
  progress,
  reload,
  savedReview,
  signIn,
  switchedOn,
  told,
  withReview,
  words,
} from "./reviewing.mjs";

const refusal = (tab) => words(tab, ".review-saving .review-refusal");

/** Ana answers five segments; gives her file. */
async function anaBegins(tab, folder) {
  await begin(tab, "Ana");
  await press(tab, "0", "Enter", "1", "Enter", "2", "Enter", "0", "Enter", "1", "Enter");
  return savedReview(tab, folder);
}

export const checks = [
  [
    "a file goes on on another computer, and what is no such file is refused",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      let ana;
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        ana = await anaBegins(tab, scratch);
        await changeCoder(tab);
        await begin(tab, "Ben");
        await loadReview(tab, ana.path);
        assert.match(await refusal(tab), /another coder/);
        assert.ok(!(await words(tab, ".review")).includes("Ana"), "a refused file does not tell its coder");
      });
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        await loadReview(tab, ana.path);
        assert.match(await told(tab), /^5 answers taken from the file/);
        assert.match(await progress(tab), /^5 of/);
        assert.equal(await words(tab, ".review-unsaved"), "All answers are in a saved file.");
        assert.equal(
          (await savedReview(tab, scratch)).text,
          readFileSync(ana.path, "utf8"),
          "what was loaded is saved the same",
        );
        // Later answers win over the file.
        await tab.locator(".review-all summary").click();
        await tab.locator(".review-jump").first().click();
        assert.deepEqual(await switchedOn(tab), ["None of these"]);
        await press(tab, "1");
        await loadReview(tab, ana.path);
        assert.match(await told(tab), /holds nothing newer/);
        assert.equal((await switchedOn(tab)).includes("None of these"), false);
        const whole = JSON.parse(readFileSync(ana.path, "utf8"));
        /** @type {Array<[string, RegExp]>} */
        const refused = [
          ["{", /not a file that this page saved/],
          ["[]", /not a file that this page saved/],
          [JSON.stringify({ ...whole, emic_review: 2 }), /newer Emic/],
          [JSON.stringify({ ...whole, coder: "Ben" }), /another coder/],
          [
            JSON.stringify({ ...whole, answers: [{ ...whole.answers[0], themes: { a: "yes" } }] }),
            /Answer 1 of the file is damaged/,
          ],
          [
            JSON.stringify({ ...whole, answers: [whole.answers[0], { ...whole.answers[0], order: 1e300 }] }),
            /Answer 2 of the file is damaged/,
          ],
          [
            JSON.stringify({ ...whole, run: "0".repeat(16), answers: [{ ...whole.answers[0], text: "other words" }] }),
            /No answer of this file/,
          ],
        ];
        for (const [content, sentence] of refused) {
          const path = join(scratch, "wrong.json");
          writeFileSync(path, content);
          await loadReview(tab, path);
          assert.match(await refusal(tab), sentence);
          assert.match(await progress(tab), /^5 of/, "a refused file changes nothing");
        }
      });
    },
  ],

  [
    "two tabs lose nothing",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      await withReview(browser, page, async (computer) => {
        const one = await computer.review();
        await begin(one, "Ana");
        const other = await computer.review();
        await other.waitForSelector(".review-title");
        const answered = (tab, count) =>
          tab.waitForFunction(
            (count) => document.querySelector(".review-done").textContent.startsWith(`${count} of`),
            count,
          );
        await press(one, "1");
        await answered(other, 1);
        await other.bringToFront();
        await press(other, "ArrowRight", "0", "ArrowRight", "2");
        await one.bringToFront();
        await answered(one, 3);
        await press(one, "2");
        await answered(other, 3);
        const { file } = await savedReview(one, scratch);
        assert.deepEqual(
          file.answers.map((answer) => Object.values(answer.themes).filter(Boolean).length),
          [2, 0, 1],
        );
        await other.waitForFunction(
          () => document.querySelector(".review-unsaved").textContent === "All answers are in a saved file.",
        );
        // Written over in the same moment: the tab that knows more writes again.
        const key = await other.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith("emic-review/")));
        await other.evaluate((key) => localStorage.setItem(key, JSON.stringify({ answers: [] })), key);
        await other.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).answers.length === 3, key);
      });
    },
  ],

  [
    "a full storage and a forbidden one are told at once",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      const full = () => {
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (key.startsWith("emic-review/")) throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, key, value);
        };
      };
      const forbidden = () => {
        Object.defineProperty(window, "localStorage", {
          get: () => {
            throw new DOMException("no", "SecurityError");
          },
        });
      };
      for (const before of [full, forbidden]) {
        await withReview(
          browser,
          page,
          async (computer) => {
            const tab = await computer.review();
            await begin(tab, "Ana");
            await press(tab, "1", "Enter");
            assert.match(await words(tab, ".review-saving .note.bad"), /Save a file now/);
            // The answers outlive a change of coder even so.
            await changeCoder(tab);
            await begin(tab, "Ben");
            assert.match(await progress(tab), /^0 of/);
            await changeCoder(tab);
            await signIn(tab, "Ana");
            assert.match(await progress(tab), /^1 of/);
            assert.equal((await savedReview(tab, scratch)).file.answers.length, 1);
            const earlier = computer.warned;
            await press(tab, "2");
            await tab.reload();
            assert.equal(computer.warned, earlier + 1, "closing is warned about");
          },
          before,
        );
      }
    },
  ],

  [
    "answers of an earlier run are taken over where the words are the same",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      const later = changedPage(page, scratch, "later", (study, voices) => {
        study.run = "00000000deadbeef";
        const segment = voices.sample.segments[1];
        const turn = voices.transcripts[voices.segments.transcript[segment]].talk[voices.segments.first[segment]];
        turn[5] = `Changed. ${turn[5]}`;
        voices.sample.segments.reverse();
        voices.sample.key = "page-later";
      });
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        await press(tab, "1", "Enter", "2", "Enter", "0", "m");
        await tab.keyboard.type("why");
        await press(tab, "Escape");
        await tab.close({ runBeforeUnload: false });
        const next = await computer.open(later, "review");
        // The browser knows who was signed in.
        await next.waitForSelector(".review-earlier");
        assert.match(await words(next, ".review-earlier"), /2 answers can be taken over.*1 more cannot/);
        await next.getByRole("button", { name: "Take over" }).click();
        assert.match(await progress(next), /^2 of/);
        const { file } = await savedReview(next, scratch);
        const drawn = file.sample.segments;
        assert.deepEqual(
          file.answers.map((answer) => [answer.row, answer.memo]),
          [
            [drawn - 2, "why"],
            [drawn, ""],
          ],
        );
        await reload(next);
        assert.equal(await next.locator(".review-earlier").count(), 0, "the offer is made once");
        // Nobody else is offered them.
        await changeCoder(next);
        await signIn(next, "Ben");
        assert.equal(await next.locator(".review-earlier").count(), 0);
      });
    },
  ],
];
