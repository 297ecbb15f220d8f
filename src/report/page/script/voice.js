// @ts-check
// What people said: segments, the turns around them, who says them, where and when.
// A segment is known by its index in the page's list: `find` gives indices and all other functions take them.

import { formatClock } from "./format.js";
import { makeFinder } from "./find.js";

/** @import { LabelEntry, Study, Transcript, Voices, VoicesBlock } from "./types.js" */

/**
 * A turn's role in words, where its speaker's name does not say it.
 * @param {number} role
 * @param {string | null} speaker
 */
export function roleWords(role, speaker) {
  const words = ["", "interviewer", "other"][role] ?? "";
  return words === (speaker ?? "").toLowerCase() ? "" : words;
}

/** Kinds of quotes, in the order of the numbers in the data. */
export function quoteKinds() {
  return ["central", "borderline", "dissenting"];
}

/**
 * What people see of a kind of quotes. Nobody has shown that people find them dissenting.
 * @param {string} kind
 */
export function quoteKindName(kind) {
  return kind === "dissenting" ? "different" : kind;
}

/** Nothing, in the shape of columns of segments. */
function voiceNoSegments() {
  return {
    transcript: [],
    number: [],
    first: [],
    from: [],
    last: [],
    to: [],
    middle: [],
    share: [],
    words: [],
    language: null,
    labels: [],
    map: [],
  };
}

/**
 * @param {Partial<VoicesBlock>} block the block `emic-voices`
 * @param {Study} study
 * @returns {Voices}
 */
export function makeVoices(block, study) {
  const segments = { ...voiceNoSegments(), ...block.segments };
  /** @type {Transcript[]} */
  const transcripts = block.transcripts ?? [];
  const attributes = block.attributes ?? [];
  const languages = block.languages ?? [];
  const coders = block.coders ?? [];
  const quotes = block.quotes ?? { theme: [], kind: [], rank: [], segment: [] };
  const transcriptIndices = new Map(transcripts.map((transcript, index) => [transcript.id, index]));
  // Segments stand in the order of transcripts, so each transcript has a stretch of them.
  const starts = new Array(transcripts.length + 1).fill(0);
  for (const index of segments.transcript) starts[index + 1] += 1;
  for (let index = 0; index < transcripts.length; index += 1) starts[index + 1] += starts[index];

  const transcript = (/** @type {number} */ segment) => transcripts[segments.transcript[segment]];
  const id = (/** @type {number} */ segment) => `${transcript(segment).id}:${segments.number[segment]}`;
  const firstTurn = (/** @type {number} */ segment) => transcript(segment).talk[segments.first[segment]];
  const segmentsOf = (/** @type {number} */ index) =>
    /** @type {[number, number]} */ ([starts[index] ?? 0, starts[index + 1] ?? 0]);

  const text = (/** @type {number} */ segment) => {
    const { talk } = transcript(segment);
    const [first, last, from, to] = [
      segments.first[segment],
      segments.last[segment],
      segments.from[segment],
      segments.to[segment],
    ];
    if (first === last) return talk[first][5].slice(from, to);
    const middle = talk.slice(first + 1, last).map((turn) => turn[5]);
    return [talk[first][5].slice(from), ...middle, talk[last][5].slice(0, to)].join("\n");
  };

  const turn = (/** @type {Transcript} */ of, /** @type {number} */ at) => {
    const [position, speaker, role, start, index, words, cut] = of.talk[at];
    const before = at > 0 ? of.talk[at - 1][0] : -1;
    return {
      at,
      position,
      speaker: speaker === null ? null : (of.speakers[speaker] ?? null),
      role,
      start,
      index,
      text: words,
      cut,
      from: -1,
      to: -1,
      gap: position > before + 1,
    };
  };

  const turnsAround = (/** @type {number} */ segment, count = 2) => {
    const of = transcript(segment);
    const [first, last] = [segments.first[segment], segments.last[segment]];
    const turns = [];
    for (let at = Math.max(0, first - count); at <= Math.min(of.talk.length - 1, last + count); at += 1) {
      const one = turn(of, at);
      if (at >= first && at <= last) {
        one.from = at === first ? segments.from[segment] : 0;
        one.to = at === last ? segments.to[segment] : one.text.length;
      }
      turns.push(one);
    }
    return turns;
  };

  const locator = (/** @type {number} */ segment) => {
    const { talk } = transcript(segment);
    const [from, to] = [talk[segments.first[segment]], talk[segments.last[segment]]];
    const where = from[4] === to[4] ? `turn ${from[4]}` : `turns ${from[4]}–${to[4]}`;
    return [transcript(segment).id, where, formatClock(from[3])].filter(Boolean).join(", ");
  };

  const quotesOf = (/** @type {string | number} */ theme, /** @type {string | undefined} */ kind) => {
    const index = typeof theme === "number" ? theme : study.themeIndex(theme);
    const wanted = kind ? quoteKinds().indexOf(kind) : -1;
    return quotes.theme
      .map((/** @type {number} */ of, /** @type {number} */ at) =>
        of === index && (wanted < 0 || quotes.kind[at] === wanted) ? at : -1,
      )
      .filter((/** @type {number} */ at) => at >= 0)
      .sort(
        (/** @type {number} */ a, /** @type {number} */ b) =>
          quotes.kind[a] - quotes.kind[b] || quotes.rank[a] - quotes.rank[b],
      )
      .map((/** @type {number} */ at) => quotes.segment[at]);
  };

  const voices = /** @type {Voices} */ ({
    complete: true,
    sample: null,
    ...block,
    of: block.of ?? { transcripts: transcripts.length, segments: segments.number.length },
    attributes,
    languages,
    coders,
    transcripts,
    segments,
    quotes,
    count: segments.number.length,
    id,
    text,
    transcript,
    turn,
    turnsAround,
    locator,
    segmentsOf,
    segmentIndex: (wanted) => {
      const colon = wanted.lastIndexOf(":");
      const of = transcriptIndices.get(wanted.slice(0, colon));
      if (of === undefined) return -1;
      const number = Number(wanted.slice(colon + 1));
      for (let segment = starts[of]; segment < starts[of + 1]; segment += 1)
        if (segments.number[segment] === number) return segment;
      return -1;
    },
    transcriptIndex: (wanted) => transcriptIndices.get(wanted) ?? -1,
    speaker: (segment) => {
      const speaker = firstTurn(segment)[1];
      return speaker === null ? null : (transcript(segment).speakers[speaker] ?? null);
    },
    start: (segment) => firstTurn(segment)[3],
    language: (segment) => languages[segments.language?.[segment] ?? -1] ?? null,
    value: (segment, attribute) => transcript(segment).values[attributes.indexOf(attribute)] ?? null,
    labels: (segment) =>
      (segments.labels[segment] ?? []).map((/** @type {LabelEntry} */ [theme, confidence, by]) => ({
        theme,
        name: study.themeNames[theme] ?? "",
        confidence,
        by,
        who: by === 0 ? "machine" : (coders[by - 1] ?? "coder"),
      })),
    quotesOf,
    find: () => [],
  });
  voices.find = makeFinder(voices, study);
  return voices;
}
