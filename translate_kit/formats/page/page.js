"use strict";
(() => {
  const text = document.getElementById("text");
  const each = (root, selector, action) => root.querySelectorAll(selector).forEach(action);

  /* Word links: numbers in data-l name the links a piece of text belongs to. */
  let lit = [];
  const unlight = () => { lit.forEach((piece) => piece.classList.remove("lit")); lit = []; };
  const light = (piece) => {
    unlight();
    const links = piece.dataset.l.split(" ").map((number) => `[data-l~="${number}"]`);
    lit = [piece, ...piece.closest("tr").querySelectorAll(links.join(","))];
    lit.forEach((other) => other.classList.add("lit"));
  };

  /* Notes: one tooltip, filled from the note in the margin that the piece names. */
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let owner = null;
  const hide = () => { owner = null; tip.hidden = true; };
  const show = (piece) => {
    const notes = piece.getAttribute("aria-describedby").split(" ");
    tip.textContent = notes.map((id) => document.getElementById(id).textContent).join("\n");
    owner = piece;
    tip.hidden = false;
    place();
  };
  const place = () => {
    if (!owner) return;
    const at = owner.getClientRects()[0] || owner.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(12, Math.min(at.left, room))}px`;
    const above = at.top - tip.offsetHeight - 6;
    tip.style.top = `${above < 6 ? at.bottom + 6 : above}px`;
  };

  const enter = (event) => {
    const piece = event.target.closest("[data-l], .issue");
    if (!piece) return;
    if (piece.dataset.l) light(piece);
    if (piece.matches(".issue")) show(piece); else hide();
  };
  const leave = (event) => {
    if (event.target.closest("[data-l], .issue")) { unlight(); hide(); }
  };
  text.addEventListener("pointerover", enter);
  text.addEventListener("pointerout", leave);
  text.addEventListener("focusin", enter);
  text.addEventListener("focusout", leave);
  addEventListener("scroll", place, { passive: true });

  /* Keys: Tab stops once in every text and at every note; arrows go on from word to word. */
  const pieces = (cell) => [...cell.querySelectorAll("[data-l], .issue")];
  each(text, ".text", (cell) => {
    pieces(cell).forEach((piece, place) => {
      piece.tabIndex = place === 0 || piece.matches(".issue") ? 0 : -1;
    });
  });
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hide(); unlight(); }
    const cell = event.target.closest && event.target.closest(".text");
    if (!cell || !(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = pieces(cell);
    const next = all[all.indexOf(event.target) + steps[event.key]];
    if (next) { event.preventDefault(); next.focus(); }
  });

  /* Filter: no button pressed shows all. */
  const toolbar = document.querySelector(".toolbar");
  if (!toolbar) return;
  const buttons = [...toolbar.querySelectorAll("button")];
  const status = toolbar.querySelector("[role=status]");
  const filter = () => {
    const wanted = buttons.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.state);
    let shown = 0;
    let all = 0;
    each(text, "tbody > tr", (row) => {
      row.hidden = wanted.length > 0 && !wanted.includes(row.dataset.state);
      shown += !row.hidden;
      all += 1;
    });
    each(text, "tbody", (body) => { body.hidden = !body.querySelector("tr:not([hidden])"); });
    status.textContent = wanted.length ? `${shown} of ${all} sentences` : "";
  };
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    filter();
  });
  addEventListener("beforeprint", hide);
  toolbar.hidden = false;
})();
