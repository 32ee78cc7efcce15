// On a site that is built elsewhere: shows the comments that were approved since, and takes away those that are no more.
// Without it both come with the next build.
(async () => {
const list = document.querySelector("[data-newer]");
const { comments } = await (await fetch(list.dataset.newer)).json();
const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const shown = new Set();
for (const one of comments.filter(one => one.text)) {
  const id = list.dataset.prefix + one.id;
  shown.add(id);
  if (document.getElementById(id)) continue;
  const item = make("li", "");
  item.id = id;
  item.append(make("strong", one.name), make("p", one.text));
  list.append(item);
}
for (const item of list.querySelectorAll("li[id]"))
  if (!shown.has(item.id)) item.querySelectorAll(":scope > :not(ol)").forEach(part => part.remove());
})();
