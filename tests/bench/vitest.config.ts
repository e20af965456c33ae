// How quick the real window is. Started by scripts/bench.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: "../../node_modules/.vite",
  test: {
    include: ["**/*.bench.ts"],
    globalSetup: "../support/display.ts",
    fileParallelism: false,
    testTimeout: 600_000,
  },
});
