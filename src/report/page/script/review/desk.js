// @ts-check
// The desk of one coder: which way is gone, which segment is read, and what each step does to the answer.
// Every step is written down before anything is shown.

import { announce, element, replaceChildren } from "../dom.js";
import { formatCount } from "../format.js";
import {
  reviewAnswerKey,
  reviewDecided,
  reviewIsCoded,
  reviewIsNone,
  reviewToggledNone,
  reviewToggledSeed,
  reviewWithOther,
  reviewWithoutOther,
} from "./answers.js";
import { reviewEarlierOffer } from "./earlier.js";
import { reviewPanel } from "./panel.js";
import { reviewPosition } from "./position.js";
import { reviewProgress } from "./progress.js";
import { reviewSaving } from "./saving.js";
import { reviewSampleIntroduction, reviewWays } from "./ways.js";

/** @import { ReviewAnswer, ReviewWay } from "./answers.js" */
/** @import { ReviewLedger } from "./ledger.js" */
/** @import { ReviewMaterial } from "./segments.js" */

/**
 * @param {ReviewMaterial} material
 * @param {ReviewLedger} ledger
 * @param {HTMLElement} head who codes, and what else stands beside the ways
 */
export function reviewDesk(material, ledger, head) {
  const { voices, seedNames, themeNames, study } = material;
  const position = reviewPosition(study.run, ledger.coder);
  /**
   * @type {{
   *   queue: number[], at: number, theme: string | null,
   *   panel: ReturnType<typeof reviewPanel> | null, progress: ReturnType<typeof reviewProgress> | null,
   * }}
   */
  const now = { queue: [], at: 0, theme: null, panel: null, progress: null };
  const work = element("div", {});
  const saving = reviewSaving(material, ledger, { tell: announce, loaded: () => goOn() });
  const ways = reviewWays(
    material,
    (chosen, theme) => {
      if (chosen === position.record.way && (chosen === "sample" || theme === now.theme)) return;
      choose(chosen, theme);
    },
    () => now.panel?.focus(),
  );
  const offer = position.record.declined
    ? null
    : reviewEarlierOffer(material, ledger, {
        taken: (sentence) => {
          goOn();
          announce(sentence);
        },
        declined: () => position.set({ declined: true }),
      });

  const way = () => /** @type {ReviewWay} */ (now.theme === null ? "sample" : "theme");
  const answerAt = (/** @type {number} */ at) => ledger.answers.get(reviewAnswerKey(way(), voices.id(now.queue[at])));
  const isDone = (/** @type {ReviewAnswer | undefined} */ answer) =>
    answer !== undefined && (now.theme === null ? reviewIsCoded(answer, seedNames) : answer.themes.has(now.theme));
  const current = () => ledger.answer(way(), material.segment(now.queue[now.at]));

  const show = (isOtherSegment = false) => {
    saving.show();
    if (!now.panel || !now.progress) return;
    now.panel.show({ index: now.queue[now.at], at: now.at, of: now.queue.length, answer: current(), isOtherSegment });
    now.progress.show(now.queue, now.at);
  };

  /** Takes a changed answer in, shows it and says what changed. */
  const change = (
    /** @type {ReviewAnswer} */ answer,
    /** @type {string} */ told,
    /** @type {string | null} */ group = null,
  ) => {
    ledger.put(answer, group);
    show();
    if (told !== "") announce(`${told} ${ledger.isKept ? "Kept." : "Not kept by the browser."}`);
  };

  const go = (/** @type {number} */ at) => {
    if (at < 0 || at >= now.queue.length) {
      const open = now.queue.filter((_, each) => !isDone(answerAt(each))).length;
      const last = open === 0 ? "All are done. Save your file." : `${formatCount(open)} not done yet.`;
      announce(at < 0 ? "This is the first segment." : `This is the last segment. ${last}`);
      return;
    }
    now.at = at;
    position.leftAt(voices.id(now.queue[at]));
    show(true);
    now.panel?.focus();
    announce(
      `Segment ${formatCount(at + 1)} of ${formatCount(now.queue.length)}. ${isDone(answerAt(at)) ? "Done." : ""}`,
    );
  };

  const firstOpen = (/** @type {number} */ from) => {
    const order = now.queue.map((_, each) => (from + each) % now.queue.length);
    return order.find((each) => !isDone(answerAt(each)));
  };

  /** After a click the keys work on the segment again; with the keyboard the focus stays on the button. */
  const clicked = (/** @type {Event | undefined} */ event) => {
    if (event instanceof MouseEvent && event.detail > 0) now.panel?.focus();
  };

  const steps = {
    theme: (/** @type {string} */ theme, /** @type {Event} */ event) => {
      const changed =
        now.theme === null ? reviewToggledSeed(current(), theme, seedNames) : reviewDecided(current(), theme, true);
      change(changed, `${theme} ${changed.themes.get(theme) === true ? "on" : "off"}.`);
      clicked(event);
    },
    none: (/** @type {Event} */ event) => {
      if (now.theme !== null || seedNames.length === 0) return;
      const changed = reviewToggledNone(current(), seedNames);
      change(changed, `None of these ${reviewIsNone(changed, seedNames) ? "on" : "off"}.`);
      clicked(event);
    },
    decide: (/** @type {boolean} */ decision, /** @type {Event} */ event) => {
      if (now.theme === null) return;
      const changed = reviewDecided(current(), now.theme, decision);
      const said = changed.themes.get(now.theme);
      change(changed, said === undefined ? "Undecided." : said ? "Accepted." : "Rejected.");
      clicked(event);
    },
    other: (/** @type {string} */ words) => {
      const names = now.theme === null ? seedNames : study.themeNames;
      const named = names.find((name) => name.toLowerCase() === words.toLowerCase());
      const answer = current();
      if (named === undefined) {
        change(reviewWithOther(answer, words, seedNames), `${words} added.`);
      } else if (answer.themes.get(named) !== true) {
        change(
          now.theme === null ? reviewToggledSeed(answer, named, seedNames) : reviewDecided(answer, named, true),
          `${named} on.`,
        );
      }
      now.panel?.focus();
    },
    withoutOther: (/** @type {string} */ words) => change(reviewWithoutOther(current(), words), `${words} removed.`),
    memo: (/** @type {string} */ memo) => change({ ...current(), memo }, "", `memo ${way()} ${current().segmentId}`),
    paper: (/** @type {Event} */ event) => {
      const answer = current();
      change({ ...answer, paper: !answer.paper }, answer.paper ? "Mark taken off." : "Marked for the paper.");
      clicked(event);
    },
    back: () => go(now.at - 1),
    next: () => go(now.at + 1),
    undo: () => {
      const answer = ledger.undo();
      const at =
        answer && answer.way === way() ? now.queue.findIndex((segment) => voices.id(segment) === answer.segmentId) : -1;
      if (at >= 0 && at !== now.at) go(at);
      else show(at >= 0);
      announce(answer ? `Taken back. ${answer.segmentId}.` : "There is nothing to take back.");
    },
  };

  /** Goes a way, to where it was left or else to the first segment that is open. */
  const choose = (/** @type {ReviewWay} */ chosen, /** @type {string | null} */ theme) => {
    const named = theme !== null && themeNames.includes(theme) ? theme : (themeNames[0] ?? null);
    now.theme = chosen === "theme" ? named : null;
    now.queue = chosen === "sample" ? material.asked : named === null ? [] : material.labelled(named);
    now.panel = null;
    now.progress = null;
    position.set({ way: chosen, theme: named });
    ways.show(chosen, named);
    if (now.queue.length === 0) {
      replaceChildren(
        work,
        element(
          "p",
          { class: "note" },
          chosen === "sample"
            ? "There is no blind sample, because this study has no segments to draw it from."
            : "There are no quotes to step through, because the machine gave no theme to any segment of this page.",
        ),
      );
    } else if (chosen === "sample" && !position.record.begun && ledger.given().length === 0) {
      replaceChildren(
        work,
        reviewSampleIntroduction(material, () => {
          position.set({ begun: true });
          choose("sample", null);
          now.panel?.focus();
        }),
      );
    } else {
      open(position.segment());
    }
    saving.show();
  };

  /**
   * With answers from elsewhere: shows the way again, and goes to the first open segment where the one that was read is
   * done.
   */
  const goOn = () => {
    choose(position.record.way ?? "sample", now.theme);
    const at = now.panel && isDone(answerAt(now.at)) ? firstOpen(now.at) : undefined;
    if (at !== undefined) go(at);
  };

  const open = (/** @type {string | null} */ segmentId) => {
    const left = now.queue.findIndex((segment) => voices.id(segment) === segmentId);
    now.at = left >= 0 ? left : (firstOpen(0) ?? 0);
    position.leftAt(voices.id(now.queue[now.at]));
    now.progress = reviewProgress(voices, {
      doneWord: now.theme === null ? "answered" : "decided",
      state: (at) => {
        const answer = answerAt(at);
        return { done: isDone(answer), memo: (answer?.memo ?? "") !== "", paper: answer?.paper === true };
      },
      jumped: go,
      nextOpen: () => {
        const at = firstOpen(now.at + 1);
        if (at === undefined) announce("All are done.");
        else go(at);
      },
    });
    now.panel = reviewPanel(material, now.theme, now.progress.root, steps);
    replaceChildren(work, now.panel.root, now.progress.list);
    show(true);
  };

  choose(position.record.way ?? (material.asked.length > 0 ? "sample" : "theme"), position.record.theme);
  return {
    root: element(
      "div",
      { class: "review-desk" },
      element("div", { class: "review-top" }, ways.root, head),
      offer,
      work,
      saving.root,
    ),
    steps,
    seedNames,
    save: saving.save,
    /** Whether there is a segment to answer. */
    isOpen: () => now.panel !== null,
    isBlind: () => now.theme === null,
    focus: () => now.panel?.focus(),
    field: (/** @type {"memo" | "other"} */ name) => now.panel?.[name].focus(),
    /** Another tab wrote, or a file was read. */
    refresh: () => show(),
  };
}
