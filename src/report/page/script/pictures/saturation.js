// @ts-check
// Saturation: how many themes have been heard after so many interviews, and how many the next two bring.
// The order of interviews is arbitrary, so bands hold 95 % of the orders; the points are the order of the study.

import { numberIn } from "../data.js";
import { formatCount, formatCounted, formatNumber, formatPercent, isNumber } from "../format.js";
import { peopleCoded } from "../theme_figures.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureTip } from "./marks.js";
import { pictureIsolated, pictureNarrow } from "./names.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { SaturationRow, Study, Voices } from "../types.js" */

/** Points that stay apart on a screen. */
const saturationPoints = 80;

/**
 * Where saturation is reached, in a sentence.
 * @param {SaturationRow[]} rows
 */
function saturationReached(rows) {
  const first = (/** @type {number} */ share) => rows.find((row) => row.share_saturated >= share)?.transcripts;
  const [median, low, high] = [first(0.5), first(0.025), first(0.975)];
  if (!median)
    return (
      "Saturation (two further interviews that bring at most 5 % new themes of the codebook) is not reached in half " +
      "of the orders."
    );
  return (
    `Half of the orders reach saturation by ${median}+2: ${formatCounted(median, "interview")}, and the two behind ` +
    `them bring at most 5 % new themes of the codebook. 95 % of the orders reach it between ${low ?? 1}+2 ` +
    `and ${high ? `${high}+2` : "later than the last interview"}.`
  );
}

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function saturationPicture(study, voices) {
  const title = "When nothing new comes";
  const table = study.table("saturation");
  if (!table.length)
    return pictureMissing(
      "saturation",
      title,
      "There are no interviews with themes yet, so it cannot be said when new ones stop coming.",
    );
  const reached = saturationReached(table);
  return pictureFrame({
    name: "saturation",
    title,
    read:
      "The line is the mean over random orders of the interviews, the band holds 95 % of them. Points are the order " +
      "in which the study lists its interviews. Themes of the codebook count alone: emergent ones were found in all " +
      "interviews together, so that they cannot show saturation." +
      (peopleCoded(study) ? "" : " Nobody has checked the labels that this rests on."),
    controls: [
      {
        kind: "choice",
        name: "show",
        label: "Show",
        options: [
          ["themes", "themes heard so far"],
          ["new", "new themes in the next two interviews"],
        ],
        value: "themes",
      },
    ],
    draw: (state, width) => {
      const heard = state.show === "themes";
      const [y, low, high, listed] = heard
        ? ["themes", "themes_low", "themes_high", "themes_listed"]
        : ["share_new", "low", "high", "share_new_listed"];
      const known = table.filter((row) => numberIn(row, y) !== null);
      const columns = /** @type {PictureColumn[]} */ ([
        ["transcripts", "Interviews", "count"],
        ["new_themes", "New themes", "number"],
        ["themes", "Themes heard", "number"],
        ["themes_low", "from", "number"],
        ["themes_high", "to", "number"],
        ["share_new", "New in the next two", "share"],
        ["low", "from", "share"],
        ["high", "to", "share"],
        ["share_saturated", "Orders saturated", "share"],
        ["share_without_new", "Orders without new", "share"],
        ["themes_listed", "Themes as listed", "count"],
        ["share_new_listed", "New as listed", "share"],
      ]);
      if (!known.length) return { instead: "There are too few interviews for this.", columns, rows: table };
      const every = Math.max(1, Math.ceil(known.length / 400));
      const line = known.filter((_, at) => at % every === 0 || at === known.length - 1);
      const step = Math.max(1, Math.ceil(known.length / saturationPoints));
      const points = known.filter(
        (row, at) => isNumber(numberIn(row, listed)) && (at % step === 0 || at === known.length - 1),
      );
      const words = (/** @type {SaturationRow} */ row) => [
        heard
          ? `After ${formatCounted(row.transcripts, "interview")}: ${formatNumber(row.themes, 1)} themes (95 % of ` +
            `orders ${formatNumber(row.themes_low, 0)} to ${formatNumber(row.themes_high, 0)})`
          : `After ${formatCounted(row.transcripts, "interview")}, the next two ` +
            `bring ${formatPercent(row.share_new)} new (95 % of orders ${formatPercent(row.low)} ` +
            `to ${formatPercent(row.high)})`,
        heard
          ? `In the order listed: ${formatCount(row.themes_listed)}`
          : `In the order listed: ${formatPercent(row.share_new_listed)}`,
      ];
      // The order of the study is known in the page only where all interviews are here.
      const open = (/** @type {SaturationRow} */ row) => {
        const transcript =
          voices.transcripts.length === voices.of.transcripts ? voices.transcripts[row.transcripts - 1] : null;
        return transcript?.segments
          ? {
              filter: { transcript: transcript.id },
              title: `Interview ${row.transcripts}: ${pictureIsolated(transcript.id)}`,
            }
          : null;
      };
      const median = table.find((row) => row.share_saturated >= 0.5)?.transcripts;
      const top = Math.max(
        0.01,
        d3.max(known, (/** @type {SaturationRow} */ row) =>
          Math.max(...[high, y, listed].map((column) => numberIn(row, column) ?? 0)),
        ),
      );
      return {
        plot: {
          height: Math.min(360, width * 0.75),
          marginLeft: 56,
          marginRight: 24,
          marginTop: 24,
          marginBottom: 46,
          x: { domain: [1, Math.max(2, table.length)] },
          y: { domain: [0, top * 1.04] },
          marks: [
            Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 6 }),
            Plot.axisY({
              ticks: 6,
              tickSize: 0,
              label: heard ? "Themes heard" : "New themes, share of the first four interviews' themes",
              labelAnchor: "top",
              labelArrow: "none",
              tickFormat: (/** @type {number} */ value) =>
                heard ? (Number.isInteger(value) ? formatCount(value) : "") : formatPercent(value),
            }),
            Plot.axisX({
              ticks: width < pictureNarrow ? 4 : 8,
              tickSize: 4,
              label: "Interviews heard",
              labelAnchor: "center",
              labelArrow: "none",
              labelOffset: 38,
              tickFormat: (/** @type {number} */ value) => (Number.isInteger(value) ? formatCount(value) : ""),
            }),
            Plot.areaY(line, { x: "transcripts", y1: low, y2: high, fill: "var(--series-1)", fillOpacity: 0.18 }),
            Plot.lineY(line, { x: "transcripts", y, stroke: "var(--series-1)", strokeWidth: 2 }),
            ...(heard
              ? []
              : [
                  Plot.ruleY([0.05], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
                  Plot.text([0.05], {
                    y: [0.05],
                    frameAnchor: "right",
                    text: ["5 %"],
                    textAnchor: "end",
                    dy: -8,
                    fill: "var(--muted)",
                  }),
                ]),
            ...(median
              ? [
                  Plot.ruleX([median], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
                  Plot.text([median], {
                    x: [median],
                    frameAnchor: "bottom",
                    textAnchor: "start",
                    lineAnchor: "bottom",
                    dx: 4,
                    dy: -6,
                    text: [`${median}+2`],
                    fill: "var(--ink)",
                    stroke: "var(--picture-page)",
                    strokeWidth: 4,
                  }),
                ]
              : []),
            Plot.dot(points, {
              x: "transcripts",
              y: listed,
              r: 3,
              fill: "var(--picture-page)",
              stroke: "var(--series-2)",
              strokeWidth: 1.5,
            }),
            Plot.dot(points, { x: "transcripts", y: listed, r: 9, fill: "transparent", className: "picture-hit" }),
            pictureTip(points, {
              x: "transcripts",
              y: listed,
              title: (/** @type {SaturationRow} */ row) => words(row).join("\n"),
            }),
          ],
        },
        reach: [{ className: "picture-hit", data: points, label: (row) => words(row).join(", "), open }],
        description: reached,
        note: reached,
        columns,
        rows: table,
        rowOpen: open,
      };
    },
  });
}
