// Go to the same place, and remember the choice for the first page.
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("a.edition-switch")) {
    link.addEventListener("click", () => {
      try {
        localStorage.setItem("edition", link.getAttribute("hreflang"));
      } catch {
        // a browser may refuse to store for files opened from disk
      }
      link.href = link.getAttribute("href").split("#")[0] + window.location.hash;
    });
  }
});
