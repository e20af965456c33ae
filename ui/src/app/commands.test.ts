// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { keyLabel, type CommandLine } from "../kit/keyboard";
import { commands } from "./commands";

const table: readonly CommandLine[] = commands;

/** Which commands the command bar finds by these words. */
const found = (asked: string) =>
  table
    .filter(({ label, also, quiet }) => {
      const words = `${label} ${also ?? ""}`.toLowerCase().split(" ");
      return !quiet && asked.split(" ").every((part) => words.some((word) => word.startsWith(part)));
    })
    .map(({ id }) => id);

describe("the table of commands", () => {
  test("no key has two meanings in one context", () => {
    const meanings = new Map<string, string>();
    const clashes: string[] = [];
    for (const command of table) {
      for (const key of command.keys) {
        const place = `${command.context}: ${keyLabel(key)}`;
        if (meanings.has(place)) clashes.push(`${place} is ${meanings.get(place)} and ${command.id}`);
        meanings.set(place, command.id);
      }
    }
    expect(clashes).toEqual([]);
  });

  test("no context takes a key that works everywhere", () => {
    const everywhere = new Set(table.filter((c) => c.context === "Everywhere").flatMap((c) => c.keys));
    const taken = table
      .filter((c) => c.context !== "Everywhere")
      .filter((c) => c.keys.some((key) => everywhere.has(key)));
    expect(taken.map((c) => c.id)).toEqual([]);
  });

  test.each([
    "backup",
    "restore",
    "retention",
    "suppression",
    "list health",
    "reminders",
    "theme",
    "time zone",
    "trash",
    "erasures",
  ])("what is called %s is found by that", (asked) => {
    expect(found(asked)).not.toEqual([]);
  });

  test.each([
    ["basis", "people.basis"],
    ["consent", "people.basis"],
    ["newsletter", "people.basis"],
    ["opt", "people.basis"],
    ["opt-in", "people.basis"],
    ["delete", "person.erase"],
    ["gdpr", "person.erase"],
    ["forget", "person.erase"],
    ["gdpr", "app.erased"],
    ["receipts", "app.erased"],
    ["delete", "list.trash"],
    ["delete", "person.trash_person"],
    ["trash", "app.trash"],
    ["suppression", "app.suppressions"],
    ["list health", "app.health"],
    ["retention", "app.health"],
  ])("%s leads to %s", (asked, id) => {
    expect(found(asked)).toContain(id);
  });

  test("every id stands once", () => {
    const ids = table.map((command) => command.id);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  test("do-not-contact has no single key", () => {
    expect(table.filter((c) => /contact/i.test(c.label))).toEqual([]);
  });
});
