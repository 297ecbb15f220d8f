// @ts-check
// Each interview as a line from its start to its end, with the stretches of chosen themes in colour.

import { formatCounted, formatPercent } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureFirstThemes, pictureThemes } from "./choices.js";
import { pictureColour } from "./colours.js";
import { pictureTip } from "./marks.js";
import { pictureCut, pictureIsolated, pictureLines, pictureNarrow, pictureTextWidth, pictureTipName } from "./names.js";
import { wholeControls, wholeInterviews, wholeNote, wholePage } from "./whole.js";

/** @import { LabelEntry, Study, Voices } from "../types.js" */

const linesPage = 40;
const linesThemes = 6;

/**
 * Seed themes that are heard, where there are a few.
 * @param {Study} study
 */
function linesFirst(study) {
  const first = pictureFirstThemes(study, linesThemes);
  const seeds = first.filter((theme) => study.theme(theme)?.kind === "seed" && study.theme(theme)?.segments);
  return seeds.length > 1 ? seeds : first;
}

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function linesPicture(study, voices) {
  const title = "Each interview from start to end";
  if (!study.table("themes").length || !wholeInterviews(voices, "", []).length)
    return pictureMissing("lines", title, "There is no interview with coded segments in this page.");
  const whole = wholeInterviews(voices, "", []);
  if (whole.filter(({ transcript }) => transcript.segments > 2).length < whole.length / 10)
    return pictureMissing(
      "lines",
      title,
      "Most of these interviews are of one segment or two, so that there is no way from start to end to draw.",
    );
  return pictureFrame({
    name: "lines",
    title,
    read:
      "A row is an interview, from its start on the left to its end on the right. A coloured stretch is a segment " +
      "with a label of a theme, likely or possible; where it carries several of those chosen, the " +
      "surest. Thin grey is other coded talk, " +
      "blank is what the interviewer says.",
    controls: [
      ...wholeControls(study, voices, linesPage),
      {
        kind: "themes",
        name: "themes",
        label: "Themes shown:",
        all: pictureThemes(study),
        value: linesFirst(study),
        max: linesThemes,
      },
    ],
    draw: (state, width) => {
      const narrow = width < pictureNarrow;
      const { interviews, page, domain, heads } = wholePage(study, voices, state, linesPage);
      const chosen = new Map(state.themes.map((/** @type {string} */ theme) => [study.themeIndex(theme), theme]));
      const stretches = page.flatMap(({ index, transcript }) => {
        const [from, to] = voices.segmentsOf(index);
        return Array.from({ length: to - from }, (_, at) => {
          const segment = from + at;
          const middle = voices.segments.middle[segment];
          const half = voices.segments.share[segment] / 2;
          const carried = voices.segments.labels[segment].filter((/** @type {LabelEntry} */ label) =>
            chosen.has(label[0]),
          );
          return {
            key: String(index),
            segment,
            segment_id: voices.id(segment),
            transcript_id: transcript.id,
            from: Math.max(0, middle - half),
            to: Math.min(1, middle + half),
            theme: carried.length ? chosen.get(carried[0][0]) : null,
            themes: [...new Set(carried.map((/** @type {LabelEntry} */ label) => chosen.get(label[0])))].join("; "),
          };
        });
      });
      const named = stretches.filter((stretch) => stretch.theme);
      const other = stretches.filter((stretch) => !stretch.theme);
      const id = (/** @type {string} */ key) => voices.transcripts[Number(key)]?.id ?? "";
      const room = Math.min(
        Math.max(24, ...page.map(({ transcript }) => pictureTextWidth(transcript.id.slice(0, 60)))) + 4,
        width * (narrow ? 0.26 : 0.2),
      );
      const marginLeft = Math.ceil(room) + 16;
      const lines = (/** @type {any} */ stretch) => [
        stretch.themes.split("; ").map(pictureTipName).join(", "),
        voices.locator(stretch.segment),
        pictureTipName(voices.text(stretch.segment)),
      ];
      const open = (/** @type {any} */ stretch) => ({
        filter: { segment: stretch.segment_id },
        title: pictureIsolated(voices.locator(stretch.segment)),
      });
      return {
        plot: {
          height: domain.length * 17 + 70,
          marginLeft,
          marginRight: 20,
          marginTop: 4,
          marginBottom: 46,
          x: { domain: [0, 1] },
          y: { type: "band", domain, axis: null, padding: 0.12 },
          color: {
            domain: state.themes,
            range: state.themes.map((/** @type {string} */ _, /** @type {number} */ at) => pictureColour(at)),
            legend: state.themes.length > 0,
            tickFormat: (/** @type {string} */ theme) => pictureLines(theme, Math.min(240, width - 60), 1)[0],
          },
          marks: [
            Plot.axisX({
              ticks: narrow ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1],
              tickSize: 4,
              label: "Part of the interview",
              labelAnchor: "center",
              labelArrow: "none",
              labelOffset: 38,
              tickFormat: (/** @type {number} */ share) => formatPercent(share),
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
              text: (/** @type {any} */ head) => pictureCut(head.group, width - 20, "600"),
            }),
            Plot.ruleY(other, {
              y: "key",
              x1: "from",
              x2: "to",
              stroke: "var(--picture-other)",
              strokeWidth: 2,
              insetLeft: 0.5,
              insetRight: 0.5,
            }),
            Plot.barX(named, {
              y: "key",
              x1: "from",
              x2: "to",
              fill: "theme",
              insetLeft: 0.25,
              insetRight: 0.25,
              className: "picture-cell",
            }),
            pictureTip(named, {
              y: "key",
              x1: "from",
              x2: "to",
              maxRadius: 12,
              title: (/** @type {any} */ stretch) => lines(stretch).join("\n"),
            }),
          ],
        },
        reach: [{ className: "picture-cell", data: named, label: (stretch) => lines(stretch).join(", "), open }],
        description:
          `${formatCounted(page.length, "interview")}, ${formatCounted(named.length, "segment")} with a chosen ` +
          "theme.",
        note: wholeNote(voices, interviews.length),
        columns: [
          ["segment_id", "Segment", "text"],
          ["transcript_id", "Interview", "text"],
          ["from", "from", "share"],
          ["to", "to", "share"],
          ["themes", "Themes shown", "text"],
        ],
        rows: stretches,
        rowOpen: open,
      };
    },
  });
}
