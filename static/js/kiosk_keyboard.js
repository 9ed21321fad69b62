// The board's own keyboard: letters as they are printed on it, Vietnamese ones too, and a key for each tone.
// It writes into the field that was touched last; what a scanner or a real keyboard types is left alone.
import { marked } from "./kiosk_tones.js";

const UPRIGHT = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "ăâđêôơư"];
// A lying screen has room beside the letters, not above them.
const LYING = ["1234567890", "qwertyuiopăâ", "asdfghjklđê", "zxcvbnmôơư"];
const CODE = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM.-"];
const TONES = ["acute", "grave", "hook", "tilde", "dot", "plain"];
const TYPED_IN = "input[type=text], textarea";

export function attachKeyboard(keys) {
  let field = null;
  let capital = false;

  const type = (change) => {
    if (!field) return;
    const start = field.selectionStart ?? field.value.length;
    const end = field.selectionEnd ?? start;
    const before = change(field.value.slice(0, start), start !== end);
    const value = (before + field.value.slice(end)).normalize("NFC");
    if (field.maxLength > 0 && value.length > field.maxLength) return;
    field.value = value;
    field.setSelectionRange(before.length, before.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const actions = {
    letter: (letter) => type((before) => before + (capital ? letter.toLocaleUpperCase("vi") : letter)),
    tone: (tone) => type((before) => marked(before, tone)),
    space: () => type((before) => `${before} `),
    // What is selected goes; otherwise the last letter, with whatever marks it bears.
    erase: () => type((before, selected) => (selected ? before : [...before].slice(0, -1).join(""))),
    clear: () => { if (field) { field.setSelectionRange(0, field.value.length); type(() => ""); } },
    shift: () => { capital = !capital; draw(field); },
    done: () => hide(),
  };

  const key = (action, value, label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `key key-${action}`;
    button.textContent = label;
    button.dataset.action = action;
    button.dataset.value = value;
    return button;
  };

  const row = (buttons) => {
    const line = document.createElement("div");
    line.className = "key-row";
    line.append(...buttons);
    return line;
  };

  function draw(into) {
    const code = into?.dataset.keys === "code";
    const lying = window.innerWidth > window.innerHeight;
    const letters = lying ? LYING : UPRIGHT;
    const rows = (code ? CODE : letters).map((line) => row([...line].map((letter) => {
      const shown = capital && !code ? letter.toLocaleUpperCase("vi") : letter;
      return key("letter", letter, shown);
    })));
    const tones = TONES.map((tone) => key("tone", tone, keys.dataset[tone]));
    if (!code && lying) rows[0].append(...tones);
    else if (!code) rows.push(row(tones));
    const last = [key("erase", "", keys.dataset.erase), key("clear", "", keys.dataset.clear), key("done", "", keys.dataset.done)];
    if (!code) last.unshift(key("shift", "", keys.dataset.shift), key("space", "", keys.dataset.space));
    rows.push(row(last));
    if (!code) rows.at(-1).firstChild.setAttribute("aria-pressed", String(capital));
    keys.replaceChildren(...rows);
  }

  function show(into) {
    if (field !== into) capital = false;
    field = into;
    draw(into);
    keys.hidden = false;
    document.body.classList.add("kiosk-typing");
    into.scrollIntoView({ block: "start" });
  }

  function hide() {
    keys.hidden = true;
    field = null;
    document.body.classList.remove("kiosk-typing");
  }

  // Touching a key must not take the cursor out of the field.
  keys.addEventListener("pointerdown", (event) => event.preventDefault());
  keys.addEventListener("click", (event) => {
    const touched = event.target.closest("[data-action]");
    if (touched) actions[touched.dataset.action](touched.dataset.value);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(TYPED_IN)) show(event.target);
  });
  // The part of the page with the field was exchanged: nothing is left to type into.
  document.addEventListener("htmx:afterSettle", () => {
    if (field && !field.isConnected) hide();
  });
}
