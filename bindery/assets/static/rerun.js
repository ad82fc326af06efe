// The form of a notebook page: checks other values as the command would, and composes the command.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.rerun");
  if (!form) return;
  const { same, readJson } = window.binderyValues;
  const { form: facts, words, family } = readJson(form.querySelector("script").textContent);
  const rules = window.binderyRules(facts, words);
  const fields = new Map(
    [...form.querySelectorAll("[data-parameter]")].map((field) => [field.dataset.parameter, field]),
  );
  const state = form.querySelector(".rerun-state");
  const command = form.querySelector("pre");
  const copy = form.querySelector(".copy-text");

  // of keys, those that the data have rows for
  for (const { name, key } of facts.parameters) {
    if (!key) continue;
    const rule = facts.data.find(({ names }) => names.includes(name));
    const having = rule && new Set(rule.combinations.map((one) => one[rule.names.indexOf(name)]));
    const rows = key.rows.filter(([code]) => !having || having.has(code));
    const options = rows.map((row) => new Option(row[0], row[key.shown] || row[0]));
    document.getElementById(`rerun-${name}-names`).append(...options);
  }

  // each edition has the page, so its language is no difference
  const told = (given) => given.filter(([name]) => name !== "lang");
  const equals = (given, other) => {
    const mine = told(given);
    const theirs = new Map(told(Object.entries(other)));
    return mine.length === theirs.size && mine.every(([name, value]) => same(value, theirs.get(name)));
  };
  const linked = (text, title, address) => {
    const [before, after] = text.split("{}");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    return [before, link, after];
  };
  const known = (given) => {
    const page = family.find((one) => equals(given, one.given));
    if (page) return page.address ? linked(words.chosen_there, page.title, page.address) : [words.chosen_here];
    const kept = (window.binderyVariants ?? []).find(
      (one) => one.notebook === facts.notebook && equals(given, one.given),
    );
    return kept ? linked(words.chosen_kept, words.notebook_executed, kept.address) : [];
  };

  const update = () => {
    const texts = {};
    // what is left empty has its default
    for (const [name, field] of fields) if (field.value !== "") texts[name] = field.value;
    const { given, faults } = rules.check(texts);
    for (const [name, field] of fields) {
      const own = faults.filter((fault) => fault.name === name);
      field.setAttribute("aria-invalid", String(own.length > 0));
      document.getElementById(`rerun-${name}-fault`).textContent = own.flatMap(rules.faultText).join("\n");
    }
    const way = form.querySelector("input[type=radio]:checked").value;
    command.textContent = faults.length ? "" : rules.commands[way](given);
    command.hidden = copy.disabled = faults.length > 0;
    state.replaceChildren(
      ...(faults.length ? [words.rerun_faults.replace("{}", String(faults.length))] : known(given)),
    );
  };

  // speech would follow every letter
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 250);
  });
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  update();
});
