// @ts-check
// What one coder has answered: in memory, and at once in the browser's storage under `emic-review/RUN/CODER`. Every
// change gets the next number. Whoever reads the same answers elsewhere (another tab, a file) takes the later one of
// each segment, so that none is lost. What was emptied stays as an empty answer, or an older copy would bring it back.

import { reviewAnswerKey, reviewIsEmpty, reviewKeptAnswer, reviewLater, reviewPlain } from "./answers.js";
import { reviewStorageRead, reviewStorageWrite } from "./storage.js";

/** @import { ReviewAnswer, ReviewWay } from "./answers.js" */

/** Steps that can be undone. */
const REVIEW_MOST_STEPS = 500;

export class ReviewLedger {
  /**
   * @param {{ run: string, title: string }} study
   * @param {string} coder
   */
  constructor(study, coder) {
    this.coder = coder;
    this.title = study.title;
    this.key = `emic-review/${study.run}/${coder}`;
    /** Whether the browser kept the last change. */
    this.isKept = true;
    /** The number of the last change that is in a saved file. */
    this.saved = 0;
    /** @type {Map<string, ReviewAnswer>} */
    this.answers = new Map();
    /** @type {{ before: ReviewAnswer, group: string | null }[]} */
    this.steps = [];
    const kept = reviewStorageRead(this.key);
    this.isKept = kept.allowed;
    this.hear(kept.value);
  }

  /**
   * The answer to a segment, or an empty one.
   * @param {ReviewWay} way
   * @param {{ id: string, transcriptId: string, digest: string }} segment
   * @returns {ReviewAnswer}
   */
  answer(way, segment) {
    const { id: segmentId, transcriptId, digest } = segment;
    const empty = {
      segmentId,
      transcriptId,
      digest,
      way,
      themes: new Map(),
      other: [],
      memo: "",
      paper: false,
      order: 0,
    };
    return this.answers.get(reviewAnswerKey(way, segmentId)) ?? empty;
  }

  /**
   * Takes a changed answer in and writes it down. Steps of one group, such as the letters of a memo, are undone
   * together.
   * @param {ReviewAnswer} answer
   * @param {string | null} [group]
   */
  put(answer, group = null) {
    this.readAgain();
    const key = reviewAnswerKey(answer.way, answer.segmentId);
    const before = this.answers.get(key) ?? { ...answer, themes: new Map(), other: [], memo: "", paper: false };
    if (group === null || this.steps.at(-1)?.group !== group) {
      this.steps.push({ before, group });
      this.steps.splice(0, this.steps.length - REVIEW_MOST_STEPS);
    }
    this.answers.set(key, { ...answer, order: this.highest() + 1 });
    this.write();
  }

  /**
   * Takes the last step back; gives the answer that stands now, or null when there is no step.
   * @returns {ReviewAnswer | null}
   */
  undo() {
    const step = this.steps.pop();
    if (!step) {
      return null;
    }
    this.readAgain();
    const answer = { ...step.before, order: this.highest() + 1 };
    this.answers.set(reviewAnswerKey(answer.way, answer.segmentId), answer);
    this.write();
    return answer;
  }

  /**
   * Takes answers from elsewhere in, the later one of each segment; gives how many were new. Not written yet.
   * @param {ReviewAnswer[]} answers
   */
  merge(answers) {
    let taken = 0;
    for (const answer of answers) {
      const key = reviewAnswerKey(answer.way, answer.segmentId);
      const mine = this.answers.get(key);
      if (!mine || (mine.order !== answer.order && reviewLater(mine, answer) === answer)) {
        this.answers.set(key, answer);
        taken += 1;
      } else {
        this.answers.set(key, reviewLater(mine, answer));
      }
    }
    return taken;
  }

  /** The number of the last change. */
  highest() {
    let highest = this.saved;
    for (const answer of this.answers.values()) {
      highest = Math.max(highest, answer.order);
    }
    return highest;
  }

  /** Answers that say something. */
  given() {
    return [...this.answers.values()].filter((answer) => !reviewIsEmpty(answer));
  }

  /** How many answers changed since the last saved file. */
  unsaved() {
    return [...this.answers.values()].filter((answer) => answer.order > this.saved).length;
  }

  /** All answers as they stand are in a file now. */
  markSaved() {
    this.saved = this.highest();
    this.write();
  }

  /** Takes answers of an earlier run over, in their order, as changes of this one. */
  adopt(/** @type {ReviewAnswer[]} */ answers) {
    this.readAgain();
    for (const answer of answers) {
      this.answers.set(reviewAnswerKey(answer.way, answer.segmentId), { ...answer, order: this.highest() + 1 });
    }
    this.write();
  }

  /** Writes down after a file was read. Where the answers are those of the file, they count as saved. */
  keepWithFile(/** @type {ReviewAnswer[]} */ answers) {
    const orders = new Map(answers.map((answer) => [reviewAnswerKey(answer.way, answer.segmentId), answer.order]));
    if ([...this.answers].every(([key, answer]) => answer.order <= this.saved || orders.get(key) === answer.order)) {
      this.saved = this.highest();
    }
    this.write();
  }

  /** Takes in what another tab wrote since, before it is written over. */
  readAgain() {
    this.hear(reviewStorageRead(this.key).value);
  }

  /** Takes in what is kept. Anything of a wrong form is passed over. */
  hear(/** @type {any} */ value) {
    const rows = Array.isArray(value?.answers) ? value.answers : [];
    this.merge(rows.map(reviewKeptAnswer).filter((/** @type {ReviewAnswer | null} */ answer) => answer !== null));
    if (Number.isSafeInteger(value?.saved)) {
      this.saved = Math.max(this.saved, value.saved);
    }
  }

  /**
   * Takes in what another tab has just written. Where both wrote in the same moment, what is missing there is written
   * again.
   */
  hearOther(/** @type {any} */ value) {
    this.hear(value);
    const rows = Array.isArray(value?.answers) ? value.answers : [];
    const orders = new Map(
      rows.map((/** @type {any} */ row) => [reviewAnswerKey(row?.way, row?.segmentId), row?.order]),
    );
    if ([...this.answers].some(([key, answer]) => !(orders.get(key) >= answer.order))) {
      this.write();
    }
  }

  /** Writes all down in the browser. */
  write() {
    const answers = [...this.answers.values()].map(reviewPlain);
    this.isKept = reviewStorageWrite(this.key, { title: this.title, saved: this.saved, answers });
  }
}
