"""Write the page that lists every edition and document of a folder of reports, from its manifests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portrait.build.manifest import EDITION, MANIFEST, Record, manifests_of
from portrait.build.plan import FORMATS, PROFILES, SOURCE
from portrait.build.reasons import in_french
from portrait.document.marks import marks_of
from portrait.facts import notices
from portrait.language.agreement import is_plural
from portrait.language.dates import date
from portrait.language.locales import LANGUAGES, choose, is_french, is_known, language_called, tag_of
from portrait.language.numbers import number
from portrait.language.periods import edition_period, printed
from portrait.language.text import normalise
from portrait.language.typography import typography
from portrait.publish.index import render_index
from portrait.run.content import notebook_json
from portrait.storage.media_types import FIGURE

_DOTS = "fig-dots"
"""Figure of the annual report that draws one dot for each initiative."""
_STRIP = {"kind": "dots", "down": 28, "pitch": 1.89}
"""How the page draws the dots of each edition: those of 3,600 initiatives are as wide as a phone."""
_REPORTS = {
    "annual": {"fr": "Rapport annuel", "en": "Annual report"},
    "quality": {"fr": "Qualité des données, pour l’équipe", "en": "Data quality, for the team"},
}
_OF_A_PART = {"fr": "Rapport", "en": "Report"}
"""What the annual report is called where its edition is of a part of a year."""


def index_page(output: Path) -> str:
    """Return the page that lists what a folder of reports holds."""
    return render_index(editions_of(output))


def editions_of(output: Path) -> list[dict[str, Any]]:
    """Return each edition of a folder of reports as plain values.

    The source of the project is first, then others by name; of each, the newest edition is first.
    """
    records = [Record(manifest.parent) for manifest in manifests_of(output)]
    found = [
        _edition(record.folder, output, record.content)
        for record in records
        if set(EDITION) <= set(record.content)
    ]
    newest_first = sorted(
        (edition for edition in found if edition["documents"]),
        key=lambda each: edition_period(each["id"]),
        reverse=True,
    )
    return sorted(
        newest_first,
        key=lambda each: (each["source"] != SOURCE, normalise(each["title"]["fr"]), each["source"]),
    )


def _edition(folder: Path, output: Path, recorded: Mapping[str, Any]) -> dict[str, Any]:
    source = folder.parent.name
    return {
        "source": source,
        "id": folder.name,
        "name": {each: printed(edition_period(folder.name), each) for each in LANGUAGES},
        "title": {each: typography(recorded["title"][each], each) for each in LANGUAGES},
        "dated": {each: date(recorded["dated"], each) for each in LANGUAGES},
        "reconstructed": {each: notices.banner(each) for each in LANGUAGES}
        if recorded["reconstructed"]
        else None,
        "total": _total(recorded["years"]),
        "dots": _dots(folder, recorded),
        "documents": _documents(folder, output, recorded),
        "files": [
            _file(folder / name, output, "fr")
            for name in sorted({*recorded["files"], MANIFEST})
            if name.endswith((".csv", ".json", ".xlsx", ".bib", ".md"))
            and not name.startswith(f"{PROFILES}/")
            and (folder / name).is_file()
        ],
    }


def _total(years: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the number of initiatives of an edition, and of the edition before it, in each language.

    `None` if the manifest lists no edition; the earlier number is `None` if it lists no earlier one.
    """
    if not years:
        return None
    counts = [year["figures"]["n_initiatives"] for year in years[-2:]]
    before = {"n": counts[0], "year": edition_period(str(years[-2]["year"]))} if years[1:] else None
    return {
        each: {
            "n": number(counts[-1], each),
            "is_plural": is_plural(counts[-1], each),
            "before": before and {"n": number(before["n"], each), "year": printed(before["year"], each)},
        }
        for each in LANGUAGES
    }


def _dots(folder: Path, recorded: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return one dot for each initiative of an edition, by colour, and the key in each language.

    `None` if the edition has no annual report in French that can be read, or one without its figure of dots.
    """
    figures = {each: _figure_of_dots(folder, recorded, each) for each in LANGUAGES}
    if figures["fr"] is None:
        return None
    runs: dict[str, int] = {}
    for block in figures["fr"]["blocks"]:
        for role, n in block["runs"]:
            runs[role] = runs.get(role, 0) + n
    marks = {**_STRIP, "key": [], "blocks": [{"name": "", "value": "", "runs": [*runs.items()]}]}
    return {"marks": marks, "key": {each: found["key"] if found else [] for each, found in figures.items()}}


def _figure_of_dots(folder: Path, recorded: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    name = f"annual.{language}.ipynb"
    if name not in recorded["files"] or not (folder / name).is_file():
        return None
    try:
        notebook = notebook_json((folder / name).read_bytes())
    except (ValueError, RecursionError):  # `portrait verify` says so
        return None
    shown = (
        output["data"][FIGURE]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if FIGURE in output.get("data", {})
    )
    found = next((each for each in shown if each["id"] == _DOTS), None)
    return found and marks_of(found["marks"], tag_of(language), f"{folder / name}, {_DOTS}")


def _documents(folder: Path, output: Path, recorded: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the documents of an edition: its annual report, the other reports, its profiles by name."""
    labels = {f"{PROFILES}/{slug}": each for slug, each in recorded["portfolios"].items()}
    published: dict[str, dict[str, Mapping[str, Any]]] = {}
    for entry in recorded["documents"].values():
        published.setdefault(entry["stem"], {})[entry["language"]] = entry
    documents: list[dict[str, Any]] = []
    for stem, entries in published.items():
        subject = next(iter(entries.values()))["subject"]
        called = _REPORTS.get(stem) or labels.get(stem) or dict.fromkeys(LANGUAGES, subject or stem)
        is_annual = stem == "annual"
        documents.append(
            {
                "name": _OF_A_PART if is_annual and not folder.name.isdecimal() else called,
                "is_annual": is_annual,
                "is_profile": stem not in _REPORTS,
                "out_of_date": {each: _reason(entries.get(each, {}), each) for each in LANGUAGES},
                "files": {
                    language: _made(folder / f"{stem}.{language}", output, language)
                    if language in entries
                    else {}
                    for language in LANGUAGES
                },
                "others": [
                    {"name": name, "tag": tag, "files": _made(folder / f"{stem}.{language}", output, "fr")}
                    for language in sorted(set(entries) - set(LANGUAGES))
                    for name, tag in [_called(language)]
                ],
            }
        )
    return sorted(
        documents,
        key=lambda each: (not each["is_annual"], each["is_profile"], normalise(each["name"]["fr"])),
    )


def _called(language: str) -> tuple[str, str]:
    """Return the name and the tag of a language of the project; itself where its folder is gone."""
    if not is_known(language):
        return language, language
    return language_called(language).name, tag_of(language)


def _reason(entry: Mapping[str, Any], language: str) -> str:
    """Say why a document is out of date, in its language; nothing where it is up to date."""
    reason: str = entry.get("out_of_date", "")
    return typography(in_french(reason) if is_french(language) else reason, language)


def _made(document: Path, output: Path, language: str) -> dict[str, dict[str, str]]:
    """Return the files of a document in a language, by format."""
    places = {kind: document.with_name(f"{document.name}.{kind}") for kind in FORMATS}
    return {kind: _file(place, output, language) for kind, place in places.items() if place.is_file()}


def _file(path: Path, output: Path, language: str) -> dict[str, str]:
    return {
        "address": path.relative_to(output).as_posix(),
        "name": path.name,
        "size": size(path.stat().st_size, language),
    }


def size(n_bytes: int, language: str) -> str:
    """Return the size of a file as readers know it, in thousands or millions of bytes.

    >>> size(1_234_567, "en"), size(420, "en")
    ('1.2 MB', '1 kB')
    """
    if n_bytes >= 1_000_000:
        return f"{number(n_bytes / 1e6, language, decimals=1)}\u00a0{choose(language, 'Mo', 'MB')}"
    return f"{number(max(1, round(n_bytes / 1000)), language)}\u00a0{choose(language, 'ko', 'kB')}"
