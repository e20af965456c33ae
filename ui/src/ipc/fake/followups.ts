// What was promised and what the day asks for, as the fake core has it: noted, put off, settled, without what repeats.
import type { FollowUp, NewFollowUp, Today, TodayItem } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { standing } from "./standing";
import { newId, TODAY } from "./world";

const DAY = 86_400_000;
const late = (due: string) => Math.round((Date.parse(TODAY) - Date.parse(due)) / DAY);

export function followups({ world, living, one, write, put, info, picked, row, entryById }: Desk) {
  const byId = (id: string) =>
    world.followups.get(id) ?? refuse("not_found", "This follow-up is no longer here.");
  const there = () =>
    [...world.followups.values()].filter(
      ({ person }) => !person || living().some((one) => one.person.id === person.id),
    );
  const open = () =>
    there()
      .filter(({ status }) => status === "open")
      .sort((a, b) => a.due.localeCompare(b.due));
  const settled = () => there().filter(({ status }) => status !== "open");
  const add = ({ kind, text, person, touchpoint, due, at, zone, every, unless }: NewFollowUp): FollowUp => {
    if (text.trim() === "") refuse("invalid", "Say in a few words what there is to do.", "text");
    return {
      id: newId(world),
      kind: kind ?? "promise",
      text: text.trim(),
      person: person ? picked(one(person)) : null,
      touchpoint: touchpoint ?? null,
      due,
      at: at ?? null,
      zone: zone ?? null,
      hiddenUntil: null,
      snoozes: 0,
      every: every ?? null,
      unless: unless ?? null,
      status: "open",
      settledOn: null,
      because: null,
      note: null,
      late: late(due),
    };
  };
  const about = ({ text, person }: FollowUp) => `“${text}”${person ? ` for ${person.name}` : ""}`;
  const put_in = (command: string, added: FollowUp) =>
    write(
      command,
      `Noted ${about(added)}`,
      () => (world.followups.set(added.id, added), added),
      () => world.followups.delete(added.id),
    );
  const settle = (command: string, label: string, id: string, change: Partial<FollowUp>) =>
    put(command, `${label} ${about(byId(id))}`, byId(id), { settledOn: TODAY, ...change });
  const done = (command: string, id: string, note?: string) =>
    settle(command, "Did", id, { status: "done", note: note ?? null });
  const item = (followup: FollowUp): TodayItem => {
    const someone = followup.person && one(followup.person.id);
    return {
      key: `followup:${followup.id}`,
      person: someone && {
        id: someone.person.id,
        name: someone.person.displayName,
        organisation: someone.organisation,
        stage: row(someone).stage,
        confidence: row(someone).confidence,
      },
      text: followup.text,
      due: followup.due,
      late: followup.late,
      hiddenUntil: followup.hiddenUntil,
      snoozes: followup.snoozes,
      followup: followup.id,
      touchpoint: followup.touchpoint,
      change: null,
      move: null,
      context: { lastSaid: null, building: someone ? someone.person.buildingNow : null },
    };
  };
  const today = (all: boolean): Today => {
    const shows = open().filter(({ due, hiddenUntil }) => due <= TODAY && (hiddenUntil ?? "") <= TODAY);
    const items = shows.slice(0, all ? shows.length : 12).map(item);
    return {
      on: TODAY,
      groups: items.length === 0 ? [] : [{ kind: "promised", items, total: shows.length }],
      shown: items.length,
      more: shows.length - items.length,
      offer: null,
    };
  };
  return {
    "workspace.set_weekend"({ days }) {
      world.weekend = days;
      world.revision++;
      return info();
    },
    "cadences.list": () => [...world.cadences.values()],
    "cadences.of": ({ person }) =>
      [...world.cadences.values()].find((cadence) => cadence.person?.id === person) ?? null,
    "cadences.set"({ person, tag, idealDays, longestDays }) {
      const known = [...world.cadences.values()].find(
        (one) => (one.person ?? one.tag)?.id === (person ?? tag),
      );
      const whom = person ? picked(one(person)) : null;
      const word = tag ? { id: tag, name: tag, kind: "topic" as const } : null;
      const cadence = known ?? { id: newId(world), person: whom, tag: word, idealDays, longestDays };
      world.cadences.set(cadence.id, cadence);
      return put("cadences.set", "Chose how often to be in touch", cadence, { idealDays, longestDays });
    },
    "cadences.remove"({ id }) {
      const cadence = world.cadences.get(id) ?? refuse("not_found", "This cadence is no longer here.");
      return write(
        "cadences.remove",
        "Let go how often to be in touch",
        () => (world.cadences.delete(id), {}),
        () => world.cadences.set(id, cadence),
      );
    },
    "followups.of": ({ person }) => [...open(), ...settled()].filter((one) => one.person?.id === person),
    "followups.list"({ status, offset, limit }) {
      const rows = status === "open" ? open() : settled();
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    "followups.calendar": () => ({ text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", followups: open().length }),
    "followups.reminders": () => ({ due: [], nextAt: null }),
    "followups.reminded": () => ({}),
    "followups.add": (input) => put_in("followups.add", add(input)),
    "followups.edit"({ id, person, due, ...change }) {
      const whom = person === undefined ? {} : { person: person ? picked(one(person)) : null };
      const when = due === undefined ? {} : { due, late: late(due) };
      return put("followups.edit", `Edited ${about(byId(id))}`, byId(id), { ...change, ...whom, ...when });
    },
    "followups.for_each"({ people, ...said }) {
      for (const person of people) put_in("followups.for_each", add({ ...said, person }));
      return { people: people.length };
    },
    "followups.done": ({ id, note }) => done("followups.done", id, note),
    "followups.replied": ({ id, note }) => done("followups.replied", id, note),
    "followups.not_replied"({ id, again }) {
      const checked = done("followups.not_replied", id, "They did not reply.");
      if (!again) return checked;
      const { kind, text, person } = checked;
      return put_in("followups.add", add({ kind, text, due: again, ...(person && { person: person.id }) }));
    },
    "followups.drop": ({ id }) => settle("followups.drop", "Dropped", id, { status: "dropped" }),
    "followups.reopen": ({ id }) =>
      put("followups.reopen", `Opened ${about(byId(id))} again`, byId(id), {
        status: "open",
        settledOn: null,
      }),
    "followups.snooze"({ id, until }) {
      if (until <= TODAY) refuse("invalid", "Choose a day after today, so that it can come back.", "until");
      const change = { hiddenUntil: until, snoozes: byId(id).snoozes + 1 };
      return put("followups.snooze", `Put off ${about(byId(id))}`, byId(id), change);
    },
    "today.list": ({ all }) => today(all === true),
    "today.count": () => ({ people: today(true).shown }),
    "today.set_aside": () => ({}),
    "touchpoints.answered": ({ id }) =>
      put("touchpoints.answered", "Answered", entryById(id).entry, { needsAnswer: false }),
    "touchpoints.thanked": ({ touchpoint }) => entryById(touchpoint).entry,
    "journey.moves": () => ({ total: 0, new: 0, lookedAt: null, rows: [] }),
    "journey.looked": () => ({}),
    "journey.review": () => [],
    "journey.answer_review": ({ person }) => standing(one(person)),
  } satisfies Partial<Handlers>;
}
