// @ts-check
// Who reviews: what a coder may be called, and the part of the name that stands in the name of a file.
// The rules are those of `emic review sample --coders`, so that a name that is taken here is taken there.

/** Most letters of a name. */
const REVIEW_LONGEST_NAME = 60;

/**
 * The name as it is kept, or a sentence why it cannot be.
 * @param {string} typed
 * @returns {{ name: string, refusal: string }}
 */
export function reviewCoderName(typed) {
  const name = typed
    .split(/\p{White_Space}+/u)
    .filter((word) => word !== "")
    .join(" ");
  const refused = (/** @type {string} */ refusal) => ({ name: "", refusal });
  if (name === "") {
    return refused("Type a name first. It says later whose answers these are.");
  }
  if ([...name].length > REVIEW_LONGEST_NAME) {
    return refused(`The name is too long. It may have ${REVIEW_LONGEST_NAME} characters.`);
  }
  if (name.includes(";")) {
    return refused("A name cannot hold a semicolon.");
  }
  if (/\p{Cc}/u.test(name)) {
    return refused("A name cannot hold control characters.");
  }
  if (reviewFilePart(name) === "") {
    return refused("The name needs a letter or a digit, for the name of the file.");
  }
  return { name, refusal: "" };
}

/** The letters and digits of a name, with `-` for what stands between. */
export function reviewFilePart(/** @type {string} */ name) {
  return name
    .split(/[^\p{Alphabetic}\p{N}]+/u)
    .filter((word) => word !== "")
    .join("-");
}

/** What a coder's file is called. */
export function reviewFileName(/** @type {string} */ coder) {
  return `emic-review-${reviewFilePart(coder)}.json`;
}

/** Whether two names are of one person: letters and digits count, without regard to case, as the program takes them. */
export function reviewIsSameCoder(/** @type {string} */ one, /** @type {string} */ other) {
  const folded = (/** @type {string} */ name) => reviewFilePart(name).replaceAll("-", "").toLowerCase();
  return folded(one) === folded(other);
}
