// @ts-check
// Answers that this coder gave to an earlier run of the study on this computer. Those whose segment still has its words
// can be taken over; nothing is taken without asking, and what was answered in this run stays.

import { button, element } from "../dom.js";
import { formatCount } from "../format.js";
import { reviewAnswerKey, reviewIsEmpty } from "./answers.js";
import { reviewTransferred } from "./file.js";
import { reviewEarlierAnswers } from "./storage.js";

/** @import { ReviewLedger } from "./ledger.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/**
 * The offer; null when there is nothing to take over.
 * @param {ReviewMaterial} material
 * @param {ReviewLedger} ledger
 * @param {{ taken: (sentence: string) => void, declined: () => void }} steps
 */
export function reviewEarlierOffer(material, ledger, { taken, declined }) {
  const { fresh, lost } = reviewEarlierHere(material, ledger);
  if (fresh.length === 0) {
    return null;
  }
  const count = `${formatCount(fresh.length)} ${fresh.length === 1 ? "answer" : "answers"}`;
  const rest =
    lost === 0
      ? ""
      : ` ${formatCount(lost)} more cannot be taken over: their segments changed, or this sample does not ask for ` +
        "them.";
  const offer = element(
    "div",
    { class: "note review-earlier" },
    element(
      "p",
      {},
      `On this computer you reviewed an earlier run of this study. ${count} can be taken over: the segments have ` +
        `the same words.${rest}`,
    ),
    element(
      "div",
      { class: "review-line" },
      button(
        "Take over",
        () => {
          offer.remove();
          ledger.adopt(fresh);
          taken(`${count} taken over.`);
        },
        { class: "primary" },
      ),
      button("Begin anew", () => {
        offer.remove();
        declined();
      }),
    ),
  );
  return offer;
}

/** Earlier answers that this run can hold and does not have yet, oldest first. */
function reviewEarlierHere(/** @type {ReviewMaterial} */ material, /** @type {ReviewLedger} */ ledger) {
  const earlier = reviewEarlierAnswers(material.study, ledger.coder).filter((answer) => !reviewIsEmpty(answer));
  if (earlier.length === 0) {
    return { fresh: [], lost: 0 };
  }
  const { answers, lost } = reviewTransferred(
    material,
    earlier.sort((one, other) => one.order - other.order),
    false,
  );
  const latest = new Map(answers.map((answer) => [reviewAnswerKey(answer.way, answer.segmentId), answer]));
  return { fresh: [...latest].filter(([key]) => !ledger.answers.has(key)).map(([, answer]) => answer), lost };
}
