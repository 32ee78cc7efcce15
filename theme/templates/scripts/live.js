// What a page needs only while something is on: the box that says so, with streams to tap. `now.js` asks for it then.
const stream = ([url, rate], place) =>
  `<a class="button${place ? " plain" : ""}" href="${url}" data-stream>${words.listen[place]}${rate && words.rate.replace("0", rate)}</a> `;
export const inBox = (row, heading, timeOf) =>
  `<h2>${heading || words.here}</h2>` +
  row.stations
    .map(
      (station) =>
        `<p>${row.program || ""}${station[0]}${row.marks & 1 ? words.repeat : ""}. ${words.began} ${timeOf(row, station)}.</p>` +
        `<p class="buttons">${station[2].map(stream).join("")}</p>`,
    )
    .join("");

// A stream is a plain link, until somebody taps it: only that makes a player. It outlives the sign: nobody is cut off
// when a broadcast takes longer than announced.
let live;
addEventListener("click", (event) => {
  const { href, dataset } = event.target;
  if (!dataset || dataset.stream == null) return;
  event.preventDefault();
  live = live || Object.assign(document.createElement("audio"), { controls: true, ariaLabel: words.listen[0] });
  live.onended = live.onerror = () => (live.outerHTML = `<p role="status">${words.silent}</p>`);
  live.src = href;
  document.getElementById("air").after(live);
  live.play().catch(() => {});
});
