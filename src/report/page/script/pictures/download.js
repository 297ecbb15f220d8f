// @ts-check
// A picture as a file of its own: SVG that Word, Inkscape and LaTeX open. Colours and type are written into every
// element, legends become part of the drawing, and what is for the screen only (tips, buttons) is left out.
// The colours are the light ones on white, whatever the page shows, because papers are white.

import { pictureHex } from "./colours.js";

/** Pixels around a saved picture. */
const downloadRoom = 8;
const downloadSvgNames = "http://www.w3.org/2000/svg";

/**
 * Properties written as attributes where they differ from what the element would have anyway, with their first values.
 */
const downloadInherited = {
  fill: "#000000",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "font-size": "16px",
  "font-weight": "400",
  "font-style": "normal",
  "text-anchor": "start",
  "paint-order": "normal",
};
const downloadOwn = { opacity: "1" };

/**
 * @param {Element} shown
 * @param {Element} copy
 * @param {Record<string, string>} before what the parent has
 */
function downloadStyled(shown, copy, before) {
  const style = getComputedStyle(shown);
  const now = { ...before };
  for (const name of Object.keys(downloadInherited)) {
    let value = style.getPropertyValue(name) || downloadInherited[/** @type {keyof typeof downloadInherited} */ (name)];
    if ((name === "fill" || name === "stroke") && value !== "none" && !value.startsWith("url")) {
      const { hex, opacity } = pictureHex(value);
      value = opacity === 0 ? "none" : hex;
    }
    copy.removeAttribute(name);
    if (value !== before[name]) copy.setAttribute(name, value.replace(/^([\d.]+)px$/, "$1"));
    now[name] = value;
  }
  for (const [name, usual] of Object.entries(downloadOwn)) {
    const value = style.getPropertyValue(name);
    copy.removeAttribute(name);
    if (value && value !== usual) copy.setAttribute(name, value);
  }
  for (const name of [
    "style",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "aria-description",
    "aria-hidden",
    "aria-roledescription",
    "aria-describedby",
  ])
    copy.removeAttribute(name);
  if (copy.localName === "rect")
    for (const side of ["width", "height"])
      if (copy.getAttribute(side)?.endsWith("%"))
        copy.setAttribute(side, String(/** @type {any} */ (shown).getBBox()[side]));
  const copies = [...copy.children];
  [...shown.children].forEach((child, at) => {
    if (downloadSkipped(child)) copies[at].remove();
    else downloadStyled(child, copies[at], now);
  });
}

/**
 * What is for the screen only.
 * @param {Element} node
 */
function downloadSkipped(node) {
  return (
    node.localName === "style" ||
    node.classList.contains("picture-hit") ||
    node.classList.contains("picture-tip") ||
    node.getAttribute("visibility") === "hidden"
  );
}

/**
 * @param {string} name
 * @param {Record<string, any>} attributes
 * @param {string} [text]
 */
function downloadNode(name, attributes, text) {
  const node = document.createElementNS(downloadSvgNames, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * The text of an SVG file of all that is drawn in `drawn`, its legends included.
 * @param {HTMLElement} drawn
 * @param {string} title
 * @param {string} description
 */
export function pictureSvgText(drawn, title, description) {
  const root = document.documentElement;
  const theme = root.getAttribute("data-theme");
  // Nothing is painted in between: this is put back before the browser draws again.
  root.setAttribute("data-theme", "light");
  root.classList.add("picture-paper");
  try {
    const frame = drawn.getBoundingClientRect();
    // As wide as what is drawn, with a little room around it.
    const right = Math.max(
      ...[...drawn.querySelectorAll("svg, span, div")].map((part) =>
        part.children.length && part.localName !== "svg" ? 0 : part.getBoundingClientRect().right,
      ),
    );
    const width = Math.ceil(Math.min(frame.width, Math.max(right - frame.x, 40)) + 2 * downloadRoom);
    const height = Math.ceil(frame.height + 2 * downloadRoom);
    const made = downloadNode("svg", {
      xmlns: downloadSvgNames,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Helvetica, Arial, sans-serif",
    });
    made.append(
      downloadNode("title", {}, title),
      downloadNode("desc", {}, description),
      downloadNode("rect", { width, height, fill: "#ffffff" }),
    );
    for (const shown of drawn.querySelectorAll("svg")) {
      const box = shown.getBoundingClientRect();
      if (!box.width) continue;
      const view = (shown.getAttribute("viewBox") ?? `0 0 ${box.width} ${box.height}`).split(/[ ,]+/).map(Number);
      const scale = Math.min(box.width / view[2], box.height / view[3]);
      const x = downloadRounded(box.x - frame.x + downloadRoom);
      const y = downloadRounded(box.y - frame.y + downloadRoom);
      const part = downloadNode("g", {
        transform: `translate(${x},${y}) ` + `scale(${downloadRounded(scale)}) translate(${-view[0]},${-view[1]})`,
      });
      const copy = /** @type {Element} */ (shown.cloneNode(true));
      downloadStyled(shown, copy, { ...downloadInherited });
      // The outer element itself goes; what it hands down to its children stays.
      for (const name of Object.keys(downloadInherited))
        if (copy.hasAttribute(name)) part.setAttribute(name, /** @type {string} */ (copy.getAttribute(name)));
      part.append(...copy.childNodes);
      made.append(part);
    }
    const words = document.createTreeWalker(drawn, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const parent = words.currentNode.parentElement;
      if (!parent || parent.closest("svg, style") || !words.currentNode.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const box = range.getBoundingClientRect();
      const style = getComputedStyle(parent);
      made.append(
        downloadNode(
          "text",
          {
            x: downloadRounded(box.x - frame.x + downloadRoom),
            y: downloadRounded(box.y - frame.y + downloadRoom + box.height * 0.78),
            "font-size": parseFloat(style.fontSize),
            "font-weight": style.fontWeight,
            fill: pictureHex(style.color).hex,
          },
          words.currentNode.textContent,
        ),
      );
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`;
  } finally {
    root.classList.remove("picture-paper");
    if (theme === null) root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
  }
}

/** @param {number} value */
function downloadRounded(value) {
  return Math.round(value * 1000) / 1000;
}
