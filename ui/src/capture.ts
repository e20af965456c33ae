// The page of the capture line, in a window of its own over whatever program is in front.
import "@fontsource-variable/inter/index.css";
import "./kit/tokens.css";
import "./kit/base.css";
import { mount } from "svelte";
import CaptureWindow from "./app/CaptureWindow.svelte";
import { connect } from "./ipc/call";
import { captureHost, captureWindow } from "./ipc/tauri";

connect(captureHost);
mount(CaptureWindow, { target: document.getElementById("app")!, props: { line: captureWindow } });
