"use strict";
// Filter and sort; the page says all that it has without them.
(() => {
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];

  for (const table of every("table.sortable")) {
    const body = table.tBodies[0];
    every("thead th", table).forEach((header, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sortHint;
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const numbers = "number" in header.dataset;
        const was = header.getAttribute("aria-sort");
        const order = was ? (was === "ascending" ? "descending" : "ascending") : numbers ? "descending" : "ascending";
        const sign = order === "ascending" ? 1 : -1;
        const of = row => row.cells[place].textContent.trim();
        const compare = numbers
          ? (a, b) => Number(of(a)) - Number(of(b))
          : (a, b) => of(a).localeCompare(of(b), document.documentElement.lang);
        every("[aria-sort]", table).forEach(other => other.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", order);
        body.append(...[...body.rows].sort((a, b) => sign * compare(a, b)));
      });
    });
  }

  const panel = document.getElementById("filter");
  if (!panel) return;
  const field = name => panel.querySelector(`[name="${name}"]`);
  const status = panel.querySelector("[role=status]");
  const findings = every(".finding").map(element => ({
    element,
    outcome: element.dataset.outcome,
    severity: element.dataset.severity,
    said: (element.textContent + " " + element.closest(".filing").querySelector("h2").textContent).toLowerCase(),
  }));
  const sections = every(".filing").filter(section => section.id);
  const rows = every("tr[data-filing]");

  const apply = () => {
    const text = field("text").value.trim().toLowerCase();
    const outcome = field("outcome").value;
    const severity = field("severity").value;
    const active = Boolean(text || outcome || severity);
    let shown = 0;
    for (const finding of findings) {
      const fits = (!outcome || finding.outcome === outcome) && (!severity || finding.severity === severity)
        && finding.said.includes(text);
      finding.element.hidden = !fits;
      shown += fits;
    }
    const empty = new Set();
    for (const section of sections) {
      section.hidden = active && !section.querySelector(".finding:not([hidden])");
      if (section.hidden) empty.add(section.id);
    }
    for (const row of rows) row.hidden = empty.has(row.dataset.filing);
    panel.classList.toggle("active", active);
    status.textContent = (active ? panel.dataset.filtered : panel.dataset.unfiltered)
      .replace("{n}", shown).replace("{m}", findings.length);
  };
  panel.hidden = false;
  panel.addEventListener("input", apply);
  apply();
})();
