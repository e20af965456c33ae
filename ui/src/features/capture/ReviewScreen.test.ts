// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { see, show, until } from "../../testing/screen";
import ReviewScreen from "./ReviewScreen.svelte";

/** Three lines wait. What the list is by now can be kept from the page for a while. */
async function review() {
  const core = fakeCore({ people: 3, product: "Queues" });
  await core.rpc("captures.lines", { text: "Ada Byron\nBela Kun\nCleo Wirth" }, "");
  const rpc = core.rpc;
  let list: Promise<unknown> = Promise.resolve();
  core.rpc = async (cmd, input, request) => {
    if (cmd === "captures.review") await list;
    return rpc(cmd, input, request);
  };
  const shown = await show(ReviewScreen, {}, core);
  await see("Ada Byron");
  return {
    ...shown,
    saved: () =>
      core.asked
        .filter(({ cmd }) => cmd === "captures.save")
        .map(({ input }) => (input as { text: string }).text),
    holdList() {
      let release = () => {};
      list = new Promise<void>((kept) => (release = kept));
      return release;
    },
  };
}

const gone = (name: string) => !document.body.textContent?.includes(name);

test("D pressed twice before the list is new saves the line once", async () => {
  const { user, saved, holdList } = await review();
  const release = holdList();
  await user.keyboard("d");
  await until("it is saved", () => saved().length === 1);
  await user.keyboard("d");
  release();
  await until("it is off the list", () => gone("Ada Byron"));
  await user.keyboard("d");
  await until("the next is off the list", () => gone("Bela Kun"));
  expect(saved()).toEqual(["Ada Byron", "Bela Kun"]);
});

test("D that is held down saves one line", async () => {
  const { user, saved } = await review();
  await user.keyboard("d");
  await until("it is off the list", () => gone("Ada Byron"));
  const held = { key: "d", code: "KeyD", repeat: true, bubbles: true, cancelable: true };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", held));
  await user.keyboard("jd");
  await until("the one after it is off the list", () => gone("Cleo Wirth"));
  expect(saved()).toEqual(["Ada Byron", "Cleo Wirth"]);
});

test("of many lines as many are read as one comes to, and all of them are counted", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  const names = Array.from({ length: 60 }, (_, n) => `Person Number${n}`);
  await core.rpc("captures.lines", { text: names.join("\n") }, "");
  const { user } = await show(ReviewScreen, {}, core);
  await see("1 of 60");
  await see("35 more lines");
  expect(gone("Person Number30")).toBe(true);
  await user.keyboard("j".repeat(16));
  await see("17 of 60");
  await see("Person Number30");
  await see("10 more lines");
  await user.click(document.querySelector<HTMLElement>(".further button")!);
  await see("Person Number59");
  await until("nothing is left out", () => gone("more line"));
});
