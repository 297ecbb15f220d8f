// @ts-check
// What the review reads of the study: seed themes, the blind sample in its order, the machine's labels of one theme,
// and segments with a digest of their text, by which an answer is found again in a later run. Labels that people gave
// are never read here: two coders do not see each other.

/** @import { Study, Voices } from "../types.js" */

/**
 * @typedef {{ index: number, id: string, transcriptId: string, digest: string }} ReviewSegment
 * @typedef {{ name: string, definition: string, include: string, exclude: string, examples: string[] }} ReviewTheme
 * @typedef {ReturnType<typeof reviewMaterial>} ReviewMaterial
 */

/**
 * @param {Study} study
 * @param {Voices} voices
 */
export function reviewMaterial(study, voices) {
  const themes = study.table("themes");
  const seeds = themes.filter((theme) => theme.kind === "seed").map(reviewTheme);
  const sample = voices.sample;
  const asked = sample?.segments ?? [];
  const rows = new Map(asked.map((index, at) => [index, at + 1]));
  /** @type {Map<string, string>} */
  const digests = new Map();

  /** @returns {ReviewSegment} */
  const segment = (/** @type {number} */ index) => {
    const id = voices.id(index);
    const digest = digests.get(id) ?? reviewTextDigest(voices.text(index));
    digests.set(id, digest);
    return { index, id, transcriptId: voices.transcript(index).id, digest };
  };

  return {
    study,
    voices,
    seeds,
    seedNames: seeds.map((seed) => seed.name),
    /** Whose quotes can be stepped through: every theme that the machine gave to a segment of this page. */
    themeNames: reviewLabelledThemes(study, voices),
    sample,
    asked,
    /** Place in the sample's order from 1; null for a segment that is not in it. */
    row: (/** @type {number} */ index) => rows.get(index) ?? null,
    segment,
    /**
     * The segment with these words: where it was, or the only one of its transcript with them.
     * @returns {ReviewSegment | null}
     */
    sameWords: (/** @type {string} */ id, /** @type {string} */ transcriptId, /** @type {string} */ digest) => {
      const index = voices.segmentIndex(id);
      if (index >= 0 && voices.transcript(index).id === transcriptId && segment(index).digest === digest) {
        return segment(index);
      }
      const transcript = voices.transcriptIndex(transcriptId);
      const [from, to] = transcript < 0 ? [0, 0] : voices.segmentsOf(transcript);
      const same = [];
      for (let other = from; other < to; other += 1) {
        if (segment(other).digest === digest) same.push(other);
      }
      return same.length === 1 ? segment(same[0]) : null;
    },
    /** Places of the segments to which the machine gave a theme, surest first. */
    labelled: (/** @type {string} */ theme) => {
      const sure = new Map();
      for (const index of voices.find({ theme })) {
        const label = reviewMachineLabels(voices, index).find(({ name }) => name === theme);
        if (label) sure.set(index, label.confidence);
      }
      return [...sure.keys()].sort((one, other) => sure.get(other) - sure.get(one) || one - other);
    },
    machineLabels: (/** @type {number} */ index) => reviewMachineLabels(voices, index),
  };
}

/**
 * A theme as the codebook words it.
 * @returns {ReviewTheme}
 */
function reviewTheme(/** @type {any} */ row) {
  const { theme, definition, include, exclude, examples } = row;
  return {
    name: theme,
    definition: definition ?? "",
    include: include ?? "",
    exclude: exclude ?? "",
    examples: examples ?? [],
  };
}

function reviewMachineLabels(/** @type {Voices} */ voices, /** @type {number} */ index) {
  return voices.labels(index).filter((label) => label.by === 0);
}

/** Themes that the machine gave to any segment here, seed themes first as the table has them. */
function reviewLabelledThemes(/** @type {Study} */ study, /** @type {Voices} */ voices) {
  const labelled = new Set();
  for (const labels of voices.segments.labels) {
    for (const [theme, , by] of labels ?? []) {
      if (by === 0) labelled.add(theme);
    }
  }
  return study.themeNames.filter((_, index) => labelled.has(index));
}

/**
 * A digest of a text, 53 bits as 14 hexadecimal digits (cyrb53 over UTF-16 units). It tells texts apart; it keeps no
 * secret.
 */
export function reviewTextDigest(/** @type {string} */ text) {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
}
