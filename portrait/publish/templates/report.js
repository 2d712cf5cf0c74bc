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
    if (x !== null && y !== null) return x - y;
    if (x !== null || y !== null) return x === null ? 1 : -1; // numbers first
    return a.localeCompare(b, document.documentElement.lang, { numeric: true });
  };

  const bitsOf = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const buttonOf = text => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    return button;
  };
  const goTo = (element, place, block) => {
    place.scrollIntoView({ behavior: "instant", block });
    element.focus({ preventScroll: true });
  };
  let choose = null; // shows the rows of a number in the table of initiatives

  // A name becomes its short one, with the whole one as hidden text, and a status has its mark. Both names are
  // sought; what is in the address and what is saved is the whole one.
  const wholes = new WeakMap(), shorts = new Map();
  const textOf = cell => wholes.get(cell) ?? (cell.querySelector("summary") ?? cell).textContent;
  const shortOf = name => shorts.get(name) ?? name;
  const addLooks = (box, rows) => {
    const { short_names: names = {}, roles = {} } = JSON.parse(box.dataset.looks ?? "{}");
    Object.entries(names).forEach(([name, short]) => shorts.set(name, short));
    for (const row of rows) for (const cell of [...row.cells].slice(1)) {
      const text = cell.textContent;
      if (Object.hasOwn(roles, text)) {
        const mark = document.createElement("span");
        mark.className = `of-${roles[text]}`;
        cell.prepend(mark);
        cell.className = "status";
      } else if (Object.hasOwn(names, text)) {
        const whole = document.createElement("span");
        whole.className = "colon";
        whole.lang = cell.closest("[lang]").lang;
        whole.textContent = `, ${text}`;
        cell.replaceChildren(names[text], whole);
        cell.lang = document.documentElement.lang;
        wholes.set(cell, text);
      }
    }
  };

  // A list of the values of each column that has few of them, which keeps the rows with the chosen one.
  const FEWEST_ROWS = 20, MOST_VALUES = 60, LONGEST_VALUE = 80;
  const addFacets = (box, rows, line, position) => {
    const facets = [];
    if (rows.length < FEWEST_ROWS) return facets;
    [...box.querySelectorAll("thead th")].forEach((head, column) => {
      const counts = new Map(), values = rows.map(row => textOf(row.cells[column]));
      for (const value of values) {
        if (value.length > LONGEST_VALUE || counts.size > MOST_VALUES) return;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      if (counts.size < 2 || counts.size > MOST_VALUES || number([...counts.keys()][0]) !== null) return;
      const label = document.createElement("label"), select = document.createElement("select");
      const options = [...counts.keys()].sort((a, b) => compare(shortOf(a), shortOf(b))).map(value => new Option(shortOf(value), value));
      const pair = document.createElement("span");
      select.append(new Option(words.every, ""), ...options);
      select.id = `facet-${position}-${column}`;
      label.htmlFor = select.id;
      label.textContent = head.textContent;
      pair.append(label, select);
      line.append(pair);
      const key = folded(head.textContent).replace(/[^a-z0-9]+/g, "-"); // its name in the address
      facets.push({ values, key, select, options });
    });
    return facets;
  };

  // Saves the rows that are shown; no cell is one that a spreadsheet would run.
  const saveButton = (box, rows, name) => {
    const save = buttonOf(words.save);
    const cell = text => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
    save.addEventListener("click", () => {
      const shown = [box.querySelector("thead tr"), ...rows.filter(row => !row.hidden)];
      const lines = shown.map(row => [...row.cells].map(each => cell(textOf(each))).join(","));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
      link.download = `${name}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
    return save;
  };

  const addFilter = (box, rows, position) => {
    const inOrder = [...rows], clear = buttonOf(words.clear), whole = box.parentElement.querySelector(".all");
    let about = null; // says which number's rows are shown
    let chosen = null; // bit n tells whether row n of the page is of the chosen number
    const line = document.createElement("p"), label = document.createElement("label"), pair = document.createElement("span");
    const input = document.createElement("input"), output = document.createElement("output"), end = document.createElement("span");
    line.className = "filter";
    input.type = "search";
    input.id = `filter-${position}`;
    if ("initiatives" in box.dataset) input.placeholder = words.example;
    label.htmlFor = input.id;
    label.textContent = words.filter;
    pair.append(label, input);
    if (inOrder.length > 1) line.append(pair);
    const facets = addFacets(box, inOrder, line, position);
    let texts = null; // of each row, as it is sought
    const show = () => {
      const sought = folded(input.value);
      if (sought) texts ??= inOrder.map(row => folded([...row.cells].map(cell => cell.textContent).join(" ")));
      const counts = facets.map(() => new Map()); // rows of each value, under all that is asked but its own facet
      let shown = 0;
      inOrder.forEach((row, place) => {
        const counted = !chosen || chosen[place >> 3] >> (place & 7) & 1;
        const values = facets.map(facet => facet.values[place]);
        const refusing = facets.filter((facet, each) => facet.select.value && facet.select.value !== values[each]);
        const found = counted && (!sought || texts[place].includes(sought));
        row.hidden = !found || refusing.length > 0;
        shown += row.hidden ? 0 : 1;
        if (found) values.forEach((value, each) => {
          if (refusing.every(facet => facet === facets[each])) counts[each].set(value, (counts[each].get(value) ?? 0) + 1);
        });
      });
      facets.forEach((facet, each) => facet.options.forEach(option => {
        const n = counts[each].get(option.value) ?? 0;
        option.textContent = `${shortOf(option.value)} (${n.toLocaleString(document.documentElement.lang)})`;
        option.disabled = n === 0 && !option.selected;
      }));
      output.textContent = shown ? words.rows + shown.toLocaleString(document.documentElement.lang) : words.none;
      if (whole) {
        whole.hidden = shown <= 10; // rows that a phone shows at first
        whole.querySelector("span span").textContent = shown.toLocaleString(document.documentElement.lang);
      }
      clear.hidden = !input.value && !facets.some(facet => facet.select.value);
    };
    // What is asked of the table stands in the address: "#tab-x?q=words&status=value", to share or to come back to.
    const table = box.closest("figure").id;
    const restore = () => {
      const [target, asked] = decodeURIComponent(location.hash.slice(1)).split("?");
      if (target !== table || !asked) return;
      const state = new URLSearchParams(location.hash.split("?")[1]);
      input.value = state.get("q") ?? "";
      facets.forEach(facet => {
        facet.select.value = state.get(facet.key) ?? "";
        if (facet.select.selectedIndex < 0) facet.select.value = ""; // a value that the table does not have
      });
      show();
      box.closest("figure").scrollIntoView({ behavior: "instant" });
    };
    const change = () => {
      const state = new URLSearchParams();
      if (input.value) state.set("q", input.value);
      facets.forEach(facet => { if (facet.select.value) state.set(facet.key, facet.select.value); });
      history.replaceState(null, "", `#${table}${String(state) && `?${state}`}`);
      chosen = null; // the address says all that is asked
      if (about) about.hidden = true;
      show();
    };
    clear.addEventListener("click", () => {
      input.value = "";
      facets.forEach(facet => { facet.select.value = ""; });
      change();
      input.focus();
    });
    // On paper, the whole table: nothing there would say that it is a part.
    addEventListener("beforeprint", () => inOrder.forEach(row => { row.hidden = false; }));
    addEventListener("afterprint", show);
    input.addEventListener("input", change);
    facets.forEach(facet => facet.select.addEventListener("change", change));
    addEventListener("hashchange", restore);
    end.className = "end";
    end.append(output, clear);
    if ("initiatives" in box.dataset) end.append(saveButton(box, inOrder, table));
    line.append(end);
    box.before(line);
    show();
    restore();
    if (!("initiatives" in box.dataset)) return;
    const said = document.createElement("span");
    about = document.createElement("p");
    const all = buttonOf(words.all), back = buttonOf(words.back);
    about.className = "filter";
    about.tabIndex = -1;
    about.hidden = true;
    about.append(said, all, back);
    line.before(about);
    let number = null;
    all.addEventListener("click", () => {
      chosen = null;
      about.hidden = true;
      show();
      input.focus();
    });
    back.addEventListener("click", () => goTo(number, number, "center"));
    choose = (bits, link, meaning) => {
      number = link;
      chosen = bitsOf(bits);
      said.textContent = `${words.chosen} ${meaning}`;
      about.hidden = false;
      input.value = "";
      facets.forEach(facet => { facet.select.value = ""; });
      history.replaceState(null, "", `#${table}`); // the address asks for no rows any more
      show();
      box.scrollTop = 0;
      goTo(about, box.closest("figure"), "start");
    };
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
        box.scrollTop = 0;
      });
      // A browser repeats the words of a heading on each printed page, and leaves out a button.
      addEventListener("beforeprint", () => { head.textContent = button.textContent; });
      addEventListener("afterprint", () => { head.replaceChildren(button); });
    });
  };

  // Says which rows are whole in a box that scrolls; nothing where all are.
  const addPlace = (box, body) => {
    const line = document.createElement("p");
    line.className = "seen";
    const tell = () => {
      const top = box.scrollTop + box.querySelector("thead").offsetHeight - 1, bottom = box.scrollTop + box.clientHeight + 1;
      const shown = [...body.rows].filter(row => !row.hidden);
      const [first, last] = [shown.findIndex(row => row.offsetTop >= top), shown.findLastIndex(row => row.offsetTop + row.offsetHeight <= bottom)];
      const values = { first: first + 1, last: last + 1, n: shown.length };
      line.hidden = box.scrollHeight <= box.clientHeight + 1 || first < 0 || last < first;
      line.textContent = words.seen.replace(/{(\w+)}/g, (_, key) => values[key].toLocaleString(document.documentElement.lang));
    };
    (box.parentElement.querySelector(".all") ?? box).after(line);
    box.addEventListener("scroll", tell, { passive: true });
    const observer = new ResizeObserver(tell);
    [box, body].forEach(each => observer.observe(each));
  };

  // Headings that one goes to are right below the bar at the top, however many lines its words take.
  const bar = document.querySelector(".bar");
  const measure = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  if (bar) {
    measure();
    new ResizeObserver(measure).observe(bar);
  }

  document.querySelectorAll("[data-sortable]").forEach((box, position) => {
    const body = box.querySelector("tbody"), rows = [...body.rows];
    addLooks(box, rows);
    addFilter(box, rows, position);
    addSorting(box, body, rows);
    addPlace(box, body);
  });

  document.querySelectorAll("figure>details .take").forEach(line => {
    const box = line.previousElementSibling;
    line.prepend(saveButton(box, [...box.querySelectorAll("tbody tr")], line.closest("figure").id));
  });

  const sought = document.querySelector("#filter-profiles");
  if (sought) {
    sought.closest("p").hidden = false;
    sought.addEventListener("input", () => document.querySelectorAll(".profiled li").forEach(item => {
      item.hidden = !folded(item.textContent).includes(folded(sought.value));
    }));
  }

  // A number shows how it was counted: its entry, which is its link's target without a script.
  const dialog = document.querySelector("#chosen");
  let opener = null;
  const open = link => {
    const [title, , content, claim] = dialog.children;
    const entry = document.querySelector(link.hash), data = link.querySelector("data");
    title.textContent = data.textContent;
    content.replaceChildren(...[...entry.childNodes].map(node => node.cloneNode(true)));
    claim.querySelector("code").textContent = data.dataset.claim;
    const address = claim.querySelector("[data-address]");
    if (address) {
      address.href = `#claim-${data.dataset.claim}`;
      address.textContent = address.dataset.address + address.hash;
    }
    opener = link;
    link.classList.add("open");
    link.focus({ preventScroll: true }); // the dialog gives the focus back when it closes
    dialog.showModal();
    title.focus();
    const hidden = link.getBoundingClientRect().bottom + 16 - dialog.getBoundingClientRect().top;
    if (hidden > 0) scrollBy(0, hidden);
  };
  document.querySelectorAll("a.number-of").forEach(link => link.setAttribute("aria-haspopup", "dialog"));
  if (choose) document.querySelectorAll("button[data-rows]").forEach(button => {
    button.hidden = false;
    button.previousElementSibling.hidden = true;
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a.number-of"), button = event.target.closest("button[data-rows]");
    if (link && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link);
    }
    if (event.target.closest("#chosen button, #chosen a[href^='#']")) dialog.close();
    if (button) {
      const meaning = (button.closest("li").querySelector(".asked") ?? button.closest("dl").querySelector("dd")).textContent;
      const sets = document.querySelector("section.counted").dataset.sets.split(" ");
      choose(sets[button.dataset.rows], dialog.contains(button) ? opener : button, meaning);
    }
  });
  dialog?.addEventListener("close", () => opener.classList.remove("open"));

  // Folded: the list of how numbers are counted, a third of the page; on a narrow screen also the contents, the caveats
  // of the first tiles and the tables of cards of chapters, so that the page is shorter. What an address names is unfolded; paper has all.
  const isWide = matchMedia("(min-width:70rem)").matches, isPhone = matchMedia("(max-width:40rem)").matches;
  if (isPhone) document.querySelectorAll("main>figure:not(:has(.all,.bar-of))>.scroll:has(.cards tr:nth-child(6))").forEach(box => {
    const fold = document.createElement("details"), summary = document.createElement("summary");
    fold.className = "annex";
    summary.textContent = `${words.table} (${box.querySelectorAll("tbody tr").length})`;
    box.before(fold);
    fold.append(summary, box, fold.parentElement.querySelector(":scope>.around"));
  });
  const annexes = [...document.querySelectorAll(".annex")];
  const folds = [document.querySelector("section.counted details"), isWide ? null : document.querySelector(".contents details")];
  folds.forEach(fold => { if (fold) fold.open = false; });
  const tiles = document.querySelector("main>:is(.tiles,.of-whole):has(+.opening)"), caveats = document.querySelectorAll("main>:is(.tiles,.of-whole):has(~.opening) em");
  if (isPhone && caveats.length) {
    const button = buttonOf(words.caveats);
    const fold = isFolded => {
      caveats.forEach(caveat => { caveat.hidden = isFolded; });
      button.ariaExpanded = String(!isFolded);
    };
    button.className = "caveats";
    button.addEventListener("click", () => fold(!caveats[0].hidden));
    tiles.after(button);
    fold(true);
  }
  const unfold = hash => {
    const named = document.getElementById(decodeURIComponent(hash.slice(1)).split("?")[0]);
    // What it names may be a heading before its fold, or a table that holds one.
    const own = named?.matches(":has(+.annex)") ? named.nextElementSibling : named?.querySelector(":scope>.annex");
    for (let fold = own ?? named?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    return named;
  };
  if (location.hash) unfold(location.hash)?.scrollIntoView({ behavior: "instant" });
  addEventListener("hashchange", () => unfold(location.hash));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (link) unfold(link.hash);
  });
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = annexes.filter(annex => !annex.open);
    unfolded.forEach(annex => { annex.open = true; });
  });
  addEventListener("afterprint", () => unfolded.forEach(annex => { annex.open = false; }));

  const links = new Map([...document.querySelectorAll(".contents a")].map(link => [link.hash.slice(1), link]));
  const headings = [...document.querySelectorAll("main h2[id], main h3[id], main h4[id]")].filter(heading => links.has(heading.id));
  const editions = document.querySelector(".editions"), toContents = document.querySelector(".to-contents"), said = toContents?.textContent;
  const others = document.querySelectorAll(".places [hreflang]");
  // In a wide window, contents have the sections of the chapter that is read alone.
  const entries = isWide ? [...document.querySelectorAll(".contents li")] : [];
  const showSections = id => {
    const here = entries.findIndex(entry => entry.firstChild.hash === `#${id}`);
    const opens = entry => entry.classList.contains("level-1");
    let chapter = null;
    entries.forEach((entry, place) => { if (place <= here && opens(entry)) chapter = entry; });
    let own = null;
    entries.forEach(entry => {
      if (opens(entry)) own = entry;
      entry.hidden = own !== chapter && entry !== own;
    });
  };
  let read = -2, marked = -2; // places of the heading that is passed, and of the one marked; -1 before the first, -2 before any
  const follow = () => {
    const line = Math.max(innerHeight / 3, 2 * (bar?.offsetHeight ?? 0)); // a heading just below the bar is passed
    const here = headings.findLastIndex(heading => heading.getBoundingClientRect().top < line);
    const shown = here < 0 && headings[0]?.getBoundingClientRect().top < innerHeight ? 0 : here; // in sight on arrival
    if (here === read && shown === marked) return;
    read = here;
    marked = shown;
    links.forEach(link => link.removeAttribute("aria-current"));
    const marking = links.get(headings[shown]?.id), place = marking?.querySelector(".number")?.lastChild.textContent;
    marking?.setAttribute("aria-current", "true");
    if (toContents) toContents.textContent = place ? `${said} \u00b7 ${place}` : said; // where contents are folded, it says where one is
    showSections(headings[shown]?.id);
    // The page in another language has the same sections in the same order, that of another edition the same chapters.
    others.forEach(link => { link.hash = here < 0 ? "" : `at=${here}`; });
    if (!editions) return;
    const page = location.pathname.split("/").pop();
    const chapter = headings.slice(0, here + 1).findLast(heading => heading.tagName === "H2");
    editions.search = chapter ? new URLSearchParams({ page, section: chapter.id }) : "";
  };
  const arriving = /^#at=(\d+)$/.exec(location.hash);
  if (arriving) {
    const heading = headings[arriving[1]];
    if (heading) unfold(`#${heading.id}`);
    heading?.scrollIntoView({ behavior: "instant" });
    history.replaceState(null, "", heading ? `#${heading.id}` : location.pathname);
  }
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
})();
