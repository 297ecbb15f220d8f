// @ts-check
// What people's codes changed: how many segments the program labelled with each theme before it learned, and now.

import { formatCount, formatCounted, formatNumber } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureRowsPlot, pictureTip } from "./marks.js";
import { pictureIsolated, pictureTipName } from "./names.js";

/** @import { LearnedRow, Study } from "../types.js" */

/** @param {LearnedRow} row */
function learnedLines(row) {
  const better =
    row.loss_before === null || row.loss_after === null
      ? ""
      : `Distance to the codes: ${formatNumber(row.loss_before, 3)} before, ${formatNumber(row.loss_after, 3)} after`;
  return [
    pictureTipName(row.theme),
    `${formatCount(row.labels_before)} labels before, ${formatCount(row.labels_after)} ` +
      `now, ${formatCount(row.labels_kept)} of them the same`,
    row.learned ? "Learned from the codes" : "Not changed: learning did not bring it nearer to the codes",
    `${formatCounted(row.coded, "coded segment")}, ${formatCount(row.carrying)} carry it`,
    better,
  ].filter(Boolean);
}

/** @param {Study} study */
export function learnedPicture(study) {
  const title = "What the program learned";
  const rows = study.table("learned");
  if (!rows.length)
    return pictureMissing(
      "learned",
      title,
      'The program has learned nothing from people yet. Code a sample (`emic review sample OUT --coders "Ana, ' +
        'Ben"`, or the part Review of this page), read it back with `emic review import OUT FILE`, and run ' +
        "`emic run` again.",
    );
  const open = (/** @type {LearnedRow} */ row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
  const ends = rows.flatMap((row) => [
    { ...row, when: "before", labels: row.labels_before },
    { ...row, when: "now", labels: row.labels_after },
  ]);
  return pictureFrame({
    name: "learned",
    title,
    read:
      "Each line goes from the number of segments that the program labelled with a theme before it learned from " +
      "people's codes (hollow) to the number that it labels now (filled). Less distance to the codes is better; a " +
      "theme is changed only where that came nearer.",
    draw: (_, width) => ({
      plot: pictureRowsPlot(
        width,
        rows.map((row) => row.theme),
        (theme) => theme,
        {
          x: { domain: [0, Math.max(1, ...ends.map((end) => end.labels)) * 1.03] },
          label: "Segments that carry the theme",
          axis: { tickFormat: (/** @type {number} */ value) => formatCount(value) },
          marginRight: 36,
          color: { type: "identity" },
          marks: ({ down }) => [
            Plot.ruleY(rows, {
              y: "theme",
              x1: "labels_before",
              x2: "labels_after",
              stroke: "var(--series-1)",
              strokeWidth: 2,
              strokeOpacity: 0.7,
              dy: down,
            }),
            Plot.dot(ends, {
              y: "theme",
              x: "labels",
              r: 4.5,
              dy: down,
              stroke: "var(--series-1)",
              strokeWidth: 1.75,
              fill: (/** @type {any} */ end) => (end.when === "now" ? "var(--series-1)" : "var(--picture-page)"),
            }),
            Plot.dot(ends, { y: "theme", x: "labels", r: 10, dy: down, fill: "transparent", className: "picture-hit" }),
            pictureTip(ends, {
              y: "theme",
              x: "labels",
              dy: down,
              title: (/** @type {any} */ end) => learnedLines(end).join("\n"),
            }),
          ],
        },
      ),
      reach: [
        { className: "picture-hit", data: ends, label: (row) => `${row.when}: ${learnedLines(row).join(", ")}`, open },
      ],
      description: `${formatCounted(rows.filter((row) => row.learned).length, "theme")} of ${rows.length} changed.`,
      columns: [
        ["theme", "Theme", "text"],
        ["coded", "Coded segments", "count"],
        ["carrying", "that carry it", "count"],
        ["labels_before", "Labels before", "count"],
        ["labels_after", "Labels now", "count"],
        ["labels_kept", "kept", "count"],
        ["loss_before", "Distance before", "number"],
        ["loss_after", "Distance now", "number"],
        ["learned", "Changed", "yes"],
        ["own_direction", "Own direction", "number"],
      ],
      rows,
      rowOpen: open,
    }),
  });
}
