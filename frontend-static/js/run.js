// Counts down to the start of a run, and shows an open run as it goes on: by what the server tells of it, and where that does not come
// through by looking more often than at other things.
const LOOK = 2_000;
const SILENCE = 20_000;
let told = null;
let heardAt = 0;
let lookedAt = 0;

const countDown = () => {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = Math.ceil((Date.parse(time.dataset.countdown) - Date.now()) / 1000);
    time.textContent = seconds > 0 ? `in ${seconds} s` : "now";
  }
};

const open = () => document.querySelector("#run[data-run-open]");

const look = () => {
  const region = open();
  const paused = document.querySelector("[data-live-switch]")?.getAttribute("aria-pressed") === "false";
  if (region && !paused && !document.hidden && window.htmx && !region.contains(document.activeElement)) {
    lookedAt = Date.now();
    window.htmx.trigger(region, "cw-refresh");
  }
};

const show = (progress) => {
  const bar = open()?.querySelector("progress");
  if (bar) {
    bar.value = progress.deleted.records + progress.skipped.records + progress.failed.records;
  }
  told = progress;
};

const listen = (run) => {
  const events = new EventSource(`/api/v1/runs/${run}/events`);
  events.addEventListener("progress", (event) => {
    heardAt = Date.now();
    const progress = JSON.parse(event.data);
    const turned = told !== null && progress.state !== told.state;
    show(progress);
    if (turned) {
      look();
    }
    if (progress.ended) {
      events.close();
    }
  });
};

setInterval(countDown, 1_000);
// What was told since the last look is shown in full; with nothing told for long, it may be that nothing comes through.
setInterval(() => {
  if (heardAt > lookedAt || Date.now() - Math.max(heardAt, lookedAt) >= SILENCE || heardAt === 0) {
    look();
  }
}, LOOK);
if (open()) {
  listen(open().dataset.runOpen);
}
