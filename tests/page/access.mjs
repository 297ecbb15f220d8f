// Whether everybody can use the page: axe-core on every view, in the open drawer and the dialogs, light and dark, wide
// and narrow; from the first screen to a quote and back by keyboard alone, with the focus always visible; less motion
// where it is asked for; print.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { closeDrawer, drawerOpened } from "./drawer.mjs";
import { goTo, press, settled, withPage } from "./browser.mjs";
import { begin } from "./reviewing.mjs";

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };

/** Serious and critical faults of what is shown. In the dark only colours differ, so only they are looked at again. */
async function faultsShown(tab, scheme) {
  return tab.evaluate(async (colours) => {
    const { axe } = /** @type {Window & { axe: import("axe-core") }} */ (/** @type {unknown} */ (window));
    const found = await axe.run(document, {
      resultTypes: ["violations"],
      ...(colours ? { runOnly: ["color-contrast", "link-in-text-block"] } : {}),
    });
    return found.violations
      .filter((one) => ["serious", "critical"].includes(one.impact))
      .map(
        (one) =>
          `${one.id}: ${one.help}: ${one.nodes
            .slice(0, 3)
            .map(
              (node) =>
                `${node.target.join(" ")} (${node.any[0]?.message ?? node.failureSummary.split("\n")[1]?.trim()})`,
            )
            .join("; ")}`,
      );
  }, scheme === "dark");
}

/** Looks at one state of the page in light and dark. Gives the faults, each with where it was. */
async function lookAt(tab, what, faults) {
  for (const scheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await settled(tab);
    faults.push(...(await faultsShown(tab, scheme)).map((fault) => `${what}, ${scheme}: ${fault}`));
  }
  await tab.emulateMedia({ colorScheme: "light" });
}

async function lookEverywhere(tab, size, theme) {
  const faults = [];
  for (const view of [
    "overview",
    "themes",
    `themes/${encodeURIComponent(theme)}`,
    "groups",
    "interviews",
    "interviews/O01",
    "together",
    "checks",
  ]) {
    await goTo(tab, view);
    await lookAt(tab, `${view}, ${size.width} pixels`, faults);
  }
  await goTo(tab, `overview?theme=${encodeURIComponent(theme)}`);
  await drawerOpened(tab);
  await tab.locator('[data-tool="around"]').first().click();
  await lookAt(tab, `quotes, ${size.width} pixels`, faults);
  await closeDrawer(tab);
  await press(tab, "?");
  await tab.waitForSelector("dialog.help[open]");
  await lookAt(tab, `help, ${size.width} pixels`, faults);
  await press(tab, "Escape");
  await goTo(tab, "review");
  await lookAt(tab, `review, signing in, ${size.width} pixels`, faults);
  await begin(tab, "Ana");
  await press(tab, "1");
  await lookAt(tab, `review, ${size.width} pixels`, faults);
  return faults;
}

const looked =
  (size, of) =>
  async ({ browser, studies, answerFiles }) => {
    const { page, table } = of === "demo" ? await studies.demo() : await studies.reviewed(await answerFiles());
    const { theme } = table("themes")[0];
    return withPage(browser, page, { ...size, scripts: [axeFile] }, async (tab) => {
      await settled(tab);
      if (of === "demo") assert.deepEqual(await lookEverywhere(tab, size, theme), []);
      else {
        const faults = [];
        for (const view of ["groups", "checks"]) {
          await goTo(tab, view);
          await lookAt(tab, `reviewed, ${view}`, faults);
        }
        assert.deepEqual(faults, []);
      }
    });
  };

/** What has the focus, and whether it can be seen. */
function focused(tab) {
  return tab.evaluate(() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    return {
      name: node.getAttribute("aria-label") ?? node.textContent.slice(0, 60),
      tag: node.localName,
      mark: node.matches(".picture-drawn svg *"),
      drawing: node.matches(".picture-drawn svg"),
      drawer: Boolean(node.closest("dialog.drawer")),
      // A mark shows it by its stroke.
      visible:
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
        (node instanceof SVGElement && style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2),
    };
  });
}

async function checkKeyboard(tab) {
  const [unseen, idle] = [[], []];
  let at = null;
  let steps = 0;
  for (; steps < 60 && !at?.mark; steps += 1) {
    await press(tab, "Tab");
    at = await focused(tab);
    if (!at.visible) unseen.push(`${at.tag} ${at.name}`);
    if (at.drawing) idle.push(at.tag);
  }
  assert.ok(at.mark, "Tab comes to a mark of the first picture");
  await press(tab, "ArrowDown", "Enter");
  const { quotes } = await drawerOpened(tab);
  assert.ok(quotes.length > 0 && quotes[0].text, "Enter opens the quotes");
  const { name } = await focused(tab);
  assert.ok((await focused(tab)).drawer, `the focus goes into the drawer, not to ${name}`);
  await press(tab, "j");
  assert.equal(
    await tab.evaluate(() => document.activeElement.querySelector("blockquote")?.textContent),
    quotes[0].text,
    "j goes to the first quote",
  );
  await press(tab, "o");
  await tab.waitForSelector("dialog.drawer ol.talk");
  for (let step = 0; step < 8; step += 1) {
    await press(tab, "Tab");
    const here = await focused(tab);
    if (!here.visible) unseen.push(`${here.tag} ${here.name}`);
  }
  await closeDrawer(tab);
  assert.ok((await focused(tab)).mark, "Escape gives the focus back to the mark");
  assert.deepEqual(unseen, [], "the focus can always be seen");
  assert.deepEqual(idle, [], "Tab stops at marks, and at no drawing as a whole");
  return `a quote after ${steps + 2} keys`;
}

/** Colours as a browser says them, as light from 0 to 1. */
const light = (colour) => {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
};

async function checkPrint(tab) {
  // A4 without its margins.
  await tab.setViewportSize({ width: 718, height: 1000 });
  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const view of ["overview", "groups", "checks"]) {
    await goTo(tab, view);
    const found = await tab.evaluate(() => ({
      ink: getComputedStyle(document.querySelector("main p")).color,
      paper: getComputedStyle(document.body).backgroundColor,
      tools: [...document.querySelectorAll(".masthead-tools, .parts, dialog, main button:not(.plain)")]
        .filter((node) => node.getClientRects().length)
        .map((node) => node.textContent.slice(0, 40)),
      wide: document.documentElement.scrollWidth - innerWidth,
      cut: [...document.querySelectorAll("main .picture-drawn svg")].filter(
        (svg) => svg.getBoundingClientRect().right > innerWidth + 1,
      ).length,
      words: document.querySelector("main").innerText.length,
    }));
    assert.ok(light(found.ink) < 0.35, `${view}: dark ink (${found.ink})`);
    assert.ok(
      /rgba\(0, 0, 0, 0\)/.test(found.paper) || light(found.paper) > 0.95,
      `${view}: white paper (${found.paper})`,
    );
    assert.deepEqual(found.tools, [], `${view}: what can only be pressed is not printed`);
    assert.ok(found.wide <= 0 && found.cut === 0, `${view}: nothing is cut off`);
    assert.ok(found.words > 500, `${view}: the words are printed`);
  }
  assert.ok((await tab.pdf({ format: "A4" })).length > 20_000, "a PDF is made");
}

const inDemo =
  (options, work) =>
  async ({ browser, studies }) => {
    const { page } = await studies.demo();
    return withPage(browser, page, options, async (tab) => {
      await settled(tab);
      return work(tab);
    });
  };

export const checks = [
  ["axe-core finds nothing serious, wide, light and dark", looked(wide, "demo")],
  ["axe-core finds nothing serious, narrow, light and dark", looked(narrow, "demo")],
  ["axe-core finds nothing serious after a review", looked(wide, "reviewed")],
  ["from the first screen to a quote and back by keyboard alone", inDemo({}, checkKeyboard)],
  [
    "on a telephone the quotes cover the page, keep the focus, and Escape closes them",
    inDemo(narrow, async (tab) => {
      await tab.locator("main .picture-drawn svg [tabindex='0']").first().focus();
      await press(tab, "Enter");
      await drawerOpened(tab);
      const box = await tab.locator("dialog.drawer").boundingBox();
      assert.ok(box.width >= narrow.width - 1, "the drawer is as wide as the screen");
      for (let step = 0; step < 25; step += 1) {
        await press(tab, "Tab");
        // Behind its last control a browser goes to its own window, which the page sees as its body.
        assert.ok(
          await tab.evaluate(
            () => Boolean(document.activeElement.closest("dialog.drawer")) || document.activeElement === document.body,
          ),
          "the focus stays in the drawer",
        );
      }
      await closeDrawer(tab);
    }),
  ],
  [
    "nothing moves where people ask for less motion",
    inDemo({ reducedMotion: "reduce" }, async (tab) => {
      await tab.evaluate(() => {
        location.hash = "#overview?words=meeting";
      });
      await drawerOpened(tab);
      assert.equal(await tab.evaluate(() => document.getAnimations().length), 0);
    }),
  ],
  ["what is printed can be read, whatever the screen shows", inDemo({}, checkPrint)],
];
