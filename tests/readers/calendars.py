"""The events of a calendar as icalendar reads them and as vobject does: one JSON array each, of reader, UID, start, alarms and title."""

import json
import sys
from datetime import datetime, timezone

import icalendar
import vobject

text = sys.stdin.buffer.read()


def start(at):
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M") if isinstance(at, datetime) else at.isoformat()


for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
    alarms = len(event.walk("VALARM"))
    print(json.dumps(["icalendar", event["UID"], start(event.decoded("DTSTART")), alarms, event["SUMMARY"]]))

for event in vobject.readOne(text.decode()).vevent_list:
    alarms = len(event.contents.get("valarm", []))
    print(json.dumps(["vobject", event.uid.value, start(event.dtstart.value), alarms, event.summary.value]))
