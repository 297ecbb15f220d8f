// @ts-check
// The dialog that tells the keys, and the keys that work everywhere.

import { button, element } from "./dom.js";
import { readRoute } from "./route.js";
import { reviewIsField, reviewKeysAreOn } from "./review/keys.js";
import { reviewStorageWrite } from "./review/storage.js";

/** @type {HTMLDialogElement | null} */
let helpDialog = null;

/** Opens the dialog. */
export function openHelp() {
  if (!helpDialog) {
    const keys = [
      ["/", "search in what people said"],
      ["Escape", "close the quotes or this help"],
      ["j, k or ↓, ↑", "next quote, quote before (while the quotes are open)"],
      ["o", "open the turns around the quote"],
      ["c", "copy the quote with its place"],
      ["Arrow keys, Enter", "move between the marks of a picture, and open the quotes behind one"],
      ["?", "this help"],
    ];
    const single = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "help-single-keys" }));
    single.addEventListener("change", () => reviewStorageWrite("emic-review-keys", single.checked ? "on" : "off"));
    helpDialog = /** @type {HTMLDialogElement} */ (
      element(
        "dialog",
        { class: "help", "aria-labelledby": "help-title" },
        element("h2", { id: "help-title" }, "Reading this page"),
        element(
          "p",
          null,
          "Every bar, cell and point opens the quotes behind it. Every picture can be saved as SVG and its " +
            "numbers as CSV. The address of the page says what you see, so a copied address brings you back.",
        ),
        element(
          "dl",
          { class: "facts" },
          keys.map(([key, what]) => [element("dt", null, element("kbd", null, key)), element("dd", null, what)]),
        ),
        element("p", { class: "small" }, element("label", null, single, " Keys without Control or Alt are on")),
        element(
          "form",
          { method: "dialog" },
          button("Close", () => helpDialog?.close()),
        ),
      )
    );
    helpDialog.addEventListener("toggle", () => {
      single.checked = reviewKeysAreOn();
    });
    document.body.append(helpDialog);
  }
  /** @type {HTMLInputElement} */ (helpDialog.querySelector("input")).checked = reviewKeysAreOn();
  if (!helpDialog.open) helpDialog.showModal();
}

/**
 * Listens for the keys that work everywhere.
 * @param {() => HTMLElement | null} searchField
 */
export function listenForKeys(searchField) {
  document.addEventListener("keydown", (event) => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      reviewIsField(event.target) ||
      !reviewKeysAreOn()
    )
      return;
    if (event.key === "/") {
      event.preventDefault();
      searchField()?.focus();
    } else if (event.key === "?" && readRoute(location.hash).view !== "review") {
      event.preventDefault();
      openHelp();
    }
  });
}
