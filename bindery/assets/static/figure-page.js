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
