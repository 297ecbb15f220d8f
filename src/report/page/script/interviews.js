// @ts-check
// The interviews: which themes each holds, each as a line from start to end, when new themes stop coming, and a list to
// read them from. Reading one: reader.js.

import { announce, button, element, peoplesWords, replaceChildren } from "./dom.js";
import { formatCount, formatCounted, formatDuration, formatLanguage } from "./format.js";
import { foldText, searchTerms } from "./find.js";
import { pictureOr } from "./guard.js";
import { linesPicture } from "./pictures/lines.js";
import { matrixPicture } from "./pictures/matrix.js";
import { saturationPicture } from "./pictures/saturation.js";
import { readerView } from "./reader.js";
import { routeTo } from "./route.js";

/** @import { Study, Transcript, Voices } from "./types.js" */

const interviewsPage = 50;

/**
 * @param {Study} study
 * @param {Voices} voices
 * @param {string | null} name an interview, or a segment of one
 */
export function interviewsView(study, voices, name) {
  if (name !== null) return readerView(study, voices, name);
  return element(
    "div",
    { class: "view" },
    element("h1", null, "Interviews"),
    element(
      "p",
      null,
      "Which themes come up in which interview, when, and how soon nothing new comes. ",
      element(
        "a",
        {
          href: "#interviews",
          onclick: (/** @type {Event} */ event) => {
            event.preventDefault();
            document.getElementById("interview-list")?.scrollIntoView();
            document.getElementById("interview-list")?.focus();
          },
        },
        "Go to the list",
      ),
      " to read one.",
    ),
    pictureOr(() => matrixPicture(study, voices)),
    pictureOr(() => linesPicture(study, voices)),
    pictureOr(() => saturationPicture(study, voices)),
    pictureOr(() => interviewList(voices), "The list of interviews"),
  );
}

/** @param {Voices} voices */
function interviewList(voices) {
  const { transcripts, attributes } = voices;
  const timed = transcripts.some((transcript) => transcript.duration_ms);
  const spoken = voices.languages.length > 1;
  const body = element("tbody", null);
  const more = element("p", null);
  const told = element("p", { class: "muted small" });
  /** @type {Transcript[]} */
  let found = transcripts;
  let shown = 0;
  const add = () => {
    body.append(
      ...found.slice(shown, shown + interviewsPage).map((transcript) =>
        element(
          "tr",
          null,
          element(
            "th",
            { scope: "row" },
            element("a", { href: routeTo("interviews", transcript.id) }, peoplesWords(transcript.id)),
            transcript.whole ? null : element("span", { class: "muted small" }, " in part"),
          ),
          attributes.map((_, at) =>
            element(
              "td",
              null,
              transcript.values[at] === null
                ? element("span", { class: "muted" }, "–")
                : peoplesWords(transcript.values[at]),
            ),
          ),
          spoken
            ? element(
                "td",
                null,
                transcript.language === null ? "–" : formatLanguage(voices.languages[transcript.language]),
              )
            : null,
          element("td", { class: "number" }, formatCount(transcript.turns)),
          element("td", { class: "number" }, formatCount(transcript.segments)),
          element("td", { class: "number" }, formatCount(transcript.words)),
          timed ? element("td", { class: "number" }, formatDuration(transcript.duration_ms) || "–") : null,
        ),
      ),
    );
    shown = Math.min(found.length, shown + interviewsPage);
    const first = shown;
    replaceChildren(
      more,
      shown < found.length
        ? button(`Show ${Math.min(interviewsPage, found.length - shown)} more of ${formatCount(found.length)}`, () => {
            add();
            /** @type {HTMLElement | null | undefined} */ (body.children[first]?.querySelector("a"))?.focus();
          })
        : null,
    );
  };
  const field = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", dir: "auto", autocomplete: "off", "data-search": true })
  );
  const draw = () => {
    const terms = searchTerms(field.value);
    found = terms.length
      ? transcripts.filter((transcript) => {
          const text = foldText(
            [transcript.id, transcript.source, ...transcript.values, ...transcript.speakers].filter(Boolean).join(" "),
          );
          return terms.every((term) => text.includes(term));
        })
      : transcripts;
    shown = 0;
    body.replaceChildren();
    add();
    const here =
      voices.complete || transcripts.length === voices.of.transcripts
        ? ""
        : ` ${formatCount(transcripts.length)} of ${formatCounted(voices.of.transcripts, "interview")} are in this ` +
          "page, drawn evenly over the groups or because a quote comes from them.";
    told.textContent = `${terms.length ? `${formatCounted(found.length, "interview")} found.` : ""}${here}`.trim();
    if (terms.length) announce(told.textContent);
  };
  field.addEventListener("input", draw);
  draw();
  return element(
    "section",
    { "aria-labelledby": "interview-list" },
    element("h2", { id: "interview-list", tabindex: "-1" }, "All interviews"),
    transcripts.length ? null : element("p", null, "No interview is in this page."),
    transcripts.length > 12
      ? element(
          "div",
          { class: "row", role: "search" },
          element(
            "label",
            { class: "choice" },
            element("span", { class: "choice-label" }, "Search names, speakers and groups"),
            field,
          ),
        )
      : null,
    told,
    transcripts.length
      ? element(
          "div",
          { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table of interviews" },
          element(
            "table",
            null,
            element("caption", { class: "unseen" }, "Interviews with their attributes and sizes"),
            element(
              "thead",
              null,
              element(
                "tr",
                null,
                element("th", { scope: "col" }, "Interview"),
                attributes.map((name) => element("th", { scope: "col", dir: "auto" }, name)),
                spoken ? element("th", { scope: "col" }, "Language") : null,
                ["Turns", "Segments", "Words", ...(timed ? ["Length"] : [])].map((name) =>
                  element("th", { scope: "col", class: "number" }, name),
                ),
              ),
            ),
            body,
          ),
        )
      : null,
    more,
  );
}
