// A filter in the fake core: enough of the language for the page to be tried on, held against the rows it shows.
import type { FilterTree, PersonRow } from "../gen";
import type { Handlers } from "./core";
import type { Desk } from "./desk";
import { kinds, rules } from "./kinds";
import { TODAY, type World } from "./world";

type Fault = { message: string; from: number; to: number };
type FieldLine = ReturnType<Handlers["filter.fields"]>[number];
type Reading = ReturnType<Handlers["filter.read"]>;

const stages = ["none", "discover", "evaluate", "learn", "build", "scale"] as const;

function field(
  key: string,
  label: string,
  group: string,
  takes: FieldLine["takes"],
  more: Partial<FieldLine> = {},
): FieldLine {
  return {
    key,
    label,
    group: group as FieldLine["group"],
    takes,
    aliases: [],
    ofEntries: group === "entry",
    inOrder: key === "stage" || takes === "day",
    choices: [],
    examples: [`${key}:x`],
    ...more,
  };
}

function fieldsOf(world: World): FieldLine[] {
  const named = (names: Iterable<string>) => [...names].map((name) => ({ key: name, label: name }));
  return [
    field("tag", "Tag", "person", "name", { examples: ["tag:rust", "-tag:vendor"] }),
    field("organisation", "Organisation", "person", "name", { aliases: ["org"], examples: ["org:acme"] }),
    field("teammate", "Teammate", "person", "yes_no", { examples: ["teammate:no"] }),
    field("country", "Country", "place", "choice", {
      choices: named(["IN", "JP", "DE"]),
      examples: ["country:IN"],
    }),
    field("stage", "Stage", "journey", "choice", {
      choices: stages.map((key) => ({ key, label: key === "none" ? "Not placed yet" : rules.names[key] })),
      examples: ["stage:learn", "stage:learn,build"],
    }),
    field("bounced", "Has an address that bounced", "reach", "yes_no", { examples: ["bounced:yes"] }),
    field("opted-out", "Has an address that was opted out", "reach", "yes_no", {
      examples: ["opted-out:yes"],
    }),
    field("last", "Last touch", "happened", "day", { examples: ["last:90d", "last:never"] }),
    field("list", "List", "lists", "name", { examples: ['list:"Beta"'] }),
    field("kind", "Kind", "entry", "choice", {
      choices: kinds.map(({ key, label }) => ({ key, label })),
      examples: ["touch(kind:reported_bug)"],
    }),
    ...world.fields.map(({ key, label, choices }) =>
      field(key, label, "own", "choice", { choices: named(choices), examples: [`${key}:M`] }),
    ),
  ];
}

/** Words, "quotes", -not, `or`, groups and fields; throws a `Fault`. */
function parse(text: string, fields: FieldLine[]): FilterTree {
  let at = 0;
  const bad = (message: string, from: number, to: number): never => {
    throw { message, from, to } satisfies Fault;
  };
  const space = () => void (at += /^\s*/.exec(text.slice(at))![0].length);
  const all = (of: FilterTree[]): FilterTree =>
    of.length === 1
      ? of[0]!
      : { is: "all", of: of.flatMap((part) => (part.is === "all" ? part.of : [part])) };

  function any(open: boolean): FilterTree {
    const either: FilterTree[] = [];
    let here: FilterTree[] = [];
    for (;;) {
      space();
      if (at >= text.length || (open && text[at] === ")")) break;
      const or = /^or(?=\s)/.exec(text.slice(at));
      if (or && here.length > 0) {
        at += 2;
        either.push(all(here));
        here = [];
      } else here.push(one(open));
    }
    either.push(all(here));
    return either.length === 1 ? either[0]! : { is: "any", of: either };
  }
  function group(from: number): FilterTree {
    at++;
    const tree = any(true);
    if (text[at] !== ")") bad("This “(” is not closed. Write “)” where the group ends.", from, from + 1);
    at++;
    return tree;
  }
  function phrase(): string {
    const from = at;
    const found = /^"((?:[^"\\]|\\.)*)"/.exec(text.slice(at));
    if (!found)
      return bad("This quote is not closed. Write another one where the words end.", from, from + 1);
    at += found[0].length;
    return found[1]!.replace(/\\(.)/g, "$1");
  }
  /** Brackets within a word belong to it. */
  function wordEnd(from: number, open: boolean): number {
    let nested = 0;
    let end = from;
    for (; end < text.length && !/\s/.test(text[end]!); end++) {
      if (text[end] === "(") nested++;
      else if (text[end] === ")" && nested > 0) nested--;
      else if (text[end] === ")" && open) break;
    }
    return end;
  }
  function one(open: boolean): FilterTree {
    const from = at;
    const next = text[at]!;
    if (next === "(") return group(from);
    if (next === '"') return { is: "words", text: phrase() };
    if (next === "-" && /\S/.test(text[at + 1] ?? " ")) {
      at++;
      return { is: "not", of: one(open) };
    }
    const head = /^([^\s:()"]*)/.exec(text.slice(at))![1]!;
    at += head.length;
    if (head === "touch" && text[at] === "(")
      return { is: "entries", of: group(at), compare: ">=", count: 1 };
    if (text[at] !== ":" || head === "") {
      at = wordEnd(from, open);
      return { is: "words", text: text.slice(from, at) };
    }
    const known = fields.find(({ key, aliases }) => key === head || aliases.includes(head));
    if (!known) return bad(`There is no field “${head}”.`, from, at);
    at++;
    const compare = (/^(>=|<=|>|<)/.exec(text.slice(at))?.[0] ?? "=") as ">" | "=";
    if (compare !== "=") at += compare.length;
    const values: string[] = [];
    do {
      if (text[at] === ",") at++;
      const begin = at;
      let value: string;
      if (text[at] === '"') value = phrase();
      else {
        value = /^[^\s,()]*/.exec(text.slice(at))![0];
        at += value.length;
      }
      const choice = known.choices.find(({ key }) => key.toLowerCase() === value.toLowerCase());
      if (value === "" || (known.choices.length > 0 && !choice))
        bad(
          `${known.key}: takes ${known.choices.map(({ key }) => key).join(", ")}.`,
          value ? begin : from,
          at,
        );
      values.push(choice?.key ?? value);
    } while (text[at] === ",");
    return { is: "field", key: known.key, compare, values };
  }
  const tree = any(false);
  return tree.is === "any" || tree.is === "all" ? tree : tree;
}

function written(tree: FilterTree, within = ""): string {
  const plain = (text: string) => (/^[^\s"():,-][^\s"():,]*$/.test(text) ? text : JSON.stringify(text));
  const bracketed = (text: string, needed: boolean) => (needed ? `(${text})` : text);
  switch (tree.is) {
    case "words":
      return plain(tree.text);
    case "not":
      return `-${written(tree.of, "not")}`;
    case "field":
      return `${tree.key}:${tree.compare === "=" ? "" : tree.compare}${tree.values.map(plain).join(",")}`;
    case "entries":
      return `touch(${written(tree.of)})`;
    case "all":
      return bracketed(
        tree.of.map((part) => written(part, "all")).join(" "),
        within === "any" || within === "not",
      );
    case "any":
      return bracketed(
        tree.of.map((part) => written(part, "any")).join(" or "),
        within === "all" || within === "not",
      );
  }
}

function ago(value: string): number {
  const [, n, unit] = /^(\d+)([dwmy])$/.exec(value) ?? [];
  return Number(n ?? 0) * { d: 1, w: 7, m: 30, y: 365 }[(unit ?? "d") as "d"];
}

/** Whether somebody is as a filter asks. */
export function holds(tree: FilterTree, row: PersonRow, world: World): boolean {
  const text = [row.name, row.organisation, row.city, ...row.tags].join(" ").toLowerCase();
  switch (tree.is) {
    case "words":
      return text.includes(tree.text.toLowerCase());
    case "all":
      return tree.of.every((part) => holds(part, row, world));
    case "any":
      return tree.of.some((part) => holds(part, row, world));
    case "not":
      return !holds(tree.of, row, world);
    case "entries":
      return world.people
        .get(row.id)!
        .entries.some(({ kind }) => tree.of.is === "field" && tree.of.values.includes(kind));
    case "field":
      return tree.values.some((value) => fieldHolds(tree.key, tree.compare, value, row, world));
  }
}

function fieldHolds(key: string, compare: string, value: string, row: PersonRow, world: World): boolean {
  const wanted = value.toLowerCase();
  if (key === "tag") return row.tags.some((tag) => tag.toLowerCase() === wanted);
  if (key === "organisation") return (row.organisation ?? "").toLowerCase().includes(wanted);
  if (key === "country") return row.country === value;
  if (key === "stage") return (row.stage ?? "none") === value;
  if (key === "teammate") return row.teammate === (value === "yes");
  const mails = (status: string) =>
    world.people.get(row.id)!.contactPoints.some((one) => one.status === status);
  if (key === "bounced") return mails("bounced") === (value === "yes");
  if (key === "opted-out") return mails("opted_out") === (value === "yes");
  if (key === "list") {
    const list = [...world.lists.values()].find(({ name, gone }) => !gone && name.toLowerCase() === wanted);
    return list !== undefined && list.filter === null && list.people.has(row.id);
  }
  if (key === "last") {
    if (value === "never" || row.lastTouchOn === null) return value === "never" && row.lastTouchOn === null;
    const days = Math.round((Date.parse(TODAY) - Date.parse(row.lastTouchOn)) / 86_400_000);
    return compare === ">" ? days > ago(value) : days <= ago(value);
  }
  return false;
}

export function treeOf(world: World, text: string): { tree: FilterTree } | { fault: Fault } {
  try {
    return { tree: parse(text, fieldsOf(world)) };
  } catch (fault) {
    return { fault: fault as Fault };
  }
}

/** Fields that begin with the word at the caret, or the values after its colon. */
function completions(world: World, text: string, caret: number): Reading["completions"] {
  const word = /[^\s()]*$/.exec(text.slice(0, caret))![0].replace(/^-/, "");
  const colon = word.indexOf(":");
  const fields = fieldsOf(world);
  if (colon < 0) {
    if (word === "") return [];
    return fields
      .filter(({ key }) => key.startsWith(word.toLowerCase()))
      .map(({ key, label }) => ({
        label,
        note: `${key}:`,
        insert: `${key}:`,
        from: caret - word.length,
        to: caret,
      })) as Reading["completions"];
  }
  const known = fields.find(({ key }) => key === word.slice(0, colon));
  const half = /[^:,]*$/.exec(word)![0].toLowerCase();
  const choices =
    known?.key === "tag"
      ? [...world.tags.values()].map(({ name }) => ({ key: name, label: name }))
      : (known?.choices ?? []);
  return choices
    .filter(({ key, label }) => `${key} ${label}`.toLowerCase().includes(half))
    .map(({ key, label }) => ({
      label,
      note: "",
      insert: /\s/.test(key) ? JSON.stringify(key) : key,
      from: caret - half.length,
      to: caret,
    })) as Reading["completions"];
}

export function filter({ world, listed }: Desk) {
  return {
    "filter.read"({ text, cursor }) {
      const read = treeOf(world, text);
      const offers = cursor === undefined || cursor === null ? [] : completions(world, text, cursor);
      if ("fault" in read)
        return {
          tree: null,
          tidy: text,
          count: null,
          error: read.fault,
          remark: null,
          completions: offers,
        } as Reading;
      const rows = listed({
        filter: { text },
        sort: "name",
        descending: false,
      });
      return {
        tree: read.tree,
        tidy: written(read.tree),
        count: rows.length,
        error: null,
        remark: null,
        completions: offers,
      } as Reading;
    },
    "filter.write": ({ tree }) => ({ text: written(tree) }),
    "filter.fields": () => fieldsOf(world),
  } satisfies Partial<Handlers>;
}
