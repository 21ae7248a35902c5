// Keyboard shortcuts. A checkbox in the keyboard help disables them (WCAG 2.1.4).
const PLACES = { o: "/", h: "/hosts", r: "/records", p: "/policies", u: "/runs" };
const help = document.querySelector("#keys");
const tick = help?.querySelector("[data-keys-off]");
let wasG = false;
let off = false;
try {
  off = localStorage.getItem("cw-keys") === "off";
} catch {
  // Storage is disabled, so shortcuts are enabled.
}

if (tick) {
  tick.checked = off;
  tick.addEventListener("change", () => {
    off = tick.checked;
    try {
      localStorage.setItem("cw-keys", off ? "off" : "on");
    } catch {
      // Storage is disabled, so the setting applies only to this page.
    }
  });
}

const typing = (element) => element.closest?.("input, select, textarea, [contenteditable], dialog[open]") !== null;

const rows = () => [...document.querySelectorAll("[data-rows] tbody tr a[data-row]")];

const move = (step) => {
  const links = rows();
  if (links.length > 0) {
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  }
};

const actions = {
  "/": () => document.querySelector("[data-filter]")?.focus(),
  "?": () => help?.showModal(),
  t: () => document.dispatchEvent(new CustomEvent("cw-next-theme")),
  j: () => move(1),
  k: () => move(-1),
};

document.addEventListener("keydown", (event) => {
  if (off || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
    return;
  }
  if (wasG && PLACES[event.key]) {
    location.assign(PLACES[event.key]);
  } else if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
  wasG = event.key === "g";
});

// Support for browsers without the attribute "command".
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog) {
      button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
    }
  });
}
