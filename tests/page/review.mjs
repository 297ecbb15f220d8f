// A whole review, by keyboard: two coders go through the blind sample of the demo on one computer, one of them with a
// reload in the middle and with decisions on a theme's quotes; their files are imported, the study is run again, and
// the tables hold what they said. Ana says what the demo's own codes say; Ben says the same but for every fifth
// segment.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { press, withPage } from "./browser.mjs";
import {
  begin,
  changeCoder,
  progress,
  reload,
  savedReview,
  switchedOn,
  title,
  told,
  withReview,
  words,
} from "./reviewing.mjs";
import { columnWords, csvRows, dataOf } from "./tables.mjs";

const bensPart = 40;
const memo = "1 apt word: 0 queue? \u05d0\u05d1";

/**
 * What the demo's own codes say of the segments of the sample, in its order: ids, texts and the seed themes that apply.
 */
function sampleOf(demo) {
  const { study, voices } = dataOf(demo.page);
  const gold = new Map(
    csvRows(`\ufeff${readFileSync(join(dirname(demo.study), "gold.csv"), "utf8").replace(/^\ufeff/, "")}`).map(
      (row) => [`${row.transcript_id} ${row.turn_index}`, (row.codes ?? "").split("|").map((code) => code.trim())],
    ),
  );
  const kinds = columnWords(study.tables.themes.columns.kind);
  const seeds = columnWords(study.tables.themes.columns.theme).filter((_, at) => kinds[at] === "seed");
  const rows = new Map(demo.table("segments").map((row) => [row.segment_id, row]));
  const segments = voices.sample.segments.map((place) => {
    const id = `${voices.transcripts[voices.segments.transcript[place]].id}:${voices.segments.number[place]}`;
    const { transcript_id, text, first_turn, last_turn } = rows.get(id);
    const codes = [];
    for (let turn = Number(first_turn); turn <= Number(last_turn); turn += 1)
      codes.push(...(gold.get(`${transcript_id} ${turn}`) ?? []));
    return { id, transcript_id, text, applies: seeds.filter((seed) => codes.includes(seed)) };
  });
  assert.ok(
    segments.some((segment) => segment.applies.length),
    "the demo's codes name themes of its codebook",
  );
  return {
    study,
    voices,
    seeds,
    segments,
    emergent: columnWords(study.tables.themes.columns.theme).filter((_, at) => kinds[at] === "emergent"),
  };
}

/** What Ben says where Ana says `applies`. */
const bens = (seeds, applies, at) =>
  at % 5 ? applies : seeds.filter((seed, place) => (place === 0) !== applies.includes(seed));

/** Answers the segment that is shown, and goes on. */
async function answer(tab, seeds, applies, at) {
  await press(
    tab,
    ...(applies.length ? applies.map((theme) => String(seeds.indexOf(theme) + 1)) : ["0"]),
    at % 2 ? "Enter" : "ArrowRight",
  );
}

async function anasSample(tab, { seeds, segments, emergent }) {
  await press(tab, "1", "Enter", "?");
  assert.equal(await tab.locator(".review-work").count(), 0, "nothing can be answered without a name");
  await begin(tab, "  Ana   María ");
  const shown = await words(tab, ".review");
  assert.deepEqual(
    emergent.filter((theme) => shown.includes(theme)),
    [],
    "no emergent theme is shown",
  );
  assert.doesNotMatch(shown, /sure|%|machine/i, "nothing of the machine is shown");
  for (const [at, { text, applies }] of segments.entries()) {
    if (at % 25 === 0) assert.equal(await title(tab), `Segment ${at + 1} of ${segments.length}`);
    if (at === 15) {
      await reload(tab);
      assert.equal(await progress(tab), `15 of ${segments.length} answered`, "a reload loses nothing");
      assert.match(await title(tab), /^Segment 16 /, "and comes back to the same place");
      assert.ok(
        (await words(tab, ".review-talk")).replace(/\s+/g, " ").includes(text.replace(/\s+/g, " ")),
        "the segment stands there verbatim",
      );
    }
    await answer(tab, seeds, applies, at);
  }
  assert.match(
    await told(tab),
    /last segment\. All are done\. Save your file\./,
    "at the end people are told what to do",
  );
  // The same segments again: what was said stands there. Undo takes one back.
  await press(tab, "ArrowLeft");
  const last = segments[segments.length - 2].applies;
  assert.deepEqual(await switchedOn(tab), last.length ? last : ["None of these"]);
  await press(tab, "2", "u", "F2", "Shift");
  assert.deepEqual(await switchedOn(tab), last.length ? last : ["None of these"], "undo takes a change back");
  await press(tab, "m");
  await tab.keyboard.type(memo);
  await press(tab, "Escape", "p", "t");
  await tab.keyboard.type("  dignity   at work ");
  await press(tab, "Enter");
}

/**
 * Decisions on the quotes of the first theme: the first accepted, the second rejected, to the third another theme is
 * added.
 */
async function anasTheme(tab, { seeds }) {
  await tab.getByRole("button", { name: "One theme's quotes" }).press("Enter");
  assert.equal(await tab.locator(".review-choice select").inputValue(), seeds[0]);
  await press(tab, "a", "Enter", "r", "Enter", "a", "a", "2", "p");
  assert.match(await progress(tab), /^2 of \d+ decided$/);
}

function checkFile({ file, text, name }, { study, voices, seeds, segments }) {
  assert.equal(name, "emic-review-Ana-María.json");
  assert.deepEqual(
    { ...file, answers: 0 },
    {
      emic_review: 1,
      program: study.program,
      run: study.run,
      study: study.title,
      coder: "Ana María",
      sample: { key: voices.sample.key, segments: segments.length, of: voices.sample.of },
      answers: 0,
    },
  );
  assert.ok(text.endsWith("\n"));
  const drawn = file.answers.filter((one) => one.way === "sample");
  assert.deepEqual(
    drawn.map(({ segment_id, transcript_id, text, row, themes }) => ({ segment_id, transcript_id, text, row, themes })),
    segments.map(({ id, transcript_id, text, applies }, at) => ({
      segment_id: id,
      transcript_id,
      text,
      row: at + 1,
      themes: Object.fromEntries(seeds.map((seed) => [seed, applies.includes(seed)])),
    })),
  );
  const noted = drawn[segments.length - 2];
  assert.deepEqual([noted.memo, noted.other, noted.paper], [memo, ["dignity at work"], true]);
  const decided = file.answers.filter((one) => one.way === "theme");
  assert.deepEqual(
    decided.map((one) => one.row),
    [null, null, null],
  );
  assert.equal(decided.filter((one) => one.themes[seeds[0]] === true && !one.paper).length, 1);
  assert.equal(decided.filter((one) => one.themes[seeds[0]] === false).length, 1);
  assert.deepEqual(
    decided.filter((one) => one.themes[seeds[1]]).map((one) => [Object.keys(one.themes), one.paper]),
    [[[seeds[1]], true]],
  );
}

/** The review; gives both coders' files. */
async function review({ browser, scratch, studies }) {
  const demo = await studies.demo();
  const sample = sampleOf(demo);
  const done = { sample };
  await withReview(browser, demo.page, async (computer) => {
    const tab = await computer.review();
    await anasSample(tab, sample);
    await anasTheme(tab, sample);
    assert.equal(computer.warned, 1, "the reload was warned about");
    done.ana = await savedReview(tab, scratch);
    checkFile(done.ana, sample);
    assert.match(
      await words(tab, ".review-next"),
      /emic review import OUT emic-review-Ana-María\.json\s+emic run STUDY\.toml/,
    );
    await reload(tab);
    assert.equal(computer.warned, 1, "what is in a file is not warned about");
    // A second coder sees nothing of all this.
    await changeCoder(tab);
    assert.doesNotMatch(await words(tab, "body"), /María|dignity/, "nothing of a coder is shown to the next");
    assert.equal(await tab.inputValue("#review-name"), "");
    await begin(tab, "Ben");
    assert.equal(await progress(tab), `0 of ${sample.segments.length} answered`);
    assert.deepEqual(await switchedOn(tab), []);
    assert.match(await title(tab), /^Segment 1 /);
    for (const [at, { applies }] of sample.segments.slice(0, bensPart).entries())
      await answer(tab, sample.seeds, bens(sample.seeds, applies, at), at);
    assert.doesNotMatch(await words(tab, "body"), /María|dignity/);
    done.ben = await savedReview(tab, scratch);
    assert.equal(done.ben.file.answers.length, bensPart);
    // And the first finds everything again, however the name is typed.
    await changeCoder(tab);
    await begin(tab, "ana maría").catch(() => {});
    assert.match(await progress(tab), /^(100 of 100 answered|2 of \d+ decided)$/);
  });
  return done;
}

/** Does the review once. */
function reviewed(world) {
  world.review ??= review(world);
  return world.review;
}

/** Files with what two coders said of the demo, for whoever needs a study that was reviewed. */
export async function answerFiles(world) {
  const { ana, ben } = await reviewed(world);
  return [ana.path, ben.path];
}

/** The tables after the next run say what the coders said. */
function checkTables(table, imported, { sample: { seeds, segments }, ana }) {
  assert.match(imported, /sample 1, Ana María: 100 of 100 segments/);
  assert.match(imported, /sample 1, Ben: 40 of \d+ segments/);
  const agreement = new Map(table("agreement").map((row) => [`${row.theme} ${row.rater_a} ${row.rater_b}`, row]));
  const between = (one, other) => agreement.get(`(all) ${one} ${other}`) ?? agreement.get(`(all) ${other} ${one}`);
  const counts = (row) => row && [Number(row.segments), Number(row.decisions)];
  assert.deepEqual(counts(between("Ana María", "(machine)")), [100, 400]);
  assert.deepEqual(counts(between("Ben", "(machine)")), [bensPart, bensPart * 4]);
  assert.deepEqual(counts(between("Ana María", "Ben")), [bensPart, bensPart * 4]);
  const same = segments
    .slice(0, bensPart)
    .reduce(
      (sum, { applies }, at) =>
        sum + seeds.filter((seed) => applies.includes(seed) === bens(seeds, applies, at).includes(seed)).length,
      0,
    );
  assert.ok(
    Math.abs(Number(between("Ana María", "Ben").percent) - same / bensPart / 4) < 1e-9,
    "agreement of the coders is what they said",
  );
  const labelled = new Map();
  for (const { segment_id, theme, source } of table("labels")) labelled.set(`${segment_id} ${theme}`, source);
  // What only Ana coded is as she said, and nothing of the machine stands beside it.
  for (const { id, applies } of segments.slice(bensPart)) {
    assert.deepEqual(
      seeds.map((seed) => labelled.get(`${id} ${seed}`) ?? null),
      seeds.map((seed) => (applies.includes(seed) ? "Ana María" : null)),
      `labels of ${id}`,
    );
  }
  const drawn = new Set(segments.map((segment) => segment.id));
  const decided = ana.file.answers.filter((one) => one.way === "theme" && !drawn.has(one.segment_id));
  for (const { segment_id, themes } of decided) {
    for (const [theme, applies] of Object.entries(themes))
      assert.equal(
        labelled.get(`${segment_id} ${theme}`),
        applies ? "Ana María" : undefined,
        `${segment_id}, ${theme}`,
      );
  }
  const notes = table("notes")
    .map((row) => row.text ?? "")
    .concat(table("notes").map((row) => row.note ?? ""));
  assert.ok(
    JSON.stringify(table("notes")).includes("dignity at work"),
    `the theme in own words is in the notes: ${notes.length}`,
  );
  assert.ok(table("disagreements").length > 0);
}

export const checks = [
  [
    "two coders go through the blind sample by keyboard; a reload loses nothing; neither sees the other",
    async (world) => {
      await reviewed(world);
      return "100 and 40 segments";
    },
  ],
  [
    "what they said is imported, and the tables of the next run hold it",
    async (world) => {
      const done = await reviewed(world);
      const { table, imported, page } = await world.studies.reviewed(await answerFiles(world));
      checkTables(table, imported, done);
      const one = done.sample.segments.slice(bensPart).find((segment) => segment.applies.length);
      await withPage(world.browser, page, { hash: `overview?segment=${encodeURIComponent(one.id)}` }, async (tab) => {
        await tab.waitForSelector("dialog.drawer[open] .quote-labels");
        assert.match(
          await words(tab, "dialog.drawer figcaption"),
          new RegExp(`Ana María: .*${one.applies[0]}`),
          "the page says who gave a label",
        );
      });
    },
  ],
];
