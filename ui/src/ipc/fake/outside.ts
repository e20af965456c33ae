// What stands outside the window, in memory: wishes hold at once, and everything works.
import type { Outside, OutsideState } from "../outside";

export type FakeOutside = Outside & {
  state: OutsideState;
  /** Something fares differently from now on. */
  fares(change: Partial<OutsideState>): void;
  /** The tray or a notification leads somewhere. */
  lead(place: string): void;
  /** The keys for the capture line are pressed. */
  press(): void;
  /** How often the capture line was brought up in its own window. */
  brought: number;
};

export function fakeOutside(): FakeOutside {
  const changed = new Set<() => void>();
  const led = new Set<(place: string) => void>();
  const pressed = new Set<() => void>();
  const listen =
    <Heard>(all: Set<Heard>) =>
    (heard: Heard) => {
      all.add(heard);
      return () => void all.delete(heard);
    };
  const fake: FakeOutside = {
    state: {
      shortcut: "Ctrl+Shift+Space",
      shortcutState: "works",
      tray: true,
      trayState: "shown",
      stay: false,
      autostart: false,
      notify: true,
      unheard: false,
      quiet: { from: 1_200, until: 480 },
      calendar: null,
    },
    brought: 0,
    fares(change) {
      Object.assign(fake.state, change);
      for (const heard of changed) heard();
    },
    lead: (place) => led.forEach((heard) => heard(place)),
    press: () => pressed.forEach((heard) => heard()),
    read: async () => structuredClone(fake.state),
    async wish(wish) {
      const { state } = fake;
      if (wish.what === "shortcut")
        Object.assign(state, { shortcut: wish.keys, shortcutState: wish.keys ? "works" : "off" });
      else if (wish.what === "quiet") state.quiet = wish.hours;
      else if (wish.what === "no_calendar") state.calendar = null;
      else state[wish.what] = wish.on;
      if (wish.what === "tray") state.trayState = wish.on ? "shown" : "off";
      return structuredClone(state);
    },
    async keepCalendar() {
      fake.state.calendar = { path: "~/Documents/hallway.ics", failure: null };
      return structuredClone(fake.state);
    },
    async showCapture() {
      fake.brought += 1;
    },
    onChanged: listen(changed),
    onCapture: listen(pressed),
    onGo: listen(led),
  };
  return fake;
}
