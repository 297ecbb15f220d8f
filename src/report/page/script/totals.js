// @ts-check
// How many segments the whole study has for a filter, where a table says so. The page of a large study holds only part
// of them, and says of how many.

/**
 * The number of segments in the study that a filter asks for; null where no table knows it.
 * @param {import("./data.js").Study} study
 * @param {import("./data.js").Voices} voices
 * @param {import("./find.js").Filter} filter
 * @returns {number | null}
 */
export function segmentsInStudy(study, voices, filter) {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && !value.length)).map(([name]) => name).sort().join(" ");
  const themes = [...(filter.theme ? [filter.theme] : []), ...(filter.themes ?? [])];
  if (given === "") return voices.of.segments;
  if (given === "theme" || (given === "themes" && themes.length === 1)) return study.theme(themes[0])?.segments ?? null;
  if (themes.length === 2 && (given === "themes" || given === "theme themes")) {
    const pair = study.table("cooccurrence").find((row) => (row.theme_a === themes[0] && row.theme_b === themes[1]) || (row.theme_a === themes[1] && row.theme_b === themes[0]));
    return pair?.segments ?? null;
  }
  if (given === "attribute group theme") {
    return study.table("prevalence").find((row) => row.theme === filter.theme && row.attribute === filter.attribute && row.group === filter.group)?.segments ?? null;
  }
  if (given === "attribute group") {
    return study.attributes.find((one) => one.name === filter.attribute)?.groups.find((one) => one.name === filter.group)?.segments ?? null;
  }
  if (given === "tenth theme") return study.table("positions").find((row) => row.theme === filter.theme && row.tenth === Number(filter.tenth))?.segments ?? null;
  if (given === "language") return study.languages.find((one) => one.tag === filter.language)?.segments ?? null;
  if (given === "none") return typeof study.counts.segments === "number" && typeof study.counts.labelled === "number" ? study.counts.segments - study.counts.labelled : null;
  if (given === "transcript") return voices.transcripts[voices.transcriptPlace(filter.transcript ?? "")]?.segments ?? null;
  return null;
}

/**
 * The same as a sentence: "31 of 71 segments are in this page; the rest are in tables/labels."
 * @param {import("./data.js").Study} study
 * @param {import("./data.js").Voices} voices
 * @param {import("./find.js").Filter} filter
 * @param {number} here
 * @param {(count: number) => string} words for a count
 */
export function sentenceOfTotal(study, voices, filter, here, words) {
  const exhaustive = voices.complete || (filter.transcript && voices.transcripts[voices.transcriptPlace(filter.transcript)]?.whole) || filter.segment || filter.kind;
  if (exhaustive) return `${words(here)}.`;
  const total = segmentsInStudy(study, voices, filter);
  if (total !== null && total <= here) return `${words(here)}.`;
  if (total !== null) return `${words(here).replace(/\D*$/, "")} of ${words(total)} are in this page; the rest are in tables/labels.`;
  return `${words(here)} in this page, which holds ${words(voices.count).replace(/\D*$/, "")} of ${words(voices.of.segments)} of the study; the rest are in tables/labels.`;
}
