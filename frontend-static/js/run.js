// Counts down to the start of a run, and shows an open run as it goes on: by what the server tells of it, and where that does not come
// through by looking more often than at other things.
const LOOK = 2_000;
const PATIENCE = 10;
let events = null;
let state = null;
let news = false;
let silent = PATIENCE;

const countDown = () => {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = Math.ceil((Date.parse(time.dataset.countdown) - Date.now()) / 1000);
    time.textContent = seconds > 0 ? `in ${seconds} s` : "now";
  }
};

const open = () => document.querySelector("#run[data-run-open]");

// As on the live pages: htmx gives the focus back to what has an id; what was typed would be lost.
const holdsFocus = (region) => {
  const active = document.activeElement;
  return region.contains(active) && (!active.id || active.matches("input, select, textarea"));
};

const look = () => {
  const region = open();
  const paused = document.querySelector("[data-live-switch]")?.getAttribute("aria-pressed") === "false";
  if (region && !paused && !document.hidden && window.htmx && !holdsFocus(region)) {
    news = false;
    window.htmx.trigger(region, "cw-refresh");
  }
};

// A button that a run does not offer any more takes the focus along. The state of the run is the nearest thing that stays.
let focused = false;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  focused = event.detail.target?.id === "run" && event.detail.target.contains(document.activeElement);
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (focused && document.activeElement === document.body) {
    document.querySelector("#run-state")?.focus({ preventScroll: true });
  }
  focused = false;
});

const hear = (progress) => {
  const bar = open()?.querySelector("progress");
  if (bar) {
    bar.value = progress.deleted.records + progress.skipped.records + progress.failed.records;
  }
  const turned = state !== null && state !== progress.state;
  state = progress.state;
  silent = 0;
  news = true;
  if (turned) {
    look();
  }
};

const hangUp = () => {
  events?.close();
  events = null;
};

// A browser opens few connections to one server: a tab that nobody looks at must not keep one.
const listen = () => {
  hangUp();
  const region = open();
  if (region && !document.hidden) {
    events = new EventSource(`/api/v1/runs/${region.dataset.runOpen}/events`);
    events.addEventListener("progress", (event) => {
      const progress = JSON.parse(event.data);
      hear(progress);
      if (progress.ended) {
        hangUp();
      }
    });
  }
};

setInterval(countDown, 1_000);
// What was told since the last look is shown in full now; where nothing is told for long, maybe nothing comes through.
setInterval(() => {
  silent += 1;
  if (news || silent > PATIENCE) {
    look();
  }
}, LOOK);
document.addEventListener("visibilitychange", listen);
listen();
