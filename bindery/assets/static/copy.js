// Copy the element that a button names, or else the one before it. Works from disk as well.
document.addEventListener("DOMContentLoaded", () => {
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  const select = (element) => {
    const folded = element.closest("details");
    if (folded) folded.open = true;
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (source, text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // a browser may refuse it to pages opened from disk; the older way asks for a selection
      select(source);
      return document.execCommand("copy");
    }
  };
  for (const button of document.querySelectorAll("button.copy-text")) {
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { from } = button.dataset;
      const source = from ? document.getElementById(from) : button.previousElementSibling;
      const said = (await copy(source, source.textContent)) ? button.dataset.copied : button.dataset.selected;
      status.textContent = button.textContent = said;
      setTimeout(() => {
        status.textContent = "";
        button.textContent = name;
      }, 2000);
    });
  }
});
