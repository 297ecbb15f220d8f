// @ts-check
// What a coder says of one segment, and how each step changes it: functions from one answer to the next, without page
// or storage. A blind answer says yes or no to every seed theme; an answer to one theme's quotes only to the themes
// that were decided. Themes are kept in a Map, so that a theme may be called `__proto__` or `constructor`.

/**
 * @typedef {"sample" | "theme"} ReviewWay
 * @typedef {object} ReviewAnswer
 * @property {string} segmentId
 * @property {string} transcriptId
 * @property {string} digest    of the segment's text, to find it again in a later run
 * @property {ReviewWay} way
 * @property {Map<string, boolean>} themes
 * @property {string[]} other   themes in the coder's own words
 * @property {string} memo
 * @property {boolean} paper    marked for the paper
 * @property {number} order     sequence number of the last change; 0 before the first
 * @property {string} [text]    the words, kept only when this page does not have the segment
 */

/** The name under which an answer is kept: one a segment and way. */
export function reviewAnswerKey(/** @type {ReviewWay} */ way, /** @type {string} */ segmentId) {
  return `${way} ${segmentId}`;
}

/** Whether nothing at all is said. */
export function reviewIsEmpty(/** @type {ReviewAnswer} */ answer) {
  return answer.themes.size === 0 && answer.other.length === 0 && answer.memo === "" && !answer.paper;
}

/** Whether a blind answer is given: every seed theme was asked. Without seed themes, own words are the answer. */
export function reviewIsCoded(/** @type {ReviewAnswer} */ answer, /** @type {string[]} */ seeds) {
  return seeds.length === 0 ? answer.other.length > 0 : seeds.every((seed) => answer.themes.has(seed));
}

/** Whether the answer is that none of the seed themes applies. */
export function reviewIsNone(/** @type {ReviewAnswer} */ answer, /** @type {string[]} */ seeds) {
  return seeds.length > 0 && seeds.every((seed) => answer.themes.get(seed) === false);
}

/**
 * Switches a seed theme of a blind answer. With the last theme switched off the segment is open again: "none" is said
 * on purpose only.
 * @param {ReviewAnswer} answer
 * @param {string} theme
 * @param {string[]} seeds
 * @returns {ReviewAnswer}
 */
export function reviewToggledSeed(answer, theme, seeds) {
  const themes = new Map(seeds.map((seed) => [seed, answer.themes.get(seed) === true]));
  themes.set(theme, !themes.get(theme));
  return reviewSettled({ ...answer, themes });
}

/**
 * Says or takes back "none of these". It stays while there is a theme in the coder's own words, which makes it true.
 * @param {ReviewAnswer} answer
 * @param {string[]} seeds
 * @returns {ReviewAnswer}
 */
export function reviewToggledNone(answer, seeds) {
  if (reviewIsNone(answer, seeds)) {
    return reviewSettled(answer);
  }
  return { ...answer, themes: new Map(seeds.map((seed) => [seed, false])) };
}

/**
 * Adds a theme in the coder's own words. In a blind answer that answers the segment.
 * @param {ReviewAnswer} answer
 * @param {string} words
 * @param {string[]} seeds
 * @returns {ReviewAnswer}
 */
export function reviewWithOther(answer, words, seeds) {
  const other = answer.other.includes(words) ? answer.other : [...answer.other, words];
  const isOpen = answer.way === "sample" && answer.themes.size === 0;
  return { ...answer, other, themes: isOpen ? new Map(seeds.map((seed) => [seed, false])) : answer.themes };
}

/**
 * Takes a theme in own words away.
 * @returns {ReviewAnswer}
 */
export function reviewWithoutOther(/** @type {ReviewAnswer} */ answer, /** @type {string} */ words) {
  const less = { ...answer, other: answer.other.filter((each) => each !== words) };
  return answer.way === "sample" ? reviewSettled(less) : less;
}

/**
 * Accepts (true) or rejects (false) a theme; the same again takes it back.
 * @param {ReviewAnswer} answer
 * @param {string} theme
 * @param {boolean} decision
 * @returns {ReviewAnswer}
 */
export function reviewDecided(answer, theme, decision) {
  const themes = new Map(answer.themes);
  if (themes.get(theme) === decision) {
    themes.delete(theme);
  } else {
    themes.set(theme, decision);
  }
  return { ...answer, themes };
}

/**
 * A blind answer where nothing applies any more, and nobody said so, is no answer.
 * @returns {ReviewAnswer}
 */
function reviewSettled(/** @type {ReviewAnswer} */ answer) {
  const says = answer.other.length > 0 || [...answer.themes.values()].includes(true);
  return says ? answer : { ...answer, themes: new Map() };
}

/**
 * The one of two answers to the same segment that counts: the later; of two with the same number the same one
 * everywhere.
 * @param {ReviewAnswer} one
 * @param {ReviewAnswer} other
 * @returns {ReviewAnswer}
 */
export function reviewLater(one, other) {
  if (one.order !== other.order) {
    return one.order > other.order ? one : other;
  }
  return JSON.stringify(reviewPlain(one)) >= JSON.stringify(reviewPlain(other)) ? one : other;
}

/** An answer as it is kept in the browser. A theme called `__proto__` needs an object without a prototype. */
export function reviewPlain(/** @type {ReviewAnswer} */ answer) {
  const { segmentId, transcriptId, digest, way, other, memo, paper, order, text } = answer;
  return {
    segmentId,
    transcriptId,
    digest,
    way,
    themes: reviewThemesObject(answer.themes),
    other,
    memo,
    paper,
    order,
    text,
  };
}

/**
 * Themes and decisions as an object, in their order.
 * @returns {Record<string, boolean>}
 */
export function reviewThemesObject(/** @type {Map<string, boolean>} */ themes) {
  const object = Object.create(null);
  for (const [theme, applies] of themes) {
    object[theme] = applies;
  }
  return object;
}

/**
 * What a kept answer, or one of a file, says apart from its segment; null when it is not of the right form.
 * @param {any} value
 * @returns {Pick<ReviewAnswer, "way" | "themes" | "other" | "memo" | "paper" | "order"> | null}
 */
function reviewSaid(value) {
  const MAX_ORDER = 1e12;
  const isThemes = (/** @type {any} */ themes) =>
    typeof themes === "object" &&
    themes !== null &&
    !Array.isArray(themes) &&
    Object.values(themes).every((applies) => typeof applies === "boolean");
  const isRight =
    typeof value === "object" &&
    value !== null &&
    (value.way === "sample" || value.way === "theme") &&
    isThemes(value.themes) &&
    Array.isArray(value.other) &&
    value.other.every((/** @type {any} */ words) => typeof words === "string") &&
    typeof value.memo === "string" &&
    typeof value.paper === "boolean" &&
    Number.isSafeInteger(value.order) &&
    value.order > 0 &&
    value.order < MAX_ORDER;
  if (!isRight) {
    return null;
  }
  const { way, other, memo, paper, order } = value;
  return { way, themes: new Map(Object.entries(value.themes)), other: [...other], memo, paper, order };
}

/**
 * An answer as storage holds it; null when it is not of the right form.
 * @returns {ReviewAnswer | null}
 */
export function reviewKeptAnswer(/** @type {any} */ value) {
  const said = reviewSaid(value);
  const words = [value?.segmentId, value?.transcriptId, value?.digest];
  if (!said || words.some((word) => typeof word !== "string")) {
    return null;
  }
  const [segmentId, transcriptId, digest] = words;
  return { segmentId, transcriptId, digest, ...said, ...(typeof value.text === "string" ? { text: value.text } : {}) };
}
