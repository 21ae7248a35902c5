// Counts down to the start of a run, and updates the page of an open run after events from the server. If no events arrive, reloads
// the figures at short intervals.
const LOOK = 2_000;
const PATIENCE = 10;
let events = null;
let state = null;
let news = false;
let silent = PATIENCE;

// Formats whole seconds as pages do: 1 h 2 min 3 s, without a unit that is zero.
const duration = (seconds) =>
  [[Math.floor(seconds / 3_600), "h"], [Math.floor(seconds / 60) % 60, "min"], [seconds % 60, "s"]]
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");

const countDown = () => {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = Math.ceil((Date.parse(time.dataset.countdown) - Date.now()) / 1000);
    time.textContent = seconds > 0 ? `in ${duration(seconds)}` : "now";
  }
};

const open = () => document.querySelector("#run[data-run-open]");

// As on the live pages, htmx restores the focus to elements with an ID, but not the input of a field.
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

// If a focused button disappears, the focus moves to the state of the run.
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

// Browsers limit the connections to a server, so a hidden tab keeps none open.
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
// Updates the page if events arrived since the last update, or if none arrived for a long time.
setInterval(() => {
  silent += 1;
  if (news || silent > PATIENCE) {
    look();
  }
}, LOOK);
document.addEventListener("visibilitychange", listen);
listen();
