// @ts-check
// Groups: how common each theme is in each, which differences stand, what changes over time, and what people's codes
// make of it all.

import { element } from "./dom.js";
import { pictureOr } from "./guard.js";
import { contrastsPicture } from "./pictures/contrasts.js";
import { correctedPicture } from "./pictures/corrected.js";
import { prevalencePicture } from "./pictures/prevalence.js";
import { trendsPicture } from "./pictures/trends.js";

/** @import { Study } from "./types.js" */

/** @param {Study} study */
export function groupsView(study) {
  const pictures = [
    pictureOr(() => prevalencePicture(study)),
    pictureOr(() => contrastsPicture(study)),
    pictureOr(() => correctedPicture(study)),
    pictureOr(() => trendsPicture(study)),
  ];
  return element(
    "div",
    { class: "view" },
    element("h1", null, "Groups"),
    study.attributes.length
      ? element(
          "p",
          null,
          "How common each theme is in each group, and which differences are more than chance. Interviews, not " +
            "segments, are the unit of intervals and p values.",
        )
      : element("p", null, "This study compares no groups."),
    pictures,
  );
}
