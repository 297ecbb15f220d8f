// @ts-check
// Reads one interview: its turns in order, segments set off in the text, their labels beside them.

import { button, choice, element, peoplesWords } from "./dom.js";
import { formatClock, formatCount, formatCounted, formatDuration, formatLanguage, formatPercent } from "./format.js";
import { routeTo } from "./route.js";
import { roleWords } from "./voice.js";
import { openVoices } from "./voices.js";

/** @import { LabelEntry, Study, Transcript, Turn, Voices } from "./types.js" */

/**
 * @param {Study} study
 * @param {Voices} voices
 * @param {string} name an interview's id, or a segment's ("P01:12"), which is then shown
 */
export function readerView(study, voices, name) {
  let index = voices.transcriptIndex(name);
  const wanted = index < 0 ? voices.segmentIndex(name) : -1;
  if (wanted >= 0) index = voices.segments.transcript[wanted];
  const back = element("p", { class: "small" }, element("a", { href: "#interviews" }, "All interviews"));
  if (index < 0) {
    return element(
      "div",
      { class: "view" },
      back,
      element("h1", null, "Not in this page"),
      element(
        "p",
        null,
        "The interview “",
        peoplesWords(name),
        voices.complete
          ? "” is not in this study."
          : "” is not in this page, which holds only part of a large study. Its turns are in tables/turns.",
      ),
    );
  }
  const transcript = voices.transcripts[index];
  const talk = readerTalk(voices, index);
  const here = voices.segmentsOf(index);
  const view = element(
    "div",
    { class: "view reader" },
    element(
      "div",
      null,
      back,
      element("h1", null, peoplesWords(transcript.id)),
      readerFacts(voices, transcript),
      transcript.whole
        ? null
        : element(
            "p",
            { class: "note" },
            "Only parts of this interview are in the page; all of it is in tables/turns and tables/segments. Gaps " +
              "are marked.",
          ),
      element(
        "div",
        { class: "row" },
        readerThemes(study, voices, index, talk),
        button(`Its ${formatCounted(here[1] - here[0], "segment")} as a list`, () =>
          openVoices({ transcript: transcript.id }),
        ),
      ),
      readerNeighbours(voices, index, "Other interviews, above"),
    ),
    talk.list,
    readerNeighbours(voices, index, "Other interviews, below"),
  );
  if (wanted >= 0) {
    // When the view is in the page; before that nothing has a place to scroll to.
    requestAnimationFrame(() => {
      const span = view.querySelector(`[data-segment="${wanted}"]`);
      const turn = /** @type {HTMLElement | null} */ (span?.closest("li"));
      turn?.classList.add("here");
      turn?.setAttribute("tabindex", "-1");
      turn?.scrollIntoView({ block: "center" });
      turn?.focus({ preventScroll: true });
    });
  }
  return view;
}

/**
 * @param {Voices} voices
 * @param {Transcript} transcript
 */
function readerFacts(voices, transcript) {
  const facts = [
    ...voices.attributes.map((name, at) => [name, transcript.values[at]]),
    ["language", transcript.language === null ? null : formatLanguage(voices.languages[transcript.language])],
    ["speakers", transcript.speakers.join(", ")],
    [
      "length",
      [
        formatCounted(transcript.turns, "turn"),
        formatCounted(transcript.words, "word"),
        formatDuration(transcript.duration_ms),
      ]
        .filter(Boolean)
        .join(", "),
    ],
    ["file", transcript.source],
  ].filter(([, value]) => value !== null && value !== "");
  return element(
    "dl",
    { class: "facts" },
    facts.map(([name, value]) => [
      element("dt", { dir: "auto" }, name),
      element("dd", null, peoplesWords(value ?? "")),
    ]),
  );
}

/**
 * @param {Voices} voices
 * @param {number} index
 * @param {string} name
 */
function readerNeighbours(voices, index, name) {
  const before = voices.transcripts[index - 1];
  const after = voices.transcripts[index + 1];
  const link = (/** @type {string} */ words, /** @type {Transcript | undefined} */ to) =>
    to && element("li", null, element("a", { href: routeTo("interviews", to.id) }, words, ": ", peoplesWords(to.id)));
  return element(
    "nav",
    { "aria-label": name },
    element("ul", { class: "within" }, link("Before", before), link("Next", after)),
  );
}

/**
 * The choice of a theme to set off.
 * @param {Study} study
 * @param {Voices} voices
 * @param {number} index
 * @param {{list: HTMLElement}} talk
 */
function readerThemes(study, voices, index, talk) {
  const [from, to] = voices.segmentsOf(index);
  const themes = new Set();
  for (let segment = from; segment < to; segment += 1)
    for (const [theme] of voices.segments.labels[segment]) themes.add(theme);
  const options = [...themes]
    .sort((a, b) => a - b)
    .map((theme) => /** @type {[string, string]} */ ([String(theme), study.themeNames[theme] ?? ""]));
  return choice("Set off in the text", [["", "all segments with a theme"], ...options], "", (value) => {
    for (const span of talk.list.querySelectorAll("[data-segment]")) {
      const labels = voices.segments.labels[Number(span.getAttribute("data-segment"))];
      span.classList.toggle(
        "span",
        value === "" ? labels.length > 0 : labels.some((/** @type {LabelEntry} */ label) => label[0] === Number(value)),
      );
    }
  });
}

/**
 * The turns with segments and labels.
 * @param {Voices} voices
 * @param {number} index
 */
function readerTalk(voices, index) {
  const transcript = voices.transcripts[index];
  const [from, to] = voices.segmentsOf(index);
  /** @type {Map<number, Array<[number, number, number]>>} */
  const pieces = new Map();
  const columns = voices.segments;
  for (let segment = from; segment < to; segment += 1) {
    for (let at = columns.first[segment]; at <= columns.last[segment]; at += 1) {
      const length = transcript.talk[at][5].length;
      const piece = /** @type {[number, number, number]} */ ([
        at === columns.first[segment] ? columns.from[segment] : 0,
        at === columns.last[segment] ? columns.to[segment] : length,
        segment,
      ]);
      if (pieces.has(at)) pieces.get(at)?.push(piece);
      else pieces.set(at, [piece]);
    }
  }
  const list = element(
    "ol",
    { class: "talk" },
    transcript.talk.map((_, at) => readerTurn(voices, voices.turn(transcript, at), pieces.get(at) ?? [])),
  );
  const end = transcript.talk[transcript.talk.length - 1];
  if (!end || end[0] < transcript.turns - 1)
    list.append(element("li", { class: "muted small" }, "Turns after this one are not in the page."));
  return { list };
}

/**
 * @param {Voices} voices
 * @param {Turn} turn
 * @param {Array<[number, number, number]>} pieces
 */
function readerTurn(voices, turn, pieces) {
  const role = ["", "interviewer", "other"][turn.role] ?? "";
  const text = [];
  let done = 0;
  for (const [from, to, segment] of pieces) {
    // Windows overlap; what is in the text already is not said twice.
    const start = Math.max(from, done);
    if (start > done) text.push(turn.text.slice(done, start));
    if (to > start)
      text.push(
        element(
          "span",
          { class: voices.segments.labels[segment].length ? "span" : null, "data-segment": segment },
          turn.text.slice(start, to),
        ),
      );
    else text.push(element("span", { "data-segment": segment }));
    done = Math.max(done, to);
  }
  text.push(turn.text.slice(done));
  const language = pieces.length ? voices.language(pieces[0][2]) : null;
  const beginning = pieces
    .filter(([, , segment]) => voices.segments.first[segment] === turn.at)
    .map(([, , segment]) => segment);
  const head = [
    turn.speaker ? [peoplesWords(turn.speaker), ", "] : null,
    roleWords(turn.role, turn.speaker) ? `${roleWords(turn.role, turn.speaker)}, ` : null,
    `turn ${formatCount(turn.index)}`,
    turn.start === null ? null : `, ${formatClock(turn.start)}`,
  ];
  return element(
    "li",
    { class: role || null },
    element(
      "div",
      null,
      turn.gap ? element("span", { class: "gap" }, "Turns before this one are not in the page. ") : null,
      element("span", { class: "turn-head" }, head),
      element(
        "span",
        { class: "turn-text", dir: "auto", lang: language },
        turn.cut & 1 ? "… " : null,
        text,
        turn.cut & 2 ? " …" : null,
      ),
    ),
    readerLabels(voices, beginning),
  );
}

/**
 * Labels beside a turn.
 * @param {Voices} voices
 * @param {number[]} segments
 */
function readerLabels(voices, segments) {
  const lines = segments.flatMap((segment) =>
    voices
      .labels(segment)
      .map((label) =>
        element(
          "li",
          null,
          element("a", { href: routeTo("themes", label.name) }, peoplesWords(label.name)),
          label.by === 0 ? ` ${formatPercent(label.confidence)}\u00a0sure` : [", by ", peoplesWords(label.who)],
        ),
      ),
  );
  return lines.length
    ? element("ul", { class: "margin-labels", "aria-label": "Themes of this turn" }, lines)
    : element("div", null);
}
