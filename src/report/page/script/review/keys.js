// @ts-check
// Keys of the review: which key a press means, whatever the keyboard's script, and which key switches which theme.
// Presses while somebody types in a field mean nothing, nor do those with Control, Alt or Command.

import { button, element } from "../dom.js";
import { reviewStorageRead, reviewStorageWrite } from "./storage.js";

/** What the keys do, as the dialog tells it. The letters of the first column are not given to themes. */
export function reviewKeyRows() {
  return [
    ["1 to 9, then b, c, d", "switch a theme on or off: each shows its key"],
    ["0", "none of these (blind sample)"],
    ["a", "accept (one theme's quotes)"],
    ["r", "reject (one theme's quotes)"],
    ["t", "another theme, in your own words"],
    ["m", "write a memo"],
    ["p", "mark for the paper, or take the mark off"],
    ["u", "undo"],
    ["Enter or →", "next segment"],
    ["←", "segment before"],
    ["Escape", "leave a field, so that keys work again"],
    ["Ctrl + S, ⌘ + S", "save your answers as a file"],
    ["?", "show these keys"],
  ];
}

/** The key of the theme at a position in the list; empty when keys have run out. */
export function reviewThemeKey(/** @type {number} */ at) {
  return "123456789bcdefghijklnoqsvwxyz"[at] ?? "";
}

/**
 * The key that is meant: a digit or small Latin letter, "enter", "left", "right" or "?"; empty for all others. Where
 * the keyboard has another script, or digits only with Shift, the place of the key counts.
 * @param {KeyboardEvent} event
 */
export function reviewKeyOf(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph")) {
    return "";
  }
  const { key, code } = event;
  const named = new Map([
    ["Enter", "enter"],
    ["ArrowRight", "right"],
    ["ArrowLeft", "left"],
    ["?", "?"],
    ["؟", "?"],
  ]).get(key);
  if (named) return named;
  if (/^[0-9a-z]$/i.test(key)) return key.toLowerCase();
  if (key.length > 1) return "";
  const digit = /^Digit([0-9])$/.exec(code);
  if (digit && !event.shiftKey) return digit[1];
  const letter = /^Key([A-Z])$/.exec(code);
  return letter && /^\p{L}$/u.test(key) ? letter[1].toLowerCase() : "";
}

/** Whether somebody types there. */
export function reviewIsField(/** @type {EventTarget | null} */ target) {
  return (
    target instanceof HTMLElement && target.matches("input:not([type=checkbox]):not([type=file]), textarea, select")
  );
}

/** Whether Enter belongs to what has the focus. */
export function reviewTakesEnter(/** @type {EventTarget | null} */ target) {
  return target instanceof HTMLElement && target.matches("button, summary, a, input, select, textarea");
}

/** Whether single keys are on. Speech input and some aids send letters that nobody meant. */
export function reviewKeysAreOn() {
  return reviewStorageRead("emic-review-keys").value !== "off";
}

/** Keys as keys, and the words between them as words. */
function reviewKeyWords(/** @type {string} */ keys) {
  return keys.split(/( or | to |, then |, )/).map((part, at) => (at % 2 === 0 ? element("kbd", {}, part) : part));
}

/** The dialog with all keys, and the switch for those who do not want them. */
export function reviewKeysDialog() {
  const isOn = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "review-keys-on" }));
  isOn.addEventListener("change", () => reviewStorageWrite("emic-review-keys", isOn.checked ? "on" : "off"));
  const rows = reviewKeyRows().map(([keys, meaning]) =>
    element("tr", {}, element("th", { scope: "row" }, reviewKeyWords(keys)), element("td", {}, meaning)),
  );
  const dialog = /** @type {HTMLDialogElement} */ (
    element(
      "dialog",
      { class: "review-keys", "aria-labelledby": "review-keys-title" },
      element("h2", { id: "review-keys-title" }, "Keys of the review"),
      element("table", {}, element("tbody", {}, rows)),
      element("p", { class: "review-check" }, isOn, element("label", { for: "review-keys-on" }, "Single keys are on")),
      element(
        "p",
        {},
        button("Close", () => dialog.close(), { autofocus: true }),
      ),
    )
  );
  return {
    root: dialog,
    open: () => {
      isOn.checked = reviewKeysAreOn();
      dialog.showModal();
    },
  };
}
