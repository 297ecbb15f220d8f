// @ts-check
// Agreement: how far two who coded the same segments say the same, theme by theme, with 95 % intervals.

import { numberIn } from "../data.js";
import { formatCoefficient, formatCounted, formatPercent, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureIntervals, pictureRowsPlot } from "./marks.js";
import { pictureIsolated, pictureTipName } from "./names.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { AgreementRow, Study } from "../types.js" */

const agreementAll = "(all)";
/** Segments that the drawer is asked for at once; their ids stand in the address. */
const agreementSegments = 150;

/** [column, words, what to know when reading it] */
function agreementMeasures() {
  return [
    [
      "cohen_kappa",
      "Cohen's kappa",
      "1 is full agreement, 0 what chance would give. Where a theme is rare, kappa is low even when raters nearly " +
        "always agree; look at AC1 too.",
    ],
    [
      "krippendorff_alpha",
      "Krippendorff's alpha",
      "1 is full agreement, 0 what chance would give. Krippendorff asks for 0.80, or 0.667 for tentative " +
        "conclusions (the dotted lines).",
    ],
    [
      "gwet_ac1",
      "Gwet's AC1",
      "1 is full agreement, 0 what chance would give. AC1 is steadier than kappa where a theme is rare.",
    ],
    [
      "percent",
      "share of same answers",
      "The share of decisions that are the same. For a rare theme it is high even when raters agree by chance alone.",
    ],
  ];
}

/** @param {string} name */
function agreementRater(name) {
  return { "(machine)": "the program", "(all coders)": "all coders" }[name] ?? pictureIsolated(name);
}

/** @param {Study} study */
export function agreementPicture(study) {
  const title = "Agreement";
  const table = study.table("agreement");
  if (!table.length) {
    return pictureMissing(
      "agreement",
      title,
      "Nobody has coded a sample yet. Code one in the part Review of this page, or make sheets for two coders " +
        'with `emic review sample OUT --coders "Ana, Ben"` (OUT is the output folder), and read them back with ' +
        "`emic review import OUT FILE`.",
    );
  }
  const pairs = [...new Map(table.map((row) => [`${row.rater_a}\u0000${row.rater_b}`, row])).values()];
  const pairOf = (/** @type {AgreementRow} */ row) => `${row.rater_a}\u0000${row.rater_b}`;
  const measures = agreementMeasures();
  return pictureFrame({
    name: "agreement",
    title,
    read:
      "A point is how far two who coded the same segments agree on a theme, with its 95 % interval. Press a point " +
      "to read the segments on which they differ.",
    controls: [
      {
        kind: "choice",
        name: "measure",
        label: "Measure",
        options: measures.map(([name, words]) => [name, words]),
        value: "cohen_kappa",
      },
      {
        kind: "choice",
        name: "pair",
        label: "Between",
        options: pairs.map((row) => [
          pairOf(row),
          row.rater_a === row.rater_b
            ? agreementRater(row.rater_a)
            : `${agreementRater(row.rater_a)} and ${agreementRater(row.rater_b)}`,
        ]),
        value: pairOf(pairs[0]),
      },
    ],
    draw: (state, width) => {
      const [measure, words, about] = measures.find(([name]) => name === state.measure) ?? measures[0];
      const share = measure === "percent";
      const told = share ? formatShare : formatCoefficient;
      const [low, high] = [`${measure}_low`, `${measure}_high`];
      const rows = table
        .filter((row) => pairOf(row) === state.pair)
        .sort((a, b) => Number(b.theme === agreementAll) - Number(a.theme === agreementAll));
      const name = (/** @type {string} */ theme) => (theme === agreementAll ? "all themes together" : theme);
      const drawn = rows.filter((row) => numberIn(row, measure) !== null);
      const none = rows.length - drawn.length;
      const lines = (/** @type {AgreementRow} */ row) => [
        pictureTipName(name(row.theme)),
        `${words}: ${told(numberIn(row, measure), numberIn(row, low), numberIn(row, high))}`,
        `same answer in ${formatPercent(row.percent)} of ${formatCounted(row.decisions, "decision")}`,
        `${formatCounted(row.segments, "segment")} of ${formatCounted(row.transcripts, "interview")}`,
      ];
      const open = (/** @type {AgreementRow} */ row) => {
        const ids = agreementDiffer(study, row);
        return ids.length
          ? {
              filter: { segments: ids.slice(0, agreementSegments) },
              title: `${pictureIsolated(name(row.theme))}: where they differ`,
            }
          : { filter: row.theme === agreementAll ? {} : { theme: row.theme }, title: pictureIsolated(name(row.theme)) };
      };
      const withoutMeasure = none
        ? ` ${formatCounted(none, "theme has", "themes have")} none: one answer was given throughout, or the ` +
          "measure is not for so many coders."
        : "";
      const note = `${about}${withoutMeasure}`;
      const columns = /** @type {PictureColumn[]} */ ([
        ["theme", "Theme", "text"],
        ["rater_a", "First", "text"],
        ["rater_b", "Second", "text"],
        ["segments", "Segments", "count"],
        ["decisions", "Decisions", "count"],
        ...measures.flatMap(([column, label]) => [
          [column, label, column === "percent" ? "share" : "coefficient"],
          [`${column}_low`, "from", column === "percent" ? "share" : "coefficient"],
          [`${column}_high`, "to", column === "percent" ? "share" : "coefficient"],
        ]),
      ]);
      if (!drawn.length) return { instead: `No theme has this measure. ${note}`, columns, rows };
      const least = Math.min(0, ...drawn.map((row) => numberIn(row, low) ?? numberIn(row, measure) ?? 0));
      return {
        plot: pictureRowsPlot(
          width,
          drawn.map((row) => row.theme),
          name,
          {
            x: { domain: [Math.max(-1, least), 1] },
            label: share ? "Share of decisions that are the same" : words,
            axis: share
              ? {}
              : { tickFormat: (/** @type {number} */ value) => formatCoefficient(value).replace("-", "−") },
            marks: ({ down, line }) => [
              ...(least < 0 ? [line([0], { stroke: "var(--line-strong)" })] : []),
              ...(measure === "krippendorff_alpha"
                ? [line([0.667, 0.8], { stroke: "var(--line-strong)", strokeDasharray: "2,3" })]
                : []),
              ...pictureIntervals(drawn, {
                x: measure,
                low,
                high,
                y: "theme",
                dy: down,
                fill: (/** @type {AgreementRow} */ row) =>
                  row.theme === agreementAll ? "var(--ink)" : "var(--series-1)",
                className: "picture-hit",
                tip: (row) => lines(row).join("\n"),
              }),
            ],
            color: { type: "identity" },
          },
        ),
        reach: [{ className: "picture-hit", data: drawn, label: (row) => lines(row).join(", "), open }],
        description: `${words} of ${formatCounted(drawn.length, "row")}.`,
        note,
        columns,
        rows,
        rowOpen: open,
      };
    },
  });
}

/**
 * Segments on which the two of a row differ.
 * @param {Study} study
 * @param {AgreementRow} row
 */
function agreementDiffer(study, row) {
  const raters = [row.rater_a, row.rater_b].filter((name) => name !== "(all coders)");
  const said = (/** @type {string | null} */ list, /** @type {string} */ name) =>
    `; ${list ?? ""}; `.includes(`; ${name}; `);
  const ids = study
    .table("disagreements")
    .filter(
      (one) =>
        (row.theme === agreementAll || one.theme === row.theme) &&
        raters.every((name) => said(one.yes, name) || said(one.no, name)) &&
        (raters.length < 2
          ? one.among_coders || raters.length === 1
          : said(one.yes, raters[0]) !== said(one.yes, raters[1])),
    )
    .map((one) => one.segment_id);
  return [...new Set(ids)];
}
