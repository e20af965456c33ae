// Arrows go from line to line of a panel of ticks, and Enter ticks (the panel stays, Esc closes it): the line one is on, or the first of those that were found.

export function moveAndTick(event: KeyboardEvent, wanted: string): void {
  if (event.isComposing || event.keyCode === 229) return;
  const at = event.target as HTMLElement;
  if (!(at instanceof HTMLInputElement)) return;
  const fields = [...(event.currentTarget as HTMLElement).querySelectorAll("input")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at.type !== "radio") fields[fields.indexOf(at) + step]?.focus();
  else if (event.key === "Enter" && at.type === "text") {
    if (wanted.trim() !== "") fields.find(({ type }) => type === "checkbox")?.click();
    at.select();
  } else if (event.key === "Enter") at.click();
  else return;
  event.preventDefault();
}
