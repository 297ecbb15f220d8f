// @ts-check
// Contrasts: how much groups differ, with 95 % intervals. A filled point is a difference that stands after adjusting
// for all that were looked at (Holm); a diamond one that may be a difference of language. The first ten are drawn, more
// on demand.

import { isNumber } from "../format.js";
import { numberIn } from "../data.js";
import { button, element } from "../dom.js";
import {
  formatCount,
  formatCounted,
  formatDifference,
  formatInterval,
  formatPValue,
  formatPercent,
} from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureAttributeControl } from "./choices.js";
import { pictureIntervals, pictureRowsPlot } from "./marks.js";
import { pictureIsolated, pictureNarrow, pictureTipName } from "./names.js";

/** @import { ContrastRow, Study } from "../types.js" */

const contrastsFirst = 10;
const contrastsPage = 40;
const contrastsOthers = "(all others)";

/** An axis of differences in percentage points. */
export function contrastsAxis() {
  return {
    tickFormat: (/** @type {number} */ value) =>
      value === 0 ? "0" : `${value > 0 ? "+" : "−"}${formatPercent(Math.abs(value)).replace(/\s*%/, "")}`,
  };
}

/**
 * Where an axis of differences starts and ends, zero in it.
 * @param {Array<{ low: number, high: number }>} rows
 * @param {string} middle column of the difference itself
 */
export function contrastsDomain(rows, middle) {
  const values = rows.flatMap((row) => [row.low, row.high, numberIn(row, middle)]).filter(isNumber);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return [Math.max(-1, low - 0.02), Math.min(1, high + 0.02)];
}

/** @param {ContrastRow} row */
function contrastStands(row) {
  return row.p_adjusted !== null && row.p_adjusted < 0.05;
}

/**
 * The second group of a contrast as it stands in a row.
 * @param {ContrastRow} row
 */
export function contrastOther(row) {
  return row.group_b === contrastsOthers ? "all others" : row.group_b;
}

/** @param {string} group */
function contrastGroup(group) {
  return group === contrastsOthers ? "all others" : pictureTipName(group);
}

/**
 * What is said of a contrast, in lines.
 * @param {ContrastRow} row
 */
function contrastLines(row) {
  const lines = [
    pictureTipName(row.theme),
    `${contrastGroup(row.group_a)} less ${contrastGroup(row.group_b)}:`,
    formatDifference(row.difference, row.low, row.high),
    row.p_value === null
      ? "Too few interviews for a p value"
      : `p ${formatPValue(row.p_value)}, adjusted for all (Holm) ${formatPValue(row.p_adjusted)}`,
  ];
  if (row.p_fdr !== null && row.p_fdr !== undefined && row.p_fdr < 0.5)
    lines.push(`Of findings this sure, ${formatPercent(row.p_fdr)} are chance`);
  if (row.difference_within !== null && row.difference_within !== undefined)
    lines.push(`Within levels: ${formatDifference(row.difference_within, row.low_within, row.high_within)}`);
  if (row.leave_language_out_low !== null && row.leave_language_out_low !== undefined)
    lines.push(
      `Leaving out one language: ${formatInterval(row.leave_language_out_low, row.leave_language_out_high)} points`,
    );
  if (row.language_confounded) lines.push("The groups speak different languages");
  lines.push(`${row.transcripts_a ?? "?"} and ${formatCounted(row.transcripts_b, "interview")}`);
  return lines;
}

/**
 * The quotes of the group where the theme is commoner.
 * @param {ContrastRow} row
 */
function contrastOpen(row) {
  const [group, other] = row.difference >= 0 ? [row.group_a, row.group_b] : [row.group_b, row.group_a];
  const filter = {
    theme: row.theme,
    attribute: row.attribute,
    group,
    ...(group === contrastsOthers ? { notGroup: row.group_a } : {}),
  };
  const words = (/** @type {string} */ name) => (name === contrastsOthers ? "all others" : pictureIsolated(name));
  return {
    filter,
    title: `${pictureIsolated(row.theme)}: ${words(group)}, where it is commoner than in ${words(other)}`,
  };
}

/** @param {Study} study */
export function contrastsPicture(study) {
  const title = "Differences between groups";
  const table = study.table("contrasts");
  if (!table.length) {
    return pictureMissing(
      "contrasts",
      title,
      "There are no two groups to compare. Name an attribute with two groups or more under `groups` in the " +
        "section `[corpus]` of the study file, and run `emic run` again.",
    );
  }
  const left = study.left_out?.contrasts ?? 0;
  const some =
    table.some((row) => row.group_b === contrastsOthers) && table.some((row) => row.group_b !== contrastsOthers);
  return pictureFrame({
    name: "contrasts",
    title,
    read:
      "A point is how much larger the share of segments with any label of a theme, likely or possible, is in the " +
      "first group than in the second, in percentage points, with its 95 % interval. Right of zero it is " +
      "commoner in the first. Filled points stand " +
      "after adjusting for all differences looked at; hollow ones may be chance.",
    controls: [
      pictureAttributeControl(study, new Set(table.map((row) => row.attribute))),
      {
        kind: "choice",
        name: "against",
        label: "Compare",
        options: some
          ? [
              ["", "all"],
              ["pairs", "two groups with each other"],
              ["others", "a group with all others"],
            ]
          : [["", "all"]],
        value: "",
      },
    ],
    draw: (state, width, change) => {
      const rows = table.filter(
        (row) =>
          row.attribute === state.attribute &&
          row.measure === "share_segments" &&
          (!state.against || (row.group_b === contrastsOthers) === (state.against === "others")),
      );
      const known = (/** @type {number | null} */ p) => p ?? 2;
      rows.sort(
        (a, b) =>
          known(a.p_adjusted) - known(b.p_adjusted) ||
          known(a.p_value) - known(b.p_value) ||
          Math.abs(b.difference) - Math.abs(a.difference),
      );
      if (!rows.length) return { instead: "There are no differences for this choice." };
      const most = state.most ?? contrastsFirst;
      const drawn = rows.slice(0, most).map((row, at) => ({ ...row, key: String(at) }));
      const of = (/** @type {string} */ key) => drawn[Number(key)];
      const stand = rows.filter(contrastStands).length;
      const leads = rows.filter((row) => row.p_fdr !== null && row.p_fdr < 0.1).length;
      const confounded = rows.filter((row) => row.language_confounded).length;
      const told = [
        stand
          ? `${stand} of ${formatCounted(rows.length, "difference")} ${stand === 1 ? "stands" : "stand"} after ` +
            "adjusting (Holm, p under 0.05)."
          : `None of ${formatCounted(rows.length, "difference")} stands after adjusting (Holm, p under 0.05).`,
        leads
          ? `${formatCounted(leads, "difference")} may be worth a look: at most one in ten ` +
            `of ${leads === 1 ? "such" : "them"} is expected to be chance (false discovery rate).`
          : "",
        confounded
          ? `Diamonds: the two groups speak different languages (${formatCounted(confounded, "difference")}), so ` +
            "that the difference may be one of language."
          : "",
        rows.length > most ? `The ${most} surest are drawn; the numbers have all.` : "",
        left ? `${formatCounted(left, "further row")} of all measures are in tables/contrasts only.` : "",
      ];
      const further = Math.min(contrastsPage, rows.length - drawn.length);
      const more =
        further > 0
          ? button(`Show ${further} more of ${formatCount(rows.length)}`, (event) => {
              const figure = /** @type {HTMLElement} */ (event.currentTarget).closest("figure");
              const marks = () => /** @type {NodeListOf<SVGElement>} */ (figure?.querySelectorAll(".picture-hit > *"));
              const before = marks().length;
              change("most", most + contrastsPage);
              // The button is gone or a new one; reading goes on at the first mark that came.
              marks()[before]?.focus();
            })
          : null;
      return {
        plot: pictureRowsPlot(
          width,
          drawn.map((row) => row.key),
          (key) => of(key).theme,
          {
            x: { domain: contrastsDomain(drawn, "difference") },
            label: "Difference, percentage points",
            axis: contrastsAxis(),
            row: 22,
            marginRight: width < pictureNarrow ? 20 : 96,
            second: (key) => [
              of(key).group_a,
              " − ",
              contrastOther(of(key)),
              width < pictureNarrow && of(key).p_adjusted !== null
                ? `, adjusted p ${formatPValue(of(key).p_adjusted)}`
                : "",
            ],
            color: { type: "identity" },
            symbol: { domain: ["no", "yes"], range: ["circle", "diamond"] },
            marks: ({ down, above, line }) => [
              line([0], { stroke: "var(--line-strong)" }),
              ...pictureIntervals(drawn, {
                x: "difference",
                low: "low",
                high: "high",
                y: "key",
                dy: down,
                className: "picture-hit",
                symbol: (/** @type {ContrastRow} */ row) => (row.language_confounded ? "yes" : "no"),
                hollow: (row) => !contrastStands(row),
                r: 5,
                tip: (row) => contrastLines(row).join("\n"),
              }),
              ...(above
                ? []
                : [
                    Plot.text(["adjusted p"], {
                      frameAnchor: "top-right",
                      textAnchor: "start",
                      lineAnchor: "bottom",
                      dx: 14,
                      dy: -2,
                      fill: "var(--muted)",
                      text: (/** @type {string} */ words) => words,
                    }),
                    ...[true, false].map((stands) =>
                      Plot.text(
                        drawn.filter((row) => contrastStands(row) === stands && row.p_adjusted !== null),
                        {
                          y: "key",
                          frameAnchor: "right",
                          textAnchor: "start",
                          dx: 14,
                          text: (/** @type {ContrastRow} */ row) => formatPValue(row.p_adjusted),
                          fontWeight: stands ? 600 : 400,
                        },
                      ),
                    ),
                  ]),
            ],
          },
        ),
        reach: [
          { className: "picture-hit", data: drawn, label: (row) => contrastLines(row).join(", "), open: contrastOpen },
        ],
        description: told[0],
        note: [more && element("p", null, more), element("p", null, told.filter(Boolean).join(" "))],
        columns: [
          ["theme", "Theme", "text"],
          ["attribute", "Attribute", "text"],
          ["group_a", "First group", "text"],
          ["group_b", "Second group", "text"],
          ["measure", "Measure", "text"],
          ["difference", "Difference", "difference"],
          ["low", "from", "difference"],
          ["high", "to", "difference"],
          ["p_value", "p", "p"],
          ["p_adjusted", "p adjusted (Holm)", "p"],
          ["p_fdr", "False discovery rate", "p"],
          ["language_confounded", "Different languages", "yes"],
          ["smallest_detectable", "Smallest detectable", "difference"],
          ["transcripts_a", "Interviews of the first", "count"],
          ["transcripts_b", "of the second", "count"],
        ],
        rows,
        rowOpen: contrastOpen,
      };
    },
  });
}
