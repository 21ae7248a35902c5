// Disables a button until the user enters the expected name. The server also checks the name.
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
