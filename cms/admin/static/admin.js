// The form of a record: keeps what is typed, on this phone at once and in the office at each pause; lists; the page beside.
// Words come from the page (data-…), so that they are in its language. Without this script the form works as it is.
"use strict";

const form = document.getElementById("record");
const line = document.getElementById("kept");
const store = `kentongan:${form.action}`;
const PAUSE = 1000, AGAIN = 15000;
let timer = 0, known = state();

function state() {
  return new URLSearchParams(new FormData(form)).toString();
}

function onPhone(text) {
  try {
    if (text === null) localStorage.removeItem(store);
    else localStorage.setItem(store, text);
    return true;
  } catch {
    return false; // a full phone, or one that keeps nothing: the office still does
  }
}

function say(words, more) {
  line.textContent = words;
  if (more) line.append(" ", more);
}

// One after another, so that on a slow line no older text comes in behind a newer one.
let turn = Promise.resolve();

function keep() {
  turn = turn.then(send);
  return turn;
}

async function send() {
  clearTimeout(timer);
  const now = state();
  if (now === known) return true;
  say(form.dataset.keeping);
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(now) });
    if (answer.redirected) return loggedOut();
    if (!answer.ok) throw new Error(answer.status);
    line.innerHTML = await answer.text();
    known = now;
    if (state() === now) onPhone(null);
    if (!line.querySelector(".bad")) follow();
    return true;
  } catch {
    say(onPhone(now) ? form.dataset.offline : form.dataset.unkept);
    timer = setTimeout(keep, AGAIN);
  }
}

function loggedOut() {
  onPhone(state());
  const link = document.createElement("a");
  link.href = `/admin/masuk?ke=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = form.dataset.login;
  say(form.dataset.out, link);
  return false;
}

form.addEventListener("input", () => {
  onPhone(state());
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
});
addEventListener("online", keep);
addEventListener("pagehide", () => {
  const now = state();
  if (now !== known && !form.dataset.sent) navigator.sendBeacon(form.dataset.keep, new URLSearchParams(now));
});

// What is typed is kept before anything is done with it: a form that does not arrive has lost nothing. Once sent, a
// second tap on a slow line sends nothing more.
form.addEventListener("submit", async (event) => {
  if (form.dataset.sent) return event.preventDefault();
  if (state() === known) return void (form.dataset.sent = "yes");
  event.preventDefault();
  if (await keep()) form.requestSubmit(event.submitter);
});
addEventListener("pageshow", () => { delete form.dataset.sent; });

// What never reached the office waits in a place of its own, so that what is typed from now on does not write over it.
const LEFT = `${store}:left`;

function setAside() {
  try {
    const left = localStorage.getItem(store);
    if (left && left !== known) localStorage.setItem(LEFT, left);
    localStorage.removeItem(store);
    return localStorage.getItem(LEFT);
  } catch {
    return null; // nothing is kept here
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// It is sent to the office first, and then the page shows it.
function comeBack() {
  const left = setAside();
  if (!left) return;
  const note = document.createElement("p");
  note.className = "note";
  note.role = "status";
  const take = button(form.dataset.use, async () => {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(left) });
    if (!answer.ok || answer.redirected) return loggedOut();
    localStorage.removeItem(LEFT);
    location.reload();
  });
  const leave = button(form.dataset.leave, () => { localStorage.removeItem(LEFT); note.remove(); });
  leave.className = "plain";
  note.append(form.dataset.left, " ", take, " ", leave);
  form.querySelector("h1").after(note);
}

// Adding to a list, taking away from one, and the sentence of a recurrence: the server draws, the page keeps its place.
async function redraw(what, into) {
  const body = new URLSearchParams(state());
  body.set("do", what);
  const answer = await fetch(form.action, { method: "POST", body });
  if (answer.redirected) return loggedOut();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  into(page);
}

// What was typed while the line was slow stays as it is.
function carry(old, fresh) {
  for (const field of old.querySelectorAll("[name]")) {
    const value = /radio|checkbox/.test(field.type) ? `[value="${CSS.escape(field.value)}"]` : "";
    const same = field.name !== "do" && fresh.querySelector(`[name="${CSS.escape(field.name)}"]${value}`);
    if (!same) continue;
    if (value) same.checked = field.checked;
    else same.value = field.value;
  }
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  const what = button?.value ?? "";
  if (!/^(tambah|lepas):/.test(what) || !navigator.onLine) return;
  event.preventDefault();
  const name = what.replace(/^\w+:/, "").replace(/\.\d+$/, "");
  redraw(what, (page) => {
    const old = document.getElementById(name), fresh = page.getElementById(name);
    if (!fresh) return;
    carry(old, fresh);
    old.replaceWith(fresh);
    const last = fresh.querySelector("li:last-of-type :is(input:not([type=hidden]), select, textarea)");
    (what.startsWith("tambah") ? last : fresh.querySelector(".act button"))?.focus();
    form.dispatchEvent(new Event("input"));
  });
});

form.addEventListener("change", (event) => {
  const rule = event.target.closest(".rule");
  if (!rule || !navigator.onLine) return;
  const place = [...form.querySelectorAll(".rule")].indexOf(rule);
  redraw("tambah:", (page) => {
    const fresh = page.querySelectorAll(".rule")[place];
    rule.querySelectorAll(".say, .next").forEach((one) => one.remove());
    rule.append(...(fresh?.querySelectorAll(".say, .next") ?? []));
  });
});

// The page beside the form, on wide screens: it follows what is kept, and stays where it was scrolled to.
const beside = document.getElementById("beside");
let place = 0, drawing = false;

function follow() {
  if (!beside.offsetParent) return;
  try {
    if (!drawing) place = beside.contentWindow.scrollY;
    drawing = true;
    beside.contentWindow.location.reload();
  } catch {
    beside.src = beside.src; // what stands there is no page of ours, perhaps after an outage
  }
}

beside.addEventListener("load", () => {
  drawing = false;
  try { beside.contentWindow.scrollTo(0, place); } catch { /* no page of ours */ }
});

if (form.dataset.unkeptYet !== undefined) known = "";
comeBack();
keep();
