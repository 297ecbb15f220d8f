#!/usr/bin/env node
// Bundles the page's script modules into src/report/page/bundle.js, which the program includes:
//   npm run bundle --prefix tests/page
// The bundle is committed, so that building the program needs no Node. With `--check` nothing is written: status 1
// where the committed bundle is not what the modules give.

import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../../src/report/page/", import.meta.url));
const committed = `${page}bundle.js`;

const { outputFiles } = await build({
  absWorkingDir: `${page}script`,
  entryPoints: ["main.js"],
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  banner: { js: '// Generated from the modules in script/ by "npm run bundle". Do not edit.\n"use strict";' },
  write: false,
});
const bundle = outputFiles[0].text;

if (!process.argv.includes("--check")) {
  writeFileSync(committed, bundle);
} else if (readFileSync(committed, "utf8") !== bundle) {
  console.error("src/report/page/bundle.js is not what script/ gives. Run: npm run bundle --prefix tests/page");
  process.exit(1);
}
