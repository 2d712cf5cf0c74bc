// Optional: the page opens in the language of the page one comes from, else of the browser; a reader who comes from
// a section of a page goes to that section of the same page in other editions.
(() => {
  "use strict";
  const from = new URLSearchParams(location.search), page = from.get("page"), section = from.get("section");
  const language = /\.(fr|en)\.html$/.exec(page ?? document.referrer.split(/[?#]/)[0])?.[1]
    ?? navigator.languages.map(each => each.slice(0, 2)).find(each => each === "fr" || each === "en");
  const inEnglish = document.querySelector("#in-en"); // the page of releases has no such choice
  const find = document.querySelector(".find"), sought = find?.querySelector("input");
  const say = () => {
    document.documentElement.lang = inEnglish.checked ? "en-CA" : "fr-CA";
    if (find) sought.placeholder = sought.dataset[inEnglish.checked ? "en" : "fr"];
  };
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
    input.addEventListener("input", () => line.parentElement.querySelectorAll("li").forEach(item => {
      item.hidden = !folded(item.textContent).includes(folded(input.value));
    }));
  });
  // What is found among profiles of all registers, of each the newest: the page lists newest editions first.
  const found = new Map();
  document.querySelectorAll(".documents[aria-labelledby^=profiles-]").forEach(list => {
    const [, place, edition] = list.getAttribute("aria-labelledby").split(" ").map(id => document.getElementById(id));
    [...list.querySelector("tbody").rows].forEach(row => {
      const item = document.createElement("li"), key = `${place.id} ${row.cells[0].textContent}`;
      ["fr", "en"].forEach((each, nth) => {
        const [name, ...of] = [row.cells[0], place, edition].map(part => (part.querySelector(`.in-${each}`) ?? part.firstChild).textContent);
        const said = document.createElement("span"), link = document.createElement("a");
        const to = row.cells[1 + nth].querySelector("a") ?? row.cells[2 - nth].querySelector("a");
        if (!to) return;
        [said.className, said.lang, link.href, link.hreflang, link.textContent] = [`in-${each}`, `${each}-CA`, to.href, to.hreflang, name];
        said.append(link, `, ${of.join(" ")}`);
        item.append(said);
      });
      if (!found.has(key)) found.set(key, [folded(item.textContent), item]);
    });
  });
  if (find) {
    find.hidden = false;
    sought.addEventListener("input", () => {
      const words = folded(sought.value).split(/\s+/).filter(Boolean), is = words.join("").length > 1;
      const items = is ? [...found.values()].filter(([text]) => words.every(each => text.includes(each))) : [];
      find.querySelector("b").textContent = is ? items.length : "";
      find.querySelector("ul").replaceChildren(...items.map(([, item]) => item));
    });
  }
  if (!page || !section) return;
  document.querySelectorAll("main a[hreflang]").forEach(link => {
    if (link.pathname.endsWith(`/${page}`)) link.hash = section;
  });
})();
