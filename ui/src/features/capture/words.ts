// What a capture says of itself, in words.
import type { CaptureReading, CaptureSaved, Chip, PersonPick } from "../../ipc/gen";
import { comingDay, relativeDay } from "../../kit/dates";
import { contactKindWords, listed, plural, sentimentWords } from "../../kit/words";

/** "Acme · seen 3 weeks ago" */
export function whereAndWhen(person: PersonPick, today: string): string {
  const seen = person.lastTouchOn ? `seen ${relativeDay(person.lastTouchOn, today)}` : "";
  return [person.organisation, seen].filter(Boolean).join(" · ");
}

/** A chip as it reads on the screen and aloud. */
export function chipWords(chip: Chip, today: string, time: (at: number) => string): string {
  switch (chip.what) {
    case "person":
      return chip.known ? chip.label : `New: ${chip.label}`;
    case "stage":
      return `${chip.label} · told you`;
    case "follow_up": {
      const day = chip.day ? comingDay(chip.day, today) : "";
      return `${day}${chip.at === null ? "" : ` ${time(chip.at)}`}: ${chip.text ?? ""}`;
    }
    case "quote":
      return `“${chip.label}”`;
    case "mood":
      return sentimentWords[String(chip.mood)] ?? `Mood ${chip.label}`;
    case "item":
      return `Handed over: ${chip.label}`;
    case "contact":
      return `${contactKindWords[chip.contact ?? "other"]} ${chip.label}`;
    case "same":
      return `As before: ${chip.label}`;
    case "organisation":
    case "tag":
    case "kind":
    case "waiting":
      return chip.label;
  }
}

/** What the kinds of chip are called. */
export const chipKindWords: Record<Chip["what"], string> = {
  person: "Person",
  organisation: "Organisation",
  stage: "Stage",
  tag: "Tag",
  follow_up: "Follow-up",
  quote: "Their words",
  mood: "Mood",
  item: "Handed over",
  contact: "Way to reach them",
  kind: "What happened",
  waiting: "Waiting",
  same: "The same as before",
};

/** A reading in one sentence, for those who hear it. */
export function readingWords(reading: CaptureReading, today: string, time: (at: number) => string): string {
  if (reading.problem) return reading.problem;
  const said = reading.chips.map((chip) => chipWords(chip, today, time));
  if (reading.note) said.push(`note: ${reading.note}`);
  const matches =
    reading.person || reading.people.length === 0
      ? ""
      : ` ${plural(reading.people.length, "match", "matches")}.`;
  return `${listed(said)}.${matches}${reading.hint ? ` ${reading.hint}` : ""}`;
}

/** "Captured Priya Nair, who is new here, with a follow-up." */
export function savedWords(saved: CaptureSaved): string {
  const promised =
    saved.followUps > 0
      ? `, with ${saved.followUps === 1 ? "a follow-up" : `${saved.followUps} follow-ups`}`
      : "";
  return `Captured ${saved.person.name}${saved.new ? ", who is new here" : ""}${promised}.`;
}
