// @ts-check
// The seed themes as switches, each with its key, and what the codebook says of it on demand. The list is made once and
// shown anew for each segment, so that the focus stays where it is.

import { button, element, newId, peoplesWords, replaceChildren } from "../dom.js";
import { reviewThemeKey } from "./keys.js";

/** @import { ReviewTheme } from "./segments.js" */

/**
 * @param {ReviewTheme[]} themes
 * @param {(theme: string, event: Event) => void} toggled
 * @param {string | null} except the theme that is asked about elsewhere; the others keep their keys
 */
export function reviewThemeList(themes, toggled, except) {
  const rows = themes
    .map((theme, at) => reviewThemeRow(theme, reviewThemeKey(at), toggled))
    .filter((row) => row.name !== except);
  return {
    root: element(
      "ul",
      { class: "review-themes" },
      rows.map((row) => row.root),
    ),
    /** Shows what an answer says of each theme. */
    show: (/** @type {Map<string, boolean>} */ decided, /** @type {boolean} */ tellsRejected) => {
      for (const row of rows) row.show(decided.get(row.name), tellsRejected);
    },
  };
}

/**
 * @param {ReviewTheme} theme
 * @param {string} key
 * @param {(theme: string, event: Event) => void} toggled
 */
function reviewThemeRow(theme, key, toggled) {
  const state = element("span", { class: "review-state", "aria-hidden": "true" });
  const label = [reviewKeyHint(key), peoplesWords(theme.name, { class: "review-name" }), state];
  const toggle = button(label, (event) => toggled(theme.name, event), {
    class: "review-switch",
    "aria-pressed": "false",
    "aria-keyshortcuts": key || null,
  });
  return {
    name: theme.name,
    root: element("li", {}, toggle, reviewMeaning(theme)),
    show: (/** @type {boolean | undefined} */ applies, /** @type {boolean} */ tellsRejected) => {
      toggle.setAttribute("aria-pressed", String(applies === true));
      state.textContent = applies === true ? "✓" : applies === false && tellsRejected ? "✕" : "";
    },
  };
}

/** The key of a button, for those who see it; others hear it by `aria-keyshortcuts`. */
export function reviewKeyHint(/** @type {string} */ key) {
  return key === "" ? null : element("kbd", { "aria-hidden": "true" }, key);
}

/**
 * What the codebook says of a theme, shown on demand; nothing where it says nothing.
 * @returns {HTMLElement[]}
 */
export function reviewMeaning(/** @type {ReviewTheme} */ theme) {
  const words = element("div", { class: "review-meaning", id: newId("review-meaning"), hidden: true });
  const parts = reviewCodebookWords(theme);
  if (parts.length === 0) {
    return [];
  }
  replaceChildren(words, parts);
  const open = button(
    "Meaning",
    (event) => {
      // After a click, Enter should go to the next segment and not close this again.
      if (event instanceof MouseEvent && event.detail > 0) open.blur();
      words.hidden = !words.hidden;
      open.setAttribute("aria-expanded", String(!words.hidden));
    },
    {
      class: "plain review-more",
      "aria-expanded": "false",
      "aria-controls": words.id,
      "aria-label": `Meaning of ${theme.name}`,
    },
  );
  return [open, words];
}

/** Definition, when to use it and when not, and the codebook's examples. */
function reviewCodebookWords(/** @type {ReviewTheme} */ theme) {
  const part = (/** @type {string} */ title, /** @type {string} */ text) =>
    text === "" ? [] : [element("p", {}, title === "" ? null : element("strong", {}, `${title} `), peoplesWords(text))];
  const examples =
    theme.examples.length === 0
      ? []
      : [
          element("p", {}, element("strong", {}, "Examples")),
          element(
            "ul",
            {},
            theme.examples.map((example) => element("li", { dir: "auto" }, example)),
          ),
        ];
  return [
    ...part("", theme.definition),
    ...part("Use it:", theme.include),
    ...part("Do not use it:", theme.exclude),
    ...examples,
  ];
}
