// From a page to another one of its notebook: to the section, figure or table that is being read.
document.addEventListener("DOMContentLoaded", () => {
  const nav = document.querySelector("nav.family");
  if (!nav) return;
  const { page, anchors } = nav.dataset;
  const places = anchors.split(" ").map((anchor) => {
    // the anchor of something published begins with the name of its page
    const id = anchor.startsWith("-") ? page + anchor : anchor;
    return { anchor, element: document.getElementById(id) };
  }).filter(({ element }) => element);
  const isSeen = ({ element }) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };
  // the one that the address names, if it is in sight; else the last that has passed the top
  const place = () => {
    const hash = decodeURIComponent(window.location.hash.slice(1));
    const named = places.find(({ element }) => element.id === hash);
    if (named && isSeen(named)) return named.anchor;
    const line = window.innerHeight / 3;
    const passed = places
      .map(({ anchor, element }) => [element.getBoundingClientRect().top, anchor])
      .filter(([top]) => top < line)
      .sort(([one], [other]) => one - other);
    return window.scrollY > line && passed.length ? passed.at(-1)[1] : "";
  };
  for (const link of nav.querySelectorAll("a[data-page]")) {
    link.addEventListener("click", () => {
      const anchor = place();
      const there = anchor && !link.dataset.missing.split(" ").includes(anchor);
      const id = anchor.startsWith("-") ? link.dataset.page + anchor : anchor;
      link.href = link.getAttribute("href").split("#")[0] + (there ? `#${id}` : "");
    });
  }
  // like any menu: it closes with Esc, and when something else is chosen
  const menu = nav.querySelector("details");
  const close = () => {
    menu.open = false;
  };
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
});
