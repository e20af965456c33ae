// A core in memory, for vitest and `vite --mode fake`: it answers every command of the wire, without rules worth testing.
import type { Rpc } from "../gen";
import type { ChangeNotice, ChosenFile, Host, WindowSettings } from "../host";
import { addresses } from "./addresses";
import { captures } from "./captures";
import { desk } from "./desk";
import { doubles } from "./doubles";
import { erase } from "./erase";
import { exports } from "./exports";
import { filter } from "./filter";
import { followUps, seedFollowUps } from "./followups";
import { imports } from "./imports";
import { lists } from "./lists";
import { reads } from "./reads";
import { subject } from "./subject";
import { trust } from "./trust";
import { fakeOutside, type FakeOutside } from "./outside";
import { emptyWorld, seed, type World } from "./world";
import { writes } from "./writes";

export type FakeCore = Host & {
  outside: FakeOutside;
  world: World;
  asked: { cmd: string; input: unknown }[];
  changedElsewhere(): void;
  /** A second start names a file. */
  namedElsewhere(): void;
  /** Files are dropped on the window. */
  drop(files: ChosenFile[]): void;
  /** The person closes the window; kept when it goes. */
  close(): Promise<void>;
};

export type Handlers = { [K in keyof Rpc]: (input: Parameters<Rpc[K]>[0]) => ReturnType<Rpc[K]> };

export function fakeCore({
  people = 0,
  product = null as string | null,
  settings = {} as WindowSettings,
  promises = 0,
} = {}): FakeCore {
  const world = emptyWorld();
  world.product = product;
  if (people > 0) seed(world, people);
  seedFollowUps(world, people > 0 ? promises : 0);
  const listeners = new Set<(notice: ChangeNotice) => void>();
  const named = new Set<() => void>();
  const dropped = new Set<(files: ChosenFile[]) => void>();
  const closing = new Set<() => Promise<void>>();
  const at = desk(world);
  const written = writes(at);
  const handlers: Handlers = {
    ...reads(at),
    ...written,
    ...addresses(at),
    ...doubles(at),
    ...filter(at),
    ...lists(at),
    ...followUps(at),
    ...captures(at, written),
    ...erase(at),
    ...exports(at),
    ...imports(at),
    ...subject(at),
    ...trust(at),
  };
  const asked: FakeCore["asked"] = [];
  let kept = settings;
  return {
    world,
    asked,
    changedElsewhere() {
      world.revision++;
      for (const heard of listeners) heard({ tables: ["*"], revision: world.revision });
    },
    namedElsewhere() {
      for (const heard of named) heard();
    },
    drop(files) {
      for (const heard of dropped) heard(files);
    },
    async close() {
      for (const heard of closing) await heard();
    },
    async rpc(cmd, input) {
      asked.push({ cmd, input });
      const before = world.revision;
      const operations = world.operations.at(-1)?.id ?? null;
      // What crosses the wire is a copy, as it is with the real core.
      const value = structuredClone(
        (handlers[cmd as keyof Rpc] as (input: unknown) => unknown)(structuredClone(input)),
      );
      const changed = world.revision === before ? [] : ["*"];
      const newest = world.operations.at(-1)?.id ?? null;
      return { value, changed, operation: newest === operations ? null : newest };
    },
    choosePath: async (purpose, suggestedName) => ({
      grant: "fake-grant",
      name: purpose === "import" ? "meetup.csv" : (suggestedName ?? "people.csv"),
    }),
    chooseFiles: async () => [{ grant: "fake-grant", name: "meetup.csv" }],
    onDropped(heard) {
      dropped.add(heard);
      return () => dropped.delete(heard);
    },
    readSettings: async () => structuredClone(kept),
    writeSettings: async (next) => void (kept = structuredClone(next)),
    onChanged(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    openLink: async () => undefined,
    start: async () => ({ state: "ready" }),
    recentFiles: async () => [
      { name: "meetups", path: "~/Documents/meetups.hallway" },
      { name: "community", path: "~/old/community.hallway" },
    ],
    openFile: async (file) => (file.which === "recent" ? file.path : "another"),
    async moveFile() {
      Object.assign(world, { name: "moved", path: "~/Documents/moved.hallway" });
      return world.name;
    },
    onNamed(heard) {
      named.add(heard);
      return () => named.delete(heard);
    },
    listBackups: async () => structuredClone(world.backups),
    async restoreBackup(name) {
      if (!world.backups.some((made) => made.name === name))
        throw { code: "invalid", message: `There is no backup ${name}. Choose another one.`, field: "name" };
      return world.looking ? "~/community-damaged.hallway" : null;
    },
    async lookAtFile() {
      world.looking = true;
    },
    onClosing(heard) {
      closing.add(heard);
      return () => closing.delete(heard);
    },
    outside: fakeOutside(),
  };
}
