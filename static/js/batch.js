// Signing many: the ticked documents go in small rounds, so that the bar can move; closing the page loses nothing
// that was signed. Without scripts they go all at once.

const ROUND = 5;
const form = document.querySelector("form[data-batch]");

async function sign(boxes) {
  const line = form.querySelector("[data-batch-progress]");
  const words = line.querySelector("[role=status]");
  const bar = line.querySelector("progress");
  const results = document.getElementById("batch-results");
  const button = form.querySelector("button");
  button.disabled = true;
  line.hidden = false;
  bar.max = boxes.length;
  bar.value = 0;
  results.replaceChildren();
  for (let start = 0; start < boxes.length; start += ROUND) {
    words.textContent = `${start}/${boxes.length}`;
    const fields = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "pin"]) fields.set(name, form.elements[name].value);
    for (const box of boxes.slice(start, start + ROUND)) fields.append("document", box.value);
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "HX-Request": "true" } });
    const part = document.createElement("div");
    part.innerHTML = await answer.text();
    results.append(part);
    for (const done of part.querySelectorAll(".check-yes[data-document]")) {
      form.querySelector(`[name=document][value="${done.dataset.document}"]`)?.closest("tr").remove();
    }
    // A wrong PIN concerns every document: stop before it is counted again.
    if (!answer.ok) break;
    bar.value = Math.min(start + ROUND, boxes.length);
    words.textContent = `${bar.value}/${boxes.length}`;
  }
  button.disabled = false;
  form.elements.pin.value = "";
  delete form.dataset.sent;
}

form?.addEventListener("submit", (event) => {
  const boxes = [...form.querySelectorAll("[name=document]:checked")];
  if (boxes.length === 0) return;
  event.preventDefault();
  sign(boxes).catch(() => form.submit());
});
