// @ts-check
// The quotes of a theme on its page: central, borderline and different ones; where the study has several languages,
// the central ones side by side.

import { button, element } from "./dom.js";
import { formatLanguage } from "./format.js";
import { quoteFigure } from "./quote.js";
import { openVoices } from "./voices.js";

/** @import { LabelEntry, Study, Theme, Voices } from "./types.js" */

/** Languages that stand side by side, and quotes in each. */
const languageColumns = 6;
const languageQuotes = 2;

/** Quotes shown of each kind, and what the kind is. */
function quoteKindWords() {
  return /** @type {Array<[string, string, string, number]>} */ ([
    ["central", "Central", "Typical of the theme.", 4],
    ["borderline", "Borderline", "Only just of it. Here you see where the program draws the line.", 3],
    ["dissenting", "Different", "On the theme, and judging it otherwise than most, as far as a program can tell.", 3],
  ]);
}

/**
 * @param {Study} study
 * @param {Voices} voices
 * @param {Theme} theme
 */
export function themeQuotes(study, voices, theme) {
  const languages = voices.languages.length > 1 ? quotesByLanguage(study, voices, theme.theme) : null;
  /** @type {HTMLElement[]} */
  const sections = [];
  for (const [kind, title, what, shown] of quoteKindWords()) {
    const segments = voices.quotesOf(theme.theme, kind);
    if (!segments.length || (kind === "central" && voices.languages.length > 1)) continue;
    sections.push(
      element(
        "section",
        null,
        element("h3", null, title),
        element("p", { class: "muted small" }, what),
        segments.slice(0, shown).map((segment) => quoteFigure(segment, { asked: [theme.theme] })),
        segments.length > shown
          ? button(
              `All ${segments.length} ${title.toLowerCase()} quotes`,
              () => openVoices({ theme: theme.theme, kind }),
              {
                class: "plain",
              },
            )
          : null,
      ),
    );
  }
  return element(
    "section",
    null,
    element("h2", null, "Quotes"),
    languages,
    // Typical ones at one side, those that make one doubt at the other.
    sections.length
      ? element(
          "div",
          { class: "columns two" },
          element("div", null, sections[0]),
          sections.length > 1 ? element("div", null, sections.slice(1)) : null,
        )
      : null,
    languages || sections.length
      ? null
      : element(
          "p",
          null,
          theme.segments
            ? "No quote of it is in this page; they are in tables/quotes."
            : "Nobody spoke of it, so there is nothing to quote.",
        ),
  );
}

/**
 * Central quotes in columns by language; where no quote was chosen in a language, its surest segments stand in.
 * @param {Study} study
 * @param {Voices} voices
 * @param {string} theme
 */
function quotesByLanguage(study, voices, theme) {
  const central = voices.quotesOf(theme, "central");
  const index = study.themeIndex(theme);
  const sure = (/** @type {number} */ segment) =>
    voices.segments.labels[segment].find((/** @type {LabelEntry} */ label) => label[0] === index)?.[1] ?? 0;
  const columns = voices.languages
    .map((language) => {
      const chosen = central.filter((segment) => voices.language(segment) === language);
      const others =
        chosen.length < languageQuotes
          ? voices
              .find({ theme, language })
              .filter((segment) => !chosen.includes(segment))
              .sort((a, b) => sure(b) - sure(a))
          : [];
      return {
        language,
        quotes: [...chosen, ...others].slice(0, languageQuotes),
        all: voices.find({ theme, language }).length,
      };
    })
    .filter((column) => column.quotes.length)
    .sort((a, b) => b.all - a.all)
    .slice(0, languageColumns);
  const without = voices.languages.filter((language) => !columns.some((column) => column.language === language));
  const others = without.length > 8 ? " and other languages" : "";
  return element(
    "section",
    null,
    element("h3", null, "Central, by language"),
    element(
      "div",
      { class: "columns" },
      columns.map((column) =>
        element(
          "div",
          null,
          element("h4", null, formatLanguage(column.language)),
          column.quotes.map((segment) => quoteFigure(segment, { asked: [theme] })),
          button(`All in ${formatLanguage(column.language)}`, () => openVoices({ theme, language: column.language }), {
            class: "plain",
          }),
        ),
      ),
    ),
    without.length
      ? element(
          "p",
          { class: "muted small" },
          "No segment of this page carries it " + `in ${without.slice(0, 8).map(formatLanguage).join(", ")}${others}.`,
        )
      : null,
  );
}
