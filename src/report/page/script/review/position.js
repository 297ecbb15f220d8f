// @ts-check
// Where a coder was when the page was closed: the way, the theme, the segment in each, and what was already said to
// them once. Kept apart from the answers, so that a lost position never costs an answer.

import { reviewStorageRead, reviewStorageWrite } from "./storage.js";

/** @import { ReviewWay } from "./answers.js" */

/**
 * @param {string} run
 * @param {string} coder
 */
export function reviewPosition(run, coder) {
  const key = `emic-review-place/${run}/${coder}`;
  const kept = reviewStorageRead(key).value;
  /**
   * @type {{ way: ReviewWay | null, theme: string | null, begun: boolean, declined: boolean }}
   */
  const record = {
    way: kept?.way === "theme" ? "theme" : kept?.way === "sample" ? "sample" : null,
    theme: typeof kept?.theme === "string" ? kept.theme : null,
    begun: kept?.begun === true,
    declined: kept?.declined === true,
  };
  // The segment of each way, and of each theme in the second way. A Map, since a theme may be called `__proto__`.
  const segments = new Map(
    Array.isArray(kept?.segments) ? kept.segments.filter((/** @type {any} */ pair) => Array.isArray(pair)) : [],
  );
  const name = () => (record.way === "theme" ? `theme ${record.theme}` : "sample");
  const write = () => reviewStorageWrite(key, { ...record, segments: [...segments] });
  return {
    record,
    /** The segment where this way and theme was left. */
    segment: () => segments.get(name()) ?? null,
    leftAt: (/** @type {string} */ segmentId) => {
      segments.set(name(), segmentId);
      write();
    },
    set: (/** @type {Partial<typeof record>} */ change) => {
      Object.assign(record, change);
      write();
    },
  };
}
