// What can be done on the page of lists.
import type { CommandLine } from "../../kit/keyboard";

export const onLists = [
  { id: "lists.new", label: "New list", keys: ["Ctrl+n"], context: "Lists" },
  { id: "lists.next", label: "Next list", keys: ["j", "ArrowDown"], context: "Lists", quiet: true },
  { id: "lists.previous", label: "Previous list", keys: ["k", "ArrowUp"], context: "Lists", quiet: true },
  { id: "lists.open", label: "Open the list", keys: ["Enter"], context: "Lists", quiet: true },
  { id: "lists.edit", label: "Rename the list", keys: ["e"], context: "Lists" },
  {
    id: "lists.trash",
    label: "Move the list to the trash",
    keys: ["Delete"],
    context: "Lists",
    also: "delete remove",
  },
] as const satisfies readonly CommandLine[];
