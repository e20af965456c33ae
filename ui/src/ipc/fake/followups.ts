// Promises, the rows of Today and days in words, as far as the screens need them.
import type { FollowUp, NewFollowUp, ReviewItem, Today, TodayItem, TodayKind } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { standing } from "./standing";
import { entryOn, later, newId, TODAY, type Someone, type World } from "./world";

const DAY = 86_400_000;
const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** A follow-up as it is when it was just added. */
export function followUp(world: World, someone: Someone | null, more: Partial<FollowUp>): FollowUp {
  const due = more.due ?? TODAY;
  return {
    id: newId(world),
    kind: "promise",
    text: "send the retry guide",
    person: someone && {
      id: someone.person.id,
      name: someone.person.displayName,
      organisation: someone.organisation,
      lastTouchOn: null,
      stage: standing(someone).stage,
    },
    leftAlone: someone?.person.doNotContact ?? false,
    touchpoint: null,
    due,
    at: null,
    zone: null,
    hiddenUntil: null,
    snoozes: 0,
    every: null,
    unless: null,
    status: "open",
    settledOn: null,
    because: null,
    note: null,
    late: days(due, TODAY),
    ...more,
  };
}

/** As many, for the people from the first on: late, due, waited for, put off. */
export function seedFollowUps(world: World, count: number): void {
  const people = [...world.people.values()];
  for (let i = 0; i < count; i++) {
    const kind = (["promise", "promise", "reply_check", "check_in", "deadline"] as const)[i % 5]!;
    const text = [
      "send the retry guide",
      "introduce them to Ada about Kafka",
      "“Your cache eviction post”, sent 15 May",
      "hear how the migration went, and whether the batching guide was of any help with it",
      "slides for the meetup",
    ][i % 5]!;
    const snoozes = i % 4 === 3 ? 3 : i % 3 === 2 ? 1 : 0;
    world.followUps.push(
      followUp(world, people[i % people.length]!, { kind, text, due: later(TODAY, 4 - i), snoozes }),
    );
  }
}

export function followUps({ world, living, one, write, put, picked }: Desk) {
  const find = (id: string) =>
    world.followUps.find((row) => row.id === id) ?? refuse("not_found", "This follow-up is no longer here.");
  const settle = (command: string, label: string, id: string, status: FollowUp["status"]) =>
    put(command, label, find(id), { status, settledOn: TODAY });
  const whom = (row: FollowUp) => row.person?.name ?? "somebody";

  function add(input: NewFollowUp): FollowUp {
    if (input.text === "") refuse("invalid", "Write what there is to do.", "text");
    const { person, ...more } = input;
    const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
    return followUp(world, person ? one(person) : null, given);
  }
  function log(someone: Someone, kind: string, note: string | undefined) {
    const entry = entryOn(world, someone, kind, TODAY, { note: note ?? null });
    someone.entries.push(entry);
    return entry;
  }

  function items(): Record<TodayKind, TodayItem[]> {
    const shown = world.followUps
      .filter(({ status, due, hiddenUntil }) => status === "open" && (hiddenUntil ?? due) <= TODAY)
      .sort((a, b) => a.due.localeCompare(b.due));
    const of = (kind: FollowUp["kind"][]) => shown.filter((row) => kind.includes(row.kind)).map(asItem);
    const people = living();
    const waiting = people.flatMap((someone) =>
      someone.entries
        .filter(({ needsAnswer }) => needsAnswer)
        .map((entry) => ({
          ...computed(`answer:${entry.id}`, someone, entry.note ?? entry.label),
          touchpoint: entry.id,
        })),
    );
    const moved = people.flatMap((someone) => {
      const move = standing(someone).moved;
      if (!move) return [];
      const because = move.because.map(({ label }) => label).join(", ");
      return [
        {
          ...computed(`move:${move.id}`, someone, ""),
          change: move.id,
          move: { from: move.from, to: move.to, because },
        },
      ];
    });
    const awake = (row: TodayItem) => !world.resting.has(row.key);
    return {
      promised: of(["promise", "check_in"]),
      waiting: waiting.filter(awake),
      replied: of(["reply_check"]),
      moved,
      dates: of(["deadline"]),
      losing_touch: [],
      thank: [],
    };
  }
  function asItem(row: FollowUp): TodayItem {
    const someone = row.person ? one(row.person.id) : null;
    const item = computed(`followup:${row.id}`, someone, row.text);
    const { due, late, hiddenUntil, snoozes, touchpoint } = row;
    return { ...item, due, late, hiddenUntil, snoozes, touchpoint, followup: row.id };
  }
  function computed(key: string, someone: Someone | null, text: string): TodayItem {
    const at = someone && standing(someone);
    const last = [...(someone?.entries ?? [])].sort((a, b) => b.onDay.localeCompare(a.onDay))[0];
    return {
      key,
      person: someone &&
        at && {
          id: someone.person.id,
          name: someone.person.displayName,
          organisation: someone.organisation,
          stage: at.stage,
          confidence: at.confidence,
          leftAlone: someone.person.doNotContact,
        },
      text,
      due: null,
      late: null,
      hiddenUntil: null,
      snoozes: 0,
      followup: null,
      touchpoint: null,
      change: null,
      move: null,
      context: {
        lastSaid: last ? { on: last.onDay, kind: last.kind, label: last.label, note: last.note } : null,
        building: someone?.person.buildingNow ?? null,
      },
    };
  }

  function list(all: boolean): Today {
    let left = all ? Infinity : 12;
    const groups = Object.entries(items())
      .filter(([, rows]) => rows.length > 0)
      .map(([kind, rows]) => {
        const shown = rows.slice(0, left);
        left -= shown.length;
        return { kind: kind as TodayKind, items: shown, total: rows.length };
      });
    const shown = groups.reduce((sum, group) => sum + group.items.length, 0);
    const total = groups.reduce((sum, group) => sum + group.total, 0);
    const offer =
      total > 0 || living().length === 0
        ? null
        : { kind: "greet" as const, people: living().slice(0, 2).map(picked) };
    return {
      on: TODAY,
      groups: groups.filter((group) => group.items.length > 0),
      shown,
      more: total - shown,
      offer,
    };
  }

  function reviewed(someone: Someone): ReviewItem | null {
    const { stage, since, lastSignOn, because } = standing(someone);
    const to =
      stage &&
      ({ discover: null, evaluate: "discover", learn: "evaluate", build: "learn", scale: "build" } as const)[
        stage
      ];
    return stage && to
      ? { person: picked(someone), stage, to, since, lastSignOn, because, reviewOn: TODAY }
      : null;
  }

  return {
    "followups.add": (input) => {
      const row = add(input);
      return write(
        "followups.add",
        `Promised ${whom(row)}: ${row.text}`,
        () => (world.followUps.push(row), row),
        () => void (world.followUps = world.followUps.filter((other) => other !== row)),
      );
    },
    "followups.for_each"({ people, text, due, kind }) {
      const rows = people.map((person) =>
        add({ person, text, due, at: null, unless: null, ...(kind ? { kind } : {}) }),
      );
      return write(
        "followups.for_each",
        `Added a follow-up for ${people.length} people`,
        () => (world.followUps.push(...rows), { people: rows.length }),
        () => void (world.followUps = world.followUps.filter((other) => !rows.includes(other))),
      );
    },
    "followups.edit"({ id, person: _, ...change }) {
      const row = find(id);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return put("followups.edit", `Edited what you promised ${whom(row)}`, row, given);
    },
    "followups.done": ({ id }) =>
      settle("followups.done", `Kept what you promised ${whom(find(id))}`, id, "done"),
    "followups.drop": ({ id }) => settle("followups.drop", `Dropped “${find(id).text}”`, id, "dropped"),
    "followups.reopen": ({ id }) =>
      put("followups.reopen", "Opened it again", find(id), { status: "open", settledOn: null }),
    "followups.snooze": ({ id, until }) =>
      put("followups.snooze", `Snoozed “${find(id).text}”`, find(id), {
        hiddenUntil: until,
        snoozes: find(id).snoozes + 1,
      }),
    "followups.replied"({ id, note }) {
      const row = find(id);
      const someone = row.person && one(row.person.id);
      const cleared = world.followUps.filter(
        (other) =>
          other.status === "open" && other.kind === "reply_check" && other.person?.id === row.person?.id,
      );
      return write(
        "followups.replied",
        `${whom(row)} replied`,
        () => {
          if (someone) log(someone, "replied", note);
          for (const other of cleared) Object.assign(other, { status: "auto_cleared", settledOn: TODAY });
          return Object.assign(row, { status: "done" as const });
        },
        () => {
          if (someone) someone.entries.pop();
          for (const other of cleared) Object.assign(other, { status: "open", settledOn: null });
        },
      );
    },
    "followups.not_replied": ({ id, again }) =>
      put(
        "followups.not_replied",
        "No reply",
        find(id),
        again ? { due: again, late: days(again, TODAY) } : { status: "done", settledOn: TODAY },
      ),
    "followups.of": ({ person }) =>
      world.followUps
        .filter((row) => row.person?.id === person)
        .sort(
          (a, b) => Number(a.status !== "open") - Number(b.status !== "open") || a.due.localeCompare(b.due),
        ),
    "followups.calendar": () => ({ text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", followups: 0 }),
    "followups.reminders": () => ({ due: [], nextAt: null }),
    "followups.reminded": () => ({}),
    "followups.list"({ status, offset, limit }) {
      const rows = world.followUps
        .filter((row) => (row.status === "open") === (status === "open"))
        .sort((a, b) => a.due.localeCompare(b.due));
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    "touchpoints.answered"({ id, note }) {
      const someone = living().find(({ entries }) => entries.some((entry) => entry.id === id))!;
      const asked = someone.entries.find((entry) => entry.id === id)!;
      return write(
        "touchpoints.answered",
        `Answered ${someone.person.displayName}`,
        () => ((asked.needsAnswer = false), log(someone, "gave_help", note)),
        () => {
          asked.needsAnswer = true;
          someone.entries.pop();
        },
      );
    },
    "touchpoints.thanked": ({ touchpoint }) => {
      const someone = living().find(({ entries }) => entries.some((entry) => entry.id === touchpoint))!;
      return write(
        "touchpoints.thanked",
        `Thanked ${someone.person.displayName}`,
        () => log(someone, "thanked", undefined),
        () => void someone.entries.pop(),
      );
    },
    "today.list": ({ all }) => list(all === true),
    "today.later": () => ({ groups: [], total: 0 }),
    "today.show_again": () => ({}),
    "today.count": () => ({ people: list(true).shown }),
    "today.set_aside": ({ key }) =>
      write(
        "today.set_aside",
        "Set aside for now",
        () => (world.resting.add(key), {}),
        () => void world.resting.delete(key),
      ),
    "journey.moves"({ status, offset, limit }) {
      const rows = living().flatMap((someone) => {
        const { moved, history } = standing(someone);
        const all = status === "all" ? history : moved ? [moved] : [];
        return all.map((change) => ({
          person: picked(someone),
          change,
          waiting: change.id === moved?.id,
          new: change.id === moved?.id,
        }));
      });
      return {
        total: rows.length,
        new: rows.length,
        lookedAt: null,
        rows: rows.slice(offset, offset + limit),
      };
    },
    "journey.looked": () => ({}),
    "journey.review": () => world.review.map((id) => reviewed(one(id))).filter((item) => item !== null),
    "journey.answer_review"({ person }) {
      const before = world.review;
      return write(
        "journey.answer_review",
        `Said where ${one(person).person.displayName} stands`,
        () => ((world.review = before.filter((id) => id !== person)), standing(one(person))),
        () => void (world.review = before),
      );
    },
    "cadences.list": () => world.cadences,
    "cadences.of": ({ person }) => world.cadences.find((one) => one.person?.id === person) ?? null,
    "cadences.set"({ person, tag, idealDays, longestDays }) {
      if (longestDays < idealDays)
        refuse("invalid", "The longest is at least as long as the ideal.", "longestDays");
      const whose = person ? picked(one(person)) : null;
      const tagged = tag ? world.tags.get(tag)! : null;
      const made = { id: newId(world), person: whose, tag: tagged, idealDays, longestDays };
      const before = world.cadences;
      return write(
        "cadences.set",
        `Said how often to be in touch with ${whose?.name ?? tagged?.name}`,
        () => {
          const others = before.filter((other) => (other.person?.id ?? other.tag?.id) !== (person ?? tag));
          world.cadences = [...others, made];
          return made;
        },
        () => void (world.cadences = before),
      );
    },
    "cadences.remove"({ id }) {
      const before = world.cadences;
      return write(
        "cadences.remove",
        "Took out how often to be in touch",
        () => ((world.cadences = before.filter((other) => other.id !== id)), {}),
        () => void (world.cadences = before),
      );
    },
  } satisfies Partial<Handlers>;
}
