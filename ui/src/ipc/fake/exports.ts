// Files that leave, in memory: who may be in one, in which shape, and the line each of them leaves.
import type {
  ContactKind,
  ExportPurpose,
  ExportShape,
  Fix,
  HeldBack,
  LeftOut,
  TemplateShown,
  Whom,
} from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { exportColumns, exported } from "./files";
import { judged, leftOutWords } from "./trust";
import { newId, NOW, type Someone } from "./world";

const fixes: Partial<Record<LeftOut, Fix>> = {
  do_not_contact: "look",
  teammate: "look",
  objected: "new_opt_in",
  suppressed: "new_opt_in",
  opted_out: "new_opt_in",
  bounced: "another_address",
  wrong_person: "another_address",
  no_address: "another_address",
  unknown_basis: "set_basis",
  no_opt_in: "set_basis",
  same_address: "merge",
  by_hand: "let_in",
  text_too_long: "shorten",
};

/** The columns of a file that is for this, on this channel: the core has the same rule. */
const template = (
  { purpose, channel = "email" }: { purpose?: ExportPurpose; channel?: ContactKind },
  [key, label, ending, listMailOnly, limited]: (typeof shapes)[number],
): TemplateShown => {
  const post = purpose === "swag_post";
  const chosen = ["name", post ? "email" : channel];
  const columns = post ? ["postal_address", "postal_lines"] : [channel];
  return {
    key,
    label,
    says: `For whoever reads ${label}.`,
    ending,
    listMailOnly,
    limited,
    columns: exportColumns.map((column) => ({ ...column, chosen: chosen.includes(column.key) })),
    reach:
      purpose === undefined || purpose === "for_myself"
        ? null
        : {
            columns,
            missing: post
              ? "Nothing in it says where the parcels go."
              : `Nothing in it says how to reach them by ${channel}.`,
            add: columns.find((key) => exportColumns.some((column) => column.key === key)) ?? null,
          },
  };
};
const shapes: [key: string, label: string, ending: string, listMailOnly: boolean, limited: boolean][] = [
  ["csv", "CSV for a program", "csv", false, false],
  ["csv_spreadsheet", "CSV for a spreadsheet", "csv", false, false],
  ["listmonk", "listmonk", "csv", true, false],
  ["mailchimp", "Mailchimp", "csv", true, true],
  ["json", "JSON (rows)", "json", false, false],
];

export function exports({ world, one, living, listed, picked }: Desk) {
  const meant = ({ list, query, ids }: Whom): Someone[] =>
    ids ? ids.map(one) : list ? living() : query ? listed(query).map(({ id }) => one(id)) : [];
  /** The address of theirs that comes closest to being usable, and why it is not. */
  const verdict = (someone: Someone, channel: ContactKind, purpose: Exclude<ExportPurpose, "for_myself">) => {
    const points = someone.contactPoints.filter(({ kind }) => kind === channel);
    const found = points.map((point) => ({ point, ...judged(world, someone, point, purpose) }));
    return (
      found.find(({ leftOut }) => leftOut === null) ??
      found[0] ?? { point: null, leftOut: "no_address" as const }
    );
  };
  const judge = (
    { without = [] }: Whom,
    someone: Someone,
    channel: ContactKind,
    purpose: Exclude<ExportPurpose, "for_myself">,
  ) =>
    without.includes(someone.person.id)
      ? { point: null, leftOut: "by_hand" as const }
      : verdict(someone, channel, purpose);
  /** The text of theirs that Mailchimp would cut. */
  const tooLong = (someone: Someone, shape?: ExportShape) =>
    shape?.template === "mailchimp" && shape.columns?.includes("notes")
      ? new TextEncoder().encode(someone.person.notes ?? "").length > 255
      : false;
  const look = (whom: Whom, purpose: ExportPurpose, channel: ContactKind, shape?: ExportShape) => {
    const people = meant(whom);
    if (purpose === "for_myself") return { included: people.length, heldBack: 0, leftOut: [], inDoubt: [] };
    const held = new Map<LeftOut, HeldBack>();
    let included = 0;
    for (const someone of people) {
      const verdict = judge(whom, someone, channel, purpose);
      const cut = verdict.leftOut === null && tooLong(someone, shape);
      const { leftOut, point } = cut ? { point: null, leftOut: "text_too_long" as const } : verdict;
      if (leftOut === null) {
        included++;
        continue;
      }
      const words = leftOutWords[leftOut] ?? leftOut;
      const group = held.get(leftOut) ?? {
        reason: leftOut,
        words,
        count: 0,
        fix: fixes[leftOut] ?? null,
        people: [],
      };
      group.count++;
      if (group.people.length < 50)
        group.people.push({
          person: picked(someone),
          point: point?.id ?? null,
          column: cut ? "Notes" : null,
        });
      held.set(leftOut, group);
    }
    const leftOut = [...held.values()].sort((a, b) => b.count - a.count);
    const { without = [] } = whom;
    const alike = people
      .filter(({ person }) => world.alike.has(person.id) && !without.includes(person.id))
      .map(picked);
    const inDoubt =
      alike.length === 0
        ? []
        : [
            {
              why: "name_and_organisation" as const,
              words: `${alike.length} in it ${alike.length === 1 ? "shares" : "share"} name and organisation with somebody who asked for no mail`,
              count: alike.length,
              people: alike,
              ids: alike.map(({ id }) => id),
            },
          ];
    return { included, heldBack: people.length - included, leftOut, inDoubt };
  };

  return {
    "exports.columns": () => exportColumns,
    "exports.people": ({ query, ids }) => exported(ids?.length ?? listed(query).length),
    "exports.templates": (asked) => shapes.map((shape) => template(asked, shape)),
    "exports.look": ({ whom, purpose, channel, shape }) => look(whom, purpose, channel, shape),
    "exports.left_out": ({ whom, purpose, channel, reason }) =>
      purpose === "for_myself"
        ? []
        : meant(whom)
            .filter((someone) => judge(whom, someone, channel, purpose).leftOut === reason)
            .map(({ person }) => person.id),
    "exports.left_out_by_name": ({ whom, purpose, channel, reason, seen }) =>
      purpose === "for_myself"
        ? []
        : meant(whom)
            .map((someone) => ({ someone, judged: judge(whom, someone, channel, purpose) }))
            .filter(({ judged }) => judged.leftOut === reason)
            .slice(seen)
            .map(({ someone, judged }) => ({
              person: picked(someone),
              point: judged.point?.id ?? null,
              column: null,
            })),
    "exports.included"({ whom, purpose, channel, find = "" }) {
      const mine = purpose === "for_myself";
      const people = meant(whom)
        .filter((someone) => mine || judge(whom, someone, channel, purpose).leftOut === null)
        .filter(({ person }) => person.displayName.toLowerCase().includes(find.trim().toLowerCase()))
        .map((someone) => ({
          person: picked(someone),
          address: mine ? null : (judge(whom, someone, channel, purpose).point?.value ?? null),
        }));
      return { count: people.length, people: people.slice(0, 50) };
    },
    "exports.made": () => [...world.exportsMade].reverse(),
    "exports.write"({ whom, purpose, channel, template: key, columns }) {
      const known = shapes.find((known) => known[0] === key);
      const shape = template(
        { purpose, channel },
        known ?? refuse("invalid", "Choose a template.", "template"),
      );
      const { included, leftOut } = look(whom, purpose, channel, {
        template: key,
        ...(columns ? { columns } : {}),
      });
      if (included === 0)
        refuse("invalid", "Nobody would be in the file. Look at who is left out, and why.", "whom");
      const made = {
        id: newId(world),
        at: NOW,
        list: null,
        filter: whom.query?.filter.text ?? null,
        purpose,
        channel,
        template: key,
        columns: columns ?? shape.columns.filter(({ chosen }) => chosen).map((column) => column.key),
        included,
        leftOut: leftOut.map(({ words, count }): [string, number] => [words, count]),
        fileName: `people.${shape.ending}`,
        bytes: included * 48,
        sha256: "0".repeat(64),
      };
      world.exportsMade.push(made);
      world.revision++;
      return { made, flagged: 0 };
    },
  } satisfies Partial<Handlers>;
}
