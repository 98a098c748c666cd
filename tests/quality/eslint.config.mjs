// Run from the root: `bin/test.py`. The limits are those of CONTRIBUTING.md.
import js from "@eslint/js";
import globals from "globals";

/** The service worker is written by Django: its tags are blanked, and each value stands as an empty list. */
const withoutTags = {
  meta: { name: "without-django-tags" },
  preprocess: (text) => [
    text
      .replaceAll(/\{%.*?%\}/g, (tag) => " ".repeat(tag.length))
      .replaceAll(/\{\{.*?\}\}/g, (tag) => `[${" ".repeat(tag.length - 2)}]`),
  ],
  postprocess: ([messages]) => messages,
};

const rules = {
  ...js.configs.recommended.rules,
  "array-callback-return": "error",
  "complexity": ["error", 12],
  "consistent-return": "error",
  "default-case-last": "error",
  "eqeqeq": "error",
  "max-depth": ["error", 3],
  "max-lines": ["error", 250],
  "max-lines-per-function": ["error", 30],
  "no-console": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-promise-executor-return": "error",
  "no-shadow": ["error", { builtinGlobals: false }],
  "no-unused-private-class-members": "error",
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  "require-await": "error",
  // Text from anywhere stays text.
  "no-restricted-syntax": [
    "error",
    "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]",
    "CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|write)$/]",
  ],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["static/js/**/*.js"], languageOptions: { globals: globals.browser }, rules },
  {
    files: ["templates/service-worker.js"],
    processor: withoutTags,
    languageOptions: { sourceType: "script", globals: globals.serviceworker },
    rules,
  },
  { files: ["tests/javascript/*.js"], languageOptions: { globals: globals.node }, rules: { ...rules, "require-await": "off" } },
];
