// @ts-check
// The two ways to review: the blind sample, and one theme's quotes. Before the sample begins it is said once what would
// spoil it.

import { button, choice, element, replaceChildren } from "../dom.js";
import { formatCount, formatCounted } from "../format.js";

/** @import { ReviewWay } from "./answers.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/**
 * @param {ReviewMaterial} material
 * @param {(way: ReviewWay, theme: string | null) => void} chosen
 * @param {() => void} pressed after a button was pressed: keys should work on the segment at once. The list of themes
 * keeps the focus.
 */
export function reviewWays(material, chosen, pressed) {
  const now = { theme: /** @type {string | null} */ (null) };
  const way = (/** @type {string} */ label, /** @type {ReviewWay} */ name) =>
    button(
      label,
      () => {
        chosen(name, now.theme);
        pressed();
      },
      { "aria-pressed": "false" },
    );
  const sample = way("Blind sample", "sample");
  const quotes = way("One theme's quotes", "theme");
  const themes = element("div", { class: "review-choice" });
  const root = element(
    "div",
    { class: "review-line review-ways", role: "group", "aria-label": "Way to review" },
    sample,
    quotes,
    themes,
  );
  return {
    root,
    show: (/** @type {ReviewWay} */ chosenWay, /** @type {string | null} */ theme) => {
      now.theme = theme;
      sample.setAttribute("aria-pressed", String(chosenWay === "sample"));
      quotes.setAttribute("aria-pressed", String(chosenWay === "theme"));
      const list = themes.querySelector("select");
      if (chosenWay === "sample" || theme === null) {
        replaceChildren(themes);
      } else if (list) {
        list.value = theme;
      } else {
        const names = /** @type {[string, string][]} */ (material.themeNames.map((name) => [name, name]));
        replaceChildren(
          themes,
          choice("Theme", names, theme, (name) => chosen("theme", name)),
        );
      }
    },
  };
}

/**
 * What the sample is, and what would spoil it.
 * @param {ReviewMaterial} material
 * @param {() => void} begin
 */
export function reviewSampleIntroduction(material, begin) {
  const { sample, seeds } = material;
  const themes =
    seeds.length === 0
      ? ""
      : ` For each, say which of the ${formatCount(seeds.length)} ${seeds.length === 1 ? "theme" : "themes"} of the ` +
        "codebook apply, or none.";
  return element(
    "div",
    { class: "review-introduction" },
    element("h2", {}, "The blind sample"),
    element(
      "p",
      {},
      `${formatCount(sample?.segments.length)} of ${formatCounted(sample?.of, "segment")} were drawn, and stand in ` +
        `random order. Go from the first to the last; you may stop anywhere.${themes}`,
    ),
    element(
      "p",
      { class: "note doubt" },
      "You do not see here what the machine said. The other parts of this page and “One theme's quotes” show it. " +
        "Look at them only after coding: who has seen the machine's answers agrees with them too easily.",
    ),
    element("p", {}, "You can do it all by keyboard: press ", element("kbd", {}, "?"), " for the keys."),
    element("p", {}, button("Begin", begin, { class: "primary" })),
  );
}
