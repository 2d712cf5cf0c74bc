// Optional: a reader who comes from a section of a page goes to that section of the same page in other editions.
(() => {
  "use strict";
  const from = new URLSearchParams(location.search), page = from.get("page"), section = from.get("section");
  if (!page || !section) return;
  document.querySelectorAll("main a[hreflang]").forEach(link => {
    if (link.pathname.endsWith(`/${page}`)) link.hash = section;
  });
})();
