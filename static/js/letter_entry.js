// Entering a letter by keyboard alone. Without scripts every button does the same through the server.

const form = document.querySelector(".letter-entry");

// Keys that stand on the buttons.
document.addEventListener("keydown", (event) => {
  const button = /^F\d+$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (!button || event.repeat) return;
  event.preventDefault();
  button.click();
});

// Enter goes on to the next field, as on a paper form; in a text of several lines it is a new line.
form.addEventListener("keydown", (event) => {
  const here = event.target;
  if (event.key !== "Enter" || !here.matches("input:not([type=file]), select")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const shown = fields.filter((field) => field.offsetParent !== null);
  shown[shown.indexOf(here) + 1]?.focus();
});

// The cursor begins where the eye does: at what is wrong, else at the first empty name.
const wrong = form.querySelector(".field-wrong input, .field-wrong select, .field-wrong textarea");
const last = [...form.querySelectorAll("[name$='-name']")].find((field) => !field.value);
(wrong || last)?.focus();
