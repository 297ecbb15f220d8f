// @ts-check
// Makes elements. All text of a study goes into the page through here, as text and never as markup:
// names and quotes are other people's words and may hold anything.

/** @typedef {Node | string | number | null | undefined | false | Array<any>} Child */

/** Counts the ids that the page made. */
let domLastId = 0;

/**
 * Makes an element. A function under `onclick` or the like becomes a listener; `true` an attribute without value;
 * null, undefined and false leave it out. Children may be nested lists; null, undefined and false are left out.
 * @param {string} tag
 * @param {Record<string, any> | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, "").toLowerCase(), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  return appendChildren(made, children);
}

/**
 * Adds children, text as text.
 * @template {Element | DocumentFragment} T
 * @param {T} parent
 * @param {Child} children
 * @returns {T}
 */
export function appendChildren(parent, children) {
  if (Array.isArray(children)) for (const child of children) appendChildren(parent, child);
  else if (children instanceof Node) parent.append(children);
  else if (children !== null && children !== undefined && children !== false) parent.append(String(children));
  return parent;
}

/**
 * Puts `children` in place of all that is in `parent`.
 * @param {Element} parent
 * @param {...Child} children
 */
export function replaceChildren(parent, ...children) {
  parent.replaceChildren();
  return appendChildren(parent, children);
}

/**
 * People's words or names, in whatever direction and language they are.
 * @param {string | null} text
 * @param {{tag?: string, language?: string | null, class?: string}} [how] `language` is a BCP-47 tag
 */
export function peoplesWords(text, how = {}) {
  return element(how.tag ?? "bdi", { dir: "auto", lang: how.language ?? null, class: how.class ?? null }, text ?? "");
}

/**
 * A sentence of the program, in which names of settings and commands stand between backticks.
 * @param {string} text
 */
export function withCode(text) {
  const parts = text.split("`");
  return element(
    "span",
    { dir: "auto" },
    parts.map((part, at) =>
      at % 2 && at < parts.length - 1 ? element("code", null, part) : at % 2 ? `\`${part}` : part,
    ),
  );
}

/**
 * A button with words.
 * @param {Child} label
 * @param {(event: Event) => void} press
 * @param {Record<string, any>} [attributes]
 */
export function button(label, press, attributes = {}) {
  return /** @type {HTMLButtonElement} */ (element("button", { type: "button", onclick: press, ...attributes }, label));
}

/**
 * A choice with its label. `options` are [value, words] pairs.
 * @param {string} label
 * @param {Array<[string, string]>} options
 * @param {string} chosen
 * @param {(value: string) => void} change
 */
export function choice(label, options, chosen, change) {
  const list = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { dir: "auto" },
      options.map(([value, words]) => element("option", { value, selected: value === chosen }, words)),
    )
  );
  list.addEventListener("change", () => change(list.value));
  return element("label", { class: "choice" }, element("span", { class: "choice-label" }, label), list);
}

/**
 * An id that no other element has.
 * @param {string} [subject]
 */
export function newId(subject = "id") {
  domLastId += 1;
  return `${subject}-${domLastId}`;
}

/**
 * Says something to people who listen to the page; those who see it see the change itself.
 * @param {string} message
 */
export function announce(message) {
  const region = document.getElementById("announcements");
  if (region) region.textContent = message;
}

/**
 * A table that can be read by eye and ear. A cell is a child of `element`; `numbers` names the columns set as numbers.
 * The first column heads its row.
 * @param {string} caption
 * @param {Child[]} head
 * @param {Child[][]} rows
 * @param {{numbers?: number[], class?: string, showCaption?: boolean}} [how]
 */
export function dataTable(caption, head, rows, how = {}) {
  const numbers = new Set(how.numbers ?? []);
  const kind = (/** @type {number} */ at) => (numbers.has(at) ? "number" : null);
  const table = element(
    "table",
    { class: how.class ?? null },
    element("caption", { class: how.showCaption ? null : "unseen" }, caption),
    element(
      "thead",
      null,
      element(
        "tr",
        null,
        head.map((cell, at) => element("th", { scope: "col", class: kind(at) }, cell)),
      ),
    ),
    element(
      "tbody",
      null,
      rows.map((row) =>
        element(
          "tr",
          null,
          row.map((cell, at) =>
            at === 0
              ? element("th", { scope: "row", class: kind(at) }, cell)
              : element("td", { class: kind(at) }, cell),
          ),
        ),
      ),
    ),
  );
  // A wide table scrolls in its own frame, by keyboard too, so that the page never scrolls sideways.
  return element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": caption }, table);
}
