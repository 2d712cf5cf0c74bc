// Optional: the page opens in the language of the page one comes from, else of the browser; a reader who comes from
// a section of a page goes to that section of the same page in other editions.
(() => {
  "use strict";
  const from = new URLSearchParams(location.search), page = from.get("page"), section = from.get("section");
  const language = /\.(fr|en)\.html$/.exec(page ?? document.referrer.split(/[?#]/)[0])?.[1]
    ?? navigator.languages.map(each => each.slice(0, 2)).find(each => each === "fr" || each === "en");
  const inEnglish = document.querySelector("#in-en"); // the page of releases has no such choice
  const say = () => { document.documentElement.lang = inEnglish.checked ? "en-CA" : "fr-CA"; };
  if (inEnglish) {
    document.querySelector(".language").addEventListener("change", say);
    if (language) document.querySelector(`#in-${language}`).checked = true;
    say();
  }
  const statement = document.querySelector(".statement details");
  const unfold = () => { if (statement && location.hash === "#accessibility") statement.open = true; };
  addEventListener("hashchange", unfold);
  unfold();
  const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  document.querySelectorAll(".filter").forEach(line => {
    const input = line.querySelector("input");
    line.hidden = false;
    input.addEventListener("input", () => line.parentElement.querySelectorAll("tbody tr").forEach(row => {
      row.hidden = !folded(row.cells[0].textContent).includes(folded(input.value));
    }));
  });
  if (!page || !section) return;
  document.querySelectorAll("main a[hreflang]").forEach(link => {
    if (link.pathname.endsWith(`/${page}`)) link.hash = section;
  });
})();
