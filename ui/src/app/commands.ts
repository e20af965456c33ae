// Every command of the window with its keys: read by the keyboard, the command bar, the menus and the sheet.
import type { CommandLine } from "../kit/keyboard";

export const commands = [
  { id: "app.commands", label: "All commands", keys: ["Ctrl+k"], context: "Everywhere", quiet: true },
  { id: "app.search", label: "Search people", keys: ["/"], context: "Everywhere" },
  { id: "app.people", label: "Go to People", keys: ["Ctrl+1"], context: "Everywhere" },
  { id: "app.import", label: "Import people from a file", keys: ["Ctrl+i"], context: "Everywhere" },
  { id: "app.settings", label: "Settings", keys: ["Ctrl+,"], context: "Everywhere" },
  {
    id: "app.undo",
    label: "Take back the last change",
    keys: ["Ctrl+z"],
    context: "Everywhere",
    through: true,
  },
  {
    id: "app.redo",
    label: "Do it again",
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    context: "Everywhere",
    through: true,
  },
  { id: "app.shortcuts", label: "Keyboard shortcuts", keys: ["?"], context: "Everywhere" },
  { id: "app.theme", label: "Change between light and dark", keys: [], context: "Everywhere" },
  {
    id: "app.close",
    label: "Close the innermost thing",
    keys: ["Escape"],
    context: "Everywhere",
    quiet: true,
  },

  { id: "people.new", label: "New person", keys: ["Ctrl+n"], context: "People" },
  { id: "people.export", label: "Export people", keys: ["Ctrl+e"], context: "People" },

  { id: "list.next", label: "Next row", keys: ["j", "ArrowDown"], context: "In a list", quiet: true },
  { id: "list.previous", label: "Previous row", keys: ["k", "ArrowUp"], context: "In a list", quiet: true },
  {
    id: "list.extend_down",
    label: "Select downwards",
    keys: ["Shift+ArrowDown", "Shift+j"],
    context: "In a list",
    quiet: true,
  },
  {
    id: "list.extend_up",
    label: "Select upwards",
    keys: ["Shift+ArrowUp", "Shift+k"],
    context: "In a list",
    quiet: true,
  },
  { id: "list.page_down", label: "A page down", keys: ["PageDown"], context: "In a list", quiet: true },
  { id: "list.page_up", label: "A page up", keys: ["PageUp"], context: "In a list", quiet: true },
  { id: "list.first", label: "First row", keys: ["Home"], context: "In a list", quiet: true },
  { id: "list.last", label: "Last row", keys: ["End"], context: "In a list", quiet: true },
  { id: "list.select", label: "Select", keys: ["x"], context: "In a list" },
  { id: "list.select_all", label: "Select all", keys: ["Ctrl+a"], context: "In a list" },
  { id: "list.open", label: "Open", keys: ["Enter"], context: "In a list" },
  { id: "list.peek", label: "Peek", keys: [" "], context: "In a list" },
  { id: "list.edit", label: "Edit", keys: ["e"], context: "In a list" },
  { id: "list.tag", label: "Tag", keys: ["t"], context: "In a list" },
  { id: "list.log", label: "Log what happened", keys: ["l"], context: "In a list" },
  { id: "list.stage", label: "Change the stage", keys: ["s"], context: "In a list" },
  { id: "list.copy", label: "Copy the rows", keys: ["Ctrl+c"], context: "In a list" },
  { id: "list.trash", label: "Move to the trash", keys: ["Delete"], context: "In a list" },

  { id: "person.next", label: "Next person", keys: ["Alt+ArrowDown"], context: "On a person" },
  { id: "person.previous", label: "Previous person", keys: ["Alt+ArrowUp"], context: "On a person" },
  { id: "person.log", label: "Log what happened", keys: ["l"], context: "On a person" },
  { id: "person.stage", label: "Change the stage", keys: ["s"], context: "On a person" },
  { id: "person.explain", label: "Explain the stage", keys: ["."], context: "On a person" },
  { id: "person.accept", label: "Accept the move", keys: ["a"], context: "On a person" },
  { id: "person.take_back", label: "Take back the move", keys: ["u"], context: "On a person" },
  { id: "person.edit", label: "Edit", keys: ["e"], context: "On a person" },
  { id: "person.tag", label: "Tag", keys: ["t"], context: "On a person" },
  {
    id: "person.trash",
    label: "Move the entry to the trash",
    keys: ["Delete"],
    context: "On a person",
    quiet: true,
  },
  { id: "person.trash_person", label: "Move this person to the trash", keys: [], context: "On a person" },
  {
    id: "person.entry_next",
    label: "Next entry",
    keys: ["j", "ArrowDown"],
    context: "On a person",
    quiet: true,
  },
  {
    id: "person.entry_previous",
    label: "Previous entry",
    keys: ["k", "ArrowUp"],
    context: "On a person",
    quiet: true,
  },

  {
    id: "stage.discover",
    label: "Discovery",
    keys: ["1"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.evaluate",
    label: "Evaluation",
    keys: ["2"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.learn",
    label: "Learning",
    keys: ["3"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.build",
    label: "Building",
    keys: ["4"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.scale",
    label: "Scaling",
    keys: ["5"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.none",
    label: "Not placed yet",
    keys: ["0", "Backspace"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },

  { id: "import.run", label: "Import these people", keys: ["Ctrl+Enter"], context: "Importing" },
] as const satisfies readonly CommandLine[];

type Ids = (typeof commands)[number]["id"];

declare module "../kit/keyboard" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface CommandIds extends Record<Ids, true> {}
}
