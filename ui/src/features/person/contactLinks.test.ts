import { expect, test } from "vitest";
import { linkOf, piecesOf } from "./contactLinks";

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

test.each([
  ["https://acme.example/docs/a-long-page", ["https://", "acme.", "example/", "docs/", "a-long-page"]],
  ["https://acme.example/%E0%B4%95%E0%B5%87/%C3%A9", ["https://", "acme.", "example/", "കേ/", "é"]],
  ["https://acme.example/100%", ["https://", "acme.", "example/", "100%"]],
  ["https://acme.example/a%20b%E2%80%AEc", ["https://", "acme.", "example/", "a%20b%E2%80%AEc"]],
  ["priya@acme.example", ["priya@", "acme.", "example"]],
  ["@priya:matrix.example", ["@", "priya:", "matrix.", "example"]],
  ["100%25", ["100%25"]],
])("%s is read piece by piece", (value, pieces) => {
  expect(piecesOf(value)).toEqual(pieces);
});
