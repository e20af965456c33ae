// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { show } from "../testing/screen";
import { go } from "./route.svelte";
import InlineField from "./InlineField.svelte";

let records = 0;
const field = (more: object = {}) => ({
  label: "Builds",
  value: "An SDK",
  draftKey: `record ${records++}`,
  save: vi.fn(async () => undefined),
  ...more,
});

describe("a field that is edited in place", () => {
  test("Enter saves what was typed", async () => {
    const props = field();
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button", { name: /Builds/ }));
    await user.clear(screen.getByRole("textbox"));
    await user.keyboard("A queue {Enter}");
    expect(props.save).toHaveBeenCalledExactlyOnceWith("A queue");
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  test("Esc saves nothing and keeps the draft for the next time", async () => {
    const props = field();
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button"));
    await user.keyboard("{End} in Rust{Escape}");
    expect(props.save).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: /Builds/ }));
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toContain("in Rust");
    expect(document.body.textContent).toContain("Your draft from before.");
    await user.click(screen.getByRole("button", { name: "Start from what is saved" }));
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("An SDK");
  });

  test("what was typed is saved when another place is shown, by whatever way", async () => {
    const props = field();
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button", { name: /Builds/ }));
    await user.keyboard("{End} in Rust");
    go("/elsewhere");
    expect(props.save).toHaveBeenCalledExactlyOnceWith("An SDK in Rust");
  });

  test("what is typed is a draft at every letter, though the page goes away without a word", async () => {
    const props = field();
    const { user, unmount } = await show(InlineField, props);
    await user.click(screen.getByRole("button", { name: /Builds/ }));
    await user.keyboard("{End} in Rust");
    unmount();
    await show(InlineField, props);
    expect(screen.getByRole("button", { name: /Builds/ }).textContent).toContain("draft");
    await user.click(screen.getByRole("button", { name: /Builds/ }));
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("An SDK in Rust");
    await user.keyboard("{Enter}");
    expect(props.save).toHaveBeenCalledExactlyOnceWith("An SDK in Rust");
    expect(sessionStorage).toHaveLength(0);
  });

  test("what is refused stays open, with the sentence under the field", async () => {
    const refuse = async () => {
      throw { code: "invalid", field: "x", message: "That is too long." };
    };
    const { user } = await show(InlineField, field({ save: refuse }));
    await user.click(screen.getByRole("button"));
    await user.keyboard("!{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("That is too long.");
    expect(screen.getByRole("textbox").getAttribute("aria-invalid")).toBe("true");
  });

  test("an unchanged text is not saved again", async () => {
    const props = field();
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button"));
    await user.keyboard("{Enter}");
    expect(props.save).not.toHaveBeenCalled();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  test("one long line stays one line, however it is typed or pasted", async () => {
    const props = field({ wraps: true, value: "" });
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button"));
    await user.paste("Maria del\n Carmen");
    await user.keyboard(" Sanz{Shift>}{Enter}{/Shift}");
    expect(props.save).toHaveBeenCalledExactlyOnceWith("Maria del Carmen Sanz");
  });

  test("a long text takes new lines with Shift", async () => {
    const props = field({ multiline: true, value: "" });
    const { user } = await show(InlineField, props);
    await user.click(screen.getByRole("button"));
    await user.keyboard("one{Shift>}{Enter}{/Shift}two{Enter}");
    expect(props.save).toHaveBeenCalledExactlyOnceWith("one\ntwo");
  });
});
