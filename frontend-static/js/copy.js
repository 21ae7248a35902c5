// Buttons that copy: data-copy holds the text, or data-copy-from names the element that does.
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
    tell(button, "Could not copy");
  }
  if (label) {
    setTimeout(() => button.setAttribute("aria-label", label), 2_000);
  }
});

const tell = (button, word) => {
  const output = document.querySelector("[data-said]");
  if (output) {
    output.textContent = word;
  }
  button.setAttribute("aria-label", word);
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, 2_000);
};

document.body.addEventListener("htmx:afterSettle", reveal);
reveal();
