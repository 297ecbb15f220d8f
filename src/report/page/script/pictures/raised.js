// @ts-check
// Who raises each theme first: the participant, or the interviewer by asking.

import { formatCounted, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureIntervals, pictureRowsPlot } from "./marks.js";
import { pictureIsolated, pictureNarrow, pictureTipName } from "./names.js";

/** @import { RaisedRow, Study } from "../types.js" */

/** @param {RaisedRow} row */
function raisedLines(row) {
  return [
    pictureTipName(row.theme),
    `Raised by the interviewer: ${formatShare(row.share_interviewer, row.low, row.high)}`,
    `${formatCounted(row.by_interviewer, "interview")}; by the participant in ${row.by_participant}`,
    ...(row.not_known ? [`Not known in ${formatCounted(row.not_known, "interview")}`] : []),
  ];
}

/** @param {Study} study */
export function raisedPicture(study) {
  const title = "Who raises each theme";
  const table = study.table("raised");
  const rows = table.filter((row) => row.share_interviewer !== null);
  if (!rows.length) {
    return pictureMissing(
      "raised",
      title,
      table.length
        ? "It is not known who the interviewer is, so it cannot be told who raises a theme. Name interviewers in " +
            'the study file: `interviewers = ["INT"]` in the section `[corpus]`, and run `emic run` again.'
        : "This run has no numbers on who raises a theme. Run `emic run` again with this version of Emic.",
    );
  }
  const open = (/** @type {RaisedRow} */ row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
  return pictureFrame({
    name: "raised",
    title,
    read:
      "A point is the share of interviews in which the interviewer spoke of the theme before the participant did, " +
      "with its 95 % interval. On the left, participants bring the theme up themselves.",
    draw: (_, width) => ({
      plot: pictureRowsPlot(
        width,
        rows.map((row) => row.theme),
        (theme) => theme,
        {
          x: { domain: [0, 1] },
          label: "Raised by the interviewer, share of interviews",
          marginRight: width < pictureNarrow ? 20 : 80,
          marks: ({ down, above, line }) => [
            line([0.5], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
            ...pictureIntervals(rows, {
              x: "share_interviewer",
              low: "low",
              high: "high",
              y: "theme",
              dy: down,
              className: "picture-hit",
              tip: (row) => raisedLines(row).join("\n"),
            }),
            ...(above
              ? []
              : [
                  Plot.text(rows, {
                    y: "theme",
                    frameAnchor: "right",
                    textAnchor: "start",
                    dx: 18,
                    fill: "var(--muted)",
                    text: (/** @type {RaisedRow} */ row) =>
                      `${row.by_interviewer} of ${row.by_interviewer + row.by_participant}`,
                  }),
                ]),
          ],
        },
      ),
      reach: [{ className: "picture-hit", data: rows, label: (row) => raisedLines(row).join(", "), open }],
      description: `${formatCounted(rows.length, "theme")}.`,
      note:
        table.length > rows.length
          ? `${formatCounted(table.length - rows.length, "theme is", "themes are")} ` +
            "not shown: nobody speaks of them, or it cannot be told who did first."
          : null,
      columns: [
        ["theme", "Theme", "text"],
        ["transcripts", "Interviews", "count"],
        ["by_participant", "by the participant", "count"],
        ["by_interviewer", "by the interviewer", "count"],
        ["share_interviewer", "Share by the interviewer", "share"],
        ["low", "from", "share"],
        ["high", "to", "share"],
        ["not_known", "not known", "count"],
      ],
      rows: table,
      rowOpen: open,
    }),
  });
}
