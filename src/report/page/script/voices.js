// @ts-check
// From number to voice: the drawer that shows the quotes behind a bar, a cell or a point. It stands at the side of a
// wide screen, where the page beside it stays usable, and covers a narrow one. Its filter stands in the address.
// Filters: voice_filters.js. One quote: quote.js.

import { announce, button, element, replaceChildren } from "./dom.js";
import { readStudy, readVoices } from "./data.js";
import { copyText, csvText, safeFileName, saveFile } from "./files.js";
import { searchTerms } from "./find.js";
import { formatCounted } from "./format.js";
import { isLoading, whenLoaded } from "./guard.js";
import { quoteFigure } from "./quote.js";
import { filterToQuery, readRoute, routeHere } from "./route.js";
import { sentenceOfTotal } from "./totals.js";
import { filterTitle, voiceFilters } from "./voice_filters.js";

/** @import { Filter, LabelEntry } from "./types.js" */

const drawerPage = 30;

/** The drawer that is open, with what it shows. */
const drawer = {
  /** @type {HTMLDialogElement | null} */ dialog: null,
  /** @type {Filter} */ filter: {},
  /** @type {string} */ title: "",
  /** @type {number[]} */ found: [],
  shown: 0,
  /** Whether opening it made an entry in the browser's history, which closing it takes back. */
  pushed: false,
  /** @type {Element | null} */ opener: null,
};

/**
 * Opens the drawer with the quotes that a filter asks for. This is what every bar, cell and point calls.
 * @param {Filter} filter
 * @param {string} [title] what these quotes are; made from the filter when there is none
 */
export function openVoices(filter, title) {
  if (isLoading()) {
    whenLoaded(() => openVoices(filter, title));
    return;
  }
  const address = `${routeHere()}?${filterToQuery(filter)}`;
  const open = Boolean(drawer.dialog?.open);
  if (location.hash !== address) {
    // A drawer that is open already keeps its entry, so that one step back closes it.
    history[open ? "replaceState" : "pushState"](null, "", address);
    if (!open) drawer.pushed = true;
  }
  showDrawer(filter, title);
}

/** Makes the drawer fit the address; called whenever that changes. */
export function followVoicesRoute() {
  const { filter } = readRoute(location.hash);
  if (filter === null) {
    drawer.pushed = false;
    hideDrawer();
  } else if (!drawer.dialog?.open || filterToQuery(filter) !== filterToQuery(drawer.filter)) showDrawer(filter);
}

/** Closes the drawer, and takes its entry out of the history. */
export function closeVoices() {
  if (!drawer.dialog?.open) return;
  hideDrawer();
  if (drawer.pushed) {
    drawer.pushed = false;
    history.back();
  } else history.replaceState(null, "", routeHere());
}

/** Whether the drawer is open. */
export function voicesAreOpen() {
  return Boolean(drawer.dialog?.open);
}

function hideDrawer() {
  const { dialog, opener } = drawer;
  if (!dialog?.open) return;
  dialog.close();
  if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
}

/**
 * @param {Filter} filter
 * @param {string} [title]
 */
function showDrawer(filter, title) {
  if (!drawer.dialog) {
    drawer.dialog = /** @type {HTMLDialogElement} */ (
      element("dialog", { class: "drawer", "aria-labelledby": "drawer-title" })
    );
    drawer.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      closeVoices();
    });
    drawer.dialog.addEventListener("keydown", stepQuotes);
    document.body.append(drawer.dialog);
  }
  const { dialog } = drawer;
  if (!dialog.open) drawer.opener = document.activeElement;
  drawer.filter = { ...filter };
  drawer.title = title ?? filterTitle(readStudy(), filter);
  drawDrawer();
  if (!dialog.open) {
    if (matchMedia("(max-width: 46rem)").matches) dialog.showModal();
    else dialog.show();
  }
  document.getElementById("drawer-title")?.focus({ preventScroll: true });
}

/** Draws head and list. */
function drawDrawer() {
  const dialog = /** @type {HTMLDialogElement} */ (drawer.dialog);
  const count = element("p", { class: "told" });
  const list = element("ol", { "aria-label": "Quotes" });
  const more = element("p", null);
  const change = (/** @type {Filter} */ filter, quiet = false) => {
    drawer.filter = filter;
    drawer.title = filterTitle(readStudy(), filter);
    history.replaceState(null, "", `${routeHere()}?${filterToQuery(filter)}`);
    if (quiet) {
      const title = document.getElementById("drawer-title");
      if (title) title.textContent = drawer.title;
    } else {
      const focused = document.activeElement?.getAttribute("data-filter");
      drawDrawer();
      if (focused) /** @type {HTMLElement | null} */ (dialog.querySelector(`[data-filter="${focused}"]`))?.focus();
    }
    fill(true);
  };
  const copyLink = button(
    "Copy link",
    async () => {
      copyLink.textContent = (await copyText(location.href)) ? "Link copied" : "Could not copy";
      setTimeout(() => {
        copyLink.textContent = "Copy link";
      }, 2000);
    },
    { title: "For somebody who has this file in the same place" },
  );
  const fill = (/** @type {boolean} */ again) => fillDrawer(count, list, more, again);
  replaceChildren(
    dialog,
    element(
      "div",
      { class: "drawer-head" },
      element(
        "div",
        { class: "top" },
        element("h2", { id: "drawer-title", tabindex: "-1", dir: "auto" }, drawer.title),
        button("Close", closeVoices, { "aria-keyshortcuts": "Escape" }),
      ),
      count,
      voiceFilters(drawer.filter, change),
      element("div", { class: "actions" }, button("Save list as CSV", saveList), copyLink),
    ),
    element("div", { class: "drawer-body", tabindex: "-1" }, list, more),
  );
  fill(true);
}

/**
 * Finds and lists. Pages of thirty keep a list of thousands quick.
 * @param {HTMLElement} count
 * @param {HTMLElement} list
 * @param {HTMLElement} more
 * @param {boolean} again
 */
function fillDrawer(count, list, more, again) {
  const [study, voices] = [readStudy(), readVoices()];
  const { filter } = drawer;
  if (again) {
    drawer.found = orderFound(voices.find(filter), filter);
    drawer.shown = 0;
    list.replaceChildren();
    const told = sentenceOfTotal(study, voices, filter, drawer.found.length, (number) =>
      formatCounted(number, "segment"),
    );
    count.textContent = told;
    announce(told);
  }
  const terms = searchTerms(filter.words);
  const asked = [filter.theme, ...(filter.themes ?? [])].filter((name) => name !== undefined);
  const next = drawer.found.slice(drawer.shown, drawer.shown + drawerPage);
  list.append(
    ...next.map((segment) =>
      element(
        "li",
        { tabindex: "-1", "data-segment": segment },
        quoteFigure(segment, { terms, asked: /** @type {string[]} */ (asked) }),
      ),
    ),
  );
  drawer.shown += next.length;
  // One segment by itself is asked for to be read in its place.
  if (filter.segment && again) /** @type {HTMLElement | null} */ (list.querySelector('[data-tool="around"]'))?.click();
  const left = drawer.found.length - drawer.shown;
  replaceChildren(
    more,
    !drawer.found.length ? "Nothing in this page fits these filters." : null,
    left > 0
      ? button(
          `Show ${formatCounted(Math.min(left, drawerPage), "more", "more")} ` +
            `of ${formatCounted(drawer.found.length, "segment")}`,
          () => {
            const first = drawer.shown;
            fillDrawer(count, list, more, false);
            /** @type {HTMLElement | undefined} */ (list.children[first])?.focus();
          },
        )
      : null,
  );
}

/**
 * Surest first where a theme is asked for; a kind of quotes keeps its own order, best first.
 * @param {number[]} found
 * @param {Filter} filter
 */
function orderFound(found, filter) {
  const voices = readVoices();
  const index = readStudy().themeIndex(filter.theme ?? filter.themes?.[0] ?? "");
  if (filter.kind || index < 0) return found;
  const sure = (/** @type {number} */ segment) =>
    voices.segments.labels[segment].find((/** @type {LabelEntry} */ label) => label[0] === index)?.[1] ?? 0;
  return found
    .map((segment) => /** @type {[number, number]} */ ([sure(segment), segment]))
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .map(([, segment]) => segment);
}

/** Saves what the filter found, all of it, as CSV. */
function saveList() {
  const voices = readVoices();
  const columns = [
    "segment_id",
    "transcript_id",
    "speaker",
    "locator",
    "language",
    ...voices.attributes,
    "themes",
    "text",
  ];
  const rows = drawer.found.map((segment) => ({
    ...Object.fromEntries(voices.attributes.map((name) => [name, voices.value(segment, name)])),
    segment_id: voices.id(segment),
    transcript_id: voices.transcript(segment).id,
    speaker: voices.speaker(segment),
    locator: voices.locator(segment),
    language: voices.language(segment),
    text: voices.text(segment),
    themes: voices
      .labels(segment)
      .map((label) => `${label.name} (${label.who}, ${label.confidence})`)
      .join("; "),
  }));
  saveFile(`${safeFileName(drawer.title)}.csv`, "text/csv", csvText(columns, rows));
}

/**
 * j and k, or the arrows on a quote, step through the quotes; o opens the turns around one, c copies it.
 * @param {KeyboardEvent} event
 */
function stepQuotes(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeVoices();
    return;
  }
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
  const quotes = /** @type {HTMLElement[]} */ ([
    .../** @type {HTMLElement} */ (drawer.dialog).querySelectorAll("li[data-segment]"),
  ]);
  const current = quotes.indexOf(/** @type {HTMLElement} */ (target.closest("li[data-segment]")));
  const arrows = target.matches("li[data-segment]");
  const step =
    event.key === "j" || (arrows && event.key === "ArrowDown")
      ? 1
      : event.key === "k" || (arrows && event.key === "ArrowUp")
        ? -1
        : 0;
  if (step) {
    event.preventDefault();
    quotes[Math.max(0, Math.min(quotes.length - 1, current + step))]?.focus();
  } else if ((event.key === "o" || event.key === "c") && current >= 0) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (
      quotes[current].querySelector(`[data-tool="${event.key === "o" ? "around" : "copy"}"]`)
    )?.click();
  }
}
