// The line is the truth: whoever picks a person or takes a chip off changes its text, and so nothing can disagree with it.
import type { Chip } from "../../ipc/gen";

export type Edited = { text: string; caret: number };

/** The name a line begins with becomes the one that was picked. A comma parts it from what follows. */
export function withPerson(text: string, name: Chip | undefined, picked: string): Edited {
  const before = text.slice(0, name?.from ?? 0);
  const after = text.slice(name?.to ?? 0).trimStart();
  // A token ends a name by itself.
  const parted = after === "" || /^[@#!/*&="+]/u.test(after) ? (after === "" ? ", " : " ") : ", ";
  const begin = before.trim() === "" ? picked : `${before}${picked}`;
  const text2 = `${begin}${parted}${after}`;
  return { text: text2, caret: after === "" ? text2.length : begin.length + parted.length };
}

/** Without the words of a chip. */
export function withoutChip(text: string, chip: Chip): Edited {
  const before = text.slice(0, chip.from).trimEnd();
  const after = text.slice(chip.to).trimStart();
  const between = before !== "" && after !== "" ? " " : "";
  return { text: before + between + after, caret: before.length + between.length };
}

/** With the words of a chip as a part of the note. */
export function asNote(text: string, chip: Chip): Edited {
  return { text: `${text.slice(0, chip.from)}\\${text.slice(chip.from)}`, caret: chip.to + 1 };
}

/** With another stage. */
export function withStage(text: string, chip: Chip | undefined, number: number): Edited {
  if (!chip) {
    const edited = withToken(text, `/${number}`);
    return { text: edited, caret: edited.length };
  }
  const edited = `${text.slice(0, chip.from)}/${number}${text.slice(chip.to)}`;
  return { text: edited, caret: chip.from + 2 };
}

/** With where they work, whatever was said before. */
export function withOrganisation(text: string, chip: Chip | undefined, name: string): string {
  const token = /[\s"“”]/u.test(name) ? `@"${name.replaceAll(/["“”]/gu, "")}"` : `@${name}`;
  if (!chip) return withToken(text, token);
  return text.slice(0, chip.from) + token + text.slice(chip.to);
}

/** With one more token. The mood stays at the end, where it counts. */
export function withToken(text: string, token: string): string {
  const mood = /\s[+\-−][12]\s*$/u.exec(text);
  const at = mood ? mood.index : text.trimEnd().length;
  return `${text.slice(0, at)} ${token}${text.slice(at).trimEnd()}`;
}
