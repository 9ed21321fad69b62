// Lists by keyboard: ↑ and ↓ go from row to row, Enter opens (the link has the focus, so the browser does it).

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.closest("input, textarea, select, summary, [role=menu]")) return;
  const links = [...document.querySelectorAll(".list .list-title")];
  if (links.length === 0) return;
  const row = event.target.closest("tr");
  const here = links.findIndex((link) => row && row.contains(link));
  const next = here < 0 ? 0 : here + (event.key === "ArrowDown" ? 1 : -1);
  if (next < 0 || next >= links.length) return;
  event.preventDefault();
  links[next].focus();
});
