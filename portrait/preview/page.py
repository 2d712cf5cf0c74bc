"""Render the frame of a preview: status and failures at the top, the previewed page below."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from portrait.language.locales import tag_of
from portrait.language.terms import terms_of
from portrait.publish.html import digest, template

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Frame:
    """A frame as it is served.

    Attributes
    ----------
    page, policy
        HTML of the frame, and its content security policy.
    not_here
        What stands in the place of a page that only a build writes, such as the index of all editions.
    """

    page: bytes
    policy: str
    not_here: bytes


def render_frame(language: str, name: str) -> Frame:
    """Return the frame of a preview.

    Parameters
    ----------
    name
        Name of the report or chapter.
    """
    sheet, script = ((_TEMPLATES / f"frame.{kind}").read_text("utf-8") for kind in ("css", "js"))
    words = terms_of(language)
    page = template(_TEMPLATES / "frame.html.j2").render(
        language=tag_of(language),
        words=words,
        name=name,
        style=Markup(sheet),  # noqa: S704 -- our own file
        script=Markup(script),  # noqa: S704 -- our own file
    )
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{digest(script)}'",
            f"style-src '{digest(sheet)}'",
            "connect-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
    return Frame(page.encode(), policy, words["preview_not_here"].encode())
