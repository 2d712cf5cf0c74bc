// Optional: the page is complete without JavaScript.
(() => {
  "use strict";
  const words = document.body.dataset;
  const french = document.documentElement.lang.startsWith("fr");
  const number = text => {
    const bare = text.replace(/[\s\u00a0%$]/g, "").replace("\u2212", "-");
    const plain = french ? bare.replace(",", ".") : bare.replaceAll(",", "");
    return plain !== "" && !Number.isNaN(Number(plain)) ? Number(plain) : null;
  };
  const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const compare = (a, b) => {
    const x = number(a), y = number(b);
    return x !== null && y !== null ? x - y : a.localeCompare(b, document.documentElement.lang, { numeric: true });
  };

  const addFilter = (box, rows, position) => {
    const line = document.createElement("p"), label = document.createElement("label");
    const input = document.createElement("input"), output = document.createElement("output");
    line.className = "filter";
    input.type = "search";
    input.id = `filter-${position}`;
    label.htmlFor = input.id;
    label.textContent = words.filter;
    const show = () => {
      const sought = folded(input.value);
      let shown = 0;
      rows.forEach(row => {
        row.hidden = !folded(row.textContent).includes(sought);
        shown += row.hidden ? 0 : 1;
      });
      output.textContent = words.rows + shown.toLocaleString(document.documentElement.lang);
    };
    input.addEventListener("input", show);
    line.append(label, input, output);
    box.before(line);
    show();
  };

  const addSorting = (box, body, rows) => {
    const heads = [...box.querySelectorAll("thead th")];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = `${words.sort} ${head.textContent}`;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const sense = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sense === 1 ? "ascending" : "descending");
        rows.sort((a, b) => sense * compare(a.cells[column].textContent, b.cells[column].textContent));
        body.append(...rows);
      });
    });
  };

  document.querySelectorAll("[data-sortable]").forEach((box, position) => {
    const body = box.querySelector("tbody"), rows = [...body.rows];
    addFilter(box, rows, position);
    addSorting(box, body, rows);
  });

  const links = new Map([...document.querySelectorAll(".contents a")].map(link => [link.hash.slice(1), link]));
  const headings = [...document.querySelectorAll("main h2[id], main h3[id], main h4[id]")].filter(heading => links.has(heading.id));
  const follow = () => {
    const passed = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
    links.forEach(link => link.removeAttribute("aria-current"));
    if (passed.length) links.get(passed[passed.length - 1].id).setAttribute("aria-current", "true");
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
})();
