// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { standing } from "../../ipc/fake/standing";
import { entryOn } from "../../ipc/fake/world";
import { show } from "../../testing/screen";
import { shortDay } from "../../kit/dates";
import Track from "./Track.svelte";

const on = (day: string) => shortDay(day, "2026-05-21");

/** The stages as they read, of somebody who got it working in March and built with it in May. */
async function track(compact: boolean, kinds: [string, string][]): Promise<string[]> {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [someone] = [...core.world.people.values()];
  someone!.entries = kinds.map(([kind, day]) => entryOn(core.world, someone!, kind, day));
  await show(Track, { standing: standing(someone!), today: "2026-05-21", compact }, core);
  return [...document.querySelectorAll("li")].map((step) => step.textContent.replace(/\s+/g, " ").trim());
}

test("a stage that was not seen for itself claims no day", async () => {
  const built: [string, string][] = [
    ["first_success", "2026-03-01"],
    ["shared_prototype", "2026-05-12"],
  ];
  expect(await track(false, built)).toEqual([
    `Discovery passed by ${on("2026-03-01")}`,
    `Evaluation passed by ${on("2026-03-01")}`,
    `Learning ${on("2026-03-01")}`,
    `Building since ${on("2026-05-12")} · confirmed`,
    "Scaling",
  ]);
});

test("one that was seen says when, also where there is little room", async () => {
  const built: [string, string][] = [
    ["conversation_in_person", "2026-02-01"],
    ["shared_prototype", "2026-05-12"],
  ];
  expect((await track(true, built)).slice(0, 3)).toEqual([
    `Discovery ${on("2026-02-01")}`,
    `Evaluation by ${on("2026-05-12")}`,
    `Learning by ${on("2026-05-12")}`,
  ]);
});
