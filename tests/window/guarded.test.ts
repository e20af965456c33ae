// A script that found its way into the page: what it may not do, however it asks.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, chmodSync } from "node:fs";
import { until } from "../support/until";
import type { App } from "./app";
import { begun, expect, test } from "./fixtures";

/** Calls the host from within the page; answers with what was thrown, or null when the call went through. */
function refusal(app: App, command: string, input: object): Promise<string | null> {
  return app.run(
    `try { await window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]); return null; }
     catch (error) { return typeof error === "string" ? error : error.message; }`,
    command,
    input,
  );
}

test("reaches no command but those the page needs", async ({ home, start }) => {
  const app = await start();
  await app.see("Hallway");
  const loot = home.file("loot.csv");
  const forbidden: [string, object][] = [
    ["plugin:dialog|open", {}],
    ["plugin:dialog|save", {}],
    ["plugin:opener|open_url", { url: "https://example.org" }],
    ["plugin:opener|open_path", { path: loot }],
    ["plugin:opener|reveal_item_in_dir", { paths: [loot] }],
    ["plugin:fs|read_text_file", { path: loot }],
    ["plugin:shell|execute", { program: "sh" }],
    ["plugin:window|set_title", { value: "Hello" }],
    ["plugin:webview|create_webview_window", { options: { label: "second", url: "https://example.org" } }],
    ["plugin:event|emit", { event: "changed", payload: {} }],
    ["plugin:path|resolve_directory", { directory: 1 }],
    ["plugin:app|version", {}],
    ["plugin:resources|close", { rid: 1 }],
    ["no_such_command", {}],
  ];
  for (const [command, input] of forbidden) {
    expect(await refusal(app, command, input), command).toMatch(/not allowed|not found/);
  }
  expect(await refusal(app, "start", {}), "a command that the page does need").toBeNull();
});

test("the capture line asks the core for what it needs, and for nothing else", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await app.lookAt("capture");
  await app.find("main");
  const asked = (cmd: string, input: object) => refusal(app, "rpc", { cmd, input, request: "" });
  const query = { filter: { text: "" }, sort: "name", descending: false };
  const forbidden: [string, object][] = [
    ["people.list", { query, offset: 0, limit: 10 }],
    ["erase.run", { ids: [], decisions: [] }],
    ["trash.empty", { ids: [] }],
    ["history.undo", {}],
  ];
  for (const [command, input] of forbidden) {
    expect(await asked(command, input), command).toContain("The capture line cannot do that");
  }
  expect(await asked("workspace.info", {})).toBeNull();
  expect(await asked("captures.draft", {})).toBeNull();
});

test("reads and writes no file that the person did not choose", async ({ home, start }) => {
  const app = await start();
  await app.see("Hallway");
  const secret = home.file("secret.csv", "name,email\nPriya Nair,priya@example.org\n");
  const loot = home.file("loot.csv");
  const query = { filter: { text: "" }, sort: "name", descending: false };
  const request = { file: secret, matching: true, source: "import", decisions: {}, overwrite: [] };
  for (const command of ["imports.preview", "imports.run"]) {
    expect(await refusal(app, "rpc", { cmd: command, input: request, request: "" }), command).toContain("Choose the file again");
  }
  const taken = await refusal(app, "rpc", { cmd: "exports.people", input: { query, file: loot, mode: "program" }, request: "" });
  expect(taken).toContain("Choose the file again");
  expect(existsSync(loot)).toBe(false);
});

test("opens web and mail links in the person's programs, and nothing else", async ({ home, start }) => {
  const opened = home.file("opened");
  const program = home.file("bin/xdg-open", `#!/bin/sh\necho "$1" >>"${opened}"\n`);
  chmodSync(program, 0o755);
  const app = await start({ env: { PATH: `${home.path}/bin:${process.env.PATH}` } });
  await app.see("Hallway");
  for (const url of ["http://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,hello", "smb://host/share", opened]) {
    expect(await refusal(app, "open_link", { url }), url).toContain("Only web links");
  }
  expect(await refusal(app, "open_link", { url: "https://example.org/talk" })).toBeNull();
  expect(await until("the browser to be asked", () => existsSync(opened) && home.read("opened"))).toBe("https://example.org/talk\n");
});

test("leads nowhere else and tells nobody outside", async ({ start }) => {
  const heard: string[] = [];
  const outside = createServer((request, reply) => {
    heard.push(request.url ?? "");
    reply.setHeader("access-control-allow-origin", "*").end("window.leaked = true");
  });
  await new Promise<void>((ready) => outside.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  try {
    const app = await start();
    await app.see("Hallway");
    const page = await app.url();
    const outcomes = await app.run<string[]>(
      `const address = arguments[0];
       const added = (tag, set) => new Promise((done) => {
         const element = Object.assign(document.createElement(tag), set);
         element.onload = () => done(tag + " loaded");
         element.onerror = () => done(tag + " refused");
         document.body.append(element);
       });
       return Promise.all([
         fetch(address + "/fetch").then(() => "fetch went through", () => "fetch refused"),
         added("img", { src: address + "/img" }),
         added("script", { src: address + "/script" }),
         added("link", { rel: "stylesheet", href: address + "/style" }),
         import(address + "/module").then(() => "import went through", () => "import refused"),
         new Promise((done) => { const socket = new WebSocket(address.replace("http", "ws") + "/socket");
           socket.onopen = () => done("socket opened"); socket.onerror = () => done("socket refused"); }),
       ].map((attempt) => attempt.catch((error) => String(error))));`,
      address,
    );
    for (const outcome of outcomes) expect(outcome).toMatch(/refused|SecurityError|insecure/i);

    await app.run(
      `const address = arguments[0];
       navigator.sendBeacon(address + "/beacon");
       window.open(address + "/window");
       const form = Object.assign(document.createElement("form"), { action: address + "/form", method: "post" });
       document.body.append(form); form.submit();
       document.body.append(Object.assign(document.createElement("iframe"), { src: address + "/frame" }));
       const script = document.createElement("script"); script.textContent = "window.leaked = true"; document.body.append(script);
       location.href = address + "/navigation";`,
      address,
    );
    // Whatever left the page before this is heard before it.
    await fetch(`${address}/control`);
    expect(await app.run("return window.leaked ?? null")).toBeNull();
    expect(await app.url()).toBe(page);
    // The window of the capture line is ours; on a busy machine its page comes later than ours.
    await app.lookAt("capture");
    for (const handle of await app.handles()) {
      await app.turnTo(handle);
      expect([page, new URL("/capture.html", page).href]).toContain(await app.url());
    }
    expect(heard).toEqual(["/control"]);
  } finally {
    outside.close();
  }
});

test("cannot change what every object is made of", async ({ start }) => {
  const app = await start();
  await app.see("Hallway");
  expect(await app.run("return [Object.isFrozen(Object.prototype), typeof window.__TAURI__]")).toEqual([true, "undefined"]);
});
