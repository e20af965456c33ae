// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { at, see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const found = () => screen.queryAllByRole("option");

test("what cannot be read as a filter says why, and whoever was found before is not taken for an answer", async () => {
  at("/search");
  const { user } = await show(Shell, {});
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Search people and notes" });
  await user.type(field, "priya");
  await until("somebody is found", () => found().length > 0);
  field.select();
  await user.paste("priya stgae:learn");
  await see("There is no field “stgae”");
  expect(found()).toHaveLength(0);
  await user.clear(field);
  await user.type(field, "priya");
  await until("somebody is found again", () => found().length > 0);
  expect(screen.queryByRole("alert")).toBeNull();
});
