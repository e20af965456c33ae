// What can be done on the page of people, in a list of them and on the board.
import type { CommandLine } from "../../kit/keyboard";

export const onPeople = [
  { id: "people.new", label: "New person", keys: ["Ctrl+n"], context: "People" },
  { id: "people.view", label: "Change between list, board and groups", keys: ["v"], context: "People" },
  {
    id: "people.next",
    label: "Show or hide the column of what comes next",
    keys: [],
    context: "People",
    also: "follow-ups promises columns",
  },
  {
    id: "people.basis",
    label: "Say why one may write to many",
    keys: [],
    context: "People",
    also: "basis bases consent newsletter opt-in opted-in optin permission gdpr",
  },
  { id: "people.export", label: "Export people", keys: ["Ctrl+e"], context: "People" },
  { id: "people.filter", label: "Filter by a field", keys: ["Shift+f"], context: "People" },
  {
    id: "people.save_view",
    label: "Save this view, or what was changed in it",
    keys: ["Ctrl+s"],
    context: "People",
  },
  { id: "people.columns", label: "Choose the columns", keys: [], context: "People" },
] as const satisfies readonly CommandLine[];

export const inAList = [
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
  { id: "list.add_to_list", label: "Add to a list", keys: ["+"], context: "In a list" },
  { id: "list.log", label: "Log what happened", keys: ["l"], context: "In a list" },
  { id: "list.follow_up", label: "Follow up", keys: ["f"], context: "In a list", also: "promise remind" },
  { id: "list.stage", label: "Change the stage", keys: ["s"], context: "In a list" },
  { id: "list.merge", label: "Merge: these are one person", keys: ["m"], context: "In a list" },
  { id: "list.copy", label: "Copy the rows", keys: ["Ctrl+c"], context: "In a list" },
  {
    id: "list.trash",
    label: "Move to the trash",
    keys: ["Delete"],
    context: "In a list",
    also: "delete remove",
  },
] as const satisfies readonly CommandLine[];

export const onTheBoard = [
  { id: "board.left", label: "The column before", keys: ["ArrowLeft"], context: "On the board", quiet: true },
  {
    id: "board.right",
    label: "The column after",
    keys: ["ArrowRight"],
    context: "On the board",
    quiet: true,
  },
  {
    id: "board.move_left",
    label: "Move to the stage before",
    keys: ["Shift+ArrowLeft"],
    context: "On the board",
  },
  {
    id: "board.move_right",
    label: "Move to the stage after",
    keys: ["Shift+ArrowRight"],
    context: "On the board",
  },
  {
    id: "board.adopting",
    label: "Show the two stages of adopting as one column, or as two",
    keys: [],
    context: "On the board",
  },
] as const satisfies readonly CommandLine[];
