// The list of people as tests begin with it, and what they look at on it.
import { screen } from "@testing-library/svelte";
import Shell from "../app/Shell.svelte";
import { settings } from "../ipc/settings.svelte";
import { toasts } from "../kit/toasts.svelte";
import { at, see, show } from "./screen";

export const people = async () => {
  at("/people");
  const shown = await show(Shell, {});
  await see("40 people");
  return shown;
};
export const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Filter people" });
export const text = () => settings().people?.query?.filter.text ?? "";
export const lastToast = () => toasts().at(-1)?.text;
export const foot = () => document.querySelector("footer")?.textContent?.replace(/\s+/g, " ") ?? "";
