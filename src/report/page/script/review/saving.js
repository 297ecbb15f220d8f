// @ts-check
// Where the answers are: in the browser, and in a file that the coder saves and hands on. Says at once when the browser
// keeps nothing, and after saving what comes next.

import { button, element, replaceChildren } from "../dom.js";
import { saveFile } from "../files.js";
import { formatCount } from "../format.js";
import { reviewFileName } from "./coder.js";
import { reviewFileChosen, reviewFileRead, reviewFileText } from "./file.js";

/** @import { ReviewLedger } from "./ledger.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/**
 * @param {ReviewMaterial} material
 * @param {ReviewLedger} ledger
 * @param {{ tell: (sentence: string) => void, loaded: () => void }} steps
 */
export function reviewSaving(material, ledger, { tell, loaded }) {
  const alarm = element("p", { class: "note bad", role: "alert", hidden: true });
  const sentence = element("p", { class: "review-unsaved" });
  const answer = element("p", { class: "review-refusal", role: "alert" });
  const next = element("div", { class: "note good review-next", hidden: true });
  const chosen = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "file",
      accept: ".json,application/json",
      class: "unseen",
      tabindex: "-1",
      "aria-hidden": "true",
    })
  );

  const save = button("Save file", () => saveNow(), { "aria-keyshortcuts": "Control+S Meta+S" });
  const show = () => {
    const open = ledger.unsaved();
    save.classList.toggle("primary", open > 0);
    sentence.textContent =
      open > 0
        ? `${formatCount(open)} ${open === 1 ? "answer is" : "answers are"} not in a saved file yet.`
        : ledger.given().length > 0
          ? "All answers are in a saved file."
          : "No answers yet.";
    const told = ledger.isKept
      ? ""
      : "The browser does not keep your answers: its storage is full or not allowed. Save a file now, and again " +
        "before you close the page.";
    // Said again only when it changes, or screen readers would hear it at every key.
    if (alarm.textContent !== told) alarm.textContent = told;
    alarm.hidden = told === "";
    next.hidden = ledger.saved === 0;
  };
  const saveNow = () => {
    ledger.readAgain();
    const name = reviewFileName(ledger.coder);
    saveFile(name, "application/json", reviewFileText(material, ledger.coder, [...ledger.answers.values()]));
    ledger.markSaved();
    answer.textContent = "";
    show();
    tell(`Saved as ${name}.`);
  };
  const load = async (/** @type {File} */ file) => {
    const { text, refusal } = await reviewFileChosen(file);
    const read = refusal === "" ? reviewFileRead(material, ledger.coder, text) : { answers: [], lost: 0, refusal };
    answer.textContent = read.refusal;
    if (read.refusal !== "") return;
    ledger.readAgain();
    const taken = ledger.merge(read.answers);
    ledger.keepWithFile(read.answers);
    const lost =
      read.lost === 0
        ? ""
        : ` ${formatCount(read.lost)} could not be taken: the page has no such segment any more, or the sample does ` +
          "not ask for it.";
    loaded();
    tell(
      taken === 0
        ? `The file holds nothing newer.${lost}`
        : `${formatCount(taken)} ${taken === 1 ? "answer" : "answers"} taken from the file.${lost}`,
    );
  };
  chosen.addEventListener("change", () => {
    const file = chosen.files?.[0];
    // Emptied, or the same file could not be chosen twice.
    if (file)
      load(file).finally(() => {
        chosen.value = "";
      });
  });
  replaceChildren(
    next,
    element(
      "p",
      {},
      "Next: give the file ",
      element("code", {}, reviewFileName(ledger.coder)),
      " to whoever runs the study. It is most likely in your folder of downloads. They type:",
    ),
    element("pre", { class: "code" }, `emic review import OUT ${reviewFileName(ledger.coder)}\nemic run STUDY.toml`),
    element(
      "p",
      { class: "muted" },
      "OUT is the folder of this page, STUDY.toml the study file. The next page then shows agreement and " +
        "corrected numbers.",
    ),
  );

  return {
    root: element(
      "section",
      { class: "review-saving", "aria-label": "Your answers as a file" },
      alarm,
      element(
        "div",
        { class: "review-line" },
        save,
        button("Load file", () => chosen.click()),
        sentence,
        chosen,
      ),
      answer,
      next,
    ),
    save: saveNow,
    show,
  };
}
