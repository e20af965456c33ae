import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

// Paths are from the root of the repository, where the command is given.
export default ts.config(
  { ignores: ["**/dist/**", "**/ipc/gen.ts"] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      // State here is raw and replaced as a whole: a Map is built, handed over and never changed again.
      "svelte/prefer-svelte-reactivity": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // One file talks to the host; everything else goes through the seam.
    files: ["ui/src/**"],
    ignores: ["ui/src/ipc/tauri.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@tauri-apps/*"] }] },
  },
);
