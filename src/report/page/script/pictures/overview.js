// @ts-check
// The first picture: how common the seed themes and the commonest emergent ones are, by group of the first attribute,
// or of all interviews together where there are no groups.

import { numberIn } from "../data.js";
import { formatCounted, formatPercent } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureAttributeControl, pictureShareOf, pictureThemes } from "./choices.js";
import { pictureMaxColours, pictureSeries } from "./colours.js";
import { pictureIntervals, pictureShareAxis, pictureShareEnd } from "./marks.js";
import { pictureCut, pictureFacets } from "./names.js";
import { prevalenceColumns, prevalenceLines, prevalenceOpen, withoutBasisNote } from "./prevalence.js";

/** @import { Study } from "../types.js" */

const overviewEmergent = 8;
const overviewRows = 100;

/**
 * All interviews together.
 * @param {Study} study
 */
function overviewTogether(study) {
  return study.table("themes").map((theme) => ({ ...theme, attribute: null, group: null }));
}

/** @param {Study} study */
export function overviewPicture(study) {
  const title = "How common each theme is";
  const kinds = new Map(study.table("themes").map((theme) => [theme.theme, theme.kind]));
  if (!kinds.size)
    return pictureMissing("overview", title, "This study has no themes: its codebook is empty and none emerged.");
  const emergent = pictureThemes(study).filter((theme) => kinds.get(theme) !== "seed");
  const themes = [
    ...pictureThemes(study).filter((theme) => kinds.get(theme) === "seed"),
    ...emergent.slice(0, overviewEmergent),
  ];
  const byGroup = study.table("prevalence").filter((row) => row.attribute);
  const together = overviewTogether(study);
  const attribute = pictureAttributeControl(study, new Set(byGroup.map((row) => row.attribute)));
  attribute.options.push(["", "no groups, all together"]);
  // Many themes in many groups would fill screens; people can still choose them.
  const first = study.attributes.find((one) => one.name === attribute.value)?.groups.length ?? 0;
  if (themes.length * Math.min(first, pictureMaxColours) > overviewRows) attribute.value = "";
  return pictureFrame({
    name: "overview",
    title,
    read:
      "A point is the share of segments with a likely label of a theme, the line its 95 % interval. Press a point to " +
      "read what was said.",
    controls: [pictureShareOf(), attribute],
    draw: (state, width) => {
      const measure = state.measure;
      const all = study.attributes.find((one) => one.name === state.attribute)?.groups ?? [];
      // More groups than colours: the largest are shown, and the sentence below says so.
      const groups =
        all.length <= pictureMaxColours
          ? all
          : [...all].sort((a, b) => b.transcripts - a.transcripts).slice(0, pictureMaxColours);
      const names = groups.map((group) => group.name);
      const counted = state.attribute ? byGroup.filter((row) => row.attribute === state.attribute) : together;
      const rows = counted.filter((row) => row.has_basis);
      const shown = new Set(names);
      const drawn = rows.filter(
        (row) => themes.includes(row.theme) && (!state.attribute || shown.has(row.group ?? "")),
      );
      const without = withoutBasisNote(counted.filter((row) => themes.includes(row.theme)));
      if (!drawn.length) return { instead: without ?? "There are no numbers for this choice." };
      const withRows = new Set(drawn.map((row) => row.theme));
      const drawnThemes = themes.filter((theme) => withRows.has(theme));
      const facets = pictureFacets(drawnThemes, (theme) => theme, width);
      const series = pictureSeries(names);
      const end = pictureShareEnd(drawn.map((row) => numberIn(row, `${measure}_high`) ?? numberIn(row, measure) ?? 0));
      const facet = Math.max(24, names.length * (names.length > 4 ? 9 : 13) + 6) + facets.insetTop + facets.insetBottom;
      const divided = drawnThemes.filter((theme) => theme === emergent[0]);
      const left = [
        emergent.length > overviewEmergent
          ? `The ${overviewEmergent} commonest of ${formatCounted(emergent.length, "emergent theme")} are shown.`
          : "",
        all.length > groups.length
          ? `The ${groups.length} largest of ${all.length} groups are shown; the part Groups has all.`
          : "",
        without,
      ]
        .filter(Boolean)
        .join(" ");
      return {
        plot: {
          height: drawnThemes.length * facet + 46,
          marginLeft: facets.marginLeft,
          marginRight: 24,
          marginTop: 4,
          marginBottom: 42,
          insetTop: facets.insetTop,
          insetBottom: facets.insetBottom,
          fy: { domain: drawnThemes, axis: null, padding: 0 },
          y: { type: "band", domain: names.length ? names : [""], axis: null, padding: 0 },
          x: { domain: [0, end] },
          ...(names.length > 1
            ? {
                color: series.color,
                symbol: {
                  ...series.symbol,
                  legend: true,
                  tickFormat: (/** @type {string} */ name) => pictureCut(name, Math.min(220, width - 60)),
                },
              }
            : {}),
          marks: [
            ...pictureShareAxis(
              width,
              measure === "share_likely" ? "Share of segments, likely labels" : "Share of segments, all labels",
              {
                insetTop: facets.above ? facets.insetTop : 0,
              },
            ),
            // A line between themes from the codebook and those from the data.
            Plot.ruleY(drawnThemes[0] === emergent[0] ? [] : divided, {
              fy: (/** @type {string} */ theme) => theme,
              frameAnchor: "top",
              dy: -(facets.insetTop + 2),
              stroke: "var(--line-strong)",
              strokeDasharray: "2,3",
            }),
            facets.names,
            ...pictureIntervals(drawn, {
              x: measure,
              low: `${measure}_low`,
              high: `${measure}_high`,
              y: (/** @type {any} */ row) => row.group ?? names[0] ?? "",
              fy: "theme",
              className: "picture-hit",
              thin: names.length > 3,
              ...(names.length > 1 ? { fill: "group", symbol: "group" } : {}),
              tip: (row) => prevalenceLines(row, measure).join("\n"),
            }),
          ],
        },
        reach: [
          {
            className: "picture-hit",
            data: drawn,
            label: (row) => prevalenceLines(row, measure).join(", "),
            open: prevalenceOpen,
          },
        ],
        description:
          formatCounted(drawnThemes.length, "theme") +
          (names.length ? ` in ${formatCounted(names.length, "group")} of ${state.attribute}, ` : ", ") +
          `from ${formatPercent(d3.min(drawn, (/** @type {object} */ row) => numberIn(row, measure)))} ` +
          `to ${formatPercent(d3.max(drawn, (/** @type {object} */ row) => numberIn(row, measure)))}.`,
        note: left || null,
        columns: prevalenceColumns().filter(
          ([name]) => name in drawn[0] && (state.attribute || (name !== "attribute" && name !== "group")),
        ),
        rows,
        rowOpen: prevalenceOpen,
      };
    },
  });
}
