// What comes in from files: a table of people, or everything of another file, at once or step by step.
import type { ImportDone, ImportRequest, ImportRun, JsonDone, JsonRequest } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { jsonPreviewed, previewed } from "./files";
import { blankPerson, newId } from "./world";

export function imports({ world, write }: Desk) {
  return {
    "json.run": (request) => everything(request),
    "json.begin"(request) {
      const { fileName } = jsonPreviewed(world, request);
      const none = {
        fileName,
        new: 0,
        changed: 0,
        kept: 0,
        same: 0,
        refused: 1,
        erased: 2,
        people: 0,
        operation: null,
      };
      return begun(fileName, null, { kind: "everything", ...none }, () => ({
        kind: "everything",
        ...everything(request),
      }));
    },
    "imports.run": (request) => imported(request),
    "imports.begin"(request) {
      const { fileName } = previewed(world, request);
      const none = {
        rows: 0,
        added: 0,
        updated: 0,
        differs: 0,
        unchanged: 0,
        skipped: 0,
        refused: 0,
        waiting: 0,
      };
      return begun(fileName, request, { kind: "table", ...none, operation: null }, () => ({
        kind: "table",
        ...imported(request),
      }));
    },
    "imports.step"() {
      const at = world.importing;
      if (!at) return refuse("not_found", "That import is no longer here.");
      if (at.stopped) {
        world.importing = null;
        return { ...at.run, phase: "taken_back" };
      }
      if (at.run.phase === "backup" || at.run.share < 0.5) {
        at.run = { ...at.run, phase: "rows", share: at.run.share + 0.25, rows: at.run.rows + 104 };
        return at.run;
      }
      world.importing = null;
      return { ...at.run, phase: "done", share: 1, rows: 417, done: at.done() };
    },
    "imports.cancel"() {
      const at = world.importing;
      if (!at) return refuse("not_found", "That import is no longer here.");
      at.stopped = true;
      at.run = { ...at.run, phase: "taking_back" };
      return at.run;
    },
    "imports.resume"() {
      const at = world.importing;
      if (!at) return refuse("not_found", "That import is no longer here.");
      if (!at.stopped) at.run = { ...at.run, phase: "rows" };
      return at.run;
    },
    "imports.forget": () => ({}),
    "imports.save_refused": () => ({ rows: 3, fileName: "to mend.csv" }),
  } satisfies Partial<Handlers>;

  function begun(
    fileName: string,
    request: ImportRequest | null,
    none: ImportRun["done"],
    done: () => ImportRun["done"],
  ): ImportRun {
    if (world.importing)
      refuse("invalid", "An import is under way. Wait until it is done, or cancel it.", "file");
    world.importing = {
      stopped: false,
      done,
      run: {
        id: newId(world),
        fileName,
        phase: "backup",
        share: 0,
        rows: 0,
        done: none,
        startedAt: 0,
        notes: [],
        request,
      },
    };
    return world.importing.run;
  }

  function everything(request: JsonRequest): JsonDone {
    const { new: fresh, differs, same, refused, erased, fileName } = jsonPreviewed(world, request);
    const added = Array.from({ length: 38 }, (_, i) => blankPerson(world, `Imported Person ${i + 1}`));
    write(
      "json.run",
      `Brought in everything from ${fileName}`,
      () => added.forEach((someone) => world.people.set(someone.person.id, someone)),
      () => added.forEach((someone) => world.people.delete(someone.person.id)),
    );
    return {
      fileName,
      new: fresh,
      changed: request.theirs ? differs : 0,
      kept: request.theirs ? 0 : differs,
      same,
      refused,
      erased,
      people: added.length,
      operation: world.operations.at(-1)!.id,
    };
  }

  function imported(request: ImportRequest): ImportDone {
    const preview = previewed(world, request);
    const added = Array.from({ length: preview.newPeople }, (_, i) =>
      blankPerson(world, `Imported Person ${i + 1}`),
    );
    write(
      "imports.run",
      `Imported ${added.length} people from ${preview.fileName}`,
      () => added.forEach((someone) => world.people.set(someone.person.id, someone)),
      () => added.forEach((someone) => world.people.delete(someone.person.id)),
    );
    return {
      rows: preview.rows,
      added: added.length,
      updated: preview.updates,
      differs: preview.differs,
      unchanged: preview.unchanged,
      skipped: 0,
      refused: preview.refused,
      waiting: preview.look,
      operation: world.operations.at(-1)!.id,
    };
  }
}
