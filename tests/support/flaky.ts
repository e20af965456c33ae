// A test that only passes when it is tried again is said by name at the end of the run: it may be the machine, and it may
// be a race in the product that a person will meet too.
import type { Reporter, TestModule } from "vitest/node";

/** On a busy machine that gives a verdict, one more try; where somebody works on it, none. */
export const retry = process.env["CI"] ? 1 : 0;

export class Flaky implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    for (const module of modules)
      for (const test of module.children.allTests("passed"))
        if ((test.diagnostic()?.retryCount ?? 0) > 0) console.log(`passed only at the second try: ${module.relativeModuleId} > ${test.fullName}`);
  }
}
