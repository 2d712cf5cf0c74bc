"""The program's own texts are written in full where they are chosen, so that they can be listed."""

from __future__ import annotations

import pytest

from portrait.language import texts


def test_every_text_that_the_program_chooses_is_written_in_full_in_both_languages():
    found = texts.texts()

    assert len(found) > 400
    assert ("Heat map", "Carte de chaleur") in {(each.english, each.french) for each in found}
    assert ("bodies", "organismes") in {(each.english, each.french) for each in found}


@pytest.mark.parametrize("call", ['choose(language, f"{n} lignes", f"{n} rows")', "choose(language, *both)"])
def test_a_text_that_is_computed_is_refused_with_its_place(call, tmp_path, monkeypatch):
    (tmp_path / "module.py").write_text(f"a = 1\nb = {call}\n")
    monkeypatch.setattr(texts, "_PACKAGE", tmp_path)
    texts.texts.cache_clear()

    with pytest.raises(ValueError, match=r"module\.py:2: write both texts in full"):
        texts.texts()

    texts.texts.cache_clear()
