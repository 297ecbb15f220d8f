// @ts-check
// Reads the two blocks of data in the page: the study (small, read at start) and the voices (people's words, up to
// 10 MB, read when first needed). Pictures, views and the review get everything from here.
// Who finds segments for a filter: find.js. What a segment is and says: voice.js.

import { isLoading } from "./guard.js";
import { makeVoices } from "./voice.js";

/**
 * The study with its tables; fields as in the block `emic-study`, and:
 * @typedef {{
 *   format: number, program: string, run: string, title: string, seed: number, model: string, unit: string,
 *   languages: Array<{tag: string | null, transcripts: number, segments: number}>,
 *   counts: Record<string, number | null>,
 * attributes: Array<{name: string, groups: Array<{name: string, transcripts: number, segments: number}>, missing:
 * number}>,
 * themes: Array<{include: string, exclude: string, examples: string[], share_segments_low: number, share_segments_high:
 * number, share_transcripts_low: number, share_transcripts_high: number}>,
 *   left_out: Record<string, number>,
 *   table: (name: string) => any[],
 *   themeNames: string[],
 *   themePlace: (name: string) => number,
 *   theme: (name: string) => any,
 * }} Study
 * `table(name)`: rows of a table as objects, [] when it is not there. `themeNames`: in the order of table `themes`;
 * labels in the voices point to places in it. `themePlace(name)`: that place, −1 when there is none.
 * `theme(name)`: its row in table `themes` with `include`, `exclude`, `examples` and `place`; null when there is none.
 */

/** @typedef {import("./voice.js").Voices} Voices */
/** @typedef {import("./find.js").Filter} Filter */

/** @type {Study | null} */
let dataStudy = null;
/** @type {Voices | null} */
let dataVoices = null;

/**
 * The text of a block of data, parsed; null when it is missing.
 * @param {string} id
 */
function dataBlock(id) {
  const text = document.getElementById(id)?.textContent?.trim();
  return text ? JSON.parse(text) : null;
}

/**
 * Rows of a table that came as columns. A text column may come as its distinct words and places in them.
 * @param {{rows: number, columns: Record<string, any>} | null | undefined} table
 */
function dataRows(table) {
  const rows = Array.from({ length: table?.rows ?? 0 }, () => /** @type {any} */ ({}));
  for (const [name, column] of Object.entries(table?.columns ?? {})) {
    if (Array.isArray(column))
      rows.forEach((row, at) => {
        row[name] = column[at] ?? null;
      });
    else
      rows.forEach((row, at) => {
        row[name] = column.at[at] === null ? null : column.words[column.at[at]];
      });
  }
  return rows;
}

/**
 * The study. The block is parsed once.
 * @returns {Study}
 */
export function readStudy() {
  if (dataStudy) return dataStudy;
  const block = dataBlock("emic-study") ?? {};
  /** @type {Map<string, any[]>} */
  const tables = new Map();
  const table = (/** @type {string} */ name) => {
    if (!tables.has(name)) tables.set(name, dataRows(block.tables?.[name]));
    return /** @type {any[]} */ (tables.get(name));
  };
  const themes = table("themes");
  themes.forEach((theme, place) =>
    Object.assign(theme, { include: "", exclude: "", examples: [], ...block.themes?.[place], place }),
  );
  const places = new Map(themes.map((theme) => [theme.theme, theme.place]));
  dataStudy = {
    counts: {},
    attributes: [],
    languages: [],
    left_out: {},
    themes: [],
    title: "",
    run: "",
    program: "",
    model: "",
    unit: "turn",
    ...block,
    table,
    themeNames: themes.map((theme) => theme.theme),
    themePlace: (/** @type {string} */ name) => places.get(name) ?? -1,
    theme: (/** @type {string} */ name) => themes[places.get(name) ?? -1] ?? null,
  };
  return /** @type {Study} */ (dataStudy);
}

/**
 * The voices. The block is parsed once; for a large study this takes some tenths of a second.
 * @returns {Voices}
 */
export function readVoices() {
  if (!dataVoices && isLoading())
    throw new Error("What people said stands at the end of the file, which is still being read.");
  if (!dataVoices) dataVoices = makeVoices(dataBlock("emic-voices") ?? {}, readStudy());
  return dataVoices;
}
