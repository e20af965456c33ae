// Why a key of the day does nothing with a row: every key that help names does what it says, or says this.
import { keysOf, type CommandId, type Offer } from "../../kit/keyboard";
import { say } from "../../kit/toasts.svelte";
import { verbs, type Row } from "./rows";

/** What is known of the row that a key was pressed on. */
export type Asked = Pick<Row, "kind" | "waiting"> & {
  person: { id: string } | null;
  /** A follow-up that was settled before, and stands in the list of those. */
  ended?: boolean;
};

/** What each key of the day is for, as far as some row has no use for it. */
const KEYS = [
  "today.do",
  "today.replied",
  "today.not_replied",
  "today.accept",
  "today.step_back",
  "today.ask",
  "today.snooze",
  "today.drop",
  "today.edit",
  "today.log",
  "today.take_back",
  "today.open",
] as const satisfies readonly CommandId[];
type Key = (typeof KEYS)[number];

/** The keys of a row whose verb is one of several. */
function ways(kind: Row["kind"]): string {
  const key = (id: CommandId, does: string) => `${keysOf(id)} ${does}`;
  if (kind === "moved")
    return `${key("today.accept", "accepts it")}, ${key("today.not_replied", "takes it back")}`;
  if (kind === "review")
    return `${key("today.do", "is still here")}, ${key("today.step_back", "a step back")}, ${key("today.ask", "asks them")}`;
  if (kind === "replied")
    return `${key("today.replied", "says they did")}, ${key("today.not_replied", "that they did not")}`;
  return key(verbs[kind].key, `is ${verbs[kind].label.toLowerCase()}`);
}

/** A sentence for a key that means nothing to a row, and which keys do. */
export function whyNot(key: Key, row: Asked, settled: boolean): string {
  const { kind, person } = row;
  if (settled && key === "today.open") return "This row is about nobody.";
  if (row.ended && key !== "today.open") return `This was settled. ${keysOf("today.do")} opens it again.`;
  if (settled) return `This row is settled. ${keysOf("today.take_back")} takes it back first.`;
  if (row.waiting === false && key !== "today.open")
    return `This move is settled. ${keysOf("today.open")} opens the person, whose history takes it back.`;
  const instead = ` Here ${ways(kind)}.`;
  switch (key) {
    case "today.do":
    case "today.replied":
      return person
        ? `${keysOf(key)} means nothing here.${instead}`
        : `Nobody is named here who could have replied.${instead}`;
    case "today.not_replied":
      return `${keysOf(key)} says that they did not reply, or did not move, and this row asks neither.${instead}`;
    case "today.accept":
      return `${keysOf(key)} accepts a move, and this is none.${instead}`;
    case "today.step_back":
    case "today.ask":
      return `${keysOf(key)} answers the quarterly review, which stands under Moved.${instead}`;
    case "today.snooze":
      return `This is not put off: it waits until it is answered.${instead}`;
    case "today.drop":
      return `This is not dropped: it waits until it is answered.${instead}`;
    case "today.edit":
      return `There is no follow-up here to edit.${instead}`;
    case "today.log":
      return person
        ? `Nothing is logged from here. ${keysOf("today.open")} opens their page, where ${keysOf(key)} logs.`
        : "This row is about nobody, so there is nothing to log.";
    case "today.take_back":
      return `Nothing was done with this row yet. ${keysOf("app.undo")} takes back the last change.`;
    case "today.open":
      return "This row is about nobody.";
  }
}

/** Answers for all keys of the day that nothing else answers. Offer it before what does. */
export function answers(of: () => { row: Asked; settled: boolean } | null | undefined): Offer {
  const answer = (key: Key) => (): void | false => {
    const here = of();
    if (!here) return false;
    say(whyNot(key, here.row, here.settled));
  };
  return Object.fromEntries(KEYS.map((key) => [key, answer(key)])) as Offer;
}
