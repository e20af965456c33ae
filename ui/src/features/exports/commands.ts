// What an export is for, by key.
import type { CommandLine } from "../../kit/keyboard";

export const exporting = [
  { id: "export.list_mail", label: "Mail to a list", keys: ["1"], context: "Exporting", quiet: true },
  {
    id: "export.one_to_one",
    label: "A message of their own",
    keys: ["2"],
    context: "Exporting",
    quiet: true,
  },
  { id: "export.swag_post", label: "Something in the post", keys: ["3"], context: "Exporting", quiet: true },
  {
    id: "export.recruiting_intro",
    label: "An introduction to recruiting",
    keys: ["4"],
    context: "Exporting",
    quiet: true,
  },
  {
    id: "export.sales_intro",
    label: "An introduction to sales",
    keys: ["5"],
    context: "Exporting",
    quiet: true,
  },
  { id: "export.for_myself", label: "For myself", keys: ["6"], context: "Exporting", quiet: true },
] as const satisfies readonly CommandLine[];
