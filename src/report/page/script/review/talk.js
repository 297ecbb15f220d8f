// @ts-check
// A segment as it is read: the talk before it back to what it answers, its words, and the turn after. Nothing of what
// the machine said.

import { element, peoplesWords } from "../dom.js";

/** @import { Voices } from "../types.js" */

/**
 * Turns are shown before the segment until there are so many words, but no more than so many turns; as in coding
 * sheets.
 */
const REVIEW_WORDS_BEFORE = 12;
const REVIEW_TURNS_BEFORE = 3;
/** Letters that are shown at most on each side. */
const REVIEW_LETTERS_AROUND = 600;

/**
 * @param {Voices} voices
 * @param {number} index of the segment
 */
export function reviewTalk(voices, index) {
  const language = voices.language(index);
  const turns = voices.turnsAround(index, REVIEW_TURNS_BEFORE);
  const inside = turns.filter((turn) => turn.from >= 0);
  const first = turns.indexOf(inside[0]);
  const last = first + inside.length - 1;
  return [
    ...reviewBefore(turns, first).map((words) => reviewAround(words, language)),
    element(
      "blockquote",
      { class: "review-segment" },
      inside.map((turn) => reviewTurn(turn.speaker, turn.text.slice(turn.from, turn.to), language)),
    ),
    ...reviewAfter(turns, last).map((words) => reviewAround(words, language)),
  ];
}

/** @typedef {{ speaker: string | null, text: string }} ReviewWords */
/** @typedef {ReturnType<Voices["turnsAround"]>} ReviewTurns */

/**
 * What was said before the segment.
 * @returns {ReviewWords[]}
 */
function reviewBefore(/** @type {ReviewTurns} */ turns, /** @type {number} */ first) {
  const begun = turns[first].text.slice(0, turns[first].from);
  const shown = [{ speaker: turns[first].speaker, text: begun }];
  let words = reviewWordCount(begun);
  for (let at = first - 1; at >= 0 && words < REVIEW_WORDS_BEFORE && !turns[at + 1].gap; at -= 1) {
    words += reviewWordCount(turns[at].text);
    shown.unshift({ speaker: turns[at].speaker, text: turns[at].text });
  }
  // The end of what was said before is nearest to the segment.
  let room = REVIEW_LETTERS_AROUND;
  const kept = [];
  for (const { speaker, text } of shown.reverse()) {
    const letters = [...text.trim()];
    if (letters.length > 0 && room > 0) {
      kept.unshift({ speaker, text: letters.length > room ? reviewEnding(letters, room) : letters.join("") });
    }
    room -= letters.length;
  }
  return kept;
}

/**
 * What was said after the segment: the rest of its turn, and the next one.
 * @returns {ReviewWords[]}
 */
function reviewAfter(/** @type {ReviewTurns} */ turns, /** @type {number} */ last) {
  const next = turns[last + 1];
  const shown = [{ speaker: turns[last].speaker, text: turns[last].text.slice(turns[last].to) }];
  if (next && !next.gap) shown.push({ speaker: next.speaker, text: next.text });
  let room = REVIEW_LETTERS_AROUND;
  const kept = [];
  for (const { speaker, text } of shown) {
    const letters = [...text.trim()];
    if (letters.length > 0 && room > 0) {
      kept.push({ speaker, text: letters.length > room ? `${letters.slice(0, room).join("")}…` : letters.join("") });
    }
    room -= letters.length;
  }
  return kept;
}

function reviewAround(/** @type {ReviewWords} */ words, /** @type {string | null} */ language) {
  return element("div", { class: "review-around" }, reviewTurn(words.speaker, words.text, language));
}

function reviewTurn(
  /** @type {string | null} */ speaker,
  /** @type {string} */ text,
  /** @type {string | null} */ language,
) {
  return element(
    "p",
    { class: "review-turn", dir: "auto", lang: language },
    speaker ? [peoplesWords(speaker, { class: "review-speaker" }), " "] : null,
    peoplesWords(text, { tag: "span", language }),
  );
}

/** The last letters, from the beginning of a word where one is near. */
function reviewEnding(/** @type {string[]} */ letters, /** @type {number} */ room) {
  const LONGEST_WORD = 30;
  const ending = letters.slice(-room).join("");
  const space = ending.search(/\s/u);
  return `…${space >= 0 && space < LONGEST_WORD ? ending.slice(space + 1) : ending}`;
}

function reviewWordCount(/** @type {string} */ text) {
  return text.split(/\s+/u).filter((word) => word !== "").length;
}
