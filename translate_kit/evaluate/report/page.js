"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const status = document.getElementById("status");
  const SHOWN = 20;

  /* Tables: every head becomes a button; unknown values stay last whichever way. */
  const value = (row, column) => row.children[column].dataset.value;
  const compare = (a, b, numeric) => (numeric ? a - b : a.localeCompare(b));
  const sort = (table, head, column) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const known = rows.filter((row) => value(row, column) !== "");
    const numeric = known.every((row) => !Number.isNaN(Number(value(row, column))));
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : numeric;
    known.sort((a, b) => (down ? -1 : 1) * compare(value(a, column), value(b, column), numeric));
    body.append(...known, ...rows.filter((row) => value(row, column) === ""));
    all(table, "[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    status.textContent = `Sorted by ${head.textContent}, ${down ? "descending" : "ascending"}`;
    table.dispatchEvent(new Event("sorted"));
  };
  all(document, ".sortable").forEach((table) => {
    const heads = [...table.querySelector("[data-heads]").children];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head, column));
    });
  });

  /* Sentences: systems can be shown and hidden; the spread is that of those shown. */
  const table = document.getElementById("sentences");
  const rows = () => [...table.tBodies[0].rows];
  const choice = document.querySelector(".choice");
  const choose = () => {
    const shown = new Set(all(choice, "input:checked").map((box) => box.value));
    all(table, "[data-system]").forEach((cell) => { cell.hidden = !shown.has(cell.dataset.system); });
    rows().forEach((row) => {
      const values = all(row, "[data-system]:not([hidden])").map((cell) => Number(cell.dataset.value));
      const spread = values.length ? Math.max(...values) - Math.min(...values) : 0;
      const cell = row.querySelector(".spread");
      cell.dataset.value = spread;
      cell.textContent = spread.toFixed(1);
    });
  };

  /* Long tables begin short. */
  const more = document.createElement("button");
  let open = false;
  const cut = () => {
    rows().forEach((row, place) => { row.hidden = !open && place >= SHOWN; });
    more.hidden = rows().length <= SHOWN;
    more.textContent = open ? `Show the first ${SHOWN}` : `Show all ${rows().length}`;
  };
  more.type = "button";
  more.className = "more";
  more.addEventListener("click", () => { open = !open; cut(); });
  table.parentNode.after(more);
  table.addEventListener("sorted", cut);

  if (choice) {
    const spread = table.querySelector("[data-heads]").children[1];
    choice.hidden = false;
    choice.addEventListener("change", () => {
      choose();
      spread.removeAttribute("aria-sort");
      sort(table, spread, 1);
    });
    choose();
    sort(table, spread, 1);
    status.textContent = "";
  }
  cut();
})();
