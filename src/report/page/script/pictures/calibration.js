// @ts-check
// Calibration: whether the program's confidence means what it says, where people coded.

import { readVoices } from "../data.js";
import { formatCount, formatCounted, formatPercent, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureShareAxis, pictureTip } from "./marks.js";
import { pictureTextWidth } from "./names.js";

/** @import { CalibrationRow, Study } from "../types.js" */

const calibrationSegments = 150;
/**
 * How far above the chart the numbers of decisions stand, so that the largest point at 100 % is clear of them, and how
 * high a line of them is.
 */
const calibrationAbove = 14;
const calibrationLine = 15;

/**
 * Segments with a label of the program of such confidence.
 * @param {CalibrationRow} row
 */
function calibrationOpen(row) {
  const voices = readVoices();
  const ids = [];
  for (let segment = 0; segment < voices.count && ids.length < calibrationSegments; segment += 1) {
    if (
      voices
        .labels(segment)
        .some(
          (label) =>
            label.by === 0 &&
            label.confidence >= row.confidence_low &&
            (label.confidence < row.confidence_high || row.confidence_high === 1),
        )
    )
      ids.push(voices.id(segment));
  }
  return ids.length
    ? {
        filter: { segments: ids },
        title:
          `Labels with a confidence of ${formatPercent(row.confidence_low)} ` +
          `to ${formatPercent(row.confidence_high)}`,
      }
    : null;
}

/** @param {Study} study */
export function calibrationPicture(study) {
  const title = "Is the program as sure as it should be?";
  const rows = study.table("calibration").filter((row) => row.decisions > 0);
  if (!rows.length)
    return pictureMissing(
      "calibration",
      title,
      'This needs a sample that people coded. Make one with `emic review sample OUT --coders "Ana, Ben"`, or ' +
        "code in the part Review of this page, read it back with `emic review import OUT FILE`, and run `emic " +
        "run` again.",
    );
  const lines = (/** @type {CalibrationRow} */ row) => [
    `Confidence ${formatPercent(row.confidence_low)} to ${formatPercent(row.confidence_high)}, ` +
      `mean ${formatPercent(row.confidence)}`,
    `People say yes: ${formatShare(row.share_yes, row.low, row.high)}`,
    formatCounted(row.decisions, "decision"),
  ];
  return pictureFrame({
    name: "calibration",
    title,
    read:
      "Each point is a range of the program's confidence. On the diagonal, people say yes as often as the program " +
      "expects. Above it the program is too modest, below it too sure. Lines are 95 % intervals; larger points rest " +
      "on more decisions, counted above them.",
    draw: (_, width) => {
      const side = Math.min(width, 560);
      const [marginLeft, marginRight] = [72, 28];
      const counts = calibrationCounts(rows, side - marginLeft - marginRight);
      const second = counts.some((row) => row.line === 1);
      const above = (/** @type {number} */ line) => ({
        frameAnchor: "top",
        lineAnchor: "bottom",
        dy: -calibrationAbove - line * calibrationLine,
      });
      return {
        plot: {
          width: side,
          height: side * 0.8 + calibrationLine,
          marginLeft,
          marginRight,
          marginTop: calibrationAbove + calibrationLine * (second ? 2 : 1),
          marginBottom: 46,
          x: { domain: [0, 1] },
          y: { domain: [0, 1] },
          r: { range: [3, 11] },
          marks: [
            Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
            Plot.axisY({
              ticks: 5,
              tickSize: 0,
              label: "People say yes",
              labelAnchor: "center",
              labelArrow: "none",
              tickFormat: (/** @type {number} */ share) => formatPercent(share),
            }),
            ...pictureShareAxis(300, "The program's confidence"),
            Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "var(--line-strong)", strokeDasharray: "4,4" }),
            Plot.ruleX(rows, {
              x: "confidence",
              y1: "low",
              y2: "high",
              stroke: "var(--series-1)",
              strokeWidth: 2,
              strokeOpacity: 0.7,
            }),
            Plot.dot(rows, {
              x: "confidence",
              y: "share_yes",
              r: "decisions",
              fill: "var(--series-1)",
              stroke: "var(--picture-page)",
            }),
            Plot.text(["Decisions"], {
              ...above(0),
              frameAnchor: "top-left",
              textAnchor: "end",
              dx: -14,
              fill: "var(--muted)",
              text: (/** @type {string} */ words) => words,
            }),
            ...[0, 1].map((line) =>
              Plot.text(
                counts.filter((row) => row.line === line),
                {
                  ...above(line),
                  x: "confidence",
                  text: (/** @type {CalibrationRow} */ row) => formatCount(row.decisions),
                },
              ),
            ),
            Plot.dot(rows, { x: "confidence", y: "share_yes", r: 12, fill: "transparent", className: "picture-hit" }),
            pictureTip(rows, {
              x: "confidence",
              y: "share_yes",
              title: (/** @type {CalibrationRow} */ row) => lines(row).join("\n"),
            }),
          ],
        },
        reach: [
          {
            className: "picture-hit",
            data: rows,
            label: (row) => lines(row).join(", "),
            open: calibrationOpen,
            opens: () => true,
          },
        ],
        description: `${formatCounted(
          d3.sum(rows, (/** @type {CalibrationRow} */ row) => row.decisions),
          "decision",
        )} of people, in ${formatCounted(rows.length, "range")} of confidence.`,
        columns: [
          ["confidence_low", "Confidence from", "share"],
          ["confidence_high", "to", "share"],
          ["confidence", "mean", "share"],
          ["decisions", "Decisions", "count"],
          ["share_yes", "People say yes", "share"],
          ["low", "from", "share"],
          ["high", "to", "share"],
        ],
        rows,
        rowOpen: calibrationOpen,
      };
    },
  });
}

/**
 * Numbers of decisions above their points: in a second line where they would touch in one. What has no room in either
 * stands in the tip and the numbers.
 * @param {CalibrationRow[]} rows from the least confidence to the most
 * @param {number} length of the axis of confidence, in pixels
 */
function calibrationCounts(rows, length) {
  // The first line begins with a word in the margin.
  const ends = [-12, -Infinity];
  return rows.flatMap((row) => {
    const [middle, half] = [row.confidence * length, pictureTextWidth(formatCount(row.decisions)) / 2 + 3];
    const line = ends.findIndex((end) => middle - half >= end);
    if (line < 0) return [];
    ends[line] = middle + half;
    return [{ ...row, line }];
  });
}
