// Sort the rows of a table by a column: upwards, downwards, and then as they were published.
document.addEventListener("DOMContentLoaded", () => {
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const absent = new Set(["", "—"]);
  const plain = /^[+-]?[\d,]*\.?\d+%?$/;

  // what the cell stands for: the numbers that the build has set beside it, else its text
  const text = (cell) => (cell.dataset.value ?? cell.textContent).trim();
  const number = (shown) => shown.replace(/\u2212/g, "-").replace(/,(?=\d{3})/g, "");
  const isNumber = (shown) => plain.test(number(shown));
  const compareNumbers = (one, other) => {
    for (let place = 0; place < Math.max(one.length, other.length); place++) {
      const difference = (one[place] ?? 0) - (other[place] ?? 0);
      if (difference) return difference;
    }
    return 0;
  };

  for (const table of document.querySelectorAll("table.data-table:not(.cards)")) {
    const body = table.tBodies[0];
    if (!table.tHead || !body || body.rows.length < 3) continue;
    const published = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];

    const keys = (column) => {
      const cells = published.map((row) => row.cells[column]);
      const shown = cells.map(text);
      const known = shown.filter((word) => !absent.has(word));
      const numeric = cells.every(
        (cell, place) => absent.has(shown[place]) || "value" in cell.dataset || isNumber(shown[place]),
      );
      const made = (word) =>
        absent.has(word) ? null : numeric ? number(word).split(" ").map(parseFloat) : word;
      const compare = known.length && numeric ? compareNumbers : order.compare;
      return { of: new Map(published.map((row, place) => [row, made(shown[place])])), compare };
    };

    const sort = (column, direction) => {
      const { of, compare } = keys(column);
      const rows = [...published];
      // a sort of JavaScript is stable: equal rows stay as they were published
      if (direction) {
        rows.sort((first, second) => {
          const [one, other] = [of.get(first), of.get(second)];
          // what is missing comes last both ways
          if (one === null || other === null) return (one === null) - (other === null);
          return direction * compare(one, other);
        });
      }
      body.append(...rows);
    };

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const next = { ascending: "descending", descending: "" }[now] ?? "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        sort(column, { ascending: 1, descending: -1 }[next] ?? 0);
      });
    });
  }
});
