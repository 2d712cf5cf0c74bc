// Polls the state, shows it in the header, and loads each new page at the scroll position of the last one.
(() => {
  "use strict";
  const words = document.body.dataset;
  const part = id => document.getElementById(id);
  const place = document.querySelector("main");
  let shown = 0, current = null, places = [];

  // Says which cell a sentence of the page comes from: their letters and digits are the same at the start.
  const tell = event => {
    const block = event.target.closest("p, li, h1, h2, h3, h4, dd, figcaption");
    const said = (block?.textContent ?? "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").replace(/^\d+/, "");
    const found = said && places.find(([opening]) => opening.startsWith(said.slice(0, 40)) || (opening.length > 12 && said.startsWith(opening)));
    part("cell").textContent = found ? found[1] : "";
    part("cell").hidden = !found;
  };

  const load = number => {
    place.querySelectorAll(".coming").forEach(other => other.remove()); // still loading, already out of date
    const next = document.createElement("iframe");
    next.className = "coming";
    next.title = words.frame;
    next.src = `page?${number}`;
    next.addEventListener("load", () => {
      next.contentDocument.querySelectorAll('a[href^="http"]').forEach(link => {
        link.target = "_blank";
        link.rel = "noopener";
      });
      next.contentDocument.addEventListener("click", tell);
      if (current) next.contentWindow.scrollTo({ top: current.contentWindow.scrollY, behavior: "instant" });
      next.className = "";
      current?.remove();
      current = next;
    }, { once: true });
    place.append(next);
  };

  const list = (id, texts = []) => {
    part(id).replaceChildren(...texts.map(text => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
    return texts.length;
  };

  const show = state => {
    const failed = Boolean(state.error);
    part("failure").hidden = !failed;
    part("error").textContent = state.error;
    part("traceback").textContent = state.traceback || "";
    part("where").hidden = !state.traceback;
    part("remarks").hidden = !list("remarks", state.remarks);
    const n = list("left-out", state.left_out);
    places = state.places ?? places;
    part("n-unmet").textContent = n;
    part("unmet").hidden = !n;
    document.querySelector("header").className = failed ? "failed" : "";
    const time = new Date().toLocaleTimeString(document.documentElement.lang);
    const seconds = (state.seconds || 0).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    part("state").textContent = state.is_making ? (state.is_shown ? words.verifying : words.making) : `${failed ? words.failed : words.made} ${time} (${seconds} s)`;
    if (state.n_pages > shown) load(shown = state.n_pages);
  };

  let version = -1;
  const ask = async () => {
    try {
      const state = await (await fetch("state")).json();
      if (state.version < version) shown = 0; // another preview on the same port
      if (state.version !== version) show(state);
      version = state.version;
    } catch {
      part("state").textContent = words.over;
    }
    setTimeout(ask, 200);
  };
  ask();
})();
