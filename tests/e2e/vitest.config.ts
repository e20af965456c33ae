// A person in a browser: the built page on the real core, one fresh file for each test.
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
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // An assertion waits for what the page is about to show, as a person would; patiently, since two cores may be busy.
    expect: { poll: { timeout: 15_000, interval: 25 } },
  },
});
