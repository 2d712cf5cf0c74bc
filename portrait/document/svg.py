"""Check that an SVG has only drawing elements: its labels come from data, which is not trusted."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portrait.document.refusal import PublicationError
from portrait.errors import Sentence

_PICTURE = frozenset(
    {"svg", "g", "defs", "use", "title", "desc", "style", "image", "text", "tspan"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "marker"}
    | {"clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop"}
)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_INSIDE = re.compile(r"#|data:image/png;base64,")
_ELSEWHERE = re.compile(r"url\(\s*(?!['\"]?#)|@import|expression\(|javascript:", re.IGNORECASE)


def checked(svg: str, where: str) -> str:
    """Return an SVG without its metadata, after checking that it has only drawing elements.

    Raises
    ------
    PublicationError
        If it is not well formed, declares entities, or has a non-drawing element (a script, a foreign
        object, a link), an event handler, or a reference to another document.
    """
    svg = _METADATA.sub("", svg[max(svg.find("<svg"), 0) :])
    try:
        root = fromstring(svg.encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise PublicationError(
            where,
            Sentence(f"l’image n’est pas du SVG ({error}).", f"the picture is not valid SVG ({error})."),
            Sentence("Dessinez-la avec matplotlib.", "Draw it with matplotlib."),
        ) from error
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name not in _PICTURE:
            raise _refused(where, f"<{name}>")
        if name == "style" and _ELSEWHERE.search(element.text or ""):
            raise _refused(where, "<style>")
        for attribute, value in element.attrib.items():
            _check_attribute(attribute.rpartition("}")[2].lower(), value, where)
    return svg


def _check_attribute(name: str, value: str, where: str) -> None:
    if name.startswith("on"):
        raise _refused(where, name)
    if name in ("href", "src") and not _INSIDE.match(value):
        raise _refused(where, f"{name}={value[:60]!r}")
    if _ELSEWHERE.search(value):
        raise _refused(where, f"{name}={value[:60]!r}")


def _refused(where: str, what: str) -> PublicationError:
    return PublicationError(
        where,
        Sentence(f"l’image contient {what}.", f"the picture has {what}."),
        Sentence(
            "Ôtez-le : une image n’a que des éléments de dessin, sans scripts ni références externes.",
            "Remove it: a picture may only have drawing elements, without scripts or external references.",
        ),
    )
