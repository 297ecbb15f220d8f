// @ts-check
// What is doubtful: all that should keep a reader from taking a number at its word, each with what to do about it.

import { button, element, peoplesWords, withCode } from "./dom.js";
import { formatCount, formatCounted, formatNumber, formatPercent, formatList, isNumber, splitWords } from "./format.js";
import { routeTo } from "./route.js";
import { peopleCoded } from "./theme_figures.js";
import { openVoices } from "./voices.js";

/** @import { SeedRow, Study } from "./types.js" */

/** More warnings of one kind than this are counted, not listed. */
const warningsListed = 8;

/** @typedef {{mark: string, name: string, text: any}} Warning */

/** @param {string} theme */
function themeLink(theme) {
  return element("a", { href: routeTo("themes", theme) }, peoplesWords(theme));
}

/**
 * A finding of table seeds as a sentence.
 * @param {SeedRow} row
 * @param {boolean} [own] whether it stands on the theme's own page
 * @returns {any[]}
 */
export function seedSentence(row, own = false) {
  const theme = own ? "This theme" : themeLink(row.theme);
  const read = [row.quote_a, row.quote_b].filter((id) => id !== null);
  const quotes = read.length
    ? [
        " ",
        button(read.length > 1 ? "Read two segments" : "Read one", () => openVoices({ segments: read }, row.theme), {
          class: "plain inline",
        }),
        ".",
      ]
    : [];
  const counts = `${formatCounted(row.segments, "segment")} in ${formatCounted(row.transcripts, "interview")}`;
  const split = [
    ["(", splitWords(row.keywords_a).slice(0, 4).join(", "), ")"],
    " and ",
    ["(", splitWords(row.keywords_b).slice(0, 4).join(", "), ")"],
  ];
  /** @type {Record<string, any[]>} */
  const said = {
    supported: [theme, ` is supported: ${counts}, mean confidence ${formatPercent(row.share)}.`],
    thin: [theme, ` rests on little: ${counts}, mean confidence ${formatPercent(row.share)}.`],
    silent: [
      theme,
      " is in no segment. Either nobody spoke of it, or its definition does not sound like the way people speak of it.",
    ],
    split: [theme, " may be two themes: ", split, `. The smaller has ${formatPercent(row.share)} of its segments.`],
    overlap: [
      theme,
      " overlaps with ",
      row.other_theme ? themeLink(row.other_theme) : "another theme",
      `: ${formatPercent(row.share)} of the rarer one carry both.`,
    ],
  };
  return [
    ...(said[row.finding] ?? [theme, `: ${row.finding}, ${counts}.`]),
    ...quotes,
    row.advice ? [" ", withCode(row.advice.replace(/\.?$/, "."))] : "",
  ];
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function seedWarnings(study) {
  return study
    .table("seeds")
    .filter((row) => row.finding !== "supported")
    .map((row) => ({
      mark: row.finding === "silent" ? "bad" : "doubt",
      name:
        { thin: "Thin theme", silent: "Silent theme", split: "Two in one", overlap: "Overlap" }[
          /** @type {string} */ (row.finding)
        ] ?? row.finding,
      text: seedSentence(row),
    }));
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function unstableWarnings(study) {
  const unstable = study
    .table("themes")
    .map((theme) => ({ ...theme, stability: theme.stability ?? 1 }))
    .filter((theme) => theme.stability < 0.5)
    .sort((a, b) => a.stability - b.stability || a.index - b.index);
  if (!unstable.length) return [];
  const shown = unstable.slice(0, warningsListed);
  return [
    {
      mark: "doubt",
      name: "Unstable themes",
      text: [
        `${formatCounted(unstable.length, "emergent theme")} came up again in fewer than half of 20 random halves ` +
          "of the interviews, and may not come up in other interviews: ",
        shown.map((theme, at) => [
          at ? ", " : null,
          themeLink(theme.theme),
          ` (${Math.round(theme.stability * 20)} of 20)`,
        ]),
        unstable.length > shown.length ? ` and ${unstable.length - shown.length} more` : "",
        ".",
      ],
    },
  ];
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function languageWarnings(study) {
  const confounded = study.table("contrasts").filter((row) => row.language_confounded);
  if (!confounded.length) return [];
  const pairs = [
    ...new Set(
      confounded.map((row) => `${row.group_a} and ${row.group_b === "(all others)" ? "all others" : row.group_b}`),
    ),
  ];
  return [
    {
      mark: "doubt",
      name: "Language",
      text: [
        `${pairs.length === 1 ? "One pair of groups speaks" : `${formatCount(pairs.length)} pairs of groups speak`} ` +
          "different languages, so that a difference between them may be one of language and not of theme: ",
        peoplesWords(formatList(pairs.slice(0, warningsListed))),
        pairs.length > warningsListed ? " and others" : "",
        ". ",
        element("a", { href: "#groups" }, "See the contrasts"),
        ".",
      ],
    },
  ];
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function groupWarnings(study) {
  return study.attributes
    .filter((one) => one.groups.some((group) => group.transcripts < 5))
    .map((one) => ({
      mark: "doubt",
      name: "Small groups",
      text: [
        "Few interviews: ",
        one.groups
          .filter((group) => group.transcripts < 5)
          .slice(0, warningsListed)
          .map((group, at) => [at ? ", " : null, peoplesWords(group.name), ` (${group.transcripts})`]),
        ". Differences between groups this small are hardly ever found, and say little when they are.",
      ],
    }));
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function reviewWarnings(study) {
  if (!study.counts.segments)
    return [
      {
        mark: "bad",
        name: "Nothing read",
        text: [
          "No segment could be cut from these interviews. ",
          element("a", { href: "#checks" }, "What was skipped, and why"),
          ". ",
          element("code", null, "emic check"),
          " names every file and line.",
        ],
      },
    ];
  if (!peopleCoded(study)) {
    return [
      {
        mark: "doubt",
        name: "No review yet",
        text: [
          "Nobody has compared the labels with their own reading. Code a blind sample ",
          element("a", { href: "#review" }, "in this page"),
          " or with ",
          element("code", null, "emic review sample"),
          ", and give it back with ",
          element("code", null, "emic review import"),
          ": then the page says how far the numbers can be trusted and corrects them.",
        ],
      },
    ];
  }
  const weak = study
    .table("agreement")
    .filter(
      (row) =>
        row.rater_b === "(machine)" && row.theme !== "(all)" && isNumber(row.cohen_kappa) && row.cohen_kappa < 0.4,
    );
  if (!weak.length) return [];
  return [
    {
      mark: "doubt",
      name: "Weak agreement",
      text: [
        "People and the program agree little beyond chance (kappa under 0.40) on ",
        weak.map((row, at) => [
          at ? ", " : null,
          themeLink(row.theme),
          ` (${formatNumber(row.cohen_kappa)}, ${row.rater_a})`,
        ]),
        ". ",
        element("a", { href: "#checks" }, "All figures"),
        ".",
      ],
    },
  ];
}

/**
 * @param {Study} study
 * @returns {Warning[]}
 */
function problemWarnings(study) {
  const { errors, warnings, notes } = /** @type {any} */ (study.counts);
  const parts = [
    errors ? formatCounted(errors, "error") : "",
    warnings ? formatCounted(warnings, "warning") : "",
  ].filter(Boolean);
  if (!parts.length) return [];
  const worst = study.table("problems").filter((row) => row.severity === (errors ? "error" : "warning"));
  const first = worst[0];
  return [
    {
      mark: errors ? "bad" : "doubt",
      name: errors ? "Skipped" : "Warnings",
      text: [
        `${formatList(parts)} while reading and comparing${notes ? `, beside ${formatCounted(notes, "note")}` : ""}. `,
        first
          ? [
              "For example ",
              peoplesWords(first.source),
              first.line ? `, line ${first.line}` : "",
              ": ",
              withCode(String(first.message).replace(/[.\s]*$/, "")),
              ". ",
            ]
          : "",
        element("a", { href: "#checks" }, "All of them"),
        ".",
      ],
    },
  ];
}

/**
 * Tables cut for the page's size.
 * @param {Study} study
 * @returns {Warning[]}
 */
function leftOutDoubts(study) {
  const cut = Object.entries(study.left_out).filter(([, rows]) => rows > 0);
  if (!cut.length) return [];
  return [
    {
      mark: "",
      name: "Left out",
      text:
        "To stay small, the page leaves out rows that are in the tables " +
        `folder: ${formatList(cut.map(([name, rows]) => `${formatCount(rows)} of ${name.replaceAll("_", " ")}`))}.`,
    },
  ];
}

/** @param {Study} study */
export function warningsPart(study) {
  const warnings = [
    ...reviewWarnings(study),
    ...problemWarnings(study),
    ...seedWarnings(study),
    ...unstableWarnings(study),
    ...languageWarnings(study),
    ...groupWarnings(study),
    ...leftOutDoubts(study),
  ];
  return element(
    "section",
    { "aria-labelledby": "overview-doubtful" },
    element("h2", { id: "overview-doubtful" }, "What is doubtful"),
    element(
      "ul",
      { class: "findings" },
      warnings.map((warning) =>
        element(
          "li",
          null,
          element("div", { class: `tag ${warning.mark}` }, warning.name),
          element("p", null, warning.text),
        ),
      ),
    ),
    warnings.length
      ? null
      : element(
          "p",
          null,
          "Nothing stands out: the themes are supported, people checked the labels, and nothing was skipped.",
        ),
    element(
      "p",
      { class: "muted small" },
      "Intervals say what other interviews of the same kind might have given. They know nothing of wrong labels.",
    ),
  );
}
