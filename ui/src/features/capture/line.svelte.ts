// The line while it is typed: what it says, what of it is on disk, and what is being saved. Nothing of it waits for
// anything: a keystroke is in the field before anybody is asked about it.
import { call } from "../../ipc/call";
import type { CaptureReading, CaptureSaved, PersonPick } from "../../ipc/gen";
import { asFailure } from "../../ipc/host";

/** So much later at most, what was typed is on its way to the disk; the rest of a quarter of a second is the disk's. */
const KEEP_MS = 100;

/** What is on its way to the disk. A line that is opened again begins with what the one before it left there. */
let keeping: Promise<unknown> = Promise.resolve();

/** A line that was sent to be saved and was not. */
export type Unsaved = {
  text: string;
  because: string;
  /** It is on disk among those that are not saved. One that a full disk refused is here alone. */
  onDisk: boolean;
};

export class Line {
  text = $state("");
  /** Who was picked, for as long as the line begins with their name. */
  picked = $state.raw<PersonPick | null>(null);
  reading = $state.raw<CaptureReading | null>(null);
  /** Lines that are not saved: shown until they are. */
  unsaved = $state.raw<Unsaved[]>([]);
  /** Why what stands in the line was not saved, until it is another text. */
  because = $state<string | null>(null);
  saved = $state.raw<CaptureSaved | null>(null);

  #asking = false;
  #asked = "";
  #later: ReturnType<typeof setTimeout> | null = null;
  #saving: Promise<unknown> = Promise.resolve();
  /** What was kept last; null when that is not known. */
  #onDisk: string | null = null;
  /** What is on disk was asked for: until then an empty line is no word of anybody's. */
  #opened = false;
  /** Counts what was typed and sent here. */
  #turn = 0;

  /** Begins with what stood here when the window was closed or the machine stopped; else with what is given. */
  async open(begin: string): Promise<void> {
    const turn = this.#turn;
    await keeping;
    const found = await call("captures.draft", {}).catch(() => null);
    this.#opened = true;
    if (!found) return;
    this.#sees(found.unsaved);
    this.#onDisk = found.text;
    // Whoever types faster than the disk answers is right, also when what they typed is on its way already.
    if (turn !== this.#turn) this.#keepSoon();
    else if (found.text !== "" || begin !== "") this.put(found.text || begin);
  }

  /** The line of the other window is the same: what is on disk by now stands here, unless something was typed that is
      not there yet. */
  async again(): Promise<void> {
    if (!this.#opened) return;
    await this.#saving;
    await this.keep();
    const turn = this.#turn;
    const found = await call("captures.draft", {}).catch(() => null);
    if (!found || turn !== this.#turn) return;
    this.#sees(found.unsaved);
    if (this.text !== (this.#onDisk ?? "")) return;
    this.#onDisk = found.text;
    if (found.text !== this.text) this.put(found.text, null);
  }

  /** What is not saved is the same in both windows: what was saved or let go in the other one is gone here. */
  #sees(unsaved: readonly { text: string }[]): void {
    const here = new Map(this.unsaved.map((line) => [line.text, line]));
    const there = unsaved.map(({ text }) => ({
      text,
      because: here.get(text)?.because ?? "Its saving did not come to an end.",
      onDisk: true,
    }));
    const known = new Set(there.map(({ text }) => text));
    this.unsaved = [...there, ...this.unsaved.filter((line) => !line.onDisk && !known.has(line.text))];
  }

  /** Kept once what stands in the line is on disk, and what was sent is saved or waits there. */
  async settled(): Promise<void> {
    await this.#saving;
    await this.keep();
  }

  /** Writes the line anew: a keystroke, a person picked, a chip corrected. */
  put(text: string, picked: PersonPick | null = this.picked): void {
    this.#turn += 1;
    this.text = text;
    this.because = null;
    this.picked = picked && text.startsWith(picked.name) ? picked : null;
    this.#read();
    this.#keepSoon();
  }

  /** What the line says is asked in order; while an answer is on its way only the newest question waits. */
  #read(): void {
    if (this.#asking) return;
    if (this.text.trim() === "") {
      this.reading = null;
      return;
    }
    const text = this.text;
    const picked = this.picked?.id;
    const question = `${picked ?? ""} ${text}`;
    if (question === this.#asked && this.reading) return;
    this.#asking = true;
    call("captures.read", { text, locale: navigator.language, ...(picked ? { picked } : {}) })
      .then(
        (reading) => {
          if (text === this.text) [this.reading, this.#asked] = [reading, question];
          else if (this.text.startsWith(text) && this.text.trim() !== "") this.reading = reading;
        },
        // The line can be typed and saved without chips; the next keystroke asks again.
        () => undefined,
      )
      .finally(() => {
        this.#asking = false;
        if (`${this.picked?.id ?? ""} ${this.text}` !== question) this.#read();
      });
  }

  /** Why what stands in the line cannot be saved, when that is known already. */
  refused(): boolean {
    if (!this.reading?.problem || this.#asked !== `${this.picked?.id ?? ""} ${this.text}`) return false;
    this.because = this.reading.problem;
    return true;
  }

  /** What a text says, for whoever cannot wait until the line has been read. */
  async readNow(text: string): Promise<CaptureReading | null> {
    if (this.reading && this.#asked === `${this.picked?.id ?? ""} ${text}`) return this.reading;
    const picked = this.picked ? { picked: this.picked.id } : {};
    return call("captures.read", { text, locale: navigator.language, ...picked }).catch(() => null);
  }

  #keepSoon(): void {
    this.#later ??= setTimeout(() => void this.keep(), KEEP_MS);
  }

  /** Puts what stands in the line on disk; done when it is there. */
  keep(): Promise<unknown> {
    if (this.#later) clearTimeout(this.#later);
    this.#later = null;
    const text = this.text;
    if (text === "" && !this.#opened) return keeping;
    keeping = keeping.then(async () => {
      // An empty line takes nothing off the disk that is not yet kept as what is being saved.
      if (text === "") await this.#saving;
      if (text === this.#onDisk) return;
      // A disk that is full says so where something is saved; what stands in the line stands there.
      await call("captures.keep", { text }).then(
        () => (this.#onDisk = text),
        () => undefined,
      );
    });
    return keeping;
  }

  /** Saves what a line says, after those before it. One that could not be saved waits in sight. */
  save(text: string, picked: PersonPick | null, someoneNew: boolean): Promise<CaptureSaved | null> {
    this.#turn += 1;
    const done = this.#saving.then(() => this.#save(text, picked, someoneNew));
    this.#saving = done;
    return done;
  }

  async #save(text: string, picked: PersonPick | null, someoneNew: boolean): Promise<CaptureSaved | null> {
    if (text.trim() === "") return null;
    this.unsaved = this.unsaved.filter((line) => line.text !== text);
    const question = {
      text,
      locale: navigator.language,
      ...(picked ? { picked: picked.id } : {}),
      ...(someoneNew ? { someoneNew } : {}),
    };
    try {
      const saved = await call("captures.save", question);
      // The core took the draft away if it was this line; an older one may have been on its way.
      this.#onDisk = null;
      this.#keepSoon();
      this.saved = saved;
      return saved;
    } catch (thrown) {
      const { code, message: because } = asFailure(thrown);
      // Not back into the field: the next person's name may be on its way there already.
      this.unsaved = [
        ...this.unsaved.filter((line) => line.text !== text),
        { text, because, onDisk: code === "invalid" },
      ];
      return null;
    }
  }

  /** Puts a line that is not saved back into the field, where it is kept as what stands in it. */
  back(text: string, picked: PersonPick | null = null): void {
    const because = this.unsaved.find((line) => line.text === text)?.because ?? null;
    this.put(text, picked);
    this.because = because;
    void this.keep().then(() => this.letGo(text));
  }

  /** A line that was not saved and is not wanted any more, or stands in the field again. */
  async letGo(text: string): Promise<void> {
    this.unsaved = this.unsaved.filter((line) => line.text !== text);
    await call("captures.let_go", { text }).catch(() => undefined);
  }

  /** Takes back what was saved last, and puts its line back. */
  async takeBack(text: string): Promise<boolean> {
    const saved = this.saved;
    if (!saved) return false;
    this.saved = null;
    await call("history.take_back", { operation: saved.operation });
    this.back(text);
    return true;
  }
}
