// @ts-check
// The review: who reviews, the desk of that coder, and what reaches the desk from outside (keys, other tabs, closing
// the page). Each coder has a ledger and a desk of their own; nothing of one is ever shown to another.

import { announce, button, element, peoplesWords, replaceChildren } from "../dom.js";
import { reviewCoderName } from "./coder.js";
import { reviewDesk } from "./desk.js";
import {
  reviewIsField,
  reviewKeyOf,
  reviewKeysAreOn,
  reviewKeysDialog,
  reviewTakesEnter,
  reviewThemeKey,
} from "./keys.js";
import { ReviewLedger } from "./ledger.js";
import { reviewMaterial } from "./segments.js";
import { reviewSignIn } from "./sign_in.js";
import {
  reviewKnownName,
  reviewParsed,
  reviewStorageForget,
  reviewStorageRead,
  reviewStorageWrite,
} from "./storage.js";

/** @import { Study, Voices } from "../types.js" */

const REVIEW_CODER_KEY = "emic-review-coder";

/**
 * @param {Study} study
 * @param {Voices} voices
 * @returns {HTMLElement}
 */
export function reviewView(study, voices) {
  const material = reviewMaterial(study, voices);
  const body = element("div", {});
  const keys = reviewKeysDialog();
  const title = element("h1", { tabindex: "-1" }, "Review");
  const root = element("div", { class: "view review" }, title, body, keys.root);
  /**
   * Ledgers of all who coded since the page was opened: answers that the browser refuses to keep must not go with the
   * name.
   */
  /** @type {Map<string, ReviewLedger>} */
  const ledgers = new Map();
  /** @type {{ ledger: ReviewLedger | null, desk: ReturnType<typeof reviewDesk> | null }} */
  const now = { ledger: null, desk: null };

  const signIn = (/** @type {string} */ typed) => {
    const coder = [...ledgers.keys()].find((name) => name === typed) ?? reviewKnownName(study.run, typed);
    const ledger = ledgers.get(coder) ?? new ReviewLedger(study, coder);
    ledgers.set(coder, ledger);
    reviewStorageWrite(REVIEW_CODER_KEY, coder);
    const desk = reviewDesk(material, ledger, reviewHead(coder, signOut, keys.open));
    Object.assign(now, { ledger, desk });
    replaceChildren(body, desk.root);
  };
  const signOut = () => {
    reviewStorageForget(REVIEW_CODER_KEY);
    Object.assign(now, { ledger: null, desk: null });
    const form = reviewSignIn((name) => {
      signIn(name);
      title.focus();
    });
    replaceChildren(body, form);
    form.querySelector("input")?.focus();
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (now.desk && root.getClientRects().length > 0 && !document.querySelector("dialog:modal"))
        reviewPressed(event, root, now.desk, keys.open);
    },
    { capture: true },
  );
  window.addEventListener("storage", (event) => {
    if (!now.ledger || !now.desk || event.key !== now.ledger.key || event.newValue === null) return;
    now.ledger.hearOther(reviewParsed(event.newValue));
    now.desk.refresh();
  });
  window.addEventListener("beforeunload", (event) => {
    const others = [...ledgers.values()].filter((ledger) => ledger === now.ledger || !ledger.isKept);
    if (others.some((ledger) => ledger.unsaved() > 0)) event.preventDefault();
  });

  const last = reviewStorageRead(REVIEW_CODER_KEY).value;
  const kept = reviewCoderName(typeof last === "string" ? last : "");
  if (kept.refusal === "") {
    signIn(kept.name);
  } else {
    replaceChildren(
      body,
      reviewSignIn((name) => {
        signIn(name);
        title.focus();
        announce("Your answers are kept in this browser.");
      }),
    );
  }
  return root;
}

/**
 * Who reviews, and the way out.
 * @param {string} coder
 * @param {() => void} signOut
 * @param {() => void} showKeys
 */
function reviewHead(coder, signOut, showKeys) {
  return element(
    "div",
    { class: "review-line review-head" },
    element("p", {}, "Coder: ", peoplesWords(coder, { class: "review-coder" })),
    button("Change coder", signOut, { class: "plain" }),
    button("Keys", showKeys, { class: "plain", "aria-keyshortcuts": "?" }),
  );
}

/**
 * What a press of a key does in the review.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {ReturnType<typeof reviewDesk>} desk
 * @param {() => void} showKeys
 */
function reviewPressed(event, root, desk, showKeys) {
  const target = /** @type {Node | null} */ (event.target);
  const isHere =
    target === document.body ||
    target === document.documentElement ||
    (target !== null && (root.contains(target) || target.contains(root)));
  const done = (/** @type {() => void} */ step) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    step();
  };
  if (!isHere) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s")
    return done(desk.save);
  if (reviewIsField(target)) return event.key === "Escape" ? done(desk.focus) : undefined;
  const key = reviewKeyOf(event);
  if (key === "" || !reviewKeysAreOn() || (key === "enter" && reviewTakesEnter(target))) return;
  if (key === "?") return done(showKeys);
  const step = desk.isOpen() ? reviewStepOf(key, desk, event) : null;
  // A key that is held down goes on stepping, but does not switch a theme on and off.
  if (step && (!event.repeat || key === "left" || key === "right")) done(step);
}

/**
 * @param {string} key
 * @param {ReturnType<typeof reviewDesk>} desk
 * @param {KeyboardEvent} event
 * @returns {(() => void) | null}
 */
function reviewStepOf(key, desk, event) {
  const { steps } = desk;
  const commands = new Map([
    ["enter", steps.next],
    ["right", steps.next],
    ["left", steps.back],
    ["u", steps.undo],
    ["0", () => steps.none(event)],
    ["p", () => steps.paper(event)],
    ["m", () => desk.field("memo")],
    ["t", () => desk.field("other")],
    ["a", () => steps.decide(true, event)],
    ["r", () => steps.decide(false, event)],
  ]);
  const theme = desk.seedNames.find((_, at) => reviewThemeKey(at) === key);
  return commands.get(key) ?? (theme === undefined ? null : () => steps.theme(theme, event));
}
