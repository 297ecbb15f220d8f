// @ts-check
// Marks that several pictures share: a point with its interval, the area around it that can be pressed, its tip,
// and axes of shares.

import { formatPercent } from "../format.js";
import { pictureNarrow, pictureRows } from "./names.js";

/**
 * A tip that follows the pointer and the focus.
 * @param {any[]} data
 * @param {any} options channels as the marks have them, and `title`, the text
 */
export function pictureTip(data, options) {
  return Plot.tip(
    data,
    Plot.pointer({
      className: "picture-tip",
      maxRadius: 26,
      lineWidth: 24,
      lineHeight: 1.25,
      fontSize: 12,
      ...options,
    }),
  );
}

/**
 * Points with their intervals, what can be pressed around them, and their tips. Gives marks for Plot.
 * @param {any[]} data
 * @param {{
 *   x: string, low: string, high: string, y?: any, fy?: any, fx?: any, fill?: any, symbol?: any,
 *   hollow?: (row: any) => boolean, tip: (row: any) => string, className: string,
 *   dy?: number, r?: number, thin?: boolean,
 * }} how names of the columns `x`, `low` and `high`; the rest as Plot's marks take it
 */
export function pictureIntervals(data, how) {
  const { x, low, high, y, fx, fy, dy = 0, fill = "var(--series-1)", symbol = "circle", r = 4.5 } = how;
  const channels = { y, fx, fy, dy };
  const known = data.filter((row) => row[x] !== null && row[x] !== undefined);
  const between = known.filter((row) => row[low] !== null && row[low] !== undefined);
  return [
    Plot.ruleY(between, {
      ...channels,
      x1: low,
      x2: high,
      stroke: fill,
      strokeWidth: how.thin ? 1.25 : 2,
      strokeOpacity: 0.7,
    }),
    Plot.dot(known, {
      ...channels,
      x,
      r,
      symbol,
      fill: how.hollow
        ? (/** @type {any} */ row) => (how.hollow?.(row) ? "var(--picture-page)" : fillOf(fill, row))
        : fill,
      stroke: how.hollow ? fill : "var(--picture-page)",
      strokeWidth: how.hollow ? 1.75 : 1,
    }),
    Plot.dot(known, { ...channels, x, r: 10, fill: "transparent", className: how.className }),
    pictureTip(known, { ...channels, x, title: how.tip }),
  ];
}

/**
 * @param {any} fill
 * @param {any} row
 */
function fillOf(fill, row) {
  return typeof fill === "function" ? fill(row) : fill;
}

/**
 * How many numbers an axis has room for.
 * @param {number} width
 */
function pictureTicks(width) {
  return width < pictureNarrow ? 4 : 8;
}

/**
 * An axis of shares in percent, with its grid.
 * @param {number} width
 * @param {string} label
 * @param {any} [grid] further options of the grid
 */
export function pictureShareAxis(width, label, grid = {}) {
  return [
    Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: pictureTicks(width), ...grid }),
    pictureNumberAxis(width, label),
  ];
}

/**
 * An axis of numbers, in percent unless `options` say otherwise.
 * @param {number} width
 * @param {string} label
 * @param {any} [options]
 */
function pictureNumberAxis(width, label, options = {}) {
  return Plot.axisX({
    label,
    labelAnchor: "center",
    labelArrow: "none",
    labelOffset: 38,
    tickSize: 0,
    tickFormat: (/** @type {number} */ share) => formatPercent(share),
    ticks: pictureTicks(width),
    ...options,
  });
}

/**
 * Where shares end on an axis: the highest there is, with a little room, never above all.
 * @param {number[]} shares
 */
export function pictureShareEnd(shares) {
  return Math.min(1, Math.max(0.02, d3.max(shares.filter(Number.isFinite)) ?? 0) * 1.04);
}

/**
 * What marks in named rows are given: how far down in its row they stand, and `line`, which draws lines across all rows
 * at values of x.
 * @typedef {{
 *   down: number, above: boolean, height: number, marginLeft: number,
 *   line: (values: number[], options: any) => any,
 * }} RowPlacement
 */

/**
 * Options for a picture with a named row for each key.
 * @param {number} width
 * @param {string[]} keys
 * @param {(key: string) => string} nameOf
 * @param {{
 *   x: any, label: string, axis?: any, marginRight?: number, row?: number,
 *   second?: (key: string) => [string, string, string, string],
 *   marks: (rows: RowPlacement) => any[],
 * } & Record<string, any>} how
 */
export function pictureRowsPlot(width, keys, nameOf, how) {
  const { x, label, axis, marginRight = 28, row, second, marks, ...more } = how;
  const rows = pictureRows(keys, nameOf, width, { row, second });
  // Where names stand above their rows, lines are drawn in pieces, one beside the marks of each row: none runs through
  // a name.
  const line = (/** @type {number[]} */ values, /** @type {any} */ options) =>
    rows.above
      ? Plot.ruleX(d3.cross(keys, values), { x: "1", y1: "0", y2: "0", insetTop: rows.nameHeight, ...options })
      : Plot.ruleX(values, options);
  return {
    height: keys.length * rows.height + 62,
    marginLeft: rows.marginLeft,
    marginRight,
    marginTop: 16,
    marginBottom: 46,
    y: { type: "band", domain: keys, axis: null, padding: 0 },
    x,
    ...more,
    marks: [
      line(d3.ticks(x.domain[0], x.domain[1], pictureTicks(width)), { stroke: "var(--line)" }),
      pictureNumberAxis(width, label, axis),
      rows.axis,
      ...marks({ ...rows, line }),
    ],
  };
}
