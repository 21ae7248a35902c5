// Updates relative times such as "3 min ago". A click shows the exact time.
const STEPS = [
  [60, 1, "s"],
  [3_600, 60, "min"],
  [172_800, 3_600, "h"],
  [Infinity, 86_400, "d"],
];

const words = (seconds) => {
  const past = Math.abs(seconds);
  if (past < 5) {
    return "just now";
  }
  const [, unit, name] = STEPS.find(([limit]) => past < limit);
  const count = Math.floor(past / unit);
  // As on the server: 26 hours are "1 d 2 h".
  const text = name === "h" && count >= 24 ? `1 d${count > 24 ? ` ${count - 24} h` : ""}` : `${count} ${name}`;
  return seconds < 0 ? `in ${text}` : `${text} ago`;
};

const update = () => {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    if (time.dataset.ago !== "exact") {
      const text = words((Date.now() - Date.parse(time.dateTime)) / 1000);
      if (time.textContent !== text) {
        time.textContent = text;
      }
    }
  }
};

document.addEventListener("click", (event) => {
  const time = event.target.closest?.("time[data-ago]");
  if (time && !time.closest("a, button, summary")) {
    const exact = time.dataset.ago !== "exact";
    time.dataset.ago = exact ? "exact" : "";
    time.textContent = exact ? time.title : "";
    update();
  }
});
setInterval(update, 1_000);
