// How the window's page is built, served and tested. Paths are from this folder.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: here,
  base: "./",
  cacheDir: "../node_modules/.vite",
  plugins: [svelte(), svelteTesting({ autoCleanup: false })],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The engines the window runs in. They know light-dark(), nesting and oklch, so nothing is rewritten.
    target: ["chrome123", "safari17.5"],
    // One face of Inter would otherwise be inlined into the style sheet, where the CSP refuses it.
    assetsInlineLimit: 0,
    // The main window, and that of the capture line.
    rolldownOptions: { input: { main: `${here}index.html`, capture: `${here}capture.html` } },
  },
  test: {
    // Screens name the other environment in their first line: most of what is tested needs no page.
    environment: "node",
    include: ["src/**/*.test.ts"],
    pool: "threads",
    // Without this a machine of two cores runs one file after the other.
    maxWorkers: 2,
    restoreMocks: true,
    // A screen with a thousand rows is made in a moment, but not on a machine that does five other things.
    testTimeout: 30_000,
  },
});
