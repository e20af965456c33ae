// What a test writes into the file before anybody looks at it.
import type { ContactKind, FollowUp, FollowUpKind, ObservedBy, PeopleQuery, PeopleRows, Person, PersonPage, Stage, TimelineEntry } from "../../ui/src/ipc/gen";
import { type Bridge, TODAY } from "./fixtures";

/** Everybody, from A. */
export const FROM_A = { filter: { text: "" }, sort: "name", descending: false } satisfies PeopleQuery;

export type About = { organisation?: string; country?: string; city?: string };

/** Someone new; answers with their id. */
export async function someone(bridge: Bridge, displayName: string, about: About = {}): Promise<string> {
  return (await bridge.rpc<Person>("people.create", { displayName, ...about })).id;
}

export type What = { on?: string; note?: string; observedStage?: Stage; observedBy?: ObservedBy };

/** Something that happened with someone; answers with the entry's id. */
export async function happened(bridge: Bridge, person: string, kind: string, what: What = {}): Promise<string> {
  const { observedStage, observedBy, ...rest } = what;
  const who = { person, ...(observedStage ? { observedStage } : {}), ...(observedBy ? { observedBy } : {}) };
  return (await bridge.rpc<TimelineEntry>("touchpoints.log", { kind, people: [who], ...rest })).id;
}

/** A day so many days from the one on which dated tests happen. */
export function due(days: number): string {
  return new Date(Date.parse(TODAY) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Something to come back to. */
export async function followUp(bridge: Bridge, what: { person?: string; text: string; due: string; kind?: FollowUpKind; touchpoint?: string }): Promise<string> {
  return (await bridge.rpc<FollowUp>("followups.add", what)).id;
}

export async function reachable(bridge: Bridge, person: string, kind: ContactKind, value: string): Promise<void> {
  await bridge.rpc("contact_points.add", { person, kind, value, source: "they_gave_it" });
}

export async function tagged(bridge: Bridge, people: string[], name: string, kind: "topic" | "stack" = "topic"): Promise<void> {
  await bridge.rpc("tags.add", { people, name, kind });
}

/** Ana, who got it working on 10 May after a call, and Bo, about whom nothing is known. */
export async function anaAndBo(bridge: Bridge): Promise<{ ana: string; bo: string }> {
  const [ana, bo] = [await someone(bridge, "Ana"), await someone(bridge, "Bo")];
  await happened(bridge, ana, "conversation_online", { on: "2026-05-02", note: "Call" });
  await happened(bridge, ana, "first_success", { on: "2026-05-10", note: "It runs" });
  return { ana, bo };
}

/** Ana Sol and Cem Kaya, each of whom is here twice; answers with their ids. */
export async function twoPairs(bridge: Bridge): Promise<{ ana: [string, string]; cem: [string, string] }> {
  const twice = async (names: [string, string], mail: string): Promise<[string, string]> => {
    const ids: [string, string] = [
      await someone(bridge, names[0], { organisation: "Acme", city: "Pune" }),
      await someone(bridge, names[1], { city: "Mumbai" }),
    ];
    for (const id of ids) await reachable(bridge, id, "email", mail);
    return ids;
  };
  return {
    ana: await twice(["Ana Sol", "Sol Ana"], "ana@sol.example"),
    cem: await twice(["Cem Kaya", "Kaya Cem"], "cem@kaya.example"),
  };
}

/** What the file holds about someone. */
export function pageOf(bridge: Bridge, person: string): Promise<PersonPage> {
  return bridge.rpc("people.page", { id: person });
}

/** The names in the file, from A. */
export async function everyName(bridge: Bridge): Promise<string[]> {
  const { rows } = await bridge.rpc<PeopleRows>("people.list", { query: FROM_A, offset: 0, limit: 500 });
  return rows.map(({ name }) => name);
}
