// Why one may write to somebody, in memory: the core decides it by a table, here a few lines stand for it.
import type {
  Basis,
  BasisOf,
  ContactPoint,
  HealthReport,
  LeftOut,
  PassedOver,
  PointTrust,
  Purpose,
} from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { newId, TODAY, type Someone, type World } from "./world";

const PURPOSES: readonly Purpose[] = [
  "one_to_one",
  "list_mail",
  "swag_post",
  "recruiting_intro",
  "sales_intro",
];
const enough: Record<Purpose, readonly Basis[]> = {
  one_to_one: [
    "opted_in",
    "existing_user",
    "said_yes_in_person",
    "they_wrote_first",
    "public_work_one_to_one",
  ],
  list_mail: ["opted_in", "existing_user"],
  swag_post: ["opted_in", "said_yes_in_person", "they_wrote_first"],
  recruiting_intro: ["opted_in", "said_yes_in_person"],
  sales_intro: ["opted_in", "said_yes_in_person"],
};
export const leftOutWords: Partial<Record<LeftOut, string>> = {
  do_not_contact: "not to be contacted",
  objected: "asked not to",
  suppressed: "on the suppression list",
  opted_out: "opted out",
  bounced: "bounced",
  wrong_person: "address of somebody else",
  teammate: "teammate",
  no_address: "no address",
  unknown_basis: "unknown basis",
  no_opt_in: "no opt-in",
  same_address: "same address as somebody who is in it",
  by_hand: "left out by hand",
  text_too_long: "text longer than the program takes",
};

const addressKey = ({ kind, value }: Pick<ContactPoint, "kind" | "value">) =>
  `${kind}:${value.toLowerCase()}`;

/** What was said last of an address for a purpose, and why it may not be used, if it may not. */
export function judged(world: World, { person }: Someone, point: ContactPoint, purpose: Purpose) {
  const said = world.bases.filter((one) => one.contactPointId === point.id && one.purpose === purpose).at(-1);
  const basis = said?.basis ?? "unknown";
  const against = world.objections
    .filter((one) => one.personId === person.id && one.kind === point.kind)
    .at(-1);
  const objected = against !== undefined && !(basis === "opted_in" && said!.recordedOn > against.onDay);
  const status = {
    ok: null,
    bounced: "bounced",
    opted_out: "opted_out",
    wrong_person: "wrong_person",
  } as const;
  const leftOut: LeftOut | null = person.doNotContact
    ? "do_not_contact"
    : objected
      ? "objected"
      : world.suppressed.has(addressKey(point))
        ? "suppressed"
        : (status[point.status] ??
          (person.teammate
            ? "teammate"
            : basis === "unknown"
              ? "unknown_basis"
              : enough[purpose].includes(basis)
                ? null
                : "no_opt_in"));
  return {
    basis: objected ? ("objected" as const) : basis,
    leftOut,
    recordedOn: objected ? against.onDay : (said?.recordedOn ?? null),
    evidence: said?.evidence ?? null,
  };
}

export function trust({ world, living, one, picked, write }: Desk) {
  const pointById = (id: string) => {
    for (const someone of world.people.values()) {
      const point = someone.contactPoints.find((known) => known.id === id);
      if (point) return { someone, point };
    }
    return refuse("not_found", "This way to reach somebody is no longer here.");
  };
  const trustOf = (someone: Someone, point: ContactPoint): PointTrust => ({
    point: point.id,
    kind: point.kind,
    value: point.value,
    source: point.source,
    sourceNote: point.sourceNote,
    obtainedOn: point.obtainedOn,
    status: point.status,
    suppressed: world.suppressed.has(addressKey(point)) ? "by_hand" : null,
    purposes: PURPOSES.map((purpose) => {
      const found = judged(world, someone, point, purpose);
      return {
        purpose,
        ...found,
        words: found.leftOut ? (leftOutWords[found.leftOut] ?? found.leftOut) : null,
      };
    }),
    said: world.bases.filter((said) => said.contactPointId === point.id).reverse(),
  });
  const basisOf = (someone: Someone): BasisOf => ({
    points: someone.contactPoints.map((point) => trustOf(someone, point)),
    objections: world.objections.filter(({ personId }) => personId === someone.person.id).reverse(),
  });

  /** Counted as the core counts it: people with an e-mail address, teammates apart. */
  const withoutAddress = (): HealthReport["withoutAddress"] => {
    const without = living().filter(
      ({ person, contactPoints }) => !person.teammate && !contactPoints.some(({ kind }) => kind === "email"),
    );
    return without.length > 0 ? [["no_address", without.length]] : [];
  };

  const health = (): HealthReport => {
    const reached = living().flatMap((someone) => {
      const point = someone.contactPoints.find(({ kind }) => kind === "email");
      return point && !someone.person.teammate ? [{ someone, point }] : [];
    });
    const of = (purpose: Purpose) =>
      reached.map(({ someone, point }) => judged(world, someone, point, purpose));
    const known = reached.filter(({ point }) =>
      world.bases.some(({ contactPointId }) => contactPointId === point.id),
    );
    const status = (wanted: ContactPoint["status"]) =>
      reached.filter(({ point }) => point.status === wanted).length;
    return {
      on: TODAY,
      people: reached.length,
      purposes: PURPOSES.map((purpose) => {
        const left = new Map<LeftOut, number>();
        for (const { leftOut } of of(purpose)) if (leftOut) left.set(leftOut, (left.get(leftOut) ?? 0) + 1);
        const may = of(purpose).filter(({ leftOut }) => leftOut === null).length;
        return { purpose, words: purpose.replaceAll("_", " "), may, leftOut: [...left] };
      }),
      withoutAddress: withoutAddress(),
      withBasis: known.length,
      withBasisPercent: reached.length >= 20 ? (100 * known.length) / reached.length : null,
      bounced: status("bounced"),
      optedOut: status("opted_out"),
      objectedToAll: new Set(world.objections.map(({ personId }) => personId)).size,
      objectedToSome: 0,
      suppressedHere: 0,
      suppressed: world.suppressed.size,
      sources: [
        { source: "they_gave_it", addresses: reached.length, withoutBasis: reached.length - known.length },
      ],
      imports: world.importsWithoutBasis,
    };
  };

  return {
    "basis.of": ({ id }) => basisOf(one(id)),
    "basis.enough": () => PURPOSES.map((purpose) => ({ purpose, bases: [...enough[purpose]] })),
    "basis.set"({ point: id, purposes, basis, evidence, touchpoint, on }) {
      const { someone, point } = pointById(id);
      if (purposes.length === 0)
        refuse("invalid", "Say what for: one message, a list, a parcel, an introduction.", "purposes");
      const against = world.objections.find(
        (said) => said.personId === someone.person.id && said.kind === point.kind,
      );
      if (against && basis !== "opted_in")
        refuse(
          "invalid",
          `They asked not to be written to here on ${against.onDay}. Only an opt-in of theirs that is dated after that day ends it.`,
          "basis",
        );
      if (basis === "opted_in" && !evidence?.trim() && !touchpoint)
        refuse("invalid", "Say what shows that they opted in, such as “signed up on our page”.", "evidence");
      const before = world.bases;
      const made = purposes.map((purpose) => ({
        id: newId(world),
        contactPointId: id,
        purpose,
        basis,
        evidence: evidence ?? null,
        touchpointId: touchpoint ?? null,
        recordedOn: on ?? TODAY,
      }));
      write(
        "basis.set",
        `Said why one may write to ${someone.person.displayName}`,
        () => (world.bases = [...before, ...made]),
        () => (world.bases = before),
      );
      return basisOf(someone);
    },
    "basis.objected"({ person, kinds, on, evidence }) {
      const someone = one(person);
      const before = world.objections;
      const made = kinds.map((kind) => ({
        id: newId(world),
        personId: person,
        kind,
        onDay: on ?? TODAY,
        evidence: evidence ?? null,
      }));
      write(
        "basis.objected",
        `Noted that ${someone.person.displayName} asked not to be written to`,
        () => (world.objections = [...before, ...made]),
        () => (world.objections = before),
      );
      return basisOf(someone);
    },
    "basis.set_for_many"({ whom, kind = "email", purposes, basis, evidence, on }) {
      const ids = "ids" in whom ? whom.ids : living().map(({ person }) => person.id);
      const passed = new Map<LeftOut, PassedOver>();
      const points = ids.flatMap((id) => {
        const someone = one(id);
        const point = someone.contactPoints.find((known) => known.kind === kind);
        const against = point ? judged(world, someone, point, purposes[0]!).leftOut : "no_address";
        if (point && (against === null || against === "unknown_basis" || against === "no_opt_in"))
          return [point];
        const reason = against!;
        const group = passed.get(reason) ?? {
          reason,
          words: leftOutWords[reason] ?? reason,
          count: 0,
          people: [],
        };
        group.count++;
        group.people.push(picked(someone));
        passed.set(reason, group);
        return [];
      });
      const before = world.bases;
      const made = points.flatMap((point) =>
        purposes.map((purpose) => ({
          id: newId(world),
          contactPointId: point.id,
          purpose,
          basis,
          evidence,
          touchpointId: null,
          recordedOn: on ?? TODAY,
        })),
      );
      write(
        "basis.set_for_many",
        `Said why one may write to ${points.length} people`,
        () => (world.bases = [...before, ...made]),
        () => (world.bases = before),
      );
      return { people: points.length, already: 0, passedOver: [...passed.values()] };
    },
    "suppressions.look": () => ({ added: 14, already: 2, unreadable: 1, unreadableRows: [[3, "n/a"]] }),
    "suppressions.import": () => ({ added: 14, already: 2, unreadable: 1, unreadableRows: [[3, "n/a"]] }),
    "returns.preview": () =>
      world.tellsNobody
        ? refuse("invalid", "It does not say what became of anybody.", "file")
        : world.returns,
    "returns.apply"({ stopOptedIn }) {
      world.revision++;
      const stay = stopOptedIn ? 0 : world.returns.optedInSince;
      return {
        ended: 398,
        suppressed: 412,
        stay,
        stays: stay > 0 ? world.returns.optedInAnew : [],
        operation: null,
      };
    },
    "health.report": () => health(),
    "suppressions.count": () => ({
      addresses: world.suppressed.size,
      byReason: [["by_hand", world.suppressed.size]],
    }),
    "suppressions.add"({ kind, values }) {
      const fresh = values.filter((value) => !world.suppressed.has(addressKey({ kind, value })));
      for (const value of fresh) world.suppressed.add(addressKey({ kind, value }));
      world.revision++;
      return {
        added: fresh.length,
        already: values.length - fresh.length,
        unreadable: 0,
        unreadableRows: [],
      };
    },
  } satisfies Partial<Handlers>;
}
