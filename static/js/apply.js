// Filing online: what belongs to a choice is shown with it, a lost line is told, and nothing typed is lost.
// Without scripts every button does the same through the server.

const form = document.getElementById("apply");

function showChosen() {
  for (const part of form.querySelectorAll("[data-shown-unless]")) {
    const chosen = form.querySelector("[name=acting]:checked") || form.querySelector("[name=acting][type=hidden]");
    part.hidden = !chosen || chosen.value === part.dataset.shownUnless;
  }
  const address = form.querySelector("[name=delivery_address]")?.closest(".field");
  if (address) address.hidden = form.querySelector("[name=delivery]:checked")?.value !== "post";
}

document.querySelector("[data-focus]")?.focus();

if (form) {
  showChosen();
  form.addEventListener("change", showChosen);

  // A save in the background carries words only: files go their own way (uploads.js).
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    for (const name of [...event.detail.formData.keys()]) if (name.startsWith("file_")) event.detail.formData.delete(name);
  });

  let unsaved = false;
  function notSaved() {
    unsaved = true;
    const note = document.getElementById("saved-note");
    note.textContent = form.dataset.offline;
    note.classList.add("not-saved");
  }
  const saveAgain = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  document.addEventListener("htmx:sendError", notSaved);
  document.addEventListener("htmx:timeout", notSaved);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 500) {
      event.detail.shouldSwap = false;
      notSaved();
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) unsaved = false; });
  window.addEventListener("online", saveAgain);
  setInterval(() => { if (unsaved && navigator.onLine) saveAgain(); }, 5000);
}
