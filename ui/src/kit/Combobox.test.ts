// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { show } from "../testing/screen";
import Combobox from "./Combobox.svelte";

const options = (...labels: string[]) => labels.map((label) => ({ id: label, label }));
const field = (name = "Person") => screen.getByRole("combobox", { name });

test("an Enter before the answer is there takes what the answer offers, not what was offered before", async () => {
  const picked: string[] = [];
  const props = { label: "Person", pick: ({ id }: { id: string }) => picked.push(id) };
  const { user, rerender } = await show(Combobox, { ...props, options: options("Bo"), waiting: true });
  await user.type(field(), "an{Enter}");
  expect(picked).toEqual([]);
  await rerender({ options: options("Ana", "Andrea"), waiting: false });
  expect(picked).toEqual(["Ana"]);
});

test("an early Enter is let go when more is typed", async () => {
  const picked: string[] = [];
  const props = { label: "Person", pick: ({ id }: { id: string }) => picked.push(id) };
  const { user, rerender } = await show(Combobox, { ...props, options: options("Bo"), waiting: true });
  await user.type(field(), "an{Enter}d");
  await rerender({ options: options("Andrea"), waiting: false });
  expect(picked).toEqual([]);
  await user.keyboard("{Enter}");
  expect(picked).toEqual(["Andrea"]);
});

test("where nothing is offered, an early Enter means what is written", async () => {
  const entered: string[] = [];
  const props = { label: "Person", pick: () => undefined, enter: (text: string) => entered.push(text) };
  const { user, rerender } = await show(Combobox, { ...props, options: [], waiting: true });
  await user.type(field(), "an{Enter}");
  expect(entered).toEqual([]);
  await rerender({ waiting: false });
  expect(entered).toEqual(["an"]);
});

test("a click on what was offered for an older text takes the same of what is offered for the newer one", async () => {
  const picked: string[] = [];
  const props = { label: "City", pick: ({ id }: { id: string }) => picked.push(id), highlightFirst: false };
  const offer = (id: string) => ({ options: [{ id, label: "Berlin" }], waiting: id === "be" });
  const { user, rerender } = await show(Combobox, { ...props, ...offer("be") });
  await user.type(field("City"), "ber");
  await user.click(screen.getByRole("option", { name: "Berlin" }));
  expect(picked).toEqual([]);
  await rerender(offer("ber"));
  expect(picked).toEqual(["ber"]);
});

test("a click on what is not offered any more takes nothing", async () => {
  const picked: string[] = [];
  const props = { label: "City", pick: ({ id }: { id: string }) => picked.push(id), highlightFirst: false };
  const { user, rerender } = await show(Combobox, { ...props, options: options("Berlin"), waiting: true });
  await user.type(field("City"), "bo");
  await user.click(screen.getByRole("option", { name: "Berlin" }));
  await rerender({ options: options("Bonn"), waiting: false });
  expect(picked).toEqual([]);
  await user.click(screen.getByRole("option", { name: "Bonn" }));
  expect(picked).toEqual(["Bonn"]);
});
