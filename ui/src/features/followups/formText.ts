// What is typed into the form of a follow-up, and what is asked of the core with it.
import type {
  Anchor,
  EditFollowUp,
  Every,
  Unit,
  FollowUp,
  FollowUpKind,
  NewFollowUp,
  Unless,
  SaidWhen,
} from "../../ipc/gen";
import { draft, dropDraft, keepDraft } from "../../kit/drafts";

export type FollowUpText = {
  text: string;
  /** In words; empty is the next business day. */
  when: string;
  kind: FollowUpKind;
  repeats: boolean;
  /** As typed. */
  n: string;
  unit: Unit;
  anchor: Anchor;
  /** The last day it may be due, in words; empty is no end. */
  until: string;
  unless: Unless | "";
};

/** Put off this often, it is asked whether it is to be done at all. */
export const ASKED_AFTER_SNOOZES = 3;

export type Problem = { field: string | null; message: string };

export function blank(kind: FollowUpKind = "promise"): FollowUpText {
  return {
    text: "",
    when: "",
    kind,
    repeats: false,
    n: "1",
    unit: "week",
    anchor: "due",
    until: "",
    unless: "",
  };
}

export function textOf({ text, due, kind, every, unless }: FollowUp): FollowUpText {
  return {
    ...blank(kind),
    text,
    when: due,
    unless: unless ?? "",
    ...(every
      ? {
          repeats: true,
          n: String(every.n),
          unit: every.unit,
          anchor: every.anchor,
          until: every.until ?? "",
        }
      : {}),
  };
}

/** What can be said before it is sent. */
export function problemOf(
  typed: FollowUpText,
  when: SaidWhen | null,
  people = 1,
  until: SaidWhen | null = null,
): Problem | null {
  if (typed.text.trim() === "") return { field: "text", message: "Write what there is to do." };
  if (when === null) return { field: "due", message: "Write a day like mon, 3d, 2w, 12 jun or eom." };
  if (people > 1 && when.at !== null)
    return { field: "due", message: "For several people it is a day without a time. Write only the day." };
  if (typed.repeats && !/^[1-9]\d{0,2}$/.test(typed.n.trim()))
    return { field: "every", message: "Write how often as a whole number, like 2." };
  if (ends(typed) && until === null)
    return { field: "every", message: "Write the last day like 12 jun, 3m or eom, or leave it empty." };
  if (ends(typed) && until!.day < when.day)
    return { field: "every", message: "The last day is before the first one. Choose a later one." };
  return null;
}

/** Whether a last day is said. */
export function ends({ repeats, until }: FollowUpText): boolean {
  return repeats && (until ?? "").trim() !== "";
}

/** How it comes back. How many times in all was said elsewhere and stays. */
function everyOf(typed: FollowUpText, until: SaidWhen | null, before: Every | null): Every | null {
  if (!typed.repeats) return null;
  return {
    n: Number(typed.n),
    unit: typed.unit,
    anchor: typed.anchor,
    until: ends(typed) ? (until?.day ?? null) : null,
    count: before?.count ?? null,
  };
}

/** A promise holds until it is kept or dropped: nothing clears it by itself. */
function unlessOf({ kind, unless }: FollowUpText): Unless | null {
  return kind === "promise" || unless === "" ? null : unless;
}

export function added(
  typed: FollowUpText,
  when: SaidWhen,
  zone: string,
  about: { person?: string; touchpoint?: string },
  until: SaidWhen | null = null,
): NewFollowUp {
  const every = everyOf(typed, until, null);
  return {
    ...about,
    kind: typed.kind,
    text: typed.text.trim(),
    due: when.day,
    at: when.at,
    ...(when.at === null ? {} : { zone }),
    ...(every ? { every } : {}),
    unless: unlessOf(typed),
  };
}

/** Only what was changed: the rest stays as it is by now. The day goes with its minute and its zone. */
export function edited(
  typed: FollowUpText,
  when: SaidWhen,
  zone: string,
  before: FollowUp,
  until: SaidWhen | null = null,
): EditFollowUp {
  const was = textOf(before);
  const text = typed.text.trim();
  const often = ({ repeats, n, unit, anchor, until }: FollowUpText) =>
    repeats ? `${n.trim()} ${unit} ${anchor} ${(until ?? "").trim()}` : "";
  const unless = unlessOf(typed);
  return {
    id: before.id,
    ...(typed.kind === before.kind ? {} : { kind: typed.kind }),
    ...(text === before.text ? {} : { text }),
    ...(typed.when.trim() === before.due
      ? {}
      : { due: when.day, at: when.at, zone: when.at === null ? null : zone }),
    ...(often(typed) === often(was) ? {} : { every: everyOf(typed, until, before.every) }),
    ...(unless === before.unless ? {} : { unless }),
  };
}

/** How often, in one word: what is usual. Everything else is "other", and said in full. */
export const OFTEN = [
  { key: "no", words: "no" },
  { key: "1 week", words: "every week" },
  { key: "2 week", words: "every two weeks" },
  { key: "1 month", words: "every month" },
  { key: "3 month", words: "every three months" },
] as const;

export type Often = (typeof OFTEN)[number]["key"] | "other";

export function oftenOf(typed: FollowUpText): Often {
  const { repeats, n, unit, anchor } = typed;
  if (!repeats) return "no";
  if (ends(typed)) return "other";
  const said = `${n.trim()} ${unit}`;
  return OFTEN.find(({ key }) => key === said && anchor === "due")?.key ?? "other";
}

/** As often as that, counted from the day it is due. */
export function withOften(typed: FollowUpText, often: Often): FollowUpText {
  if (often === "no") return { ...typed, repeats: false };
  if (often === "other") return typed;
  const [n = "1", unit] = often.split(" ");
  return { ...typed, repeats: true, n, unit: unit as Unit, anchor: "due", until: "" };
}

/** Another kind: a look whether they replied is needless once they did. */
export function withKind(typed: FollowUpText, kind: FollowUpKind): FollowUpText {
  return {
    ...typed,
    kind,
    unless: kind === "reply_check" && typed.unless === "" ? "they_reply" : typed.unless,
  };
}

/** What was begun and not saved: by follow-up, or by person for a new one. */
export function followUpDraft(of: string): FollowUpText | undefined {
  const kept = draft(`${of}.followup`);
  return kept === undefined ? undefined : (JSON.parse(kept) as FollowUpText);
}

export function keepFollowUpDraft(of: string, typed: FollowUpText | undefined): void {
  if (typed) keepDraft(`${of}.followup`, JSON.stringify(typed));
  else dropDraft(`${of}.followup`);
}
