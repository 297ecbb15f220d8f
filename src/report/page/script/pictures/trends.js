// @ts-check
// Change over time: by how much each theme's share changes from one wave to the next, and the share in each wave.

import { numberIn } from "../data.js";
import { element } from "../dom.js";
import { formatCounted, formatDifference, formatPValue, formatPercent } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureFirstThemes, pictureShareOf, pictureThemes } from "./choices.js";
import { contrastsAxis, contrastsDomain } from "./contrasts.js";
import { pictureIntervals, pictureRowsPlot } from "./marks.js";
import { pictureIsolated, pictureTipName } from "./names.js";
import { panelsPlot } from "./panels.js";
import { prevalenceColumns, prevalenceLines, prevalenceOpen } from "./prevalence.js";

/** @import { PictureControl } from "../picture.js" */
/** @import { PrevalenceRow, Study, TrendRow } from "../types.js" */

/** @param {TrendRow} row */
function trendLines(row) {
  return [
    pictureTipName(row.theme),
    `From one wave to the next: ${formatDifference(row.change, row.low, row.high)}`,
    row.p_value === null
      ? "Too few interviews for a p value"
      : `p ${formatPValue(row.p_value)}, adjusted for all themes (Holm) ${formatPValue(row.p_adjusted)}`,
    formatCounted(row.transcripts, "interview"),
  ];
}

/**
 * The waves in the order of time.
 * @param {Study} study
 * @param {TrendRow} row
 */
function trendWaves(study, row) {
  const named = String(row.waves ?? "").split("; ");
  const known = new Set(
    study
      .table("prevalence")
      .filter((one) => one.attribute === row.attribute)
      .map((one) => one.group),
  );
  if (named.length === known.size) return named;
  return [...known].sort((a, b) => String(a).localeCompare(String(b), "en", { numeric: true }));
}

/** @param {Study} study */
export function trendsPicture(study) {
  const title = "Change over time";
  const table = study.table("trends");
  if (!table.length)
    return pictureMissing(
      "trends",
      title,
      "The study file names no attribute that says when an interview was held. Where one does, write its name as " +
        '`time = "wave"` in the section `[compare]`, and run `emic run` again.',
    );
  const waves = trendWaves(study, table[0]);
  const open = (/** @type {TrendRow} */ row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
  const change = pictureFrame({
    name: "trends",
    title,
    read:
      `A point is the change of the share of segments with any label of a theme from one wave of ` +
      `${table[0].attribute} to the next, in percentage points, with its 95 % interval. Filled ` +
      "points stand after adjusting for all themes; hollow ones may be chance.",
    controls: [],
    draw: (state, width) => {
      const rows = table.filter((row) => row.measure === "share_segments");
      if (!rows.length) return { instead: "There are no numbers for this choice." };
      const stands = (/** @type {TrendRow} */ row) => row.p_adjusted !== null && row.p_adjusted < 0.05;
      return {
        plot: pictureRowsPlot(
          width,
          rows.map((row) => row.theme),
          (theme) => theme,
          {
            x: { domain: contrastsDomain(rows, "change") },
            label: "Change from one wave to the next, percentage points",
            axis: contrastsAxis(),
            marks: ({ down, line }) => [
              line([0], { stroke: "var(--line-strong)" }),
              ...pictureIntervals(rows, {
                x: "change",
                low: "low",
                high: "high",
                y: "theme",
                dy: down,
                className: "picture-hit",
                hollow: (row) => !stands(row),
                r: 5,
                tip: (row) => trendLines(row).join("\n"),
              }),
            ],
          },
        ),
        reach: [{ className: "picture-hit", data: rows, label: (row) => trendLines(row).join(", "), open }],
        description: `${rows.filter(stands).length} of ${formatCounted(rows.length, "theme")} change.`,
        note:
          `${rows.filter(stands).length} of ${formatCounted(rows.length, "theme")} change more than chance would ` +
          "(Holm, p under 0.05). " +
          (waves.length > 8
            ? `${waves.length} waves, from ${pictureIsolated(waves[0])} to ${pictureIsolated(waves[waves.length - 1])}.`
            : `Waves: ${waves.map(pictureIsolated).join(", ")}.`),
        columns: [
          ["theme", "Theme", "text"],
          ["attribute", "Attribute", "text"],
          ["waves", "Waves", "text"],
          ["measure", "Measure", "text"],
          ["change", "Change", "difference"],
          ["low", "from", "difference"],
          ["high", "to", "difference"],
          ["p_value", "p", "p"],
          ["p_adjusted", "p adjusted (Holm)", "p"],
          ["p_fdr", "False discovery rate", "p"],
          ["transcripts", "Interviews", "count"],
        ],
        rows,
        rowOpen: open,
      };
    },
  });
  const prevalence = study.table("prevalence").filter((row) => row.attribute === table[0].attribute);
  if (!prevalence.length) return change;
  return element(
    "div",
    { class: "picture-pair" },
    change,
    pictureFrame({
      name: "waves",
      title: "Prevalence by wave",
      read: "A point is the share in a wave, its line the 95 % interval. The waves go from left to right.",
      controls: [
        pictureShareOf(),
        {
          kind: "themes",
          name: "themes",
          label: "Themes shown:",
          all: pictureThemes(study),
          value: pictureFirstThemes(study, 8),
        },
      ],
      draw: (state, width) => {
        const drawn = prevalence.filter((row) => state.themes.includes(row.theme) && waves.includes(row.group));
        if (!drawn.length) return { instead: "Choose a theme.", columns: prevalenceColumns(), rows: prevalence };
        const most = d3.max(drawn, (/** @type {PrevalenceRow} */ row) => numberIn(row, state.measure));
        return {
          plot: panelsPlot(drawn, {
            width,
            panels: state.themes,
            panel: (row) => row.theme,
            x: (row) => waves.indexOf(row.group),
            y: (row) => numberIn(row, state.measure) ?? 0,
            low: (row) => numberIn(row, `${state.measure}_low`) ?? 0,
            high: (row) => numberIn(row, `${state.measure}_high`) ?? 0,
            last: waves.length - 1,
            tick: (at) => waves[at] ?? "",
            ticks: [0, waves.length - 1],
            tip: (row) => prevalenceLines(row, state.measure).join("\n"),
          }),
          reach: [
            {
              className: "picture-hit",
              data: drawn,
              label: (row) => prevalenceLines(row, state.measure).join(", "),
              open: prevalenceOpen,
            },
          ],
          description: `Up to ${formatPercent(most)}.`,
          columns: prevalenceColumns(),
          rows: prevalence,
          rowOpen: prevalenceOpen,
        };
      },
    }),
  );
}
