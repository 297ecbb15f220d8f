// @ts-check
// How common a theme is, in words; and which emergent theme stands under which.

import { formatShare, isNumber } from "./format.js";

/** @import { Study, Theme } from "./types.js" */

/**
 * Share of segments with a likely label, with its interval; words where it would be no finding.
 * @param {Theme} theme a row of table themes
 */
export function shareLikely(theme) {
  if (!theme.has_basis) return "no basis";
  return formatShare(theme.share_likely, theme.share_likely_low, theme.share_likely_high);
}

/**
 * Segments that carry it by a possible label alone.
 * @param {Theme} theme a row of table themes
 */
export function possibleSegments(theme) {
  return theme.segments - theme.likely_segments;
}

/**
 * The tier of a label: by people, or from a confidence on.
 * @param {Study} study
 * @param {{confidence: number, by: number}} label
 */
export function labelTier(study, label) {
  return label.by > 0 || label.confidence >= study.likely_confidence ? "likely" : "possible";
}

/**
 * What people's codes make of a theme's share of segments, with the interval for a question; null where nobody coded
 * it.
 * @param {Study} study
 * @param {string} theme
 * @param {"these" | "like_these"} question in these interviews, or in interviews like these
 */
export function correctedShare(study, theme, question) {
  const row = study.table("corrected_prevalence").find((one) => one.theme === theme && one.attribute === null);
  return row && isNumber(row.share_corrected)
    ? formatShare(row.share_corrected, row[`low_${question}`], row[`high_${question}`])
    : null;
}

/**
 * The share of interviews as corrected by interviews that were read whole; null where none were.
 * @param {Study} study
 * @param {string} theme
 * @param {"these" | "like_these"} question in these interviews, or in interviews like these
 */
export function correctedShareOfInterviews(study, theme, question) {
  const row = study.table("corrected_prevalence").find((one) => one.theme === theme && one.attribute === null);
  return row && isNumber(row.share_transcripts_corrected)
    ? formatShare(
        row.share_transcripts_corrected,
        row[`share_transcripts_low_${question}`],
        row[`share_transcripts_high_${question}`],
      )
    : null;
}

/**
 * Whether people coded anything.
 * @param {Study} study
 */
export function peopleCoded(study) {
  return study.table("agreement").length > 0 || study.table("corrected_prevalence").length > 0;
}

/**
 * How stable an emergent theme is, in words.
 * @param {Theme} theme
 * @returns {{words: string, doubtful: boolean} | null}
 */
export function stabilityWords(theme) {
  if (!isNumber(theme.stability)) return null;
  const halves = Math.round(theme.stability * 20);
  return { words: `found again in ${halves} of 20 random halves of the interviews`, doubtful: theme.stability < 0.5 };
}

/**
 * Whether a theme lies under another of the codebook.
 * @param {Study} study
 * @param {Theme} theme
 */
export function isFiner(study, theme) {
  return Boolean(theme.parent && study.theme(theme.parent));
}

/**
 * Emergent themes with the commonest and most stable first.
 * @param {Study} study
 */
export function emergentByWeight(study) {
  const weight = (/** @type {Theme} */ theme) =>
    theme.share_likely * (isNumber(theme.stability) ? theme.stability : 0.5);
  return study
    .table("themes")
    .filter((theme) => theme.kind === "emergent")
    .sort((a, b) => weight(b) - weight(a) || a.index - b.index);
}
