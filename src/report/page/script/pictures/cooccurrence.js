// @ts-check
// Which themes come together: a cell for every pair, by lift (against chance) or Jaccard (share of what they have in
// common). A pair whose interval holds 1 may be chance: its cell is small and faint.

import { numberIn } from "../data.js";
import { formatCounted, formatNumber, formatPercent, isNumber } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureFirstThemes, pictureThemes } from "./choices.js";
import { pictureShareClasses, pictureTint } from "./colours.js";
import { pictureTip } from "./marks.js";
import { pictureCut, pictureIsolated, pictureLines, pictureNarrow, pictureTextWidth, pictureTipName } from "./names.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { CooccurrenceRow, Study } from "../types.js" */

/** Themes on a narrow page, so that a finger finds a cell. */
const cooccurrenceNarrow = 9;
const cooccurrenceLifts = [0.5, 0.8, 1.25, 2, 4];

/** @param {Study} study */
export function cooccurrencePicture(study) {
  const title = "Themes that come together";
  const table = study.table("cooccurrence");
  if (!table.length)
    return pictureMissing("cooccurrence", title, "There are no two themes to hold against each other.");
  const all = pictureThemes(study);
  const order = new Map(all.map((theme, at) => [theme, at]));
  return pictureFrame({
    name: "cooccurrence",
    title,
    read:
      "Each cell is a pair of themes. Blue pairs come together more often than chance would bring them, orange ones " +
      "less often. Small, faint cells may be chance: their 95 % interval holds a lift of 1. No cell: one theme is " +
      "part of the other, or one is never heard.",
    controls: [
      {
        kind: "choice",
        name: "measure",
        label: "Shade by",
        options: [
          ["lift", "lift (1 is chance)"],
          ["jaccard", "Jaccard (share in common)"],
        ],
        value: "lift",
      },
      {
        kind: "choice",
        name: "unit",
        label: "Together in",
        options: [
          ["", "the same segment"],
          ["_transcripts", "the same interview"],
        ],
        value: "",
      },
      { kind: "themes", name: "themes", label: "Themes shown:", all, value: pictureFirstThemes(study, 14) },
    ],
    draw: (state, width) => {
      const lift = state.measure === "lift";
      const column = `${state.measure}${state.unit}`;
      const [low, high] = [`lift${state.unit}_low`, `lift${state.unit}_high`];
      const narrow = width < pictureNarrow;
      const themes = narrow ? state.themes.slice(0, cooccurrenceNarrow) : state.themes;
      const shown = new Set(themes);
      const columns = /** @type {PictureColumn[]} */ ([
        ["theme_a", "First theme", "text"],
        ["theme_b", "Second theme", "text"],
        ["segments", "Segments with both", "count"],
        ["transcripts", "Interviews with both", "count"],
        ["jaccard", "Jaccard", "number"],
        ["lift", "Lift", "number"],
        ["lift_low", "from", "number"],
        ["lift_high", "to", "number"],
        ["jaccard_transcripts", "Jaccard, interviews", "number"],
        ["lift_transcripts", "Lift, interviews", "number"],
        ["lift_transcripts_low", "from", "number"],
        ["lift_transcripts_high", "to", "number"],
      ]);
      const mayBeChance = (/** @type {CooccurrenceRow} */ row) => {
        const [from, to] = [numberIn(row, low), numberIn(row, high)];
        return !isNumber(from) || !isNumber(to) || (from <= 1 && to >= 1);
      };
      const drawn = table
        .filter((row) => shown.has(row.theme_a) && shown.has(row.theme_b) && isNumber(numberIn(row, column)))
        .map((row) => {
          const [first, second] =
            (order.get(row.theme_a) ?? 0) < (order.get(row.theme_b) ?? 0)
              ? [row.theme_a, row.theme_b]
              : [row.theme_b, row.theme_a];
          return { ...row, first, second, chance: lift && mayBeChance(row) };
        });
      if (!drawn.length) return { instead: "Choose two themes or more that somebody speaks of.", columns, rows: table };
      const room = Math.min(
        Math.max(...themes.map((/** @type {string} */ theme) => pictureTextWidth(theme.slice(0, 100)))) + 4,
        narrow ? width * 0.34 : 240,
      );
      const marginLeft = Math.ceil(room) + 16;
      const size = Math.min(44, (width - marginLeft - 16) / Math.max(1, themes.length - 1));
      const marginBottom = narrow ? 110 : Math.min(170, room + 14);
      const interval = (/** @type {CooccurrenceRow} */ row) => {
        const [from, to] = [numberIn(row, low), numberIn(row, high)];
        return from === null ? "" : ` (${formatNumber(from)} to ${formatNumber(to)})`;
      };
      const lines = (/** @type {CooccurrenceRow & { chance: boolean }} */ row) => [
        pictureTipName(row.theme_a),
        pictureTipName(row.theme_b),
        `Lift ${formatNumber(numberIn(row, `lift${state.unit}`))}${interval(row)}, ` +
          `Jaccard ${formatPercent(numberIn(row, `jaccard${state.unit}`))}`,
        `${formatCounted(row.segments, "segment")} with both; both come up ` +
          `in ${formatCounted(row.transcripts, "interview")}`,
        ...(row.chance ? ["May be chance: the interval holds 1"] : []),
      ];
      const limits = lift
        ? cooccurrenceLifts
        : pictureShareClasses(d3.max(drawn, (/** @type {CooccurrenceRow} */ row) => numberIn(row, column)));
      const range = lift
        ? [
            pictureTint("var(--series-2)", 1),
            pictureTint("var(--series-2)", 0.55),
            pictureTint("var(--ink)", 0.2),
            pictureTint("var(--series-1)", 0.4),
            pictureTint("var(--series-1)", 0.7),
            pictureTint("var(--series-1)", 1),
          ]
        : [0.12, 0.3, 0.5, 0.75, 1].map((part) => pictureTint("var(--series-1)", part));
      const open = (/** @type {CooccurrenceRow} */ row) =>
        row.segments
          ? {
              filter: { themes: [row.theme_a, row.theme_b] },
              title: `${pictureIsolated(row.theme_a)} and ${pictureIsolated(row.theme_b)}`,
            }
          : null;
      const inset = Math.max(3, size * 0.28);
      const cell = { x: "first", y: "second", fill: column };
      const faint = drawn.filter((row) => row.chance);
      const sure = drawn.filter((row) => !row.chance);
      const nameCut = (/** @type {string} */ theme) => pictureCut(theme, marginBottom - 14);
      return {
        plot: {
          width: Math.min(width, marginLeft + 16 + size * Math.max(1, themes.length - 1) + 60),
          height: size * Math.max(1, themes.length - 1) + marginBottom + 6,
          marginLeft,
          marginRight: Math.min(76, width - marginLeft - size * Math.max(1, themes.length - 1)),
          marginTop: 6,
          marginBottom,
          padding: 0.06,
          x: { type: "band", domain: themes.slice(0, -1), axis: null },
          y: { type: "band", domain: themes.slice(1), axis: null },
          color: {
            type: "threshold",
            domain: limits,
            range,
            legend: true,
            width: Math.min(320, width - 20),
            label: lift ? "Lift: times as often as chance would give" : "Segments with both, of those with either",
            tickFormat: (/** @type {number} */ value) =>
              lift ? formatNumber(value).replace(/\.?0+$/, "") : formatPercent(value),
          },
          marks: [
            Plot.axisY({
              tickSize: 0,
              label: null,
              text: (/** @type {string} */ theme) =>
                size >= 30 ? pictureLines(theme, room, 2).join("\n") : pictureCut(theme, room),
            }),
            Plot.axisX({ tickSize: 0, label: null, tickRotate: -90, text: nameCut }),
            Plot.cell(sure, { ...cell, className: "picture-cell" }),
            Plot.cell(faint, { ...cell, inset, fillOpacity: 0.5, className: "picture-faint" }),
            pictureTip(drawn, {
              x: "first",
              y: "second",
              title: (/** @type {CooccurrenceRow & { chance: boolean }} */ row) => lines(row).join("\n"),
            }),
          ],
        },
        reach: [
          { className: "picture-cell", data: sure, label: (row) => lines(row).join(", "), open },
          { className: "picture-faint", data: faint, label: (row) => lines(row).join(", "), open },
        ],
        description: `${formatCounted(drawn.length, "pair")} of ${formatCounted(themes.length, "theme")}.`,
        note:
          [
            lift
              ? `${formatCounted(sure.length, "pair")} ` +
                `of ${drawn.length} ${sure.length === 1 ? "differs" : "differ"} from chance, one by one; among so ` +
                "many pairs some do by chance."
              : "",
            themes.length < state.themes.length
              ? `The first ${themes.length} of ${formatCounted(state.themes.length, "chosen theme")}; a wider ` +
                "window shows all."
              : "",
          ]
            .filter(Boolean)
            .join(" ") || null,
        columns,
        rows: table,
        rowOpen: open,
      };
    },
  });
}
