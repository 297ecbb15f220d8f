// @ts-check
// A coder's answers as a file: what `emic review import` takes, and what goes on on another computer.
// A file of a later or an earlier run is read too: an answer is taken where the segment still has the same words.

import { reviewIsEmpty, reviewKeptAnswer, reviewThemesObject } from "./answers.js";
import { reviewIsSameCoder } from "./coder.js";
import { reviewTextDigest } from "./segments.js";
import { reviewParsed } from "./storage.js";

/** @import { ReviewAnswer } from "./answers.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/** Largest file that is read, in bytes. */
const REVIEW_LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The file's text: an answer a line, the sample's in its order, then the others in the order of the interviews.
 * @param {ReviewMaterial} material
 * @param {string} coder
 * @param {ReviewAnswer[]} answers
 */
export function reviewFileText(material, coder, answers) {
  const { study, voices, sample } = material;
  const rows = answers
    .filter((answer) => !reviewIsEmpty(answer))
    .map((answer) => {
      const index = answer.text === undefined ? voices.segmentIndex(answer.segmentId) : -1;
      return { answer, index, row: answer.way === "sample" ? material.row(index) : null };
    });
  const last = Number.MAX_SAFE_INTEGER;
  rows.sort(
    (one, other) =>
      (one.row ?? last) - (other.row ?? last) || one.index - other.index || one.answer.order - other.answer.order,
  );
  const head = {
    emic_review: 1,
    program: study.program,
    run: study.run,
    study: study.title,
    coder,
    sample: sample ? { key: sample.key, segments: sample.segments.length, of: sample.of } : null,
  };
  const lines = rows.map(({ answer, index, row }) =>
    JSON.stringify({
      segment_id: answer.segmentId,
      transcript_id: answer.transcriptId,
      text: answer.text ?? voices.text(index),
      way: answer.way,
      row,
      themes: reviewThemesObject(answer.themes),
      other: answer.other,
      memo: answer.memo,
      paper: answer.paper,
      order: answer.order,
    }),
  );
  const body = lines.length === 0 ? "" : `\n  ${lines.join(",\n  ")}\n`;
  return `${JSON.stringify(head).slice(0, -1)},"answers":[${body}]}\n`;
}

/**
 * The answers of a file as this page can hold them, or a sentence why it cannot be taken. `lost` are answers to
 * segments that this
 * page does not have in these words, or does not ask for any more.
 * @param {ReviewMaterial} material @param {string} coder @param {string} text
 * @returns {{ answers: ReviewAnswer[], lost: number, refusal: string }}
 */
export function reviewFileRead(material, coder, text) {
  const refused = (/** @type {string} */ refusal) => ({ answers: [], lost: 0, refusal });
  const file = reviewParsed(text);
  if (file === null || typeof file !== "object" || file.emic_review === undefined || !Array.isArray(file.answers)) {
    return refused("This is not a file that this page saved. Choose the file emic-review-….json.");
  }
  if (file.emic_review !== 1) {
    return refused("A newer Emic saved this file. Open it in the page of that version.");
  }
  // Whose file it is, is not said: names are not shown to other coders.
  if (typeof file.coder !== "string" || !reviewIsSameCoder(file.coder, coder)) {
    return refused("This file is of another coder. To go on with it, change the coder first.");
  }
  const rows = file.answers.map(reviewFileAnswer);
  if (rows.includes(null)) {
    return refused(
      `Answer ${rows.indexOf(null) + 1} of the file is damaged. Nothing was taken. Load an earlier copy of the file.`,
    );
  }
  const { answers, lost } = reviewTransferred(material, rows, file.run === material.study.run);
  if (answers.length === 0 && lost > 0) {
    return refused("No answer of this file is about a segment of this page. Is it of another study?");
  }
  return { answers, lost, refusal: "" };
}

/**
 * An answer of a file; null when it is not of the right form.
 * @returns {ReviewAnswer | null}
 */
function reviewFileAnswer(/** @type {any} */ value) {
  if (typeof value?.text !== "string") {
    return null;
  }
  const digest = reviewTextDigest(value.text);
  return reviewKeptAnswer({ ...value, segmentId: value.segment_id, transcriptId: value.transcript_id, digest });
}

/**
 * Answers as this run can hold them. Of the same run all are kept, even to a segment that is not in the page. Of
 * another run those whose segment still has its words; blind ones only if this sample asks for it, since its chance to
 * be drawn is known in this sample alone.
 * @param {ReviewMaterial} material
 * @param {ReviewAnswer[]} answers
 * @param {boolean} isThisRun
 */
export function reviewTransferred(material, answers, isThisRun) {
  /** @type {ReviewAnswer[]} */
  const taken = [];
  let lost = 0;
  for (const answer of answers) {
    const segment = material.sameWords(answer.segmentId, answer.transcriptId, answer.digest);
    if (segment && (answer.way === "theme" || material.row(segment.index) !== null)) {
      const kept = {
        ...answer,
        segmentId: segment.id,
        themes: isThisRun ? answer.themes : reviewThemesHere(material, answer),
      };
      delete kept.text;
      taken.push(kept);
    } else if (isThisRun) {
      taken.push(answer);
    } else {
      lost += 1;
    }
  }
  return { answers: taken, lost };
}

/** Decisions on themes that this run has; of a blind answer those on seed themes. */
function reviewThemesHere(/** @type {ReviewMaterial} */ material, /** @type {ReviewAnswer} */ answer) {
  const names = new Set(answer.way === "sample" ? material.seedNames : material.study.themeNames);
  return new Map([...answer.themes].filter(([theme]) => names.has(theme)));
}

/** The text of a file that was chosen, or a sentence why it cannot be read. */
export async function reviewFileChosen(/** @type {File} */ file) {
  if (file.size > REVIEW_LARGEST_FILE) {
    return { text: "", refusal: "This file is larger than any that this page saves." };
  }
  try {
    return { text: await file.text(), refusal: "" };
  } catch {
    return { text: "", refusal: "The browser cannot read this file." };
  }
}
