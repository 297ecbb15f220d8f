// @ts-check
// Names in pictures: measured, wrapped, cut and put beside their rows or above them.
// Theme and group names come from people. They may be long, have no spaces, or run from right to left; the whole name
// always stands in the tip, the spoken label and the numbers, so that a picture may cut it.

/** Below this width in pixels names stand above their rows instead of beside them. */
export const pictureNarrow = 620;

/** The size of all text in pictures, in pixels. */
export const pictureFontSize = 12;

/** @type {CanvasRenderingContext2D | null} */
let namesCanvas = null;
let namesFamily = "";

/**
 * How wide a text is, in pixels.
 * @param {string} text
 * @param {string} [weight]
 */
export function pictureTextWidth(text, weight = "400") {
  namesCanvas ??= document.createElement("canvas").getContext("2d");
  if (!namesCanvas) return text.length * 7;
  namesFamily ||= getComputedStyle(document.body).fontFamily || "sans-serif";
  namesCanvas.font = `${weight} ${pictureFontSize}px ${namesFamily}`;
  return namesCanvas.measureText(text).width;
}

/**
 * A name that runs from right to left is set apart, so that it does not turn the text around it.
 * @param {string} text
 */
export function pictureIsolated(text) {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069]/.test(text)
    ? `\u2068${text}\u2069`
    : text;
}

/**
 * As many letters of `text` as fit, without an ellipsis.
 * @param {string} text
 * @param {number} width
 * @param {string} weight
 */
function fitLetters(text, width, weight) {
  const letters = Array.from(text);
  let low = 1;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pictureTextWidth(letters.slice(0, middle).join(""), weight) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("");
}

/**
 * A text in lines of at most `width` pixels. What does not fit into `max` lines is cut with an ellipsis.
 * @param {string | null | undefined} name
 * @param {number} width
 * @param {number} [max]
 * @param {string} [weight]
 * @returns {string[]}
 */
export function pictureLines(name, width, max = 1, weight = "400") {
  // Long names would take long to measure letter by letter, and never fit anyway.
  let rest = Array.from(
    String(name ?? "")
      .replace(/\s+/g, " ")
      .trim(),
  )
    .slice(0, 240)
    .join("");
  const lines = [];
  while (rest && lines.length < max) {
    if (pictureTextWidth(rest, weight) <= width) {
      lines.push(rest);
      rest = "";
    } else if (lines.length === max - 1) {
      lines.push(`${fitLetters(rest, width - pictureTextWidth("…", weight), weight).trimEnd()}…`);
      rest = "";
    } else {
      const letters = fitLetters(rest, width, weight);
      const space = rest[letters.length] === " " ? letters.length : letters.lastIndexOf(" ");
      const end = space > letters.length / 3 ? space : letters.length;
      lines.push(rest.slice(0, end).trim());
      rest = rest.slice(end).trim();
    }
  }
  return (lines.length ? lines : ["–"]).map(pictureIsolated);
}

/**
 * A name cut to one line of `width` pixels.
 * @param {string | null | undefined} name
 * @param {number} width
 * @param {string} [weight]
 */
export function pictureCut(name, width, weight) {
  return pictureLines(name, width, 1, weight)[0];
}

/**
 * Two names and what stands behind them in one line, "Castria − all others, p 0.01". Where there is no room the names
 * are cut, each to its half, never what stands between and behind them.
 * @param {[string, string, string, string]} parts first, between, second, behind
 * @param {number} width
 */
export function pictureParts([first, between, second, behind], width) {
  const left = Math.max(40, width - pictureTextWidth(between + behind) - 2);
  const [a, b] = [pictureTextWidth(first.slice(0, 120)), pictureTextWidth(second.slice(0, 120))];
  const forFirst = a + b <= left ? a + 1 : Math.max(left / 2, left - b);
  const cutSecond = second ? pictureCut(second, Math.max(left / 2, left - a)) : "";
  return `${pictureCut(first, forFirst)}${between}${cutSecond}${behind}`;
}

/**
 * A name as a tip shows it: whole, but for one that would fill the screen.
 * @param {string | null | undefined} name
 */
export function pictureTipName(name) {
  const letters = Array.from(
    String(name ?? "–")
      .replace(/\s+/g, " ")
      .trim(),
  );
  // A tip breaks lines at spaces only.
  const broken = letters
    .slice(0, 120)
    .join("")
    .replace(/\S{34}(?=\S)/gu, "$& ");
  return pictureIsolated(letters.length > 120 ? `${broken}…` : broken);
}

/**
 * Rows of a picture with their names: beside the chart, or above each row where the page is narrow.
 * Gives the left margin, the height of a row and of the names above it, how far down in its row the marks stand, and
 * the axis itself.
 * @param {string[]} keys one a row, from the top
 * @param {(key: string) => string} nameOf
 * @param {number} width of the whole picture
 * @param {{
 *   row?: number, max?: number, share?: number, second?: (key: string) => [string, string, string, string],
 * }} [how] `row`: the height that the marks need; `max`: lines of a name beside its row; `share`: of the width that
 *   names may take; `second`: a further line below the name, as for `pictureParts`
 */
export function pictureRows(keys, nameOf, width, how = {}) {
  const { row = 24, max = 2, share = 0.36, second } = how;
  const above = width < pictureNarrow;
  const lineHeight = pictureFontSize * 1.2;
  const names = keys.map(
    (key) => /** @type {[string, [string, string, string, string] | null]} */ ([nameOf(key), second?.(key) ?? null]),
  );
  const wanted = Math.max(
    40,
    ...names
      .flatMap(([name, below]) => [name, below?.join("") ?? ""])
      .map((name) => pictureTextWidth(name.slice(0, 100))),
  );
  const room = above ? width - 24 : Math.min(wanted + 2, width * share, 360);
  const lines = names.map(([name, below]) => [
    ...pictureLines(name, room, above ? 1 : max),
    ...(below ? [pictureParts(below, room)] : []),
  ]);
  const deepest = Math.max(1, ...lines.map((list) => list.length));
  const text = new Map(keys.map((key, at) => [key, lines[at].join("\n")]));
  const height = above ? row + deepest * lineHeight + 4 : Math.max(row, deepest * lineHeight + 8);
  const axis = {
    tickSize: 0,
    label: null,
    fontSize: pictureFontSize,
    lineHeight: 1.2,
    text: (/** @type {string} */ key) => text.get(key) ?? "",
  };
  return {
    above,
    height,
    nameHeight: above ? deepest * lineHeight + 3 : 0,
    marginLeft: above ? 12 : Math.ceil(room) + 18,
    down: above ? (deepest * lineHeight) / 2 : 0,
    axis: Plot.axisY(
      keys,
      above
        ? { ...axis, textAnchor: "start", lineAnchor: "top", tickPadding: 0, dx: -6, dy: -height / 2 + 3 }
        : { ...axis, tickPadding: 10 },
    ),
  };
}

/**
 * The same for facets: one theme a facet, its name beside it or above it.
 * @param {string[]} keys
 * @param {(key: string) => string} nameOf
 * @param {number} width
 * @param {{above?: boolean, marginLeft?: number}} [how] `above` wherever the rows of a facet have names of their own
 */
export function pictureFacets(keys, nameOf, width, how = {}) {
  const above = how.above ?? width < pictureNarrow;
  const room = above
    ? width - 24
    : Math.min(
        Math.max(60, ...keys.map((key) => pictureTextWidth(nameOf(key).slice(0, 100), "600"))) + 2,
        width * 0.34,
        320,
      );
  const text = new Map(keys.map((key) => [key, pictureLines(nameOf(key), room, above ? 1 : 2, "600").join("\n")]));
  const marginLeft = how.marginLeft ?? (above ? 12 : Math.ceil(room) + 18);
  const shared = {
    fy: (/** @type {string} */ key) => key,
    text: (/** @type {string} */ key) => text.get(key) ?? "",
    fontWeight: 600,
    fontSize: pictureFontSize,
  };
  return {
    above,
    marginLeft,
    insetTop: above ? 24 : 4,
    insetBottom: above ? 2 : 4,
    names: above
      ? Plot.text(keys, {
          ...shared,
          frameAnchor: "top-left",
          textAnchor: "start",
          lineAnchor: "top",
          dx: 6 - marginLeft,
          dy: 5,
        })
      : Plot.text(keys, { ...shared, frameAnchor: "left", textAnchor: "end", dx: -10 }),
  };
}
