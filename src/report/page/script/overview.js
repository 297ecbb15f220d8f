// @ts-check
// The first screen: what was studied, the themes by group, what is new and what is doubtful.
// What is new: overview_new.js. What is doubtful: warnings.js. The table of themes: theme_table.js.

import { button, element, peoplesWords } from "./dom.js";
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatLanguage,
  formatList,
  formatNumber,
  isNumber,
} from "./format.js";
import { overviewPicture } from "./pictures/overview.js";
import { warningsPart } from "./warnings.js";
import { newPart } from "./overview_new.js";
import { peopleCoded } from "./theme_figures.js";
import { themeTable } from "./theme_table.js";
import { pictureOr } from "./guard.js";
import { openVoices } from "./voices.js";

/** @import { Study } from "./types.js" */

/**
 * What a segment is, in words.
 * @param {string} unit
 */
export function unitWords(unit) {
  return (
    {
      turn: "what a participant says until somebody else speaks",
      sentence: "a sentence",
      window: "a window of sentences",
      topic: "a stretch on one topic",
    }[unit] ?? unit
  );
}

/**
 * What was studied, in a sentence.
 * @param {Study} study
 */
function studySentence(study) {
  const { counts } = study;
  const known = study.languages.filter((one) => one.tag);
  const languages =
    known.length && known.length <= 5
      ? ` in ${formatList(known.map((one) => formatLanguage(one.tag)))}`
      : known.length
        ? ` in ${known.length} languages`
        : "";
  const compared = study.attributes.length
    ? `, compared by ${formatList(study.attributes.map((one) => one.name))}`
    : "";
  if (!counts.transcripts) return "This study holds no interviews that could be read.";
  const seeds = counts.seed_themes ? `${formatCounted(counts.seed_themes, "theme")} of the codebook` : "";
  const emergent = counts.emergent_themes
    ? `${formatCounted(counts.emergent_themes, "theme")} found in the interviews themselves`
    : "";
  const themes = [seeds, emergent].filter(Boolean).join(" and ");
  return `${formatCounted(counts.transcripts, "interview")}${languages}, read for ${themes || "themes"}${compared}.`;
}

/**
 * The figures in a row.
 * @param {Study} study
 */
function studyFigures(study) {
  const { counts } = study;
  const figures = [
    ["interviews", formatCount(counts.transcripts)],
    ["words", formatCount(counts.words)],
    ["recorded", formatDuration(counts.duration_ms)],
    ["segments", formatCount(counts.segments)],
    ["themes of the codebook", formatCount(counts.seed_themes)],
    ["emergent themes", formatCount(counts.emergent_themes)],
  ].filter(([, value]) => value);
  return element(
    "dl",
    { class: "figures" },
    figures.map(([name, value]) => element("div", null, element("dt", null, name), element("dd", null, value))),
  );
}

/**
 * Groups and languages with how many interviews each has; each opens its quotes.
 * @param {Study} study
 */
function studyGroups(study) {
  const lines = study.attributes.map((attribute) => [
    element("dt", { dir: "auto" }, attribute.name),
    element(
      "dd",
      null,
      attribute.groups.slice(0, 40).map((group, at) => [
        at ? " · " : null,
        button(peoplesWords(group.name), () => openVoices({ attribute: attribute.name, group: group.name }), {
          class: "plain inline",
        }),
        element("span", { class: "muted" }, ` ${formatCount(group.transcripts)}`),
      ]),
      attribute.groups.length > 40 ? ` and ${formatCounted(attribute.groups.length - 40, "more group")}` : null,
      attribute.missing
        ? element(
            "span",
            { class: "muted" },
            ` · not known for ${formatCounted(attribute.missing, "interview")}, which count in no group`,
          )
        : null,
    ),
  ]);
  if (study.languages.length > 1) {
    lines.push([
      element("dt", null, "language"),
      element(
        "dd",
        null,
        study.languages.map((one, at) => [
          at ? " · " : null,
          one.tag
            ? button(formatLanguage(one.tag), () => openVoices({ language: /** @type {string} */ (one.tag) }), {
                class: "plain inline",
              })
            : "not known",
          element("span", { class: "muted" }, ` ${formatCount(one.transcripts)}`),
        ]),
      ),
    ]);
  }
  return lines.length ? element("dl", { class: "facts groups" }, lines) : null;
}

/**
 * How the labels came about, and how far they can be trusted.
 * @param {Study} study
 */
function studyTrust(study) {
  const all = study.table("agreement").find((row) => row.theme === "(all)" && row.rater_b === "(machine)");
  const labelled =
    isNumber(study.counts.labelled) && study.counts.segments
      ? `${formatCount(study.counts.labelled)} of ${formatCounted(study.counts.segments, "segment")} carry a theme. `
      : "";
  const said = !study.counts.segments
    ? ""
    : `Interviews were cut into segments (${unitWords(study.unit)}). ${labelled}`;
  if (!study.counts.segments)
    return element("p", null, "There is nothing to read: ", element("a", { href: "#checks" }, "what went wrong"), ".");
  if (!peopleCoded(study)) {
    return element(
      "p",
      null,
      said,
      element("strong", null, "A program gave the labels, and nobody has checked them yet."),
      study.precision ? ` ${study.precision}` : null,
      " Read the quotes behind every number, and code a sample: ",
      element("a", { href: "#review" }, "how to review"),
      ".",
    );
  }
  const kappa =
    all && isNumber(all.cohen_kappa)
      ? ` (kappa ${formatNumber(all.cohen_kappa)}, which leaves out what chance would give)`
      : "";
  const coded = all
    ? ` People coded ${formatCounted(all.segments, "segment")} of ${formatCounted(all.transcripts, "interview")}, ` +
      `and the program said the same in ${Math.round(all.percent * 100)}\u00a0% ` +
      `of ${formatCounted(all.decisions, "decision")}${kappa}.`
    : "";
  return element(
    "p",
    null,
    said,
    "A program gave the labels.",
    coded,
    study.precision ? ` ${study.precision}` : null,
    " ",
    element("a", { href: "#checks" }, "How well it did, theme by theme"),
    ".",
  );
}

/** @param {Study} study */
export function overviewView(study) {
  return element(
    "div",
    { class: "view" },
    element("h1", null, peoplesWords(study.title || "Untitled study")),
    element("p", { class: "lead" }, studySentence(study)),
    studyFigures(study),
    studyGroups(study),
    studyTrust(study),
    element(
      "section",
      { "aria-labelledby": "overview-themes" },
      element("h2", { id: "overview-themes" }, "Themes"),
      study.table("themes").length
        ? [pictureOr(() => overviewPicture(study)), themeTable(study)]
        : element("p", null, "There are no themes: the codebook is empty, and none were found in the interviews."),
    ),
    newPart(study),
    warningsPart(study),
  );
}
