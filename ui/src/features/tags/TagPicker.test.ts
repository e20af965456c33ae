// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { hold, show, until } from "../../testing/screen";
import TagPicker from "./TagPicker.svelte";

test("nothing is offered as new before it is known which tags there are, and Enter takes what was meant", async () => {
  const core = fakeCore({ people: 2, product: "Queues" });
  const [one, other] = [...core.world.people.keys()];
  await core.rpc("tags.add", { people: [other!], name: "Rust", kind: "stack" }, "");
  const answer = hold(core, "tags.list");
  const at = document.body.appendChild(document.createElement("button"));
  const { user } = await show(TagPicker, { people: [one!], anchor: at, close: () => undefined }, core);
  await user.type(screen.getByRole("combobox", { name: "Tag" }), "rust, vip");
  expect(screen.queryByRole("option")).toBeNull();
  await user.keyboard("{Enter}");
  answer();
  await until("both are on them", () => /Added rust, ?vip/.test(document.body.textContent ?? ""));
  const added = core.asked
    .filter(({ cmd }) => cmd === "tags.add")
    .map(({ input }) => input)
    .slice(1);
  expect(added).toMatchObject([
    { name: "Rust", kind: "stack" },
    { name: "vip", kind: "topic" },
  ]);
});
