// Keeps the preview of the policy form honest: from the first edit on the old result is out of date, and it stays so until a new one
// is there. Where none comes, it says why and offers to try again, or to sign in and return to the form with all that was typed.
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
    return ["You are signed out, so the preview cannot follow your changes. The form is unchanged.", "sign-in"];
  }
  return [`The server answered with error ${status}. The form is unchanged.`, "retry"];
};

const own = (event) => event.detail.elt === body;

const keep = () => {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(fields));
  } catch {
    // Storage is off: the browser's own memory of forms has to do.
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
    // What cannot be read is not restored.
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

// What is wrong stands at its field, and only there; what has no field stays in the preview.
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
  form.addEventListener("input", () => outOfDate("A new preview is calculated.", null));
  form.addEventListener("change", () => outOfDate("A new preview is calculated.", null));
  // Before htmx follows the redirect to the login that comes with a 401, which would lose the form.
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const status = event.detail.xhr.status;
    if (own(event) && status >= 400) {
      event.preventDefault();
      outOfDate(...reasonOf(status));
    }
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (own(event) && "outOfDate" in panel.dataset) {
      outOfDate("A new preview is calculated.", null);
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
