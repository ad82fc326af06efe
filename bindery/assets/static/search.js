// A page opened from disk may not read another one: results are shown without extracts.
if (window.location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

document.addEventListener("DOMContentLoaded", () => {
  if (!document.getElementById("search-results")) return;
  // Of pages that match alike the earlier one of the book comes first.
  const links = document.querySelectorAll("nav.bd-links ul:not(.bd-sidenav__home-link) a");
  const order = [...links].map((link) => link.getAttribute("href"));
  Scorer.score = (result) => {
    const place = order.indexOf(`${result[0]}.html`);
    return result[4] + (place < 0 ? 0 : 1 - place / order.length);
  };
});
