// @ts-check
// Whole interviews for pictures that need all of an interview: which are in the page, in which groups, page by page.

import { formatCount, formatCounted } from "../format.js";

/** @import { PictureControl } from "../picture.js" */
/** @import { Study, Voices } from "../types.js" */

/**
 * Places of interviews that are in the page as a whole and have segments, sorted by group of an attribute.
 * @param {Voices} voices
 * @param {string} attribute "" for none
 * @param {string[]} groups in their order
 */
export function wholeInterviews(voices, attribute, groups) {
  const column = voices.attributes.indexOf(attribute);
  const order = new Map(groups.map((group, at) => [group, at]));
  const found = voices.transcripts
    .map((transcript, index) => ({ transcript, index, group: column < 0 ? null : (transcript.values[column] ?? null) }))
    .filter(({ transcript, index }) => transcript.whole && voices.segmentsOf(index)[1] > voices.segmentsOf(index)[0]);
  return found.sort(
    (a, b) => (order.get(a.group ?? "") ?? 1e9) - (order.get(b.group ?? "") ?? 1e9) || a.index - b.index,
  );
}

/**
 * Controls: groups by an attribute, and pages.
 * @param {Study} study
 * @param {Voices} voices
 * @param {number} size
 * @returns {PictureControl[]}
 */
export function wholeControls(study, voices, size) {
  const count = wholeInterviews(voices, "", []).length;
  const pages = Array.from(
    { length: Math.max(1, Math.ceil(count / size)) },
    (_, page) =>
      /** @type {[string, string]} */ ([
        String(page),
        `${formatCount(page * size + 1)} to ${formatCount(Math.min(count, (page + 1) * size))} ` +
          `of ${formatCount(count)}`,
      ]),
  );
  return [
    {
      kind: "choice",
      name: "attribute",
      label: "Groups by",
      options: [
        ...study.attributes.map((attribute) => /** @type {[string, string]} */ ([attribute.name, attribute.name])),
        ["", "no groups"],
      ],
      value: study.attributes[0]?.name ?? "",
    },
    { kind: "choice", name: "page", label: "Interviews", options: pages, value: "0" },
  ];
}

/**
 * The interviews of a page in the order of a picture, with a row kept free before each group.
 * @param {Study} study
 * @param {Voices} voices
 * @param {any} state
 * @param {number} size
 */
export function wholePage(study, voices, state, size) {
  const groups =
    study.attributes.find((attribute) => attribute.name === state.attribute)?.groups.map((group) => group.name) ?? [];
  const interviews = wholeInterviews(voices, state.attribute, groups);
  const page = interviews.slice(Number(state.page) * size, (Number(state.page) + 1) * size);
  /** @type {string[]} */
  const domain = [];
  /** @type {Array<{key: string, group: string, first: string, last: string, count: number}>} */
  const heads = [];
  for (const { index, group } of page) {
    const key = String(index);
    const last = heads[heads.length - 1];
    const name = group ?? "not known";
    if (state.attribute && last?.group !== name) {
      heads.push({ key: `head ${heads.length}`, group: name, first: key, last: key, count: 1 });
      domain.push(`head ${heads.length - 1}`);
    } else if (last) {
      last.last = key;
      last.count += 1;
    }
    domain.push(key);
  }
  return { interviews, page, domain, heads };
}

/**
 * How many interviews a picture can show.
 * @param {Voices} voices
 * @param {number} whole
 */
export function wholeNote(voices, whole) {
  const coded = whole < voices.of.transcripts;
  return coded
    ? `From ${formatCount(whole)} of ${formatCounted(voices.of.transcripts, "interview")}: those that are in this ` +
        `page as a whole${voices.complete ? " and have a segment" : ", drawn evenly over the groups"}. The tables ` +
        "hold all."
    : null;
}
