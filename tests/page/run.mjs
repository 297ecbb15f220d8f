#!/usr/bin/env node
// Tests of the page of a run, report.html, in headless Chromium:
//   npm ci --prefix tests/page && node tests/page/run.mjs --emic target/debug/emic [--models DIR] [--cache DIR]
//     [--only NAME] [--big PAGE.html] [--keep]
// It makes studies in a temporary folder, runs them, and looks at their pages as people do. A line a check; status 1 on
// any fault. `--cache` keeps vectors from one call to the next. `--only` names a file of checks or words of a check's
// name. `--big` is the page of a large study, whose size and speed are measured. `--keep` leaves the temporary folder.
// Needs Node 20 or later and Chromium (apt-get install chromium; or the variable CHROMIUM).

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

/** Files of checks, in the order in which studies are ready: the small ones first, while the demo is run. */
const files = [
  "hostile",
  "review",
  "pictures",
  "voices",
  "access",
  "review_ways",
  "review_sittings",
  "review_names",
  "numbers",
  "size",
];

const { values: given } = parseArgs({
  options: {
    emic: { type: "string" },
    models: { type: "string" },
    cache: { type: "string" },
    only: { type: "string" },
    big: { type: "string" },
    keep: { type: "boolean" },
  },
});
if (!given.emic) {
  console.error("Say which program to test: --emic target/debug/emic");
  process.exit(1);
}
let modules;
try {
  modules = await Promise.all(files.map(async (name) => ({ name, checks: (await import(`./${name}.mjs`)).checks })));
} catch (error) {
  const isMissing = error.code === "ERR_MODULE_NOT_FOUND" && /playwright-core|axe-core/.test(error.message);
  console.error(isMissing ? "Install what these tests need: npm ci --prefix tests/page" : error);
  process.exit(1);
}
const { startBrowser } = await import("./browser.mjs");
const { makeStudies } = await import("./studies.mjs");
const { answerFiles } = await import("./review.mjs");

const wanted = modules
  .flatMap(({ name, checks }) => checks.map(([title, check]) => ({ name, title, check })))
  .filter(
    ({ name, title }) => !given.only || (files.includes(given.only) ? name === given.only : title.includes(given.only)),
  );
if (!wanted.length) {
  console.error(`No check is called ${given.only}. Files of checks: ${files.join(", ")}`);
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), "emic-page-"));
const started = performance.now();
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
let failed = 0;
const measured = [];
let browser;
try {
  browser = await startBrowser();
  const world = { browser, scratch, big: given.big && resolve(given.big), measured, emic: resolve(given.emic) };
  world.studies = makeStudies({
    emic: world.emic,
    models: given.models && resolve(given.models),
    cache: given.cache && resolve(given.cache),
    scratch,
  });
  world.answerFiles = () => answerFiles(world);
  for (const { name, title, check } of wanted) {
    const from = performance.now();
    try {
      const told = await check(world);
      console.log(`ok      ${name}: ${title} (${[told, seconds(from)].filter(Boolean).join(", ")})`);
    } catch (error) {
      failed += 1;
      console.log(
        `FAILED  ${name}: ${title} (${seconds(from)})\n${String(error.stack ?? error).replace(/^/gm, "        ")}`,
      );
    }
  }
} catch (error) {
  failed += 1;
  console.error(error.message);
} finally {
  await browser?.close();
  if (given.keep) console.log(`kept ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
for (const line of measured) console.log(line);
console.log(`${wanted.length - failed} of ${wanted.length} checks are well, in ${seconds(started)}`);
process.exit(failed ? 1 : 0);
