// What someone began to log about a person and did not save, while the window is open.
import type { EntryText } from "../features/touchpoints/entryText";

export const logDrafts = new Map<string, EntryText>();
