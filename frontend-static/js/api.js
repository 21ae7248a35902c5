// The REST API in Swagger UI, within the session of the user.
const root = document.getElementById("api");
const READING = ["GET", "HEAD"];

// Sends each request to this service, even if the document names another address, such as that of a proxy.
const withinSession = (request) => {
  const url = new URL(request.url, location.href);
  request.url = url.pathname + url.search;
  if (!READING.includes((request.method ?? "GET").toUpperCase())) {
    request.headers[root.dataset.tokenHeader] = root.dataset.token;
  }
  return request;
};

const nothing = () => null;

// The page introduces the API itself, and the session authenticates each request. Only the operations remain.
const fitIn = ({ React }) => ({
  components: {
    authorizeOperationBtn: nothing,
    Page: ({ getComponent, specSelectors }) => {
      const status = specSelectors.loadingStatus();
      const text = (role, words) => React.createElement("p", { role, className: "muted" }, words);
      if (status === "failed" || status === "failedConfig") {
        return text("alert", "The OpenAPI document could not be loaded. Reload the page.");
      }
      return status === "success"
        ? React.createElement("div", { className: "swagger-ui" }, React.createElement(getComponent("operations", true)))
        : text("status", "Loading the operations…");
    },
  },
  wrapComponents: {
    // The field for the body of a request has no label of its own.
    TextArea: (Original) => (props) => React.createElement(Original, { "aria-label": "Request body", ...props }),
  },
});

window.SwaggerUIBundle({
  url: root.dataset.document,
  domNode: root,
  presets: [window.SwaggerUIBundle.presets.apis],
  plugins: [fitIn],
  layout: "Page",
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  requestInterceptor: withinSession,
  showMutatedRequest: false,
  syntaxHighlight: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});

// Tables of responses are regions, which need different names.
new MutationObserver(() => {
  for (const table of root.querySelectorAll("table[role=region]:not([aria-label])")) {
    const summary = table.closest(".opblock").querySelector(".opblock-summary-control");
    table.setAttribute("aria-label", `Responses of ${summary.textContent}`);
  }
}).observe(root, { childList: true, subtree: true });
