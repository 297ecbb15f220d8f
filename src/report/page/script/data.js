// @ts-check
// Reads the two blocks of data in the page: the study (small, read at start) and the voices (people's words, up to
// 10 MB, read when first needed). Pictures, views and the review get everything from here.
// Who finds segments for a filter: find.js. What a segment is and says: voice.js.

import { isLoading } from "./guard.js";
import { makeVoices } from "./voice.js";

/** @import { Study, TableColumns, Voices } from "./types.js" */

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
 * The number in a column whose name is chosen while the page runs.
 * @param {object} row
 * @param {string} column
 */
export function numberIn(row, column) {
  return /** @type {Record<string, number | null | undefined>} */ (row)[column];
}

/**
 * Rows of a table that came as columns. A column of texts may come as its distinct words and, for each row, an index
 * into them.
 * @param {TableColumns | null | undefined} table
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
  themes.forEach((theme, index) =>
    Object.assign(theme, { include: "", exclude: "", examples: [], ...block.themes?.[index], index }),
  );
  const indices = new Map(themes.map((theme) => [theme.theme, theme.index]));
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
    themeIndex: (/** @type {string} */ name) => indices.get(name) ?? -1,
    theme: (/** @type {string} */ name) => themes[indices.get(name) ?? -1] ?? null,
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
