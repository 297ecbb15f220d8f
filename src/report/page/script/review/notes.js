// @ts-check
// What a coder adds in words: themes of their own, a memo, and the mark for the paper. Fields are made once and filled
// for each segment; what somebody is typing in is not written over.

import { button, element, newId, peoplesWords, replaceChildren } from "../dom.js";
import { reviewKeyHint } from "./theme_list.js";

/** @import { ReviewAnswer } from "./answers.js" */

/** Most letters of a theme in own words, and of a memo. */
const REVIEW_LONGEST_OTHER = 200;
const REVIEW_LONGEST_MEMO = 10000;

/**
 * @param {{
 *   suggested: string[], added: (words: string) => void, removed: (words: string) => void,
 *   wrote: (memo: string) => void, marked: (event: Event) => void,
 * }} steps `suggested` are themes to choose from while typing
 */
export function reviewNotes({ suggested, added, removed, wrote, marked }) {
  const list = element(
    "datalist",
    { id: newId("review-suggested") },
    suggested.map((theme) => element("option", { value: theme })),
  );
  const other = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "text",
      id: newId("review-other"),
      dir: "auto",
      autocomplete: "off",
      maxlength: REVIEW_LONGEST_OTHER,
      list: suggested.length > 0 ? list.id : null,
    })
  );
  const memo = /** @type {HTMLTextAreaElement} */ (
    element("textarea", {
      id: newId("review-memo"),
      dir: "auto",
      rows: "3",
      maxlength: REVIEW_LONGEST_MEMO,
    })
  );
  const paper = button(
    [
      reviewKeyHint("p"),
      element("span", { class: "review-name" }, "Mark for the paper"),
      element("span", { class: "review-state", "aria-hidden": "true" }),
    ],
    marked,
    { class: "review-switch review-paper", "aria-pressed": "false", "aria-keyshortcuts": "p" },
  );
  const words = element("ul", { class: "review-own" });
  const form = element(
    "form",
    { class: "review-other" },
    element("label", { for: other.id }, reviewKeyHint("t"), " Another theme, in your own words"),
    element("div", { class: "review-line" }, other, element("button", { type: "submit" }, "Add")),
    list,
    words,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = other.value.trim().split(/\s+/u).join(" ");
    other.value = "";
    if (theme !== "") added(theme);
  });
  memo.addEventListener("input", () => wrote(memo.value));
  const remove = (/** @type {string} */ theme) =>
    button(
      "Remove",
      () => {
        other.focus();
        removed(theme);
      },
      { class: "plain", "aria-label": `Remove ${theme}` },
    );
  return {
    root: element(
      "div",
      { class: "review-notes" },
      form,
      paper,
      element("div", { class: "review-memo" }, element("label", { for: memo.id }, reviewKeyHint("m"), " Memo"), memo),
    ),
    other,
    memo,
    /**
     * @param {ReviewAnswer} answer
     * @param {boolean} isOtherSegment
     */
    show: (answer, isOtherSegment) => {
      if (isOtherSegment) other.value = "";
      if (isOtherSegment || document.activeElement !== memo) memo.value = answer.memo;
      paper.setAttribute("aria-pressed", String(answer.paper));
      const state = paper.querySelector(".review-state");
      if (state) state.textContent = answer.paper ? "★" : "";
      replaceChildren(
        words,
        answer.other.map((theme) => element("li", {}, peoplesWords(theme), " ", remove(theme))),
      );
    },
  };
}
