// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { see, show, until } from "../../testing/screen";
import JourneyRules from "./JourneyRules.svelte";

test("a number that is refused is marked, and has the focus until it is another", async () => {
  const core = fakeCore({ product: "Queues" });
  const rpc = core.rpc;
  const message = "Choose a half-life between 30 and 720 days.";
  core.rpc = async (cmd, input, request) => {
    const days = (input as { rules?: { half_life_days: number } }).rules?.half_life_days ?? 180;
    if (cmd === "journey.preview_rules" && days < 30) throw { code: "invalid", message, field: "rules" };
    return rpc(cmd, input, request);
  };
  const { user } = await show(JourneyRules, {}, core);
  const field = await screen.findByLabelText<HTMLInputElement>(/^Half-life/);
  await user.clear(field);
  await user.type(field, "5");
  await user.click(await screen.findByRole("button", { name: /^See whom this would move/ }));
  await see(message);
  await until("it has the focus", () => document.activeElement === field);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await user.keyboard("60");
  await until("it is no longer said", () => screen.queryByRole("alert") === null);
  expect(field.value).toBe("60");
  expect(field.getAttribute("aria-invalid")).toBe("false");
  await user.click(screen.getByRole("button", { name: /^See whom this would move/ }));
  await see("This moves nobody.");
});
