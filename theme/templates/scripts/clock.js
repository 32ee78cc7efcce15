// The timeline (kentongan/schedule/timeline.py), with its tables put back in place. Its strings are HTML already, its
// instants are milliseconds; marks: 1 a repeat, 2 put on air by a person before its start.
const rows = told.rows.map(([start, over, stations, program, marks, title, url]) => {
  const [name, home] = told.programs[program];
  const carried = stations.map((place) => told.stations[place]);
  return { start, over, marks, title: title || name, url: url || home, program: title && name + ", ", stations: carried };
});

// Beyond its days it knows nothing and lights nothing: a phone whose clock went astray sees the plain page.
const known = (t) => t >= told.since && t < told.until;
const isOn = (row, t) => t < row.over && (row.marks & 2 || t >= row.start);
const onAt = (t) => rows.filter((row) => known(t) && isOn(row, t));
const nextAt = (t) => {
  const coming = rows.filter((row) => known(t) && t < row.start && !isOn(row, t));
  return coming.filter((row) => row.start == coming[0].start);
};

// A time as the station itself tells it, whatever zone the phone believes to be in. Only Indonesian says WIB.
const timeOf = (row, [, timeZone], parts) => {
  const start = new Date(row.start);
  const clock = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...parts };
  const zone = start.toLocaleTimeString("id", { timeZone, timeZoneName: "short" }).split(" ").pop();
  return start.toLocaleString(words.language, clock) + " " + zone;
};
