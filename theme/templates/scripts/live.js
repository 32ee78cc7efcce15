// Only a tap makes a player. It outlives the sign: nobody is cut off when a broadcast takes longer than announced.
let live;
addEventListener("click", (event) => {
  const { href, dataset } = event.target;
  if (!dataset || dataset.stream == null) return;
  event.preventDefault();
  live = live || Object.assign(document.createElement("audio"), { controls: true, ariaLabel: words.listen[0] });
  live.onended = live.onerror = () => (live.outerHTML = `<p role="status">${words.silent}</p>`);
  live.src = href;
  air.after(live);
  live.play().catch(() => {});
});
