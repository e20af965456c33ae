// What can be done with a row of Today and of the follow-ups.
import type { CommandLine } from "../../kit/keyboard";

export const onTodayAndFollowUps = [
  {
    id: "today.next",
    label: "The row below",
    keys: ["j", "ArrowDown"],
    context: "Today and follow-ups",
    quiet: true,
  },
  {
    id: "today.previous",
    label: "The row above",
    keys: ["k", "ArrowUp"],
    context: "Today and follow-ups",
    quiet: true,
  },
  { id: "today.first", label: "First row", keys: ["Home"], context: "Today and follow-ups", quiet: true },
  { id: "today.last", label: "Last row", keys: ["End"], context: "Today and follow-ups", quiet: true },
  { id: "today.do", label: "Do what the row asks for", keys: ["Enter"], context: "Today and follow-ups" },
  { id: "today.replied", label: "They replied", keys: ["r"], context: "Today and follow-ups" },
  {
    id: "today.not_replied",
    label: "No: they did not reply, or did not move",
    keys: ["n"],
    context: "Today and follow-ups",
  },
  { id: "today.snooze", label: "Snooze", keys: ["z"], context: "Today and follow-ups" },
  { id: "today.drop", label: "Drop it, or let it rest", keys: ["Delete"], context: "Today and follow-ups" },
  { id: "today.take_back", label: "Take back this row", keys: ["u"], context: "Today and follow-ups" },
  { id: "today.accept", label: "Accept the move", keys: ["a"], context: "Today and follow-ups" },
  { id: "today.step_back", label: "Take them a stage back", keys: ["b"], context: "Today and follow-ups" },
  { id: "today.ask", label: "Ask them where they stand", keys: ["q"], context: "Today and follow-ups" },
  { id: "today.log", label: "Log what happened", keys: ["l"], context: "Today and follow-ups" },
  {
    id: "today.follow_up",
    label: "Follow up",
    keys: ["f"],
    context: "Today and follow-ups",
    also: "promise remind",
  },
  { id: "today.edit", label: "Edit", keys: ["e"], context: "Today and follow-ups" },
  { id: "today.open", label: "Open the person", keys: ["o"], context: "Today and follow-ups" },
  { id: "today.peek", label: "Peek", keys: [" "], context: "Today and follow-ups" },
  { id: "today.more", label: "Show all, or fewer", keys: ["m"], context: "Today and follow-ups" },
] as const satisfies readonly CommandLine[];
