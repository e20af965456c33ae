// Keys and commands: the app declares one table, whoever is on screen offers to carry commands out,
// and a key goes to the innermost offer that has a meaning for it.

import { onDestroy } from "svelte";

export type CommandLine = {
  id: string;
  /** What it does, as a button or the command bar says it. */
  label: string;
  /** Like "Ctrl+K", "Alt+ArrowUp", "x", "?". Ctrl is ⌘ on a Mac. The first one is shown. */
  keys: readonly string[];
  /** Where it means this; the heading in the sheet of shortcuts. */
  context: string;
  /** Works although single-letter keys are off, because it needs the focus inside a small panel. */
  focusOnly?: boolean;
  /** Also means this while a panel or a sheet is open. */
  through?: boolean;
  /** Other words somebody may look for it by. */
  also?: string;
  /** Not worth a line in the command bar: moving, closing. */
  quiet?: boolean;
};

/** The app's table fills this in by declaration merging, so that a misspelt command does not compile. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface CommandIds {}
export type CommandId = keyof CommandIds & string;

/** `false` means "not now": the key goes on to the next offer out. */
export type Handler = (event?: KeyboardEvent) => void | boolean | Promise<unknown>;
export type Offer = Partial<Record<CommandId, Handler>>;

type Layer = { offer: () => Offer; modal: boolean; answers: boolean };

let table: readonly CommandLine[] = [];
let byId = new Map<string, CommandLine>();
let layers: Layer[] = [];
let letters = () => true;
/** What was typed into fields since they got the focus: what stood there before, and what stands there by typing. */
const typedIn = new WeakMap<EventTarget, { before: unknown; now: unknown }>();
const textIn = (target: EventTarget): unknown => ("value" in target ? target.value : undefined);

/** Whether a field has something of its own to undo: not once all of it is undone, nor when what was typed was taken out of it. */
function undoesItself(target: EventTarget): boolean {
  const typed = typedIn.get(target);
  return typed !== undefined && typed.now === textIn(target);
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Called once by the app. `lettersOn` says whether single-letter keys are wanted. Returns how to stop. */
export function listenForKeys(commands: readonly CommandLine[], lettersOn: () => boolean): () => void {
  table = commands;
  byId = new Map(commands.map((command) => [command.id, command]));
  letters = lettersOn;
  const typing = ({ target }: Event) => {
    if (target && !undoesItself(target)) typedIn.set(target, { before: textIn(target), now: null });
  };
  const typed = (event: Event) => {
    const { target } = event;
    if (!target) return;
    const before = typedIn.get(target)?.before ?? null;
    const now = textIn(target);
    if ((event as InputEvent).inputType === "historyUndo" && now === before) typedIn.delete(target);
    else typedIn.set(target, { before, now });
  };
  const left = (event: Event) => event.target && typedIn.delete(event.target);
  addEventListener("keydown", press);
  addEventListener("beforeinput", typing, true);
  addEventListener("input", typed, true);
  addEventListener("focusout", left, true);
  return () => {
    removeEventListener("keydown", press);
    removeEventListener("beforeinput", typing, true);
    removeEventListener("input", typed, true);
    removeEventListener("focusout", left, true);
  };
}

/**
 * While the component lives, it carries these out. Components set up later are further in. What only `answers` a key, by
 * a sentence that says why it does nothing here, is nothing one could choose.
 */
export function offer(what: () => Offer, { modal = false, answers = false } = {}): void {
  // Not in an effect: effects of children run before those of their parents, which would turn the layers over.
  const layer: Layer = { offer: what, modal, answers };
  layers = [...layers, layer];
  onDestroy(() => {
    layers = layers.filter((other) => other !== layer);
  });
}

/** What could be done now, innermost first, each command once. */
export function available(): { command: CommandLine; run: Handler }[] {
  const found = new Map<string, Handler>();
  for (const layer of [...layers].reverse()) {
    for (const [id, run] of layer.answers ? [] : Object.entries(layer.offer())) {
      if (run && !found.has(id)) found.set(id, run);
    }
    if (layer.modal) break;
  }
  return table.flatMap((command) => {
    const run = found.get(command.id);
    return run ? [{ command, run }] : [];
  });
}

export function run(id: CommandId): void {
  void available()
    .find((candidate) => candidate.command.id === id)
    ?.run();
}

/** "Ctrl K" for the button that does it; empty when it has no key. */
export function keysOf(id: CommandId): string {
  const first = byId.get(id)?.keys[0];
  return first ? keyLabel(first) : "";
}

export function keyLabel(chord: string): string {
  const names: Record<string, string> = {
    Ctrl: isMac ? "⌘" : "Ctrl",
    Alt: isMac ? "⌥" : "Alt",
    Shift: isMac ? "⇧" : "Shift",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Enter: "⏎",
    Escape: "Esc",
    Delete: "Del",
    Backspace: "⌫",
    " ": "Space",
  };
  return splitChord(chord)
    .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(" ");
}

/** The chord of a key event, in the notation of the table. */
export function chordOf(event: KeyboardEvent): string {
  const key = latin(event);
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  let chord = "";
  if (isMac ? event.metaKey : event.ctrlKey) chord += "Ctrl+";
  if (event.altKey) chord += "Alt+";
  // For signs like "?" the Shift is how they are written, not part of what they mean.
  if (event.shiftKey && (letter || key.length > 1 || key === " ")) chord += "Shift+";
  return chord + (letter ? key.toLowerCase() : key);
}

/** On a keyboard without Latin letters the key's place counts, so that X is still X. */
function latin(event: KeyboardEvent): string {
  if (event.key.length === 1 && event.key.charCodeAt(0) > 127) {
    const place = /^Key([A-Z])$/.exec(event.code);
    if (place) return place[1]!.toLowerCase();
  }
  return event.key;
}

function splitChord(chord: string): string[] {
  return chord === "+" ? ["+"] : chord.split("+");
}

function press(event: KeyboardEvent): void {
  // While an input method composes, every key belongs to it.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const chord = chordOf(event);
  if (belongsToTarget(event.target, chord)) return;
  let covered = false;
  for (const layer of [...layers].reverse()) {
    const offered = layer.offer();
    for (const id of Object.keys(offered) as CommandId[]) {
      const command = byId.get(id);
      if (!command?.keys.includes(chord) || (covered && !command.through)) continue;
      if (!letters() && isBareSign(chord) && !command.focusOnly) continue;
      const handler = offered[id] as Handler;
      if (handler(event) === false) continue;
      event.preventDefault();
      return;
    }
    covered ||= layer.modal;
  }
}

function isBareSign(chord: string): boolean {
  return chord.replace(/^Shift\+/, "").length === 1 && chord !== " ";
}

/** Whether the field it was pressed in has a meaning of its own for it. */
export const isForTheField = (event: KeyboardEvent): boolean => belongsToTarget(event.target, chordOf(event));

function belongsToTarget(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (isTextField(target)) {
    if (chord === "Escape") return false;
    if (chord === "Ctrl+z" || chord === "Ctrl+Shift+z" || chord === "Ctrl+y") return undoesItself(target);
    if (/^Ctrl\+(Shift\+)?([acvx]|Arrow\w+|Home|End|Backspace|Delete)$/.test(chord)) return true;
    // On a Mac they go a word on.
    if (isMac && /^Alt\+Arrow(Left|Right)$/.test(chord)) return true;
    return !/^(Ctrl|Alt)\+/.test(chord);
  }
  if (target instanceof HTMLSelectElement) return !/^(Ctrl|Alt)\+|^Escape$/.test(chord);
  const pressable = target.closest("button, a[href], summary, input, [role=menuitem], [role=option]");
  return pressable !== null && (chord === "Enter" || chord === " ");
}

export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"].includes(
      target.type,
    );
  }
  return target instanceof HTMLElement && target.isContentEditable;
}
