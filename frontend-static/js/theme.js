// Applies theme and density before the browser paints the page. Therefore, this script is neither a module nor deferred.
(() => {
  const root = document.documentElement;
  const choices = { theme: ["system", "light", "dark"], density: ["comfortable", "compact"] };

  const read = (name) => {
    try {
      const value = localStorage.getItem("cw-" + name);
      return choices[name].includes(value) ? value : choices[name][0];
    } catch {
      return choices[name][0];
    }
  };

  const apply = (name) => {
    const value = read(name);
    if (value === choices[name][0]) {
      delete root.dataset[name];
    } else {
      root.dataset[name] = value;
    }
    for (const button of document.querySelectorAll(`[data-choose="${name}"]`)) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
  };

  const choose = (name, value) => {
    try {
      localStorage.setItem("cw-" + name, value);
    } catch {
      // Storage is disabled, so the choice is not saved.
    }
    apply(name);
    document.dispatchEvent(new CustomEvent("cw-theme"));
  };

  apply("theme");
  apply("density");

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-needs-script]")) {
      group.hidden = false;
    }
    apply("theme");
    apply("density");
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-choose]");
    if (button) {
      choose(button.dataset.choose, button.value);
    }
  });
  document.addEventListener("cw-next-theme", () => {
    const all = choices.theme;
    choose("theme", all[(all.indexOf(read("theme")) + 1) % all.length]);
  });
})();
