// Finds out what the page runs in, connects to it, and shows the window.
import "@fontsource-variable/inter/index.css";
import "./kit/tokens.css";
import "./kit/base.css";
import { mount } from "svelte";
import App from "./app/App.svelte";
import { connect } from "./ipc/call";
import type { Host } from "./ipc/host";
import { flushSettings } from "./ipc/settings.svelte";

async function findHost(): Promise<Host> {
  if (import.meta.env.MODE === "fake") {
    const { fakeCore } = await import("./ipc/fake/core");
    const people = Number(new URLSearchParams(location.search).get("people") ?? 2000);
    return fakeCore({ people, product: people > 0 ? "Queues" : null, promises: 30 });
  }
  if ("__TAURI_INTERNALS__" in window) return (await import("./ipc/tauri")).tauriHost;
  return (await import("./ipc/http")).httpHost();
}

connect(await findHost());
addEventListener("pagehide", () => void flushSettings());
mount(App, { target: document.getElementById("app")! });
