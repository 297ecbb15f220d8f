// Pages of studies that are hard on a page: one full of markup, scripts and odd letters, in which nothing may run,
// break or change places; one in which nothing is long enough to code; and one without a codebook, a title or groups.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goTo, press, settled, withPage } from "./browser.mjs";
import { checkDrawer, closeDrawer, drawerOpened } from "./drawer.mjs";
import { checkCsvFile, checkSvgFile, savedBy } from "./files.mjs";
import { checkWords } from "./pictures.mjs";

const views = ["overview", "themes", "groups", "interviews", "together", "checks", "review"];

/** Fails where something of a study was taken for more than text. */
async function checkNothingRan(tab, what) {
  const found = await tab.evaluate(() => ({
    hit: window.hit,
    scripts: document.scripts.length,
    made: [
      ...document.querySelectorAll(
        "img, iframe, object, embed, base, meta[http-equiv=refresh], link, video, body b, body i, body style",
      ),
    ]
      .filter((node) => !node.closest("svg, .picture-drawn"))
      .map((node) => node.outerHTML.slice(0, 100)),
    listening: [...document.querySelectorAll("*")]
      .filter((node) => [...node.attributes].some((attribute) => /^on/i.test(attribute.name)))
      .map((node) => node.localName),
    addresses: [...document.querySelectorAll("[href], [src], [action]")]
      .map((node) => node.getAttribute("href") ?? node.getAttribute("src") ?? node.getAttribute("action"))
      .filter((address) => !/^(#|blob:|data:image)/.test(address ?? "#")),
  }));
  assert.deepEqual(
    found,
    { hit: undefined, scripts: 5, made: [], listening: [], addresses: [] },
    `${what}: nothing of the study became a part of the page`,
  );
}

/** Fails where letters that turn the direction of writing reach beyond the name or text that they stand in. */
async function checkKeptApart(tab, what) {
  const loose = await tab.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("script, style, svg, option, title, .unseen")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    const found = [];
    while (texts.nextNode()) {
      const { parentElement: parent, data } = /** @type {Text} */ (texts.currentNode);
      if (!/[\u202a-\u202e]/.test(data)) continue;
      // Where markup cannot hold a name apart, letters that open and close an isolate do.
      let isolated = /^\u2068[^]*\u2069$/.test(data);
      for (let node = parent; node && node !== document.body; node = node.parentElement) {
        isolated ||=
          /isolate|plaintext/.test(getComputedStyle(node).unicodeBidi) &&
          (node.textContent.length < data.length + 40 || node.localName === "bdi" || node.hasAttribute("dir"));
      }
      if (!isolated) found.push(`${parent.localName}.${parent.className}: ${data.slice(0, 60)}`);
    }
    return found;
  });
  assert.deepEqual(loose, [], `${what}: reversing letters stay in their name`);
}

async function checkNarrow(tab, what) {
  const wide = await tab.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide[0] <= wide[1], `${what}: nothing is wider than the page (${wide[0]} of ${wide[1]} pixels)`);
}

/** Goes through all views; presses the first mark of each picture; saves each file. */
async function lookThrough(tab, study) {
  for (const view of views) {
    await goTo(tab, view);
    await checkNothingRan(tab, view);
    await checkKeptApart(tab, view);
    await checkWords(tab, view);
    for (const section of await tab.locator("main section.picture:not(.picture-missing)").all()) {
      const what = `${view}, ${await section.getAttribute("data-picture")}`;
      const mark = section.locator('svg [tabindex="0"]').first();
      if (!(await mark.count())) continue;
      await mark.focus();
      await press(tab, "Enter");
      checkDrawer(await drawerOpened(tab), study.table, what);
      await checkNothingRan(tab, what);
      await checkKeptApart(tab, what);
      await closeDrawer(tab);
      await section.locator("details.picture-numbers summary").click();
      await checkSvgFile(
        tab,
        await savedBy(tab, () => section.getByRole("button", { name: /Save as SVG/ }).click()),
        what,
      );
      checkCsvFile(await savedBy(tab, () => section.getByRole("button", { name: /Save the numbers/ }).click()), what);
    }
    await checkNothingRan(tab, view);
  }
}

/** Every name stands where it belongs, letter for letter, and its page opens. */
async function checkNames(tab, { table, interviews, groups }) {
  await goTo(tab, "themes");
  const themes = table("themes").map((row) => row.theme);
  assert.deepEqual(
    (await tab.locator("main .theme-list li > div > a").allTextContents()).sort(),
    [...themes].sort(),
    "themes by their names",
  );
  for (const theme of themes) {
    await goTo(tab, `themes/${encodeURIComponent(theme)}`);
    assert.equal(await tab.locator("main h1").textContent(), theme);
    assert.equal(await tab.locator("main .note.bad").count(), 0);
    await checkNothingRan(tab, theme);
  }
  await goTo(tab, "interviews");
  assert.deepEqual(
    (await tab.locator("#interview-list ~ .table-frame tbody th a").allTextContents()).sort(),
    [...interviews].sort(),
    "interviews by their names",
  );
  for (const name of interviews) {
    await goTo(tab, `interviews/${encodeURIComponent(name)}`);
    assert.equal(await tab.locator("main h1").textContent(), name);
    assert.deepEqual(
      await tab.locator("main .reader .talk .turn-text").allTextContents(),
      table("turns")
        .filter((turn) => turn.transcript_id === name)
        .map((turn) => turn.text),
      "what is said, letter for letter",
    );
    await checkNothingRan(tab, name);
    await checkKeptApart(tab, name);
  }
  await goTo(tab, "overview");
  const shown = await tab.locator("main dl.groups bdi").allTextContents();
  assert.deepEqual(
    groups.filter((group) => !shown.includes(group)),
    [],
    "groups by their names",
  );
}

/** What a text file of the study says, in the words of its writer, is in the page. */
async function checkVerbatim(tab, { table, files }) {
  const said = table("segments").filter((segment) => segment.transcript_id.startsWith("P06"));
  // Reading drops byte-order marks, wherever they stand.
  const source = Object.entries(files)
    .find(([name]) => name.startsWith("P06"))[1]
    .replaceAll("\uFEFF", "");
  assert.ok(said.length > 5);
  for (const { text } of said) assert.ok(source.includes(text), "a segment stands in the file that was read");
}

const quietly =
  (page, options, work) =>
  async ({ browser, studies }) => {
    const study = await studies[page]();
    return withPage(browser, study.page, options, async (tab) => {
      await settled(tab);
      await work(tab, study);
    });
  };

export const checks = [
  [
    "markup, scripts and odd letters: nothing runs, nothing breaks, pictures open and are saved",
    quietly("hostile", {}, async (tab, study) => {
      await lookThrough(tab, study);
      // The texts of the page's parts are where they belong: nothing of the study was put in their place.
      assert.equal(readFileSync(study.page, "utf8").match(/<\/script>/gi).length, 5);
      await checkVerbatim(tab, study);
    }),
  ],
  ["markup, scripts and odd letters: names and talk stand letter for letter", quietly("hostile", {}, checkNames)],
  [
    "markup, scripts and odd letters: nothing is wider than a telephone",
    quietly("hostile", { width: 390, height: 844 }, async (tab, study) => {
      for (const view of [
        ...views,
        `themes/${encodeURIComponent(study.table("themes")[3].theme)}`,
        `interviews/${encodeURIComponent(study.interviews[5])}`,
      ]) {
        await goTo(tab, view);
        await checkNarrow(tab, view);
      }
      await goTo(tab, "overview?words=Donau");
      await drawerOpened(tab);
      await checkNarrow(tab, "quotes");
      await checkNothingRan(tab, "quotes");
    }),
  ],
  [
    "nothing is long enough to code: every part says so in a sentence",
    quietly("empty", {}, async (tab) => {
      for (const view of views) {
        await goTo(tab, view);
        await checkWords(tab, view);
        assert.equal(
          await tab.locator("main .note.bad").filter({ hasText: "could not be" }).count(),
          0,
          `${view}: nothing failed`,
        );
        assert.ok((await tab.locator("main").innerText()).length > 60, `${view}: something is said`);
      }
      await goTo(tab, "overview");
      assert.match(await tab.locator("main").innerText(), /nothing/i);
      await goTo(tab, "overview?words=no");
      assert.equal((await drawerOpened(tab)).count, 0);
    }),
  ],
  [
    "without a codebook, a title and groups: what was found is shown, the rest is said",
    quietly("withoutCodebook", {}, async (tab, study) => {
      await lookThrough(tab, study);
      await goTo(tab, "groups");
      assert.match(await tab.locator("main").innerText(), /compares no groups/);
      assert.ok(join(study.out, "report.html").endsWith("report.html"));
    }),
  ],
];
