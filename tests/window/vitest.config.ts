// A person in the real window: WebKitGTK on a virtual screen, driven through WebDriver.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { Flaky, retry } from "../support/flaky.ts";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: "../../node_modules/.vite",
  test: {
    include: ["**/*.test.ts"],
    retry,
    reporters: ["default", new Flaky()],
    globalSetup: "../support/display.ts",
    // Two cores: one window at a time is quicker than two that wait for each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
