// @ts-check
// Which theme lies within which: the parents of the codebook.
// Drawn as an indented tree, so that every name has a line of its own.

import { formatCount, formatCounted } from "../format.js";
import { pictureFrame, pictureMissing } from "../picture.js";
import { pictureTip } from "./marks.js";
import { pictureCut, pictureIsolated, pictureNarrow, pictureTextWidth, pictureTipName } from "./names.js";

/** @import { Study, Theme } from "../types.js" */

/**
 * The rows of the tree from the top, each with its path for Plot: the two origins, parents that are only words of the
 * codebook, and themes.
 * @param {Theme[]} themes
 */
function hierarchyRows(themes) {
  const named = new Set(themes.map((theme) => theme.theme));
  /** @type {any[]} */
  const rows = [{ path: "/0", name: "All themes", depth: 0, theme: null }];
  for (const [branch, kind, name] of [
    [0, "seed", "From the codebook"],
    [1, "emergent", "From the interviews"],
  ]) {
    const own = themes.filter((theme) => (theme.kind === "seed") === (kind === "seed"));
    if (!own.length) continue;
    rows.push({ path: `/0/${branch}`, name, depth: 1, theme: null });
    const seen = new Set();
    const add = (/** @type {Theme} */ theme, /** @type {string} */ above, /** @type {number} */ depth) => {
      if (seen.has(theme.theme)) return;
      seen.add(theme.theme);
      const path = `${above}/t${theme.index}`;
      rows.push({ path, name: theme.theme, depth, theme: theme.theme, row: theme });
      for (const below of own) if (below.parent === theme.theme) add(below, path, depth + 1);
    };
    const words = [...new Set(own.map((theme) => theme.parent).filter((parent) => parent && !named.has(parent)))];
    for (const theme of own) if (!theme.parent) add(theme, `/0/${branch}`, 2);
    words.forEach((word, at) => {
      rows.push({ path: `/0/${branch}/w${at}`, name: word, depth: 2, theme: null });
      for (const theme of own) if (theme.parent === word) add(theme, `/0/${branch}/w${at}`, 3);
    });
    // What is left has a parent in the other kind or in a circle.
    for (const theme of own) add(theme, `/0/${branch}`, 2);
  }
  return rows.map((row, at) => ({ ...row, at }));
}

/** One line a node, further right the deeper it lies. */
function hierarchyIndented() {
  return (/** @type {any} */ root) => {
    let at = 0;
    root.eachBefore((/** @type {any} */ node) => {
      node.x = at;
      node.y = node.depth;
      at += 1;
    });
  };
}

/** @param {Study} study */
export function hierarchyPicture(study) {
  const title = "Themes within themes";
  const themes = study.table("themes");
  if (!themes.some((theme) => theme.parent))
    return pictureMissing(
      "hierarchy",
      title,
      "No theme lies within another. Give themes of the codebook a parent to see them here.",
    );
  const rows = hierarchyRows(themes);
  const open = (/** @type {any} */ row) =>
    row.theme && (row.row ?? row).segments ? { filter: { theme: row.theme }, title: pictureIsolated(row.theme) } : null;
  const size = (/** @type {any} */ row) =>
    row.row
      ? `${formatCounted(row.row.segments, "segment")} in ${formatCounted(row.row.transcripts, "interview")}`
      : "";
  const lines = (/** @type {any} */ row) =>
    [
      pictureTipName(row.name),
      size(row),
      row.row?.stability !== null && row.row?.stability !== undefined
        ? `Found again in ${Math.round(row.row.stability * 20)} of 20 random halves`
        : "",
    ].filter(Boolean);
  return pictureFrame({
    name: "hierarchy",
    title,
    read:
      "What stands further right is part of what it hangs from; the circle grows with the number of segments. Press " +
      "a theme to read what was said.",
    draw: (_, width) => {
      const deepest = d3.max(rows, (/** @type {any} */ row) => row.depth);
      const indent = width < pictureNarrow ? 18 : 30;
      const marked = rows.filter((row) => row.row);
      const most = d3.max(marked, (/** @type {any} */ row) => row.row.segments) ?? 1;
      const label = (/** @type {any} */ row) => {
        const count = row.row
          ? `  ${width < pictureNarrow ? formatCount(row.row.segments) : formatCounted(row.row.segments, "segment")}`
          : "";
        return `${pictureCut(row.name, width - 40 - row.depth * indent - pictureTextWidth(count))}${count}`;
      };
      const channels = { x: "depth", y: (/** @type {any} */ row) => -row.at };
      return {
        plot: {
          height: rows.length * 23 + 12,
          marginLeft: 14,
          marginRight: 0,
          marginTop: 12,
          marginBottom: 8,
          axis: null,
          x: { domain: [0, deepest], range: [14, 14 + deepest * indent] },
          y: { domain: [-(rows.length - 1), 0] },
          r: { domain: [0, most], range: [0, 8] },
          marks: [
            Plot.tree(rows, {
              path: "path",
              treeLayout: hierarchyIndented,
              curve: "step-before",
              stroke: "var(--line-strong)",
              strokeOpacity: 1,
              strokeWidth: 1,
              text: null,
              dot: false,
              title: null,
            }),
            Plot.dot(rows, {
              ...channels,
              r: (/** @type {any} */ row) => (row.row ? Math.max(row.row.segments, most / 10) : most / 30),
              fill: (/** @type {any} */ row) =>
                row.row?.kind === "seed" ? "var(--series-2)" : row.row ? "var(--series-1)" : "var(--line-strong)",
              stroke: "var(--picture-page)",
            }),
            Plot.text(rows, {
              ...channels,
              filter: (/** @type {any} */ row) => !row.row,
              text: label,
              textAnchor: "start",
              dx: 13,
              fontWeight: 600,
              fill: "var(--ink)",
            }),
            Plot.text(rows, {
              ...channels,
              filter: (/** @type {any} */ row) => row.row,
              text: label,
              textAnchor: "start",
              dx: 13,
              fill: "var(--ink)",
              className: "picture-words",
            }),
            pictureTip(rows, {
              ...channels,
              title: (/** @type {any} */ row) => lines(row).join("\n"),
              anchor: "top-left",
              maxRadius: 12,
            }),
          ],
          color: { type: "identity" },
        },
        reach: [{ className: "picture-words", data: rows, label: (row) => lines(row).join(", "), open }],
        description:
          `${formatCounted(marked.length, "theme")} in ${deepest} ` +
          `levels: ${marked.filter((row) => row.row.parent).length} lie within another.`,
        columns: [
          ["theme", "Theme", "text"],
          ["kind", "Kind", "text"],
          ["parent", "Within", "text"],
          ["segments", "Segments", "count"],
          ["transcripts", "Interviews", "count"],
          ["likely_segments", "Likely", "count"],
          ["share_likely", "Share, likely labels", "share"],
          ["share_segments", "Share, all labels", "share"],
          ["stability", "Stability", "number"],
        ],
        rows: marked.map((row) => row.row),
        rowOpen: open,
      };
    },
  });
}
