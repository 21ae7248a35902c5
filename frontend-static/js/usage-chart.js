// Draws usage over time from the table that holds the same numbers.
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [12, 4]];

const size = (bytes) => {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(1)} ${UNITS[unit]}`;
};

// Custom properties with light-dark() are only resolved where they are used as a colour.
const colour = (name) => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

const stamp = (time, wide) =>
  new Date(time).toLocaleString(undefined, wide ? { month: "short", day: "numeric" } : { hour: "2-digit", minute: "2-digit" });

const read = (figure) => JSON.parse(figure.querySelector("script[type='application/json']").textContent);

const lines = (data) =>
  data.series.map((series, index) => ({
    label: series.name,
    data: data.times.map((time, at) => ({ x: time, y: series.bytes[at] })),
    borderColor: colour(`--series-${(index % 6) + 1}`),
    backgroundColor: colour(`--series-${(index % 6) + 1}`),
    borderDash: DASHES[index % DASHES.length],
    borderWidth: 2,
    pointRadius: data.times.length < 3 ? 3 : 0,
    pointHitRadius: 8,
    tension: 0,
    spanGaps: false,
  }));

const marks = (data) =>
  Object.fromEntries(
    (data.marks ?? []).map((mark, index) => [
      `mark${index}`,
      {
        type: "line",
        xMin: mark.at,
        xMax: mark.at,
        borderColor: colour("--text"),
        borderWidth: 1,
        borderDash: [4, 4],
        label: { display: true, content: mark.words, position: "start", backgroundColor: colour("--text"), color: colour("--surface") },
      },
    ]),
  );

const options = (data) => {
  const ink = colour("--muted");
  const grid = colour("--line");
  const wide = data.until - data.from > 3 * 86_400_000;
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: {
        type: "linear",
        min: data.from,
        max: data.until,
        ticks: { color: ink, maxTicksLimit: 8, maxRotation: 0, callback: (value) => stamp(value, wide) },
        grid: { color: grid },
      },
      y: { beginAtZero: true, ticks: { color: ink, callback: (value) => size(value) }, grid: { color: grid } },
    },
    plugins: {
      legend: { labels: { color: colour("--text"), usePointStyle: true, pointStyle: "line", boxWidth: 28 } },
      tooltip: {
        callbacks: {
          title: (items) => new Date(items[0].parsed.x).toLocaleString(),
          label: (item) => `${item.dataset.label}: ${size(item.parsed.y)}`,
        },
      },
      annotation: { annotations: marks(data) },
    },
  };
};

const charts = new Map();

const draw = () => {
  for (const [canvas, chart] of charts) {
    chart.destroy();
    charts.delete(canvas);
  }
  for (const figure of document.querySelectorAll("[data-usage-chart]")) {
    const data = read(figure);
    const canvas = figure.querySelector("canvas");
    if (canvas && data.times.length > 0) {
      charts.set(canvas, new window.Chart(canvas, { type: "line", data: { datasets: lines(data) }, options: options(data) }));
    }
  }
};

document.addEventListener("cw-theme", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
document.body.addEventListener("htmx:afterSettle", draw);
draw();
