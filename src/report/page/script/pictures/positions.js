// @ts-check
// Where in the interview a theme comes up: its share in each tenth, from the start to the end.

import { formatCounted, formatPercent, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureFirstThemes, pictureThemes } from "./choices.js";
import { pictureIsolated, pictureTipName } from "./names.js";
import { panelsPlot } from "./panels.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { PositionRow, Study } from "../types.js" */

/**
 * Which of ten parts, in words: "first", "2nd", "last".
 * @param {number} tenth
 */
function positionName(tenth) {
  if (tenth === 1) return "first";
  if (tenth === 10) return "last";
  return `${tenth}${tenth === 2 ? "nd" : tenth === 3 ? "rd" : "th"}`;
}

/** @param {PositionRow} row */
function positionLines(row) {
  return [
    pictureTipName(row.theme),
    `${positionName(row.tenth)} tenth: ${formatShare(row.share, row.low, row.high)} of its segments`,
    `${formatCounted(row.segments, "segment")} in ${formatCounted(row.transcripts, "interview")}`,
  ];
}

/** @param {Study} study */
export function positionsPicture(study) {
  const title = "Where in the interview it comes up";
  const table = study.table("positions");
  if (!table.length)
    return pictureMissing(
      "positions",
      title,
      "This run has no numbers on where in the interview themes come up. Run `emic run` again with this version " +
        "of Emic.",
    );
  const open = (/** @type {PositionRow} */ row) => ({
    filter: { theme: row.theme, tenth: row.tenth },
    title: `${pictureIsolated(row.theme)}: ${positionName(row.tenth)} tenth of the interview`,
  });
  return pictureFrame({
    name: "positions",
    title,
    read:
      "Each interview is cut into ten parts of equal length. A point is the share of the segments of that part that " +
      "have a label of the theme, likely or possible; the band is its 95 % interval.",
    controls: [
      {
        kind: "themes",
        name: "themes",
        label: "Themes shown:",
        all: pictureThemes(study),
        value: pictureFirstThemes(study, 12),
      },
    ],
    draw: (state, width) => {
      const columns = /** @type {PictureColumn[]} */ ([
        ["theme", "Theme", "text"],
        ["tenth", "Tenth", "count"],
        ["segments", "Segments", "count"],
        ["transcripts", "Interviews", "count"],
        ["share", "Share", "share"],
        ["low", "from", "share"],
        ["high", "to", "share"],
      ]);
      const drawn = table.filter((row) => state.themes.includes(row.theme));
      if (!drawn.length) return { instead: "Choose a theme.", columns, rows: table };
      return {
        plot: panelsPlot(drawn, {
          width,
          panels: state.themes,
          panel: (row) => row.theme,
          x: (row) => row.tenth,
          y: (row) => row.share,
          low: (row) => row.low,
          high: (row) => row.high,
          first: 1,
          last: 10,
          ticks: [1, 10],
          tick: (at) => (at === 1 ? "start" : "end"),
          tip: (row) => positionLines(row).join("\n"),
        }),
        reach: [{ className: "picture-hit", data: drawn, label: (row) => positionLines(row).join(", "), open }],
        description:
          `${formatCounted(state.themes.length, "theme")}, up ` +
          `to ${formatPercent(d3.max(drawn, (/** @type {PositionRow} */ row) => row.share))} of a tenth.`,
        columns,
        rows: table,
        rowOpen: open,
      };
    },
  });
}
