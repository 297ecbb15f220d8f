// The page of a large study: how large its file is, how soon it can be used, whether it says what it leaves out, and
// whether every part of it still works. Times are measured in the browser by its own clock, from the start of the
// navigation. Where other work keeps the machine busy the best of three openings counts, because other work can only
// make it slower.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { goTo, settled, withPage } from "./browser.mjs";
import { checkWords } from "./pictures.mjs";

const largest = 15e6;
const soonest = { usable: 2000, quotes: 1000 };

/**
 * In the page, before its own scripts: notes when the first picture has marks, clicks one, and notes when its quotes
 * can be read.
 */
function watchFirstClick() {
  const times = { drawn: 0, clicked: 0, answered: 0, quotes: 0 };
  window.emicTimes = times;
  const look = () => {
    const mark = document.querySelector('main .picture-drawn svg [role="button"]');
    if (!times.drawn && mark) {
      times.drawn = performance.now();
      // Only what waits in line before it can hold a click up.
      setTimeout(() => {
        /** @type {HTMLElement} */ (document.querySelector(".masthead-tools > button:last-of-type")).click();
        times.answered = document.querySelector("dialog.help[open]") ? performance.now() : NaN;
        /** @type {HTMLDialogElement} */ (document.querySelector("dialog.help")).close();
        setTimeout(() => {
          times.clicked = performance.now();
          mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }, 0);
      }, 0);
    }
    if (times.clicked && document.querySelector("dialog.drawer[open] blockquote")?.textContent) {
      // The next frame shows it.
      requestAnimationFrame(() => {
        times.quotes = performance.now();
      });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function measure({ browser, big }) {
  const runs = [];
  for (let turn = 0; turn < 3; turn += 1) {
    runs.push(
      await withPage(browser, big, { before: watchFirstClick }, async (tab) => {
        await tab.waitForFunction(() => window.emicTimes.quotes > 0);
        return tab.evaluate(() => window.emicTimes);
      }),
    );
  }
  const best = (time) => Math.round(Math.min(...runs.map(time)));
  return {
    drawn: best((run) => run.drawn),
    usable: best((run) => run.answered),
    quotes: best((run) => run.quotes - run.clicked),
  };
}

/** Where a page says how much of the study is not in it. */
async function checkLeftOut(tab) {
  const { complete, here, of } = await tab.evaluate(() => {
    const voices = JSON.parse(document.getElementById("emic-voices").textContent);
    return { complete: voices.complete, here: voices.segments.number.length, of: voices.of };
  });
  if (complete) return "all of it is in the page";
  const count = (number) => new RegExp(String(number).replace(/\B(?=(\d{3})+$)/g, "\\D?"));
  await goTo(tab, "overview?words=a");
  await tab.waitForFunction(() => document.querySelector("dialog.drawer[open] .told")?.textContent);
  assert.match(
    await tab.locator("dialog.drawer .told").textContent(),
    count(of.segments),
    "the drawer says of how many segments these are",
  );
  await goTo(tab, "interviews");
  assert.match(
    await tab.locator("main").innerText(),
    count(of.transcripts),
    "the interviews say of how many these are",
  );
  return `${here} of ${of.segments} segments are in the page`;
}

export const checks = [
  [
    "a large study: its page is small enough, and soon usable",
    async (world) => {
      if (!world.big) return "not given: --big PAGE.html";
      const { size } = statSync(world.big);
      assert.ok(size < largest, `the file has ${(size / 1e6).toFixed(1)} MB, and may have 15`);
      const times = await measure(world);
      world.measured.push(
        `large page: ${(size / 1e6).toFixed(1)} MB; first picture after ${times.drawn} ms; answers a click ` +
          `after ${times.usable} ms; quotes ${times.quotes} ms after a click`,
      );
      assert.ok(
        times.usable < soonest.usable,
        `a click is answered after ${times.usable} ms, and may be after ${soonest.usable}`,
      );
      assert.ok(
        times.quotes < soonest.quotes,
        `quotes are shown ${times.quotes} ms after a click, and may be after ${soonest.quotes}`,
      );
      return undefined;
    },
  ],
  [
    "a large study: every part is shown, and says what it leaves out",
    async (world) => {
      if (!world.big) return "not given: --big PAGE.html";
      return withPage(world.browser, world.big, {}, async (tab) => {
        await settled(tab);
        const slow = [];
        for (const view of ["themes", "groups", "interviews", "together", "checks", "review", "overview"]) {
          const from = performance.now();
          await goTo(tab, view);
          slow.push(`${view} ${Math.round(performance.now() - from)} ms`);
          assert.equal(
            await tab.locator("main .note.bad").filter({ hasText: "could not be" }).count(),
            0,
            `${view}: nothing failed`,
          );
          await checkWords(tab, view);
        }
        world.measured.push(`large page: views shown after ${slow.join(", ")}`);
        return checkLeftOut(tab);
      });
    },
  ],
];
