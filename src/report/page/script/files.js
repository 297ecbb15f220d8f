// @ts-check
// What leaves the page: files to save and text to copy. Both work from a file opened from disk and without a network.

/**
 * A cell of a CSV file. Text that a spreadsheet would take for a formula gets an apostrophe in front.
 * @param {any} value
 */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  let text = String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A CSV file as Excel and others read it: UTF-8 with a byte-order mark, commas, lines that end with CR LF.
 * @param {string[]} columns
 * @param {Array<Record<string, any>>} rows
 */
export function csvText(columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/**
 * A name that every file system takes.
 * @param {string} name
 */
export function safeFileName(name) {
  return (
    name
      .normalize("NFC")
      .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 80) || "emic"
  );
}

/**
 * Lets the reader save a file that the page made.
 * @param {string} name
 * @param {string} type a MIME type
 * @param {string | Blob} content
 */
export function saveFile(name, type, content) {
  const address = URL.createObjectURL(
    content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/**
 * Copies text. Browsers keep the clipboard from pages that were opened from disk, so an old way stands behind it.
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "unseen";
    // Inside an open dialog only what is in the dialog can be selected.
    (focused?.closest("dialog") ?? document.body).append(field);
    field.select();
    let copied;
    try {
      copied = document.execCommand("copy");
    } catch {
      copied = false;
    }
    field.remove();
    focused?.focus();
    return copied;
  }
}
