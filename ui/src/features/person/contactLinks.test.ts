import { expect, test } from "vitest";
import { linkOf } from "./contactLinks";

test.each([
  ["email", "priya@acme.example", "mailto:priya@acme.example"],
  ["github", "@priyan", "https://github.com/priyan"],
  ["mastodon", "@ada@social.example", "https://social.example/@ada"],
  ["website", "priya.example/notes", "https://priya.example/notes"],
  ["website", "https://priya.example", "https://priya.example"],
  ["reddit", "u/kofi", "https://www.reddit.com/user/kofi"],
] as const)("%s %s leads somewhere", (kind, value, link) => {
  expect(linkOf(kind, value)).toBe(link);
});

test.each([
  ["website", "javascript:alert(1)"],
  ["website", "http://plain.example"],
  ["github", "a/../../b"],
  ["email", "not an address"],
  ["discord", "kofi#1234"],
  ["phone", "+49 30 123"],
] as const)("%s %s is not opened", (kind, value) => {
  expect(linkOf(kind, value)).toBeNull();
});
