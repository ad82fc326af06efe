"""What can be wrong with a page, as a browser sees it; each fault is a line to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Page

WIDTHS = (390, 768, 1440)
THEMES = ("light", "dark")
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# the rules of axe-core that look at colours; others find the same in light and in dark
_COLOURS = ["color-contrast", "link-in-text-block"]
# axe looks at each element: of folded parts and of rows of a table the first stand for all
_ROWS = 20

_OVERFLOW = """(width) => {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  const excess = scrollWidth - clientWidth;
  if (excess > 0) found.push(`${width} px: ${excess} px too wide`);
  for (const code of document.querySelectorAll("pre")) {
    if (code.scrollWidth > code.clientWidth + 1) {
      found.push(`${width} px: code is cut off: ${code.textContent.slice(0, 60)}`);
    }
  }
  return found;
}"""
_PICTURES = """async () => {
  // formulas are set last, and change what follows them
  await window.MathJax?.startup?.promise;
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return images.filter((image) => image.getAttribute("src") && !image.naturalWidth)
    .map((image) => `no picture: ${image.getAttribute("src")}`);
}"""
# Chinese in the English edition; names of languages in the switch have their own attribute
_UNMARKED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode;
    if (!/\\p{Script=Han}/u.test(data) || parentElement.closest("script, style, option")) continue;
    if (!parentElement.closest("[lang]").lang.startsWith("zh")) found.add(data.trim().slice(0, 60));
  }
  return [...found].map((text) => `not marked as Chinese: ${text}`);
}"""
# what the theme and the binder say around an article
_ENGLISH = """() => {
  const found = [];
  const named = document.querySelectorAll("[title], [aria-label], [placeholder], [data-bs-title]");
  for (const element of named) {
    for (const name of ["title", "aria-label", "placeholder", "data-bs-title"]) {
      const text = element.getAttribute(name);
      // a reference has its title in its own language
      if (!text || element.closest(".bibtex-citation")) continue;
      if (/[A-Za-z]{2}/.test(text) && !/\\p{Script=Han}/u.test(text)) {
        found.push(`not Chinese: ${name}="${text}"`);
      }
    }
  }
  return [...new Set(found)];
}"""
# preload: axe would fetch the style sheets anew, which a page opened from disk may not
_AXE = """async (options) => {
  const moving = document.getAnimations().map((animation) => animation.finished.catch(() => {}));
  await Promise.all(moving);
  const { violations } = await axe.run(document, { preload: false, ...options });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} (${failureSummary})`));
}"""
_UNFOLD = """(rows) => {
  const unfolded = new Set();
  for (const folded of document.querySelectorAll("article details:not([open])")) {
    const kind = `${folded.className} ${folded.querySelector("summary").textContent}`;
    if (unfolded.has(kind)) folded.remove();
    else folded.open = true;
    unfolded.add(kind);
  }
  for (const row of document.querySelectorAll(`tbody tr:nth-child(n + ${rows + 1})`)) row.remove();
}"""
# what can be reached by keyboard
_STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
    && element.tabIndex >= 0 && !element.closest("dialog:not([open])"))
  .map((element, number) => {
    element.dataset.stop = number;
    return [`${number}`, element.outerHTML.slice(0, 120)];
  })"""
_FOCUSED = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const seen = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  return [element.dataset.stop, seen, element.outerHTML.slice(0, 120)];
}"""


@contextmanager
def watched(page: Page, own: str) -> Iterator[list[str]]:
    """Collects what goes wrong on a page meanwhile; `own` is how addresses of the book begin."""
    found: list[str] = []

    def request(asked: object) -> None:
        if not asked.url.startswith((own, "data:", "blob:")):
            found.append(f"calls {asked.url}")

    listeners = {
        "console": lambda said: (
            found.append(f"console: {said.text}") if said.type in ("error", "warning") else None
        ),
        "pageerror": lambda error: found.append(f"script: {error}"),
        "requestfailed": lambda asked: (
            # what was under way when the reader went on is no fault
            found.append(f"failed: {asked.url}") if asked.failure != "net::ERR_ABORTED" else None
        ),
        "response": lambda got: (
            found.append(f"{got.status}: {got.url}") if got.status >= 400 else None
        ),
        "request": request,
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield found
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def overflow(page: Page) -> list[str]:
    """Sideways scrolling and clipped code, on a phone, a tablet and a desk."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += page.evaluate(_OVERFLOW, width)
    return found


def missing_pictures(page: Page) -> list[str]:
    return page.evaluate(_PICTURES)


def wrong_language(page: Page) -> list[str]:
    """Phrases of the English edition without their language, words of the theme in the Chinese."""
    chinese = page.evaluate("document.documentElement.lang").startswith("zh")
    return page.evaluate(_ENGLISH if chinese else _UNMARKED)


def inaccessible(page: Page, axe: str, themes: Sequence[str] = THEMES) -> list[str]:
    """What axe-core says against WCAG 2.1 AA: the structure once, the colours in each theme."""
    page.evaluate(axe)
    page.evaluate(_UNFOLD, _ROWS)
    found: list[str] = []
    for number, theme in enumerate(themes):
        rules = {"type": "rule", "values": _COLOURS}
        if number == 0:
            rules = {"type": "tag", "values": _STANDARD}
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        found += [f"{theme}: {fault}" for fault in page.evaluate(_AXE, {"runOnly": rules})]
    return found


def unreached(page: Page) -> list[str]:
    """What the Tab key never comes to, and where nobody sees that it came."""
    left = dict(page.evaluate(_STOPS))
    found: list[str] = []
    for _ in range(len(left) + 10):
        page.keyboard.press("Tab")
        stop, seen, html = page.evaluate(_FOCUSED)
        if stop is not None and not seen:
            found.append(f"no visible focus: {html}")
        left.pop(stop, None)
    return found + [f"not reached: {html}" for html in left.values()]
