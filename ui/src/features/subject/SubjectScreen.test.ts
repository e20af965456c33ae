// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Shell from "../../app/Shell.svelte";
import { fakeCore } from "../../ipc/fake/core";
import { go, route } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";

async function onPerson() {
  const core = fakeCore({ people: 1, product: "Queues" });
  const shown = await show(Shell, {}, core);
  const [id] = [...core.world.people.keys()];
  go(`/people/${id}`);
  await screen.findByRole("button", { name: "More" });
  return { ...shown, id: id! };
}

test("everything held is reached from the person, said in sections, and Esc leads back", async () => {
  const { user, id } = await onPerson();
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Everything held about them" }));
  await see("How to reach them");
  await see("Who they are");
  expect(route()).toBe(`/people/${id}/held`);
  await until(
    "its keys scroll it",
    () => document.activeElement === screen.getByRole("region", { name: "Everything held" }),
  );
  await user.keyboard("{Escape}");
  await until("the person again", () => route() === `/people/${id}`);
});

test("it is saved as a file under their name, or printed", async () => {
  const { user, core } = await onPerson();
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("everything held{Enter}");
  await user.click(await screen.findByRole("button", { name: "Save as JSON" }));
  await until("it is saved", () =>
    toasts().some(({ text }) => text === "Saved what is held as Priya Nair.json"),
  );
  expect(core.asked.find(({ cmd }) => cmd === "subject.write")?.input).toMatchObject({ file: "fake-grant" });
  const print = vi.fn();
  vi.stubGlobal("print", print);
  await user.click(screen.getByRole("button", { name: "Print" }));
  expect(print).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test("somebody who is not there is said in a sentence", async () => {
  await show(Shell, {}, fakeCore({ people: 1, product: "Queues" }));
  go("/people/0190b8e0-0000-7000-8000-999999999999/held");
  await see("This person is no longer here.");
});
