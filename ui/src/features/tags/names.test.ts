import { expect, test } from "vitest";
import { namesIn } from "./names";

test.each([
  ["vip, 🦀 rust", ["vip", "🦀 rust"]],
  ["meetup organiser", ["meetup organiser"]],
  [" Rust,rust , ,docs,", ["Rust", "docs"]],
  ["技術、文書", ["技術", "文書"]],
  [" , ", []],
])("%j are the tags %j", (typed, names) => expect(namesIn(typed)).toEqual(names));
