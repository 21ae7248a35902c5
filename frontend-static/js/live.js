// Refreshes the parts of a page marked data-live while the page is visible and the user is not working in them: every ten seconds, or
// at the interval in data-every. Elements with an id keep their focus, scroll position, and open or closed state.
const TICK = 2_000;
const USUAL = 10;
let ticks = 0;
const button = document.querySelector("[data-live-switch]");
let paused = false;
try {
  paused = localStorage.getItem("cw-live") === "off";
} catch {
  // Storage is disabled, so the page is live.
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

// htmx restores the focus of elements with an id, but input and selections would be lost.
const holdsFocus = (region) => {
  const active = document.activeElement;
  return region.contains(active) && (!active.id || active.matches("input, select, textarea"));
};

const busy = (region) =>
  holdsFocus(region) ||
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

const rows = (part) => [...part.querySelectorAll("a[data-row]")];
let kept = null;
const NEAR_THE_END = 8;
// The anchor that browsers select can be below the text that the user reads, which would then move as the page grows. See landmark.
if (regions().length > 0) {
  document.documentElement.style.overflowAnchor = "none";
}

// Returns the element that keeps its position on the screen: the focused one, or the first visible one with an id.
const landmark = (region) => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.top < innerHeight;
  };
  const active = document.activeElement;
  const element =
    region.contains(active) && active.id && seen(active) ? active : [...region.querySelectorAll("[id]")].find(seen);
  return element && { id: element.id, top: element.getBoundingClientRect().top };
};

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const region = event.detail.target;
  if (!region.matches?.("[data-live]")) {
    return;
  }
  kept = {
    landmark: scrollY > 0 ? landmark(region) : undefined,
    says: region.dataset.says,
    details: [...region.querySelectorAll("details[id]")].map((one) => ({ id: one.id, open: one.open })),
    // The focused row can be removed, for example the last row when a new one is added.
    row: rows(region).indexOf(document.activeElement),
    // A log that is scrolled to its end stays at the end as it grows.
    scrolled: [...region.querySelectorAll(".scroll[id]")].map((one) => ({
      id: one.id,
      left: one.scrollLeft,
      top: one.scrollTop,
      atEnd: one.scrollTop + one.clientHeight >= one.scrollHeight - NEAR_THE_END,
    })),
  };
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (!kept) {
    return;
  }
  for (const one of kept.details) {
    document.getElementById(one.id)?.toggleAttribute("open", one.open);
  }
  if (kept.row >= 0 && document.activeElement === document.body) {
    rows(document)[Math.min(kept.row, rows(document).length - 1)]?.focus({ preventScroll: true });
  }
  for (const one of kept.scrolled) {
    const element = document.getElementById(one.id);
    element?.scrollTo({ left: one.left, top: one.atEnd ? element.scrollHeight : one.top, behavior: "instant" });
  }
  const held = kept.landmark && document.getElementById(kept.landmark.id);
  if (held) {
    scrollBy({ top: held.getBoundingClientRect().top - kept.landmark.top, behavior: "instant" });
  }
  const says = event.target.dataset?.says;
  if (says && says !== kept.says) {
    document.querySelector("[data-notice]").textContent = says;
  }
  kept = null;
});

button?.addEventListener("click", () => {
  paused = !paused;
  try {
    localStorage.setItem("cw-live", paused ? "off" : "on");
  } catch {
    // Storage is disabled, so the setting applies only to this page.
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
