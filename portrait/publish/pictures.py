"""Put a picture in the page as inline SVG, whose text is set in the typeface of the page.

The content security policy of the page ignores styles of elements, so they become attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from markupsafe import Markup

from portrait.style.colours import LIGHT, PAPER, SCALE_CLASS

_POINTS_TO_PIXELS = 96 / 72
_SIZE = "0 0 468 245"
_LEFT_OUT = ("style", "title", "desc", "metadata")
"""Elements that the page does not need, or would read as HTML."""
_TEXTS = ("text", "tspan")
_COORDINATES = ("d", "x", "y", "points")
_CIRCLE = re.compile(r"\s*M([^A-Za-z]+)" + r"C([^A-Za-z]+)" * 8 + r"z\s*")
_FINE_NUMBER = re.compile(r"(?<!\d)\d++\.\d{3,}")
_EVERYWHERE = re.compile(r"\*\s*\{([^}]*)\}")
_REFERENCE = re.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)")
_ROUND = 0.02
"""Most that the points of a circle are nearer to its centre or farther, in points of print."""
_VARIABLES = {colour: f"var(--{role})" for role, colour in LIGHT.items()}
_SQUARE = {"fig-lorenz"}
"""Figures whose axes are both shares of a whole."""


def inline(block: Mapping[str, Any]) -> Markup:
    """Return the picture of a figure as ``<svg>`` elements named by its alternative text.

    One is for a page, one for a phone if it is drawn; the style sheet shows one of the two. Of one that is
    square, that for a phone is for both. The colours that
    have a role become variables, which dark mode changes. Identifiers that are referred to start with that
    of the figure, to be unique in the page; the others are left out.
    """
    if is_square(block):
        return _inline(block["narrow"], block["id"], block["alt"])
    wide = _inline(block["svg"], block["id"], block["alt"])
    if not block["narrow"]:
        return wide
    return wide + _inline(block["narrow"], f"{block['id']}-narrow", block["alt"])


def is_square(block: Mapping[str, Any]) -> bool:
    """Return whether both axes of a picture have one scale, which the wide drawing would stretch."""
    return block["id"] in _SQUARE and bool(block["narrow"])


def _inline(svg: str, identifier: str, alt: str) -> Markup:
    root = fromstring(svg.encode())
    references = {name: f"{identifier}-{place}" for place, name in enumerate(_references(root), start=1)}
    picture = _Picture(references)
    drawn = Element("svg", picture.attributes(root))
    sheet = "".join(each.text or "" for each in root.iter() if _name(each) == "style")
    if everywhere := _EVERYWHERE.search(sheet):
        drawn.attrib.update(_declarations(everywhere[1]))
    drawn.set("viewBox", root.get("viewBox", _SIZE))
    for side, length in zip(("width", "height"), drawn.attrib["viewBox"].split()[2:], strict=True):
        drawn.set(side, f"{float(length) * _POINTS_TO_PIXELS:.0f}")  # the room to keep while the page loads
    drawn.set("role", "img")
    drawn.set("aria-label", alt)
    drawn.extend(picture.children(root))
    return Markup(ElementTree.tostring(drawn, encoding="unicode"))  # noqa: S704 -- escaped, and checked before


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _references(root: Element) -> list[str]:
    """Return the identifiers that the picture refers to, each once."""
    found: dict[str, None] = {}
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute.rpartition("}")[2] == "href":
                found[value.removeprefix("#")] = None
            found.update(dict.fromkeys(_REFERENCE.findall(value)))
    return list(found)


def _declarations(style: str) -> dict[str, str]:
    """Return the declarations of a style as attributes."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _circle(path: str) -> dict[str, str]:
    """Return the centre and radius of the circle that a path of eight curves draws; empty if it draws none.

    >>> _circle("M 1 0 L 2 0 z")
    {}
    """
    if not (curves := _CIRCLE.fullmatch(path)):
        return {}
    ends = [complex(*map(float, each.split()[-2:])) for each in curves.groups()[1:]]
    centre = sum(ends) / len(ends)
    radii = [abs(end - centre) for end in ends]
    if max(radii) - min(radii) > _ROUND:
        return {}
    return {"cx": f"{centre.real:.2f}", "cy": f"{centre.imag:.2f}", "r": f"{max(radii):.2f}"}


@dataclass(frozen=True)
class _Picture:
    """The picture being rewritten: the new identifier of each one that it refers to."""

    references: Mapping[str, str]

    def children(self, parent: Element, *, is_scale: bool = False) -> Iterator[Element]:
        """Yield what is drawn inside an element, without groups and definitions that do nothing."""
        for element in parent:
            name = _name(element)
            if name in _LEFT_OUT:
                continue
            attributes = self.attributes(element, is_scale=is_scale)
            if circle := _circle(element.get("d", "")):
                name = "circle"
                attributes = circle | {each: value for each, value in attributes.items() if each != "d"}
            drawn = Element(name, attributes)
            if is_scale and drawn.get("fill") == "none" and "stroke" not in drawn.attrib:
                continue  # a cell without a value
            drawn.extend(self.children(element, is_scale=is_scale or element.get("class") == SCALE_CLASS))
            if name in _TEXTS:
                drawn.text = element.text
            if _name(parent) in _TEXTS:
                drawn.tail = element.tail
            if name == "g" and not drawn.attrib:
                yield from drawn
            elif name != "defs" or len(drawn):
                yield drawn

    def attributes(self, element: Element, *, is_scale: bool = False) -> dict[str, str]:
        """Return the attributes of an element and the declarations of its style."""
        found = {}
        for attribute, value in {**element.attrib, **_declarations(element.get("style", ""))}.items():
            name = attribute.rpartition("}")[2]
            if name == "href":
                found["href"] = f"#{self.references[value[1:]]}" if value.startswith("#") else value
            elif name == "id":
                if value in self.references:
                    found["id"] = self.references[value]
            elif name in _COORDINATES:
                found[name] = _FINE_NUMBER.sub(lambda each: f"{float(each[0]):.2f}", " ".join(value.split()))
            elif value in ({PAPER} if is_scale and name == "fill" else _VARIABLES):
                found[name] = _VARIABLES[value]
            elif name not in ("class", "style", "version") and not attribute.startswith("{"):
                found[name] = _REFERENCE.sub(lambda each: f"url(#{self.references[each[1]]})", value)
        return found
