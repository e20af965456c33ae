// A desktop on a test's own bus: somebody who shows notifications, and a tray. See desktop.py.
import { join } from "node:path";
import { begin, root } from "./programs";

export type Service = "notifications" | "tray";

export type Desktop = {
  /** What was told so far. */
  notifications(): Promise<{ summary: string; body: string; actions: string[] }[]>;
  /** Clicks on what was told, counted from 1. */
  click(number: number): Promise<void>;
  /** Begins to offer what was not there. */
  begin(service: Service): Promise<void>;
  /** The newest icon in the tray; null while there is none. */
  tray(): Promise<{ status: string; label: string; menu: string[] } | null>;
  /** Chooses the line of the icon's menu that begins so. */
  choose(label: string): Promise<void>;
  end(): Promise<void>;
};

/** Debian keeps what speaks to the bus with its own Python. */
export async function desktop(bus: string, services: Service[]): Promise<Desktop> {
  const program = begin("/usr/bin/python3", [join(root, "tests/support/desktop.py"), ...services], { DBUS_SESSION_BUS_ADDRESS: bus });
  const [, address = ""] = await program.line(/^ready (\S+)$/m);
  const ask = async <T>(what: string, more: object = {}): Promise<T> => {
    const reply = await fetch(address, { method: "POST", body: JSON.stringify({ what, ...more }) });
    const told = (await reply.json()) as T;
    if (!reply.ok) throw new Error(`The desktop could not ${what}: ${String(told)}`);
    return told;
  };
  return {
    notifications: () => ask("notifications"),
    click: (number) => ask("click", { number }),
    begin: (service) => ask("begin", { service }),
    tray: () => ask("tray"),
    choose: (label) => ask("menu", { label }),
    end: program.end,
  };
}
