// @ts-check
// Theme by interview: a cell is darker, the more of an interview's segments carry the theme. On a wide page interviews
// are columns; on a narrow one they are rows, because names of interviews are shorter than names of themes.

import { formatCount, formatCounted, formatPercent } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureFirstThemes, pictureThemes } from "./choices.js";
import { pictureTint } from "./colours.js";
import { pictureTip } from "./marks.js";
import { pictureCut, pictureIsolated, pictureLines, pictureNarrow, pictureTextWidth, pictureTipName } from "./names.js";
import { wholeControls, wholeInterviews, wholeNote, wholePage } from "./whole.js";

/** @import { PictureColumn } from "../picture.js" */
/** @import { LabelEntry, Study, Voices } from "../types.js" */

const matrixPage = 60;
const matrixNarrowThemes = 10;
const matrixLimits = [0.05, 0.1, 0.2, 0.4];

/**
 * Segments of an interview that carry each theme.
 * @param {Voices} voices
 * @param {number} index
 */
function matrixCounts(voices, index) {
  const [from, to] = voices.segmentsOf(index);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let segment = from; segment < to; segment += 1) {
    for (const theme of new Set(voices.segments.labels[segment].map((/** @type {LabelEntry} */ label) => label[0])))
      counts.set(theme, (counts.get(theme) ?? 0) + 1);
  }
  return { counts, segments: to - from };
}

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function matrixPicture(study, voices) {
  const title = "Which interview speaks of what";
  if (!study.table("themes").length || !wholeInterviews(voices, "", []).length)
    return pictureMissing("matrix", title, "There is no interview with coded segments in this page.");
  return pictureFrame({
    name: "matrix",
    title,
    read:
      "A cell is a theme in an interview. The stronger its colour, the larger the share of the interview's segments " +
      "with a label of the theme, likely or possible; no cell means none. Press a cell to read them.",
    controls: [
      ...wholeControls(study, voices, matrixPage),
      {
        kind: "themes",
        name: "themes",
        label: "Themes shown:",
        all: pictureThemes(study),
        value: pictureFirstThemes(study, 20),
      },
    ],
    draw: (state, width) => {
      const { interviews, page, domain, heads } = wholePage(study, voices, state, matrixPage);
      // Names of columns need 12 pixels each, and those of groups have only the columns of their interviews.
      const wideStep = Math.min(30, (width * 0.7) / domain.length);
      const narrow =
        width < pictureNarrow ||
        wideStep < 12 ||
        heads.some((head) => pictureTextWidth(head.group.slice(0, 12), "600") > (head.count + 0.6) * wideStep);
      const themes = narrow
        ? state.themes.slice(0, Math.max(matrixNarrowThemes, Math.floor((width - 120) / 28)))
        : state.themes;
      const id = (/** @type {string} */ key) => voices.transcripts[Number(key)]?.id ?? "";
      const rowsOf = (/** @type {any[]} */ some, /** @type {string[]} */ chosen) =>
        some.flatMap(({ transcript, index, group }) => {
          const { counts, segments } = matrixCounts(voices, index);
          return chosen.map((theme) => ({
            key: String(index),
            transcript_id: transcript.id,
            group,
            theme,
            segments: counts.get(study.themeIndex(theme)) ?? 0,
            share_segments: (counts.get(study.themeIndex(theme)) ?? 0) / segments,
          }));
        });
      const drawn = rowsOf(page, themes).filter((row) => row.segments);
      const columns = /** @type {PictureColumn[]} */ ([
        ["transcript_id", "Interview", "text"],
        ["group", "Group", "text"],
        ["theme", "Theme", "text"],
        ["segments", "Segments", "count"],
        ["share_segments", "Share of its segments", "share"],
      ]);
      const open = (/** @type {any} */ row) =>
        row.segments
          ? {
              filter: { theme: row.theme, transcript: row.transcript_id },
              title: `${pictureIsolated(row.theme)} in ${pictureIsolated(row.transcript_id)}`,
            }
          : null;
      if (!drawn.length)
        return { instead: "None of the chosen themes comes up in these interviews. Choose others.", columns, rows: [] };
      const lines = (/** @type {any} */ row) => [
        pictureTipName(row.theme),
        `${pictureTipName(row.transcript_id)}${row.group ? `, ${pictureTipName(row.group)}` : ""}`,
        `${formatCounted(row.segments, "segment")}, ${formatPercent(row.share_segments)} of the interview's`,
      ];
      const idWidth = Math.max(20, ...page.map(({ transcript }) => pictureTextWidth(transcript.id.slice(0, 40))));
      const color = {
        type: "threshold",
        domain: matrixLimits,
        range: [0.2, 0.38, 0.58, 0.8, 1].map((part) => pictureTint("var(--series-1)", part)),
        legend: true,
        width: Math.min(300, width - 20),
        label: "Share of the interview's segments",
        tickFormat: (/** @type {number} */ share) => formatPercent(share),
      };
      const common = { color, padding: 0.08 };
      const tip = (/** @type {any} */ channels) =>
        pictureTip(drawn, { ...channels, maxRadius: 14, title: (/** @type {any} */ row) => lines(row).join("\n") });
      const plot = narrow ? matrixNarrow() : matrixWide();

      function matrixWide() {
        const room = Math.min(
          Math.max(...themes.map((/** @type {string} */ theme) => pictureTextWidth(theme.slice(0, 100)))) + 4,
          width * 0.3,
          280,
        );
        const marginLeft = Math.ceil(room) + 16;
        const step = Math.min(30, (width - marginLeft - 8) / domain.length);
        const below = Math.min(110, idWidth + 14);
        const channels = { x: "key", y: "theme" };
        return {
          ...common,
          height: themes.length * 24 + below + 26,
          marginLeft,
          marginRight: width - marginLeft - step * domain.length,
          marginTop: 24,
          marginBottom: below,
          x: { type: "band", domain, axis: null, padding: 0.08 },
          y: { type: "band", domain: themes, axis: null, padding: 0.08 },
          marks: [
            Plot.axisY({ tickSize: 0, label: null, text: (/** @type {string} */ theme) => pictureCut(theme, room) }),
            Plot.axisX(
              domain.filter((key) => !key.startsWith("head")),
              {
                tickSize: 0,
                label: null,
                tickRotate: -90,
                text: (/** @type {string} */ key) => pictureCut(id(key), below - 14),
              },
            ),
            Plot.text(heads, {
              x: "first",
              frameAnchor: "top",
              textAnchor: "start",
              lineAnchor: "bottom",
              dx: -step / 2,
              dy: -6,
              fontWeight: 600,
              text: (/** @type {any} */ head) =>
                head.count * step > 14 ? pictureCut(head.group, (head.count + 0.6) * step, "600") : "",
            }),
            Plot.ruleY(themes, {
              y: (/** @type {string} */ theme) => theme,
              stroke: "var(--line)",
              strokeOpacity: 0.8,
            }),
            Plot.cell(drawn, { ...channels, fill: "share_segments", className: "picture-cell" }),
            tip(channels),
          ],
        };
      }
      function matrixNarrow() {
        const room = Math.min(idWidth + 4, width * 0.3);
        const marginLeft = Math.ceil(room) + 16;
        const above = Math.min(
          150,
          Math.max(...themes.map((/** @type {string} */ theme) => pictureTextWidth(theme.slice(0, 80)))) + 14,
        );
        const channels = { x: "theme", y: "key" };
        return {
          ...common,
          height: domain.length * 20 + above + 8,
          marginLeft,
          marginRight: Math.max(8, width - marginLeft - 44 * themes.length),
          marginTop: above,
          marginBottom: 8,
          x: { type: "band", domain: themes, axis: null, padding: 0.08 },
          y: { type: "band", domain, axis: null, padding: 0.08 },
          marks: [
            Plot.axisX({
              anchor: "top",
              tickSize: 0,
              label: null,
              tickRotate: -90,
              text: (/** @type {string} */ theme) => pictureCut(theme, above - 14),
            }),
            Plot.axisY(
              domain.filter((key) => !key.startsWith("head")),
              { tickSize: 0, label: null, text: (/** @type {string} */ key) => pictureCut(id(key), room) },
            ),
            Plot.text(heads, {
              y: "key",
              frameAnchor: "left",
              textAnchor: "start",
              dx: -marginLeft + 6,
              fontWeight: 600,
              text: (/** @type {any} */ head) => pictureLines(head.group, width - 20, 1, "600")[0],
            }),
            Plot.cell(drawn, { ...channels, fill: "share_segments", className: "picture-cell" }),
            tip(channels),
          ],
        };
      }
      return {
        plot,
        reach: [{ className: "picture-cell", data: drawn, label: (row) => lines(row).join(", "), open }],
        description: `${formatCounted(themes.length, "theme")} in ${formatCounted(page.length, "interview")}.`,
        note:
          [
            wholeNote(voices, interviews.length),
            narrow && themes.length < state.themes.length
              ? `The first ${themes.length} of ${formatCount(state.themes.length)} chosen themes; a wider window ` +
                "shows all."
              : null,
          ]
            .filter(Boolean)
            .join(" ") || null,
        columns,
        rows: rowsOf(interviews, state.themes),
        rowOpen: open,
      };
    },
  });
}
