// @ts-check
// What pictures let people choose: themes, an attribute, a measure. And what they start with.

import { button, element, newId, peoplesWords } from "../dom.js";
import { formatCounted } from "../format.js";

/** @import { PictureControl } from "../picture.js" */
/** @import { Study } from "../types.js" */

/**
 * The measures of a theme's prevalence; [column, words for a control, words for an axis]. Shares of interviews are in
 * the tables alone: one wrong label makes an interview count, so that they are too high wherever nobody corrected them.
 */
export function pictureMeasures() {
  return /** @type {Array<[string, string, string]>} */ ([
    ["share_likely", "segments with a likely label", "Share of segments, likely labels"],
    ["share_segments", "segments with any label", "Share of segments, all labels"],
    ["mean_share", "segments with any label, each interview counted once", "Mean share of an interview's segments"],
  ]);
}

/**
 * The control that chooses between likely labels and all of them.
 * @returns {PictureControl}
 */
export function pictureShareOf() {
  return {
    kind: "choice",
    name: "measure",
    label: "Share of",
    options: pictureMeasures()
      .slice(0, 2)
      .map(([name, words]) => [name, words]),
    value: "share_likely",
  };
}

/**
 * Names of themes in the order of pictures: seed themes as in the codebook, then emergent ones, the commonest first.
 * @param {Study} study
 */
export function pictureThemes(study) {
  const themes = study.table("themes");
  const seeds = themes.filter((theme) => theme.kind === "seed");
  const emergent = themes
    .filter((theme) => theme.kind !== "seed")
    .sort((a, b) => b.segments - a.segments || a.index - b.index);
  return [...seeds, ...emergent].map((theme) => /** @type {string} */ (theme.theme));
}

/**
 * What a picture starts with: the seed themes that somebody talks about, then the commonest emergent ones, up to
 * `max`.
 * @param {Study} study
 * @param {number} max
 */
export function pictureFirstThemes(study, max) {
  const heard = new Set(
    study
      .table("themes")
      .filter((theme) => theme.segments > 0)
      .map((theme) => theme.theme),
  );
  const themes = pictureThemes(study);
  return [...themes.filter((theme) => heard.has(theme)), ...themes.filter((theme) => !heard.has(theme))]
    .slice(0, max)
    .sort((a, b) => themes.indexOf(a) - themes.indexOf(b));
}

/**
 * A control for the attribute compared by.
 * @param {Study} study
 * @param {Set<string | null>} [there] those that have numbers
 */
export function pictureAttributeControl(study, there) {
  const names = study.attributes.map((attribute) => attribute.name).filter((name) => !there || there.has(name));
  return /** @type {any} */ ({
    kind: "choice",
    name: "attribute",
    label: "Groups by",
    options: names.map((name) => [name, name]),
    value: names[0] ?? "",
  });
}

/**
 * A list of themes to tick, folded away until it is wanted.
 * @param {{label: string, all: string[], value: string[], max?: number}} control
 * @param {(chosen: string[]) => void} change
 */
export function pictureThemesControl(control, change) {
  const chosen = new Set(control.value);
  const max = control.max ?? Infinity;
  const told = element("span", null);
  /** @type {Array<[string, HTMLInputElement]>} */
  const boxes = control.all.map((theme) => [
    theme,
    /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: newId("theme") })),
  ]);
  const show = () => {
    told.textContent = `${chosen.size} of ${formatCounted(control.all.length, "theme")}`;
    for (const [theme, box] of boxes) {
      box.checked = chosen.has(theme);
      box.disabled = !box.checked && chosen.size >= max;
    }
  };
  const set = (/** @type {string[]} */ themes) => {
    chosen.clear();
    for (const theme of themes.slice(0, max)) chosen.add(theme);
    show();
    change(control.all.filter((theme) => chosen.has(theme)));
  };
  for (const [theme, box] of boxes) {
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(theme);
      else chosen.delete(theme);
      show();
      change(control.all.filter((name) => chosen.has(name)));
    });
  }
  show();
  return element(
    "details",
    { class: "picture-themes" },
    element("summary", null, element("span", { class: "choice-label" }, control.label), " ", told),
    element(
      "div",
      { class: "picture-themes-list", role: "group", "aria-label": control.label },
      element(
        "p",
        { class: "small" },
        max === Infinity ? button("All", () => set(control.all), { class: "plain" }) : `At most ${max}. `,
        button("None", () => set([]), { class: "plain" }),
        button("As at first", () => set(control.value), { class: "plain" }),
      ),
      boxes.map(([theme, box]) => element("label", { for: box.id }, box, " ", peoplesWords(theme))),
    ),
  );
}
