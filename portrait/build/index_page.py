"""Write the page that lists every edition and document of a folder of reports, from its manifests."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from portrait.build.manifest import EDITION, MANIFEST, Record, manifests_of
from portrait.build.plan import FORMATS, PROFILES, SOURCE
from portrait.build.reasons import in_french
from portrait.document.drafts import warning
from portrait.document.markdown import MarkdownCell, plain
from portrait.document.model import TITLE
from portrait.document.numbering import short_name
from portrait.errors import PortraitError
from portrait.facts import notices
from portrait.language.agreement import is_plural
from portrait.language.dates import date
from portrait.language.locales import LANGUAGES, choose, is_french, is_known, language_called, tag_of
from portrait.language.nouns import reworded
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent_range
from portrait.language.periods import EditionId, edition_period, elapsed, printed, told
from portrait.language.terms import heading, status_label, terms, terms_of
from portrait.language.text import normalise, opened
from portrait.language.typography import colon, typography
from portrait.publish.index import render_index
from portrait.publish.portfolios import bare_name, counted, numbers_by_portfolio
from portrait.run.content import notebook_json
from portrait.storage.media_types import DOCUMENT, FIGURE, TABLE
from portrait.style.marks import HOLLOW, ROLES

_REPORTS = {
    "annual": {"fr": "Rapport annuel", "en": "Annual report"},
    "quality": {"fr": "Qualité des données, pour l’équipe", "en": "Data quality, for the team"},
}
_OF_A_PART = {"fr": "Rapport", "en": "Report"}
"""What the annual report is called where its edition is of a part of a year."""
_DEFINITIONS = "tab-comparison-definitions"
"""Table of the annual report of what each register counts, its own first."""


def index_page(output: Path) -> str:
    """Return the page that lists what a folder of reports holds."""
    return render_index(editions_of(output))


def editions_of(output: Path) -> list[dict[str, Any]]:
    """Return each edition of a folder of reports as plain values.

    The source of the project is first, then others by the date of their data or of their reading, the latest
    first; of each, the newest edition is first.
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
    days: dict[str, str] = {}
    for edition in newest_first:
        days[edition["source"]] = max(edition["day"], days.get(edition["source"], ""))
    by_name = sorted(newest_first, key=lambda each: (normalise(each["title"]["fr"]), each["source"]))
    by_day = sorted(by_name, key=lambda each: days[each["source"]], reverse=True)
    return sorted(by_day, key=lambda each: each["source"] != SOURCE)


def _edition(folder: Path, output: Path, recorded: Mapping[str, Any]) -> dict[str, Any]:
    source = folder.parent.name
    annual = {each: _annual(folder, recorded, each) for each in LANGUAGES}
    parts = {each: _parts(recorded["years"], each) for each in LANGUAGES}
    nouns = {each: _nouns(cells) for each, cells in annual.items()}
    total = _total(recorded["years"], nouns)
    return {
        "source": source,
        "id": folder.name,
        "name": {each: printed(edition_period(folder.name), each) for each in LANGUAGES},
        "title": {each: typography(recorded["title"][each], each) for each in LANGUAGES},
        "place": {each: typography(recorded["place"][each], each) for each in LANGUAGES},
        "day": recorded["dated"],
        "is_of_project": source == SOURCE,
        "dated": {each: _dated(recorded["dated"], folder.name, annual[each], each) for each in LANGUAGES},
        "reconstructed": {each: notices.banner(each) for each in LANGUAGES}
        if recorded["reconstructed"]
        else None,
        "finding": {
            each: (_title_of_dots(cells, each) if not parts[each] else "")
            or _finding(cells, each, total[each]["n"] if total else "", parts[each])
            for each, cells in annual.items()
        },
        "total": total,
        "has_portfolios": bool(recorded["portfolios"]),
        "words": {each: terms_of(each, own) for each, own in nouns.items()},
        "one": {each: reworded("initiative", own, each) for each, own in nouns.items()},
        "parts": {each: parts[each] or _parts_of_dots(annual[each], each) for each in LANGUAGES},
        "are_statuses": bool(parts[LANGUAGES[0]]),
        "counts": {each: _definition(cells, each) for each, cells in annual.items()},
        "counts_heading": {each: heading("what_is_counted", each) for each in annual},
        "documents": _by_size(_documents(folder, output, recorded), annual, folder.name),
        "files": [
            _file(folder / name, output)
            for name in sorted({*recorded["files"], MANIFEST})
            if name.endswith((".csv", ".json", ".xlsx", ".bib", ".md"))
            and not name.startswith(f"{PROFILES}/")
            and (folder / name).is_file()
        ],
    }


def _total(
    years: Sequence[Mapping[str, Any]], nouns: Mapping[str, Mapping[str, str]]
) -> dict[str, Any] | None:
    """Return the number of initiatives of an edition, and of the edition before it, in each language.

    `None` if the manifest lists no edition; the earlier number is `None` if it lists no earlier one. With it
    is the time since then.

    Parameters
    ----------
    nouns
        In each language, the register's nouns (`language.nouns.reworded`).
    """
    counts = [(edition_period(str(year["year"])), year["figures"]["n_initiatives"]) for year in years[-2:]]
    return {each: _counted(counts, each, own) for each, own in nouns.items()} if counts else None


def _counted(
    counts: Sequence[tuple[EditionId, int]], language: str, nouns: Mapping[str, str]
) -> dict[str, Any]:
    n, plural = counts[-1][1], is_plural(counts[-1][1], language)
    before = [
        {
            "n": number(earlier, language),
            "when": told(choose(language, "en", "in"), period, language),
            "elapsed": elapsed(period, counts[-1][0], language),
        }
        for period, earlier in counts[:-1]
    ]
    return {
        "n": number(n, language),
        "noun": reworded("initiatives" if plural else "initiative", nouns, language),
        "is_plural": plural,
        "before": next(iter(before), None),
    }


def _annual(folder: Path, recorded: Mapping[str, Any], language: str) -> list[Mapping[str, Any]]:
    """Return the cells of the annual report of an edition; none where it has none that can be read."""
    name = f"annual.{language}.ipynb"
    if name not in recorded["files"] or not (folder / name).is_file():
        return []
    try:
        return list(notebook_json((folder / name).read_bytes())["cells"])
    except (ValueError, RecursionError):  # `portrait verify` says so
        return []


def _shown(cells: Sequence[Mapping[str, Any]], media_type: str) -> Iterator[Mapping[str, Any]]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            if media_type in output.get("data", {}):
                yield output["data"][media_type]


def _front(cells: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the front matter of a report; empty where it has none."""
    return next(iter(_shown(cells, DOCUMENT)), {})


def _nouns(cells: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Return the register's nouns, as the front matter of its report gives them."""
    nouns: Mapping[str, str] = _front(cells).get("nouns", {})
    return nouns


def _dated(day: str, edition: str, cells: Sequence[Mapping[str, Any]], language: str) -> dict[str, str]:
    """Return when the data of an edition were last updated, and when they were read, in words.

    Each is empty where it is not known, and the second where it is the day that names the edition. Without a
    report that says which of the two the day is, both are empty but ``other``, which is that day.
    """
    said, front = date(day, language), _front(cells)
    if not front:
        return {"of": "", "read": "", "other": said}
    label, _, updated = str(front.get("updated", "")).rpartition(colon(language))
    of = updated if label else ""  # without a label, it says when they were read
    return {"of": of, "read": said if said != of and day != edition else "", "other": ""}


def _finding(
    cells: Sequence[Mapping[str, Any]], language: str, total: str, parts: Sequence[Mapping[str, Any]]
) -> str:
    """Return the first finding that a heading tells of the parts drawn below it; else the first of any.

    One that gives the total, which is said above it, comes last. It is without its point, and empty where no
    heading tells one.
    """
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    told = (_told_by(source, language) for source in sources if source.startswith("# "))
    found = [*filter(None, told)]
    others = [finding for finding in found if total not in finding.split()]
    names = [str(part["label"]).lower() for part in parts]
    of_parts = [finding for finding in others if any(name in finding.lower() for name in names)]
    return next(iter([*of_parts, *others, *found]), "")


def _told_by(source: str, language: str) -> str:
    """Return the finding of a heading, with a capital; empty where it tells none or cannot be read."""
    try:
        blocks = MarkdownCell(source, tag_of(language), "annual").blocks()
    except PortraitError:
        return ""
    said = plain(blocks[0]["content"]) if blocks else ""
    return opened(said[len(short_name(said)) :].lstrip(" \u00a0:"))


def _title_of_dots(cells: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return what the title of the dots of a report says of them; empty where it has none."""
    for title, cell in pairwise(cells):
        drawn = any(each.get("id") == "fig-dots" for each in _shown([cell], FIGURE))
        if drawn and TITLE in title["metadata"].get("tags", ()):
            blocks = MarkdownCell("".join(title["source"]), tag_of(language), "annual").blocks()
            return plain(blocks[0]["content"])
    return ""


def _definition(cells: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return what a register says that it counts, which its report sets first beside others; or nothing."""
    shown = (each for each in _shown(cells, TABLE) if each.get("id") == _DEFINITIONS)
    rows = next(shown, {}).get("rows", ())
    return next((str(row[1]) for row in rows if row[0] == heading("what_is_counted", language)), "")


def _parts(years: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the parts of an edition by status, in the order of statuses.

    Each has its ``shape``, ``role`` and ``label`` in the key, its number and, of ten or more in all, its
    share. Empty where no status is known.
    """
    counts = years[-1]["figures"].get("by_status", {}) if years else {}
    if not any(n for role, n in counts.items() if role not in HOLLOW):
        return []
    return _described(
        [(role, status_label(role, language), counts.get(role, 0)) for role in terms()["statuses"]],
        language,
        has_shares=True,
    )


def _parts_of_dots(cells: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the parts of an edition by the colours of the dots of its report; empty where they have one."""
    drawn = (each for each in _shown(cells, FIGURE) if each.get("id") == "fig-dots")
    marks = next(drawn, {}).get("marks") or {"key": (), "blocks": ()}
    counts: Counter[str] = Counter()
    for block in marks["blocks"]:
        counts.update(dict(block["runs"]))
    told = [
        (each["role"], each["label"], counts[each["role"]]) for each in marks["key"] if each["role"] in ROLES
    ]
    return _described(
        [(role, label.removesuffix(f" ({number(n, language)})"), n) for role, label, n in told],
        language,
        has_shares=False,
    )


def _described(
    counts: Sequence[tuple[str, str, int]], language: str, *, has_shares: bool
) -> list[dict[str, Any]]:
    """Return the parts of a whole, from their roles, labels and numbers.

    The share of a part reaches from none to all of those that no one knows, as in the report, which gives
    those retired no range, and no shares of dots by another colour than that of statuses.
    """
    total = sum(n for *_, n in counts)
    n_unknown = sum(n for role, _, n in counts if role in HOLLOW)
    parts: list[dict[str, Any]] = []
    for role, label, n in counts:
        drawn = {"shape": "ring" if role in HOLLOW else "dot", "role": role}
        if n:
            most = n if role in {*HOLLOW, "retired"} else n + n_unknown
            is_told = has_shares and total >= SMALLEST_DENOMINATOR
            share = percent_range(n / total, most / total, language) if is_told else ""
            said = {"label": label, "n": number(n, language), "share": share}
            parts.append({**drawn, **said, "count": n})
    return parts


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
                "draft": {
                    each: warning(each) if entries.get(each, {}).get("draft") else "" for each in LANGUAGES
                },
                "out_of_date": {each: _reason(entries.get(each, {}), each) for each in LANGUAGES},
                "files": {
                    language: _made(folder / f"{stem}.{language}", output) if language in entries else {}
                    for language in LANGUAGES
                },
                "others": [
                    {"name": name, "tag": tag, "files": _made(folder / f"{stem}.{language}", output)}
                    for language in sorted(set(entries) - set(LANGUAGES))
                    for name, tag in [_called(language)]
                ],
            }
        )
    return sorted(
        documents,
        key=lambda each: (not each["is_annual"], each["is_profile"], normalise(each["name"]["fr"])),
    )


def _by_size(
    documents: Sequence[Mapping[str, Any]], annual: Mapping[str, Sequence[Mapping[str, Any]]], edition: str
) -> list[dict[str, Any]]:
    """Return documents with the number of initiatives of each profile, ``n``, the largest profile first.

    The annual report gives it; a profile that it does not name has none, and comes last. With it is its
    ``share`` of the largest number.
    """
    told = {each: numbers_by_portfolio(_shown(cells, TABLE), edition) for each, cells in annual.items()}
    numbered = [
        {
            **document,
            "n": {each: of.get(bare_name(document["name"][each]), "") for each, of in told.items()}
            if document["is_profile"]
            else dict.fromkeys(told, ""),
        }
        for document in documents
    ]
    most = max([1, *map(_size, numbered)])
    ranked = sorted(numbered, key=lambda each: -_size(each) if each["is_profile"] else -math.inf)
    return [{**each, "share": max(_size(each), 0) / most} for each in ranked]


def _size(document: Mapping[str, Any]) -> int:
    """Return the number of initiatives of a document that has it printed in each language; -1 without any."""
    return max(map(counted, document["n"].values()))


def _called(language: str) -> tuple[str, str]:
    """Return the name and the tag of a language of the project; itself where its folder is gone."""
    if not is_known(language):
        return language, language
    return language_called(language).name, tag_of(language)


def _reason(entry: Mapping[str, Any], language: str) -> str:
    """Say why a document is out of date, in its language; nothing where it is up to date."""
    reason: str = entry.get("out_of_date", "")
    return typography(in_french(reason) if is_french(language) else reason, language)


def _made(document: Path, output: Path) -> dict[str, dict[str, Any]]:
    """Return the files of a document in a language, by format."""
    places = {kind: document.with_name(f"{document.name}.{kind}") for kind in FORMATS}
    return {kind: _file(place, output) for kind, place in places.items() if place.is_file()}


def _file(path: Path, output: Path) -> dict[str, Any]:
    n_bytes = path.stat().st_size
    return {
        "address": path.relative_to(output).as_posix(),
        "name": path.name,
        "size": {each: size(n_bytes, each) for each in LANGUAGES},
    }


def size(n_bytes: int, language: str) -> str:
    """Return the size of a file as readers know it, in thousands or millions of bytes.

    >>> size(1_234_567, "en"), size(420, "en")
    ('1.2 MB', '1 kB')
    """
    if n_bytes >= 1_000_000:
        return f"{number(n_bytes / 1e6, language, decimals=1)}\u00a0{choose(language, 'Mo', 'MB')}"
    return f"{number(max(1, round(n_bytes / 1000)), language)}\u00a0{choose(language, 'ko', 'kB')}"
