"""Media types are valid, and distinct."""

from __future__ import annotations

import re

from portrait.storage import media_types

TYPES = [value for name, value in vars(media_types).items() if name.isupper()]


def test_each_media_type_is_a_vendor_type_of_json() -> None:
    # RFC 6838, sections 3.2 and 4.2.8.
    assert all(re.fullmatch(r"application/vnd\.portrait\.[a-z]+\+json", each) for each in TYPES)


def test_no_two_outputs_have_the_same_type() -> None:
    assert len(set(TYPES)) == len(TYPES) == 6
