// The accessibility rules, run inside a page through whatever drives it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The rules as a script to be run in the page before `ask`. */
export const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The body of an async function that answers with the serious findings, as sentences. */
export const askAxe = `
  // What is still fading in has not the contrast it will have. What never ends is not waited for.
  const moving = document.getAnimations().filter((one) => one.effect && one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(moving.map((one) => one.finished.catch(() => {})));
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter((rule) => rule.impact === "serious" || rule.impact === "critical")
    .flatMap((rule) => rule.nodes.map((node) => rule.id + ": " + rule.help + " — " + node.html.slice(0, 160)));
`;
