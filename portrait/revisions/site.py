"""Lay out the releases of all sources as a site that any web host can serve, with a feed of what changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from portrait.build.index_page import index_page
from portrait.build.manifest import MANIFEST
from portrait.build.plan import INDEX
from portrait.errors import WrongCall
from portrait.language.locales import LANGUAGES, Language, language_called
from portrait.language.periods import edition_period
from portrait.publish.html import TEMPLATES, policy, style, template, template_text
from portrait.revisions.releases import CONTENTS, RELEASES

FEED = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Release:
    """A release as it was kept: its folder, what it is of, its number, its date and its notes by language."""

    folder: Path
    source: str
    edition: str
    number: int
    titles: dict[str, str]
    dated: str
    notes: dict[str, str]

    @property
    def place(self) -> str:
        """Where the site has it."""
        return f"{RELEASES}/{self.source}/{self.folder.name}"

    @property
    def pages(self) -> list[tuple[Language, str]]:
        """Languages of its annual report, and where each is from the list of releases."""
        names = {each: f"annual.{each}.html" for each in LANGUAGES}
        return [
            (language_called(each), f"{self.source}/{self.folder.name}/{name}")
            for each, name in names.items()
            if (self.folder / name).exists()
        ]


def kept_releases(output: Path) -> list[Release]:
    """Return the releases of a folder of reports, by source, edition and number."""
    found = (_release(each) for each in (output / RELEASES).glob(f"*/*/{CONTENTS}"))
    return sorted(found, key=lambda each: (each.source, edition_period(each.edition), each.number))


def _release(contents: Path) -> Release:
    said = json.loads(contents.read_bytes())
    manifest = json.loads((contents.parent / MANIFEST).read_bytes())
    notes = {each: contents.parent / f"revisions.{each}.md" for each in LANGUAGES}
    return Release(
        contents.parent,
        said["source"],
        said["edition"],
        said["release"],
        manifest["title"],
        manifest["dated"],
        {each: path.read_text("utf-8") for each, path in notes.items() if path.exists()},
    )


def lay_out(output: Path, site: Path, address: str) -> list[Release]:
    """Write a site of the releases of a folder of reports: the last of each edition, then all of them.

    Parameters
    ----------
    site
        A folder that does not exist, or is empty.
    address
        Address at which it will be served: a feed names whole ones.

    Raises
    ------
    WrongCall
        There is no release, or the folder holds something.
    """
    releases = kept_releases(output)
    if not releases:
        raise WrongCall(f"{(output / RELEASES).as_posix()} holds no release.", "Make one: portrait release.")
    if site.exists() and any(site.iterdir()):
        raise WrongCall(f"{site.as_posix()} is not empty.", "Name a new folder: nothing is overwritten.")
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", suffix=".tmp", dir=site.parent) as place:
        laid = Path(place) / "site"
        for each in {(each.source, each.edition): each for each in releases}.values():  # the last of each
            shutil.copytree(each.folder, laid / each.source / each.edition)
        for each in releases:
            shutil.copytree(each.folder, laid / each.place)
            shutil.copy(each.folder.with_name(f"{each.folder.name}.zip"), laid / f"{each.place}.zip")
        (laid / INDEX).write_text(index_page(laid), "utf-8")
        (laid / RELEASES / INDEX).write_text(_list(releases), "utf-8")
        (laid / FEED).write_bytes(feed(releases, address))
        if site.exists():
            site.rmdir()
        laid.rename(site)
    return releases


def _list(releases: list[Release]) -> str:
    sheet, script = style(""), template_text("index.js")
    return template(TEMPLATES / "releases.html.j2").render(
        releases=releases,
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        script=Markup(script),  # noqa: S704 -- our own file
        policy=policy(sheet, script),
    )


def feed(releases: list[Release], address: str) -> bytes:
    """Return the releases as an Atom feed, each with its note on revisions, the last one first."""
    base = address.rstrip("/")
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "title", "Portrait")
    _add(root, "id", f"{base}/")
    _add(root, "updated", _instant(max(each.dated for each in releases)))
    _add(_add(root, "author"), "name", "Portrait")
    _add(root, "link", href=f"{base}/{FEED}", rel="self")
    for each in reversed(releases):
        entry = _add(root, "entry")
        _add(entry, "title", f"{each.titles['fr']}, {each.edition} ({each.number})")
        _add(entry, "id", f"{base}/{each.place}/")
        _add(entry, "updated", _instant(each.dated))
        _add(entry, "link", href=f"{base}/{each.place}.zip", rel="enclosure", type="application/zip")
        _add(entry, "link", href=f"{base}/{RELEASES}/#{each.source}-{each.folder.name}", rel="alternate")
        _add(entry, "summary", "\n\n".join(each.notes.values()))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    added = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    added.text = text or None
    return added


def _instant(dated: str) -> str:
    return f"{dated}T00:00:00Z"
