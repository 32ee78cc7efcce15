// The body of a record: what is typed looks a little like what it becomes, with buttons that say what they do; what is
// pasted comes as Markdown, and pictures are sent from here. Words come from the page (data-…).
"use strict";

const form = document.getElementById("record");
const plain = document.getElementById("body");

const TABLE = "\n| A | B |\n| --- | --- |\n|  |  |\n";
const TOOLS = {
  heading: (actions, area) => actions.toggleH2(area),
  bold: (actions, area) => actions.toggleBold(area),
  list: (actions, area) => actions.toggleBulletList(area),
  link: (actions, area) => actions.insertLink(area),
  image: (_, area) => area.dispatchEvent(new Event("picture")),
  quote: (actions, area) => actions.toggleQuote(area),
  table: (_, area) => insert(area, TABLE),
  undo: (_, area) => { area.focus(); document.execCommand("undo"); },
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
  for (const [name, words] of JSON.parse(form.dataset.toolWords)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => {
      TOOLS[name](window.markdownActions, area);
      if (name === "image") return;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
    bar.append(button);
  }
  return bar;
}

function count(text) {
  const words = form.querySelector("[data-words]");
  words.textContent = `${(text.match(/\S+/g) ?? []).length} ${words.dataset.words}`;
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

// What only pasting needs comes once the page can be used.
function fetchTurndown() {
  const script = document.createElement("script");
  script.src = form.dataset.turndown;
  document.head.append(script);
}

// A picture in the text is sent from a sheet of its own, which asks what is to be seen; then it stands where one wrote.
class Photos {
  constructor(area) {
    this.area = area;
    this.dialog = document.getElementById("picture-sheet");
    this.sheet = this.dialog.querySelector("form");
    this.file = this.sheet.querySelector("[type=file]");
    this.trouble = this.sheet.querySelector("[role=alert]");
    this.sheet.addEventListener("submit", (event) => this.send(event));
    this.sheet.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    area.addEventListener("picture", () => this.ask());
    area.addEventListener("paste", (event) => this.given(event, event.clipboardData));
    area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    area.addEventListener("drop", (event) => this.given(event, event.dataTransfer));
  }

  // Word puts a picture of the text beside the text: where there are words, they are meant.
  given(event, data) {
    const photo = [...data.files].find((file) => file.type.startsWith("image/"));
    const page = new DOMParser().parseFromString(data.getData("text/html"), "text/html");
    if (!photo || page.body.textContent.trim() || data.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const one = new DataTransfer();
    one.items.add(photo);
    this.ask();
    this.file.files = one.files;
    this.file.dispatchEvent(new Event("change"));
  }

  ask() {
    this.place = this.area.selectionStart;
    const letters = [...this.area.value.slice(0, this.place)].length;
    this.sheet.querySelector("[data-library]").value = `gambar:body@${letters}`;
    this.trouble.textContent = "";
    this.dialog.showModal();
  }

  async send(event) {
    event.preventDefault();
    const headers = { Accept: "application/json" };
    try {
      const answer = await fetch(this.sheet.action, { method: "POST", body: new FormData(this.sheet), headers });
      const { markdown, trouble } = await answer.json();
      if (markdown) return this.put(markdown);
      this.trouble.textContent = trouble;
    } catch {
      this.trouble.textContent = this.sheet.dataset.failed;
    }
  }

  put(markdown) {
    this.dialog.close();
    this.sheet.reset();
    this.sheet.querySelector("[name=unggahan]")?.remove();
    this.sheet.querySelector(".sending").hidden = true;
    this.file.required = true;
    this.area.setSelectionRange(this.place, this.place);
    insert(this.area, `\n\n${markdown}\n\n`);
  }
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
    form.querySelector("[data-plain]").hidden = true;
  }
  new Photos(area);
  area.addEventListener("paste", cleaned);
  area.addEventListener("input", () => count(area.value));
  count(start);
}

if (plain) editor();
if (plain && form.dataset.turndown) addEventListener("load", fetchTurndown);
