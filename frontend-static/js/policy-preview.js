// Marks the preview of the policy form as out of date from an edit until the next result. If no result arrives, shows the reason and
// offers to try again, or to sign in and return to the form with the same input.
const form = document.querySelector("#policy-form");
const panel = document.querySelector(".preview");
const body = panel?.querySelector(".preview-body");
const note = panel?.querySelector("[data-preview-note]");
const words = note?.querySelector("[data-preview-words]");
const retry = note?.querySelector("[data-preview-retry]");
const signIn = note?.querySelector("[data-preview-sign-in]");
const KEPT = `cw-form ${location.pathname}`;
const NOT_KEPT = ["_csrf", "page"];

const outOfDate = (reason, step) => {
  panel.dataset.outOfDate = "";
  note.hidden = false;
  words.textContent = reason;
  retry.hidden = step !== "retry";
  signIn.hidden = step !== "sign-in";
};

const upToDate = () => {
  delete panel.dataset.outOfDate;
  note.hidden = true;
};

const reasonOf = (status) => {
  if (status === 401 || status === 403) {
    return ["You are signed out, so the preview cannot be updated. The form is unchanged.", "sign-in"];
  }
  return [`The server answered with error ${status}. The form is unchanged.`, "retry"];
};

const own = (event) => event.detail.elt === body;

const keep = () => {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(fields));
  } catch {
    // Storage is disabled. The browser may still restore the form.
  }
};

const fill = (fields) => {
  for (const element of form.elements) {
    if (!element.name || NOT_KEPT.includes(element.name) || element.type === "submit") {
      continue;
    }
    const values = fields.filter(([name]) => name === element.name).map(([, value]) => value);
    if (element.type === "checkbox" || element.type === "radio") {
      element.checked = values.includes(element.value);
    } else if (values.length > 0) {
      element.value = values[0];
    }
  }
};

const restore = () => {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    if (kept) {
      fill(JSON.parse(kept));
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
  } catch {
    // Unreadable input is not restored.
  }
};

const controlOf = (field) => {
  const found = form.elements[field] ?? form.elements[field.split(".").at(-1)];
  return found instanceof RadioNodeList ? found[0] : found;
};

const clearProblems = () => {
  for (const live of form.querySelectorAll("[data-live-problem]")) {
    live.remove();
  }
  for (const control of form.querySelectorAll("[data-live-invalid]")) {
    control.removeAttribute("aria-invalid");
    delete control.dataset.liveInvalid;
  }
};

// Moves each error message to its field. Messages without a field stay in the preview.
const placeProblems = () => {
  clearProblems();
  for (const item of body.querySelectorAll("[data-field]")) {
    const control = controlOf(item.dataset.field);
    const holder = control?.closest(".field");
    if (!holder) {
      continue;
    }
    holder.querySelector(":scope > .wrong")?.remove();
    const problem = document.createElement("p");
    problem.className = "wrong";
    problem.dataset.liveProblem = "";
    problem.textContent = item.dataset.reason;
    (control.closest(".choices") ?? control).after(problem);
    control.setAttribute("aria-invalid", "true");
    control.dataset.liveInvalid = "";
    item.remove();
  }
};

if (form && note) {
  form.addEventListener("input", () => outOfDate("Calculating a new preview.", null));
  form.addEventListener("change", () => outOfDate("Calculating a new preview.", null));
  // Prevents htmx from following the redirect to the login after a 401, which would lose the form.
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const status = event.detail.xhr.status;
    if (own(event) && status >= 400) {
      event.preventDefault();
      outOfDate(...reasonOf(status));
    }
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (own(event) && "outOfDate" in panel.dataset) {
      outOfDate("Calculating a new preview.", null);
    }
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      if (own(event)) {
        outOfDate("The server did not respond. The form is unchanged.", "retry");
      }
    });
  }
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === body) {
      upToDate();
      placeProblems();
    }
  });
  retry.addEventListener("click", () => window.htmx.trigger(body, "cw-retry"));
  signIn.addEventListener("click", keep);
  restore();
}
