// @ts-check
// What people's codes make of the shares: as the program labelled, and as corrected, with 95 % intervals; and of the
// differences between groups.

import { formatCount, formatCounted, formatDifference, formatPValue, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { contrastOther, contrastsAxis, contrastsDomain } from "./contrasts.js";
import { pictureIntervals, pictureRowsPlot, pictureShareEnd } from "./marks.js";
import { pictureIsolated, pictureTipName } from "./names.js";

/** @import { PictureDrawing } from "../picture.js" */
/** @import { Study } from "../types.js" */

const correctedMaxRows = 60;

/** The two questions that a corrected share answers: the end of their columns, and words. */
const correctedQuestions = /** @type {Array<[string, string]>} */ ([
  ["these", "in these interviews"],
  ["like_these", "in interviews like these"],
]);

/**
 * A row with the interval for a question in `low` and `high`.
 * @param {any} row
 * @param {string} question
 */
function correctedFor(row, question) {
  return {
    ...row,
    low: row[`low_${question}`],
    high: row[`high_${question}`],
    more_to_halve: row[`more_to_halve_${question}`],
  };
}

/** @param {any} row */
function correctedLines(row) {
  return [
    pictureTipName(row.theme),
    ...(row.attribute ? [pictureTipName(row.group)] : []),
    "As people would " +
      `say: ${row.share_corrected === null ? "not known" : formatShare(row.share_corrected, row.low, row.high)}`,
    `As the program labelled: ${formatShare(row.share_machine)}`,
    `${formatCounted(row.coded, "coded segment")} of ${formatCounted(row.transcripts_coded, "interview")}`,
    ...(row.more_to_halve ? [`About ${formatCount(row.more_to_halve)} more for half the interval`] : []),
  ];
}

/** @param {any} row */
function correctedContrastLines(row) {
  const corrected =
    row.difference_corrected === null ? "not known" : formatDifference(row.difference_corrected, row.low, row.high);
  return [
    pictureTipName(row.theme),
    `${pictureTipName(row.group_a)} ` +
      `less ${row.group_b === "(all others)" ? "all others" : pictureTipName(row.group_b)}:`,
    `As people would say: ${corrected}`,
    `As the program labelled: ${formatDifference(row.difference_machine)}`,
    ...(row.p_value === null
      ? []
      : [`p ${formatPValue(row.p_value)}, adjusted (Holm) ${formatPValue(row.p_adjusted)}`]),
  ];
}

/**
 * The point of the program's own labels: hollow, without an interval.
 * @param {any[]} drawn
 * @param {string} x
 * @param {number} down
 */
function correctedMachine(drawn, x, down) {
  return Plot.dot(drawn, {
    x,
    y: "key",
    dy: down,
    r: 5,
    symbol: "diamond",
    fill: "var(--picture-page)",
    stroke: "var(--series-2)",
    strokeWidth: 1.75,
  });
}

/** @param {Study} study */
export function correctedPicture(study) {
  const title = "Corrected by people's codes";
  const prevalence = study.table("corrected_prevalence");
  const contrasts = study.table("corrected_contrasts");
  if (!prevalence.length)
    return pictureMissing(
      "corrected",
      title,
      "Nobody has coded a sample yet, so the shares are as the program labelled. Code one (`emic review sample " +
        'OUT --coders "Ana, Ben"`, or the part Review of this page), read it back with `emic review import OUT ' +
        "FILE`, and run `emic run` again.",
    );
  const attributes = [...new Set(prevalence.map((row) => row.attribute).filter(Boolean))];
  return pictureFrame({
    name: "corrected",
    title,
    read:
      "The filled point is what people would find, judged from the segments that they coded, with its 95 % " +
      "interval; the hollow diamond is what the program labelled. Where the diamond lies outside the interval, the " +
      "program's own share misleads. In these interviews, only the coding is a sample; for interviews like these, " +
      "the interviews are one too, so that the interval is wider.",
    controls: [
      {
        kind: "choice",
        name: "what",
        label: "Show",
        options: contrasts.length
          ? [
              ["shares", "shares of segments"],
              ["contrasts", "differences between groups"],
            ]
          : [["shares", "shares of segments"]],
        value: "shares",
      },
      { kind: "choice", name: "question", label: "Shares", options: correctedQuestions, value: "these" },
      {
        kind: "choice",
        name: "attribute",
        label: "Groups by",
        options: [
          ["", "no groups, all together"],
          ...attributes.map((name) => /** @type {[string, string]} */ ([name, name])),
        ],
        value: "",
      },
    ],
    draw: (state, width) => {
      if (state.what === "contrasts")
        return correctedContrasts(
          contrasts.filter((row) => !state.attribute || row.attribute === state.attribute),
          width,
        );
      const rows = prevalence
        .filter((row) => (row.attribute ?? "") === state.attribute)
        .map((row) => correctedFor(row, state.question));
      const drawn = rows.slice(0, correctedMaxRows * 2).map((row, at) => ({ ...row, key: String(at) }));
      const of = (/** @type {string} */ key) => drawn[Number(key)];
      const open = (/** @type {any} */ row) =>
        row.attribute
          ? {
              filter: { theme: row.theme, attribute: row.attribute, group: row.group },
              title: `${pictureIsolated(row.theme)}: ${pictureIsolated(row.group)}`,
            }
          : { filter: { theme: row.theme }, title: pictureIsolated(row.theme) };
      const outside = rows.filter(
        (row) => row.low !== null && row.high !== null && (row.share_machine < row.low || row.share_machine > row.high),
      ).length;
      return {
        plot: pictureRowsPlot(
          width,
          drawn.map((row) => row.key),
          (key) => of(key).theme,
          {
            x: { domain: [0, pictureShareEnd(drawn.flatMap((row) => [row.high ?? 0, row.share_machine]))] },
            label: "Share of segments",
            second: state.attribute ? (key) => [of(key).group, "", "", ""] : undefined,
            marks: ({ down }) => [
              correctedMachine(drawn, "share_machine", down),
              ...pictureIntervals(drawn, {
                x: "share_corrected",
                low: "low",
                high: "high",
                y: "key",
                dy: down,
                className: "picture-hit",
                tip: (row) => correctedLines(row).join("\n"),
              }),
            ],
          },
        ),
        reach: [
          {
            className: "picture-hit",
            data: drawn.filter((row) => row.share_corrected !== null),
            label: (row) => correctedLines(row).join(", "),
            open,
          },
        ],
        description: `${formatCounted(rows.length, "row")}.`,
        note:
          `The program's share lies outside the interval in ${outside} ` +
          `of ${rows.length}.` +
          (rows.length > drawn.length ? ` The first ${drawn.length} are drawn; the numbers have all.` : ""),
        columns: [
          ["theme", "Theme", "text"],
          ["attribute", "Attribute", "text"],
          ["group", "Group", "text"],
          ["coded", "Coded segments", "count"],
          ["transcripts_coded", "of interviews", "count"],
          ["share_machine", "As labelled", "share"],
          ["share_corrected", "Corrected", "share"],
          ["low", "from", "share"],
          ["high", "to", "share"],
          ["bias", "Bias", "difference"],
          ["lambda", "Trust in the labels", "number"],
          ["more_to_halve", "More for half the interval", "count"],
        ],
        rows,
        rowOpen: open,
      };
    },
  });
}

/**
 * @param {any[]} rows
 * @param {number} width
 * @returns {PictureDrawing}
 */
function correctedContrasts(rows, width) {
  const sorted = [...rows].sort(
    (a, b) => (a.p_adjusted ?? 2) - (b.p_adjusted ?? 2) || (a.p_value ?? 2) - (b.p_value ?? 2),
  );
  const drawn = sorted
    .filter((row) => row.difference_corrected !== null)
    .slice(0, 40)
    .map((row, at) => ({ ...row, key: String(at) }));
  if (!drawn.length) return { instead: "No two groups have enough coded segments for a corrected difference." };
  const of = (/** @type {string} */ key) => drawn[Number(key)];
  const open = (/** @type {any} */ row) => {
    const group = (row.difference_corrected ?? 0) >= 0 || row.group_b === "(all others)" ? row.group_a : row.group_b;
    return {
      filter: { theme: row.theme, attribute: row.attribute, group },
      title: `${pictureIsolated(row.theme)}: ${pictureIsolated(group)}`,
    };
  };
  const ends = contrastsDomain(
    drawn.flatMap((row) => [row, { low: row.difference_machine, high: row.difference_machine }]),
    "difference_corrected",
  );
  return {
    plot: pictureRowsPlot(
      width,
      drawn.map((row) => row.key),
      (key) => of(key).theme,
      {
        x: { domain: ends },
        label: "Difference, percentage points",
        axis: contrastsAxis(),
        second: (key) => [of(key).group_a, " − ", contrastOther(of(key)), ""],
        marks: ({ down, line }) => [
          line([0], { stroke: "var(--line-strong)" }),
          correctedMachine(drawn, "difference_machine", down),
          ...pictureIntervals(drawn, {
            x: "difference_corrected",
            low: "low",
            high: "high",
            y: "key",
            dy: down,
            className: "picture-hit",
            tip: (row) => correctedContrastLines(row).join("\n"),
          }),
        ],
      },
    ),
    reach: [{ className: "picture-hit", data: drawn, label: (row) => correctedContrastLines(row).join(", "), open }],
    description: `${formatCounted(drawn.length, "difference")}.`,
    note:
      `${drawn.filter((row) => row.p_adjusted !== null && row.p_adjusted < 0.05).length} of ${rows.length} stand ` +
      "after adjusting (Holm, p under " +
      `0.05).${rows.length > drawn.length ? ` ${drawn.length} are drawn; the numbers have all.` : ""}`,
    columns: [
      ["theme", "Theme", "text"],
      ["attribute", "Attribute", "text"],
      ["group_a", "First group", "text"],
      ["group_b", "Second group", "text"],
      ["difference_machine", "As labelled", "difference"],
      ["difference_corrected", "Corrected", "difference"],
      ["low", "from", "difference"],
      ["high", "to", "difference"],
      ["p_value", "p", "p"],
      ["p_adjusted", "p adjusted (Holm)", "p"],
      ["coded_a", "Coded segments of the first", "count"],
      ["coded_b", "of the second", "count"],
    ],
    rows: sorted,
    rowOpen: open,
  };
}
