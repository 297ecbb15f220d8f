// @ts-check
// The compact table of themes on the first screen: how many segments each has, and a quote on opening.

import { button, element, newId, peoplesWords, replaceChildren } from "./dom.js";
import { readVoices } from "./data.js";
import { formatCount } from "./format.js";
import { whenLoaded } from "./guard.js";
import { briefQuote } from "./quote.js";
import { routeTo } from "./route.js";
import { correctedShare, peopleCoded, possibleSegments, shareLikely } from "./theme_figures.js";
import { openVoices } from "./voices.js";

/** @import { Study, Theme } from "./types.js" */

/** Rows before the rest is folded. */
const themeTableFirst = 12;

/** @param {Study} study */
export function themeTable(study) {
  const themes = study.table("themes");
  const corrected = peopleCoded(study);
  const columns = [
    "Theme",
    "Kind",
    "Likely segments",
    "Possible",
    ...(corrected ? ["Corrected, these interviews"] : []),
    "A quote",
  ];
  const body = /** @type {HTMLTableSectionElement} */ (element("tbody", null));
  const seeds = themes.filter((theme) => theme.kind === "seed").length;
  const first = Math.max(themeTableFirst, seeds);
  const add = (/** @type {Theme[]} */ rows) =>
    body.append(...rows.map((theme) => themeRow(study, theme, columns.length, corrected)));
  add(themes.slice(0, first));
  const table = element(
    "table",
    null,
    element(
      "caption",
      null,
      "Share of segments with a likely label of a theme, with its 95 % interval, and the number of segments with a " +
        "possible one.",
    ),
    element(
      "thead",
      null,
      element(
        "tr",
        null,
        columns.map((name, at) =>
          element("th", { scope: "col", class: at > 1 && at < columns.length - 1 ? "number" : null }, name),
        ),
      ),
    ),
    body,
  );
  const more =
    themes.length > first
      ? button(`Show all ${themes.length} themes`, () => {
          add(themes.slice(first));
          more?.remove();
          /** @type {HTMLElement | null} */ (body.rows[first]?.querySelector("a"))?.focus();
        })
      : null;
  return element(
    "div",
    { class: "theme-table" },
    element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table of themes" }, table),
    more,
  );
}

/**
 * @param {Study} study
 * @param {Theme} theme
 * @param {number} width
 * @param {boolean} corrected
 */
function themeRow(study, theme, width, corrected) {
  const id = newId("theme-quote");
  const opener = button(
    [element("span", null, "Show"), element("span", { class: "unseen" }, " a quote for ", theme.theme)],
    () => {
      const open = opener.getAttribute("aria-expanded") !== "true";
      opener.setAttribute("aria-expanded", String(open));
      /** @type {Element} */ (opener.firstElementChild).textContent = open ? "Hide" : "Show";
      row.classList.toggle("opened", open);
      if (!open) {
        document.getElementById(id)?.remove();
        return;
      }
      const cell = element("td", { colspan: width });
      whenLoaded(() => {
        const segment = readVoices().quotesOf(theme.theme, "central")[0];
        replaceChildren(
          cell,
          segment === undefined ? "No quote of it is in this page." : briefQuote(segment, 900),
          element(
            "p",
            { class: "quote-tools" },
            button("All its quotes", () => openVoices({ theme: theme.theme }, theme.theme), { class: "plain" }),
          ),
        );
      });
      row.after(element("tr", { id }, cell));
    },
    { class: "plain", "aria-expanded": "false" },
  );
  const row = element(
    "tr",
    null,
    element("th", { scope: "row" }, element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme))),
    element("td", null, theme.kind === "seed" ? "codebook" : "emergent"),
    element(
      "td",
      { class: "number" },
      button(
        [shareLikely(theme), element("span", { class: "unseen" }, " of segments: read the quotes of ", theme.theme)],
        () => openVoices({ theme: theme.theme }, theme.theme),
        { class: "plain" },
      ),
    ),
    element("td", { class: "number" }, formatCount(possibleSegments(theme))),
    corrected ? element("td", { class: "number" }, correctedShare(study, theme.theme, "these") ?? "–") : null,
    element("td", null, theme.segments ? opener : element("span", { class: "muted" }, "none")),
  );
  return row;
}
