// Lint rules for the page's script, its tests and the scripts beside them. Paths are relative to the root of the
// repository, where `npm run check` starts ESLint.

import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      "max-lines": ["error", 400],
      "max-len": ["error", { code: 120, ignoreRegExpLiterals: true }],
      complexity: ["error", 25],
    },
  },
  {
    files: ["src/report/page/script/**"],
    languageOptions: { globals: { ...globals.browser, d3: "readonly", Plot: "readonly" } },
    rules: { "no-shadow": "error" },
  },
  {
    // Functions given to Playwright run in the page.
    files: ["tests/page/**", "scripts/**"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
