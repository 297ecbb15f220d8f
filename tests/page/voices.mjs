// From number to voice: the search, the filters of the drawer, the turns around a quote, reading an interview, and
// addresses: the back button, places sent to somebody else, places that do not exist. What is found is held against the
// tables.

import assert from "node:assert/strict";
import { goTo, press, settled, withPage } from "./browser.mjs";
import { checkDrawer, closeDrawer, drawerOpened, readDrawer } from "./drawer.mjs";
import { savedBy } from "./files.mjs";
import { checkWords } from "./pictures.mjs";
import { csvRows, folded, segmentsAsked } from "./tables.mjs";

/** Chooses in a filter of the drawer and holds what is listed against the tables. */
async function choose(tab, table, name, option) {
  const control = tab.locator(`dialog.drawer [data-filter="${name}"]`);
  await control.focus();
  await control.selectOption(option);
  assert.equal(
    await tab.evaluate(() => document.activeElement.getAttribute("data-filter")),
    name,
    "the filter keeps the focus",
  );
  const drawer = await readDrawer(tab);
  return { drawer, ...checkDrawer(drawer, table, `filter ${name}`) };
}

/** Types what to search for. */
async function typed(tab, text) {
  await tab.locator('dialog.drawer [data-filter="words"]').fill(text);
  // Words are searched for when nobody has typed for a moment.
  await tab.waitForFunction(
    (text) => new URLSearchParams(location.hash.split("?")[1]).get("words") === (text || null),
    text,
  );
}

async function checkFilters(tab, { table }) {
  await press(tab, "/");
  await tab.keyboard.type("MEETING");
  await press(tab, "Enter");
  const found = checkDrawer(await drawerOpened(tab), table, "search");
  assert.ok(found.asked.size > 2, "the word is in the demo");
  assert.ok(
    (await tab.locator("dialog.drawer mark").allTextContents()).every((mark) => folded(mark) === "meeting"),
    "what was searched for is marked",
  );
  const [phrase] = /\w+ \w+ \w+/.exec(table("segments")[5].text);
  await typed(tab, `"${phrase}"`);
  assert.ok(checkDrawer(await readDrawer(tab), table, "a phrase").asked.size >= 1);
  await typed(tab, "no such words anywhere");
  assert.match(await tab.locator("dialog.drawer .drawer-body").innerText(), /Nothing in this page fits/);
  await typed(tab, "");
  assert.equal((await readDrawer(tab)).count, table("segments").length, "without a filter all segments are listed");
  await tab.getByRole("button", { name: /^Show 30 more/ }).click();
  assert.equal(await tab.locator("dialog.drawer li[data-segment]").count(), 60);
  const { theme } = table("themes")[0];
  const group = table("transcripts")[0];
  await choose(tab, table, "theme", theme);
  for (const kind of ["borderline", "dissenting", "central"]) {
    const { drawer } = await choose(tab, table, "kind", kind);
    const quotes = table("quotes")
      .filter((row) => row.theme === theme && row.kind === kind)
      .sort((a, b) => a.rank - b.rank);
    assert.deepEqual(
      drawer.quotes.map((quote) => quote.text),
      quotes.slice(0, 30).map((row) => row.text),
      `${kind} quotes, best first`,
    );
    assert.ok(
      drawer.quotes.every(({ source }, at) => source.includes(quotes[at].locator)),
      "each with its place as in the table",
    );
  }
  await choose(tab, table, "kind", "");
  await choose(tab, table, "group", { label: `country: ${group.country}` });
  const { drawer, asked } = await choose(tab, table, "transcript", group.transcript_id);
  assert.ok(
    drawer.title.includes(theme) && drawer.title.includes(group.transcript_id),
    "the title says what is filtered by",
  );
  const saved = csvRows((await savedBy(tab, () => tab.getByRole("button", { name: "Save list as CSV" }).click())).text);
  assert.deepEqual(
    saved.map((row) => row.segment_id).sort(),
    [...asked].sort(),
    "the saved list has the segments that are listed",
  );
  const texts = new Map(table("segments").map((row) => [row.segment_id, row.text]));
  for (const row of saved) assert.equal(row.text, texts.get(row.segment_id));
  await choose(tab, table, "theme", "(none)");
  await closeDrawer(tab);
  return found.asked.size;
}

/** What is said around a quote, and in the whole interview. */
async function checkTalk(tab, { table }) {
  const segment = table("segments").find((row) => row.transcript_id === "O01" && Number(row.segment_index) === 6);
  const turns = table("turns").filter((turn) => turn.transcript_id === "O01");
  const at = turns.findIndex((turn) => turn.turn_index === segment.first_turn);
  await goTo(tab, `overview?segment=${encodeURIComponent(segment.segment_id)}`);
  const shown = () => tab.locator("dialog.drawer ol.talk .turn-text").allTextContents();
  // One segment by itself is shown in its place.
  await tab.waitForSelector("dialog.drawer ol.talk .span");
  const last = turns.findIndex((turn) => turn.turn_index === segment.last_turn);
  assert.deepEqual(
    await shown(),
    turns.slice(Math.max(0, at - 2), last + 3).map((turn) => turn.text),
    "two turns before and behind, verbatim",
  );
  assert.equal(
    (await tab.locator("dialog.drawer ol.talk .span").allTextContents()).join("\n"),
    segment.text,
    "the segment is set off",
  );
  const heads = await tab.locator("dialog.drawer ol.talk .turn-head").allTextContents();
  assert.ok(
    heads.every(
      (head, place) =>
        head.includes(turns[Math.max(0, at - 2) + place].speaker) &&
        head.includes(`turn ${turns[Math.max(0, at - 2) + place].turn_index}`),
    ),
    "who speaks, and where",
  );
  await tab.getByRole("button", { name: "More turns" }).click();
  assert.ok((await shown()).length > last - at + 5);
  await tab.getByRole("button", { name: "Copy", exact: true }).click();
  await tab.getByRole("button", { name: "Copied" }).waitFor();
  await tab.getByRole("link", { name: "Read the whole interview here" }).click();
  await tab.waitForSelector("main .reader");
  const read = await tab.evaluate(() => ({
    title: document.querySelector("main h1").textContent,
    turns: [...document.querySelectorAll("main .reader .talk .turn-text")].map((turn) => turn.textContent),
    here: document.querySelector("main .reader li.here .turn-text")?.textContent,
    labels: [...document.querySelectorAll("main .reader .margin-labels a")].length,
  }));
  assert.equal(read.title, "O01");
  assert.deepEqual(
    read.turns,
    turns.map((turn) => turn.text),
    "the whole interview, verbatim and in order",
  );
  assert.equal(
    read.labels,
    table("labels").filter((label) => label.segment_id.startsWith("O01:")).length,
    "every label stands beside its turn",
  );
  assert.ok(read.here?.includes(segment.text.split("\n")[0]), "the segment that was read is found again");
  await tab.locator("main .reader select").selectOption({ label: table("themes")[0].theme });
  assert.equal(
    await tab.locator("main .reader .span").count(),
    segmentsAsked(table, { transcript: "O01", theme: table("themes")[0].theme }).length,
    "segments of one theme are set off",
  );
}

/** Addresses of places inside the page. */
async function checkAddresses(tab, { table }) {
  const { theme } = table("themes")[1];
  await goTo(tab, "groups");
  const open = () => tab.evaluate(() => Boolean(document.querySelector("dialog.drawer[open]")));
  await tab.evaluate((theme) => {
    location.hash = `#groups?theme=${encodeURIComponent(theme)}&attribute=country&group=Cassara`;
  }, theme);
  checkDrawer(await drawerOpened(tab), table, "a place with a filter");
  await tab.goBack();
  await tab.waitForFunction(() => !document.querySelector("dialog.drawer[open]"));
  assert.equal(await tab.evaluate(() => location.hash), "#groups", "one step back closes the quotes");
  await tab.goForward();
  checkDrawer(await drawerOpened(tab), table, "one step forward");
  await tab.goBack();
  await goTo(tab, "themes");
  await tab.locator("main .theme-list a").first().click();
  await tab.waitForFunction(
    (name) => document.querySelector("main h1")?.textContent === name,
    table("themes")[0].theme,
  );
  await tab.goBack();
  await tab.waitForFunction(() => document.querySelector("main h1")?.textContent === "Themes");
  for (const odd of [
    "nonsense",
    "themes/none%20such",
    "themes/%E0%A4%A",
    "interviews/none",
    "interviews/O01%3A9999",
    "groups?tenth=99&theme=none",
    "overview?segment=none%3A1",
    "checks?words=%22",
    "?",
    "interviews/__proto__",
    "themes/constructor",
  ]) {
    await tab.evaluate((odd) => {
      location.hash = odd;
    }, odd);
    await settled(tab);
    assert.ok((await tab.locator("main h1").textContent()).trim(), `#${odd} shows something`);
    assert.equal(await tab.locator("main .note.bad").count(), 0, `#${odd} breaks nothing`);
    await checkWords(tab, `#${odd}`);
  }
  await goTo(tab, "overview");
  assert.equal(await open(), false);
}

const inPage =
  (work) =>
  async ({ browser, studies }) => {
    const study = await studies.demo();
    return withPage(browser, study.page, {}, async (tab) => {
      await settled(tab);
      await work(tab, study);
    });
  };

export const checks = [
  ["search, phrases, and filters by theme, kind, group and interview find what the tables have", inPage(checkFilters)],
  ["turns around a quote and the whole interview are verbatim, with speakers and places", inPage(checkTalk)],
  ["the back button, places sent to others, and places that do not exist", inPage(checkAddresses)],
];
