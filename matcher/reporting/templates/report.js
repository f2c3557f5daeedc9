"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const table = byId("worklist");
  const bodies = Array.from(table.tBodies);
  const form = document.querySelector(".controls");
  document.documentElement.classList.add("js");

  // «giong bo» finds «giống bò» and «giống bơ»; «giống bò» finds only itself.
  const lower = (text) => text.normalize("NFC").toLowerCase();
  const fold = (text) => lower(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  const texts = new Map();
  function textOf(body) {
    if (!texts.has(body)) {
      // Id, title and organisation, plan, duplicates: what the proposal is, not what it lies near.
      const exact = lower([1, 2, 6, 7].map((column) => body.rows[0].cells[column].textContent).join(" "));
      texts.set(body, { exact, folded: fold(exact) });
    }
    return texts.get(body);
  }
  function holds(body, words) {
    if (!words.length) return true;
    const text = textOf(body);
    return words.every((word) => (fold(word) === word ? text.folded : text.exact).includes(word));
  }

  function value(id) {
    const control = byId(id);
    return control ? (control.type === "checkbox" ? control.checked : control.value) : "";
  }
  function filter() {
    const words = lower(value("search")).split(/\s+/).filter(Boolean);
    const state = value("state"), field = value("field"), orientation = value("orientation");
    const duplicates = value("duplicates"), problems = value("problems");
    let shown = 0;
    for (const body of bodies) {
      const data = body.dataset;
      const keep = (!state || data.state === state) && (!field || data.field === field) &&
        (!orientation || data.orientation === orientation) && (!duplicates || data.duplicates !== "0") &&
        (!problems || data.problems !== "0") && holds(body, words);
      body.hidden = !keep;
      if (keep) shown += 1;
    }
    const output = byId("shown");
    output.textContent = output.dataset.words + " " + shown + "/" + bodies.length;
  }

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  function sort(header) {
    const column = Number(header.dataset.sort);
    const ascending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentNode.children) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const key = (body) => {
      const cell = body.rows[0].cells[column];
      return "v" in cell.dataset ? cell.dataset.v : cell.textContent.trim();
    };
    const keyed = bodies.map((body, index) => ({ body, key: key(body), index }));
    keyed.sort((a, b) => {
      const x = Number(a.key), y = Number(b.key);
      const order = a.key !== "" && b.key !== "" && !isNaN(x) && !isNaN(y) ? x - y : collator.compare(a.key, b.key);
      return (ascending ? order : -order) || a.index - b.index;
    });
    for (const each of keyed) table.appendChild(each.body);
  }

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  form.addEventListener("reset", () => setTimeout(filter, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const header of table.querySelectorAll("th[data-sort]")) {
    header.tabIndex = 0;
    header.addEventListener("click", () => sort(header));
    header.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(header); }
    });
  }
  const toggle = byId("toggle");
  toggle.addEventListener("click", () => {
    const open = toggle.textContent === toggle.dataset.open;
    for (const details of table.querySelectorAll("tbody:not([hidden]) details")) details.open = open;
    toggle.textContent = open ? toggle.dataset.close : toggle.dataset.open;
  });
  byId("print").addEventListener("click", () => window.print());
  // A link to a proposal that a filter hides shows it, and opens it.
  function reveal() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || target.tagName !== "TBODY") return;
    target.hidden = false;
    target.querySelector("details").open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  filter();
  reveal();
})();
