// @ts-check
// Who reviews. Nothing can be answered before there is a name, and no other coder's name is shown or suggested.

import { element } from "../dom.js";
import { reviewCoderName } from "./coder.js";

/** @param {(name: string) => void} signedIn */
export function reviewSignIn(signedIn) {
  const refusal = element("p", { id: "review-name-refusal", class: "review-refusal", role: "alert" });
  const field = /** @type {HTMLInputElement} */ (
    element("input", {
      id: "review-name",
      type: "text",
      dir: "auto",
      autocomplete: "off",
      autocapitalize: "words",
      spellcheck: "false",
      "aria-describedby": "review-name-refusal review-name-hint",
    })
  );
  const form = element(
    "form",
    { class: "review-sign-in" },
    element(
      "p",
      {},
      "Read what people said and say what you see in it. Your answers tell how far the machine can be trusted, " +
        "and correct its numbers.",
    ),
    element("label", { for: "review-name" }, "Your name, as it should stand in the tables"),
    element("div", { class: "review-line" }, field, element("button", { type: "submit", class: "primary" }, "Start")),
    refusal,
    element(
      "p",
      { id: "review-name-hint", class: "review-hint" },
      "Answers stay in this browser, under your name. Nothing is sent anywhere. Another coder who types another " +
        "name does not see them.",
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, refusal: sentence } = reviewCoderName(field.value);
    refusal.textContent = sentence;
    field.setAttribute("aria-invalid", String(sentence !== ""));
    if (sentence === "") {
      signedIn(name);
    } else {
      field.focus();
    }
  });
  return form;
}
