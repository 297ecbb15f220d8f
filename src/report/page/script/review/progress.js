// @ts-check
// How far the coder is: a sentence, a bar, and the list of segments with what was done to each, to jump in. The list is
// filled when it is first opened, and then only the rows that changed are written again.

import { button, element, newId, peoplesWords, replaceChildren } from "../dom.js";
import { formatCount } from "../format.js";

/** @import { Voices } from "../types.js" */

/** Letters of a segment that the list shows. */
const REVIEW_LETTERS_IN_LIST = 140;

/**
 * @typedef {{ done: boolean, memo: boolean, paper: boolean }} ReviewState
 * @param {Voices} voices
 * @param {{ doneWord: string, state: (at: number) => ReviewState, jumped: (at: number) => void, nextOpen: () => void }}
 * how
 */
export function reviewProgress(voices, { doneWord, state, jumped, nextOpen }) {
  /** @type {number[]} */
  let queue = [];
  /** @type {{ item: HTMLElement, told: HTMLElement, go: HTMLElement }[]} */
  let rows = [];
  const sentence = element("p", { class: "review-done" });
  const filled = element("span", { class: "review-bar-filled" });
  const onlyOpen = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: newId("review-open") }));
  const list = element("ol", { class: "review-list" });
  const none = element("p", { class: "muted", hidden: true }, `Every segment is ${doneWord}.`);
  const details = /** @type {HTMLDetailsElement} */ (
    element(
      "details",
      { class: "review-all" },
      element("summary", {}, "All segments"),
      element(
        "p",
        { class: "review-check" },
        onlyOpen,
        element("label", { for: onlyOpen.id }, `Only those that are not ${doneWord}`),
      ),
      none,
      list,
    )
  );
  const shownAt = { at: 0 };

  const row = (/** @type {number} */ index, /** @type {number} */ at) => {
    const told = element("span", { class: "review-told" });
    const letters = [...voices.text(index).slice(0, 2 * REVIEW_LETTERS_IN_LIST)];
    const text =
      letters.length <= REVIEW_LETTERS_IN_LIST
        ? letters.join("")
        : `${letters.slice(0, REVIEW_LETTERS_IN_LIST).join("")}…`;
    const go = button(
      [
        element("span", { class: "review-number" }, formatCount(at + 1)),
        peoplesWords(text, { class: "review-beginning", language: voices.language(index) }),
        told,
      ],
      () => jumped(at),
      { class: "review-jump" },
    );
    return { item: element("li", {}, go), told, go };
  };
  const tell = (/** @type {number} */ at) => {
    const { done, memo, paper } = state(at);
    const words = [done ? `✓ ${doneWord}` : "", paper ? "★ for the paper" : "", memo ? "memo" : ""].filter(
      (word) => word !== "",
    );
    rows[at].told.textContent = words.join(" · ");
    rows[at].item.hidden = onlyOpen.checked && done && at !== shownAt.at;
    rows[at].go.setAttribute("aria-current", String(at === shownAt.at));
  };
  const tellAll = () => {
    if (!details.open) return;
    if (rows.length === 0) {
      rows = queue.map(row);
      replaceChildren(
        list,
        rows.map(({ item }) => item),
      );
    }
    rows.forEach((_, at) => tell(at));
    none.hidden = rows.some(({ item }) => !item.hidden);
  };
  details.addEventListener("toggle", tellAll);
  onlyOpen.addEventListener("change", tellAll);

  return {
    root: element(
      "div",
      { class: "review-progress" },
      element("div", { class: "review-line" }, sentence, button(`Next not ${doneWord}`, nextOpen, { class: "plain" })),
      element("div", { class: "review-bar", "aria-hidden": "true" }, filled),
    ),
    list: details,
    /** Shows a list of segments, and which one is read. */
    show: (/** @type {number[]} */ segments, /** @type {number} */ at) => {
      if (segments !== queue) {
        queue = segments;
        rows = [];
      }
      shownAt.at = at;
      const done = queue.filter((_, each) => state(each).done).length;
      sentence.textContent = `${formatCount(done)} of ${formatCount(queue.length)} ${doneWord}`;
      filled.style.inlineSize = `${queue.length === 0 ? 0 : (100 * done) / queue.length}%`;
      tellAll();
    },
  };
}
