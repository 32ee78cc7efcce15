/* What ical.js hears in our calendars. One JSON line in, one out: {text, since, until} in milliseconds since 1970
   -> the instants at which something begins that takes place, from `since` on and before `until`, in order. */

import { createInterface } from "node:readline";
import ICAL from "ical.js";

const DAY = 86_400_000;
const FAR = 400; // days: no date is moved further than that in what is held against us

function instant(time) {
  return time.toJSDate().getTime();
}

function grouped(calendar) {
  const series = new Map();
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const uid = component.getFirstPropertyValue("uid");
    const group = series.get(uid) ?? { main: null, exceptions: [] };
    if (component.hasProperty("recurrence-id")) group.exceptions.push(component);
    else group.main = component;
    series.set(uid, group);
  }
  return series.values();
}

function* occurrences({ main, exceptions }, until) {
  const event = new ICAL.Event(main, { exceptions, strictExceptions: true });
  const dates = event.iterator();
  for (let date = dates.next(); date && instant(date) < until + FAR * DAY; date = dates.next()) {
    const { item, startDate } = event.getOccurrenceDetails(date);
    if (item.component.getFirstPropertyValue("status") !== "CANCELLED") yield instant(startDate);
  }
}

function heard({ text, since, until }) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const starts = [...grouped(calendar)].flatMap((group) => [...occurrences(group, until)]);
  return starts.filter((start) => since <= start && start < until).sort((one, other) => one - other);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(heard(JSON.parse(line))));
}
