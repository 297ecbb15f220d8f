// @ts-check
// A part of the page that fails says so in a sentence and leaves the rest standing.

import { element } from "./dom.js";

/**
 * What `make` makes, or a sentence in its place.
 * @param {() => Node} make
 * @param {string} [what]
 */
export function pictureOr(make, what = "This picture") {
  try {
    return make();
  } catch (error) {
    console.warn(error);
    return element(
      "p",
      { class: "note bad" },
      `${what} could not be drawn. The numbers are in the tables folder beside this file.`,
    );
  }
}

/**
 * Whether the end of the file is still being read. What people said stands there, so that the first screen need not
 * wait.
 */
export function isLoading() {
  return document.readyState === "loading";
}

/**
 * Does `work` as soon as what people said is there.
 * @param {() => void} work
 */
export function whenLoaded(work) {
  if (isLoading()) document.addEventListener("DOMContentLoaded", work, { once: true });
  else work();
}

/**
 * Does `work` when all is loaded and the browser has nothing else to do, at the latest a second later.
 * @param {() => void} work
 */
export function whenIdle(work) {
  whenLoaded(() => {
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1000 });
    else setTimeout(work, 50);
  });
}
