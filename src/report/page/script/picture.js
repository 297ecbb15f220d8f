// @ts-check
// The frame of every picture: heading, a sentence that says how to read it, controls, the chart with a name and a
// description for people who listen, its files (SVG, CSV), and the same numbers as a table.
// A picture says what it draws as options for Observable Plot; axes, scales and legends are Plot's.
// It is drawn when it has a width, and anew when the width changes, in light or dark, or when a control says so.

import { announce, button, choice, dataTable, element, newId, peoplesWords, replaceChildren } from "./dom.js";
import { csvText, saveFile } from "./files.js";
import {
  formatCoefficient,
  formatCount,
  formatDifference,
  formatNumber,
  formatPValue,
  formatPercent,
} from "./format.js";
import { pictureThemesControl } from "./pictures/choices.js";
import { pictureSvgText } from "./pictures/download.js";
import { pictureFontSize } from "./pictures/names.js";
import { pictureReach } from "./pictures/reach.js";
import { openVoices } from "./voices.js";

/** @import { Reach } from "./pictures/reach.js" */
/** @import { Filter } from "./types.js" */

/**
 * A column of a picture's numbers: its name in the tables, words for people, and what it holds.
 * @typedef {[string, string, ("text" | "count" | "share" | "number" | "difference" | "p" | "coefficient" | "yes")]}
 * PictureColumn
 *
 * @typedef {{kind: "choice", name: string, label: string, options: Array<[string, string]>, value: string}
 *   | {kind: "themes", name: string, label: string, all: string[], value: string[], max?: number}} PictureControl
 *
 * @typedef {{
 *   plot?: any, reach?: Reach[], pointed?: boolean,
 *   description?: string, note?: any, instead?: any,
 *   columns?: PictureColumn[], rows?: any[], rowOpen?: (row: any) => {filter: Filter, title: string} | null,
 * }} PictureDrawing
 * `plot`: options for Plot.plot. `instead`: what stands where there is nothing to draw. `note`: below the chart.
 *
 * @typedef {{
 *   name: string, title: string, read: string, controls?: PictureControl[],
 *   draw: (state: any, width: number, change: (name: string, value: any) => void) => PictureDrawing,
 * }} PictureSpecification
 */

/** Rows that the table in the page shows; the file holds all. */
const pictureTableRows = 400;

/**
 * A section that says why there is no picture, and what gives one.
 * @param {string} name
 * @param {string} title
 * @param {string} why words between backquotes are set as code
 */
export function pictureMissing(name, title, why) {
  const id = newId(`picture-${name}`);
  return element(
    "section",
    { class: "picture picture-missing", "aria-labelledby": id, "data-picture": name },
    element("h2", { id, class: "picture-title" }, title),
    element(
      "p",
      { class: "muted" },
      why.split("`").map((part, at) => (at % 2 ? element("code", null, part) : part)),
    ),
  );
}

/**
 * A cell of the table of numbers.
 * @param {any} value
 * @param {PictureColumn[2]} kind
 */
function pictureCell(value, kind) {
  if (value === null || value === undefined) return "–";
  if (kind === "count") return formatCount(value);
  if (kind === "share") return formatPercent(value);
  if (kind === "number") return formatNumber(value);
  if (kind === "difference") return formatDifference(value);
  if (kind === "p") return formatPValue(value);
  if (kind === "coefficient") return formatCoefficient(value);
  if (kind === "yes") return value ? "yes" : "no";
  return peoplesWords(String(value));
}

/**
 * The numbers as a table.
 * @param {PictureSpecification} picture
 * @param {PictureDrawing} drawing
 */
function pictureTable(picture, drawing) {
  const columns = drawing.columns ?? [];
  const rows = drawing.rows ?? [];
  const shown = rows.slice(0, pictureTableRows);
  const numbers = columns
    .map((column, at) => (column[2] === "text" || column[2] === "yes" ? -1 : at))
    .filter((at) => at >= 0);
  const table = dataTable(
    `Numbers of the picture: ${picture.title}`,
    columns.map((column) => column[1]),
    shown.map((row) =>
      columns.map(([name, , kind], at) => {
        const cell = pictureCell(row[name], kind);
        const opened = at === 0 ? drawing.rowOpen?.(row) : null;
        return opened ? button(cell, () => openVoices(opened.filter, opened.title), { class: "plain" }) : cell;
      }),
    ),
    { numbers },
  );
  const rest = rows.length - shown.length;
  return rest > 0
    ? [table, element("p", { class: "muted small" }, `${formatCount(rest)} further rows are in the CSV file.`)]
    : [table];
}

/**
 * Makes the section of a picture.
 * @param {PictureSpecification} picture
 * @returns {HTMLElement}
 */
export function pictureFrame(picture) {
  const titleId = newId(`picture-${picture.name}`);
  const readId = newId("picture-read");
  /** @type {Record<string, any>} */
  const state = Object.fromEntries((picture.controls ?? []).map((control) => [control.name, control.value]));
  /** @type {PictureDrawing} */
  let drawing = {};
  /** @type {{current: () => number, count: number} | null} */
  let reached = null;
  let width = 0;

  const drawn = element("div", { class: "picture-drawn" });
  const note = element("div", { class: "picture-note" });
  const spoken = element("figcaption", { class: "unseen", id: newId("picture-spoken") });
  const figure = element("figure", { class: "picture-figure" }, drawn, note, spoken);
  const numbers = /** @type {HTMLDetailsElement} */ (
    element("details", { class: "picture-numbers" }, element("summary", null, "Numbers"))
  );
  const table = element("div", null);
  numbers.append(table);
  const fillTable = () => {
    if (numbers.open && drawing.columns) replaceChildren(table, pictureTable(picture, drawing));
  };
  numbers.addEventListener("toggle", fillTable);

  const saveSvg = button(
    "SVG",
    () => {
      saveFile(
        `emic-${picture.name}.svg`,
        "image/svg+xml",
        pictureSvgText(drawn, picture.title, `${picture.read} ${drawing.description ?? ""}`),
      );
      announce(`Saved emic-${picture.name}.svg`);
    },
    { "aria-label": `Save as SVG: ${picture.title}`, title: "Save the picture for a paper" },
  );
  const saveCsv = button(
    "CSV",
    () => {
      saveFile(
        `emic-${picture.name}.csv`,
        "text/csv",
        csvText(
          (drawing.columns ?? []).map((column) => column[0]),
          drawing.rows ?? [],
        ),
      );
      announce(`Saved emic-${picture.name}.csv`);
    },
    { "aria-label": `Save the numbers as CSV: ${picture.title}`, title: "Save the numbers behind the picture" },
  );

  const draw = () => {
    if (!width) return;
    const focused = drawn.contains(document.activeElement) && Boolean(drawn.querySelector("svg :focus"));
    drawing = picture.draw(state, width, change);
    reached = drawPicture(drawn, picture, drawing, width, {
      titleId,
      spokenId: spoken.id,
      current: reached?.current() ?? 0,
      focused,
    });
    replaceChildren(note, drawing.note);
    const keys = reached?.count ? " Arrow keys move between the marks, Enter opens the quotes behind one." : "";
    spoken.textContent = `${drawing.description ?? ""}${keys} The same numbers are in the table below.`.trim();
    const empty = Boolean(drawing.instead);
    saveSvg.hidden = empty;
    saveCsv.hidden = numbers.hidden = !drawing.rows?.length;
    fillTable();
  };
  const change = (/** @type {string} */ name, /** @type {any} */ value) => {
    state[name] = value;
    draw();
  };
  const controls = (picture.controls ?? [])
    .filter((control) => (control.kind === "themes" ? control.all : control.options).length > 1)
    .map((control) =>
      control.kind === "themes"
        ? pictureThemesControl(control, (chosen) => change(control.name, chosen))
        : choice(control.label, control.options, control.value, (value) => change(control.name, value)),
    );

  pictureWhenSized(figure, (now) => {
    if (Math.abs(now - width) < 1) return;
    width = now;
    draw();
  });
  return element(
    "section",
    { class: "picture", "aria-labelledby": titleId, "data-picture": picture.name },
    element("h2", { id: titleId, class: "picture-title" }, picture.title),
    element("p", { id: readId, class: "picture-read" }, picture.read),
    element(
      "div",
      { class: "picture-controls" },
      controls,
      element("div", { class: "picture-files" }, saveSvg, saveCsv),
    ),
    figure,
    numbers,
  );
}

/**
 * Tells the width of an element when it has one and whenever it changes.
 * @param {HTMLElement} node
 * @param {(width: number) => void} tell
 */
function pictureWhenSized(node, tell) {
  let waiting = 0;
  new ResizeObserver((entries) => {
    const now = Math.floor(entries[entries.length - 1].contentRect.width);
    cancelAnimationFrame(waiting);
    // In the next frame, because what is drawn changes sizes again.
    if (now > 0) waiting = requestAnimationFrame(() => tell(now));
  }).observe(node);
}

/**
 * @param {HTMLElement} drawn
 * @param {PictureSpecification} picture
 * @param {PictureDrawing} drawing
 * @param {number} width
 * @param {{titleId: string, spokenId: string, current: number, focused: boolean}} how
 */
function drawPicture(drawn, picture, drawing, width, how) {
  if (drawing.instead) {
    replaceChildren(drawn, element("p", { class: "muted" }, drawing.instead));
    return null;
  }
  const { style, ...options } = drawing.plot;
  const plotted = Plot.plot({
    width,
    className: "picture-plot",
    ...options,
    style: {
      fontSize: `${pictureFontSize}px`,
      fontFamily: "inherit",
      background: "none",
      overflow: "visible",
      ...style,
    },
  });
  replaceChildren(drawn, plotted);
  // A legend comes in a figure of its own, which would be a figure in a figure.
  if (plotted.localName === "figure") plotted.setAttribute("role", "presentation");
  // The chart is the last drawing; a ramp before it is a legend.
  const svg = /** @type {SVGSVGElement} */ (
    plotted.localName === "svg" ? plotted : [...plotted.children].filter((child) => child.localName === "svg").pop()
  );
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-roledescription", "chart");
  svg.setAttribute("aria-labelledby", how.titleId);
  svg.setAttribute("aria-describedby", how.spokenId);
  // What Plot calls its marks ("dot", "y-axis tick label") says nothing to people who listen.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return pictureReach(svg, drawing.reach ?? [], { current: how.current, focus: how.focused, pointed: drawing.pointed });
}
