// Draws line charts of usage, and of other values over time, from JSON in the page. Exports the parts that other charts also use.
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [12, 4]];

export const size = (bytes) => {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(1)} ${UNITS[unit]}`;
};

// Formats a duration as pages do: with at most two units, and without a unit that is zero.
const STEPS = [[60, 0.1], [3_600, 1], [86_400, 60], [604_800, 3_600], [Infinity, 86_400]];
const TIMES = [[86_400, "d"], [3_600, "h"], [60, "min"], [1, "s"]];

export const length = (seconds) => {
  if (seconds > 0 && seconds < 0.1) {
    return `${Math.max(1, Math.floor(seconds * 1_000))} ms`;
  }
  const [, step] = STEPS.find(([limit]) => seconds < limit);
  const rounded = Math.round(seconds / step) * step;
  if (rounded < 60) {
    return `${Number(rounded.toFixed(1))} s`;
  }
  let rest = Math.round(rounded);
  const parts = [];
  for (const [unit, name] of TIMES) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) {
      parts.push(`${count} ${name}`);
    }
  }
  return parts.join(" ");
};

// Browsers resolve custom properties with light-dark() only where they are used as a color.
export const colour = (name) => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Ticks are at whole hours or days in the time zone of the user, and at round binary sizes.
const timeStep = (span) =>
  [10 * MINUTE, HOUR, 4 * HOUR, DAY, 5 * DAY, 15 * DAY].find((step) => span / step <= 8) ?? 30 * DAY;

const timeTicks = (from, until) => {
  const step = timeStep(until - from);
  const shift = new Date(until).getTimezoneOffset() * MINUTE;
  const ticks = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= until; at += step) {
    ticks.push({ value: at });
  }
  return ticks;
};

export const sizeStep = (most) => {
  const unit = 1024 ** Math.floor(Math.log(Math.max(most, 1)) / Math.log(1024));
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].map((count) => count * unit);
  return steps.find((step) => most / step <= 6) ?? unit * 1024;
};

export const lengthStep = (most) =>
  [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000].find((step) => most / step <= 6) ?? 86_400;

const UNIT_OF = {
  seconds: { words: length, step: lengthStep },
  percent: { words: (value) => `${Math.round(value)}%`, step: () => 20, most: 100 },
};

const unitOf = (data) => UNIT_OF[data.unit] ?? { words: size, step: sizeStep };

const stamp = (time, span) =>
  new Date(time).toLocaleString(
    undefined,
    timeStep(span) >= DAY ? { month: "short", day: "numeric" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  );

const read = (figure) => JSON.parse(figure.querySelector("script[type='application/json']").textContent);

// Values are unknown between two samples that are far apart, so no line connects them.
const points = (data, bytes) =>
  data.times.flatMap((time, at) =>
    at > 0 && time - data.times[at - 1] > data.gap
      ? [{ x: (time + data.times[at - 1]) / 2, y: null }, { x: time, y: bytes[at] }]
      : [{ x: time, y: bytes[at] }],
  );

const lines = (data) =>
  data.series.map((series, index) => ({
    label: series.name,
    data: points(data, series.bytes),
    borderColor: colour(`--series-${series.colour}`),
    backgroundColor: "transparent",
    borderDash: DASHES[index % DASHES.length],
    borderWidth: 2,
    pointRadius: data.times.length < 3 ? 3 : data.sparse ? 2 : 0,
    pointHitRadius: 8,
    tension: 0,
    // Several lines share their times. A line without a value at some of them continues to its next point, unless the gap is long.
    spanGaps: data.sparse ?? false,
    segment: data.sparse ? { borderColor: (part) => (part.p1.parsed.x - part.p0.parsed.x > data.gap ? "transparent" : undefined) } : {},
  }));

// Omits labels of prunes that would overlap at the same edge, because the page lists all prunes. Charts of builds have short labels, and
// the server prevents overlaps.
const labelled = (data) => {
  if (data.unit) {
    return (data.marks ?? []).map((mark) => mark.words !== "");
  }
  const close = (data.until - data.from) / 8;
  const last = { true: -Infinity, false: -Infinity };
  return (data.marks ?? []).map((mark) => {
    const fits = mark.words !== "" && mark.at - last[mark.external === true] >= close;
    if (fits) {
      last[mark.external === true] = mark.at;
    }
    return fits;
  });
};

const marks = (data) => {
  const shown = labelled(data);
  return Object.fromEntries(
    (data.marks ?? []).map((mark, index) => [
      `mark${index}`,
      {
        type: "line",
        xMin: mark.at,
        xMax: mark.at,
        borderColor: colour("--text"),
        borderWidth: 1,
        borderDash: [4, 4],
        label: { display: shown[index], content: mark.words, position: mark.external ? "end" : "start", backgroundColor: colour("--text"), color: colour("--surface") },
      },
    ]),
  );
};

const options = (data) => {
  const ink = colour("--muted");
  const grid = colour("--line");
  const span = data.until - data.from;
  const most = Math.max(...data.series.flatMap((series) => series.bytes));
  const unit = unitOf(data);
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: {
        type: "linear",
        min: data.from,
        max: data.until,
        afterBuildTicks: (axis) => {
          axis.ticks = timeTicks(data.from, data.until);
        },
        ticks: { color: ink, maxRotation: 0, autoSkipPadding: 12, callback: (value) => stamp(value, span) },
        grid: { color: grid },
      },
      y: { beginAtZero: true, max: unit.most, ticks: { color: ink, stepSize: unit.step(most), callback: (value) => unit.words(value) }, grid: { color: grid } },
    },
    plugins: {
      legend: { labels: { color: colour("--text"), boxWidth: 32, boxHeight: 0 } },
      tooltip: {
        callbacks: {
          title: (items) => new Date(items[0].parsed.x).toLocaleString(),
          label: (item) => `${item.dataset.label}: ${unit.words(item.parsed.y)}`,
        },
      },
      annotation: { annotations: marks(data) },
    },
  };
};

// Draws each figure that matches the selector, and redraws it when the colors or the page change. Skips figures without a configuration.
export const keepDrawn = (selector, configuration) => {
  const charts = new Map();
  const draw = () => {
    for (const [canvas, chart] of charts) {
      chart.destroy();
      charts.delete(canvas);
    }
    for (const figure of document.querySelectorAll(selector)) {
      const canvas = figure.querySelector("canvas");
      const made = canvas && configuration(read(figure));
      if (made) {
        charts.set(canvas, new window.Chart(canvas, made));
      }
    }
  };
  document.addEventListener("cw-theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.body.addEventListener("htmx:afterSettle", draw);
  draw();
};

keepDrawn("[data-usage-chart]", (data) =>
  data.times.length > 0 ? { type: "line", data: { datasets: lines(data) }, options: options(data) } : null,
);
