// A prebuilt JupyterLab extension in plain JavaScript: a module federation container, written by hand.
// JupyterLab calls init with what it shares, then get("./extension") for the plugin. No node, no webpack.
(() => {
  let shared;
  const load = async name => (await Object.values(shared[name])[0].get())();

  // The kernel answers for the whole notebook at once: the rules stay in Python, where the build has them.
  const question = (name, asked) => `__import__("portrait.lab.${name}", fromlist=["_"]).${name}(${JSON.stringify(JSON.stringify(asked))}, globals())`;

  const ask = (kernel, expressions) => new Promise(resolve => {
    const future = kernel.requestExecute({ code: "", store_history: false, user_expressions: expressions });
    future.onReply = message => resolve(message.content.user_expressions ?? {});
  });

  const judge = async panel => {
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel || panel.isDisposed) return;
    const cells = panel.content.widgets.map(({ model }) => ({
      id: model.id, type: model.type, source: model.sharedModel.getSource(), tags: model.getMetadata("tags") ?? [],
      portrait: model.getMetadata("portrait") ?? {} }));
    const { metadata } = panel.content.model.sharedModel;
    const answers = await ask(kernel, { verdicts: question("verdicts", cells), findings: question("findings", { metadata, cells }) });
    const said = name => answers[name]?.data?.["application/json"];
    const reasons = said("verdicts");  // {id: why it is left out}; absent for a kernel without portrait
    if (!reasons) return;
    const isTrial = panel.context.path.split("/").includes("explore");
    const { said: findings, marks } = (!isTrial && said("findings")) || { said: {}, marks: {} };  // {id: what a build refuses in it}
    panel.content.widgets.forEach(({ node, model }) => {
      node.classList.toggle("portrait-left-out", reasons[model.id] !== undefined);
      node.dataset.portraitCell = model.id;             // the name by which messages and the handbook call it
      for (const [key, text] of [["portraitReason", reasons[model.id]], ["portraitFinding", findings[model.id]], ["portraitMark", marks[model.id]]])
        if (text === undefined) delete node.dataset[key]; else node.dataset[key] = text;
    });
    panel.portraitLeftOut = new Set(Object.keys(reasons));
    return panel.portraitLeftOut;
  };

  const activate = async (app, notebooks, contents, NotebookActions) => {
    const timers = new WeakMap();

    // jupyterlab-myst leaves without a value a new expression at its first run (#289) and every cell outside the view
    // at Run All: ask for what is missing, all at once, and put it where jupyterlab-myst looks.
    const EVAL = /\{eval\}(`+)(.*?)\1(?!`)/gs;
    const fillIn = async panel => {
      const missing = new Map(), asked = {};
      for (const { model } of panel.content.widgets) {
        if (model.type !== "markdown" || panel.portraitLeftOut?.has(model.id)) continue;
        const wanted = [...model.sharedModel.getSource().matchAll(EVAL)].map(each => each[2].replace(/\n/g, " ").trim());
        const known = (model.getMetadata("user_expressions") ?? []).map(each => each.expression);
        if (wanted.every(each => known.includes(each))) continue;
        missing.set(model, wanted);
        for (const each of wanted) asked[each] = each;
      }
      if (!missing.size) return 0;
      const values = await ask(panel.sessionContext.session.kernel, asked);
      for (const [model, wanted] of missing) {
        model.setMetadata("user_expressions", wanted.map(expression => ({ expression, result: values[expression] })));
        model.trusted = true;
      }
      return missing.size;
    };

    // The contents list the headings of the document alone.
    const mendContents = async panel => {
      const headings = contents?.get(panel);
      if (!headings) return;
      if (!headings.portrait) {
        const all = headings.getHeadings.bind(headings);
        headings.getHeadings = async () => {
          const kept = (await all())?.filter(each => !panel.portraitLeftOut?.has(each.cellRef?.model.id)) ?? null;
          let last = -1;                            // the contents find a cell's heading by position
          for (const cell of kept ? panel.content.widgets : []) {
            while (kept[last + 1]?.cellRef === cell) last += 1;
            if (last < 0) headings._cellToHeadingIndex?.delete(cell); else headings._cellToHeadingIndex?.set(cell, last);
          }
          return kept;
        };
        headings.portrait = true;
      }
      await headings.refresh();
    };

    const settle = async panel => {
      if (panel.isDisposed) return;
      if (panel.sessionContext.session?.kernel?.status !== "idle") return soon(panel);
      if (!await judge(panel)) return;                // no report: nothing is touched
      await mendContents(panel);
      panel.node.dataset.portraitFilled = await fillIn(panel);                               // both for tests to wait on
      panel.node.dataset.portraitJudged = Number(panel.node.dataset.portraitJudged ?? 0) + 1;
    };
    const soon = panel => {
      clearTimeout(timers.get(panel));
      timers.set(panel, setTimeout(() => settle(panel), 500));
    };
    // A review is recorded here too: a command that writes the file would have the next save ask which version to keep.
    app.commands.addCommand("portrait:reviewed", { label: "Relue / Reviewed", execute: () => {
      const { activeCell: cell, currentWidget: panel } = notebooks;   // the cell that a right-click made active
      if (!cell?.node.dataset.portraitMark) return;
      cell.model.setMetadata("portrait", { ...cell.model.getMetadata("portrait"), french: cell.node.dataset.portraitMark });
      soon(panel);
    } });
    app.contextMenu?.addItem({ command: "portrait:reviewed", selector: ".jp-Cell[data-portrait-mark]", rank: 0 });
    notebooks.widgetAdded.connect((_, panel) => panel.sessionContext.ready.then(() => soon(panel)));  // a kernel that still runs
    NotebookActions.executed.connect((_, { notebook }) => {
      const panel = notebooks.find(each => each.content === notebook);
      if (panel) soon(panel);
    });
  };

  const CSS = `
    .jp-Cell.portrait-left-out::before { content: attr(data-portrait-cell) " – " attr(data-portrait-reason) !important; display: block; padding: 2px 0 2px 76px;
      position: static !important; width: auto !important; height: auto !important;  /* Notebook 7 has a box of its own there */
      font: italic 12px var(--jp-ui-font-family); color: var(--jp-ui-font-color2); }
    .jp-Cell[data-portrait-cell]:not(.portrait-left-out)::before { content: attr(data-portrait-cell) !important;
      position: absolute !important; top: -4px; right: 8px; width: auto !important; height: auto !important; z-index: 1;
      font: 10px var(--jp-ui-font-family); color: var(--jp-ui-font-color2);
      padding: 0 2px; background: var(--jp-layout-color0) !important; }
    .jp-Cell[data-portrait-cell] .myst-fm-block { display: none; }  /* the title again, its expressions without values */
    .jp-Cell[data-portrait-finding]::after { content: attr(data-portrait-finding); display: block; white-space: pre-line;
      padding: 2px 0 2px 76px; font: 12px var(--jp-ui-font-family); color: var(--jp-error-color1); }
    .jp-Cell.portrait-left-out:not(.jp-mod-active) > .jp-Cell-inputWrapper,
    .jp-Cell.portrait-left-out:not(.jp-mod-active) > .jp-Cell-outputWrapper { display: none; }
    .jp-Cell.portrait-left-out.jp-mod-active > .jp-Cell-inputWrapper .jp-InputArea-editor,
    .jp-Cell.portrait-left-out.jp-mod-active > .jp-Cell-inputWrapper .jp-MarkdownOutput,
    .jp-Cell.portrait-left-out.jp-mod-active > .jp-Cell-outputWrapper { opacity: .45; }`;

  const extension = async () => {
    const { INotebookTracker, NotebookActions } = await load("@jupyterlab/notebook");
    const { ITableOfContentsTracker } = await load("@jupyterlab/toc");
    return { __esModule: true, default: { id: "portrait:published", autoStart: true, requires: [INotebookTracker], optional: [ITableOfContentsTracker],
      activate: (app, notebooks, contents) => activate(app, notebooks, contents, NotebookActions) } };
  };
  const style = async () => { document.head.append(Object.assign(document.createElement("style"), { textContent: CSS })); return {}; };

  (window._JUPYTERLAB ??= {}).portrait = {
    init: scope => { shared = scope; },
    get: async name => { const module = await (name === "./style" ? style() : extension()); return () => module; },
  };
})();
