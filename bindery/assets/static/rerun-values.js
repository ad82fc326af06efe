// Values as Python has them, for the form of a page: read from text, and written as text.
// A whole number is a BigInt, any other a number: 1 and 1.0 are written differently.
window.binderyValues = (() => {
  const space = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const edges = new RegExp(`^[${space}]+|[${space}]+$`, "g");
  const strip = (text) => text.replace(edges, "");

  // Python reads the digits of every script
  const asciiDigits = (text) =>
    text.replace(/\p{Nd}/gu, (letter) => {
      const code = letter.codePointAt(0);
      let zero = code;
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String((code - zero) % 10);
    });

  const digits = "\\d+(?:_\\d+)*";
  const whole = new RegExp(`^[+-]?${digits}$`);
  const decimal = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`, "i");
  const named = /^([+-]?)(inf|infinity|nan)$/i;
  const mostDigits = 4300;

  // undefined for what is no number
  const readWhole = (text) => {
    const plain = asciiDigits(strip(text)).replace(/^\+/, "");
    if (!whole.test(plain) || plain.replace(/\D/g, "").length > mostDigits) return undefined;
    return BigInt(plain.replaceAll("_", ""));
  };
  const readDecimal = (text) => {
    const plain = asciiDigits(strip(text));
    const name = plain.match(named);
    if (name) return name[2].toLowerCase() === "nan" ? NaN : name[1] === "-" ? -Infinity : Infinity;
    return decimal.test(plain) ? Number(plain.replaceAll("_", "")) : undefined;
  };

  // JSON as Python reads it: whole numbers stay whole, NaN and Infinity are numbers
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?Infinity/g;
  const mark = "\u0000number";
  const readJson = (text) => {
    const marked = text.replace(tokens, (token) =>
      token.startsWith('"') ? token : JSON.stringify({ [mark]: token }),
    );
    return JSON.parse(marked, (_, part) => {
      if (part === null || typeof part !== "object" || !(mark in part)) return part;
      // as it stands in the text: JSON allows fewer forms than Python
      JSON.parse(/^-?(NaN|Infinity)$/.test(part[mark]) ? "0" : part[mark]);
      const number = /^-?\d+$/.test(part[mark]) ? readWhole(part[mark]) : readDecimal(part[mark]);
      if (number === undefined) throw new SyntaxError(part[mark]);
      return number;
    });
  };

  const decimalText = (number) => {
    if (!Number.isFinite(number)) return String(number).replace("Infinity", "inf").replace("NaN", "nan");
    const [mantissa, exponent] = number.toExponential().split("e");
    if (exponent < -4 || exponent >= 16) {
      return `${mantissa}e${exponent < 0 ? "-" : "+"}${exponent.slice(1).padStart(2, "0")}`;
    }
    if (Object.is(number, -0)) return "-0.0";
    // JavaScript has an exponent from 0.000001 downwards, Python from 0.0001
    const text = String(number);
    return text.includes(".") ? text : `${text}.0`;
  };

  const escapes = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const quoted = (text) => {
    const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
    const letters = [...text].map((letter) => {
      if (letter === mark) return `\\${letter}`;
      if (letter in escapes) return escapes[letter];
      if (letter === " " || !/[\p{C}\p{Z}]/u.test(letter)) return letter;
      const code = letter.codePointAt(0).toString(16);
      if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
      return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
    });
    return mark + letters.join("") + mark;
  };

  const written = (value, form) => {
    if (value === null) return form.none;
    if (value === true) return form.yes;
    if (value === false) return form.no;
    if (typeof value === "bigint") return String(value);
    if (typeof value === "number") return form.number(value);
    if (typeof value === "string") return form.text(value);
    if (Array.isArray(value)) return `[${value.map((one) => written(one, form)).join(", ")}]`;
    const pairs = Object.entries(value).map(([key, one]) => `${form.text(key)}: ${written(one, form)}`);
    return `{${pairs.join(", ")}}`;
  };
  const python = { none: "None", yes: "True", no: "False", number: decimalText, text: quoted };
  const json = { none: "null", yes: "true", no: "false", number: decimalText, text: JSON.stringify };
  const yaml = {
    ...json,
    // YAML takes a number for a text if its exponent follows no point
    number: (number) => decimalText(number).replace(/^(-?\d+)e/, "$1.0e"),
    // and some signs that JSON has it refuses
    text: (text) =>
      JSON.stringify(text).replace(
        /[\x7f-\x9f\ufeff\ufffe\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ),
  };

  const repr = (value) => written(value, python);
  const str = (value) => (typeof value === "string" ? value : repr(value));
  const plain = (value) => (typeof value === "string" ? value : written(value, json));
  const yamlText = (value) => written(value, yaml);

  // one word for a shell, as Python's shlex.quote makes it
  const shellWord = (text) => {
    if (text === "") return "''";
    return /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text;
  };

  const isNumber = (value) => typeof value === "bigint" || typeof value === "number";
  const same = (one, other) => {
    // 1 and 1.0 are equal, 1 and true are not
    if (isNumber(one) && isNumber(other)) return one == other;
    if (one === null || other === null || typeof one !== "object" || typeof other !== "object") {
      return one === other;
    }
    const keys = Object.keys(one);
    return (
      Array.isArray(one) === Array.isArray(other) &&
      keys.length === Object.keys(other).length &&
      keys.every((key) => key in other && same(one[key], other[key]))
    );
  };

  return { strip, readWhole, readDecimal, readJson, repr, str, plain, yamlText, shellWord, isNumber, same };
})();
