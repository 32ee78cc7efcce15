// Lights what the clock says is on, and puts it out at its end. Nothing of this is in the page itself, where it would
// outlast its hour. `#now` is a line on every page, `#air` the box of the home page and of an episode's own page.
const [line, air, calm] = ["now", "air", "calm"].map((id) => document.getElementById(id));
const plain = line.innerHTML;
const sign = `<b class="kick echo">${words.onAir}</b> `;

const isHere = (row) => row.url == location.pathname;
const link = (row) => `<a href="${row.url}">${row.title}</a>`;
const inLine = (row) => `${link(row)}, ${row.stations.map(([name]) => name).join(", ")}`;
const day = { weekday: "long", day: "numeric", month: "short" };
const nextInLine = (next) =>
  next[0] ? `${words.next}: ${timeOf(next[0], next[0].stations[0], day)}, ${next.map(link).join("; ")}` : plain;

const show = (element, html, isAir) => {
  if (element.shown != html) element.innerHTML = element.shown = html;
  element.closest("aside, section").classList.toggle("air", isAir);
};

// Broadcasts in lists and tables carry their own instants.
const mark = (element, t) => {
  const [from, to] = [element.dataset.from, element.dataset.to].map(Date.parse);
  const on = known(t) && t >= from && t < to;
  element.classList.toggle("over", t >= to);
  element.classList.toggle("lit", on);
  const word = element.querySelector(".echo");
  if (word && !on) word.remove();
  if (on && !word && element.matches(".slot"))
    (element.querySelector("div") || element).insertAdjacentHTML("afterbegin", sign);
};

// How to listen is fetched when there is something to listen to; where that fails, it is asked for again in a minute.
let live;
const fill = (own) => {
  if (own[0] && !live) return import(words.live).then((script) => look((live = script)), () => {});
  const boxes = own.map((row) => live.inBox(row, !isHere(row) && link(row), timeOf));
  show(air, own[0] ? sign + boxes.join("") : "", (calm.hidden = !!own[0]));
};

const look = () => {
  const t = Date.now();
  const on = onAt(t);
  show(line, on[0] ? sign + on.map(inLine).join("; ") : nextInLine(nextAt(t)), !!on[0]);
  document.querySelectorAll("[data-from]").forEach((element) => mark(element, t));
  if (air) fill(on.filter((row) => air.dataset.all || isHere(row)));
};
// Phones sleep through timers, so it looks again when the page is seen again.
const wait = () => setTimeout(() => wait(look()), 6e4 - (Date.now() % 6e4));
wait(look());
["pageshow", "visibilitychange"].forEach((event) => addEventListener(event, look));
// What changes from now on is news, for those too who hear the page.
(air || line).ariaLive = "polite";
