// What `bindery run` says of values, without a form: the same verdicts, words and commands.
window.binderyRules = (form, words) => {
  const { strip, readWhole, readDecimal, readJson, repr, str, plain, yamlText, shellWord, isNumber, same } =
    window.binderyValues;
  const fill = (text, ...parts) => {
    let next = 0;
    return text.replace(/\{(\d*)\}/g, (_, number) => parts[number === "" ? next++ : number]);
  };

  // text of a field -> the type that the rule names
  const typesOf = (rule) => {
    const types = [rule.type ?? []].flat();
    for (const choice of rule.oneOf ?? rule.anyOf ?? []) {
      if (typeof choice.type === "string") types.push(choice.type);
    }
    return types.length ? types : (rule.enum ?? []).map(typeOf);
  };
  const typeOf = (value) => {
    if (value === null) return "null";
    if (Array.isArray(value)) return "array";
    return { bigint: "integer", number: "number" }[typeof value] ?? typeof value;
  };
  const coerce = (given, rule) => {
    const types = typesOf(rule);
    const text = strip(given);
    const lower = text.toLowerCase();
    if (types.includes("null") && ["none", "null"].includes(lower)) return null;
    if (types.includes("boolean") && ["true", "yes", "false", "no"].includes(lower)) {
      return lower === "true" || lower === "yes";
    }
    for (const [type, read] of [["integer", readWhole], ["number", readDecimal]]) {
      const number = types.includes(type) ? read(text) : undefined;
      if (number !== undefined) return number;
    }
    if ((types.includes("array") || types.includes("object")) && /^[[{]/.test(text)) {
      try {
        return readJson(text);
      } catch {
        // as it is: no value of this type
      }
    }
    return given;
  };

  // JSON Schema, as far as forms check it
  const isType = (value, type) => {
    if (type === "integer") return typeof value === "bigint" || Number.isInteger(value);
    if (type === "number") return isNumber(value);
    return typeOf(value) === type;
  };
  const matches = (pattern, text) => {
    const form = new RegExp(pattern, "u");
    // Python's $ also stands before a line end that ends the text
    return form.test(text) || (text.endsWith("\n") && form.test(text.slice(0, -1)));
  };
  const length = (value) => [...value].length;
  const number = (test) => (value, bound) => !isNumber(value) || test(value, bound);
  const text = (test) => (value, bound) => typeof value !== "string" || test(value, bound);
  const list = (test) => (value, bound) => !Array.isArray(value) || test(value, bound);
  const tests = {
    type: (value, types) => [types].flat().some((type) => isType(value, type)),
    enum: (value, choices) => choices.some((choice) => same(value, choice)),
    const: same,
    minimum: number((value, bound) => value >= bound),
    exclusiveMinimum: number((value, bound) => value > bound),
    maximum: number((value, bound) => value <= bound),
    exclusiveMaximum: number((value, bound) => value < bound),
    pattern: text((value, bound) => matches(bound, value)),
    minLength: text((value, bound) => length(value) >= bound),
    maxLength: text((value, bound) => length(value) <= bound),
    minItems: list((value, bound) => value.length >= bound),
    maxItems: list((value, bound) => value.length <= bound),
    items: list((value, rule) => value.every((one) => isValid(one, rule))),
    oneOf: (value, rules) => rules.filter((rule) => isValid(value, rule)).length === 1,
    anyOf: (value, rules) => rules.some((rule) => isValid(value, rule)),
  };
  const isValid = (value, rule) =>
    Object.entries(rule).every(([key, bound]) => !tests[key] || tests[key](value, bound));
  const isFinite = (value) => {
    if (value !== null && typeof value === "object") return Object.values(value).every(isFinite);
    return typeof value !== "number" || Number.isFinite(value);
  };

  // the nearest of known names, as Python's difflib finds it
  const blocks = (one, other) => {
    let [best, from, to] = [0, 0, 0];
    let before = [];
    one.forEach((letter, i) => {
      const now = [];
      other.forEach((another, j) => {
        if (letter !== another) return;
        now[j] = (before[j - 1] ?? 0) + 1;
        if (now[j] > best) [best, from, to] = [now[j], i - now[j] + 1, j - now[j] + 1];
      });
      before = now;
    });
    if (!best) return 0;
    const left = blocks(one.slice(0, from), other.slice(0, to));
    return best + left + blocks(one.slice(from + best), other.slice(to + best));
  };
  const likeness = (one, other) => {
    const [first, second] = [[...one], [...other]];
    const all = first.length + second.length;
    return all ? (2 * blocks(first, second)) / all : 1;
  };
  const many = 20;
  const near = (name, known) => {
    const lower = new Map(known.map((word) => [word.toLowerCase(), word]));
    const close = [...lower.keys()]
      .map((word) => [likeness(word, name.toLowerCase()), word])
      .filter(([score]) => score >= 0.5)
      .sort(([score, word], [other, another]) => other - score || (another > word ? 1 : -1))
      .slice(0, many / 4)
      .map(([, word]) => lower.get(word));
    return [close, close.length ? fill(words.did_you_mean, repr(close[0])) : ""];
  };
  const nearest = (name, known) => {
    const [close, hint] = near(name, known);
    const shown = close.length ? close : known.slice(0, many / 4);
    const told =
      known.length <= many
        ? fill(words.known, known.join(", "))
        : fill(words.known_more, shown.join(", "), known.length - shown.length);
    return [hint, told].filter(Boolean).join(" ");
  };

  // the key that a name stands for; letter by letter, as a final sigma is no other letter here
  const fold = (text) => [...text].map((letter) => letter.toUpperCase().toLowerCase()).join("");
  const keysOf = ({ rows, suffix }) => {
    const ending = new RegExp(suffix, "gu");
    const index = (names) => {
      const found = new Map();
      for (const row of rows) {
        for (const name of names(row)) {
          const folded = fold(name);
          found.set(folded, (found.get(folded) ?? new Set()).add(row[0]));
        }
      }
      return found;
    };
    return {
      indexes: [
        index(([key]) => [key]),
        index(([, ...names]) => names),
        index(([, ...names]) => names.map((name) => name.replace(ending, ""))),
      ],
      names: [...new Set(rows.flatMap(([, ...names]) => names).filter(Boolean))],
    };
  };
  const keys = new Map(
    form.parameters.filter(({ key }) => key).map(({ name, key }) => [name, keysOf(key)]),
  );
  const findKey = (name, value, rule) => {
    const { indexes, names } = keys.get(name);
    const wanted = fold(strip(str(value)));
    const found = wanted ? indexes.map((index) => index.get(wanted)).find(Boolean) : undefined;
    if (found?.size === 1) return { value: [...found][0] };
    const said = `${name} = ${repr(value)}`;
    if (found) {
      const meant = fill(words.ambiguous, said, [...found].join(words.and));
      const fault = { found: meant, allowed: fill(words.one_key, rule.key), remedy: fill(words.give_key, rule.key) };
      return { value, fault };
    }
    return { value, fault: { found: said, allowed: rule.allowed, remedy: near(str(value), names)[1] } };
  };

  const resolve = ({ name, rule, key, allowed }, given) => {
    const value = coerce(given, rule);
    if (!isFinite(value)) {
      return { value, fault: { found: `${name} = ${str(value)}`, allowed: words.finite, remedy: "" } };
    }
    if (!isValid(value, rule)) {
      const remedy = rule.enum && typeof value === "string" ? nearest(value, rule.enum.map(str)) : "";
      return { value, fault: { found: `${name} = ${repr(value)}`, allowed, remedy } };
    }
    return key ? findKey(name, value, key) : { value };
  };
  const missingRows = (values) =>
    form.data.flatMap(({ names, combinations, allowed, remedy }) => {
      const wanted = names.map((name) => str(values[name]));
      if (combinations.some((one) => one.every((text, place) => text === wanted[place]))) return [];
      const found = names.map((name, place) => `${name} = ${wanted[place]}`).join(", ");
      return [{ name: names[0], found, allowed, remedy }];
    });

  // texts by the name of their parameter; a parameter without a text has its default
  const check = (texts) => {
    const values = {};
    const faults = [];
    for (const parameter of form.parameters) {
      const { name } = parameter;
      const found = name in texts ? resolve(parameter, texts[name]) : { value: parameter.default };
      values[name] = found.value;
      if (found.fault) faults.push({ name, ...found.fault });
    }
    if (!faults.length) faults.push(...missingRows(values));
    const given = form.parameters
      .filter((parameter) => !same(values[parameter.name], parameter.default))
      .map(({ name }) => [name, values[name]]);
    return { given, faults };
  };

  const papermillWords = ([name, value]) => {
    if (typeof value === "string") return ["-r", name, value];
    if (value !== null && typeof value === "object") return ["-y", yamlText({ [name]: value })];
    return ["-p", name, repr(value)];
  };
  const run = (given) =>
    ["bindery", "run", form.notebook, ...given.flatMap(([name, value]) => ["-p", `${name}=${plain(value)}`])];
  const papermill = (given) => ["papermill", form.file, "out.ipynb", ...given.flatMap(papermillWords)];
  const grid = (given) => [
    `# bindery sweep ${shellWord(form.notebook)} --grid grid.yml`,
    ...(given.length ? given.map(([name, value]) => `${name}: [${yamlText(value)}]`) : ["{}"]),
  ];
  const commands = {
    run: (given) => run(given).map(shellWord).join(" "),
    papermill: (given) => papermill(given).map(shellWord).join(" "),
    sweep: (given) => grid(given).join("\n"),
  };

  const faultText = ({ found, allowed, remedy }) =>
    [fill(words.fault_found, found, allowed), remedy && fill(words.remedy, remedy)].filter(Boolean);

  return { check, commands, faultText };
};
