// @ts-check
// Small multiples: one little chart a theme, all with the same scales, as many beside each other as fit.

import { formatPercent } from "../format.js";
import { pictureShareEnd, pictureTip } from "./marks.js";
import { pictureCut, pictureLines, pictureNarrow } from "./names.js";

/**
 * Options for Plot: a line with its interval in each panel.
 * @template Row
 * @param {Row[]} data
 * @param {{
 *   width: number, panels: string[], panel: (row: Row) => string,
 *   x: (row: Row) => number, y: (row: Row) => number, low: (row: Row) => number, high: (row: Row) => number,
 *   last: number, first?: number, ticks: [number, number], tick: (at: number) => string, tip: (row: Row) => string,
 * }} how `first` and `last` of x; `ticks` are named below the lowest row of panels
 */
export function panelsPlot(data, how) {
  const { width, panels, first = 0, last } = how;
  const columns = Math.max(1, Math.min(panels.length, Math.floor((width - 40) / (width < pictureNarrow ? 150 : 200))));
  const rows = Math.ceil(panels.length / columns);
  const order = new Map(panels.map((panel, at) => [panel, at]));
  const fx = (/** @type {Row} */ row) => (order.get(how.panel(row)) ?? 0) % columns;
  const fy = (/** @type {Row} */ row) => Math.floor((order.get(how.panel(row)) ?? 0) / columns);
  const shared = { x: how.x, fx, fy };
  const panelWidth = (width - 60) / columns - 16;
  const marginLeft = 48;
  const end = pictureShareEnd(data.map((row) => how.high(row) ?? how.y(row)));
  const heads = panels.map((panel) => ({ panel, text: pictureLines(panel, panelWidth, 1, "600")[0] }));
  const at = {
    fx: (/** @type {any} */ head) => (order.get(head.panel) ?? 0) % columns,
    fy: (/** @type {any} */ head) => Math.floor((order.get(head.panel) ?? 0) / columns),
  };
  const span = Math.max(1, last - first);
  return {
    height: rows * 128 + 40,
    marginLeft,
    marginRight: 20,
    marginTop: 4,
    marginBottom: 34,
    insetTop: 24,
    insetBottom: 4,
    x: { domain: [first - span * 0.04, last + span * 0.04], axis: null },
    y: { domain: [0, end], axis: null },
    fx: { axis: null, padding: 0.08, domain: d3.range(columns) },
    fy: { axis: null, padding: 0.08, domain: d3.range(rows) },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 3 }),
      Plot.axisY({
        ticks: 3,
        tickSize: 0,
        label: null,
        tickFormat: (/** @type {number} */ share) => formatPercent(share),
      }),
      ...how.ticks.map((tick, side) =>
        Plot.axisX([tick], {
          tickSize: 4,
          label: null,
          text: () => pictureCut(how.tick(tick), panelWidth / 2),
          textAnchor: side ? "end" : "start",
          dx: side ? 4 : -4,
        }),
      ),
      Plot.text(heads, { ...at, text: "text", frameAnchor: "top-left", lineAnchor: "top", fontWeight: 600, dy: 3 }),
      Plot.areaY(data, {
        ...shared,
        z: how.panel,
        y1: how.low,
        y2: how.high,
        fill: "var(--series-1)",
        fillOpacity: 0.18,
      }),
      Plot.lineY(data, { ...shared, z: how.panel, y: how.y, stroke: "var(--series-1)", strokeWidth: 1.75 }),
      Plot.dot(data, { ...shared, y: how.y, r: 2.5, fill: "var(--series-1)" }),
      Plot.dot(data, { ...shared, y: how.y, r: 8, fill: "transparent", className: "picture-hit" }),
      pictureTip(data, { ...shared, y: how.y, title: how.tip }),
    ],
  };
}
