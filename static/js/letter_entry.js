// Entering a letter by keyboard alone. Without scripts every button does the same through the server.

// Keys that stand on the buttons.
document.addEventListener("keydown", (event) => {
  const button = /^F\d+$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (!button || event.repeat) return;
  event.preventDefault();
  button.click();
});

// Enter goes on to the next field, as on a paper form; in a text of several lines it is a new line.
document.addEventListener("keydown", (event) => {
  const here = event.target;
  const form = here.closest(".letter-entry");
  if (!form || event.key !== "Enter" || !here.matches("input:not([type=file]), select")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const shown = fields.filter((field) => field.offsetParent !== null);
  shown[shown.indexOf(here) + 1]?.focus();
});

// The cursor begins where the eye does: at what is wrong, else at the first empty name.
const begin = () => {
  const form = document.querySelector(".letter-entry");
  const wrong = form?.querySelector(".field-wrong input, .field-wrong select, .field-wrong textarea");
  const names = form ? [...form.querySelectorAll("[name$='-name']")] : [];
  (wrong || names.find((field) => !field.value))?.focus();
};
begin();
document.addEventListener("htmx:afterSettle", begin);
