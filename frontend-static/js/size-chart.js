// Draws the hit rate and the rebuild time per day by cache size.
// The URLs of scripts contain a hash that only the page knows, so this script imports the shared functions from the URL in the page.
const { colour, keepDrawn, length, lengthStep, size, sizeStep } = await import(document.querySelector("script[src*='/usage-chart']").src);

const LABEL = 24;

// Returns a whole number of steps, so that the ticks of the axis are round numbers.
const widest = (data) => {
  const most = Math.max(data.sizes.at(-1), ...data.marks.map((mark) => mark.size));
  const step = sizeStep(most);
  return Math.ceil((most * 1.02) / step) * step;
};

const line = (data, values, label, axis, series, dash) => ({
  label,
  data: [...data.sizes.map((at, index) => ({ x: at, y: values[index] })), { x: widest(data), y: values.at(-1) }],
  yAxisID: axis,
  borderColor: colour(`--series-${series}`),
  backgroundColor: "transparent",
  borderDash: dash,
  borderWidth: 2,
  pointRadius: 0,
  pointHitRadius: 8,
  // The hit rate is known only at the sizes of the data, not between them.
  stepped: "before",
});

const marks = (data) =>
  Object.fromEntries(
    data.marks.map((mark, index) => [
      mark.letter,
      {
        type: "line",
        xMin: mark.size,
        xMax: mark.size,
        borderColor: colour("--text"),
        borderWidth: 1,
        borderDash: [4, 4],
        label: {
          display: true,
          content: mark.letter,
          position: "start",
          yAdjust: -LABEL * (index % 4),
          backgroundColor: colour("--text"),
          color: colour("--surface"),
        },
      },
    ]),
  );

const scales = (data) => {
  const ink = colour("--muted");
  const grid = { color: colour("--line") };
  const title = (text) => ({ display: true, text, color: ink });
  const made = data.rebuilds && {
    position: "right",
    beginAtZero: true,
    title: title("Rebuild time per day"),
    ticks: { color: ink, stepSize: lengthStep(Math.max(...data.rebuilds)), callback: (value) => length(value) },
    grid: { drawOnChartArea: false },
  };
  return {
    x: {
      type: "linear",
      min: 0,
      max: widest(data),
      title: title("Cache size"),
      ticks: { color: ink, maxRotation: 0, autoSkipPadding: 12, stepSize: sizeStep(widest(data)), callback: (value) => size(value) },
      grid,
    },
    hits: { position: "left", min: 0, max: 100, title: title("Hit rate"), ticks: { color: ink, stepSize: 20, callback: (value) => `${value}%` }, grid },
    ...(made && { rebuilds: made }),
  };
};

const options = (data) => ({
  animation: false,
  maintainAspectRatio: false,
  interaction: { mode: "index", intersect: false },
  scales: scales(data),
  plugins: {
    legend: { labels: { color: colour("--text"), boxWidth: 32, boxHeight: 0 } },
    tooltip: {
      callbacks: {
        title: (items) => size(Math.round(items[0].parsed.x)),
        label: (item) =>
          `${item.dataset.label}: ${item.dataset.yAxisID === "hits" ? `${item.parsed.y.toFixed(1)}%` : length(item.parsed.y)}`,
      },
    },
    annotation: { annotations: marks(data) },
  },
});

keepDrawn("[data-size-chart]", (data) => {
  const datasets = [line(data, data.hits, data.least ? "Maximum hit rate" : "Hit rate", "hits", 2, [])];
  if (data.least) {
    datasets.push(line(data, data.least, "Minimum hit rate", "hits", 2, [2, 3]));
  }
  if (data.rebuilds) {
    datasets.push(line(data, data.rebuilds, "Rebuild time per day", "rebuilds", 3, [6, 3]));
  }
  return { type: "line", data: { datasets }, options: options(data) };
});
