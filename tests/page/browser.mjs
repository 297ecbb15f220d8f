// Starts Chromium and opens pages in it. A page that writes a warning or an error into its console, throws, asks for
// anything but its own file, goes elsewhere or opens a window has a fault, and the check that opened it fails when it
// closes the page. Every page has a context of its own, which is a computer of its own as far as the page can tell.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */

/**
 * Milliseconds that anything in a page may take before a check gives up. Busy machines are slow; nothing is measured by
 * it.
 */
const patience = 60_000;

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium, or an error that says how to get it. */
export async function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it with "apt-get install chromium", or name another in ` +
        "the variable CHROMIUM.",
    );
  }
  return chromium.launch({ executablePath, args: quiet });
}

/**
 * Notes in `faults` all that a tab must not do. `allowed` are pages that it may show; another window of the same
 * context may show others.
 */
function watch(tab, allowed, faults) {
  const isAllowed = (address) => allowed.some((one) => address === one || address.startsWith(`${one}#`));
  tab.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`),
  );
  tab.on("pageerror", (error) => faults.push(`thrown: ${error.stack ?? error}`));
  tab.on("crash", () => faults.push("the page crashed"));
  tab.on("popup", (other) => faults.push(`a window was opened: ${other.url()}`));
  tab.on("request", (request) => {
    // What the page made itself comes from nowhere.
    if (!/^(data|blob):/.test(request.url()) && !isAllowed(request.url())) faults.push(`asked for ${request.url()}`);
  });
  tab.on("framenavigated", (frame) => {
    if (frame !== tab.mainFrame()) faults.push(`a frame was made: ${frame.url()}`);
    else if (frame.url() !== "about:blank" && !isAllowed(frame.url())) faults.push(`went to ${frame.url()}`);
  });
}

/**
 * How a page is opened: `before` and the files `scripts` run in every page before its own scripts; the rest is
 * Playwright's.
 * @typedef {BrowserContextOptions & {
 *   before?: () => void, scripts?: string[], width?: number, height?: number,
 * }} ComputerOptions
 * @typedef {Awaited<ReturnType<typeof newComputer>>} Computer
 */

/**
 * A context in which pages can be opened, and what they did wrong so far. `warned` counts how often a page asked
 * whether to leave it.
 * @param {Browser} browser
 * @param {ComputerOptions} [options]
 */
export async function newComputer(browser, { before, scripts = [], width = 1280, height = 900, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(patience);
  for (const path of scripts) await context.addInitScript({ path });
  if (before) await context.addInitScript(before);
  const faults = [];
  const computer = {
    context,
    faults,
    warned: 0,
    /** Opens a page's file, at a place in it where `hash` names one. */
    async open(path, hash = "") {
      const tab = await context.newPage();
      const address = pathToFileURL(path).href;
      watch(tab, [address], faults);
      tab.on("dialog", (dialog) => {
        if (dialog.type() === "beforeunload") computer.warned += 1;
        else faults.push(`a dialog: ${dialog.message()}`);
        dialog.accept();
      });
      await tab.goto(`${address}${hash ? `#${hash}` : ""}`);
      return tab;
    },
    async close() {
      await context.close();
      assert.deepEqual(faults, [], "the page writes no error, asks for nothing and goes nowhere");
    },
  };
  return computer;
}

/**
 * Opens a page by itself, does `work` with its tab, and fails where the page did wrong meanwhile.
 * @template Result
 * @param {Browser} browser
 * @param {string} path
 * @param {ComputerOptions & { hash?: string }} options
 * @param {(tab: Page, computer: Computer) => Promise<Result>} work
 */
export async function withPage(browser, path, { hash, ...options }, work) {
  const computer = await newComputer(browser, options);
  try {
    const result = await work(await computer.open(path, hash), computer);
    await computer.close();
    return result;
  } catch (error) {
    // What the page did wrong is often why the check failed.
    if (computer.faults.length && !/asks for nothing/.test(error.message))
      error.message += `\n  and the page: ${computer.faults.slice(0, 5).join("\n  ")}`;
    await computer.context.close().catch(() => {});
    throw error;
  }
}

/** Shows another part of the page, as its navigation does. */
export async function goTo(tab, hash) {
  await tab.evaluate((hash) => {
    location.hash = hash;
  }, hash);
  await tab.waitForFunction(() => document.querySelector("main .view, main .review"));
  await settled(tab);
}

/** Waits until the page has drawn what it is about to draw. */
export async function settled(tab) {
  // Pictures are drawn in the frame after they get a width, and what people said is read when nothing else is to do.
  await tab.waitForFunction(
    () =>
      document.readyState === "complete" &&
      [...document.querySelectorAll("main .picture:not(.picture-missing) .picture-drawn")].every(
        (drawn) => drawn.firstElementChild || !drawn.getClientRects().length,
      ),
  );
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Presses keys one after the other. */
export async function press(tab, ...keys) {
  for (const key of keys) await tab.keyboard.press(key);
}
