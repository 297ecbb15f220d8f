// @ts-check
// The browser's storage, which may be full, forbidden or hold anything. Keys of the review:
//   emic-review/RUN/CODER        the answers of a coder in a run
//   emic-review-place/RUN/CODER  where the coder was
//   emic-review-coder            who reviewed last
//   emic-review-keys             "off" without single keys
// Coders' names are looked up here and never listed.

import { reviewKeptAnswer } from "./answers.js";
import { reviewIsSameCoder } from "./coder.js";

/** @import { ReviewAnswer } from "./answers.js" */

const REVIEW_PREFIX = "emic-review/";

/** What stands under a key, null when nothing readable does, and whether the browser lets us look. */
export function reviewStorageRead(/** @type {string} */ key) {
  let text;
  try {
    text = localStorage.getItem(key);
  } catch {
    return { value: null, allowed: false };
  }
  return { value: reviewParsed(text), allowed: true };
}

/** Keeps a value under a key; false when the browser refuses. */
export function reviewStorageWrite(/** @type {string} */ key, /** @type {any} */ value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Takes a key out. */
export function reviewStorageForget(/** @type {string} */ key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, then.
  }
}

/** Text as JSON; null when it is none. */
export function reviewParsed(/** @type {string | null} */ text) {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** The name as this coder wrote it before on this computer, if only case and marks differ. */
export function reviewKnownName(/** @type {string} */ run, /** @type {string} */ name) {
  const names = reviewKept()
    .filter((kept) => kept.run === run)
    .map((kept) => kept.coder);
  return names.find((kept) => kept === name) ?? names.find((kept) => reviewIsSameCoder(kept, name)) ?? name;
}

/**
 * Answers of this coder to other runs of the study, the later one of each segment of a run.
 * @param {{ run: string, title: string }} study @param {string} coder
 * @returns {ReviewAnswer[]}
 */
export function reviewEarlierAnswers(study, coder) {
  const earlier = reviewKept().filter((kept) => kept.run !== study.run && reviewIsSameCoder(kept.coder, coder));
  const answers = [];
  for (const kept of earlier) {
    const { value } = reviewStorageRead(kept.key);
    if (value?.title === study.title && Array.isArray(value.answers)) {
      answers.push(...value.answers.map(reviewKeptAnswer).filter((/** @type {any} */ answer) => answer !== null));
    }
  }
  return answers;
}

/** All answers that are kept, by key. A coder's name may hold `/`. */
function reviewKept() {
  const kept = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index) ?? "";
      const run = key.startsWith(REVIEW_PREFIX) ? key.slice(REVIEW_PREFIX.length).split("/", 1)[0] : "";
      if (run !== "") {
        kept.push({ key, run, coder: key.slice(REVIEW_PREFIX.length + run.length + 1) });
      }
    }
  } catch {
    return [];
  }
  return kept;
}
