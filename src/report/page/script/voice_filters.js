// @ts-check
// The filters in the drawer of quotes: words, theme, kind of quote, group, interview, language. And what a filter is
// called in words, for the drawer's title.

import { choice, element } from "./dom.js";
import { readStudy, readVoices } from "./data.js";
import { quoteKindName, quoteKinds } from "./voice.js";
import { capitalised, formatLanguage, formatList } from "./format.js";

/** @import { Filter, Study } from "./types.js" */

/** More values of an attribute than this make a list that nobody reads. */
const filterMaxGroups = 60;
/** Where there are more interviews than this, the interview is typed and not chosen. */
const filterMaxInterviews = 300;

/**
 * @param {Study} study
 * @param {Filter} filter
 */
export function filterTitle(study, filter) {
  const themes = [...(filter.theme ? [filter.theme] : []), ...(filter.themes ?? [])];
  const parts = [];
  if (themes.length) parts.push(formatList(themes));
  else if (filter.none) parts.push("segments without a theme");
  if (filter.kind) parts.push(`${quoteKindName(filter.kind)} quotes`);
  if (filter.attribute && filter.group !== undefined) {
    parts.push(
      filter.group === null
        ? `${filter.attribute} not known`
        : filter.group === "(all others)"
          ? `${filter.attribute} other than ${filter.notGroup ?? ""}`
          : `${filter.attribute} ${filter.group}`,
    );
  }
  if (filter.transcript) parts.push(`interview ${filter.transcript}`);
  if (filter.tenth) parts.push(`tenth ${filter.tenth} of the interview`);
  if (filter.language) parts.push(formatLanguage(filter.language));
  if (filter.segment) parts.push(`segment ${filter.segment}`);
  if (filter.segments) parts.push("chosen segments");
  if (filter.words) parts.push(`“${filter.words}”`);
  // A theme's name stands as it was given.
  const words = parts.join(", ");
  return parts.length ? (themes.length ? words : capitalised(words)) : `All segments of “${study.title}”`;
}

/**
 * The values of an attribute in the page, in the order of the study's groups where it is compared by.
 * @param {string} name
 */
function filterGroups(name) {
  const groups = readStudy().attributes.find((one) => one.name === name)?.groups;
  if (groups) return groups.map((group) => group.name);
  const voices = readVoices();
  const column = voices.attributes.indexOf(name);
  const values = new Set(
    voices.transcripts.map((transcript) => transcript.values[column]).filter((value) => value !== null),
  );
  return /** @type {string[]} */ ([...values]).sort();
}

/**
 * The controls. `change` gets the new filter, and true when only words were typed, so that the field keeps its cursor.
 * @param {Filter} filter
 * @param {(filter: Filter, quiet?: boolean) => void} change
 */
export function voiceFilters(filter, change) {
  const [study, voices] = [readStudy(), readVoices()];
  let current = { ...filter };
  const set = (/** @type {any} */ changes, quiet = false) => {
    current = { ...current, ...changes };
    for (const name of Object.keys(current))
      if (/** @type {any} */ (current)[name] === "" || /** @type {any} */ (current)[name] === undefined)
        delete (/** @type {any} */ (current)[name]);
    change(current, quiet);
  };
  const named = (/** @type {HTMLElement} */ control, /** @type {string} */ name) => {
    control.querySelector("select, input")?.setAttribute("data-filter", name);
    return control;
  };
  const any = /** @type {[string, string]} */ (["", "any"]);

  let waiting = 0;
  const words = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "search",
      value: filter.words ?? "",
      "data-filter": "words",
      dir: "auto",
      placeholder: "words, or “a phrase”",
      autocomplete: "off",
    })
  );
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set({ words: words.value }, true), voices.count > 5000 ? 250 : 80);
  });

  const theme = filter.none
    ? "(none)"
    : (filter.theme ?? (filter.themes?.length === 1 ? filter.themes[0] : filter.themes?.length ? "(several)" : ""));
  /** @type {Array<[string, string]>} */
  const themes = [
    any,
    ["(none)", "no theme given"],
    ...(filter.themes && filter.themes.length > 1
      ? [/** @type {[string, string]} */ (["(several)", filter.themes.join(" + ")])]
      : []),
    ...study.themeNames.map((name) => /** @type {[string, string]} */ ([name, name])),
  ];

  const attributes = voices.attributes.filter(
    (name) => name === filter.attribute || filterGroups(name).length <= filterMaxGroups,
  );
  const group =
    filter.attribute && filter.group !== undefined
      ? JSON.stringify([filter.attribute, filter.group, filter.notGroup])
      : "";
  const groups = attributes.flatMap((name) =>
    filterGroups(name).map(
      (value) => /** @type {[string, string]} */ ([JSON.stringify([name, value, undefined]), `${name}: ${value}`]),
    ),
  );
  if (group && !groups.some(([value]) => value === group))
    groups.unshift([group, `${filter.attribute}: ${filter.group ?? "not known"}`]);

  const interviews =
    voices.transcripts.length <= filterMaxInterviews
      ? named(
          choice(
            "Interview",
            [
              any,
              ...voices.transcripts.map(
                (transcript) => /** @type {[string, string]} */ ([transcript.id, transcript.id]),
              ),
            ],
            filter.transcript ?? "",
            (value) => set({ transcript: value, segment: "" }),
          ),
          "transcript",
        )
      : typedInterview(filter, (value) => set({ transcript: value, segment: "" }));

  const narrow = [
    named(
      choice("Theme", themes, theme, (value) =>
        value === "(several)"
          ? undefined
          : set({
              theme: value === "(none)" ? "" : value,
              themes: undefined,
              none: value === "(none)" ? true : undefined,
              segment: "",
              segments: undefined,
            }),
      ),
      "theme",
    ),
    named(
      choice(
        "Kind of quote",
        [
          ["", "all segments"],
          ...quoteKinds().map((kind) => /** @type {[string, string]} */ ([kind, quoteKindName(kind)])),
        ],
        filter.kind ?? "",
        (value) => set({ kind: value, segment: "" }),
      ),
      "kind",
    ),
    groups.length
      ? named(
          choice("Group", [any, ...groups], group, (value) => {
            const [attribute, name, notGroup] = value ? JSON.parse(value) : [undefined, undefined, undefined];
            set({ attribute, group: name, notGroup: notGroup ?? undefined });
          }),
          "group",
        )
      : null,
    interviews,
    voices.languages.length > 1
      ? named(
          choice(
            "Language",
            [any, ...voices.languages.map((tag) => /** @type {[string, string]} */ ([tag, formatLanguage(tag)]))],
            filter.language ?? "",
            (value) => set({ language: value }),
          ),
          "language",
        )
      : null,
    filter.tenth
      ? named(
          choice(
            "Part of the interview",
            [
              any,
              ...Array.from(
                { length: 10 },
                (_, at) => /** @type {[string, string]} */ ([String(at + 1), `tenth ${at + 1}`]),
              ),
            ],
            String(filter.tenth),
            (value) => set({ tenth: value ? Number(value) : undefined }),
          ),
          "tenth",
        )
      : null,
  ];
  return element(
    "div",
    { role: "search", "aria-label": "Filter the quotes" },
    element(
      "label",
      { class: "choice", style: "width: 100%" },
      element("span", { class: "choice-label" }, "Words"),
      words,
    ),
    element(
      "details",
      { open: filterOpen() },
      element("summary", null, "Filters"),
      element("div", { class: "filters" }, narrow),
    ),
  );
}

/** Open filters leave room for quotes only on a large screen. */
function filterOpen() {
  return matchMedia("(min-height: 44rem) and (min-width: 46rem)").matches;
}

/**
 * @param {Filter} filter
 * @param {(value: string) => void} change
 */
function typedInterview(filter, change) {
  const field = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "text",
      value: filter.transcript ?? "",
      "data-filter": "transcript",
      autocomplete: "off",
      placeholder: "its name",
    })
  );
  field.addEventListener("change", () => change(field.value.trim()));
  return element("label", { class: "choice" }, element("span", { class: "choice-label" }, "Interview"), field);
}
