// Every picture of a page: drawn, or a sentence why not; every kind of mark opens the quotes behind it by mouse and by
// keyboard, as many as its name says and those that the tables have; its SVG and CSV can be saved; its numbers stand
// beneath it; its controls draw anew.

import assert from "node:assert/strict";
import { goTo, press, settled, withPage } from "./browser.mjs";
import { checkDrawer, closeDrawer, drawerOpened } from "./drawer.mjs";
import { checkCsvFile, checkSvgFile, savedBy } from "./files.mjs";

/**
 * Pictures of a view that must have marks; those that must say in a sentence why there is nothing to draw; and those of
 * which only that is looked at, because the same picture was tried in all that it can do elsewhere.
 */
const demoPictures = {
  overview: [["overview"]],
  themes: [["positions", "raised"]],
  "themes/workload": [["prevalence", "positions"]],
  groups: [
    ["prevalence", "contrasts"],
    ["corrected", "trends"],
  ],
  interviews: [["matrix", "lines", "saturation"]],
  together: [["map", "cooccurrence"], ["hierarchy"]],
  checks: [[]],
};
const reviewedPictures = {
  overview: [["overview"]],
  groups: [["prevalence", "contrasts", "corrected"], ["trends"], ["prevalence", "contrasts"]],
  interviews: [["matrix", "lines", "saturation"], [], ["lines", "saturation"]],
  checks: [["agreement", "calibration", "learned"]],
};

/** What pictures stand in the view that is shown. */
function picturesShown(tab) {
  return tab.evaluate(() =>
    [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main section.picture"))].map((section) => ({
      name: section.dataset.picture,
      marks: section.querySelectorAll('.picture-drawn svg [style*="cursor: pointer"]').length,
      sentence: section.matches(".picture-missing")
        ? section.querySelector("p").textContent
        : (section.querySelector(".picture-drawn > p")?.textContent ?? ""),
    })),
  );
}

/** Words that a program leaves where a value is missing. */
export async function checkWords(tab, what) {
  const left = await tab.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("script, style, blockquote, .turn-text")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    const found = [];
    while (texts.nextNode()) {
      const { data } = /** @type {Text} */ (texts.currentNode);
      if (/\bundefined\b|\bNaN\b|\[object |\bInfinity\b/.test(data)) found.push(data.slice(0, 120));
    }
    return found;
  });
  assert.deepEqual(left, [], `${what}: no value is missing in a text`);
}

/** Marks one mark of each kind that the mouse can reach, and says which kinds there are. */
function kindsOfMarks(tab, name) {
  return tab.evaluate((name) => {
    const kinds = {};
    for (const node of document.querySelectorAll(
      `main [data-picture="${name}"] .picture-drawn svg [style*="cursor: pointer"]`,
    )) {
      const kind = node.closest("g[class]").getAttribute("class");
      (kinds[kind] ??= []).push(node);
    }
    return Object.entries(kinds).map(([kind, nodes]) => {
      const order = [Math.floor(nodes.length / 2), ...nodes.keys()];
      // Marks may lie over each other; one of a kind that can be pressed is enough.
      const place = order.slice(0, 60).find((at) => {
        nodes[at].scrollIntoView({ block: "center" });
        const box = nodes[at].getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === nodes[at];
      });
      if (place !== undefined) nodes[place].setAttribute("data-tried", kind);
      return { kind, count: nodes.length, reachable: place !== undefined };
    });
  }, name);
}

/**
 * Presses a mark and holds what opens against the tables.
 * @param pressMark opens the drawer and says the mark's name
 */
async function checkMark(tab, table, what, pressMark) {
  const label = await pressMark();
  const drawer = await drawerOpened(tab);
  const { asked } = checkDrawer(drawer, table, what);
  assert.ok(drawer.title.trim(), `${what}: the drawer says what it shows`);
  const said = /(?:^|, | {2})([\d,]+) segments?\b/.exec(label ?? "");
  if (said)
    assert.equal(
      asked.size,
      Number(said[1].replaceAll(",", "")),
      `${what}: as many quotes as the mark says (${label})`,
    );
  await closeDrawer(tab);
}

/** One picture, in all that it can do. */
export async function checkPicture(tab, study, view, name) {
  const what = `${view}, ${name}`;
  const section = tab.locator(`main [data-picture="${name}"]`);
  const kinds = await kindsOfMarks(tab, name);
  for (const { kind, reachable } of kinds) {
    assert.ok(reachable, `${what}: a mark of kind ${kind} can be pressed`);
    await checkMark(tab, study.table, `${what}, ${kind} by mouse`, async () => {
      const mark = section.locator(`[data-tried="${kind}"]`);
      await mark.scrollIntoViewIfNeeded();
      const box = await mark.boundingBox();
      await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await tab.waitForFunction(() => document.querySelector("dialog.drawer[open]"));
      return mark.getAttribute("aria-label");
    });
  }
  await section.locator('svg [tabindex="0"]').first().focus();
  for (const key of ["Home", "ArrowRight", "ArrowDown", "End"]) {
    await press(tab, key);
    const label = await tab.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.ok(label, `${what}: a mark says what it is after ${key}`);
    if (key !== "End") continue;
    await checkMark(tab, study.table, `${what}, ${key} and Enter`, async () => {
      await press(tab, "Enter");
      return label;
    });
    assert.equal(
      await tab.evaluate(() => document.activeElement.getAttribute("aria-label")),
      label,
      `${what}: the focus comes back to the mark`,
    );
  }
  await checkSvgFile(tab, await savedBy(tab, () => section.getByRole("button", { name: /Save as SVG/ }).click()), what);
  const rows = checkCsvFile(
    await savedBy(tab, () => section.getByRole("button", { name: /Save the numbers/ }).click()),
    what,
  );
  const numbers = section.locator("details.picture-numbers");
  await numbers.locator("summary").click();
  await numbers.locator("tbody tr").first().waitFor();
  assert.equal(
    await numbers.locator("tbody tr").count(),
    Math.min(400, rows),
    `${what}: the table has the rows of the file, the first 400 of them`,
  );
  for (const choice of await section.locator(".picture-controls select").all()) {
    await choice.selectOption({ index: (await choice.locator("option").count()) - 1 });
    await settled(tab);
    const [again] = (await picturesShown(tab)).filter((one) => one.name === name);
    assert.ok(again.marks || again.sentence, `${what}: something is drawn after the last choice of a control`);
  }
}

/** All pictures of all views. */
async function checkViews(tab, study, views) {
  let count = 0;
  for (const [view, [drawn, missing = [], seen = []]] of Object.entries(views)) {
    await goTo(tab, view);
    const shown = await picturesShown(tab);
    assert.deepEqual(
      shown.filter((one) => one.marks).map((one) => one.name),
      drawn,
      `${view}: pictures with marks`,
    );
    assert.deepEqual(
      shown.filter((one) => !one.marks && one.sentence.trim().length > 20).map((one) => one.name),
      missing,
      `${view}: pictures that say why there is nothing to draw`,
    );
    await checkWords(tab, view);
    for (const name of drawn.filter((name) => !seen.includes(name))) await checkPicture(tab, study, view, name);
    count += drawn.length;
  }
  return `${count} pictures`;
}

export const checks = [
  [
    "demo: every picture is drawn, opens its quotes and can be saved",
    async ({ browser, studies }) => {
      const study = await studies.demo();
      return withPage(browser, study.page, {}, (tab) => checkViews(tab, study, demoPictures));
    },
  ],
  [
    "reviewed: agreement, calibration, what was learned and corrected shares too",
    async ({ browser, studies, answerFiles }) => {
      const study = await studies.reviewed(await answerFiles());
      return withPage(browser, study.page, {}, (tab) => checkViews(tab, study, reviewedPictures));
    },
  ],
];
