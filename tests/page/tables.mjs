// Reads the tables of a run as people do: CSV files with a byte-order mark, in which an apostrophe keeps a spreadsheet
// from taking a text for a formula. And says, from the tables alone, which segments a filter of the page asks for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The cells of a CSV file, row by row. Fails where quotes do not fit. */
export function csvCells(text) {
  assert.ok(text.startsWith("\ufeff"), "a CSV file begins with a byte-order mark");
  const rows = [[]];
  let at = 1;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        assert.ok(end >= 0, "every quoted cell ends");
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    } else {
      const plain = /[^,\r\n]*/y;
      plain.lastIndex = at;
      [cell] = plain.exec(text);
      at += cell.length;
    }
    rows[rows.length - 1].push(cell);
    if (text[at] === ",") {
      at += 1;
      if (at === text.length || /[\r\n]/.test(text[at])) rows[rows.length - 1].push("");
    }
    const end = /^\r?\n/.exec(text.slice(at, at + 2));
    if (end) {
      at += end[0].length;
      if (at < text.length) rows.push([]);
    } else assert.ok(at >= text.length || text[at - 1] === ",", "a comma or the line's end comes after a cell");
  }
  return rows;
}

/** A cell as it was before an apostrophe was put in front of it. */
function cellText(cell) {
  return /^'+[=+\-@＝＋－＠\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}

/** A CSV file as a list of objects; an empty cell is null. */
export function csvRows(text) {
  const [head, ...rows] = csvCells(text);
  return rows.map((row) => {
    assert.equal(row.length, head.length, "every row has as many cells as the heading");
    return Object.fromEntries(row.map((cell, at) => [cellText(head[at]), cell === "" ? null : cellText(cell)]));
  });
}

/** The tables of an output folder, each read when it is first asked for. */
export function tablesOf(out) {
  const read = new Map();
  return (name) => {
    if (!read.has(name)) read.set(name, csvRows(readFileSync(join(out, "tables", `${name}.csv`), "utf8")));
    return read.get(name);
  };
}

/** What the two blocks of data in a page hold. */
export function dataOf(page) {
  const text = readFileSync(page, "utf8");
  const [study, voices] = ["emic-study", "emic-voices"].map((id) =>
    JSON.parse(new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, "s").exec(text)[1]),
  );
  return { study, voices };
}

/** The words of a text column of the page, which may be given by distinct words and places. */
export function columnWords(column) {
  return Array.isArray(column) ? column : column.at.map((at) => (at === null ? null : column.words[at]));
}

/** The filter that stands in an address behind its question mark. */
export function filterOf(hash) {
  const filter = {};
  for (const [name, value] of new URLSearchParams(hash.split("?", 2)[1] ?? "")) {
    if (name === "themes" || name === "segments") (filter[name] ??= []).push(value);
    else filter[name] = value;
  }
  return filter;
}

/** Text without case and accents. */
export function folded(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ");
}

/** Ids of the segments that a filter asks for, from the tables. */
export function segmentsAsked(table, filter) {
  const themesOf = new Map();
  for (const { segment_id, theme } of table("labels"))
    themesOf.set(segment_id, (themesOf.get(segment_id) ?? new Set()).add(theme));
  const valuesOf = new Map(table("transcripts").map((row) => [row.transcript_id, row]));
  const lengths = new Map();
  for (const turn of table("turns"))
    lengths.set(turn.transcript_id, Math.max(lengths.get(turn.transcript_id) ?? 0, Number(turn.char_end)));
  const quoted =
    filter.kind &&
    new Set(
      table("quotes")
        .filter((row) => row.kind === filter.kind && (!filter.theme || row.theme === filter.theme))
        .map((row) => row.segment_id),
    );
  const themes = [...(filter.theme ? [filter.theme] : []), ...(filter.themes ?? [])];
  return table("segments")
    .filter((segment) => {
      const has = themesOf.get(segment.segment_id) ?? new Set();
      const value = filter.attribute ? valuesOf.get(segment.transcript_id)[filter.attribute] : null;
      const middle = (Number(segment.char_start) + Number(segment.char_end)) / 2 / lengths.get(segment.transcript_id);
      return (
        (!filter.segment || filter.segment === segment.segment_id) &&
        (!filter.segments || filter.segments.includes(segment.segment_id)) &&
        (!quoted || quoted.has(segment.segment_id)) &&
        (filter.kind || themes.every((theme) => has.has(theme))) &&
        (!filter.none || !has.size) &&
        (!filter.transcript || filter.transcript === segment.transcript_id) &&
        (!filter.tenth || Math.min(10, Math.floor(middle * 10) + 1) === Number(filter.tenth)) &&
        (!filter.language || filter.language === segment.language) &&
        (filter.group === undefined ||
          (filter.group === "(all others)" && filter.notGroup
            ? value !== null && value !== filter.notGroup
            : value === filter.group)) &&
        (!filter.words || folded(segment.text).includes(folded(filter.words).replaceAll('"', "")))
      );
    })
    .map((segment) => segment.segment_id);
}
