// MathJax is 2 MB to be read and run: a page can be used before its formulas are set.
const folder = document.currentScript.src;
document.addEventListener("DOMContentLoaded", () => {
  const script = document.createElement("script");
  script.src = new URL("mathjax.js", folder).href;
  document.head.append(script);
});
