// Reviews with odd names: of coders, of themes; with keyboards of other scripts; with single keys off; and on a page
// without a sample.

import assert from "node:assert/strict";
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
  title,
  withReview,
  words,
} from "./reviewing.mjs";
import { columnWords } from "./tables.mjs";

const hostile = [
  "__proto__",
  "constructor",
  "<script>alert(1)</script>",
  "a".repeat(200),
  "ضغط العمل؛ كثير",
  "7",
  "none of these",
  "</script><img src=x onerror=alert(1)>",
  "a;b/c",
  "ten",
  "eleven",
];

/** @type {Array<[string, RegExp]>} */
const refused = [
  ["   ", /Type a name/],
  ["a".repeat(61), /too long/],
  ["a".repeat(200), /too long/],
  ["Ana; Ben", /semicolon/],
  ["A\u0001b", /control/],
  ["A\u0085\u009fb", /control/],
  [" / ", /letter or a digit/],
];
const accepted = [
  ["<script>alert(1)</script>", "emic-review-script-alert-1-script.json"],
  ["constructor", "emic-review-constructor.json"],
  ["__proto__", "emic-review-proto.json"],
  ["ليلى حسن", "emic-review-ليلى-حسن.json"],
  ["Ben/../x", "emic-review-Ben-x.json"],
  ["😀".repeat(30) + "a".repeat(30), `emic-review-${"a".repeat(30)}.json`],
];

export const checks = [
  [
    "names of coders: odd ones are kept apart, impossible ones are refused in a sentence",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        for (const [name, sentence] of refused) {
          await signIn(tab, name);
          assert.match(await words(tab, ".review-refusal"), sentence, name);
          assert.equal(await tab.locator(".review-desk").count(), 0);
        }
        for (const [name, file] of accepted) {
          await begin(tab, name);
          assert.match(await progress(tab), /^0 of/, name);
          await press(tab, "1", "Enter");
          const saved = await savedReview(tab, scratch);
          assert.equal(saved.name, file);
          assert.equal(saved.file.coder, name);
          assert.equal(saved.file.answers.length, 1);
          await reload(tab);
          assert.match(await progress(tab), /^1 of/, name);
          await changeCoder(tab);
        }
      });
    },
  ],

  [
    "hostile names of themes are text, in the page and in the file",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      const path = changedPage(page, scratch, "hostile", (study) => {
        const columns = study.tables.themes.columns;
        const names = columnWords(columns.theme);
        columns.theme = names.map((name, at) => hostile[at] ?? name);
        columns.kind = names.map((_, at) => (at < hostile.length ? "seed" : "emergent"));
        study.title = "<script>alert(1)</script>";
      });
      let saved;
      await withReview(browser, path, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        await press(tab, "1", "2", "3", "4", "5", "6", "7", "8", "9", "b", "c");
        assert.deepEqual(await switchedOn(tab), hostile);
        await press(tab, "Enter", "1", "Enter", "0");
        await reload(tab);
        await press(tab, "ArrowLeft");
        assert.deepEqual(await switchedOn(tab), ["__proto__"]);
        await press(tab, "t");
        await tab.keyboard.type("<img src=x onerror=alert(1)>");
        await press(tab, "Enter");
        saved = await savedReview(tab, scratch);
        assert.deepEqual(
          saved.file.answers.map((answer) =>
            Object.entries(answer.themes)
              .filter(([, applies]) => applies)
              .map(([theme]) => theme)
              .sort(),
          ),
          [[...hostile].sort(), ["__proto__"], []],
        );
        assert.equal(Object.keys(saved.file.answers[1].themes).length, hostile.length);
        await tab.getByRole("button", { name: "One theme's quotes" }).click();
        await tab.locator(".review-choice select").selectOption("__proto__");
        await tab.locator(".review-talk").focus();
        await press(tab, "r");
        assert.match(await progress(tab), /^1 of/);
        assert.deepEqual(Object.entries((await savedReview(tab, scratch)).file.answers[3].themes), [
          ["__proto__", false],
        ]);
        assert.ok(
          await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          "nothing is wider than the page",
        );
      });
      await withReview(browser, path, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        await loadReview(tab, saved.path);
        assert.match(await title(tab), /^Segment 4 /, "it goes on where the file ends");
        await press(tab, "ArrowLeft", "ArrowLeft");
        assert.deepEqual(await switchedOn(tab), ["__proto__"]);
      });
    },
  ],

  [
    "keyboards of other scripts, held keys, single keys off",
    async ({ browser, studies }) => {
      const { page } = await studies.demo();
      await withReview(browser, page, async (computer) => {
        const tab = await computer.review();
        await begin(tab, "Ana");
        const pressed = (key, code, more = {}) =>
          tab.evaluate(
            ([key, code, more]) =>
              document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }),
              ),
            [key, code, more],
          );
        await pressed("ז", "KeyZ");
        await pressed("١", "Digit1");
        await pressed("&", "Digit2");
        assert.equal((await switchedOn(tab)).length, 2, "keys count by their place");
        await pressed("ψ", "KeyP");
        assert.equal((await switchedOn(tab)).length, 3);
        await pressed("p", "KeyP", { repeat: true });
        await pressed("1", "Digit1", { altKey: true });
        await pressed("1", "Digit1", { isComposing: true });
        assert.equal((await switchedOn(tab)).length, 3, "held keys and those with Alt do nothing");
        await press(tab, "?");
        assert.ok(await tab.locator("dialog.review-keys").isVisible());
        await press(tab, "3");
        await tab.getByLabel("Single keys are on").uncheck();
        await press(tab, "Escape", "3", "Enter");
        assert.equal((await switchedOn(tab)).length, 3);
        assert.match(await title(tab), /^Segment 1 /);
      });
    },
  ],

  [
    "a page without a sample says so and offers the quotes",
    async ({ browser, scratch, studies }) => {
      const { page } = await studies.demo();
      const path = changedPage(page, scratch, "without", (_, voices) => {
        voices.sample = null;
      });
      await withReview(browser, path, async (computer) => {
        const tab = await computer.review();
        await signIn(tab, "Ana");
        assert.match(await progress(tab), /decided$/, "without a sample the quotes are shown");
        await tab.getByRole("button", { name: "Blind sample" }).click();
        assert.match(await words(tab, ".review .note:visible"), /no blind sample, because this study has no segments/);
        await press(tab, "1", "Enter", "u", "m", "Control+s");
      });
    },
  ],
];
