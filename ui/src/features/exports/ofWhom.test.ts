import { expect, test } from "vitest";
import { ofWhom } from "./ofWhom";

test.each([
  ["a list by hand", "Speakers", "list:Speakers", "the list “Speakers”", null],
  ["one that was renamed", "Talks", 'list:"Speakers 2026"', "the list “Talks”", 'list:"Speakers 2026"'],
  ["one that follows a filter", "Learners", "stage:learn", "the list “Learners”", "stage:learn"],
  ["one that follows another list", "Autumn", "list:Beta", "the list “Autumn”", "list:Beta"],
  ["a list that is gone", null, 'list:"Our \\"A\\" list"', 'those on the list “Our "A" list”', null],
  ["several lists", null, "list:Beta,Gamma", "list:Beta,Gamma", null],
  ["a filter", null, "list:Beta tag:kafka", "list:Beta tag:kafka", null],
  ["nobody's filter", null, null, "whoever was chosen by hand", null],
])("a file of %s says so", (_, list, filter, whom, then) => {
  expect(ofWhom({ list, filter })).toEqual({ whom, filter: then });
});
