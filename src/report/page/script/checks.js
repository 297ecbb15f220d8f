// @ts-check
// Checks: how far the labels can be trusted, what became of each theme of the codebook, what was skipped or doubtful,
// and every number that decided the result. Tables: check_tables.js.

import { button, element, peoplesWords } from "./dom.js";
import { agreementPicture } from "./pictures/agreement.js";
import { calibrationPicture } from "./pictures/calibration.js";
import { learnedPicture } from "./pictures/learned.js";
import { disagreementsPart, parametersPart, problemsPart } from "./check_tables.js";
import { seedSentence } from "./warnings.js";
import { copyText } from "./files.js";
import { formatCount, formatCounted, formatLanguage, formatList } from "./format.js";
import { pictureOr } from "./guard.js";
import { unitWords } from "./overview.js";
import { peopleCoded } from "./theme_figures.js";

/** @import { Study, Voices } from "./types.js" */

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function checksView(study, voices) {
  const coded = peopleCoded(study);
  return element(
    "div",
    { class: "view" },
    element("h1", null, "Checks"),
    element(
      "p",
      null,
      "What a reviewer of your paper would ask: who gave the labels and how right they are, what the codebook " +
        "came to, what was skipped, and what was set to which value.",
    ),
    element("h2", null, "People and the program"),
    coded
      ? null
      : element(
          "div",
          { class: "note doubt" },
          element(
            "p",
            null,
            "Nobody has coded a sample yet, so nothing here says how right the labels are. Two ways to do it:",
          ),
          element(
            "ol",
            null,
            element(
              "li",
              null,
              element("a", { href: "#review" }, "Review in this page"),
              ": a blind sample, some hundred segments, by keyboard. Save your answers as a file and give it to ",
              element("code", null, "emic review import"),
              ".",
            ),
            element(
              "li",
              null,
              element("code", null, "emic review sample"),
              " writes the sample as a spreadsheet for coders who would rather work there.",
            ),
          ),
          element(
            "p",
            null,
            "The next run then shows agreement, how sure the program may be, and shares corrected for its errors.",
          ),
        ),
    coded
      ? [
          pictureOr(() => agreementPicture(study)),
          pictureOr(() => calibrationPicture(study)),
          pictureOr(() => learnedPicture(study)),
          disagreementsPart(study, voices),
        ]
      : null,
    seedsPart(study),
    problemsPart(study),
    didPart(study),
    parametersPart(study),
  );
}

/**
 * What became of each seed theme.
 * @param {Study} study
 */
function seedsPart(study) {
  const seeds = study.table("seeds");
  const marks = /** @type {Record<string, string>} */ ({
    supported: "good",
    thin: "doubt",
    split: "doubt",
    overlap: "doubt",
    silent: "bad",
  });
  return element(
    "section",
    null,
    element("h2", null, "What became of the codebook"),
    seeds.length
      ? element(
          "ul",
          { class: "findings" },
          seeds.map((row) =>
            element(
              "li",
              null,
              element("div", { class: `tag ${marks[row.finding] ?? ""}` }, row.finding),
              element("p", null, seedSentence(row)),
            ),
          ),
        )
      : element("p", null, "The study has no codebook, so there is nothing to hold against the interviews."),
  );
}

/**
 * What the program did, and a sentence to cite it by.
 * @param {Study} study
 */
function didPart(study) {
  const { counts } = study;
  const languages = study.languages.filter((one) => one.tag).map((one) => formatLanguage(one.tag));
  const citation = (
    `${formatCounted(counts.transcripts, "interview")} (${formatCounted(counts.words, "word")}) were cut ` +
    `into ${formatCounted(counts.segments, "segment")} and labelled by ${study.program} with the sentence ` +
    `encoder ${study.model} (seed ${study.seed}, run ${study.run}). Intervals are of 95 % with the interview as ` +
    "the unit."
  ).replaceAll("\u00a0", " ");
  const copier = button("Copy", async () => {
    copier.textContent = (await copyText(citation)) ? "Copied" : "Could not copy";
    setTimeout(() => {
      copier.textContent = "Copy";
    }, 2000);
  });
  return element(
    "section",
    null,
    element("h2", null, "What the program did"),
    element(
      "ol",
      null,
      element(
        "li",
        null,
        `It read ${formatCounted(counts.transcripts, "interview")} ` +
          `with ${formatCounted(counts.turns, "turn")}` +
          (languages.length && languages.length <= 6 ? ` in ${formatList(languages)}.` : "."),
      ),
      element(
        "li",
        null,
        `It cut them into ${formatCounted(counts.segments, "segment")} (${unitWords(study.unit)}). Interviewers' ` +
          "turns are context and get no label.",
      ),
      element(
        "li",
        null,
        "The sentence encoder ",
        element("span", { class: "code" }, study.model),
        " turned every segment into a vector, so that segments that mean something alike lie close together. " +
          "Nothing left the machine.",
      ),
      element(
        "li",
        null,
        `Each segment was held against the definitions of ${formatCounted(counts.seed_themes, "theme")} of the ` +
          "codebook. It may carry none, one or several.",
      ),
      element(
        "li",
        null,
        "What the codebook does not explain was sorted " +
          `into ${formatCounted(counts.emergent_themes, "emergent theme")}. ${formatCount(counts.labelled)} ` +
          `of ${formatCounted(counts.segments, "segment")} carry a theme of one kind or the other.`,
      ),
      element(
        "li",
        null,
        "Groups were compared with interviews as the unit, and p values were adjusted for their number.",
      ),
    ),
    element("h3", null, "For a methods section"),
    element("p", { class: "note" }, peoplesWords(citation)),
    element("p", { class: "row" }, copier),
    element(
      "p",
      { class: "muted small" },
      "The same run on the same files gives the same numbers, byte for byte. ",
      element("code", null, "run.json"),
      " beside this file lists versions, settings and the digest of every input.",
    ),
  );
}
