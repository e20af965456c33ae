// Every command of the window with its keys: read by the keyboard, the command bar, the menus and the sheet. What means
// something everywhere stands here; the rest is declared by the feature it belongs to.
import { capturing, eveningLines } from "../features/capture/commands";
import { onDoubles } from "../features/doubles/commands";
import { exporting } from "../features/exports/commands";
import { importing } from "../features/imports/commands";
import { changingAStage } from "../features/journey/commands";
import { onLists } from "../features/lists/commands";
import { inAList, onPeople, onTheBoard } from "../features/people/commands";
import { onAPerson } from "../features/person/commands";
import { rulesOfTheJourney } from "../features/settings/commands";
import { everythingHeld } from "../features/subject/commands";
import { onTodayAndFollowUps } from "../features/today/commands";
import { logging } from "../features/touchpoints/commands";
import { choosingADay } from "../kit/dayKeys";
import type { CommandLine } from "../kit/keyboard";

const everywhere = [
  { id: "app.commands", label: "All commands", keys: ["Ctrl+k"], context: "Everywhere", quiet: true },
  { id: "app.capture", label: "Capture a conversation", keys: ["Ctrl+Shift+ "], context: "Everywhere" },
  { id: "app.search", label: "Search people", keys: ["/"], context: "Everywhere" },
  { id: "app.search_all", label: "Search people and notes", keys: ["Ctrl+f"], context: "Everywhere" },
  { id: "app.today", label: "Go to Today", keys: ["Ctrl+1"], context: "Everywhere" },
  { id: "app.moved", label: "Go to who moved, and the quarterly review", keys: [], context: "Everywhere" },
  { id: "app.people", label: "Go to People", keys: ["Ctrl+2"], context: "Everywhere" },
  { id: "app.lists", label: "Go to Lists", keys: ["Ctrl+3"], context: "Everywhere" },
  {
    id: "app.followups",
    label: "Go to all follow-ups",
    keys: [],
    context: "Everywhere",
    also: "promises reminders snoozed later",
  },
  {
    id: "app.promise",
    label: "Note a promise or another follow-up",
    keys: [],
    context: "Everywhere",
    also: "remind task",
  },
  {
    id: "app.thank",
    label: "Thank somebody who helped",
    keys: [],
    context: "Everywhere",
    also: "thanks gratitude give",
  },
  {
    id: "app.review",
    label: "Go through the evening lines",
    keys: [],
    context: "Everywhere",
    also: "review captured notes",
  },
  {
    id: "app.doubles",
    label: "Go to Doubles",
    keys: ["Ctrl+d"],
    context: "Everywhere",
    also: "duplicates merge",
  },
  { id: "app.back", label: "Back to the place before", keys: ["Alt+ArrowLeft"], context: "Everywhere" },
  { id: "app.forward", label: "Forward again", keys: ["Alt+ArrowRight"], context: "Everywhere" },
  { id: "app.import", label: "Import people from a file", keys: ["Ctrl+i"], context: "Everywhere" },
  {
    id: "app.returns",
    label: "Bring in who unsubscribed or bounced",
    keys: [],
    context: "Everywhere",
    also: "unsubscribes unsubscribers bounces opt-outs opt-out opted-out opted out optout left newsletter complaints complained spam import file",
  },
  {
    id: "app.health",
    label: "Go to list health",
    keys: [],
    context: "Everywhere",
    also: "unsubscribed unsubscribes bounced bounces opt-outs opt-out opted-out opted out optout basis consent newsletter mail retention retain untouched past parcels",
  },
  {
    id: "app.suppressions",
    label: "Go to the suppression list",
    keys: [],
    context: "Everywhere",
    also: "suppressed unsubscribed unsubscribes bounced bounces opt-outs opt-out opted-out opted out optout blocked never written",
  },
  {
    id: "app.erased",
    label: "Go to the receipts of erasures",
    keys: [],
    context: "Everywhere",
    also: "erased deleted gdpr forget forgotten",
  },
  { id: "exports.made", label: "Go to the exports made", keys: [], context: "Everywhere" },
  {
    id: "app.history",
    label: "Go to the history",
    keys: ["Ctrl+h"],
    context: "Everywhere",
    also: "undo restore take back",
  },
  {
    id: "app.trash",
    label: "Go to the trash",
    keys: [],
    context: "Everywhere",
    also: "deleted restore",
  },
  {
    id: "app.settings",
    label: "Settings",
    keys: ["Ctrl+,"],
    context: "Everywhere",
    also: "theme single-letter keys preferences options",
  },
  {
    id: "app.backups",
    label: "Go to the backups",
    keys: [],
    context: "Everywhere",
    also: "backup restore put back settings",
  },
  {
    id: "app.outside",
    label: "Settings outside the window",
    keys: [],
    context: "Everywhere",
    also: "reminders shortcut calendar tray quiet hours notifications autostart",
  },
  {
    id: "app.about_file",
    label: "Settings of this file",
    keys: [],
    context: "Everywhere",
    also: "product time zone weekend accepted stages",
  },
  {
    id: "app.rules",
    label: "Rules of the journey",
    keys: [],
    context: "Everywhere",
    also: "settings journey stages",
  },
  { id: "app.open_file", label: "Open another file", keys: ["Ctrl+o"], context: "Everywhere" },
  { id: "app.new_file", label: "Make a new file", keys: [], context: "Everywhere" },
  { id: "app.move_file", label: "Move this file", keys: [], context: "Everywhere" },
  {
    id: "app.copy_file",
    label: "Save a copy of this file",
    keys: [],
    context: "Everywhere",
    also: "backup",
  },
  { id: "app.save_json", label: "Save everything as JSON", keys: [], context: "Everywhere" },
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
  {
    id: "app.help",
    label: "Help: the capture line, days in words, filters, keys",
    keys: ["F1"],
    context: "Everywhere",
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
] as const satisfies readonly CommandLine[];

/** In the order of the sheet of shortcuts. */
export const commands = [
  ...everywhere,
  ...onPeople,
  ...onLists,
  ...inAList,
  ...onTheBoard,
  ...onAPerson,
  ...exporting,
  ...everythingHeld,
  ...changingAStage,
  ...logging,
  ...capturing,
  ...eveningLines,
  ...onTodayAndFollowUps,
  ...choosingADay,
  ...onDoubles,
  ...rulesOfTheJourney,
  ...importing,
] as const satisfies readonly CommandLine[];

type Ids = (typeof commands)[number]["id"];

declare module "../kit/keyboard" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface CommandIds extends Record<Ids, true> {}
}
