// Makes the studies whose pages are looked at, in a temporary folder, and runs them with the binary: the demo; one that
// means harm; one in which nothing is long enough to code; one without a codebook; and the demo again with what people
// said in a review. Each is run when it is first asked for, and once. Runs go on beside the checks, one after the
// other.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { hostileFiles } from "./hostile_study.mjs";
import { tablesOf } from "./tables.mjs";

const data = resolve(import.meta.dirname, "../../data");

/**
 * Runs the binary. Status 2 says that something was skipped, which is well where a study means harm.
 * @param {string} emic
 * @param {string[]} words
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export function runEmic(emic, words, allowed = [0]) {
  return new Promise((done, fail) => {
    execFile(emic, words, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const status = error ? Number(error.code) : 0;
      if (allowed.includes(status)) done({ status, stdout, stderr });
      else fail(new Error(`emic ${words.join(" ")} ended with ${status}\n${stdout}${stderr}`.slice(0, 4000)));
    });
  });
}

function written(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, "study.toml");
}

const emptyFiles = {
  "P01.txt": "INT: And then?\nAna: Yes.\nINT: Go on.\nAna: No.\n",
  "P02.txt": "INT: And then?\nBen: Well, no.\n",
  "codebook.toml": '[[theme]]\nname = "workload"\ndefinition = "Too few hours and too many cases."\n',
  "participants.csv": "transcript_id,country\nP01,Castria\nP02,Orsa\n",
  "study.toml":
    '[study]\ntitle = "Nothing is long enough"\n[corpus]\ntranscripts = ["*.txt"]\nparticipants = ' +
    '"participants.csv"\ngroups = ["country"]\ninterviewers = ["INT"]\n[themes]\ncodebook = ' +
    '"codebook.toml"\n[output]\nformats = ["csv"]\n',
};

/**
 * Studies by name, each a promise of { out, page, table, study }. In `cache` vectors stay from one call to the next,
 * which saves most of the time.
 */
export function makeStudies({ emic, models, scratch, cache }) {
  const made = new Map();
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** Runs a study behind those that were asked for before. */
  const finished = (file, out, allowed = [0]) => {
    const words = ["run", file, "--out", out, "--quiet", ...(models ? ["--models", models] : [])];
    const kept = cache && join(cache, basename(out));
    const mine = last
      .catch(() => {})
      .then(async () => {
        if (kept && existsSync(kept)) cpSync(kept, join(out, "cache"), { recursive: true });
        await runEmic(emic, words, allowed);
        if (kept) cpSync(join(out, "cache"), kept, { recursive: true });
        return { out, page: join(out, "report.html"), table: tablesOf(out), study: file };
      });
    last = mine;
    return mine;
  };
  const once = (name, make) => {
    if (!made.has(name)) {
      const promise = make();
      promise.catch(() => {});
      made.set(name, promise);
    }
    return made.get(name);
  };
  const studies = {
    demo: () =>
      once("demo", () => {
        const folder = join(scratch, "data");
        for (const part of ["demo", "codebooks"])
          cpSync(join(data, part), join(folder, part), { recursive: true, filter: (path) => !/[\\/]out$/.test(path) });
        const file = join(folder, "demo", "study.toml");
        // The page is made from the same rows whatever tables are written, and CSV is what the checks read.
        const text = readFileSync(file, "utf8");
        const csv = text.replace(/^formats = .*$/m, 'formats = ["csv"]');
        assert.notEqual(csv, text, "the demo study says which formats it writes");
        writeFileSync(file, csv);
        return finished(file, join(scratch, "demo-out"));
      }),
    hostile: () =>
      once("hostile", () => {
        const { files, ...names } = hostileFiles();
        return finished(written(join(scratch, "hostile"), files), join(scratch, "hostile-out"), [0, 2]).then(
          (study) => ({ ...study, ...names, files }),
        );
      }),
    empty: () =>
      once("empty", () => finished(written(join(scratch, "empty"), emptyFiles), join(scratch, "empty-out"), [0, 2])),
    withoutCodebook: () =>
      once("withoutCodebook", () => {
        const { files } = hostileFiles();
        const plain = Object.fromEntries(Object.entries(files).filter(([name]) => /^P0[13].*\.txt$/.test(name)));
        plain["study.toml"] =
          '[study]\ntitle = ""\n[corpus]\ntranscripts = ["*.txt"]\ninterviewers = ["INT"]\n[output]\nformats = ' +
          '["csv"]\n';
        return finished(written(join(scratch, "plain"), plain), join(scratch, "plain-out"), [0, 2]);
      }),
    /**
     * The demo after people's answers were imported; `files` are what the page saved. The first run stays as it was.
     */
    reviewed: (files) =>
      once("reviewed", async () => {
        const demo = await studies.demo();
        const out = join(scratch, "reviewed-out");
        cpSync(demo.out, out, { recursive: true });
        const imported = await runEmic(emic, ["review", "import", out, ...files]);
        return { ...(await finished(demo.study, out)), imported: imported.stdout + imported.stderr };
      }),
    isMade: (name) => made.has(name),
  };
  return studies;
}
