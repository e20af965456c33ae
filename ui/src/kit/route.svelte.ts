// Which place is shown: a path in the window's own history, so that back and forward work.
let path = $state(read());

function read(): string {
  return location.hash.replace(/^#/, "") || "/";
}

/** The path, like "/people/0190…". Reactive. */
export function route(): string {
  return path;
}

export function go(to: string): void {
  if (to === path) return;
  // The place lives behind the hash, because the window may be served from any folder or scheme.
  history.pushState(null, "", `#${to}`);
  path = to;
}

/** Goes there without a new step in the history: for moving along a list. */
export function goInstead(to: string): void {
  history.replaceState(null, "", `#${to}`);
  path = to;
}

export function back(): void {
  history.back();
}

addEventListener("popstate", () => {
  path = read();
});
