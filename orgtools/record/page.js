"use strict";
const PIECE = 100;
const MOST_ON_PAPER = 2000;
const language = document.documentElement.lang;
const order = new Intl.Collator(language, { numeric: true });
/* What is said to people comes with the page, in its language. */
const say = (name, ...numbers) =>
  numbers.reduce(
    (said, number, place) => said.replace(`{${place}}`, number.toLocaleString(language)),
    document.querySelector("nav").dataset[name],
  );
const signs = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };
const plain = (html) => html.replace(/<[^>]+>/g, " ").replace(/&[a-z#x0-9]+;/g, (sign) => signs[sign] ?? sign);
const cells = (row) => row.split("<td>").slice(1);
const firstLine = (cell) => plain(cell.split("<div>")[0]).trim();
const later = (work) => (window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 50));

async function unpacked(held) {
  const bytes = Uint8Array.from(atob(held), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return (await new Response(stream).text()).split("\n");
}

class Table {
  constructor(element) {
    this.element = element;
    this.body = element.tBodies[0];
    this.held = document.querySelector(`script[data-rows="${element.id}"]`);
    this.rows = [...this.body.rows].map((row) => row.outerHTML);
    this.found = document.createElement("p");
    this.found.className = "found";
    this.found.setAttribute("aria-live", "polite");
    element.parentNode.before(this.found);
    this.more = document.createElement("p");
    this.more.className = "more";
    element.parentNode.after(this.more);
    this.words = [];
    for (const [column, head] of [...element.tHead.rows[0].cells].entries()) this.sortable(head, column);
  }
  async load() {
    if (this.held) this.rows = await unpacked(this.held.textContent);
    this.order = [...this.rows.keys()];
    this.shown = this.held ? PIECE : this.rows.length;
    this.show();
    if (this.held) later(() => this.texts);
  }
  get texts() {
    return (this.lower ??= this.rows.map((row) => plain(row).toLowerCase()));
  }
  get fitting() {
    if (!this.words.length) return this.order;
    return this.order.filter((number) => this.words.every((word) => this.texts[number].includes(word)));
  }
  show(most = this.shown) {
    const fitting = this.fitting;
    this.body.innerHTML = fitting.slice(0, most).map((number) => this.rows[number]).join("");
    this.found.textContent = this.words.length ? say("found", fitting.length, this.rows.length) : "";
    this.more.replaceChildren();
    if (fitting.length > most) {
      this.more.append(say("shown", most, fitting.length), " ");
      this.more.append(this.button(say("more", PIECE), most + PIECE), this.button(say("all"), fitting.length));
    }
    if (this.element.id === "outcomes") stories.offer(this.body);
    return fitting.length;
  }
  button(label, shown) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => this.show((this.shown = shown)));
    return button;
  }
  search(words) {
    this.words = words;
    if (this.held) this.shown = PIECE;
    return this.show();
  }
  sortable(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of this.element.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = this.rows.map((row) => firstLine(cells(row)[column] ?? ""));
      this.order.sort((one, other) => (down ? -1 : 1) * order.compare(keys[one], keys[other]));
      this.show();
    });
  }
}

/* The story of an account: what was found about it, and every event of it, below its row. */
const stories = {
  lines(name, account, column) {
    const table = tables.get(name);
    if (!table) return [];
    table.byAccount ??= table.rows.reduce((found, row) => {
      const key = firstLine(cells(row)[column]);
      if (!found.has(key)) found.set(key, []);
      return found.get(key).push(row), found;
    }, new Map());
    return table.byAccount.get(account) ?? [];
  },
  offer(body) {
    for (const row of body.rows) {
      const id = row.querySelector("code");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "story";
      button.title = say("story");
      button.setAttribute("aria-expanded", "false");
      id.before(button);
      button.append(id);
      button.addEventListener("click", () => this.toggle(row, button, id.textContent));
    }
  },
  toggle(row, button, account) {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) return void row.nextElementSibling.remove();
    const events = this.lines("timeline", account, 4).map(cells);
    const found = this.lines("findings", account, 0).map(cells);
    const told = events.map((cell) => `<tr><td>${cell[1]}<td>${cell[2]}<td>${cell[3]}<td>${cell[6]}`);
    const looked = found.map((cell) => `<tr><td>${cell[1]}<td>${cell[2]}<td>${cell[3]}<td>${cell[4]}`);
    const said = (name) => say(name).replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"));
    const story = document.createElement("tr");
    story.className = "told";
    story.innerHTML = `<td colspan="${row.cells.length}">${
      told.length ? `<h4>${said("events")}</h4><table><tbody>${told.join("")}</table>` : `<p>${said("none")}</p>`
    }${looked.length ? `<h4>${said("findings")}</h4><table><tbody>${looked.join("")}</table>` : ""}`;
    row.after(story);
  },
};

const tables = new Map([...document.querySelectorAll("table[id]")].map((element) => [element.id, new Table(element)]));
const all = [...tables.values()];
const box = document.querySelector("nav input");
let pause;

Promise.all(all.map((table) => table.load())).then(() => {
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const table of all) table.search(words);
    }, 150);
  });
  addEventListener("beforeprint", () => all.forEach((table) => table.show(MOST_ON_PAPER)));
  addEventListener("afterprint", () => all.forEach((table) => table.show()));
  document.documentElement.dataset.ready = "yes";
});
