// The tree of agencies: find by name without accents, choose whole branches at once, count what is chosen.

const form = document.getElementById("recipients");
const count = document.getElementById("chosen-count");
const search = document.getElementById("tree-search");
const words = document.getElementById("tree-words");

const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");

function tell() {
  count.value = form.querySelectorAll("[name=agency]:checked").length;
}

form.addEventListener("change", (event) => {
  if (event.target.name === "below") {
    for (const box of event.target.closest("li").querySelectorAll(":scope ul [name=agency]:not(:disabled)")) {
      box.checked = event.target.checked;
    }
    for (const box of event.target.closest("li").querySelectorAll(":scope ul [name=below]")) {
      box.checked = event.target.checked;
    }
  } else if (event.target.name === "agency" && !event.target.checked) {
    // One that is taken out again is not brought back by "everything below".
    for (let item = event.target.closest("li"); item; item = item.parentElement.closest("li")) {
      const below = item.querySelector(":scope > .tree-row [name=below]");
      if (below) below.checked = false;
    }
  }
  tell();
});

const items = [...form.querySelectorAll(".tree li")].map((item) => ({
  item,
  text: fold(item.querySelector("label").textContent),
}));
search.hidden = false;
words.addEventListener("input", () => {
  const wanted = fold(words.value).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) {
    for (const { item } of items) item.hidden = false;
    return;
  }
  for (const { item } of items) item.hidden = true;
  for (const { item, text } of items) {
    if (!wanted.every((word) => text.includes(word))) continue;
    for (let shown = item; shown; shown = shown.parentElement.closest("li")) {
      shown.hidden = false;
      if (shown !== item) shown.querySelector(":scope > details").open = true;
    }
  }
});
// Enter in the search box looks, it does not save.
words.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
