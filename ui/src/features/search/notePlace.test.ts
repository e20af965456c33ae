import { expect, test } from "vitest";
import type { Note } from "../../ipc/gen";
import { closeWords, howMany, placeOfNote, whoseNote } from "./notePlace";

const note: Note = {
  touchpoint: "t1",
  prose: null,
  person: "p1",
  name: "Ada",
  others: 0,
  kind: "replied",
  label: "Replied to us",
  onDay: "2026-05-20",
  precision: "day",
  text: [],
};

test("an entry leads to itself, and what is kept about somebody to its field", () => {
  expect(placeOfNote(note)).toBe("/people/p1/t1");
  expect(placeOfNote({ ...note, touchpoint: null, prose: "building_now" })).toBe("/people/p1/building_now");
});

test("who was there is named or counted", () => {
  expect(whoseNote(note)).toBe("Ada");
  expect(whoseNote({ ...note, others: 1 })).toBe("Ada and 1 other");
  expect(whoseNote({ ...note, others: 2 })).toBe("Ada and 2 others");
});

test("over people who only come close it is said of people alone that nobody is spelled so, where notes were found", () => {
  expect(closeWords({ notes: 0, instead: [] })).toBe("Nobody is spelled so. These come close");
  expect(closeWords({ notes: 1, instead: [] })).toBe(
    "No person is spelled so, but a note says it. These people come close",
  );
  expect(closeWords({ notes: 2, instead: [{}] })).toBe("No person is spelled so. These people come close");
});

test("beyond what is counted there is a plus", () => {
  expect(howMany({ notes: [note, note], more: false })).toBe("2");
  expect(howMany({ notes: Array(50).fill(note) as Note[], more: true })).toBe("50+");
});
