// @ts-check
// What belongs together: a map of the segments, themes in the same segments, and the order of emergent themes.

import { element } from "./dom.js";
import { pictureOr } from "./guard.js";
import { cooccurrencePicture } from "./pictures/cooccurrence.js";
import { hierarchyPicture } from "./pictures/hierarchy.js";
import { mapPicture } from "./pictures/map.js";

/** @import { Study, Voices } from "./types.js" */

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function togetherView(study, voices) {
  return element(
    "div",
    { class: "view" },
    element("h1", null, "Together"),
    element(
      "p",
      null,
      "Which segments sound alike, which themes come in the same segments, and which themes of the codebook lie " +
        "within others.",
    ),
    pictureOr(() => mapPicture(study, voices)),
    pictureOr(() => cooccurrencePicture(study)),
    pictureOr(() => hierarchyPicture(study)),
  );
}
