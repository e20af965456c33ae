// What is taken down of somebody who wrote back by themselves.
import { call } from "../../ipc/call";

/** They wrote back, though nobody was asked whether they would: an exchange, whatever becomes of the row. */
export function wroteBack(person: string, line: string): Promise<unknown> {
  const note = line === "" ? {} : { note: line };
  return call("touchpoints.log", { kind: "replied", direction: "two_way", people: [{ person }], ...note });
}
