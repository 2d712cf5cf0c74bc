"""Describe a report, its tables and its source for machines: schema.org, as JSON-LD.

Addresses are relative to the page: an edition has no host of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import portrait
from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.language.locales import choose, tag_of
from portrait.language.periods import bounds

OUR_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Licence of reports and of what the project adds to the data."""
OUR_LICENCE_NAME = "CC-BY 4.0"
_SHOWN = 12
"""Digits of a checksum in an address."""


def address_of(edition: Edition) -> str:
    """Return the address of an edition, to which the anchor of a claim, figure or table is added.

    It is the source, the edition and the start of the SHA-256 of its file, or of the rows of a profile:
    ``quebec/2025@0123456789ab``.
    """
    counted = edition.part.sha256 if edition.part else edition.file.sha256
    return f"{edition.source.id}/{edition_id(edition.year)}@{counted[:_SHOWN]}"


def linked_data(edition: Edition, language: str, front: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report, the tables that it counts from and their source, each with what it is based on.

    Parameters
    ----------
    front
        Front matter of the report: `title`, `description`, `authors`, `date`, `keywords`, `brief`.
    """
    source, home = edition.source, "../" if front["brief"] else ""
    url, package = str(source.facts["catalogue"]["url"]), f"{home}data/datapackage.json"
    about = {
        "inLanguage": tag_of(language),
        "author": [{"@type": "Organization", "name": name} for name in front["authors"]],
        "version": portrait.__version__,
        "license": OUR_LICENCE,
        "keywords": front["keywords"],
        "isAccessibleForFree": True,
    }
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Report",
                "@id": "#top",
                "name": front["title"],
                "abstract": front["description"],
                "dateModified": front["date"],
                "identifier": address_of(edition),
                "isBasedOn": {"@id": package},
                **about,
            },
            {
                "@type": "Dataset",
                "@id": package,
                "name": f"{front['title']} ({choose(language, 'données', 'data')})",
                "description": front["description"],
                "identifier": address_of(edition),
                "temporalCoverage": "/".join(map(str, bounds(edition.year))),
                "distribution": {
                    "@type": "DataDownload",
                    "contentUrl": package,
                    "encodingFormat": "application/json",
                },
                "isBasedOn": {"@id": url},
                **about,
            },
            _source(edition, language, url),
        ],
    }


def _source(edition: Edition, language: str, url: str) -> dict[str, Any]:
    source, modified = edition.source, edition.source.dates(edition.year).modified
    dated = {"dateModified": modified} if re.fullmatch(r"\d{4}-\d{2}-\d{2}", modified) else {}
    return {
        "@type": "Dataset",
        "@id": url,
        "name": source.text("title", language),
        "description": f"{source.text('title', language)}. {source.text('producer', language)}.",
        "url": url,
        "creator": {"@type": "Organization", "name": source.text("producer", language)},
        "license": str(source.facts["licence_url"]),
        **dated,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentSize": str(file.size),
                "sha256": file.sha256,
            }
            for each in (*edition.earlier, edition)
            for file in each.file.files
            if file.sha256  # that of a profile is not of a file
        ],
    }
