// Read calendar files with ical.js; print the properties and reminders of their events as JSON, a list for each file.

import { readFileSync } from "node:fs";

import ICAL from "ical.js";

function readEvent(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    url: component.getFirstPropertyValue("url"),
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    allDay: event.startDate.isDate,
    alarms: component.getAllSubcomponents("valarm").map((alarm) => {
      const before = alarm.getFirstPropertyValue("trigger");
      const at = event.startDate.clone();
      at.isDate = false;
      at.addDuration(before);
      return at.toString();
    }),
  };
}

function readFile(path) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
  return {
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    events: calendar.getAllSubcomponents("vevent").map(readEvent),
  };
}

console.log(JSON.stringify(process.argv.slice(2).map(readFile)));
