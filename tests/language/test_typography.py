"""Prose follows the typography of its language; text from data keeps its letters."""

from __future__ import annotations

import pytest

from portrait.language.typography import printable, printable_source, typography

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Source : ici", f"Source{N}: ici"),
        ("Source: ici", f"Source{N}: ici"),
        ("à 10:30, 3:1", "à 10:30, 3:1"),
        ("«mot» et « autre »", f"«{N}mot{N}» et «{N}autre{N}»"),
        ("Quoi ? Oui ! Bon ;", "Quoi? Oui! Bon;"),
        ("54 % et 12,5%", f"54{N}% et 12,5{N}%"),
        ("1 818 000 initiatives", f"1{N}818{N}000 initiatives"),
        ("en 2025 258 initiatives", "en 2025 258 initiatives"),
        ("le 15 juin 2025, le 1er mai", f"le 15{N}juin 2025, le 1er{N}mai"),
        ("L'eau... d'ici", "L’eau… d’ici"),
        ('dit "mot" ici', f"dit «{N}mot{N}» ici"),
        ("1\u202f818", f"1{N}818"),
        ("voir https://exemple.org/?a='b' : oui", f"voir https://exemple.org/?a='b'{N}: oui"),
    ],
)
def test_french_prose_follows_the_office_quebecois_de_la_langue_francaise(typed: str, expected: str) -> None:
    assert typography(typed, "fr-CA") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('It\'s 54%: "so" they say', "It’s 54%: “so” they say"),
        ("a : b ; c", "a : b ; c"),
        ("May 1 and June 15, 2026, in June 2026", f"May{N}1 and June{N}15, 2026, in June 2026"),
    ],
)
def test_english_prose_gets_english_marks_and_no_french_spaces(typed: str, expected: str) -> None:
    assert typography(typed, "en-CA") == expected


def test_typography_is_idempotent() -> None:
    once = typography('« L\'eau » : 54 % ; 1 818 ? "oui"', "fr")
    assert typography(once, "fr") == once


def test_a_part_of_a_paragraph_is_set_with_its_context() -> None:
    assert typography(" % des cas", "fr", before="54") == f"{N}% des cas"
    assert typography('" dit-il', "fr", before="mot") == f"{N}» dit-il"
    assert typography("le « ", "fr", after="mot") == f"le «{N}"
    assert typography(" : la suite", "fr", before="»") == f"{N}: la suite"


def test_text_from_data_loses_invisible_characters_and_keeps_its_letters() -> None:
    assert printable("  Traitement d'image\n/ \t médicale ") == "Traitement d'image / médicale"
    assert printable("a\u202eb\u200bc\x00d\ue000e") == "abcde"
    assert printable("1\u202f818") == f"1{N}818"
    assert printable("e\u0301") == "é"


def test_cleaned_markdown_keeps_its_lines() -> None:
    assert printable_source("# Titre\n\n- a\u202e\n    - b\n") == "# Titre\n\n- a\n    - b"


def test_one_letter_before_a_part_is_enough_to_set_its_punctuation() -> None:
    assert typography(" ; oui", "fr", before="a") == "; oui"
    assert typography(" ; oui", "fr", before="[a") == "; oui"
    assert typography(" ; oui", "fr", before="a[") == " ; oui"
