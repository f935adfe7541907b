/* Brings to life what stands in a page: long tables, the search of a record, stories of accounts, countdowns.
   A notebook holds it once for each output that needs it, so that it leaves no name behind. */
(() => {
  "use strict";
  const PIECE = 100;
  const MOST_ON_PAPER = 2000;
  const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'" };

  /* Rows are texts, one <tr> each, because thousands of elements take a browser many seconds. */
  const plain = (html) => html.replace(/<[^>]+>/g, " ").replace(/&[a-z#x0-9]+;/g, (sign) => SIGNS[sign] ?? sign);
  const escaped = (words) => words.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"));
  const rowsOf = (html) => html.split(/\n(?=<tr)/);
  const cellsOf = (row) => row.split(/<td[^>]*>/).slice(1);
  const firstLine = (cell) => plain(cell.split(/<div[ >]/)[0]).trim();
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const later = (work) => (window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 50));
  const textsOf = (place) => JSON.parse(place.closest("[data-texts]").dataset.texts);

  async function unpacked(held) {
    const bytes = Uint8Array.from(atob(held), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  function button(label, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.append(label);
    made.addEventListener("click", press);
    return made;
  }

  class Table {
    constructor(place) {
      this.place = place;
      this.element = place.querySelector("table");
      this.body = this.element.tBodies[0];
      this.held = place.querySelector("script[data-rows]");
      this.box = place.querySelector("input[type=search]");
      this.texts = textsOf(place);
      this.collator = new Intl.Collator(this.texts.language, { numeric: true });
      this.words = [];
      this.listeners = [];
      this.found = this.line("found");
      this.element.parentNode.before(this.found);
      this.more = place.querySelector(".more") ?? this.line("more");
      this.element.parentNode.after(this.more);
      [...this.element.tHead.rows[0].cells].forEach((head, column) => this.sortable(head, column));
    }
    line(name) {
      const made = document.createElement("p");
      made.className = name;
      made.setAttribute("aria-live", "polite");
      return made;
    }
    async load() {
      if (!this.held) this.rows = [...this.body.rows].map((row) => row.outerHTML);
      else if (this.held.textContent.startsWith("<")) this.rows = rowsOf(this.held.textContent);
      else this.rows = rowsOf(await unpacked(this.held.textContent));
      this.order = [...this.rows.keys()];
      this.shown = this.held ? PIECE : this.rows.length;
      if (this.box) {
        this.box.addEventListener("input", () => this.search(wordsOf(this.box.value)));
        this.box.parentNode.hidden = false;
      }
      this.show();
      if (this.held) later(() => this.lower);
      return this;
    }
    get lower() {
      return (this.lowered ??= this.rows.map((row) => plain(row).toLowerCase()));
    }
    get fitting() {
      if (!this.words.length) return this.order;
      return this.order.filter((number) => this.words.every((word) => this.lower[number].includes(word)));
    }
    say(name, counts) {
      return this.texts[name].replace(/COUNT|TOTAL|ALL/g, (key) => counts[key].toLocaleString(this.texts.language));
    }
    show(most = this.shown) {
      const fitting = this.fitting;
      const counts = { COUNT: Math.min(most, fitting.length), TOTAL: fitting.length, ALL: this.rows.length };
      this.body.innerHTML = fitting.slice(0, most).map((number) => this.rows[number]).join("\n");
      this.found.textContent = this.words.length ? this.say("found", counts) : "";
      this.more.replaceChildren(this.held && !this.words.length ? this.say("shown", counts) : "");
      if (fitting.length > most) {
        const next = this.say("more", { COUNT: PIECE });
        this.more.append(" ", button(next, () => this.show((this.shown = most + PIECE))));
        this.more.append(" ", button(this.texts.all, () => this.show((this.shown = this.rows.length))));
      }
      for (const listener of this.listeners) listener(this.body);
    }
    search(words) {
      this.words = words;
      if (this.held) this.shown = PIECE;
      this.show();
    }
    sortable(head, column) {
      const sorter = button("", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keys = this.rows.map((row) => firstLine(cellsOf(row)[column] ?? ""));
        this.order.sort((one, other) => (down ? -1 : 1) * this.collator.compare(keys[one], keys[other]));
        this.show();
      });
      sorter.append(...head.childNodes);
      head.append(sorter);
    }
  }

  /* The story of an account: what was found about it, and every event of it, below its row in a record. */
  class Stories {
    constructor(tables) {
      this.tables = tables;
      this.texts = textsOf(tables.get("outcomes").place);
      tables.get("outcomes").listeners.push((body) => this.offer(body));
    }
    lines(name, account, column) {
      const table = this.tables.get(name);
      if (!table) return [];
      if (!table.byAccount) {
        table.byAccount = new Map();
        for (const row of table.rows) {
          const key = firstLine(cellsOf(row)[column]);
          if (!table.byAccount.has(key)) table.byAccount.set(key, []);
          table.byAccount.get(key).push(row);
        }
      }
      return table.byAccount.get(account) ?? [];
    }
    offer(body) {
      for (const row of body.rows) {
        const id = row.querySelector("code");
        const opener = button("", () => this.toggle(row, opener, id.textContent));
        opener.className = "story";
        opener.title = this.texts.story;
        opener.setAttribute("aria-expanded", "false");
        id.before(opener);
        opener.append(id);
      }
    }
    toggle(row, opener, account) {
      const open = opener.getAttribute("aria-expanded") === "true";
      opener.setAttribute("aria-expanded", String(!open));
      if (open) return void row.nextElementSibling.remove();
      const listed = (rows, columns) =>
        `<table><tbody>${rows
          .map(cellsOf)
          .map((cells) => `<tr>${columns.map((column) => `<td>${cells[column]}`).join("")}`)
          .join("")}</table>`;
      const events = this.lines("timeline", account, 4);
      const found = this.lines("findings", account, 0);
      const story = document.createElement("tr");
      story.className = "told";
      story.innerHTML = `<td colspan="${row.cells.length}">${
        events.length
          ? `<h4>${escaped(this.texts.events)}</h4>${listed(events, [1, 2, 3, 6])}`
          : `<p>${escaped(this.texts.none)}</p>`
      }${found.length ? `<h4>${escaped(this.texts.findings)}</h4>${listed(found, [1, 2, 3, 4])}` : ""}`;
      row.after(story);
    }
  }

  /* A whole record: every table, one search over all of them, all rows on paper. */
  async function record(page) {
    const all = [...page.querySelectorAll(".orgtools-table")].map((place) => new Table(place));
    const tables = new Map(all.map((table) => [table.element.id, table]));
    if (tables.has("outcomes")) new Stories(tables);
    await Promise.all(all.map((table) => table.load()));
    const box = page.querySelector("nav input");
    let pause;
    box.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => all.forEach((table) => table.search(wordsOf(box.value))), 150);
    });
    addEventListener("beforeprint", () => all.forEach((table) => table.show(MOST_ON_PAPER)));
    addEventListener("afterprint", () => all.forEach((table) => table.show()));
    page.dataset.ready = "yes";
  }

  /* A link with data-find searches the findings beside it for those words. */
  function assessment(place) {
    place.addEventListener("click", (event) => {
      const link = event.target.closest("[data-find]");
      const box = link && place.querySelector(".findings input[type=search]");
      if (!box) return;
      box.value = link.dataset.find;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* Counts by itself: no kernel is needed, and a reopened notebook goes on counting. AWS's clock may be ahead of the
     page's (a rehearsal's can be moved), so the page is told how long it was, and when. */
  function countdown(place) {
    const texts = textsOf(place);
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const passed = Date.now() - Number(place.dataset.shownAt);
      const left = Math.max(0, Math.round((Number(place.dataset.left) - passed) / 1000));
      const days = Math.floor(left / 86400);
      const clock = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60].map(two).join(":");
      const text = !left ? texts.over : days ? texts.days : texts.clock;
      place.textContent = text.replace("DAYS", days).replace("CLOCK", clock);
      if (left && (place.isConnected || passed < 5000)) setTimeout(tick, 1000);
    };
    tick();
  }

  const each = (selector, work) => {
    for (const place of document.querySelectorAll(`${selector}:not([data-live])`)) {
      place.dataset.live = "";
      work(place);
    }
  };
  each("html.orgtools-record", record);
  each(":root:not(.orgtools-record) .orgtools-table.long", (place) => new Table(place).load());
  each(".orgtools-assessed", assessment);
  each(".orgtools-countdown", countdown);
})();
