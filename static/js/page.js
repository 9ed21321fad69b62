// What every page gains where scripts run; nothing here is needed to work.

// A summary of errors takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A menu closes when the person clicks elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    }
  }
  // "/" goes to the search box, as in most office tools.
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const box = document.getElementById("head-search");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
});

// A second click on a button does not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
