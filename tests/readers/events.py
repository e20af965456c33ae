"""Reads a calendar with icalendar, and says as JSON what it found."""

import datetime
import json
import sys

import icalendar


def utc(time):
    if isinstance(time, datetime.datetime):
        return time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return time.isoformat()


with open(sys.argv[1], "rb") as file:
    calendar = icalendar.Calendar.from_ical(file.read())
events = []
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    events.append(
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "start": utc(event["DTSTART"].dt),
            "end": utc(event["DTEND"].dt),
            "status": str(event["STATUS"]),
            "sequence": int(event["SEQUENCE"]),
            "stamped": event["DTSTAMP"].dt.tzinfo is not None,
        }
    )
json.dump({"version": str(calendar["VERSION"]), "events": events}, sys.stdout)
