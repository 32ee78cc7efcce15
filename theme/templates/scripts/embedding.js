// In somebody's page: the schedule stands where this script is called, in a frame that comes from where the script did.
// In the frame itself (`data-inside`): it says how high the schedule is.
const me = document.currentScript;
if ("inside" in me.dataset) {
  const tell = () => parent.postMessage({ kentongan: document.documentElement.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
} else {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: me.src.replace(/\.js.*/, "/"), title, width: "100%", height: 420, frameBorder: 0 });
  me.after(frame);
  addEventListener("message", ({ source, data }) => {
    if (source == frame.contentWindow && data.kentongan > 0) frame.height = Math.ceil(data.kentongan);
  });
}
