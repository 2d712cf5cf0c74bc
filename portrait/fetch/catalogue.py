"""Find the published files of a register, by year and format.

Under `catalogue`, `source.yml` gives the `api` of a CKAN catalogue and the `package` to look up, or `files`,
the address of each year and format. An address in `files` takes precedence over the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from portrait.errors import FetchFailed, Sentence, WrongCall
from portrait.language.periods import EditionId
from portrait.registers.source import Source

if TYPE_CHECKING:
    from portrait.fetch.download import Client

FORMATS = ("csv", "xlsx", "ods", "jsonl", "json")
_PREFERRED = FORMATS[:2]
"""Formats taken from a catalogue that offers a year in others too: numbers are not written alike in all."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LONGEST_SIZE = 12  # digits: more than any table
_GIVE_ADDRESS = Sentence(
    "Donnez l’adresse à prendre dans source.yml, sous « catalogue », « files ».",
    "Give the address to take in source.yml, under “catalogue”, “files”.",
)


@dataclass(frozen=True)
class Resource:
    """One published file: its year, format and address, and the catalogue's description of it.

    `created` and `last_modified` are as the catalogue writes them, empty when it gives none; `size` is in
    bytes, 0 when it gives none. `etag` and `served_modified` are the headers ``ETag`` and
    ``Last-Modified`` of the download; empty before it.
    """

    year: EditionId
    format: str
    url: str
    name: str
    created: str = ""
    last_modified: str = ""
    size: int = 0
    etag: str = ""
    served_modified: str = ""

    @property
    def file(self) -> str:
        """The name of the file in `data/raw/<source>/`."""
        return f"{self.year}.{self.format}"


def offered(source: Source, client: Client, year: EditionId | None = None) -> list[Resource]:
    """Return the files that a register publishes, for one year or for all, sorted by year and format.

    Raises
    ------
    WrongCall
        `source.yml` gives neither a catalogue nor addresses.
    FetchFailed
        The catalogue could not be read, has no file for the year, or has two files of one year and format.
    """
    catalogue = source.facts.get("catalogue", {})
    published = [
        Resource(published_year, published_format, url, _last_part(url))
        for published_year, files in catalogue.get("files", {}).items()
        for published_format, url in files.items()
    ]
    in_catalogue, address = [], str(catalogue.get("url", source.id))
    if "api" in catalogue:
        address = f"{str(catalogue['api']).rstrip('/')}/package_show"
        wanted = {(each.year, each.format) for each in published}
        listed = _resources(client.read_json(address, id=str(catalogue["package"])), address)
        in_catalogue = [each for each in listed if (each.year, each.format) not in wanted]
    elif not published:
        raise WrongCall(
            f"source.yml of {source.id} does not say where its files are published.",
            "Add the `api` and `package` of a catalogue, or `files`, under `catalogue`; or use --from FILE.",
        )
    found = [each for each in (*published, *in_catalogue) if year is None or each.year == year]
    if not found:
        years = sorted({each.year for each in (*published, *in_catalogue)})
        raise _not_offered(address, year, years)
    _refuse_duplicates(found, address)
    return sorted(found, key=lambda each: (each.year, each.format))


def years_in(text: str) -> set[int]:
    """Return the years from 2000 to 2099 that a text contains."""
    return {int(year) for year in _YEAR.findall(text)}


def _resources(answer: Any, address: str) -> list[Resource]:
    """Return the resources of a package that have a known year and format."""
    match answer:
        case {"success": True, "result": {"resources": [*entries]}}:
            resources = [_resource(entry) for entry in entries if isinstance(entry, Mapping)]
            found = [each for each in resources if each is not None]
            tabular = {each.year for each in found if each.format in _PREFERRED}
            return [each for each in found if each.format in _PREFERRED or each.year not in tabular]
    raise FetchFailed(
        address,
        Sentence(
            "la réponse n’est pas celle d’un catalogue CKAN qui contient ce jeu de données.",
            "the response is not from a CKAN catalogue that contains this dataset.",
        ),
        Sentence(
            "Vérifiez « api » et « package » dans source.yml, sous « catalogue ».",
            "Check “api” and “package” in source.yml, under “catalogue”.",
        ),
    )


def _resource(entry: Mapping[str, Any]) -> Resource | None:
    """Return a resource, or ``None`` if it has no known year and format, like a web page or a map."""
    text = {key: str(entry.get(key) or "") for key in ("name", "description", "url", "format")}
    year = _only_year(text["name"], text["description"])
    file_format = _format(text["format"], text["url"])
    if year is None or file_format is None or not text["url"]:
        return None
    return Resource(
        year=year,
        format=file_format,
        url=text["url"],
        name=text["name"] or _last_part(text["url"]),
        created=str(entry.get("created") or ""),
        last_modified=str(entry.get("last_modified") or ""),
        size=_size(entry.get("size")),
    )


def _size(written: object) -> int:
    """Return a size in bytes, a number or its digits; 0 for anything else, such as “12 KB”."""
    text = str(written)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_SIZE else 0


def _only_year(*texts: str) -> int | None:
    """Return the year of the first text that contains exactly one."""
    return next((years.pop() for years in map(years_in, texts) if len(years) == 1), None)


def _format(declared: str, url: str) -> str | None:
    """Return the format that the catalogue declares, or the address's extension if that is vague."""
    extension = _last_part(url).rpartition(".")[2].lower()
    if extension in FORMATS and declared.lower() in ("", "excel", "xls"):
        return extension
    words = re.findall("[a-z]+", declared.lower())  # GeoJSON is a map
    return next(
        (each for each in FORMATS if each in words or (each in _PREFERRED and each in declared.lower())), None
    )


def _last_part(url: str) -> str:
    return unquote(re.split("[?#]", url)[0].rpartition("/")[2])  # `urlsplit` refuses some malformed addresses


def _refuse_duplicates(resources: Iterable[Resource], address: str) -> None:
    seen: dict[str, Resource] = {}
    for each in resources:
        other = seen.setdefault(each.file, each)
        if other is not each:
            raise FetchFailed(
                address,
                Sentence(
                    f"deux ressources correspondent à {each.file} : « {other.name} » et « {each.name} ».",
                    f"two resources match {each.file}: “{other.name}” and “{each.name}”.",
                ),
                _GIVE_ADDRESS,
            )


def _not_offered(address: str, year: EditionId | None, years: list[EditionId]) -> FetchFailed:
    if year is None:
        found = Sentence(
            "aucun fichier CSV, XLSX, ODS ou JSON n’y indique son année.",
            "no CSV, XLSX, ODS or JSON file there names its year.",
        )
    else:
        known = ", ".join(map(str, years)) or "–"
        found = Sentence(
            f"aucun fichier CSV, XLSX, ODS ou JSON pour l’année {year}; années offertes : {known}.",
            f"no CSV, XLSX, ODS or JSON file for the year {year}; years offered: {known}.",
        )
    return FetchFailed(address, found, _GIVE_ADDRESS)
