// A button that waits until a name was typed. The server checks it too; this only tells sooner.
const watch = () => {
  for (const input of document.querySelectorAll("input[data-confirms]")) {
    const button = input.form.querySelector("[data-confirmed]");
    const check = () => {
      button.disabled = input.value.trim() !== input.dataset.confirms;
    };
    input.addEventListener("input", check);
    check();
  }
};

document.body.addEventListener("htmx:afterSettle", watch);
watch();
