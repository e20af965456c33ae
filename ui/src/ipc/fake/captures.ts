// The capture line as the fake core has it: the name alone is understood, and the draft is kept. What a line says is the
// real core's to know.
import type { CaptureReading, CaptureSaved } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { NOW, TODAY, later } from "./world";

export function captures(
  { world, living, picked, one }: Desk,
  log: Pick<Handlers, "people.create" | "touchpoints.log">,
) {
  let draft = "";
  let waiting: { id: string; text: string }[] = [];
  let next = 1;
  const nameOf = (text: string) => text.split(/[,@/#!"]/)[0]!.trim();
  const read = (text: string): CaptureReading => {
    const name = nameOf(text);
    const named = living().filter(({ person }) => person.displayName.toLowerCase() === name.toLowerCase());
    const alike = living().filter(({ person }) =>
      person.displayName.toLowerCase().includes(name.toLowerCase()),
    );
    const person = named.length === 1 ? picked(named[0]!) : null;
    return {
      chips:
        name === ""
          ? []
          : [
              {
                what: "person",
                from: 0,
                to: name.length,
                label: person?.name ?? name,
                known: person !== null,
                stage: null,
                day: null,
                at: null,
                text: null,
                contact: null,
                mood: null,
                insteadOf: null,
              },
            ],
      name,
      note: text.slice(name.length).replace(/^,/, "").trim(),
      person,
      people: name === "" ? [] : alike.slice(0, 5).map(picked),
      near: null,
      happened: "Talked in person",
      problem: name === "" ? "Say who it was: the line begins with the name." : null,
      hint: null,
    };
  };
  return {
    "captures.read": ({ text }) => read(text),
    "captures.when"({ text }) {
      const ahead = /^(\d+)([dw])$/.exec(text);
      const days = ahead
        ? Number(ahead[1]) * (ahead[2] === "w" ? 7 : 1)
        : { "": 1, tomorrow: 1, mon: 4 }[text.trim()];
      if (days === undefined)
        return /^\d{4}-\d{2}-\d{2}$/.test(text) ? { day: text, at: null, words: text } : null;
      return { day: later(TODAY, days), at: null, words: days === 1 ? "Fri 22 May" : text };
    },
    "captures.draft": () => ({ text: draft, unsaved: [] }),
    "captures.keep": ({ text }) => ((draft = text), {}),
    "captures.let_go": () => ({}),
    "captures.waiting": () => ({ lines: waiting.length, entries: 0 }),
    "captures.review": ({ limit = 25 }) => ({
      waiting: waiting.length,
      total: waiting.length,
      lines: waiting.slice(0, limit).map(({ id, text }) => {
        const reading = read(text);
        const none = { touchpoint: null, observed: null, note: null, promised: [], email: null, twin: null };
        return { id, text, at: NOW, reading, person: reading.person, ...none };
      }),
    }),
    "captures.lines"({ text }) {
      const lines = text.split("\n").filter((line) => line.trim() !== "");
      waiting = [...waiting, ...lines.map((line) => ({ id: `line-${next++}`, text: line.trim() }))];
      world.revision++;
      return { lines: lines.length, known: 0 };
    },
    "captures.reword"({ id, text }) {
      waiting = waiting.map((line) => (line.id === id ? { id, text } : line));
      world.revision++;
      return {};
    },
    "captures.done": () => ({}),
    "captures.drop"({ id }) {
      waiting = waiting.filter((line) => line.id !== id);
      world.revision++;
      return {};
    },
    "captures.save"({ text, line }): CaptureSaved {
      const { name, note, person, problem } = read(text);
      if (problem) refuse("invalid", problem, "text");
      const id = person?.id ?? log["people.create"]({ displayName: name }).id;
      const entry = log["touchpoints.log"]({
        kind: "conversation_in_person",
        people: [{ person: id }],
        note,
      });
      draft = "";
      waiting = waiting.filter((one) => one.id !== line);
      const operation = world.operations.at(-1)?.id ?? 0;
      const said = { id: `line-${next++}`, touchpoint: entry.id, followUps: 0, stays: null, operation };
      return { ...said, person: picked(one(id)), new: person === null };
    },
  } satisfies Partial<Handlers>;
}
