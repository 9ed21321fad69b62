// The touch board: forgets whoever stood there, keeps everybody inside, reads slips, prints. Nothing is stored.
import { attachKeyboard } from "./kiosk_keyboard.js";

const { home, reset, lookup, idle, warning } = document.body.dataset;
const dialog = document.getElementById("idle");
const left = document.getElementById("idle-left");
// A slip's QR code: the bare code of old ones, or an address with code and secret behind the "#".
const SLIP = /(^|#)[0-9A-Z]{1,3}(\.[0-9A-Z]{1,3}){0,4}-\d{6}-\d{4,}(\/[0-9A-Z]{1,8})?$/i;
// Keys further apart than this (milliseconds) are no scanner's.
const SCANNER_PAUSE = 1000;

attachKeyboard(document.getElementById("keys"));

// ---- a minute without a touch, and everything is gone -------------------------------------------------------
let touchedAt = null;
let forgetting = false;

async function forget() {
  if (forgetting) return;
  forgetting = true;
  // What is on the screen goes first, whatever becomes of the line.
  document.getElementById("kiosk").replaceChildren();
  for (const form of document.forms) form.reset();
  try {
    await fetch(reset, { method: "POST", signal: AbortSignal.timeout(5000) });
  } finally {
    // In place of this page, so that no way back leads to it; first in Vietnamese again.
    location.replace(home.replace(/^\/en\//, "/"));
  }
}

function touched() {
  touchedAt = Date.now();
  if (dialog.open) dialog.close();
}

function tick() {
  if (touchedAt === null) return;
  const rest = Math.ceil(Number(idle) - (Date.now() - touchedAt) / 1000);
  if (rest <= 0) {
    touchedAt = null;
    forget().catch(() => {});
  } else if (rest <= Number(warning)) {
    left.textContent = String(rest);
    if (!dialog.open) dialog.showModal();
  }
}

for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, touched, { passive: true, capture: true });
setInterval(tick, 500);
// Back from sleep or from the browser's memory: nothing of before is shown again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace(home); });

// ---- touches ------------------------------------------------------------------------------------------------
document.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if (button.hasAttribute("data-forget")) forget().catch(() => {});
  if (button.hasAttribute("data-stay")) touched();
  if (button.dataset.print) print(button.dataset.print);
  if (button.dataset.size) look("size", button.dataset.size, button);
  if (button.dataset.contrast) look("contrast", document.documentElement.dataset.contrast === "high" ? "normal" : "high", button);
  if (button.matches("a[data-anew]")) {
    event.preventDefault();
    location.replace(button.href);
  }
});

function look(what, value, button) {
  document.documentElement.dataset[what] = value;
  for (const one of button.parentElement.querySelectorAll(`[data-${what}]`)) {
    one.setAttribute("aria-pressed", String(one.dataset[what] === value));
  }
}

function print(address) {
  document.querySelector(".kiosk-print")?.remove();
  const frame = document.createElement("iframe");
  frame.className = "kiosk-print";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.src = address;
  frame.addEventListener("load", () => { frame.contentWindow.focus(); frame.contentWindow.print(); });
  document.body.append(frame);
}

// ---- no way out ---------------------------------------------------------------------------------------------
const inside = new URL(home, location.href).pathname.replace(/^\/en\//, "/");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link) return;
  const path = new URL(link.href).pathname.replace(/^\/en\//, "/");
  if (!path.startsWith(inside) || new URL(link.href).origin !== location.origin) event.preventDefault();
}, { capture: true });
for (const kind of ["contextmenu", "dragstart"]) document.addEventListener(kind, (event) => event.preventDefault());

// ---- a slip held before the scanner, whatever is on the screen ----------------------------------------------
let scanned = "";
let typedAt = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^F\d/.test(event.key)) {
    event.preventDefault();
    return;
  }
  if (event.target.closest("input, textarea, select")) return;
  const now = Date.now();
  if (now - typedAt > SCANNER_PAUSE) scanned = "";
  typedAt = now;
  if (event.key.length === 1) scanned += event.key;
  if (event.key === "Enter" && SLIP.test(scanned)) {
    event.preventDefault();
    window.htmx.ajax("POST", lookup, { target: "#kiosk", swap: "innerHTML", values: { code: scanned } });
    scanned = "";
  }
});

// ---- a new part: its heading is read first, its top is seen first -------------------------------------------
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "kiosk") event.target.querySelector("h1")?.focus({ preventScroll: true });
});
// The hall's server or line is away: said on the board, which stays usable.
document.addEventListener("htmx:sendError", () => { location.replace(home); });
