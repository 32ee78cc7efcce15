// What was typed into forms and is kept on this phone alone (admin.js): a link to each form that has left something here.
"use strict";

const room = document.getElementById("on-phone");
const here = document.getElementById("record")?.action;
const start = `kentongan:${room.dataset.who}:`;
const under = `${location.origin}${room.dataset.under}`;

function left() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(start + under));
    const addresses = names.map((name) => name.slice(start.length).replace(/:left$/, ""));
    return new Set(addresses.filter((address) => address !== here));
  } catch {
    return []; // nothing is kept here
  }
}

function item(address) {
  const made = document.createElement("li"), link = document.createElement("a"), name = document.createElement("b");
  name.textContent = room.dataset.left;
  link.href = address;
  link.append(name);
  made.append(link);
  return made;
}

room.append(...Array.from(left(), item));
