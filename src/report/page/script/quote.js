// @ts-check
// One quote: the words, who says them, where and when, which themes were given by whom, and the turns around them.

import { announce, appendChildren, button, element, peoplesWords, replaceChildren } from "./dom.js";
import { copyText } from "./files.js";
import { findTerms } from "./find.js";
import { formatClock, formatLanguage, formatPercent } from "./format.js";
import { readStudy, readVoices } from "./data.js";
import { routeTo } from "./route.js";
import { labelTier } from "./theme_figures.js";
import { roleWords } from "./voice.js";

/** @import { Turn } from "./types.js" */

/** Quotes longer than this are cut to some lines until the reader opens them. */
const quoteLongFrom = 1200;

/**
 * Text with what was searched for marked.
 * @param {string} text
 * @param {string[]} terms
 */
export function markedText(text, terms) {
  const parts = [];
  let done = 0;
  for (const [from, to] of findTerms(text, terms)) {
    parts.push(text.slice(done, from), element("mark", null, text.slice(from, to)));
    done = to;
  }
  parts.push(text.slice(done));
  return parts;
}

/**
 * Who speaks; null where the source names nobody, or nothing but the interview.
 * @param {number} segment
 */
function quoteSpeaker(segment) {
  const voices = readVoices();
  const speaker = voices.speaker(segment);
  return speaker === voices.transcript(segment).id ? null : speaker;
}

/**
 * Speaker, interview, turn and time of a segment.
 * @param {number} segment
 */
export function quoteLocation(segment) {
  const speaker = quoteSpeaker(segment);
  return [
    speaker ? [peoplesWords(speaker, { class: "who" }), ", "] : null,
    peoplesWords(readVoices().locator(segment)),
  ];
}

/**
 * Speaker, place, time, groups and language of a segment in a line.
 * @param {number} segment
 */
export function quoteSource(segment) {
  const voices = readVoices();
  const groups = voices.transcript(segment).values.filter((value) => value !== null && value !== "");
  const language = voices.languages.length > 1 ? voices.language(segment) : null;
  return [
    quoteLocation(segment),
    groups.length ? [" · ", groups.map((value, at) => [at ? ", " : null, peoplesWords(value)])] : null,
    language ? ` · ${formatLanguage(language)}` : null,
  ];
}

/**
 * A short quote for an overview, without tools.
 * @param {number} segment
 * @param {number} [longest] letters, after which it is cut at a word
 */
export function briefQuote(segment, longest = 320) {
  const voices = readVoices();
  const text = voices.text(segment);
  const cut = text.length > longest ? text.slice(0, longest).replace(/\s+\S*$/u, "") : text;
  return element(
    "blockquote",
    { class: "quote-brief" },
    // The marks stand inside, so that they take the direction of the words.
    peoplesWords(`“${cut}${cut.length < text.length ? "…" : ""}”`, { tag: "p", language: voices.language(segment) }),
    element("footer", null, quoteSource(segment)),
  );
}

/**
 * The labels of a segment: theme, how sure, who says; those asked for come first.
 * @param {number} segment
 * @param {string[]} [asked] themes to set off
 */
export function quoteLabels(segment, asked = []) {
  const labels = readVoices().labels(segment);
  if (!labels.length) return element("p", { class: "quote-labels" }, "No theme given.");
  const who = [...new Set(labels.map((label) => label.by))].sort((a, b) => a - b);
  return who.map((by) => {
    const given = labels
      .filter((label) => label.by === by)
      .sort((a, b) => Number(asked.includes(b.name)) - Number(asked.includes(a.name)));
    return element(
      "p",
      { class: "quote-labels" },
      by === 0 ? "Program: " : [peoplesWords(given[0].who), ": "],
      given.map((label, at) => [
        at ? ", " : null,
        element(
          "span",
          { class: asked.includes(label.name) ? "asked" : null },
          element("a", { href: routeTo("themes", label.name) }, peoplesWords(label.name)),
          by === 0
            ? `\u00a0(${labelTier(readStudy(), label)}, ${formatPercent(label.confidence)}\u00a0sure)`
            : label.confidence < 1
              ? `\u00a0(${formatPercent(label.confidence)} of coders)`
              : null,
        ),
      ]),
    );
  });
}

/**
 * What to copy: the words and where they stand.
 * @param {number} segment
 */
export function quoteWithLocator(segment) {
  const voices = readVoices();
  const speaker = quoteSpeaker(segment);
  return `“${voices.text(segment)}” (${speaker ? `${speaker}, ` : ""}${voices.locator(segment)})`;
}

/**
 * A turn of talk, with the part that belongs to a segment marked.
 * @param {Turn} turn
 * @param {string | null} language
 * @param {string[]} terms
 */
export function talkTurn(turn, language, terms = []) {
  const role = ["", "interviewer", "other"][turn.role] ?? "";
  const inside = turn.from >= 0;
  const head = [
    turn.speaker ? [peoplesWords(turn.speaker), ", "] : null,
    roleWords(turn.role, turn.speaker) ? `${roleWords(turn.role, turn.speaker)}, ` : null,
    `turn ${turn.index}`,
    turn.start === null ? null : `, ${formatClock(turn.start)}`,
  ];
  return element(
    "li",
    { class: [role, inside ? "here" : ""].join(" ").trim() || null },
    turn.gap ? element("span", { class: "gap" }, "Turns before this one are not in the page. ") : null,
    element("span", { class: "turn-head" }, head),
    element(
      "span",
      { class: "turn-text", dir: "auto", lang: language },
      turn.cut & 1 ? "… " : null,
      inside
        ? [
            markedText(turn.text.slice(0, turn.from), terms),
            element("span", { class: "span" }, markedText(turn.text.slice(turn.from, turn.to), terms)),
            markedText(turn.text.slice(turn.to), terms),
          ]
        : markedText(turn.text, terms),
      turn.cut & 2 ? " …" : null,
    ),
  );
}

/**
 * The turns around a segment, more on demand.
 * @param {number} segment
 * @param {string[]} terms
 */
function quoteSurroundings(segment, terms) {
  const voices = readVoices();
  const container = element("div", null);
  let count = 2;
  const draw = () => {
    const turns = voices.turnsAround(segment, count);
    const all = turns.length === voices.transcript(segment).talk.length;
    replaceChildren(
      container,
      element(
        "ol",
        { class: "talk" },
        turns.map((turn) => talkTurn(turn, voices.language(segment), terms)),
      ),
      element(
        "p",
        { class: "quote-tools" },
        all
          ? null
          : button(
              "More turns",
              () => {
                count += 4;
                draw();
              },
              { class: "plain" },
            ),
        voices.transcript(segment).whole
          ? element("a", { href: `${routeTo("interviews", voices.id(segment))}` }, "Read the whole interview here")
          : null,
      ),
    );
  };
  draw();
  return container;
}

/**
 * A quote with its tools.
 * @param {number} segment
 * @param {{terms?: string[], asked?: string[], level?: number}} [how] words to mark; themes to set off
 */
export function quoteFigure(segment, how = {}) {
  const voices = readVoices();
  const text = voices.text(segment);
  const terms = how.terms ?? [];
  const words = element("blockquote", { dir: "auto", lang: voices.language(segment) }, markedText(text, terms));
  const around = element("div", null);
  const opener = button(
    "Turns around it",
    () => {
      const open = opener.getAttribute("aria-expanded") !== "true";
      opener.setAttribute("aria-expanded", String(open));
      replaceChildren(around, open ? quoteSurroundings(segment, terms) : null);
    },
    { class: "plain", "aria-expanded": "false", "data-tool": "around" },
  );
  const copier = button(
    "Copy",
    async () => {
      const copied = await copyText(quoteWithLocator(segment));
      copier.textContent = copied ? "Copied" : "Could not copy";
      announce(copier.textContent);
      setTimeout(() => {
        copier.textContent = "Copy";
      }, 2000);
    },
    { class: "plain", "data-tool": "copy" },
  );
  const figure = element(
    "figure",
    { class: "quote" },
    words,
    element("figcaption", null, quoteSource(segment), quoteLabels(segment, how.asked)),
    element("div", { class: "quote-tools" }, opener, copier),
    around,
  );
  if (text.length > quoteLongFrom) {
    words.classList.add("long");
    const whole = button(
      "Show all of it",
      () => {
        words.classList.remove("long");
        whole.remove();
      },
      { class: "plain" },
    );
    appendChildren(/** @type {Element} */ (figure.querySelector(".quote-tools")), whole);
  }
  return figure;
}
