// @ts-check
// Light or dark: as the system says, until the reader chooses. The choice is kept in the browser.

import { button } from "./dom.js";

const appearanceKey = "emic-appearance";

/** Whether the page is dark now. */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The kept choice; browsers may refuse to keep anything for a file. */
export function keptAppearance() {
  try {
    const kept = localStorage.getItem(appearanceKey);
    if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  } catch {
    // Then the system decides.
  }
}

/** A button that turns light into dark and back. */
export function appearanceButton() {
  const name = () => (isDark() ? "Light" : "Dark");
  const made = button(
    name(),
    () => {
      const next = isDark() ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      made.textContent = name();
      try {
        localStorage.setItem(appearanceKey, next);
      } catch {
        // It holds until the page is closed.
      }
    },
    { title: "Light or dark page" },
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    made.textContent = name();
  });
  return made;
}
