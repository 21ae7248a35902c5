// Refreshes the parts of a page marked data-live, while somebody looks and nobody is at work in them: every ten seconds, or as
// often as data-every says.
const TICK = 2_000;
const USUAL = 10;
let ticks = 0;
const button = document.querySelector("[data-live-switch]");
let paused = false;
try {
  paused = localStorage.getItem("cw-live") === "off";
} catch {
  // Storage is off: live it is.
}

const regions = () => [...document.querySelectorAll("[data-live]")];

const show = (state) => {
  if (!button) {
    return;
  }
  button.hidden = regions().length === 0;
  button.setAttribute("aria-pressed", String(!paused));
  const words = { live: "● Live", paused: "❚❚ Paused", lost: "✕ No connection" };
  button.textContent = words[paused ? "paused" : state];
};

const busy = (region) =>
  region.contains(document.activeElement) ||
  document.querySelector("dialog[open]") !== null ||
  document.querySelector("input[data-select]:checked") !== null ||
  (String(document.getSelection()).length > 0 && region.contains(document.getSelection().anchorNode));

const due = (region) => (ticks * TICK) % (Number(region.dataset.every ?? USUAL) * 1000) === 0;

const refresh = () => {
  if (paused || document.hidden || !window.htmx) {
    return;
  }
  for (const region of regions()) {
    if (due(region) && !busy(region)) {
      window.htmx.trigger(region, "cw-refresh");
    }
  }
};

button?.addEventListener("click", () => {
  paused = !paused;
  try {
    localStorage.setItem("cw-live", paused ? "off" : "on");
  } catch {
    // Not kept, but it holds for this page.
  }
  show("live");
});
document.body.addEventListener("htmx:sendError", () => show("lost"));
document.body.addEventListener("htmx:responseError", () => show("lost"));
document.body.addEventListener("htmx:afterOnLoad", () => show("live"));
setInterval(() => {
  ticks += 1;
  refresh();
}, TICK);
show("live");
