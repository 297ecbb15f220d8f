// The drawer of quotes: what stands in it, and whether that is what the tables have for the filter in the address. The
// tables know nothing of the page, so a number, a filter or a text that went wrong on the way shows here.

import assert from "node:assert/strict";
import { filterOf, segmentsAsked } from "./tables.mjs";

/** What the open drawer shows; null when none is open. */
export function readDrawer(tab) {
  return tab.evaluate(() => {
    const drawer = document.querySelector("dialog.drawer[open]");
    return (
      drawer && {
        hash: location.hash,
        title: drawer.querySelector("h2").textContent,
        count: Number(
          /[\d,. \u202f]*\d/.exec(drawer.querySelector(".told").textContent)?.[0].replace(/\D/g, "") ?? NaN,
        ),
        told: drawer.querySelector(".told").textContent,
        quotes: [...drawer.querySelectorAll(".drawer-body li[data-segment]")].map((quote) => ({
          text: quote.querySelector("blockquote").textContent,
          source: quote.querySelector("figcaption").textContent,
        })),
      }
    );
  });
}

/** Waits until the drawer is open and has counted. */
export async function drawerOpened(tab) {
  await tab.waitForFunction(() => document.querySelector("dialog.drawer[open] .told")?.textContent);
  return readDrawer(tab);
}

/** Closes the drawer with Escape, and waits until the address is that of the view again. */
export async function closeDrawer(tab) {
  await tab.keyboard.press("Escape");
  await tab.waitForFunction(() => !document.querySelector("dialog.drawer[open]") && !location.hash.includes("?"));
}

/**
 * What people said in an interview: its turns with a line break between them, which is what positions in the tables
 * refer to.
 */
function readingText(table, transcript) {
  return table("turns")
    .filter((turn) => turn.transcript_id === transcript)
    .map((turn) => turn.text ?? "")
    .join("\n");
}

/** Fails where the drawer shows other segments than the tables have for its filter, or other words than were said. */
export function checkDrawer(drawer, table, what) {
  const filter = filterOf(drawer.hash);
  const asked = new Set(segmentsAsked(table, filter));
  assert.equal(drawer.count, asked.size, `${what}: as many segments as the tables have for ${JSON.stringify(filter)}`);
  assert.equal(drawer.quotes.length, Math.min(30, asked.size), `${what}: the first thirty are listed`);
  const segments = table("segments").filter((segment) => asked.has(segment.segment_id));
  for (const { text, source } of drawer.quotes) {
    const found = segments.filter((segment) => segment.text === text);
    assert.ok(found.length, `${what}: a quote is verbatim a segment that was asked for: ${text.slice(0, 80)}`);
    assert.ok(
      found.some(
        (segment) =>
          source.includes(segment.transcript_id) &&
          (!segment.speaker || segment.speaker === segment.transcript_id || source.includes(segment.speaker)),
      ),
      `${what}: the quote's interview and speaker are named: ${source}`,
    );
    assert.ok(
      found.some(
        (segment) =>
          [...readingText(table, segment.transcript_id)]
            .slice(Number(segment.char_start), Number(segment.char_end))
            .join("") === text,
      ),
      `${what}: the quote stands where the tables say: ${source}`,
    );
  }
  return { filter, asked };
}
