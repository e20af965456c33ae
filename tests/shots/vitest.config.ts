// Pictures of every main screen, taken in the real window.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: "../../node_modules/.vite",
  test: {
    include: ["**/*.shots.ts"],
    globalSetup: "../support/display.ts",
    fileParallelism: false,
    testTimeout: 120_000,
  },
});
