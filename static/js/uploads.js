// Files go up piece by piece by the tus protocol 1.0 and go on where a broken line stopped them.
// Without scripts the same fields send their files with the form.

const PIECE = 1024 * 1024;
const VERSION = "1.0.0";
const form = document.getElementById("apply");
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
const papers = () => document.getElementById("papers");
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

class Refused extends Error {}

// An answer of the server; a lost line, a busy server and an ended sign-in are waited out, a refusal is not.
async function asked(address, options, say) {
  for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
    try {
      const headers = { "Tus-Resumable": VERSION, "X-CSRFToken": token(), ...options.headers };
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options, headers });
      if (answer.ok || [404, 409, 410, 460].includes(answer.status)) return answer;
      const sentence = await answer.text();
      if (answer.status < 500 && ![401, 423].includes(answer.status)) throw new Refused(sentence.startsWith("<") ? "" : sentence);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    say.broken();
    await wait(pause);
  }
}

async function checksum(piece) {
  if (!window.crypto?.subtle) return {};
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
  return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...digest))}` };
}

async function announced(file, paper, say) {
  const told = { draft: papers().dataset.draft, paper, filename: file.name };
  const metadata = Object.entries(told).map(([name, text]) => `${name} ${encoded(text)}`).join(",");
  const headers = { "Upload-Length": String(file.size), "Upload-Metadata": metadata };
  const answer = await asked(papers().dataset.uploads, { method: "POST", headers }, say);
  if (!answer.ok) throw new Refused(await answer.text());
  return answer.headers.get("Location");
}

// An upload of this very file that another try, perhaps another day, has begun.
function begun(file, paper) {
  const section = document.getElementById(`paper-${paper}`).closest("section");
  const known = [...section.querySelectorAll("[data-waiting]")];
  return known.find((one) => one.dataset.name === file.name && Number(one.dataset.size) === file.size)?.dataset.waiting;
}

async function offsetOf(address, say) {
  const answer = await asked(address, { method: "HEAD" }, say);
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
}

async function send(file, paper, say) {
  let address = begun(file, paper) || (await announced(file, paper, say));
  let offset = await offsetOf(address, say);
  if (offset === null) {
    address = await announced(file, paper, say);
    offset = 0;
  }
  while (offset < file.size) {
    say.sent(offset);
    const piece = file.slice(offset, offset + PIECE);
    if (offset + piece.size === file.size) say.checking();
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), ...(await checksum(piece)) };
    const answer = await asked(address, { method: "PATCH", headers, body: piece }, say);
    if (answer.ok) offset = Number(answer.headers.get("Upload-Offset"));
    else {
      // The answer to the last piece may have been lost: what counts is what the server has.
      const now = await offsetOf(address, say);
      if (now === null) throw new Refused(await answer.text());
      offset = now;
    }
  }
}

function line(box, file) {
  const words = papers().dataset;
  const row = document.createElement("div");
  const text = document.createElement("p");
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.setAttribute("aria-label", file.name);
  row.append(text, bar);
  box.append(row);
  return {
    sent(offset) { bar.value = offset; text.textContent = `${words.wordsSending}: ${file.name} (${Math.floor((100 * offset) / file.size)} %)`; },
    checking() { bar.removeAttribute("value"); text.textContent = `${words.wordsChecking}: ${file.name}`; },
    broken() { text.textContent = `${file.name}: ${words.wordsBroken}`; },
    refused(sentence) { bar.remove(); text.dataset.refused = file.name; text.className = "field-error"; text.textContent = `${file.name}: ${sentence || words.wordsFailed}`; },
  };
}

let running = 0;

async function sendAll(input) {
  const paper = input.dataset.paper;
  const box = input.parentElement.querySelector(".apply-sending");
  const files = [...input.files];
  input.value = "";
  running += 1;
  for (const file of files) {
    const say = line(box, file);
    try {
      if (file.size > Number(papers().dataset.most)) throw new Refused(papers().dataset.wordsLarge);
      await send(file, paper, say);
    } catch (error) {
      say.refused(error instanceof Refused ? error.message : "");
    }
  }
  running -= 1;
  // The list is shown anew once nothing moves; sentences of refusals stay until the next choice.
  if (!running) await fresh();
}

// The list as the server has it; what was chosen in the page meanwhile stays chosen, and is saved.
async function fresh() {
  const said = [...document.querySelectorAll("[data-refused]")].map((one) => [one.closest(".apply-upload").querySelector("input").id, one]);
  const answer = await fetch(papers().dataset.page, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.getElementById("papers");
  if (!list) return window.location.reload();
  const chosen = [...papers().querySelectorAll("[type=radio]:checked")].map((one) => one.id);
  papers().replaceWith(list);
  const told = [...list.querySelectorAll(".apply-file-refused strong")].map((one) => one.textContent);
  for (const [id, sentence] of said) {
    if (!told.includes(sentence.dataset.refused)) document.getElementById(id)?.parentElement.querySelector(".apply-sending").append(sentence);
  }
  for (const choice of chosen.map((id) => document.getElementById(id)).filter((one) => one && !one.checked)) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Caught on the way down, so that choosing a file never takes the place of a save that is about to go out.
form.addEventListener("change", (event) => {
  if (!event.target.matches("[data-paper]")) return;
  event.stopPropagation();
  if (event.target.files.length) sendAll(event.target);
}, true);
// Chosen before this script had come.
for (const input of form.querySelectorAll("[data-paper]")) if (input.files.length) sendAll(input);
window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
