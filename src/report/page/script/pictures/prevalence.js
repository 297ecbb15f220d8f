// @ts-check
// Prevalence: how common each theme is in each group, with 95 % intervals, by interviews or by segments.
// Every theme is a small picture of its own with a row a group, named at the row, so that no legend is needed.

import { numberIn } from "../data.js";
import { formatCounted, formatPercent, formatShare } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureAttributeControl, pictureFirstThemes, pictureMeasures, pictureThemes } from "./choices.js";
import { pictureMaxColours, pictureSeries } from "./colours.js";
import { pictureIntervals, pictureShareAxis, pictureShareEnd } from "./marks.js";
import {
  pictureCut,
  pictureFacets,
  pictureFontSize,
  pictureIsolated,
  pictureNarrow,
  pictureTextWidth,
  pictureTipName,
} from "./names.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { PrevalenceRow, Study } from "../types.js" */

/**
 * The columns of numbers about prevalence.
 * @returns {PictureColumn[]}
 */
export function prevalenceColumns() {
  return [
    ["theme", "Theme", "text"],
    ["attribute", "Attribute", "text"],
    ["group", "Group", "text"],
    ["segments", "Segments", "count"],
    ["likely_segments", "Likely", "count"],
    ["share_likely", "Share, likely labels", "share"],
    ["share_likely_low", "from", "share"],
    ["share_likely_high", "to", "share"],
    ["share_segments", "Share, all labels", "share"],
    ["share_segments_low", "from", "share"],
    ["share_segments_high", "to", "share"],
    ["mean_share", "Mean share of an interview", "share"],
    ["mean_share_low", "from", "share"],
    ["mean_share_high", "to", "share"],
  ];
}

/**
 * What is said of a row of prevalence, in lines.
 * @param {PrevalenceRow} row
 * @param {string} measure
 */
export function prevalenceLines(row, measure) {
  const words = pictureMeasures().find(([name]) => name === measure)?.[2] ?? "";
  const [share, low, high] = [measure, `${measure}_low`, `${measure}_high`].map((column) => numberIn(row, column));
  return [
    pictureTipName(row.theme),
    ...(row.group ? [`${pictureTipName(row.group)}:`] : []),
    `${words}: ${formatShare(share, low, high)}`,
    measure === "share_likely"
      ? `${formatCounted(row.likely_segments, "likely segment")} ` +
        `from ${formatCounted(row.likely_transcripts, "interview")}`
      : `${formatCounted(row.segments, "segment")} from ${formatCounted(row.transcripts, "interview")}`,
  ];
}

/**
 * Why shares of some of the rows are not drawn; null where all have a basis.
 * @param {Array<{ has_basis: boolean }>} rows
 */
export function withoutBasisNote(rows) {
  const without = rows.filter((row) => !row.has_basis).length;
  return without
    ? `${formatCounted(without, "share")} of the codebook's themes ${without === 1 ? "is" : "are"} left out: where ` +
        "they were counted, the codebook finds no more than chance. The part Checks says more."
    : null;
}

/**
 * What a mark of prevalence opens.
 * @param {PrevalenceRow} row
 */
export function prevalenceOpen(row) {
  if (!row.attribute) return { filter: { theme: row.theme }, title: pictureIsolated(row.theme) };
  return {
    filter: { theme: row.theme, attribute: row.attribute, group: row.group },
    title: `${pictureIsolated(row.theme)}: ${pictureIsolated(row.group)}`,
  };
}

/** @param {Study} study */
export function prevalencePicture(study) {
  const title = "Prevalence by group";
  const table = study.table("prevalence").filter((row) => row.attribute);
  if (!table.length) {
    return pictureMissing(
      "prevalence",
      title,
      "There are no groups to compare. Name attributes of the interviews, such as country, under `groups` in " +
        "the section `[corpus]` of the study file, and run `emic run` again.",
    );
  }
  const attributes = new Set(table.map((row) => row.attribute));
  const groupsOf = (/** @type {string} */ name) =>
    study.attributes.find((attribute) => attribute.name === name)?.groups.map((group) => group.name) ?? [
      ...new Set(table.filter((row) => row.attribute === name).map((row) => row.group)),
    ];
  const measures = pictureMeasures();
  const attribute = pictureAttributeControl(study, attributes);
  return pictureFrame({
    name: "prevalence",
    title,
    read:
      "A point is the share of a group's segments with a likely label of a theme, or with any. The line " +
      "through it is its 95 % interval: what " +
      "other interviews of the same kind might have given. Press a point to read what was said.",
    controls: [
      {
        kind: "choice",
        name: "measure",
        label: "Share of",
        options: measures.map(([name, words]) => [name, words]),
        value: "share_likely",
      },
      attribute,
      {
        kind: "themes",
        name: "themes",
        label: "Themes shown:",
        all: pictureThemes(study),
        value: pictureFirstThemes(study, groupsOf(attribute.value).length > 8 ? 4 : 8),
      },
    ],
    draw: (state, width) => {
      const groups = groupsOf(state.attribute);
      const ofAttribute = table.filter((row) => row.attribute === state.attribute);
      const rows = ofAttribute.filter((row) => row.has_basis);
      const shown = new Set(state.themes);
      const drawn = rows.filter((row) => shown.has(row.theme));
      const [measure, , axis] = measures.find(([name]) => name === state.measure) ?? measures[0];
      const without = withoutBasisNote(ofAttribute.filter((row) => shown.has(row.theme)));
      if (!drawn.length) return { instead: without ?? "Choose a theme.", columns: prevalenceColumns(), rows };
      const [least, most] = d3.extent(drawn, (/** @type {PrevalenceRow} */ row) => numberIn(row, measure));
      const end = pictureShareEnd(drawn.map((row) => numberIn(row, `${measure}_high`) ?? numberIn(row, measure) ?? 0));
      const room = Math.min(
        Math.max(30, ...groups.map((name) => pictureTextWidth(name.slice(0, 80)))) + 4,
        width < pictureNarrow ? width * 0.3 : 240,
      );
      const marginLeft = Math.ceil(room) + 18;
      const withRows = new Set(drawn.map((row) => row.theme));
      const drawnThemes = state.themes.filter((/** @type {string} */ theme) => withRows.has(theme));
      const names = pictureFacets(drawnThemes, (theme) => theme, width, { above: true, marginLeft });
      const coloured = groups.length > 1 && groups.length <= pictureMaxColours;
      const facet = groups.length * 18 + names.insetTop + names.insetBottom + 6;
      const spoken = (/** @type {PrevalenceRow} */ row) => prevalenceLines(row, measure).join(", ");
      return {
        plot: {
          height: drawnThemes.length * facet + 46,
          marginLeft,
          marginRight: 24,
          marginTop: 4,
          marginBottom: 42,
          insetTop: names.insetTop,
          insetBottom: names.insetBottom,
          fy: { domain: drawnThemes, axis: null, padding: 0 },
          y: { type: "band", domain: groups, axis: null, padding: 0 },
          x: { domain: [0, end] },
          ...(coloured ? pictureSeries(groups) : {}),
          marks: [
            // The name of a theme stands above its groups, and no line runs through it.
            ...pictureShareAxis(width, axis, { insetTop: names.insetTop }),
            Plot.axisY({
              tickSize: 0,
              label: null,
              tickPadding: 10,
              fontSize: pictureFontSize,
              text: (/** @type {string} */ group) => pictureCut(group, room),
            }),
            names.names,
            ...pictureIntervals(drawn, {
              x: measure,
              low: `${measure}_low`,
              high: `${measure}_high`,
              y: "group",
              fy: "theme",
              className: "picture-hit",
              ...(coloured ? { fill: "group", symbol: "group" } : {}),
              tip: (row) => prevalenceLines(row, measure).join("\n"),
            }),
          ],
        },
        reach: [{ className: "picture-hit", data: drawn, label: spoken, open: prevalenceOpen }],
        description:
          `Prevalence of ${formatCounted(drawnThemes.length, "theme")} in ${formatCounted(groups.length, "group")} ` +
          `of ${state.attribute}, from ${formatPercent(least)} to ${formatPercent(most)}.`,
        note: [missingNote(study, state.attribute), without].filter(Boolean).join(" ") || null,
        columns: prevalenceColumns(),
        rows,
        rowOpen: prevalenceOpen,
      };
    },
  });
}

/**
 * Interviews that are in no group.
 * @param {Study} study
 * @param {string} name
 */
function missingNote(study, name) {
  const missing = study.attributes.find((attribute) => attribute.name === name)?.missing ?? 0;
  return missing
    ? `${formatCounted(missing, "interview")} without a value for ${name} ${missing === 1 ? "is" : "are"} in no group.`
    : null;
}
