// @ts-check
// The long tables of the checks: disagreements, problems, parameters. Each shows a page at a time.

import { button, choice, element, peoplesWords, replaceChildren, withCode } from "./dom.js";
import { formatCount, formatCounted, capitalised } from "./format.js";
import { quoteLocation } from "./quote.js";
import { routeTo } from "./route.js";
import { openVoices } from "./voices.js";

/** @import { DisagreementRow, Study, Voices } from "./types.js" */

const checkPage = 20;

/**
 * A table that grows on demand.
 * @template Row
 * @param {string} name
 * @param {string[]} head
 * @param {Row[]} rows
 * @param {(row: Row) => any[]} cells the first heads its row
 */
function growingTable(name, head, rows, cells) {
  const body = element("tbody", null);
  const more = element("p", null);
  let shown = 0;
  const add = () => {
    const first = shown;
    body.append(
      ...rows.slice(shown, shown + checkPage).map((row) =>
        element(
          "tr",
          null,
          cells(row).map((cell, at) => (at === 0 ? element("th", { scope: "row" }, cell) : element("td", null, cell))),
        ),
      ),
    );
    shown = Math.min(rows.length, shown + checkPage);
    replaceChildren(
      more,
      shown < rows.length
        ? button(`Show ${Math.min(checkPage, rows.length - shown)} more of ${formatCount(rows.length)}`, add)
        : null,
    );
    const next = /** @type {HTMLElement | undefined} */ (body.children[first]);
    if (first && next) {
      next.tabIndex = -1;
      next.focus();
    }
  };
  add();
  return [
    element(
      "div",
      { class: "table-frame", tabindex: "0", role: "region", "aria-label": name },
      element(
        "table",
        null,
        element("caption", { class: "unseen" }, name),
        element(
          "thead",
          null,
          element(
            "tr",
            null,
            head.map((cell) => element("th", { scope: "col" }, cell)),
          ),
        ),
        body,
      ),
    ),
    more,
  ];
}

/**
 * Rows of a table that the page leaves out, in a sentence.
 * @param {Study} study
 * @param {string} name
 */
function leftOutSentence(study, name) {
  const cut = study.left_out[name];
  return cut
    ? element(
        "p",
        { class: "muted small" },
        `${formatCounted(cut, "further row", "further rows")} are in tables/${name}.`,
      )
    : null;
}

/**
 * Where a segment stands, as its quote says it; a page of a large study may be without it.
 * @param {Voices} voices
 * @param {DisagreementRow} row
 */
function disagreementLocation(voices, row) {
  const segment = voices.segmentIndex(row.segment_id);
  if (segment >= 0)
    return button(quoteLocation(segment), () => openVoices({ segment: row.segment_id }), { class: "plain" });
  return [
    peoplesWords(row.transcript_id),
    element(
      "span",
      { class: "muted small" },
      `, segment ${row.segment_id.slice(row.segment_id.lastIndexOf(":") + 1)}, not in this page`,
    ),
  ];
}

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function disagreementsPart(study, voices) {
  const rows = study.table("disagreements");
  if (!rows.length) return null;
  const among = rows.filter((row) => row.among_coders).length;
  return element(
    "section",
    null,
    element("h2", null, "Where answers differ"),
    element(
      "p",
      null,
      `${formatCounted(rows.length, "decision")} to talk ` +
        `about${among ? `, ${formatCount(among)} of them among coders` : ""}.`,
    ),
    growingTable("Where answers differ", ["Segment", "Theme", "Yes", "No"], rows, (row) => [
      disagreementLocation(voices, row),
      element("a", { href: routeTo("themes", row.theme) }, peoplesWords(row.theme)),
      peoplesWords(row.yes?.replaceAll("(machine)", "the program")),
      peoplesWords(row.no?.replaceAll("(machine)", "the program")),
    ]),
    leftOutSentence(study, "disagreements"),
  );
}

/** @param {Study} study */
export function problemsPart(study) {
  const problems = study.table("problems");
  const container = element("div", null);
  const severities = ["error", "warning", "note"].filter((severity) =>
    problems.some((row) => row.severity === severity),
  );
  const marks = /** @type {Record<string, string>} */ ({ error: "bad", warning: "doubt", note: "" });
  const draw = (/** @type {string} */ severity) => {
    const rows = problems.filter((row) => !severity || row.severity === severity);
    replaceChildren(
      container,
      growingTable("Problems", ["Where", "What happened", "What to do"], rows, (row) => [
        [
          peoplesWords(row.source),
          row.line ? `, line ${formatCount(row.line)}` : null,
          element("br", null),
          element("span", { class: `tag ${marks[row.severity] ?? ""}` }, row.severity),
        ],
        withCode(capitalised(row.message ?? "")),
        withCode(capitalised(row.hint ?? "")),
      ]),
    );
  };
  if (problems.length) draw("");
  return element(
    "section",
    null,
    element("h2", null, "Skipped, guessed or doubtful"),
    problems.length
      ? [
          element(
            "p",
            null,
            "An error means that something was skipped, a warning that a person should look, a note that " +
              "something was read differently than written and nothing was lost.",
          ),
          severities.length > 1
            ? element(
                "div",
                { class: "row" },
                choice(
                  "Show",
                  [["", "all"], ...severities.map((one) => /** @type {[string, string]} */ ([one, `${one}s`]))],
                  "",
                  draw,
                ),
              )
            : null,
          container,
          leftOutSentence(study, "problems"),
        ]
      : element("p", null, "Nothing was skipped, and nothing had to be guessed."),
  );
}

/** @param {Study} study */
export function parametersPart(study) {
  const parameters = study.table("parameters");
  const stages = [...new Set(parameters.map((row) => row.stage))];
  return element(
    "section",
    null,
    element("h2", null, "What was set to which value"),
    parameters.length
      ? element("p", null, "For a paper's appendix. “Built in” is what the program does when nobody says otherwise.")
      : element("p", null, "This run wrote no table of parameters."),
    stages.map((stage) =>
      element(
        "details",
        null,
        element("summary", null, capitalised(stage)),
        growingTable(
          `Parameters of the stage ${stage}`,
          ["Parameter", "Value", "Set by", "What it decides"],
          parameters.filter((row) => row.stage === stage),
          (row) => [
            element("span", { class: "code" }, row.parameter),
            element("span", { class: "code", dir: "auto" }, row.value),
            row.origin,
            row.about,
          ],
        ),
      ),
    ),
  );
}
