// The browser's own player, made better: it remembers where you were, and how fast and in how little data you listen;
// it skips, knows parts and transcript, obeys keys and the lock screen. Without this script it still plays.
const box = document.getElementById("player");
const sound = box.querySelector("audio");
const control = (name) => box.querySelector(`[data-${name}]`);

// A private window or a full store throws: then nothing is remembered, and all else works.
const remembered = (name) => {
  try {
    return localStorage.getItem("kentongan:" + name);
  } catch {}
};
const remember = (name, value) => {
  try {
    value ? localStorage.setItem("kentongan:" + name, value) : localStorage.removeItem("kentongan:" + name);
  } catch {}
};

// Where to begin is kept until the recording is there to be moved about in.
let waiting;
const place = () => (waiting == null ? sound.currentTime : waiting);
const seek = (to) => {
  const end = sound.duration || Infinity;
  if (sound.readyState) sound.currentTime = Math.min(Math.max(to, 0), end);
  else waiting = Math.max(to, 0);
  follow();
};
sound.addEventListener("loadedmetadata", () => {
  if (waiting != null) sound.currentTime = waiting;
  waiting = null;
});

// Parts and stretches of the transcript are links into the recording; the last one begun is the current one.
const secondsOf = (link) => +link.hash.slice(3);
const parts = [...box.querySelectorAll(".parts a")];
const cues = [...document.querySelectorAll(".cue a")];
const follow = () => {
  const started = !sound.paused || place() > 0;
  for (const links of [parts, cues]) {
    const now = started && links.filter((link) => secondsOf(link) <= place() + 0.1).pop();
    const before = links.find((link) => link.ariaCurrent);
    if (before == now) continue;
    // The transcript keeps in step with whoever is reading along, and scrolls for nobody else.
    const reading = before && before.offsetParent && isSeen(before);
    if (before) before.ariaCurrent = null;
    if (now) now.ariaCurrent = "true";
    if (now && reading && links == cues) now.parentNode.scrollIntoView({ block: "nearest" });
  }
};
const isSeen = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};
const play = () => sound.play().catch(() => {});
const step = (by) => {
  const now = parts.findIndex((link) => link.ariaCurrent);
  // Back leads to the beginning of a part that has been playing for a while.
  const here = by < 0 && now >= 0 && place() - secondsOf(parts[now]) > 3 ? now : now + by;
  if (parts[here]) seek(secondsOf(parts[here]));
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!parts.includes(link) && !cues.includes(link)) return;
  event.preventDefault();
  seek(secondsOf(link));
  play();
});
const skip = (seconds) => seek(place() + seconds);
for (const button of box.querySelectorAll("[data-skip]")) button.onclick = () => skip(+button.dataset.skip);

const speed = control("speed");
const hasten = (value) => {
  speed.value = value;
  if (speed.selectedIndex < 0) speed.value = 1;
  sound.defaultPlaybackRate = sound.playbackRate = speed.value;
  remember("speed", speed.value);
};
speed.onchange = () => hasten(speed.value);
hasten(remembered("speed") || 1);
const faster = (by) => {
  const option = speed.options[speed.selectedIndex + by];
  if (option) hasten(option.value);
};

const small = control("small");
if (small) {
  const full = sound.src;
  const choose = () => {
    const playing = !sound.paused;
    waiting = place();
    sound.src = small.checked ? small.value : full;
    if (playing) play();
  };
  small.onchange = () => {
    remember("small", small.checked ? "yes" : "no");
    choose();
  };
  const saving = navigator.connection && navigator.connection.saveData ? "yes" : "no";
  small.checked = (remembered("small") || saving) == "yes";
  if (small.checked) choose();
}

// Where you were. Near the end is the end.
const here = location.pathname;
const resumed = +remembered(here);
if (resumed) {
  waiting = resumed;
  control("resumed").hidden = false;
  control("clock").append(new Date(resumed * 1000).toISOString().slice(resumed < 3600 ? 14 : 11, 19).replace(/:/g, "."));
  control("restart").onclick = () => {
    control("resumed").hidden = true;
    remember(here);
    seek(0);
  };
}
let saved = resumed;
const save = () => {
  if (waiting != null) return;
  saved = sound.currentTime;
  remember(here, saved > 5 && saved < sound.duration - 10 ? Math.floor(saved) : "");
};
sound.addEventListener("timeupdate", () => {
  follow();
  if (Math.abs(sound.currentTime - saved) >= 5) save();
});
sound.addEventListener("pause", save);
addEventListener("pagehide", save);
follow();

// Keys work while the focus is in the box of the player, and never in a field.
const keys = { k: () => (sound.paused ? play() : sound.pause()), j: () => skip(-15), l: () => skip(30) };
Object.assign(keys, { p: () => step(-1), n: () => step(1), "<": () => faster(-1), ">": () => faster(1) });
box.addEventListener("keydown", (event) => {
  const does = keys[event.key.toLowerCase()];
  if (!does || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  does();
});

// The lock screen.
const session = navigator.mediaSession;
sound.addEventListener("play", () => {
  for (const other of document.querySelectorAll("audio")) if (other != sound) other.pause();
  if (!session) return;
  const { title, artist, artwork } = sound.dataset;
  session.metadata = new MediaMetadata({ title, artist, artwork: artwork ? [{ src: artwork }] : [] });
  const actions = {
    play,
    pause: () => sound.pause(),
    seekbackward: ({ seekOffset }) => skip(-(seekOffset || 15)),
    seekforward: ({ seekOffset }) => skip(seekOffset || 30),
    seekto: ({ seekTime }) => seek(seekTime),
  };
  if (parts[0]) Object.assign(actions, { previoustrack: keys.p, nexttrack: keys.n });
  for (const [name, does] of Object.entries(actions)) {
    try {
      session.setActionHandler(name, does);
    } catch {}
  }
});
