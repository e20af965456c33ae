// Reads a calendar with ical.js, and says as JSON what it found.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const utc = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().slice(0, 19) + "Z");
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component, { strictExceptions: true });
  return {
    uid: event.uid,
    summary: event.summary,
    start: utc(event.startDate),
    end: utc(event.endDate),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
    stamped: component.getFirstPropertyValue("dtstamp") !== null,
  };
});
process.stdout.write(JSON.stringify({ version: calendar.getFirstPropertyValue("version"), events }));
