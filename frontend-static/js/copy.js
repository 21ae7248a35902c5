// Copy buttons. data-copy contains the text, or data-copy-from is the selector of an element with the text.
const reveal = () => {
  for (const button of document.querySelectorAll("button[data-copy], button[data-copy-from]")) {
    button.hidden = !navigator.clipboard;
  }
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy], button[data-copy-from]");
  if (!button) {
    return;
  }
  const source = button.dataset.copyFrom;
  const text = source ? document.querySelector(source).textContent : button.dataset.copy;
  const label = button.getAttribute("aria-label");
  try {
    await navigator.clipboard.writeText(text.trim());
    tell(button, "Copied");
  } catch {
    tell(button, "Copy failed");
  }
  if (label) {
    setTimeout(() => button.setAttribute("aria-label", label), 2_000);
  }
});

const tell = (button, word) => {
  const output = document.querySelector("[data-notice]");
  if (output) {
    output.textContent = word;
  }
  button.setAttribute("aria-label", word);
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, 2_000);
};

document.body.addEventListener("htmx:afterSettle", reveal);
reveal();
