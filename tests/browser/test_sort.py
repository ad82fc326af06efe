"""Rows of a table are sorted in a browser: by value, missing ones last, and back again."""

from __future__ import annotations

from importlib import resources

SCRIPT = resources.files("bindery") / "assets" / "static" / "sort.js"
# name, number, interval (its estimate and its low end); "—" is a missing value
ROWS = [
    ("乙", "1,350", ("1.9 to 2.1", "2 1.9")),
    ("甲", "−3.5", ("1.8 to 2.2", "2 1.8")),
    ("乙", "—", ("—", "")),
    ("甲", "20", ("at least 1.5", "1.5")),
]
# clicks on the head of a column, after each: the rows by number, and what the head says
CLICK = """() => {
  const published = [...document.querySelectorAll("#long tbody tr")];
  const seen = [];
  for (const head of document.querySelectorAll("#long th")) {
    for (let click = 0; click < 3; click++) {
      head.querySelector("button").click();
      const rows = [...document.querySelectorAll("#long tbody tr")];
      const said = [...document.querySelectorAll("#long th")].map((one) => one.ariaSort);
      seen.push([rows.map((row) => published.indexOf(row)), said]);
    }
  }
  return { seen, short: document.querySelectorAll("#short button").length };
}"""


def page_of(rows, name):
    cells = "".join(
        f"<tr><td>{text}</td><td class='numeric'>{number}</td>"
        f"<td class='numeric'{f' data-value={value!r}' if value else ''}>{shown}</td></tr>"
        for text, number, (shown, value) in rows
    )
    head = "<tr><th>a</th><th>b</th><th>c</th></tr>"
    return (
        f"<table id='{name}' class='data-table'><thead>{head}</thead><tbody>{cells}</tbody></table>"
    )


def test_rows_are_sorted_by_value_and_come_back(page, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        f"<html lang='zh-CN'><script>{SCRIPT.read_text(encoding='utf-8')}</script>"
        f"<body>{page_of(ROWS, 'long')}{page_of(ROWS[:2], 'short')}</body>",
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    said = page.evaluate(CLICK)
    published = [[0, 1, 2, 3], [None] * 3]
    up = ["ascending", "descending", None]

    def heads(column, click):
        return [up[click] if place == column else None for place in range(3)]

    assert said["short"] == 0
    assert said["seen"] == [
        # by its sound, as Chinese is sorted: jia before yi
        [[1, 3, 0, 2], heads(0, 0)], [[0, 2, 1, 3], heads(0, 1)], published,
        # by number, the missing one last both ways
        [[1, 3, 0, 2], heads(1, 0)], [[0, 3, 1, 2], heads(1, 1)], published,
        # by estimate, of equal ones by the low end
        [[3, 1, 0, 2], heads(2, 0)], [[0, 1, 3, 2], heads(2, 1)], published,
    ]  # fmt: skip
