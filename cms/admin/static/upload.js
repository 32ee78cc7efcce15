// Sends a chosen file while its form is still being filled in: photos made smaller first, piece by piece (tus 1.0.0), on
// where it broke off. The words come from the page (data-…). Without this script the file goes with its form.
"use strict";

const HOME = "/admin/unggah/", TUS = { "Tus-Resumable": "1.0.0" };
const PIECE = 256 * 1024, LONGEST = 1600, QUALITY = 0.85, AGAIN = 4000;

for (const input of document.querySelectorAll("[data-unggah]")) input.addEventListener("change", () => begin(input));

async function begin(input) {
  const file = input.files[0];
  input.sending?.stop();
  if (!file) return;
  const sending = input.sending = new Sending(input, file.name);
  sending.run(await smaller(file, input.dataset.unggah));
}

// What a phone's photo is too large by never travels. What the browser cannot open goes as it is: the office looks at it.
async function smaller(file, kind) {
  if (kind !== "picture" || !/^image\/(jpeg|webp|avif|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

class Sending {
  constructor(input, name) {
    this.input = input;
    this.name = name;
    this.form = input.form;
    this.box = input.closest(".f").querySelector(".sending");
    this.words = this.box.querySelector("[role=status]");
    this.pause = this.box.querySelector("[data-pause]");
    this.resume = this.box.querySelector("[data-resume]");
    this.buttons = [...this.form.querySelectorAll("button:not([type=button])")];
    this.pause.onclick = () => this.rest();
    this.resume.onclick = () => this.run(this.file);
  }

  async run(file) {
    this.file = file;
    this.paused = this.stopped = false;
    this.show(true);
    for (const button of this.buttons) button.disabled = true;
    while (!this.paused && !this.stopped) {
      try {
        await this.step();
        if (this.offset === file.size) return this.arrived();
      } catch (reason) {
        if (reason instanceof Refused) return this.refused();
        if (this.paused || this.stopped) return;
        this.offset = undefined; // the office is asked how far it is
        this.say("waits");
        await new Promise((done) => { setTimeout(done, AGAIN); addEventListener("online", done, { once: true }); });
      }
    }
  }

  // Also a page that was closed goes on where it was.
  get mark() {
    return `kentongan:${this.input.dataset.unggah}:${this.name}:${this.file.size}:${this.file.lastModified}`;
  }

  async step() {
    this.address ??= localStorage.getItem(this.mark) ?? undefined;
    if (!this.address) {
      const metadata = `kind ${btoa(this.input.dataset.unggah)},filename ${base64(this.name)}`;
      const answer = await this.ask(HOME, "POST", { "Upload-Length": this.file.size, "Upload-Metadata": metadata });
      this.address = answer.headers.get("Location");
      this.offset = 0;
      if (this.file instanceof File) localStorage.setItem(this.mark, this.address);
    } else if (this.offset === undefined) {
      this.offset = Number((await this.ask(this.address, "HEAD", {})).headers.get("Upload-Offset"));
    }
    this.say("percent");
    if (this.offset < this.file.size) {
      const headers = { "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" };
      const piece = this.file.slice(this.offset, this.offset + PIECE);
      this.offset = Number((await this.ask(this.address, "PATCH", headers, piece)).headers.get("Upload-Offset"));
      this.say("percent");
    }
  }

  async ask(address, method, headers, body) {
    this.cut = new AbortController();
    const answer = await fetch(address, { method, headers: { ...TUS, ...headers }, body, signal: this.cut.signal, redirect: "manual" });
    if (answer.ok) return answer;
    if (answer.status === 404 && this.address) {
      this.address = undefined; // it is over there: from the beginning
      localStorage.removeItem(this.mark);
      throw new Error("over");
    }
    if (answer.status === 409 || answer.status === 423 || answer.status >= 500) throw new Error(answer.status);
    throw new Refused();
  }

  arrived() {
    this.say("done");
    localStorage.removeItem(this.mark);
    this.show(false);
    this.form.querySelector("[name=unggahan]")?.remove();
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "unggahan", value: this.address.slice(HOME.length) });
    this.form.append(hidden);
    this.input.required = false;
    this.input.value = ""; // its bytes are there, and need not go once more with the form
    this.ready();
  }

  // It may still go the plain way: with the form.
  refused() {
    this.say("failed");
    this.show(false);
    this.ready();
  }

  rest() {
    this.paused = true;
    this.cut?.abort();
    this.offset = undefined;
    this.say("stopped");
    this.show(false, true);
  }

  stop() {
    this.stopped = true;
    this.cut?.abort();
  }

  ready() {
    for (const button of this.buttons) button.disabled = false;
  }

  show(busy, paused = false) {
    this.box.hidden = false;
    this.pause.hidden = !busy;
    this.resume.hidden = !paused;
    this.box.querySelector("progress").hidden = !(busy || paused);
  }

  say(what) {
    const share = Math.floor((100 * (this.offset ?? this.known ?? 0)) / (this.file.size || 1));
    this.known = this.offset ?? this.known;
    this.box.querySelector("progress").value = share;
    this.words.textContent = this.box.dataset[what].replace("{name}", this.name).replace("{percent}", share);
  }
}

class Refused extends Error {}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
