// The form of a record: keeps what is typed, on this phone at once and in the office at each pause; the editor; lists.
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

async function keep() {
  clearTimeout(timer);
  const now = state();
  if (now === known) return;
  say(form.dataset.keeping);
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(now) });
    if (answer.redirected) return loggedOut();
    if (!answer.ok) throw new Error(answer.status);
    line.innerHTML = await answer.text();
    known = now;
    if (state() === now) onPhone(null);
  } catch {
    say(onPhone(now) ? form.dataset.offline : form.dataset.unkept);
    timer = setTimeout(keep, AGAIN);
  }
}

function loggedOut() {
  const link = document.createElement("a");
  link.href = `/admin/masuk?ke=${encodeURIComponent(location.pathname)}`;
  link.textContent = form.dataset.login;
  say(form.dataset.out, link);
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
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    onPhone(state());
    return say(form.dataset.offline);
  }
  form.dataset.sent = "yes";
});

// What never reached the office: it is sent there first, and then the page shows it.
function comeBack() {
  let left = null;
  try { left = localStorage.getItem(store); } catch { /* nothing is kept here */ }
  if (!left || left === known) return;
  const note = document.createElement("p"), button = document.createElement("button");
  note.className = "note";
  note.role = "status";
  button.type = "button";
  button.textContent = form.dataset.use;
  button.addEventListener("click", async () => {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(left) });
    if (!answer.ok || answer.redirected) return loggedOut();
    onPhone(null);
    location.reload();
  });
  note.append(form.dataset.left, " ", button);
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

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  const what = button?.value ?? "";
  if (!/^(tambah|lepas):/.test(what) || !navigator.onLine) return;
  event.preventDefault();
  const name = what.replace(/^\w+:/, "").replace(/\.\d+$/, "");
  redraw(what, (page) => {
    const old = document.getElementById(name), fresh = page.getElementById(name);
    if (!fresh) return;
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

// The body: what is typed looks a little like what it becomes, with buttons that say what they do.
function count(text) {
  const words = form.querySelector("[data-words]");
  words.textContent = `${(text.match(/\S+/g) ?? []).length} ${words.dataset.words}`;
}

const TABLE = "\n| A | B |\n| --- | --- |\n|  |  |\n";
const TOOLS = {
  heading: (actions, area) => actions.toggleH2(area),
  bold: (actions, area) => actions.toggleBold(area),
  list: (actions, area) => actions.toggleBulletList(area),
  link: (actions, area) => actions.insertLink(area),
  quote: (actions, area) => actions.toggleQuote(area),
  table: (_, area) => insert(area, TABLE),
};

function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function toolbar(area) {
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.role = "toolbar";
  bar.ariaLabel = form.dataset.tools;
  for (const [name, words] of Object.entries(JSON.parse(form.dataset.toolWords))) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => {
      TOOLS[name](window.markdownActions, area);
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
    bar.append(button);
  }
  return bar;
}

// From WhatsApp, Word and the web comes HTML: what can be told in Markdown is kept, the rest is plain text.
function cleaned(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html || !window.TurndownService) return;
  event.preventDefault();
  const turn = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", emDelimiter: "*" });
  turn.remove(["style", "script", "title", "meta", "img", "svg"]);
  insert(event.target, turn.turndown(html).replace(/^#(?=\s)/gm, "##").replace(/\u00a0/g, " "));
}

// The editor in the colours of the page, by day and by night.
const INK = "var(--ink)", SOFT = "var(--soft)", LEAF = "var(--leaf)";
const PAPER = {
  name: "paper",
  colors: {
    bgPrimary: "var(--card)", bgSecondary: "var(--card)", text: INK, textPrimary: INK, textSecondary: SOFT, h1: INK, h2: INK,
    h3: INK, strong: INK, em: INK, del: SOFT, link: LEAF, code: INK, codeBg: "var(--paper)", blockquote: SOFT,
    hr: SOFT, syntaxMarker: SOFT, syntax: SOFT, listMarker: "var(--wood)", cursor: INK, selection: "var(--straw)",
    border: "var(--line)", placeholder: SOFT,
  },
};

function editor() {
  const plain = document.getElementById("body");
  if (!plain) return;
  const start = plain.value;
  let area = plain;
  if (window.OverType) {
    const box = document.createElement("div");
    box.className = "editor";
    plain.replaceWith(box);
    const [one] = new OverType(box, {
      value: start,
      autoResize: true,
      placeholder: "",
      minHeight: "15rem",
      fontFamily: "inherit",
      textareaProps: { id: "body", name: "body", "aria-label": form.dataset.body },
      theme: PAPER,
    });
    area = one.textarea;
    area.id = "body";
    area.name = "body";
    box.before(toolbar(area));
  }
  area.addEventListener("paste", cleaned);
  area.addEventListener("input", () => count(area.value));
  count(start);
}

editor();
known = state();
comeBack();
