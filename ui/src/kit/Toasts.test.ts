// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { show } from "../testing/screen";
import Toasts from "./Toasts.svelte";
import { complain, say, toasts } from "./toasts.svelte";

const kept =
  "Kept, without the rest that came with it, because something was added to them since: Ana Sol, Bo Berg, Cem Kaya, Dee Lund and Eve Haddad.";

test("what is too long for two lines can be opened, and then stays until it is closed", async () => {
  const { user } = await show(Toasts, {});
  vi.useFakeTimers({ shouldAdvanceTime: true });
  say("Took back: Imported 40 people", { details: kept });
  await user.click(await screen.findByRole("button", { name: "All of it" }));
  expect(screen.getByText(kept).classList.contains("short")).toBe(false);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(toasts().map(({ details }) => details)).toEqual([kept]);
});

test("Esc closes what went wrong, and nothing else with it", async () => {
  const { user } = await show(Toasts, {});
  complain("That is not here.");
  await screen.findByText("That is not here.");
  let others = 0;
  const count = () => others++;
  document.body.addEventListener("keydown", count);
  await user.keyboard("{Escape}");
  expect(toasts()).toEqual([]);
  expect(others).toBe(0);
  await user.keyboard("{Escape}");
  expect(others).toBe(1);
  document.body.removeEventListener("keydown", count);
});

test("what two lines hold has nothing to open", async () => {
  await show(Toasts, {});
  say("Took back: Added Ana", { details: "Kept: Ana." });
  await screen.findByText("Kept: Ana.");
  expect(screen.queryByRole("button", { name: "All of it" })).toBeNull();
});
