// @ts-check
// How many segments the whole study has for a filter, where a table says so. The page of a large study holds only part
// of them, and says of how many.

import { isNumber } from "./format.js";

/** @import { Filter, Study, Voices } from "./types.js" */

/**
 * The filters that are set, in alphabetical order, between blanks.
 * @param {Filter} filter
 */
function givenFilters(filter) {
  return Object.entries(filter)
    .filter(
      ([, value]) => value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && !value.length),
    )
    .map(([name]) => name)
    .sort()
    .join(" ");
}

/**
 * Segments that carry both of two themes.
 * @param {Study} study
 * @param {string[]} themes
 */
function segmentsWithBoth(study, themes) {
  if (themes.length !== 2) return null;
  const [first, second] = themes;
  const pair = study
    .table("cooccurrence")
    .find(
      (row) => (row.theme_a === first && row.theme_b === second) || (row.theme_a === second && row.theme_b === first),
    );
  return pair?.segments ?? null;
}

/**
 * The count of segments for each combination of filters that a table has.
 * @type {Record<string, (given: {
 *   study: Study,
 *   voices: Voices,
 *   filter: Filter,
 *   themes: string[],
 * }) => number | null | undefined>}
 */
const segmentCounts = {
  "": ({ voices }) => voices.of.segments,
  theme: ({ study, themes }) => study.theme(themes[0])?.segments,
  themes: ({ study, themes }) =>
    themes.length === 1 ? study.theme(themes[0])?.segments : segmentsWithBoth(study, themes),
  "theme themes": ({ study, themes }) => segmentsWithBoth(study, themes),
  "attribute group theme": ({ study, filter: { theme, attribute, group } }) =>
    study.table("prevalence").find((row) => row.theme === theme && row.attribute === attribute && row.group === group)
      ?.segments,
  "attribute group": ({ study, filter: { attribute, group } }) =>
    study.attributes.find((one) => one.name === attribute)?.groups.find((one) => one.name === group)?.segments,
  "tenth theme": ({ study, filter: { theme, tenth } }) =>
    study.table("positions").find((row) => row.theme === theme && row.tenth === Number(tenth))?.segments,
  language: ({ study, filter: { language } }) => study.languages.find((one) => one.tag === language)?.segments,
  none: ({ study: { counts } }) =>
    isNumber(counts.segments) && isNumber(counts.labelled) ? counts.segments - counts.labelled : null,
  transcript: ({ voices, filter: { transcript } }) =>
    voices.transcripts[voices.transcriptIndex(transcript ?? "")]?.segments,
};

/**
 * The number of segments in the study that a filter asks for; null where no table knows it.
 * @param {Study} study
 * @param {Voices} voices
 * @param {Filter} filter
 * @returns {number | null}
 */
export function segmentsInStudy(study, voices, filter) {
  const themes = [...(filter.theme ? [filter.theme] : []), ...(filter.themes ?? [])];
  return segmentCounts[givenFilters(filter)]?.({ study, voices, filter, themes }) ?? null;
}

/**
 * The same as a sentence: "31 of 71 segments are in this page; the rest are in tables/labels."
 * @param {Study} study
 * @param {Voices} voices
 * @param {Filter} filter
 * @param {number} here
 * @param {(count: number) => string} words for a count
 */
export function sentenceOfTotal(study, voices, filter, here, words) {
  const exhaustive =
    voices.complete ||
    (filter.transcript && voices.transcripts[voices.transcriptIndex(filter.transcript)]?.whole) ||
    filter.segment ||
    filter.kind;
  if (exhaustive) return `${words(here)}.`;
  const total = segmentsInStudy(study, voices, filter);
  if (total !== null && total <= here) return `${words(here)}.`;
  if (total !== null)
    return `${words(here).replace(/\D*$/, "")} of ${words(total)} are in this page; the rest are in tables/labels.`;
  return (
    `${words(here)} in this page, which holds ${words(voices.count).replace(/\D*$/, "")} ` +
    `of ${words(voices.of.segments)} of the study; the rest are in tables/labels.`
  );
}
