// @ts-check
// The list of themes, with a search. One theme: theme_page.js.

import { announce, element, peoplesWords, replaceChildren } from "./dom.js";
import { formatCounted, splitWords } from "./format.js";
import { foldText, searchTerms } from "./find.js";
import { pictureOr } from "./guard.js";
import { positionsPicture } from "./pictures/positions.js";
import { raisedPicture } from "./pictures/raised.js";
import { routeTo } from "./route.js";
import { isFiner, possibleSegments, shareLikely } from "./theme_figures.js";
import { themePage } from "./theme_page.js";

/** @import { Study, Theme, Voices } from "./types.js" */

/**
 * @param {Study} study
 * @param {Voices} voices
 * @param {string | null} name
 */
export function themesView(study, voices, name) {
  if (name !== null) return themePage(study, voices, name);
  const themes = study.table("themes");
  const results = element("div", null);
  const field = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", dir: "auto", autocomplete: "off", "data-search": true })
  );
  const draw = () => {
    const terms = searchTerms(field.value);
    const found = themes.filter((theme) => {
      const text = foldText(
        [theme.theme, theme.definition, theme.keywords, theme.include, theme.exclude].filter(Boolean).join(" "),
      );
      return terms.every((term) => text.includes(term));
    });
    if (terms.length) announce(formatCounted(found.length, "theme"));
    replaceChildren(
      results,
      themeGroup(
        study,
        "From the codebook",
        found.filter((theme) => theme.kind === "seed"),
      ),
      themeGroup(
        study,
        "From the interviews",
        found.filter((theme) => theme.kind !== "seed"),
      ),
      found.length
        ? null
        : element(
            "p",
            null,
            themes.length
              ? "No theme has these words."
              : "There are no themes: the codebook is empty, and none were found in the interviews.",
          ),
    );
  };
  field.addEventListener("input", draw);
  draw();
  return element(
    "div",
    { class: "view" },
    element("h1", null, "Themes"),
    element(
      "p",
      null,
      "Each theme has a page: what it means, how common it is and where, what comes with it, and the quotes.",
    ),
    themes.length > 8
      ? element(
          "div",
          { class: "row", role: "search" },
          element(
            "label",
            { class: "choice" },
            element("span", { class: "choice-label" }, "Search in names, definitions and keywords"),
            field,
          ),
        )
      : null,
    results,
    themes.length ? [pictureOr(() => positionsPicture(study)), pictureOr(() => raisedPicture(study))] : null,
  );
}

/**
 * @param {Study} study
 * @param {string} title
 * @param {Theme[]} themes
 */
function themeGroup(study, title, themes) {
  if (!themes.length) return null;
  return element(
    "section",
    null,
    element("h2", null, title),
    element(
      "ul",
      { class: "theme-list" },
      themes.map((theme) => {
        const keywords = splitWords(theme.keywords).slice(0, 8).join(", ");
        return element(
          "li",
          { class: isFiner(study, theme) ? "finer" : null },
          element(
            "div",
            null,
            element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme)),
            theme.kind === "seed" && theme.definition
              ? element("p", { class: "small", dir: "auto" }, theme.definition)
              : null,
            keywords ? element("p", { class: "keywords", dir: "auto" }, keywords) : null,
          ),
          element(
            "p",
            { class: "share" },
            theme.segments
              ? [
                  shareLikely(theme),
                  " of segments likely",
                  element("br", null),
                  element("span", { class: "muted" }, `${formatCounted(possibleSegments(theme), "possible segment")}`),
                ]
              : element("span", { class: "muted" }, "in no segment"),
          ),
        );
      }),
    ),
  );
}
