#!/usr/bin/env node
// Makes docs/screenshots: runs the demo study, opens its page in headless Chromium, and takes the pictures of
// docs/guide.md and of every view, on a desktop (1280 pixels wide) and a phone (390), light and dark.
//
//     npm ci --prefix tests/page && pip install pillow==13.0.0
//     node scripts/screenshots.mjs --emic target/release/emic [--models DIR] [--runs DIR] --out docs/screenshots
//
// The sample is reviewed in the page, by keyboard, with the codes that the demo's writers had in mind
// (data/demo/gold.csv). The saved file is imported and the study run again, so that agreement and corrected shares have
// something to show. With --runs both pages are kept in that folder, and those that are there already are taken instead
// of running again. CHROMIUM and PYTHON name other programs than chromium and python3. The pictures depend on the fonts
// of the machine: here Debian's fonts-liberation and fonts-dejavu.

import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { chromium } = createRequire(join(root, "tests/page/package.json"))("playwright-core");

const { values: options } = parseArgs({
  options: { emic: { type: "string" }, models: { type: "string" }, runs: { type: "string" }, out: { type: "string" } },
});
if (!options.emic || !options.out) {
  console.error("usage: node scripts/screenshots.mjs --emic BINARY [--models DIR] [--runs DIR] --out DIR");
  process.exit(1);
}
const emic = resolve(options.emic);
const out = resolve(options.out);
const models = options.models ? ["--models", resolve(options.models)] : [];
const runs = options.runs ? resolve(options.runs) : mkdtempSync(join(tmpdir(), "emic-screenshots-"));
/** Where the pictures are until all are there and small. */
const taken = join(runs, "pictures");
const coder = "Ana";

/** Widths and heights in CSS pixels, one to one in the picture; `longest` is where a long view is cut off. */
const screens = {
  desktop: { width: 1280, height: 900, longest: 2000 },
  phone: { width: 390, height: 844, longest: 2600 },
  guide: { width: 1000, height: 820, longest: 2600 },
};
const largestPicture = 130_000;
const largestFolder = 4_000_000;

/** Runs the program in the folder of runs and gives what it printed. Status 2 is done too: something was skipped. */
function runEmic(...words) {
  console.log(`emic ${words.join(" ")}`);
  try {
    return execFileSync(emic, words, {
      cwd: runs,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    if (error.status === 2) return error.stdout;
    throw error;
  }
}

/** A browser tab in which nothing moves, blinks or depends on where it runs. */
async function openTab(browser, page, screen, theme, hash = "overview") {
  const { width, height } = screens[screen];
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    colorScheme: theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(180_000);
  const tab = await context.newPage();
  tab.on("pageerror", (error) => {
    throw error;
  });
  await tab.goto(`${pathToFileURL(page)}#${hash}`);
  await settled(tab);
  return tab;
}

/** Waits until fonts are there and nothing has been drawn anew for a while. */
async function settled(tab) {
  await tab.evaluate(() => document.fonts.ready);
  await tab.evaluate(
    () =>
      new Promise((done) => {
        let last = 0;
        let still = 0;
        const look = () => {
          const size = document.body.innerHTML.length + document.body.scrollHeight;
          still = size === last ? still + 1 : 0;
          last = size;
          if (still === 5) done(undefined);
          else setTimeout(look, 120);
        };
        look();
      }),
  );
}

/** Takes what the window shows, or a rectangle of it. */
async function take(name, tab, clip = undefined) {
  await tab.screenshot({ path: join(taken, `${name}.png`), animations: "disabled", caret: "hide", clip });
  console.log(`${name}.png`);
}

/** Makes the window as high as the page, so that nothing has to be scrolled and no bar stands over what is below. */
async function unrolled(tab, longest = 12_000) {
  const { width } = tab.viewportSize();
  const height = await tab.evaluate(() => document.documentElement.scrollHeight);
  await tab.setViewportSize({ width, height: Math.min(height, longest) });
  await settled(tab);
}

/** Takes a view from its top to its end, or to where it is too long to be looked at. */
async function takeWhole(name, tab, screen) {
  await unrolled(tab, screens[screen].longest);
  await take(name, tab);
}

/** Takes one part of a view with a little room around it. */
async function takePart(name, tab, part) {
  await unrolled(tab);
  const box = await part.boundingBox();
  const room = 12;
  await take(name, tab, {
    x: Math.max(0, box.x - room),
    y: Math.max(0, box.y - room),
    width: box.width + 2 * room,
    height: box.height + 2 * room,
  });
}

/** Codes that the writers of the demo had in mind, by interview and turn. */
function readGold() {
  const rows = readFileSync(join(root, "data/demo/gold.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
  return new Map(rows.map(([transcript, turn, codes]) => [`${transcript}:${turn}`, codes.split("|")]));
}

/** What the page holds, as the program wrote it. */
function readBlock(page, id) {
  return JSON.parse(
    new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, "s").exec(readFileSync(page, "utf8"))[1],
  );
}

/** Names of the codebook's themes in the page's order, which is that of the keys 1 to 9. */
function seedNames(page) {
  const { theme, kind } = readBlock(page, "emic-study").tables.themes.columns;
  const words = (column) =>
    Array.isArray(column) ? column : column.at.map((at) => (at === null ? null : column.words[at]));
  return words(theme).filter((_, at) => words(kind)[at] === "seed");
}

/** Reviews the blind sample by keyboard, to its end or to a segment of which a picture is wanted. */
async function review(tab, page, most = Infinity) {
  const voices = readBlock(page, "emic-voices");
  const gold = readGold();
  const seeds = seedNames(page);
  await tab.getByLabel("Your name").fill(coder);
  await tab.getByRole("button", { name: "Start" }).click();
  await tab.getByRole("button", { name: "Begin" }).click();
  for (const [at, segment] of voices.sample.segments.entries()) {
    const transcript = voices.transcripts[voices.segments.transcript[segment]];
    const turn = transcript.talk[voices.segments.first[segment]][4];
    const codes = (gold.get(`${transcript.id}:${turn}`) ?? []).filter((code) => seeds.includes(code));
    for (const key of codes.length ? codes.map((code) => String(seeds.indexOf(code) + 1)) : ["0"])
      await tab.keyboard.press(key);
    if (at + 1 >= most && codes.length) return;
    await tab.keyboard.press("ArrowRight");
  }
}

/** The demo's page before and after a review, and what the program printed. */
async function makeRuns(browser) {
  mkdirSync(runs, { recursive: true });
  const [first, reviewed, printed] = ["first.html", "reviewed.html", "demo.txt"].map((name) => join(runs, name));
  if (![first, reviewed, printed].every((path) => existsSync(path))) {
    for (const part of ["demo", "codebooks"])
      cpSync(join(root, "data", part), join(runs, "data", part), {
        recursive: true,
        filter: (path) => path !== join(root, "data/demo/out"),
      });
    writeFileSync(printed, runEmic("demo", ...models));
    copyFileSync(join(runs, "data/demo/out/report.html"), first);
    const tab = await openTab(browser, first, "desktop", "light", "review");
    await review(tab, first);
    const [download] = await Promise.all([
      tab.waitForEvent("download"),
      tab.getByRole("button", { name: "Save file" }).click(),
    ]);
    const file = download.suggestedFilename();
    await download.saveAs(join(runs, file));
    await tab.context().close();
    writeFileSync(join(runs, "import.txt"), runEmic("review", "import", "data/demo/out", file));
    writeFileSync(join(runs, "again.txt"), runEmic("run", "data/demo/study.toml", ...models));
    copyFileSync(join(runs, "data/demo/out/report.html"), reviewed);
  }
  return { first, reviewed, printed: readFileSync(printed, "utf8") };
}

/** Every view, four times. */
async function takeViews(browser, first, reviewed) {
  const views = [
    ["overview", first, "overview"],
    ["themes", first, "themes"],
    ["theme", reviewed, `themes/${encodeURIComponent("workload")}`],
    ["groups", reviewed, "groups"],
    ["interviews", first, "interviews"],
    ["interview", first, "interviews/C01"],
    ["together", first, "together"],
    ["checks", reviewed, "checks"],
  ];
  for (const screen of ["desktop", "phone"]) {
    for (const theme of ["light", "dark"]) {
      for (const [name, page, hash] of views) {
        const tab = await openTab(browser, page, screen, theme, hash);
        await takeWhole(`${name}-${screen}-${theme}`, tab, screen);
        await tab.context().close();
      }
      const quotes = await openTab(
        browser,
        first,
        screen,
        theme,
        "overview?theme=political+risk&attribute=country&group=Ostrany",
      );
      await take(`quotes-${screen}-${theme}`, quotes);
      await quotes.context().close();
      const desk = await openTab(browser, first, screen, theme, "review");
      await review(desk, first, 10);
      await takeWhole(`review-${screen}-${theme}`, desk, screen);
      await desk.context().close();
    }
  }
}

/** What a window of a terminal shows. */
function terminalPage(command, printed) {
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>
    body { margin: 0; padding: 14px 18px; background: #1c1f24; color: #e6e6e6; }
    pre { margin: 0; font: 14px/1.45 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
    b { color: #8ec8ff; font-weight: 400; }
  </style><pre><b>$</b> ${safe(command)}\n${safe(printed.trimEnd())}</pre></html>`;
}

/** The pictures that the guide shows, in its order. */
async function takeGuide(browser, first, reviewed, printed) {
  const terminal = await (
    await browser.newContext({ viewport: { width: 896, height: 640 }, deviceScaleFactor: 1 })
  ).newPage();
  await terminal.setContent(terminalPage("emic demo", printed));
  await unrolled(terminal);
  await take("guide-terminal", terminal);
  await terminal.context().close();

  const start = await openTab(browser, first, "guide", "light");
  await start.setViewportSize({ width: screens.guide.width, height: 1560 });
  await settled(start);
  await take("guide-first-screen", start);
  await start.context().close();

  const quotes = await openTab(browser, first, "guide", "light");
  const point = quotes.locator(".picture [role=button][aria-label*='political risk'][aria-label*='Ostrany']").first();
  await point.scrollIntoViewIfNeeded();
  await point.click({ force: true });
  await quotes.locator(".drawer [data-tool=around]").first().click();
  await settled(quotes);
  await take("guide-quotes", quotes);
  await quotes.context().close();

  const picture = (name) => `.picture[data-picture=${name}]`;
  /** @type {[string, string, string, string, Record<string, string>][]} */
  const parts = [
    ["guide-new", first, "overview", "section[aria-labelledby=overview-new]", {}],
    ["guide-doubtful", first, "overview", "section[aria-labelledby=overview-doubtful]", {}],
    ["guide-prevalence", first, "groups", picture("prevalence"), {}],
    ["guide-contrasts", first, "groups", picture("contrasts"), { "Groups by": "cohort" }],
    ["guide-matrix", first, "interviews", picture("matrix"), {}],
    ["guide-map", first, "together", picture("map"), {}],
    ["guide-agreement", reviewed, "checks", picture("agreement"), {}],
    ["guide-corrected", reviewed, "groups", picture("corrected"), {}],
  ];
  for (const [name, page, hash, selector, chosen] of parts) {
    const tab = await openTab(browser, page, "guide", "light", hash);
    const part = tab.locator(selector);
    for (const [label, value] of Object.entries(chosen)) await part.getByLabel(label).selectOption(value);
    await takePart(name, tab, part);
    await tab.context().close();
  }

  const desk = await openTab(browser, first, "guide", "light", "review");
  await review(desk, first, 10);
  await settled(desk);
  await take("guide-review", desk);
  await Promise.all([desk.waitForEvent("download"), desk.getByRole("button", { name: "Save file" }).click()]);
  await settled(desk);
  await takePart("guide-save", desk, desk.locator(".review-saving"));
  await desk.context().close();
}

/**
 * Palettes instead of full colours, the largest that keeps a picture under its limit. No dithering, so that alike
 * pictures stay alike.
 */
const shrink = `
import os, sys
from PIL import Image

def palette(picture, most, near):
    """The commonest colours, no two of them alike: paper and ink stay what they are, and rare marks keep theirs."""
    chosen = []
    for _, colour in sorted(picture.getcolors(1 << 24), reverse=True):
        if all(sum((a - b) ** 2 for a, b in zip(colour, other)) > near ** 2 for other in chosen):
            chosen.append(colour)
            if len(chosen) == most:
                break
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in chosen for part in colour])
    return image

limit = int(sys.argv[1])
for path in sys.argv[2:]:
    picture = Image.open(path).convert("RGB")
    for most, near in ((128, 4), (64, 16), (40, 20), (24, 28), (16, 40), (12, 56)):
        picture.quantize(palette=palette(picture, most, near), dither=Image.Dither.NONE).save(path, optimize=True)
        if os.path.getsize(path) < limit:
            break
`;

function shrinkPictures() {
  const pictures = readdirSync(taken)
    .map((name) => join(taken, name))
    .sort();
  execFileSync(process.env.PYTHON ?? "python3", ["-c", shrink, String(largestPicture), ...pictures], {
    stdio: "inherit",
  });
  const sizes = pictures.map((path) => statSync(path).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${pictures.length} pictures, ${total} bytes`);
  const large = pictures.filter((_, at) => sizes[at] >= largestPicture);
  if (large.length || total >= largestFolder) throw new Error(`too large: ${large.join(", ") || "all together"}`);
}

const browser = await chromium.launch({
  executablePath:
    process.env.CHROMIUM ??
    (process.env.PATH ?? "")
      .split(delimiter)
      .map((folder) => join(folder, "chromium"))
      .find((path) => existsSync(path)),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
  ],
});
try {
  const { first, reviewed, printed } = await makeRuns(browser);
  rmSync(taken, { recursive: true, force: true });
  mkdirSync(taken);
  await takeGuide(browser, first, reviewed, printed);
  await takeViews(browser, first, reviewed);
  shrinkPictures();
  mkdirSync(out, { recursive: true });
  for (const old of readdirSync(out).filter((name) => name.endsWith(".png"))) rmSync(join(out, old));
  cpSync(taken, out, { recursive: true });
} finally {
  await browser.close();
  if (!options.runs) rmSync(runs, { recursive: true });
}
