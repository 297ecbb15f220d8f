// @ts-check
// Makes marks reachable: every bar, cell and point is a button that opens the quotes behind it, by click and by
// keyboard. A picture is one stop of the Tab key; arrow keys go from mark to mark, Home and End to the first and the
// last, Enter opens. Only the mark that has the focus carries the attributes of a button where there are thousands of
// them.

import { openVoices } from "../voices.js";

/** @import { Filter } from "../types.js" */

/**
 * Marks of one kind.
 * @typedef {{
 *   className: string, data: any[], label: (row: any) => string,
 *   open: (row: any) => {filter: Filter, title: string} | null, opens?: (row: any) => boolean,
 * }} Reach
 * `className`: that of Plot's mark. `label`: what is said of a mark, with its numbers. `open`: what a press opens.
 * `opens`: whether it opens anything, where that is known without looking for it.
 * @typedef {{node: SVGElement, row: any, reach: Reach}} ReachMark
 */

const reachMany = 400;

/**
 * The middle of a mark on the screen.
 * @param {SVGElement} node
 */
function reachMiddle(node) {
  const box = node.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/**
 * The mark nearest in the direction of an arrow key.
 * @param {Array<{x: number, y: number}>} middles
 * @param {number} from
 * @param {string} key
 */
function reachNext(middles, from, key) {
  const here = middles[from];
  let best = -1;
  let least = Infinity;
  middles.forEach((middle, at) => {
    const [right, down] = [middle.x - here.x, middle.y - here.y];
    const [ahead, aside] = {
      ArrowRight: [right, down],
      ArrowLeft: [-right, down],
      ArrowDown: [down, right],
      ArrowUp: [-down, right],
    }[key] ?? [0, 0];
    if (at === from || ahead < 0.5) return;
    const distance = ahead + 2.5 * Math.abs(aside);
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

/**
 * @param {SVGElement} svg
 * @param {Reach[]} reaches
 * @param {{current?: number, focus?: boolean, pointed?: boolean}} [how] `current`: the mark that Tab comes to;
 *   `focus`: whether it takes the focus now; `pointed`: clicks near a mark count for it, as the tip shows it
 * @returns {{current: () => number, count: number}}
 */
export function pictureReach(svg, reaches, how = {}) {
  /** @type {ReachMark[]} */
  const marks = [];
  const indices = new Map();
  for (const reach of reaches) {
    for (const found of svg.querySelectorAll(`.${reach.className}`)) {
      for (const node of found.querySelectorAll("circle, rect, path, text, line")) {
        const row = reach.data[/** @type {any} */ (node).__data__];
        // A mark without quotes behind it, such as a cell of 0 %, has a tip and no button.
        if (row === undefined || !(reach.opens ? reach.opens(row) : reach.open(row))) continue;
        indices.set(node, marks.length);
        marks.push({ node: /** @type {SVGElement} */ (node), row, reach });
        /** @type {SVGElement} */ (node).style.cursor = "pointer";
      }
    }
  }
  if (!marks.length) return { current: () => 0, count: 0 };
  const many = marks.length > reachMany;
  /** @type {Array<{x: number, y: number}> | null} */
  let middles = null;
  let current = Math.min(how.current ?? 0, marks.length - 1);

  const dress = (/** @type {number} */ at) => {
    const { node, row, reach } = marks[at];
    node.setAttribute("role", "button");
    // What can be read in a mark stands in what is said of it, so that people can call it by what they see.
    const seen = node.localName === "text" ? `${node.textContent}, ` : "";
    node.setAttribute("aria-label", (seen + reach.label(row)).replaceAll(":, ", ": "));
    node.setAttribute("tabindex", at === current ? "0" : "-1");
  };
  const undress = (/** @type {number} */ at) => {
    if (many) for (const name of ["role", "aria-label", "tabindex"]) marks[at].node.removeAttribute(name);
    else marks[at].node.setAttribute("tabindex", "-1");
  };
  const go = (/** @type {number} */ at) => {
    const before = current;
    current = at;
    dress(at);
    marks[at].node.focus();
    if (before !== at) undress(before);
  };
  const press = (/** @type {number} */ at) => {
    const opened = marks[at].reach.open(marks[at].row);
    if (!opened) return;
    if (at !== current) go(at);
    openVoices(opened.filter, opened.title);
  };
  if (many) dress(current);
  else marks.forEach((_, at) => dress(at));

  svg.addEventListener("click", (event) => {
    let at = indices.get(/** @type {Node} */ (event.target));
    if (at === undefined && how.pointed) {
      const pointed = /** @type {any} */ (svg).value ?? /** @type {any} */ (svg.closest("figure"))?.value;
      at = pointed ? marks.findIndex((mark) => mark.row === pointed) : -1;
    }
    if (at !== undefined && at >= 0) press(at);
  });
  svg.addEventListener("keydown", (event) => {
    const at = indices.get(/** @type {Node} */ (event.target));
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    let next = -1;
    if (event.key === "Enter" || event.key === " ") press(at);
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = marks.length - 1;
    else if (event.key.startsWith("Arrow"))
      next = reachNext((middles ??= marks.map((mark) => reachMiddle(mark.node))), at, event.key);
    else return;
    event.preventDefault();
    if (next >= 0) go(next);
  });
  // A browser lets Tab stop at a drawing that listens to the focus; people want its marks.
  svg.setAttribute("tabindex", "-1");
  // Plot shows tips to the pointer only; the focus is shown to it as one.
  const point = (/** @type {string} */ type, /** @type {{ x: number, y: number }} */ position) =>
    svg.dispatchEvent(new PointerEvent(type, { clientX: position.x, clientY: position.y, pointerType: "mouse" }));
  svg.addEventListener("focusin", (event) => {
    const at = indices.get(/** @type {Node} */ (event.target));
    if (at !== undefined && marks[at].node.matches(":focus-visible")) point("pointermove", reachMiddle(marks[at].node));
  });
  svg.addEventListener("focusout", () => point("pointerleave", { x: 0, y: 0 }));
  // A press opens the quotes; it does not pin the tip.
  svg.addEventListener("pointerdown", (event) => event.stopImmediatePropagation(), { capture: true });
  // Middles are of the screen; a page that scrolled or changed since has others.
  svg.addEventListener("focusin", () => {
    middles = null;
  });
  if (how.focus) go(current);
  return { current: () => current, count: marks.length };
}
