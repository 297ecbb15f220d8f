// @ts-check
// A map of the segments: what lies near each other is alike in meaning; the axes themselves mean nothing.
// Up to seven themes or groups have a colour; the rest is "other", and what carries no theme is a faint grey.

import { formatCount, formatCounted, formatLanguage } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureThemes } from "./choices.js";
import { pictureColour } from "./colours.js";
import { pictureTip } from "./marks.js";
import { pictureCut, pictureIsolated, pictureNarrow, pictureTipName } from "./names.js";

/** @import { LabelEntry, Study, Voices } from "../types.js" */

const mapMaxKinds = 7;
const mapSymbols = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "hexagon", "circle"];

/**
 * What the colours stand for, in words.
 * @param {string} by value of the control: "seed", "theme", "language" or "attribute NAME"
 * @param {boolean} theme whether they stand for themes
 */
function mapColoured(by, theme) {
  if (by === "seed") return "theme of the codebook";
  if (theme) return "strongest theme";
  return by === "language" ? "language" : by.slice("attribute ".length);
}

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function mapPicture(study, voices) {
  const title = "A map of what was said";
  const placed = Array.from({ length: voices.count }, (_, segment) => segment).filter(
    (segment) => voices.segments.map?.[segment],
  );
  if (placed.length < 3) return pictureMissing("map", title, "There are too few segments for a map.");
  const seeds = study.table("themes").map((theme) => theme.kind === "seed");
  /** @type {Array<[string, string]>} */
  const byTheme = [
    ...(seeds.includes(true) ? [/** @type {[string, string]} */ (["seed", "theme of the codebook"])] : []),
    ["theme", "strongest theme"],
  ];
  return pictureFrame({
    name: "map",
    title,
    read:
      "Each mark is a segment. Near means alike: segments that say something similar lie close together. The " +
      "directions and the distances between far ones mean nothing. Press a mark to read it.",
    controls: [
      {
        kind: "choice",
        name: "by",
        label: "Colour by",
        options: [
          ...byTheme,
          ...voices.attributes.map((name) => /** @type {[string, string]} */ ([`attribute ${name}`, name])),
          ...(voices.languages.length > 1 ? [/** @type {[string, string]} */ (["language", "language"])] : []),
        ],
        value: byTheme[0][0],
      },
      {
        kind: "choice",
        name: "highlight",
        label: "Bring out a theme",
        options: [["", "none"], ...pictureThemes(study).map((name) => /** @type {[string, string]} */ ([name, name]))],
        value: "",
      },
    ],
    draw: (state, width) => {
      const theme = state.by === "theme" || state.by === "seed";
      const none = state.by === "seed" ? "no theme of the codebook" : theme ? "no theme" : "not known";
      const rest = theme ? "other themes" : "others";
      const kindOf = (/** @type {number} */ segment) => {
        const labels = voices.segments.labels[segment];
        if (state.by === "seed") return study.themeNames[labels.find(([index]) => seeds[index])?.[0] ?? -1] ?? null;
        if (theme) return study.themeNames[labels[0]?.[0]] ?? null;
        if (state.by === "language") return voices.language(segment) ? formatLanguage(voices.language(segment)) : null;
        return voices.value(segment, state.by.slice("attribute ".length));
      };
      const coloured = mapColoured(state.by, theme);
      const wanted = state.highlight ? study.themeIndex(state.highlight) : -1;
      const dots = placed.map((segment) => {
        const [x, y] = /** @type {[number, number]} */ (voices.segments.map[segment]);
        return {
          segment,
          segment_id: voices.id(segment),
          x,
          y,
          kind: kindOf(segment),
          carries:
            wanted >= 0 &&
            voices.segments.labels[segment].some((/** @type {LabelEntry} */ label) => label[0] === wanted),
        };
      });
      const counts = d3.rollup(
        dots.filter((dot) => dot.kind !== null),
        (/** @type {any[]} */ some) => some.length,
        (/** @type {any} */ dot) => dot.kind,
      );
      const names = [...counts]
        .sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])))
        .map(([name]) => name);
      const shown = names.slice(0, mapMaxKinds);
      // A name of the study may be the same as ours for the rest, so indices stand for kinds.
      const order = new Map(shown.map((name, at) => [name, at]));
      const kinds =
        wanted >= 0
          ? [0, 8]
          : [
              ...shown.map((_, at) => at),
              ...(names.length > shown.length ? [7] : []),
              ...(dots.some((dot) => dot.kind === null) ? [8] : []),
            ];
      const kind = (/** @type {any} */ dot) =>
        wanted >= 0 ? (dot.carries ? 0 : 8) : dot.kind === null ? 8 : (order.get(dot.kind) ?? 7);
      const words = (/** @type {number} */ at) =>
        wanted >= 0
          ? at === 0
            ? state.highlight
            : "all others"
          : at === 8
            ? none
            : at === 7
              ? `${rest} (${formatCount(names.length - shown.length)})`
              : shown[at];
      const colour = (/** @type {number} */ at) =>
        at === 8 ? "var(--picture-other)" : at === 7 ? "var(--line-strong)" : pictureColour(wanted >= 0 ? 1 : at);
      const drawn = dots
        .map((dot) => ({ ...dot, at: kind(dot) }))
        .sort(
          (a, b) =>
            Number(b.at === 8) - Number(a.at === 8) || Number(b.at === 7) - Number(a.at === 7) || a.segment - b.segment,
        );
      const [back, front] = [drawn.filter((dot) => dot.at === 8), drawn.filter((dot) => dot.at !== 8)];
      const height = Math.round(Math.min(width * (width < pictureNarrow ? 1.05 : 0.62), 700));
      const label = (/** @type {any} */ dot) =>
        voices
          .labels(dot.segment)
          .map((one) => one.name)
          .filter((name, at, list) => list.indexOf(name) === at)
          .slice(0, 4)
          .map(pictureTipName)
          .join(", ") || "no theme";
      const lines = (/** @type {any} */ dot) => [
        voices.locator(dot.segment),
        label(dot),
        `“${pictureTipName(voices.text(dot.segment))}”`,
      ];
      const r = drawn.length > 1500 ? 2.3 : drawn.length > 500 ? 3 : 3.8;
      const open = (/** @type {any} */ dot) => ({
        filter: { segment: dot.segment_id },
        title: pictureIsolated(voices.locator(dot.segment)),
      });
      return {
        plot: {
          height,
          margin: 8,
          axis: null,
          inset: 16,
          x: { domain: d3.extent(drawn, (/** @type {any} */ dot) => dot.x) },
          y: { domain: d3.extent(drawn, (/** @type {any} */ dot) => dot.y) },
          color: { type: "categorical", domain: kinds, range: kinds.map(colour) },
          symbol: {
            domain: kinds,
            range: kinds.map((at) => mapSymbols[at]),
            legend: true,
            tickFormat: (/** @type {number} */ at) => pictureCut(words(at), Math.min(220, width - 60)),
          },
          marks: [
            Plot.frame({ stroke: "var(--line)" }),
            Plot.dot(back, {
              x: "x",
              y: "y",
              r: r * 0.75,
              fill: "at",
              symbol: "at",
              fillOpacity: 0.85,
              className: "picture-back",
            }),
            Plot.dot(front, {
              x: "x",
              y: "y",
              r: wanted >= 0 ? r * 1.4 : r,
              fill: "at",
              symbol: "at",
              fillOpacity: 0.9,
              className: "picture-dots",
            }),
            pictureTip(drawn, {
              x: "x",
              y: "y",
              maxRadius: 24,
              title: (/** @type {any} */ dot) => lines(dot).join("\n"),
            }),
          ],
        },
        reach: [
          { className: "picture-dots", data: front, label: (dot) => lines(dot).join(", "), open },
          { className: "picture-back", data: back, label: (dot) => lines(dot).join(", "), open },
        ],
        pointed: true,
        description: `${formatCounted(drawn.length, "segment")} ` + `by ${coloured}.`,
        note:
          drawn.length < voices.of.segments
            ? `${formatCount(drawn.length)} of ${formatCounted(voices.of.segments, "segment")} are on the map.`
            : null,
        columns: [
          ["segment_id", "Segment", "text"],
          ["x", "x", "number"],
          ["y", "y", "number"],
          ["kind", theme ? "Theme" : "Group", "text"],
        ],
        rows: drawn,
        rowOpen: open,
      };
    },
  });
}
