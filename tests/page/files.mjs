// Files that the page saves: whether another program can read them, and whether they hold nothing that runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { csvCells } from "./tables.mjs";

/** The file that a press saves. */
export async function savedBy(tab, save) {
  const [download] = await Promise.all([tab.waitForEvent("download"), save()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/**
 * An SVG file that stands by itself: well-formed, sized, with marks and words, with nothing of the page's styles or
 * scripts.
 */
export async function checkSvgFile(tab, { name, text }, what) {
  assert.match(name, /^emic-[\w-]+\.svg$/, `${what}: the name of the picture's file`);
  const found = await tab.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const numbers = [...parsed.querySelectorAll("*")]
      .flatMap((node) => [...node.attributes])
      .map((attribute) => attribute.value);
    return {
      error: parsed.querySelector("parsererror")?.textContent ?? "",
      root: parsed.documentElement.localName,
      size: [parsed.documentElement.getAttribute("width"), parsed.documentElement.getAttribute("height")].map(Number),
      shapes: parsed.querySelectorAll("circle, rect, path, line").length,
      words: parsed.querySelectorAll("text").length,
      title: parsed.querySelector("title")?.textContent ?? "",
      runs: parsed.querySelectorAll("script, foreignObject, a, image, use").length,
      left: numbers.filter((value) => /var\(|NaN|undefined|javascript:/.test(value)),
    };
  }, text);
  assert.equal(found.error, "", `${what}: the SVG file is well-formed`);
  assert.equal(found.root, "svg");
  assert.ok(
    found.size.every((size) => size > 50),
    `${what}: the SVG file has a size`,
  );
  assert.ok(found.shapes > 0 && found.words > 0 && found.title, `${what}: the SVG file has marks, words and a title`);
  assert.equal(found.runs, 0, `${what}: nothing in the SVG file runs or is fetched`);
  assert.deepEqual(found.left, [], `${what}: no colour or number of the SVG file needs the page`);
}

/** A CSV file that spreadsheets read and in which nothing is a formula. Gives the number of its rows. */
export function checkCsvFile({ name, text }, what) {
  assert.match(name, /\.csv$/);
  const [head, ...rows] = csvCells(text);
  assert.ok(head.length > 1 && rows.length > 0, `${what}: the CSV file has columns and rows`);
  for (const row of rows) assert.equal(row.length, head.length, `${what}: the CSV file's rows have the same cells`);
  const formulas = rows.flat().filter((cell) => /^[=+@\t\r]|^-(?![\d.])/.test(cell));
  assert.deepEqual(formulas, [], `${what}: no cell of the CSV file is a formula`);
  const missing = rows.flat().filter((cell) => /^(undefined|NaN|null|\[object Object\])$/.test(cell));
  assert.deepEqual(missing, [], `${what}: no value of the CSV file is missing`);
  return rows.length;
}
