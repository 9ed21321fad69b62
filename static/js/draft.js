// Drafts: saved on the server while being written; only the chosen kind of content is shown; uploads show progress.

const form = document.getElementById("draft");
const note = document.getElementById("saved-note");
const PAUSE = 2500; // milliseconds without typing

function showSource() {
  const chosen = form.querySelector("[name=source]:checked")?.value;
  for (const part of form.querySelectorAll("[data-shown-for]")) {
    part.hidden = part.dataset.shownFor !== chosen;
  }
}

let waiting = 0;
let saving = Promise.resolve();
let changed = false;

async function save() {
  changed = false;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") fields.append(name, value);
  }
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields });
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("not an answer to this");
    const told = await answer.json();
    note.textContent = told.note;
    if (told.edit && form.dataset.autosave !== told.autosave) {
      // The draft exists now: the next save, by hand or by itself, goes to it.
      form.dataset.autosave = told.autosave;
      form.action = told.edit;
      history.replaceState(null, "", told.edit);
    }
    if (!answer.ok) changed = true;
  } catch {
    changed = true;
    note.textContent = form.dataset.offline || "";
  }
}

function saveSoon() {
  changed = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => { saving = saving.then(save); }, PAUSE);
}

if (form) {
  showSource();
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", showSource);
  form.addEventListener("submit", () => { clearTimeout(waiting); changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  // What was typed a moment ago goes along when the draft is submitted.
  for (const other of document.querySelectorAll("form[data-after-save]")) {
    other.addEventListener("submit", async (event) => {
      if (!changed) return;
      event.preventDefault();
      clearTimeout(waiting);
      await saving;
      await save();
      changed = false;
      other.submit();
    });
  }
}

// An upload shows how far it is; the answer is the same page as without scripts, of which one part is taken.
document.addEventListener("submit", (event) => {
  const upload = event.target;
  const bar = upload.querySelector("progress");
  const file = upload.querySelector("[type=file]")?.files[0];
  if (!("upload" in upload.dataset) || !bar || !file) return;
  event.preventDefault();
  const sending = new XMLHttpRequest();
  sending.upload.addEventListener("progress", (step) => {
    if (step.lengthComputable) bar.value = (step.loaded * 100) / step.total;
  });
  sending.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(sending.responseText, "text/html");
    const part = page.getElementById("attachments");
    if (part) document.getElementById("attachments").replaceWith(part);
    else document.body.replaceWith(page.body);
  });
  sending.addEventListener("error", () => { bar.hidden = true; delete upload.dataset.sent; });
  bar.hidden = false;
  sending.open("POST", upload.action);
  sending.send(new FormData(upload));
});
