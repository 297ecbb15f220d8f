// @ts-check
// Colours and shapes of pictures. Colours are the variables of base.css, so that they follow light and dark;
// there are eight that everyone can tell apart, and what is beyond them is never given one of the eight again.

/** How many groups or themes can have a colour and a shape of their own. */
export const pictureMaxColours = 8;

const pictureSymbols = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "hexagon"];

/**
 * The colour of the series at `index`, from 0.
 * @param {number} index
 */
export function pictureColour(index) {
  return index < pictureMaxColours ? `var(--series-${index + 1})` : "var(--picture-other)";
}

/**
 * Colours and shapes of names in their order, for scales of Plot.
 * @param {string[]} names
 */
export function pictureSeries(names) {
  return {
    color: { domain: names, range: names.map((_, index) => pictureColour(index)) },
    symbol: { domain: names, range: names.map((_, index) => pictureSymbols[index % pictureSymbols.length]) },
  };
}

/**
 * A colour between the page and `full`, by `part` of it.
 * @param {string} full
 * @param {number} part
 */
export function pictureTint(full, part) {
  return `color-mix(in oklab, ${full} ${Math.round(part * 100)}%, var(--picture-page))`;
}

/**
 * Limits of a few classes of shares that people can read: round numbers up to the highest.
 * @param {number} highest
 */
export function pictureShareClasses(highest) {
  for (const limits of [
    [0.005, 0.01, 0.02, 0.03],
    [0.01, 0.02, 0.04, 0.06],
    [0.02, 0.05, 0.1, 0.15],
    [0.05, 0.1, 0.2, 0.3],
  ]) {
    if (highest <= limits[3] * 1.4) return limits;
  }
  return [0.1, 0.2, 0.4, 0.6];
}

/**
 * A colour as software other than browsers knows it: `#rrggbb` and how opaque it is.
 * @param {string} colour as computed by the browser
 */
export function pictureHex(colour) {
  const known = pictureHexes.get(colour);
  if (known) return known;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let found = { hex: "#000000", opacity: 1 };
  if (context) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    found = {
      hex: `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`,
      opacity: alpha / 255,
    };
  }
  pictureHexes.set(colour, found);
  return found;
}

/** @type {Map<string, {hex: string, opacity: number}>} */
const pictureHexes = new Map();
