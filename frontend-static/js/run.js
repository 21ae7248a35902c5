// Counts down to the start of a run, and looks at an open run more often than at other things.
const LOOK = 2_000;

const countDown = () => {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = Math.ceil((Date.parse(time.dataset.countdown) - Date.now()) / 1000);
    time.textContent = seconds > 0 ? `in ${seconds} s` : "now";
  }
};

const look = () => {
  const region = document.querySelector("#run[data-run-open]");
  const paused = document.querySelector("[data-live-switch]")?.getAttribute("aria-pressed") === "false";
  if (region && !paused && !document.hidden && window.htmx && !region.contains(document.activeElement)) {
    window.htmx.trigger(region, "cw-refresh");
  }
};

setInterval(countDown, 1_000);
setInterval(look, LOOK);
