// Go to the same place, and remember the choice for the first page.
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("a.edition-switch")) {
    link.addEventListener("click", () => {
      try {
        localStorage.setItem("edition", link.getAttribute("hreflang"));
      } catch {
        // a browser may refuse to store for files opened from disk
      }
      link.href = link.getAttribute("href").split("#")[0] + window.location.hash;
    });
  }
});

// Choose rows of the table that follows, by the values of a column and by any text.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form.row-filters")) {
    let next = form.nextElementSibling;
    while (next && !next.querySelector("tbody")) next = next.nextElementSibling;
    if (!next) continue;
    const rows = [...next.querySelectorAll("tbody > tr")];
    const choosers = [...form.querySelectorAll("select")];
    const search = form.querySelector("input");
    const value = (row, chooser) => {
      const cell = row.querySelector(`:scope > .column-${chooser.dataset.column}`);
      return (cell.querySelector(".cell-text") || cell).textContent.trim();
    };
    for (const chooser of choosers) {
      const found = new Set(rows.map((row) => value(row, chooser)));
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      for (const text of [...found].sort(order.compare)) chooser.add(new Option(text, text));
    }
    const choose = () => {
      const wanted = search.value.trim().toLowerCase();
      let count = 0;
      for (const row of rows) {
        const kept =
          choosers.every((chooser) => !chooser.value || value(row, chooser) === chooser.value) &&
          row.textContent.toLowerCase().includes(wanted);
        row.hidden = !kept;
        count += kept;
      }
      form.querySelector("output span").textContent = `${count} / ${rows.length}`;
    };
    // a link to a row must find it, whatever was chosen before
    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      if (target && target.hidden) {
        form.reset();
        choose();
        target.scrollIntoView();
      }
    };
    form.addEventListener("input", choose);
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", reveal);
    form.hidden = false;
    choose();
  }
});

// Say how the pages of the last build were made.
document.addEventListener("DOMContentLoaded", () => {
  const made = window.binderyRuns;
  for (const table of document.querySelectorAll("table.run-status")) {
    if (!made) continue;
    const words = table.dataset;
    const titles = JSON.parse(words.titles);
    for (const run of made.pages) {
      const row = table.tBodies[0].insertRow();
      const link = document.createElement("a");
      link.href = `${run.page}.html`;
      link.textContent = titles[run.page];
      row.insertCell().append(link);
      const notebook = document.createElement("code");
      notebook.textContent = run.notebook;
      row.insertCell().append(notebook);
      row.insertCell().textContent = words.unitSeconds.replace("{}", run.seconds.toFixed(1));
      row.insertCell().textContent = run.kept ? words.madeKept : words.madeRun;
      row.insertCell().textContent = run.engine;
      // each knows its head where rows are no columns
      for (const [column, cell] of [...row.cells].entries()) cell.className = `column-${column}`;
    }
    const list = document.querySelector("dl.run-environment");
    for (const [name, text] of Object.entries(made.environment)) {
      if (!text) continue;
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = words[name];
      said.textContent = text;
      list.append(term, said);
    }
  }
});
