// @ts-check
// Finds the segments that a filter asks for, fast: an index from theme to segments, and a search in words that ignores
// case and accents ("café" finds "Cafe", "Ärzte" finds "arzte").

/** @import { Filter, LabelEntry, Study, Voices } from "./types.js" */

/**
 * Text as it is searched: without case and accents.
 * @param {string} text
 */
export function foldText(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/**
 * What to look for, from what was typed: words, and phrases in double quotes.
 * @param {string | undefined} typed
 */
export function searchTerms(typed) {
  const found = [...(typed ?? "").matchAll(/["“”„»«]([^"“”„»«]+)["“”„»«]|[^\s"“”„»«]+/gu)];
  return found
    .map((match) =>
      foldText(match[1] ?? match[0])
        .trim()
        .replace(/\s+/g, " "),
    )
    .filter(Boolean);
}

/**
 * Where the terms stand in a text, as [from, to] in its UTF-16 positions, in order and without overlaps.
 * @param {string} text
 * @param {string[]} terms as `searchTerms` gives them
 * @returns {Array<[number, number]>}
 */
export function findTerms(text, terms) {
  if (!terms.length) return [];
  // Folding changes lengths, so the position of every folded unit in the text is kept.
  let folded = "";
  /** @type {number[]} */
  const positions = [];
  let position = 0;
  for (const letter of text) {
    const plain = /\s/.test(letter) ? " " : foldText(letter);
    for (let unit = 0; unit < plain.length; unit += 1) positions.push(position);
    folded += plain;
    position += letter.length;
  }
  positions.push(text.length);
  /** @type {Array<[number, number]>} */
  const hits = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      // The end takes the accents behind the last letter along.
      let end = at + term.length;
      while (end < folded.length && positions[end] === positions[end - 1]) end += 1;
      hits.push([positions[at], positions[end]]);
    }
  }
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return hits.reduce((/** @type {Array<[number, number]>} */ kept, hit) => {
    const last = kept[kept.length - 1];
    if (last && hit[0] < last[1]) last[1] = Math.max(last[1], hit[1]);
    else kept.push([...hit]);
    return kept;
  }, []);
}

/**
 * @param {Voices} voices
 * @param {Study} study
 * @returns {(filter: Filter) => number[]}
 */
export function makeFinder(voices, study) {
  /** @type {Map<number, number[]> | null} */
  let byTheme = null;
  /** @type {Array<string | undefined>} */
  const folded = [];
  const segmentsOfTheme = (/** @type {number} */ theme) => {
    if (!byTheme) {
      byTheme = new Map();
      for (let segment = 0; segment < voices.count; segment += 1) {
        for (const [of] of voices.segments.labels[segment] ?? []) {
          const list = byTheme.get(of);
          if (list) list.push(segment);
          else byTheme.set(of, [segment]);
        }
      }
    }
    return byTheme.get(theme) ?? [];
  };
  const indexOf = (/** @type {string | number} */ theme) =>
    typeof theme === "number" ? theme : study.themeIndex(theme);
  const everything = () => Array.from({ length: voices.count }, (_, segment) => segment);

  return (filter) => {
    const themes = [
      ...(filter.theme === undefined || filter.theme === null ? [] : [filter.theme]),
      ...(filter.themes ?? []),
    ].map(indexOf);
    let found;
    if (filter.segment) found = [voices.segmentIndex(filter.segment)].filter((segment) => segment >= 0);
    else if (filter.segments)
      found = filter.segments.map((id) => voices.segmentIndex(id)).filter((segment) => segment >= 0);
    else if (filter.kind && themes.length === 1) found = [...new Set(voices.quotesOf(themes[0], filter.kind))];
    else if (filter.kind)
      found = [
        ...new Set(study.themeNames.flatMap((_, theme) => voices.quotesOf(theme, /** @type {string} */ (filter.kind)))),
      ].sort((a, b) => a - b);
    else if (filter.transcript) {
      const [from, to] = voices.segmentsOf(voices.transcriptIndex(filter.transcript));
      found = Array.from({ length: to - from }, (_, at) => from + at);
    } else if (themes.length) found = segmentsOfTheme(themes[0]);
    else found = everything();

    /** @type {Array<(segment: number) => boolean>} */
    const tests = [];
    // A borderline or different quote is of its theme even where its label went elsewhere.
    if (themes.length && !(filter.kind && themes.length === 1)) {
      tests.push((/** @type {number} */ segment) =>
        themes.every((theme) =>
          (voices.segments.labels[segment] ?? []).some((/** @type {LabelEntry} */ label) => label[0] === theme),
        ),
      );
    }
    if (filter.none) tests.push((/** @type {number} */ segment) => !(voices.segments.labels[segment] ?? []).length);
    if (filter.transcript)
      tests.push((/** @type {number} */ segment) => voices.transcript(segment).id === filter.transcript);
    if (filter.tenth)
      tests.push(
        (/** @type {number} */ segment) =>
          Math.min(10, Math.floor(voices.segments.middle[segment] * 10) + 1) === Number(filter.tenth),
      );
    if (filter.language) tests.push((/** @type {number} */ segment) => voices.language(segment) === filter.language);
    if (filter.attribute && filter.group !== undefined) tests.push(groupTest(voices, filter));
    const terms = searchTerms(filter.words);
    if (terms.length) {
      tests.push((/** @type {number} */ segment) => {
        folded[segment] ??= foldText(voices.text(segment)).replace(/\s+/g, " ");
        return terms.every((term) => folded[segment]?.includes(term));
      });
    }
    return tests.length ? found.filter((segment) => tests.every((test) => test(segment))) : [...found];
  };
}

/**
 * Whether a segment is of the group that a filter names.
 * @param {Voices} voices
 * @param {Filter} filter
 */
function groupTest(voices, filter) {
  const column = voices.attributes.indexOf(filter.attribute ?? "");
  const others = filter.group === "(all others)" && filter.notGroup !== undefined;
  return (/** @type {number} */ segment) => {
    const value = voices.transcript(segment).values[column] ?? null;
    return others ? value !== null && value !== filter.notGroup : value === filter.group;
  };
}
