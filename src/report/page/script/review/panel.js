// @ts-check
// The panel in which one segment is read and answered. In the blind sample it shows people's words and the codebook and
// nothing else; for one theme's quotes also how sure the machine was. It only shows and passes steps on; the desk
// decides what they do.

import { button, element, newId, peoplesWords, replaceChildren } from "../dom.js";
import { formatCount, formatPercent } from "../format.js";
import { reviewIsNone } from "./answers.js";
import { reviewNotes } from "./notes.js";
import { reviewTalk } from "./talk.js";
import { reviewKeyHint, reviewMeaning, reviewThemeList } from "./theme_list.js";

/** @import { ReviewAnswer } from "./answers.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/** From so many themes on they stand in two columns, so that they are seen without scrolling. */
const REVIEW_MANY_THEMES = 12;

/**
 * @typedef {object} ReviewSteps
 * @property {(theme: string, event: Event) => void} theme  switches a theme
 * @property {(event: Event) => void} none
 * @property {(decision: boolean, event: Event) => void} decide
 * @property {(words: string) => void} other
 * @property {(words: string) => void} withoutOther
 * @property {(memo: string) => void} memo
 * @property {(event: Event) => void} paper
 * @property {() => void} back
 * @property {() => void} next
 * @property {() => void} undo
 */

/**
 * @param {ReviewMaterial} material
 * @param {string | null} theme whose quotes are stepped through; null for the blind sample
 * @param {HTMLElement} progress
 * @param {ReviewSteps} steps
 */
export function reviewPanel(material, theme, progress, steps) {
  const { voices, seeds, seedNames } = material;
  const isBlind = theme === null;
  const title = element("h2", { id: newId("review-title"), class: "review-title" });
  const where = element("p", { class: "review-where" });
  const words = element("div", { class: "review-words" });
  const talk = element(
    "article",
    { class: "review-talk", tabindex: "-1", "aria-labelledby": title.id },
    title,
    where,
    words,
  );
  const sure = element("p", { class: "muted review-sure" });
  const list = reviewThemeList(seeds, steps.theme, theme);
  const notes = reviewNotes({
    suggested: isBlind ? [] : material.study.themeNames,
    added: steps.other,
    removed: steps.withoutOther,
    wrote: steps.memo,
    marked: steps.paper,
  });
  const none = button(
    [
      reviewKeyHint("0"),
      element("span", { class: "review-name" }, "None of these"),
      element("span", { class: "review-state", "aria-hidden": "true" }),
    ],
    steps.none,
    { class: "review-switch", "aria-pressed": "false", "aria-keyshortcuts": "0" },
  );
  const verdict = isBlind ? null : reviewVerdict(material, theme, steps);
  const back = button([element("span", { "aria-hidden": "true" }, "← "), "Back"], steps.back, {
    "aria-keyshortcuts": "ArrowLeft",
  });
  const next = button(["Next", element("span", { "aria-hidden": "true" }, " →")], steps.next, {
    class: "primary",
    "aria-keyshortcuts": "Enter ArrowRight",
  });
  const question = isBlind
    ? "Which themes apply?"
    : seeds.length > 1 || seedNames[0] !== theme
      ? "Other themes that apply"
      : "";

  return {
    root: element(
      "div",
      { class: seeds.length > REVIEW_MANY_THEMES ? "review-work review-many" : "review-work" },
      element(
        "div",
        { class: "review-reading" },
        progress,
        talk,
        element("div", { class: "review-moves" }, back, next, button("Undo", steps.undo, { "aria-keyshortcuts": "u" })),
      ),
      element(
        "section",
        { class: "review-coding", "aria-label": "Your answer" },
        verdict?.root,
        question === "" ? null : element("h3", {}, question),
        seeds.length === 0
          ? element(
              "p",
              { class: "muted" },
              "The codebook of this study has no themes. Name what you see in your own words.",
            )
          : list.root,
        isBlind && seeds.length > 0 ? none : null,
        notes.root,
      ),
    ),
    other: notes.other,
    memo: notes.memo,
    focus: () => {
      talk.focus({ preventScroll: true });
      const top = talk.getBoundingClientRect().top;
      if (top < 0 || top > window.innerHeight / 2) talk.scrollIntoView({ block: "start" });
    },
    /**
     * @param {{
     *   index: number, at: number, of: number, answer: ReviewAnswer, isOtherSegment: boolean,
     * }} shown
     */
    show: ({ index, at, of, answer, isOtherSegment }) => {
      if (isOtherSegment) {
        title.textContent = `Segment ${formatCount(at + 1)} of ${formatCount(of)}`;
        replaceChildren(where, peoplesWords(voices.locator(index)));
        replaceChildren(words, reviewTalk(voices, index));
        replaceChildren(
          sure,
          isBlind
            ? ""
            : [
                "How sure the machine is: ",
                material
                  .machineLabels(index)
                  .map(({ name, confidence }, each) => [
                    each === 0 ? "" : " · ",
                    peoplesWords(name),
                    ` ${formatPercent(confidence)}`,
                  ]),
              ],
        );
      }
      list.show(answer.themes, !isBlind);
      const saysNone = reviewIsNone(answer, seedNames);
      none.setAttribute("aria-pressed", String(saysNone));
      const state = none.querySelector(".review-state");
      if (state) state.textContent = saysNone ? "✓" : "";
      verdict?.show(answer.themes.get(/** @type {string} */ (theme)), sure);
      notes.show(answer, isOtherSegment);
      back.disabled = at === 0;
    },
  };
}

/**
 * Whether the machine was right: accept or reject.
 * @param {ReviewMaterial} material
 * @param {string} theme
 * @param {ReviewSteps} steps
 */
function reviewVerdict(material, theme, steps) {
  const choice = (/** @type {string} */ key, /** @type {string} */ label, /** @type {boolean} */ decision) =>
    button([reviewKeyHint(key), ` ${label}`], (event) => steps.decide(decision, event), {
      "aria-pressed": "false",
      "aria-keyshortcuts": key,
    });
  const accept = choice("a", "Accept", true);
  const reject = choice("r", "Reject", false);
  const told = element("div", { class: "review-told-by-machine" });
  const { definition, include, exclude, examples } = material.study.theme(theme) ?? {
    definition: "",
    include: "",
    exclude: "",
    examples: [],
  };
  const meaning = reviewMeaning({
    name: theme,
    definition: definition ?? "",
    include: include ?? "",
    exclude: exclude ?? "",
    examples: examples ?? [],
  });
  return {
    root: element(
      "div",
      { class: "review-verdict" },
      element("h3", {}, "Is this about ", peoplesWords(theme), "?"),
      told,
      element("div", { class: "review-line" }, accept, reject, meaning[0]),
      meaning[1],
    ),
    show: (/** @type {boolean | undefined} */ decision, /** @type {HTMLElement} */ sure) => {
      if (sure.parentElement !== told) told.append(sure);
      accept.setAttribute("aria-pressed", String(decision === true));
      reject.setAttribute("aria-pressed", String(decision === false));
    },
  };
}
