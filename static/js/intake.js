// The counter by keyboard alone. Without scripts every button below still does the same through the server.

const intake = document.getElementById("intake");
const search = document.querySelector("[data-search]");

// Choosing a procedure: ↓ and ↑ walk through the hits, Enter in the box takes the first one.
document.addEventListener("keydown", (event) => {
  if (!search || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const hits = [...document.querySelectorAll("[data-hit]")];
  if (hits.length === 0) return;
  const here = hits.indexOf(document.activeElement);
  if (event.key === "Enter") {
    // Only when the hits are those of what is typed: a slow line must not begin another procedure.
    if (document.activeElement === search && hitsFor === search.value.trim()) {
      event.preventDefault();
      hits[0].click();
    }
    return;
  }
  if (here < 0 && document.activeElement !== search) return;
  event.preventDefault();
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  (hits[next] || (next < 0 ? search : hits.at(-1))).focus();
});
let hitsFor = search ? search.value.trim() : "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (search && event.detail.target.id === "hits") event.detail.xhr.hitsFor = search.value.trim();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (search && event.detail.target.id === "hits") hitsFor = event.detail.xhr.hitsFor;
});

// What is shown only when a box is ticked or a choice made.
function showChosen() {
  for (const part of document.querySelectorAll("[data-shown-when]")) {
    part.hidden = !document.getElementById(part.dataset.shownWhen)?.checked;
  }
}

// Keys that stand on the buttons.
document.addEventListener("keydown", (event) => {
  const button = /^F\d+$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (!button || event.repeat) return;
  event.preventDefault();
  button.click();
});

const FIELDS = "input:not([type=hidden], [type=file]), select, textarea";

function shownFields() {
  return [...intake.querySelectorAll(FIELDS)].filter((field) => field.offsetParent !== null);
}

if (intake) {
  showChosen();
  intake.addEventListener("change", (event) => {
    showChosen();
    // Another case or channel has other papers, days and fees: the page comes back with them.
    if (["case", "channel"].includes(event.target.name)) intake.querySelector("[data-default]").click();
  });

  // The focus stands where the next typing is.
  const wanted = document.getElementById(intake.dataset.focusOn || "");
  const wrong = intake.querySelector(".alert input, .field-wrong input, .lacking input");
  if (wanted) wanted.focus();
  else if (wrong) wrong.focus();
  else if (!document.querySelector("[data-focus]")) document.getElementById("id_card").focus();

  intake.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey) {
      event.preventDefault();
      intake.querySelector("[data-receive]").click();
    } else if (event.target.matches(FIELDS) && event.target.id !== "id_card" && event.target.tagName !== "TEXTAREA") {
      // Enter goes on to the next field; in the line of the card it reads the card.
      event.preventDefault();
      const fields = shownFields();
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  });

  // "All papers are there" needs no way to the server; the boxes are saved with the next pause.
  intake.addEventListener("click", (event) => {
    if (!event.target.closest("[data-all-papers]")) return;
    event.preventDefault();
    for (const row of intake.querySelectorAll("#papers tr[data-required]")) {
      row.querySelector("[type=checkbox]").checked = true;
    }
    intake.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // A lost connection is told, shows no success, and what was typed is sent again when the line is back.
  const saveAgain = () => intake.dispatchEvent(new Event("change", { bubbles: true }));
  let unsaved = false;
  function notSaved() {
    unsaved = true;
    const note = document.getElementById("saved-note");
    note.textContent = intake.dataset.offline;
    note.classList.add("not-saved");
  }
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
