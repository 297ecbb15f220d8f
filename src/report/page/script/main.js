// @ts-check
// The way in: makes the frame of the page, shows the view that the address names, and builds each view when it is first
// shown. People's words are read from the file when something needs them, or when the browser has time.

import { appearanceButton, keptAppearance } from "./appearance.js";
import { checksView } from "./checks.js";
import { readStudy, readVoices } from "./data.js";
import { button, element, peoplesWords } from "./dom.js";
import { formatCounted } from "./format.js";
import { groupsView } from "./groups.js";
import { isLoading, pictureOr, whenIdle, whenLoaded } from "./guard.js";
import { listenForKeys, openHelp } from "./help.js";
import { interviewsView } from "./interviews.js";
import { overviewView } from "./overview.js";
import { reviewView } from "./review/screen.js";
import { readRoute, viewNames } from "./route.js";
import { themesView } from "./themes.js";
import { togetherView } from "./together.js";
import { followVoicesRoute, openVoices, voicesAreOpen } from "./voices.js";

/** @import { Study, Voices } from "./types.js" */

/** What a view is called, in the navigation and the window's title. */
const viewTitles = {
  overview: "Overview",
  themes: "Themes",
  groups: "Groups",
  interviews: "Interviews",
  together: "Together",
  checks: "Checks",
  review: "Review",
};

/** Voices that are read when somebody asks them something, so that the first screen need not wait for them. */
function lazyVoices() {
  return /** @type {Voices} */ (
    new Proxy(
      {},
      {
        get: (_, name) => /** @type {any} */ (readVoices())[name],
        has: (_, name) => name in readVoices(),
      },
    )
  );
}

/**
 * @param {string} view
 * @param {string | null} argument
 * @returns {HTMLElement}
 */
function buildView(view, argument) {
  const [study, voices] = [readStudy(), lazyVoices()];
  const builders = /** @type {Record<string, () => HTMLElement>} */ ({
    overview: () => overviewView(study),
    themes: () => themesView(study, voices, argument),
    groups: () => groupsView(study),
    interviews: () => interviewsView(study, voices, argument),
    together: () => togetherView(study, voices),
    checks: () => checksView(study, voices),
    review: () => reviewView(study, readVoices()),
  });
  try {
    return builders[view]();
  } catch (error) {
    console.warn(error);
    return element(
      "div",
      { class: "view" },
      element("h1", null, /** @type {any} */ (viewTitles)[view]),
      element(
        "p",
        { class: "note bad" },
        "This part of the page could not be drawn. Its numbers are in the tables folder beside this file; the " +
          "other parts work.",
      ),
    );
  }
}

/**
 * Makes the frame: masthead, navigation, foot.
 * @param {Study} study
 */
function buildFrame(study) {
  const main = /** @type {HTMLElement} */ (document.getElementById("page"));
  const search = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "search",
      dir: "auto",
      placeholder: "Search what people said",
      "aria-label": "Search what people said",
      "aria-keyshortcuts": "/",
      autocomplete: "off",
    })
  );
  const form = element("form", { role: "search", "aria-label": "All interviews" }, search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (search.value.trim()) openVoices({ words: search.value.trim() });
  });
  const links = viewNames().map((view) =>
    element("li", null, element("a", { href: `#${view}`, "data-view": view }, /** @type {any} */ (viewTitles)[view])),
  );
  main.before(
    element(
      "a",
      {
        href: "#page",
        class: "skip",
        onclick: (/** @type {Event} */ event) => {
          event.preventDefault();
          main.focus();
          main.scrollIntoView();
        },
      },
      "Skip to the content",
    ),
    element(
      "header",
      { class: "masthead" },
      element(
        "div",
        { class: "masthead-title" },
        element("a", { href: "#overview" }, peoplesWords(study.title || "Untitled study")),
      ),
      element(
        "div",
        { class: "masthead-tools" },
        form,
        appearanceButton(),
        button("Help", openHelp, { "aria-keyshortcuts": "?" }),
      ),
    ),
    element("nav", { class: "parts", "aria-label": "Parts of the report" }, element("ul", null, links)),
  );
  main.after(
    element(
      "footer",
      { class: "colophon" },
      element(
        "p",
        null,
        `Made by ${study.program} from ${formatCounted(study.counts.transcripts, "interview")}, ` +
          `encoder ${study.model}, seed ${study.seed}, run ${study.run}. This file holds what people said: keep it ` +
          "as you keep the interviews. It sends nothing anywhere.",
      ),
    ),
    element("div", { id: "announcements", class: "unseen", role: "status", "aria-live": "polite" }),
  );
  listenForKeys(() => (voicesAreOpen() ? document.querySelector(".drawer [data-filter='words']") : search));
  return main;
}

/**
 * Shows what the address names, now and whenever it changes.
 * @param {HTMLElement} main
 */
function followRoutes(main) {
  const study = readStudy();
  /** @type {Map<string, HTMLElement>} */
  const built = new Map();
  /** @type {Map<string, number>} */
  const scrolled = new Map();
  let shown = "";
  let clicked = false;
  document.addEventListener(
    "click",
    (event) => {
      clicked = Boolean(/** @type {Element} */ (event.target).closest?.("a[href^='#']"));
    },
    true,
  );

  const show = () => {
    const { view, argument, filter } = readRoute(location.hash);
    // The overview needs no voices; all else waits for the end of the file.
    if (isLoading() && (view !== "overview" || filter)) {
      main.replaceChildren(element("p", { class: "muted" }, "Reading what people said …"));
      shown = "";
      return;
    }
    const path = argument === null ? view : `${view}/${argument}`;
    if (path !== shown) {
      if (shown) scrolled.set(shown, scrollY);
      let node = built.get(path);
      if (!node) {
        node = buildView(view, argument);
        built.set(path, node);
        // Pages of single themes and interviews are many; the last few are kept.
        const single = [...built.keys()].filter((key) => key.includes("/") && key !== path);
        if (single.length > 8) built.delete(single[0]);
      }
      const first = !shown;
      const restored = clicked ? 0 : (scrolled.get(path) ?? 0);
      shown = path;
      main.replaceChildren(node);
      document.title =
        view === "overview" ? study.title : `${argument ?? /** @type {any} */ (viewTitles)[view]} · ${study.title}`;
      for (const link of document.querySelectorAll(".parts a")) {
        if (link.getAttribute("data-view") === view) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (!first) {
        main.focus({ preventScroll: true });
        scrollTo(0, restored);
      }
    }
    clicked = false;
    pictureOr(() => {
      followVoicesRoute();
      return main;
    });
  };
  if (isLoading()) whenLoaded(show);
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  show();
}

/** Starts. */
function startPage() {
  keptAppearance();
  try {
    followRoutes(buildFrame(readStudy()));
    whenIdle(() => readVoices());
  } catch (error) {
    console.warn(error);
    document
      .getElementById("page")
      ?.append(
        element(
          "p",
          { class: "note bad" },
          "The data in this file could not be read. Was it cut off while copying? The tables folder beside it " +
            "holds the same numbers.",
        ),
      );
  }
}

startPage();
