"use strict";
const tables = [...document.querySelectorAll("table[id]")].map((table) => {
  const body = table.tBodies[0];
  const found = document.createElement("p");
  found.className = "found";
  found.setAttribute("aria-live", "polite");
  table.parentNode.before(found);
  return { table, body, found, fold: table.closest("details"), rows: [...body.rows] };
});
const order = new Intl.Collator("en", { numeric: true });
const firstLine = (row, column) => (row.cells[column].firstChild || {}).textContent || "";

for (const { table, body, rows } of tables) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((row) => [firstLine(row, column), row]);
      keyed.sort(([a], [b]) => (down ? order.compare(b, a) : order.compare(a, b)));
      body.append(...keyed.map(([, row]) => row));
    });
  });
}

const box = document.querySelector("nav input");
let pause;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of tables) {
      entry.texts ??= entry.rows.map((row) => row.textContent.toLowerCase());
      let shown = 0;
      entry.rows.forEach((row, number) => {
        const fits = words.every((word) => entry.texts[number].includes(word));
        row.hidden = !fits;
        shown += fits;
      });
      entry.found.textContent = words.length ? `${shown} of ${entry.rows.length} rows` : "";
      if (entry.fold) entry.fold.open = words.length > 0 && shown > 0;
    }
  }, 150);
});

addEventListener("beforeprint", () => {
  for (const { fold } of tables) if (fold) fold.open = true;
});
