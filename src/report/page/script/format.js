// @ts-check
// Numbers, shares, times and intervals as words, the same everywhere in the page.
// The page is in English, so numbers are too: 8,753 and 12.5 %. Nothing here depends on the reader's settings.

const formatMissing = "–";
/** A space that does not break, between a number and its unit. */
const formatSpace = "\u00a0";

/**
 * Whether there is a number to show.
 * @param {any} value
 * @returns {value is number}
 */
export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * A whole number: 8,753.
 * @param {number | null | undefined} value
 */
export function formatCount(value) {
  if (!isNumber(value)) return formatMissing;
  const digits = String(Math.round(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, ",");
  return value < 0 && Math.round(value) !== 0 ? `−${digits}` : digits;
}

/**
 * A count with its noun: "1 interview", "24 interviews".
 * @param {number | null | undefined} value
 * @param {string} noun
 * @param {string} [plural]
 */
export function formatCounted(value, noun, plural) {
  return `${formatCount(value)}${formatSpace}${value === 1 ? noun : (plural ?? `${noun}s`)}`;
}

/**
 * A number with `digits` after the point.
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function formatNumber(value, digits = 2) {
  if (!isNumber(value)) return formatMissing;
  const text = Math.abs(value).toFixed(digits);
  const [whole, part] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0 && Number(text) !== 0 ? "−" : ""}${grouped}${part ? `.${part}` : ""}`;
}

/**
 * Digits after the point of a percentage: one below ten percent, none above.
 * @param {number} share
 */
function formatPercentPlaces(share) {
  return Math.abs(share) < 0.0995 ? 1 : 0;
}

/**
 * A percentage without its sign; nothing at all is a plain 0.
 * @param {number} share
 * @param {number} places
 */
function formatPercentDigits(share, places) {
  return share === 0 ? "0" : Math.abs(share * 100).toFixed(places);
}

/**
 * With a minus, unless it rounds to nothing.
 * @param {number} share
 * @param {number} places
 */
function formatSignedPercent(share, places) {
  const digits = formatPercentDigits(share, places);
  return `${share < 0 && Number(digits) !== 0 ? "−" : ""}${digits}`;
}

/**
 * A share from 0 to 1 as percent: "12 %", below ten "4.5 %"; a round 5 %, as axes have them, is "5 %".
 * @param {number | null | undefined} share
 */
export function formatPercent(share) {
  if (!isNumber(share)) return formatMissing;
  if (share > 0 && share < 0.0005) return `under${formatSpace}0.1${formatSpace}%`;
  const round = Math.abs(share * 100 - Math.round(share * 100)) < 1e-9;
  return `${formatSignedPercent(share, round ? 0 : formatPercentPlaces(share))}${formatSpace}%`;
}

/**
 * The two ends of an interval of shares: "8 to 17".
 * @param {number | null | undefined} low
 * @param {number | null | undefined} high
 * @param {number} [places] digits after the point; as the larger end needs when it is left out
 */
export function formatInterval(low, high, places) {
  if (!isNumber(low) || !isNumber(high)) return "";
  const digits = places ?? formatPercentPlaces(Math.max(Math.abs(low), Math.abs(high)));
  return `${formatSignedPercent(low, digits)}${formatSpace}to${formatSpace}${formatSignedPercent(high, digits)}`;
}

/**
 * A share with its 95 % interval: "12 % (8 to 17)".
 * @param {number | null | undefined} share
 * @param {number | null} [low]
 * @param {number | null} [high]
 */
export function formatShare(share, low, high) {
  if (!isNumber(share)) return formatMissing;
  const interval = formatInterval(low, high, formatPercentPlaces(share));
  return interval ? `${formatPercent(share)} (${interval})` : formatPercent(share);
}

/**
 * A difference of two shares in percentage points, with its sign: "+6.0 points (−2.1 to 14.0)".
 * @param {number | null | undefined} difference
 * @param {number | null} [low]
 * @param {number | null} [high]
 */
export function formatDifference(difference, low, high) {
  if (!isNumber(difference)) return formatMissing;
  const places = formatPercentPlaces(difference);
  const digits = formatPercentDigits(difference, places);
  const sign = Number(digits) === 0 ? "" : difference < 0 ? "−" : "+";
  const interval = formatInterval(low, high, places);
  return `${sign}${digits}${formatSpace}points${interval ? ` (${interval})` : ""}`;
}

/** What p values and false discovery rates are held against. */
const formatPLimits = [0.01, 0.05, 0.1];

/**
 * A p value without its letter: "0.013", "under 0.001".
 * @param {number | null | undefined} value
 */
export function formatPValue(value) {
  if (!isNumber(value)) return formatMissing;
  if (value < 0.001) return `under${formatSpace}0.001`;
  // One just under a limit is not rounded up to it, which would read as if it were not under: 0.0497.
  for (let places = value < 0.1 ? 3 : 2; places < 7; places += 1) {
    const text = value.toFixed(places);
    if (!formatPLimits.some((limit) => value < limit && Number(text) >= limit)) return text;
  }
  return `under${formatSpace}${formatPLimits.find((limit) => value < limit)}`;
}

/**
 * A coefficient from −1 to 1 with its interval: "0.59 (0.54 to 0.63)".
 * @param {number | null | undefined} value
 * @param {number | null} [low]
 * @param {number | null} [high]
 */
export function formatCoefficient(value, low, high) {
  const ends =
    isNumber(low) && isNumber(high) ? ` (${formatNumber(low)}${formatSpace}to${formatSpace}${formatNumber(high)})` : "";
  return isNumber(value) ? formatNumber(value) + ends : formatMissing;
}

/**
 * A time in a recording: 00:03:12.
 * @param {number | null | undefined} milliseconds
 */
export function formatClock(milliseconds) {
  if (!isNumber(milliseconds)) return "";
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/**
 * A length of time: "2.4 hours", "45 minutes".
 * @param {number | null | undefined} milliseconds
 */
export function formatDuration(milliseconds) {
  if (!isNumber(milliseconds) || milliseconds <= 0) return "";
  const minutes = Math.max(1, Math.round(milliseconds / 60000));
  if (minutes < 90) return formatCounted(minutes, "minute");
  const hours = milliseconds / 3600000;
  return `${hours < 20 ? formatNumber(hours, 1) : formatCount(hours)}${formatSpace}hours`;
}

/**
 * The English name of a language, otherwise its tag.
 * @param {string | null | undefined} tag
 */
export function formatLanguage(tag) {
  if (!tag) return "language not known";
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * Words in a row: "a, b and c".
 * @param {string[]} words
 */
export function formatList(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/**
 * A word list of a table ("law; policy; learn") as words.
 * @param {string | null | undefined} joined
 */
export function splitWords(joined) {
  return (joined ?? "")
    .split(";")
    .map((word) => word.trim())
    .filter(Boolean);
}

/**
 * The first letter large; for a sentence that begins with a name of ours.
 * @param {string} text
 */
export function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
