// The real window with 100,000 people in it, against a window of Tauri with a plain table: from the start of the process
// to rows one can use, the memory of all its processes, and the frames while it scrolls.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "vitest";
import { home } from "../support/folders";
import { begin, root } from "../support/programs";
import { until } from "../support/until";
import { freePort } from "../window/app";
import { type Session, session } from "../window/webdriver";

const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const TIMES = 7;
const FRAMES = 180;

type Measured = { start: number; memory: number; frames: number[] };

test("the window", { timeout: 1_200_000 }, async () => {
  const ours: Measured[] = [];
  const bare: Measured[] = [];
  // Turn by turn, so that what the machine does besides slows both. The first of each only warms the disk.
  for (let n = 0; n <= TIMES; n++) {
    const measured = [await hallway(), await measure("examples/empty", [], {})] as const;
    if (n === 0) continue;
    ours.push(measured[0]);
    bare.push(measured[1]);
  }
  const lines = [
    line("start of the window to rows one can use", ours, bare, ({ start }) => start, "ms", 1.5),
    line("memory of the window and its processes (PSS)", ours, bare, ({ memory }) => memory, "MiB"),
    line("a frame while scrolling 3 rows a frame, half of them", ours, bare, ({ frames }) => part(frames, 0.5), "ms"),
    line("a frame while scrolling 3 rows a frame, 95 in a hundred", ours, bare, ({ frames }) => part(frames, 0.95), "ms"),
  ];
  const path = join(target, "bench/window.md");
  writeFileSync(path, `| people | what | Hallway | bare | ratio | aim |\n|---|---|---|---|---|---|\n${lines.join("\n")}\n`);
  console.log(`${lines.join("\n")}\nThe table is in ${path}.`);
});

/** Half of the runs of each are at most the figures told. */
function line(
  what: string, ours: Measured[], bare: Measured[], of: (measured: Measured) => number, unit: string, most?: number,
): string {
  const [a, b] = [part(ours.map(of), 0.5), part(bare.map(of), 0.5)];
  const aim = most === undefined ? "" : `≤ ${most} ×, ${a / b <= most ? "kept" : "missed"}`;
  return `| 100k | ${what} | ${a.toFixed(0)} ${unit} | ${b.toFixed(0)} ${unit} | **${(a / b).toFixed(2)}** | ${aim} |`;
}

function part(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

async function hallway(): Promise<Measured> {
  const own = home();
  try {
    mkdirSync(dirname(own.workspace), { recursive: true });
    copyFileSync(join(target, "bench/100k.hallway"), own.workspace);
    return await measure("hallway", [], own.env);
  } finally {
    own.remove();
  }
}

async function measure(program: string, args: string[], env: Record<string, string>): Promise<Measured> {
  const binary = join(target, "release", program);
  if (!existsSync(binary)) throw new Error(`${program} is not built yet. Run \`make bench PART=window\`.`);
  const port = await freePort();
  const bus = ["--config-file", join(root, "tests/support/bus.conf"), "--"];
  const driver = begin("dbus-run-session", [...bus, "WebKitWebDriver", `--port=${port}`], {
    ...env,
    TAURI_AUTOMATION: "true",
    TAURI_WEBVIEW_AUTOMATION: "true",
    // As Hallway does by itself on a machine without a GPU, except when it is driven.
    WEBKIT_DISABLE_DMABUF_RENDERER: "1",
    NO_AT_BRIDGE: "1",
  });
  try {
    const address = `http://127.0.0.1:${port}`;
    await until("WebKitWebDriver to answer", async () => (await fetch(`${address}/status`)).ok);
    const page = await session(address, binary, args);
    const shown = await page.run<number>(`
      const frame = () => new Promise(requestAnimationFrame);
      const today = () => document.querySelector("[role=region][aria-label=Today]");
      // The window begins on Today; the frame it is compared with shows a list, and so does this one then.
      while (!document.querySelector("[role=grid]") && !today()) await frame();
      if (today()) location.hash = "#/people";
      const there = () => [...document.querySelectorAll("[role=grid] [role=row]")].some((row) => row.innerText.includes("ago") || row.innerText.length > 20);
      while (!there()) await frame();
      await frame();
      return performance.timeOrigin + performance.now();
    `);
    const pid = running(binary);
    const start = shown - startOf(pid);
    const memory = family(pid).reduce((sum, one) => sum + held(one), 0);
    const frames = await scrolled(page);
    await page.close();
    return { start, memory, frames };
  } finally {
    await driver.end();
  }
}

/** Milliseconds from frame to frame while the list scrolls. */
function scrolled(page: Session): Promise<number[]> {
  return page.run(`
    const grid = document.querySelector("[role=grid]");
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    let last = await frame();
    for (let n = 0; n < ${FRAMES}; n++) {
      grid.scrollTop += 96;
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  `);
}

const stat = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
const processes = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);

function running(binary: string): number {
  const found = processes().find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] === binary;
    } catch {
      return false; // It ended in between.
    }
  });
  if (found === undefined) throw new Error(`${binary} is not running.`);
  return found;
}

/** When a process began, in milliseconds since 1970; the system tells hundredths of a second. */
function startOf(pid: number): number {
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - (up - Number(stat(pid)[19]) / 100) * 1_000;
}

/** A process and all it started. */
function family(pid: number): number[] {
  const children = processes().filter((other) => {
    try {
      return Number(stat(other)[1]) === pid;
    } catch {
      return false;
    }
  });
  return [pid, ...children.flatMap(family)];
}

/** MiB, with what is shared counted once among those who share it. */
function held(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kib ?? 0) / 1024;
}
