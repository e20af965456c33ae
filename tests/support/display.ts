// A virtual screen for the tests that open windows; it goes away with them.
import { begin } from "./programs";

export async function setup(): Promise<() => Promise<void>> {
  const screen = begin("Xvfb", ["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-dpi", "96"]);
  const [, number] = await screen.line(/^(\d+)\n/m);
  process.env.DISPLAY = `:${number}`;
  delete process.env.WAYLAND_DISPLAY;
  // Without a window manager nothing has the focus, and no window can be closed the way a person closes one.
  const manager = begin("openbox", ["--sm-disable"]);
  return async () => {
    await manager.end();
    await screen.end();
  };
}
