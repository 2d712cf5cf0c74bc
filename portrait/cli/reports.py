"""Verbs about reports: build, preview, release, handbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portrait.cli.options import HERE, Data, Edition, Language, Project, Source, Year, edition_asked, one_of
from portrait.errors import EditionsFailed, WrongCall


def build(
    source: Source = "quebec",
    edition: Annotated[
        str,
        typer.Option(
            help="Edition, as in 2025, 2026-t1, 2026-08 or 2026-08-15, or all; by default the newest."
        ),
    ] = "",
    year: Year = "",
    language: Annotated[str, typer.Option(help="fr, en, all (both), or a language of the project.")] = "all",
    report: Annotated[
        str, typer.Option(help="annual, quality (of the data), portfolio (a profile for each), or all.")
    ] = "annual",
    formats: Annotated[str, typer.Option("--format", help="html, pdf or html,pdf.")] = "html,pdf",
    data: Data = None,
    output: Annotated[Path | None, typer.Option(help="Folder to publish in; by default reports/.")] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Notebooks that run at once; by default one per processor.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask scheduler, whose workers build the documents.")
    ] = "",
    portfolio: Annotated[
        list[str] | None,
        typer.Option(
            help="With --report portfolio: a portfolio, by its name in either language; may be repeated; "
            "by default each."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Rebuild what is up to date too.")] = False,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Publish notebooks that have something to fix, each page marked as a draft."
        ),
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each document is rebuilt, or kept.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Print events for a program, one JSON object per line.")
    ] = False,
    project: Project = HERE,
) -> None:
    """Build an edition: reports, data, claims and manifest.

    A document is rebuilt only if something it depends on changed: a notebook, a parameter, the rows it
    holds, reference files, the program, a library or a typeface. Documents that were not asked for stay
    in the edition; those out of date are named, and marked on the index. A document that fails stops no
    other: its published version stays.

    Notebooks in which portrait proofread finds something to fix, and statuses and categories that
    nobody recorded, are refused, and nothing is built. An edition in which verify.py finds a failure is
    not published. With --draft they are published all the same, marked as drafts on each page and in the
    metadata; portrait release refuses drafts.

    With --scheduler, Dask workers build the documents, and this machine publishes them. Start each
    worker from an environment with the same locked libraries (pip install --editable ".[dask]"). Dask
    runs what it is sent: keep its ports inside a trusted network.

    Exit status: 0 built; 1 a document failed, or a notebook has something to fix; 2 a wrong call, a
    refused input, or a place that holds what the program did not write, and nothing was written.

    Examples: portrait build --year 2024 --language fr --format html; portrait build --report portfolio
    --portfolio Justice --portfolio Travail; portrait build --source us-federal --year 2025 --data
    ~/registers --output ~/reports
    """
    from portrait.build import account, plan, progress
    from portrait.build import edition as building
    from portrait.build.dask import cluster_pool
    from portrait.build.pool import local_pool

    if scheduler and jobs:
        raise WrongCall(
            "--jobs and --scheduler do not go together.", "Start as many workers as documents at once."
        )
    plans = [
        plan.plan_build(
            source=source,
            year=each,
            language=language,
            report=report,
            formats=[name.strip() for name in formats.split(",")],
            data=data or "",
            output=output or "",
            jobs=jobs,
            portfolios=portfolio or (),
            draft=draft,
            project=project,
        )
        for each in plan.years(one_of(edition, year), source=source, data=data or "", project=project)
    ]
    watching = progress.watching(as_json=log_json, explain=explain, say=typer.echo)
    place = cluster_pool(scheduler, plans[0].project) if scheduler else local_pool(plans[0].jobs)
    with watching as watcher, place as pool:
        built, failures = building.build_all(plans, pool, watcher, force=force)
    if not log_json:
        for sentence in (line for each in built for line in account.account(each)):
            typer.echo(sentence)
        progress.print_summary(watcher)
    if failures:
        raise failures[0] if len(failures) == 1 else EditionsFailed(failures)


def preview(
    report: Annotated[str, typer.Argument(help="annual, quality or portfolio.")] = "annual",
    chapter: Annotated[
        str, typer.Option(help="Chapter, as in 2, change or 02-change; by default the whole report.")
    ] = "",
    language: Language = "fr",
    source: Source = "quebec",
    edition: Edition = "",
    year: Year = "",
    data: Data = None,
    portfolio: Annotated[str, typer.Option(help="Portfolio to profile, for the report portfolio.")] = "",
    port: Annotated[int, typer.Option(help="Local port; by default a free one.", show_default=False)] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open nothing.")
    ] = False,
    project: Project = HERE,
) -> None:
    """Show a report in the browser, and rebuild it at each save.

    It follows the notebooks, the package, the reference files and the data. A cell that fails is named
    above the last good page, as is what portrait build would refuse in the notebooks. Figures of other
    chapters are named by their identifier. Ctrl+C stops it.

    Examples: portrait preview; portrait preview --chapter 2 --language en; portrait preview portfolio
    --portfolio Justice
    """
    import webbrowser

    from portrait.preview import watch

    target = watch.plan_preview(
        report=report,
        chapter=chapter,
        language=language,
        source=source,
        year=edition_asked(edition, year),
        data=data or "",
        portfolio=portfolio,
        project=project,
    )
    watch.preview(target, port=port, open_page=None if no_browser else webbrowser.open, say=typer.echo)


def lab(
    options: Annotated[
        list[str] | None, typer.Argument(help="Options of JupyterLab, after --, as in -- --no-browser.")
    ] = None,
    project: Project = HERE,
) -> None:
    """Open the notebooks in JupyterLab, as they are published.

    After Run All, cells of the other language and cells whose condition is false are folded to the reason;
    expressions show their values. Saving keeps no outputs in the file. Git merges the notebooks of this
    folder cell by cell from now on.

    Exit status: that of JupyterLab; 2 it is not installed.
    """
    import subprocess

    from portrait.lab import launching

    launching.merge_by_cells(project)  # first: whoever edits elsewhere merges too
    words = launching.command(project, options or [])
    raise typer.Exit(subprocess.call(words))  # noqa: S603 -- no shell


def release(
    source: Source = "quebec",
    edition: Edition = "",
    year: Year = "",
    output: Annotated[
        Path | None, typer.Option(help="Folder of published editions; by default reports/.")
    ] = None,
    data: Data = None,
    project: Project = HERE,
) -> None:
    """Keep an edition as released: later ones compare with it.

    Refused, and nothing is kept, for a draft, for rows reconstructed from totals, for a failure of portrait
    verify, for notebooks in which portrait proofread finds something to fix, for warnings of portrait check
    about the file that data/reference/<source>/accepted-warnings.csv does not accept, each with its reason
    and who accepts it, for names that wait for a decision (portrait review), and for reference files or
    notebooks that are not committed. The edition is built again elsewhere: each byte must be the same.

    Its documents, tables, verifier and manifest are kept whole in <output>/releases/<source>/<edition>-<n>/,
    never written again, with a checklist of what was checked, and in a ZIP archive beside it, whose
    README.txt says where to begin, how to verify, where the official files are, under which licences, how to
    cite. Where a release of the edition exists, each claim that changed since, and each name that stands for
    a published one, must be accepted in accepted-changes.csv; the note on revisions says what changed, why,
    and who accepts it.

    Its manifest is also kept in data/reference/<source>/releases/: commit it. The annex on revisions then
    lists each figure revised (R) or corrected (C) since, and why.

    Exit status: 0 kept; 1 refused; 2 a wrong call, or a file is refused.
    """
    from portrait.build import plan
    from portrait.build.pool import local_pool
    from portrait.curation import releasing

    asked = plan.plan_build(
        source=source,
        year=edition_asked(edition, year),
        data=data or "",
        output=output or "",
        project=project,
    )
    with local_pool(asked.jobs) as pool:
        kept = releasing.release(asked, pool)
    typer.echo(f"Kept: {kept.as_posix()}, and {kept.name}.zip beside it.")
    record = f"data/reference/{asked.source}/releases"
    typer.echo(f"Its manifest is also in {record}/: commit it.")


def site(
    folder: Annotated[Path, typer.Argument(help="New folder to write the site in.")],
    address: Annotated[str, typer.Option(help="Address at which it will be served, for the feed.")],
    output: Annotated[
        Path | None, typer.Option(help="Folder of reports whose releases it shows; by default reports/.")
    ] = None,
    project: Project = HERE,
) -> None:
    """Lay out all releases as a static site, for any web host.

    The last release of each edition lies where a build puts it, with the page of all editions; each release
    and its ZIP archive lie in releases/, with their notes on revisions, also as an Atom feed.

    Exit status: 0 written; 2 there is no release, or the folder holds something.
    """
    from portrait.revisions.site import lay_out

    releases = lay_out(output or project / "reports", folder, address)
    typer.echo(f"Releases: {len(releases)}; {(folder / 'index.html').as_posix()}")


def handbook(
    output: Annotated[
        Path | None, typer.Option(help="Folder to write the pages in; by default reports/handbook/.")
    ] = None,
    project: Project = HERE,
) -> None:
    """Write the handbook as pages, in both languages.

    Its notebooks, in notebooks/handbook/, are run: from a clone to a changed sentence, exploring an
    edition, a new indicator, names, a new year, another register, quality, merging, releasing, and the
    reference.

    Exit status: 0 written; 1 a cell failed, and nothing was written.
    """
    import os

    from portrait.build.pool import local_pool
    from portrait.handbook.pages import HANDBOOK, write_pages

    with local_pool(os.cpu_count() or 1) as pool:
        for path in write_pages(project, output or project / "reports" / HANDBOOK, pool):
            typer.echo(path.as_posix())
