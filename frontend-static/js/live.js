// Refreshes the parts of a page marked data-live, while somebody looks and nobody is at work in them: every ten seconds, or as
// often as data-every says. What is open or closed, scrolled or in focus and has an id is so afterwards.
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

// htmx gives the focus back to what has an id; what was typed or chosen would be lost.
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
// The browser would hold on to something below, and what one reads would move away as the page grows; see landmark.
if (regions().length > 0) {
  document.documentElement.style.overflowAnchor = "none";
}

// What stays where it is on the screen: what has the focus, else the first thing with an id that begins to be seen.
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
    // What is in focus may be gone, as the last row is when another comes in.
    row: rows(region).indexOf(document.activeElement),
    // Who was at the end of a log stays there as it grows.
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
    document.querySelector("[data-said]").textContent = says;
  }
  kept = null;
});

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
