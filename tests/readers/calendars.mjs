// The events of a calendar as ical.js reads them: one JSON array each, of reader, UID, start, alarms and title.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { default: ICAL } = await import(createRequire(`${process.argv[2]}/`).resolve('ical.js'))
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')))
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component)
  const { startDate } = event
  const start = startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString().slice(0, 16)
  const alarms = component.getAllSubcomponents('valarm').length
  console.log(JSON.stringify(['ical.js', event.uid, start, alarms, event.summary]))
}
