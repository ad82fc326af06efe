// Show a figure as large as the window allows, and larger where the window is small.
document.addEventListener("DOMContentLoaded", () => {
  const figures = document.querySelectorAll("figure.published");
  if (!figures.length) return;
  const button = (text) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = text;
    return made;
  };
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  const close = button(binderyWords.close);
  const frame = document.createElement("div");
  // the arrow keys scroll what has the focus
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", binderyWords.enlarged);
  const picture = document.createElement("img");
  frame.append(picture);
  dialog.append(close, frame);
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  for (const figure of figures) {
    const image = figure.querySelector("img");
    const number = figure.querySelector(".caption-number");
    const opener = button(binderyWords.enlarge);
    opener.classList.add("zoom-open");
    const name = number ? number.textContent.trim() : "";
    if (name) opener.setAttribute("aria-label", `${binderyWords.enlarge}${binderyWords.colon}${name}`);
    const show = () => {
      picture.src = image.src;
      picture.alt = image.alt;
      dialog.setAttribute("aria-label", name || binderyWords.enlarged);
      // the focus returns to what had it before, also when the picture was clicked
      opener.focus({ preventScroll: true });
      dialog.showModal();
    };
    opener.addEventListener("click", show);
    image.addEventListener("click", show);
    figure.querySelector("figcaption").append(opener);
  }
});
