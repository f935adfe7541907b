(() => {
  const place = document.currentScript?.closest(".orgtools-long")
    ?? [...document.querySelectorAll(".orgtools-long:not([data-live])")].at(-1);
  if (!place) return;
  place.dataset.live = "";
  const PIECE = 100;
  const { rows, texts: said } = JSON.parse(place.querySelector("script[type='application/json']").textContent);
  const [box] = place.getElementsByTagName("input");
  const body = place.querySelector("tbody");
  const line = place.querySelector(".orgtools-rows");
  const signs = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };
  const plain = (html) => html.replace(/<[^>]+>/g, " ").replace(/&[a-z#x0-9]+;/g, (sign) => signs[sign] ?? sign);
  const later = (work) => (window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 50));
  const collator = new Intl.Collator(said.language, { numeric: true });
  const key = (row, column) => plain(row.split("</td>")[column]).trim();
  let lower;
  const texts = () => (lower ??= rows.map((row) => plain(row).toLowerCase()));
  let order = [...rows.keys()];
  let shown = PIECE;

  const button = (label, more) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => draw((shown = more)));
    return made;
  };
  const draw = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = words.length ? order.filter((row) => words.every((word) => texts()[row].includes(word))) : order;
    body.innerHTML = fitting.slice(0, shown).map((row) => rows[row]).join("");
    const number = (count) => count.toLocaleString(said.language);
    line.textContent = (words.length ? said.found : said.shown)
      .replace("COUNT", number(Math.min(shown, fitting.length)))
      .replace("TOTAL", number(fitting.length))
      .replace("ALL", number(rows.length));
    if (fitting.length > shown) {
      line.append(" ", button(said.more.replace("COUNT", PIECE), shown + PIECE), " ", button(said.all, rows.length));
    }
  };
  for (const [column, head] of [...place.querySelectorAll("thead th")].entries()) {
    const sorter = document.createElement("button");
    sorter.type = "button";
    sorter.append(...head.childNodes);
    head.append(sorter);
    sorter.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = rows.map((row) => key(row, column));
      order.sort((one, other) => (down ? -1 : 1) * collator.compare(keys[one], keys[other]));
      draw();
    });
  }
  box.addEventListener("input", () => draw((shown = PIECE)));
  box.parentNode.hidden = false;
  draw();
  later(texts);
})();
