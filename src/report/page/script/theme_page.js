// @ts-check
// One theme: what it means, how common it is and where, who raises it, what comes with it, and its quotes.
// Its quotes: theme_quotes.js.

import { button, dataTable, element, peoplesWords } from "./dom.js";
import {
  formatCount,
  formatCounted,
  formatCoefficient,
  formatNumber,
  formatShare,
  isNumber,
  splitWords,
} from "./format.js";
import { pictureOr } from "./guard.js";
import { positionsPicture } from "./pictures/positions.js";
import { prevalencePicture } from "./pictures/prevalence.js";
import { seedSentence } from "./warnings.js";
import { routeTo } from "./route.js";
import {
  correctedShare,
  correctedShareOfInterviews,
  possibleSegments,
  shareLikely,
  stabilityWords,
} from "./theme_figures.js";
import { themeQuotes } from "./theme_quotes.js";
import { openVoices } from "./voices.js";

/** @import { Study, Theme, Voices } from "./types.js" */

/** Themes that come with this one, as many as are read. */
const themeCompanions = 10;

/**
 * The study as if it had only one theme, for pictures of that theme.
 * @param {Study} study
 * @param {string} name
 */
function studyOfTheme(study, name) {
  /** @type {Study["table"]} */
  const table = (wanted) => study.table(wanted).filter((row) => !("theme" in row) || row.theme === name);
  return { ...study, table };
}

/**
 * @param {Study} study
 * @param {Voices} voices
 * @param {string} name
 */
export function themePage(study, voices, name) {
  const theme = study.theme(name);
  const back = element("p", { class: "small" }, element("a", { href: "#themes" }, "All themes"));
  if (!theme)
    return element(
      "div",
      { class: "view" },
      back,
      element("h1", null, "No such theme"),
      element("p", null, "This study has no theme called “", peoplesWords(name), "”."),
    );
  const one = studyOfTheme(study, name);
  const finer = study.table("themes").filter((other) => other.parent === name);
  return element(
    "div",
    { class: "view theme-page" },
    back,
    element("h1", null, peoplesWords(name)),
    element(
      "p",
      { class: "muted" },
      theme.kind === "seed" ? "A theme of the codebook" : "A theme from the interviews",
      theme.parent
        ? [
            ", part of ",
            study.theme(theme.parent)
              ? element("a", { href: routeTo("themes", theme.parent) }, peoplesWords(theme.parent))
              : peoplesWords(theme.parent),
          ]
        : null,
      finer.length
        ? [
            ". Finer themes in it: ",
            finer.map((other, at) => [
              at ? ", " : null,
              element("a", { href: routeTo("themes", other.theme) }, peoplesWords(other.theme)),
            ]),
          ]
        : null,
      ".",
    ),
    themeMeaning(theme),
    themeFigures(study, theme),
    element(
      "p",
      { class: "row" },
      button(`Read its ${formatCounted(theme.segments, "segment")}`, () => openVoices({ theme: name }, name), {
        class: "primary",
        disabled: !theme.segments,
      }),
    ),
    study
      .table("seeds")
      .filter((row) => row.theme === name)
      .map((row) =>
        element("p", { class: `note ${row.finding === "supported" ? "good" : "doubt"}` }, seedSentence(row, true)),
      ),
    themeRaised(study, name),
    themeQuotes(study, voices, theme),
    study.attributes.length && theme.segments ? pictureOr(() => prevalencePicture(/** @type {any} */ (one))) : null,
    study.table("positions").length && theme.segments
      ? pictureOr(() => positionsPicture(/** @type {any} */ (one)))
      : null,
    themeTogether(study, name),
  );
}

/** @param {Theme} theme */
function themeMeaning(theme) {
  const said = (/** @type {any} */ text) => element("dd", { dir: "auto" }, text);
  const lines = [];
  if (theme.definition && theme.kind !== "seed")
    lines.push(element("dt", null, "In people's own words"), said(theme.definition));
  if (theme.include) lines.push(element("dt", null, "When to use"), said(theme.include));
  if (theme.exclude) lines.push(element("dt", null, "When not to use"), said(theme.exclude));
  if (theme.examples?.length)
    lines.push(
      element("dt", null, "Examples"),
      element(
        "dd",
        null,
        theme.examples.map((/** @type {string} */ example) => element("p", { dir: "auto" }, example)),
      ),
    );
  const keywords = splitWords(theme.keywords);
  if (keywords.length) lines.push(element("dt", null, "Keywords"), said(keywords.join(", ")));
  return [
    theme.definition && theme.kind === "seed" ? element("p", { class: "lead", dir: "auto" }, theme.definition) : null,
    lines.length ? element("dl", { class: "facts" }, lines) : null,
  ];
}

/**
 * @param {Study} study
 * @param {Theme} theme
 */
function themeFigures(study, theme) {
  const corrected = correctedShare(study, theme.theme, "these");
  const ofInterviews = correctedShareOfInterviews(study, theme.theme, "these");
  const agreement = study.table("agreement").find((row) => row.theme === theme.theme && row.rater_b === "(machine)");
  const stability = stabilityWords(theme);
  const figures = [
    corrected ? ["of segments in these interviews, corrected by what people coded", corrected] : null,
    corrected ? ["of segments in interviews like these", correctedShare(study, theme.theme, "like_these")] : null,
    ofInterviews ? ["of these interviews, corrected by those read whole", ofInterviews] : null,
    ofInterviews ? ["of interviews like these", correctedShareOfInterviews(study, theme.theme, "like_these")] : null,
    ["of segments have a likely label", shareLikely(theme)],
    ["further segments have a possible label", formatCount(possibleSegments(theme))],
    agreement && isNumber(agreement.cohen_kappa)
      ? [
          "kappa of program and people",
          formatCoefficient(agreement.cohen_kappa, agreement.cohen_kappa_low, agreement.cohen_kappa_high),
        ]
      : null,
    stability
      ? ["random halves of the interviews found it again", `${Math.round((theme.stability ?? 0) * 20)} of 20`]
      : null,
  ];
  return element(
    "dl",
    { class: "figures" },
    figures.map(
      (figure) => figure && element("div", null, element("dt", null, figure[0]), element("dd", null, figure[1])),
    ),
  );
}

/**
 * Who speaks of it first.
 * @param {Study} study
 * @param {string} name
 */
function themeRaised(study, name) {
  const row = study.table("raised").find((one) => one.theme === name);
  if (!row) return null;
  const told = row.by_participant + row.by_interviewer;
  if (!told)
    return row.transcripts
      ? element(
          "p",
          null,
          "Who raises it cannot be told, because nobody in these interviews is known to be the interviewer.",
        )
      : null;
  return element(
    "p",
    null,
    `In ${row.by_interviewer} of ${formatCounted(told, "interview")} the interviewer's questions touched on it ` +
      `before a participant spoke of it, ${formatShare(row.share_interviewer, row.low, row.high)}; ` +
      `in ${row.by_participant} the participant came ` +
      `first.${row.not_known ? ` For ${formatCounted(row.not_known, "interview")} it cannot be told.` : ""}`,
  );
}

/**
 * The themes that come with it.
 * @param {Study} study
 * @param {string} name
 */
function themeTogether(study, name) {
  const pairs = study
    .table("cooccurrence")
    .filter((row) => (row.theme_a === name || row.theme_b === name) && row.segments > 0)
    .map((row) => ({ ...row, other: row.theme_a === name ? row.theme_b : row.theme_a }))
    .sort((a, b) => b.segments - a.segments)
    .slice(0, themeCompanions);
  if (!pairs.length) return null;
  const liftInterval = (/** @type {any} */ row) =>
    isNumber(row.lift_low) ? ` (${formatNumber(row.lift_low, 1)} to ${formatNumber(row.lift_high, 1)})` : "";
  const rows = pairs.map((row) => [
    element("a", { href: routeTo("themes", row.other) }, peoplesWords(row.other)),
    button(
      [String(row.segments), element("span", { class: "unseen" }, ` segments with ${row.other}: read them`)],
      () => openVoices({ themes: [name, row.other] }),
      { class: "plain" },
    ),
    `${row.transcripts}`,
    isNumber(row.lift) ? `${formatNumber(row.lift, 1)}${liftInterval(row)}` : "–",
  ]);
  return element(
    "section",
    null,
    element("h2", null, "What comes with it"),
    element(
      "p",
      null,
      "Themes in the same segments. A lift of 1 is what chance would give, 2 twice as much; behind it its 95 % " +
        "interval.",
    ),
    dataTable(
      `Themes in the same segments as ${name}`,
      ["Theme", "Segments with both", "Interviews with both", "Lift"],
      rows,
      { numbers: [1, 2, 3] },
    ),
  );
}
