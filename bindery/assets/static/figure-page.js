// Copy a citation, and say so to those who do not see it.
document.addEventListener("DOMContentLoaded", () => {
  const selectAll = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      // a browser may refuse it to pages opened from disk; the older way asks for a selection
      element.closest("details").open = true;
      selectAll(element);
      return document.execCommand("copy");
    }
  };
  for (const button of document.querySelectorAll("button.copy-citation")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const form = button.closest(".citation-form");
      const done = await copy(form.querySelector("pre"));
      const said = form.parentElement.querySelector(".copy-said");
      said.textContent = done ? button.dataset.copied : button.dataset.selected;
      button.classList.toggle("copied", done);
    });
  }
});

// A link may name the version of the data: say so where the page has another one by now.
document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector(".figure-page .data-other");
  if (!notice) return;
  const compare = () => {
    const asked = window.location.hash.slice(1).replace("-", ":");
    const { mark, text } = notice.dataset;
    notice.hidden = !/^sha256:[0-9a-f]+$/.test(asked) || asked === mark;
    notice.textContent = notice.hidden ? "" : text.replace("{0}", asked).replace("{1}", mark);
  };
  window.addEventListener("hashchange", compare);
  compare();
});

// Say which run drew the figure, and from which commit.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("dl.figure-facts[data-page]");
  const made = window.binderyRuns;
  if (!list || !made) return;
  const { page, key, commit } = list.dataset;
  const run = made.pages.find((one) => one.page === page);
  for (const [name, text] of [[key, run && run.key], [commit, made.environment.commit]]) {
    if (!text) continue;
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    const code = document.createElement("code");
    term.textContent = name;
    code.textContent = text;
    said.append(code);
    list.append(term, said);
  }
});
