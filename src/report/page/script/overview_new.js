// @ts-check
// What is new: the emergent themes, the commonest and most stable first, with keywords and a quote each.

import { button, element, peoplesWords, replaceChildren } from "./dom.js";
import { readVoices } from "./data.js";
import { formatCounted, splitWords } from "./format.js";
import { whenIdle } from "./guard.js";
import { briefQuote } from "./quote.js";
import { routeTo } from "./route.js";
import { emergentByWeight, stabilityWords } from "./theme_figures.js";
import { openVoices } from "./voices.js";

/** @import { Study, Theme } from "./types.js" */

const newShownFirst = 6;

/** @param {Study} study */
export function newPart(study) {
  const section = element(
    "section",
    { "aria-labelledby": "overview-new" },
    element("h2", { id: "overview-new" }, "What is new"),
  );
  const emergent = emergentByWeight(study);
  if (!study.counts.segments) {
    section.append(element("p", null, "Nothing, because nothing could be read."));
    return section;
  }
  if (!emergent.length) {
    section.append(
      element(
        "p",
        null,
        "No theme was found beside those of the codebook. Either its themes cover what people said, or looking " +
          "for others was switched off (",
        element("code", null, "emergent"),
        " under ",
        element("code", null, "[themes]"),
        " in the study file).",
      ),
    );
    return section;
  }
  const list = element("ul", { class: "emergent-list" });
  const add = (/** @type {Theme[]} */ themes) => themes.forEach((theme) => list.append(newTheme(study, theme)));
  add(emergent.slice(0, newShownFirst));
  const more =
    emergent.length > newShownFirst
      ? button(`Show all ${emergent.length}`, () => {
          add(emergent.slice(newShownFirst));
          more?.remove();
          /** @type {HTMLElement | undefined} */ (list.querySelectorAll("a")[newShownFirst])?.focus();
        })
      : null;
  section.append(
    element(
      "p",
      null,
      "Themes that come from the interviews and not from the codebook, the commonest and most stable first. Their " +
        "names are their strongest keywords, until somebody finds better ones.",
    ),
    list,
  );
  if (more) section.append(more);
  return section;
}

/**
 * @param {Study} study
 * @param {Theme} theme
 */
function newTheme(study, theme) {
  const stability = stabilityWords(theme);
  const quote = element("div", null);
  whenIdle(() => {
    const segment = readVoices().quotesOf(theme.theme, "central")[0];
    if (segment !== undefined) replaceChildren(quote, briefQuote(segment, 220));
  });
  return element(
    "li",
    null,
    element("h3", null, element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme))),
    element(
      "p",
      { class: "small muted" },
      button(
        `${formatCounted(theme.likely_segments, "likely segment")} from ` +
          formatCounted(theme.likely_transcripts, "interview"),
        () => openVoices({ theme: theme.theme }, theme.theme),
        { class: "plain inline" },
      ),
      stability ? `, ${stability.words}` : null,
    ),
    element("p", { class: "keywords", dir: "auto" }, splitWords(theme.keywords).slice(0, 8).join(", ")),
    quote,
  );
}
