// What a number in the text is: shown on hover and on focus, as long as it is wanted; Esc hides it.
document.addEventListener("DOMContentLoaded", () => {
  const tip = document.createElement("div");
  tip.id = "result-told";
  tip.className = "result-told";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let shownFor = null;
  let leaving;

  const hide = () => {
    clearTimeout(leaving);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    tip.hidden = true;
  };
  const place = (link) => {
    // of a number that breaks across lines, the last line
    const box = [...link.getClientRects()].at(-1);
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const { offsetWidth, offsetHeight } = tip;
    const left = Math.max(8, Math.min(box.left, width - offsetWidth - 8));
    const below = box.bottom + offsetHeight < height;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(below ? box.bottom : box.top - offsetHeight) + window.scrollY}px`;
  };
  const show = (link) => {
    hide();
    tip.replaceChildren(
      ...link.dataset.told.split(" · ").map((text) => {
        const line = document.createElement("span");
        line.textContent = text;
        return line;
      }),
    );
    tip.hidden = false;
    shownFor = link;
    link.setAttribute("aria-describedby", tip.id);
    place(link);
  };
  // time to move the pointer onto the tooltip
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (shownFor !== document.activeElement) hide();
    }, 200);
  };
  for (const link of document.querySelectorAll("a.result[title]")) {
    link.dataset.told = link.title;
    // the browser would show its own beside
    link.removeAttribute("title");
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("focus", () => show(link));
    link.addEventListener("mouseleave", leave);
    link.addEventListener("blur", hide);
  }
  tip.addEventListener("mouseenter", () => clearTimeout(leaving));
  tip.addEventListener("mouseleave", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
});
